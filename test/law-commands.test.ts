import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deadlineKinds, legalDate } from '@tongguan/law'
import type { Permit } from '@tongguan/law'
import { ClassificationAnswerSchema, classificationExample } from '../server/contract/classification.ts'
import { extensionExample } from '../server/contract/extension.ts'
import { DeadlineAnswerSchema, PenaltiesAnswerSchema, ProcedureAnswerSchema } from '../server/contract/law-answers.ts'
import { scopeExample } from '../server/contract/scope.ts'
import { tongguan } from './command-line.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-law-'))
  writeFileSync(join(folder, 'extension.yaml'), extensionExample)
  writeFileSync(join(folder, 'scope.yaml'), scopeExample)
  writeFileSync(join(folder, 'permit.json'), JSON.stringify(permit))
  writeFileSync(join(folder, 'broken.yaml'), scopeExample.replace('scenarios:', 'scenario:'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const permit: Permit = {
  schema: 'tongguan/permit/1',
  id: 'permit-1',
  kind: 'simulated',
  caseNo: 'TG-2026-000001',
  resultNo: 'R-1',
  handler: { name: '示例医院', creditCode: '12110000400000000X' },
  scenarios: [
    {
      id: 'research',
      name: '合作研究',
      purpose: '联合研究',
      manner: '公共互联网传输',
      recipients: [{ name: 'A university', country: 'NL' }],
      items: ['诊断', '性别'].map((name) => ({ name, description: name, kind: 'diagnosis', category: 'sensitive' })),
      ceiling: { general: 0, sensitive: 11_999 },
      importantDataBytes: null,
      retention: '五年',
      conditions: [],
    },
  ],
  firstDay: legalDate('2026-05-26'),
  lastDay: legalDate('2029-05-26'),
  keyId: 'key',
  suite: 'EdDSA',
  countingMethod: 'tongguan/persons/1',
}

test('deadline --help lists every kind there is', async () => {
  const { out, code } = await tongguan(['deadline', '--help'])
  for (const kind of deadlineKinds) expect(out).toContain(`  ${kind} `)
  expect(code).toBe(0)
})

test('deadline shows its day by day, its article and what a missed date means', async () => {
  const { out } = await tongguan(['deadline', 'assessment', '--from', '2026-08-03'])
  expect(out).toMatch(/2026-10-10 +45 +weekend day worked in exchange/)
  expect(out).toContain('Measures for the Security Assessment of Data Export, art. 12(1)')
  expect(out).toContain('gives nobody permission')
})

test.for([
  [['deadline', 'extension-window', '--from', '2023-01-01'], 'deadline.not-in-force'],
  [['deadline', 'assessment', '--from', '9999-12-31'], 'input.out-of-range'],
  [['procedure', '--on', '2022-08-31'], 'procedure.not-in-force'],
  [['penalties', 'coffee'], 'penalties.no-such-breach'],
  [['extension', 'grant', 'extension.yaml'], 'extension.no-such-action'],
  [['redeclaration', 'file', 'scope.yaml', 'scope.yaml'], 'redeclaration.no-such-action'],
  [['redeclaration', 'compare', 'broken.yaml', 'scope.yaml'], 'input.does-not-fit'],
] as const)('%j: %s', async ([words, code]) => {
  const ran = await tongguan(words, { cwd: folder })
  expect(ran.err).toContain(`[${code}]`)
  expect(ran.code).toBe(2)
})

test('penalties prints ranges for entity and persons, and that it is no advice', async () => {
  const { out, code } = await tongguan(['penalties', 'core-data', '--on', '2026-11-23'])
  expect(out).toContain('fine of 2,000,000 to 10,000,000 yuan')
  expect(out).toContain('revocation of the business permit or licence')
  expect(out).toContain('no prediction and no advice')
  expect(code).toBe(0)
})

test('a breach whose penal text was not obtained is not answered as free of penalty', async () => {
  const { out, code } = await tongguan(['penalties', 'network-security-duties', '--on', '2025-12-31'])
  expect(out).toContain('it cannot be said that nothing else applies')
  expect(code).toBe(4)
})

test('on a day before the laws nothing is found, and that is not said to be nothing', async () => {
  const { out, code } = await tongguan(['penalties', 'important-data-export', '--on', '2021-08-31'])
  expect(out).toContain('that is not to say there was none')
  expect(code).toBe(4)
})

test.for([
  ['2026-11-23', 0, 'an extension may be asked for'],
  ['2026-06-01', 4, 'it is too early'],
  ['2027-01-01', 1, 'the window closed on 2026-12-31; a new declaration is due'],
] as const)('extension check on %s ends with %i: %s', async ([on, exit, says]) => {
  const { out, code } = await tongguan(['extension', 'check', 'extension.yaml', '--on', on], { cwd: folder })
  expect(out).toContain(says)
  expect(code).toBe(exit)
})

test('redeclaration compares a permit with a new scope', async () => {
  const words = ['redeclaration', 'compare', 'permit.json', 'scope.yaml', '--on', '2026-11-23', '--json']
  const { out, code } = await tongguan(words, { cwd: folder })
  const { declareAgain, triggers } = JSON.parse(out) as {
    declareAgain: string
    triggers: readonly { code: string; fires: string }[]
  }
  // One person beyond the ceiling; who controls whom and the contract a permit does not say.
  expect(triggers.filter(({ fires }) => fires === 'yes').map(({ code: trigger }) => trigger)).toEqual(['T-scale'])
  expect(triggers.find(({ code: trigger }) => trigger === 'T-2b')?.fires).toBe('unknown')
  expect(declareAgain).toBe('yes')
  expect(code).toBe(1)
})

test('procedure lists the stages of the day, in Chinese too, with the latest dates of a declaration', async () => {
  const { out } = await tongguan(['procedure', '--on', '2024-03-21', '--from', '2026-08-10'], { lang: 'zh' })
  expect(out).toContain('P-11a')
  expect(out).not.toContain('P-11b')
  expect(out).toMatch(/安全评估 +2026-08-26 +2026-11-03/)
})

test.for([
  [['deadline', 'assessment', '--from', '2026-08-03'], DeadlineAnswerSchema],
  [['procedure', '--on', '2026-11-23', '--from', '2026-08-10'], ProcedureAnswerSchema],
  [['penalties', 'personal-information-export', '--on', '2026-11-23'], PenaltiesAnswerSchema],
] as const)('%j --json is what its printed schema says', async ([words, schema]) => {
  const { out } = await tongguan([...words, '--json'])
  expect(schema.safeParse(JSON.parse(out)).error).toBeUndefined()
})

test('determine says which route is open by which article, what is left out and that it may not be said yet', async () => {
  writeFileSync(join(folder, 'abroad.yaml'), handlerAbroad)
  const { out, code } = await tongguan(['determine', 'abroad.yaml', '--on', '2026-11-23'], { cwd: folder })
  expect(out).toContain('Measures on Certification of the Export of Personal Information, art. 7(2)')
  expect(out).toContain(
    'Personal Information Protection Law, art. 53; Network Data Security Management Regulations, art. 26',
  )
  expect(out).toContain('Whether it may go cannot be said yet')
  expect(out).toMatch(/left out .*: handler\.representative\.appointed, .*flows\.0\.conditions\.confirmedByAuthority/)
  expect(code).toBe(0)
})

test('classify grades each set, cites, and its JSON is what its printed schema says', async () => {
  writeFileSync(join(folder, 'sets.yaml'), classificationExample)
  const { out, code } = await tongguan(['classify', 'sets.yaml', '--on', '2026-11-23', '--json'], { cwd: folder })
  const answer = ClassificationAnswerSchema.parse(JSON.parse(out))
  expect([answer.sets[0]?.grade, answer.sets[0]?.sensitive.answer, code]).toEqual(['general', 'yes', 0])

  writeFileSync(join(folder, 'open.yaml'), classificationExample.replace('    namedCore: false\n', ''))
  const open = await tongguan(['classify', 'open.yaml', '--on', '2025-10-31'], { cwd: folder, lang: 'zh' })
  expect(open.out).toContain('事实不足，不能定级')
  expect(open.out).toContain('居民身份证号）；《信息安全技术 个人信息安全规范》附录B')
  expect(open.out).toContain('规则截至 ')
  expect(open.code).toBe(4)
})

test('the help of law names the commands of their own that answer from the law', async () => {
  const { out } = await tongguan(['law', '--help'])
  for (const name of ['deadline', 'procedure', 'penalties', 'extension', 'redeclaration', 'classify'])
    expect(out).toContain(`npx tongguan ${name} `)
})

test('a destination nobody knows is refused at its place, until the office has loaded its name', async () => {
  writeFileSync(join(folder, 'place.yaml'), handlerAbroad.replace('country: NL', 'country: Neatherlands'))
  const determined = ['determine', 'place.yaml', '--on', '2026-11-23', '--data', 'own']
  const refused = await tongguan(determined, { cwd: folder })
  expect(refused.err).toContain('place.yaml:6:44 flows.0.recipients.0.country: there is no country or region')
  expect(refused.err).toContain('nearest: Netherlands (NL)')
  expect(refused.code).toBe(2)

  const header = 'catalogue,scope,instrument,version,entry,item,from,to,source,certainty'
  const row = 'countries,country,own names,1,NL,Neatherlands,2022-09-01,,the office,secondary'
  writeFileSync(join(folder, 'names.csv'), `${header}\n${row}\n`)
  expect((await tongguan(['law', 'import-list', 'names.csv', '--data', 'own'], { cwd: folder })).code).toBe(0)
  expect((await tongguan(determined, { cwd: folder })).code).toBe(0)
})

test('a destination nobody knows is no reason to refuse a register of what was determined before', async () => {
  const past = handlerAbroad.replace('country: NL', 'country: Atlantis')
  mkdirSync(join(folder, 'register'))
  writeFileSync(join(folder, 'register', 'old.yaml'), past)
  const judged = await tongguan(['law', 'impact', './register', '--was', '2026-01-05', '--on', '2026-11-23'], {
    cwd: folder,
  })
  expect(judged.out).toContain('1 cases')
  expect(judged.code).toBe(0)
})

const handlerAbroad = `schema: tongguan/facts/1
handler: { ciio: false, publicBody: none, abroad: true, identification: { done: true }, ftz: none }
voluntaryDeclaration: false
flows:
  - id: shop
    recipients: [ { name: A shop, country: NL, restrictedList: false } ]
    manner: direct-collection
    legalBasis: consent
    importantData: none
    coreData: false
    stateSecrets: false
    controlledItems: false
    classifiedSurvey: false
    foreignAuthorityRequest: false
    humanGeneticResources: { provided: false }
    exemption: none
    industry: credit-reporting
    conditions: { necessary: true }
    since1January: { general: 1200, sensitive: 300, both: 0 }
`
