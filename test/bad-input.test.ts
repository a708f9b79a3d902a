// Each wrong call gets one clear sentence with a stable code and exit code 2, and leaves nothing half-written.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tongguan } from './command-line.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-bad-'))
  mkdirSync(join(folder, 'empty'))
  mkdirSync(join(folder, 'binary'))
  writeFileSync(join(folder, 'binary', 'x.bin'), Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197) % 256)))
  writeFileSync(join(folder, 'tab.yaml'), 'schema: tongguan/facts/1\nflows:\n\t- id: a\n')
  writeFileSync(
    join(folder, 'unknown-key.yaml'),
    'schema: tongguan/facts/1\nflows:\n  - id: a\n    importantDatta: none\n',
  )
  writeFileSync(
    join(folder, 'negative.yaml'),
    'schema: tongguan/facts/1\nflows:\n  - id: a\n    since1January:\n      general: -1\n',
  )
  writeFileSync(
    join(folder, 'last-year.yaml'),
    'schema: tongguan/facts/1\nflows:\n  - id: a\n    since1JanuaryLastYear: { general: 1, sensitive: 2 }\n',
  )
  const publicKey = 'AAAA'
  const keyId = createHash('sha256').update(publicKey).digest('hex')
  const keys = [{ suite: 'EdDSA', keyId, publicKey, name: 'filer', simulated: true }]
  writeFileSync(join(folder, 'filers.json'), JSON.stringify({ schema: 'tongguan/dossier-trust/1', keys }))
  writeFileSync(join(folder, 'ok.yaml'), 'schema: tongguan/facts/1\nflows:\n  - id: a\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.for([
  ['a missing path', ['assess', 'nowhere'], 'scan.path-missing', 'nowhere'],
  ['an empty folder', ['assess', 'empty'], 'scan.folder-empty', 'empty'],
  ['a binary file', ['assess', 'binary'], 'scan.nothing-readable', 'binary'],
  ['a facts file that is not there', ['determine', 'none.yaml'], 'input.not-readable', 'none.yaml'],
  ['a YAML tab', ['determine', 'tab.yaml'], 'input.not-yaml', 'line 3, column 1'],
  ['an unknown key', ['determine', 'unknown-key.yaml'], 'input.does-not-fit', 'unknown-key.yaml:4:'],
  ['a negative count', ['determine', 'negative.yaml'], 'input.does-not-fit', 'negative.yaml:5:'],
  ['more sensitive persons than persons', ['determine', 'last-year.yaml'], 'input.does-not-fit', 'last-year.yaml:4:'],
  ['a day that does not exist', ['determine', 'ok.yaml', '--on', '2026-02-30'], 'input.not-a-day', '2026-02-30'],
  ['a day before the regime', ['determine', 'ok.yaml', '--on', '2022-08-31'], 'input.out-of-range', '2022-09-01'],
  ['a deadline nobody knows', ['deadline', 'coffee', '--from', '2026-01-05'], 'deadline.no-such-kind', 'coffee'],
  ['a pilot nobody knows', ['demo', 'bank'], 'demo.no-such-pilot', 'hospital-amsterdam'],
  ['a live source', ['scan', 'postgresql://x/y?table=z', '--out', 'e.json'], 'scan.not-there-yet', 'postgresql'],
  ['a command that is not there yet', ['serve'], 'command.not-there-yet', 'serve'],
  ['a release that is not there', ['verify', 'gone', '--trust', 't.json'], 'verify.no-such-folder', 'gone'],
  ['no trust file', ['verify', 'empty', '--trust', 't.json'], 'trust.none', 't.json'],
  ['a batch without a permit', ['gate', 'release', 'empty'], 'gate.call-incomplete', '--permit'],
  ['a dossier without a place for it', ['dossier', 'build', 'empty'], 'dossier.call-incomplete', '--out'],
  ['a case folder without answers', ['dossier', 'check', 'empty'], 'input.not-readable', 'answers.yaml'],
  ['a bundle that is none', ['dossier', 'verify', 'ok.yaml', '--trust', 'filers.json'], 'zip.unreadable', 'ok.yaml'],
  ['a dossier without a trust file', ['dossier', 'verify', 'ok.yaml', '--trust', 't.json'], 'trust.none', 't.json'],
  ['a contract that is none', ['dossier', 'contract', 'ok.yaml'], 'contract.not-a-contract', 'ok.yaml'],
  ['a bundle signed without a key', ['dossier', 'sign', 'ok.yaml', '--data', 'empty'], 'key.none', '--dossier'],
] as const)('%s is refused with exit code 2', ([, words, code, names]) => {
  const before = readdirSync(folder)
  const ran = tongguan(words, { cwd: folder })
  expect(ran.err).toContain(`[${code}]`)
  expect(ran.err).toContain(names)
  expect(ran.code).toBe(2)
  expect(readdirSync(folder)).toEqual(before)
})

test('an output folder that cannot be written is named', () => {
  writeFileSync(join(folder, 'persons.csv'), '姓名,手机号\n张伟,13812345678\n')
  const ran = tongguan(['scan', 'persons.csv', '--out', 'persons.csv/evidence.json'], { cwd: folder })
  expect(ran.err).toContain('[input.cannot-write]')
  expect(ran.code).toBe(2)
})

test('an unknown option is refused with the help', () => {
  const ran = tongguan(['determine', 'ok.yaml', '--onn', '2026-01-01'], { cwd: folder })
  expect(ran.err).toContain('--on <date>')
  expect(ran.code).toBe(2)
})

test('Chinese terminals are answered in Chinese', () => {
  const ran = tongguan(['determine', 'none.yaml'], { cwd: folder, lang: 'zh' })
  expect(ran.err).toContain('没有这个文件')
})

test('with --json a failure is JSON with both languages', () => {
  const ran = tongguan(['determine', 'none.yaml', '--json'], { cwd: folder })
  expect(JSON.parse(ran.out)).toMatchObject({ schema: 'tongguan/error/1', code: 'input.not-readable' })
})
