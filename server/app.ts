import { OpenAPIHono } from '@hono/zod-openapi'
import { caseNo, load, knows } from '@tongguan/casework'
import type { Case, CaseNo, OfficerAt } from '@tongguan/casework'
import type { GateKey } from '@tongguan/gate'
import type { Words } from '@tongguan/law'
import { bodyLimit } from 'hono/body-limit'
import type { Context, Env, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { en, zhCN } from 'zod/locales'
import type { z } from 'zod'
import { bearerOf } from './accounts.ts'
import type { Accounts, Viewer } from './accounts.ts'
import { noteAccess } from './case-access.ts'
import type { CaseNews } from './case-news.ts'
import { problemMediaType } from './contract/http.ts'
import { routes } from './contract/routes.ts'
import type { Operation } from './contract/routes.ts'
import { databaseTrouble, isNoText } from './database-away.ts'
import type { Clock, Installation } from './installation.ts'
import type { KeptFiles } from './kept-files.ts'
import { RequestProblem, languageOf, problemBody } from './problem.ts'
import type { DataFolder } from './data-folder.ts'
import type { Metrics } from './operations/metrics.ts'
import { sheddingLoad } from './operations/overload.ts'
import { problems } from './problems.ts'
import { asksForPage, pageHeaders, problemPage } from './public/problem-page.ts'
import type { Records } from './records.ts'
import { numbered } from './request-log.ts'
import type { WriteRequestLine } from './request-log.ts'
import { addressOf } from './request-address.ts'
import {
  asksForSecondFactor,
  holds,
  isBeforeSecondFactor,
  isOpen,
  needsStepUp,
  readsByNeed,
  relationOf,
  rights,
  roleWords,
  sideOf,
} from './rights.ts'
import { securityHeaders } from './security-headers.ts'
import { verifiedLately } from './sessions.ts'
import type { SingleSignOn } from './single-sign-on.ts'

/** What the routes work with; made once when the server starts. */
export interface Server {
  readonly records: Records
  readonly accounts: Accounts
  readonly files: KeptFiles
  /** The folder whose disk must have room. */
  readonly dataFolder: string
  readonly news: CaseNews
  readonly metrics: Metrics
  readonly clock: Clock
  readonly installation: Installation
  /** Which users are served here. */
  readonly role: 'handler' | 'authority' | 'both'
  /** Where browsers reach it: `http://127.0.0.1:7420`, and other names of the same. */
  readonly origins: readonly string[]
  /** Whether a reverse proxy on this machine hands requests on and says whom they came from. */
  readonly proxied: boolean
  /** Whether a person without a second factor may do anything but set one up. */
  readonly secondFactor: 'asked' | 'required'
  /** Where a line about each request goes; left out, nowhere. */
  readonly requestLog?: WriteRequestLine
  /** The folder of the lists of the law this office has loaded; undefined where it keeps none. */
  readonly lists: string | undefined
  /** Where the handler's gate works; undefined where no handler's does. */
  readonly individuals: DataFolder | undefined
  /** The provider one may sign in with; undefined where there is none. */
  readonly singleSignOn?: SingleSignOn
  /** The folder of the built portal; undefined when there is none to serve. */
  readonly portal: string | undefined
  /** The folder of the worked examples; undefined when there is none to offer. */
  readonly pilots: string | undefined
  /** Aborted when the server stops; what is open for long ends then. */
  readonly closing: AbortSignal
  /** What signs permits and the list of what no longer holds; undefined where no authority is served here. */
  readonly authority: GateKey | undefined
}

export interface AppEnv extends Env {
  Variables: { viewer: Viewer; case: Case; requestId: string }
}
export type App = OpenAPIHono<AppEnv>
export type AppContext = Context<AppEnv>

export const bodyLimitBytes = 1 << 20

/** The app without its routes: what every request goes through, and how every failure is answered. */
export function emptyApp(server: Server): App {
  const app: App = new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (!result.success) throw doesNotFit(result.error.issues, languageOf(c.req.header('accept-language')))
    },
  })
  app.use(numbered(server.requestLog, (c) => addressOf(c, server)))
  app.use(server.metrics.counting)
  app.use(securityHeaders(server.origins[0] ?? ''))
  app.use(sheddingLoad())
  app.use(onlyFromHere(server))
  app.use(
    bodyLimit({
      maxSize: bodyLimitBytes,
      onError: () => {
        throw new RequestProblem('request.too-large', { limit: bodyLimitBytes })
      },
    }),
  )
  app.onError(async (error, c) => {
    if (!asksForPage(c)) return answerFailure(error, c)
    const problem = problemOf(error, c)
    return c.body(await problemPage(server, c, problem), problems[problem.problemCode].status, pageHeaders)
  })
  return app
}

/**
 * The route with its guard in front: session, the second factor it takes, right, a step-up where the row asks for one, and
 * the case it is about, in that order. What a role may not do is 403 whatever the case; a case one may not see is 404 like
 * one that is not there.
 */
export function guarded<Id extends Operation>(server: Server, operation: Id) {
  const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
    if (!isOpen(operation)) await admit(server, operation, c)
    await next()
  }
  return { ...routes[operation], middleware: guard }
}

async function admit(server: Server, operation: Operation, c: AppContext): Promise<void> {
  const { accounts, records } = server
  const viewer = await accounts.viewerOf(c.req.raw.headers, { prolong: isUsed(c) })
  if (viewer === null || !serves(server, viewer)) throw new RequestProblem('session.none')
  sayWhenItEnds(c, viewer, accounts.now())
  c.set('viewer', viewer)
  if (lacksSecondFactor(server, viewer) && !isBeforeSecondFactor(operation)) {
    throw new RequestProblem('session.second-factor-needed')
  }
  const relation = relationOf(operation, viewer.role, viewer.organisation.kind)
  if (relation === undefined) throw new RequestProblem('rights.not-yours', { role: roleWords[viewer.role] })
  if (viewer.scopes !== null && !viewer.scopes.includes(operation)) throw new RequestProblem('rights.not-in-scope')
  if (needsStepUp(operation) && !hasSteppedUp(viewer, accounts.now())) throw new RequestProblem('session.step-up')
  const asked = c.req.param('caseNo')
  if (asked === undefined) return
  const current = isCaseNo(asked) ? await load(records.db, asked) : null
  if (current === null || !holds(relation, current, viewer.organisation)) {
    throw new RequestProblem('case.not-found', { case: asked })
  }
  if (!(await needsToKnow(records.db, current.no, viewer))) throw new RequestProblem('case.not-found', { case: asked })
  c.set('case', current)
  // HEAD is answered by the same route.
  if (routes[operation].method === 'get') {
    await noteAccess(records.db, { caseNo: current.no, operation, viewer, at: accounts.now() })
  }
}

/** Whether the viewer may read this case of their organisation's. */
export async function needsToKnow(db: Server['records']['db'], no: CaseNo, viewer: Viewer): Promise<boolean> {
  const who = boundReader(viewer)
  return who === undefined || knows(db, no, who)
}

/** Whom need-to-know binds, as the lists ask it; undefined for everybody else. */
export function boundReader({ id, role, organisation }: Viewer): OfficerAt | undefined {
  if (!readsByNeed(role)) return undefined
  const { province } = organisation
  return { officer: id, office: province === null ? { desk: 'national' } : { desk: 'province', province } }
}

/** A page that asks by itself says so: the session is looked at then, not used. */
export function isUsed(c: AppContext): boolean {
  return c.req.header('session-use') !== 'background'
}

function hasSteppedUp({ session }: Viewer, now: Date): boolean {
  return session !== null && verifiedLately(session.verifiedAt, now)
}

/**
 * Whether a second factor is asked for and the account has none: of everybody where the installation or the organisation
 * requires it, in production of the roles that work with one only. A pilot left to itself holds nothing real and asks nobody.
 */
export function lacksSecondFactor(
  { installation, secondFactor }: Pick<Server, 'installation' | 'secondFactor'>,
  { session, role, organisation, organisationAsksFactor }: Viewer,
): boolean {
  if (session === null || session.secondFactor) return false
  const isRolesWay = installation.kind === 'production' && asksForSecondFactor(role, organisation.kind)
  return secondFactor === 'required' || organisationAsksFactor || isRolesWay
}

/** In seconds from now: the reader's clock may be wrong. */
export function sayWhenItEnds(c: AppContext, { expiresAt }: Viewer, now: Date): void {
  c.header('Session-Ends-In', String(Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000))))
}

/** Whether this installation serves the people of that organisation. */
export function serves({ role }: Pick<Server, 'role'>, { organisation }: Pick<Viewer, 'organisation'>): boolean {
  return role === 'both' || role === sideOf[organisation.kind]
}

/**
 * Throws when a route is served that has no row in the rights table, or a row has no route: said at start-up, not when
 * somebody finds it.
 */
export function assertEveryRouteHasItsRow(app: App): void {
  const known = new Map(
    Object.values(routes).map(({ method, path, operationId }) => [
      `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      operationId,
    ]),
  )
  const served = new Set(
    app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  )
  const without = [...served].filter((call) => !Object.hasOwn(rights, known.get(call) ?? ''))
  if (without.length > 0) throw new Error(`no row in the rights table (server/rights.ts) for ${without.join(', ')}`)
  const missing = [...known.keys()].filter((call) => !served.has(call))
  if (missing.length > 0) throw new Error(`in the contract but not served: ${missing.join(', ')}`)
}

// --- what every request goes through ------------------------------------------------------------------------------

/**
 * Only under the names this server was started with (a foreign name pointed at the loopback address is another site's
 * page), and nothing is changed by a request that another site's page made: a browser always names the origin then.
 */
function onlyFromHere({ origins }: Server): MiddlewareHandler<AppEnv> {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  const known = new Set(origins)
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!hosts.has(host)) throw new RequestProblem('request.unknown-host', { host })
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
    // A program names no origin and brings its own token; a browser never sends one by itself.
    const program = c.req.header('origin') === undefined && bearerOf(c.req.raw.headers) !== undefined
    if (!safe && !program && !known.has(c.req.header('origin') ?? '')) throw new RequestProblem('request.other-site')
    await next()
  }
}

// --- failures -----------------------------------------------------------------------------------------------------

function answerFailure(error: Error, c: AppContext): Response {
  const problem = problemOf(error, c)
  const body = problemBody(problem, languageOf(c.req.header('accept-language')), c.req.path)
  c.header('Content-Type', problemMediaType)
  c.header('Content-Language', languageOf(c.req.header('accept-language')))
  if (problem.more.sequence !== undefined) c.header('ETag', `"${problem.more.sequence}"`)
  if (problem.more.retryAfterSeconds !== undefined) c.header('Retry-After', String(problem.more.retryAfterSeconds))
  return c.body(JSON.stringify(body), problems[problem.problemCode].status)
}

function problemOf(error: Error, c: AppContext): RequestProblem {
  if (error instanceof RequestProblem) return error
  if (error instanceof HTTPException && error.status === 400) return new RequestProblem('request.not-json')
  if (error instanceof HTTPException && error.status === 415) return new RequestProblem('request.wrong-media-type')
  if (isNoText(error)) return new RequestProblem('request.not-text')
  const trouble = databaseTrouble(error)
  const id = c.get('requestId')
  if (trouble !== undefined) {
    console.error(`[server.database] ${id} ${error.message}`)
    const code = trouble === 'away' ? 'server.database' : 'server.disk-full'
    return new RequestProblem(code, {}, { retryAfterSeconds: 5 })
  }
  console.error(`[server.broke] ${id} ${error.stack ?? error.message}`)
  return new RequestProblem('server.broke', { id })
}

function doesNotFit(issues: readonly z.core.$ZodIssue[], language: keyof Words): RequestProblem {
  const fields = issues.map((issue) => ({
    field: issue.path.join('.') || '(body)',
    message: messageOf(issue, language),
  }))
  const texts = (into: keyof Words) =>
    issues.map((issue) => `${issue.path.join('.') || '(body)'}: ${messageOf(issue, into)}`).join('; ')
  return new RequestProblem('request.does-not-fit', { fields: { zh: texts('zh'), en: texts('en') } }, { fields })
}

const locales = { zh: zhCN().localeError, en: en().localeError }

function messageOf(issue: z.core.$ZodIssue, language: keyof Words): string {
  // A message of our own (a custom issue) stands as it was written, in both languages where it was.
  if (issue.code === 'custom') return (issue.params?.['words'] as Words | undefined)?.[language] ?? issue.message
  const told = locales[language](issue as never)
  if (typeof told === 'string') return told
  return told?.message ?? issue.message
}

function isCaseNo(text: string): text is CaseNo {
  try {
    caseNo(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
