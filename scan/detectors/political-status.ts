import { closedList } from './closed-list.ts'

/** Political affiliation in words. */
export const politicalStatus = closedList(
  'political_status',
  'GB/T 4762',
  '中共党员 中共预备党员 党员 预备党员 共青团员 团员 群众 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员 无党派人士 无党派民主人士 普通公民',
  { alone: true, confusedWith: 'nothing; the words are used of persons only' },
)
