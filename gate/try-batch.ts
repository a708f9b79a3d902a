import { resolve } from 'node:path'
import { count } from './authorise.ts'
import { GateInputError } from './keys.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import { mustBeWitnessed } from './log.ts'
import { digestOf } from './manifest.ts'
import { copyBatch, leavePrivateFolder, makePrivateFolder, removeFolder } from './private-copy.ts'
import { inspectBatch } from './inspect-batch.ts'
import { checkName, namingTarget, openPlace } from './receive.ts'
import { decideRelease, personsAfter } from './release.ts'
import type { Held, Persons, Released } from './release.ts'
import { ask } from './request.ts'
import type { ReleaseRequest, ReleaseResult } from './request.ts'

/**
 * What the gate would decide on a batch, with every check run and every person looked for, and then all of it undone:
 * nothing is recorded, counted, logged or put anywhere. `into` names where the private copy lies meanwhile.
 */
export async function tryBatch(request: ReleaseRequest): Promise<Tried | Extract<ReleaseResult, { kind: 'refused' }>> {
  try {
    const asking = ask(request)
    checkName(asking.batch.name)
    mustBeWitnessed(asking.log)
    const { into, privateRoot } = await openPlace(asking)
    const folder = await makePrivateFolder(privateRoot)
    try {
      const files = await namingTarget(asking.into, () => copyBatch(resolve(asking.batch.path), folder))
      const copied = { files, digest: digestOf(files), source: resolve(asking.batch.path), into, folder, capsule: null }
      const { batch, inspection } = await inspectBatch(asking, copied)
      return await undone(asking.db, async (tx): Promise<Tried> => {
        const question = await count(tx, asking, batch, inspection)
        const { batchPersons: persons, persons: counted } = question
        return { kind: 'tried', decision: decideRelease(question), persons, after: personsAfter(counted) }
      })
    } finally {
      await removeFolder(folder)
      leavePrivateFolder(folder)
    }
  } catch (error) {
    if (!(error instanceof GateInputError)) throw error
    return { kind: 'refused', code: error.code, words: error.words, facts: error.facts }
  }
}

export interface Tried {
  readonly kind: 'tried'
  readonly decision: Released | Held
  /** Of this batch. */
  readonly persons: Persons
  /** Of the permit's set, were the batch released. */
  readonly after: Persons
}

/** Runs in a transaction that is rolled back, whatever comes of it. */
async function undone<T>(db: GateDatabase, work: (tx: GateTransaction) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().execute()
  try {
    return await work(tx)
  } finally {
    await tx.rollback().execute()
  }
}
