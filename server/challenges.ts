import type { Kysely } from 'kysely'
import type { ChallengeKind } from './identity-migrations.ts'
import type { Tables } from './records.ts'
import { hashOf, newToken } from './secrets.ts'
import { clockToleranceMs } from './sessions.ts'

/*
 * What a browser has to answer once: it holds the token in a cookie, the database the rest. Taking the answer takes the
 * challenge away, so that nothing is answered twice.
 */

export interface Challenge {
  readonly userId: string | null
  readonly value: string
}

export const challengeMinutes = 10

export async function askChallenge(
  db: Kysely<Tables>,
  challenge: {
    readonly kind: ChallengeKind
    readonly userId: string | null
    readonly value: string
    readonly now: Date
  },
): Promise<string> {
  const { kind, userId, value, now } = challenge
  await db.deleteFrom('auth_challenge').where('expires_at', '<', now).execute()
  const token = newToken()
  await db
    .insertInto('auth_challenge')
    .values({
      token_hash: hashOf(token),
      kind,
      user_id: userId,
      value,
      expires_at: new Date(now.getTime() + challengeMinutes * 60_000),
    })
    .execute()
  return token
}

/** The challenge, which is used up by this; null where there is none, it is of another kind, or its time is over. */
export async function takeChallenge(
  db: Kysely<Tables>,
  asked: { readonly kind: ChallengeKind; readonly token: string | undefined; readonly now: Date },
): Promise<Challenge | null> {
  const { kind, token, now } = asked
  if (token === undefined) return null
  const row = await db
    .deleteFrom('auth_challenge')
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latestEnd(now))
    .returning(['user_id', 'value'])
    .executeTakeFirst()
  return row === undefined ? null : { userId: row.user_id, value: row.value }
}

/** A clock set back makes no challenge last longer. */
function latestEnd(now: Date): Date {
  return new Date(now.getTime() + challengeMinutes * 60_000 + clockToleranceMs)
}

/** How often a code may be wrong before the password is asked for again. */
const wrongAtMost = 5

/** The challenge a code is typed for: it stays until the code is right, or wrong too often. */
export async function tryChallenge(
  db: Kysely<Tables>,
  asked: { readonly kind: ChallengeKind; readonly token: string | undefined; readonly now: Date },
): Promise<Challenge | null> {
  const { kind, token, now } = asked
  if (token === undefined) return null
  // Counted before it is looked at: a hundred codes sent at once are five tries.
  const row = await db
    .updateTable('auth_challenge')
    .set((eb) => ({ wrong: eb('wrong', '+', 1) }))
    .where('token_hash', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latestEnd(now))
    .where('wrong', '<', wrongAtMost)
    .returning(['user_id', 'value'])
    .executeTakeFirst()
  return row === undefined ? null : { userId: row.user_id, value: row.value }
}
