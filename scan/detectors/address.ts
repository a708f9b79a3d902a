import type { Detector } from './detector.ts'

const form =
  '^(?:中国)?(?:[\\x{4e00}-\\x{9fa5}]{2,8}?(?:省|自治区|市|自治州|特别行政区))?[\\x{4e00}-\\x{9fa5}]{1,12}(?:市|区|县|旗|镇|乡|街道|村|路|街|巷|弄|胡同|大道|小区|花园|新村).*\\d'

const suffixes = [...'路街巷弄号栋幢室村组楼', '单元', '胡同', '大道'].map((suffix) => `'${suffix}'`).join(', ')

/** A Chinese postal address. */
export const address: Detector = {
  kind: 'address',
  source: 'GB/T 2260 names of provinces; usual chain of suffixes from city to room',
  // The whole form is too dear for the bank, which only asks for a Chinese beginning and a number somewhere.
  cell: '^[\\x{4e00}-\\x{9fa5}][^0-9]*[0-9]',
  // The first byte of U+5000 to U+8FFF.
  plain: (x) => `bitAnd(ascii(${x}) BETWEEN 229 AND 232, match(${x}, '^[^0-9]*[0-9]'))`,
  check: (x) =>
    `lengthUTF8(${x}) <= 80 AND multiSearchAny(${x}, [${suffixes}]) AND multiMatchAny(${x}, ['${form.replaceAll('\\', '\\\\')}'])`,
  chance: 0.5,
  rate: 0.6,
  distinct: 0.1,
  alone: true,
  because: 'pattern',
  confusedWith: 'names of places alone, and sentences with a street in them; two suffixes and a number settle it',
  mask: (value) => `${[...value].slice(0, Math.min(3, Math.floor([...value].length / 3))).join('')}****`,
}
