// Ways to slip an identifier through, one of each: held, or in the guide as not held. All of them: print-red-team.ts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namesSomebody } from '../../gate/names.ts'
import { repository } from '../command-line.ts'
import { memoryFolder } from '../memory-folder.ts'
import { guideOf, isHeldIn, oneOfEach, outlineOf, redTeam, techniques } from './red-team.ts'

const guide = readFileSync(join(repository, 'docs/guides/red-team.md'), 'utf8')
// Rules of the table padded by the formatter say the same.
const bare = (text: string) => outlineOf(text).replaceAll(/-{3,}/g, '---')

test('the guide has the ways that are tried, and no other', () => {
  expect(bare(guide)).toBe(bare(guideOf([])))
})

test('one of each way comes out as the guide has it', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(memoryFolder(), 'red-team-'))
  try {
    const attempts = await redTeam(folder, oneOfEach)
    expect(attempts.map(({ technique }) => technique)).toEqual(techniques.map(({ name }) => name))
    const wrong = attempts.filter((attempt) => attempt.held !== isHeldIn(guide, attempt))
    expect(wrong).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.for([
  ['2026/visits-20261123.csv', false],
  ['export-20261123120000.csv', false],
  ['batch-0001/part-00017.ndjson', false],
  ['110105194912310021.csv', true],
  ['１３９１２３４５６７８/rows.csv', true],
  ['1391\u200b2345678.csv', true],
  ['139-1234-5678.csv', true],
  ['li.ming@example.com.csv', true],
] as const)('the name %s identifies somebody: %s', ([path, expected]) => {
  expect(namesSomebody(path)).toBe(expected)
})
