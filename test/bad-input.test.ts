// Each wrong call gets one clear sentence with a stable code and exit code 2, and leaves nothing half-written.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { softwareVersion } from '@tongguan/server/version'
import { tongguan, tongguanProcess } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(memoryFolder(), 'tongguan-bad-'))
  mkdirSync(join(folder, 'empty'))
  mkdirSync(join(folder, 'binary'))
  writeFileSync(join(folder, 'binary', 'x.bin'), Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197) % 256)))
  const register = '姓名,手机号\n张伟,13812345678\n王芳,13912345678\n王'
  writeFileSync(join(folder, 'cut-row.csv'), register)
  writeFileSync(join(folder, 'cut-char.csv'), Buffer.from(register).subarray(0, -1))
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
  const facts = 'schema: tongguan/facts/1\nflows:\n  - id: a\n'
  writeFileSync(join(folder, 'twice.yaml'), `${facts}    coreData: false\n    coreData: true\n`)
  writeFileSync(join(folder, 'no-anchor.yaml'), `${facts}    recipients: *none\n`)
  const nines = ['b', 'c', 'd', 'e'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcd'[i]}`).join()}]\n`)
  writeFileSync(join(folder, 'bomb.yaml'), `schema: tongguan/facts/1\na: &a [x]\n${nines.join('')}flows: [*e]\n`)
  writeFileSync(join(folder, 'no-day.yaml'), `${facts}handler: { identification: { on: 2026-02-30 } }\n`)
  writeFileSync(join(folder, 'words.yaml'), `${facts}    coreData: perhaps\n`)
  writeFileSync(join(folder, 'half.yaml'), `${facts}    since1January: { general: 12.5 }\n`)
  writeFileSync(
    join(folder, 'bounds.yaml'),
    `${facts}    since1January: { general: { lower: 5, point: 4, upper: 9 } }\n`,
  )
  writeFileSync(join(folder, 'long.yaml'), 'x'.repeat(50_000_000))
  const levels = 50_000
  writeFileSync(
    join(folder, 'deep.json'),
    `{"schema":"tongguan/facts/1","flows":${'['.repeat(levels)}${']'.repeat(levels)}}`,
  )
  writeFileSync(join(folder, 'picture.png'), Buffer.from('\u0089PNG\r\n\u001a\n0000', 'latin1'))
  writeFileSync(join(folder, 'gap.csv'), 'month,new_general,new_sensitive\n2026-01,1,1\n2026-03,1,1\n')
  writeFileSync(join(folder, 'ok.yaml'), 'schema: tongguan/facts/1\nflows:\n  - id: a\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.for([
  ['a missing path', ['assess', 'nowhere'], 'scan.path-missing', 'nowhere'],
  ['an empty folder', ['assess', 'empty'], 'scan.folder-empty', 'empty'],
  ['a binary file', ['assess', 'binary'], 'scan.nothing-readable', 'binary'],
  ['a file cut in a row', ['assess', 'cut-row.csv'], 'scan.file-truncated', 'cut-row.csv: The file ends'],
  [
    'a file cut in a row, scanned',
    ['scan', 'cut-row.csv', '--out', 'cut.json'],
    'scan.file-truncated',
    'cut-row.csv: The file ends',
  ],
  ['a file cut in a character', ['assess', 'cut-char.csv'], 'scan.nothing-readable', 'cut-char.csv: The file ends'],
  ['a shard that is not there', ['merge', 'none.shard'], 'input.not-readable', 'none.shard'],
  ['a shard that is none', ['merge', 'cut-row.csv'], 'scan.shards-do-not-fit', 'no file of shards'],
  [
    'a shard without a key',
    ['scan', 'cut-row.csv', '--out', 'e.json', '--shard', 's'],
    'scan.shard-needs-key',
    '--key',
  ],
  ['a facts file that is not there', ['determine', 'none.yaml'], 'input.not-readable', 'none.yaml'],
  ['a YAML tab', ['determine', 'tab.yaml'], 'input.not-yaml', 'line 3, column 1'],
  [
    'an unknown key',
    ['determine', 'unknown-key.yaml'],
    'input.does-not-fit',
    'unknown-key.yaml:4:5 flows.0.importantDatta: there is no key "importantDatta", did you mean "importantData"',
  ],
  [
    'a negative count',
    ['determine', 'negative.yaml'],
    'input.does-not-fit',
    'negative.yaml:5:16 flows.0.since1January.general: expected a whole number from 0 up',
  ],
  [
    'more sensitive persons than persons',
    ['determine', 'last-year.yaml'],
    'input.does-not-fit',
    'last-year.yaml:4:53 flows.0.since1JanuaryLastYear.sensitive: expected at most `general`',
  ],
  ['a key written twice', ['determine', 'twice.yaml'], 'input.not-yaml', 'line 5, column 5'],
  ['an alias of nothing', ['determine', 'no-anchor.yaml'], 'input.not-yaml', 'line 4, column 17'],
  ['aliases that multiply', ['determine', 'bomb.yaml'], 'input.not-yaml', 'line 3, column 8'],
  ['a facts file of 50 MB', ['determine', 'long.yaml'], 'input.too-long', 'at most 2,097,152'],
  ['JSON nested without end', ['determine', 'deep.json'], 'input.nested-too-deeply', 'deep.json, line 1, column 69'],
  ['a series with a gap', ['determine', 'ok.yaml', '--forecast', 'gap.csv'], 'input.does-not-fit', 'gap.csv: Month 2'],
  ['a day in a file that does not exist', ['determine', 'no-day.yaml'], 'input.does-not-fit', 'no-day.yaml:4:34'],
  [
    'a word where yes or no is asked',
    ['determine', 'words.yaml'],
    'input.does-not-fit',
    'words.yaml:4:15 flows.0.coreData: expected true or false',
  ],
  [
    'half a person',
    ['determine', 'half.yaml'],
    'input.does-not-fit',
    'half.yaml:4:31 flows.0.since1January.general: expected a whole number',
  ],
  ['bounds in the wrong order', ['determine', 'bounds.yaml'], 'input.does-not-fit', 'expected lower ≤ point ≤ upper'],
  ['a day that does not exist', ['determine', 'ok.yaml', '--on', '2026-02-30'], 'input.not-a-day', '2026-02-30'],
  ['a day before the regime', ['determine', 'ok.yaml', '--on', '2022-08-31'], 'input.out-of-range', '2022-09-01'],
  ['a deadline nobody knows', ['deadline', 'coffee', '--from', '2026-01-05'], 'deadline.no-such-kind', 'coffee'],
  ['a pilot nobody knows', ['demo', 'bank'], 'demo.no-such-pilot', 'hospital-amsterdam'],
  [
    'an address of a source that is none',
    ['scan', 'postgresql://reader:geheim@x', '--out', 'e.json'],
    'scan.source-url',
    'postgresql://x',
  ],
  ['no file fits a pattern', ['scan', 'nowhere-*.csv', '--out', 'e.json'], 'scan.glob-empty', 'nowhere-*.csv'],
  ['evidence over the data', ['scan', 'ok.yaml', '--out', './ok.yaml'], 'output.is-the-input', 'ok.yaml'],
  ['a cluster', ['scan', '.', '--engine', 'http://x', '--out', 'e.json'], 'scan.not-there-yet', 'http://x'],
  ['no database to back up', ['backup', '--out', 'b', '--data', 'nowhere'], 'database.none', 'nowhere'],
  ['a port that is none', ['serve', '--port', '70000'], 'serve.no-such-port', '70000'],
  ['a release that is not there', ['verify', 'gone', '--trust', 't.json'], 'verify.no-such-folder', 'gone'],
  ['no trust file', ['verify', 'empty', '--trust', 't.json'], 'trust.none', 't.json'],
  ['a batch without a permit', ['gate', 'release', 'empty'], 'gate.call-incomplete', '--permit'],
  ['a dossier without a place for it', ['dossier', 'build', 'empty'], 'dossier.call-incomplete', '--out'],
  ['a case folder without answers', ['dossier', 'check', 'empty'], 'input.not-readable', 'answers.yaml'],
  ['a bundle that is none', ['dossier', 'verify', 'ok.yaml', '--trust', 'filers.json'], 'zip.unreadable', 'ok.yaml'],
  ['a dossier without a trust file', ['dossier', 'verify', 'ok.yaml', '--trust', 't.json'], 'trust.none', 't.json'],
  ['a contract that is none', ['dossier', 'contract', 'ok.yaml'], 'contract.not-a-contract', 'ok.yaml'],
  [
    'a contract that is a picture',
    ['dossier', 'contract', 'picture.png', '--out', 'marked.docx'],
    'contract.picture',
    'picture.png (an image) is a picture without text',
  ],
  [
    'a marked copy over the contract',
    ['dossier', 'contract', 'ok.yaml', '--out', './ok.yaml'],
    'output.is-the-input',
    './ok.yaml',
  ],
  [
    'a dossier begun without a scan',
    ['dossier', 'init', 'case', '--facts', 'ok.yaml'],
    'dossier.call-incomplete',
    '--data',
  ],
  ['a bundle signed without a key', ['dossier', 'sign', 'ok.yaml', '--data', 'empty'], 'key.none', '--dossier'],
] as const)('%s is refused with exit code 2', async ([, words, code, names]) => {
  const before = readdirSync(folder)
  const ran = await tongguan(words, { cwd: folder })
  expect(ran.err).toContain(`[${code}]`)
  expect(ran.err).toContain(names)
  expect(ran.code).toBe(2)
  expect(readdirSync(folder)).toEqual(before)
})

test('an output folder that cannot be written is named', async () => {
  writeFileSync(join(folder, 'persons.csv'), '姓名,手机号\n张伟,13812345678\n')
  const ran = await tongguan(['scan', 'persons.csv', '--out', 'persons.csv/evidence.json'], { cwd: folder })
  expect(ran.err).toContain('[input.cannot-write]')
  expect(ran.code).toBe(2)
})

test('an unknown option is refused with the help', async () => {
  const ran = await tongguan(['determine', 'ok.yaml', '--onn', '2026-01-01'], { cwd: folder })
  expect(ran.err).toContain('--on <date>')
  expect(ran.code).toBe(2)
})

test('Chinese terminals are answered in Chinese', async () => {
  const ran = await tongguan(['determine', 'none.yaml'], { cwd: folder, lang: 'zh' })
  expect(ran.err).toContain('没有这个文件')
})

test('with --json a failure is JSON with both languages', async () => {
  const ran = await tongguan(['determine', 'none.yaml', '--json'], { cwd: folder })
  expect(JSON.parse(ran.out)).toMatchObject({ schema: 'tongguan/error/1', code: 'input.not-readable' })
})

test.for([
  [['nonsense'], 'call.unknown-command'],
  [['determine'], 'call.missing-argument'],
  [['determine', 'ok.yaml', '--nonsense'], 'call.unknown-option'],
  [['scan', 'ok.yaml'], 'call.missing-option'],
  [['deadline', 'acceptance', '--from', '2026-03-09', '--lang', 'fr'], 'call.value-not-allowed'],
] as const)('a wrong call %j has a code, in the language asked for', async ([words, code]) => {
  const ran = await tongguan([...words, '--json'], { cwd: folder, lang: 'zh' })
  expect(ran.code).toBe(2)
  expect(ran.err).toMatch(/^\[call\.[a-z-]+\] [^\n]*\p{Script=Han}/mu)
  expect(JSON.parse(ran.out)).toMatchObject({ schema: 'tongguan/error/1', code })
})

test('a first look at a few persons still names the contract path, and never an exemption', async () => {
  writeFileSync(join(folder, 'few.csv'), '姓名,手机号\n张伟,13812345678\n王芳,13912345678\n')
  const { out, code } = await tongguan(['assess', 'few.csv', '--json'], { cwd: folder })
  rmSync(join(folder, 'few.csv'))
  const { possible } = JSON.parse(out) as { readonly possible: readonly { readonly path: string }[] }
  const paths = possible.map(({ path }) => path)
  expect(paths).toContain('contract-or-certification')
  expect(paths).toContain('assessment')
  expect(paths).not.toContain('exempt')
  expect(code).toBe(4)
})

test('help speaks the language asked for', async () => {
  expect((await tongguan(['--help'], { lang: 'zh' })).out).toMatch(/^用法：/)
  expect((await tongguan(['--help'], { lang: 'en' })).out).toMatch(/^Usage:/)
})

test('a process that was called wrongly ends with 2, and says so on stderr alone', () => {
  expect(tongguanProcess(['determine', 'none.yaml'], { cwd: folder })).toEqual({
    code: 2,
    out: '',
    err: expect.stringContaining('[input.not-readable]') as string,
  })
})

test('--version prints the version a report of a weakness names, and nothing else', () => {
  expect(tongguanProcess(['--version'])).toEqual({ code: 0, out: `${softwareVersion}\n`, err: '' })
})
