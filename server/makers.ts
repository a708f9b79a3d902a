import { caseNo } from '@tongguan/casework'
import type { CaseEvent } from '@tongguan/casework'
import { legalDate } from '@tongguan/law'
import type { Declaration, Evidence, LegalDate } from '@tongguan/law'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aDeclaration, anAssessedCase } from '../casework/case.makers.ts'
import { append, nextCaseNo } from '../casework/store.ts'
import { accountsOf } from './accounts.ts'
import type { App, Server } from './app.ts'
import { keepCaseFiles } from './case-files.ts'
import { CaseNews } from './case-news.ts'
import type { OrganisationKind, PersonRole } from './contract/session.ts'
import { statedClock } from './installation.ts'
import { KeptFiles } from './kept-files.ts'
import { Metrics } from './operations/metrics.ts'
import { hashPassword } from './passwords.ts'
import type { Records } from './records.ts'
import { hashOf } from './secrets.ts'
import { createApp } from './serve.ts'
import { browserOf, openSession } from './sessions.ts'

// Small makers for the tests of this folder; every name and number is made up.

export const origin = 'http://127.0.0.1:7420'
/** The same portal by its name, where passkeys belong. */
export const localhost = 'http://localhost:7420'
export const password = 'correct-horse-battery'
const secret = 'of-the-tests-only'
export const today: LegalDate = legalDate('2026-06-10')

const noDocuments: readonly { readonly fileName: string; readonly bytes: Uint8Array }[] = []

/** A server on these records with one account per role, `handlerOfficer@example` and so on, and a second of each elsewhere. */
export async function aServer(
  records: Records,
  change: Partial<Server> = {},
  { accounts: have = 'new', now }: { readonly accounts?: 'new' | 'there'; readonly now?: () => Date } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-server-'))
  const origins = [origin, localhost]
  const accounts = accountsOf(records.db, { secret, origins, ...(now === undefined ? {} : { now }) })
  const closing = new AbortController()
  const server: Server = {
    records,
    accounts,
    files: new KeptFiles(folder),
    news: new CaseNews(),
    metrics: new Metrics(records),
    dataFolder: folder,
    clock: statedClock(today),
    installation: { kind: 'pilot', statedDay: today },
    role: 'both',
    origins,
    proxied: false,
    secondFactor: 'asked',
    lists: undefined,
    individuals: undefined,
    portal: undefined,
    pilots: join(import.meta.dirname, '..', 'examples'),
    closing: closing.signal,
    authority: undefined,
    ...change,
  }
  if (have === 'new') await openAccounts(records)
  return {
    server,
    app: createApp(server),
    end: () => {
      closing.abort()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const own = { creditCode: '12100000400000000X', province: '北京市' } as const
export const other = { creditCode: '91110000600037341L', province: '上海市' } as const

/** Written as accounts.ts would, with one password hashed once: hashing is slow on purpose. */
export async function openAccounts({ db }: Records): Promise<void> {
  const organisations = [
    { id: 'handler', kind: 'handler', credit_code: own.creditCode, province: null },
    { id: 'handler.elsewhere', kind: 'handler', credit_code: other.creditCode, province: null },
    { id: 'province', kind: 'province', credit_code: null, province: own.province },
    { id: 'province.elsewhere', kind: 'province', credit_code: null, province: other.province },
    { id: 'national', kind: 'national', credit_code: null, province: null },
    { id: 'recipient', kind: 'recipient', credit_code: null, province: null },
  ] as const
  const members = [
    ['handlerOfficer', 'handlerOfficer', 'handler'],
    ['handlerOfficer.elsewhere', 'handlerOfficer', 'handler.elsewhere'],
    ['handlerOfficer.second', 'handlerOfficer', 'handler'],
    ['deskOfficer', 'deskOfficer', 'province'],
    ['deskOfficer.elsewhere', 'deskOfficer', 'province.elsewhere'],
    ['assessor', 'assessor', 'national'],
    ['assessor.second', 'assessor', 'national'],
    ['recipientOfficer', 'recipientOfficer', 'recipient'],
    ['supervisor', 'supervisor', 'handler'],
    ['supervisor.second', 'supervisor', 'handler'],
    ['supervisor.province', 'supervisor', 'province'],
    ['supervisor.national', 'supervisor', 'national'],
    ['administrator', 'administrator', 'handler'],
    ['administrator.second', 'administrator', 'handler'],
    ['administrator.national', 'administrator', 'national'],
  ] as const satisfies readonly (readonly [string, PersonRole, string])[]
  const created_at = new Date('2026-01-05T00:00:00Z')
  await db
    .insertInto('auth_organization')
    .values(organisations.map((one) => ({ ...one, name: `office of ${one.id}`, slug: one.id, created_at })))
    .execute()
  const kindOf = new Map<string, OrganisationKind>(organisations.map(({ id, kind }) => [id, kind]))
  for (const [name, role, organization_id] of members) {
    await db
      .insertInto('auth_user')
      .values({ id: name, name, email: emailOf(name), password: await hashed, off_boarded_at: null })
      .execute()
    const organization_kind = kindOf.get(organization_id) ?? 'handler'
    await db
      .insertInto('auth_member')
      .values({ id: name, organization_id, organization_kind, user_id: name, role, created_at })
      .execute()
  }
}

const hashed = hashPassword(password)

export function emailOf(name: string): string {
  return `${name.toLowerCase()}@test.example`
}

/** A case with its first `events` events (of eight, to the result), filed by `of`; with one document and evidence. */
export async function aCase(
  { records, files }: Pick<Server, 'records' | 'files'>,
  {
    events = 1,
    of = own,
  }: { readonly events?: number; readonly of?: { readonly creditCode: string; readonly province: string } } = {},
): Promise<string> {
  const no = await nextCaseNo(records.db, legalDate('2026-03-02'))
  const bytes = Buffer.from(`the form of ${no}`)
  const declaration = aDeclaration({
    handler: { name: 'a handler', ciio: false, ...of },
    documents: [
      {
        kind: 'declaration-form',
        file: '数据出境安全评估申报表.docx',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
      },
    ],
  })
  const history = anAssessedCase(caseNo(no)).map((event) => declaredAs(event, declaration))
  await append(records.db, no, 0, history.slice(0, events))
  await keepCaseFiles(records.db, files, no, {
    documents: [...noDocuments, { fileName: '数据出境安全评估申报表.docx', bytes }],
    evidence: someEvidence(),
  })
  return no
}

function declaredAs(event: CaseEvent, declaration: Declaration): CaseEvent {
  return event.kind === 'declared' ? { ...event, declaration } : event
}

export function someEvidence(): Evidence {
  const counts = { rows: 2, nonEmpty: 2, matched: 2, valid: 2, distinct: 2 }
  return {
    schema: 'tongguan/evidence/1',
    engine: { kind: 'embedded', version: '1', nodes: 1 },
    rules: { on: '2026-03-02', packs: ['PIPL art. 28'], detectors: '1' },
    scanned: { bytes: 10, rows: 2, files: 1, seconds: 0.1, complete: true },
    files: [
      {
        path: 'persons.csv',
        format: 'csv',
        encoding: 'utf-8',
        delimiter: ',',
        header: true,
        rows: 2,
        skipped: 0,
        bytes: 10,
        sha256: 'a'.repeat(64),
        error: null,
        columns: [
          {
            name: 'mobile',
            category: 'personal',
            identifies: 'direct',
            kind: 'mobile',
            level: 'confirmed',
            counts,
            findings: [{ kind: 'mobile', valid: 2, because: ['pattern'] }],
            rejected: [],
            sample: ['138****5678'],
            sensitiveUnder: [],
            notSensitiveUnder: [],
          },
        ],
      },
    ],
    persons: {
      lower: 2,
      point: 2,
      upper: 2,
      exact: true,
      sensitive: { lower: 0, point: 0, upper: 0 },
      minors: 0,
      keyEpoch: '2026',
    },
    risk: [],
    hints: [],
  }
}

/** The draft of an interpretation, as the API takes it. */
export const aDraft = {
  kind: 'answer',
  topic: 'materials',
  question: { zh: '申报要哪些材料', en: 'which materials are needed' },
  answer: { zh: '见申报指南', en: 'see the guide' },
  citations: [{ instrument: 'guide-2025', article: 2 }],
} as const

/** What a browser does on its way here: it keeps cookies and names the page's origin. */
export class Browser {
  readonly #app: App
  /** Under which of its names it opened the portal. */
  readonly at: string
  #cookies = new Map<string, string>()

  constructor(app: App, at: string = origin) {
    this.#app = app
    this.at = at
  }

  async ask(
    method: string,
    path: string,
    /** `null` leaves a header out that a browser would send. */
    headers: Readonly<Record<string, string | null>> = {},
    body?: string | Uint8Array,
  ): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = { host: new URL(this.at).host, ...(method === 'GET' ? {} : { origin: this.at }), cookie, ...headers }
    const response = await this.#app.request(`${this.at}${path}`, {
      method,
      headers: Object.entries(sent).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
      ...(body === undefined ? {} : { body }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (attributes.some((one) => one.trim() === 'Max-Age=0')) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }

  /** Bytes, as the browser sends a part of a file. */
  askBytes(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    bytes: Uint8Array,
  ): Promise<Response> {
    return this.ask(method, path, { 'content-type': 'application/octet-stream', ...headers }, bytes)
  }

  /** Signed in without the password's slow hash, as accounts.ts would. */
  async holdSession({ accounts, records }: Pick<Server, 'accounts' | 'records'>, name: string): Promise<void> {
    const now = accounts.now()
    const session = { userId: name, browser: browserOf(new Headers()), secondFactor: false, now, provenAt: now }
    this.#cookies.set('tongguan-7420.session_token', await openSession(records.db, session))
  }

  /** What the database keeps of this browser's session. */
  sessionHash(): string {
    return hashOf(this.#cookies.get('tongguan-7420.session_token') ?? '')
  }

  /** A browser that holds the same cookies: a thief's, or the same one later. */
  copy(app: App = this.#app): Browser {
    const copied = new Browser(app, this.at)
    copied.#cookies = new Map(this.#cookies)
    return copied
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.ask('GET', path, headers)
  }

  /** Posts JSON with a new Idempotency-Key, and If-Match where a sequence is given. */
  post(
    path: string,
    body: unknown,
    { ifMatch, key = randomUUID(), ...headers }: { ifMatch?: number; key?: string } & Record<string, unknown> = {},
  ): Promise<Response> {
    return this.ask(
      'POST',
      path,
      {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
        ...(headers as Record<string, string>),
      },
      JSON.stringify(body),
    )
  }

  async signIn(name: string, secret = password): Promise<Response> {
    return this.ask(
      'POST',
      '/v1/session',
      { 'content-type': 'application/json' },
      JSON.stringify({ email: emailOf(name), password: secret }),
    )
  }
}

/** The body of an answer, as whatever the test says it is. */
export async function bodyOf<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body
}
