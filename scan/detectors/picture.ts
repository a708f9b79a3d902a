import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** A picture written as text. */
export const picture: Detector = {
  kind: 'photo',
  source: 'JPEG, PNG and GIF signatures in base64 (RFC 4648)',
  cell: '^(?:data:image/[a-z+]+;base64,|/9j/[A-Za-z0-9+/]{20}|iVBORw0KGgo|R0lGOD[dl]h).*$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'pictures of products; the table settles whether a person is shown',
  mask: keepEnds(4, 0),
}

/** A record of a fingerprint, a face or an iris. */
export const biometricTemplate: Detector = {
  kind: 'biometric',
  source: 'ISO/IEC 19794 signatures FMR, FIR, FAC, IIR; WSQ; in base64 or hexadecimal',
  cell: '^(?:Rk1SA|RklSA|RkFDA|SUlSA|/6D/p|464[Dd]5200|46414300|49495200|FFA0FF|ffa0ff)[A-Za-z0-9+/=]{20,}$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  confusedWith: 'nothing; the signature is proof',
  mask: keepEnds(5, 0),
}
