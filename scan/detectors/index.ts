import { address } from './address.ts'
import { cardNumber } from './card-number.ts'
import { chineseName } from './chinese-name.ts'
import { date } from './date.ts'
import type { Detector } from './detector.ts'
import { diagnosisCode } from './diagnosis-code.ts'
import { email } from './email.ts'
import { ipAddress } from './ip-address.ts'
import { mobile } from './mobile.ts'
import { nationalId, nationalId15 } from './national-id.ts'
import { organisationCode } from './organisation-code.ts'
import { passport } from './passport.ts'
import { socialSecurityNo } from './social-security-no.ts'

export type { Detector } from './detector.ts'

/** The version of the detectors; it stands in the evidence. */
export const detectorsVersion = '1'

/** Every detector of values, in the order of the CELL bank. */
export const detectors = [
  nationalId,
  nationalId15,
  organisationCode,
  mobile,
  email,
  cardNumber,
  passport,
  socialSecurityNo,
  chineseName,
  address,
  diagnosisCode,
  date,
  ipAddress,
] as const satisfies readonly Detector[]

/** Those that are also looked for inside sentences (the TEXT bank). */
export const textDetectors: readonly Detector[] = detectors.filter(
  (detector: Detector) => detector.inText !== undefined,
)
