import type { Detector } from './detector.ts'

/** A calendar date, with or without a time. Whose and of what, the header and the table say. */
export const date: Detector = {
  kind: 'event_date',
  source: 'ISO 8601 and the usual Chinese spellings',
  cell: '^(?:(?:1[89]|20)\\d{2}([-/.])(?:0?[1-9]|1[0-2])([-/.])(?:0?[1-9]|[12]\\d|3[01])(?:[T ].*)?|(?:1[89]|20)\\d{2}年\\d{1,2}月(?:\\d{1,2}日)?|(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))$',
  chance: 0.5,
  rate: 0.8,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'serial numbers of eight digits; the header or the table settles it',
  mask: (value) => `${value.slice(0, 4)}-**-**`,
}
