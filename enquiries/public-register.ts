import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { refuse } from './desk.ts'
import type { Happened, Refusal } from './desk.ts'
import type { EnquiryDb, EnquiryTx } from './desk-store.ts'

/*
 * The public register of results. It is off until an office opens it, and a result stands in it only with the handler's
 * written consent and the office's release: everybody who takes part in an assessment is bound to secrecy (Order 11
 * art. 15). The database holds to both.
 */

export interface RegisterEntry {
  readonly caseNo: string
  readonly handler: string
  readonly outcome: string
  readonly decidedOn: LegalDate
  readonly consent: { readonly on: LegalDate; readonly sha256: string }
}

/** Why an entry may not be released, or undefined where it may. Pure. */
export function refusedRelease(
  { open }: { readonly open: boolean },
  entry: Pick<RegisterEntry, 'caseNo' | 'consent'> & { readonly outcome: string | null },
  { day }: Happened,
): Refusal | undefined {
  if (!open) return refuse('register.off')
  if (entry.outcome === null) return refuse('register.undecided', { case: entry.caseNo })
  if (entry.consent.on > day) return refuse('enquiry.future-day', { day: entry.consent.on, today: day })
  return undefined
}

export async function isRegisterOpen(db: EnquiryDb, office: string): Promise<boolean> {
  const row = await db.selectFrom('public_register').select('open').where('office', '=', office).executeTakeFirst()
  return row?.open === true
}

export async function setRegister(tx: EnquiryTx, open: boolean, { day, officer }: Happened): Promise<void> {
  const values = { office: officer.office, open, set_by: officer.id, set_on: day }
  await tx
    .insertInto('public_register')
    .values(values)
    .onConflict((conflict) => conflict.column('office').doUpdateSet(values))
    .execute()
}

/** Releases an entry; released again it stays as it was. */
export async function release(tx: EnquiryTx, entry: RegisterEntry, { day, officer }: Happened): Promise<void> {
  await tx
    .insertInto('register_entry')
    .values({
      case_no: entry.caseNo,
      office: officer.office,
      handler: entry.handler,
      outcome: entry.outcome,
      decided_on: entry.decidedOn,
      consent_on: entry.consent.on,
      consent_sha256: entry.consent.sha256,
      released_by: officer.id,
      released_on: day,
    })
    .onConflict((conflict) => conflict.column('case_no').doNothing())
    .execute()
}

/** What the public sees of an office; null while its register is off. */
export async function publicRegister(db: EnquiryDb, office: string) {
  if (!(await isRegisterOpen(db, office))) return null
  return db
    .selectFrom('register_entry')
    .select(['case_no', 'handler', 'outcome', 'decided_on', 'released_on'])
    .where('office', '=', office)
    .orderBy('released_on', 'desc')
    .orderBy(sql`case_no`, 'desc')
    .limit(500)
    .execute()
}
