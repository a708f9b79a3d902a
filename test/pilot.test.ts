// The main job, end to end, as `npm start -- --once` runs it: what a newcomer is shown must be true.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository, tongguan } from './command-line.ts'
import type { Ran } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-pilot-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let ran: Ran = { code: null, out: '', err: '' }
beforeAll(() => {
  ran = tongguan(['demo', '--once', '--data', join(folder, 'pilot')], { lang: 'zh' })
})

test('the pilot ends with exit code 0 and says nothing on stderr', () => {
  expect([ran.code, ran.err]).toEqual([0, ''])
})

test.for([
  ['counts its persons exactly', '不同自然人：12000 人'],
  ['names the path of the first case', '（2023-01-18 的规则）：申报数据出境安全评估'],
  ['names the path of today', '2026-11-23 的规则：申报数据出境安全评估'],
  ['cites the article', '第七条'],
  ['has the result on its due date', '2026-05-25'],
  ['releases the first batch', '0 → 4000 人'],
  ['holds the second for a column too many', '[gate.item-not-approved]'],
  ['and for persons too many', '[gate.persons-over-ceiling]'],
  ['shows the recipient a simulated release', '核验结论：有效（模拟，无法律效力）'],
  ['refuses the flipped byte and names the file', '[verify.file-content-differs] 文件“就诊记录.csv”'],
] as const)('the pilot %s', ([, words]) => {
  expect(ran.out).toContain(words)
})

test('the dossier lies where it says, as documents', () => {
  const [run] = readdirSync(join(folder, 'pilot')).filter((name) => name.startsWith('run-'))
  expect(readdirSync(join(folder, 'pilot', run ?? '', 'dossier'))).toEqual(
    expect.arrayContaining(['数据出境安全评估申报表.docx', '数据出境风险自评估报告.docx', '完备性清单.docx']),
  )
})

test('the command it prints for the recipient works as printed, and without --allow-pilot the release is refused', () => {
  const [, words] = /npx tongguan (verify .*)/.exec(ran.out) ?? []
  const verify = (line: string) =>
    spawnSync(process.execPath, [join(repository, 'cli/main.ts'), ...line.split(' ')], {
      cwd: repository,
      encoding: 'utf8',
    })
  expect(verify(words ?? '').status).toBe(0)
  const strict = verify((words ?? '').replace(' --allow-pilot', ''))
  expect([strict.status, strict.stdout]).toEqual([1, expect.stringContaining('[verify.pilot-release]')])
})
