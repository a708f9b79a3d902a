import type { CatalogueRow, ExportFacts, LegalDate, Path } from '@tongguan/law'
import { determinePaths } from '@tongguan/law'
import { sql } from 'kysely'
import { factsSignature, signatureOf, toldIn, unnamed } from './compare.ts'
import { appendEvents, eventsOf, indexed, json, lookup } from './desk-store.ts'
import type { Conflict, EnquiryDb, EnquiryTx, Segment } from './desk-store.ts'
import type { SubjectNo } from './desk.ts'
import { foldEnquiry } from './enquiry.ts'
import type { Enquiry, EnquiryEvent } from './enquiry.ts'
import { contribute } from './figures-store.ts'
import { enquiryParts } from './figures.ts'
import type { EnquiryRow } from './migrations.ts'
import { organisationId, refreshOrganisation } from './organisations.ts'

export { appendEvents, eventsOf, nextSubjectNo } from './desk-store.ts'
export type { EnquiryDb, EnquiryTx, Segment } from './desk-store.ts'

/** The enquiry of this number, or null when there is none. Throws when its events do not fold: the store is damaged. */
export async function loadEnquiry(db: EnquiryDb, no: SubjectNo): Promise<Enquiry | null> {
  return foldEnquiry(await eventsOf<EnquiryEvent>(db, no))
}

/** Appends to an enquiry as it was seen (null opens it) and brings everything read from it up to date, all or nothing. */
export async function appendEnquiry(
  tx: EnquiryTx,
  no: SubjectNo,
  seen: Enquiry | null,
  events: readonly EnquiryEvent[],
  segment: Segment,
): Promise<Enquiry | Conflict> {
  const appended = await appendEvents(tx, no, seen?.sequence ?? 0, events)
  if (appended !== 'appended') return appended
  const after = foldEnquiry([...(seen?.events ?? []), ...events])
  if (after === null) throw new Error(`enquiry ${no} has no events after some were appended`)
  await project(tx, seen, after, segment)
  return after
}

/** Everything that is read from an enquiry, from what it was to what it is. `before` is null where nothing is there yet. */
export async function project(tx: EnquiryTx, before: Enquiry | null, after: Enquiry, segment: Segment): Promise<void> {
  const row = rowOf(after)
  const values = { ...row, words: indexed(segment(`${after.question}\n${after.answer?.text ?? ''}`)) }
  await tx
    .insertInto('enquiry')
    .values(values)
    .onConflict((conflict) => conflict.column('no').doUpdateSet(values))
    .execute()
  await contribute(tx, { source: 'enquiry', id: row.no, office: row.office }, enquiryParts(row))
  await compareAnswers(tx, before, after)
  await keepFacts(tx, before, after)
  const organisations = [before, after].flatMap((one) => (one === null ? [] : (organisationId(one.organisation) ?? [])))
  for (const id of new Set(organisations)) await refreshOrganisation(tx, after.office, id)
}

/** The enquiry as lists and search read it. Pure. */
export function rowOf(enquiry: Enquiry): EnquiryRow {
  const { answer, organisation, told, caller } = enquiry
  const last = answer ?? enquiry.events[0]
  if (last === undefined) throw new Error(`enquiry ${enquiry.no} has no events`)
  return {
    no: enquiry.no,
    seq: enquiry.sequence,
    office: enquiry.office,
    status: enquiry.status,
    channel: enquiry.channel,
    topic: enquiry.topic,
    received_on: enquiry.receivedOn,
    answered_on: answer?.day ?? null,
    question: enquiry.question,
    answer: answer?.text ?? null,
    caller: caller.name ?? null,
    organisation: organisation?.name ?? null,
    organisation_id: organisationId(organisation),
    credit_code: organisation?.creditCode ?? null,
    key_area: organisation?.keyArea ?? null,
    officer_id: last.officer.id,
    officer: last.officer.name,
    position: answer?.position ?? null,
    path: answer?.path ?? null,
    law_on: answer?.law ?? null,
    signature: signatureOf(enquiry),
    facts_hash: told === null ? null : factsSignature(told.facts),
    called_back_under: enquiry.calledBack?.under ?? null,
  }
}

// --- contradictions -----------------------------------------------------------------------------------------------

/** Takes the answer that no longer counts out of its group, puts the one that does into its own, and looks at both again. */
async function compareAnswers(tx: EnquiryTx, before: Enquiry | null, after: Enquiry): Promise<void> {
  const { office } = after
  const changes = [
    { told: before === null ? null : toldIn(before), n: -1 },
    { told: toldIn(after), n: 1 },
  ]
  for (const { told, n } of changes) {
    if (told === null) continue
    const { signature, position, officerId } = told
    const path = told.path ?? ''
    // Officers who answer the same question at once are looked at one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${office}\n${signature}`}, 1))`.execute(tx)
    await tx
      .insertInto('answer_group')
      .values({ office, signature, path, position, officer_id: officerId, n: Math.max(n, 0) })
      .onConflict((conflict) =>
        conflict
          .columns(['office', 'signature', 'path', 'position', 'officer_id'])
          .doUpdateSet({ n: sql<number>`answer_group.n + ${n}` }),
      )
      .execute()
    await sql`delete from answer_group where office = ${office} and signature = ${signature} and n = 0`.execute(tx)
    await sql`delete from contradiction where office = ${office} and signature = ${signature} and path = ${path}`.execute(
      tx,
    )
    await sql`
      insert into contradiction (office, signature, path)
      select ${office}, ${signature}, ${path} where exists (
        select from answer_group one join answer_group other using (office, signature, path)
        where office = ${office} and signature = ${signature} and path = ${path}
          and one.position <> other.position and one.officer_id <> other.officer_id
      )`.execute(tx)
  }
}

/** Answers of other officers to the same question that say something else, newest first. */
export async function contradictingAnswers(db: EnquiryDb, enquiry: Enquiry): Promise<readonly EnquiryRow[]> {
  const told = toldIn(enquiry)
  if (told === null) return []
  const { signature, path, position, officerId } = told
  return db
    .selectFrom('enquiry')
    .select(rowColumns)
    .where('office', '=', enquiry.office)
    .where('signature', '=', signature)
    .where('position', 'is not', null)
    .where('position', '!=', position)
    .where('officer_id', '!=', officerId)
    .where(sql<boolean>`path is not distinct from ${path}`)
    .orderBy('no', 'desc')
    .limit(10)
    .execute()
}

// --- call-backs ---------------------------------------------------------------------------------------------------

async function keepFacts(tx: EnquiryTx, before: Enquiry | null, after: Enquiry): Promise<void> {
  const changes = [
    { told: before === null ? null : answeredFacts(before), n: -1 },
    { told: answeredFacts(after), n: 1 },
  ]
  for (const { told, n } of changes) {
    if (told === null) continue
    const { facts, path } = told
    const key = { office: after.office, facts_hash: factsSignature(facts), path }
    await tx
      .insertInto('told_facts')
      .values({ ...key, facts: json(unnamed(facts)), n: Math.max(n, 0) })
      .onConflict((conflict) =>
        conflict.columns(['office', 'facts_hash', 'path']).doUpdateSet({ n: sql<number>`told_facts.n + ${n}` }),
      )
      .execute()
    await tx
      .deleteFrom('told_facts')
      .where('office', '=', key.office)
      .where('facts_hash', '=', key.facts_hash)
      .where('path', '=', path)
      .where('n', '=', 0)
      .execute()
  }
}

/** The facts that were answered, and the path that the law of that day gave. */
function answeredFacts({ answer, told }: Enquiry): { readonly facts: ExportFacts; readonly path: Path } | null {
  if (told === null || answer === null || answer.path === null) return null
  return { facts: told.facts, path: answer.path }
}

export interface CallBack {
  readonly enquiry: EnquiryRow
  readonly path: Path
  /** What the law of the other day, with the lists the office has now, makes of the same facts. */
  readonly pathUnder: Path
}

/**
 * Earlier callers whose answer would differ by the law of `under` and the lists loaded now, newest first, without those
 * who were already called back about it. Every distinct set of facts is judged once, however many asked.
 */
export async function callBacks(
  db: EnquiryDb,
  office: string,
  under: LegalDate,
  { lists, limit }: { readonly lists: readonly CatalogueRow[]; readonly limit: number },
): Promise<readonly CallBack[]> {
  const groups = await db
    .selectFrom('told_facts')
    .select(['facts_hash', 'path', 'facts'])
    .where('office', '=', office)
    .execute()
  const differing = groups.flatMap(({ facts_hash, path, facts }) => {
    // Written by keepFacts, from facts and a path.
    const pathUnder = determinePaths(facts as ExportFacts, under, { lists }).path
    return pathUnder === path ? [] : [{ facts_hash, path: path as Path, pathUnder }]
  })
  const found: CallBack[] = []
  for (const { facts_hash, path, pathUnder } of differing) {
    const rows = await db
      .selectFrom('enquiry')
      .select(rowColumns)
      .where('office', '=', office)
      .where('facts_hash', '=', facts_hash)
      .where('path', '=', path)
      .where(sql<boolean>`(called_back_under is null or called_back_under < ${under})`)
      .orderBy('no', 'desc')
      .limit(limit)
      .execute()
    found.push(...rows.map((enquiry) => ({ enquiry, path, pathUnder })))
  }
  return found.sort((a, b) => (a.enquiry.no < b.enquiry.no ? 1 : -1)).slice(0, limit)
}

// --- lists and search ---------------------------------------------------------------------------------------------

export interface EnquirySelection {
  readonly office: string
  readonly status?: EnquiryRow['status']
  readonly creditCode?: string
  readonly topic?: string
  /** Only such as another officer answered differently. */
  readonly contradicting?: boolean
}

/** At most `limit` enquiries with numbers below `before`, newest number first. */
export async function enquiryPage(
  db: EnquiryDb,
  { office, status, creditCode, topic, contradicting }: EnquirySelection,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<readonly EnquiryRow[]> {
  let query = db.selectFrom('enquiry').select(rowColumns).where('office', '=', office)
  if (status !== undefined) query = query.where('status', '=', status)
  if (creditCode !== undefined) query = query.where('credit_code', '=', creditCode)
  if (topic !== undefined) query = query.where('topic', '=', topic)
  if (before !== undefined) query = query.where('no', '<', before)
  if (contradicting === true) {
    query = query.where('position', 'is not', null).where(
      sql<boolean>`exists (select from contradiction where contradiction.office = enquiry.office
        and contradiction.signature = enquiry.signature and contradiction.path = coalesce(enquiry.path, ''))`,
    )
  }
  return query.orderBy('no', 'desc').limit(limit).execute()
}

/**
 * Answered enquiries nearest to these words: those that hold all of them, then all of the first or of the second half,
 * then any. Of the newest `considered` that match, the ones with most of the words come first, newer before older.
 */
export async function similarEnquiries(
  db: EnquiryDb,
  office: string,
  looked: readonly string[],
  { limit }: { readonly limit: number },
): Promise<readonly EnquiryRow[]> {
  // How many persons or records differs from caller to caller.
  const words = looked.filter((word) => !/^\d+$/.test(word))
  const half = Math.ceil(words.length / 2)
  const steps = [
    { some: words, how: 'all' },
    { some: words.slice(0, half), how: 'all' },
    { some: words.slice(half), how: 'all' },
    { some: words, how: 'any' },
  ] as const
  const found = new Map<string, EnquiryRow>()
  for (const { some, how } of steps) {
    if (found.size >= limit || some.length === 0) continue
    for (const row of await matching(db, office, { some, how, rank: words }, limit)) {
      if (!found.has(row.no)) found.set(row.no, row)
    }
  }
  return [...found.values()].slice(0, limit)
}

const considered = 200

async function matching(
  db: EnquiryDb,
  office: string,
  {
    some,
    how,
    rank,
  }: { readonly some: readonly string[]; readonly how: 'all' | 'any'; readonly rank: readonly string[] },
  limit: number,
): Promise<readonly EnquiryRow[]> {
  const newest = db
    .selectFrom('enquiry')
    .select([...rowColumns, 'words'])
    .where('office', '=', office)
    .where('status', '=', 'answered')
    .where(sql<boolean>`words @@ ${lookup(some, how)}`)
    .orderBy('no', 'desc')
    .limit(considered)
    .as('newest')
  return db
    .selectFrom(newest)
    .select(rowColumns)
    .orderBy(sql`ts_rank(words, ${lookup(rank, 'any')})`, 'desc')
    .orderBy('no', 'desc')
    .limit(limit)
    .execute()
}

export const rowColumns = [
  'no',
  'seq',
  'office',
  'status',
  'channel',
  'topic',
  'received_on',
  'answered_on',
  'question',
  'answer',
  'caller',
  'organisation',
  'organisation_id',
  'credit_code',
  'key_area',
  'officer_id',
  'officer',
  'position',
  'path',
  'law_on',
  'signature',
  'facts_hash',
  'called_back_under',
] as const satisfies readonly (keyof EnquiryRow)[]
