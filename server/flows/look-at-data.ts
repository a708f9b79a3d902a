import { determine } from '@tongguan/law'
import type { Bounds, Determination, Evidence, ExportFacts, FlowFacts, LegalDate, Path } from '@tongguan/law'
import { fileErrors, mergeShards, openEngine, scan, scanIntoShards } from '@tongguan/scan'
import type { ColumnOverride, ScanOptions, StatedQuasiIdentifiers } from '@tongguan/scan'
import type { CountingKey } from '../counting-key.ts'
import { InputError } from '../errors.ts'

export interface ScanProgress {
  readonly bytesDone: number
  readonly bytes: number
}

export interface LookOptions {
  readonly on: LegalDate
  readonly counting: CountingKey
  readonly keepNames?: boolean
  readonly overrides?: readonly ColumnOverride[]
  readonly quasiIdentifiers?: readonly StatedQuasiIdentifiers[]
  readonly samplingFraction?: number
  readonly progress?: (progress: ScanProgress) => void
}

/** Scans files and folders with the embedded engine. Throws ScanInputError when there is nothing to read. */
export async function lookAtData(paths: readonly string[], options: LookOptions): Promise<Evidence> {
  const engine = await openEngine()
  try {
    return await scan(engine, paths, scanOptionsOf(options))
  } finally {
    await engine.close()
  }
}

/** The same, with the persons as a file of shards for `addUpShards`. */
export async function lookForShards(
  paths: readonly string[],
  options: LookOptions,
): Promise<{ readonly evidence: Evidence; readonly shards: Buffer }> {
  const engine = await openEngine()
  try {
    return await scanIntoShards(engine, paths, scanOptionsOf(options))
  } finally {
    await engine.close()
  }
}

const scanOptionsOf = ({ counting, ...options }: LookOptions): ScanOptions => ({
  ...options,
  key: counting.key,
  keyEpoch: counting.epoch,
})

/** Distinct persons of several scans with one key. Throws InputError where the files cannot be added up. */
export function addUpShards(files: readonly Buffer[]): ReturnType<typeof mergeShards> {
  try {
    return mergeShards(files)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError('scan.shards-do-not-fit', {
      zh: `这些分片不能合并：须为同一密钥、同一年度、完整的分片文件（${error.message}）。`,
      en: `These shards cannot be added up: they must be whole and of one key and one year (${error.message}).`,
    })
  }
}

/** Half a table looks like a whole one: where no file was read to its end there is no first look. Throws InputError. */
export function refuseBroken(paths: readonly string[], { files }: Evidence): void {
  const [error, ...others] = files.map((file) => file.error)
  if (error === null || error === undefined || others.includes(null)) return
  const words = error.code in fileErrors ? fileErrors[error.code as keyof typeof fileErrors] : undefined
  const where = paths.join(', ')
  throw new InputError(error.code, {
    zh: `${where}：${words?.zh ?? error.message}`,
    en: `${where}: ${words?.en ?? error.message}`,
  })
}

export interface FirstLook {
  /** By what the data show alone: unknown unless the data hold no personal information question can change. */
  readonly determination: Determination
  /** Every path that some answer to the missing facts still leads to, each with one such answer. */
  readonly possible: readonly {
    readonly path: Path
    readonly if: Readonly<Record<string, string | number | boolean>>
  }[]
}

/**
 * What the data alone say about the path: never an exemption, because what an exemption rests on (purpose, contract,
 * necessity) does not stand in the data, and the folder need not be the whole year.
 */
export function firstLook(evidence: Evidence, on: LegalDate): FirstLook {
  const determination = determine(factsOf(evidence, {}), on)
  const found = new Map<Path, Readonly<Record<string, string | number | boolean>>>()
  const inData = evidence.persons.lower
  for (const assumed of assumptions()) {
    // A year cannot have fewer persons than the data already show.
    const year = assumed['persons in the whole year']
    if (typeof year === 'number' && year < inData) continue
    const { path } = determine(factsOf(evidence, assumed), on)
    if (path !== 'unknown' && path !== 'exempt' && !found.has(path)) found.set(path, assumed)
  }
  return { determination, possible: [...found].map(([path, assumed]) => ({ path, if: assumed })) }
}

type Assumption = Readonly<Record<string, string | number | boolean>>

// The fewest assumptions first, so that each path is shown with the plainest answer that leads to it.
function assumptions(): Assumption[] {
  const ordinary = {
    'handler.ciio': false,
    voluntaryDeclaration: false,
    'flows.0.leavesChina': true,
    'flows.0.importantData': 'none',
    'flows.0.exemption': 'none',
  }
  return [
    ordinary,
    { ...ordinary, 'persons in the whole year': 100_000 },
    { ...ordinary, 'persons in the whole year': 1_000_000 },
    { ...ordinary, 'flows.0.importantData': 'notified' },
    { ...ordinary, 'handler.ciio': true },
    { ...ordinary, 'flows.0.coreData': true },
    { ...ordinary, 'flows.0.stateSecrets': true },
    { ...ordinary, 'flows.0.leavesChina': false },
  ]
}

/** The evidence as facts of one flow; the counts are lower bounds of the year's, for the folder need not be all of it. */
function factsOf(evidence: Evidence, assumed: Assumption): ExportFacts {
  const { persons } = evidence
  const told = Object.keys(assumed).length > 0
  const year = assumed['persons in the whole year']
  const general = differenceOf(persons, persons.sensitive)
  const flow: FlowFacts = {
    id: 'scanned',
    containsPersonalInformation: evidence.files.some((file) => file.columns.some((c) => c.category !== 'none')),
    ...(told
      ? {
          leavesChina: assumed['flows.0.leavesChina'] === true,
          importantData: String(assumed['flows.0.importantData']),
          exemption: String(assumed['flows.0.exemption']),
          coreData: assumed['flows.0.coreData'] === true,
          stateSecrets: assumed['flows.0.stateSecrets'] === true,
          controlledItems: false,
          classifiedSurvey: false,
          foreignAuthorityRequest: false,
          recipients: [{ name: '', country: '', restrictedList: false }],
          conditions: { necessary: true },
          humanGeneticResources: { provided: false },
          since1January: {
            general: typeof year === 'number' ? year : general,
            sensitive: { ...persons.sensitive },
            both: { ...persons.sensitive },
          },
        }
      : {}),
  }
  return {
    schema: 'tongguan/facts/1',
    handler: told ? { ciio: assumed['handler.ciio'] === true, publicBody: 'none', ftz: 'none' } : {},
    ...(told ? { voluntaryDeclaration: assumed['voluntaryDeclaration'] === true } : {}),
    flows: [flow],
  }
}

function differenceOf(all: Bounds, part: Bounds): Bounds {
  const lower = Math.max(0, all.lower - part.upper)
  const upper = Math.max(0, all.upper - part.lower)
  return { lower, point: Math.min(upper, Math.max(lower, all.point - part.point)), upper }
}
