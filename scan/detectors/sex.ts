import { closedList } from './closed-list.ts'

/** Sex as words; codes (0 1 2 9, M F) stand for many things and need a header. */
export const sex = closedList(
  'sex',
  'GB/T 2261.1, ISO/IEC 5218 in words; HL7 administrative gender',
  '男 女 男性 女性 未知的性别 未说明的性别 男人 女人 male female MALE FEMALE man woman 未知 unknown other 其他 保密',
  { alone: true, confusedWith: 'columns of unknown and other only; at least two values must be seen' },
)
