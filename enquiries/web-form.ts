import { sql } from 'kysely'
import type { EnquiryTx } from './desk-store.ts'
import type { SubjectNo } from './desk.ts'

/*
 * A form of the public page that is sent twice (a double click, a reload, a lost answer) is one enquiry: each form carries
 * 32 hexadecimal digits of its own, and the database keeps which enquiry they became.
 */

export function isWebForm(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}

/** The enquiry a form became, or null. Another sender of the same form waits here until this transaction ends. */
export async function enquiryOfForm(tx: EnquiryTx, form: string): Promise<SubjectNo | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`web-form:${form}`}, 0))`.execute(tx)
  const row = await tx.selectFrom('web_enquiry').select('enquiry').where('form', '=', form).executeTakeFirst()
  return row === undefined ? null : (row.enquiry as SubjectNo)
}

export async function noteForm(tx: EnquiryTx, form: string, enquiry: SubjectNo): Promise<void> {
  await tx.insertInto('web_enquiry').values({ form, enquiry }).execute()
}
