import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Path } from './determination.ts'
import { determine } from './determine.ts'
import { exemptions } from './exemptions.ts'
import type { Count, ExportFacts, FlowFacts, HandlerFacts } from './facts.ts'
import { weight } from './rule.ts'
import { cite } from './words.ts'

const today = legalDate('2026-11-23')

const aHandler: HandlerFacts = {
  ciio: false,
  publicBody: 'none',
  personsProcessed: 800_000,
  identification: { done: true, on: '2026-05-01', by: 'data office' },
  ftz: 'none',
}

const aFlow: FlowFacts = {
  id: 'research',
  recipients: [{ name: 'A university', country: 'NL', region: null, restrictedList: false }],
  manner: 'transfer',
  leavesChina: true,
  containsPersonalInformation: true,
  legalBasis: 'consent',
  importantData: 'none',
  coreData: false,
  stateSecrets: false,
  controlledItems: false,
  classifiedSurvey: false,
  foreignAuthorityRequest: false,
  humanGeneticResources: { provided: false },
  gba: 'none',
  minorsUnder14: false,
  exemption: 'none',
  conditions: { necessary: true },
}

function facts(flow: Partial<FlowFacts>, handler: Partial<HandlerFacts> = {}): ExportFacts {
  return handlerWith([flow], handler)
}

function handlerWith(flows: readonly Partial<FlowFacts>[], handler: Partial<HandlerFacts> = {}): ExportFacts {
  return {
    schema: 'tongguan/facts/1',
    handler: { ...aHandler, ...handler },
    voluntaryDeclaration: false,
    flows: flows.map((flow, index) => ({ ...aFlow, id: `flow-${index}`, ...flow })),
  }
}

function thisYear(general: Count, sensitive: Count, both: Count = 0): Partial<FlowFacts> {
  return { since1January: { general, sensitive, both } }
}

test.for([
  [0, 0, 'exempt'],
  [99_999, 0, 'exempt'],
  [100_000, 0, 'contract-or-certification'],
  [999_999, 0, 'contract-or-certification'],
  [1_000_000, 0, 'assessment'],
  [0, 1, 'contract-or-certification'],
  [50_000, 1, 'contract-or-certification'],
  [0, 9_999, 'contract-or-certification'],
  [0, 10_000, 'assessment'],
  [999_999, 9_999, 'contract-or-certification'],
] as const)('%i general and %i sensitive persons since 1 January → %s', ([general, sensitive, path]) => {
  expect(determine(facts(thisYear(general, sensitive)), today).path).toBe(path)
})

test.for([
  [0, 1],
  [1, 0],
] as const)('an operator sending %i general and %i sensitive persons is assessed', ([general, sensitive]) => {
  const answer = determine(facts(thisYear(general, sensitive), { ciio: true }), today)
  expect(answer.path).toBe('assessment')
  expect(answer.because.map((one) => one.instrument)).toEqual(['provisions-2024', 'csl-2026', 'pipl-2021'])
})

test('the example of the contract: 1,200 general and 300 sensitive persons', () => {
  const answer = determine(facts(thisYear(1_200, 300)), today)
  expect(answer).toMatchObject({
    path: 'contract-or-certification',
    strictPath: 'contract-or-certification',
    mayProceed: 'after-duties',
    certainty: 'primary',
    missing: [],
    margin: { general: 998_800, sensitive: 9_700, next: 'assessment' },
    available: [
      { route: 'standard-contract', citation: { instrument: 'provisions-2024', article: 8 } },
      {
        route: 'certification',
        from: '2026-01-01',
        citation: { instrument: 'certification-measures-2026', article: 5 },
      },
    ],
    alsoRequired: ['notice', 'separate-consent', 'impact-assessment', 'safeguards'],
  })
  expect(answer.wouldChange).toContainEqual({ fact: 'flows.0.importantData', to: 'notified', path: 'assessment' })
  expect(answer.wouldChange).toContainEqual({ fact: 'handler.ciio', to: true, path: 'assessment' })
  expect(answer.wouldChange).toContainEqual({
    fact: 'flows.0.since1January.sensitive',
    to: 10_000,
    path: 'assessment',
  })
})

function sinceLastYear(general: number, sensitive: number): Partial<FlowFacts> {
  return { ...thisYear(0, 0), since1JanuaryLastYear: { general, sensitive } }
}

test.for([
  [999_999, 99_999, 9_999, '2023-07-01', 'contract-or-certification'],
  [1_000_000, 1, 0, '2023-07-01', 'assessment'],
  [999_999, 100_000, 0, '2023-07-01', 'assessment'],
  [999_999, 10_000, 10_000, '2023-07-01', 'assessment'],
  [999_999, 99_999, 9_999, '2024-03-21', 'contract-or-certification'],
] as const)(
  'before Order 16: %i processed, %i exported, %i sensitive, on %s → %s',
  ([personsProcessed, general, sensitive, on, path]) => {
    const answer = determine(facts(sinceLastYear(general, sensitive), { personsProcessed }), legalDate(on))
    expect(answer.path).toBe(path)
    expect(answer.strictPath).toBe(path)
  },
)

test.for([
  ['2022-09-01', []],
  ['2022-11-03', []],
  ['2022-11-04', ['certification']],
  ['2023-05-31', ['certification']],
  ['2023-06-01', ['standard-contract', 'certification']],
  ['2024-03-21', ['standard-contract', 'certification']],
] as const)('below the lines on %s there was %j', ([on, routes]) => {
  const answer = determine(facts(sinceLastYear(500, 50)), legalDate(on))
  expect(answer.path).toBe('contract-or-certification')
  expect(answer.available.map(({ route }) => route)).toEqual(routes)
  expect(answer.mayProceed).toBe(routes.length === 0 ? 'no' : 'after-duties')
  expect(answer.certainty).toBe(on < '2023-06-01' ? 'secondary' : 'primary')
})

test('500,000 persons in 2023 and 50,000 in 2024: assessed until 2024-03-21, exempt from the next day', () => {
  const over = facts({ ...thisYear(50_000, 0), since1JanuaryLastYear: { general: 550_000, sensitive: 0 } })
  expect(determine(over, legalDate('2024-03-21')).path).toBe('assessment')
  expect(determine(over, legalDate('2024-03-22')).path).toBe('exempt')
})

test('the hospital’s day: an assessment on 2023-01-18 by persons processed', () => {
  const hospital = facts(sinceLastYear(12_000, 9_000), { personsProcessed: 1_200_000 })
  const answer = determine(hospital, legalDate('2023-01-18'))
  expect(answer.because[0]).toMatchObject({ instrument: 'measures-2022', article: 4, item: 2 })
})

test('there is no path before the measures were in force', () => {
  expect(() => determine(facts(thisYear(1, 0)), legalDate('2022-08-31'))).toThrow(/began on 2022-09-01/)
})

test.for([
  [{ coreData: true }, 'prohibited', 'no'],
  [{ foreignAuthorityRequest: true }, 'prohibited', 'no'],
  [{ recipients: [{ name: 'A listed one', restrictedList: true }] }, 'prohibited', 'no'],
  [{ stateSecrets: true }, 'state-secrets-regime', 'no'],
  [{ importantData: 'notified' }, 'assessment', 'after-duties'],
  [{ importantData: 'published' }, 'assessment', 'after-duties'],
  [{ importantData: 'meets-definition' }, 'contract-or-certification', 'after-duties'],
  [{ leavesChina: false }, 'not-an-export', 'after-duties'],
  [{ manner: 'remote-access', accessPlace: 'CN', leavesChina: false }, 'not-an-export', 'after-duties'],
  [{ manner: 'remote-access', accessPlace: 'HK', leavesChina: false }, 'contract-or-certification', 'after-duties'],
  [{ manner: 'remote-access', accessPlace: '新加坡', leavesChina: false }, 'contract-or-certification', 'after-duties'],
  [{ conditions: { necessary: false } }, 'contract-or-certification', 'no'],
] as const)('%j → %s', ([change, path, proceeds]) => {
  const answer = determine(facts({ ...thisYear(1_200, 300), ...change }), today)
  expect(answer.path).toBe(path)
  expect(answer.mayProceed).toBe(proceeds)
})

test('data that only match the definition are important before 2024-03-22, and to be identified after', () => {
  const likely = facts({ ...thisYear(1, 0), ...sinceLastYear(1, 0), importantData: 'meets-definition' })
  expect(determine(likely, legalDate('2024-03-21')).path).toBe('assessment')
  expect(determine(likely, legalDate('2024-03-22')).alsoRequired).toContain('identify-important-data')
})

test('controlled items and classified survey results add a licence and an approval, and change no path', () => {
  const answer = determine(facts({ ...thisYear(10, 0), controlledItems: true, classifiedSurvey: true }), today)
  expect(answer.path).toBe('exempt')
  expect(answer.alsoRequired).toEqual(
    expect.arrayContaining(['export-control-licence', 'competent-authority-approval', 'notice']),
  )
})

test.for([
  [500, 'human-genetic-resources-report', false],
  [501, 'human-genetic-resources-report', true],
] as const)('%i persons sequenced: a report, and a review: %s', ([sequencedPersons, duty, review]) => {
  const genes = {
    provided: true,
    foreignParty: true,
    sequencedPersons,
    importantFamilies: false,
    specificRegions: false,
  }
  const answer = determine(facts({ ...thisYear(10, 10), humanGeneticResources: genes }), today)
  expect(answer.alsoRequired).toContain(duty)
  expect(answer.alsoRequired.includes('human-genetic-resources-security-review')).toBe(review)
})

test('a state organ is assessed whatever the number; whether exemptions reach it is contested', () => {
  const answer = determine(facts(thisYear(1, 0), { publicBody: 'state-organ' }), today)
  expect(answer).toMatchObject({ path: 'assessment', certainty: 'contested' })
})

test('an authorised body is treated as a state organ only for its public task', () => {
  const body = { publicBody: 'authorised-body' } as const
  expect(determine(facts({ ...thisYear(1, 0), legalBasis: 'statutory' }, body), today).path).toBe('assessment')
  expect(determine(facts({ ...thisYear(1, 0), legalBasis: 'consent' }, body), today).path).toBe('exempt')
})

test('declaring of one’s own will binds to the assessment', () => {
  const willing = { ...facts(thisYear(200_000, 0)), voluntaryDeclaration: true }
  expect(determine(willing, today).path).toBe('assessment')
})

const claims = [
  ['overseas-origin', { collectedAbroad: true, sentToChinaForProcessing: true, noDomesticDataAdded: true }],
  ['contract-with-individual', { individualIsParty: true, necessary: true }],
  ['cross-border-hr', { lawfulLabourRules: true, collectiveContract: true, employeesOnly: true, necessary: true }],
  ['emergency', { emergencyExists: true, protectsLifeHealthProperty: true, necessary: true }],
  ['ftz-off-list', { onNegativeList: false, listInForce: true }],
  ['statutory-duty', { necessary: true, confirmedByAuthority: true }],
  ['treaty', { confirmedByAuthority: true }],
  ['finance-scenario', { onScenarioList: true, necessary: true }],
] as const satisfies readonly (readonly [FlowFacts['exemption'], FlowFacts['conditions']])[]

const zone: HandlerFacts = {
  ftz: { zone: 'beijing', list: 'a list', version: '2025', entry: 'an entry', checkedBy: 'an officer' },
}

const scenario: Partial<FlowFacts> = {
  industry: 'finance',
  financeScenario: { list: 'a list', version: '2025', entry: 'an entry', checkedBy: 'an officer' },
}

function ofItsTrade(exemption: FlowFacts['exemption']): Partial<FlowFacts> {
  return exemption === 'finance-scenario' ? scenario : {}
}

test.for(claims)('%s with every condition answered exempts 2,000,000 persons', ([exemption, conditions]) => {
  const claimed = { ...thisYear(2_000_000, 20_000), ...ofItsTrade(exemption), exemption, conditions }
  const answer = determine(facts(claimed, zone), today)
  expect(answer.path).toBe('exempt')
  expect(answer.mayProceed).toBe('after-duties')
  expect(answer.alsoRequired).toEqual(expect.arrayContaining(['notice', 'impact-assessment', 'safeguards']))
})

test.for(claims.flatMap(([claim, all]) => Object.keys(all).map((name) => [claim, name] as const)))(
  '%s: the condition %s left out is unknown, answered against it ends the exemption',
  ([exemption, name]) => {
    const [, all] = claims.find(([claim]) => claim === exemption) ?? ['', {}]
    const conditions: Record<string, boolean> = { ...all }
    const wanted = conditions[name]
    const flow = { ...thisYear(2_000_000, 20_000), ...ofItsTrade(exemption), exemption }
    delete conditions[name]
    const open = determine(facts({ ...flow, conditions }, zone), today)
    expect(open).toMatchObject({ path: 'unknown', mayProceed: 'unknown', missing: [`flows.0.conditions.${name}`] })
    // What is asked for is asked by the exemption's own article, for the handler and for the flow.
    const own = exemptions[exemption].citation
    expect(open.because[0]).toMatchObject({ ...own, facts: { exemption, [`flows.0.conditions.${name}`]: null } })
    expect(open.flows[0]?.because[0]).toMatchObject(own)
    const against = determine(facts({ ...flow, conditions: { ...conditions, [name]: !wanted } }, zone), today)
    expect(against.path).toBe('assessment')
  },
)

test('a condition left open cites its exemption where another flow decides how light it can be', () => {
  const claimed = { ...thisYear(2_000_000, 0), exemption: 'emergency', conditions: { emergencyExists: true } }
  const { missing, because } = determine(handlerWith([thisYear(0, 300), claimed]), today)
  expect(missing).toEqual(['flows.1.conditions.protectsLifeHealthProperty', 'flows.1.conditions.necessary'])
  for (const fact of missing) {
    const asking = because.find(({ facts: looked }) => fact in looked && looked['exemption'] === 'emergency')
    expect(asking).toMatchObject({ instrument: 'provisions-2024', article: 5, paragraph: 1, item: 3 })
  }
})

test.for([
  ['ftz-off-list', { onNegativeList: false, listInForce: true }, { ftz: { zone: 'beijing' } }, 'handler.ftz.list'],
  ['finance-scenario', { onScenarioList: true, necessary: true }, {}, 'flows.0.industry'],
] as const)('%s: %o with %o left open at %s cites the exemption', ([exemption, conditions, handler, fact]) => {
  const { because } = determine(facts({ ...thisYear(2_000_000, 0), exemption, conditions }, handler), today)
  const asking = because.find(({ facts: looked }) => fact in looked && looked['exemption'] === exemption)
  expect(asking).toMatchObject(exemptions[exemption].citation)
})

test('whether an exemption is claimed at all, left open, cites the article of the exemptions', () => {
  const { exemption: _, ...silent } = aFlow
  const { missing, because } = determine({ ...facts({}), flows: [{ ...silent, ...thisYear(2_000_000, 0) }] }, today)
  expect(missing).toEqual(['flows.0.exemption'])
  expect(because[0]).toMatchObject({ instrument: 'provisions-2024', article: 5, paragraph: 1 })
})

test('an exemption under a negative list is the handler’s word, and needs the entry that was checked', () => {
  const flow = {
    ...thisYear(2_000_000, 0),
    exemption: 'ftz-off-list',
    conditions: { onNegativeList: false, listInForce: true },
  }
  expect(determine(facts(flow, zone), today).certainty).toBe('asserted-by-handler')
  const { missing } = determine(facts(flow, { ftz: { zone: 'beijing', list: 'a list', version: '2025' } }), today)
  expect(missing).toEqual(['handler.ftz.entry', 'handler.ftz.checkedBy'])
  expect(determine(facts(flow, { ftz: 'none' }), today).path).toBe('assessment')
  const inside = (['none', { list: 'a list' }, { zone: 'beijing' }] as const).map((ftz) => {
    const { conditions = [] } = determine(facts(flow, { ftz }), today).flows[0]?.exemption ?? {}
    return conditions.find(({ condition }) => condition === 'ftz')?.answer
  })
  expect(inside).toEqual(['no', 'unknown', 'yes'])
})

test('a scenario of the finance guide is the handler’s word, and needs the entry that was compared', () => {
  const flow = {
    ...thisYear(2_000_000, 0),
    ...scenario,
    exemption: 'finance-scenario',
    conditions: { onScenarioList: true, necessary: true },
  }
  const on = (changes: Partial<FlowFacts>, day = '2026-11-23') =>
    determine(facts({ ...flow, ...changes }), legalDate(day))
  expect(on({})).toMatchObject({ path: 'exempt', certainty: 'asserted-by-handler' })
  const { checkedBy: _, ...unchecked } = scenario.financeScenario ?? {}
  expect(on({ financeScenario: unchecked }).missing).toEqual(['flows.0.financeScenario.checkedBy'])
  expect(on({ industry: 'retail' }).path).toBe('assessment')
  expect(on({}, '2025-04-16').path).toBe('assessment')
  expect(on({}, '2025-04-17').path).toBe('exempt')
})

test('a loaded list that names the scenario among those not exempt speaks against it', () => {
  const row: CatalogueRow = {
    catalogue: 'finance-scenarios',
    scope: 'not-exempt',
    instrument: 'an invented list',
    version: '1',
    entry: 'an entry',
    item: 'a scenario',
    from: legalDate('2025-04-17'),
    source: 'https://example.org',
    certainty: 'primary',
  }
  const flow = {
    ...thisYear(2_000_000, 0),
    ...scenario,
    exemption: 'finance-scenario',
    conditions: { onScenarioList: true, necessary: true },
  }
  expect(determine(facts(flow), today, { lists: [row] }).path).toBe('assessment')
})

test('important automobile data reported instead: exempt on the handler’s word, from the guide’s day, without persons', () => {
  const flow: Partial<FlowFacts> = {
    industry: 'automobile',
    importantData: 'notified',
    containsPersonalInformation: false,
    exemption: 'automobile-reported-instead',
    conditions: { reportedOrFiled: true, confirmedByAuthority: true },
  }
  const answer = determine(facts(flow), today)
  expect(answer).toMatchObject({ path: 'exempt', certainty: 'asserted-by-handler' })
  expect(answer.openPoints.map(({ id }) => id)).toContain('automobile-reported-instead')
  expect(determine(facts(flow), legalDate('2026-02-02')).path).toBe('assessment')
  expect(determine(facts({ ...flow, ...thisYear(1, 0) }), today).path).toBe('assessment')
  expect(determine(facts(flow, { ciio: true }), today).path).toBe('assessment')
  expect(determine(facts({ ...flow, conditions: { reportedOrFiled: true } }), today)).toMatchObject({
    path: 'unknown',
    missing: ['flows.0.conditions.confirmedByAuthority'],
  })
})

test('the automobile guide is cited beside the provisions for data of cars, from its day', () => {
  const many = { ...thisYear(1_000_000, 0), industry: 'automobile' }
  const cited = (day: string) => determine(facts(many), legalDate(day)).because.map(({ instrument }) => instrument)
  expect(cited('2026-02-02')).not.toContain('automobile-guide-2026')
  expect(cited('2026-02-03')).toEqual(expect.arrayContaining(['provisions-2024', 'automobile-guide-2026']))
})

test('important data rest on the laws too: article 31, from 2025 article 37 of the regulations', () => {
  const cited = (day: string) =>
    determine(facts({ ...sinceLastYear(1, 0), importantData: 'notified' }), legalDate(day)).because.map(
      ({ instrument, article }) => `${instrument} ${article}`,
    )
  expect(cited('2024-03-21')).toEqual(['measures-2022 4', 'dsl-2021 31'])
  expect(cited('2024-12-31')).toEqual(['provisions-2024 7', 'dsl-2021 31'])
  expect(cited('2025-01-01')).toEqual(['provisions-2024 7', 'dsl-2021 31', 'network-data-regulations-2025 37'])
})

test('each duty that stays stands with the article of the law beside that of Order 16', () => {
  const { alsoBecause } = determine(facts(thisYear(10, 0)), today)
  expect(alsoBecause.map(({ duty, instrument, article }) => `${duty}: ${instrument} ${article}`)).toEqual([
    'notice: provisions-2024 10',
    'notice: pipl-2021 39',
    'separate-consent: provisions-2024 10',
    'separate-consent: pipl-2021 39',
    'impact-assessment: provisions-2024 10',
    'impact-assessment: pipl-2021 55',
    'safeguards: provisions-2024 11',
    'safeguards: pipl-2021 51',
  ])
})

test('two causes of an approval are both said', () => {
  const { alsoBecause } = determine(facts({ ...thisYear(10, 0), classifiedSurvey: true, coreData: true }), today)
  const approvals = alsoBecause.filter(({ duty }) => duty === 'competent-authority-approval')
  expect(approvals.map(({ instrument }) => instrument)).toEqual(['surveying-law-2017', 'dsl-2021'])
})

const fromAbroad: Partial<FlowFacts> = { ...thisYear(1_200, 300), manner: 'direct-collection' }

test.for([
  ['2025-12-31', [], 'unknown'],
  ['2026-01-01', ['certification'], 'after-duties'],
] as const)('a handler abroad on %s: %j, may proceed: %s', ([on, routes, proceeds]) => {
  const abroad = { abroad: true, representative: { appointed: false, reported: false } }
  const answer = determine(facts(fromAbroad, abroad), legalDate(on))
  expect(answer.path).toBe('contract-or-certification')
  expect(answer.available.map(({ route }) => route)).toEqual(routes)
  expect(answer.mayProceed).toBe(proceeds)
  expect(answer.alsoRequired).toContain('representative-in-china')
  expect(answer.openPoints.map(({ id }) => id)).toContain('handler-abroad')
})

test('a handler abroad names its representative and reports it; the regulations of 2025 say to whom', () => {
  const cited = (day: string) =>
    determine(facts({ ...fromAbroad, ...thisYear(1, 0) }, { abroad: true }), legalDate(day))
      .alsoBecause.filter(({ duty }) => duty === 'representative-in-china')
      .map(({ instrument, article }) => `${instrument} ${article}`)
  expect(cited('2024-12-31')).toEqual(['pipl-2021 53'])
  expect(cited('2025-01-01')).toEqual(['pipl-2021 53', 'network-data-regulations-2025 26'])
})

test('where data are collected from abroad it is asked who collects them, and where its representative is', () => {
  expect(determine(facts(fromAbroad), today).alsoMissing).toContain('handler.abroad')
  expect(determine(facts(thisYear(1_200, 300)), today).alsoMissing).not.toContain('handler.abroad')
  expect(determine(facts(fromAbroad, { abroad: true }), today).alsoMissing).toEqual([
    'handler.representative.appointed',
    'handler.representative.reported',
  ])
})

test('that collecting from abroad is an export was known from others only before the third guide', () => {
  const { leavesChina: _, ...untold } = aFlow
  const of = (day: string) => {
    const asked = { ...facts({}), flows: [{ ...untold, ...fromAbroad, id: 'one' }] }
    return determine(asked, legalDate(day))
  }
  expect(of('2025-06-26')).toMatchObject({ path: 'contract-or-certification', certainty: 'secondary' })
  expect(of('2025-06-27')).toMatchObject({ path: 'contract-or-certification', certainty: 'primary' })
  expect(of('2025-06-27').because.map(({ instrument, item }) => [instrument, item])).toContainEqual(['guide-2025', 3])
})

test('data of a credit bureau: nothing is said before the authority has confirmed it', () => {
  const bureau = { ...thisYear(10, 0), industry: 'credit-reporting' }
  const open = determine(facts(bureau), today)
  expect(open).toMatchObject({ path: 'exempt', mayProceed: 'unknown' })
  expect(open.alsoMissing).toEqual(['flows.0.conditions.confirmedByAuthority'])
  expect(open.because.map(({ instrument }) => instrument)).toContain('credit-reporting-2013')
  const conditions = { necessary: true, confirmedByAuthority: true }
  expect(determine(facts({ ...bureau, conditions }), today).mayProceed).toBe('after-duties')
})

test('a statutory duty exempts from 2025-01-01 only', () => {
  const flow = {
    ...thisYear(2_000_000, 0),
    exemption: 'statutory-duty',
    conditions: { necessary: true, confirmedByAuthority: true },
  }
  expect(determine(facts(flow), legalDate('2024-12-31')).path).toBe('assessment')
  expect(determine(facts(flow), legalDate('2025-01-01'))).toMatchObject({ path: 'exempt', certainty: 'contested' })
})

test('no exemption covers important data', () => {
  const flow = {
    ...thisYear(10, 0),
    exemption: 'contract-with-individual',
    conditions: { individualIsParty: true, necessary: true },
  }
  expect(determine(facts({ ...flow, importantData: 'notified' }), today).path).toBe('assessment')
})

test('exempt flows are left out of the totals', () => {
  const exempt = { exemption: 'contract-with-individual', conditions: { individualIsParty: true, necessary: true } }
  const two = handlerWith([{ ...thisYear(1_950_001, 0), ...exempt }, thisYear(49_999, 0)])
  expect(determine(two, today).path).toBe('exempt')
})

test('data without persons and without importance go free, and still need safeguards', () => {
  const answer = determine(facts({ containsPersonalInformation: false }, { ciio: true }), today)
  expect(answer).toMatchObject({ path: 'exempt', alsoRequired: ['safeguards'], margin: null })
  expect(answer.because[0]).toMatchObject({ instrument: 'provisions-2024', article: 3 })
})

test.for([
  [9_000, 9_999, 'contract-or-certification'],
  [9_999, 10_000, 'unknown'],
  [10_000, 12_000, 'assessment'],
] as const)('between %i and %i sensitive persons → %s', ([lower, upper, path]) => {
  const answer = determine(facts(thisYear(0, { lower, point: lower, upper })), today)
  expect(answer.path).toBe(path)
  expect(answer.straddled.map(({ line }) => line)).toEqual(path === 'unknown' ? [10_000] : [])
})

test('a count across a line names the line and the fact', () => {
  const answer = determine(facts(thisYear(0, { lower: 9_000, point: 9_500, upper: 11_000 })), today)
  expect(answer.missing).toEqual(['flows.0.since1January.sensitive'])
  expect(answer.because[0]?.en).toContain('10,000 persons')
})

test('without a total the sum is the upper and the largest flow the lower bound', () => {
  const two = handlerWith([thisYear(0, 6_000), thisYear(0, 6_000)])
  expect(determine(two, today)).toMatchObject({ path: 'unknown', missing: ['total.since1January.sensitive'] })
  expect(determine({ ...two, total: { since1January: { general: 0, sensitive: 9_000 } } }, today).path).toBe(
    'contract-or-certification',
  )
  expect(determine({ ...two, total: { since1January: { general: 0, sensitive: 10_000 } } }, today).path).toBe(
    'assessment',
  )
})

function apart(planned: number): ExportFacts {
  return facts({
    since1January: { exported: { general: 0, sensitive: 6_000 }, planned: { general: 0, sensitive: planned } },
  })
}

test('exported and planned apart are decided on their union, whose upper bound is the sum', () => {
  expect(determine(apart(3_999), today).path).toBe('contract-or-certification')
  expect(determine(apart(4_000), today).path).toBe('unknown')
  expect(determine(apart(10_000), today).path).toBe('assessment')
})

test.for([
  [995_000, 5_000, undefined, 'assessment'],
  [995_000, 4_999, undefined, 'contract-or-certification'],
  [995_000, 5_000, 4_999, 'contract-or-certification'],
  [995_000, 5_000, 5_000, 'assessment'],
] as const)('%i general and %i sensitive, %s of them both: strictly %s', ([general, sensitive, both, strictPath]) => {
  const since1January = both === undefined ? { general, sensitive } : { general, sensitive, both }
  const answer = determine(facts({ since1January }), today)
  expect(answer).toMatchObject({ path: 'contract-or-certification', strictPath })
  expect(answer.certainty).toBe(strictPath === 'assessment' ? 'contested' : 'primary')
})

function routes(flow: Partial<FlowFacts>): readonly string[] {
  return determine(facts(flow), today).available.map(({ route }) => route)
}

test('the contract of the Greater Bay Area is offered where both sides are inside it', () => {
  const recipients = [{ name: 'A laboratory', country: 'HK', restrictedList: false }]
  const inside = { ...thisYear(0, 300), recipients, gba: { handlerCity: '深圳', recipientPlace: 'HK' } }
  expect(routes(inside)).toContain('gba-contract')
  expect(routes({ ...inside, gba: { handlerCity: '北京', recipientPlace: 'HK' } })).not.toContain('gba-contract')
  expect(routes({ ...inside, recipients: [{ country: '香港', restrictedList: false }] })).toContain('gba-contract')
  expect(routes({ ...inside, recipients: [{ country: 'SG', restrictedList: false }] })).not.toContain('gba-contract')
})

test('all information of a child under 14 is sensitive', () => {
  expect(determine(facts({ ...thisYear(10, 0), minorsUnder14: true }), today).path).toBe('contract-or-certification')
})

test('before Order 16 more sensitive than all persons is refused', () => {
  expect(() => determine(facts(sinceLastYear(5, 6)), legalDate('2023-07-01'))).toThrow(/cannot be above/)
})

test('nothing described is unknown, and no facts at all never exempt', () => {
  expect(determine(handlerWith([]), today)).toMatchObject({ path: 'unknown', missing: ['flows'] })
  const bare = determine({ schema: 'tongguan/facts/1', flows: [{ id: 'bare' }] }, today)
  expect(bare.path).toBe('unknown')
  expect(bare.missing).toEqual(
    expect.arrayContaining(['flows.0.stateSecrets', 'flows.0.importantData', 'handler.ciio']),
  )
})

test('a value that this version does not know is unknown', () => {
  expect(determine(facts({ ...thisYear(1, 0), importantData: 'suspected' }), today).missing).toEqual([
    'flows.0.importantData',
  ])
})

test('a missing fact that changes nothing does not block', () => {
  const { publicBody: _, ...rest } = aHandler
  const assessed = { ...facts(thisYear(1_000_000, 0)), handler: rest }
  expect(determine(assessed, today).path).toBe('assessment')
})

test('citations are written as jurists write them', () => {
  expect(cite({ instrument: 'provisions-2024', article: 7, paragraph: 1, item: 2 })).toEqual({
    zh: '《促进和规范数据跨境流动规定》第七条第一款第二项',
    en: 'Provisions on Promoting and Regulating Cross-border Data Flows, art. 7(1)(2)',
  })
  expect(cite({ instrument: 'network-data-regulations-2025', article: 63 }).zh).toContain('第六十三条')
  expect(cite({ instrument: 'civil-code-2021', article: 201 }).zh).toContain('第二百零一条')
})

const anyCount = fc.oneof(
  fc.constantFrom(0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000),
  fc.nat({ max: 2_000_000 }),
)
const orUnknown = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 8 })
const anyFlow = fc.record({
  leavesChina: orUnknown(fc.boolean()),
  containsPersonalInformation: orUnknown(fc.boolean()),
  importantData: orUnknown(fc.constantFrom('none', 'none', 'notified', 'meets-definition')),
  coreData: orUnknown(fc.constantFrom(false, false, false, true)),
  exemption: orUnknown(fc.constantFrom('none', ...claims.map(([claim]) => claim))),
  necessary: orUnknown(fc.boolean()),
  individualIsParty: orUnknown(fc.boolean()),
  general: orUnknown(anyCount),
  sensitive: orUnknown(anyCount),
})
const anyHandler = fc.record({ ciio: orUnknown(fc.boolean()), processed: orUnknown(anyCount) })
const anyDay = fc.constantFrom('2022-10-01', '2023-07-01', '2024-03-21', '2024-03-22', '2025-06-01', '2026-11-23')

type Drawn = typeof anyFlow extends fc.Arbitrary<infer T> ? T : never

function drawnFlow({ general, sensitive, necessary, individualIsParty, ...rest }: Drawn, id: string): FlowFacts {
  const known = defined({ general, sensitive })
  const all = general === undefined ? {} : { general: general + (sensitive ?? 0) }
  const {
    leavesChina: _,
    containsPersonalInformation: __,
    importantData: ___,
    coreData: ____,
    exemption: _____,
    ...base
  } = aFlow
  return {
    ...base,
    ...defined(rest),
    id,
    conditions: defined({ necessary, individualIsParty }),
    since1January: known,
    since1JanuaryLastYear: { ...known, ...all },
  }
}

/** Leaves out what is undefined, as a facts file does. */
function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

const anyFacts = fc
  .tuple(fc.array(anyFlow, { minLength: 1, maxLength: 3 }), anyHandler, orUnknown(fc.constant('none' as const)))
  .map(([flows, { ciio, processed }, publicBody]): ExportFacts => ({
    schema: 'tongguan/facts/1',
    handler: { ...defined({ ciio, publicBody, personsProcessed: processed }), ftz: 'none' },
    voluntaryDeclaration: false,
    flows: flows.map((flow, index) => drawnFlow(flow, `flow-${index}`)),
  }))

const heaviness = (path: Path) => (path === 'unknown' ? null : weight[path])
const runs = { numRuns: 250 }

// From or to an unknown path nothing can be compared.
function isLighter(after: Path, before: Path): boolean {
  const [from, to] = [heaviness(before), heaviness(after)]
  return from !== null && to !== null && to < from
}

test('more persons never lighten the duty', () => {
  fc.assert(
    fc.property(
      anyFacts,
      anyDay,
      fc.constantFrom('general', 'sensitive'),
      fc.nat({ max: 1_000_000 }),
      (drawn, day, kind, more) => {
        const on = legalDate(day)
        const grown = withFlow(drawn, ({ since1January, since1JanuaryLastYear, ...flow }) => {
          const now = since1January as { general?: number; sensitive?: number } | undefined
          const last = since1JanuaryLastYear as { general?: number; sensitive?: number } | undefined
          if (now?.[kind] === undefined || last?.[kind] === undefined) {
            return { ...flow, ...defined({ since1January, since1JanuaryLastYear }) }
          }
          const all = last.general === undefined ? {} : { general: last.general + more }
          return {
            ...flow,
            since1January: { ...now, [kind]: now[kind] + more },
            since1JanuaryLastYear: { ...last, [kind]: last[kind] + more, ...all },
          }
        })
        expect(isLighter(determine(grown, on).path, determine(drawn, on).path)).toBe(false)
      },
    ),
    runs,
  )
})

test('adding important data never lightens the duty', () => {
  fc.assert(
    fc.property(anyFacts, anyDay, (drawn, day) => {
      const on = legalDate(day)
      const important = withFlow(drawn, (flow) => ({ ...flow, importantData: 'notified' }))
      expect(isLighter(determine(important, on).path, determine(drawn, on).path)).toBe(false)
    }),
    runs,
  )
})

test('leaving a fact out never decides anything: the path stays or becomes unknown', () => {
  const names = [
    'leavesChina',
    'importantData',
    'coreData',
    'exemption',
    'conditions',
    'since1January',
    'stateSecrets',
  ] as const
  fc.assert(
    fc.property(anyFacts, anyDay, fc.constantFrom(...names, 'handler', 'voluntaryDeclaration'), (drawn, day, name) => {
      const on = legalDate(day)
      const without =
        name === 'handler' || name === 'voluntaryDeclaration'
          ? omit(drawn, name)
          : withFlow(drawn, (flow) => omit(flow, name))
      const [before, after] = [determine(drawn, on), determine(without, on)]
      expect(['unknown', before.path]).toContain(after.path)
      if (before.path === 'unknown') expect(after.path).toBe('unknown')
    }),
    runs,
  )
})

test('every answer cites an article, an unknown one names a fact, and the order of flows does not matter', () => {
  fc.assert(
    fc.property(anyFacts, anyDay, (drawn, day) => {
      const on = legalDate(day)
      const answer = determine(drawn, on)
      expect(answer.because.length).toBeGreaterThan(0)
      expect(answer.path === 'unknown').toBe(answer.missing.length > 0)
      const turned = determine({ ...drawn, flows: drawn.flows.toReversed() }, on)
      expect([turned.path, turned.strictPath, turned.mayProceed]).toEqual([
        answer.path,
        answer.strictPath,
        answer.mayProceed,
      ])
    }),
    runs,
  )
})

function withFlow(drawn: ExportFacts, change: (flow: FlowFacts) => FlowFacts): ExportFacts {
  return { ...drawn, flows: drawn.flows.map((flow, index) => (index === 0 ? change(flow) : flow)) }
}

function omit<T extends object>(value: T, name: string): T {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) as T
}

test('who reaches a line in mid-year declares the whole year, by the answers of 2026-01', () => {
  const cites = (day: string) =>
    determine(facts(thisYear(1_000_000, 0)), legalDate(day)).because.some(
      ({ instrument }) => instrument === 'answers-2026-01',
    )
  expect([cites('2025-12-31'), cites('2026-01-01')]).toEqual([false, true])
})
