// Facts drawn from a seed, for the table: mostly answered, on and beside the lines, some left out.
import type { Count, ExportFacts, FlowFacts } from '@tongguan/law'

/** Numbers below 2^32 from a seed, always the same (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export const days = [
  '2022-09-01',
  '2022-11-04',
  '2023-05-31',
  '2023-06-01',
  '2024-03-21',
  '2024-03-22',
  '2024-12-31',
  '2025-01-01',
  '2025-04-16',
  '2025-04-17',
  '2025-06-27',
  '2025-12-31',
  '2026-01-01',
  '2026-02-02',
  '2026-02-03',
  '2026-11-23',
] as const

const around = [
  0, 0, 1, 2, 4_999, 5_000, 9_999, 10_000, 10_001, 49_999, 50_000, 99_999, 100_000, 100_001, 500_000, 999_999,
  1_000_000, 1_000_001,
] as const

/** Each exemption with what it asks; a bar ("domesticServiceOnly") is asked by nobody and ends it where it is said. */
const claims = {
  'no-personal-information': [],
  'overseas-origin': ['collectedAbroad', 'sentToChinaForProcessing', 'noDomesticDataAdded'],
  'contract-with-individual': ['individualIsParty', 'necessary', 'domesticServiceOnly'],
  'cross-border-hr': ['lawfulLabourRules', 'collectiveContract', 'employeesOnly', 'necessary', 'candidatesOnly'],
  emergency: ['emergencyExists', 'protectsLifeHealthProperty', 'necessary'],
  'ftz-off-list': ['onNegativeList', 'listInForce'],
  'statutory-duty': ['necessary', 'confirmedByAuthority'],
  treaty: ['confirmedByAuthority'],
  'finance-scenario': ['onScenarioList', 'necessary'],
  'automobile-reported-instead': ['reportedOrFiled', 'confirmedByAuthority'],
} as const

/** The trade a claim belongs to. */
const trades: Readonly<Record<string, string>> = {
  'finance-scenario': 'finance',
  'automobile-reported-instead': 'automobile',
}

const claimNames = Object.keys(claims) as (keyof typeof claims)[]

/** What must be answered "no". */
const against: readonly string[] = ['onNegativeList', 'domesticServiceOnly', 'candidatesOnly']

export interface Point {
  readonly facts: ExportFacts
  /** One of `days`. */
  readonly day: string
}

/** A handler with one to three flows, and a day. At most four facts are left out, so that every answer can be tried. */
export function drawPoint(below: (n: number) => number): Point {
  let holes = below(4) === 0 ? 1 + below(4) : 0
  const leftOut = () => holes > 0 && below(8) === 0 && holes-- > 0
  const rarely = (one: number) => below(one) === 0
  const kept = <T>(value: T): T | undefined => (leftOut() ? undefined : value)
  const number = (): number => (below(3) === 0 ? below(1_200_000) : pick(around))
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const count = (): Count | undefined => {
    if (leftOut()) return undefined
    const n = number()
    if (!rarely(12) || holes === 0) return n
    holes--
    return { lower: n, point: n, upper: n + number() }
  }
  const flow = (place: number): FlowFacts => {
    const exemption = below(2) === 0 ? ('none' as const) : pick(claimNames)
    // The one claim about important data without persons would else hardly ever meet them.
    const nobody = exemption === 'automobile-reported-instead' && below(2) === 0
    const general = nobody ? 0 : count()
    const sensitive = nobody || below(2) === 0 ? 0 : count()
    const all = typeof general === 'number' && typeof sensitive === 'number' ? general + sensitive : undefined
    const last = all === undefined ? 1_000 : all
    return defined({
      id: `f${place}`,
      recipients: rarely(40) ? [] : [defined({ restrictedList: kept(rarely(30)) })],
      manner: rarely(8) ? pick(['remote-access', 'direct-collection']) : 'transfer',
      accessPlace: rarely(3) ? pick(['CN', 'HK', 'US']) : undefined,
      leavesChina: kept(!rarely(12)),
      containsPersonalInformation: kept(!nobody && !rarely(6)),
      legalBasis: kept(pick(['consent', 'statutory', 'contract'])),
      importantData: kept(nobody || rarely(5) ? pick(['notified', 'published', 'meets-definition']) : 'none'),
      coreData: kept(rarely(25)),
      stateSecrets: kept(rarely(30)),
      foreignAuthorityRequest: kept(rarely(30)),
      minorsUnder14: rarely(15),
      exemption: kept(exemption),
      industry: kept(rarely(6) ? pick(['finance', 'automobile', 'health']) : (trades[exemption] ?? 'other')),
      financeScenario:
        exemption === 'finance-scenario' && !leftOut()
          ? defined({ list: 'l', version: '2025', entry: 'e', checkedBy: kept('c') })
          : undefined,
      conditions: exemption === 'none' ? {} : answers(claims[exemption]),
      since1January: defined({ general, sensitive, both: below(2) === 0 ? below(12_000) : undefined }),
      since1JanuaryLastYear: {
        general: last,
        sensitive: typeof sensitive === 'number' && sensitive <= last ? sensitive : 0,
      },
    })
  }
  const answers = (names: readonly string[]) => {
    const told: Record<string, boolean> = {}
    for (const name of names) {
      const no = against.includes(name)
      if (!leftOut()) told[name] = rarely(8) ? no : !no
    }
    return told
  }
  const ftz =
    below(2) === 0
      ? ('none' as const)
      : defined({ zone: 'beijing', list: 'l', version: '2025', entry: 'e', checkedBy: kept('c') })
  const facts = defined({
    schema: 'tongguan/facts/1',
    handler: defined({
      ciio: kept(rarely(5)),
      publicBody: kept(rarely(5) ? pick(['state-organ', 'authorised-body']) : 'none'),
      personsProcessed: kept(number()),
      ftz,
    }),
    voluntaryDeclaration: kept(rarely(8)),
    numbersSplit: rarely(20) ? true : undefined,
    flows: Array.from({ length: pick([1, 1, 2, 3]) }, (_, place) => flow(place)),
  }) as ExportFacts
  return { facts: below(4) === 0 ? withTotal(facts, number(), number()) : facts, day: pick(days) }
}

/** With a total that is told; the flows then give plain numbers only, so that the two do not bound each other. */
function withTotal(facts: ExportFacts, general: number, sensitive: number): ExportFacts {
  const plain = facts.flows.every((flow) => {
    const { general, sensitive } = flow.since1January as { general?: Count; sensitive?: Count }
    return (
      typeof general === 'number' &&
      typeof sensitive === 'number' &&
      flow.minorsUnder14 === false &&
      flow.exemption !== undefined
    )
  })
  if (!plain) return facts
  return {
    ...facts,
    total: {
      since1January: { general, sensitive },
      since1JanuaryLastYear: { general: general + sensitive, sensitive },
    },
  }
}

/** Leaves out what is undefined, as a facts file does. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {}
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key]
  return kept as { [K in keyof T]: Exclude<T[K], undefined> }
}
