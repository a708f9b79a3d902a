// How evidence is held against labels: personal, sensitive, direct, kind; by kind, and each disagreement by name.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Evidence } from '@tongguan/law'
import { heldOut } from './held-out.ts'
import type { HeldOutTable } from './held-out.ts'
import { chance, rows } from './values.ts'

/** What a column is said to be by whoever labelled it. */
export interface ColumnLabel {
  readonly file: string
  readonly column: string
  readonly personal: boolean
  /** Undefined: may be seen either way. */
  readonly sensitive: boolean | undefined
  readonly direct: boolean | undefined
  readonly kinds: readonly string[]
}

export interface Disagreement {
  readonly file: string
  readonly column: string
  readonly what: 'missed' | 'false alarm' | 'not sensitive' | 'too sensitive' | 'not direct' | 'other kind' | 'not seen'
  readonly expected: string
  readonly said: string
}

export interface Score {
  readonly columns: number
  readonly personal: Rate
  readonly sensitive: Rate
  readonly direct: Rate
  readonly kindRight: number
  readonly byKind: ReadonlyMap<string, { found: number; of: number; named: number }>
  readonly disagreements: readonly Disagreement[]
}

export interface Rate {
  truePositives: number
  falsePositives: number
  falseNegatives: number
}

/** Kinds that say the same thing in different words. */
const same = [
  'name full_name first_name last_name staff_name person_name username',
  'sex gender',
  'national_id resident_id ssn social_security_no',
  'event_date date',
  'precise_location coordinates latitude longitude',
  'address street',
  'city region country postal_code',
  'phone mobile landline',
  'medical_record_no person_id patient_id subject_id insurance_id',
  'diagnosis condition allergy',
  'medication drug',
  'lab_result vital_sign observation',
  'bank_account card_number account',
  'income credit_info loan transaction finance balance',
  'race_ethnicity ethnicity race nationality',
  'free_text clinical_note text family_history',
  'genotype genetic',
  'credential password password_hash',
  'death death_date',
  'birth_date birth_year',
].map((line) => line.split(' '))

const agree = (said: string, wanted: readonly string[]): boolean =>
  wanted.some((kind) => kind === said || same.some((group) => group.includes(kind) && group.includes(said)))

export function score(labels: readonly ColumnLabel[], evidence: Evidence): Score {
  const found = new Map(
    evidence.files.flatMap((file) => file.columns.map((column) => [`${file.path}\0${column.name}`, column] as const)),
  )
  const personal = noRate()
  const sensitive = noRate()
  const direct = noRate()
  const byKind = new Map<string, { found: number; of: number; named: number }>()
  const disagreements: Disagreement[] = []
  let kindRight = 0
  for (const label of labels) {
    const column = found.get(`${label.file}\0${label.column}`)
    const expected = label.personal ? (label.kinds[0] ?? 'personal') : 'none'
    const said = column === undefined ? 'nothing' : `${column.category} ${column.kind} (${column.level})`
    const disagree = (what: Disagreement['what']) =>
      disagreements.push({ file: label.file, column: label.column, what, expected, said })
    if (column === undefined) disagree('not seen')
    const isPersonal = column !== undefined && column.category !== 'none'
    add(personal, label.personal, isPersonal)
    if (label.personal !== isPersonal && column !== undefined) disagree(label.personal ? 'missed' : 'false alarm')
    if (label.personal) {
      const kind = byKind.get(expected) ?? { found: 0, of: 0, named: 0 }
      byKind.set(expected, kind)
      kind.of++
      if (isPersonal) {
        kind.found++
        if (agree(column.kind, label.kinds)) {
          kind.named++
          kindRight++
        } else disagree('other kind')
      }
    }
    const isSensitive = column?.category === 'sensitive'
    if (label.sensitive !== undefined) {
      add(sensitive, label.sensitive, isSensitive)
      if (label.sensitive && !isSensitive && isPersonal) disagree('not sensitive')
      if (!label.sensitive && isSensitive) disagree('too sensitive')
    }
    if (label.direct !== undefined) {
      add(direct, label.direct, column?.identifies === 'direct')
      if (label.direct && column?.identifies !== 'direct' && isPersonal) disagree('not direct')
    }
  }
  return { columns: labels.length, personal, sensitive, direct, kindRight, byKind, disagreements }
}

const noRate = (): Rate => ({ truePositives: 0, falsePositives: 0, falseNegatives: 0 })

function add(rate: Rate, wanted: boolean, said: boolean): void {
  if (wanted && said) rate.truePositives++
  else if (wanted) rate.falseNegatives++
  else if (said) rate.falsePositives++
}

/** Percentages of one rate; undefined where nothing of it was there. */
export const precision = (r: Rate): number | undefined => share(r.truePositives, r.truePositives + r.falsePositives)
export const recall = (r: Rate): number | undefined => share(r.truePositives, r.truePositives + r.falseNegatives)
const share = (a: number, b: number): number | undefined => (b === 0 ? undefined : (100 * a) / b)

export function sum(scores: readonly Score[]): Score {
  const total = (rate: (score: Score) => Rate): Rate =>
    scores.map(rate).reduce(
      (a, b) => ({
        truePositives: a.truePositives + b.truePositives,
        falsePositives: a.falsePositives + b.falsePositives,
        falseNegatives: a.falseNegatives + b.falseNegatives,
      }),
      noRate(),
    )
  const byKind = new Map<string, { found: number; of: number; named: number }>()
  for (const { byKind: part } of scores) {
    for (const [kind, n] of part) {
      const known = byKind.get(kind) ?? { found: 0, of: 0, named: 0 }
      byKind.set(kind, { found: known.found + n.found, of: known.of + n.of, named: known.named + n.named })
    }
  }
  return {
    columns: scores.reduce((n, s) => n + s.columns, 0),
    personal: total((s) => s.personal),
    sensitive: total((s) => s.sensitive),
    direct: total((s) => s.direct),
    kindRight: scores.reduce((n, s) => n + s.kindRight, 0),
    byKind,
    disagreements: scores.flatMap((s) => s.disagreements),
  }
}

// --- the tables made here ---------------------------------------------------------------------------------------------

export function writeHeldOut(folder: string, tables: readonly HeldOutTable[] = heldOut, count = 120): void {
  for (const table of tables) {
    const c = chance(createHash('sha256').update(table.path).digest().readUInt32LE(0))
    const lines = rows(
      c,
      table.columns.map(([, , , make]) => make),
      count,
    )
    const header = table.headless === true ? [] : [table.columns.map(([name]) => name)]
    const file = join(folder, table.path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${[...header, ...lines].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`)
  }
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export function heldOutLabels(tables: readonly HeldOutTable[] = heldOut): ColumnLabel[] {
  return tables.flatMap(({ path, columns }) =>
    columns.flatMap(([column, label, kinds]): ColumnLabel[] =>
      label === 'any'
        ? []
        : [
            {
              file: path,
              column,
              personal: label !== 'none',
              sensitive: label === 'identifies' ? undefined : label === 'sensitive',
              direct: label === 'sensitive' ? undefined : label === 'identifies',
              kinds: kinds.split(' ').filter(Boolean),
            },
          ],
    ),
  )
}

// --- data sets labelled elsewhere -------------------------------------------------------------------------------------

interface GivenLabel {
  readonly class: string
  readonly detector?: string
  readonly also?: readonly string[]
  readonly contested?: boolean
}

/** The column labels of a data set (`labels.json`), contested ones left out; undefined where the folder has none. */
export function givenLabels(folder: string, evidence: Evidence): ColumnLabel[] | undefined {
  const path = join(folder, 'labels.json')
  if (!existsSync(path)) return undefined
  // The file is not ours and may hold more than is read here.
  const { files = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
    files?: Record<string, Partial<GivenLabel> & { columns?: 'all' | Record<string, GivenLabel> }>
  }
  return Object.entries(files).flatMap(([file, spec]) => {
    const columns =
      spec.columns === 'all'
        ? Object.fromEntries(
            evidence.files
              .filter(({ path }) => path === file)
              .flatMap((seen) => seen.columns.map(({ name }) => [name, { class: spec.class ?? 'none' }] as const)),
          )
        : (spec.columns ?? {})
    return Object.entries(columns).flatMap(([column, label]: [string, GivenLabel]): ColumnLabel[] => {
      if (label.contested === true) return []
      const classes = [label.class, ...(label.also ?? [])]
      return [
        {
          file,
          column,
          personal: label.class !== 'none',
          sensitive:
            classes.includes('sensitive_pi') && label.class !== 'sensitive_pi'
              ? undefined
              : classes.includes('sensitive_pi'),
          direct:
            classes.includes('direct_identifier') && label.class !== 'direct_identifier'
              ? undefined
              : classes.includes('direct_identifier'),
          kinds: (label.detector ?? label.class).split(/\s*[/|,]\s*|\s+or\s+|\s+by\s.*/).filter(Boolean),
        },
      ]
    })
  })
}

export const dataSets = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []
