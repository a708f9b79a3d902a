import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

const value = (x: string, at: number) =>
  `(position('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', substring(${x}, ${at}, 1)) - 1)`

// `<` counts 0, as position 0 less one would not.
const checked = (x: string, from: number, length: number, check: number): string => {
  const sum = Array.from({ length }, (_, at) => `${[7, 3, 1][at % 3] ?? 0} * greatest(0, ${value(x, from + at)})`).join(
    ' + ',
  )
  return `(${sum}) % 10 = ${value(x, check)}`
}

/** Second line of the machine-readable zone of a passport: its check digits are proof. */
export const machineReadableZone: Detector = {
  kind: 'passport',
  source: 'ICAO Doc 9303 part 4: number, nationality, birth, sex, expiry, each with a check digit, weights 7 3 1',
  cell: '^[A-Z0-9<]{9}\\d[A-Z<]{3}\\d{6}\\d[MF<X]\\d{6}\\d[A-Z0-9<]{14}[0-9<]\\d$',
  check: (x) => `${checked(x, 1, 9, 10)} AND ${checked(x, 14, 6, 20)} AND ${checked(x, 22, 6, 28)}`,
  canonical: (x) => `replaceAll(substring(${x}, 1, 9), '<', '')`,
  chance: 1e-3,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'checksum',
  lone: true,
  inText: (x) => `extractAll(${x}, '([A-Z0-9<]{9}\\\\d[A-Z<]{3}\\\\d{7}[MF<X]\\\\d{7}[A-Z0-9<]{14}[0-9<]\\\\d)')`,
  confusedWith: 'nothing; three check digits are proof',
  mask: keepEnds(2, 2),
}
