// The path against an independent table: every answer to each rule's own facts, every pair of facts, drawn points.
import { determine, determinePaths, instruments, legalDate } from '@tongguan/law'
import type { Count, ExportFacts, FlowFacts } from '@tongguan/law'
import { expect, test } from 'vitest'
import { readingsOf } from '../../law/judge.ts'
import { bookOf } from '../../law/rulebook.ts'
import { books } from '../../law/rules.ts'
import { days, drawPoint, random } from './points.ts'
import { byTheTable } from './table.ts'

const someone = { general: 1_200, sensitive: 300, both: 0 }
const lastYear = { general: 5_200, sensitive: 800 }

/** Every fact by its name, with every answer worth telling apart; undefined: left out. */
const domains: Readonly<Record<string, readonly unknown[]>> = {
  'handler.ciio': [false, true, undefined],
  'handler.publicBody': ['none', 'state-organ', 'authorised-body', undefined],
  'handler.personsProcessed': [0, 999_999, 1_000_000, undefined],
  'handler.ftz': [
    'none',
    { zone: 'beijing', list: 'l', version: '2025', entry: 'e', checkedBy: 'c' },
    { zone: 'beijing', list: 'l', version: '2025' },
    undefined,
  ],
  voluntaryDeclaration: [false, true, undefined],
  numbersSplit: [undefined, false, true],
  leavesChina: [true, false, undefined],
  manner: ['transfer', 'remote-access', 'direct-collection', undefined],
  accessPlace: [undefined, 'CN', 'US'],
  containsPersonalInformation: [true, false, undefined],
  legalBasis: ['consent', 'statutory', undefined],
  importantData: ['none', 'notified', 'published', 'meets-definition', 'suspected', undefined],
  coreData: [false, true, undefined],
  stateSecrets: [false, true, undefined],
  foreignAuthorityRequest: [false, true, undefined],
  recipients: [[{ restrictedList: false }], [{ restrictedList: true }], [{}], [], undefined],
  minorsUnder14: [false, true],
  exemption: [
    'none',
    'no-personal-information',
    'overseas-origin',
    'contract-with-individual',
    'cross-border-hr',
    'emergency',
    'ftz-off-list',
    'statutory-duty',
    'treaty',
    'finance-scenario',
    'automobile-reported-instead',
    undefined,
  ],
  industry: ['finance', 'automobile', 'other', undefined],
  financeScenario: [
    { list: 'l', version: '2025', entry: 'e', checkedBy: 'c' },
    { list: 'l', version: '2025' },
    undefined,
  ],
  ...Object.fromEntries(
    [
      'necessary',
      'individualIsParty',
      'lawfulLabourRules',
      'collectiveContract',
      'employeesOnly',
      'emergencyExists',
      'protectsLifeHealthProperty',
      'collectedAbroad',
      'sentToChinaForProcessing',
      'noDomesticDataAdded',
      'confirmedByAuthority',
      'listInForce',
      'onScenarioList',
      'reportedOrFiled',
    ].map((name) => [`conditions.${name}`, [true, false, undefined]]),
  ),
  'conditions.onNegativeList': [false, true, undefined],
  'conditions.domesticServiceOnly': [undefined, false, true],
  'conditions.candidatesOnly': [undefined, false, true],
  since1January: [
    someone,
    ...[99_999, 100_000, 999_999, 1_000_000].map((general) => ({ general, sensitive: 0 })),
    ...[0, 1, 9_999, 10_000].map((sensitive) => ({ general: 0, sensitive })),
    { general: 995_000, sensitive: 9_000 },
    { general: { lower: 99_999, point: 99_999, upper: 100_000 }, sensitive: 0 },
    undefined,
  ],
  since1JanuaryLastYear: [
    lastYear,
    ...[99_999, 100_000].map((general) => ({ general, sensitive: 0 })),
    ...[9_999, 10_000].map((sensitive) => ({ general: 50_000, sensitive })),
    { general: 0, sensitive: 0 },
    undefined,
  ],
}

type Told = Readonly<Record<string, unknown>>

/** Three handlers: one with nothing against it, one whose every claim holds in great numbers, an operator. */
const backgrounds: Readonly<Record<string, Told>> = {
  'an ordinary handler': Object.fromEntries(Object.entries(domains).map(([name, answers]) => [name, answers[0]])),
  'a handler in great numbers': {
    ...Object.fromEntries(Object.entries(domains).map(([name, answers]) => [name, answers[0]])),
    'handler.ftz': domains['handler.ftz']?.[1],
    'handler.personsProcessed': 1_000_000,
    since1January: { general: 1_000_000, sensitive: 10_000 },
    since1JanuaryLastYear: { general: 100_000, sensitive: 10_000 },
  },
  'a handler of whom little is known': {
    'handler.publicBody': 'none',
    'handler.personsProcessed': 0,
    voluntaryDeclaration: false,
    leavesChina: true,
    containsPersonalInformation: true,
    exemption: 'none',
    stateSecrets: false,
    coreData: false,
    recipients: [{ restrictedList: false }],
    foreignAuthorityRequest: false,
  },
}

/** The facts each rule of the law looks at; all their answers are tried together. */
const ownFacts: Readonly<Record<string, readonly string[]>> = {
  'what is an export': ['leavesChina', 'manner', 'accessPlace', 'stateSecrets'],
  'the stops': ['stateSecrets', 'coreData', 'foreignAuthorityRequest', 'recipients', 'containsPersonalInformation'],
  'important data': ['importantData', 'handler.ciio', 'containsPersonalInformation', 'exemption'],
  'state organs': ['handler.publicBody', 'legalBasis', 'exemption', 'since1January'],
  operators: ['handler.ciio', 'containsPersonalInformation', 'since1January', 'exemption'],
  'persons processed': ['handler.personsProcessed', 'handler.ciio', 'since1JanuaryLastYear'],
  'persons exported': ['since1January', 'since1JanuaryLastYear', 'minorsUnder14', 'handler.ciio'],
  'declaring of one’s own will': ['voluntaryDeclaration', 'numbersSplit', 'since1January', 'handler.ciio'],
  'the contract of an individual': [
    'exemption',
    'conditions.necessary',
    'conditions.individualIsParty',
    'conditions.domesticServiceOnly',
  ],
  staff: [
    'exemption',
    'conditions.lawfulLabourRules',
    'conditions.collectiveContract',
    'conditions.employeesOnly',
    'conditions.candidatesOnly',
  ],
  'an emergency': [
    'exemption',
    'conditions.emergencyExists',
    'conditions.protectsLifeHealthProperty',
    'conditions.necessary',
  ],
  'what came from abroad': [
    'exemption',
    'conditions.collectedAbroad',
    'conditions.sentToChinaForProcessing',
    'conditions.noDomesticDataAdded',
  ],
  'zone lists': ['exemption', 'handler.ftz', 'conditions.onNegativeList', 'conditions.listInForce', 'importantData'],
  'scenarios of finance': [
    'exemption',
    'industry',
    'financeScenario',
    'conditions.onScenarioList',
    'conditions.necessary',
  ],
  'automobile data reported instead': [
    'exemption',
    'industry',
    'conditions.reportedOrFiled',
    'importantData',
    'containsPersonalInformation',
  ],
  'duties and treaties': ['exemption', 'conditions.necessary', 'conditions.confirmedByAuthority', 'handler.ciio'],
}

/** One day of each stretch in which the path's rules stay the same, the last and the first on either side of Order 16. */
const daysOfTheLaw = [
  '2022-09-01',
  '2023-06-01',
  '2024-03-21',
  '2024-03-22',
  '2025-01-01',
  '2025-04-17',
  '2026-02-03',
] as const

test.for(
  Object.entries(ownFacts).flatMap(([rule, names]) =>
    Object.keys(backgrounds).map((background) => [rule, background, names] as const),
  ),
)('%s, every answer, for %s: as the table says', ([, background, names]) => {
  const apart = combinations(names).flatMap((told) =>
    daysOfTheLaw.flatMap((day) => disagreement(factsOf({ ...backgrounds[background], ...told }), day)),
  )
  expect(apart).toEqual([])
})

test('every pair of facts, every answer to both: as the table says', () => {
  const names = Object.keys(domains)
  const places = Object.values(backgrounds)
  let turn = 0
  const apart: string[] = []
  for (const [index, one] of names.entries()) {
    for (const other of names.slice(index + 1)) {
      for (const told of combinations([one, other])) {
        turn++
        const facts = factsOf({ ...places[turn % places.length], ...told })
        apart.push(...disagreement(facts, days[turn % days.length] ?? days[0]))
      }
    }
  }
  expect(apart).toEqual([])
})

test('ten thousand drawn handlers with up to three flows: as the table says', () => {
  const below = random(20_261_123)
  const apart: string[] = []
  for (let i = 0; i < 10_000; i++) {
    const { facts, day } = drawPoint(below)
    apart.push(...disagreement(facts, day))
  }
  expect(apart).toEqual([])
})

test('where two rules speak and order different paths, one of them is declared an exception; those said never to meet do not', () => {
  const below = random(16)
  const wrong: string[] = []
  for (let i = 0; i < 4_000; i++) {
    const { facts, day } = drawPoint(below)
    const readings = readingsOf(facts, legalDate(day), [])
    const book = bookOf(books, legalDate(day))
    for (const { on, handler, flows, total } of new Set([readings.light, readings.heavy])) {
      for (const flow of flows) {
        const matter = { on, handler, flow, total: { ...total, shown: { general: null, sensitive: null } } }
        const speaking = book.rules.filter((rule) => rule.applies(matter))
        if (speaking.length === 0) wrong.push(`no rule speaks: ${JSON.stringify(facts)}`)
        for (const rule of speaking) {
          for (const other of speaking) {
            if (rule.path !== other.path && !book.setsAside(rule, other) && !book.setsAside(other, rule)) {
              wrong.push(`${rule.id} and ${other.id} conflict: ${JSON.stringify(facts)}`)
            }
            if (rule.exemptedOnly && flow.exemption?.kind !== 'holds') wrong.push(`${rule.id} speaks of no exemption`)
            if (rule.neverWith?.includes(other.id)) wrong.push(`${rule.id} meets ${other.id}: ${JSON.stringify(facts)}`)
          }
        }
      }
    }
  }
  expect(wrong).toEqual([])
})

test('what an answer says would change it is what the changed facts are answered with, and nothing that would is left out', () => {
  const below = random(1_001)
  for (let i = 0; i < 1_500; i++) {
    const { facts, day } = drawPoint(below)
    const on = legalDate(day)
    const { path, wouldChange } = determine(facts, on)
    const told = new Map(wouldChange.map(({ fact, to, path: after }) => [`${fact} ${to}`, after]))
    for (const [name, changed] of singleChangesOf(facts, day)) {
      const after = determinePaths(changed, on).path
      expect({ name, path: told.get(name) ?? path, day, facts }).toEqual({ name, path: after, day, facts })
    }
  }
})

/** Changes an answer looks at, made the plain way: those that only add to a duty are not looked at where they cannot. */
function singleChangesOf(facts: ExportFacts, day: string): readonly (readonly [string, ExportFacts])[] {
  const { handler } = facts
  return [
    ['handler.ciio true', { ...facts, handler: { ...handler, ciio: true } }],
    ['handler.publicBody state-organ', { ...facts, handler: { ...handler, publicBody: 'state-organ' } }],
    ['voluntaryDeclaration true', { ...facts, voluntaryDeclaration: true }],
    ...facts.flows.flatMap((flow, index): readonly (readonly [string, ExportFacts])[] => {
      const so = (name: string, changed: FlowFacts) =>
        [`flows.${index}.${name}`, { ...facts, flows: facts.flows.with(index, changed) }] as const
      return [
        so('importantData notified', { ...flow, importantData: 'notified' }),
        so('coreData true', { ...flow, coreData: true }),
        ...(flow.exemption === undefined ? [] : [so('exemption none', { ...flow, exemption: 'none' })]),
        ...(day < '2024-03-22' ? [] : personsUpTo(flow)).map(([name, since1January]) =>
          so(`since1January.${name}`, { ...flow, since1January }),
        ),
      ]
    }),
  ]
}

/** As many persons as the highest line of each kind asks for, where there are fewer. */
function personsUpTo(flow: FlowFacts) {
  const persons = flow.since1January as { readonly general?: Count; readonly sensitive?: Count }
  return (
    [
      ['general', 1_000_000],
      ['sensitive', 10_000],
    ] as const
  ).flatMap(([kind, line]) => {
    const count = persons[kind]
    if (count === undefined || (typeof count === 'number' ? count : count.lower) >= line) return []
    return [[`${kind} ${line}`, { ...persons, [kind]: line }] as const]
  })
}

test('every answer rests on articles in force on its day', () => {
  const below = random(7)
  for (let i = 0; i < 3_000; i++) {
    const { facts, day } = drawPoint(below)
    const answer = determine(facts, legalDate(day))
    const { because, alsoBecause, available, flows, straddled } = answer
    // A claim made before its article was in force is answered by naming that article.
    const grounds = because.filter(({ facts: looked }) => looked['failed'] !== 'not-in-force')
    expect(grounds.length).toBeGreaterThan(0)
    const cited = [...grounds, ...alsoBecause, ...flows.flatMap((flow) => flow.because)]
    for (const one of [...cited, ...[...available, ...straddled].map(({ citation }) => citation)]) {
      const { from, to } = instruments[one.instrument].inForce as { from: string; to?: string }
      if (day < from || (to !== undefined && to < day)) throw new Error(`${one.instrument} is cited on ${day}`)
    }
  }
})

/** What the engine and the table say differently about one point; empty where they agree. */
function disagreement(facts: ExportFacts, day: string): readonly string[] {
  const { path, strictPath } = determinePaths(facts, legalDate(day))
  const table = byTheTable(facts, day)
  if (path === table.path && strictPath === table.strictPath) return []
  return [
    `On ${day} the engine says ${path} (strictly ${strictPath}), the table ${table.path} (${table.strictPath}): ${JSON.stringify(facts)}`,
  ]
}

function factsOf(told: Told): ExportFacts {
  const handler: Record<string, unknown> = {}
  const flow: Record<string, unknown> = {}
  const conditions: Record<string, unknown> = {}
  const top: Record<string, unknown> = {}
  for (const [name, answer] of Object.entries(told)) {
    if (answer === undefined) continue
    if (name.startsWith('handler.')) handler[name.slice('handler.'.length)] = answer
    else if (name.startsWith('conditions.')) conditions[name.slice('conditions.'.length)] = answer
    else if (name === 'voluntaryDeclaration' || name === 'numbersSplit') top[name] = answer
    else flow[name] = answer
  }
  return {
    schema: 'tongguan/facts/1',
    ...top,
    handler: handler,
    flows: [{ id: 'one', ...flow, conditions }],
  }
}

function combinations(names: readonly string[]): readonly Told[] {
  return names.reduce<readonly Told[]>(
    (all, name) => all.flatMap((told) => (domains[name] ?? []).map((answer) => ({ ...told, [name]: answer }))),
    [{}],
  )
}
