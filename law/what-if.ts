import type { LegalDate } from './calendar.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import { exemptions } from './exemptions.ts'
import { measuresThreshold } from './instruments/measures-2022/article-04.ts'
import { declarationThreshold } from './instruments/provisions-2024/article-07.ts'
import { contractFloor } from './instruments/provisions-2024/article-08.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { countingWindow, rangeOf } from './settle.ts'

/** The facts with one of them changed. */
export interface Change {
  readonly fact: string
  readonly to: string | number | boolean
  readonly facts: ExportFacts
}

/** Every single change worth asking about: notices, lists, the lines of persons, the conditions an exemption rests on. */
export function singleChanges(facts: ExportFacts, on: LegalDate): readonly Change[] {
  const { handler } = facts
  const ofHandler: Change[] = [
    { fact: 'handler.ciio', to: true, facts: { ...facts, handler: { ...handler, ciio: true } } },
    {
      fact: 'handler.publicBody',
      to: 'state-organ',
      facts: { ...facts, handler: { ...handler, publicBody: 'state-organ' } },
    },
    { fact: 'voluntaryDeclaration', to: true, facts: { ...facts, voluntaryDeclaration: true } },
  ]
  if (on < provisionsFrom) {
    const personsProcessed = measuresThreshold.processedPersons
    ofHandler.push({
      fact: 'handler.personsProcessed',
      to: personsProcessed,
      facts: { ...facts, handler: { ...handler, personsProcessed } },
    })
  }
  return [...ofHandler, ...facts.flows.flatMap((flow, index) => changesOfFlow(facts, flow, index, on))]
}

function changesOfFlow(facts: ExportFacts, flow: FlowFacts, index: number, on: LegalDate): readonly Change[] {
  const change = (name: string, to: Change['to'], changed: Partial<FlowFacts>): Change => ({
    fact: `flows.${index}.${name}`,
    to,
    facts: { ...facts, flows: facts.flows.map((other, place) => (place === index ? { ...flow, ...changed } : other)) },
  })
  const changes = [
    change('importantData', 'notified', { importantData: 'notified' }),
    change('coreData', true, { coreData: true }),
  ]
  const exemption = Object.entries(exemptions).find(([claim]) => claim === flow.exemption)?.[1]
  if (exemption) {
    changes.push(change('exemption', 'none', { exemption: 'none' }))
    for (const { condition, must } of exemption.conditions) {
      changes.push(change(`conditions.${condition}`, !must, { conditions: { ...flow.conditions, [condition]: !must } }))
    }
  }
  const window = countingWindow(on)
  for (const { kind, persons } of lines(on)) {
    const known = rangeOf(flow[window], kind)
    if (!known) continue
    // Up to the line from below it, or to one person fewer from the line or above.
    const to = known.lower < persons ? persons : persons - 1
    changes.push(change(`${window}.${kind}`, to, { [window]: withPersons(flow, window, kind, to) }))
  }
  return changes
}

function lines(on: LegalDate): readonly { readonly kind: 'general' | 'sensitive'; readonly persons: number }[] {
  if (on < provisionsFrom) {
    return [
      { kind: 'sensitive', persons: measuresThreshold.exportedSensitivePersons },
      { kind: 'general', persons: measuresThreshold.exportedPersons },
    ]
  }
  return [
    { kind: 'sensitive', persons: contractFloor.sensitivePersons },
    { kind: 'sensitive', persons: declarationThreshold.sensitivePersons },
    { kind: 'general', persons: contractFloor.generalPersons },
    { kind: 'general', persons: declarationThreshold.generalPersons },
  ]
}

function withPersons(
  flow: FlowFacts,
  window: 'since1January' | 'since1JanuaryLastYear',
  kind: 'general' | 'sensitive',
  persons: number,
): object {
  if (window === 'since1January') return withinSensitive({ ...flow.since1January, [kind]: persons })
  // Last year's window counts sensitive persons among all, so all are at least as many.
  const all = rangeOf(flow.since1JanuaryLastYear, 'general')
  const general = kind === 'sensitive' && all && all.upper < persons ? { general: persons } : {}
  return { ...flow.since1JanuaryLastYear, [kind]: persons, ...general }
}

// `both` are some of the sensitive persons, so fewer of these are fewer of those.
function withinSensitive(counts: object): object {
  const { both, sensitive } = counts as { readonly both?: unknown; readonly sensitive?: unknown }
  if (typeof both !== 'number' || typeof sensitive !== 'number') return counts
  return { ...counts, both: Math.min(both, sensitive) }
}
