// One random history lived on a database: after each command the case in the store is the fold of its events, and what
// is derived from it (the desk, the queues, the reminders) is what the case alone says.
import { addDays, legalDate } from '@tongguan/law'
import type { Kysely } from 'kysely'
import { afterEvent, append, decide, deskRowOf, load, nextCaseNo, rebuildDesk, remindersOf } from '@tongguan/casework'
import type { Case, CaseNo, CaseworkTables } from '@tongguan/casework'
import { drawCommand, drawKind, wrongIn } from './histories.ts'

const firstDay = legalDate('2026-01-05')

/** Decides a history of `length` commands without a database. Pure. */
export function dream(below: (n: number) => number, length: number, no: CaseNo) {
  const kind = drawKind(below)
  const wrong: string[] = []
  let current: Case | null = null
  for (let at = 0; at < length; at++) {
    const day = addDays(current?.lastDay ?? firstDay, below(9))
    const command = drawCommand(current, { caseKind: kind, caseNo: no, day, below })
    const decided = decide(current, command)
    const after: Case | null =
      decided.kind === 'decided' ? decided.events.reduce<Case | null>(afterEvent, current) : current
    const found = wrongIn(current, command, kind, after)
    if (found !== undefined) wrong.push(`${kind}: ${found}`)
    current = after
  }
  return { wrong, end: current }
}

/** The same on a database; what was wrong, in words. */
export async function live(db: Kysely<CaseworkTables>, below: (n: number) => number, length: number) {
  const no = await nextCaseNo(db, firstDay)
  const kind = drawKind(below)
  const wrong: string[] = []
  let current: Case | null = null
  for (let at = 0; at < length; at++) {
    const day = addDays(current?.lastDay ?? firstDay, below(9))
    const command = drawCommand(current, { caseKind: kind, caseNo: no, day, below })
    const decided = decide(current, command)
    if (decided.kind === 'decided') {
      const appended = await append(db, no, current?.sequence ?? 0, decided.events)
      if (appended.kind === 'conflict') wrong.push(`${kind}: a conflict with nobody`)
    }
    const stored = await load(db, no)
    const found = wrongIn(current, command, kind, stored)
    if (found !== undefined) wrong.push(`${kind}: ${found}`)
    const incremental: Case | null =
      decided.kind === 'decided' ? decided.events.reduce<Case | null>(afterEvent, current) : current
    if (!same(stored, incremental)) wrong.push(`${kind}: the fold of the store is not the case made piece by piece`)
    current = stored
  }
  if (current !== null) wrong.push(...(await wrongOnDesk(db, current)))
  return wrong
}

async function wrongOnDesk(db: Kysely<CaseworkTables>, current: Case): Promise<readonly string[]> {
  const row = () => db.selectFrom('case_desk').selectAll().where('no', '=', current.no).executeTakeFirst()
  const kept = await row()
  const { assignee: _, ...derived } = kept ?? { assignee: null }
  const reminders = await db
    .selectFrom('case_reminder')
    .select(['clock', 'on_day'])
    .where('case_no', '=', current.no)
    .execute()
  const wanted = remindersOf(current).map(({ clock, on }) => `${clock} ${on}`)
  return [
    ...(same(derived, deskRowOf(current)) ? [] : [`${current.kind}: the desk says something else than the case`]),
    ...(same(reminders.map(({ clock, on_day }) => `${clock} ${on_day}`).sort(), [...new Set(wanted)].sort())
      ? []
      : [`${current.kind}: the reminders are not those of the case`]),
  ]
}

/** Whether making every row again leaves the desk as it was. */
export async function rebuildChanges(db: Kysely<CaseworkTables>): Promise<boolean> {
  const all = () => db.selectFrom('case_desk').selectAll().orderBy('no').execute()
  const before = await all()
  await rebuildDesk(db)
  return !same(before, await all())
}

function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
