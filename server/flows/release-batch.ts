import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  bindHandler,
  canonicalJson,
  countedPersons,
  listBatches,
  listStops,
  mustHoldTheLog,
  openPermit,
  releaseBatch,
  tryBatch,
} from '@tongguan/gate'
import type {
  ConsentsSeen,
  CountedSet,
  GateDatabase,
  GateKey,
  ListedBatch,
  LogQuorum,
  ReleaseLog,
  ReleaseRequest,
  ReleaseResult,
  Stop,
} from '@tongguan/gate'
import { lookUpConsents, lookUpRequests, personMark, requestsOf } from '@tongguan/dossier'
import type { PersonRegister } from '@tongguan/dossier'
import type { DataItem, LegalDate, PermittedScenario } from '@tongguan/law'
import { leafCount, signedLast, witnessesNeeded } from '@tongguan/log'
import { inspect, openEngine, readAgain } from '@tongguan/scan'
import type { ScanOptions } from '@tongguan/scan'
import type { CountingKey } from '../counting-key.ts'
import { gateKeyOf, isSimulated, logPlaceOf, readTrustFile } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { endDueKeys } from '../end-due-keys.ts'
import { chinaClock } from '../installation.ts'
import { readInstallationFile } from '../installation-file.ts'
import { releaseLog } from '../release-log.ts'
import { policyOfTrust } from './log-policy.ts'
import type { ScanProgress } from './look-at-data.ts'
import { softwareVersion } from '../version.ts'

/** A gate at work: its database, its key and its log. */
export interface Gate {
  readonly db: GateDatabase
  readonly key: GateKey
  readonly log: ReleaseLog
}

/**
 * Opens the gate of a data folder and logs that it started: under which software, key and trust file, so that a change
 * of key or role shows between two starts. Counting keys whose records fell due are destroyed.
 *
 * @throws GateInputError `gate.log-rolled-back` where the database is older than what its log's signer signed
 */
export async function openGate(db: GateDatabase, data: DataFolder): Promise<Gate> {
  const { key, log } = await gateAtRest(db, data)
  await mustHoldTheLog(log)
  const trust = hash('sha256', canonicalJson(await readTrustFile(data.trust)))
  const leaf = { type: 'gate-started', software: softwareVersion, key: key.keyId, trust } as const
  await db.transaction().execute((tx) => log.append(tx, leaf))
  // By the real day, whatever day a pilot states: what is destroyed does not come back.
  await endDueKeys(db, log, chinaClock.on())
  return { db, key, log }
}

/** The gate of a data folder without its having started: for a look that leaves no trace. */
export async function gateAtRest(db: GateDatabase, data: DataFolder): Promise<Gate> {
  const key = gateKeyOf(data)
  const place = await logPlaceOf(data, { simulated: await isSimulated(data, key) })
  return { db, key, log: releaseLog(db, place, { least: leastWitnesses(data) }) }
}

/** The fewest witnesses that must cosign before anything leaves: none on one machine for a trial, two in production. */
function leastWitnesses({ folder }: DataFolder): number {
  return readInstallationFile(folder) === undefined ? 0 : 2
}

/** What `gate status` shows: batches and why they are where they are, persons per set, and how far the log is. */
export async function gateStatus(db: GateDatabase, data: DataFolder): Promise<GateStatus> {
  const signed = await signedLast(data.logMemory)
  const needed = existsSync(data.trust) ? witnessesNeeded(policyOfTrust(await readTrustFile(data.trust))) : 0
  const quorum = { needed, least: leastWitnesses(data) }
  return {
    batches: await listBatches(db),
    stops: await listStops(db),
    persons: await countedPersons(db),
    log: { entries: await leafCount(db), signed: signed?.size ?? 0, folder: data.log, quorum },
  }
}

export interface GateStatus {
  readonly batches: readonly ListedBatch[]
  readonly stops: readonly Stop[]
  readonly persons: readonly CountedSet[]
  /** Leaves in the database, and in the head signed last. */
  readonly log: {
    readonly entries: number
    readonly signed: number
    readonly folder: string
    readonly quorum: LogQuorum
  }
}

/**
 * Holds a batch against a permit and releases it or not. The gate is handed `inspect` and calls it on its own private
 * copy, so that the bytes that were checked are the bytes that leave.
 */
export async function releaseWithInspection(asked: BatchRequest): Promise<ReleaseResult> {
  const { db, log } = asked.gate
  const { permit } = openPermit(asked.permit, asked.trust, { pilot: asked.pilot === true })
  await bindHandler(db, permit.handler.creditCode)
  const result = await inspecting(asked, releaseBatch)
  // What was held, refused or started is published too, though nothing waits for it.
  await log.publish()
  return result
}

/** What the gate would decide, with nothing recorded, counted, logged or released. */
export function tryWithInspection(asked: BatchRequest): ReturnType<typeof tryBatch> {
  return inspecting(asked, tryBatch)
}

export type BatchRequest = Omit<
  ReleaseRequest,
  'db' | 'inspect' | 'readAgain' | 'softwareVersion' | 'log' | 'key' | 'countingRoot'
> & {
  readonly gate: Gate
  readonly counting: CountingKey
  /** The handler's register of separate consents and of what individuals asked; left out where none is kept. */
  readonly register?: PersonRegister
  readonly progress?: (progress: ScanProgress) => void
}

async function inspecting<T>(asked: BatchRequest, work: (request: ReleaseRequest) => Promise<T>): Promise<T> {
  const { counting, register, progress, gate, ...request } = asked
  const scenario = asked.permit.scenarios.find(({ id }) => id === asked.scenarioId)
  const engine = await openEngine()
  try {
    return await work({
      ...request,
      ...gate,
      countingRoot: counting.key,
      softwareVersion,
      readAgain: (folder, evidence) => readAgain(engine, folder, evidence),
      inspect: async (folder) => {
        const inspection = await inspect(engine, folder, {
          on: request.on,
          key: counting.key,
          keyEpoch: counting.epoch,
          keepNames: true,
          ...(scenario === undefined ? {} : askedOf(scenario)),
          identifiers: register !== undefined && register.events.length > 0,
          ...(progress === undefined ? {} : { progress }),
        })
        return register === undefined
          ? inspection
          : { ...inspection, consents: registerSays(register, inspection, request.on) }
      },
    })
  } finally {
    await engine.close()
  }
}

/** What a scenario asks the scanner to look for: rows of its personal items, and k by the columns it names. */
export function askedOf({ items, anonymity }: PermittedScenario): Pick<ScanOptions, 'approved' | 'quasiColumns'> {
  const named = (...categories: readonly DataItem['category'][]) =>
    items.flatMap(({ name, category }) => (categories.includes(category) ? [name] : []))
  return {
    approved: { personal: named('personal', 'sensitive'), sensitive: named('sensitive') },
    ...(anonymity === undefined ? {} : { quasiColumns: anonymity.columns }),
  }
}

/** A register without a consent is kept for requests only: nobody's consent is missing there. */
export function registerSays(
  { consents, events }: PersonRegister,
  { macs, unlinked, identifiers }: Awaited<ReturnType<typeof inspect>>,
  on: LegalDate,
): ConsentsSeen {
  const isKept = consents.length > 0
  const { open, found, unmatchable } = lookUpRequests(
    [...requestsOf(events).values()],
    { marks: new Set(identifiers.codes.map(({ mac }) => personMark(mac))), combinations: identifiers.combinations },
    on,
  )
  const marks = isKept ? macs.map(({ mac }) => personMark(mac)) : []
  return {
    ...lookUpConsents(consents, marks, on),
    unlinked: isKept || open > 0 ? unlinked.general + unlinked.sensitive : 0,
    requests: { open, found: found.length, unmatchable: unmatchable.length },
  }
}

export type { ReleaseResult } from '@tongguan/gate'
export {
  acceptReceipt,
  approveBatch,
  openPermit as checkPermit,
  readRevocations,
  signPermit,
  stopBatch,
} from '@tongguan/gate'
export type { Accepted } from '@tongguan/gate'
export type { PermitFile, SignedPermit } from '@tongguan/gate'
export type TriedBatch = Awaited<ReturnType<typeof tryBatch>>
