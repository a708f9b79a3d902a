import type { Reading } from '@tongguan/law'

/**
 * One way to read a cell other than as it is written. Pure text: `x` in the SQL stands for the cell as it came, an
 * expression of our own, never a name from a file.
 */
export interface CellReading {
  readonly id: Reading
  /** RE2 pattern of the cells the reading is worth trying on; wide, for the detectors decide. */
  readonly guard: string
  /** The engine's bank, which tries all patterns at once, does not take a pattern so large. */
  readonly large?: true
  /** Said of the cell before the pattern is tried, as SQL of type Bool; cheaper than it and true of few cells. */
  readonly only?: (x: string) => string
  /** The cell so read, as SQL of type String; empty where there is nothing to read. */
  readonly text: (x: string) => string
  /**
   * Nothing comes out as a mobile number or an address by accident, so that a single one matters. Otherwise those kinds
   * count only where most of the cells so read are of the kind.
   */
  readonly exact: boolean
}

/** Decimal digits of other scripts, each ten in a row, after NFKC, which makes the full-width and mathematical ones plain. */
const otherZeros = Array.from({ length: 0x1f000 }, (_, at) => at).filter(
  (at) =>
    at > 0x7f &&
    /\p{Nd}/u.test(String.fromCodePoint(at)) &&
    !/\p{Nd}/u.test(String.fromCodePoint(at - 1)) &&
    !/\d/.test(String.fromCodePoint(at).normalize('NFKC')),
)
const otherDigits = otherZeros.flatMap((zero) => Array.from({ length: 10 }, (_, n) => String.fromCodePoint(zero + n)))
const chineseNumerals = '零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖洞幺两'
const chineseValues = '01234567890123456789012'
/** Letters of other scripts that look like those in a document's number. */
const lookAlikes = 'ХхЕЅΧχΕО'
const lookedLike = 'XxESXxEO'

const foldedFrom = otherDigits.join('') + chineseNumerals + lookAlikes
const foldedTo = '0123456789'.repeat(otherZeros.length) + chineseValues + lookedLike

const separators = String.raw`[ \t\r\n\x{a0},;:|/\\_.·•*~+-]`
const printable = (bytes: string): string =>
  `if(isValidUTF8(${bytes}) AND NOT match(${bytes}, '[\\\\x00-\\\\x08\\\\x0e-\\\\x1f\\\\x7f]'), ${bytes}, '')`

/** Every token of a text, decoded where it decodes to text, one beside the other. */
const tokens = (x: string, pattern: string, decoded: (token: string) => string): string =>
  `arrayStringConcat(arrayFilter(d -> d != '', arrayMap(t -> ${decoded('t')}, extractAll(${x}, '${pattern}'))), ' ')`

/** Standard and URL-safe, with and without padding. */
export const base64Bytes = (t: string): string => `tryBase64URLDecode(replaceAll(translate(${t}, '+/', '-_'), '=', ''))`
const base32Bytes = (t: string): string =>
  `tryBase32Decode(concat(${t}, repeat('=', modulo(8 - modulo(length(${t}), 8), 8))))`

export const base64Token = '(?:[A-Za-z0-9+/]{8,}|[A-Za-z0-9_-]{12,})={0,2}'

/** In the order they are tried in. */
export const readings: readonly CellReading[] = [
  {
    // Width, digits of other scripts, numerals, marks that have no width or stand on another letter.
    id: 'plain-characters',
    large: true,
    only: (x) => `length(${x}) != lengthUTF8(${x})`,
    guard: String.raw`[\p{Cf}\p{Mn}０-９Ａ-Ｚａ-ｚ＠①-⑳⁰-₉\x{1D400}-\x{1D7FF}${lookAlikes}]|[${chineseNumerals}]{7}|[0-9][${chineseNumerals}]|[${otherZeros
      .map((zero) => `\\x{${zero.toString(16)}}-\\x{${(zero + 9).toString(16)}}`)
      .join('')}]`,
    text: (x) =>
      `translateUTF8(replaceRegexpAll(normalizeUTF8NFKC(${x}), '[\\\\p{Cf}\\\\p{Mn}]', ''), {foldedFrom:String}, {foldedTo:String})`,
    exact: true,
  },
  {
    id: 'spaced-out',
    guard: `^(?:[^ ]${separators}){6,}[^ ]$|^[一-鿿]${separators}[一-鿿](?:${separators}[一-鿿])?$`,
    text: (x) => `replaceRegexpAll(${x}, '(.)[^0-9A-Za-z@一-鿿]', '\\\\1')`,
    exact: true,
  },
  {
    // Spaces and separators inside: short cells as a whole, long ones by their runs of digits.
    id: 'joined',
    only: (x) => `multiSearchAny(${x}, [' ', '-', '_', '/', '|', ',', '\\t', '\\n'])`,
    guard: String.raw`(?:[0-9][ \t\r\n,|/_-]{0,2}){10,}[0-9Xx]|^[A-Za-z]{1,2}[0-9]*(?:[ _|/-][0-9]+)+$|@[^@]* |^[^@ ]+ [^@]*@`,
    text: (x) => String.raw`multiIf(
      position(${x}, '@') > 0, replaceRegexpAll(${x}, '\\s+', ''),
      length(${x}) <= 40, replaceRegexpAll(${x}, '[ \\t\\r\\n,|/_-]+', ''),
      arrayStringConcat(arrayMap(r -> replaceRegexpAll(r, '[^0-9Xx]', ''), extractAll(${x}, '[0-9](?:[ \\t\\r\\n,|/_-]{0,2}[0-9]){9,}(?:[ \\t,|/_-]{0,2}[0-9Xx])')), ' '))`,
    exact: false,
  },
  {
    // Digits that touch a letter, where the TEXT bank takes them for part of a code.
    id: 'digits-alone',
    guard:
      '[A-Za-z_=/.-](?:[0-9]{11}|[0-9]{17}[0-9Xx])(?:[^0-9]|$)|(?:^|[^0-9])(?:[0-9]{11}|[0-9]{17}[0-9Xx])[A-WYZa-wyz_]',
    text: (x) => `arrayStringConcat(extractAll(${x}, '(?:^|[^0-9])([0-9]{17}[0-9Xx]|[0-9]{11})(?:[^0-9]|$)'), ' ')`,
    exact: false,
  },
  {
    // An address as it is written has been seen already; first.last@ reads as one both ways.
    id: 'backwards',
    only: (x) => `NOT match(${x}, '@[^@ ]+[.][A-Za-z]{2,24}$')`,
    guard: '^[0-9Xx][0-9]{16}[1-9]$|^[0-9]{11}$|^[A-Za-z]{2,12}[.][^@ ]+@[^@ ]+$|^[0-9]{7,8}[A-Z]{1,2}$|^[一-鿿]{2,3}$',
    text: (x) => `reverseUTF8(${x})`,
    exact: false,
  },
  {
    id: 'base64',
    only: (x) => `match(${x}, '[A-Za-z]')`,
    guard: base64Token,
    text: (x) => tokens(x, base64Token, (t) => printable(base64Bytes(t))),
    exact: true,
  },
  {
    id: 'base32',
    guard: '^[A-Z2-7]{8,}={0,6}$',
    text: (x) => printable(base32Bytes(`replaceAll(${x}, '=', '')`)),
    exact: true,
  },
  {
    id: 'hexadecimal',
    guard: '(?:[0-9A-Fa-f]{2}[ :,-]?){6,}',
    text: (x) =>
      tokens(`replaceRegexpAll(${x}, '0x|[ :,-]', '')`, '(?:[0-9A-Fa-f]{2}){6,}', (t) => printable(`unhex(${t})`)),
    exact: true,
  },
  {
    id: 'percent-encoding',
    guard: '%[0-9A-Fa-f]{2}',
    text: (x) => `decodeURLComponent(${x})`,
    exact: true,
  },
  {
    id: 'character-references',
    guard: '&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z]+);',
    text: (x) => `decodeHTMLComponent(${x})`,
    exact: true,
  },
  {
    id: 'escapes',
    guard: String.raw`\\(?:u\{?[0-9A-Fa-f]{2,6}\}?|x[0-9A-Fa-f]{2})`,
    text: (x) =>
      String.raw`JSONExtractString(concat('"', replaceRegexpAll(replaceRegexpAll(replaceAll(${x}, '"', ' '), '\\\\x([0-9A-Fa-f]{2})', '\\\\u00\\1'), '\\\\u\\{0*([0-9A-Fa-f]{4})\\}', '\\\\u\\1'), '"'))`,
    exact: true,
  },
]

/** What the SQL of the readings asks for by name. */
export const readingParams = { foldedFrom, foldedTo }
