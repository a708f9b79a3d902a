import type { Case } from '@tongguan/casework'
import { checkCompleteness, cite, formFieldWords } from '@tongguan/law'
import type { Completeness } from './contract/client.ts'
import { softwareVersion } from './version.ts'

/**
 * The declaration as last filed, held against the guide of the day it was filed: the findings the handler's own check
 * gave, from the same code; null in a case no declaration opened. Pure. What no machine sees stays `not-checkable`, for the officer who confirms.
 */
export function completenessOf({ declaration, events, lastDay }: Case): Completeness | null {
  if (declaration === null) return null
  const filed = events.findLast(({ kind }) => kind === 'declared' || kind === 'redeclared')
  const { filedOn, edition, verdict, findings } = checkCompleteness(declaration, filed?.day ?? lastDay)
  return {
    checkedBy: softwareVersion,
    filedOn,
    edition: edition?.obtained ? edition.edition : null,
    verdict,
    findings: findings.map(({ code, kind, zh, en, citation, faults = [] }) => ({
      code,
      kind,
      words: { zh, en },
      basis: cite(citation),
      faults: faults.map(({ field, fault }) => ({ field, fault, words: formFieldWords(field) })),
    })),
  }
}
