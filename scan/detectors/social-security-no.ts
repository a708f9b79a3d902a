import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Social security number of the United States, written with its hyphens. */
export const socialSecurityNo: Detector = {
  kind: 'social_security_no',
  source: 'US Social Security Administration, form 3-2-4',
  cell: '^\\d{3}-\\d{2}-\\d{4}$',
  check: (x) => `substring(${x}, 1, 3) != '000' AND substring(${x}, 5, 2) != '00'`,
  chance: 0.9,
  rate: 0.8,
  distinct: 0.1,
  alone: true,
  because: 'pattern',
  confusedWith: 'other numbers cut 3-2-4; the whole column settles it',
  mask: keepEnds(0, 4),
}
