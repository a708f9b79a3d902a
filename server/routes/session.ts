import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { guarded, servesRole } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import type { Viewer } from '../accounts.ts'
import { clockOf } from '../case-page.ts'
import type { Me } from '../contract/client.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { operationsOf, roleWords } from '../rights.ts'

/** Signing in and out, and who is signed in. */
export function sessionRoutes(app: App, server: Server): void {
  const { accounts, records } = server

  app.openapi(guarded(server, 'getSession'), async (c) => {
    const { viewer, setCookie } = await accounts.viewerOf(c.req.raw.headers)
    giveCookies(c, setCookie)
    const me = viewer === null || !servesRole(server, viewer) ? null : meOf(server, viewer)
    return c.json(
      { signedIn: me !== null, me, simulated: server.installation.kind === 'pilot', clock: clockOf(server.clock) },
      200,
    )
  })

  app.openapi(guarded(server, 'signIn'), async (c) => {
    const { email, password } = c.req.valid('json')
    const who = hash(email.toLowerCase())
    await refuseTooMany(records.db, who)
    const cookies = await accounts.signIn(email, password)
    if (cookies === null) {
      await records.db.insertInto('sign_in_failure').values({ who }).execute()
      throw new RequestProblem('sign-in.failed')
    }
    const { viewer } = await accounts.viewerOf(withCookies(cookies))
    if (viewer === null || !servesRole(server, viewer)) {
      await accounts.signOut(withCookies(cookies))
      throw new RequestProblem('sign-in.not-here')
    }
    await records.db.deleteFrom('sign_in_failure').where('who', '=', who).execute()
    giveCookies(c, cookies)
    return c.json(meOf(server, viewer), 200)
  })

  app.openapi(guarded(server, 'signOut'), async (c) => {
    giveCookies(c, await accounts.signOut(c.req.raw.headers))
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'getMe'), (c) => c.json(meOf(server, c.get('viewer')), 200))
}

function meOf({ installation, clock }: Server, viewer: Viewer): Me {
  const { id, name, email, role, organisation, expiresAt } = viewer
  return {
    id,
    name,
    email,
    role,
    roleWords: roleWords[role],
    organisation,
    operations: operationsOf(role),
    expiresAt: expiresAt.toISOString(),
    simulated: installation.kind === 'pilot',
    clock: clockOf(clock),
  }
}

// --- guessing is slow ---------------------------------------------------------------------------------------------

/** So many wrong passwords for one e-mail address within so many minutes, whether or not there is such an account. */
const limit = { failures: 8, minutes: 15 } as const

async function refuseTooMany(db: Kysely<Tables>, who: string): Promise<void> {
  const window = sql<Date>`now() - make_interval(mins => ${limit.minutes})`
  await db.deleteFrom('sign_in_failure').where('at', '<', window).execute()
  const { failures, seconds } = await db
    .selectFrom('sign_in_failure')
    .select([
      sql<number>`count(*)::int`.as('failures'),
      sql<number | null>`ceil(extract(epoch from min(at) - (${window})))::int`.as('seconds'),
    ])
    .where('who', '=', who)
    .executeTakeFirstOrThrow()
  if (failures < limit.failures) return
  const retryAfterSeconds = Math.max(1, seconds ?? 1)
  throw new RequestProblem('sign-in.too-many', { seconds: retryAfterSeconds }, { retryAfterSeconds })
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

// --- cookies ------------------------------------------------------------------------------------------------------

function giveCookies(c: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}

/** As the browser would send them with its next request. */
function withCookies(cookies: readonly string[]): Headers {
  return new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ') })
}
