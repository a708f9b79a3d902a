import { closedList } from './closed-list.ts'

/** Faith in words; most who are asked have none, and those cells count too. */
export const religion = closedList(
  'religion',
  'Religions recognised in China, and the common English names',
  '佛教 道教 伊斯兰教 天主教 基督教 东正教 犹太教 印度教 无宗教信仰 buddhist buddhism taoist taoism muslim islam catholic christian christianity protestant jewish judaism hindu hinduism orthodox sikh atheist',
  { alone: true, confusedWith: 'festivals and temples; the column settles it' },
)
