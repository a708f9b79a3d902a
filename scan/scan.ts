import { kinds } from '@tongguan/law'
import type { Category, ColumnEvidence, Evidence, FileEvidence, Hint, Kind, LegalDate } from '@tongguan/law'
import { cell, countColumn, emptyCounts } from './columns.ts'
import type { ColumnCounts } from './columns.ts'
import { detectorsVersion } from './detectors/index.ts'
import { EngineError } from './engine.ts'
import type { Engine } from './engine.ts'
import { hashOf, load } from './load.ts'
import type { Loaded } from './load.ts'
import { masked, maskedName } from './mask.ts'
import { countPersons, macPersons } from './persons.ts'
import type { KeyKind, PersonKey, PersonMac, PersonTable } from './persons.ts'
import { packsInForce, sensitivityOf } from './sensitivity.ts'
import { listFiles, recognise } from './sources.ts'
import type { Recognised, SourceFile } from './sources.ts'
import { judgeTable } from './verdict.ts'
import type { TableVerdict, Verdict } from './verdict.ts'
import { ScanInputError, fileErrors } from './words.ts'
import type { FileErrorCode } from './words.ts'

export interface ScanOptions {
  /** The day whose rule packs decide what is sensitive and who is under fourteen. */
  readonly on: LegalDate
  /** Persons are compared by hashes under this key; it does not reach the engine. */
  readonly key: Uint8Array
  readonly keyEpoch: string
  /** Shows names of files and columns that name a person. */
  readonly keepNames?: boolean
  readonly progress?: (progress: ScanProgress) => void
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
}

/**
 * Finds the personal information in these files and folders and counts the persons. Every cell is read. One bad file
 * never stops the others: it carries its error, and the scan is not complete. Throws ScanInputError when there is
 * nothing to read at all, EngineError when the engine died.
 */
export async function scan(engine: Engine, paths: readonly string[], options: ScanOptions): Promise<Evidence> {
  const looked = await look(engine, paths, options)
  const { persons } = await countPersons(engine, looked.tables, options)
  return looked.evidence(persons)
}

/** The same for a batch that is to leave, with one code per person for the ledger. */
export async function inspect(engine: Engine, folder: string, options: ScanOptions): Promise<Inspection> {
  const looked = await look(engine, [folder], options)
  const { persons, macs, unlinked } = await macPersons(engine, looked.tables, options)
  return { evidence: looked.evidence(persons), macs, unlinked }
}

async function look(engine: Engine, paths: readonly string[], options: ScanOptions) {
  const began = performance.now()
  const files = await listFiles(paths)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const seen: FileEvidence[] = []
  const tables: PersonTable[] = []
  const hints: Hint[] = []
  let bytesDone = 0
  for (const [at, file] of files.entries()) {
    const progress = (more: number) => {
      bytesDone += more
      options.progress?.({ file: shown(file.path, options), filesDone: at, files: files.length, bytesDone, bytes })
    }
    const before = bytesDone
    const looked = await lookAt(engine, file, `t${tables.length}_${at}`, options, progress)
    seen.push(looked.evidence)
    if (looked.table !== undefined) tables.push(looked.table)
    hints.push(...looked.hints)
    bytesDone = before
    progress(file.bytes)
  }
  if (seen.every((file) => file.error !== null && file.columns.length === 0)) {
    throw new ScanInputError('scan.nothing-readable', paths.join(', '))
  }
  const complete = seen.every((file) => file.error === null)
  const evidence = (persons: Omit<Evidence['persons'], 'exact' | 'keyEpoch'>): Evidence => ({
    schema: 'tongguan/evidence/1',
    engine: { kind: 'embedded', version: engine.version, nodes: 1 },
    rules: { on: options.on, packs: packsInForce(options.on).map(({ name }) => name), detectors: detectorsVersion },
    scanned: {
      bytes,
      rows: seen.reduce((sum, file) => sum + file.rows, 0),
      files: seen.length,
      seconds: Math.round((performance.now() - began) / 10) / 100,
      complete,
    },
    files: seen,
    persons: { ...persons, exact: complete, keyEpoch: options.keyEpoch },
    risk: [],
    hints: persons.minors > 0 ? [...hints, { kind: 'minors', where: 'persons', because: 'birth' }] : hints,
  })
  return { evidence, tables }
}

const shown = (name: string, { keepNames }: ScanOptions): string => (keepNames === true ? name : maskedName(name))

interface Looked {
  readonly evidence: FileEvidence
  readonly table?: PersonTable
  readonly hints: readonly Hint[]
}

async function lookAt(
  engine: Engine,
  file: SourceFile,
  name: string,
  options: ScanOptions,
  onBytes: (bytes: number) => void,
): Promise<Looked> {
  try {
    const shape = await recognise(file)
    if ('error' in shape) return unread(file, options, shape.error, await hashOf(file))
    const loaded = await load(engine, file, shape, name, onBytes)
    return await lookAtTable(engine, file, shape, loaded, options)
  } catch (error) {
    const code = fileErrorOf(error)
    if (code === undefined) throw error
    return unread(file, options, code, '')
  }
}

// A bad file is its own affair; a dead engine or a bug of ours is not.
function fileErrorOf(error: unknown): FileErrorCode | undefined {
  if (error instanceof EngineError) return error.code === 'engine.stopped' ? undefined : 'scan.engine-failed'
  if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return 'scan.encoding-unknown'
  const system = (error as NodeJS.ErrnoException).code
  return system === 'EACCES' || system === 'EPERM' || system === 'EIO' || system === 'ENOENT'
    ? 'scan.file-unreadable'
    : undefined
}

function unread(file: SourceFile, options: ScanOptions, code: FileErrorCode, sha256: string): Looked {
  const evidence: FileEvidence = {
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
  return { evidence, hints: [] }
}

async function lookAtTable(
  engine: Engine,
  file: SourceFile,
  shape: Exclude<Recognised, { error: FileErrorCode }>,
  loaded: Loaded,
  options: ScanOptions,
): Promise<Looked> {
  const columns: { name: string; counts: ColumnCounts }[] = []
  for (const [at, name] of loaded.names.entries()) {
    const counts = loaded.rows === 0 ? emptyCounts : await countColumn(engine, loaded.table, `c${at}`)
    columns.push({ name, counts })
  }
  const judged = judgeTable(file.path, columns)
  const evidence: FileEvidence = {
    path: shown(file.path, options),
    format: shape.format,
    encoding: 'encoding' in shape ? shape.encoding : null,
    delimiter: 'delimiter' in shape ? shape.delimiter : null,
    header: 'delimiter' in shape ? shape.header !== null : null,
    rows: loaded.rows,
    skipped: loaded.skipped,
    bytes: file.bytes,
    sha256: loaded.sha256,
    error: loaded.error === null ? null : { code: loaded.error, message: fileErrors[loaded.error].en },
    columns: columns.flatMap(({ name, counts }, at) => {
      const verdict = judged.columns[at]
      return verdict === undefined ? [] : [columnEvidence(shown(name, options), counts, verdict, options)]
    }),
  }
  return { evidence, table: personTable(loaded, judged, evidence), hints: hintsOf(evidence) }
}

function columnEvidence(name: string, counts: ColumnCounts, verdict: Verdict, options: ScanOptions): ColumnEvidence {
  const all = verdict.findings.map(({ kind }) => kind)
  const { under, notUnder } = sensitivityOf(all, options.on)
  const personal = all.some((kind) => kinds[kind].personal)
  const category: Category = !personal ? 'none' : under.length > 0 ? 'sensitive' : 'personal'
  return {
    name,
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
    sample: personal ? counts.sample.map((value) => masked(verdict.kind, value)) : [],
    sensitiveUnder: category === 'none' ? [] : under,
    notSensitiveUnder: category === 'none' ? [] : notUnder,
  }
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

function personTable(loaded: Loaded, judged: TableVerdict, evidence: FileEvidence): PersonTable {
  const nonEmpty = (column: number) => cell(`c${column}`)
  const where = (test: (column: ColumnEvidence, verdict: Verdict) => boolean): number[] =>
    evidence.columns.flatMap((column, at) => {
      const verdict = judged.columns[at]
      return verdict !== undefined && test(column, verdict) ? [at] : []
    })
  const keys = judged.columns.flatMap((verdict, at): (PersonKey & { of: string })[] => {
    const column = `c${at}`
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
    table: loaded.table,
    keys: ownKeys,
    personal: where((column) => column.category !== 'none').map(nonEmpty),
    sensitive: where((column) => column.category === 'sensitive').map(nonEmpty),
    births: where((_, verdict) => verdict.kind === 'birth_date' && verdict.claim?.of !== 'relative').map(
      (at) => `c${at}`,
    ),
    aboutPersons: judged.aboutPersons,
  }
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
