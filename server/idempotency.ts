import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { AppContext, Server } from './app.ts'
import { RequestProblem } from './problem.ts'
import type { Tables } from './records.ts'

/** An answer that can be given again: what a request that changed something was answered with. */
export interface Answered {
  readonly status: 200 | 201
  readonly headers: Readonly<Record<string, string>>
  /** JSON, given again to the byte. */
  readonly body: string
}

/**
 * Does the work once. The first answer is written in the transaction that did it and given again to the same account,
 * key and request; the same key with another request is refused. What is refused rolls back and leaves the key unused,
 * so that the same thing can be tried again after signing in or looking anew.
 *
 * @throws RequestProblem `request.key-used`, and whatever `work` throws.
 */
export async function once(
  db: Kysely<Tables>,
  request: { readonly account: string; readonly key: string; readonly what: string },
  work: (tx: Transaction<Tables>) => Promise<Answered>,
): Promise<Answered> {
  const { account, key, what } = request
  const digest = createHash('sha256').update(what).digest('hex')
  return db.transaction().execute(async (tx) => {
    // The same request sent twice at once: the second waits here and then finds the first one's answer.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${account}:${key}`}, 0))`.execute(tx)
    const before = await tx
      .selectFrom('idempotent_request')
      .select(['digest', 'status', 'headers', 'body'])
      .where('account', '=', account)
      .where('key', '=', key)
      .executeTakeFirst()
    if (before !== undefined) {
      if (before.digest !== digest) throw new RequestProblem('request.key-used')
      // Written below, from an Answered.
      return { status: before.status, headers: before.headers, body: before.body } as Answered
    }
    const answered = await work(tx)
    await tx
      .insertInto('idempotent_request')
      .values({
        account,
        key,
        digest,
        status: answered.status,
        headers: sql`${JSON.stringify(answered.headers)}::jsonb`,
        body: answered.body,
      })
      .execute()
    return answered
  })
}

/**
 * Does once what a request asks, by its account, its Idempotency-Key and what it says; `beside` is what else must be the same.
 *
 * @throws RequestProblem as `once`, and where the key is missing or malformed.
 */
export async function onceAsked(
  { records }: Pick<Server, 'records'>,
  c: AppContext,
  work: (tx: Transaction<Tables>) => Promise<Answered>,
  beside = '',
): Promise<Answered> {
  const key = idempotencyKeyOf(c.req.header('idempotency-key'))
  const what = `${c.req.method} ${c.req.path}\n${await c.req.text()}${beside}`
  return once(records.db, { account: c.get('viewer').id, key, what }, work)
}

/** Gives an answer, for the first time or again; what it is of the route is known to the contract, not to this function. */
export function giveAnswer(c: AppContext, { status, headers, body }: Answered): never {
  return c.body(body, status, { ...headers, 'Content-Type': 'application/json' }) as never
}

/** The Idempotency-Key of a request. Throws RequestProblem when it is missing or malformed. */
export function idempotencyKeyOf(header: string | undefined): string {
  if (header !== undefined && /^[A-Za-z0-9_-]{8,128}$/.test(header)) return header
  throw new RequestProblem('request.idempotency-key')
}

/** The case sequence If-Match names. Throws RequestProblem when it is missing or not one of ours. */
export function sequenceOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new RequestProblem('request.if-match-missing')
  const found = /^"(\d{1,9})"$/.exec(ifMatch.trim())
  if (found === null) throw new RequestProblem('request.if-match-malformed')
  return Number(found[1])
}
