// Forty and more ways to break a good dossier, each caught under its own code; and every material of the Guide has a check.
import { completenessChecks, legalDate } from '@tongguan/law'
import type { Permit } from '@tongguan/law'
import { expect, test } from 'vitest'
import type { Answers, ScenarioAnswers } from './answers.ts'
import { check } from './check.ts'
import { compose } from './compose.ts'
import { checkContract } from './contract/check-contract.ts'
import { goodContract } from './contract/makers.ts'
import type { PaperText } from './paper-text.ts'
import { aCase, aDetermination, anEvidence, anItem, aScenario, someAnswers, someFacts } from './makers.ts'
import { materials } from './completeness.ts'
import type { Inputs } from './problems.ts'

const codes = (inputs: Inputs) => check(inputs).map(({ code }) => code)
const answers =
  (changes: Partial<Answers>) =>
  (good: Inputs): Inputs => ({ ...good, answers: { ...good.answers, ...changes } })
const scenario =
  (changes: Partial<ScenarioAnswers>) =>
  (good: Inputs): Inputs =>
    answers({ scenarios: good.answers.scenarios.map((one) => ({ ...one, ...changes })) })(good)
const contract =
  (change: (text: string) => string, marked = true) =>
  (good: Inputs): Inputs => ({ ...good, ...aContract(change(goodContract), marked) })
const permit =
  (change: (scenario: Permit['scenarios'][number]) => object) =>
  (good: Inputs): Inputs => {
    const scenarios = good.permit?.scenarios.map((one) => ({ ...one, ...change(one) })) ?? []
    return good.permit ? { ...good, permit: { ...good.permit, scenarios } } : good
  }
const matter = (change: Partial<Answers['assessment'][number]>) => (good: Inputs) =>
  answers({ assessment: good.answers.assessment.map((one) => (one.item === 2 ? { ...one, ...change } : one)) })(good)
const without = (kind: string) => (good: Inputs) =>
  answers({ documents: good.answers.documents.filter((one) => one.kind !== kind) })(good)

const withoutContract = (good: Inputs): Inputs => {
  const { contract: read, ...unread } = good
  if (read === undefined) fail()
  return unread
}

const goodApproval = `示例伦理委员会批件　编号：伦示〔2025〕1号
有效期：2025年1月1日至2028年12月31日
目的：联合统计　接收方：Example Centre
数据项：入组编号、性别、结果`
const approved =
  (was: string, is: string) =>
  (good: Inputs): Inputs => ({
    ...good,
    ethicsApproval: aPaper(goodApproval.replace(was, is), false),
  })

function fail(): never {
  throw new Error('the good case has all of it')
}

test('in the good dossier nothing is found', () => {
  expect(check(theGoodCase())).toEqual([])
})

test.for<[string, (good: Inputs) => Inputs, string]>([
  [
    'wrong check digit of the credit code',
    (g) => answers({ handler: { ...g.answers.handler, creditCode: '12110000EXAMP1E098' } })(g),
    'handler.credit-code',
  ],
  [
    'a credit code over a wrong organisation code',
    (g) => answers({ handler: { ...g.answers.handler, creditCode: '12110000EXAMP1E00B' } })(g),
    'handler.organisation-code',
  ],
  [
    'wrong check digit of an identity number',
    (g) => answers({ agent: { ...g.answers.agent, idNumber: '000000199003030030' } })(g),
    'person.id-number',
  ],
  ['half an e-mail', (g) => answers({ agent: { ...g.answers.agent, email: 'agent@' } })(g), 'person.email'],
  ['half a telephone number', (g) => answers({ agent: { ...g.answers.agent, phone: '010' } })(g), 'person.phone'],
  [
    'a handler of another name in the facts',
    (g) => ({ ...g, facts: { ...g.facts, handler: { ...g.facts.handler, name: '示例单位' } } }),
    'handler.name-differs',
  ],
  [
    'infrastructure that the facts deny',
    (g) => answers({ handler: { ...g.answers.handler, ciio: true } })(g),
    'handler.ciio-differs',
  ],
  [
    'fewer persons processed than exported',
    (g) => answers({ handler: { ...g.answers.handler, personsProcessed: 11_999 } })(g),
    'handler.persons-processed-too-few',
  ],
  [
    'a stale self-assessment',
    (g) =>
      answers({
        selfAssessment: { ...g.answers.selfAssessment, from: legalDate('2025-10-01'), to: legalDate('2025-12-01') },
      })(g),
    'self-assessment.too-old',
  ],
  [
    'a self-assessment not finished',
    (g) => answers({ selfAssessment: { ...g.answers.selfAssessment, to: legalDate('2026-03-03') } })(g),
    'self-assessment.not-finished',
  ],
  [
    'an authority that is over',
    (g) =>
      answers({
        agent: { ...g.answers.agent, authorisedFrom: legalDate('2026-01-01'), authorisedTo: legalDate('2026-03-01') },
      })(g),
    'agent.authority-over',
  ],
  [
    'an authority the wrong way round',
    (g) => answers({ agent: { ...g.answers.agent, authorisedTo: legalDate('2026-01-01') } })(g),
    'agent.authority-reversed',
  ],
  [
    'a compliance record of one year',
    (g) => answers({ compliance: { ...g.answers.compliance, from: legalDate('2025-03-02') } })(g),
    'compliance.too-short',
  ],
  [
    'a compliance record that runs past filing',
    (g) => answers({ compliance: { ...g.answers.compliance, to: legalDate('2026-03-03') } })(g),
    'compliance.after-filing',
  ],
  ['a scenario sentence of 101 characters', scenario({ summary: '研'.repeat(101) }), 'scenario.summary-too-long'],
  [
    'two scenarios of one id',
    (g) => answers({ scenarios: [...g.answers.scenarios, ...g.answers.scenarios] })(g),
    'scenario.twice',
  ],
  [
    'a recipient that differs by one character',
    (g) =>
      scenario({
        recipients: g.answers.scenarios[0]?.recipients.map((one) => ({ ...one, name: 'Example Center' })) ?? [],
      })(g),
    'recipient.not-in-facts',
  ],
  [
    'a swapped country',
    (g) =>
      scenario({ recipients: g.answers.scenarios[0]?.recipients.map((one) => ({ ...one, country: 'BE' })) ?? [] })(g),
    'recipient.country-name',
  ],
  ['a recipient left out', scenario({ recipients: [] }), 'recipient.none'],
  ['another manner', scenario({ manner: '跨境专线远程访问' }), 'scenario.manner-differs'],
  [
    'important data the facts deny',
    scenario({ importantData: { department: '示例部门', bytes: 1 } }),
    'important-data.differs',
  ],
  [
    'an extra item',
    (g) => scenario({ items: [...(g.answers.scenarios[0]?.items ?? []), anItem('身高', '患者登记.csv')] })(g),
    'item.not-in-data',
  ],
  [
    'an item twice',
    (g) => scenario({ items: [...(g.answers.scenarios[0]?.items ?? []), anItem('性别', '患者登记.csv')] })(g),
    'item.twice',
  ],
  [
    'an item without its necessity',
    scenario({
      items: [
        anItem('性别', '患者登记.csv', {
          necessity: { related: '', leastImpact: 'a', minimumScope: 'b', shortestPeriod: 'c' },
        }),
      ],
    }),
    'item.necessity-missing',
  ],
  [
    'an item kept longer than its scenario',
    scenario({
      items: [
        anItem('性别', '患者登记.csv', {
          necessity: { related: 'r', leastImpact: 'a', minimumScope: 'b', shortestPeriod: '至2030年1月1日' },
        }),
      ],
    }),
    'item.retention-differs',
  ],
  [
    'an item that was dropped',
    scenario({ items: [anItem('性别', '患者登记.csv', { decision: { action: 'drop', why: '不需要' } })] }),
    'item.dropped-but-declared',
  ],
  [
    'an item that China could process',
    scenario({ items: [anItem('性别', '患者登记.csv', { inChina: { possible: true, why: '可以' } })] }),
    'item.possible-in-china',
  ],
  [
    'an item nobody asked whether China could process it',
    (g) => {
      const { inChina: _, ...unasked } = anItem('性别', '患者登记.csv')
      return scenario({ items: [unasked] })(g)
    },
    'item.in-china-unanswered',
  ],
  [
    'a second column of an item without its necessity',
    scenario({
      items: [
        anItem('入组编号', '患者登记.csv'),
        anItem('入组编号', '检验结果.tsv', {
          necessity: { related: '', leastImpact: 'a', minimumScope: 'b', shortestPeriod: 'c' },
        }),
      ],
    }),
    'item.necessity-missing',
  ],
  [
    'one item decided in two ways',
    scenario({
      items: [
        anItem('入组编号', '患者登记.csv'),
        anItem('入组编号', '检验结果.tsv', { decision: { action: 'transform', why: '换号' } }),
      ],
    }),
    'item.decisions-differ',
  ],
  [
    'a name that nobody argued for',
    (g) => scenario({ items: [...(g.answers.scenarios[0]?.items ?? []), anItem('姓名', '患者登记.csv')] })(g),
    'item.identifies-directly',
  ],
  [
    'fewer persons in three years than in the data',
    scenario({ persons: { exportedThisYear: 0, nextThreeYears: 11_999, relation: '—' } }),
    'persons.three-years-too-few',
  ],
  [
    'another number exported so far',
    (g) => ({
      ...g,
      facts: someFacts({ since1January: { exported: { sensitive: 1 }, planned: { sensitive: 12_000 } } }),
    }),
    'persons.exported-differs',
  ],
  [
    'minors the facts deny',
    (g) => ({ ...g, evidence: anEvidence({ persons: { ...anEvidence().persons, minors: 1 } }) }),
    'persons.minors',
  ],
  [
    'a scan that did not finish',
    (g) => ({ ...g, evidence: anEvidence({ scanned: { ...anEvidence().scanned, complete: false } }) }),
    'evidence.incomplete',
  ],
  [
    'a scan of half a year ago',
    (g) => ({ ...g, evidence: anEvidence({ rules: { ...anEvidence().rules, on: '2025-09-01' } }) }),
    'evidence.old',
  ],
  [
    'no separate consent',
    (g) => answers({ safeguards: { ...g.answers.safeguards, separateConsent: null } })(g),
    'consent.no-proof',
  ],
  ['a path that is no assessment', (g) => ({ ...g, determination: aDetermination({ path: 'exempt' }) }), 'path.other'],
  [
    'a matter of art. 5 unanswered',
    (g) => answers({ assessment: g.answers.assessment.slice(1) })(g),
    'assessment.missing',
  ],
  [
    'a matter of art. 8 unanswered',
    (g) => answers({ reviewerMatters: g.answers.reviewerMatters?.slice(1) ?? [] })(g),
    'assessment.reviewer-matter-missing',
  ],
  [
    'a risk that rises',
    matter({ risk: { before: { likelihood: 2, severity: 2 }, after: { likelihood: 3, severity: 2 } } }),
    'assessment.risk-rises',
  ],
  [
    'a risk that stays grave',
    matter({ risk: { before: { likelihood: 5, severity: 5 }, after: { likelihood: 4, severity: 5 } } }),
    'assessment.risk-remains',
  ],
  ['a risk that falls by nothing', matter({ measures: [] }), 'assessment.risk-without-measures'],
  [
    'a clause of art. 9 not reported',
    (g) =>
      answers({ legalDocument: { ...g.answers.legalDocument, clauses: g.answers.legalDocument.clauses.slice(1) } })(g),
    'clause.missing',
  ],
  [
    'a party missing among the parties',
    (g) => answers({ legalDocument: { ...g.answers.legalDocument, parties: ['示例单位（模拟）'] } })(g),
    'legal-document.party-missing',
  ],
  [
    'a contract without limits on onward transfer',
    contract((text) => text.replace(/^第三条.*$/m, '第三条　无。')),
    'contract.point-missing',
  ],
  [
    'a contract that promises efforts',
    contract((text) => text.replace('境外接收方应当删除', '境外接收方应当尽合理努力删除')),
    'contract.point-weaker',
  ],
  ['a legal document nobody named to be read', withoutContract, 'contract.not-read'],
  ['a contract that is not marked', contract((text) => text, false), 'contract.not-marked'],
  [
    'a contract with another recipient',
    contract((text) => text.replaceAll('Example Centre', 'Example Center')),
    'contract.party-missing',
  ],
  [
    'a contract for another business',
    contract((text) => text.replaceAll('研究协作', '商业分析')),
    'contract.business-not-named',
  ],
  [
    'a contract with another period',
    contract((text) => text.replaceAll('2028年12月31日', '2029年12月31日')),
    'contract.retention-differs',
  ],
  [
    'a contract that names no period of years where the form does',
    scenario({ retention: '自接收之日起保存五年' }),
    'contract.retention-differs',
  ],
  [
    'a contract with another credit code',
    contract((text) => text.replace('（模拟）　乙方', '（模拟，91310000EXAMP1E41T）　乙方')),
    'contract.credit-code-differs',
  ],
  [
    'a contract that names another country',
    contract((text) => text.replace('荷兰阿姆斯特丹', '新加坡')),
    'contract.country-not-named',
  ],
  [
    'a contract about more persons',
    contract((text) => text.replace('范围内的数据', '范围内的1.5万人的数据')),
    'contract.persons-differ',
  ],
  [
    'another purpose than the contract',
    contract((text) => text.replace('为联合统计的目的', '为商业营销的目的')),
    'contract.purpose-differs',
  ],
  [
    'an item the contract does not list',
    contract((text) => text.replace('性别、结果。', '结果。')),
    'contract.items-missing',
  ],
  [
    'a contract whose annex was not handed in',
    contract((text) => text.replace(/附件一　.*/, '')),
    'contract.items-not-listed',
  ],
  [
    'a contract that lists an item which stays in China',
    contract((text) => text.replace('性别、结果', '性别、姓名、结果')),
    'contract.items-beyond',
  ],
  [
    'a contract in which Chinese does not prevail',
    contract((text) => text.replace('，以中文文本为准', '')),
    'contract.chinese-does-not-prevail',
  ],
  [
    'a clause reported that is not in the contract',
    (g) =>
      answers({
        legalDocument: {
          ...g.answers.legalDocument,
          clauses: g.answers.legalDocument.clauses.map((one) => ({ ...one, text: '另一段话' })),
        },
      })(g),
    'contract.clause-not-quoted',
  ],
  [
    'a contract under foreign law',
    contract((text) => text.replace('适用中华人民共和国法律', '适用荷兰法律')),
    'contract.standard-conflict',
  ],
  ['an item beyond the permit', permit(({ items }) => ({ items: items.slice(1) })), 'permit.item-new'],
  [
    'more persons than the permit',
    permit(() => ({ ceiling: { general: 0, sensitive: 11_999 } })),
    'permit.persons-beyond',
  ],
  ['another purpose than the permit', permit(() => ({ purpose: '别的目的' })), 'permit.field-differs'],
  [
    'a permit of another handler',
    (g) => (g.permit ? { ...g, permit: { ...g.permit, handler: { name: '别的单位', creditCode: 'x' } } } : g),
    'permit.handler-differs',
  ],
  ['a second round without the first', (g) => ({ ...g, round: 2 }), 'round.no-previous'],
  [
    'a third round after the first',
    (g) => ({ ...g, round: 3, previous: { round: 1, answers: g.answers } }),
    'round.not-next',
  ],
  [
    'a defect without an answer',
    (g) => ({
      ...g,
      round: 2,
      previous: { round: 1, answers: g.answers },
      defects: [{ defect: '补充', fields: [], how: '' }],
    }),
    'round.defect-unanswered',
  ],
  [
    'an ethics approval that is over',
    (g) => (g.answers.ethics ? answers({ ethics: { ...g.answers.ethics, to: legalDate('2026-03-01') } })(g) : g),
    'ethics.over',
  ],
  [
    'an item the ethics committee did not see',
    (g) => (g.answers.ethics ? answers({ ethics: { ...g.answers.ethics, items: ['性别'] } })(g) : g),
    'ethics.item-not-covered',
  ],
  [
    'a recipient the ethics committee did not see',
    (g) => (g.answers.ethics ? answers({ ethics: { ...g.answers.ethics, recipients: ['x'] } })(g) : g),
    'ethics.recipient-not-covered',
  ],
  ['an approval of another number', approved('伦示〔2025〕1号', '伦示〔2025〕9号'), 'ethics.file-differs'],
  ['an approval for another recipient', approved('Example Centre', 'Example Center'), 'ethics.file-differs'],
  ['an approval for another purpose', approved('联合统计', '药物营销'), 'ethics.file-differs'],
  [
    'an approval that is over by what it says itself',
    approved('2028年12月31日', '2026年1月1日'),
    'ethics.file-differs',
  ],
  ['an approval without one of the items', approved('、结果', ''), 'ethics.items-not-in-file'],
  ['an approval that is a scan nobody compared', (g) => ({ ...g, ethicsApproval: 'picture' }), 'ethics.not-readable'],
  [
    'an approval that is not handed in',
    (g) => answers({ documents: g.answers.documents.filter(({ kind }) => kind !== 'other-proof') })(g),
    'ethics.not-handed-in',
  ],
  [
    'a real declaration without the approval itself',
    (g) => {
      const { file: _, ...ethics } = g.answers.ethics ?? fail()
      return answers({ simulated: false, ethics })(g)
    },
    'ethics.no-file',
  ],
  [
    'an unsealed page',
    (g) => ({
      ...g,
      scans: [
        {
          kind: 'power-of-attorney',
          file: 'poa.png',
          pages: 1,
          page: 'seen',
          seal: 'not-seen',
          date: 'seen',
          signature: 'seen',
        },
      ],
    }),
    'scan-page.no-seal',
  ],
  [
    'a blank page',
    (g) => ({
      ...g,
      scans: [
        {
          kind: 'power-of-attorney',
          file: 'poa.png',
          pages: 1,
          page: 'not-seen',
          seal: 'seen',
          date: 'seen',
          signature: 'seen',
        },
      ],
    }),
    'scan-page.blank',
  ],
  [
    'a page without a date',
    (g) => ({
      ...g,
      scans: [
        {
          kind: 'power-of-attorney',
          file: 'poa.pdf',
          pages: 1,
          page: 'seen',
          seal: 'seen',
          date: 'not-seen',
          signature: 'seen',
        },
      ],
    }),
    'scan-page.no-date',
  ],
  [
    'a page nobody signed',
    (g) => ({
      ...g,
      scans: [
        {
          kind: 'power-of-attorney',
          file: 'poa.pdf',
          pages: 1,
          page: 'seen',
          seal: 'seen',
          date: 'seen',
          signature: 'not-seen',
        },
      ],
    }),
    'scan-page.no-signature',
  ],
  [
    'a seal that may be on a page nobody looked at',
    (g) => ({
      ...g,
      scans: [
        {
          kind: 'credit-code-certificate',
          file: 'code.pdf',
          pages: 51,
          page: 'seen',
          seal: 'not-looked-at',
          date: 'seen',
          signature: 'not-seen',
        },
      ],
    }),
    'scan-page.not-all-looked-at',
  ],
  ['a file that is not there', (g) => ({ ...g, files: g.files?.slice(1) ?? [] }), 'document.file-missing'],
  [
    'an empty file',
    (g) => ({ ...g, files: g.files?.map((one, index) => (index === 0 ? { ...one, bytes: 0 } : one)) ?? [] }),
    'document.empty',
  ],
  [
    'a text file that is called a PDF',
    (g) => ({ ...g, notAsNamed: ['attachments/agent-id.pdf'] }),
    'document.not-as-named',
  ],
  [
    'one file for two materials',
    (g) => ({ ...g, files: g.files?.map((one) => ({ ...one, sha256: 'a' })) ?? [] }),
    'document.same-bytes',
  ],
  [
    'a stand-in in a real declaration',
    (g) => answers({ simulated: false, documents: [{ kind: 'agent-id', standIn: true }] })(g),
    'document.stand-in',
  ],
  [
    'a source for a field that is none',
    (g) => ({ ...g, provenance: { 'handler.nmae': { kind: 'typed' } } }),
    'provenance.no-such-field',
  ],
  [
    'an extension over a result not yet near its end',
    extension({ lastDay: legalDate('2028-01-01') }),
    'extension.outside-window',
  ],
  [
    'an extension of a result that ends on another day',
    extension({ lastDay: legalDate('2026-03-11') }),
    'extension.last-day-differs',
  ],
  [
    'a lawyer who confirms after filing',
    answers({ destinationsConfirmed: [{ country: 'NL', lawyer: '律某', on: legalDate('2026-03-03') }] }),
    'destination.confirmed-after-filing',
  ],
  ['growth beyond 20 %', extension({}, 20.1), 'extension.growth'],
  ['an extension after an incident', extension({ majorIncidents: '泄露一起' }), 'extension.incident'],
  [
    'an extension of a document that does not meet art. 9',
    extension({ legalDocumentMeetsArticle9: false }),
    'extension.article-9',
  ],
])('%s is caught', ([, mutate, code]) => {
  expect(codes(mutate(theGoodCase()))).toContain(code)
})

test.for([
  ['五年', '保存期限至2028年12月31日', '保存期限为5年'],
  ['六个月', '保存期限至2028年12月31日', '保存期限为 6 months'],
  ['5 years', '保存期限至2028年12月31日', '保存期限为五年'],
] as const)('a period of %s is the same however it is written', ([retention, was, is]) => {
  const good = scenario({ retention: `自接收之日起保存${retention}` })(
    contract((text) => text.replace(was, is))(theGoodCase()),
  )
  expect(codes(good)).not.toContain('contract.retention-differs')
})

test('persons and credit code that the contract and the form name alike are not asked about', () => {
  const alike = contract((text) =>
    text.replace('本协议自', '甲方统一社会信用代码12110000EXAMP1E097；涉及12,000名患者（1.2万人）。本协议自'),
  )(theGoodCase())
  expect(codes(alike)).toEqual([])
})

test('20 % growth itself is allowed', () => {
  expect(codes(extension({}, 20)(theGoodCase()))).toEqual([])
})

test.for([
  'credit-code-certificate',
  'legal-representative-id',
  'agent-id',
  'power-of-attorney',
  'legal-document',
] as const)('without the %s the list says so', (kind) => {
  expect(codes(without(kind)(withFilesOf(without(kind)(theGoodCase()))))).toContain(`document.${kind}`)
})

test('every material of the Guide has a check of its own', () => {
  const checks = new Set(completenessChecks.map(({ code }) => code))
  expect(materials).toHaveLength(8)
  for (const { kind } of materials) expect(checks).toContain(`document.${kind}`)
})

test('the table of data items has one row a column, each with its own argument', () => {
  const sheet = compose(theGoodCase()).papers.find(({ kind }) => kind === 'data-items')?.sheet
  const rows = sheet?.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])) ?? []
  expect(rows).toHaveLength(4)
  const text = JSON.stringify(rows)
  expect(text).toContain('入组编号（患者登记.csv）')
  expect(text).toContain('入组编号（检验结果.tsv）')
  expect(text).toContain('scenarios.0.items.2.necessity.related')
})

test('form, report and list name the same items, persons and recipients', () => {
  const dossier = compose(theGoodCase())
  const said = (kind: string) => JSON.stringify(dossier.papers.find((paper) => paper.kind === kind)?.sheet.blocks)
  for (const text of ['Example Centre', '12000人', '12110000EXAMP1E097', '跨境专线传输']) {
    expect(said('declaration-form')).toContain(text)
    expect(said('self-assessment-report')).toContain(text)
  }
})

function theGoodCase(): Inputs {
  const documents = (
    [
      'credit-code-certificate',
      'legal-representative-id',
      'agent-id',
      'power-of-attorney',
      'legal-document',
      'other-proof',
    ] as const
  ).map((kind) => ({ kind, file: `attachments/${kind}.pdf` }))
  const lines = goodContract.split('\n')
  const good = someAnswers({
    documents,
    scenarios: [aScenario()],
    ethics: {
      committee: '示例伦理委员会',
      approvalNo: '伦示〔2025〕1号',
      from: legalDate('2025-01-01'),
      to: legalDate('2028-12-31'),
      purpose: aScenario().purpose,
      recipients: ['Example Centre'],
      items: ['入组编号', '性别', '结果'],
      file: 'attachments/other-proof.pdf',
    },
    legalDocument: {
      ...someAnswers().legalDocument,
      clauses: ([1, 2, 3, 4, 5, 6] as const).map((item) => ({
        id: `K-${item}` as const,
        where: `第${item}条`,
        text: lines[item + 2] ?? '',
      })),
    },
  })
  const inputs = {
    ...aCase({ answers: good }),
    ...aContract(goodContract, true),
    ethicsApproval: aPaper(goodApproval, false),
    provenance: { 'handler.name': { kind: 'typed' } } as const,
  }
  return withFilesOf({ ...inputs, permit: aPermit(), round: 1 })
}

function withFilesOf(inputs: Inputs): Inputs {
  const files = inputs.answers.documents.flatMap(({ kind, file }, index) =>
    file === undefined ? [] : [{ kind, file, sha256: `${index}`, bytes: 9 }],
  )
  return { ...inputs, files }
}

function aContract(text: string, marked: boolean): Pick<Inputs, 'contract'> {
  const read = aPaper(text, marked)
  return { contract: { text: read, check: checkContract(read) } }
}

function aPaper(text: string, marked: boolean): PaperText {
  const lines = text.split('\n')
  return {
    format: 'docx',
    pages: 1,
    paragraphs: lines.map((line, index) => ({ number: index + 1, page: 1, text: line, marked })),
  }
}

function aPermit(): Permit {
  const { declaration } = compose(aCase())
  return {
    schema: 'tongguan/permit/1',
    id: 'p-1',
    kind: 'simulated',
    caseNo: 'c-1',
    resultNo: 'r-1',
    handler: { name: declaration.handler.name, creditCode: declaration.handler.creditCode },
    scenarios: declaration.scenarios.map(({ persons, ...one }) => ({ ...one, ceiling: persons, conditions: [] })),
    firstDay: legalDate('2023-03-10'),
    lastDay: legalDate('2026-03-10'),
    keyId: 'k',
    suite: 'EdDSA',
    countingMethod: declaration.countingMethod,
  }
}

function extension(changes: Partial<NonNullable<Answers['extension']>>, growth = 5) {
  return answers({
    extension: {
      acceptanceNo: '受理1号',
      lastDay: legalDate('2026-03-10'),
      legalDocumentMeetsArticle9: true,
      scenarios: [
        {
          id: 'research',
          purposeAndScopeUnchanged: true,
          partiesUnchanged: true,
          personsGrowthPercent: growth,
          importantDataGrowthPercent: null,
          linkAndStorageUnchanged: true,
          recipientUseUnchanged: true,
        },
      ],
      changes: '无',
      safeguards: '同前',
      recipientPerformance: '良好',
      noticeKept: '已落实',
      majorIncidents: null,
      ...changes,
    },
  })
}
