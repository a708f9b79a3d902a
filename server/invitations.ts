import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { createAccount } from './accounts.ts'
import type { OrganisationKind, PersonRole } from './contract/session.ts'
import { personRoles } from './contract/session.ts'
import { hashPassword } from './passwords.ts'
import type { Tables } from './records.ts'
import { hashOf, newToken } from './secrets.ts'
import { note } from './security-log.ts'
import { clockToleranceMs, endSessions } from './sessions.ts'

/*
 * open ──accepted──▶ an account, once
 *   ├──withdrawn──▶
 *   └──a week──▶ expired
 */

export const invitationDays = 7

export interface NewInvitation {
  readonly name: string
  readonly email: string
  readonly role: PersonRole
  readonly organisationId: string
  /** Null on the machine itself, where there is nobody signed in. */
  readonly by: string | null
  /** The account whose password and factors it sets anew. */
  readonly renews?: string
  readonly now: Date
}

export interface Invited {
  /** For the link; kept nowhere. */
  readonly token: string
  readonly expiresAt: Date
}

/** Invites; null where the address has an account, or had one that was off-boarded. */
export async function invite(db: Kysely<Tables>, invitation: NewInvitation): Promise<Invited | null> {
  const { name, role, organisationId, by, renews = null, now } = invitation
  const email = invitation.email.toLowerCase()
  if (renews === null) {
    const taken = await db.selectFrom('auth_user').select('id').where('email', '=', email).executeTakeFirst()
    if (taken !== undefined) return null
  }
  const token = newToken()
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000)
  await db.transaction().execute(async (tx) => {
    // The newest one counts.
    await tx
      .updateTable('auth_invitation')
      .set({ withdrawn_at: now })
      .where('email', '=', email)
      .where('organization_id', '=', organisationId)
      .where('accepted_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .execute()
    await tx
      .insertInto('auth_invitation')
      .values({
        id: randomUUID(),
        token_hash: hashOf(token),
        organization_id: organisationId,
        email,
        name,
        role,
        invited_by: by,
        renews,
        created_at: now,
        expires_at: expiresAt,
        accepted_at: null,
        accepted_by: null,
        withdrawn_at: null,
      })
      .execute()
    await note(tx, { kind: 'account.invited', at: now, organisationId, by, userId: renews, detail: { email, role } })
  })
  return { token, expiresAt }
}

export interface OpenInvitation {
  readonly name: string
  readonly email: string
  readonly role: PersonRole
  readonly organisation: string
  readonly renews: boolean
}

/** What an invitation is for; null where it does not hold, whatever the reason. */
export async function openInvitation(db: Kysely<Tables>, token: string, now: Date): Promise<OpenInvitation | null> {
  const row = await invitationOf(db, token, now)
  if (row === undefined) return null
  const { name, email, role, organisation, renews } = row
  return { name, email, role, organisation, renews: renews !== null }
}

/**
 * Accepts it: the account is made in the statement that uses the invitation up, so that of two who come at once one is
 * refused. Null where it does not hold; what was ours is written down for the administrator.
 */
export async function acceptInvitation(
  db: Kysely<Tables>,
  accepted: { readonly token: string; readonly password: string; readonly now: Date },
): Promise<{ readonly userId: string } | null> {
  const { token, password, now } = accepted
  const hashed = await hashPassword(password)
  return db.transaction().execute(async (tx) => {
    // The row waits here until whoever holds it is done.
    await sql`select 1 from auth_invitation where token_hash = ${hashOf(token)} for update`.execute(tx)
    const row = await invitationOf(tx, token, now)
    if (row === undefined) return null
    const userId = row.renews ?? (await makeAccount(tx, row, password, now))
    if (row.renews !== null) await renewAccount(tx, userId, hashed, now)
    await tx
      .updateTable('auth_invitation')
      .set({ accepted_at: now, accepted_by: userId })
      .where('id', '=', row.id)
      .execute()
    await note(tx, { kind: row.renews === null ? 'account.joined' : 'account.password-changed', at: now, userId })
    return { userId }
  })
}

/** Writes down that a link of ours was used that no longer holds. */
export async function noteRefusedInvitation(db: Kysely<Tables>, token: string, now: Date): Promise<void> {
  const row = await db
    .selectFrom('auth_invitation')
    .select(['organization_id', 'email', 'accepted_at', 'withdrawn_at', 'expires_at'])
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row === undefined) return
  const ended = row.expires_at <= now ? 'expired' : 'clock'
  const because = row.accepted_at !== null ? 'used' : row.withdrawn_at !== null ? 'withdrawn' : ended
  await note(db, {
    kind: 'account.invitation-refused',
    at: now,
    organisationId: row.organization_id,
    detail: { email: row.email, because },
  })
}

/** False where the organisation has no such open invitation. */
export async function withdrawInvitation(
  db: Kysely<Tables>,
  withdrawn: { readonly id: string; readonly organisationId: string; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, organisationId, by, now } = withdrawn
  const row = await db
    .updateTable('auth_invitation')
    .set({ withdrawn_at: now })
    .where('id', '=', id)
    .where('organization_id', '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('email')
    .executeTakeFirst()
  if (row === undefined) return false
  await note(db, { kind: 'account.invitation-withdrawn', at: now, organisationId, by, detail: { email: row.email } })
  return true
}

interface InvitationRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: PersonRole
  readonly renews: string | null
  readonly organisationId: string
  readonly organisation: string
  readonly kind: OrganisationKind
}

async function invitationOf(db: Kysely<Tables>, token: string, now: Date): Promise<InvitationRow | undefined> {
  const row = await db
    .selectFrom('auth_invitation')
    .innerJoin('auth_organization', 'auth_organization.id', 'auth_invitation.organization_id')
    .leftJoin('auth_user', 'auth_user.id', 'auth_invitation.renews')
    .select(['auth_invitation.id as id', 'auth_invitation.name as name', 'auth_invitation.email as email', 'role'])
    .select(['renews', 'auth_organization.id as organisationId', 'auth_organization.name as organisation', 'kind'])
    .where('token_hash', '=', hashOf(token))
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    // A clock set back makes no link that has ended good again.
    .where('auth_invitation.created_at', '<=', new Date(now.getTime() + clockToleranceMs))
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  const role = personRoles.find((known) => known === row?.role)
  return row === undefined || role === undefined ? undefined : { ...row, role }
}

function makeAccount(db: Kysely<Tables>, row: InvitationRow, password: string, now: Date): Promise<string> {
  const organisation = {
    id: row.organisationId,
    name: row.organisation,
    kind: row.kind,
    creditCode: null,
    province: null,
  }
  return createAccount(db, { name: row.name, email: row.email, password, role: row.role, organisation }, now)
}

/** A lost phone is gone with everything it could do: factors, recovery codes, sessions. */
async function renewAccount(db: Kysely<Tables>, userId: string, password: string, now: Date): Promise<void> {
  await db.updateTable('auth_user').set({ password }).where('id', '=', userId).execute()
  await db.deleteFrom('auth_totp').where('user_id', '=', userId).execute()
  await db.deleteFrom('auth_passkey').where('user_id', '=', userId).execute()
  await db.deleteFrom('auth_recovery_code').where('user_id', '=', userId).execute()
  await endSessions(db, { userId }, 'credentials-changed', now)
}
