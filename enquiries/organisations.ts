import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { EnquiryTx } from './desk-store.ts'
import type { AskingOrganisation } from './enquiry.ts'
import { contribute } from './figures-store.ts'
import { organisationParts } from './figures.ts'
import type { EnquiryTables } from './migrations.ts'

/** What tells organisations apart: the credit code, or the name where none was given; null for a caller who names none. */
export function organisationId(organisation: Pick<AskingOrganisation, 'name' | 'creditCode'> | null): string | null {
  if (organisation === null) return null
  return organisation.creditCode ?? `name:${plainName(organisation.name)}`
}

function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
}

/**
 * The register's line of one organisation, from its enquiries and its place in the programme, and what it adds to the
 * figures. A name without a code is no organisation of its own once one with a code bears that name.
 */
export async function refreshOrganisation(tx: EnquiryTx, office: string, id: string): Promise<void> {
  const before = await lineOf(tx, office, id)
  const after = await readAnew(tx, office, id)
  await tx.deleteFrom('organisation').where('office', '=', office).where('id', '=', id).execute()
  if (after !== null) await tx.insertInto('organisation').values(after).execute()
  const touched = new Set([id, ...[before, after].flatMap((line) => (line === null ? [] : `name:${line.plain_name}`))])
  for (const one of touched) await count(tx, office, one)
}

async function readAnew(tx: EnquiryTx, office: string, id: string): Promise<EnquiryTables['organisation'] | null> {
  const { rows } = await sql<Omit<EnquiryTables['organisation'], 'office' | 'id' | 'plain_name'>>`
    select coalesce(listed.name, asked.name) as name, coalesce(listed.credit_code, asked.credit_code) as credit_code,
      coalesce(listed.key_area, area.key_area) as key_area, least(first.day, listed.guided_on) as first_served
    from (select 1) as one
    left join (select name, credit_code, key_area, guided_on from institution
      where office = ${office} and organisation_id = ${id}) as listed on true
    left join (select organisation as name, credit_code from enquiry
      where office = ${office} and organisation_id = ${id} order by no desc limit 1) as asked on true
    left join (select key_area from enquiry where office = ${office} and organisation_id = ${id}
      and key_area is not null order by no desc limit 1) as area on true
    left join (select min(received_on) as day from enquiry
      where office = ${office} and organisation_id = ${id}) as first on true`.execute(tx)
  const [row] = rows
  // Listed in the programme, but neither guided nor asking yet: not served.
  if (row === undefined || row.first_served === null) return null
  return { office, id, ...row, plain_name: plainName(row.name) }
}

async function lineOf(tx: EnquiryTx, office: string, id: string) {
  const line = await tx
    .selectFrom('organisation')
    .selectAll()
    .where('office', '=', office)
    .where('id', '=', id)
    .executeTakeFirst()
  return line ?? null
}

async function count(tx: EnquiryTx, office: string, id: string): Promise<void> {
  const line = await lineOf(tx, office, id)
  const parts =
    line === null || (await isNamedByCode(tx, line))
      ? []
      : organisationParts({ first: line.first_served as LegalDate, keyArea: line.key_area })
  await contribute(tx, { source: 'organisation', id: `${office} ${id}`, office }, parts)
}

async function isNamedByCode(tx: EnquiryTx, line: EnquiryTables['organisation']): Promise<boolean> {
  if (line.credit_code !== null) return false
  const same = await tx
    .selectFrom('organisation')
    .select('id')
    .where('office', '=', line.office)
    .where('plain_name', '=', line.plain_name)
    .where('credit_code', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return same !== undefined
}
