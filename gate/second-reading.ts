import type { ColumnEvidence, ColumnReading, Evidence, FileReading, Kind, SecondReading } from '@tongguan/law'
import { beyondWhatPassed, reason } from './hold-reason.ts'
import type { HoldReason } from './hold-reason.ts'
import type { BatchFile } from './release.ts'

/*
 * The second of two checks that share no parser, pattern or count: both look at the bytes that would leave, and where they
 * disagree the batch is held, whichever of them is right.
 */

/** What of both readings is compared. */
export interface TwoReaders {
  readonly files: readonly BatchFile[]
  readonly first: {
    readonly files: readonly {
      readonly path: string
      readonly rows: number
      readonly error: string | null
      readonly columns: readonly Pick<ColumnEvidence, 'name' | 'kind' | 'counts' | 'findings' | 'rejected'>[]
    }[]
    readonly persons: number
  }
  readonly second: SecondReading | null
}

export function readersOf(
  files: readonly BatchFile[],
  { files: read, persons }: Evidence,
  second: SecondReading | null,
): TwoReaders {
  const columnsOf = (columns: readonly ColumnEvidence[]) =>
    columns.map(({ name, kind, counts, findings, rejected }) => ({ name, kind, counts, findings, rejected }))
  const first = read.map(({ path, rows, error, columns }) => {
    return { path, rows, error: error?.code ?? null, columns: columnsOf(columns) }
  })
  return { files, first: { files: first, persons: persons.upper }, second }
}

/** Where the two readings of a batch disagree; what was not read a second time disagrees. */
export function judgeReaders({ files, first, second }: TwoReaders): readonly HoldReason[] {
  if (second === null) return [differs('not-read-again', {})]
  const amiss = files.flatMap((file) => {
    const reading = second.files.find(({ path }) => path === file.name)
    const read = first.files.find(({ path }) => path === file.name)
    // What the first could not read is held for that already.
    if (read === undefined || read.error !== null) return []
    if (reading === undefined) return [differs('not-read-again', {}, file.name)]
    if (reading.unread !== null) return [differs(reading.unread, {}, file.name)]
    if (reading.sha256 !== file.sha256) return [differs('other-bytes', {}, file.name)]
    return judgeFile(file.name, read, reading)
  })
  const { lower, upper } = second.persons
  const isWithin = lower <= first.persons && (upper === null || first.persons <= upper)
  return isWithin ? amiss : [...amiss, differs('persons', { first: first.persons, second: bounds(lower, upper) })]
}

type FirstFile = TwoReaders['first']['files'][number]
type FirstColumn = FirstFile['columns'][number]

function judgeFile(name: string, first: FirstFile, second: FileReading): readonly HoldReason[] {
  const { rows, columns } = second
  if (rows !== null && rows !== first.rows) return [differs('rows', { first: first.rows, second: rows }, name)]
  if (columns === null) {
    const isKnown = second.residentIds === 0 || first.columns.some((column) => speaksOf(column, 'national_id'))
    return isKnown ? [] : [differs('kind', { kind: 'national_id', first: 0, second: second.residentIds }, name)]
  }
  if (columns.length !== first.columns.length) {
    return [differs('columns', { first: first.columns.length, second: columns.length }, name)]
  }
  return first.columns.flatMap((column, at) => {
    const read = columns[at]
    return read === undefined ? [] : judgeColumn(name, column, read)
  })
}

function judgeColumn(file: string, first: FirstColumn, second: ColumnReading): readonly HoldReason[] {
  const here = (what: string, facts: Readonly<Record<string, number | string>>) =>
    differs(what, { column: first.name, ...facts }, file, first.name)
  if (first.name.normalize('NFC') !== second.name.normalize('NFC')) return [here('names', {})]
  const { nonEmpty } = first.counts
  if (nonEmpty !== second.filled) return [here('cells', { first: nonEmpty, second: second.filled })]
  const seen: readonly (readonly [Kind, number])[] = [
    ['national_id', second.residentIds + second.residentIdsInText],
    ['mobile', second.mobiles],
    ['email', second.emails],
  ]
  return seen.flatMap(([kind, cells]) => {
    const proven = first.findings.find((one) => one.kind === kind && one.because.includes('checksum'))
    const isMissed = cells > 0 && !speaksOf(first, kind)
    // A check digit that holds for one reader holds for the other.
    const isInvented = cells === 0 && proven !== undefined && proven.valid > 0
    return isMissed || isInvented ? [here('kind', { kind, first: proven?.valid ?? 0, second: cells })] : []
  })
}

/** Whether a reading says a kind of a column, or considered and rejected it: what it saw, it did not miss. */
function speaksOf({ kind, findings, rejected }: FirstColumn, of: Kind): boolean {
  const said = [kind, ...findings.map((one) => one.kind), ...rejected.map((one) => one.kind)]
  return said.some((one) => one === of || (of === 'mobile' && one === 'phone'))
}

const bounds = (lower: number, upper: number | null) =>
  upper === null ? `≥ ${lower}` : lower === upper ? String(lower) : `${lower}–${upper}`

function differs(
  because: string,
  facts: Readonly<Record<string, number | string>>,
  file?: string,
  column?: string,
): HoldReason {
  return reason('gate.readings-differ', beyondWhatPassed, { because, ...facts }, file, column)
}
