import type { LegalDate } from './calendar.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import { measuresThreshold } from './instruments/measures-2022/article-04.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { linesOf } from './lines.ts'
import { countingWindow, isClaim, personsIn, rangeOf } from './settle.ts'

/** The facts with one of them changed. */
export interface Change {
  readonly fact: string
  readonly to: string | number | boolean
  readonly facts: ExportFacts
}

/** Every single change worth asking about: notices, lists, the lines of persons, the conditions an exemption rests on. */
export function singleChanges(facts: ExportFacts, on: LegalDate): readonly Change[] {
  const { handler } = facts
  const changes: Change[] = []
  if (handler?.ciio !== true) {
    changes.push({ fact: 'handler.ciio', to: true, facts: { ...facts, handler: { ...handler, ciio: true } } })
  }
  if (handler?.publicBody !== 'state-organ') {
    const organ = { ...handler, publicBody: 'state-organ' }
    changes.push({ fact: 'handler.publicBody', to: 'state-organ', facts: { ...facts, handler: organ } })
  }
  if (facts.voluntaryDeclaration !== true) {
    changes.push({ fact: 'voluntaryDeclaration', to: true, facts: { ...facts, voluntaryDeclaration: true } })
  }
  if (on < provisionsFrom) {
    const personsProcessed = measuresThreshold.processedPersons
    const large = { ...handler, personsProcessed }
    changes.push({ fact: 'handler.personsProcessed', to: personsProcessed, facts: { ...facts, handler: large } })
  }
  for (const [index, flow] of facts.flows.entries()) changesOfFlow(facts, flow, { index, on, changes })
  return changes
}

function changesOfFlow(
  facts: ExportFacts,
  flow: FlowFacts,
  { index, on, changes }: { readonly index: number; readonly on: LegalDate; readonly changes: Change[] },
): void {
  const change = (name: string, to: Change['to'], changed: FlowFacts) => {
    changes.push({ fact: `flows.${index}.${name}`, to, facts: { ...facts, flows: facts.flows.with(index, changed) } })
  }
  if (flow.importantData !== 'notified') {
    change('importantData', 'notified', { ...flow, importantData: 'notified' })
  }
  if (flow.coreData !== true) change('coreData', true, { ...flow, coreData: true })
  if (isClaim(flow.exemption)) {
    change('exemption', 'none', { ...flow, exemption: 'none' })
    for (const { condition, must } of exemptions[flow.exemption].conditions) {
      const conditions = { ...flow.conditions, [condition]: !must }
      change(`conditions.${condition}`, !must, { ...flow, conditions })
    }
  }
  const window = countingWindow(on)
  for (const { kind, persons } of linesOf(on)) {
    const known = rangeOf(personsIn(flow, window), kind)
    if (!known) continue
    // Up to the line from below it, or to one person fewer from the line or above.
    const to = known.lower < persons ? persons : persons - 1
    change(`${window}.${kind}`, to, { ...flow, [window]: withPersons(flow, window, kind, to) })
  }
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
