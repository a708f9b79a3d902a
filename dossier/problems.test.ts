import { legalDate } from '@tongguan/law'
import { describe, expect, test } from 'vitest'
import {
  aCase,
  aColumn,
  aDetermination,
  aFile,
  anEvidence,
  anItem,
  aScenario,
  someAnswers,
  someFacts,
} from './makers.ts'
import { findProblems } from './problems.ts'
import type { ProblemCode } from './problem.ts'
import type { Inputs } from './problems.ts'

const codes = (inputs: Inputs): readonly ProblemCode[] => findProblems(inputs).map(({ code }) => code)
const withScenario = (changes: Parameters<typeof aScenario>[0]) =>
  aCase({ answers: someAnswers({ scenarios: [aScenario(changes)] }) })
const withHandler = (changes: Partial<ReturnType<typeof someAnswers>['handler']>) =>
  aCase({ answers: someAnswers({ handler: { ...someAnswers().handler, ...changes } }) })

test('a case in which everything fits has no problem', () => {
  expect(findProblems(aCase())).toEqual([])
})

test.for([
  [100, []],
  [101, ['scenario.summary-too-long']],
] as const)('a summary of %i characters → %j', ([length, expected]) => {
  expect(codes(withScenario({ summary: '研'.repeat(length) }))).toEqual(expected)
})

test.for([
  ['2025-12-01', ['self-assessment.too-old']],
  ['2025-12-02', []],
  ['2026-03-02', []],
  ['2026-03-03', ['self-assessment.not-finished']],
] as const)('a self-assessment finished on %s and filed on 2026-03-02 → %j', ([to, expected]) => {
  const { selfAssessment } = someAnswers()
  const dates = { from: legalDate('2025-11-01'), to: legalDate(to) }
  expect(codes(aCase({ answers: someAnswers({ selfAssessment: { ...selfAssessment, ...dates } }) }))).toEqual(expected)
})

test('a self-assessment cannot start after its end', () => {
  const { selfAssessment } = someAnswers()
  const answers = someAnswers({ selfAssessment: { ...selfAssessment, from: legalDate('2026-02-14') } })
  expect(codes(aCase({ answers }))).toEqual(['self-assessment.reversed'])
})

test.for([
  [11_999, ['handler.persons-processed-too-few']],
  [12_000, []],
] as const)('a handler of %i persons who exports 12,000 → %j', ([personsProcessed, expected]) => {
  expect(codes(withHandler({ personsProcessed }))).toEqual(expected)
})

test.for([
  [12_000, []],
  [11_999, ['handler.persons-processed-differs']],
  [12_001, ['handler.persons-processed-differs']],
  [{ lower: 11_000, point: 11_500, upper: 12_000 }, []],
  [{ lower: 12_001, point: 12_001, upper: 13_000 }, ['handler.persons-processed-differs']],
] as const)('facts that state %j persons processed, answers 12,000 → %j', ([personsProcessed, expected]) => {
  const facts = { ...someFacts(), handler: { personsProcessed } }
  expect(codes(aCase({ facts }))).toEqual(expected)
})

test.for([
  [11_999, ['persons.three-years-too-few']],
  [12_000, []],
] as const)('%i persons in three years for 12,000 in the data → %j', ([nextThreeYears, expected]) => {
  expect(codes(withScenario({ persons: { exportedThisYear: 0, nextThreeYears, relation: '—' } }))).toEqual(expected)
})

test.for([
  [{ sensitive: 11_999 }, ['persons.facts-too-few']],
  [{ sensitive: 12_000 }, []],
  [{ sensitive: { lower: 1, point: 2, upper: 12_000 } }, []],
  [{ exported: { sensitive: 2_000 }, planned: { sensitive: 9_999 } }, ['persons.facts-too-few']],
  [{ exported: { sensitive: 2_000 }, planned: { sensitive: 10_000 } }, []],
] as const)('facts that state %j for 12,000 in the data → %j', ([since1January, expected]) => {
  const exportedThisYear = 'exported' in since1January ? since1January.exported.sensitive : 0
  const persons = { ...aScenario().persons, exportedThisYear }
  const answers = someAnswers({ scenarios: [aScenario({ persons })] })
  expect(codes(aCase({ answers, facts: someFacts({ since1January }) }))).toEqual(expected)
})

test.for([
  ['2026-03-03', '2026-12-31', ['agent.authority-over']],
  ['2026-01-01', '2026-03-01', ['agent.authority-over']],
  ['2026-03-02', '2026-03-02', []],
] as const)('an authority from %s to %s on 2026-03-02 → %j', ([from, to, expected]) => {
  const agent = { ...someAnswers().agent, authorisedFrom: legalDate(from), authorisedTo: legalDate(to) }
  expect(codes(aCase({ answers: someAnswers({ agent }) }))).toEqual(expected)
})

test.for([
  ['2024-03-02', []],
  ['2024-03-03', ['compliance.too-short']],
] as const)('a compliance record from %s for a filing on 2026-03-02 → %j', ([from, expected]) => {
  const compliance = { ...someAnswers().compliance, from: legalDate(from) }
  expect(codes(aCase({ answers: someAnswers({ compliance }) }))).toEqual(expected)
})

describe('items', () => {
  test('an item that is not in the data is named', () => {
    const items = [anItem('结果', '检验结果.tsv'), anItem('血型', '患者登记.csv')]
    const [found] = findProblems(withScenario({ items })).filter(({ code }) => code === 'item.not-in-data')
    expect(found).toMatchObject({ severity: 'error', where: 'scenarios.0.items' })
    expect(found?.words.zh).toContain('血型')
    expect(found?.words.en).toContain('患者登记.csv')
  })

  test('the right column of the wrong table is not in the data either', () => {
    expect(codes(withScenario({ items: [anItem('结果', '患者登记.csv')] }))).toContain('item.not-in-data')
  })

  test('an item listed twice is a warning', () => {
    const items = [anItem('性别', '患者登记.csv'), anItem('性别', '患者登记.csv')]
    expect(codes(withScenario({ items }))).toEqual(['item.twice'])
  })

  test('each of the four factors of necessity must be there', () => {
    const necessity = { related: '相关', leastImpact: '小', minimumScope: ' ', shortestPeriod: '短' }
    expect(codes(withScenario({ items: [anItem('性别', '患者登记.csv', { necessity })] }))).toEqual([
      'item.necessity-missing',
    ])
  })

  test('an item that identifies a person by itself is asked about', () => {
    expect(codes(withScenario({ items: [anItem('姓名', '患者登记.csv')] }))).toEqual(['item.identifies-directly'])
  })

  test('a personal column kept in one table and exported from another is a warning', () => {
    const files = [
      aFile('一.csv', [aColumn('性别', 'sex', 'personal')]),
      aFile('二.csv', [aColumn('性别', 'sex', 'personal')]),
    ]
    const answers = someAnswers({ scenarios: [aScenario({ items: [anItem('性别', '一.csv')] })] })
    expect(codes(aCase({ answers, evidence: anEvidence({ files }) }))).toEqual(['item.same-name-kept'])
  })

  test('a scenario without items exports nothing', () => {
    expect(codes(withScenario({ items: [] }))).toEqual(['scenario.no-items'])
  })
})

describe('answers and facts', () => {
  test.for([
    [{ recipients: [{ name: 'Example Centre', country: 'BE' }] }, ['recipient.not-in-facts', 'recipient.not-answered']],
    [{ recipients: [] }, ['recipient.not-in-facts']],
    [{ manner: 'remote-access' }, ['scenario.manner-differs']],
    [{ importantData: 'notified' }, ['important-data.differs']],
    [{ importantData: 'meets-definition' }, []],
    [{ id: 'another' }, ['scenario.not-in-facts', 'scenario.not-answered']],
    [{ id: 'another', exemption: 'overseas-origin' }, ['scenario.not-in-facts']],
  ] as const)('%j → %j', ([changes, expected]) => {
    expect(codes(aCase({ facts: someFacts(changes) }))).toEqual(expected)
  })

  test('a fact left out is no contradiction', () => {
    const facts = { schema: 'tongguan/facts/1', flows: [{ id: 'research' }] } as const
    expect(codes(aCase({ facts }))).toEqual([])
  })

  test('the name and the critical information infrastructure of the handler agree', () => {
    expect(codes(withHandler({ name: '别的单位', ciio: true }))).toEqual([
      'handler.name-differs',
      'handler.ciio-differs',
      'legal-document.party-missing',
    ])
  })

  test('minors in the data contradict facts that deny them', () => {
    const evidence = anEvidence({ persons: { ...anEvidence().persons, minors: 1 } })
    expect(codes(aCase({ evidence }))).toEqual(['persons.minors'])
    expect(codes(aCase({ evidence, facts: someFacts({ minorsUnder14: true }) }))).toEqual([])
  })

  test('consent as the legal basis wants separate consent (PIPL art. 39)', () => {
    const safeguards = { ...someAnswers().safeguards, separateConsent: null }
    expect(codes(aCase({ answers: someAnswers({ safeguards }) }))).toEqual(['consent.no-proof'])
    expect(
      codes(aCase({ answers: someAnswers({ safeguards }), facts: someFacts({ legalBasis: 'contract' }) })),
    ).toEqual([])
  })
})

test('a wrong check character of the credit code is found', () => {
  expect(codes(withHandler({ creditCode: '12110000EXAMP1E098' }))).toEqual(['handler.credit-code'])
})

test('a wrong identity number is found and never printed', () => {
  const agent = { ...someAnswers().agent, idNumber: '000000199003030038' }
  const problems = findProblems(aCase({ answers: someAnswers({ agent }) }))
  expect(problems.map(({ code }) => code)).toEqual(['person.id-number'])
  expect(JSON.stringify(problems)).not.toContain('000000199003030038')
})

test.for([1, 2, 3, 4, 5, 6] as const)('the clause of Order 11 art. 9 item %i may not be missing', (item) => {
  const { legalDocument } = someAnswers()
  const clauses = legalDocument.clauses.filter(({ id }) => id !== `K-${item}`)
  expect(codes(aCase({ answers: someAnswers({ legalDocument: { ...legalDocument, clauses } }) }))).toEqual([
    'clause.missing',
  ])
})

test.for([1, 2, 3, 4, 5, 6] as const)('the answer to Order 11 art. 5 item %i may not be missing', (item) => {
  const assessment = someAnswers().assessment.filter((answer) => answer.item !== item)
  expect(codes(aCase({ answers: someAnswers({ assessment }) }))).toEqual(['assessment.missing'])
})

test('the Chinese version prevails', () => {
  const legalDocument = { ...someAnswers().legalDocument, chinesePrevails: false }
  expect(codes(aCase({ answers: someAnswers({ legalDocument }) }))).toEqual(['legal-document.chinese-does-not-prevail'])
})

test('stand-ins are for simulations only', () => {
  const documents = [{ kind: 'agent-id', standIn: true }] as const
  expect(codes(aCase({ answers: someAnswers({ documents, simulated: false }) }))).toEqual(['document.stand-in'])
  expect(codes(aCase({ answers: someAnswers({ documents, simulated: true }) }))).toEqual([])
})

test.for([
  ['unknown', {}, 'path.unknown', 'error'],
  ['exempt', {}, 'path.other', 'error'],
  ['contract-or-certification', {}, 'path.standard-contract', 'warning'],
  ['contract-or-certification', { voluntaryDeclaration: true }, 'path.other', 'warning'],
  ['prohibited', { voluntaryDeclaration: true }, 'path.other', 'error'],
] as const)('the path %s with %j → %s, %s', ([path, facts, code, severity]) => {
  const inputs = aCase({ determination: aDetermination({ path }), facts: { ...someFacts(), ...facts } })
  expect(findProblems(inputs)).toMatchObject([{ code, severity }])
})

test('an export answered not to be necessary is not lawful', () => {
  const determination = aDetermination({ notLawfulAsDescribed: true })
  expect(codes(aCase({ determination }))).toEqual(['path.not-necessary'])
})

test('a path of another day is a warning', () => {
  expect(codes(aCase({ determination: aDetermination({ on: legalDate('2026-03-01') }) }))).toEqual(['path.another-day'])
})

test('a scan that did not finish and a file that could not be read are problems', () => {
  const { scanned, files } = anEvidence()
  const broken = aFile('坏.bin', [], { error: { code: 'scan.binary-file', message: 'binary' } })
  const evidence = anEvidence({ scanned: { ...scanned, complete: false }, files: [...files, broken] })
  expect(codes(aCase({ evidence }))).toEqual(['evidence.incomplete', 'evidence.file-unread'])
})
