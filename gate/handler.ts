import { sql } from 'kysely'
import { GateInputError } from './keys.ts'
import type { GateDatabase } from './ledger.ts'

/**
 * Binds a database to one data handler, by its unified social credit code, on first use. Persons are counted per legal
 * entity and a ceiling is one handler's own, so a second one's permit has no business here.
 *
 * @throws GateInputError `gate.other-handler` where it belongs to another
 */
export async function bindHandler(db: GateDatabase, creditCode: string): Promise<void> {
  await sql`insert into gate_handler (credit_code)
    select coalesce((select handler from batch order by decided_at limit 1), ${creditCode}) on conflict do nothing`.execute(
    db,
  )
  const { credit_code: bound } = await db.selectFrom('gate_handler').select('credit_code').executeTakeFirstOrThrow()
  if (bound !== creditCode) throw new GateInputError('gate.other-handler', { bound, handler: creditCode })
}
