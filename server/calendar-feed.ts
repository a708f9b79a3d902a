import { deadlineKinds, deadlineWords } from '@tongguan/law'
import ical from 'ical-generator'
import { createHash, randomBytes } from 'node:crypto'
import type { Viewer } from './accounts.ts'
import type { Records } from './records.ts'
import { relationOf, rolesOf } from './rights.ts'

/** A new secret address of this account's calendar; the one before ends. Only its hash is kept. */
export async function makeCalendarFeed({ db }: Records, viewer: Viewer): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const token_sha256 = hash(token)
  await db
    .insertInto('calendar_feed')
    .values({ account: viewer.id, token_sha256 })
    .onConflict((conflict) => conflict.column('account').doUpdateSet({ token_sha256 }))
    .execute()
  return token
}

/**
 * The dates of the cases an officer has, or of a handler's own, as RFC 5545; null for a token that is none, and for that of
 * an account that was off-boarded or whose role has no calendar any more. Days only: a calendar program on a telephone is
 * told no more of a case than its number and the period.
 */
export async function calendarFeed({ db }: Records, token: string): Promise<string | null> {
  const feed = await db
    .selectFrom('calendar_feed')
    .innerJoin('auth_member', 'user_id', 'account')
    .innerJoin('auth_organization', 'auth_organization.id', 'organization_id')
    .innerJoin('auth_user', 'auth_user.id', 'account')
    .select(['account', 'role', 'kind', 'credit_code'])
    .where('token_sha256', '=', hash(token))
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  const role = feed === undefined ? undefined : rolesOf[feed.kind].find((known) => known === feed.role)
  if (feed === undefined || role === undefined || relationOf('makeCalendar', role, feed.kind) === undefined) return null
  const cases = await db
    .selectFrom('case_desk')
    .select(['no', 'due', 'due_kind', 'announced', 'provisional'])
    .where('due', 'is not', null)
    .$if(feed.kind === 'handler', (query) =>
      query.where('credit_code', '=', feed.credit_code).where('kind', '<>', 'complaint'),
    )
    .$if(feed.kind !== 'handler', (query) => query.where('assignee', '=', feed.account))
    .orderBy('due')
    .orderBy('no')
    .limit(1000)
    .execute()
  const calendar = ical({ name: '通关 Tongguan', prodId: '//Tongguan//Desk//ZH', timezone: 'UTC' })
  for (const { no, due, due_kind: kind, announced, provisional } of cases) {
    const period = deadlineKinds.find((one) => one === kind)
    const words =
      period === undefined ? { zh: '评估结果有效期末日', en: 'last day of the result' } : deadlineWords[period]
    calendar.createEvent({
      id: `${no}-${kind ?? ''}@tongguan`,
      start: dayOf(due ?? ''),
      allDay: true,
      stamp: dayOf(due ?? ''),
      summary: `${no} ${words.zh} / ${words.en}${provisional ? '（暂定 provisional）' : ''}`,
      ...(announced === null ? {} : { description: `告知的日期 announced: ${announced}` }),
    })
  }
  return calendar.toString()
}

function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
