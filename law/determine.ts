import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, FactValue, Reason, Words } from './citation.ts'
import type { AvailableRoute, Determination, DeterminedFlow, Path, StraddledLine } from './determination.ts'
import { dutiesOf } from './duties.ts'
import { exemptByNature, exemptions } from './exemptions.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import { followsTheAssessment } from './instruments/answers-2026-01/answer-1.ts'
import { certificationFrom } from './instruments/certification-measures-2026/article-05.ts'
import {
  certificationNoticeFrom,
  contractByMeasures,
  standardContractFrom,
} from './instruments/contract-measures-2023/article-04.ts'
import { coreData } from './instruments/dsl-2021/article-21.ts'
import { foreignAuthority } from './instruments/dsl-2021/article-36.ts'
import { gbaCities, gbaPlaces } from './instruments/gba-contract-2023/article-02.ts'
import { nothingLeaves } from './instruments/guide-2025/part-1.ts'
import { instruments } from './instruments/index.ts'
import {
  importantDataByMeasures,
  largeProcessorByMeasures,
  manyPersonsByMeasures,
  measuresThreshold,
  operatorByMeasures,
  outsideTheMeasures,
} from './instruments/measures-2022/article-04.ts'
import { stateSecrets } from './instruments/network-data-regulations-2025/article-63.ts'
import { restrictedRecipient } from './instruments/pipl-2021/article-42.ts'
import { stateOrgan } from './instruments/pipl-2021/article-36.ts'
import { definitionAloneDoesNotDecide, importantData } from './instruments/provisions-2024/article-02.ts'
import { noPersonalInformation } from './instruments/provisions-2024/article-03.ts'
import { fewPersons } from './instruments/provisions-2024/article-05.ts'
import { declarationThreshold, manyPersons, operator } from './instruments/provisions-2024/article-07.ts'
import { contractFloor, contractOrCertification } from './instruments/provisions-2024/article-08.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { reason, weakest, weight } from './matter.ts'
import type { Rule, Ruling, SettledFlow } from './matter.ts'
import { countingWindow, matters, rangeOf, settle } from './settle.ts'
import type { Leaning, Settled } from './settle.ts'
import { singleChanges } from './what-if.ts'

/** The day this rule set was last checked against the published law. */
export const rulesAsOf = legalDate('2026-11-23')

/**
 * The legal path of one handler's exports by the law of a day, with its reasons.
 *
 * A fact left out is unknown: the path is then `unknown` and the fact is named, unless every answer to it leads to the
 * same path. Throws RangeError for a day before 2022-09-01 (Order 11 was not in force) and for counts that cannot be.
 */
export function determine(facts: ExportFacts, on: LegalDate): Determination {
  refuseEarlierThanTheMeasures(on)
  refuseImpossibleCounts(facts, on)
  const asWritten = judge(facts, on, { strict: false })
  const strictly = judge(facts, on, { strict: true })
  const { path, flows, because } = asWritten
  const open = path === 'unknown' ? openFacts(facts, on, asWritten) : []
  const missing = open.map(({ fact }) => fact)
  const available = routes(facts, flows, on)
  const duties = dutiesOf(facts, asWritten.heavy, on)
  const notLawfulAsDescribed = facts.flows.some((flow) => flow.conditions?.necessary === false)
  return {
    schema: 'tongguan/determination/1',
    on,
    rules: rulesAsOf,
    path,
    strictPath: strictly.path,
    mayProceed: mayProceed(path, { notLawfulAsDescribed, nothingToUse: available.length === 0 }),
    available,
    alsoRequired: [...new Set(duties.required.map(({ duty }) => duty))],
    missing,
    certainty: weakest(asWritten.certainty, path === strictly.path ? 'primary' : 'contested'),
    flows,
    because: distinct([
      ...(notLawfulAsDescribed ? [notNecessary] : []),
      ...(path === 'unknown' ? open.map((fact) => fact.because) : because),
      ...facts.flows.flatMap((flow, index) => remarks(flow, asWritten.light.flows[index], on)),
    ]),
    alsoBecause: duties.required,
    alsoMissing: duties.missing.filter((fact) => !missing.includes(fact)),
    straddled: straddledLines(asWritten, on),
    notLawfulAsDescribed,
    warnings: warnings(facts),
    margin: margin(asWritten, on),
    wouldChange: singleChanges(facts, on)
      .map(({ fact, to, facts: changed }) => ({ fact, to, path: judge(changed, on, { strict: false }).path }))
      .filter((change) => change.path !== path),
  }
}

/** The rules before Order 16, in the order they are asked; the first that speaks decides. */
const rulesOfMeasures: readonly Rule[] = [
  nothingLeaves,
  stateSecrets,
  coreData,
  foreignAuthority,
  restrictedRecipient,
  importantDataByMeasures,
  outsideTheMeasures,
  stateOrgan,
  operatorByMeasures,
  largeProcessorByMeasures,
  manyPersonsByMeasures,
  followsTheAssessment(contractByMeasures),
]

/** The rules from 2024-03-22. Exemptions come before articles 7 and 8, which let them prevail. */
const rulesOfProvisions: readonly Rule[] = [
  nothingLeaves,
  stateSecrets,
  coreData,
  foreignAuthority,
  restrictedRecipient,
  importantData,
  noPersonalInformation,
  stateOrgan,
  exemptByNature,
  operator,
  manyPersons,
  followsTheAssessment(contractOrCertification),
  fewPersons,
]

interface Judgement {
  readonly path: Path
  readonly flows: readonly DeterminedFlow[]
  readonly because: readonly Reason[]
  readonly certainty: Certainty
  readonly light: Settled
  readonly heavy: Settled
}

/** Every unknown settled the light way, then the heavy way: where both agree, the unknowns do not matter. */
function judge(facts: ExportFacts, on: LegalDate, { strict }: { readonly strict: boolean }): Judgement {
  const light = settle(facts, { on, strict, leaning: () => 'light' })
  const heavy = settle(facts, { on, strict, leaning: () => 'heavy' })
  const shown = shownTotals(light, heavy)
  const lightRulings = rulings(light, shown)
  const heavyRulings = rulings(heavy, shown)
  const flows = facts.flows.map((flow, index) => between(flow, lightRulings[index], heavyRulings[index]))
  const path = facts.flows.length === 0 ? 'unknown' : agreed(heaviest(lightRulings), heaviest(heavyRulings))
  // What makes a path heavy is certain where it holds for the light reading, what makes it light where for the heavy one.
  const certain = path !== 'unknown' && weight[path] < weight['contract-or-certification'] ? heavyRulings : lightRulings
  const deciding = certain.filter((ruling) => ruling.path === path)
  return {
    path,
    flows,
    because: distinct(deciding.flatMap((ruling) => ruling.because)),
    certainty:
      path === 'unknown'
        ? weakest(...heavyRulings.map((r) => r.certainty))
        : weakest(...certain.map((r) => r.certainty)),
    light,
    heavy,
  }
}

function rulings(settled: Settled, shown: ReturnType<typeof shownTotals>): readonly Ruling[] {
  const rules = settled.on < provisionsFrom ? rulesOfMeasures : rulesOfProvisions
  return matters(settled, shown).map((matter) => {
    for (const rule of rules) {
      const ruling = rule(matter)
      if (ruling) return ruling
    }
    throw new Error(`No rule of ${settled.on} speaks about flow ${matter.flow.id}: the list of rules is not complete`)
  })
}

function between(flow: FlowFacts, light: Ruling | undefined, heavy: Ruling | undefined): DeterminedFlow {
  if (!light || !heavy) throw new Error(`Flow ${flow.id} was not ruled on`)
  const path = agreed(light.path, heavy.path)
  if (path === 'unknown') return { id: flow.id, path, because: [undecided(light, heavy)] }
  const certain = weight[path] < weight['contract-or-certification'] ? heavy : light
  return { id: flow.id, path, because: certain.because }
}

function undecided(lighter: Ruling, heavier: Ruling): Reason {
  const [light, heavy] = [lighter.because[0], heavier.because[0]]
  if (!light || !heavy) throw new Error(`A ruling of ${lighter.path} or ${heavier.path} gives no reason`)
  return reason(
    { ...heavy },
    {},
    `尚不能判断。较轻：${light.zh}。较重：${heavy.zh}`,
    `Not decided. At the lightest: ${light.en}. At the heaviest: ${heavy.en}`,
  )
}

/** A stop that is certain stays one, whichever of the two stops it turns out to be. */
function agreed(light: Ruling['path'], heavy: Ruling['path']): Path {
  return light === heavy || weight[light] >= weight.prohibited ? light : 'unknown'
}

function heaviest(rulings: readonly Ruling[]): Ruling['path'] {
  return rulings.reduce<Ruling['path']>(
    (heaviest, { path }) => (weight[path] > weight[heaviest] ? path : heaviest),
    'not-an-export',
  )
}

interface OpenFact {
  readonly fact: string
  readonly because: Reason
}

/**
 * The facts without which nothing can be said: those that, with the other unknown facts settled in one of four ways,
 * decide the path. Where only several together do, those that tip it when they are settled one after another. Each with
 * what the law would say to its lighter and to its heavier answer.
 */
function openFacts(facts: ExportFacts, on: LegalDate, { light, heavy }: Judgement): readonly OpenFact[] {
  if (facts.flows.length === 0) return [{ fact: 'flows', because: noFlows(on) }]
  const shown = shownTotals(light, heavy)
  const asked = new Set<string>()
  const heaviestWith = (leaning: Leaning): Ruling => {
    const remember: Leaning = (fact) => {
      asked.add(fact)
      return leaning(fact)
    }
    const all = rulings(settle(facts, { on, strict: false, leaning: remember }), shown)
    const path = heaviest(all)
    return all.find((ruling) => ruling.path === path) ?? noRuling(path)
  }
  for (const setting of settings) heaviestWith(setting)
  const open = [...asked]
  const alone = open.flatMap((one) => {
    for (const setting of settings) {
      const [lighter, heavier] = (['light', 'heavy'] as const).map((way) =>
        heaviestWith((fact) => (fact === one ? way : setting(fact))),
      )
      if (lighter && heavier && lighter.path !== heavier.path) {
        return [{ fact: one, because: either(one, { lighter, heavier, shown }) }]
      }
    }
    return []
  })
  if (alone.length > 0) return alone
  const together = new Set<string>()
  return open.flatMap((one) => {
    const lighter = heaviestWith((fact) => (together.has(fact) ? 'heavy' : 'light'))
    together.add(one)
    const heavier = heaviestWith((fact) => (together.has(fact) ? 'heavy' : 'light'))
    return lighter.path === heavier.path ? [] : [{ fact: one, because: either(one, { lighter, heavier, shown }) }]
  })
}

/** What only lets other facts matter: does it leave, is it personal, is it exempt. */
const enabling = /\.(leavesChina|containsPersonalInformation|exemption|conditions\.\w+|legalBasis)$/

/** How the other unknown facts are settled while one is tried: the telling ways first, since their reasons are shown. */
const settings: readonly Leaning[] = [
  (fact) => (enabling.test(fact) ? 'heavy' : 'light'),
  (fact) => (enabling.test(fact) || fact.includes('since1January') ? 'heavy' : 'light'),
  () => 'light',
  () => 'heavy',
]

function either(
  fact: string,
  { lighter, heavier, shown }: { lighter: Ruling; heavier: Ruling; shown: ReturnType<typeof shownTotals> },
): Reason {
  const [light, heavy] = [lighter.because[0], heavier.because[0]]
  if (!light || !heavy) throw new Error(`A ruling on ${fact} gives no reason`)
  const value = fact.includes('since1January') ? shown[fact.endsWith('.general') ? 'general' : 'sensitive'] : null
  return reason(
    { ...heavy },
    { [fact]: value },
    `${fact} ${value === null ? '未知' : '不够确定'}。较轻：${light.zh}。较重：${heavy.zh}`,
    `${fact} is not known${value === null ? '' : ' closely enough'}. At the lightest: ${light.en}. At the heaviest: ${heavy.en}`,
  )
}

function noRuling(path: Path): never {
  throw new Error(`No flow was ruled ${path}`)
}

function noFlows(on: LegalDate): Reason {
  return reason(
    on < provisionsFrom ? { instrument: 'measures-2022', article: 2 } : { instrument: 'provisions-2024', article: 7 },
    { flows: 0 },
    '没有列出任何数据出境场景，无法判断',
    'No export is described, so nothing can be said',
  )
}

function shownTotals(light: Settled, heavy: Settled): { readonly general: FactValue; readonly sensitive: FactValue } {
  const shown = (kind: 'general' | 'sensitive'): FactValue => {
    const [lower, upper] = [light.total[kind], heavy.total[kind]]
    if (!Number.isFinite(upper)) return lower === 0 ? null : lower
    return lower === upper ? upper : { lower, point: upper, upper }
  }
  return { general: shown('general'), sensitive: shown('sensitive') }
}

interface Line {
  readonly kind: 'general' | 'sensitive'
  readonly persons: number
  readonly citation: StraddledLine['citation']
}

function linesOf(on: LegalDate): readonly Line[] {
  if (on < provisionsFrom) {
    const citation = { instrument: 'measures-2022', article: 4, item: 3 } as const
    return [
      { kind: 'general', persons: measuresThreshold.exportedPersons, citation },
      { kind: 'sensitive', persons: measuresThreshold.exportedSensitivePersons, citation },
    ]
  }
  const [floor, threshold] = [contractFloor, declarationThreshold]
  return [
    { kind: 'general', persons: floor.generalPersons, citation: floor.citation },
    { kind: 'general', persons: threshold.generalPersons, citation: threshold.citation },
    { kind: 'sensitive', persons: floor.sensitivePersons, citation: floor.citation },
    { kind: 'sensitive', persons: threshold.sensitivePersons, citation: threshold.citation },
  ]
}

function straddledLines({ path, light, heavy }: Judgement, on: LegalDate): readonly StraddledLine[] {
  if (path !== 'unknown') return []
  return linesOf(on)
    .filter(({ kind, persons }) => light.total[kind] < persons && persons <= heavy.total[kind])
    .map(({ kind, persons, citation }) => ({
      fact: `total.${countingWindow(on)}.${kind}`,
      line: persons,
      lower: light.total[kind],
      upper: Number.isFinite(heavy.total[kind]) ? heavy.total[kind] : null,
      citation,
    }))
}

/** Null where no number of persons decides: nothing is counted, or the path rests on something else. */
function margin({ path, heavy }: Judgement, on: LegalDate): Determination['margin'] {
  const countsPersons = heavy.counted.some(Boolean) && !heavy.handler.ciio
  if (!countsPersons || (path !== 'exempt' && path !== 'contract-or-certification')) return null
  const next = path === 'exempt' ? 'contract-or-certification' : 'assessment'
  const left = (kind: 'general' | 'sensitive', line: number) => Math.max(0, line - heavy.total[kind])
  if (on < provisionsFrom) {
    return {
      general: left('general', measuresThreshold.exportedPersons),
      sensitive: left('sensitive', measuresThreshold.exportedSensitivePersons),
      next,
    }
  }
  const { generalPersons, sensitivePersons } = path === 'exempt' ? contractFloor : declarationThreshold
  return { general: left('general', generalPersons), sensitive: left('sensitive', sensitivePersons), next }
}

/** Routes besides the assessment, where the path is contract or certification. */
function routes(facts: ExportFacts, flows: readonly DeterminedFlow[], on: LegalDate): readonly AvailableRoute[] {
  const concerned = facts.flows.filter((_, index) => flows[index]?.path === 'contract-or-certification')
  if (concerned.length === 0) return []
  const certification = on < certificationFrom ? certificationNoticeFrom : certificationFrom
  const all: readonly AvailableRoute[] = [
    { route: 'standard-contract', from: standardContractFrom },
    ...concerned.slice(0, 1).flatMap((flow) => gbaRoute(flow, concerned)),
    { route: 'certification', from: certification },
  ]
  return all.filter(({ from }) => from <= on)
}

function gbaRoute(first: FlowFacts, concerned: readonly FlowFacts[]): readonly AvailableRoute[] {
  const from = gbaPlaces.get(gbaPlaceOf(first) ?? '')
  const every = concerned.every((flow) => gbaPlaces.has(gbaPlaceOf(flow) ?? ''))
  return from && every ? [{ route: 'gba-contract', from }] : []
}

/** The recipient's place inside the Greater Bay Area; null where either side is elsewhere or not stated. */
function gbaPlaceOf({ gba, recipients }: FlowFacts): string | null {
  if (gba === undefined || gba === 'none') return null
  if (!gbaCities.includes(gba.handlerCity?.replace(/市$/, '') ?? '')) return null
  const elsewhere = recipients?.some(({ country }) => country !== undefined && country !== gba.recipientPlace)
  return elsewhere ? null : (gba.recipientPlace ?? null)
}

function mayProceed(
  path: Path,
  { notLawfulAsDescribed, nothingToUse }: { readonly notLawfulAsDescribed: boolean; readonly nothingToUse: boolean },
): Determination['mayProceed'] {
  if (notLawfulAsDescribed || path === 'prohibited' || path === 'state-secrets-regime') return 'no'
  if (path === 'contract-or-certification' && nothingToUse) return 'no'
  return path === 'unknown' ? 'unknown' : 'after-duties'
}

/** Necessity stands above every path: what is not necessary may not go by any. */
const notNecessary = reason(
  { instrument: 'measures-2022', article: 8, item: 1 },
  { necessary: false },
  '按所述方式出境不合法：向境外提供不具有必要性',
  'Not lawful as described: providing the data abroad is not necessary',
)

/** What was claimed and does not hold, and what matches a definition that decides nothing. */
function remarks(flow: FlowFacts, settled: SettledFlow | undefined, on: LegalDate): readonly Reason[] {
  const found: Reason[] = []
  if (settled?.exemption?.kind === 'fails') {
    const { claim, failed } = settled.exemption
    const { citation, zh, en } = exemptions[claim]
    found.push(
      reason(
        citation,
        { exemption: claim, failed },
        `所主张的豁免（${zh}）不成立：${failed}`,
        `The exemption claimed (${en}) does not hold: ${failed}`,
      ),
    )
  }
  if (flow.importantData === 'meets-definition' && on >= provisionsFrom) found.push(definitionAloneDoesNotDecide)
  return found
}

function warnings(facts: ExportFacts): Determination['warnings'] {
  const found: Words[] = []
  const processed = facts.handler?.personsProcessed
  const upper = typeof processed === 'number' ? processed : processed?.upper
  const flows = (kind: 'general' | 'sensitive') => facts.flows.map((flow) => rangeOf(flow.since1January, kind))
  const exported = Math.max(0, ...flows('general').map(lowerOf), ...flows('sensitive').map(lowerOf))
  if (upper !== undefined && exported > upper) {
    found.push({
      zh: `出境人数（${exported}）多于处理人数（${upper}），请核对`,
      en: `More persons are exported (${exported}) than processed (${upper}); please check`,
    })
  }
  for (const kind of ['general', 'sensitive'] as const) {
    const total = rangeOf(facts.total?.since1January, kind)
    const sum = flows(kind).reduce((persons, range) => persons + (range?.upper ?? Infinity), 0)
    if (total && total.lower > sum) {
      found.push({
        zh: `total.since1January.${kind} 多于各场景之和（${sum}），按较大者计算，请核对`,
        en: `total.since1January.${kind} is above the sum of the flows (${sum}); the larger is used, please check`,
      })
    }
  }
  return found
}

function lowerOf(range: { readonly lower: number } | null): number {
  return range?.lower ?? 0
}

function refuseEarlierThanTheMeasures(on: LegalDate): void {
  const { from } = instruments['measures-2022'].inForce
  if (on >= from) return
  throw new RangeError(
    `The security assessment of data exports began on ${from} (CAC Order 11); for ${on} there is no path to determine. Give a day from ${from} on`,
  )
}

function refuseImpossibleCounts(facts: ExportFacts, on: LegalDate): void {
  const counted = [
    ...facts.flows.map((flow, index) => [`flows.${index}`, flow] as const),
    ...(facts.total ? [['total', facts.total] as const] : []),
  ]
  for (const [at, persons] of counted) {
    for (const window of ['since1January', 'since1JanuaryLastYear'] as const) {
      for (const kind of ['general', 'sensitive', 'both'] as const) {
        const range = rangeOf(persons[window], kind)
        if (!range) continue
        const whole = [range.lower, range.upper].every((n) => n === Infinity || Number.isSafeInteger(n))
        if (!whole || range.lower < 0 || range.upper < range.lower) {
          throw new RangeError(
            `${at}.${window}.${kind} is ${range.lower} to ${range.upper}; a count of persons is a whole number from 0, with lower not above upper`,
          )
        }
      }
    }
    const all = rangeOf(persons.since1JanuaryLastYear, 'general')
    const sensitive = rangeOf(persons.since1JanuaryLastYear, 'sensitive')
    if (on < provisionsFrom && all && sensitive && sensitive.lower > all.upper) {
      throw new RangeError(
        `${at}.since1JanuaryLastYear counts ${sensitive.lower} sensitive persons among ${all.upper}: before ${provisionsFrom} "general" means all persons, so "sensitive" cannot be above it`,
      )
    }
  }
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()]
}
