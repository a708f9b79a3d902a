// What the law leaves open is said with the answer it touches; what the facts say against each other is said too.
import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { determine } from './determine.ts'
import type { ExportFacts, FlowFacts, HandlerFacts } from './facts.ts'
import type { openPointWords } from './open-points.ts'

const today = legalDate('2026-11-23')
const inZone = { ftz: { zone: 'beijing', list: 'L', version: '2025', entry: '1', checkedBy: 'an officer' } }
const offList = { exemption: 'ftz-off-list', conditions: { onNegativeList: false, listInForce: true } }

function facts(flow: Partial<FlowFacts>, handler: HandlerFacts = {}, more: Partial<ExportFacts> = {}): ExportFacts {
  return {
    schema: 'tongguan/facts/1',
    handler: { ciio: false, publicBody: 'none', personsProcessed: 5_000, ftz: 'none', ...handler },
    voluntaryDeclaration: false,
    flows: [
      {
        id: 'one',
        recipients: [{ restrictedList: false }],
        leavesChina: true,
        containsPersonalInformation: true,
        importantData: 'none',
        coreData: false,
        stateSecrets: false,
        foreignAuthorityRequest: false,
        exemption: 'none',
        since1January: { general: 10, sensitive: 0, both: 0 },
        since1JanuaryLastYear: { general: 10, sensitive: 0 },
        ...flow,
      },
    ],
    ...more,
  }
}

const touched: Readonly<Record<keyof typeof openPointWords, readonly [ExportFacts, string]>> = {
  'persons-with-both': [facts({ since1January: { general: 99_999, sensitive: 1 } }, {}), '2026-11-23'],
  'persons-processed-lapsed': [facts({}, { personsProcessed: 1_000_000 }), '2026-11-23'],
  'statutory-duty': [facts({ exemption: 'statutory-duty' }), '2026-11-23'],
  treaty: [facts({ exemption: 'treaty' }), '2026-11-23'],
  'zone-list-and-important-data': [facts({ ...offList, importantData: 'notified' }, inZone), '2026-11-23'],
  'exactly-on-the-line': [facts({ since1January: { general: 1_000_000, sensitive: 0 } }), '2026-11-23'],
  'assessment-beside-contract': [
    {
      ...facts({}),
      flows: [...facts({ importantData: 'notified' }).flows, ...facts({ id: 'two' }).flows],
    },
    '2026-11-23',
  ],
  'automobile-persons': [
    facts({ industry: 'automobile', since1January: { general: 100_001, sensitive: 0 } }),
    '2026-11-23',
  ],
  'state-organ-and-exemptions': [facts({}, { publicBody: 'state-organ' }), '2026-11-23'],
  'gba-without-number': [
    facts({ gba: { handlerCity: '深圳', recipientPlace: 'HK' }, since1January: { general: 0, sensitive: 10_000 } }),
    '2026-11-23',
  ],
  'finance-scenarios': [facts({ industry: 'finance' }), '2025-04-17'],
  'finance-scenario-basis': [facts({ industry: 'finance', exemption: 'finance-scenario' }), '2025-04-17'],
  'automobile-reported-instead': [
    facts({ industry: 'automobile', importantData: 'notified', exemption: 'automobile-reported-instead' }),
    '2026-02-03',
  ],
  'handler-abroad': [facts({ manner: 'direct-collection' }, { abroad: true }), '2026-11-23'],
  'credit-bureau': [facts({ industry: 'credit-reporting' }), '2026-11-23'],
  'health-storage': [facts({ industry: 'health' }), '2026-11-23'],
  'automobile-list': [facts({ industry: 'automobile' }), '2026-02-03'],
  'voluntary-before-the-answer': [
    facts({ since1January: { general: 100_000, sensitive: 0 } }, {}, { voluntaryDeclaration: true }),
    '2025-12-31',
  ],
  'numbers-split-below-exemption': [
    facts({ since1January: { general: 1, sensitive: 0 } }, {}, { numbersSplit: true }),
    '2026-11-23',
  ],
}

const [strictly, strictDay] = touched['persons-with-both']

test.for(Object.entries(touched).filter(([id]) => id !== 'persons-with-both'))(
  '%s is said where it is touched, and not elsewhere',
  ([id, [handler, day]]) => {
    const points = (of: ExportFacts, on: string) => determine(of, legalDate(on)).openPoints.map((point) => point.id)
    expect(points(handler, day)).toContain(id)
    expect(points(facts({}), day)).not.toContain(id)
  },
)

test('persons with both kinds of items are an open point only where they change the path', () => {
  const both = {
    ...strictly,
    flows: strictly.flows.map((flow) => ({ ...flow, since1January: { general: 995_000, sensitive: 6_000 } })),
  }
  expect(determine(both, legalDate(strictDay)).openPoints.map(({ id }) => id)).toEqual(['persons-with-both'])
  expect(determine(strictly, legalDate(strictDay)).openPoints).toEqual([])
})

test.for([
  [facts({ ...offList, importantData: 'notified' }, inZone), 'assessment', 'important data wins'],
  [facts({ ...offList }), 'exempt', 'the handler is in no zone'],
  [
    facts({ containsPersonalInformation: false, since1January: { general: 200_000, sensitive: 0 } }),
    'contract-or-certification',
    'treated as personal information',
  ],
  [
    facts({ exemption: 'no-personal-information', since1January: { general: 200_000, sensitive: 0 } }),
    'contract-or-certification',
    'it does not hold',
  ],
  [facts({ leavesChina: false, manner: 'remote-access', accessPlace: 'SG' }), 'exempt', 'that is an export'],
  [facts({ leavesChina: false, manner: 'reading', accessPlace: 'SG' }), 'exempt', 'that is an export'],
  [facts({ leavesChina: false, accessPlace: 'SG' }), 'exempt', 'that is an export'],
  [facts({ minorsUnder14: true }), 'contract-or-certification', 'none sensitive cannot stand'],
  [
    facts({ since1January: { general: 99_000, sensitive: 0, both: 5_000 } }),
    'exempt',
    'both (5000) is above sensitive (0)',
  ],
  [facts({ recipients: [{ country: 'XX', restrictedList: false }] }), 'exempt', '(XX) is not known'],
  [facts({ recipients: [{ country: '中国', restrictedList: false }] }), 'exempt', 'in mainland China'],
  [facts({ ...offList }, { ftz: { ...inZone.ftz, version: '2024' } }), 'exempt', 'is 2025, not 2024'],
  [facts({ ...offList }, { ftz: { ...inZone.ftz, zone: 'Atlantis' } }), 'exempt', 'no negative list of "Atlantis"'],
] as const)('facts that contradict each other are answered by the law with a note: %#', ([handler, path, says]) => {
  const answer = determine(handler, today)
  expect(answer.path).toBe(path)
  expect(answer.warnings.some(({ en }) => en.includes(says))).toBe(true)
})

test.for([
  [facts({}, { publicBody: 'university' }), 'unknown', 'handler.publicBody: "university"'],
  [facts({ importantData: 'no' }), 'unknown', 'flows.0.importantData: "no"'],
  [
    facts({ exemption: 'contract', since1January: { general: 200_000, sensitive: 0, both: 0 } }),
    'unknown',
    'contract-with-individual',
  ],
  [
    facts({ legalBasis: 'legal-duty' }, { publicBody: 'authorised-body' }),
    'unknown',
    'consent, contract, hr, statutory',
  ],
  [facts({ manner: 'copy' }), 'exempt', 'transfer, remote-access'],
] as const)('a word the law does not know is unknown, and the words it knows are said: %#', ([handler, path, says]) => {
  const answer = determine(handler, today)
  expect(answer.path).toBe(path)
  expect(answer.warnings.map(({ en }) => en).join()).toContain(says)
})

test('a legal basis in no known word leaves separate consent due where consent is the basis', () => {
  expect(determine(facts({ legalBasis: 'Consent' }), today).alsoRequired).toContain('separate-consent')
  expect(determine(facts({ legalBasis: 'contract' }), today).alsoRequired).not.toContain('separate-consent')
})

test('each condition of an exemption is answered on its own', () => {
  const staff = facts({ exemption: 'cross-border-hr', conditions: { lawfulLabourRules: true, employeesOnly: false } })
  expect(determine(staff, today).flows[0]?.exemption).toMatchObject({
    claim: 'cross-border-hr',
    citation: { article: 5, item: 2 },
    inForce: true,
    conditions: [
      { condition: 'lawfulLabourRules', needs: 'yes', answer: 'yes' },
      { condition: 'collectiveContract', needs: 'yes', answer: 'unknown' },
      { condition: 'employeesOnly', needs: 'yes', answer: 'no' },
      { condition: 'necessary', needs: 'yes', answer: 'unknown' },
      { condition: 'importantData', needs: 'no', answer: 'no' },
    ],
  })
  const conditionsOf = (flow: object) => determine(facts(flow), today).flows[0]?.exemption?.conditions
  const contract = { exemption: 'contract-with-individual', conditions: { individualIsParty: true, necessary: true } }
  expect(conditionsOf({ ...contract, importantData: 'notified' })).toContainEqual({
    condition: 'importantData',
    needs: 'no',
    answer: 'yes',
  })
  expect(conditionsOf({ ...contract, importantData: 'not said yet' })).toContainEqual({
    condition: 'importantData',
    needs: 'no',
    answer: 'unknown',
  })
  expect(conditionsOf({ exemption: 'finance-scenario', industry: 'retail' })).toContainEqual({
    condition: 'industry',
    needs: 'yes',
    answer: 'no',
  })
})

test('dividing numbers within the contract’s own band leaves nothing open: the text names the contract', () => {
  const split = determine(facts({ since1January: { general: 1, sensitive: 1 } }, {}, { numbersSplit: true }), today)
  expect([split.path, split.openPoints.map(({ id }) => id)]).toEqual(['assessment', []])
})

test('a hotel in China booked from China is no contract that exempts, and candidates are not yet staff', () => {
  const hotel = { exemption: 'contract-with-individual', conditions: { individualIsParty: true, necessary: true } }
  const many = { since1January: { general: 2_000_000, sensitive: 0 } }
  expect(determine(facts({ ...hotel, ...many }), today).path).toBe('exempt')
  const inChina = { ...hotel.conditions, domesticServiceOnly: true }
  expect(determine(facts({ ...hotel, ...many, conditions: inChina }), today).path).toBe('assessment')
})

test('exported and planned persons are shown apart, and decided on together', () => {
  const apart = { exported: { general: 60_000, sensitive: 0 }, planned: { general: 39_999, sensitive: 0 } }
  const answer = determine(facts({ since1January: apart }), today)
  expect(answer.path).toBe('exempt')
  expect(answer.counted).toMatchObject({ from: '2026-01-01', apart: [{ flow: 'one', ...apart }] })
  expect(determine(facts({}), legalDate('2023-07-01')).counted.from).toBe('2022-01-01')
})

test.for([
  ['2024-03-21', 'not-an-export', 'guide-2022'],
  ['2024-03-22', 'exempt', 'provisions-2024'],
] as const)('what people in China enter with a body abroad: on %s %s', ([day, path, instrument]) => {
  const { leavesChina: _, ...flow } = facts({ manner: 'direct-collection' }).flows[0] ?? { id: 'one' }
  const answer = determine({ ...facts({}), flows: [flow] }, legalDate(day))
  expect([answer.path, answer.because[0]?.instrument]).toEqual([path, instrument])
})

test.for([
  ['2023-05-31', 'contract-or-certification', 'secondary'],
  ['2023-06-01', 'assessment', 'primary'],
  ['2026-11-23', 'assessment', 'contested'],
] as const)('numbers divided to stay below the assessment: on %s %s (%s)', ([day, path, certainty]) => {
  const answer = determine(facts({}, {}, { numbersSplit: true }), legalDate(day))
  expect(answer).toMatchObject({ path, certainty })
})

test('a state organ is assessed by the law alone before Order 16; after it, whether exemptions reach it is contested', () => {
  const organ = facts({}, { publicBody: 'state-organ' })
  expect(determine(organ, legalDate('2024-03-21')).certainty).toBe('primary')
  expect(determine(organ, legalDate('2024-03-22')).certainty).toBe('contested')
  // A million persons are assessed for their number, whoever sends them.
  const many = facts({ since1January: { general: 1_000_000, sensitive: 0 } }, { publicBody: 'state-organ' })
  expect(determine(many, today)).toMatchObject({ path: 'assessment', certainty: 'primary' })
})

test('core data of industry and telecommunications await the ministry: articles 21 and 24 of its measures', () => {
  const core = facts({ coreData: true, industry: 'telecom' })
  const cited = (day: string) =>
    determine(core, legalDate(day))
      .because.filter(({ instrument }) => instrument === 'miit-data-measures-2023')
      .map(({ article }) => article)
  expect(cited('2026-11-23')).toEqual([21, 24])
  expect(cited('2022-12-31')).toEqual([])
})
