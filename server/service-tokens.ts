import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Operation } from './contract/routes.ts'
import type { Tables } from './records.ts'
import { relationOf, rights } from './rights.ts'
import { hashOf, newToken } from './secrets.ts'
import { note } from './security-log.ts'

/*
 * A gate signs in by no password: its token names the few operations it may ask for, ends on a day, and can be revoked.
 * It never reaches what asks for a step-up: that takes a person.
 */

const prefix = 'tongguan_'
export const tokenDays = { most: 366 } as const

/** What a token's scopes can be: the operations of the rights table that a gate has a right to. */
export const tokenScopes = (Object.keys(rights) as Operation[]).filter(
  (operation) => rights[operation] !== 'open' && relationOf(operation, 'gate', 'handler') !== undefined,
)

export interface NewServiceToken {
  readonly name: string
  readonly organisationId: string
  readonly scopes: readonly Operation[]
  readonly by: string
  readonly expiresAt: Date
  readonly now: Date
}

/** Makes a token; it is shown once and kept as its hash only. */
export async function createServiceToken(
  db: Kysely<Tables>,
  made: NewServiceToken,
): Promise<{ readonly id: string; readonly token: string }> {
  const { name, organisationId, scopes, by, expiresAt, now } = made
  const token = `${prefix}${newToken()}`
  const id = randomUUID()
  await db
    .insertInto('service_token')
    .values({
      id,
      token_hash: hashOf(token),
      organization_id: organisationId,
      name,
      scopes: sql`${JSON.stringify(scopes)}::jsonb`,
      created_by: by,
      created_at: now,
      expires_at: expiresAt,
      revoked_at: null,
      used_at: null,
    })
    .execute()
  await note(db, { kind: 'token.created', at: now, organisationId, by, detail: { name, scopes: scopes.join(' ') } })
  return { id, token }
}

/** False where the organisation has no such token in force. */
export async function revokeServiceToken(
  db: Kysely<Tables>,
  revoked: { readonly id: string; readonly organisationId: string; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { id, organisationId, by, now } = revoked
  const row = await db
    .updateTable('service_token')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('organization_id', '=', organisationId)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (row === undefined) return false
  await note(db, { kind: 'token.revoked', at: now, organisationId, by, detail: { name: row.name } })
  return true
}

export interface ServiceToken {
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date
}

/** The token of an `Authorization: Bearer` header, or null: unknown, revoked or expired. One of ours that no longer holds is written down. */
export async function serviceTokenOf(db: Kysely<Tables>, token: string, now: Date): Promise<ServiceToken | null> {
  const row = await db
    .selectFrom('service_token')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row === undefined) return null
  const { id, name, organization_id: organisationId } = row
  const refused =
    row.revoked_at === null ? (row.expires_at <= now || now < row.created_at ? 'expired' : undefined) : 'revoked'
  if (refused !== undefined) {
    await note(db, { kind: 'token.refused', at: now, organisationId, detail: { name, because: refused } })
    return null
  }
  await db.updateTable('service_token').set({ used_at: now }).where('id', '=', id).execute()
  // Written above, from operation ids.
  return { id, name, organisationId, scopes: row.scopes as readonly string[], expiresAt: row.expires_at }
}
