import { z } from '@hono/zod-openapi'
import { caseKinds, eventKinds, eventOf, statuses } from '@tongguan/casework'
import type { CaseKind, CaseStatus, Command, DeclaredKind, EventKind, FiledKind, Filing } from '@tongguan/casework'
import { deadlineKinds } from '@tongguan/law'
import type { DeadlineKind } from '@tongguan/law'
import { DecisionSchema, DeclarationSchema, DocumentKindSchema, DocumentsSchema } from './declaration.ts'
import { EvidenceSchema } from './evidence.ts'
import { ActorSchema, ClockSchema, DaySchema, SaidSchema, WordsSchema, list, printable, problemSchema } from './http.ts'
import { LegalDateSchema } from './permit.ts'

export const CaseStatusSchema = z.enum(statuses as readonly [CaseStatus, ...CaseStatus[]])
const EventKindSchema = z.enum(eventKinds as readonly [EventKind, ...EventKind[]])
const CommandSchema = z.enum(Object.keys(eventOf) as [Command['kind'], ...Command['kind'][]])
export const CaseKindSchema = z.enum(caseKinds as readonly [CaseKind, ...CaseKind[]])
const caseNo = z.string().openapi({ example: 'TG-2026-000001' })

/** What has happened, without the declaration itself. Beside `kind`, `day` and `actor` stands what that event says. */
export const TimelineEventSchema = z
  .object({
    sequence: z.int(),
    kind: EventKindSchema,
    words: WordsSchema,
    day: DaySchema,
    actor: ActorSchema,
    received: DaySchema.optional(),
    delivered: DaySchema.optional(),
    acceptanceNo: z.string().optional(),
    bodies: list(z.string()).optional(),
    missing: list(z.object({ kind: DocumentKindSchema, words: WordsSchema })).optional(),
    reasons: list(WordsSchema).optional(),
    reason: WordsSchema.optional(),
    grounds: WordsSchema.optional(),
    requested: list(WordsSchema).optional(),
    documents: list(z.string()).optional().describe('What a supplement brought, by name'),
    expected: DaySchema.optional(),
    draftedBy: ActorSchema.optional(),
    decision: z
      .object({
        kind: z.enum(['passed', 'notPassed']),
        words: WordsSchema,
        outcome: z.enum(['passed', 'passedInPart', 'notPassed']),
        outcomeWords: WordsSchema,
        resultNo: z.string(),
        issued: DaySchema,
        lastDay: DaySchema.nullable(),
      })
      .optional(),
    requirement: WordsSchema.optional(),
    until: DaySchema.optional(),
    noticeNo: z.string().optional(),
    filingNo: z.string().optional(),
    lastDay: DaySchema.optional().describe('Until when the result now holds'),
    by: z.string().optional().describe('The later case this follows from'),
    opinion: WordsSchema.optional(),
    outcome: WordsSchema.optional(),
  })
  .openapi('TimelineEvent')

/** One statutory period, with every day of the count. */
export const CaseClockSchema = z
  .object({
    kind: z.enum(deadlineKinds as readonly [DeadlineKind, ...DeadlineKind[]]),
    words: WordsSchema,
    started: DaySchema,
    workingDays: z.int().describe('The length of the period; in months where the law counts months'),
    due: DaySchema.describe('By the statute'),
    announced: DaySchema.nullable().describe('What the national office announced instead'),
    ended: DaySchema.nullable().describe('Null while it runs'),
    state: z.enum(['running', 'kept', 'late', 'lapsed']).describe("On the installation's day"),
    workingDaysLeft: z
      .int()
      .nullable()
      .describe('Until the date that counts; negative when it has passed; null once ended or lapsed'),
    provisional: z.boolean().describe('Counted through a year whose holidays are not announced'),
    citation: z.object({ instrument: z.string(), article: z.int(), words: WordsSchema }),
    working: list(z.object({ date: DaySchema, counted: z.boolean(), why: WordsSchema })),
  })
  .openapi('CaseClock')

export const NextStepSchema = z
  .object({
    command: CommandSchema,
    words: WordsSchema.describe('As on a button'),
    leadsTo: CaseStatusSchema,
    leadsToWords: WordsSchema,
    actor: z.enum(['handler', 'province', 'national']).describe('Whose act it is'),
    actorWords: WordsSchema,
    mine: z.boolean().describe('May the one who asks do it now'),
    href: z.string().nullable().describe('Where to POST it; null when it is not the act of the one who asks'),
  })
  .openapi('NextStep')

export const ProblemSchema = problemSchema(TimelineEventSchema, NextStepSchema)

const header = {
  caseNo,
  kind: CaseKindSchema,
  kindWords: WordsSchema,
  predecessor: z.string().nullable().describe('The case this one follows: an extension, a re-declaration'),
  reference: z.string().describe("The handler's own reference"),
  handler: z.object({ name: z.string(), creditCode: z.string().nullable(), province: z.string() }),
  status: CaseStatusSchema,
  statusWords: WordsSchema,
  sequence: z.int().describe('The number of the last event; what If-Match must say'),
  declaredOn: DaySchema,
  lastDay: DaySchema.describe('The latest day anything happened; no step may be dated before it'),
  scenarios: list(z.object({ id: z.string(), name: z.string() })),
  persons: z.object({ general: z.int(), sensitive: z.int() }).describe('Declared, summed over the scenarios'),
  simulated: z.boolean(),
  waitsFor: z
    .object({ actor: z.enum(['handler', 'province', 'national']), words: WordsSchema })
    .nullable()
    .describe('Whose move it is; null when nothing follows'),
} as const

export const CaseSummarySchema = z
  .object({
    ...header,
    due: CaseClockSchema.omit({ working: true, citation: true })
      .nullable()
      .describe('The running period that ends first, or null'),
    mine: z.boolean().describe('Something here waits for the one who asks'),
  })
  .openapi('CaseSummary')

export const CaseListSchema = z
  .object({
    cases: list(CaseSummarySchema).describe('Newest number first'),
    next: z.string().nullable().describe('The cursor of the next page; null on the last'),
    statuses: list(z.object({ status: CaseStatusSchema, words: WordsSchema })).describe('Every status a case can have'),
    clock: ClockSchema,
  })
  .openapi('CaseList')

const PackageSchema = z.object({ sha256: z.string(), documents: z.int() })

export const DocumentSchema = z
  .object({
    id: z.string(),
    kind: DocumentKindSchema,
    kindWords: WordsSchema,
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    filedWith: z.int().describe('The number of the event it was filed with'),
    href: z.string().nullable().describe('Where to download it; null when this installation does not hold its bytes'),
  })
  .openapi('Document')

/** What the office would find on the table: the handler's own check, run on what was filed. */
export const CompletenessSchema = z
  .object({
    checkedBy: z.string().describe("The version of the checks, to be compared with the handler's"),
    filedOn: DaySchema,
    edition: z.int().nullable().describe('The edition of the guide in force that day; null where it was not obtained'),
    verdict: z.enum(['complete', 'incomplete', 'unknown']),
    findings: list(
      z.object({
        code: z.string(),
        kind: z.enum(['present', 'missing', 'not-checkable']).describe('`not-checkable` is for a person to see'),
        words: WordsSchema,
        basis: WordsSchema,
        faults: list(
          z.object({ field: z.string(), words: WordsSchema, fault: z.enum(['empty', 'malformed']) }),
        ).describe('The fields of the form that are empty or malformed'),
      }),
    ),
  })
  .openapi('Completeness')

/** What is drafted of an application for extension. */
const ExtensionDecisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('extended'), noticeNo: printable.max(200), lastDay: LegalDateSchema }),
  z.strictObject({ kind: z.literal('notExtended'), noticeNo: printable.max(200), reasons: list(SaidSchema) }),
])

export const CasePageSchema = z
  .object({
    ...header,
    path: z.string().nullable(),
    declaration: DeclarationSchema.nullable().describe('As last filed; null in a case no declaration opened'),
    filing: z
      .lazy(() => FilingSchema)
      .nullable()
      .describe('What opened it otherwise, as last filed'),
    validity: z
      .union([
        z.object({ kind: z.literal('in-force'), lastDay: DaySchema, extended: z.boolean() }),
        z.object({ kind: z.literal('expired'), lastDay: DaySchema }),
        z.object({
          kind: z.literal('none'),
          because: z.enum(['undecided', 'not-passed', 'contested', 'stopped', 'superseded']),
        }),
      ])
      .describe("Of the result, on the installation's day"),
    permission: z
      .object({ mayExport: z.boolean(), words: WordsSchema })
      .describe('May data leave under this case today; a date an office missed gives nobody permission'),
    defects: list(z.object({ id: z.string(), document: DocumentKindSchema.nullable(), reason: WordsSchema })).describe(
      'Noted and not sent yet; empty for a handler',
    ),
    custody: z
      .object({
        holder: z.enum(['handler', 'province', 'on-the-way', 'national']),
        since: DaySchema,
        package: PackageSchema.nullable(),
        receipt: PackageSchema.nullable(),
      })
      .nullable()
      .describe('Who holds the file, with the receipt; null for a handler'),
    timeline: list(TimelineEventSchema),
    clocks: list(CaseClockSchema),
    documents: list(DocumentSchema),
    completeness: CompletenessSchema.nullable(),
    hasEvidence: z.boolean(),
    next: list(NextStepSchema).describe('Everything that may follow, the steps of the one who asks first'),
    mine: z.boolean().describe('Something here waits for the one who asks'),
    draft: z
      .object({
        id: z.string(),
        draftedBy: ActorSchema,
        day: DaySchema,
        mayIssue: z.boolean().describe('Another person than the drafter must'),
        decision: z.union([DecisionSchema, ExtensionDecisionSchema]),
        signatures: list(z.object({ name: z.string(), day: DaySchema, void: z.boolean() })).describe(
          'Countersignatures; void are those under an earlier draft',
        ),
      })
      .nullable()
      .describe('A result that waits for a second person; only the national office sees it'),
    mayDraft: z.boolean().describe('May the one who asks draft a result now'),
    clock: ClockSchema,
  })
  .openapi('CasePage')

export const EvidencePageSchema = z
  .object({
    caseNo,
    samples: z
      .enum(['shown', 'withheld'])
      .describe("Masked samples stay with the handler; an office's own copy has none"),
    evidence: EvidenceSchema,
    kinds: z.record(z.string(), WordsSchema).describe('The words of every kind that occurs'),
    clock: ClockSchema,
  })
  .openapi('EvidencePage')

/** `tongguan/filing/1`: an application for extension, a contract or catalogue to be filed, a report, a complaint. */
export const FilingSchema = z
  .strictObject({
    schema: z.literal('tongguan/filing/1'),
    handler: z.strictObject({
      name: printable.max(400),
      creditCode: z.string().trim().min(1).max(40).nullable(),
      province: printable.max(40),
    }),
    reference: printable.max(200),
    summary: printable.max(8000),
    happened: LegalDateSchema.nullable().describe('The contract takes effect, the incident happened; null where none'),
    documents: DocumentsSchema,
  })
  .openapi('Filing') satisfies z.ZodType<Filing, unknown>

const filedKinds = [
  'extension',
  'contractFiling',
  'gbaFiling',
  'catalogueFiling',
  'incidentReport',
] as const satisfies readonly Exclude<FiledKind, 'complaint'>[]
const declaredKinds = ['assessment', 'redeclaration', 'preAssessment'] as const satisfies readonly DeclaredKind[]
const predecessor = z
  .string()
  .regex(/^TG-\d{4}-\d{6}$/)
  .describe('The case whose result this takes up')

/** What each step asks for. `day` is the installation's day, `actor` the one signed in: neither is sent. */
export const commandBodies = {
  declare: z.strictObject({
    declaration: DeclarationSchema,
    caseKind: z.enum(declaredKinds).exactOptional().describe('Left out: an assessment'),
    predecessor: predecessor.exactOptional(),
  }),
  file: z.strictObject({
    caseKind: z.enum(filedKinds),
    filing: FilingSchema,
    predecessor: predecessor.exactOptional(),
  }),
  refile: z.strictObject({ filing: FilingSchema }),
  fileChange: z.strictObject({ filing: FilingSchema, changed: LegalDateSchema }),
  receiveComplaint: z.strictObject({
    filing: FilingSchema,
    from: printable.max(400).nullable().describe('Null where nobody is named; never shown to whom it is about'),
  }),
  noteDefect: z.strictObject({ document: DocumentKindSchema.nullable().default(null), reason: SaidSchema }),
  strikeDefect: z.strictObject({ defect: z.string().max(40), reason: SaidSchema }),
  authoriseSecondNotice: z.strictObject({ reason: SaidSchema }),
  redeclare: z.strictObject({ declaration: DeclarationSchema }),
  confirmCompleteness: z.strictObject({}),
  returnForCompletion: z
    .strictObject({ missing: list(DocumentKindSchema), reasons: list(SaidSchema) })
    .describe('Every defect noted goes out with it'),
  receiveAtNational: z.strictObject({}),
  refuseCustody: z.strictObject({ reason: SaidSchema }),
  accept: z.strictObject({ acceptanceNo: z.string().trim().max(200) }),
  declineAcceptance: z.strictObject({ reasons: list(SaidSchema) }),
  startAssessment: z.strictObject({ bodies: list(z.string().trim().min(1).max(200)) }),
  requestSupplement: z.strictObject({ requested: list(SaidSchema) }),
  receiveSupplement: z.strictObject({ documents: list(z.string().trim().min(1).max(400)) }),
  extendPeriod: z.strictObject({ expected: LegalDateSchema, reason: SaidSchema }),
  issueResult: z.strictObject({
    draft: z.string().describe('The draft, made by another person'),
    delivered: LegalDateSchema.optional().describe("When the handler receives it; left out, the installation's day"),
  }),
  terminate: z.strictObject({ reason: SaidSchema }),
  withdraw: z.strictObject({ reason: SaidSchema }),
  requestReassessment: z.strictObject({ grounds: SaidSchema }),
  concludeReassessment: z.strictObject({ draft: z.string(), delivered: LegalDateSchema.optional() }),
  orderStop: z.strictObject({ noticeNo: printable.max(200), reason: SaidSchema }),
  orderRectification: z.strictObject({ requirement: SaidSchema, until: LegalDateSchema }),
  reportRectification: z.strictObject({ documents: list(printable.max(400)) }),
  acceptRectification: z.strictObject({}),
  grantExtension: z.strictObject({ draft: z.string() }),
  refuseExtension: z.strictObject({ draft: z.string() }),
  assignFilingNumber: z.strictObject({ filingNo: printable.max(200) }),
  endFiling: z.strictObject({ reason: SaidSchema }),
  giveOpinion: z.strictObject({ opinion: SaidSchema }),
  openInquiry: z.strictObject({}),
  closeInquiry: z.strictObject({ outcome: SaidSchema }),
  dismiss: z.strictObject({ reasons: list(SaidSchema) }),
} as const satisfies Record<GivenByHand, z.ZodType>

/** Commands a person gives; the others follow in a case from another one's result. */
export type GivenByHand = Exclude<Command['kind'], 'supersede' | 'extendValidity'>

/** Where each step is posted, under `/v1/cases/{caseNo}`; a declaration opens a case and is posted to `/v1/cases`. */
export const commandPaths = {
  redeclare: 'redeclaration',
  confirmCompleteness: 'completeness-check',
  returnForCompletion: 'return-for-completion',
  receiveAtNational: 'national-receipt',
  accept: 'acceptance',
  declineAcceptance: 'non-acceptance',
  startAssessment: 'assessment',
  requestSupplement: 'supplement-request',
  receiveSupplement: 'supplement',
  extendPeriod: 'period-extension',
  issueResult: 'result',
  terminate: 'termination',
  withdraw: 'withdrawal',
  requestReassessment: 'reassessment-request',
  concludeReassessment: 'reassessment-conclusion',
  refile: 'refiling',
  fileChange: 'change',
  noteDefect: 'defect',
  strikeDefect: 'struck-defect',
  authoriseSecondNotice: 'second-notice-authority',
  refuseCustody: 'custody-refusal',
  orderStop: 'stop-notice',
  orderRectification: 'rectification-order',
  reportRectification: 'rectification-report',
  acceptRectification: 'rectification-acceptance',
  grantExtension: 'extension-grant',
  refuseExtension: 'extension-refusal',
  assignFilingNumber: 'filing-number',
  endFiling: 'filing-end',
  giveOpinion: 'opinion',
  openInquiry: 'inquiry',
  closeInquiry: 'inquiry-end',
  dismiss: 'dismissal',
} as const satisfies Record<Exclude<GivenByHand, 'declare' | 'file' | 'receiveComplaint'>, string>

export const ResultDraftSchema = z.strictObject({ decision: z.union([DecisionSchema, ExtensionDecisionSchema]) })
