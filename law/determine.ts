import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Reason } from './citation.ts'
import type { Determination } from './determination.ts'
import { dutiesOf } from './duties.ts'
import { exemptionAnswers } from './exemption-answers.ts'
import type { ExportFacts, FlowFacts, PersonsCount } from './facts.ts'
import { awaitsTheCentralBank } from './instruments/credit-reporting-2013/article-24.ts'
import { certaintyOfCollection } from './instruments/guide-2025/part-1.ts'
import { instruments } from './instruments/index.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { flowPathsOf, judge, pathsOf, readingsOf, shownTotals } from './judge.ts'
import type { Judged, Paths, Readings } from './judge.ts'
import { margin, straddledLines } from './lines.ts'
import { OutOfRange } from './out-of-range.ts'
import { openFacts } from './open-facts.ts'
import { openPoints } from './open-points.ts'
import { notNecessary, remarks, warnings } from './remarks.ts'
import { routes } from './routes.ts'
import { rulesAsOf } from './rules-as-of.ts'
import { weakest } from './rule.ts'
import { countingWindow, rangeOf } from './settle.ts'
import { singleChanges } from './what-if.ts'

export interface Consulted {
  /** Lists an office has loaded. They speak against a claim, never for one. */
  readonly lists?: readonly CatalogueRow[]
}

/**
 * The legal path of one handler's exports by the law of a day, with its reasons.
 *
 * A fact left out is unknown: the path is then `unknown` and the fact is named, unless every answer to it leads to the
 * same path. Throws OutOfRange for a day before 2022-09-01 (Order 11 was not in force) and for counts that cannot be.
 */
export function determine(facts: ExportFacts, on: LegalDate, { lists = [] }: Consulted = {}): Determination {
  refuseWhatCannotBe(facts, on)
  const readings = readingsOf(facts, on, lists)
  const { path, strictPath } = pathsOf(readings, facts)
  const judged = judge(readings, path)
  const open = path === 'unknown' ? openFacts(facts, readings, { on, lists }) : []
  const missing = open.map(({ fact }) => fact)
  const available = routes(facts, judged.flows, on)
  const duties = dutiesOf(facts, judged.heavy, on)
  const notLawfulAsDescribed = facts.flows.some((flow) => flow.conditions?.necessary === false)
  return {
    schema: 'tongguan/determination/1',
    on,
    rules: rulesAsOf,
    path,
    strictPath,
    mayProceed: mayProceed(facts, judged, { notLawfulAsDescribed, nothingToUse: available.length === 0 }),
    available,
    alsoRequired: [...new Set(duties.required.map(({ duty }) => duty))],
    missing,
    certainty: weakest(
      judged.certainty,
      path === strictPath ? 'primary' : 'contested',
      ...facts.flows.map((flow) => certaintyOfCollection(flow, on)),
    ),
    flows: judged.flows.map((flow, index) => {
      const exemption = exemptionAnswers(facts, index, { on, readings })
      return exemption ? { ...flow, exemption } : flow
    }),
    because: distinct([
      ...(notLawfulAsDescribed ? [notNecessary] : []),
      ...(path === 'unknown' ? open.flatMap((fact) => fact.because) : judged.because),
      ...facts.flows.flatMap((flow, index) => remarks(facts, flow, judged.light.flows[index], { on, lists })),
    ]),
    alsoBecause: duties.required,
    alsoMissing: duties.missing.filter((fact) => !missing.includes(fact)),
    straddled: straddledLines(judged),
    notLawfulAsDescribed,
    counted: countedPersons(facts, readings, on),
    openPoints: openPoints(facts, readings, { path, strictPath, flows: judged.flows.map((flow) => flow.path) }),
    warnings: warnings(facts, { on, lists }),
    margin: margin(judged),
    wouldChange: singleChanges(facts, { readings, path, on, lists }),
  }
}

/** The path alone, for a register of many cases. Throws as `determine` does. */
export function determinePaths(facts: ExportFacts, on: LegalDate, { lists = [] }: Consulted = {}): Paths {
  refuseWhatCannotBe(facts, on)
  return pathsOf(readingsOf(facts, on, lists), facts)
}

/** The path and the open questions it touches, without the reasons. Throws as `determine` does. */
export function determineBriefly(
  facts: ExportFacts,
  on: LegalDate,
  { lists = [] }: Consulted = {},
): Paths & Pick<Determination, 'openPoints'> {
  refuseWhatCannotBe(facts, on)
  const readings = readingsOf(facts, on, lists)
  const paths = pathsOf(readings, facts)
  return { ...paths, openPoints: openPoints(facts, readings, { ...paths, flows: flowPathsOf(readings) }) }
}

function countedPersons(facts: ExportFacts, readings: Readings, on: LegalDate): Determination['counted'] {
  const window = countingWindow(on)
  const year = Number(on.slice(0, 4))
  return {
    window,
    // 1 January of a year that a day of the law has is a day of the law; checking it again costs more than the rest.
    from: `${window === 'since1January' ? year : year - 1}-01-01` as LegalDate,
    ...shownTotals(readings),
    apart: facts.flows.filter(tellsApart).map(({ id, since1January: { exported, planned } }) => ({
      flow: id,
      exported: exported ?? null,
      planned: planned ?? null,
    })),
  }
}

type Apart = FlowFacts & {
  readonly since1January: { readonly exported?: PersonsCount; readonly planned?: PersonsCount }
}

function tellsApart(flow: FlowFacts): flow is Apart {
  const { since1January } = flow
  return since1January !== undefined && ('exported' in since1January || 'planned' in since1January)
}

function mayProceed(
  facts: ExportFacts,
  { path, heavy }: Judged,
  { notLawfulAsDescribed, nothingToUse }: { readonly notLawfulAsDescribed: boolean; readonly nothingToUse: boolean },
): Determination['mayProceed'] {
  if (notLawfulAsDescribed || path === 'prohibited' || path === 'state-secrets-regime') return 'no'
  // For a handler abroad no text says that nothing else may be used (routes.ts).
  if (path === 'contract-or-certification' && nothingToUse) return facts.handler?.abroad === true ? 'unknown' : 'no'
  if (facts.flows.some((flow, index) => awaitsTheCentralBank(flow, heavy.flows[index]))) return 'unknown'
  return path === 'unknown' ? 'unknown' : 'after-duties'
}

function refuseWhatCannotBe(facts: ExportFacts, on: LegalDate): void {
  const { from } = instruments['measures-2022'].inForce
  if (on < from) {
    throw new OutOfRange({
      zh: `数据出境安全评估自 ${from} 起施行（国家网信办令第11号）；${on} 尚无路径可判定。请用 --on 给出 ${from} 或以后的日期，例如 --on 2026-11-23`,
      en: `The security assessment of data exports began on ${from} (CAC Order 11); for ${on} there is no path to determine. Give a day from ${from} on, for example --on 2026-11-23`,
    })
  }
  for (const [index, flow] of facts.flows.entries()) refuseImpossibleCounts(flow, index, on)
  if (facts.total) refuseImpossibleCounts(facts.total, 'total', on)
}

type Counted = Pick<FlowFacts, 'since1January' | 'since1JanuaryLastYear'>

function refuseImpossibleCounts(persons: Counted, place: number | 'total', on: LegalDate): void {
  refuseImpossible(persons, 'since1January', place)
  refuseImpossible(persons, 'since1JanuaryLastYear', place)
  if (provisionsFrom <= on) return
  const all = rangeOf(persons.since1JanuaryLastYear, 'general')
  const sensitive = rangeOf(persons.since1JanuaryLastYear, 'sensitive')
  if (all && sensitive && sensitive.lower > all.upper) {
    throw new OutOfRange({
      zh: `${nameOf(place)}.since1JanuaryLastYear 在 ${all.upper} 人中计有 ${sensitive.lower} 名敏感信息主体：${provisionsFrom} 以前 general 指全部人数，sensitive 不能多于它`,
      en: `${nameOf(place)}.since1JanuaryLastYear counts ${sensitive.lower} sensitive persons among ${all.upper}: before ${provisionsFrom} "general" means all persons, so "sensitive" cannot be above it`,
    })
  }
}

const kinds: readonly (keyof PersonsCount)[] = ['general', 'sensitive', 'both']

function refuseImpossible(
  persons: Counted,
  window: 'since1January' | 'since1JanuaryLastYear',
  place: number | 'total',
): void {
  const counts = persons[window]
  if (counts === undefined) return
  for (const kind of kinds) {
    const range = rangeOf(counts, kind)
    if (range && !(isCount(range.lower) && isCount(range.upper) && range.lower <= range.upper)) {
      throw new OutOfRange({
        zh: `${nameOf(place)}.${window}.${kind} 为 ${range.lower} 至 ${range.upper}；人数是不小于 0 的整数，下限不大于上限`,
        en: `${nameOf(place)}.${window}.${kind} is ${range.lower} to ${range.upper}; a count of persons is a whole number from 0, with lower not above upper`,
      })
    }
  }
}

function isCount(persons: number): boolean {
  return persons === Infinity || (Number.isSafeInteger(persons) && persons >= 0)
}

function nameOf(place: number | 'total'): string {
  return place === 'total' ? place : `flows.${place}`
}

/** Each reason once: several flows rest on the same article and the same numbers. */
function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const kept = new Map<string, Reason[]>()
  return reasons.filter((one) => {
    // Written out in full only where the words are the same: that costs a tenth of the answer.
    const alike = kept.get(one.zh)
    if (alike === undefined) kept.set(one.zh, [one])
    else if (alike.some((other) => JSON.stringify(other) === JSON.stringify(one))) return false
    else alike.push(one)
    return true
  })
}
