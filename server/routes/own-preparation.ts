import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { AppContext } from '../app.ts'
import type { ServerDb } from '../case-files.ts'
import { loadPreparation } from '../preparations.ts'
import type { Preparation } from '../preparations.ts'
import type { Tables } from '../records.ts'

// What every route about a declaration in preparation begins with.

/** One of the viewer's organisation. Throws RequestProblem `preparation.not-found`. */
export function ownPreparation(db: ServerDb, c: AppContext, no: string): Promise<Preparation> {
  return loadPreparation(db, no, c.get('viewer').organisation.id)
}

/** The same, to be changed: two who change it at once come one after the other, and the second finds what the first did. */
export async function lockedPreparation(tx: Transaction<Tables>, c: AppContext, no: string): Promise<Preparation> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`preparation:${no}`}, 0))`.execute(tx)
  return ownPreparation(tx, c, no)
}

/** Under which name those who look at it are told that something has changed. */
export function newsOf(no: string): string {
  return `preparation ${no}`
}
