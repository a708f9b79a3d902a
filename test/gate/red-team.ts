// Ways to slip an identifier past the gate, made by code: technique × identifier × format. Nobody in them exists.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { decideRelease } from '../../gate/index.ts'
import type { ReleaseQuestion } from '../../gate/index.ts'
import { aQuestion, aScenario, anItem, aPermit } from '../../gate/makers.ts'
import { hashFile } from '../../gate/private-copy.ts'
import { crowd } from '../../examples/people.ts'
import type { Person } from '../../examples/people.ts'
import { inspect, openEngine, readAgain } from '../../scan/index.ts'
import { legalDate } from '../../law/index.ts'

const identifiers = {
  'resident ID number': (person: Person) => person.residentId,
  'mobile number': (person: Person) => person.mobile,
  'passport number': (person: Person) => person.passport,
  'e-mail address': (person: Person) => `user${person.number * 7919}@example.com`,
  name: (person: Person) => person.name,
} as const

type Row = Readonly<Record<string, string>>

interface Technique {
  readonly name: string
  /** What stands in the two approved columns; `remark` and `code` are approved and hold nothing about persons. */
  readonly row: (value: string, at: number) => Row
  readonly file?: (value: string) => string
}

const harmless: Row = { code: 'A1', remark: 'ok' }
const inRemark = (name: string, hide: (value: string) => string): Technique => ({
  name,
  row: (value, at) => ({ code: `A${at}`, remark: hide(value) }),
})
const each = (value: string, change: (letter: string) => string) => [...value].map(change).join('')
const digitsFrom = (zero: number) => (value: string) =>
  each(value, (letter) => (/\d/.test(letter) ? String.fromCodePoint(zero + Number(letter)) : letter))
const base64 = (value: string) => Buffer.from(value).toString('base64')
const half = (value: string) => Math.ceil(value.length / 2)

/** In this order in the guide. */
export const techniques: readonly Technique[] = [
  inRemark('plainly, in an approved column', (value) => value),
  { name: 'in a new column', row: (value, at) => ({ code: `A${at}`, remark: 'ok', extra: value }) },
  inRemark('in a sentence', (value) => `请尽快联系 ${value}，谢谢`),
  inRemark('in a sentence without spaces', (value) => `联系${value}谢谢`),
  inRemark('in full-width characters', (value) =>
    each(value, (letter) =>
      letter < '!' || letter > '~' ? letter : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
    ),
  ),
  inRemark('in Arabic-Indic digits', digitsFrom(0x660)),
  inRemark('in bold mathematical digits', digitsFrom(0x1d7ce)),
  inRemark('in Chinese numerals', (value) => each(value, (letter) => '零一二三四五六七八九'[Number(letter)] ?? letter)),
  inRemark('with zero-width spaces between', (value) => [...value].join('\u200b')),
  inRemark('with soft hyphens between', (value) => [...value].join('\u00ad')),
  inRemark('with spaces between', (value) => [...value].join(' ')),
  inRemark('in groups of four', (value) => value.replaceAll(/(.{4})(?=.)/gu, '$1 ')),
  inRemark('in groups with hyphens', (value) => value.replaceAll(/(.{4})(?=.)/gu, '$1-')),
  inRemark('behind an apostrophe', (value) => `'${value}`),
  inRemark('between brackets', (value) => `[${value}]`),
  inRemark('behind a letter', (value) => `x${value}`),
  inRemark('backwards', (value) => [...value].reverse().join('')),
  inRemark('in base64', base64),
  inRemark('in base64, packed', (value) => gzipSync(value.repeat(2)).toString('base64')),
  inRemark('in base64 twice', (value) => base64(base64(value))),
  inRemark('in escapes', (value) =>
    each(value, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`),
  ),
  inRemark('in hexadecimal', (value) => Buffer.from(value).toString('hex')),
  inRemark('as a percent-encoded text', (value) =>
    each(value, (letter) => [...Buffer.from(letter)].map((byte) => `%${byte.toString(16)}`).join('')),
  ),
  inRemark('as HTML entities', (value) => each(value, (letter) => `&#${letter.codePointAt(0)};`)),
  inRemark('in a JSON string', (value) => JSON.stringify({ a: { b: value } })),
  inRemark('in base64 in a JSON string', (value) => JSON.stringify({ a: base64(value) })),
  {
    name: 'split over two columns',
    row: (value) => ({ code: value.slice(0, half(value)), remark: value.slice(half(value)) }),
  },
  { name: 'in one row of many', row: (value, at) => ({ code: `A${at}`, remark: at === 0 ? value : 'ok' }) },
  { name: 'in the name of the file', row: () => harmless, file: (value) => value },
  { name: 'in the name of a folder', row: () => harmless, file: (value) => `${value}/rows` },
]

const formats = {
  csv: (rows: readonly Row[]) => delimited(rows, ','),
  tsv: (rows: readonly Row[]) => delimited(rows, '\t'),
  ndjson: (rows: readonly Row[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
} as const

function delimited(rows: readonly Row[], mark: string): string {
  const quoted = (cell: string) =>
    /["\n]/.test(cell) || cell.includes(mark) ? `"${cell.replaceAll('"', '""')}"` : cell
  const [first = {}] = rows
  return `${[Object.keys(first), ...rows.map((row) => Object.values(row))].map((row) => row.map(quoted).join(mark)).join('\n')}\n`
}

export interface Attempt {
  readonly technique: string
  readonly identifier: string
  readonly format: string
  readonly file: string
  readonly held: boolean
}

const rowsEach = 60

/** One attempt of each technique, the identifiers and formats in turn. */
export const oneOfEach = (technique: number, identifier: number, format: number): boolean =>
  technique % Object.keys(identifiers).length === identifier && technique % Object.keys(formats).length === format

/**
 * Writes every attempt, or those chosen by the places of its parts, as one file of one batch, and asks the gate's decision
 * of it; an attempt is held by a reason that names its file.
 */
export async function redTeam(folder: string, isTried: typeof oneOfEach = () => true): Promise<readonly Attempt[]> {
  const personAt = crowd(23, { from: '1950-01-01', to: '1999-12-31' })
  const attempts = techniques.flatMap((technique, t) =>
    Object.entries(identifiers).flatMap(([identifier, valueOf], i) =>
      Object.entries(formats).flatMap(([format, write], place) => {
        if (!isTried(t, i, place)) return []
        const values = Array.from({ length: rowsEach }, (_, at) => valueOf(personAt(at + 1_000 * t + 100 * i)))
        const [first = ''] = values
        const file = `${technique.file === undefined ? `t${t}-${i}` : `t${t}-${technique.file(first)}`}.${format}`
        return [{ technique: technique.name, identifier, format, file, text: write(values.map(technique.row)) }]
      }),
    ),
  )
  for (const { file, text } of attempts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const reasons = await reasonsFor(
    folder,
    attempts.map(({ file }) => file),
  )
  return attempts.map(({ technique, identifier, format, file }) => {
    return { technique, identifier, format, file, held: reasons.has(file) }
  })
}

async function reasonsFor(folder: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const engine = await openEngine()
  try {
    const on = legalDate('2026-11-23')
    const { evidence } = await inspect(engine, folder, {
      on,
      key: Buffer.alloc(32, 1),
      keyEpoch: '2026',
      keepNames: true,
    })
    const files = await Promise.all(names.map(async (name) => ({ name, ...(await hashFile(join(folder, name))) })))
    const items = ['code', 'remark'].map((name) => anItem(name))
    const permit = aPermit({ scenarios: [aScenario({ items, ceiling: { general: 1e9, sensitive: 1e9 } })] })
    const secondReading = await readAgain(engine, folder, evidence)
    const question: ReleaseQuestion = { ...aQuestion(), permit, evidence, secondReading, files }
    const decision = decideRelease(question)
    return new Set(
      decision.kind === 'held' ? decision.reasons.flatMap(({ file }) => (file === undefined ? [] : [file])) : [],
    )
  } finally {
    await engine.close()
  }
}

/** The guide of what is held and what is not, as `docs/guides/red-team.md` has it. */
export function guideOf(attempts: readonly Attempt[]): string {
  const held = attempts.filter((attempt) => attempt.held).length
  const kinds = Object.keys(identifiers)
  const cellOf = (technique: string, identifier: string) => {
    const of = attempts.filter((one) => one.technique === technique && one.identifier === identifier)
    const through = of.filter((one) => !one.held).map(({ format }) => format)
    return through.length === 0
      ? 'held'
      : through.length === of.length
        ? 'not held'
        : `not held in ${through.join(', ')}`
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const table = [line(['way', ...kinds]), line(['way', ...kinds].map(() => '---'))]
  for (const { name } of techniques) table.push(line([name, ...kinds.map((kind) => cellOf(name, kind))]))
  return `${guideHead}\n\n${held} of ${attempts.length} ways are held.\n\n${table.join('\n')}\n`
}

/** The guide without what came of the attempts: cells and their sum are left out. */
export const outlineOf = (guide: string): string =>
  guide.replace(/^\d+ of \d+ ways are held[.]$/m, '').replaceAll(/^[|] *([^|]*?) *[|].*$/gm, '$1')

/** Whether the guide's table has the attempt as held. */
export function isHeldIn(guide: string, { technique, identifier, format }: Attempt): boolean {
  const rows = guide.split('\n').flatMap((line) => {
    return line.startsWith('|') ? [line.split('|').map((cell) => cell.trim())] : []
  })
  const column = rows[0]?.indexOf(identifier) ?? -1
  const cell = rows.find((row) => row[1] === technique)?.[column]
  if (cell === undefined) throw new RangeError(`the guide has no ${technique}, ${identifier}`)
  return cell === 'held' || (cell.startsWith('not held in ') && !cell.slice(12).split(', ').includes(format))
}

const guideHead = `# What a handler could slip past the gate

Printed by \`node test/gate/print-red-team.ts\`, which tries every way; \`test/gate/red-team.test.ts\` tries one of each row
and fails where this table says otherwise. Each way hides ${rowsEach} values in a column approved as holding nothing about persons, in CSV, TSV
and NDJSON; it is held where the gate gives a reason that names the file.

Each cell is read as it is written, and again in plain characters, without separators, backwards, decoded (base64, base32,
hexadecimal, percent, HTML references, escapes; up to three layers), and joined with a neighbouring column or row. What is not
held is a name or a passport number: neither has a check digit, and in a column whose name does not announce them they are
not told from other words and codes, least of all inside a sentence or behind a mark. An encoding of one's own (a table of
substitutions, a cipher that gives short codes) is not undone either, nor a number split over three columns. A single mobile
number grouped otherwise than 3-4-4 among other values is let through: order numbers look the same.
What narrows this is not detection: a permit whose items are few, a recipe that names every column and generalises or codes
what it can (\`--recipe\`), and two persons who look at what they sign.`
