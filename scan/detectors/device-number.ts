import { luhn } from './checks.ts'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** IMEI of a telephone. */
export const imei: Detector = {
  kind: 'device_id',
  source: '3GPP TS 23.003: 15 digits, Luhn; reporting bodies 01, 35, 86, 99',
  cell: '^(?:01|35|86|99)\\d{13}$',
  check: (x) => luhn(x, 15),
  chance: 0.1,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'checksum',
  confusedWith: 'accounts of 15 digits, one in ten of which passes; the whole column settles it',
  mask: keepEnds(4, 2),
}

/** Number of a SIM card of the mainland. */
export const iccid: Detector = {
  kind: 'device_id',
  source: 'ITU-T E.118: 89, country 86, 19 or 20 digits, Luhn',
  cell: '^8986\\d{14}[0-9A-Fa-f]{1,2}$',
  check: (x) => `if(length(${x}) = 20, match(${x}, '^[0-9]+[0-9A-Fa-f]$'), match(${x}, '^[0-9]+$') AND ${luhn(x, 19)})`,
  chance: 0.5,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'serial numbers of 19 digits; the prefix settles it',
  mask: keepEnds(6, 2),
}

/** Number of a mobile subscriber of the mainland. */
export const imsi: Detector = {
  kind: 'device_id',
  source: 'ITU-T E.212: 460, network 00 to 20, ten digits',
  cell: '^460(?:0[0-9]|1[15]|20)\\d{10}$',
  chance: 0.9,
  rate: 0.9,
  distinct: 0.01,
  alone: true,
  because: 'pattern',
  confusedWith: 'accounts of 15 digits; a whole column of 460 settles it',
  mask: keepEnds(5, 2),
}

/** MAC address. */
export const macAddress: Detector = {
  kind: 'device_id',
  source: 'IEEE 802: six octets in hexadecimal',
  cell: '^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$',
  canonical: (x) => `lower(replaceRegexpAll(${x}, '[:-]', ''))`,
  chance: 0.01,
  rate: 0.9,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'addresses of machines nobody carries; the table settles whether persons are meant',
  mask: keepEnds(4, 0),
}
