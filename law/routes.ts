import type { LegalDate } from './calendar.ts'
import type { AvailableRoute, DeterminedFlow } from './determination.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import { certificationFrom } from './instruments/certification-measures-2026/article-05.ts'
import { certificationNoticeFrom, standardContractFrom } from './instruments/contract-measures-2023/article-04.ts'
import { gbaCities, gbaPlaces } from './instruments/gba-contract-2023/article-02.ts'

/** Routes besides the assessment, where the path is contract or certification. */
export function routes(facts: ExportFacts, flows: readonly DeterminedFlow[], on: LegalDate): readonly AvailableRoute[] {
  const concerned = facts.flows.filter((_, index) => flows[index]?.path === 'contract-or-certification')
  if (concerned.length === 0) return []
  const certification = on < certificationFrom ? certificationNoticeFrom : certificationFrom
  const all: readonly AvailableRoute[] = [
    { route: 'standard-contract', from: standardContractFrom },
    ...gbaRoute(concerned),
    { route: 'certification', from: certification },
  ]
  return all.filter(({ from }) => from <= on)
}

/** From the day the last of the places concerned joined, where every flow stays inside the area. */
function gbaRoute(concerned: readonly FlowFacts[]): readonly AvailableRoute[] {
  const days = concerned.map((flow) => gbaPlaces.get(gbaPlaceOf(flow) ?? ''))
  const last = days.reduce((later, day) => (later && day ? (later < day ? day : later) : undefined))
  return last ? [{ route: 'gba-contract', from: last }] : []
}

/** The recipient's place inside the Greater Bay Area; null where either side is elsewhere or not stated. */
export function gbaPlaceOf({ gba, recipients }: FlowFacts): string | null {
  if (gba === undefined || gba === 'none') return null
  if (!gbaCities.includes(gba.handlerCity?.replace(/市$/, '') ?? '')) return null
  const elsewhere = recipients?.some(({ country }) => country !== undefined && country !== gba.recipientPlace)
  return elsewhere ? null : (gba.recipientPlace ?? null)
}
