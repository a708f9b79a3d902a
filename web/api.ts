import type {
  Answer,
  Api,
  Ask,
  CasePage,
  CaseSummary,
  Invited,
  Me,
  Problem,
  QueuedCase,
  SignInPending,
} from '@tongguan/server/contract/client'
import { background, sessionUse } from './activity.ts'
import { Refused, patientFetch } from './patient-fetch.ts'

export type {
  Answer,
  Ask,
  CaseClock,
  CaseDocument,
  CasePage,
  CaseSummary,
  Completeness,
  Desk,
  QueuedCase,
  EvidencePage,
  Invited,
  Me,
  NextStep,
  PilotOffered,
  Problem,
  Session,
  SignInPending,
  TimelineEvent,
} from '@tongguan/server/contract/client'
export type Call = keyof Api

export const getSession = (): Promise<Answer<'GET /v1/session'>> => call('GET /v1/session', {})
export const lookAtSession = (): Promise<Answer<'GET /v1/session'>> => send('GET', '/v1/session', undefined, background)
/** Somebody signed in, or the ways to give the second factor that is still missing. */
export const signIn = (body: Ask<'POST /v1/session'>['body']): Promise<Me | SignInPending> =>
  send('POST', '/v1/session', body, {})
export const signInWithCode = (code: string): Promise<Me> => call('POST /v1/session/code', { body: { code } })
export const askForPasskey = (): Promise<Answer<'POST /v1/session/passkey-question'>> =>
  call('POST /v1/session/passkey-question', {})
export const signInWithPasskey = (answer: Record<string, unknown>): Promise<Me> =>
  call('POST /v1/session/passkey', { body: { answer } })
export const getStepUp = (): Promise<Answer<'GET /v1/session/step-up'>> => call('GET /v1/session/step-up', {})
export const askStepUpPasskey = (): Promise<Answer<'POST /v1/session/step-up/passkey-question'>> =>
  call('POST /v1/session/step-up/passkey-question', {})
export const stepUp = (body: Ask<'POST /v1/session/step-up'>['body']): Promise<undefined> =>
  call('POST /v1/session/step-up', { body })
export const getMe = (): Promise<Me> => call('GET /v1/me', {})
export const signOut = (): Promise<undefined> => call('DELETE /v1/session', {})
export const listCases = (query: {
  readonly status?: CaseSummary['status']
  readonly cursor?: string | undefined
}): Promise<Answer<'GET /v1/cases'>> => call('GET /v1/cases', { query })
export const getCase = (caseNo: string): Promise<CasePage> => call('GET /v1/cases/{caseNo}', { params: { caseNo } })
export const listPilots = (): Promise<Answer<'GET /v1/pilots'>> => call('GET /v1/pilots', {})
export const getDesk = (): Promise<Answer<'GET /v1/desk'>> => call('GET /v1/desk', {})
export const listQueue = (query: {
  readonly queue?: QueuedCase['queue']
  readonly mine?: 'true'
  readonly cursor?: string | undefined
}): Promise<Answer<'GET /v1/desk/cases'>> => call('GET /v1/desk/cases', { query })
/** Takes the next case; the same `key` again takes no second one. */
export const pullNext = ({ key }: { readonly key: string }): Promise<Answer<'POST /v1/desk/pull'>> =>
  send('POST', '/v1/desk/pull', {}, { 'idempotency-key': key })
export const assignCase = (
  body: Ask<'POST /v1/desk/assignments'>['body'],
  { key }: { readonly key: string },
): Promise<Answer<'POST /v1/desk/assignments'>> =>
  send('POST', '/v1/desk/assignments', body, { 'idempotency-key': key })
export const setAbsence = (body: Ask<'POST /v1/desk/absences'>['body']): Promise<Answer<'POST /v1/desk/absences'>> =>
  call('POST /v1/desk/absences', { body })
export const listNotices = (): Promise<Answer<'GET /v1/notices'>> => call('GET /v1/notices', {})
export const readNotices = (ids: readonly string[]): Promise<undefined> => send('POST', '/v1/notices/read', { ids }, {})
export const getEvidence = (caseNo: string): Promise<Answer<'GET /v1/cases/{caseNo}/evidence'>> =>
  call('GET /v1/cases/{caseNo}/evidence', { params: { caseNo } })

export const listCaseAccess = (caseNo: string): Promise<Answer<'GET /v1/cases/{caseNo}/access'>> =>
  call('GET /v1/cases/{caseNo}/access', { params: { caseNo } })

export const getFactors = (): Promise<Answer<'GET /v1/me/factors'>> => call('GET /v1/me/factors', {})
export const startTotp = (): Promise<Answer<'POST /v1/me/totp'>> => call('POST /v1/me/totp', {})
export const confirmTotp = (code: string): Promise<Answer<'POST /v1/me/totp/confirmation'>> =>
  call('POST /v1/me/totp/confirmation', { body: { code } })
export const removeTotp = (): Promise<undefined> => call('DELETE /v1/me/totp', {})
export const renewRecoveryCodes = (): Promise<Answer<'POST /v1/me/recovery-codes'>> =>
  call('POST /v1/me/recovery-codes', {})
export const startPasskey = (): Promise<Answer<'POST /v1/me/passkey-question'>> =>
  call('POST /v1/me/passkey-question', {})
export const keepPasskey = (body: Ask<'POST /v1/me/passkeys'>['body']): Promise<Answer<'POST /v1/me/passkeys'>> =>
  call('POST /v1/me/passkeys', { body })
export const removePasskey = (passkeyId: string): Promise<undefined> =>
  call('DELETE /v1/me/passkeys/{passkeyId}', { params: { passkeyId } })
export const changePassword = (password: string): Promise<undefined> =>
  call('POST /v1/me/password', { body: { password } })

export const seeInvitation = (token: string): Promise<Answer<'POST /v1/invitations/seen'>> =>
  call('POST /v1/invitations/seen', { body: { token } })
export const join = (body: Ask<'POST /v1/invitations/acceptance'>['body']): Promise<undefined> =>
  call('POST /v1/invitations/acceptance', { body })

export const listMembers = (): Promise<Answer<'GET /v1/organisation/members'>> =>
  call('GET /v1/organisation/members', {})
export const changeRole = (
  memberId: string,
  body: Ask<'PUT /v1/organisation/members/{memberId}/role'>['body'],
): Promise<undefined> => call('PUT /v1/organisation/members/{memberId}/role', { params: { memberId }, body })
export const offBoard = (memberId: string): Promise<undefined> =>
  call('DELETE /v1/organisation/members/{memberId}', { params: { memberId } })
export const requireSecondFactor = (required: boolean): Promise<undefined> =>
  call('PUT /v1/organisation/second-factor', { body: { required } })
export const renewAccess = (memberId: string): Promise<Invited> =>
  call('POST /v1/organisation/members/{memberId}/access-renewal', { params: { memberId } })
export const listInvitations = (): Promise<Answer<'GET /v1/organisation/invitations'>> =>
  call('GET /v1/organisation/invitations', {})
export const invite = (body: Ask<'POST /v1/organisation/invitations'>['body']): Promise<Invited> =>
  call('POST /v1/organisation/invitations', { body })
export const withdrawInvitation = (invitationId: string): Promise<undefined> =>
  call('DELETE /v1/organisation/invitations/{invitationId}', { params: { invitationId } })
export const listServiceTokens = (): Promise<Answer<'GET /v1/organisation/service-tokens'>> =>
  call('GET /v1/organisation/service-tokens', {})
export const createServiceToken = (
  body: Ask<'POST /v1/organisation/service-tokens'>['body'],
): Promise<Answer<'POST /v1/organisation/service-tokens'>> => call('POST /v1/organisation/service-tokens', { body })
export const revokeServiceToken = (tokenId: string): Promise<undefined> =>
  call('DELETE /v1/organisation/service-tokens/{tokenId}', { params: { tokenId } })
export const listSecurityEvents = (before?: number): Promise<Answer<'GET /v1/organisation/security-events'>> =>
  send(
    'GET',
    `/v1/organisation/security-events${before === undefined ? '' : `?before=${String(before)}`}`,
    undefined,
    {},
  )

export const notifyRecipient = (
  requestId: string,
  body: Ask<'POST /v1/individual-requests/{requestId}/notice'>['body'],
): Promise<Answer<'POST /v1/individual-requests/{requestId}/notice'>> =>
  call('POST /v1/individual-requests/{requestId}/notice', { params: { requestId }, body })
export const keepConfirmation = (
  body: Ask<'POST /v1/individual-requests/confirmations'>['body'],
): Promise<Answer<'POST /v1/individual-requests/confirmations'>> =>
  call('POST /v1/individual-requests/confirmations', { body })
export const dropFromBatch = (
  body: Ask<'POST /v1/individual-requests/thinned-batch'>['body'],
): Promise<Answer<'POST /v1/individual-requests/thinned-batch'>> =>
  call('POST /v1/individual-requests/thinned-batch', { body })
export const listIndividualRequests = (): Promise<Answer<'GET /v1/individual-requests'>> =>
  call('GET /v1/individual-requests', {})
export const registerIndividualRequest = (
  body: Ask<'POST /v1/individual-requests'>['body'],
): Promise<Answer<'POST /v1/individual-requests'>> => call('POST /v1/individual-requests', { body })
export const answerIndividualRequest = (
  requestId: string,
  body: Ask<'POST /v1/individual-requests/{requestId}/answer'>['body'],
): Promise<Answer<'POST /v1/individual-requests/{requestId}/answer'>> =>
  call('POST /v1/individual-requests/{requestId}/answer', { params: { requestId }, body })
export const proveIndividualRequest = (
  requestId: string,
): Promise<Answer<'GET /v1/individual-requests/{requestId}/proof'>> =>
  call('GET /v1/individual-requests/{requestId}/proof', { params: { requestId } })

/**
 * Takes a step at the version of the case that was seen. The same `key` again does it once only, so a step may be
 * repeated after a lost connection or a new sign-in.
 */
export function takeStep(
  href: string,
  body: object,
  seen: { readonly sequence: number; readonly key: string },
): Promise<CasePage> {
  return send('POST', href, body, { 'idempotency-key': seen.key, 'if-match': `"${String(seen.sequence)}"` })
}

export const getEnquiryDesk = (): Promise<Answer<'GET /v1/enquiry-desk'>> => call('GET /v1/enquiry-desk', {})
export const getSimilarAnswers = (text: string): Promise<Answer<'GET /v1/similar-answers'>> =>
  call('GET /v1/similar-answers', { query: { text: text.slice(0, 500) } })
export const listEnquiries = (query: {
  readonly status?: 'open'
  readonly contradicting?: 'true'
  readonly cursor?: string
}): Promise<Answer<'GET /v1/enquiries'>> => call('GET /v1/enquiries', { query })
export const getEnquiry = (enquiryNo: string): Promise<EnquiryPage> =>
  call('GET /v1/enquiries/{enquiryNo}', { params: { enquiryNo } })
export const listCallBacks = (): Promise<Answer<'GET /v1/call-backs'>> => call('GET /v1/call-backs', {})
export const listInterpretations = (): Promise<Answer<'GET /v1/interpretations'>> => call('GET /v1/interpretations', {})
export const getInterpretation = (interpretationNo: string): Promise<InterpretationPage> =>
  call('GET /v1/interpretations/{interpretationNo}', { params: { interpretationNo } })
export const getProgramme = (): Promise<Answer<'GET /v1/programme'>> => call('GET /v1/programme', {})
export const getFigures = (query: {
  readonly from?: string
  readonly to?: string
}): Promise<Answer<'GET /v1/figures'>> => call('GET /v1/figures', { query })
export const getOfficeNumbers = (): Promise<Answer<'GET /v1/office-numbers'>> => call('GET /v1/office-numbers', {})

export const listPreparations = (query: { readonly cursor?: string }): Promise<Answer<'GET /v1/preparations'>> =>
  call('GET /v1/preparations', { query })
export const getPreparation = (preparation: string): Promise<Answer<'GET /v1/preparations/{preparation}'>> =>
  call('GET /v1/preparations/{preparation}', { params: { preparation } })
export const checkPreparation = (preparation: string): Promise<PreparationCheck> =>
  call('GET /v1/preparations/{preparation}/check', { params: { preparation } })
export const listRevisions = (
  preparation: string,
  after: number,
): Promise<Answer<'GET /v1/preparations/{preparation}/revisions'>> =>
  call('GET /v1/preparations/{preparation}/revisions', { params: { preparation }, query: { after: String(after) } })

export const getMeters = (): Promise<Answer<'GET /v1/meters'>> => call('GET /v1/meters', {})
export const listPreparationFiles = (preparation: string): Promise<PreparationFiles> =>
  call('GET /v1/preparations/{preparation}/files', { params: { preparation } })
export const getPreparationEvidence = (preparation: string): Promise<PreparationEvidence> =>
  call('GET /v1/preparations/{preparation}/evidence', { params: { preparation } })
export const getSubmission = (preparation: string): Promise<Submission> =>
  call('GET /v1/preparations/{preparation}/submission', { params: { preparation } })
/** Writes the bundle of the revision that was seen. The same `key` again writes it once only. */
export const writePreparationBundle = (
  preparation: string,
  seen: { readonly sequence: number; readonly key: string },
): Promise<Submission> =>
  send(
    'POST',
    `/v1/preparations/${encodeURIComponent(preparation)}/bundles`,
    {},
    {
      'idempotency-key': seen.key,
      'if-match': `"${String(seen.sequence)}"`,
    },
  )
export const listPreparationComments = (
  preparation: string,
): Promise<Answer<'GET /v1/preparations/{preparation}/comments'>> =>
  call('GET /v1/preparations/{preparation}/comments', { params: { preparation } })

export type PreparationFiles = Answer<'GET /v1/preparations/{preparation}/files'>
export type PreparationEvidence = Answer<'GET /v1/preparations/{preparation}/evidence'>
export type PreparationComment = Answer<'GET /v1/preparations/{preparation}/comments'>['comments'][number]
export type Submission = Answer<'GET /v1/preparations/{preparation}/submission'>
export type PreparationCheck = Answer<'GET /v1/preparations/{preparation}/check'>
export type EnquiryPage = Answer<'GET /v1/enquiries/{enquiryNo}'>
export type InterpretationPage = Answer<'GET /v1/interpretations/{interpretationNo}'>

/** Opens something of the desk (`sequence` left out), or changes it as it was seen. The same `key` again does it once only. */
export function write<Key extends Call & `POST ${string}`>(
  key: Key,
  body: Ask<Key> extends { readonly body: infer Body } ? Body : never,
  seen: { readonly key: string; readonly sequence?: number; readonly no?: string },
): Promise<Answer<Key>> {
  const path = key.replace('POST ', '').replace(/\{\w+\}/, encodeURIComponent(seen.no ?? ''))
  return send('POST', path, body as object, {
    'idempotency-key': seen.key,
    ...(seen.sequence === undefined ? {} : { 'if-match': `"${String(seen.sequence)}"` }),
  })
}

/** A key for one thing to be done (`crypto.randomUUID` is there on https only). */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

interface Asked {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  readonly body?: object
}

function call<Key extends Call>(key: Key, ask: Omit<Ask<Key>, 'query'> & Asked): Promise<Answer<Key>> {
  const [method = '', template = ''] = key.split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ask.params?.[name] ?? ''))
  const query = new URLSearchParams(
    Object.entries(ask.query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString()
  return send(method, query === '' ? path : `${path}?${query}`, ask.body, {})
}

async function send<T>(
  method: string,
  path: string,
  body: object | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<T> {
  const response = await patientFetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...sessionUse(),
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // What the server answers is what its contract says: it is the same repository's, checked in its tests.
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  throw new Refused((await response.json()) as Problem)
}
