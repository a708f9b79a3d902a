import type { Permit } from '@tongguan/law'
import { batches, refusalIn, releaseIn } from './batches.ts'
import type { GateDatabase } from './ledger.ts'
import type { Envelope, RefusalPredicate, ReleasePredicate } from './manifest.ts'
import type { Watched, WatchedAttempt, WatchedRelease } from './watch.ts'

/**
 * Every scenario batches were decided under, with what left and what was held, in the order of their decisions. The
 * permit is the one the last of them was decided by, as its signed statement carries it.
 */
export async function watchedScenarios(db: GateDatabase): Promise<readonly Watched[]> {
  const rows = await batches(db).orderBy('decided_at').orderBy('id').execute()
  const found = new Map<
    string,
    { permit: Permit; scenario: string; released: WatchedRelease[]; held: WatchedAttempt[] }
  >()
  for (const { state, envelope } of rows) {
    const stated = state === 'held' ? refusalIn(envelope) : releaseIn(envelope)
    const permit = permitIn(stated.permit.signed)
    if (permit === undefined) continue
    const key = JSON.stringify([permit.id, stated.scenario])
    const one = found.get(key) ?? { permit, scenario: stated.scenario, released: [], held: [] }
    found.set(key, { ...one, permit })
    if ('persons' in stated) one.released.push({ ...attemptOf(stated), after: afterOf(stated) })
    else one.held.push({ ...attemptOf(stated), after: wouldBe(stated) })
  }
  return [...found.values()].flatMap(({ permit, scenario: id, released, held }) => {
    const scenario = permit.scenarios.find((one) => one.id === id)
    return scenario === undefined ? [] : [{ permit, scenario, released, held }]
  })
}

// The gate put it there after checking its signatures.
function permitIn(signed: Envelope | undefined): Permit | undefined {
  if (signed === undefined) return undefined
  return JSON.parse(Buffer.from(signed.payload, 'base64').toString('utf8')) as Permit
}

function attemptOf({ batch, decidedOn, recipient, files }: ReleasePredicate | RefusalPredicate) {
  const items = [...new Set(files.flatMap(({ columns }) => columns))]
  return { batch: batch.name, decidedOn, recipient, items }
}

function afterOf({ persons }: ReleasePredicate): WatchedRelease['after'] {
  return { general: persons.after, sensitive: persons.sensitive.after }
}

function wouldBe({ reasons }: RefusalPredicate): WatchedAttempt['after'] {
  const over = reasons.filter(({ code }) => code === 'gate.persons-over-ceiling')
  return Object.fromEntries(over.map(({ facts }) => [facts['part'], Number(facts['after'])]))
}
