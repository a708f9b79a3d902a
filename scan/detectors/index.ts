import { address } from './address.ts'
import { cardNumber } from './card-number.ts'
import { chineseName } from './chinese-name.ts'
import { atc, drugApproval, loinc } from './clinical-codes.ts'
import { credential, passwordHash } from './credential.ts'
import { date } from './date.ts'
import type { Detector } from './detector.ts'
import { iccid, imei, imsi, macAddress } from './device-number.ts'
import { diagnosisCode } from './diagnosis-code.ts'
import { education } from './education.ts'
import { email } from './email.ts'
import { englishAddress } from './english-address.ts'
import { englishName } from './english-name.ts'
import { ethnicity } from './ethnicity.ts'
import { geneVariant, genotypeCall } from './gene-variant.ts'
import { geographicPoint } from './geographic-point.ts'
import { hongKongId, macaoId, taiwanId } from './hmt-id.ts'
import { iban } from './iban.ts'
import { ipAddress, ipv6Address } from './ip-address.ts'
import { longNumber } from './long-number.ts'
import { machineReadableZone } from './machine-readable-zone.ts'
import { maritalStatus } from './marital-status.ts'
import { militaryId } from './military-id.ts'
import { mobile } from './mobile.ts'
import { nationalId, nationalId15 } from './national-id.ts'
import { organisationCode } from './organisation-code.ts'
import { passport } from './passport.ts'
import { permanentResidence, permanentResidenceOld } from './permanent-residence.ts'
import { internationalPhone, landline, serviceNumber } from './phone.ts'
import { biometricTemplate, picture } from './picture.ts'
import { pinyinName } from './pinyin-name.ts'
import { plate } from './plate.ts'
import { politicalStatus } from './political-status.ts'
import { religion } from './religion.ts'
import { sex } from './sex.ts'
import { wechatId } from './social-account.ts'
import { socialSecurityNo } from './social-security-no.ts'
import { travelPermit } from './travel-permit.ts'
import { userAgent } from './user-agent.ts'
import { vin } from './vin.ts'

export type { Detector } from './detector.ts'

/** The version of the detectors; it stands in the evidence. */
export const detectorsVersion = '2'

/** Every detector of values, in the order of the CELL bank: what proves itself first. */
export const detectors = [
  nationalId,
  nationalId15,
  permanentResidence,
  permanentResidenceOld,
  organisationCode,
  machineReadableZone,
  serviceNumber,
  mobile,
  email,
  cardNumber,
  iban,
  imei,
  iccid,
  imsi,
  vin,
  hongKongId,
  taiwanId,
  macaoId,
  passport,
  travelPermit,
  militaryId,
  socialSecurityNo,
  landline,
  internationalPhone,
  wechatId,
  macAddress,
  plate,
  credential,
  passwordHash,
  biometricTemplate,
  picture,
  ethnicity,
  politicalStatus,
  religion,
  maritalStatus,
  education,
  sex,
  chineseName,
  pinyinName,
  englishName,
  address,
  englishAddress,
  geneVariant,
  genotypeCall,
  loinc,
  drugApproval,
  atc,
  diagnosisCode,
  date,
  ipAddress,
  ipv6Address,
  geographicPoint,
  userAgent,
  longNumber,
] as const satisfies readonly Detector[]

/** Those that are also looked for inside sentences (the TEXT bank). */
export const textDetectors: readonly Detector[] = detectors.filter(
  (detector: Detector) => detector.inText !== undefined,
)

/** What a text must have in it before it is worth reading for the TEXT bank (RE2). */
export const textHints: readonly string[] = [
  '[0-9]{11}',
  '[0-9]{3}[ -][0-9]{4}[ -][0-9]{4}',
  '@',
  '[A-Z]{2}[0-9]{2}[A-Z0-9]{11}',
  'wxid_',
  '第[0-9A-Za-z]{4}',
  '<<',
]
