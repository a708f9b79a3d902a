import { appendEvents, eventsOf } from './desk-store.ts'
import type { Conflict, EnquiryDb, EnquiryTx } from './desk-store.ts'
import type { SubjectNo } from './desk.ts'
import { contribute } from './figures-store.ts'
import { briefingParts, institutionParts } from './figures.ts'
import { organisationId, refreshOrganisation } from './organisations.ts'
import { foldBriefing, foldInstitution, furthest } from './programme.ts'
import type { Briefing, BriefingEvent, Institution, InstitutionEvent } from './programme.ts'

export async function loadInstitution(db: EnquiryDb, no: SubjectNo): Promise<Institution | null> {
  return foldInstitution(await eventsOf<InstitutionEvent>(db, no))
}

export async function loadBriefing(db: EnquiryDb, no: SubjectNo): Promise<Briefing | null> {
  return foldBriefing(await eventsOf<BriefingEvent>(db, no))
}

/** Appends to an institution as it was seen (0 adds it). An organisation is in an office's programme once. */
export async function appendInstitution(
  tx: EnquiryTx,
  no: SubjectNo,
  seen: number,
  events: readonly InstitutionEvent[],
): Promise<Institution | Conflict> {
  const appended = await appendEvents(tx, no, seen, events)
  if (appended !== 'appended') return appended
  const after = await loadInstitution(tx, no)
  if (after === null) throw new Error(`institution ${no} has no events after some were appended`)
  await projectInstitution(tx, after)
  return after
}

export async function projectInstitution(tx: EnquiryTx, after: Institution): Promise<void> {
  const { no, office, name, creditCode, keyArea, reached, next, sequence } = after
  const id = institutionOrganisation(after)
  const values = {
    no,
    seq: sequence,
    office,
    name,
    credit_code: creditCode,
    organisation_id: id,
    key_area: keyArea,
    stage: furthest(after),
    guided_on: reached.guided ?? null,
    next_action: next?.action ?? null,
    next_on: next?.on ?? null,
  }
  await tx
    .insertInto('institution')
    .values(values)
    .onConflict((conflict) => conflict.column('no').doUpdateSet(values))
    .execute()
  await contribute(tx, { source: 'institution', id: no, office }, institutionParts(after))
  await refreshOrganisation(tx, office, id)
}

/** What tells the institution apart, as an organisation that asks is told apart. */
export function institutionOrganisation({ name, creditCode }: Pick<Institution, 'name' | 'creditCode'>): string {
  const id = organisationId({ name, ...(creditCode === null ? {} : { creditCode }) })
  if (id === null) throw new Error(`an institution without a name: ${name}`)
  return id
}

/** The number an organisation has in an office's programme, or null where it is not in it. */
export async function institutionOf(db: EnquiryDb, office: string, organisation: string): Promise<string | null> {
  const row = await db
    .selectFrom('institution')
    .select('no')
    .where('office', '=', office)
    .where('organisation_id', '=', organisation)
    .executeTakeFirst()
  return row?.no ?? null
}

export async function appendBriefing(
  tx: EnquiryTx,
  no: SubjectNo,
  seen: number,
  events: readonly BriefingEvent[],
): Promise<Briefing | Conflict> {
  const appended = await appendEvents(tx, no, seen, events)
  if (appended !== 'appended') return appended
  const after = await loadBriefing(tx, no)
  if (after === null) throw new Error(`briefing ${no} has no events after some were appended`)
  await projectBriefing(tx, after)
  return after
}

export async function projectBriefing(tx: EnquiryTx, after: Briefing): Promise<void> {
  const { no, office, heldOn, title, audience, sequence } = after
  const values = { no, seq: sequence, office, held_on: heldOn, title, audience }
  await tx
    .insertInto('briefing')
    .values(values)
    .onConflict((conflict) => conflict.column('no').doUpdateSet(values))
    .execute()
  await contribute(tx, { source: 'briefing', id: no, office }, briefingParts(after))
}

/** Every institution of an office's programme, by area, then by what is due next. */
export async function institutions(db: EnquiryDb, office: string): Promise<readonly Institution[]> {
  const rows = await db
    .selectFrom('institution')
    .innerJoin('desk_event', 'desk_event.subject', 'institution.no')
    .select(['institution.no', 'event'])
    .where('institution.office', '=', office)
    .orderBy('key_area')
    .orderBy('next_on')
    .orderBy('institution.no')
    .orderBy('desk_event.seq')
    .execute()
  return [...Map.groupBy(rows, ({ no }) => no).values()].flatMap(
    (own) => foldInstitution(own.map(({ event }) => event as InstitutionEvent)) ?? [],
  )
}

/** The briefings of an office, the latest first. */
export async function briefings(db: EnquiryDb, office: string): Promise<readonly Briefing[]> {
  const rows = await db
    .selectFrom('briefing')
    .innerJoin('desk_event', 'desk_event.subject', 'briefing.no')
    .select(['briefing.no', 'event'])
    .where('briefing.office', '=', office)
    .orderBy('held_on', 'desc')
    .orderBy('briefing.no', 'desc')
    .orderBy('desk_event.seq')
    .execute()
  return [...Map.groupBy(rows, ({ no }) => no).values()].flatMap(
    (own) => foldBriefing(own.map(({ event }) => event as BriefingEvent)) ?? [],
  )
}
