// A case folder from its first answer to a verified bundle, and back: what is read out equals what went in.
import { legalDate, rulesAsOf } from '@tongguan/law'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { goodContract } from '../dossier/contract/makers.ts'
import { aCase, someAnswers, someFacts } from '../dossier/makers.ts'
import { bookmarkOf } from '../dossier/word.ts'
import { folderSource, readCase } from '../server/case-folder.ts'
import { createFilingKey, filingKeyFiles, readDossierTrust } from '../server/filing-keys.ts'
import { checkDeclaration } from '../server/flows/check-declaration.ts'
import { prepareDeclaration, readTemplates } from '../server/flows/prepare-declaration.ts'
import { compareDeclarations, takeEdits } from '../server/flows/review-declaration.ts'
import { loadedLists } from '../server/loaded-lists.ts'
import { signBundleFile, verifyBundleFile } from '../server/flows/sign-declaration.ts'
import { repository, tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const root = mkdtempSync(join(memoryFolder(), 'tongguan-dossier-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const on = legalDate('2026-03-02')

// What the path needs to be told: nothing that blocks, no exemption claimed.
const settled = {
  leavesChina: true,
  coreData: false,
  stateSecrets: false,
  foreignAuthorityRequest: false,
  exemption: 'none',
  recipients: [{ name: 'Example Centre', country: 'NL', restrictedList: false }],
} as const

const none: ReadonlySet<string> = new Set()

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
  writeCase(folder, {})
})

function writeCase(into: string, changes: { answers?: object; file?: object }): void {
  const { evidence } = aCase()
  const facts = someFacts(settled)
  mkdirSync(join(into, 'attachments'), { recursive: true })
  const file = { schema: 'tongguan/case-folder/1', filedOn: '2026-03-02', ...changes.file }
  writeFileSync(join(into, 'case.yaml'), JSON.stringify(file))
  writeFileSync(join(into, 'answers.yaml'), JSON.stringify({ ...someAnswers(), ...changes.answers }))
  writeFileSync(join(into, 'facts.yaml'), JSON.stringify(facts))
  writeFileSync(join(into, 'evidence.json'), JSON.stringify(evidence))
}

async function read(path: string) {
  const found = await readCase(folderSource(path), { on })
  if (found.kind === 'incomplete') throw new Error(`answers are missing: ${found.missing[0]?.field}`)
  return found.case
}

async function built(path = folder, out = join(path, 'out')) {
  const { inputs, files } = await read(path)
  return prepareDeclaration(inputs, out, files)
}

test('build → check → sign → verify → read back equals the input', async () => {
  const { inputs } = await read(folder)
  const { bundle, declaration } = await built()
  expect(await checkDeclaration(bundle, { on })).toMatchObject({
    outcome: 'nothing-found',
    findings: [],
    completeness: { edition: { edition: 3 }, verdict: 'complete' },
    rules: rulesAsOf,
  })
  const data = join(folder, 'keys')
  for (const suite of ['EdDSA', 'SM2'] as const) {
    await signBundleFile(bundle, await createFilingKey(data, suite, { name: suite, simulated: true }))
  }
  const { verdict, manifest } = await verifyBundleFile(bundle, await readDossierTrust(filingKeyFiles(data).trust), {
    allowPilot: true,
  })
  expect(verdict).toMatchObject({ outcome: 'valid', signedBy: [{ suite: 'EdDSA' }, { suite: 'SM2' }] })
  expect(manifest.files.map(({ path }) => path)).toContain('case/evidence.json')
  const parts = unzipSync(readFileSync(bundle))
  for (const [path, value] of [
    ['case/answers.yaml', inputs.answers],
    ['case/facts.yaml', inputs.facts],
    ['case/evidence.json', inputs.evidence],
    ['declaration.json', declaration],
  ] as const) {
    expect(JSON.parse(strFromU8(parts[path] ?? new Uint8Array()))).toEqual(value)
  }
})

test('the same case gives the same bundle, byte for byte', async () => {
  const [a, b] = [await built(folder, join(folder, 'a')), await built(folder, join(folder, 'b'))]
  expect(readFileSync(a.bundle).equals(readFileSync(b.bundle))).toBe(true)
})

test('the desk sees a document that is not what the data of the bundle say, and which field', async () => {
  const { bundle } = await built()
  const parts = unzipSync(readFileSync(bundle))
  const path = 'documents/数据出境安全评估申报表.docx'
  const { writeBundle } = await import('../dossier/bundle.ts')
  const manifest = JSON.parse(strFromU8(parts['manifest.json'] ?? new Uint8Array())) as Parameters<
    typeof writeBundle
  >[0]
  const { reference, handler, round, filedOn, simulated, validator } = manifest
  const files = new Map<string, Uint8Array>(Object.entries(parts).filter(([name]) => name !== 'manifest.json'))
  files.set(path, edited(files.get(path) ?? new Uint8Array(), '联合统计', '商业用途', '示例单位（模拟）', '另一单位'))
  writeFileSync(bundle, writeBundle({ reference, handler, round, filedOn, simulated, validator }, files))
  const { outcome, findings } = await checkDeclaration(bundle, { on })
  expect([outcome, findings.map(({ code }) => code)]).toEqual([
    'refused',
    ['bundle.document-differs', 'bundle.declaration-differs'],
  ])
  expect(findings[0]?.words.en).toContain('handler.name')
})

test('an edited .docx comes back: each difference is listed, accepted by field, and builds the edited document', async () => {
  const { files } = await built()
  const report = files.find((file) => file.endsWith('数据出境风险自评估报告.docx')) ?? ''
  const path = join(folder, 'edited.docx')
  writeFileSync(
    path,
    edited(
      readFileSync(report),
      '>联合统计<',
      '>联合统计与质量核查<',
      '>可以申报<',
      '>可以申报，风险可控<',
      '2600人',
      '2700人',
    ),
  )
  const seen = await takeEdits(folder, path, { on, accept: new Set(['conclusion']), refuse: none })
  expect(seen.map(({ key, kind, decision }) => [key, kind, decision])).toEqual([
    ['scenarios.0.purpose', 'answer', 'open'],
    ['conclusion', 'answer', 'accepted'],
  ])
  const { answers } = (await read(folder)).inputs
  expect([answers.conclusion, answers.scenarios[0]?.purpose]).toEqual(['可以申报，风险可控', '联合统计'])
  expect(await takeEdits(folder, path, { on, accept: none, refuse: none })).toHaveLength(1)
})

test('a refused edit is kept in the case folder and not asked again; the same field edited otherwise is', async () => {
  const { files } = await built()
  const report = readFileSync(files.find((file) => file.endsWith('数据出境风险自评估报告.docx')) ?? '')
  const path = join(folder, 'edited.docx')
  writeFileSync(path, edited(report, '>联合统计<', '>商业用途<', '>可以申报<', '>可以申报，风险可控<'))
  const before = readFileSync(join(folder, 'answers.yaml'), 'utf8')
  const run = (...words: string[]) => tongguan(['dossier', 'edits', '.', 'edited.docx', ...words], { cwd: folder })
  expect((await run()).code).toBe(1)
  expect((await run('--refuse', 'all', '--accept', 'all')).err).toContain('[edits.both]')
  expect((await run('--refuse', 'conclusion', '--accept', 'conclusion')).code).toBe(2)
  expect(readFileSync(join(folder, 'answers.yaml'), 'utf8')).toBe(before)
  // One is refused and the other still open; once it is decided too, the call is done, and stays done.
  expect((await run('--refuse', 'scenarios.0.purpose')).code).toBe(1)
  expect((await run('--accept', 'all')).code).toBe(0)
  const again = await run()
  expect([again.code, again.out.includes('✗ scenarios.0.purpose  (refused)')]).toEqual([0, true])
  const { answers } = (await read(folder)).inputs
  expect([answers.conclusion, answers.scenarios[0]?.purpose]).toEqual(['可以申报，风险可控', '联合统计'])
  expect(JSON.parse(readFileSync(join(folder, 'refused-edits.json'), 'utf8'))).toMatchObject({
    edits: [{ key: 'scenarios.0.purpose', was: '联合统计', now: '商业用途' }],
  })
  writeFileSync(path, edited(report, '>联合统计<', '>市场用途<', '>可以申报<', '>可以申报，风险可控<'))
  expect((await run()).code).toBe(1)
  // What was refused may be accepted later, by its name.
  writeFileSync(path, edited(report, '>联合统计<', '>商业用途<', '>可以申报<', '>可以申报，风险可控<'))
  expect((await run('--accept', 'scenarios.0.purpose')).code).toBe(0)
  expect((await read(folder)).inputs.answers.scenarios[0]?.purpose).toBe('商业用途')
})

test('on a terminal each edit is asked about: y accepts, n refuses, the end of the input leaves the rest', async () => {
  const { files } = await built()
  const report = readFileSync(files.find((file) => file.endsWith('数据出境风险自评估报告.docx')) ?? '')
  writeFileSync(
    join(folder, 'edited.docx'),
    edited(report, '>联合统计<', '>商业用途<', '>可以申报<', '>可以申报，风险可控<'),
  )
  const call = `${process.execPath} ${join(repository, 'cli/main.ts')} dossier edits . edited.docx`
  // util-linux's script(1) gives the call a terminal.
  const asked = spawnSync('script', ['-qec', call, '/dev/null'], {
    cwd: folder,
    input: 'n\ny\n',
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect(asked.stdout).toMatch(/1\/2 scenarios\.0\.purpose[^]*y accepts, n refuses[^]*2\/2 conclusion/)
  expect(asked.stdout).toMatch(/✗ scenarios\.0\.purpose {2}\(refused\)[^]*✓ conclusion {2}\(accepted\)/)
  expect(asked.status).toBe(0)
})

test('a number edited with its unit is an answer; a number without it or a date is told apart', async () => {
  const { files } = await built()
  const form = readFileSync(files.find((file) => file.endsWith('数据出境安全评估申报表.docx')) ?? '')
  const path = join(folder, 'edited.docx')
  for (const [was, now, kind] of [
    ['2600人', '约3千人', 'computed'],
    ['2600人', '2700人', 'answer'],
  ] as const) {
    writeFileSync(path, edited(form, was, now))
    expect(await takeEdits(folder, path, { on, accept: 'all', refuse: none })).toMatchObject([
      { key: 'handler.employees', kind, decision: kind === 'answer' ? 'accepted' : 'open' },
    ])
  }
  expect((await read(folder)).inputs.answers.handler.employees).toBe(2700)
})

test('a file whose fields an editor dropped is never "nothing changed": they are read by bookmark, or told as lost', async () => {
  const { files } = await built()
  const form = readFileSync(files.find((file) => file.endsWith('数据出境安全评估申报表.docx')) ?? '')
  const path = join(folder, 'edited.docx')
  const controls = ['<w:tag ', '<w:dropped ', '<w:alias ', '<w:dropped '] as const
  writeFileSync(path, edited(form, ...controls, '<w:bookmarkStart ', '<w:dropped '))
  await expect(takeEdits(folder, path, { on, accept: 'all', refuse: none })).rejects.toMatchObject({
    code: 'edits.no-fields',
  })
  writeFileSync(path, edited(form, ...controls, '2600人', '2700人'))
  expect(await takeEdits(folder, path, { on, accept: none, refuse: none })).toMatchObject([
    { key: 'handler.employees' },
  ])
  // One field's paragraph is gone altogether.
  writeFileSync(
    path,
    edited(
      form,
      bookmarkOf('handler.name'),
      'other',
      '<w:tag w:val="handler.name"/>',
      '',
      '<w:alias w:val="handler.name"/>',
      '',
    ),
  )
  expect(await takeEdits(folder, path, { on, accept: 'all', refuse: none })).toMatchObject([
    { key: 'handler.name', was: '示例单位（模拟）', kind: 'lost', decision: 'open' },
  ])
})

test('empty answers are listed with their line, and nothing is built', async () => {
  writeFileSync(join(folder, 'answers.yaml'), 'schema: tongguan/answers/1\nsimulated: true\nreference:\n')
  const { outcome, findings } = await checkDeclaration(folder, { on })
  expect(outcome).toBe('refused')
  expect(findings.every(({ code }) => code === 'answer.missing')).toBe(true)
  expect(findings.map(({ where }) => where)).toContain('reference')
})

test('round 2 says what changed, what answers which defect, and asks about the rest', async () => {
  const { bundle } = await built()
  const next = mkdtempSync(join(root, 'round-'))
  mkdirSync(join(next, 'rounds'))
  writeFileSync(join(next, 'rounds/1.zip'), readFileSync(bundle))
  const defects = [{ defect: '结论不充分', fields: ['conclusion'], how: '补充了理由' }]
  writeCase(next, {
    answers: { conclusion: '可以申报，理由如下', reference: '示申〔2026〕2号' },
    file: { round: 2, previousRound: 'rounds/1.zip', defects },
  })
  const { answers, defects: answered } = await compareDeclarations(bundle, next, on)
  expect(answers.map(({ path }) => path)).toEqual(['reference', 'conclusion'])
  expect(answered).toMatchObject([{ defect: '结论不充分', changed: ['conclusion'] }])
  const { findings } = await checkDeclaration(next, { on })
  expect(findings.map(({ code, where }) => [code, where])).toEqual([['round.changed-unasked', 'reference']])
})

test('the register of consents stays at home; its counts go with the bundle', async () => {
  const line = (index: number) =>
    JSON.stringify({
      person: index.toString(16).padStart(32, '0'),
      version: 'v1',
      consentedOn: '2026-01-05',
      withdrawnOn: null,
    })
  writeFileSync(join(folder, 'consents.ndjson'), Array.from({ length: 12_000 }, (_, index) => line(index)).join('\n'))
  writeCase(folder, { file: { consentRegister: 'consents.ndjson' } })
  const { bundle } = await built()
  const parts = unzipSync(readFileSync(bundle))
  expect(Object.keys(parts)).toContain('case/consents.json')
  expect(Object.keys(parts)).not.toContain('case/consents.ndjson')
  expect(await checkDeclaration(bundle, { on })).toMatchObject({ outcome: 'nothing-found' })
})

test('lists an office has loaded are consulted, travel in the bundle, and lead the desk to the same path', async () => {
  const row = {
    catalogue: 'restricted-recipients',
    scope: 'all',
    instrument: '示例清单（虚构）',
    version: '1',
    entry: '1',
    item: 'Example Centre',
    from: '2026-01-01',
    source: 'https://example.org/list',
    certainty: 'primary',
  }
  const loaded = join(folder, 'loaded')
  mkdirSync(loaded)
  writeFileSync(join(loaded, 'list.json'), JSON.stringify({ schema: 'tongguan/list/1', rows: [row] }))
  const lists = await loadedLists(loaded)
  const without = (await built()).bundle
  expect((await checkDeclaration(without, { on, lists })).findings.map(({ code }) => code)).toEqual([
    'bundle.other-lists',
  ])
  const consulted = await tongguan(['dossier', 'build', '.', '--out', 'listed', '--lists', 'loaded', '--json'], {
    cwd: folder,
  })
  expect([consulted.code, consulted.out.includes('"path.other"')]).toEqual([1, true])
  const bundle = join(folder, 'listed/bundle.zip')
  expect(Object.keys(unzipSync(readFileSync(bundle)))).toContain('case/lists.json')
  // The desk here has loaded none; what the bundle carries decides, so nothing differs.
  const codes = (await checkDeclaration(bundle, { on })).findings.map(({ code }) => code)
  expect(codes).toContain('path.other')
  expect(codes.filter((code) => code.startsWith('bundle.'))).toEqual([])
})

test('a contract in the folder is checked, and a boxed copy is built', async () => {
  writeFileSync(join(folder, 'attachments/contract.txt'), `${goodContract}\n研究协作`)
  writeCase(folder, { file: { contract: 'attachments/contract.txt' } })
  const { contract, findings } = await checkDeclaration(folder, { on })
  expect(contract?.clauses.map(({ kind }) => kind)).toEqual(Array(6).fill('found'))
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['contract.clause-not-quoted']))
  expect((await built()).files.some((file) => file.includes('加框副本'))).toBe(true)
})

test('evidence of another data set is refused', async () => {
  const data = join(folder, 'data')
  mkdirSync(data)
  writeFileSync(join(data, '患者登记.csv'), 'a,b\n1,2\n')
  const { findings } = await checkDeclaration(folder, { on, data })
  expect(findings.map(({ code }) => code)).toEqual(['evidence.other-data', 'evidence.other-data'])
})

test('the upload set is in the order of the portal, with sizes and what is still to be sealed; what is handed in is looked at', async () => {
  const paper = new PNG({ width: 100, height: 140, colorType: 2 })
  paper.data.fill(255)
  writeFileSync(join(folder, 'attachments/code.png'), PNG.sync.write(paper))
  const documents = someAnswers().documents.map((one) =>
    one.kind === 'credit-code-certificate' ? { kind: one.kind, file: 'attachments/code.png' } : one,
  )
  writeCase(folder, { answers: { documents } })
  const { upload, bundle } = await built()
  expect(upload.map(({ order, state, bytes }) => [order, state, 0 < bytes])).toEqual([
    [1, 'ready', true],
    ...[2, 3, 4, 5, 6, 7].map((order) => [order, 'seal-and-scan', true]),
  ])
  expect(upload[0]?.file).toBe('01-统一社会信用代码证件影印件.png')
  // A blank sheet of paper: the desk sees it too.
  for (const of of [folder, bundle]) {
    const { findings, scans } = await checkDeclaration(of, { on })
    expect(findings.map(({ code }) => code)).toEqual(['scan-page.blank', 'scan-page.no-seal'])
    expect(scans).toMatchObject([{ file: 'attachments/code.png', seal: 'not-seen' }])
  }
})

test('a standard contract has an upload set of its own, and a power of attorney of ours waits for its seal in it', async () => {
  const { handler, ...facts } = someFacts({ ...settled, since1January: { general: 0, sensitive: 9_000 } })
  const known = { ...facts, handler: { ...handler, publicBody: 'none' }, voluntaryDeclaration: false }
  writeFileSync(join(folder, 'facts.yaml'), JSON.stringify(known))
  const { persons } = aCase().evidence
  const bounds = { lower: 9_000, point: 9_000, upper: 9_000 }
  const evidence = { ...aCase().evidence, persons: { ...persons, ...bounds, sensitive: bounds } }
  writeFileSync(join(folder, 'evidence.json'), JSON.stringify(evidence))
  const documents = someAnswers().documents.filter(({ kind }) => kind !== 'power-of-attorney')
  const answers = { ...someAnswers(), documents }
  writeFileSync(join(folder, 'answers.yaml'), JSON.stringify(answers))
  const { upload, bundle } = await built()
  expect(upload.map(({ file, state }) => [file, state])).toEqual(
    [
      '01-统一社会信用代码证件影印件.docx',
      '02-法定代表人身份证件影印件.docx',
      '03-经办人身份证件影印件.docx',
      '04-经办人授权委托书.docx',
      '05-标准合同备案承诺书.docx',
      '06-与境外接收方拟订立的法律文件.docx',
      '07-个人信息保护影响评估报告.docx',
    ].map((file) => [file, 'seal-and-scan']),
  )
  const { outcome, findings } = await checkDeclaration(bundle, { on })
  expect([outcome, findings.map(({ code }) => code)]).toEqual(['asked-about', ['path.standard-contract']])
})

test('an official file is filled in place of our layout, its digest recorded, and the desk accepts it', async () => {
  const templates = join(folder, 'official')
  mkdirSync(templates)
  const own = (await built(folder, join(folder, 'own'))).files.find((file) => file.endsWith('申报表.docx')) ?? ''
  writeFileSync(join(templates, 'declaration-form.docx'), edited(readFileSync(own), '示例单位（模拟）', '（填写）'))
  const { inputs, files } = await read(folder)
  const { bundle } = await prepareDeclaration(inputs, join(folder, 'filled'), files, await readTemplates(templates))
  const manifest = JSON.parse(strFromU8(unzipSync(readFileSync(bundle))['manifest.json'] ?? new Uint8Array())) as object
  expect(manifest).toMatchObject({
    templates: [{ document: '数据出境安全评估申报表.docx', template: 'declaration-form.docx' }],
  })
  expect(await checkDeclaration(bundle, { on })).toMatchObject({ outcome: 'nothing-found' })
  writeFileSync(join(templates, 'other.docx'), 'x')
  await expect(readTemplates(templates)).rejects.toMatchObject({ code: 'template.name' })
})

test('a path or a link out of the case folder is refused', async () => {
  writeCase(folder, { file: { contract: '../outside.docx' } })
  await expect(read(folder)).rejects.toMatchObject({ code: 'input.does-not-fit' })
  symlinkSync('/etc/hostname', join(folder, 'attachments/link.txt'))
  writeCase(folder, { file: { contract: 'attachments/link.txt' } })
  await expect(read(folder)).rejects.toMatchObject({ code: 'case.leaves-the-folder' })
})

test('the commands end with 0, 1 and 2 as they should', async () => {
  const run = (...words: string[]) => tongguan(['dossier', ...words], { cwd: folder })
  expect((await run('build', '.', '--out', 'built')).code).toBe(0)
  expect((await tongguan(['keys', 'create', '--dossier', '--pilot', '--data', 'k'], { cwd: folder })).code).toBe(0)
  expect((await run('sign', 'built/bundle.zip', '--data', 'k')).code).toBe(0)
  expect((await run('build', '.', '--out', 'built')).err).toContain('[output.signed]')
  expect((await run('verify', 'built/bundle.zip', '--data', 'k', '--allow-pilot')).out).toContain('[bundle.valid]')
  const whole = readFileSync(join(folder, 'built/bundle.zip'))
  whole[2000] = (whole[2000] ?? 0) ^ 1
  writeFileSync(join(folder, 'broken.zip'), whole)
  expect((await run('verify', 'broken.zip', '--data', 'k', '--allow-pilot')).code).toBe(2)
  writeCase(folder, { answers: { conclusion: '' } })
  expect((await run('check', '.')).code).toBe(1)
})

/** The .docx with texts of its document replaced, as somebody would type over them. */
function edited(docx: Uint8Array, ...pairs: readonly string[]): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(docx)
  let xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
  for (let index = 0; index < pairs.length; index += 2) xml = xml.replaceAll(pairs[index] ?? '', pairs[index + 1] ?? '')
  return zipSync({ ...parts, 'word/document.xml': strToU8(xml) })
}
