import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const province = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]'

/** Number plate of the mainland. */
export const plate: Detector = {
  kind: 'plate',
  source: 'GA 36-2018: province, letter, five characters; new energy six; 挂学警港澳 at the end; WJ and 使',
  cell: `^(?:${province}[A-HJ-NP-Z][-·. ]?(?:[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳使领]|[DABCEFGHJK][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[DABCEFGHJK])|WJ[0-9]{2}-?.?\\d{4}.?|使\\d{6})$`,
  canonical: (x) => `upper(replaceRegexpAll(${x}, '[-·. ]', ''))`,
  chance: 0.01,
  rate: 0.8,
  distinct: 0.01,
  alone: true,
  because: 'pattern',
  confusedWith: 'names of buildings (苏州A座); the whole cell settles it',
  mask: keepEnds(2, 1),
}
