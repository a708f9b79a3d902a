import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './records.ts'
import { hashOf } from './secrets.ts'

/** So many failed tries within so many minutes: for one e-mail address, whether or not there is such an account, and from one network address. */
export const signInLimits = { perAccount: 8, perAddress: 60, minutes: 15 } as const

/** A try that has begun: it counts as failed until it is taken back. */
export interface Try {
  readonly account: string
  readonly address: string
  readonly at: Date
}

export type BegunTry = { readonly kind: 'try'; readonly try: Try } | { readonly kind: 'wait'; readonly seconds: number }

/** Counts a try before anything is compared, so that many at once are counted like many in a row. */
export async function beginTry(
  db: Kysely<Tables>,
  who: { readonly email: string; readonly address: string; readonly now: Date },
): Promise<BegunTry> {
  const { now } = who
  const account = hashOf(`account ${who.email.toLowerCase()}`)
  const address = hashOf(`address ${who.address}`)
  const since = new Date(now.getTime() - signInLimits.minutes * 60_000)
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('sign-in', 0))`.execute(tx)
    await tx.deleteFrom('sign_in_failure').where('at', '<', since).execute()
    const seconds = Math.max(
      await secondsToWait(tx, account, signInLimits.perAccount, now),
      await secondsToWait(tx, address, signInLimits.perAddress, now),
    )
    if (seconds > 0) return { kind: 'wait', seconds }
    await tx
      .insertInto('sign_in_failure')
      .values([
        { who: account, at: now },
        { who: address, at: now },
      ])
      .execute()
    return { kind: 'try', try: { account, address, at: now } }
  })
}

/** The try has succeeded: the account's failures are forgotten, of the address's only this one. */
export async function takeBackTry(db: Kysely<Tables>, { account, address, at }: Try): Promise<void> {
  await db.deleteFrom('sign_in_failure').where('who', '=', account).execute()
  await db.deleteFrom('sign_in_failure').where('who', '=', address).where('at', '=', at).execute()
}

async function secondsToWait(db: Kysely<Tables>, who: string, atMost: number, now: Date): Promise<number> {
  const { failures, oldest } = await db
    .selectFrom('sign_in_failure')
    .select([sql<number>`count(*)::int`.as('failures'), sql<Date | null>`min(at)`.as('oldest')])
    .where('who', '=', who)
    .executeTakeFirstOrThrow()
  if (failures < atMost || oldest === null) return 0
  return Math.max(1, Math.ceil((oldest.getTime() - now.getTime()) / 1000) + signInLimits.minutes * 60)
}
