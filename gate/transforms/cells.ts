import { hashCode, keyed, pseudonym, spaceKey, unit } from './keyed.ts'
import { mobileCodes, nationalIdCodes } from './format-preserving.ts'
import type { ColumnRule, Generalisation } from './recipe.ts'
import { replaceSpans } from './text-spans.ts'

/** What a cell's new value may depend on besides the cell. */
export interface RowAbout {
  /** The value of the file's `person` column; empty where it has none. */
  readonly person: string
  /** From 1, without the header. */
  readonly row: number
  readonly cell: (column: string) => string
}

/** A new value; undefined where the old one has not the form its rule is for: such a cell is emptied, never let through. */
export type CellTransform = (value: string, about: RowAbout) => string | undefined

export interface CellContext {
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly recipient: string
  readonly column: string
  /** Called with each code given and what it stands for. */
  readonly escrow?: (entry: EscrowEntry) => void
}

export interface EscrowEntry {
  readonly as: string
  readonly code: string
  readonly value: string
}

/** Makes a column's transform. An empty cell stays empty under every rule, and is not asked for. */
export function cellTransform(rule: ColumnRule, context: CellContext): CellTransform {
  const { key, recipient, column } = context
  const space = (as: string | undefined): readonly string[] => [recipient, rule.do, as ?? column]
  switch (rule.do) {
    case 'keep':
      return (value) => value
    case 'suppress':
      return () => ''
    case 'mask':
      return (value) => masked(value, rule.first ?? 0, rule.last ?? 0)
    case 'keyed-hash':
      return hashCode(keyed(key, [...space(rule.as), rule.with ?? 'sha256'], rule.with))
    case 'pseudonym': {
      const code = pseudonym(keyed(key, space(rule.as)), rule.prefix ?? '')
      return (value) => {
        const given = code(value)
        context.escrow?.({ as: rule.as ?? column, code: given, value })
        return given
      }
    }
    case 'format-preserving': {
      const own = spaceKey(key, [...space(rule.as), rule.of])
      return rule.of === 'mobile' ? mobileCodes(own) : nationalIdCodes(own)
    }
    case 'generalise':
      return generalised(rule)
    case 'date-shift': {
      // One offset a person, whatever the column.
      const offset = keyed(key, [recipient, rule.do])
      return (value, { person }) =>
        person === '' ? undefined : shifted(value, offsetOf(offset(person).readUInt32BE(0), rule.days))
    }
    case 'noise':
      return noisy(rule, keyed(key, space(undefined)))
    case 'bounds':
      return (value) => bounded(value, rule)
    case 'spans':
      return (value, { cell }) => replaceSpans(value, (rule.alsoOf ?? []).map(cell))
  }
}

/** Keeps the ends and the length; a value that would be kept whole is masked whole. */
function masked(value: string, first: number, last: number): string {
  const letters = [...value]
  if (letters.length <= first + last) return '*'.repeat(letters.length)
  return letters.map((letter, at) => (first <= at && at < letters.length - last ? '*' : letter)).join('')
}

function generalised({ to, step, top, first, decimals, groups, otherwise }: Generalisation): CellTransform {
  if (to !== undefined) return (value) => coarseDate(value, to)
  if (step !== undefined) return (value) => band(value, step, top)
  if (first !== undefined)
    return (value) => ([...value].length < first ? undefined : [...value].slice(0, first).join(''))
  if (decimals !== undefined) return (value) => truncated(value, decimals)
  const groupOf = new Map(
    Object.entries(groups ?? {}).flatMap(([group, values]) => values.map((value) => [value, group] as const)),
  )
  return (value) => groupOf.get(value.trim()) ?? otherwise
}

interface ReadDate {
  readonly year: string
  readonly month: string
  readonly day: string
  /** What stands between them, and the time of day behind. */
  readonly marks: readonly [string, string, string]
  readonly instant: number
}

const time = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`
const spelled = new RegExp(`^(\\d{4})([-/.年])(\\d{1,2})([-/.月])(\\d{1,2})(日?${time})$`)
const digitsOnly = /^(\d{4})()(\d{2})()(\d{2})((?:\d{6})?)$/

function readDate(value: string): ReadDate | undefined {
  const text = value.trim()
  const read = spelled.exec(text) ?? digitsOnly.exec(text)
  if (read === null) return undefined
  const [, year = '', one = '', month = '', two = '', day = '', rest = ''] = read
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const real = new Date(instant)
  if (real.getUTCMonth() + 1 !== Number(month) || real.getUTCDate() !== Number(day)) return undefined
  return { year, month, day, marks: [one, two, rest], instant }
}

/** Form and time of day stay. */
function shifted(value: string, days: number): string | undefined {
  const read = readDate(value)
  if (read === undefined) return undefined
  const [year = '', month = '', day = ''] = new Date(read.instant + days * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .split('-')
  const as = (part: string, like: string) => (like.length === 2 ? part : String(Number(part)))
  const [one, two, rest] = read.marks
  return `${year}${one}${as(month, read.month)}${two}${as(day, read.day)}${rest}`
}

/** From -days to days, and never none: a date that stays would be its own. */
function offsetOf(random: number, days: number): number {
  const drawn = (random % (2 * days)) - days
  return drawn < 0 ? drawn : drawn + 1
}

function coarseDate(value: string, to: NonNullable<Generalisation['to']>): string | undefined {
  const read = readDate(value)
  if (read === undefined) return undefined
  const { year, month } = read
  switch (to) {
    case 'month':
      return `${year}-${month.padStart(2, '0')}`
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`
    case 'year':
      return year
    case 'decade':
      return `${year.slice(0, 3)}0s`
  }
}

/** Undefined for what is no plain decimal number. */
function numberIn(value: string): number | undefined {
  return /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(value.trim()) ? Number(value) : undefined
}

function band(value: string, step: number, top: number | undefined): string | undefined {
  const number = numberIn(value)
  if (number === undefined) return undefined
  if (top !== undefined && top <= number) return `${top}+`
  const low = Math.floor(number / step) * step
  const high = low + step - 1
  return `${low}-${top === undefined ? high : Math.min(high, top - 1)}`
}

function truncated(value: string, decimals: number): string | undefined {
  if (numberIn(value) === undefined) return undefined
  const [whole = '', part = ''] = value.trim().split('.')
  return decimals === 0 ? whole : `${whole}.${part.slice(0, decimals).padEnd(decimals, '0')}`
}

function bounded(
  value: string,
  { bottom, top }: { readonly bottom?: number; readonly top?: number },
): string | undefined {
  const number = numberIn(value)
  if (number === undefined) return undefined
  if (bottom !== undefined && number < bottom) return String(bottom)
  return top !== undefined && top < number ? String(top) : value
}

/** Drawn by person and value, so that asking for one reading again and again averages nothing out. */
function noisy(
  { deviation, decimals }: { readonly deviation: number; readonly decimals?: number },
  of: ReturnType<typeof keyed>,
): CellTransform {
  return (value, { person, row }) => {
    const number = numberIn(value)
    if (number === undefined) return undefined
    const mac = of(JSON.stringify(person === '' ? [row] : [person, value.trim()]))
    // Box and Muller; the first draw lies above 0 and up to 1.
    const one = 1 - (unit(mac) + 1) / 2
    const normal = Math.sqrt(-2 * Math.log(one)) * Math.cos(Math.PI * unit(mac, 6))
    return (number + deviation * normal).toFixed(decimals ?? (value.split('.')[1] ?? '').trim().length)
  }
}
