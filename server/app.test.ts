import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { forEachDatabase } from '../test/databases.ts'
import type { OpenDatabase } from '../test/databases.ts'
import { aPass } from '../casework/case.makers.ts'
import type { CaseList, CasePage, Problem, Session } from './contract/client.ts'
import { Browser, aCase, aServer, bodyOf, other, today } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'
import { legalDate } from '@tongguan/law'

async function started(open: OpenDatabase, change: Parameters<typeof aServer>[1] = {}) {
  const records: Records = await open<Tables>(migrations)
  const { server, app, end } = await aServer(records, change)
  const signedIn = async (name: string) => {
    const browser = new Browser(app)
    expect((await browser.signIn(name)).status).toBe(200)
    return browser
  }
  return { server, app, records, signedIn, browser: new Browser(app), end }
}

const problemOf = (response: Response) => bodyOf<Problem>(response)

forEachDatabase('the API', (open) => {
  test('a desk officer takes the next step, and the page says what may follow', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const before = await desk.get(`/v1/cases/${no}`)
    expect(before.headers.get('etag')).toBe('"1"')
    const page = await bodyOf<CasePage>(before)
    expect(page.next.map(({ command, mine, href }) => [command, mine, href])).toEqual([
      ['confirmCompleteness', true, `/v1/cases/${no}/completeness-check`],
      ['returnForCompletion', true, `/v1/cases/${no}/return-for-completion`],
      ['noteDefect', true, `/v1/cases/${no}/defect`],
      ['withdraw', false, null],
    ])
    expect(page.clocks[0]).toMatchObject({ kind: 'completeness-check', due: '2026-03-09', state: 'late' })
    expect(page.clocks[0]?.working.filter(({ counted }) => counted)).toHaveLength(5)
    expect(page.clock).toMatchObject({ on: today, stated: true })
    // A date the office missed gives nobody permission.
    expect(page.permission).toMatchObject({
      mayExport: false,
      words: { en: expect.stringContaining('you may not export') },
    })

    const done = await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1 })
    expect(done.status).toBe(200)
    expect(done.headers.get('etag')).toBe('"2"')
    const after = await bodyOf<CasePage>(done)
    expect(after).toMatchObject({ status: 'confirmed', sequence: 2 })
    expect(after.timeline.at(-1)).toMatchObject({
      kind: 'completenessConfirmed',
      day: today,
      actor: { kind: 'province', name: 'deskOfficer', office: 'office of province' },
    })
    expect(after.next.every(({ mine }) => !mine)).toBe(true)
  })

  test('a case with its result waits for nobody, though an office may give an order', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server, { events: 8 })
    const desk = await signedIn('deskOfficer')
    const page = await bodyOf<CasePage>(await desk.get(`/v1/cases/${no}`))
    expect(page.next.filter(({ mine }) => mine).map(({ command }) => command)).toEqual(['orderRectification'])
    expect([page.status, page.mine]).toEqual(['decided', false])
  })

  test('the same Idempotency-Key does it once and answers the same; another request under it is refused', async () => {
    const { app, server, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const once = () => desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1, key: 'only-once-1' })
    const answers = await Promise.all([once(), once(), once()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
    expect((JSON.parse(bodies[0] ?? '') as CasePage).sequence).toBe(2)

    const reused = await desk.post(
      `/v1/cases/${no}/return-for-completion`,
      { missing: [], reasons: ['x'] },
      { ifMatch: 2, key: 'only-once-1' },
    )
    expect([reused.status, (await problemOf(reused)).code]).toEqual([422, 'request.key-used'])
    // A key is its account's: somebody else's request under it is done, and answered with their own.
    const begun: string[] = []
    for (const name of ['handlerOfficer', 'handlerOfficer.second']) {
      const officer = new Browser(app)
      await officer.holdSession(server, name)
      const answer = await officer.post('/v1/preparations', {}, { key: 'only-once-1' })
      begun.push((await bodyOf<{ preparation: string }>(answer)).preparation)
    }
    expect(new Set(begun).size).toBe(2)
  })

  test('a refusal leaves the key unused: the corrected request goes through under it', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const key = 'again-after-refusal'
    expect((await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 7, key })).status).toBe(412)
    expect((await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1, key })).status).toBe(200)
  })

  test('a stale version is told who changed what', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const handler = await signedIn('handlerOfficer')
    await handler.post(`/v1/cases/${no}/withdrawal`, { reason: '不再出境' }, { ifMatch: 1 })
    const late = await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1 })
    expect(late.status).toBe(412)
    expect(late.headers.get('etag')).toBe('"2"')
    const problem = await problemOf(late)
    expect(problem).toMatchObject({ code: 'case.stale', sequence: 2 })
    expect(problem.since).toMatchObject([{ sequence: 2, kind: 'withdrawn', actor: { name: 'handlerOfficer' } }])
  })

  test('of several officers at once exactly one step is taken', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1 })),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412, 412, 412, 412])
  })

  test('a session that ends in the middle of a step: sign in again, repeat under the same key', async () => {
    const { server, records, signedIn } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    await records.db
      .updateTable('auth_session')
      .set({ used_at: new Date(Date.now() - 31 * 60_000) })
      .execute()
    const step = () => desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1, key: 'kept-in-the-form' })
    const ended = await step()
    expect([ended.status, (await problemOf(ended)).code]).toEqual([401, 'session.none'])
    expect((await desk.signIn('deskOfficer')).status).toBe(200)
    expect((await step()).status).toBe(200)
  })

  test('signing out ends the session at once, also for a copy of the cookie', async () => {
    const { app, records, signedIn } = await started(open)
    const desk = await signedIn('deskOfficer')
    expect((await desk.get('/v1/me')).status).toBe(200)
    const [session] = await records.db.selectFrom('auth_session').select('id').execute()
    expect(session).toBeDefined()
    expect((await desk.ask('DELETE', '/v1/session')).status).toBe(204)
    expect(await records.db.selectFrom('auth_session').select('ended_because').execute()).toEqual([
      { ended_because: 'signed-out' },
    ])
    expect((await desk.get('/v1/me')).status).toBe(401)
    expect(await bodyOf<Session>(await new Browser(app).get('/v1/session'))).toMatchObject({
      signedIn: false,
      me: null,
    })
  })

  test('a wrong password and an unknown address are told the same; after eight tries one waits', async () => {
    const { browser, records } = await started(open)
    const wrong = await browser.signIn('deskOfficer', 'wrong')
    const unknown = await browser.signIn('nobody', 'wrong')
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
    for (let tries = 0; tries < 7; tries += 1) await browser.signIn('deskOfficer', 'wrong')
    const blocked = await browser.signIn('deskOfficer')
    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(800)
    expect((await problemOf(blocked)).code).toBe('sign-in.too-many')
    expect((await browser.signIn('assessor')).status).toBe(200)
    await sql`update sign_in_failure set at = now() - interval '16 minutes'`.execute(records.db)
    expect((await browser.signIn('deskOfficer')).status).toBe(200)
  })

  test('the list comes in pages, newest first, only what one may see, by status', async () => {
    const { server, signedIn } = await started(open)
    const numbers = []
    for (const events of [1, 2, 6, 8, 1]) numbers.push(await aCase(server, { events }))
    await aCase(server, { of: other })
    const desk = await signedIn('deskOfficer')
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const answer: Response = await desk.get(`/v1/cases?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      const page: CaseList = await bodyOf<CaseList>(answer)
      expect(page.cases.length).toBeLessThanOrEqual(2)
      seen.push(...page.cases.map(({ caseNo }) => caseNo))
      cursor = page.next
    }
    expect(seen).toEqual([...numbers].reverse())
    const byStatus = async (status: string) =>
      (await bodyOf<CaseList>(await desk.get(`/v1/cases?status=${status}`))).cases.map(({ caseNo }) => caseNo)
    expect(await byStatus('withProvince')).toEqual([numbers[4], numbers[0]])
    expect(await byStatus('awaitingSupplement')).toEqual([numbers[2]])
    expect(await byStatus('decided')).toEqual([numbers[3]])
    expect(await byStatus('final')).toEqual([])
    const assessor = await signedIn('assessor')
    const forwarded = await bodyOf<CaseList>(await assessor.get('/v1/cases'))
    expect(forwarded.cases.map(({ caseNo }) => caseNo)).toEqual([numbers[3], numbers[2], numbers[1]])
  })

  test('a result is drafted by one person and issued by another, and a draft falls with the next event', async () => {
    const { server, signedIn } = await started(open)
    const no = await aCase(server, { events: 7 })
    const drafter = await signedIn('assessor')
    const head = await signedIn('assessor.second')
    const decision = aPass({ issued: today, lastDay: legalDate('2029-06-09') })
    const drafted = await drafter.post(`/v1/cases/${no}/result-draft`, { decision }, { ifMatch: 7 })
    expect(drafted.status).toBe(200)
    const { draft } = await bodyOf<CasePage>(drafted)
    expect(draft).toMatchObject({ mayIssue: false, draftedBy: { name: 'assessor' } })

    const selfIssued = await drafter.post(`/v1/cases/${no}/result`, { draft: draft?.id }, { ifMatch: 7 })
    expect([selfIssued.status, (await problemOf(selfIssued)).code]).toEqual([409, 'result.drafter-approves'])
    const unknown = await head.post(`/v1/cases/${no}/result`, { draft: 'none' }, { ifMatch: 7 })
    expect([unknown.status, (await problemOf(unknown)).code]).toEqual([409, 'draft.not-found'])

    expect((await bodyOf<CasePage>(await head.get(`/v1/cases/${no}`))).draft).toMatchObject({ mayIssue: true })
    const hidden = await bodyOf<CasePage>(await (await signedIn('handlerOfficer')).get(`/v1/cases/${no}`))
    expect(hidden.draft).toBeNull()
    const issued = await head.post(`/v1/cases/${no}/result`, { draft: draft?.id }, { ifMatch: 7 })
    expect(await bodyOf<CasePage>(issued)).toMatchObject({ status: 'decided', draft: null })
    const late = await drafter.post(`/v1/cases/${no}/result-draft`, { decision }, { ifMatch: 8 })
    expect([late.status, (await problemOf(late)).code]).toEqual([409, 'draft.not-now'])
  })

  test('the events of a case come as they happen, and again from where one was cut off', async () => {
    const { server, signedIn, end } = await started(open)
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    // Nobody reads the answer to HEAD: it opens nothing that would have to end.
    expect((await desk.ask('HEAD', `/v1/cases/${no}/events/stream`)).status).toBe(200)
    expect(await (await desk.get('/metrics')).text()).toMatch(/^tongguan_event_streams 0$/m)
    const stream = await desk.get(`/v1/cases/${no}/events/stream`)
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const reader = textOf(stream)
    expect(await reader()).toContain('event: ready')
    await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1 })
    const told = await reader()
    expect(told).toContain('event: case\ndata: {"sequence":2,"kind":"completenessConfirmed"')
    expect(told).toContain('id: 2')

    const assessor = await signedIn('assessor')
    await assessor.post(`/v1/cases/${no}/national-receipt`, {}, { ifMatch: 2 })
    const again = textOf(await desk.get(`/v1/cases/${no}/events/stream`, { 'last-event-id': '1' }))
    await again()
    expect(await again()).toContain('"completenessConfirmed"')
    expect(await again()).toContain('"receivedByNational"')

    expect(await reader()).toContain('"receivedByNational"')
    await desk.ask('DELETE', '/v1/session')
    await assessor.post(`/v1/cases/${no}/acceptance`, { acceptanceNo: 'A-1' }, { ifMatch: 3 })
    expect(await reader()).toContain('event: ended')
    end()
    expect(await again()).not.toContain('event: case')
  })
})

/** Reads a stream event by event. */
function textOf(response: Response): () => Promise<string> {
  const reader = (response.body ?? new ReadableStream()).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  return async () => {
    while (!rest.includes('\n\n')) {
      const { done, value } = await reader.read()
      if (done) return rest
      rest += decoder.decode(value, { stream: true })
    }
    const end = rest.indexOf('\n\n') + 2
    const event = rest.slice(0, end)
    rest = rest.slice(end)
    return event
  }
}
