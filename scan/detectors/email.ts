import type { Detector } from './detector.ts'

const local = '[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+'
const domain = '(?:[A-Za-z0-9-]+\\.)+[A-Za-z]+'

/** E-mail address. The local part ends at a Chinese character: in a sentence no space need stand before it. */
export const email: Detector = {
  kind: 'email',
  source: 'RFC 5321, the plain form',
  cell: `^${local}@${domain}$`,
  check: (x) =>
    `position(${x}, '@') <= 65 AND position(${x}, '@-') = 0 AND length(${x}) <= 320 AND match(${x}, '[.][A-Za-z]{2,24}$')`,
  plain: (x) => `match(${x}, '^[A-Za-z0-9._-]+@[A-Za-z0-9-]+[.][A-Za-z]+$')`,
  besides: () => '0',
  canonical: (x) => `lower(${x})`,
  chance: 0.05,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  lone: true,
  inText: (x) => `extractAll(${x}, '([A-Za-z0-9._%+-]{1,64}@${domain.replaceAll('\\', '\\\\')})')`,
  confusedWith: 'addresses of offices (info@…) and user@host in logs',
  mask: (address) => `${address.slice(0, 1)}***${address.slice(address.lastIndexOf('@'))}`,
}
