import { z } from '@hono/zod-openapi'
import {
  channelWords,
  enquiryEventWords,
  enquiryStatusWords,
  keyAreas,
  positions,
  stageWords,
  topics,
} from '@tongguan/enquiries'
import { instruments, pathWords } from '@tongguan/law'
import type { Citation, Words } from '@tongguan/law'
import { ExportFactsSchema } from './export-facts.ts'
import { ClockSchema, DaySchema, WordsSchema, list } from './http.ts'
import { LegalDateSchema } from './permit.ts'

/** One of the keys of a table of ours. */
function oneOf<Table extends object>(table: Table) {
  return z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]])
}

export const TopicSchema = oneOf(topics)
export const ChannelSchema = oneOf(channelWords)
export const KeyAreaSchema = oneOf(keyAreas)
export const PositionSchema = oneOf(positions)
export const StageSchema = oneOf(stageWords)
const PathSchema = oneOf(pathWords)

/** What an officer writes: no control characters but line breaks and tabs, nothing that turns the direction of writing. */
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u
const controlWords: Words = {
  zh: '含有控制字符；请删去看不见的字符后再提交',
  en: 'holds control characters; delete what cannot be seen and send it again',
}
export function written(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .refine((text) => !unprintable.test(text), { message: controlWords.en, params: { words: controlWords } })
}
const text = written(8000)
const line = written(200)

export const CitationSchema: z.ZodType<Citation> = z.strictObject({
  instrument: oneOf(instruments),
  article: z.int().min(0).max(999),
  annex: z.string().max(4).exactOptional(),
  paragraph: z.int().min(1).max(99).exactOptional(),
  item: z.int().min(1).max(99).exactOptional(),
})
const CitedSchema = z.object({ citation: CitationSchema, words: WordsSchema })

const caller = z.strictObject({ name: line.exactOptional(), phone: line.exactOptional() })
const organisation = z.strictObject({
  name: line.min(1),
  creditCode: written(18).exactOptional().describe('Unified social credit code (GB 32100), where it was told'),
  keyArea: KeyAreaSchema.exactOptional(),
})
const answer = z.strictObject({
  text,
  citations: list(CitationSchema).describe('At least one, in force on the day whose law the answer goes by'),
  law: LegalDateSchema.exactOptional().describe('The day whose law it goes by; left out, today'),
  position: PositionSchema.exactOptional().describe('What it comes down to; left out, the path of the facts told'),
})

/** A phone note needs `channel` and `question`; the rest may follow. */
export const NewEnquirySchema = z.strictObject({
  channel: ChannelSchema,
  question: text,
  receivedOn: LegalDateSchema.exactOptional(),
  topic: TopicSchema.exactOptional(),
  caller: caller.exactOptional(),
  organisation: organisation.exactOptional(),
  facts: ExportFactsSchema.exactOptional(),
  answer: answer.exactOptional(),
})

/** What each act on an enquiry asks for, and where it is posted under `/v1/enquiries/{enquiryNo}`. */
export const enquiryActs = {
  classifyEnquiry: { path: 'topic', body: z.strictObject({ topic: TopicSchema }) },
  nameCaller: { path: 'caller', body: z.strictObject({ caller, organisation: organisation.nullable() }) },
  tellFacts: { path: 'facts', body: z.strictObject({ facts: ExportFactsSchema }) },
  answerEnquiry: { path: 'answer', body: z.strictObject({ answer }) },
  handOverEnquiry: { path: 'case', body: z.strictObject({ caseNo: z.string().max(20) }) },
  callBackEnquiry: { path: 'call-back', body: z.strictObject({ under: LegalDateSchema, note: text }) },
} as const satisfies Record<string, { readonly path: string; readonly body: z.ZodType }>

export const EnquirySummarySchema = z
  .object({
    no: z.string().openapi({ example: 'ZX-2026-0000001' }),
    status: oneOf(enquiryStatusWords),
    statusWords: WordsSchema,
    channelWords: WordsSchema,
    topicWords: WordsSchema.nullable(),
    receivedOn: DaySchema,
    answeredOn: DaySchema.nullable(),
    question: z.string(),
    answer: z.string().nullable(),
    positionWords: WordsSchema.nullable(),
    organisation: z.string().nullable(),
    creditCode: z.string().nullable(),
    officer: z.string(),
    guidance: WordsSchema.nullable().describe('Stands under every answer'),
  })
  .openapi('EnquirySummary')

export const EnquiryListSchema = z
  .object({
    enquiries: list(EnquirySummarySchema).describe('Newest number first'),
    next: z.string().nullable().describe('The cursor of the next page; null on the last'),
    clock: ClockSchema,
  })
  .openapi('EnquiryList')

const ToldSchema = z.object({
  path: PathSchema,
  pathWords: WordsSchema,
  on: DaySchema,
  because: list(WordsSchema),
  missing: list(z.string()),
})

export const EnquiryPageSchema = EnquirySummarySchema.extend({
  sequence: z.int().describe('The number of the last event; what If-Match must say'),
  topic: TopicSchema.nullable(),
  caller,
  keyAreaWords: WordsSchema.nullable(),
  citations: list(CitedSchema),
  lawOn: DaySchema.nullable(),
  told: ToldSchema.nullable().describe('What the law makes of the facts told, with its reasons'),
  caseNos: list(z.string()),
  calledBack: z.object({ under: DaySchema, day: DaySchema }).nullable(),
  events: list(
    z.object({
      sequence: z.int(),
      kind: oneOf(enquiryEventWords),
      words: WordsSchema,
      day: DaySchema,
      officer: z.string(),
      says: z.string().nullable(),
    }),
  ),
  contradicting: list(EnquirySummarySchema).describe(
    'What other officers told about the same question, where it differs',
  ),
  earlier: list(EnquirySummarySchema).describe('Other enquiries of the same organisation, newest first'),
  clock: ClockSchema,
}).openapi('EnquiryPage')

/** What the desk's form offers, and whether the telephone is answered now. */
export const EnquiryDeskSchema = z
  .object({
    topics: list(z.object({ topic: TopicSchema, words: WordsSchema, cites: list(CitedSchema) })),
    positions: list(z.object({ position: PositionSchema, words: WordsSchema })),
    channels: list(z.object({ channel: ChannelSchema, words: WordsSchema })),
    keyAreas: list(z.object({ keyArea: KeyAreaSchema, words: WordsSchema })),
    hours: WordsSchema.describe('Whether the desk answers the telephone now, and when it does next'),
    office: z.string(),
    clock: ClockSchema,
  })
  .openapi('EnquiryDesk')

const version = {
  no: z.string().openapi({ example: 'JD-2026-0000001' }),
  version: z.int(),
  kind: z.enum(['answer', 'example']),
  topicWords: WordsSchema,
  keyAreaWords: WordsSchema.nullable(),
  question: WordsSchema,
  answer: WordsSchema,
  citations: list(CitedSchema),
  law: DaySchema,
  guidance: WordsSchema,
  pathWords: WordsSchema.nullable().describe('Of a worked example: what the law makes of its facts'),
  publishedOn: DaySchema.nullable().describe('Null while it is a draft'),
} as const

export const InterpretationSummarySchema = z.object(version).openapi('InterpretationSummary')

export const SimilarSchema = z
  .object({
    words: list(z.string()).describe('The words that were looked up'),
    interpretations: list(InterpretationSummarySchema),
    enquiries: list(EnquirySummarySchema),
  })
  .openapi('SimilarAnswers')

export const CallBackListSchema = z
  .object({
    under: DaySchema,
    callBacks: list(z.object({ enquiry: EnquirySummarySchema, toldWords: WordsSchema, wouldBeWords: WordsSchema })),
    clock: ClockSchema,
  })
  .openapi('CallBackList')

const words = z.strictObject({ zh: text, en: text })
export const DraftSchema = z.strictObject({
  kind: z.enum(['answer', 'example']),
  topic: TopicSchema,
  keyArea: KeyAreaSchema.exactOptional(),
  question: words,
  answer: words,
  citations: list(CitationSchema),
  law: LegalDateSchema.exactOptional(),
  facts: ExportFactsSchema.exactOptional().describe('Of a worked example'),
  fromEnquiry: z.string().max(20).exactOptional(),
})

export const InterpretationPageSchema = z
  .object({
    no: z.string(),
    sequence: z.int(),
    versions: list(
      z.object({ ...version, draftedBy: z.string(), approvedBy: z.string(), supersededOn: DaySchema.nullable() }),
    ).describe('Oldest first; the last one counts'),
    draft: z
      .object({ ...version, draftedBy: z.string(), mayApprove: z.boolean().describe('Another than the drafter must') })
      .nullable(),
    clock: ClockSchema,
  })
  .openapi('InterpretationPage')

export const InterpretationListSchema = z
  .object({ interpretations: list(InterpretationSummarySchema), clock: ClockSchema })
  .openapi('InterpretationList')

export const interpretationActs = {
  redraftInterpretation: { path: 'draft', body: DraftSchema },
  approveInterpretation: { path: 'approval', body: z.strictObject({}) },
  returnInterpretation: { path: 'return', body: z.strictObject({ reason: text.min(1) }) },
} as const

export const InstitutionSchema = z
  .object({
    no: z.string().openapi({ example: 'ZD-2026-0000001' }),
    sequence: z.int(),
    name: z.string(),
    creditCode: z.string().nullable(),
    keyArea: KeyAreaSchema,
    reached: list(z.object({ stage: StageSchema, words: WordsSchema, on: DaySchema })),
    meetings: list(z.object({ heldOn: DaySchema, attended: z.string(), summary: z.string() })),
    next: z.object({ action: z.string(), on: DaySchema, late: z.boolean() }).nullable(),
  })
  .openapi('Institution')

export const BriefingSchema = z
  .object({
    no: z.string().openapi({ example: 'XJ-2026-0000001' }),
    sequence: z.int(),
    heldOn: DaySchema,
    title: z.string(),
    audience: z.string(),
    place: z.string(),
    slides: list(z.string()),
    attendance: z.object({ persons: z.int(), organisations: z.int() }).nullable(),
    questions: list(z.object({ question: z.string(), answer: z.string() })),
  })
  .openapi('Briefing')

export const ProgrammeSchema = z
  .object({
    areas: list(z.object({ keyArea: KeyAreaSchema, words: WordsSchema, institutions: list(InstitutionSchema) })),
    stages: list(z.object({ stage: StageSchema, words: WordsSchema })),
    briefings: list(BriefingSchema),
    clock: ClockSchema,
  })
  .openapi('Programme')

export const NewInstitutionSchema = z.strictObject({
  name: line.min(1),
  creditCode: written(18).exactOptional(),
  keyArea: KeyAreaSchema,
})
export const institutionActs = {
  reachStage: { path: 'stage', body: z.strictObject({ stage: StageSchema, on: LegalDateSchema }) },
  holdMeeting: {
    path: 'meeting',
    body: z.strictObject({
      heldOn: LegalDateSchema,
      attended: line,
      summary: text,
      next: z.strictObject({ action: line.min(1), on: LegalDateSchema }).nullable(),
    }),
  },
  doAction: { path: 'action-done', body: z.strictObject({ note: text }) },
} as const

export const NewBriefingSchema = z.strictObject({
  heldOn: LegalDateSchema,
  title: line.min(1),
  audience: line.min(1),
  place: line,
  slides: list(line.min(1)),
})
export const briefingActs = {
  countAttendance: {
    path: 'attendance',
    body: z.strictObject({ persons: z.int().min(0).max(1_000_000), organisations: z.int().min(0).max(1_000_000) }),
  },
  noteQuestion: { path: 'question', body: z.strictObject({ question: text.min(1), answer: text }) },
} as const

const said = { words: WordsSchema, definition: WordsSchema } as const
const hidden = z.int().nullable().describe('Null where it is hidden')

export const FiguresSchema = z
  .object({
    office: z.string(),
    from: DaySchema,
    to: DaySchema,
    leastShown: z.int().describe('Smaller counts are hidden, and others with them so that none can be computed'),
    headline: list(z.object({ ...said, n: z.int() })),
    lists: list(
      z.object({
        id: z.string(),
        ...said,
        total: hidden,
        withheld: z.boolean(),
        rows: list(z.object({ words: WordsSchema, n: hidden })),
      }),
    ),
    tables: list(
      z.object({
        id: z.string(),
        ...said,
        withheld: z.boolean(),
        columns: list(WordsSchema),
        rows: list(z.object({ words: WordsSchema, cells: list(hidden), total: z.int() })),
        columnTotals: list(z.int()),
        total: z.int(),
      }),
    ),
    durations: list(z.object({ ...said, n: z.int(), median: hidden, ninetieth: hidden })),
    clock: ClockSchema,
  })
  .openapi('Figures')

export const OfficeNumbersSchema = z
  .object({
    office: z.string(),
    from: DaySchema.nullable().describe('The first day anything is counted on'),
    to: DaySchema,
    numbers: list(z.object({ id: z.string(), n: z.int(), ...said })),
    clock: ClockSchema,
  })
  .openapi('OfficeNumbers')

/** With the handler's written consent, whose file is named by its SHA-256. */
export const ReleaseSchema = z.strictObject({
  caseNo: z.string().max(20),
  consentOn: LegalDateSchema,
  consentSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export const RegisterSettingSchema = z.strictObject({ open: z.boolean() })
export const PublicRegisterSchema = z
  .object({
    office: z.string(),
    entries: list(
      z.object({
        caseNo: z.string(),
        handler: z.string(),
        outcome: z.string(),
        decidedOn: DaySchema,
        releasedOn: DaySchema,
      }),
    ),
  })
  .openapi('PublicRegister')
