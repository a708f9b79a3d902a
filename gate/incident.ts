import { incidentGrade, incidentGrades, sectorRules } from '@tongguan/law'
import type { Citation, IncidentGrade, Permit, Sector, Words } from '@tongguan/law'
import { incidentWords, paragraphsOf } from './incident-words.ts'
import type { ReleasePredicate } from './manifest.ts'

/** What a person says of a security incident with data that were released. What is left out is unknown, and said to be. */
export interface IncidentFacts {
  readonly id: string
  /** The instant the handler learned of it, RFC 3339. */
  readonly knownAt: string
  readonly what: keyof typeof incidentWords.what
  readonly happened?: string
  readonly cause?: string
  readonly harm?: string
  readonly remedies?: string
  /** What the persons concerned can do themselves. */
  readonly individualsCan?: string
  readonly contact?: string
  readonly lossYuan?: number
  readonly province: string
  readonly sectorAuthority?: string
  readonly sector?: Sector
  /** The batches concerned, by name; left out: every one that left, or left for the recipient. */
  readonly batches?: readonly string[]
  readonly recipient?: string
}

/** Distinct natural persons; how many of the batches' persons are the same ones, no manifest says. */
export interface PersonsConcerned {
  readonly lower: number
  readonly upper: number
}

export interface IncidentCase {
  readonly schema: 'tongguan/incident-case/1'
  readonly id: string
  readonly knownAt: string
  readonly handler: Permit['handler']
  readonly recipients: readonly ReleasePredicate['recipient'][]
  readonly batches: readonly { readonly name: string; readonly decidedOn: string; readonly permit: string }[]
  readonly items: readonly string[]
  readonly persons: PersonsConcerned
  readonly sensitivePersons: PersonsConcerned
  /** By the plan for industry and information technology: of the fewest and of the most persons concerned. */
  readonly grade: { readonly from: IncidentGrade; readonly to: IncidentGrade; readonly citation: Citation }
  readonly reports: readonly IncidentReport[]
  /** Facts a report should state and nobody has said. */
  readonly missing: readonly (keyof IncidentFacts)[]
}

/** A draft; a person completes and sends it. */
export interface IncidentReport {
  readonly to: 'province' | 'sector' | 'individuals' | 'recipient'
  readonly addressee: string
  readonly because: Citation
  /** Where a sector sets hours: until when, RFC 3339; otherwise "promptly", which has no number. */
  readonly due: readonly string[]
  readonly title: Words
  readonly paragraphs: readonly Words[]
}

/**
 * The case of an incident, from what a person says of it and the signed manifests of what left. Pure; nothing is sent.
 * Order 16 art. 11: remedied, and reported promptly to the provincial office or above and to the departments concerned;
 * PIPL art. 57: and told to the persons concerned.
 */
export function openIncident(
  facts: IncidentFacts,
  releases: readonly ReleasePredicate[],
): IncidentCase | NoneConcerned {
  const concerned = releases.filter(
    ({ batch, recipient }) =>
      (facts.batches === undefined || facts.batches.includes(batch.name)) &&
      (facts.recipient === undefined || facts.recipient === recipient.name),
  )
  const [first] = concerned
  const unknown = (facts.batches ?? []).filter((name) => releases.every(({ batch }) => batch.name !== name))
  if (first === undefined || unknown.length > 0) return { schema: 'tongguan/none-concerned/1', unknown }
  const persons = personsIn(concerned, ({ persons: { batch, after, sensitive } }) => ({
    batch: batch + sensitive.batch,
    after: after + sensitive.after,
  }))
  const sensitivePersons = personsIn(concerned, ({ persons: { sensitive } }) => sensitive)
  const gradeOf = (bound: 'lower' | 'upper') => {
    const lossYuan = facts.lossYuan ?? 0
    return incidentGrade({ persons: persons[bound], sensitivePersons: sensitivePersons[bound], lossYuan })
  }
  const opened = {
    schema: 'tongguan/incident-case/1',
    id: facts.id,
    knownAt: facts.knownAt,
    handler: first.handler,
    recipients: [...new Map(concerned.map(({ recipient }) => [recipient.name, recipient])).values()],
    batches: concerned.map(({ batch, decidedOn, permit }) => ({ name: batch.name, decidedOn, permit: permit.id })),
    items: [...new Set(concerned.flatMap(({ items }) => items))].toSorted(),
    persons,
    sensitivePersons,
    grade: { from: gradeOf('lower'), to: gradeOf('upper'), citation: gradedBy },
    missing: asked.filter((name) => facts[name] === undefined),
  } as const
  return { ...opened, reports: reportsOf(facts, opened) }
}

/** No release is concerned, or a batch was named that never left. */
export interface NoneConcerned {
  readonly schema: 'tongguan/none-concerned/1'
  readonly unknown: readonly string[]
}

const asked = [
  'happened',
  'cause',
  'harm',
  'remedies',
  'individualsCan',
  'contact',
  'lossYuan',
  'sectorAuthority',
] as const

const gradedBy: Citation = incidentGrades[0]?.citation ?? { instrument: 'miit-incident-plan-2024', article: 0 }

/** Within one permit's scenario persons are told apart, over several they are not: the fewest are those of the largest. */
function personsIn(
  releases: readonly ReleasePredicate[],
  countOf: (release: ReleasePredicate) => { readonly batch: number; readonly after: number },
): PersonsConcerned {
  const sets = Object.values(Object.groupBy(releases, ({ permit, scenario }) => JSON.stringify([permit.id, scenario])))
  const bounds = sets.map((set = []) => {
    const counts = set.map(countOf)
    const sum = counts.reduce((all, { batch }) => all + batch, 0)
    return {
      lower: Math.max(...counts.map(({ batch }) => batch)),
      upper: Math.min(sum, Math.max(...counts.map(({ after }) => after))),
    }
  })
  return {
    lower: Math.max(...bounds.map(({ lower }) => lower)),
    upper: bounds.reduce((all, { upper }) => all + upper, 0),
  }
}

function reportsOf(facts: IncidentFacts, opened: Omit<IncidentCase, 'reports'>): readonly IncidentReport[] {
  const hours = sectorRules.flatMap(({ sector, number }) =>
    sector === facts.sector && number?.unit === 'hours' ? [number.value] : [],
  )
  const due = hours.map((one) => new Date(Date.parse(facts.knownAt) + one * 3_600_000).toISOString())
  const report = (to: IncidentReport['to'], addressee: string, about: Pick<IncidentReport, 'because' | 'due'>) => ({
    to,
    addressee,
    ...about,
    title: incidentWords.titles[to],
    paragraphs: paragraphsOf(to, addressee, facts, opened),
  })
  const promptly = { because: { instrument: 'provisions-2024', article: 11 }, due: [] } as const
  return [
    report('province', facts.province, promptly),
    report('sector', facts.sectorAuthority ?? '', { ...promptly, due }),
    report('individuals', '', { because: { instrument: 'pipl-2021', article: 57 }, due: [] }),
    ...opened.recipients.map(({ name }) => report('recipient', name, promptly)),
  ]
}
