import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Tokens and keys that open something: their prefixes are made to be found. */
export const credential: Detector = {
  kind: 'credential',
  source: 'RFC 7519 (JWT), RFC 7468 (PEM), and the published prefixes of large providers',
  cell: '^(?:eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*|(?:AKIA|ASIA)[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,24}|AKID[0-9A-Za-z]{13,40}|gh[pousr]_[0-9A-Za-z]{36}|sk-[0-9A-Za-z_-]{20,}|xox[abpr]-[0-9A-Za-z-]{10,}|AIza[0-9A-Za-z_-]{35}|-----BEGIN [A-Z ]*PRIVATE KEY-----.*)$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  confusedWith: 'nothing; the prefix is proof',
  mask: keepEnds(4, 0),
}

/** A password stored as a modular crypt string. */
export const passwordHash: Detector = {
  kind: 'password_hash',
  source: 'Modular crypt format: bcrypt, argon2, scrypt, SHA-crypt',
  cell: '^(?:\\{bcrypt\\})?\\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|[156]|pbkdf2[a-z0-9-]*)\\$.{20,}$',
  chance: 1e-6,
  rate: 0.5,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  confusedWith: 'nothing; the prefix is proof',
  mask: keepEnds(4, 0),
}
