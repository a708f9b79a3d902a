// The law of section "who must do what" a second time, as plain as it can be written: one row after another, and where a
// fact is unknown every answer to it is tried. It shares no code with law/ (types only), so that the two can disagree.
import type { Count, ExportFacts, FlowFacts } from '@tongguan/law'

type Answer =
  | 'not-an-export'
  | 'exempt'
  | 'contract-or-certification'
  | 'assessment'
  | 'prohibited'
  | 'state-secrets-regime'
  | 'unknown'

const bySeverity: readonly Answer[] = [
  'not-an-export',
  'exempt',
  'contract-or-certification',
  'assessment',
  'prohibited',
  'state-secrets-regime',
]

/** Numbers on either side of every line of both eras. */
const borders = [0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000]

/** What the table says: the path as written, and with persons of `both` counted twice. */
export function byTheTable(facts: ExportFacts, day: string): { readonly path: Answer; readonly strictPath: Answer } {
  if (facts.flows.length === 0) return { path: 'unknown', strictPath: 'unknown' }
  const world: World = {
    day,
    late: day >= '2024-03-22',
    ciio: false,
    organ: 'none',
    processed: 0,
    voluntary: false,
    split: facts.numbersSplit === true,
    flows: [],
  }
  const holes = holesOf(facts, world)
  const found: Found = { written: 0, strict: 0 }
  tryAll(holes, 0, () => look(facts, world, found))
  return { path: oneOf(found.written), strictPath: oneOf(found.strict) }
}

/** The answers met so far, one bit for each severity. */
interface Found {
  written: number
  strict: number
}

/** Every fact answered. */
interface World {
  readonly day: string
  readonly late: boolean
  ciio: boolean
  organ: string
  processed: number
  voluntary: boolean
  readonly split: boolean
  readonly flows: FlowWorld[]
}

interface FlowWorld {
  leaves: boolean
  personal: boolean
  important: string
  core: boolean
  secret: boolean
  foreign: boolean
  listed: boolean
  publicTask: boolean
  excepted: boolean
  /** Important automobile data that go by another report instead. */
  reported: boolean
  general: number
  sensitive: number
}

/** One unknown fact: all its answers, and where they go. */
type Hole = readonly [answers: readonly unknown[], put: (answer: never) => void]

function tryAll(holes: readonly Hole[], at: number, done: () => void): void {
  const hole = holes[at]
  if (!hole) return done()
  for (const answer of hole[0]) {
    hole[1](answer as never)
    tryAll(holes, at + 1, done)
  }
}

function oneOf(met: number): Answer {
  const answers = bySeverity.filter((_, severity) => met & (1 << severity))
  const [first] = answers
  if (first !== undefined && answers.length === 1) return first
  // Stopped either way: the milder of the two stops is named.
  return first === 'prohibited' ? first : 'unknown'
}

function holesOf(facts: ExportFacts, world: World): readonly Hole[] {
  const holes: Hole[] = []
  const ask = <T>(known: T | undefined, all: readonly T[], put: (answer: T) => void) => {
    if (known !== undefined) put(known)
    else holes.push([all, put])
  }
  const yesNo = [false, true]
  const { handler } = facts
  ask(handler?.ciio, yesNo, (answer) => (world.ciio = answer))
  const organs = ['none', 'state-organ', 'authorised-body']
  const organ = organs.includes(handler?.publicBody ?? '') ? handler?.publicBody : undefined
  ask(organ, organs, (answer) => (world.organ = answer))
  ask(facts.voluntaryDeclaration, yesNo, (answer) => (world.voluntary = answer))
  if (!world.late) numbers(handler?.personsProcessed, (answer) => (world.processed = answer))
  for (const flow of facts.flows) flowHoles(flow)
  return holes

  function numbers(count: Count | undefined, put: (answer: number) => void, least = 0): void {
    if (typeof count === 'number') return put(Math.max(least, count))
    // Within bounds every number beside a line is tried; where nothing is known, nobody and everybody.
    const between = count
      ? [count.lower, ...borders.filter((n) => count.lower < n && n < count.upper), count.upper]
      : [0, 2_000_000_000]
    holes.push([[...new Set(between.map((n) => Math.max(least, n)))], put])
  }

  function flowHoles(flow: FlowFacts): void {
    const here: FlowWorld = {
      leaves: false,
      personal: false,
      important: 'none',
      core: false,
      secret: false,
      foreign: false,
      listed: false,
      publicTask: false,
      excepted: false,
      reported: false,
      general: 0,
      sensitive: 0,
    }
    world.flows.push(here)
    const remote = flow.manner === 'remote-access'
    if ((remote || flow.manner === undefined) && flow.accessPlace !== undefined && flow.accessPlace !== 'CN')
      here.leaves = true
    else {
      const told = remote && flow.accessPlace === 'CN' ? (flow.leavesChina ?? false) : flow.leavesChina
      const direct = flow.manner === 'direct-collection' ? world.late : undefined
      ask(told ?? direct, yesNo, (answer) => (here.leaves = answer))
    }
    ask(personal(flow), yesNo, (answer) => (here.personal = answer))
    const important = ['none', 'notified', 'published', 'meets-definition']
    ask(
      important.includes(flow.importantData ?? '') ? flow.importantData : undefined,
      important,
      (answer) => (here.important = answer),
    )
    ask(flow.coreData, yesNo, (answer) => (here.core = answer))
    ask(flow.stateSecrets, yesNo, (answer) => (here.secret = answer))
    ask(flow.foreignAuthorityRequest, yesNo, (answer) => (here.foreign = answer))
    ask(listed(flow), yesNo, (answer) => (here.listed = answer))
    ask(
      flow.legalBasis === undefined ? undefined : flow.legalBasis === 'statutory',
      yesNo,
      (answer) => (here.publicTask = answer),
    )
    exceptionHoles(flow, here)
    const window = world.late ? flow.since1January : flow.since1JanuaryLastYear
    const persons = window as { general?: Count; sensitive?: Count } | undefined
    numbers(persons?.general, (answer) => (here.general = answer))
    const none = persons?.sensitive !== undefined && most(persons.sensitive) === 0
    if (flow.minorsUnder14 === true && none) {
      numbers({ lower: 1, point: 1, upper: Math.max(1, most(persons?.general)) }, (answer) => (here.sensitive = answer))
    } else numbers(persons?.sensitive, (answer) => (here.sensitive = answer), flow.minorsUnder14 === true ? 1 : 0)
  }

  /** Articles 3 to 6 of the provisions, 35 and 36 of the regulations, the guides of two trades: all conditions, or none of it. */
  function exceptionHoles(flow: FlowFacts, here: FlowWorld): void {
    const claim = flow.exemption
    if (claim === 'none') return
    const needs = claim === undefined ? undefined : wants[claim]
    if (claim === undefined || needs === undefined) {
      if (world.late) ask<boolean>(undefined, yesNo, (answer) => (here.excepted = answer))
      return
    }
    if (world.day < (starts[claim] ?? '2024-03-22')) return
    const trade = trades[claim]
    if (trade !== undefined && flow.industry !== undefined && flow.industry !== trade) return
    const told: Readonly<Record<string, boolean | undefined>> = flow.conditions ?? {}
    const open = needs.filter(([name]) => told[name] === undefined).length
    const against = needs.some(([name, wanted]) => told[name] === !wanted)
    const barred =
      (claim === 'contract-with-individual' && told['domesticServiceOnly']) ||
      (claim === 'cross-border-hr' && told['candidatesOnly'])
    const { ftz } = facts.handler ?? {}
    const noZone = claim === 'ftz-off-list' && ftz === 'none'
    if (against || barred === true || noZone) return
    if (claim === 'no-personal-information') {
      // Settled with the answer to "personal information", below.
      here.excepted = false
      return
    }
    const zoneOpen =
      claim === 'ftz-off-list' &&
      !(ftz !== 'none' && ftz?.zone && ftz.list && ftz.version && ftz.entry && ftz.checkedBy)
    const { financeScenario: named, industry } = flow
    const scenarioOpen =
      claim === 'finance-scenario' && !(named?.list && named.version && named.entry && named.checkedBy)
    const tradeOpen = trade !== undefined && industry === undefined
    const put = (answer: boolean) => {
      if (claim === 'automobile-reported-instead') here.reported = answer
      else here.excepted = answer
    }
    if (open > 0 || zoneOpen || scenarioOpen || tradeOpen) ask<boolean>(undefined, yesNo, put)
    else put(true)
  }
}

const wants: Readonly<Record<string, readonly (readonly [string, boolean])[]>> = {
  'no-personal-information': [],
  'overseas-origin': [
    ['collectedAbroad', true],
    ['sentToChinaForProcessing', true],
    ['noDomesticDataAdded', true],
  ],
  'contract-with-individual': [
    ['individualIsParty', true],
    ['necessary', true],
  ],
  'cross-border-hr': [
    ['lawfulLabourRules', true],
    ['collectiveContract', true],
    ['employeesOnly', true],
    ['necessary', true],
  ],
  emergency: [
    ['emergencyExists', true],
    ['protectsLifeHealthProperty', true],
    ['necessary', true],
  ],
  'ftz-off-list': [
    ['onNegativeList', false],
    ['listInForce', true],
  ],
  'statutory-duty': [
    ['necessary', true],
    ['confirmedByAuthority', true],
  ],
  treaty: [['confirmedByAuthority', true]],
  'finance-scenario': [
    ['onScenarioList', true],
    ['necessary', true],
  ],
  'automobile-reported-instead': [
    ['reportedOrFiled', true],
    ['confirmedByAuthority', true],
  ],
}

const starts: Readonly<Record<string, string>> = {
  'statutory-duty': '2025-01-01',
  treaty: '2025-01-01',
  'finance-scenario': '2025-04-17',
  'automobile-reported-instead': '2026-02-03',
}

const trades: Readonly<Record<string, string>> = {
  'finance-scenario': 'finance',
  'automobile-reported-instead': 'automobile',
}

function personal(flow: FlowFacts): boolean | undefined {
  const now = flow.since1January as { general?: Count; sensitive?: Count } | undefined
  const last = flow.since1JanuaryLastYear
  if (
    [now?.general, now?.sensitive, last?.general, last?.sensitive].some(
      (count) => count !== undefined && least(count) > 0,
    )
  )
    return true
  if (flow.containsPersonalInformation !== undefined) return flow.containsPersonalInformation
  if (flow.minorsUnder14 === true) return true
  const nobody =
    now?.general !== undefined && now.sensitive !== undefined && most(now.general) + most(now.sensitive) === 0
  return nobody ? false : undefined
}

function listed(flow: FlowFacts): boolean | undefined {
  const answers = (flow.recipients ?? []).map((recipient) => recipient.restrictedList)
  if (answers.includes(true)) return true
  return answers.length === 0 || answers.includes(undefined) ? undefined : false
}

function least(count: Count | undefined): number {
  return typeof count === 'number' ? count : (count?.lower ?? 0)
}

function most(count: Count | undefined): number {
  return typeof count === 'number' ? count : (count?.upper ?? 2_000_000_000)
}

/** One world: the handler's numbers, then the rows of the table flow by flow, then the heaviest. */
function look(facts: ExportFacts, world: World, found: Found): void {
  const general = unions(facts, world, 'general')
  const sensitive = unions(facts, world, 'sensitive')
  for (const g of general) {
    for (const s of sensitive) {
      found.written |= 1 << heaviest(world, g, s)
      found.strict |= 1 << heaviest(world, world.late ? g + Math.min(s, twice(facts, world)) : g, s)
    }
  }
}

/** Distinct persons over several flows: no fewer than the largest, no more than the sum, unless the total is told. */
function unions(facts: ExportFacts, world: World, kind: 'general' | 'sensitive'): readonly number[] {
  let largest = 0
  let sum = 0
  let claimed = 0
  for (const [index, flow] of world.flows.entries()) {
    if (!counts(flow, world)) continue
    largest = Math.max(largest, flow[kind])
    sum += flow[kind]
    if (facts.flows[index]?.exemption !== 'none') claimed += flow[kind]
  }
  const told = totalOf(facts, world, kind)
  if (told === undefined) return largest === sum ? [sum] : [largest, sum]
  const low = Math.max(told, largest)
  const high = Math.max(low, Math.min(told + claimed, sum))
  return low === high ? [low] : [low, high]
}

function counts(flow: FlowWorld, world: World): boolean {
  return flow.leaves && flow.personal && !(flow.excepted && !important(flow, world) && !ofPublicBody(flow, world))
}

function totalOf(facts: ExportFacts, world: World, kind: 'general' | 'sensitive' | 'both'): number | undefined {
  const total = world.late ? facts.total?.since1January : facts.total?.since1JanuaryLastYear
  return (total as Record<string, number | undefined> | undefined)?.[kind]
}

/** Those with sensitive items who send ordinary ones too. */
function twice(facts: ExportFacts, world: World): number {
  const told = totalOf(facts, world, 'both')
  if (told !== undefined) return told
  let sum = 0
  for (const [index, flow] of world.flows.entries()) {
    const both = (facts.flows[index]?.since1January as { both?: Count } | undefined)?.both
    if (counts(flow, world)) sum += Math.min(flow.sensitive, most(both))
  }
  return sum
}

function heaviest(world: World, general: number, sensitive: number): number {
  let heaviest = 0
  for (const flow of world.flows) {
    const here = world.late ? rowLate(flow, world, general, sensitive) : rowEarly(flow, world, general, sensitive)
    heaviest = Math.max(heaviest, bySeverity.indexOf(here))
  }
  return heaviest
}

function important(flow: FlowWorld, world: World): boolean {
  return world.late ? flow.important === 'notified' || flow.important === 'published' : flow.important !== 'none'
}

function ofPublicBody(flow: FlowWorld, world: World): boolean {
  return world.organ === 'state-organ' || (world.organ === 'authorised-body' && flow.publicTask)
}

/** From 2024-03-22. */
function rowLate(flow: FlowWorld, world: World, general: number, sensitive: number): Answer {
  if (!flow.leaves) return 'not-an-export'
  if (flow.secret) return 'state-secrets-regime'
  if (flow.core || flow.foreign || (flow.personal && flow.listed)) return 'prohibited'
  if (important(flow, world)) return flow.reported && !flow.personal && !world.ciio ? 'exempt' : 'assessment'
  if (!flow.personal) return 'exempt'
  if (ofPublicBody(flow, world)) return 'assessment'
  if (flow.excepted) return 'exempt'
  if (world.ciio) return 'assessment'
  if (general >= 1_000_000) return 'assessment'
  if (sensitive >= 10_000) return 'assessment'
  if (world.split) return 'assessment'
  if (general >= 100_000 || flow.sensitive >= 1) return world.voluntary ? 'assessment' : 'contract-or-certification'
  return 'exempt'
}

/** 2022-09-01 to 2024-03-21. */
function rowEarly(flow: FlowWorld, world: World, general: number, sensitive: number): Answer {
  if (!flow.leaves) return 'not-an-export'
  if (flow.secret) return 'state-secrets-regime'
  if (flow.core || flow.foreign || (flow.personal && flow.listed)) return 'prohibited'
  if (important(flow, world)) return 'assessment'
  if (!flow.personal) return 'exempt'
  if (ofPublicBody(flow, world)) return 'assessment'
  if (world.ciio) return 'assessment'
  if (world.processed >= 1_000_000) return 'assessment'
  if (general >= 100_000) return 'assessment'
  if (sensitive >= 10_000) return 'assessment'
  if (world.voluntary) return 'assessment'
  if (world.split && world.day >= '2023-06-01') return 'assessment'
  return 'contract-or-certification'
}
