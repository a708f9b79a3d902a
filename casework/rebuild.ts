import { createHash } from 'node:crypto'
import { holidayYears } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { caseNo } from './case.ts'
import type { CaseNo } from './case.ts'
import type { Count } from './clocks.ts'
import { project } from './project.ts'
import { deskRowOf } from './queues.ts'
import { load } from './store.ts'
import type { CaseworkDb } from './store.ts'

/** A case whose statutory date another calendar moved. */
export interface Moved {
  readonly no: CaseNo
  readonly clock: string
  readonly before: LegalDate
  readonly after: LegalDate
}

/** Projects every case that has no row on the desk yet: after a migration, an import, a restore. How many there were. */
export async function projectMissing(db: CaseworkDb): Promise<number> {
  const rows = await db
    .selectFrom('case_file')
    .select('no')
    .where((where) =>
      where.not(where.exists(where.selectFrom('case_desk').select('no').whereRef('case_desk.no', '=', 'case_file.no'))),
    )
    .execute()
  for (const { no } of rows) await projectCase(db, caseNo(no))
  return rows.length
}

/** Makes every row on the desk again from the events alone. */
export async function rebuildDesk(db: CaseworkDb): Promise<void> {
  for (const { no } of await db.selectFrom('case_file').select('no').orderBy('no').execute()) {
    await projectCase(db, caseNo(no))
  }
}

/** Projects one case from its events alone. Throws when they do not fold. */
export async function projectCase(db: CaseworkDb, no: CaseNo): Promise<void> {
  const current = await load(db, no)
  if (current !== null) await project(db, current)
}

/**
 * Counts the dates of every open case anew when the calendar has been corrected since they were counted, and writes down
 * which moved. The same calendar again moves nothing. All in one transaction: dates of two calendars never stand mixed.
 */
export async function recountDates(
  db: CaseworkDb,
  on: LegalDate,
  calendar: { readonly fingerprint: string; readonly count?: Count } = { fingerprint: calendarFingerprint() },
): Promise<readonly Moved[]> {
  const { fingerprint, count } = calendar
  const recount = async (tx: CaseworkDb) => {
    const counted = await tx.selectFrom('case_calendar').select('fingerprint').forUpdate().executeTakeFirst()
    if (counted?.fingerprint === fingerprint) return []
    await tx
      .insertInto('case_calendar')
      .values({ fingerprint })
      .onConflict((conflict) => conflict.column('only_one').doUpdateSet({ fingerprint }))
      .execute()
    const open = await tx
      .selectFrom('case_desk')
      .select(['no', 'due', 'due_kind'])
      .where('queue', 'is not', null)
      .where('due', 'is not', null)
      .execute()
    const moved: Moved[] = []
    for (const { no, due: before, due_kind: clock } of open) {
      const current = await load(tx, caseNo(no))
      if (current === null || before === null || clock === null) continue
      await project(tx, current, count)
      const { due: after } = deskRowOf(current, count)
      if (after !== null && after !== before) moved.push({ no: current.no, clock, before, after })
    }
    if (moved.length > 0) {
      await tx
        .insertInto('case_due_moved')
        .values(
          moved.map(({ no, clock, before, after }) => ({
            case_no: no,
            fingerprint,
            due_kind: clock,
            before,
            after,
            day: on,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    return moved
  }
  return db.isTransaction ? recount(db) : db.transaction().execute(recount)
}

/** Names the holiday tables dates are counted by. */
export function calendarFingerprint(): string {
  const years = [...holidayYears.values()].map(({ off, worked, ...rest }) => ({
    ...rest,
    off: [...off],
    worked: [...worked],
  }))
  return createHash('sha256').update(JSON.stringify(years)).digest('hex')
}
