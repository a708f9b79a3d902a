import { Secret, TOTP } from 'otpauth'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './records.ts'
import { hashOf, readableSecret, seal, unseal } from './secrets.ts'
import { note } from './security-log.ts'

/*
 * The authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, which every app speaks) and the recovery codes. A code
 * is good once: the last step used is kept, also for the code that turned it on.
 */

const issuer = '通关 Tongguan'
const period = 30
/** A phone may be one step off; an hour is refused. */
const window = 1
const recoveryCodes = 10

/** A new secret for an account, not in force until a code of it is shown. Replaces one that was never confirmed. */
export async function startTotp(
  db: Kysely<Tables>,
  account: { readonly userId: string; readonly email: string },
  secret: string,
): Promise<{ readonly secret: string; readonly uri: string } | 'there-already'> {
  const totp = totpOf(new Secret({ size: 20 }).base32, account.email)
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('auth_totp')
    .values({ user_id: account.userId, sealed: seal(totp.secret.base32, secret, 'totp'), confirmed_at: null })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ sealed: seal(totp.secret.base32, secret, 'totp'), last_step: 0 })
        .where('auth_totp.confirmed_at', 'is', null),
    )
    .executeTakeFirstOrThrow()
  if (Number(numInsertedOrUpdatedRows) === 0) return 'there-already'
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** Puts the secret in force once a code of it fits; false where it does not. */
export async function confirmTotp(
  db: Kysely<Tables>,
  asked: { readonly userId: string; readonly code: string; readonly secret: string; readonly now: Date },
): Promise<boolean> {
  const outcome = await useTotp(db, { ...asked, confirmed: false })
  return outcome === 'fits'
}

export type CodeOutcome = 'fits' | 'wrong' | 'replayed'

/** Takes a code of the authenticator, or a recovery code. Each counts once; which of them it was is not told. */
export async function useCode(
  db: Kysely<Tables>,
  asked: { readonly userId: string; readonly code: string; readonly secret: string; readonly now: Date },
): Promise<CodeOutcome> {
  const { userId, code, now } = asked
  if (/^\d{6}$/.test(code.replaceAll(' ', ''))) {
    return useTotp(db, { ...asked, code: code.replaceAll(' ', ''), confirmed: true })
  }
  const hash = recoveryHash(code)
  const used = await db
    .updateTable('auth_recovery_code')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('code_hash')
    .execute()
  if (used.length > 0) {
    await note(db, { kind: 'factor.recovery-code-used', at: now, userId })
    return 'fits'
  }
  const spent = await db
    .selectFrom('auth_recovery_code')
    .select('code_hash')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return spent === undefined ? 'wrong' : 'replayed'
}

/** Ten new recovery codes instead of the old ones; they are shown once. */
export async function newRecoveryCodes(db: Kysely<Tables>, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => readableSecret(4))
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('auth_recovery_code').where('user_id', '=', userId).execute()
    await tx
      .insertInto('auth_recovery_code')
      .values(codes.map((code) => ({ user_id: userId, code_hash: recoveryHash(code), used_at: null })))
      .execute()
  })
  return codes
}

export interface Factors {
  readonly totp: boolean
  readonly passkeys: readonly {
    readonly id: string
    readonly name: string
    readonly createdAt: Date
    readonly usedAt: Date | null
  }[]
  readonly recoveryCodesLeft: number
}

export async function factorsOf(db: Kysely<Tables>, userId: string): Promise<Factors> {
  const totp = await db
    .selectFrom('auth_totp')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const passkeys = await db
    .selectFrom('auth_passkey')
    .select(['id', 'name', 'created_at', 'used_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  const { left } = await db
    .selectFrom('auth_recovery_code')
    .select(sql<number>`count(*)::int`.as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    totp: totp !== undefined,
    passkeys: passkeys.map((one) => ({ id: one.id, name: one.name, createdAt: one.created_at, usedAt: one.used_at })),
    recoveryCodesLeft: left,
  }
}

async function useTotp(
  db: Kysely<Tables>,
  asked: {
    readonly userId: string
    readonly code: string
    readonly secret: string
    readonly now: Date
    readonly confirmed: boolean
  },
): Promise<CodeOutcome> {
  const { userId, code, secret, now, confirmed } = asked
  const row = await db
    .selectFrom('auth_totp')
    .select(['sealed', 'last_step'])
    .where('user_id', '=', userId)
    .where('confirmed_at', confirmed ? 'is not' : 'is', null)
    .executeTakeFirst()
  if (row === undefined) return 'wrong'
  const delta = totpOf(unseal(row.sealed, secret, 'totp'), '').validate({
    token: code,
    timestamp: now.getTime(),
    window,
  })
  if (delta === null) return 'wrong'
  const step = Math.floor(now.getTime() / 1000 / period) + delta
  // Two browsers with one code: the row is changed by one of them only.
  const taken = await db
    .updateTable('auth_totp')
    .set({ last_step: step, ...(confirmed ? {} : { confirmed_at: now }) })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .where('confirmed_at', confirmed ? 'is not' : 'is', null)
    .returning('user_id')
    .execute()
  return taken.length > 0 ? 'fits' : 'replayed'
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer, label, secret, algorithm: 'SHA1', digits: 6, period })
}

function recoveryHash(code: string): string {
  return hashOf(code.toLowerCase().replaceAll(/[\s-]/g, ''))
}
