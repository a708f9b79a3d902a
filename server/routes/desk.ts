import {
  assign,
  caseKindWords,
  caseNo,
  giveSight,
  knownTo,
  loads,
  pullNext,
  queue,
  queueCounts,
  queues,
  setAbsence,
  statusWords,
  workQueues,
  worksOn,
} from '@tongguan/casework'
import type { Office, Queue, QueuedCase } from '@tongguan/casework'
import { deadlineKinds, deadlineWords, legalDate } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import { boundReader, guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { calendarFeed, makeCalendarFeed } from '../calendar-feed.ts'
import { noteAccess } from '../case-access.ts'
import { clockOf } from '../case-page.ts'
import { onceAsked } from '../idempotency.ts'
import type { once } from '../idempotency.ts'
import { RequestProblem } from '../problem.ts'
import { unreadNotices } from '../notices.ts'

/** The officers' desk: queues, who has what, notices and calendars. */
export function deskRoutes(app: App, server: Server): void {
  const { records, clock } = server
  const { db } = records

  app.openapi(guarded(server, 'getDesk'), async (c) => {
    const office = officeOf(c)
    const on = clock.on()
    const counts = await queueCounts(db, office, on)
    const load = await loads(db, office, on)
    const officers = (await peopleOf(server, c)).filter(({ works }) => works)
    const notices = await unreadNotices(records, c.get('viewer').id)
    return c.json(
      {
        queues: queues.map((one) => {
          const found = counts.find(({ queue }) => queue === one)
          return {
            queue: one,
            words: queueWords[one],
            work: workQueues.includes(one),
            cases: found?.cases ?? 0,
            late: found?.late ?? 0,
          }
        }),
        officers: officers.map(({ id, name }) => {
          const own = load.find(({ officer }) => officer === id)
          return { account: id, name, cases: own?.cases ?? 0, late: own?.late ?? 0, away: own?.away ?? false }
        }),
        notices: notices.length,
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'listQueue'), async (c) => {
    const { queue: asked, mine, cursor, limit = 20 } = c.req.valid('query')
    const on = clock.on()
    const found = await queue(db, officeOf(c), {
      on,
      limit: limit + 1,
      ...officerBound(c),
      ...(asked === undefined ? {} : { queue: asked }),
      ...(mine === 'true' ? { assignee: c.get('viewer').id } : {}),
      ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
    })
    const officers = new Map((await peopleOf(server, c)).map(({ id, name }) => [id, name]))
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : undefined
    return c.json(
      {
        cases: shown.map((one) => queuedCase(one, officers, on)),
        next: last === undefined ? null : Buffer.from(`${last.due ?? ''} ${last.no}`).toString('base64url'),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'pullNext'), async (c) => {
    const { queue: from } = c.req.valid('json')
    const officer = c.get('viewer').id
    const answered = await onceHere(server, c, async (tx) => ({
      caseNo: await pullNext(tx, officeOf(c), {
        officer,
        day: clock.on(),
        ...(from === undefined ? {} : { from: [from] }),
      }),
    }))
    return c.json(answered, 200)
  })

  app.openapi(guarded(server, 'assignCase'), async (c) => {
    const { caseNo: no, to, seen, reason } = c.req.valid('json')
    if (to !== null) await mustWorkHere(server, c, to)
    const { id: by, role } = c.get('viewer')
    const asSupervisor = role === 'supervisor'
    if (asSupervisor && (reason ?? '').trim() === '') throw new RequestProblem('desk.no-reason', { case: no })
    const answered = await onceHere(server, c, async (tx) => {
      const assigned = await assign(tx, officeOf(c), caseNo(no), {
        to,
        by,
        day: clock.on(),
        seen,
        asSupervisor,
        ...(reason === undefined ? {} : { reason }),
      })
      if (assigned.kind === 'refused') {
        throw new RequestProblem(assigned.code === 'desk.not-yours' ? 'case.not-found' : assigned.code, { case: no })
      }
      return { caseNo: no, assignee: assigned.assignee }
    })
    return c.json(answered, 200)
  })

  app.openapi(guarded(server, 'giveSight'), async (c) => {
    const { to, reason } = c.req.valid('json')
    const viewer = c.get('viewer')
    const { no } = c.get('case')
    await mustWorkHere(server, c, to)
    const reader = boundReader(viewer)
    if (reader !== undefined && !(await worksOn(db, no, reader))) {
      throw new RequestProblem('sight.not-yours-to-give', { case: no })
    }
    const answered = await onceHere(server, c, async (tx) => {
      await giveSight(tx, no, { to, by: viewer.id, reason, day: clock.on() })
      // The supervisor finds it among the looks into the case.
      await noteAccess(tx, { caseNo: no, operation: 'giveSight', viewer, at: server.accounts.now() })
      return { caseNo: no, to, reason }
    })
    return c.json(answered, 200)
  })

  app.openapi(guarded(server, 'setAbsence'), async (c) => {
    const { id: by, role } = c.get('viewer')
    const { officer = by, firstDay, lastDay } = c.req.valid('json')
    // Whoever writes a colleague down as away could pull the colleague's case, and read it.
    if (officer !== by && role !== 'supervisor') throw new RequestProblem('desk.absence-not-yours')
    await mustWorkHere(server, c, officer)
    if (lastDay < firstDay) throw new RequestProblem('desk.absence-backwards', { first: firstDay, last: lastDay })
    await setAbsence(db, { officer, firstDay, lastDay, by })
    return c.json({ officer, firstDay, lastDay }, 200)
  })

  app.openapi(guarded(server, 'listMovedDates'), async (c) => {
    const office = officeOf(c)
    const rows = await db
      .selectFrom('case_due_moved')
      .innerJoin('case_desk', 'no', 'case_no')
      .where(knownTo({ office, officer: c.get('viewer').id }))
      .select(['case_no', 'case_due_moved.due_kind', 'before', 'after', 'day'])
      .where('desk', '=', office.desk)
      .$if(office.desk === 'province', (query) =>
        query.where('province', '=', office.desk === 'province' ? office.province : ''),
      )
      .orderBy('day', 'desc')
      .orderBy('case_no')
      .limit(500)
      .execute()
    const moved = rows.map(({ case_no, due_kind, ...days }) => ({
      caseNo: case_no,
      words: dueWords(due_kind) ?? queueWords.results,
      ...days,
    }))
    return c.json({ moved }, 200)
  })

  app.openapi(guarded(server, 'listNotices'), async (c) => {
    const notices = await unreadNotices(records, c.get('viewer').id)
    return c.json(
      { notices: notices.map(({ id, case_no, zh, en, day }) => ({ id, caseNo: case_no, day, words: { zh, en } })) },
      200,
    )
  })

  app.openapi(guarded(server, 'readNotices'), async (c) => {
    const { ids } = c.req.valid('json')
    if (ids.length > 0) {
      await db
        .updateTable('notice')
        .set({ read_at: new Date() })
        .where('account', '=', c.get('viewer').id)
        .where('id', 'in', ids)
        .where('read_at', 'is', null)
        .execute()
    }
    return c.body(null, 204)
  })

  app.openapi(guarded(server, 'makeCalendar'), async (c) => {
    const token = await makeCalendarFeed(records, c.get('viewer'))
    return c.json({ path: `/v1/calendars/${token}` }, 200)
  })

  app.openapi(guarded(server, 'getCalendar'), async (c) => {
    const calendar = await calendarFeed(records, c.req.valid('param').token)
    if (calendar === null) throw new RequestProblem('calendar.not-found')
    return c.body(calendar, 200, { 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'no-store' })
  })
}

/** The desk of the one who asks. A handler has none; the rights table lets none here. */
function officeOf(c: AppContext): Office {
  const { organisation } = c.get('viewer')
  return organisation.province === null ? { desk: 'national' } : { desk: 'province', province: organisation.province }
}

/** Whose cases alone are listed: an officer's own and what waits; everybody's for the supervisor. */
function officerBound(c: AppContext): { readonly officer?: string } {
  const reader = boundReader(c.get('viewer'))
  return reader === undefined ? {} : { officer: reader.officer }
}

/** Everybody of the office, also who has left: cases still name them. `works`: may be given a case. */
async function peopleOf(
  { records }: Server,
  c: AppContext,
): Promise<readonly { readonly id: string; readonly name: string; readonly works: boolean }[]> {
  const rows = await records.db
    .selectFrom('auth_member')
    .innerJoin('auth_user', 'auth_user.id', 'user_id')
    .select(['auth_user.id', 'auth_user.name', 'role', 'off_boarded_at'])
    .where('organization_id', '=', c.get('viewer').organisation.id)
    .orderBy('auth_user.name')
    .execute()
  return rows.map(({ id, name, role, off_boarded_at }) => ({
    id,
    name,
    works: off_boarded_at === null && (role === 'deskOfficer' || role === 'assessor'),
  }))
}

async function mustWorkHere(server: Server, c: AppContext, officer: string): Promise<void> {
  if (!(await peopleOf(server, c)).some(({ id, works }) => id === officer && works)) {
    throw new RequestProblem('desk.no-such-officer', { officer })
  }
}

function queuedCase(one: QueuedCase, officers: ReadonlyMap<string, string>, on: LegalDate) {
  const { no, kind, status, queue, handler_name, province, due, due_kind, announced, provisional, last_day, assignee } =
    one
  return {
    caseNo: no,
    kind,
    kindWords: caseKindWords[kind],
    status,
    statusWords: statusWords[status],
    queue,
    handlerName: handler_name,
    province,
    due,
    dueWords: dueWords(due_kind),
    announced,
    provisional,
    late: due !== null && due < on,
    lastDay: last_day,
    assignee:
      assignee === null
        ? null
        : { account: assignee, name: officers.get(assignee) ?? assignee, away: one.assignee_away },
  }
}

function dueWords(kind: string | null): Words | null {
  if (kind === null) return null
  const period = deadlineKinds.find((one) => one === kind)
  return period === undefined ? { zh: '有效期末日', en: 'last day of the result' } : deadlineWords[period]
}

const queueWords = {
  check: { zh: '待查验', en: 'To be checked' },
  completion: { zh: '待补正', en: 'With the handler, to be completed' },
  custody: { zh: '待签收', en: 'To be signed for' },
  acceptance: { zh: '待受理', en: 'Acceptance' },
  assessment: { zh: '评估中', en: 'Assessment' },
  supplement: { zh: '待补充材料', en: 'With the handler, supplement' },
  reassessment: { zh: '复评', en: 'Re-assessment' },
  extension: { zh: '延长有效期', en: 'Extensions' },
  inquiries: { zh: '举报与事件', en: 'Reports and complaints' },
  results: { zh: '已有结果', en: 'Results in force' },
} as const satisfies Record<Queue, Words>

function readCursor(cursor: string): { readonly due: LegalDate | null; readonly no: string } {
  try {
    const [due = '', no = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
    return { due: due === '' ? null : legalDate(due), no: caseNo(no) }
  } catch (error) {
    if (error instanceof RangeError) throw new RequestProblem('request.cursor')
    throw error
  }
}

/** Done once for an Idempotency-Key: who pulls again after a lost line gets the same case, not a second one. */
async function onceHere<Said extends object>(
  server: Server,
  c: AppContext,
  work: (tx: Parameters<Parameters<typeof once>[2]>[0]) => Promise<Said>,
): Promise<Said> {
  const { body } = await onceAsked(server, c, async (tx) => ({
    status: 200,
    headers: {},
    body: JSON.stringify(await work(tx)),
  }))
  // Written above, or by the same request before.
  return JSON.parse(body) as Said
}
