import { sql } from 'kysely'
import { appendEvents, eventsOf, indexed, json, lookup } from './desk-store.ts'
import type { Conflict, EnquiryDb, EnquiryTx, Segment } from './desk-store.ts'
import type { SubjectNo } from './desk.ts'
import { foldInterpretation } from './interpretation.ts'
import type { Content, Interpretation, InterpretationEvent } from './interpretation.ts'

/** The interpretation of this number, or null when there is none. Throws when its events do not fold. */
export async function loadInterpretation(db: EnquiryDb, no: SubjectNo): Promise<Interpretation | null> {
  return foldInterpretation(await eventsOf<InterpretationEvent>(db, no))
}

/** Appends to an interpretation as it was seen (null opens it) and brings its versions up to date. */
export async function appendInterpretation(
  tx: EnquiryTx,
  no: SubjectNo,
  seen: number,
  events: readonly InterpretationEvent[],
  segment: Segment,
): Promise<Interpretation | Conflict> {
  const appended = await appendEvents(tx, no, seen, events)
  if (appended !== 'appended') return appended
  const after = await loadInterpretation(tx, no)
  if (after === null) throw new Error(`interpretation ${no} has no events after some were appended`)
  await projectInterpretation(tx, after, segment)
  return after
}

export async function projectInterpretation(tx: EnquiryTx, after: Interpretation, segment: Segment): Promise<void> {
  const { no, office, versions, draft, sequence: seq } = after
  const shared = (content: Content) => ({
    no,
    seq,
    office,
    kind: content.kind,
    topic: content.topic,
    key_area: content.keyArea,
    content: json(content),
    words: indexed(segment(Object.values(content.question).concat(Object.values(content.answer)).join('\n'))),
  })
  await tx.deleteFrom('interpretation_version').where('no', '=', no).where('status', '=', 'draft').execute()
  // The version that is superseded first: there is one in force at a time, and the database holds to it.
  for (const { version, content, draftedBy, approvedBy, publishedOn, supersededOn } of versions) {
    const status = supersededOn === null ? ('published' as const) : ('superseded' as const)
    await tx
      .insertInto('interpretation_version')
      .values({
        ...shared(content),
        version,
        status,
        drafted_by: draftedBy.id,
        approved_by: approvedBy.id,
        published_on: publishedOn,
        superseded_on: supersededOn,
      })
      .onConflict((conflict) =>
        conflict.columns(['no', 'version']).doUpdateSet({ seq, status, superseded_on: supersededOn }),
      )
      .execute()
  }
  if (draft === null) return
  await tx
    .insertInto('interpretation_version')
    .values({
      ...shared(draft.content),
      version: versions.length + 1,
      status: 'draft',
      drafted_by: draft.by.id,
      approved_by: null,
      published_on: null,
      superseded_on: null,
    })
    .execute()
}

export interface VersionRow {
  readonly no: string
  readonly version: number
  readonly status: 'draft' | 'published' | 'superseded'
  readonly content: Content
  readonly published_on: string | null
}

/** The published ones of an office and its drafts, newest number first. */
export async function interpretationList(
  db: EnquiryDb,
  office: string,
  { limit }: { readonly limit: number },
): Promise<readonly VersionRow[]> {
  const rows = await db
    .selectFrom('interpretation_version')
    .select(['no', 'version', 'status', 'content', 'published_on'])
    .where('office', '=', office)
    .where('status', 'in', ['draft', 'published'])
    .orderBy('no', 'desc')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, content: row.content as Content }))
}

/** A page of the published ones of an office, newest number first; `before` is the last number of the page before. */
export async function publishedInterpretations(
  db: EnquiryDb,
  office: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<readonly VersionRow[]> {
  const rows = await db
    .selectFrom('interpretation_version')
    .select(['no', 'version', 'status', 'content', 'published_on'])
    .where('office', '=', office)
    .where('status', '=', 'published')
    .$if(before !== undefined, (query) => query.where('no', '<', before ?? ''))
    .orderBy('no', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, content: row.content as Content }))
}

/** Published interpretations that hold any of the words, those with most of them first. */
export async function similarInterpretations(
  db: EnquiryDb,
  office: string,
  words: readonly string[],
  { limit }: { readonly limit: number },
): Promise<readonly VersionRow[]> {
  if (words.length === 0) return []
  const rows = await db
    .selectFrom('interpretation_version')
    .select(['no', 'version', 'status', 'content', 'published_on'])
    .where('office', '=', office)
    .where('status', '=', 'published')
    .where(sql<boolean>`words @@ ${lookup(words, 'any')}`)
    .orderBy(sql`ts_rank(words, ${lookup(words, 'any')})`, 'desc')
    .orderBy('no', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, content: row.content as Content }))
}
