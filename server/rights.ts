import type { Case } from '@tongguan/casework'
import type { Operation } from './contract/routes.ts'
import type { OrganisationKind, PersonRole, Role } from './contract/session.ts'

/**
 * Of which cases: `none` where the operation is about no case (yet), `ownDesk` where it is about what stands on the
 * organisation's desk, which only an authority has.
 */
export type Relation = keyof typeof relations | 'none' | 'ownDesk'

/** Everybody who is a person; a program has rights by name only. */
const everyPerson = {
  handlerOfficer: 'none',
  deskOfficer: 'none',
  assessor: 'none',
  recipientOfficer: 'none',
  supervisor: 'none',
  administrator: 'none',
} as const satisfies Record<PersonRole, Relation>

/** What somebody without the second factor their role asks for may do until they have one: add it, and prove who they are. */
const enrolling = { ...everyPerson, beforeSecondFactor: true } as const

/** Whoever may look into a case. A supervisor sees what the organisation's officers see. */
const caseReaders = {
  handlerOfficer: 'ownHandler',
  deskOfficer: 'ownProvince',
  assessor: 'forwarded',
  supervisor: 'ownOrganisation',
} as const satisfies Partial<Record<Role, Relation>>

/** Who works at an authority's desk, or looks over it. */
const deskPeople = {
  deskOfficer: 'ownDesk',
  assessor: 'ownDesk',
  supervisor: 'ownDesk',
} as const satisfies Partial<Record<Role, Relation>>

/**
 * Who may do what, and to which cases: operation × role × relation. A role that is missing may not, and what stands
 * open to everybody says `open`. `stepUp` rows sign, release or change who may: they ask for a second factor (or the
 * password) proven in the last minutes. This is the only place; the API asks it before anything else is looked at.
 */
export const rights = {
  getHealth: 'open',
  getReadiness: 'open',
  getMetrics: 'open',
  getOpenApi: 'open',
  getSession: 'open',
  signIn: 'open',
  signInWithCode: 'open',
  askForPasskey: 'open',
  signInWithPasskey: 'open',
  startSingleSignOn: 'open',
  finishSingleSignOn: 'open',
  signOut: 'open',
  getStepUp: enrolling,
  askStepUpPasskey: enrolling,
  stepUp: enrolling,

  getMe: { ...enrolling, gate: 'none' },
  getFactors: enrolling,
  startTotp: { ...enrolling, stepUp: true },
  confirmTotp: { ...enrolling, stepUp: true },
  removeTotp: { ...everyPerson, stepUp: true },
  renewRecoveryCodes: { ...everyPerson, stepUp: true },
  startPasskey: { ...enrolling, stepUp: true },
  keepPasskey: { ...enrolling, stepUp: true },
  removePasskey: { ...everyPerson, stepUp: true },
  changePassword: { ...everyPerson, stepUp: true },

  // Declarations in preparation: each organisation its own (routes/preparations.ts).
  listPreparations: { handlerOfficer: 'none', supervisor: 'none' },
  startPreparation: { handlerOfficer: 'none' },
  getPreparation: { handlerOfficer: 'none', supervisor: 'none' },
  checkPreparation: { handlerOfficer: 'none', supervisor: 'none' },
  listRevisions: { handlerOfficer: 'none', supervisor: 'none' },
  revisePreparation: { handlerOfficer: 'none' },
  listPreparationFiles: { handlerOfficer: 'none', supervisor: 'none' },
  attachFile: { handlerOfficer: 'none' },
  getPreparationFile: { handlerOfficer: 'none', supervisor: 'none' },
  getPreparationEvidence: { handlerOfficer: 'none', supervisor: 'none' },
  getSubmission: { handlerOfficer: 'none', supervisor: 'none' },
  writePreparationBundle: { handlerOfficer: 'none' },
  getPreparationBundle: { handlerOfficer: 'none', supervisor: 'none' },
  filePreparation: { handlerOfficer: 'none', stepUp: true },
  listPreparationComments: { handlerOfficer: 'none', supervisor: 'none' },
  commentOnPreparation: { handlerOfficer: 'none' },
  streamPreparation: { handlerOfficer: 'none', supervisor: 'none' },
  // An upload is its account's alone.
  beginUpload: { handlerOfficer: 'none' },
  getUpload: { handlerOfficer: 'none' },
  addUploadPart: { handlerOfficer: 'none' },

  // The worked examples name nobody.
  listPilots: everyPerson,
  getPilotFile: everyPerson,

  getPermit: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded', gate: 'ownHandler' },
  getLetter: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },
  // For gates to fetch: signed, and it names permits and keys only.
  getRevocations: 'open',
  revokeKey: { assessor: 'none', stepUp: true },
  signDraft: { assessor: 'forwarded', stepUp: true },
  getOpinions: { assessor: 'forwarded' },
  inviteExpert: { assessor: 'forwarded' },
  recuseExpert: { assessor: 'forwarded' },
  giveExpertOpinion: { assessor: 'forwarded' },
  consolidateOpinions: { assessor: 'forwarded' },
  listSimilarCases: { assessor: 'forwarded' },
  // Who takes a colleague's case or writes down an absence that is not one's own is the supervisor (routes/desk.ts).
  getDesk: deskPeople,
  listQueue: deskPeople,
  pullNext: { deskOfficer: 'ownDesk', assessor: 'ownDesk' },
  assignCase: deskPeople,
  setAbsence: deskPeople,
  listMovedDates: { deskOfficer: 'ownDesk', assessor: 'ownDesk' },
  listNotices: everyPerson,
  readNotices: everyPerson,
  makeCalendar: { handlerOfficer: 'none', deskOfficer: 'none', assessor: 'none' },
  // Whoever has the secret address; it names no person and no handler.
  getCalendar: 'open',

  seeInvitation: 'open',
  join: 'open',
  listMembers: { administrator: 'none' },
  changeRole: { administrator: 'none', stepUp: true },
  offBoard: { administrator: 'none', stepUp: true },
  requireSecondFactor: { administrator: 'none', stepUp: true },
  renewAccess: { administrator: 'none', stepUp: true },
  listInvitations: { administrator: 'none' },
  invite: { administrator: 'none', stepUp: true },
  withdrawInvitation: { administrator: 'none' },
  listServiceTokens: { administrator: 'none' },
  createServiceToken: { administrator: 'none', stepUp: true },
  revokeServiceToken: { administrator: 'none' },
  listSecurityEvents: { administrator: 'none' },

  listCases: { ...caseReaders, gate: 'ownHandler' },
  getCase: { ...caseReaders, gate: 'ownHandler' },
  getEvidence: caseReaders,
  getDocument: caseReaders,
  streamEvents: caseReaders,
  listCaseAccess: { supervisor: 'ownOrganisation' },
  giveSight: { deskOfficer: 'ownProvince', assessor: 'forwarded', supervisor: 'ownOrganisation' },

  declare: { handlerOfficer: 'none', stepUp: true },
  redeclare: { handlerOfficer: 'ownHandler', stepUp: true },
  receiveSupplement: { handlerOfficer: 'ownHandler' },
  withdraw: { handlerOfficer: 'ownHandler', stepUp: true },
  requestReassessment: { handlerOfficer: 'ownHandler' },
  file: { handlerOfficer: 'none', stepUp: true },
  refile: { handlerOfficer: 'ownHandler', stepUp: true },
  fileChange: { handlerOfficer: 'ownHandler', stepUp: true },
  reportRectification: { handlerOfficer: 'ownHandler' },

  confirmCompleteness: { deskOfficer: 'ownProvince' },
  returnForCompletion: { deskOfficer: 'ownProvince' },
  noteDefect: { deskOfficer: 'ownProvince' },
  strikeDefect: { deskOfficer: 'ownProvince' },
  authoriseSecondNotice: { deskOfficer: 'ownProvince' },
  orderRectification: { deskOfficer: 'ownProvince' },
  acceptRectification: { deskOfficer: 'ownProvince' },
  assignFilingNumber: { deskOfficer: 'ownProvince' },
  endFiling: { deskOfficer: 'ownProvince' },
  giveOpinion: { deskOfficer: 'ownProvince' },
  receiveComplaint: { deskOfficer: 'none' },
  openInquiry: { deskOfficer: 'ownProvince' },
  closeInquiry: { deskOfficer: 'ownProvince' },
  dismiss: { deskOfficer: 'ownProvince' },

  receiveAtNational: { assessor: 'forwarded' },
  refuseCustody: { assessor: 'forwarded' },
  accept: { assessor: 'forwarded' },
  declineAcceptance: { assessor: 'forwarded', stepUp: true },
  startAssessment: { assessor: 'forwarded' },
  requestSupplement: { assessor: 'forwarded' },
  extendPeriod: { assessor: 'forwarded' },
  draftResult: { assessor: 'forwarded' },
  issueResult: { assessor: 'forwarded', stepUp: true },
  terminate: { assessor: 'forwarded', stepUp: true },
  concludeReassessment: { assessor: 'forwarded', stepUp: true },
  orderStop: { assessor: 'forwarded', stepUp: true },
  grantExtension: { assessor: 'forwarded', stepUp: true },
  refuseExtension: { assessor: 'forwarded', stepUp: true },

  // What the handler's gate has counted is the handler's.
  getMeters: { handlerOfficer: 'none' },

  // What individuals ask is the handler's, whose gate it holds (routes/individuals.ts says which handler's).
  listIndividualRequests: { handlerOfficer: 'none' },
  registerIndividualRequest: { handlerOfficer: 'none' },
  answerIndividualRequest: { handlerOfficer: 'none' },
  proveIndividualRequest: { handlerOfficer: 'none' },
  notifyRecipient: { handlerOfficer: 'none', stepUp: true },
  keepConfirmation: { handlerOfficer: 'none' },
  dropFromBatch: { handlerOfficer: 'none' },

  // The enquiry desk, the programme and the figures belong to a provincial office; each sees its own only (routes/desk.ts).
  getEnquiryDesk: { deskOfficer: 'none' },
  getSimilarAnswers: { deskOfficer: 'none' },
  listEnquiries: { deskOfficer: 'none' },
  takeEnquiry: { deskOfficer: 'none' },
  getEnquiry: { deskOfficer: 'none' },
  classifyEnquiry: { deskOfficer: 'none' },
  nameCaller: { deskOfficer: 'none' },
  tellFacts: { deskOfficer: 'none' },
  answerEnquiry: { deskOfficer: 'none' },
  handOverEnquiry: { deskOfficer: 'none' },
  callBackEnquiry: { deskOfficer: 'none' },
  listCallBacks: { deskOfficer: 'none' },
  listInterpretations: { deskOfficer: 'none' },
  draftInterpretation: { deskOfficer: 'none' },
  getInterpretation: { deskOfficer: 'none' },
  redraftInterpretation: { deskOfficer: 'none' },
  approveInterpretation: { deskOfficer: 'none', stepUp: true },
  returnInterpretation: { deskOfficer: 'none' },
  getProgramme: { deskOfficer: 'none' },
  addInstitution: { deskOfficer: 'none' },
  reachStage: { deskOfficer: 'none' },
  holdMeeting: { deskOfficer: 'none' },
  doAction: { deskOfficer: 'none' },
  planBriefing: { deskOfficer: 'none' },
  countAttendance: { deskOfficer: 'none' },
  noteQuestion: { deskOfficer: 'none' },
  getFigures: { deskOfficer: 'none' },
  getFiguresFile: { deskOfficer: 'none' },
  getOfficeNumbers: { deskOfficer: 'none' },
  getPublicRegister: 'open',
  setPublicRegister: { deskOfficer: 'none', stepUp: true },
  releaseToRegister: { deskOfficer: 'none', stepUp: true },

  // Pages for everybody, without sign-in.
  getPublicHome: 'open',
  getTriage: 'open',
  getTriageFacts: 'open',
  getEnquiryForm: 'open',
  submitEnquiry: 'open',
  getInterpretationsPage: 'open',
  getInterpretationOnPage: 'open',
  getRegisterPage: 'open',
  getVerifyPage: 'open',
} as const satisfies Record<Operation, Right>

export type Right =
  | 'open'
  | (Readonly<Partial<Record<Role, Relation>>> & {
      readonly stepUp?: true
      readonly beforeSecondFactor?: true
    })

/** For whom somebody acts. */
export interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: OrganisationKind
  readonly creditCode: string | null
  readonly province: string | null
}

// Whoever is complained about does not see the complaint (Order 11 arts 15 and 16).
const isOwnHandler: Holds = ({ kind, handler }, own) =>
  kind !== 'complaint' && own.creditCode !== null && handler.creditCode === own.creditCode
const isOwnProvince: Holds = ({ handler }, own) => own.province !== null && handler.province === own.province
const isForwarded: Holds = ({ forwarded }, own) => own.kind === 'national' && forwarded
const holdsFor = {
  handler: isOwnHandler,
  province: isOwnProvince,
  national: isForwarded,
  recipient: () => false,
} as const satisfies Record<OrganisationKind, Holds>

/** When a case stands in the relation to an organisation. A provincial office sees what is filed with it, the national one what a province has passed on. */
const relations = {
  ownHandler: isOwnHandler,
  ownProvince: isOwnProvince,
  forwarded: isForwarded,
  ownOrganisation: (about, own) => holdsFor[own.kind](about, own),
} as const satisfies Record<string, Holds>

type Holds = (about: CaseFile, own: Organisation) => boolean

interface CaseFile {
  readonly kind: Case['kind']
  readonly handler: { readonly creditCode: string | null; readonly province: string }
  readonly forwarded: boolean
}

/** The relation a role has the operation in, in an organisation of this kind; undefined where it has no right to it. */
export function relationOf(operation: Operation, role: Role, kind: OrganisationKind): Relation | undefined {
  const right: Right = rights[operation]
  if (right === 'open') return 'none'
  return right[role] === 'ownDesk' && !hasDesk(kind) ? undefined : right[role]
}

function hasDesk(kind: OrganisationKind): boolean {
  return kind === 'province' || kind === 'national'
}

export function isOpen(operation: Operation): boolean {
  return rights[operation] === 'open'
}

/**
 * Who reads by need-to-know: an officer of an authority sees what waits for anybody and what is theirs, and a colleague's
 * case only where sight was given (casework/need-to-know.ts). A supervisor sees the office's.
 */
export function readsByNeed(role: Role): boolean {
  return role === 'deskOfficer' || role === 'assessor'
}

/** May this organisation's member do it to this case, given the role's relation. */
export function holds(relation: Relation, about: Case, own: Organisation): boolean {
  if (relation === 'none' || relation === 'ownDesk') return true
  const forwarded = about.events.some(({ kind }) => kind === 'completenessConfirmed')
  return relations[relation]({ kind: about.kind, handler: about.filing.handler, forwarded }, own)
}

export function operationsOf(role: Role, kind: OrganisationKind): readonly Operation[] {
  return (Object.keys(rights) as Operation[]).filter((operation) => relationOf(operation, role, kind) !== undefined)
}

/** Does the operation sign, release or change who may, so that whoever asks must have proven just now who they are? */
export function needsStepUp(operation: Operation): boolean {
  const right: Right = rights[operation]
  return right !== 'open' && right.stepUp === true
}

/** May it be asked before the second factor the role asks for is there? */
export function isBeforeSecondFactor(operation: Operation): boolean {
  const right: Right = rights[operation]
  return right === 'open' || right.beforeSecondFactor === true
}

/**
 * Whether people of this role in such an organisation work with a second factor only: everybody of an authority, and
 * whoever signs, releases or changes who may. (GB/T 22239-2019 8.1.4.1, level 3, asks for two factors.)
 */
export function asksForSecondFactor(role: Role, kind: OrganisationKind): boolean {
  if (role === 'gate') return false
  return (
    hasDesk(kind) || operationsOf(role, kind).some((operation) => needsStepUp(operation) && !isEverybodys(operation))
  )
}

/** One's own account is everybody's. */
function isEverybodys(operation: Operation): boolean {
  const right: Right = rights[operation]
  return right === 'open' || (Object.keys(everyPerson) as PersonRole[]).every((role) => right[role] !== undefined)
}

/** Which roles an organisation's members may have; the database holds the same. A recipient's officers see no case. */
export const rolesOf = {
  handler: ['handlerOfficer', 'supervisor', 'administrator'],
  province: ['deskOfficer', 'supervisor', 'administrator'],
  national: ['assessor', 'supervisor', 'administrator'],
  recipient: ['recipientOfficer', 'administrator'],
} as const satisfies Record<OrganisationKind, readonly PersonRole[]>

/** Which side of an installation serves which organisations. */
export const sideOf = {
  handler: 'handler',
  recipient: 'handler',
  province: 'authority',
  national: 'authority',
} as const satisfies Record<OrganisationKind, 'handler' | 'authority'>

export const roleWords = {
  handlerOfficer: { zh: '数据处理者经办人', en: "handler's officer" },
  deskOfficer: { zh: '省级网信部门受理人员', en: 'desk officer of the province' },
  assessor: { zh: '国家网信部门评估人员', en: 'assessor of the national office' },
  recipientOfficer: { zh: '境外接收方人员', en: "recipient's officer" },
  supervisor: { zh: '监督人员', en: 'supervisor' },
  administrator: { zh: '机构管理员', en: "organisation's administrator" },
  gate: { zh: '闸口程序', en: 'gate' },
} as const satisfies Record<Role, { readonly zh: string; readonly en: string }>
