import { sql } from 'kysely'
import { eventsOf } from './desk-store.ts'
import type { EnquiryTx, Segment } from './desk-store.ts'
import { prefixes } from './desk.ts'
import type { SubjectKind, SubjectNo } from './desk.ts'
import { foldEnquiry } from './enquiry.ts'
import type { EnquiryEvent } from './enquiry.ts'
import { loadInterpretation, projectInterpretation } from './interpretation-store.ts'
import { loadBriefing, loadInstitution, projectBriefing, projectInstitution } from './programme-store.ts'
import { project } from './store.ts'

/**
 * Builds everything that is read from the events anew: after a new dictionary, or to prove that nothing was lost. Parts
 * that cases add to the figures are taken away too; who keeps the cases adds them again.
 */
export async function rebuild(tx: EnquiryTx, segment: Segment): Promise<void> {
  await sql`truncate enquiry, answer_group, contradiction, told_facts, interpretation_version, institution, briefing,
    organisation, figure_part, figure_total`.execute(tx)
  for (const no of await subjects(tx, 'institution')) {
    const found = await loadInstitution(tx, no)
    if (found !== null) await projectInstitution(tx, found)
  }
  for (const no of await subjects(tx, 'briefing')) {
    const found = await loadBriefing(tx, no)
    if (found !== null) await projectBriefing(tx, found)
  }
  for (const no of await subjects(tx, 'interpretation')) {
    const found = await loadInterpretation(tx, no)
    if (found !== null) await projectInterpretation(tx, found, segment)
  }
  for (const no of await subjects(tx, 'enquiry')) {
    const found = foldEnquiry(await eventsOf<EnquiryEvent>(tx, no))
    if (found !== null) await project(tx, null, found, segment)
  }
}

async function subjects(tx: EnquiryTx, kind: SubjectKind): Promise<readonly SubjectNo[]> {
  const rows = await tx
    .selectFrom('desk_event')
    .select('subject')
    .where('seq', '=', 1)
    .where('subject', 'like', `${prefixes[kind]}-%`)
    .orderBy('subject')
    .execute()
  return rows.map(({ subject }) => subject as SubjectNo)
}
