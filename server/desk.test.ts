import { append, load, nextCaseNo, caseNo } from '@tongguan/casework'
import type { CaseEvent } from '@tongguan/casework'
import { addDays, extensionWindowBefore, legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { aDeclaration, anAssessedCase } from '../casework/case.makers.ts'
import type { QueuePage, Desk } from './contract/client.ts'
import { sendMail } from './mail.ts'
import { Browser, aCase, aServer, bodyOf, emailOf, own, password, today } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'
import { fireReminders } from './reminders.ts'
import type { Problem } from './contract/client.ts'

forEachDatabase('the desk', (open) => {
  async function started() {
    const records: Records = await open<Tables>(migrations)
    const { server, app, end } = await aServer(records)
    const signedIn = async (name: string) => {
      const browser = new Browser(app)
      await browser.signIn(name, password)
      return browser
    }
    return { records, server, signedIn, end }
  }

  test('an officer sees the queues of the own office, pulls the most urgent case and hands it over', async () => {
    const { server, signedIn, end } = await started()
    const first = await aCase(server)
    await aCase(server, { events: 3 })
    const desk = await signedIn('deskOfficer')
    const before = await bodyOf<Desk>(await desk.get('/v1/desk'))
    expect(before.queues.find(({ queue }) => queue === 'check')).toMatchObject({ cases: 1, late: 1 })
    const pull = () => desk.post('/v1/desk/pull', {}, { key: 'pull-once-1' })
    expect(await bodyOf(await pull())).toEqual({ caseNo: first })
    // Sent again after a lost line: the same case, not another.
    expect(await bodyOf(await pull())).toEqual({ caseNo: first })
    expect(await bodyOf(await desk.post('/v1/desk/pull', {}))).toEqual({ caseNo: null })
    const { cases } = await bodyOf<QueuePage>(await desk.get('/v1/desk/cases?mine=true'))
    expect(cases.map(({ caseNo, late }) => [caseNo, late])).toEqual([[first, true]])
    const give = (body: object) => desk.post('/v1/desk/assignments', { caseNo: first, seen: 'deskOfficer', ...body })
    const codeOf = async (answer: Response) => (await bodyOf<Problem>(answer)).code
    expect(await codeOf(await give({ to: 'assessor' }))).toBe('desk.no-such-officer')
    expect(await codeOf(await give({ to: null, seen: null }))).toBe('desk.taken')
    expect(await bodyOf(await give({ to: null }))).toEqual({ caseNo: first, assignee: null })
    const assessor = await signedIn('assessor')
    expect((await bodyOf<QueuePage>(await assessor.get('/v1/desk/cases'))).cases).toHaveLength(1)
    end()
  })

  test('an absence is one’s own to tell, or the supervisor’s: nobody pulls a colleague’s case by telling it for them', async () => {
    const { server, signedIn, end } = await started()
    const no = await aCase(server, { events: 3 })
    const [first, second] = [await signedIn('assessor'), await signedIn('assessor.second')]
    expect(await bodyOf(await first.post('/v1/desk/pull', {}))).toEqual({ caseNo: no })
    const away = (by: Browser, officer?: string) =>
      by.post('/v1/desk/absences', { firstDay: today, lastDay: today, ...(officer === undefined ? {} : { officer }) })
    const said = async (answer: Response) => [answer.status, (await bodyOf<Problem>(answer)).code]
    expect(await said(await away(second, 'assessor'))).toEqual([403, 'desk.absence-not-yours'])
    expect(await bodyOf(await second.post('/v1/desk/pull', {}))).toEqual({ caseNo: null })

    const supervisor = await signedIn('supervisor.national')
    expect((await bodyOf<QueuePage>(await supervisor.get('/v1/desk/cases'))).cases).toHaveLength(1)
    expect(await said(await supervisor.post('/v1/desk/pull', {}))).toEqual([403, 'rights.not-yours'])
    const assign = (to: string | null, reason?: string) =>
      supervisor.post('/v1/desk/assignments', {
        caseNo: no,
        to,
        seen: 'assessor',
        ...(reason === undefined ? {} : { reason }),
      })
    expect(await said(await assign('assessor.second'))).toEqual([422, 'desk.no-reason'])
    // Whoever looks over the cases, or decides who may, is given none.
    for (const nobody of ['supervisor.national', 'administrator.national', 'deskOfficer']) {
      expect(await said(await assign(nobody, '改派'))).toEqual([422, 'desk.no-such-officer'])
    }
    expect(await bodyOf(await assign('assessor.second', '改派'))).toEqual({ caseNo: no, assignee: 'assessor.second' })
    expect((await first.get(`/v1/cases/${no}`)).status).toBe(404)
    // The officer is ill and cannot tell it: the supervisor does, and then a colleague may take the case.
    expect((await away(supervisor, 'assessor.second')).status).toBe(200)
    expect(await bodyOf(await first.post('/v1/desk/pull', {}))).toEqual({ caseNo: no })
    end()
  })

  test('the cases of whoever leaves wait in the queue again', async () => {
    const { server, signedIn, end } = await started()
    const no = await aCase(server, { events: 3 })
    const [leaver, administrator] = [await signedIn('assessor'), await signedIn('administrator.national')]
    await leaver.post('/v1/desk/pull', {})
    expect((await administrator.ask('DELETE', '/v1/organisation/members/assessor')).status).toBe(204)
    const second = await signedIn('assessor.second')
    expect(await bodyOf(await second.post('/v1/desk/pull', {}))).toEqual({ caseNo: no })
    end()
  })

  test('each reminder is fired once, by e-mail to whom it concerns, and read in the portal', async () => {
    const { records, server, signedIn, end } = await started()
    const catcher = await catchMail()
    await aCase(server)
    const fired = await Promise.all([fireReminders(records, today), fireReminders(records, today)])
    expect(fired[0] + fired[1]).toBe(3)
    expect(await fireReminders(records, today)).toBe(0)
    // Nobody has the case, so everybody of its province's office is told, and nobody else.
    const office = await records.db
      .selectFrom('auth_member')
      .select('user_id')
      .where('organization_id', '=', 'province')
      .execute()
    const told = 3 * office.length
    expect(await sendMail(records, catcher.settings)).toBe(told)
    expect(await sendMail(records, catcher.settings)).toBe(0)
    await catcher.end()
    expect(new Set(catcher.caught.map(({ to }) => to))).toEqual(new Set(office.map(({ user_id }) => emailOf(user_id))))
    expect(new Set(catcher.caught.map(({ id }) => id)).size).toBe(told)
    const desk = await signedIn('deskOfficer')
    const { notices } = await bodyOf<{ notices: { id: string }[] }>(await desk.get('/v1/notices'))
    expect(notices).toHaveLength(3)
    await desk.post('/v1/notices/read', { ids: notices.map(({ id }) => id) })
    expect(await bodyOf(await desk.get('/v1/notices'))).toEqual({ notices: [] })
    await expect(records.db.updateTable('case_reminder').set({ fired_on: null }).execute()).rejects.toThrow(
      /was fired on/,
    )
    end()
  })

  test('a mail that cannot be sent waits, and says why', async () => {
    const { records, server, end } = await started()
    await aCase(server)
    await fireReminders(records, today)
    expect(await sendMail(records, { url: 'smtp://127.0.0.1:1', from: 'desk@test.example' })).toBe(0)
    const waiting = await records.db
      .selectFrom('mail')
      .select(['sent_at', 'last_error'])
      .where('tries', '>', 0)
      .execute()
    expect(waiting).toMatchObject([{ sent_at: null, last_error: expect.stringContaining('ECONNREFUSED') as string }])
    end()
  })

  test('three years of a case go by in seconds: every reminder is fired once, on its day', async () => {
    const { records, end } = await started()
    await leave(records, 'handlerOfficer.second')
    const no = await nextCaseNo(records.db, legalDate('2026-03-02'))
    const declaration = aDeclaration({ handler: { name: 'a handler', ciio: false, ...own } })
    const life = anAssessedCase(caseNo(no)).map((event): CaseEvent =>
      event.kind === 'declared' ? { ...event, declaration } : event,
    )
    let lived = 0
    for (let day = legalDate('2026-03-02'); day <= legalDate('2029-05-31'); day = nextDayWithWork(day, life[lived])) {
      while (life[lived] !== undefined && (life[lived]?.day ?? day) <= day) {
        await append(records.db, no, lived, life.slice(lived, lived + 1))
        lived += 1
      }
      await fireReminders(records, day)
    }
    const reminders = await records.db
      .selectFrom('case_reminder')
      .select(['clock', 'what', 'on_day', 'fired_on'])
      .orderBy('on_day')
      .execute()
    expect(reminders.filter(({ fired_on }) => fired_on === null)).toEqual([])
    expect(reminders.filter(({ clock }) => clock === 'validity').map(({ what, on_day }) => [what, on_day])).toEqual([
      ...extensionWindowBefore(legalDate('2029-05-20')).reminders.map((on) => ['extension-window', on]),
      ['today', '2029-05-20'],
    ])
    expect(reminders.every(({ on_day, fired_on }) => fired_on === on_day)).toBe(true)
    const notices = await records.db.selectFrom('notice').select(['account', 'en', 'day']).execute()
    // Nothing is said twice to anybody.
    expect(new Set(notices.map(({ account, en, day }) => `${account} ${en} ${day}`)).size).toBe(notices.length)
    // An administrator sees no case, and whoever has left is told of none.
    const told = new Set(notices.map(({ account }) => account))
    expect([...told].filter((account) => account.startsWith('handlerOfficer'))).toEqual(['handlerOfficer'])
    expect([...told].filter((account) => account.startsWith('administrator'))).toEqual([])
    expect((await load(records.db, no))?.status).toBe('decided')
    end()
  })

  test('a calendar holds the dates of one’s cases, and its old address ends with a new one', async () => {
    const { server, signedIn, end } = await started()
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    await desk.post('/v1/desk/pull', {})
    const address = async () => (await bodyOf<{ path: string }>(await desk.post('/v1/calendars', {}))).path
    const first = await address()
    const stranger = new Browser((await aServer(server.records, {}, { accounts: 'there' })).app)
    const calendar = await stranger.get(first)
    expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const text = await calendar.text()
    expect(text).toContain('DTSTART;VALUE=DATE:20260309')
    expect(text).toContain(no)
    expect(text).not.toContain('a handler')
    const second = await address()
    expect((await stranger.get(first)).status).toBe(404)

    const statusAs = async (role: string) => {
      await server.records.db.updateTable('auth_member').set({ role }).where('user_id', '=', 'deskOfficer').execute()
      return (await stranger.get(second)).status
    }
    // An administrator sees no case, not even one's own of yesterday.
    expect([await statusAs('administrator'), await statusAs('deskOfficer')]).toEqual([404, 200])
    await leave(server.records, 'deskOfficer')
    expect((await stranger.get(second)).status).toBe(404)
    end()
  })
})

async function leave({ db }: Records, account: string): Promise<void> {
  await db.updateTable('auth_user').set({ off_boarded_at: new Date() }).where('id', '=', account).execute()
}

/** The days on which something may happen are enough; the others are the same as the day before. */
function nextDayWithWork(day: LegalDate, next: CaseEvent | undefined): LegalDate {
  const isQuiet = next === undefined && legalDate('2026-08-01') < day && day < legalDate('2029-01-01')
  return addDays(day, isQuiet ? 30 : 1)
}

async function catchMail() {
  const caught: { readonly to: string; readonly id: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const id = /^Message-ID: (.*)$/im.exec(Buffer.concat(parts).toString('utf8'))?.[1] ?? ''
        caught.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), id })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    caught,
    settings: { url: `smtp://127.0.0.1:${port}`, from: 'desk@test.example' },
    end: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
      }),
  }
}
