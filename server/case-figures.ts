import { clocksOf, load, stateOfClock } from '@tongguan/casework'
import type { CaseNo, DeclaredCase } from '@tongguan/casework'
import { caseParts, contribute } from '@tongguan/enquiries'
import type { CaseForFigures, EnquiryTx } from '@tongguan/enquiries'
import { dayOf, addDays } from '@tongguan/law'
import type { Decision, LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './records.ts'

/** The tables that tell the figures which cases have changed. An applied one is never changed; add another. */
export const figureMigrations = [
  {
    id: 'server-enquiries-1',
    sql: `
-- A case that has grown since the figures last looked at it; written by whoever appends, in the same transaction.
create table figure_pending (case_no text primary key);
insert into figure_pending select no from case_file;
create function figure_case_grew() returns trigger language plpgsql as $$
begin
  insert into figure_pending (case_no) values (new.case_no) on conflict do nothing;
  return new;
end $$;
create trigger figure_case_grew after insert on case_event for each row execute function figure_case_grew();
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

export interface FigureTables {
  figure_pending: { case_no: string }
}

/**
 * Takes the cases that have grown since the last time into the figures, a hundred at a time, each hundred in one
 * transaction: killed in between, it goes on where it stopped. Called before figures are read.
 */
export async function countGrownCases(db: Kysely<Tables>): Promise<void> {
  for (let taken = someAtOnce; taken === someAtOnce;) {
    taken = await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ case_no: string }>`
        delete from figure_pending where case_no in (
          select case_no from figure_pending order by case_no limit ${someAtOnce} for update skip locked
        ) returning case_no`.execute(tx)
      for (const { case_no } of rows) {
        // The trigger wrote it from a case's own number.
        const current = await load(tx, case_no as CaseNo)
        if (current === null) continue
        // The figures are of declarations; what else the office keeps as a case has its own books.
        if (current.declaration === null) continue
        const office = current.declaration.handler.province
        const sector = await sectorOf(tx, office, current.declaration.handler.creditCode)
        // Reached through the tables of all trades; the enquiry desk sees its own.
        const own = tx as unknown as EnquiryTx
        await contribute(own, { source: 'case', id: case_no, office }, caseParts(forFigures(current, sector)))
      }
      return rows.length
    })
  }
}

const someAtOnce = 100

/** The key area the office knows the handler by; null where it knows none. */
async function sectorOf(tx: Kysely<Tables>, office: string, creditCode: string): Promise<string | null> {
  const row = await tx
    .selectFrom('institution')
    .select('key_area')
    .where('office', '=', office)
    .where('organisation_id', '=', creditCode)
    .executeTakeFirst()
  if (row !== undefined) return row.key_area
  const asked = await tx
    .selectFrom('organisation')
    .select('key_area')
    .where('office', '=', office)
    .where('id', '=', creditCode)
    .executeTakeFirst()
  return asked?.key_area ?? null
}

/** What figures need of a case. Pure. */
export function forFigures(current: DeclaredCase, sector: string | null): CaseForFigures {
  const { events, declaration } = current
  const declared = events[0]
  if (declared === undefined) throw new Error(`case ${current.no} has no events`)
  const confirmed = events.find(({ kind }) => kind === 'completenessConfirmed')
  const filings = events.filter(({ kind }) => kind === 'declared' || kind === 'redeclared').length
  const decided = events.findLast((event) => event.kind === 'resultIssued' || event.kind === 'reassessmentConcluded')
  const decision = decided !== undefined && 'decision' in decided ? decided.decision : null
  const supplemented = events.some(({ kind }) => kind === 'supplementRequested')
  return {
    declaredOn: declared.day,
    completeOn: confirmed?.day ?? null,
    filings,
    stages: clocksOf(current).flatMap((clock) => {
      const { kind, started, ended, announced } = clock
      // That the handler does not ask for a re-assessment is no stage that takes time.
      if (ended === null || kind === 're-assessment') return []
      const late = stateOfClock(clock, ended) === 'late'
      const cause = announced !== null ? 'announced' : supplemented && kind === 'assessment' ? 'supplement' : 'other'
      return [{ stage: kind, ended, workingDays: workingDaysBetween(started, ended), lateBy: late ? cause : null }]
    }),
    outcome: decision === null || decided === undefined ? null : { kind: decision.kind, on: decided.day },
    sector,
    destinations: declaration.scenarios.flatMap(({ recipients }) => recipients.map(({ country }) => country)),
    items: decision === null ? [] : itemsOf(current, decision),
  }
}

function itemsOf({ declaration }: DeclaredCase, decision: Decision): CaseForFigures['items'] {
  const passed = new Set(
    decision.kind === 'passed'
      ? decision.scenarios.flatMap(({ id, passedItems }) => passedItems.map((item) => `${id}\n${item}`))
      : [],
  )
  return declaration.scenarios.flatMap(({ id, items }) =>
    items.map(({ name, kind }) => ({ kind, passed: passed.has(`${id}\n${name}`) })),
  )
}

/** Working days after `from` up to and including `to`: what a period that ran in between has used. */
function workingDaysBetween(from: LegalDate, to: LegalDate): number {
  let days = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (dayOf(day).works) days += 1
  return days
}
