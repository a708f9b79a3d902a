import { walk } from '../../test/gate/protocol-walk.ts'
import type { Proof } from './proof.ts'

const stepsPerBatch = 100_000

/** Random walks through the model of the release protocol; `npm test` walks through smaller ones completely. */
export const protocol: Proof = {
  claim: 'no order of steps and crashes lets a batch leave undecided, uncounted, unsigned or unpublished',
  points: 50_000_000,
  pointsPerBatch: stepsPerBatch,
  restsOn: ['gate/release-batch.ts', 'test/gate/protocol-model.ts', 'test/gate/protocol-walk.ts'],
  tryBatch: (batch) =>
    walk({ seed: batch + 1, steps: stepsPerBatch, sealed: batch % 2 === 1 })
      .slice(0, 10)
      .map(({ step, violation }) => ({ expected: 'no violation', found: violation, point: { seed: batch + 1, step } })),
}
