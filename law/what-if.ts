import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { Determination, Path } from './determination.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts, FlowFacts, PersonsCount, PersonsSince1January } from './facts.ts'
import { measuresThreshold } from './instruments/measures-2022/article-04.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { pathOf, readingsAfter } from './judge.ts'
import type { Readings } from './judge.ts'
import { linesOf } from './lines.ts'
import type { Line } from './lines.ts'
import { weight } from './rule.ts'
import { isClaim, personsIn, rangeOf } from './settle.ts'
import type { CountingWindow } from './settle.ts'

type Change = Determination['wouldChange'][number]

/** What is known before anything changes. */
interface Known {
  readonly readings: Readings
  readonly path: Path
  readonly on: LegalDate
  readonly lists: readonly CatalogueRow[]
}

/** Every single change of a fact that leads to another path: notices, lists, the lines of persons, the conditions an exemption rests on. */
export function singleChanges(facts: ExportFacts, known: Known): readonly Change[] {
  const changes: Change[] = []
  // Where an assessment is due already, a fact that leads to one at the most alters nothing.
  const due = known.path !== 'unknown' && weight.assessment <= weight[known.path]
  if (!due) changesOfHandler(facts, known, changes)
  const { window } = known.readings.light
  const lines = linesOf(known.on)
  // One copy is changed and put back: a copy for each change costs a tenth of the answer.
  const flows = facts.flows.slice()
  const changedFacts = { ...facts, flows }
  for (const [index, flow] of facts.flows.entries()) {
    const personal = known.readings.light.flows[index]?.personalInformation === true
    const place = { place: index, facts: changedFacts }
    changesOfFlow(flow, { window, lines, due, personal }, (name, to, changed) => {
      flows[index] = changed
      const path = pathOf(readingsAfter(known.readings, place, known))
      if (path !== known.path) changes.push({ fact: `flows.${index}.${name}`, to, path })
    })
    flows[index] = flow
  }
  return changes
}

function changesOfHandler(facts: ExportFacts, known: Known, changes: Change[]): void {
  const { handler } = facts
  const look = (fact: string, to: Change['to'], changed: ExportFacts) => {
    const path = pathOf(readingsAfter(known.readings, { facts: changed, place: 'handler' }, known))
    if (path !== known.path) changes.push({ fact, to, path })
  }
  if (handler?.ciio !== true) {
    look('handler.ciio', true, { ...facts, handler: { ...handler, ciio: true } })
  }
  if (handler?.publicBody !== 'state-organ') {
    look('handler.publicBody', 'state-organ', { ...facts, handler: { ...handler, publicBody: 'state-organ' } })
  }
  if (facts.voluntaryDeclaration !== true) {
    look('voluntaryDeclaration', true, { ...facts, voluntaryDeclaration: true })
  }
  if (known.on < provisionsFrom) {
    const personsProcessed = measuresThreshold.processedPersons
    look('handler.personsProcessed', personsProcessed, { ...facts, handler: { ...handler, personsProcessed } })
  }
}

function changesOfFlow(
  flow: FlowFacts,
  {
    window,
    lines,
    due,
    personal,
  }: {
    readonly window: CountingWindow
    readonly lines: readonly Line[]
    readonly due: boolean
    readonly personal: boolean
  },
  change: (name: string, to: Change['to'], changed: FlowFacts) => void,
): void {
  if (!due && flow.importantData !== 'notified') {
    change('importantData', 'notified', { ...flow, importantData: 'notified' })
  }
  if (flow.coreData !== true) change('coreData', true, { ...flow, coreData: true })
  if (!due && isClaim(flow.exemption)) {
    change('exemption', 'none', { ...flow, exemption: 'none' })
    for (const { condition, must } of exemptions[flow.exemption].conditions) {
      const conditions = { ...flow.conditions, [condition]: !must }
      change(`conditions.${condition}`, !must, { ...flow, conditions })
    }
  }
  for (const { kind, persons } of lines) {
    const known = rangeOf(personsIn(flow, window), kind)
    if (!known) continue
    // Up to the line from below it, or to one person fewer from the line or above.
    const more = known.lower < persons
    // The first persons of a flow also bring in the stops that protect persons.
    if (more && due && personal) continue
    const to = more ? persons : persons - 1
    change(`${window}.${kind}`, to, withPersons(flow, window, kind, to))
  }
}

function withPersons(
  flow: FlowFacts,
  window: CountingWindow,
  kind: 'general' | 'sensitive',
  persons: number,
): FlowFacts {
  if (window === 'since1January') {
    return { ...flow, since1January: withinSensitive(withCount(flow.since1January, kind, persons)) }
  }
  // Last year's window counts sensitive persons among all, so all are at least as many.
  const all = rangeOf(flow.since1JanuaryLastYear, 'general')
  const counted = withCount(flow.since1JanuaryLastYear, kind, persons)
  const allOfThem = kind === 'sensitive' && all && all.upper < persons
  return { ...flow, since1JanuaryLastYear: allOfThem ? { ...counted, general: persons } : counted }
}

// Named, not computed: a computed name costs several times the rest.
function withCount(counts: object | undefined, kind: 'general' | 'sensitive', persons: number): PersonsCount {
  return kind === 'general' ? { ...counts, general: persons } : { ...counts, sensitive: persons }
}

// `both` are some of the sensitive persons, so fewer of these are fewer of those.
function withinSensitive(counts: PersonsSince1January): PersonsSince1January {
  const { both, sensitive } = counts as PersonsCount
  if (typeof both !== 'number' || typeof sensitive !== 'number') return counts
  return { ...counts, both: Math.min(both, sensitive) }
}
