import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** What a browser says of itself. */
export const userAgent: Detector = {
  kind: 'user_agent',
  source: 'RFC 9110, section 10.1.5',
  cell: '^(?:Mozilla|Opera|Dalvik|okhttp)/\\d.*$',
  chance: 1e-4,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'logs of machines; the table settles whether a person sat there',
  mask: keepEnds(4, 0),
}
