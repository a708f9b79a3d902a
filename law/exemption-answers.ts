import type { LegalDate } from './calendar.ts'
import type { ExemptionAnswers } from './determination.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts } from './facts.ts'
import { isClaim, openListFacts } from './settle.ts'

/** Each condition of the exemption a flow claims, answered on its own; null where none is claimed. */
export function exemptionAnswers(facts: ExportFacts, index: number, on: LegalDate): ExemptionAnswers | null {
  const flow = facts.flows[index]
  if (!flow || !isClaim(flow.exemption)) return null
  const { citation, conditions, bars, from } = exemptions[flow.exemption]
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
      ...(flow.exemption === 'ftz-off-list' || flow.exemption === 'finance-scenario'
        ? [
            {
              condition: 'listEntryChecked' as const,
              needs: 'yes' as const,
              answer: entryChecked(flow.exemption, facts, index),
            },
          ]
        : []),
      ...bars.flatMap((bar) =>
        flow.conditions?.[bar] === undefined ? [] : [{ condition: bar, needs: 'no' as const, answer: answerOf(bar) }],
      ),
    ],
  }
}

function entryChecked(claim: string, facts: ExportFacts, index: number): 'yes' | 'no' | 'unknown' {
  if (claim === 'ftz-off-list' && facts.handler?.ftz === 'none') return 'no'
  return openListFacts(claim, facts, index).length === 0 ? 'yes' : 'unknown'
}

function yesNo(answer: boolean | undefined): 'yes' | 'no' | 'unknown' {
  if (answer === undefined) return 'unknown'
  return answer ? 'yes' : 'no'
}
