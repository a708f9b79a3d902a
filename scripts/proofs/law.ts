import { determinePaths, legalDate } from '@tongguan/law'
import { days, drawPoint, random } from '../../test/law/points.ts'
import { byTheTable } from '../../test/law/table.ts'
import type { Counterexample, Proof } from './proof.ts'

/** Each handler is judged on every day beside a change of the law. */
const handlersPerBatch = 10_000
const pointsPerBatch = handlersPerBatch * days.length
const lawDays = days.map((day) => legalDate(day))

/** The engine's path, as written and strictly, is the independent table's for any handler on any day. */
export const law: Proof = {
  claim: 'the engine gives the path and strict path of the independent table',
  points: 50_000_000,
  pointsPerBatch,
  restsOn: ['law/judge.ts', 'test/law/table.ts', 'test/law/points.ts'],
  tryBatch(batch) {
    const below = random(batch * 2_654_435_761)
    const found: Counterexample[] = []
    for (let i = 0; i < handlersPerBatch && found.length < 10; i++) {
      const { facts } = drawPoint(below)
      for (const day of lawDays) {
        const engine = determinePaths(facts, day)
        const table = byTheTable(facts, day)
        if (engine.path === table.path && engine.strictPath === table.strictPath) continue
        found.push({
          expected: `${table.path}, strictly ${table.strictPath}`,
          found: `${engine.path}, strictly ${engine.strictPath}`,
          point: { day, facts },
        })
      }
    }
    return found
  },
}
