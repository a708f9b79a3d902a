import {
  channelWords,
  contradictingAnswers,
  enquiryEventWords,
  enquiryPage as pageOfEnquiries,
  enquiryStatusWords,
  guidanceWords,
  keyAreas,
  openingOf,
  positions,
  topicCodes,
  topics,
} from '@tongguan/enquiries'
import type {
  Enquiry,
  EnquiryDb,
  EnquiryEvent,
  EnquiryRow,
  Interpretation,
  KeyArea,
  Position,
  Topic,
  VersionRow,
  Content,
} from '@tongguan/enquiries'
import { cite, determine, pathWords } from '@tongguan/law'
import type { CatalogueRow, Citation, LegalDate, Words } from '@tongguan/law'
import type { z } from '@hono/zod-openapi'
import type {
  EnquiryDeskSchema,
  EnquiryPageSchema,
  EnquirySummarySchema,
  InterpretationPageSchema,
  InterpretationSummarySchema,
} from './contract/enquiries.ts'
import { clockOf } from './case-page.ts'
import type { Clock } from './installation.ts'

type Summary = z.output<typeof EnquirySummarySchema>
type Page = z.output<typeof EnquiryPageSchema>

/** An enquiry in a list. Pure. */
export function enquirySummary(row: EnquiryRow): Summary {
  return {
    no: row.no,
    status: row.status,
    statusWords: enquiryStatusWords[row.status],
    // The rows are written from events, whose codes are those of the tables below.
    channelWords: channelWords[row.channel as keyof typeof channelWords],
    topicWords: row.topic === null ? null : wordsOf(topics[row.topic as Topic]),
    receivedOn: row.received_on,
    answeredOn: row.answered_on,
    question: row.question,
    answer: row.answer,
    positionWords: row.position === null ? null : positions[row.position as Position],
    organisation: row.organisation,
    creditCode: row.credit_code,
    officer: row.officer,
    guidance: row.law_on === null ? null : guidanceWords(row.law_on),
  }
}

export function enquiryPage(
  enquiry: Enquiry,
  row: EnquiryRow,
  beside: {
    readonly contradicting: readonly EnquiryRow[]
    readonly earlier: readonly EnquiryRow[]
    readonly lists: readonly CatalogueRow[]
    readonly clock: Clock
  },
): Page {
  const { answer, told, organisation } = enquiry
  const keyArea = organisation?.keyArea
  return {
    ...enquirySummary(row),
    sequence: enquiry.sequence,
    topic: enquiry.topic,
    caller: enquiry.caller,
    keyAreaWords: keyArea === undefined ? null : keyAreas[keyArea],
    citations: (answer?.citations ?? []).map(cited),
    lawOn: answer?.law ?? null,
    told: told === null ? null : toldOf(told, beside.lists),
    caseNos: enquiry.caseNos,
    calledBack: enquiry.calledBack,
    events: enquiry.events.map((event, index) => ({
      sequence: index + 1,
      kind: event.kind,
      words: enquiryEventWords[event.kind],
      day: event.day,
      officer: event.officer.name,
      says: saidIn(event),
    })),
    contradicting: beside.contradicting.map(enquirySummary),
    earlier: beside.earlier.map(enquirySummary),
    clock: clockOf(beside.clock),
  }
}

/** What stands beside an enquiry: answers that differ, and what the same organisation asked before. */
export async function besideEnquiry(db: EnquiryDb, enquiry: Enquiry) {
  const code = enquiry.organisation?.creditCode
  const asked =
    code === undefined ? [] : await pageOfEnquiries(db, { office: enquiry.office, creditCode: code }, { limit: 11 })
  return {
    contradicting: await contradictingAnswers(db, enquiry),
    earlier: asked.filter(({ no }) => no !== enquiry.no).slice(0, 10),
  }
}

function toldOf(told: NonNullable<Enquiry['told']>, lists: readonly CatalogueRow[]): Page['told'] {
  const { because, missing } = determine(told.facts, told.on, { lists })
  return {
    path: told.path,
    pathWords: pathWords[told.path],
    on: told.on,
    because: because.map((reason) => {
      const place = cite(reason)
      return { zh: `${reason.zh}（${place.zh}）`, en: `${reason.en} (${place.en})` }
    }),
    missing,
  }
}

function saidIn(event: EnquiryEvent): string | null {
  if (event.kind === 'answered') return event.text
  if (event.kind === 'handedOver') return event.caseNo
  if (event.kind === 'calledBack') return event.note
  return null
}

export function cited(citation: Citation) {
  return { citation, words: cite(citation) }
}

export function wordsOf({ zh, en }: Words): Words {
  return { zh, en }
}

// --- the desk -----------------------------------------------------------------------------------------------------

export function enquiryDesk(office: string, clock: Clock, time: string): z.output<typeof EnquiryDeskSchema> {
  return {
    topics: topicCodes.map((topic) => ({
      topic,
      words: wordsOf(topics[topic]),
      cites: topics[topic].cites.map(cited),
    })),
    positions: entriesOf(positions).map(([position, words]) => ({ position, words })),
    channels: entriesOf(channelWords).map(([channel, words]) => ({ channel, words })),
    keyAreas: entriesOf(keyAreas).map(([keyArea, words]) => ({ keyArea, words })),
    hours: hoursWords(office, clock.on(), time),
    office,
    clock: clockOf(clock),
  }
}

function entriesOf<Table extends object>(table: Table): readonly (readonly [keyof Table, Table[keyof Table]])[] {
  return Object.entries(table) as [keyof Table, Table[keyof Table]][]
}

/** Whether the telephone of an office is answered at this time of the day, and when. */
export function hoursWords(office: string, day: LegalDate, time: string): Words {
  const opening = openingOf(office, day, time)
  if (opening.kind === 'not-published') {
    return { zh: '本处未公布接听时间。', en: 'This office has published no hours.' }
  }
  const all = opening.hours.periods.map(({ from, to }) => `${from}–${to}`)
  const hours = {
    zh: `工作日 ${all.join('、')}（${opening.hours.source.zh}）`,
    en: `working days ${all.join(', ')} (${opening.hours.source.en})`,
  }
  if (opening.kind === 'open') {
    return { zh: `接听中，至 ${opening.until}。${hours.zh}`, en: `Open until ${opening.until}; ${hours.en}` }
  }
  const { day: next, at } = opening.opens
  return {
    zh: `现不接听，下次 ${next} ${at}。${hours.zh}`,
    en: `Closed now, opens ${next} at ${at}; ${hours.en}`,
  }
}

// --- interpretations ----------------------------------------------------------------------------------------------

export function interpretationSummary(row: VersionRow): z.output<typeof InterpretationSummarySchema> {
  return { ...versionOf(row.no, row.version, row.content), publishedOn: row.published_on }
}

export function interpretationPage(
  one: Interpretation,
  viewerId: string,
  clock: Clock,
): z.output<typeof InterpretationPageSchema> {
  const { no, versions, draft } = one
  return {
    no,
    sequence: one.sequence,
    versions: versions.map((version) => ({
      ...versionOf(no, version.version, version.content),
      publishedOn: version.publishedOn,
      supersededOn: version.supersededOn,
      draftedBy: version.draftedBy.name,
      approvedBy: version.approvedBy.name,
    })),
    draft:
      draft === null
        ? null
        : {
            ...versionOf(no, versions.length + 1, draft.content),
            publishedOn: null,
            draftedBy: draft.by.name,
            mayApprove: draft.by.id !== viewerId,
          },
    clock: clockOf(clock),
  }
}

function versionOf(no: string, version: number, content: Content) {
  const { kind, topic, keyArea, question, answer, citations, law, example } = content
  return {
    no,
    version,
    kind,
    topicWords: wordsOf(topics[topic]),
    keyAreaWords: keyArea === null ? null : keyAreas[keyArea satisfies KeyArea],
    question,
    answer,
    citations: citations.map(cited),
    law,
    guidance: guidanceWords(law),
    pathWords: example === null ? null : pathWords[example.path],
  }
}
