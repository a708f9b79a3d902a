import type { LegalDate } from './calendar.ts'
import type { ExemptionAnswers } from './determination.ts'
import type { Exemption } from './exemption.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts, HandlerFacts } from './facts.ts'
import { countsAsImportant } from './instruments/provisions-2024/article-02.ts'
import type { Readings } from './judge.ts'
import type { Holds } from './provision.ts'
import { isClaim, openListFacts } from './settle.ts'

/** Each condition of the exemption a flow claims, answered on its own; null where none is claimed. */
export function exemptionAnswers(
  facts: ExportFacts,
  index: number,
  { on, readings }: { readonly on: LegalDate; readonly readings: Readings },
): ExemptionAnswers | null {
  const flow = facts.flows[index]
  if (!flow || !isClaim(flow.exemption)) return null
  const { citation, conditions, bars, from, trade }: Exemption = exemptions[flow.exemption]
  const answerOf = (name: keyof NonNullable<typeof flow.conditions>) => yesNo(flow.conditions?.[name])
  return {
    claim: flow.exemption,
    citation,
    inForce: from <= on,
    conditions: [
      ...conditions.map(({ condition, must }) => ({
        condition,
        needs: must ? ('yes' as const) : ('no' as const),
        answer: answerOf(condition),
      })),
      ...(flow.exemption === 'no-personal-information' || flow.exemption === 'automobile-reported-instead'
        ? [
            {
              condition: 'containsPersonalInformation' as const,
              needs: 'no' as const,
              answer: yesNo(flow.containsPersonalInformation),
            },
          ]
        : []),
      ...(flow.exemption === 'ftz-off-list'
        ? [{ condition: 'ftz' as const, needs: 'yes' as const, answer: insideZone(facts.handler?.ftz) }]
        : []),
      ...(flow.exemption === 'ftz-off-list' || flow.exemption === 'finance-scenario'
        ? [
            {
              condition: 'listEntryChecked' as const,
              needs: 'yes' as const,
              answer: entryChecked(flow.exemption, facts, index),
            },
          ]
        : []),
      ...(trade === undefined
        ? []
        : [
            {
              condition: 'industry' as const,
              needs: 'yes' as const,
              answer: yesNo(flow.industry === undefined ? undefined : flow.industry === trade),
            },
          ]),
      // Article 5(2), and so read of the others: no exemption but one reaches what was notified or published as important.
      ...(flow.exemption === 'automobile-reported-instead'
        ? []
        : [{ condition: 'importantData' as const, needs: 'no' as const, answer: isImportant(readings, index) }]),
      ...bars.flatMap((bar) =>
        flow.conditions?.[bar] === undefined ? [] : [{ condition: bar, needs: 'no' as const, answer: answerOf(bar) }],
      ),
    ],
  }
}

/** Article 6: the handler is in a pilot free trade zone; which one is part of the answer. */
function insideZone(ftz: HandlerFacts['ftz']): Holds {
  if (ftz === 'none') return 'no'
  return ftz?.zone === undefined || ftz.zone === '' ? 'unknown' : 'yes'
}

function entryChecked(claim: string, facts: ExportFacts, index: number): Holds {
  if (claim === 'ftz-off-list' && facts.handler?.ftz === 'none') return 'no'
  return openListFacts(claim, facts, index).length === 0 ? 'yes' : 'unknown'
}

function isImportant({ light, heavy }: Readings, index: number): Holds {
  if (countsAsImportant(light.flows[index]?.importantData ?? 'none')) return 'yes'
  return countsAsImportant(heavy.flows[index]?.importantData ?? 'none') ? 'unknown' : 'no'
}

function yesNo(answer: boolean | undefined): Holds {
  if (answer === undefined) return 'unknown'
  return answer ? 'yes' : 'no'
}
