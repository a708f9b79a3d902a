import { randomUUID } from 'node:crypto'
import type { LegalDate, Words } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { createAccount } from './accounts.ts'
import type { OrganisationKind, PersonRole } from './contract/session.ts'
import { personRoles } from './contract/session.ts'
import { tell } from './notices.ts'
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
  /** The account whose password and factors it sets anew, who is told; by whom and on which day it is made. */
  readonly renews?: { readonly account: string; readonly byName: string; readonly day: LegalDate }
  readonly now: Date
}

export interface Invited {
  /** For the link; kept nowhere. */
  readonly token: string
  readonly expiresAt: Date
}

/** Invites; null where the address has an account, or had one that was off-boarded. */
export async function invite(db: Kysely<Tables>, invitation: NewInvitation): Promise<Invited | null> {
  const { name, role, organisationId, by, renews, now } = invitation
  const email = invitation.email.toLowerCase()
  if (renews === undefined) {
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
        renews: renews?.account ?? null,
        created_at: now,
        expires_at: expiresAt,
        accepted_at: null,
        accepted_by: null,
        withdrawn_at: null,
      })
      .execute()
    const userId = renews?.account ?? null
    await note(tx, { kind: 'account.invited', at: now, organisationId, by, userId, detail: { email, role } })
    if (renews !== undefined) {
      const { account, byName, day } = renews
      await tell(tx, { account, email, caseNo: null, day, words: renewalWords(byName) })
    }
  })
  return { token, expiresAt }
}

function renewalWords(by: string): Words {
  return {
    zh: `管理员 ${by} 为您的账户生成了一个链接，谁持有它，谁就能重设您的密码并移除您的第二因素。如果不是您要求的，请立即通知监督人员。`,
    en: `The administrator ${by} made a link for your account: whoever has it can set your password anew and remove your second factors. If you did not ask for it, tell your supervisor at once.`,
  }
}

const renewedWords: Words = {
  zh: '您的账户已通过链接重设：密码是新的，第二因素已移除，原有会话已结束。如果不是您本人所为，请立即通知监督人员。',
  en: 'Your account was set anew by a link: the password is new, the second factors are gone, the sessions have ended. If that was not you, tell your supervisor at once.',
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
 * refused. Whose access is renewed is told by mail and at the next sign-in, whoever used the link. `day` is the legal day
 * of it. Null where it does not hold; what was ours is written down for the administrator.
 */
export async function acceptInvitation(
  db: Kysely<Tables>,
  accepted: { readonly token: string; readonly password: string; readonly now: Date; readonly day: LegalDate },
): Promise<{ readonly userId: string } | null> {
  const { token, password, now, day } = accepted
  const hashed = await hashPassword(password)
  return db.transaction().execute(async (tx) => {
    // The row waits here until whoever holds it is done.
    await sql`select 1 from auth_invitation where token_hash = ${hashOf(token)} for update`.execute(tx)
    const row = await invitationOf(tx, token, now)
    if (row === undefined) return null
    const userId = row.renews ?? (await makeAccount(tx, row, password, now))
    if (row.renews !== null) {
      await renewAccount(tx, userId, hashed, now)
      // Whoever used the link: the person the account belongs to.
      await tell(tx, { account: userId, email: row.email, caseNo: null, day, words: renewedWords })
    }
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

/**
 * Withdraws every link somebody made that nobody used yet: an administrator who was off-boarded, or is none any more, holds
 * none that still opens an account.
 */
export async function withdrawInvitationsOf(
  db: Kysely<Tables>,
  withdrawn: { readonly invitedBy: string; readonly by: string; readonly now: Date },
): Promise<void> {
  const { invitedBy, by, now } = withdrawn
  const rows = await db
    .updateTable('auth_invitation')
    .set({ withdrawn_at: now })
    .where('invited_by', '=', invitedBy)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['email', 'organization_id'])
    .execute()
  for (const { email, organization_id: organisationId } of rows) {
    await note(db, { kind: 'account.invitation-withdrawn', at: now, organisationId, by, detail: { email } })
  }
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
