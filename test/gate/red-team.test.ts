// Hundreds of ways to slip an identifier through: each is held, or stands in the guide as not held.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { namesSomebody } from '../../gate/names.ts'
import { repository } from '../command-line.ts'
import { memoryFolder } from '../memory-folder.ts'
import { guideOf, redTeam } from './red-team.ts'

// Cells padded by the formatter say the same.
const bare = (guide: string) => guide.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test('every way is held or named in the guide', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(memoryFolder(), 'red-team-'))
  try {
    const attempts = await redTeam(folder)
    expect(attempts.length).toBeGreaterThanOrEqual(300)
    expect(bare(readFileSync(join(repository, 'docs/guides/red-team.md'), 'utf8'))).toBe(bare(guideOf(attempts)))
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
