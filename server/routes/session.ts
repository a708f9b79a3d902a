import { guarded, isUsed, lacksSecondFactor, sayWhenItEnds, serves } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import type { SignedIn, Viewer } from '../accounts.ts'
import { clockOf } from '../case-page.ts'
import type { Me } from '../contract/client.ts'
import { askForPasskey } from '../passkeys.ts'
import { RequestProblem } from '../problem.ts'
import { addressOf } from '../request-address.ts'
import type { ProblemCode } from '../problems.ts'
import { isBeforeSecondFactor, operationsOf, roleWords } from '../rights.ts'
import { waysIn } from '../accounts.ts'
import { factorsOf } from '../second-factors.ts'
import type { Factors } from '../second-factors.ts'

/** Signing in and out, who is signed in, and proving it again. */
export function sessionRoutes(app: App, server: Server): void {
  const { accounts, records } = server

  app.openapi(guarded(server, 'getSession'), async (c) => {
    const viewer = await accounts.viewerOf(c.req.raw.headers, { prolong: isUsed(c) })
    const me = viewer === null || !serves(server, viewer) ? null : meOf(server, viewer)
    if (viewer !== null) sayWhenItEnds(c, viewer, accounts.now())
    return c.json(
      {
        signedIn: me !== null,
        me,
        singleSignOn: server.singleSignOn === undefined ? null : { name: server.singleSignOn.name },
        simulated: server.installation.kind === 'pilot',
        clock: clockOf(server.clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'signIn'), async (c) => {
    const { email, password } = c.req.valid('json')
    const came = await accounts.signIn({ email, password, address: addressOf(c, server), headers: c.req.raw.headers })
    if (came.kind === 'pending') {
      giveCookies(c, came.cookies)
      return c.json({ secondFactors: kindsOf(came.factors) }, 202)
    }
    return c.json(await opened(server, c, came, 'sign-in.failed'), 200)
  })

  app.openapi(guarded(server, 'signInWithCode'), async (c) => {
    const { code } = c.req.valid('json')
    const came = await accounts.signInWithCode({ code, address: addressOf(c, server), headers: c.req.raw.headers })
    return c.json(await opened(server, c, came, 'sign-in.code-failed'), 200)
  })

  app.openapi(guarded(server, 'askForPasskey'), async (c) => c.json(await question(server, c, null), 200))

  app.openapi(guarded(server, 'signInWithPasskey'), async (c) => {
    const came = await accounts.signInWithPasskey(c.req.raw.headers, c.req.valid('json').answer)
    return c.json(await opened(server, c, came, 'sign-in.passkey-failed'), 200)
  })

  app.openapi(guarded(server, 'signOut'), async (c) => {
    giveCookies(c, await accounts.signOut(c.req.raw.headers))
    // What the browser may have kept of the last person is nobody's any more.
    c.header('Clear-Site-Data', '"cache", "storage"')
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'getStepUp'), async (c) => {
    const { id } = c.get('viewer')
    const secondFactors = kindsOf(await factorsOf(records.db, id))
    const known = await waysIn(records.db, id)
    const nothingBetter = secondFactors.length === 0
    const provider = nothingBetter && known.federated ? (server.singleSignOn?.name ?? null) : null
    return c.json({ password: nothingBetter && known.password, secondFactors, provider }, 200)
  })

  app.openapi(guarded(server, 'askStepUpPasskey'), async (c) =>
    c.json(await question(server, c, c.get('viewer').id), 200),
  )

  app.openapi(guarded(server, 'stepUp'), async (c) => {
    const from = { headers: c.req.raw.headers, address: addressOf(c, server) }
    const came = await accounts.stepUp(c.get('viewer'), c.req.valid('json'), from)
    if (came === 'failed') throw new RequestProblem('session.step-up-failed')
    if (came !== 'proven') throw tooMany(came.seconds)
    giveCookies(c, [accounts.jar.forget('passkey')])
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'getMe'), (c) => c.json(meOf(server, c.get('viewer')), 200))
}

/** Whoever is in now; throws what stands against it. */
async function opened(server: Server, c: AppContext, came: SignedIn, failed: ProblemCode): Promise<Me> {
  if (came.kind === 'wait') throw tooMany(came.seconds)
  if (came.kind !== 'signed-in') throw new RequestProblem(failed)
  if (!serves(server, came.viewer)) {
    await server.accounts.signOut(withCookies(c, came.cookies))
    throw new RequestProblem('sign-in.not-here')
  }
  giveCookies(c, came.cookies)
  sayWhenItEnds(c, came.viewer, server.accounts.now())
  return meOf(server, came.viewer)
}

async function question(server: Server, c: AppContext, userId: string | null) {
  const { accounts, records } = server
  const { options, token } = await askForPasskey(records.db, { userId, host: hostOf(c), now: accounts.now() })
  giveCookies(c, [accounts.jar.set('passkey', token)])
  return { options }
}

export function meOf(server: Server, viewer: Viewer): Me {
  const { installation, clock } = server
  const secondFactorMissing = lacksSecondFactor(server, viewer)
  const { id, name, email, role, organisation, expiresAt, scopes } = viewer
  return {
    id,
    name,
    email,
    role,
    roleWords: roleWords[role],
    organisation,
    operations: operationsOf(role, organisation.kind).filter(
      (operation) =>
        (scopes === null || scopes.includes(operation)) && (!secondFactorMissing || isBeforeSecondFactor(operation)),
    ),
    secondFactorMissing,
    expiresAt: expiresAt.toISOString(),
    simulated: installation.kind === 'pilot',
    clock: clockOf(clock),
  }
}

export function kindsOf({ totp, passkeys, recoveryCodesLeft }: Factors) {
  return [
    ...(totp ? (['totp'] as const) : []),
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(recoveryCodesLeft > 0 && (totp || passkeys.length > 0) ? (['recoveryCode'] as const) : []),
  ]
}

/** The name of this site a passkey belongs to. Throws RequestProblem under an IP address, which is no name. */
export function hostOf(c: AppContext): string {
  const { hostname, port } = new URL(`http://${c.req.header('host') ?? ''}`)
  if (!/^[\d.]+$|^\[/.test(hostname)) return hostname
  throw new RequestProblem('passkey.needs-a-name', { address: `http://localhost:${port}` })
}

export function tooMany(seconds: number): RequestProblem {
  return new RequestProblem('sign-in.too-many', { seconds }, { retryAfterSeconds: seconds })
}

export function giveCookies(c: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}

/** As the browser would send them with its next request. */
function withCookies(c: AppContext, cookies: readonly string[]): Headers {
  const headers = new Headers(c.req.raw.headers)
  headers.set('cookie', cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; '))
  return headers
}
