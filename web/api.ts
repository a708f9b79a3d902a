import type { Answer, Api, Ask, CasePage, CaseSummary, Me, Problem } from '@tongguan/server/contract/client'
import { Refused, patientFetch } from './patient-fetch.ts'

export type {
  Answer,
  Ask,
  CaseClock,
  CaseDocument,
  CasePage,
  CaseSummary,
  Completeness,
  EvidencePage,
  Me,
  NextStep,
  Problem,
  Session,
  TimelineEvent,
} from '@tongguan/server/contract/client'
export type Call = keyof Api

export const getSession = (): Promise<Answer<'GET /v1/session'>> => call('GET /v1/session', {})
export const signIn = (body: Ask<'POST /v1/session'>['body']): Promise<Me> => call('POST /v1/session', { body })
export const signOut = (): Promise<undefined> => call('DELETE /v1/session', {})
export const listCases = (query: {
  readonly status?: CaseSummary['status']
  readonly cursor?: string | undefined
}): Promise<Answer<'GET /v1/cases'>> => call('GET /v1/cases', { query })
export const getCase = (caseNo: string): Promise<CasePage> => call('GET /v1/cases/{caseNo}', { params: { caseNo } })
export const getEvidence = (caseNo: string): Promise<Answer<'GET /v1/cases/{caseNo}/evidence'>> =>
  call('GET /v1/cases/{caseNo}/evidence', { params: { caseNo } })

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
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // What the server answers is what its contract says: it is the same repository's, checked in its tests.
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  throw new Refused((await response.json()) as Problem)
}
