import { giveBackAll } from '@tongguan/casework'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { PersonRole } from './contract/session.ts'
import { personRoles } from './contract/session.ts'
import { withdrawInvitationsOf } from './invitations.ts'
import type { Tables } from './records.ts'
import { note } from './security-log.ts'

/** An account of an organisation, as its administrator sees it. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: PersonRole
  readonly secondFactor: boolean
  readonly offBoardedAt: Date | null
  readonly lastSignInAt: Date | null
}

export async function membersOf(db: Kysely<Tables>, organisationId: string): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.user_id')
    .select(['auth_user.id as id', 'name', 'email', 'role', 'off_boarded_at'])
    .select([
      sql<boolean>`exists (select from auth_totp where auth_totp.user_id = auth_user.id and confirmed_at is not null)
        or exists (select from auth_passkey where auth_passkey.user_id = auth_user.id)`.as('second_factor'),
      sql<Date | null>`(select max(created_at) from auth_session where auth_session.user_id = auth_user.id)`.as('last'),
    ])
    .where('organization_id', '=', organisationId)
    .orderBy('email')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: roleOf(row.role),
    secondFactor: row.second_factor,
    offBoardedAt: row.off_boarded_at,
    lastSignInAt: row.last,
  }))
}

/** A member who is still there; undefined for another organisation's, like for nobody. */
export async function memberOf(
  db: Kysely<Tables>,
  organisationId: string,
  id: string,
): Promise<Pick<Member, 'id' | 'name' | 'email' | 'role'> | undefined> {
  const row = await db
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.user_id')
    .select(['auth_user.id as id', 'name', 'email', 'role'])
    .where('organization_id', '=', organisationId)
    .where('user_id', '=', id)
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, role: roleOf(row.role) }
}

/** Whether the organisation asks a second factor of every member. */
export async function asksFactorOfAll(db: Kysely<Tables>, organisationId: string): Promise<boolean> {
  const { second_factor_required: required } = await db
    .selectFrom('auth_organization')
    .select('second_factor_required')
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  return required
}

/** Asks a second factor of every member from their next request on, or leaves it to their role again. */
export async function askFactorOfAll(
  db: Kysely<Tables>,
  asked: { readonly organisationId: string; readonly required: boolean; readonly by: string; readonly now: Date },
): Promise<void> {
  const { organisationId, required, by, now } = asked
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('auth_organization')
      .set({ second_factor_required: required })
      .where('id', '=', organisationId)
      .where('second_factor_required', '!=', required)
      .executeTakeFirstOrThrow()
    const kind = required ? 'factor.required-of-all' : 'factor.left-to-roles'
    if (numUpdatedRows > 0n) await note(tx, { kind, at: now, organisationId, by })
  })
}

/**
 * Another role; it counts from the member's next request on, in sessions that are open as well. Links made as administrator
 * end with that role. False: `by` may no longer.
 */
export async function changeRole(
  db: Kysely<Tables>,
  change: { readonly id: string; readonly role: PersonRole; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, role, by, now } = change
  return db.transaction().execute(async (tx) => {
    if (!(await isStillAdministrator(tx, by))) return false
    await tx.updateTable('auth_member').set({ role }).where('user_id', '=', id).execute()
    if (role !== 'administrator') await withdrawInvitationsOf(tx, { invitedBy: id, by, now })
    await note(tx, { kind: 'account.role-changed', at: now, userId: id, by, detail: { role } })
    return true
  })
}

/** Whether who decides may still: of two administrators who send each other away at once, one stays. */
async function isStillAdministrator(tx: Transaction<Tables>, by: string): Promise<boolean> {
  await sql`select 1 from auth_organization where id = (select organization_id from auth_member where user_id = ${by})
    for update`.execute(tx)
  const row = await tx
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.user_id')
    .select('role')
    .where('user_id', '=', by)
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  return row?.role === 'administrator'
}

/**
 * For good. The database ends every session of the account in the same statement; links the person made for others open
 * nothing any more; cases that bore the name wait in their queue again. `day` is the legal day of it. False: `by` may no longer.
 */
export async function offBoard(
  db: Kysely<Tables>,
  left: { readonly id: string; readonly by: string; readonly now: Date; readonly day: LegalDate },
): Promise<boolean> {
  const { id, by, now, day } = left
  return db.transaction().execute(async (tx) => {
    if (!(await isStillAdministrator(tx, by))) return false
    await tx.updateTable('auth_user').set({ off_boarded_at: now }).where('id', '=', id).execute()
    await withdrawInvitationsOf(tx, { invitedBy: id, by, now })
    await giveBackAll(tx, { officer: id, by, day, reason: '离岗 off-boarded' })
    await note(tx, { kind: 'account.off-boarded', at: now, userId: id, by })
    return true
  })
}

function roleOf(text: string): PersonRole {
  const role = personRoles.find((known) => known === text)
  if (role === undefined) throw new Error(`the database holds the role "${text}", which is none of a person`)
  return role
}
