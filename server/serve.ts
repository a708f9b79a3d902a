import { createAdaptorServer } from '@hono/node-server'
import type { GateKey } from '@tongguan/gate'
import type { LogPlace } from '@tongguan/log'
import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { accountsOf } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import { assertEveryRouteHasItsRow, emptyApp } from './app.ts'
import type { App, Server } from './app.ts'
import { CaseNews } from './case-news.ts'
import { workDaily } from './daily-work.ts'
import type { DataFolder } from './data-folder.ts'
import { InputError } from './errors.ts'
import { chinaClock, readInstallation, statedClock } from './installation.ts'
import type { Clock } from './installation.ts'
import { KeptFiles } from './kept-files.ts'
import type { MailSettings } from './mail.ts'
import { portalFiles } from './portal-files.ts'
import { Metrics } from './operations/metrics.ts'
import type { Records } from './records.ts'
import type { WriteRequestLine } from './request-log.ts'
import { caseRoutes } from './routes/cases.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { deskRoutes } from './routes/desk.ts'
import { enquiryRoutes } from './routes/enquiries.ts'
import { individualRoutes } from './routes/individuals.ts'
import { eventRoutes } from './routes/events.ts'
import { meterRoutes } from './routes/meters.ts'
import { opinionRoutes } from './routes/opinions.ts'
import { figureRoutes } from './routes/figures.ts'
import { preparationCompanyRoutes } from './routes/preparation-company.ts'
import { preparationFilingRoutes } from './routes/preparation-filings.ts'
import { preparationRoutes } from './routes/preparations.ts'
import { pilotRoutes } from './routes/pilots.ts'
import { publicPageRoutes } from './routes/public-pages.ts'
import { registerRoutes } from './routes/public-register.ts'
import { programmeRoutes } from './routes/programme.ts'
import { organisationRoutes } from './routes/organisation.ts'
import { ownAccountRoutes } from './routes/own-account.ts'
import { serverRoutes } from './routes/server.ts'
import { sessionRoutes } from './routes/session.ts'
import { singleSignOnRoutes } from './routes/single-sign-on.ts'
import { stepRoutes } from './routes/steps.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { readSingleSignOn, singleSignOn } from './single-sign-on.ts'
import { forgetUploads } from './uploads.ts'

export interface Serving {
  /** `http://127.0.0.1:7420` */
  readonly address: string
  readonly accounts: Accounts
  /** Answers what was begun, for at most some seconds, and ends. The database stays open: it is the caller's. */
  close(): Promise<void>
}

export interface ServeOptions {
  readonly records: Records
  /**
   * Where files are kept, the secret that encrypts second factors, the settings of single sign-on where there are some, and
   * the lists of the law this office has loaded.
   */
  readonly data: {
    readonly files: string
    readonly sessionSecret: string
    readonly singleSignOn: string
    readonly lists?: string
  }
  /** Where the handler's gate works, with the register of what individuals ask; left out, none is kept here. */
  readonly individuals?: DataFolder
  readonly role?: Server['role']
  /** Where people reach it through a reverse proxy on this machine (`publicOrigin`); left out, on this machine only. */
  readonly origin?: string
  /** Whether a person without a second factor may do anything but set one up; left out, they are only asked for one. */
  readonly secondFactor?: Server['secondFactor']
  /** How long a sender may take, in ms, where that is not as usual. */
  readonly patience?: { readonly headersTimeout: number; readonly requestTimeout: number }
  /** Where a line about each request goes. */
  readonly requestLog?: WriteRequestLine
  /** This port or none; left out, the first free one from `defaultPort`. */
  readonly port?: number
  /** Left out, what the database says: a pilot's stated day, or today in China. */
  readonly clock?: Clock
  /** The folder of the built portal. */
  readonly portal?: string
  /** The folder of the worked examples. */
  readonly pilots?: string
  /** How reminders leave by e-mail; left out, they are in the portal only. */
  readonly mail?: MailSettings
  /** Where the events of cases are logged; left out, they wait in the database. */
  readonly log?: LogPlace
  /** What signs permits and the list of what no longer holds. */
  readonly authority?: GateKey
}

export const defaultPort = 7420
const loopback = '127.0.0.1'
/** How long a request that was begun may go on after the server was told to stop, in ms. */
const graceMs = 3000
/**
 * How long, in ms, a sender may take for the head of a request and for all of it (a body is at most a megabyte), and how
 * often is looked: whoever sends a byte now and then does not hold a connection.
 */
const usualPatience = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 } as const

/** The app with every route; throws when one has no row in the rights table. */
export function createApp(server: Server): App {
  const app = emptyApp(server)
  serverRoutes(app, server)
  sessionRoutes(app, server)
  singleSignOnRoutes(app, server)
  ownAccountRoutes(app, server)
  organisationRoutes(app, server)
  caseRoutes(app, server)
  eventRoutes(app, server)
  stepRoutes(app, server)
  deskRoutes(app, server)
  pilotRoutes(app, server)
  uploadRoutes(app, server)
  preparationRoutes(app, server)
  preparationFilingRoutes(app, server)
  preparationCompanyRoutes(app, server)
  decisionRoutes(app, server)
  opinionRoutes(app, server)
  enquiryRoutes(app, server)
  programmeRoutes(app, server)
  figureRoutes(app, server)
  individualRoutes(app, server)
  meterRoutes(app, server)
  registerRoutes(app, server)
  publicPageRoutes(app, server)
  portalFiles(app, server)
  assertEveryRouteHasItsRow(app)
  return app
}

/**
 * Serves the API and the portal on the loopback address.
 *
 * @throws InputError `serve.port-in-use` when the port asked for is taken.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { records, data, role = 'both', portal, pilots } = options
  const installation = await readInstallation(records.db)
  const clock = options.clock ?? (installation.statedDay === null ? chinaClock : statedClock(installation.statedDay))
  await forgetWhatIsOver(records)
  await forgetUploads(records.db, { dataFolder: dirname(data.files) })
  const closing = new AbortController()

  let answer: App['fetch'] | undefined
  const http = createAdaptorServer({
    fetch: (request, env) => answer?.(request, env) ?? new Response(null, { status: 503 }),
    hostname: loopback,
    serverOptions: { ...usualPatience, ...options.patience },
  }) as HttpServer
  const port = await listen(http, options.port)
  const address = `http://${loopback}:${port}`
  try {
    // The first one is where people are: its cookies are for https only. The others are for probes on this machine.
    const own = [address, `http://localhost:${port}`]
    const origins = options.origin === undefined ? own : [options.origin, ...own]
    const accounts = accountsOf(records.db, { secret: sessionSecret(data.sessionSecret), origins })
    const provider = readSingleSignOn(data.singleSignOn)
    const app = createApp({
      records,
      accounts,
      files: new KeptFiles(data.files),
      news: new CaseNews(),
      metrics: new Metrics(records),
      dataFolder: dirname(data.files),
      clock,
      installation,
      role,
      origins,
      proxied: options.origin !== undefined,
      secondFactor: options.secondFactor ?? 'asked',
      ...(options.requestLog === undefined ? {} : { requestLog: options.requestLog }),
      lists: data.lists,
      individuals: options.individuals,
      ...(provider === undefined ? {} : { singleSignOn: singleSignOn(records.db, provider, accounts.now) }),
      portal,
      pilots,
      closing: closing.signal,
      authority: options.authority,
    })
    answer = app.fetch
    const work = workDaily(records, clock, { mail: options.mail, log: options.log, closing: closing.signal })
    return {
      address,
      accounts,
      async close() {
        await close(http, closing)
        await work
      },
    }
  } catch (error) {
    await close(http, closing)
    throw error
  }
}

async function listen(http: HttpServer, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    const port = await tryListen(http, asked)
    if (port !== undefined) return port
    throw portInUse(asked, asked)
  }
  const last = defaultPort + 99
  for (let port = defaultPort; port <= last; port += 1) {
    const taken = await tryListen(http, port)
    if (taken !== undefined) return taken
  }
  throw portInUse(defaultPort, last)
}

function portInUse(first: number, last: number): InputError {
  const ports = first === last ? String(first) : `${first}–${last}`
  return new InputError('serve.port-in-use', {
    zh: `端口 ${ports} 已被占用，正在使用它的程序未受影响。请用 --port 换一个端口（0 为任意空闲端口）。`,
    en: `Port ${ports} is in use; whoever uses it was not disturbed. Name another with --port (0 is any free one).`,
  })
}

/** The port it listens on, or undefined when that is taken. */
function tryListen(http: HttpServer, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else if (error.code === 'EACCES') reject(notAllowed(port))
      else reject(error)
    }
    http.once('error', failed)
    http.listen({ port, host: loopback, exclusive: true }, () => {
      http.off('error', failed)
      resolve((http.address() as AddressInfo).port)
    })
  })
}

function notAllowed(port: number): InputError {
  return new InputError('serve.port-not-allowed', {
    zh: `没有使用端口 ${port} 的权限。请用 --port 换一个 1024 以上的端口。`,
    en: `This user may not use port ${port}. Name one above 1024 with --port.`,
  })
}

function close(http: HttpServer, closing: AbortController): Promise<void> {
  closing.abort()
  return new Promise((resolve) => {
    const hard = setTimeout(() => http.closeAllConnections(), graceMs)
    http.close(() => {
      clearTimeout(hard)
      resolve()
    })
    http.closeIdleConnections()
  })
}

/** What nobody can use any more: sessions of long ago, and answers kept for a repetition nobody will send. */
async function forgetWhatIsOver({ db }: Records): Promise<void> {
  await db
    .deleteFrom('auth_session')
    .where('created_at', '<', sql<Date>`now() - interval '90 days'`)
    .execute()
  await db
    .deleteFrom('idempotent_request')
    .where('answered_at', '<', sql<Date>`now() - interval '30 days'`)
    .execute()
}

/** Made on first use and kept beside the keys, so that sessions outlive a restart. */
function sessionSecret(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}
