import type { LegalDate } from './calendar.ts'
import { countryCode } from './catalogues/countries.ts'
import type { AvailableRoute, DeterminedFlow } from './determination.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import {
  certificationCitation,
  certificationFrom,
  certificationOfHandlerAbroad,
} from './instruments/certification-measures-2026/article-05.ts'
import {
  certificationByNotice,
  certificationNoticeFrom,
  contractByMeasures,
  standardContractFrom,
} from './instruments/contract-measures-2023/article-04.ts'
import { gbaCities, gbaCitation, gbaPlaces } from './instruments/gba-contract-2023/article-02.ts'
import { contractFloor } from './instruments/provisions-2024/article-08.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'

/** Routes besides the assessment, where the path is contract or certification, each with the article that opens it. */
export function routes(facts: ExportFacts, flows: readonly DeterminedFlow[], on: LegalDate): readonly AvailableRoute[] {
  const concerned = facts.flows.filter((_, index) => flows[index]?.path === 'contract-or-certification')
  if (concerned.length === 0) return []
  const all =
    facts.handler?.abroad === true
      ? routesOfHandlerAbroad
      : [standardContract(on), ...gbaRoute(concerned), certification(on)]
  return all.filter(({ from }) => from <= on)
}

/**
 * Certification through its body or representative in China is the one route the texts name for a handler abroad. Who
 * would sign the standard contract with whom they do not say, nor whether certification by the notice of 2022 was open.
 */
const routesOfHandlerAbroad: readonly AvailableRoute[] = [
  {
    route: 'certification',
    from: certificationFrom,
    citation: certificationOfHandlerAbroad,
    certainty: 'primary',
  },
]

function standardContract(on: LegalDate): AvailableRoute {
  const citation = on < provisionsFrom ? contractByMeasures.citation : contractFloor.citation
  return { route: 'standard-contract', from: standardContractFrom, citation, certainty: 'primary' }
}

function certification(on: LegalDate): AvailableRoute {
  if (certificationFrom <= on) {
    return { route: 'certification', from: certificationFrom, citation: certificationCitation, certainty: 'primary' }
  }
  const { citation, certainty } = certificationByNotice
  return { route: 'certification', from: certificationNoticeFrom, citation, certainty }
}

/** From the day the last of the places concerned joined, where every flow stays inside the area. */
function gbaRoute(concerned: readonly FlowFacts[]): readonly AvailableRoute[] {
  const days = concerned.map((flow) => gbaPlaces.get(gbaPlaceOf(flow) ?? ''))
  const last = days.reduce((later, day) => (later && day ? (later < day ? day : later) : undefined))
  return last ? [{ route: 'gba-contract', from: last, citation: gbaCitation, certainty: 'primary' }] : []
}

/** The recipient's place inside the Greater Bay Area; null where either side is elsewhere or not stated. */
export function gbaPlaceOf({ gba, recipients }: FlowFacts): string | null {
  if (gba === undefined || gba === 'none') return null
  if (!gbaCities.includes(gba.handlerCity?.replace(/市$/, '') ?? '')) return null
  const place = countryCode(gba.recipientPlace)
  const elsewhere = recipients?.some(({ country }) => country !== undefined && countryCode(country) !== place)
  return elsewhere ? null : place
}
