import { sql } from 'kysely'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { accessOf, accessWords } from '../case-access.ts'
import type { Operation } from '../contract/routes.ts'
import type { PersonRole, Role } from '../contract/session.ts'
import { acceptInvitation, invite, noteRefusedInvitation, openInvitation, withdrawInvitation } from '../invitations.ts'
import type { Invited } from '../invitations.ts'
import { askFactorOfAll, asksFactorOfAll, changeRole, memberOf, membersOf, offBoard } from '../members.ts'
import { weakPassword } from '../passwords.ts'
import { RequestProblem } from '../problem.ts'
import { roleWords, rolesOf } from '../rights.ts'
import { securityEventWords } from '../security-log.ts'
import { createServiceToken, revokeServiceToken, tokenScopes } from '../service-tokens.ts'
import { beginTry, takeBackTry } from '../sign-in-limits.ts'
import { addressOf, originOf } from '../request-address.ts'
import { tooMany } from './session.ts'

const pageOf = 50

/** What an organisation's administrator does, how somebody joins, and who looked into a case. */
export function organisationRoutes(app: App, server: Server): void {
  const { accounts, records } = server
  const { db } = records
  const linkOf = (c: AppContext, { token, expiresAt }: Invited) => ({
    // After the "#": a link's token is sent to nobody by opening it.
    link: `${originOf(c, server)}/join#${token}`,
    expiresAt: expiresAt.toISOString(),
  })

  // --- joining ----------------------------------------------------------------------------------------------------

  app.openapi(guarded(server, 'seeInvitation'), async (c) => {
    const { token } = c.req.valid('json')
    const tried = await beginGuess(c)
    const seen = await openInvitation(db, token, accounts.now())
    if (seen === null) return refuse(token)
    await takeBackTry(db, tried)
    const { name, email, role, organisation, renews } = seen
    return c.json({ name, email, roleWords: roleWords[role], organisation, renews }, 200)
  })

  app.openapi(guarded(server, 'join'), async (c) => {
    const { token, password } = c.req.valid('json')
    const tried = await beginGuess(c)
    const now = accounts.now()
    const seen = await openInvitation(db, token, now)
    if (seen === null) return refuse(token)
    const weak = weakPassword(password, [seen.name, seen.email])
    if (weak !== undefined) throw new RequestProblem('password.weak', { because: weak })
    if ((await acceptInvitation(db, { token, password, now, day: server.clock.on() })) === null) return refuse(token)
    await takeBackTry(db, tried)
    return c.body(null, 204)
  })

  async function beginGuess(c: AppContext) {
    const begun = await beginTry(db, {
      email: `invitation ${addressOf(c, server)}`,
      address: addressOf(c, server),
      now: accounts.now(),
    })
    if (begun.kind === 'wait') throw tooMany(begun.seconds)
    return begun.try
  }

  async function refuse(token: string): Promise<never> {
    await noteRefusedInvitation(db, token, accounts.now())
    throw new RequestProblem('invitation.not-valid')
  }

  // --- members ----------------------------------------------------------------------------------------------------

  app.openapi(guarded(server, 'listMembers'), async (c) => {
    const { organisation } = c.get('viewer')
    const members = await membersOf(db, organisation.id)
    return c.json(
      {
        organisation,
        roles: rolesOf[organisation.kind].map((role) => ({ role, words: roleWords[role] })),
        members: members.map(({ offBoardedAt, lastSignInAt, ...member }) => ({
          ...member,
          roleWords: roleWords[member.role],
          offBoardedAt: offBoardedAt?.toISOString() ?? null,
          lastSignInAt: lastSignInAt?.toISOString() ?? null,
        })),
        secondFactorRequired: await asksFactorOfAll(db, organisation.id),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'changeRole'), async (c) => {
    const member = await otherMember(c, c.req.valid('param').memberId)
    const { role } = c.req.valid('json')
    mayBe(c, role)
    const change = { id: member.id, role, by: c.get('viewer').id, now: accounts.now() }
    if (!(await changeRole(db, change))) throw new RequestProblem('session.none')
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'offBoard'), async (c) => {
    const member = await otherMember(c, c.req.valid('param').memberId)
    const leaving = { id: member.id, by: c.get('viewer').id, now: accounts.now(), day: server.clock.on() }
    if (!(await offBoard(db, leaving))) throw new RequestProblem('session.none')
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'requireSecondFactor'), async (c) => {
    const { id: by, organisation } = c.get('viewer')
    const { required } = c.req.valid('json')
    await askFactorOfAll(db, { organisationId: organisation.id, required, by, now: accounts.now() })
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'renewAccess'), async (c) => {
    const member = await otherMember(c, c.req.valid('param').memberId)
    const { id: by, name: byName, organisation } = c.get('viewer')
    const { id, name, email, role } = member
    const invited = await invite(db, {
      name,
      email,
      role,
      organisationId: organisation.id,
      by,
      renews: { account: id, byName, day: server.clock.on() },
      now: accounts.now(),
    })
    if (invited === null) throw new RequestProblem('member.not-found')
    return c.json(linkOf(c, invited), 200)
  })

  async function otherMember(c: AppContext, id: string) {
    const viewer = c.get('viewer')
    if (id === viewer.id) throw new RequestProblem('member.yourself')
    const member = await memberOf(db, viewer.organisation.id, id)
    if (member === undefined) throw new RequestProblem('member.not-found')
    return member
  }

  function mayBe(c: AppContext, role: PersonRole): void {
    const possible: readonly PersonRole[] = rolesOf[c.get('viewer').organisation.kind]
    if (!possible.includes(role)) throw new RequestProblem('member.no-such-role', { role: roleWords[role] })
  }

  // --- invitations ------------------------------------------------------------------------------------------------

  app.openapi(guarded(server, 'listInvitations'), async (c) => {
    const now = accounts.now()
    const rows = await db
      .selectFrom('auth_invitation')
      .select(['id', 'name', 'email', 'role', 'created_at', 'expires_at', 'accepted_at', 'withdrawn_at'])
      .where('organization_id', '=', c.get('viewer').organisation.id)
      .orderBy('created_at', 'desc')
      .limit(pageOf)
      .execute()
    const invitations = rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      roleWords: roleWords[row.role as Role],
      state: stateOf(row, now),
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }))
    return c.json({ invitations }, 200)
  })

  app.openapi(guarded(server, 'invite'), async (c) => {
    const { name, email, role } = c.req.valid('json')
    const { id: by, organisation } = c.get('viewer')
    mayBe(c, role)
    const asked = { name, email, role, organisationId: organisation.id, by, now: accounts.now() }
    const invited = await invite(db, asked)
    if (invited === null) throw new RequestProblem('invitation.address-taken')
    return c.json(linkOf(c, invited), 200)
  })

  app.openapi(guarded(server, 'withdrawInvitation'), async (c) => {
    const { id: by, organisation } = c.get('viewer')
    const { invitationId: id } = c.req.valid('param')
    const withdrawn = { id, organisationId: organisation.id, by, now: accounts.now() }
    if (!(await withdrawInvitation(db, withdrawn))) throw new RequestProblem('invitation.not-found')
    return c.body(null, 204)
  })

  // --- service tokens ---------------------------------------------------------------------------------------------

  app.openapi(guarded(server, 'listServiceTokens'), async (c) => {
    const rows = await db
      .selectFrom('service_token')
      .selectAll()
      .where('organization_id', '=', c.get('viewer').organisation.id)
      .orderBy('created_at', 'desc')
      .execute()
    const tokens = rows.map((row) => ({
      id: row.id,
      name: row.name,
      // Written by createServiceToken.
      scopes: row.scopes as readonly string[],
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
      usedAt: row.used_at?.toISOString() ?? null,
    }))
    return c.json({ possibleScopes: tokenScopes, tokens }, 200)
  })

  app.openapi(guarded(server, 'createServiceToken'), async (c) => {
    const { name, scopes, days } = c.req.valid('json')
    const { id: by, organisation } = c.get('viewer')
    const known = tokenScopes.filter((scope) => scopes.includes(scope))
    const foreign = scopes.filter((scope) => !tokenScopes.includes(scope as Operation))
    if (foreign.length > 0) throw new RequestProblem('token.no-such-scope', { scopes: foreign.join(', ') })
    const now = accounts.now()
    const expiresAt = new Date(now.getTime() + days * 86_400_000)
    const made = { name, organisationId: organisation.id, scopes: known, by, expiresAt, now }
    return c.json({ ...(await createServiceToken(db, made)), expiresAt: expiresAt.toISOString() }, 200)
  })

  app.openapi(guarded(server, 'revokeServiceToken'), async (c) => {
    const { id: by, organisation } = c.get('viewer')
    const { tokenId: id } = c.req.valid('param')
    const revoked = { id, organisationId: organisation.id, by, now: accounts.now() }
    if (!(await revokeServiceToken(db, revoked))) throw new RequestProblem('token.not-found')
    return c.body(null, 204)
  })

  // --- what happened, and who looked ------------------------------------------------------------------------------

  app.openapi(guarded(server, 'listSecurityEvents'), async (c) => {
    const { before } = c.req.valid('query')
    const rows = await db
      .selectFrom('security_event')
      .leftJoin('auth_user as person', 'person.id', 'security_event.user_id')
      .leftJoin('auth_user as by', 'by.id', 'security_event.by_user')
      .select(['security_event.id as id', 'at', 'kind', 'detail', 'person.name as person', 'by.name as by'])
      .where('organization_id', '=', c.get('viewer').organisation.id)
      .where(before === undefined ? sql<boolean>`true` : sql<boolean>`security_event.id < ${before}`)
      .orderBy('security_event.id', 'desc')
      .limit(pageOf + 1)
      .execute()
    const shown = rows.slice(0, pageOf)
    const events = shown.map((row) => ({
      id: Number(row.id),
      at: row.at.toISOString(),
      kind: row.kind,
      // Written by note(), from these very kinds.
      words: securityEventWords[row.kind as keyof typeof securityEventWords],
      person: row.person,
      by: row.by,
      detail: row.detail as Readonly<Record<string, string | number>>,
    }))
    return c.json({ events, next: rows.length > pageOf ? (events.at(-1)?.id ?? null) : null }, 200)
  })

  app.openapi(guarded(server, 'listCaseAccess'), async (c) => {
    const looks = await accessOf(db, c.get('case').no, c.get('viewer').organisation.id)
    return c.json(
      {
        looks: looks.map((look) => ({
          at: look.at.toISOString(),
          operation: look.operation,
          words: accessWords(look.operation),
          person: look.actor_name,
          roleWords: roleWords[look.role as Role],
          organisation: look.organization_name,
        })),
      },
      200,
    )
  })
}

function stateOf(
  row: { readonly accepted_at: Date | null; readonly withdrawn_at: Date | null; readonly expires_at: Date },
  now: Date,
) {
  if (row.accepted_at !== null) return 'accepted' as const
  if (row.withdrawn_at !== null) return 'withdrawn' as const
  return row.expires_at <= now ? ('expired' as const) : ('open' as const)
}
