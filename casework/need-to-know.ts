import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import type { CaseNo } from './case.ts'
import type { Office } from './desk.ts'
import type { CaseworkDb } from './store.ts'

/** An officer at a desk: who may read there is asked by this. */
export interface OfficerAt {
  readonly office: Office
  readonly officer: string
}

/**
 * Which cases of `case_desk` an officer may read, beyond their being the office's:
 *
 *   on this desk, nobody's name on it ─▶ everybody of the desk, or nobody could take it
 *   on this desk, somebody's          ─▶ that officer
 *   no longer on this desk            ─▶ whoever worked on it there; everybody where nobody's name ever was on it
 *   sight given, or asked as expert   ─▶ that account
 */
export function knownTo({ office: { desk }, officer }: OfficerAt) {
  return sql<SqlBool>`(
    case_desk.assignee = ${officer}
    or (case_desk.desk is not distinct from ${desk} and case_desk.assignee is null)
    or (case_desk.desk is distinct from ${desk} and (
      exists (select from case_assignment a where a.case_no = case_desk.no and a.desk = ${desk} and a.assignee = ${officer})
      or not exists (select from case_assignment a where a.case_no = case_desk.no and a.desk = ${desk} and a.assignee is not null)))
    or exists (select from case_sight s where s.case_no = case_desk.no and s.account = ${officer})
    or exists (select from case_invitation i where i.case_no = case_desk.no and i.account = ${officer}
      and not exists (select from case_recusal r where r.invitation = i.id)))`
}

/** Whether this officer may read the case, its being the office's set aside. */
export async function knows(db: CaseworkDb, no: CaseNo, who: OfficerAt): Promise<boolean> {
  const found = await db
    .selectFrom('case_desk')
    .select('no')
    .where('no', '=', no)
    .where(knownTo(who))
    .executeTakeFirst()
  return found !== undefined
}

/** Whether this officer's name is or was on the case at the desk, so that they may show it to a colleague. */
export async function worksOn(db: CaseworkDb, no: CaseNo, { office, officer }: OfficerAt): Promise<boolean> {
  const found = await db
    .selectFrom('case_assignment')
    .select('assignee')
    .where('case_no', '=', no)
    .where('desk', '=', office.desk)
    .where('assignee', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.assignee === officer
}

/** Gives somebody sight of a case for a reason. It only grows: who had sight stays on record. */
export async function giveSight(
  db: CaseworkDb,
  no: CaseNo,
  sight: { readonly to: string; readonly by: string; readonly reason: string; readonly day: LegalDate },
): Promise<void> {
  const { to, by, reason, day } = sight
  await db.insertInto('case_sight').values({ case_no: no, account: to, by_officer: by, reason, day }).execute()
}
