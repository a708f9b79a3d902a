import type { Case } from '@tongguan/casework'
import type { Operation } from './contract/routes.ts'
import type { Role } from './contract/session.ts'

/** Of which cases: `none` where the operation is about no case (yet). */
export type Relation = keyof typeof relations | 'none'

/**
 * Who may do what, and to which cases: operation × role × relation. A role that is missing may not, and what stands
 * open to everybody says `open`. This is the only place; the API asks it before anything else is looked at.
 */
export const rights = {
  getHealth: 'open',
  getOpenApi: 'open',
  getSession: 'open',
  signIn: 'open',
  signOut: 'open',
  getMe: { handlerOfficer: 'none', deskOfficer: 'none', assessor: 'none' },

  listCases: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },
  getCase: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },
  getEvidence: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },
  getDocument: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },
  streamEvents: { handlerOfficer: 'ownHandler', deskOfficer: 'ownProvince', assessor: 'forwarded' },

  getDesk: { deskOfficer: 'none', assessor: 'none' },
  listQueue: { deskOfficer: 'none', assessor: 'none' },
  pullNext: { deskOfficer: 'none', assessor: 'none' },
  assignCase: { deskOfficer: 'none', assessor: 'none' },
  setAbsence: { deskOfficer: 'none', assessor: 'none' },
  listMovedDates: { deskOfficer: 'none', assessor: 'none' },
  listNotices: { handlerOfficer: 'none', deskOfficer: 'none', assessor: 'none' },
  readNotices: { handlerOfficer: 'none', deskOfficer: 'none', assessor: 'none' },
  makeCalendar: { handlerOfficer: 'none', deskOfficer: 'none', assessor: 'none' },
  // Whoever has the secret address; it names no person and no handler.
  getCalendar: 'open',

  declare: { handlerOfficer: 'none' },
  redeclare: { handlerOfficer: 'ownHandler' },
  receiveSupplement: { handlerOfficer: 'ownHandler' },
  withdraw: { handlerOfficer: 'ownHandler' },
  requestReassessment: { handlerOfficer: 'ownHandler' },
  file: { handlerOfficer: 'none' },
  refile: { handlerOfficer: 'ownHandler' },
  fileChange: { handlerOfficer: 'ownHandler' },
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
  declineAcceptance: { assessor: 'forwarded' },
  startAssessment: { assessor: 'forwarded' },
  requestSupplement: { assessor: 'forwarded' },
  extendPeriod: { assessor: 'forwarded' },
  draftResult: { assessor: 'forwarded' },
  issueResult: { assessor: 'forwarded' },
  terminate: { assessor: 'forwarded' },
  concludeReassessment: { assessor: 'forwarded' },
  orderStop: { assessor: 'forwarded' },
  grantExtension: { assessor: 'forwarded' },
  refuseExtension: { assessor: 'forwarded' },

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
  approveInterpretation: { deskOfficer: 'none' },
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
  setPublicRegister: { deskOfficer: 'none' },
  releaseToRegister: { deskOfficer: 'none' },
} as const satisfies Record<Operation, Right>

export type Right = 'open' | Readonly<Partial<Record<Role, Relation>>>

/** For whom somebody acts. */
export interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: 'handler' | 'province' | 'national'
  readonly creditCode: string | null
  readonly province: string | null
}

/** When a case stands in the relation to an organisation. A provincial office sees what is filed with it, the national one what a province has passed on. */
const relations = {
  // Whoever is complained about does not see the complaint (Order 11 arts 15 and 16).
  ownHandler: ({ kind, handler }, own) =>
    kind !== 'complaint' && own.creditCode !== null && handler.creditCode === own.creditCode,
  ownProvince: ({ handler }, own) => own.province !== null && handler.province === own.province,
  forwarded: ({ forwarded }) => forwarded,
} as const satisfies Record<string, (about: CaseFile, own: Organisation) => boolean>

interface CaseFile {
  readonly kind: Case['kind']
  readonly handler: { readonly creditCode: string | null; readonly province: string }
  readonly forwarded: boolean
}

/** The relation a role has the operation in; undefined where it has no right to it. */
export function relationOf(operation: Operation, role: Role): Relation | undefined {
  const right: Right = rights[operation]
  return right === 'open' ? 'none' : right[role]
}

export function isOpen(operation: Operation): boolean {
  return rights[operation] === 'open'
}

/** May this organisation's member do it to this case, given the role's relation. */
export function holds(relation: Relation, about: Case, own: Organisation): boolean {
  if (relation === 'none') return true
  const forwarded = about.events.some(({ kind }) => kind === 'completenessConfirmed')
  return relations[relation]({ kind: about.kind, handler: about.filing.handler, forwarded }, own)
}

export function operationsOf(role: Role): readonly Operation[] {
  return (Object.keys(rights) as Operation[]).filter((operation) => relationOf(operation, role) !== undefined)
}

/** Which side of an installation serves which role. */
export const sideOf = {
  handlerOfficer: 'handler',
  deskOfficer: 'authority',
  assessor: 'authority',
} as const satisfies Record<Role, 'handler' | 'authority'>

export const roleWords = {
  handlerOfficer: { zh: '数据处理者经办人', en: "handler's officer" },
  deskOfficer: { zh: '省级网信部门受理人员', en: 'desk officer of the province' },
  assessor: { zh: '国家网信部门评估人员', en: 'assessor of the national office' },
} as const satisfies Record<Role, { readonly zh: string; readonly en: string }>
