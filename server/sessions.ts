import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { EndedBecause } from './identity-migrations.ts'
import type { Tables } from './records.ts'
import { hashOf, newToken } from './secrets.ts'
import { note } from './security-log.ts'

/** How long a session lasts without use, at most, and how long a proof of who one is counts as recent. */
export const sessionLimits = { idleMinutes: 30, hours: 10, stepUpMinutes: 5, warnMinutes: 5 } as const

/** A token of another clock than ours: beyond this much from the future nothing is believed. */
export const clockToleranceMs = 5 * 60_000
const minute = 60_000

export interface SessionTimes {
  readonly created: Date
  readonly used: Date
  /** When the person last proved who they are. */
  readonly verified: Date
}

/** When a session ends unless it is used. */
export function sessionEnd({ created, used }: SessionTimes): Date {
  return new Date(
    Math.min(
      used.getTime() + sessionLimits.idleMinutes * minute,
      created.getTime() + sessionLimits.hours * 60 * minute,
    ),
  )
}

/** Why a session is over at `now`; undefined where it is not. A clock set back makes no old session young again. */
export function sessionOver(times: SessionTimes, now: Date): 'idle' | 'too-old' | 'clock' | undefined {
  const { created, used } = times
  if (now.getTime() + clockToleranceMs < Math.max(created.getTime(), used.getTime())) return 'clock'
  if (created.getTime() + sessionLimits.hours * 60 * minute <= now.getTime()) return 'too-old'
  if (used.getTime() + sessionLimits.idleMinutes * minute <= now.getTime()) return 'idle'
  return undefined
}

/** Has the person proven lately who they are? */
export function verifiedLately(verified: Date, now: Date): boolean {
  const age = now.getTime() - verified.getTime()
  return -clockToleranceMs <= age && age < sessionLimits.stepUpMinutes * minute
}

export interface OpenSession {
  readonly id: string
  readonly userId: string
  readonly times: SessionTimes
  /** Whether a second factor was proven in it; where the account has one, a session without it has ended. */
  readonly secondFactor: boolean
}

/** A new session; its token is given to the browser and kept nowhere. `provenAt`: when the person proved who they are. */
export async function openSession(
  db: Kysely<Tables>,
  session: {
    readonly userId: string
    readonly browser: string
    readonly secondFactor: boolean
    readonly now: Date
    readonly provenAt: Date
  },
): Promise<string> {
  const { userId, browser, secondFactor, now, provenAt } = session
  const token = newToken()
  await db
    .insertInto('auth_session')
    .values({
      id: randomUUID(),
      token_hash: hashOf(token),
      user_id: userId,
      browser,
      second_factor: secondFactor,
      created_at: now,
      used_at: now,
      verified_at: provenAt,
      ended_at: null,
      ended_because: null,
      presented_after_end_at: null,
    })
    .execute()
  await note(db, { kind: 'sign-in.done', at: now, userId, detail: { secondFactor: secondFactor ? 'yes' : 'no' } })
  return token
}

/**
 * The session of a token, or null. A session that is over is ended here and the reason written down; a token that comes
 * back after its end is written down once. A session without a second factor ends where its account has one by now.
 */
export async function sessionOf(
  db: Kysely<Tables>,
  token: string,
  use: { readonly browser: string; readonly now: Date; readonly prolong: boolean },
): Promise<OpenSession | null> {
  const { browser, now, prolong } = use
  const row = await db
    .selectFrom('auth_session')
    .selectAll()
    .select(hasSecondFactor.as('needs_second_factor'))
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row === undefined) return null
  const { id, user_id: userId } = row
  if (row.ended_at !== null) {
    await presentedAfterEnd(db, { id, userId, now, because: row.ended_because ?? '' })
    return null
  }
  const times = { created: row.created_at, used: row.used_at, verified: row.verified_at }
  const over =
    sessionOver(times, now) ??
    (row.browser === browser ? undefined : 'other-browser') ??
    (row.needs_second_factor && !row.second_factor ? 'no-second-factor' : undefined)
  if (over !== undefined) {
    await endSessions(db, { session: id }, over, now)
    return null
  }
  // Not what the session once proved: the last factor may have been removed since.
  const secondFactor = row.needs_second_factor
  if (!prolong || now.getTime() - times.used.getTime() < minute) return { id, userId, times, secondFactor }
  await db
    .updateTable('auth_session')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('used_at', '<', now)
    .execute()
  return { id, userId, times: { ...times, used: now }, secondFactor }
}

/** Ends one session, or all of a person's but one; what ended is written down. */
export async function endSessions(
  db: Kysely<Tables>,
  which: { readonly session: string } | { readonly userId: string; readonly butNot?: string },
  because: EndedBecause,
  now: Date,
): Promise<void> {
  let ending = db
    .updateTable('auth_session')
    .set({ ended_at: now, ended_because: because })
    .where('ended_at', 'is', null)
  ending =
    'session' in which
      ? ending.where('id', '=', which.session)
      : ending.where('user_id', '=', which.userId).where('id', '!=', which.butNot ?? '')
  const ended = await ending.returning('user_id').execute()
  for (const { user_id: userId } of ended) {
    await note(db, { kind: 'session.ended', at: now, userId, detail: { because } })
  }
}

/** The person has just proven again who they are. */
export async function sessionVerified(db: Kysely<Tables>, id: string, now: Date): Promise<void> {
  await db
    .updateTable('auth_session')
    .set({ verified_at: now, second_factor: sql<boolean>`second_factor or ${hasSecondFactor}` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** What a browser is known by beside its cookie. */
export function browserOf(headers: Headers): string {
  return createHash('sha256')
    .update(headers.get('user-agent') ?? '')
    .digest('hex')
}

/** An authenticator that was confirmed, or a passkey: from then on the password alone opens nothing. */
const hasSecondFactor = sql<boolean>`(
  exists (select from auth_totp where auth_totp.user_id = auth_session.user_id and confirmed_at is not null)
  or exists (select from auth_passkey where auth_passkey.user_id = auth_session.user_id))`

async function presentedAfterEnd(
  db: Kysely<Tables>,
  ended: { readonly id: string; readonly userId: string; readonly because: string; readonly now: Date },
): Promise<void> {
  const { id, userId, because, now } = ended
  const [first] = await db
    .updateTable('auth_session')
    .set({ presented_after_end_at: now })
    .where('id', '=', id)
    .where('presented_after_end_at', 'is', null)
    .returning('id')
    .execute()
  // A browser that was left open asks again with its old cookie; that is nobody's attack.
  if (first === undefined || because === 'idle' || because === 'too-old') return
  await note(db, { kind: 'session.presented-after-end', at: now, userId, detail: { because } })
}
