import type { Case } from '@tongguan/casework'
import type { Operation } from './contract/routes.ts'
import type { OrganisationKind, PersonRole, Role } from './contract/session.ts'

/** Of which cases: `none` where the operation is about no case (yet). */
export type Relation = keyof typeof relations | 'none'

/** Everybody who is a person; a program has rights by name only. */
const everyPerson = {
  handlerOfficer: 'none',
  deskOfficer: 'none',
  assessor: 'none',
  recipientOfficer: 'none',
  supervisor: 'none',
  administrator: 'none',
} as const satisfies Record<PersonRole, Relation>

/** Whoever may look into a case. A supervisor sees what the organisation's officers see. */
const caseReaders = {
  handlerOfficer: 'ownHandler',
  deskOfficer: 'ownProvince',
  assessor: 'forwarded',
  supervisor: 'ownOrganisation',
} as const satisfies Partial<Record<Role, Relation>>

/**
 * Who may do what, and to which cases: operation × role × relation. A role that is missing may not, and what stands
 * open to everybody says `open`. `stepUp` rows sign, release or change who may: they ask for a second factor (or the
 * password) proven in the last minutes. This is the only place; the API asks it before anything else is looked at.
 */
export const rights = {
  getHealth: 'open',
  getOpenApi: 'open',
  getSession: 'open',
  signIn: 'open',
  signInWithCode: 'open',
  askForPasskey: 'open',
  signInWithPasskey: 'open',
  startSingleSignOn: 'open',
  finishSingleSignOn: 'open',
  signOut: 'open',
  getStepUp: everyPerson,
  askStepUpPasskey: everyPerson,
  stepUp: everyPerson,

  getMe: { ...everyPerson, gate: 'none' },
  getFactors: everyPerson,
  startTotp: { ...everyPerson, stepUp: true },
  confirmTotp: { ...everyPerson, stepUp: true },
  removeTotp: { ...everyPerson, stepUp: true },
  renewRecoveryCodes: { ...everyPerson, stepUp: true },
  startPasskey: { ...everyPerson, stepUp: true },
  keepPasskey: { ...everyPerson, stepUp: true },
  removePasskey: { ...everyPerson, stepUp: true },
  changePassword: { ...everyPerson, stepUp: true },

  seeInvitation: 'open',
  join: 'open',
  listMembers: { administrator: 'none' },
  changeRole: { administrator: 'none', stepUp: true },
  offBoard: { administrator: 'none', stepUp: true },
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

  declare: { handlerOfficer: 'none', stepUp: true },
  redeclare: { handlerOfficer: 'ownHandler', stepUp: true },
  receiveSupplement: { handlerOfficer: 'ownHandler' },
  withdraw: { handlerOfficer: 'ownHandler', stepUp: true },
  requestReassessment: { handlerOfficer: 'ownHandler' },

  confirmCompleteness: { deskOfficer: 'ownProvince' },
  returnForCompletion: { deskOfficer: 'ownProvince' },

  receiveAtNational: { assessor: 'forwarded' },
  accept: { assessor: 'forwarded' },
  declineAcceptance: { assessor: 'forwarded', stepUp: true },
  startAssessment: { assessor: 'forwarded' },
  requestSupplement: { assessor: 'forwarded' },
  extendPeriod: { assessor: 'forwarded' },
  draftResult: { assessor: 'forwarded' },
  issueResult: { assessor: 'forwarded', stepUp: true },
  terminate: { assessor: 'forwarded', stepUp: true },
  concludeReassessment: { assessor: 'forwarded', stepUp: true },
} as const satisfies Record<Operation, Right>

export type Right = 'open' | (Readonly<Partial<Record<Role, Relation>>> & { readonly stepUp?: true })

/** For whom somebody acts. */
export interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: OrganisationKind
  readonly creditCode: string | null
  readonly province: string | null
}

const isOwnHandler: Holds = ({ handler }, own) => own.creditCode !== null && handler.creditCode === own.creditCode
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
  readonly handler: { readonly creditCode: string; readonly province: string }
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
  return relations[relation]({ handler: about.declaration.handler, forwarded }, own)
}

export function operationsOf(role: Role): readonly Operation[] {
  return (Object.keys(rights) as Operation[]).filter((operation) => relationOf(operation, role) !== undefined)
}

/** Does the operation sign, release or change who may, so that whoever asks must have proven just now who they are? */
export function needsStepUp(operation: Operation): boolean {
  const right: Right = rights[operation]
  return right !== 'open' && right.stepUp === true
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
