import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey, releaseBatch } from '@tongguan/gate'
import type { GateTables, ReleaseRequest, ReleaseResult } from '@tongguan/gate'
import { inspect, openEngine, readAgain } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { aSignedList, aSignedPermit } from '../../gate/makers.ts'
import { migrate, openDatabase } from '../../server/database.ts'
import type { Database } from '../../server/database.ts'
import { askedOf } from '../../server/flows/release-batch.ts'
import { aLoggedRequest, keepLogIn, loggedMigrations } from '../../test/gate-log.ts'
import { objections } from '../../test/gate/dumb-checker.ts'
import type { LeftBatch, PermitText } from '../../test/gate/dumb-checker.ts'
import { randomExports } from '../../test/gate/random-exports.ts'
import type { RandomBatch, RandomExport } from '../../test/gate/random-exports.ts'
import { memoryFolder } from '../../test/memory-folder.ts'
import type { Counterexample, Proof } from './proof.ts'

const exportsPerBatch = 20

/** Random permits and the batches tried under each, one after the other, through scanner, ledger, log and both readers. */
export const gateChecker: Proof = {
  claim: 'whatever left by the gate, an independent checker has nothing against',
  points: 2_000,
  pointsPerBatch: exportsPerBatch,
  restsOn: ['gate/release-batch.ts', 'scan/scan.ts', 'test/gate/dumb-checker.ts', 'test/gate/random-exports.ts'],
  async tryBatch(batch) {
    const gate = await openGateOnce()
    try {
      const found: Counterexample[] = []
      for (const one of randomExports(batch, exportsPerBatch)) found.push(...(await tryExport(gate, one)).wrong)
      return found.slice(0, 10)
    } finally {
      await gate.close()
    }
  },
}

/** What many exports share: starting an engine or a database takes longer than an export. */
export interface SharedGate {
  readonly root: string
  readonly database: Database<GateTables>
  readonly engine: Engine
  readonly close: () => Promise<void>
}

export async function openGateOnce(): Promise<SharedGate> {
  const root = mkdtempSync(join(memoryFolder(), 'tongguan-checker-'))
  const database = await openDatabase<GateTables>({ folder: join(root, 'database') })
  const engine = await openEngine()
  await migrate(database.db, loggedMigrations)
  keepLogIn(database.db, root)
  const close = async () => {
    await engine.close()
    await database.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { root, database, engine, close }
}

export interface TriedExport {
  readonly wrong: readonly Counterexample[]
  readonly permit: PermitText
  readonly released: readonly LeftBatch[]
  /** Of what was held: why, and what the dumb checker would have had against it. */
  readonly held: readonly {
    readonly departure: string
    readonly codes: readonly string[]
    readonly objections: readonly string[]
  }[]
}

let permits = 0

/** Tries an export's batches one after the other; wrong is a batch that left against the dumb checker's rules. */
export async function tryExport(gate: SharedGate, tried: RandomExport): Promise<TriedExport> {
  permits += 1
  const { scenario, firstDay, lastDay } = tried
  const permit: PermitText = { firstDay, lastDay, ...scenario }
  const id = `permit-${permits}`
  const handler = { name: '示例医院', creditCode: `handler-${permits}` }
  const signed = aSignedPermit({ id, handler, scenarios: [scenario], firstDay, lastDay })
  const released: LeftBatch[] = []
  const held: TriedExport['held'][number][] = []
  const wrong: Counterexample[] = []
  for (const [at, batch] of tried.batches.entries()) {
    const request = requestOf(gate, batch, { permit: signed, scenario, name: `b${at}` })
    const result = await releaseBatch(request)
    const { day, recipient, files: came } = batch
    const left = result.kind === 'released' ? filesIn(join(result.folder, 'data')) : came
    const against = objections(permit, [...released, { day, recipient, came, left }])
    if (result.kind === 'released') {
      released.push({ day, recipient, came, left })
      if (against.length > 0) wrong.push({ expected: 'held', found: against.join('; '), point: { id, at, ...tried } })
    } else held.push({ departure: batch.departure, codes: codesOf(result), objections: against })
  }
  return { wrong, permit, released, held }
}

function requestOf(
  { root, database, engine }: SharedGate,
  { day, recipient, files, rules }: RandomBatch,
  {
    permit,
    scenario,
    name,
  }: Pick<ReleaseRequest, 'permit'> & Pick<RandomExport, 'scenario'> & { readonly name: string },
): ReleaseRequest {
  const at = `${day}T04:00:00Z`
  const countingKey = Buffer.alloc(32, 7)
  const request = aLoggedRequest(root, database.db, gateKey, {
    permit,
    files,
    recipient,
    on: day,
    at,
    revocations: aSignedList({ issuedAt: `${day}T03:00:00Z`, nextUpdate: `${day}T23:00:00Z` }),
    readAgain: (folder, evidence) => readAgain(engine, folder, evidence),
    inspect: (folder) =>
      inspect(engine, folder, {
        on: day,
        key: countingKey,
        keyEpoch: '2026',
        keepNames: true,
        ...askedOf(scenario),
      }),
    ...(rules === null ? {} : { transform: { recipe: recipeOf(recipient.name, rules), key: countingKey } }),
  })
  return { ...request, batch: { ...request.batch, name } }
}

const gateKey = generateKey()

function recipeOf(recipient: string, columns: NonNullable<RandomBatch['rules']>) {
  return { schema: 'tongguan/recipe/1', id: 'r1', recipient, files: [{ match: '*.csv', columns }] } as const
}

function codesOf(result: Exclude<ReleaseResult, { readonly kind: 'released' }>): readonly string[] {
  if (result.kind === 'held') return result.reasons.map(({ code }) => code)
  throw new Error(`neither released nor held: ${JSON.stringify(result)}`)
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder)
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
