import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { hashPassword, weakPassword } from '../passwords.ts'
import { keepPasskey, startPasskey } from '../passkeys.ts'
import { RequestProblem } from '../problem.ts'
import { confirmTotp, factorsOf, newRecoveryCodes, startTotp } from '../second-factors.ts'
import { note } from '../security-log.ts'
import { endSessions, sessionVerified } from '../sessions.ts'
import { giveCookies, hostOf } from './session.ts'

/** One's own password and second factors. Every change of them asked for a step-up before (rights.ts). */
export function ownAccountRoutes(app: App, server: Server): void {
  const { accounts, records } = server
  const { db } = records

  async function factorsFor(userId: string) {
    const { totp, passkeys, recoveryCodesLeft } = await factorsOf(db, userId)
    const row = await db.selectFrom('auth_user').select('password').where('id', '=', userId).executeTakeFirstOrThrow()
    return {
      totp,
      recoveryCodesLeft,
      hasPassword: row.password !== null,
      passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        usedAt: usedAt?.toISOString() ?? null,
      })),
    }
  }

  app.openapi(guarded(server, 'getFactors'), async (c) => c.json(await factorsFor(c.get('viewer').id), 200))

  app.openapi(guarded(server, 'startTotp'), async (c) => {
    const { id, email } = c.get('viewer')
    const started = await startTotp(db, { userId: id, email }, accounts.secret)
    if (started === 'there-already') throw new RequestProblem('totp.there-already')
    return c.json(started, 200)
  })

  app.openapi(guarded(server, 'confirmTotp'), async (c) => {
    const { id, session } = c.get('viewer')
    const now = accounts.now()
    const { code } = c.req.valid('json')
    if (!(await confirmTotp(db, { userId: id, code, secret: accounts.secret, now }))) {
      throw new RequestProblem('totp.code-wrong')
    }
    await note(db, { kind: 'factor.added', at: now, userId: id, detail: { factor: 'totp' } })
    if (session !== null) await sessionVerified(db, session.id, now)
    return c.json({ codes: await newRecoveryCodes(db, id) }, 200)
  })

  app.openapi(guarded(server, 'removeTotp'), async (c) => {
    const { id } = c.get('viewer')
    const removed = await db.deleteFrom('auth_totp').where('user_id', '=', id).returning('confirmed_at').execute()
    if (removed.some(({ confirmed_at }) => confirmed_at !== null)) {
      await note(db, { kind: 'factor.removed', at: accounts.now(), userId: id, detail: { factor: 'totp' } })
    }
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'renewRecoveryCodes'), async (c) => {
    const { id } = c.get('viewer')
    const codes = await newRecoveryCodes(db, id)
    await note(db, { kind: 'factor.recovery-codes-renewed', at: accounts.now(), userId: id })
    return c.json({ codes }, 200)
  })

  app.openapi(guarded(server, 'startPasskey'), async (c) => {
    const { id, email, name } = c.get('viewer')
    const asked = { userId: id, email, name, host: hostOf(c), now: accounts.now() }
    const { options, token } = await startPasskey(db, asked)
    giveCookies(c, [accounts.jar.set('passkey', token)])
    return c.json({ options }, 200)
  })

  app.openapi(guarded(server, 'keepPasskey'), async (c) => {
    const { id, session } = c.get('viewer')
    const now = accounts.now()
    const { name, answer } = c.req.valid('json')
    const token = accounts.jar.read(c.req.raw.headers, 'passkey')
    if (!(await keepPasskey(db, { userId: id, token, answer, name, site: accounts.site, now }))) {
      throw new RequestProblem('passkey.refused')
    }
    await note(db, { kind: 'factor.added', at: now, userId: id, detail: { factor: 'passkey', name } })
    if (session !== null) await sessionVerified(db, session.id, now)
    giveCookies(c, [accounts.jar.forget('passkey')])
    return c.json(await factorsFor(id), 200)
  })

  app.openapi(guarded(server, 'removePasskey'), async (c) => {
    const { id } = c.get('viewer')
    const { passkeyId } = c.req.valid('param')
    const row = await db
      .deleteFrom('auth_passkey')
      .where('id', '=', passkeyId)
      .where('user_id', '=', id)
      .returning('name')
      .executeTakeFirst()
    if (row === undefined) throw new RequestProblem('passkey.not-found')
    const detail = { factor: 'passkey', name: row.name }
    await note(db, { kind: 'factor.removed', at: accounts.now(), userId: id, detail })
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'changePassword'), async (c) => {
    const { id, name, email, session } = c.get('viewer')
    const { password } = c.req.valid('json')
    const weak = weakPassword(password, [name, email])
    if (weak !== undefined) throw new RequestProblem('password.weak', { because: weak })
    const now = accounts.now()
    const hashed = await hashPassword(password)
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('auth_user').set({ password: hashed }).where('id', '=', id).execute()
      await note(tx, { kind: 'account.password-changed', at: now, userId: id })
      await endSessions(tx, { userId: id, butNot: session?.id ?? '' }, 'credentials-changed', now)
    })
    return c.body(null, 204)
  })
}
