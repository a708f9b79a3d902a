import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { kinds, sensitivityOf, sensitivityPacksOn } from '@tongguan/law'
import type {
  Category,
  ColumnEvidence,
  Disguise,
  Evidence,
  FileEvidence,
  Hint,
  Kind,
  LegalDate,
  SensitivityOverride,
  TableRisk,
} from '@tongguan/law'
import { hashOf, usualLimits } from './bytes.ts'
import type { Limits } from './bytes.ts'
import { countTable, emptyCounts } from './columns.ts'
import type { ColumnCounts } from './columns.ts'
import { disguisesIn } from './disguises.ts'
import { collect } from './collect/index.ts'
import type { LiveOptions } from './collect/index.ts'
import { isLive, shownSource } from './collect/source-url.ts'
import { detectorsVersion } from './detectors/index.ts'
import type { Engine } from './engine.ts'
import { takeOut } from './formats/take-out.ts'
import { masked, maskedName } from './mask.ts'
import type { Shard } from './person-graph.ts'
import { personsInNames } from './names.ts'
import { linkingKinds, measureRisk } from './risk.ts'
import type { RiskColumn, RiskTable } from './risk.ts'
import { countShards, estimatePersons, exactUpTo, listedCells, macPersons, shardOf } from './persons.ts'
import type { Identifiers, KeyKind, ListedCell, PersonCounts, PersonKey, PersonMac, PersonTable } from './persons.ts'
import { readShards, writeShards } from './shard-file.ts'
import { ShapeMemory, listFiles } from './sources.ts'
import type { Container, DelimitedShape, Recognised, Shape, SourceFile } from './sources.ts'
import { batchKey, fileErrorOf, openTable, spooledTable, unitedTable } from './tables.ts'
import type { Member, Table } from './tables.ts'
import { judgeTable } from './verdict.ts'
import type { TableVerdict, Verdict } from './verdict.ts'
import { DiskFullError, FileError, ScanInputError, fileErrors } from './words.ts'
import type { FileErrorCode } from './words.ts'

export interface ScanOptions {
  /** The day whose rule packs decide what is sensitive and who is under fourteen. */
  readonly on: LegalDate
  /** Persons are compared by hashes under this key; it does not reach the engine. */
  readonly key: Uint8Array
  readonly keyEpoch: string
  /** Looks for what stands in the cells in disguise; `inspect` always does. */
  readonly disguises?: boolean
  /** `inspect` also gives the codes of every identifier. */
  readonly identifiers?: boolean
  /** Shows names of files and columns that name a person. */
  readonly keepNames?: boolean
  /** Columns that a named person holds not to be sensitive. */
  readonly overrides?: readonly ColumnOverride[]
  /** Which columns are quasi-identifiers of a file, in place of our choice. */
  readonly quasiIdentifiers?: readonly StatedQuasiIdentifiers[]
  /** The same for every file that has one of these columns; `inspect` measures the risk by them only. */
  readonly quasiColumns?: readonly string[]
  /**
   * Columns a result approved as personal information. Whatever else a file's names say, each of its rows with one of
   * them is about somebody.
   */
  readonly approved?: ApprovedColumns
  /** Rows of the data over rows of the population they are drawn from, above 0 and at most 1; left out: unknown. */
  readonly samplingFraction?: number
  readonly limits?: Partial<Limits>
  /** Above so many rows with identifiers persons are estimated, not joined; 50 million where left out. */
  readonly exactUpTo?: number
  readonly progress?: (progress: ScanProgress) => void
  /** For sources that are databases or object stores. */
  readonly live?: LiveOptions
}

export interface ApprovedColumns {
  /** Those of sensitive items as well. */
  readonly personal: readonly string[]
  readonly sensitive: readonly string[]
}

/** Which column a reason is for; without a file, every column of that name. */
export interface ColumnOverride extends SensitivityOverride {
  readonly file?: string
  readonly column: string
}

export interface StatedQuasiIdentifiers {
  /** As the evidence names it. */
  readonly file: string
  readonly columns: readonly string[]
}

export interface ScanProgress {
  readonly file: string
  readonly filesDone: number
  readonly files: number
  readonly bytesDone: number
  readonly bytes: number
}

export interface Inspection {
  readonly evidence: Evidence
  readonly macs: readonly PersonMac[]
  /** persons.upper = macs + general + sensitive. */
  readonly unlinked: { readonly general: number; readonly sensitive: number }
  /** The codes are there only where they were asked for. */
  readonly identifiers: Identifiers
}

/**
 * Finds the personal information in these files, folders, globs, databases and object stores and counts the persons. Every cell is read. One bad file
 * never stops the others: it carries its error, and the scan is not complete. Throws ScanInputError when there is
 * nothing to read at all, EngineError when the engine died.
 */
export async function scan(engine: Engine, paths: readonly string[], options: ScanOptions): Promise<Evidence> {
  return lookInto(engine, paths, options, async (looked) => {
    const tables = looked.tables.map(({ table }) => table)
    const risk = await risksOf(engine, looked, options)
    if (looked.rowsWithIdentifiers > (options.exactUpTo ?? exactUpTo))
      return looked.evidence(await estimatePersons(engine, tables, options), { exact: false, risk })
    const shards = await shardsOf(looked, options)
    return looked.evidence(countShards(shards).counts.persons, { exact: true, risk })
  })
}

/**
 * The same, with what it says of persons as a file of shards, to be added up with those of other scans of the same key and
 * year (`mergeShards`). Persons are joined exactly, however many rows there are.
 */
export async function scanIntoShards(
  engine: Engine,
  paths: readonly string[],
  options: ScanOptions,
): Promise<{ readonly evidence: Evidence; readonly shards: Buffer }> {
  return lookInto(engine, paths, options, async (looked) => {
    const risk = await risksOf(engine, looked, options)
    const shards = await shardsOf(looked, options)
    const { persons } = countShards(shards).counts
    return { evidence: looked.evidence(persons, { exact: true, risk }), shards: writeShards(shards, options.key) }
  })
}

/** What comes from databases or is taken out of archives lies in a folder of the engine's until `use` is done. */
async function lookInto<Found>(
  engine: Engine,
  sources: readonly string[],
  options: ScanOptions,
  use: (looked: Looked) => Promise<Found>,
): Promise<Found> {
  const parts = await mkdtemp(join(engine.folder, 'parts-'))
  try {
    const live = sources.filter(isLive)
    const paths = sources.filter((source) => !isLive(source))
    // A misspelt path is said before a database is read.
    const files = live.length > 0 && paths.length === 0 ? [] : await listFiles(paths)
    files.push(...(await collect(live, parts, { ...usualLimits, ...options.limits }, options.live)))
    return await use(await look(engine, sources, files, options, parts))
  } finally {
    await rm(parts, { recursive: true, force: true })
  }
}

/** Persons of any number of files of shards, in any order. Throws RangeError where they cannot be added up. */
export const mergeShards = (files: readonly Buffer[]): PersonCounts['persons'] =>
  countShards(readShards(files)).counts.persons

/** The same for a batch that is to leave, without its risk, with one code per person for the ledger. Throws FileError where a file changed meanwhile. */
export async function inspect(engine: Engine, folder: string, options: ScanOptions): Promise<Inspection> {
  // Only what the gate can rebuild from the values that were looked at.
  const looked = await look(engine, [folder], await listFiles([folder]), { ...options, disguises: true })
  const tables = looked.tables.map(({ table }) => table)
  const { persons, macs, unlinked, identifiers } = await macPersons(tables, options)
  const risk = options.quasiColumns === undefined ? [] : await risksOf(engine, looked, options)
  return { evidence: looked.evidence(persons, { exact: true, risk }), macs, unlinked, identifiers }
}

/** The cells of a batch that name persons whose codes are listed. Throws as `inspect`. */
export async function findListed(
  engine: Engine,
  folder: string,
  options: ScanOptions,
  isListed: (code: Uint8Array) => boolean,
): Promise<{
  readonly evidence: Evidence
  readonly cells: readonly ListedCell[]
  readonly combinations: Identifiers['combinations']
}> {
  const looked = await look(engine, [folder], await listFiles([folder]), options)
  const tables = looked.tables.map(({ table }) => table)
  const { persons, cells, combinations } = await listedCells(tables, options, isListed)
  return { evidence: looked.evidence(persons, { exact: true, risk: [] }), cells, combinations }
}

async function shardsOf({ tables, unread }: Looked, options: ScanOptions): Promise<Shard[]> {
  const shards: Shard[] = []
  for (const { table, files } of tables) {
    try {
      shards.push(await shardOf(table, options))
    } catch (error) {
      const code = fileErrorOf(error)
      if (code === undefined) throw error
      for (const file of files) unread(file, code)
    }
  }
  return shards
}

async function risksOf(
  engine: Engine,
  { riskTables, unread }: Looked,
  options: ScanOptions,
): Promise<Evidence['risk']> {
  const risks: TableRisk[] = []
  for (const { at, ...about } of riskTables) {
    try {
      const risk = await measureRisk(engine, about, options.samplingFraction)
      if (risk !== undefined) risks.push(risk)
    } catch (error) {
      const code = fileErrorOf(error)
      if (code === undefined) throw error
      for (const file of at) unread(file, code)
    }
  }
  return risks.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

interface Looked {
  readonly riskTables: readonly (RiskTable & { readonly at: readonly number[] })[]
  /** Each with the places of its files in the list. */
  readonly tables: readonly { readonly table: PersonTable; readonly files: readonly number[] }[]
  /** Nothing more is said of this file. */
  readonly unread: (file: number, code: FileErrorCode) => void
  readonly rowsWithIdentifiers: number
  evidence(
    persons: Omit<Evidence['persons'], 'exact' | 'keyEpoch'>,
    found: { readonly exact: boolean; readonly risk: Evidence['risk'] },
  ): Evidence
}

interface Recognisable {
  readonly at: number
  readonly file: SourceFile
  readonly shape: Shape
}

async function look(
  engine: Engine,
  sources: readonly string[],
  files: SourceFile[],
  options: ScanOptions,
  /** Where goes what is taken out of formats that are no table of text; without it such a file is an error. */
  parts?: string,
): Promise<Looked> {
  const began = performance.now()
  const limits = { ...usualLimits, ...options.limits }
  const listed = files.length
  const listedBytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const seen: (FileEvidence | undefined)[] = []
  const tables: { table: PersonTable; files: readonly number[] }[] = []
  const riskTables: (RiskTable & { at: readonly number[] })[] = []
  const report = (at: number, bytesDone: number) =>
    options.progress?.({
      file: shown(files[at]?.path ?? '', options),
      filesDone: at,
      files: files.length,
      bytesDone,
      bytes: Math.max(listedBytes, bytesDone),
    })
  let bytesDone = 0
  let next = 0

  const lookAt = async (group: readonly Recognisable[]): Promise<void> => {
    const before = bytesDone
    const groupBytes = group.reduce((sum, { file }) => sum + file.bytes, 0)
    const onBytes = (more: number) => {
      bytesDone = Math.min(before + groupBytes, bytesDone + more)
      report(group[0]?.at ?? 0, bytesDone)
    }
    try {
      const table = await openGroup(engine, group, `t${next++}`, limits)
      const counts = await countTable(table, onBytes)
      const disguises = options.disguises === true ? await disguisesIn(table) : undefined
      const judged = judgeMembers(table, { counts, disguises }, group, seen, options)
      tables.push(...judged.tables)
      riskTables.push(...judged.riskTables)
    } catch (error) {
      const code = fileErrorOf(error)
      if (code === undefined) throw error
      // One of many spoils the rest: each is tried alone.
      if (group.length > 1) for (const one of group) await lookAt([one])
      else for (const { at, file } of group) seen[at] = unreadEvidence(file, options, code, await hashIfReadable(file))
    }
    bytesDone = before + groupBytes
    report(group[0]?.at ?? 0, bytesDone)
  }

  const opened = new Set<number>()
  const groups = await groupsOf(files, limits, {
    async unread(at, file, code) {
      seen[at] = unreadEvidence(file, options, code, await hashIfReadable(file))
    },
    async open(at, file, container) {
      if (parts === undefined) throw new FileError('scan.format-not-inspected')
      opened.add(at)
      return takeOut(file, container, { folder: parts, place: `p${at}`, limits })
    },
  })
  for (const group of groups) await lookAt(group)

  const inNames = personsInNames(
    engine,
    files.map(({ path }) => path),
    options.on,
  )
  if (inNames !== undefined) tables.push({ table: inNames, files: [] })

  const all = files.map((file, at) => seen[at] ?? unreadEvidence(file, options, 'scan.engine-failed', ''))
  // A file that was opened is spoken for by what it held.
  const shownFiles = () =>
    all
      .filter((_, at) => !opened.has(at) || seen[at] !== undefined)
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  if (shownFiles().every((file) => file.error !== null && file.columns.length === 0)) {
    throw nothingReadable(sources, shownFiles())
  }
  for (const stated of options.quasiIdentifiers ?? []) {
    const file = all.find(({ path }, at) => path === stated.file || files[at]?.path === stated.file)
    const missing = stated.columns.find((column) => file?.columns.every(({ name }) => name !== column) ?? true)
    if (missing !== undefined) throw new ScanInputError('scan.no-such-column', `${stated.file}:${missing}`)
  }
  return {
    tables,
    riskTables,
    unread(file, code) {
      const known = all[file]
      if (known !== undefined) all[file] = { ...known, error: { code, message: fileErrors[code].en } }
    },
    rowsWithIdentifiers: tables
      .filter(({ table }) => table.keys.length > 0)
      .reduce((sum, { files }) => sum + files.reduce((rows, at) => rows + (all[at]?.rows ?? 0), 0), 0),
    evidence(persons, { exact, risk }) {
      const shown = shownFiles()
      const complete = shown.every((file) => file.error === null)
      const hints = shown.flatMap(hintsOf)
      return {
        schema: 'tongguan/evidence/1',
        engine: { kind: 'embedded', version: engine.version, nodes: 1, contained: engine.contained },
        rules: rulesOf(options.on),
        scanned: {
          bytes: listedBytes,
          rows: shown.reduce((sum, file) => sum + file.rows, 0),
          files: listed,
          seconds: Math.round((performance.now() - began) / 10) / 100,
          complete,
        },
        files: shown,
        persons: { ...persons, exact: exact && complete, keyEpoch: options.keyEpoch },
        risk,
        hints: persons.minors > 0 ? [...hints, { kind: 'minors', where: 'persons', because: 'birth' }] : hints,
      }
    },
  }
}

// The cause itself where all files have the same one.
function nothingReadable(sources: readonly string[], files: readonly FileEvidence[]): Error {
  const codes = new Set(files.map(({ error }) => error?.code))
  if (codes.has('scan.disk-full')) return new DiskFullError()
  const [code] = codes
  const cause =
    codes.size === 1 && code !== undefined && code in fileErrors ? fileErrors[code as FileErrorCode] : undefined
  return new ScanInputError('scan.nothing-readable', whereOf(sources, files), cause)
}

// Of a database or bucket the table or object says more than the address.
const whereOf = (sources: readonly string[], files: readonly FileEvidence[]): string =>
  (sources.some(isLive) && files.length <= 5 ? files.map(({ path }) => path) : sources.map(shownSource)).join(', ')

function rulesOf(on: LegalDate): Evidence['rules'] {
  const packs = sensitivityPacksOn(on)
  const secondary = packs.filter(({ certainty }) => certainty === 'secondary').map(({ name }) => name)
  return { on, packs: packs.map(({ name }) => name), detectors: detectorsVersion, secondary }
}

const shown = (name: string, { keepNames }: ScanOptions): string => (keepNames === true ? name : maskedName(name))

const hashIfReadable = (file: SourceFile): Promise<string> =>
  file.error === undefined ? hashOf(file).catch(() => '') : Promise.resolve('')

interface Finding {
  unread(at: number, file: SourceFile, code: FileErrorCode): Promise<void>
  /** What a file of another format holds, as files to look at. */
  open(at: number, file: SourceFile, container: Container): Promise<readonly SourceFile[]>
}

/**
 * Small files of one shape together, every other alone, in the order of the list. What is taken out of a file comes at
 * the end of the list, and may itself be an archive.
 */
async function groupsOf(files: SourceFile[], limits: Limits, found: Finding): Promise<(readonly Recognisable[])[]> {
  const shapes = new ShapeMemory()
  const groups: Recognisable[][] = []
  const batches = new Map<string, Recognisable[]>()
  for (const [at, file] of files.entries()) {
    let shape: Recognised
    try {
      shape = await shapes.recognise(file, limits)
      if ('take' in shape) {
        files.push(...(await found.open(at, file, shape)))
        continue
      }
    } catch (error) {
      const code = fileErrorOf(error)
      if (code === undefined) throw error
      shape = { error: code }
    }
    if ('error' in shape) {
      await found.unread(at, file, shape.error)
      continue
    }
    const key = batchKey(file, shape)
    const batch = key === undefined ? undefined : batches.get(key)
    if (batch !== undefined) batch.push({ at, file, shape })
    else {
      const group = [{ at, file, shape }]
      groups.push(group)
      if (key !== undefined) batches.set(key, group)
    }
  }
  return groups
}

function openGroup(engine: Engine, group: readonly Recognisable[], place: string, limits: Limits): Promise<Table> {
  const [first] = group
  if (first === undefined) throw new RangeError('a group of files is never empty')
  if (group.length === 1) return openTable(engine, first.file, first.shape, place, limits)
  // Files have one key only when they are delimited text.
  const files = group.map(({ file, shape }) => ({ file, shape: shape as DelimitedShape }))
  const united = first.shape.format === 'dicom' || first.shape.format === 'fhir'
  return united ? unitedTable(engine, files, place, limits) : spooledTable(engine, files, place, limits)
}

/** By the table's files, in its order. */
interface FoundInTable {
  readonly counts: readonly (readonly ColumnCounts[])[]
  readonly disguises: readonly (readonly Disguise[])[] | undefined
}

/** Judges each file of a table; gives what counts its persons and measures its risk, files that are read alike together. */
function judgeMembers(
  table: Table,
  { counts, disguises }: FoundInTable,
  group: readonly Recognisable[],
  seen: (FileEvidence | undefined)[],
  options: ScanOptions,
): {
  readonly tables: { table: PersonTable; files: readonly number[] }[]
  readonly riskTables: (RiskTable & { at: readonly number[] })[]
} {
  const alike = new Map<string, { about: AboutPersons; members: number[] }>()
  const risky = new Map<string, { columns: RiskColumns; members: number[] }>()
  for (const [f, member] of table.members.entries()) {
    const says = member.file.taken?.says ?? []
    const places = member.places ?? table.names.map((_, at) => at)
    const columns = places.map((place, at) => ({
      name: table.names[place] ?? '',
      counts: counts[f]?.[place] ?? emptyCounts,
      says: says[at],
    }))
    const judged = judgeTable(member.file.path, columns)
    const hidden = disguises?.[f]
    const evidence = {
      ...fileEvidence(member, columns, judged, options),
      ...(hidden === undefined ? {} : { disguises: hidden }),
    }
    seen[group[f]?.at ?? 0] = evidence
    const about = personTable(judged, evidence, places, options.approved)
    // Files that have different columns are counted as the one table they became: an empty cell says nothing.
    const key = member.places === undefined ? JSON.stringify(about) : 'united'
    const known = alike.get(key)
    if (known === undefined) alike.set(key, { about, members: [f] })
    else {
      known.members.push(f)
      if (member.places !== undefined) known.about = together(known.about, about)
    }
    const told = riskColumns(judged, evidence, member, places, options)
    if (told === undefined) continue
    const kept = member.places === undefined ? JSON.stringify(told) : `united, ${told.chosen}`
    const same = risky.get(kept)
    if (same === undefined) risky.set(kept, { columns: told, members: [f] })
    else {
      same.members.push(f)
      if (member.places !== undefined) same.columns = riskTogether(same.columns, told)
    }
  }
  const measured = [...risky.values()].flatMap(({ columns, members }) =>
    members.length > filesMeasuredAlone || table.members.some((member) => member.places !== undefined)
      ? [{ columns, members }]
      : members.map((f) => ({ columns, members: [f] })),
  )
  const some = (members: readonly number[]) => (members.length === table.members.length ? undefined : members)
  const places = (members: readonly number[]) => members.map((f) => group[f]?.at ?? 0)
  return {
    tables: [...alike.values()].map(({ about, members }) => ({
      table: { table, files: some(members), ...about },
      files: places(members),
    })),
    riskTables: measured.map(({ columns, members }) => {
      const files = places(members).flatMap((at) => seen[at] ?? [])
      const names = files.map(({ path }) => path).sort()
      return {
        ...columns,
        table,
        members: some(members),
        file: names[0] ?? '',
        files: names.length,
        rows: files.reduce((sum, { rows }) => sum + rows, 0),
        sensitive: columns.sensitive.map((one) => ({
          ...one,
          distinct: members.reduce((sum, f) => sum + (counts[f]?.[Number(one.column.slice(1))]?.distinct ?? 0), 0),
        })),
        at: places(members),
      }
    }),
  }
}

/** More files of one header than these are the parts of one table, and their rows are told apart in it. */
const filesMeasuredAlone = 20

interface RiskColumns extends Pick<RiskTable, 'quasi' | 'chosen' | 'directIdentifiers'> {
  readonly sensitive: readonly RiskColumn[]
}

// A column that one file says is a quasi-identifier, or identifies by itself, is so for all.
function riskTogether(one: RiskColumns, other: RiskColumns): RiskColumns {
  const both = (a: readonly RiskColumn[], b: readonly RiskColumn[]) => [
    ...a,
    ...b.filter(({ column }) => a.every((known) => known.column !== column)),
  ]
  const quasi = both(one.quasi, other.quasi)
  const directIdentifiers = [...new Set([...one.directIdentifiers, ...other.directIdentifiers])]
  const sensitive = both(one.sensitive, other.sensitive).filter(
    ({ column, name }) => quasi.every((known) => known.column !== column) && !directIdentifiers.includes(name),
  )
  return { quasi, chosen: one.chosen, directIdentifiers, sensitive }
}

/** By which columns the rows of a file are told apart; undefined where it is about no persons or has no such column. */
function riskColumns(
  judged: TableVerdict,
  evidence: FileEvidence,
  { file }: Member,
  places: readonly number[],
  { quasiIdentifiers = [], quasiColumns }: ScanOptions,
): RiskColumns | undefined {
  const stated =
    quasiIdentifiers.find((one) => one.file === evidence.path || one.file === file.path)?.columns ?? quasiColumns
  const all = evidence.columns.map((column, at) => ({
    column: `c${places[at] ?? at}`,
    name: column.name,
    identifies: column.identifies,
    sensitive: column.category === 'sensitive',
    quasi:
      stated === undefined
        ? judged.aboutPersons && column.identifies === 'quasi' && linkingKinds.has(column.kind)
        : stated.includes(column.name),
  }))
  const bare = ({ column, name }: RiskColumn): RiskColumn => ({ column, name })
  const quasi = all.filter((column) => column.quasi).map(bare)
  if (quasi.length === 0) return undefined
  return {
    quasi,
    chosen: stated === undefined ? 'by-kind' : 'stated',
    directIdentifiers: all.flatMap(({ identifies, name, quasi }) => (identifies === 'direct' && !quasi ? [name] : [])),
    sensitive: all.filter((one) => one.sensitive && !one.quasi && one.identifies !== 'direct').map(bare),
  }
}

type AboutPersons = Omit<PersonTable, 'table' | 'files'>

// A column one file makes a key, or sensitive, is so for all: the heavier reading.
function together(one: AboutPersons, other: AboutPersons): AboutPersons {
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  const keyed = new Set(one.keys.map(({ column }) => column))
  return {
    keys: [...one.keys, ...other.keys.filter(({ column }) => !keyed.has(column))],
    personal: both(one.personal, other.personal),
    sensitive: both(one.sensitive, other.sensitive),
    births: both(one.births, other.births),
    aboutPersons: one.aboutPersons || other.aboutPersons,
  }
}

function unreadEvidence(file: SourceFile, options: ScanOptions, code: FileErrorCode, sha256: string): FileEvidence {
  return {
    path: shown(file.path, options),
    format: 'unknown',
    encoding: null,
    delimiter: null,
    header: null,
    rows: 0,
    skipped: 0,
    bytes: file.bytes,
    sha256,
    error: { code, message: fileErrors[code].en },
    columns: [],
  }
}

function fileEvidence(
  { file, shape, skipped, sha256, error }: Member,
  columns: readonly { readonly name: string; readonly counts: ColumnCounts }[],
  judged: TableVerdict,
  options: ScanOptions,
): FileEvidence {
  return {
    path: shown(file.path, options),
    format: shape.format,
    encoding: 'encoding' in shape && file.taken === undefined ? shape.encoding : null,
    delimiter: 'delimiter' in shape && file.taken === undefined ? shape.delimiter : null,
    header: 'delimiter' in shape ? shape.header !== null : null,
    rows: columns[0]?.counts.rows ?? 0,
    skipped,
    bytes: file.taken?.bytes ?? file.bytes,
    sha256: file.taken?.sha256 ?? sha256,
    error: error === null ? null : { code: error, message: fileErrors[error].en },
    columns: columns.flatMap(({ name, counts }, at) => {
      const verdict = judged.columns[at]
      return verdict === undefined ? [] : [columnEvidence(name, counts, verdict, options, file.path)]
    }),
  }
}

function columnEvidence(
  name: string,
  counts: ColumnCounts,
  verdict: Verdict,
  options: ScanOptions,
  file: string,
): ColumnEvidence {
  const all = verdict.findings.map(({ kind }) => kind)
  const { under, notUnder } = sensitivityOf(all, options.on)
  const personal = all.some((kind) => kinds[kind].personal)
  const override = under.length > 0 ? overrideOf(file, name, options.overrides ?? []) : undefined
  const category: Category = !personal ? 'none' : under.length > 0 && override === undefined ? 'sensitive' : 'personal'
  return {
    name: shown(name, options),
    category,
    identifies: verdict.identifies,
    kind: verdict.kind,
    level: verdict.level,
    counts: {
      rows: counts.rows,
      nonEmpty: counts.nonEmpty,
      matched: verdict.matched,
      valid: verdict.valid,
      distinct: counts.distinct,
    },
    findings: verdict.findings,
    rejected: verdict.rejected,
    sample: personal ? counts.sample.map((value) => masked(verdict.kind, value.reveal())) : [],
    sensitiveUnder: category === 'none' ? [] : under,
    notSensitiveUnder: category === 'none' ? [] : notUnder,
    ...(override === undefined || category === 'none' ? {} : { override }),
  }
}

function overrideOf(
  file: string,
  column: string,
  overrides: readonly ColumnOverride[],
): SensitivityOverride | undefined {
  const found = overrides.find((one) => one.column === column && (one.file === undefined || one.file === file))
  return found === undefined ? undefined : { by: found.by, on: found.on, reason: found.reason }
}

const keyKinds: ReadonlySet<Kind> = new Set<KeyKind>([
  'national_id',
  'passport',
  'social_security_no',
  'driver_licence',
  'medical_record_no',
  'person_id',
  'subject_id',
  'mobile',
  'phone',
  'email',
])

function personTable(
  judged: TableVerdict,
  evidence: FileEvidence,
  places: readonly number[],
  approved: ApprovedColumns | undefined,
): AboutPersons {
  const name = (column: number) => `c${places[column] ?? column}`
  const where = (test: (column: ColumnEvidence, verdict: Verdict) => boolean): number[] =>
    evidence.columns.flatMap((column, at) => {
      const verdict = judged.columns[at]
      return verdict !== undefined && test(column, verdict) ? [at] : []
    })
  const keys = judged.columns.flatMap((verdict, at): (PersonKey & { of: string })[] => {
    const column = name(at)
    const { claim, kind } = verdict
    const of = claim?.of ?? 'subject'
    if (of === 'relative') return []
    if (claim?.key?.entity === 'visit') return [{ column, kind: 'visit', register: 'visit', inText: false, of }]
    if (kind === 'person_id' || kind === 'subject_id') {
      const register = claim?.key?.entity
      return register === undefined ? [] : [{ column, kind, register, inText: false, of }]
    }
    // A kind found here and there in a column of something else is read out of the cells.
    if (kind !== 'national_id' && verdict.findings.some((finding) => finding.kind === 'national_id')) {
      return [{ column, kind: 'national_id', register: '', inText: true, of }]
    }
    if (!keyKinds.has(kind)) return []
    if (kind === 'national_id' && claim?.kind !== 'national_id' && verdict.valid < 0.5 * verdict.matched) {
      return [{ column, kind, register: '', inText: true, of }]
    }
    return [{ column, kind: kind as KeyKind, register: '', inText: false, of }]
  })
  const ownKeys = keys.some((key) => key.of === 'subject') ? keys.filter((key) => key.of === 'subject') : keys
  return {
    keys: ownKeys,
    personal: where((column) => column.category !== 'none' || isIn(approved?.personal, column)).map(name),
    sensitive: where((column) => column.category === 'sensitive' || isIn(approved?.sensitive, column)).map(name),
    births: where((_, verdict) => verdict.kind === 'birth_date' && verdict.claim?.of !== 'relative').map(name),
    aboutPersons: judged.aboutPersons || evidence.columns.some((column) => isIn(approved?.personal, column)),
  }
}

function isIn(names: readonly string[] = [], { name }: ColumnEvidence): boolean {
  return names.some((one) => one.normalize('NFC') === name.normalize('NFC'))
}

function hintsOf(file: FileEvidence): Hint[] {
  return file.columns.flatMap(({ name, kind }): Hint[] => {
    const where = `${file.path}: ${name}`
    if (kind === 'genotype') {
      return [
        { kind: 'human-genetic-resources', where, because: kind },
        { kind: 'important-data', where, because: kind },
      ]
    }
    if (kind === 'credential') return [{ kind: 'credentials', where, because: kind }]
    return []
  })
}
