import type { ColumnReading, Evidence, SecondReading } from '@tongguan/law'
import { describe, expect, test } from 'vitest'
import { aColumn, aFile, anEvidence, aQuestion, aSecondReading } from './makers.ts'
import { decideRelease } from './release.ts'
import { judgeReaders, readersOf } from './second-reading.ts'

const id = aColumn('subject', {
  kind: 'national_id',
  findings: [{ kind: 'national_id', valid: 3, because: ['checksum'] }],
})
const evidence = anEvidence({ files: [aFile({ columns: [id, aColumn('note')] })] })
const files = [{ name: 'visits.csv', bytes: 30, sha256: 'a'.repeat(64) }]
const agreed = aSecondReading(evidence)

function becauseOf(second: SecondReading | null, first: Evidence = evidence) {
  return judgeReaders(readersOf(files, first, second)).map(({ code, facts }) => [code, facts['because']])
}
function withFile(about: Partial<SecondReading['files'][number]>): SecondReading {
  return { ...agreed, files: agreed.files.map((file) => ({ ...file, ...about })) }
}
function withColumn(at: number, about: Partial<ColumnReading>): SecondReading {
  const [file] = agreed.files
  return withFile({ columns: (file?.columns ?? []).map((one, i) => (i === at ? { ...one, ...about } : one)) })
}

describe('two readings of a batch', () => {
  test('that agree hold nothing', () => {
    expect(becauseOf(agreed)).toEqual([])
  })

  test.for([
    ['not-read-again', null],
    ['not-read-again', { ...agreed, files: [] }],
    ['no-second-reader', withFile({ unread: 'no-second-reader' })],
    ['not-parsed', withFile({ unread: 'not-parsed' })],
    ['other-bytes', withFile({ sha256: 'b'.repeat(64) })],
    ['rows', withFile({ rows: 4 })],
    ['columns', withFile({ columns: [] })],
    ['names', withColumn(1, { name: 'notes' })],
    ['cells', withColumn(1, { filled: 2 })],
    // Seen by the second alone, and by the first alone.
    ['kind', withColumn(1, { residentIdsInText: 1 })],
    ['kind', withColumn(1, { mobiles: 1 })],
    ['kind', withColumn(0, { residentIds: 0 })],
    ['kind', withFile({ columns: null, residentIds: 1, rows: null })],
    ['persons', { ...agreed, persons: { lower: 4, upper: 9 } }],
    ['persons', { ...agreed, persons: { lower: 0, upper: 2 } }],
  ] as const)('that differ (%s) hold the batch', ([because, second]) => {
    const first =
      second?.files[0]?.columns === null
        ? anEvidence({ files: [aFile({ columns: [aColumn('subject'), aColumn('note')] })] })
        : evidence
    expect(becauseOf(second, first)).toEqual([['gate.readings-differ', because]])
  })

  test('what the first considered and rejected it did not miss', () => {
    const rejected = [{ kind: 'mobile', matched: 1, valid: 1, reason: 'too-few' }] as const
    const first = anEvidence({ files: [aFile({ columns: [id, aColumn('note', { rejected })] })] })
    expect(becauseOf(withColumn(1, { mobiles: 1 }), first)).toEqual([])
  })

  test('a batch nobody read a second time is held, and says so in its checks', () => {
    const held = decideRelease(aQuestion({ secondReading: null }))
    expect(held.kind).toBe('held')
    expect(held.checks.find((check) => check.id === 'read-twice')?.outcome).toBe('failed')
  })
})
