/*
 * assessment, redeclaration (Order 11 arts 7, 10 to 14, 17)
 *
 *  new ──declared──▶ withProvince ──returnedForCompletion──▶ returned
 *                     │   ▲    ▲ defectNoted, defectStruck,      │
 *                     │   │    └─secondNoticeAuthorised          │
 *                     │   └─────────────redeclared───────────────┘
 *           completenessConfirmed (the package goes to the nation)
 *                     ▼          ◀──custodyRefused── withNational, withProvince again
 *                 confirmed ──receivedByNational──▶ withNational ──notAccepted──▶ (notAccepted)
 *                                                       │
 *                                                    accepted
 *                                                       ▼
 *                                                   accepted
 *                                                       │ assessmentStarted
 *                        supplementReceived             ▼
 *          awaitingSupplement ──────────────▶ underAssessment ──resultIssued──▶ decided ──reassessmentRequested──▶
 *             │   ▲     ▲ │ periodExtended       │     ▲ │ periodExtended         │           underReassessment
 *             │   │     └─┘                      │     └─┘                        │                │ reassessmentConcluded
 *             │   └───────supplementRequested────┘                                │                ▼
 *             └──terminated──▶ (terminated)                                       │              final
 *                                                                                 └───┬─────────────┘
 *                                                 stopOrdered ──▶ (stopped) ◀─────────┤
 *                                                 superseded ──▶ (superseded) ◀───────┘
 *   In decided and final also, without a change of status: rectificationOrdered, rectificationReported,
 *   rectificationAccepted (Order 16 art. 12), validityExtended (art. 9).
 *
 * extension (Order 16 art. 9; Guide part 3)
 *
 *  new ──filed──▶ withProvince ⇄ returned … confirmed ──receivedByNational──▶ withNational ⇄ awaitingSupplement
 *                                                            ├──extensionGranted──▶ (extended)
 *                                                            └──extensionRefused──▶ (notExtended)
 *
 * contractFiling, gbaFiling, catalogueFiling (Order 13 art. 7; GBA guidelines; MIIT measures art. 12)
 *
 *  new ──filed──▶ withProvince ──returnedForCompletion──▶ returned ──refiled──▶ withProvince
 *                     │                                      └──filingEnded──▶ (ended)
 *                     └──filingNumbered──▶ registered ──changeFiled──▶ withProvince
 *
 * preAssessment (a pilot of the provinces, not binding)
 *
 *  new ──declared──▶ withProvince ⇄ returned; withProvince ──opinionGiven──▶ (advised)
 *
 * incidentReport (Order 16 art. 11), complaint (Order 11 art. 16)
 *
 *  new ──filed | complaintReceived──▶ received ──inquiryOpened──▶ underReview ──rectificationOrdered──▶ awaitingRectification
 *                                        └──dismissed──▶ (dismissed)   ▲ │           rectificationReported ──┘ (back)
 *                                                                      └─┴──inquiryClosed──▶ (closed)
 *
 *  Until its result the handler may withdraw: ──withdrawn──▶ (withdrawn). In brackets: nothing follows.
 */

/** Whose act each event is. */
export const actorOf = {
  declared: 'handler',
  redeclared: 'handler',
  filed: 'handler',
  refiled: 'handler',
  defectNoted: 'province',
  defectStruck: 'province',
  secondNoticeAuthorised: 'province',
  completenessConfirmed: 'province',
  returnedForCompletion: 'province',
  receivedByNational: 'national',
  custodyRefused: 'national',
  accepted: 'national',
  notAccepted: 'national',
  assessmentStarted: 'national',
  supplementRequested: 'national',
  supplementReceived: 'handler',
  periodExtended: 'national',
  resultIssued: 'national',
  terminated: 'national',
  withdrawn: 'handler',
  reassessmentRequested: 'handler',
  reassessmentConcluded: 'national',
  stopOrdered: 'national',
  superseded: 'national',
  validityExtended: 'national',
  rectificationOrdered: 'province',
  rectificationReported: 'handler',
  rectificationAccepted: 'province',
  extensionGranted: 'national',
  extensionRefused: 'national',
  filingNumbered: 'province',
  filingEnded: 'province',
  changeFiled: 'handler',
  opinionGiven: 'province',
  complaintReceived: 'province',
  inquiryOpened: 'province',
  inquiryClosed: 'province',
  dismissed: 'province',
} as const satisfies Record<string, 'handler' | 'province' | 'national'>

export type EventKind = keyof typeof actorOf
export const eventKinds = Object.keys(actorOf) as readonly EventKind[]

export const statuses = [
  'withProvince',
  'returned',
  'confirmed',
  'withNational',
  'accepted',
  'underAssessment',
  'awaitingSupplement',
  'decided',
  'underReassessment',
  'final',
  'notAccepted',
  'terminated',
  'withdrawn',
  'stopped',
  'superseded',
  'extended',
  'notExtended',
  'registered',
  'ended',
  'advised',
  'received',
  'underReview',
  'awaitingRectification',
  'closed',
  'dismissed',
] as const
export type CaseStatus = (typeof statuses)[number]

type Table = Readonly<Partial<Record<CaseStatus | 'new', Readonly<Partial<Record<EventKind, CaseStatus>>>>>>

/** The province's desk notes defects while it checks; they are sent once, together (Order 11 art. 7). */
const desk = {
  defectNoted: 'withProvince',
  defectStruck: 'withProvince',
  secondNoticeAuthorised: 'withProvince',
  returnedForCompletion: 'returned',
  withdrawn: 'withdrawn',
} as const

/** What may happen to a result that stands. */
const inForce = { stopOrdered: 'stopped', superseded: 'superseded' } as const
const rectifying = (status: 'decided' | 'final') =>
  ({
    rectificationOrdered: status,
    rectificationReported: status,
    rectificationAccepted: status,
    validityExtended: status,
  }) as const

const assessment = {
  new: { declared: 'withProvince' },
  withProvince: { completenessConfirmed: 'confirmed', ...desk },
  returned: { redeclared: 'withProvince', withdrawn: 'withdrawn' },
  confirmed: { receivedByNational: 'withNational', custodyRefused: 'withProvince', withdrawn: 'withdrawn' },
  withNational: { accepted: 'accepted', notAccepted: 'notAccepted', withdrawn: 'withdrawn' },
  accepted: { assessmentStarted: 'underAssessment', withdrawn: 'withdrawn' },
  underAssessment: {
    supplementRequested: 'awaitingSupplement',
    periodExtended: 'underAssessment',
    resultIssued: 'decided',
    withdrawn: 'withdrawn',
  },
  awaitingSupplement: {
    supplementReceived: 'underAssessment',
    periodExtended: 'awaitingSupplement',
    terminated: 'terminated',
    withdrawn: 'withdrawn',
  },
  decided: { reassessmentRequested: 'underReassessment', ...inForce, ...rectifying('decided') },
  underReassessment: { reassessmentConcluded: 'final' },
  final: { ...inForce, ...rectifying('final') },
} as const satisfies Table

const extension = {
  new: { filed: 'withProvince' },
  withProvince: { completenessConfirmed: 'confirmed', ...desk },
  returned: { refiled: 'withProvince', withdrawn: 'withdrawn' },
  confirmed: { receivedByNational: 'withNational', custodyRefused: 'withProvince', withdrawn: 'withdrawn' },
  withNational: {
    supplementRequested: 'awaitingSupplement',
    periodExtended: 'withNational',
    extensionGranted: 'extended',
    extensionRefused: 'notExtended',
    withdrawn: 'withdrawn',
  },
  awaitingSupplement: {
    supplementReceived: 'withNational',
    periodExtended: 'awaitingSupplement',
    extensionRefused: 'notExtended',
    withdrawn: 'withdrawn',
  },
} as const satisfies Table

const filing = {
  new: { filed: 'withProvince' },
  withProvince: { filingNumbered: 'registered', ...desk },
  returned: { refiled: 'withProvince', filingEnded: 'ended', withdrawn: 'withdrawn' },
  registered: { changeFiled: 'withProvince' },
} as const satisfies Table

const preAssessment = {
  new: { declared: 'withProvince' },
  withProvince: { opinionGiven: 'advised', ...desk },
  returned: { redeclared: 'withProvince', withdrawn: 'withdrawn' },
} as const satisfies Table

const inquiry = {
  received: { inquiryOpened: 'underReview', dismissed: 'dismissed' },
  underReview: { rectificationOrdered: 'awaitingRectification', inquiryClosed: 'closed' },
  awaitingRectification: { rectificationReported: 'underReview' },
} as const satisfies Table

/** The table of each kind of case: which event may follow which status, and where it leads. What is missing is refused. */
export const procedures = {
  assessment,
  redeclaration: assessment,
  extension,
  contractFiling: filing,
  gbaFiling: filing,
  catalogueFiling: filing,
  preAssessment,
  incidentReport: { new: { filed: 'received' }, ...inquiry },
  complaint: { new: { complaintReceived: 'received' }, ...inquiry },
} as const satisfies Record<string, Table>

export type CaseKind = keyof typeof procedures
export const caseKinds = Object.keys(procedures) as readonly CaseKind[]

/** The kinds a declaration opens; the others are opened by a filing, a complaint by the officer who receives it. */
export type DeclaredKind = 'assessment' | 'redeclaration' | 'preAssessment'
export type FiledKind = Exclude<CaseKind, DeclaredKind>

export function isDeclaredKind(kind: CaseKind): kind is DeclaredKind {
  return kind === 'assessment' || kind === 'redeclaration' || kind === 'preAssessment'
}

/** Where the event leads from here, or undefined when it may not follow. */
export function next(kind: CaseKind, status: CaseStatus | 'new', event: EventKind): CaseStatus | undefined {
  const table: Table = procedures[kind]
  return table[status]?.[event]
}

/** What may follow, in the table's order. */
export function following(kind: CaseKind, status: CaseStatus): readonly EventKind[] {
  const table: Table = procedures[kind]
  return Object.keys(table[status] ?? {}) as EventKind[]
}

/** Whether nothing may follow any more. */
export function isClosed(kind: CaseKind, status: CaseStatus): boolean {
  return following(kind, status).length === 0
}
