import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** WeChat's own number of an account; other names there are chosen freely and only a header tells them. */
export const wechatId: Detector = {
  kind: 'social_account',
  source: 'WeChat: wxid_ and letters and digits',
  cell: '^wxid_[0-9a-z]{8,24}$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  inText: (x) => `extractAll(${x}, '(wxid_[0-9a-z]{8,24})')`,
  confusedWith: 'nothing; the prefix is proof',
  mask: keepEnds(5, 2),
}
