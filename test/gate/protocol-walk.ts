import { random } from '../law/points.ts'
import { next, start, violation } from './protocol-model.ts'
import type { Mutant } from './protocol-model.ts'

/** A walk of this many steps begins anew so often; most of what can happen to three batches has happened by then. */
const stepsOfOneRun = 200

/** Walks at random through the protocol with four workers and three batches; the violations it met. */
export function walk({
  seed,
  steps,
  mutant,
  sealed = false,
}: {
  readonly seed: number
  readonly steps: number
  readonly mutant?: Mutant
  readonly sealed?: boolean
}): readonly { readonly step: number; readonly violation: string }[] {
  const below = random(seed)
  const found: { readonly step: number; readonly violation: string }[] = []
  let state = start({ workers: 4, batches: 3, sealed })
  for (let step = 0; step < steps; step++) {
    if (step % stepsOfOneRun === 0) state = start({ workers: 4, batches: 3, sealed })
    const ways = next(state, mutant, { crashes: 8 })
    // The permit is revoked once for all; at even odds every walk would be over early.
    const likely = below(50) === 0 ? ways : ways.filter((one) => one.revoked === state.revoked)
    state = likely[below(likely.length)] ?? state
    const wrong = violation(state)
    if (wrong === undefined) continue
    found.push({ step, violation: wrong })
    state = start({ workers: 4, batches: 3, sealed })
  }
  return found
}
