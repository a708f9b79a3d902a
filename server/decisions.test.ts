import { append, load, caseNo } from '@tongguan/casework'
import { generateKey, openPermit, readRevocations, trustedKey } from '@tongguan/gate'
import type { SignedPermit, Trust } from '@tongguan/gate'
import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { aPass, anApprover, why } from '../casework/case.makers.ts'
import { forEachDatabase } from '../test/databases.ts'
import type { CasePage, Problem } from './contract/client.ts'
import { Browser, aCase, aServer, bodyOf, password, today } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'

const authority = generateKey()
const trust: Trust = {
  schema: 'tongguan/trust/1',
  keys: [trustedKey(authority, { name: 'authority', roles: ['authority'], simulated: true })],
}

forEachDatabase('decisions', (open) => {
  async function started() {
    const records: Records = await open<Tables>(migrations)
    const made = await aServer(records, { authority })
    const signedIn = async (name: string) => {
      const browser = new Browser(made.app)
      await browser.signIn(name, password)
      return browser
    }
    return { ...made, records, signedIn }
  }
  const codeOf = async (answer: Response) => (await bodyOf<Problem>(answer)).code

  test('letter and permit come from one record; a stop is published and the gate’s own reader reads it', async () => {
    const { server, records, app, signedIn, end } = await started()
    const no = caseNo(await aCase(server, { events: 8 }))
    const handler = await signedIn('handlerOfficer')
    const permit = await bodyOf<SignedPermit>(await handler.get(`/v1/cases/${no}/permit`))
    expect(openPermit(permit, trust, { pilot: true }).permit).toMatchObject({
      caseNo: no,
      resultNo: 'RES-1',
      kind: 'simulated',
    })
    const letter = await handler.get(`/v1/cases/${no}/letter?lang=en`)
    expect([letter.status, (await letter.arrayBuffer()).byteLength > 1000]).toEqual([200, true])

    const assessor = await signedIn('assessor')
    const stop = await assessor.post(
      `/v1/cases/${no}/stop-notice`,
      { noticeNo: 'S-1', reason: 'no longer secure' },
      { ifMatch: 8 },
    )
    expect(await bodyOf<CasePage>(stop)).toMatchObject({ status: 'stopped', permission: { mayExport: false } })
    expect(await codeOf(await handler.get(`/v1/cases/${no}/permit`))).toBe('permit.none')
    await assessor.post('/v1/key-revocations', { keyId: 'a'.repeat(64), because: 'lost' })
    // Anybody may fetch it; nobody has to sign in.
    const envelope = await bodyOf<Parameters<typeof readRevocations>[0]>(await new Browser(app).get('/v1/revocations'))
    expect(readRevocations(envelope, trust).permits).toMatchObject([{ id: permit.id, on: today }])
    expect(Buffer.from(envelope.payload, 'base64').toString()).toContain('"state":"suspended"')
    expect((await load(records.db, no))?.sequence).toBe(9)
    end()
  })

  test('a draft gets its number, another person countersigns it, and a later draft voids that and keeps it', async () => {
    const { server, signedIn, end } = await started()
    const no = await aCase(server, { events: 5 })
    const drafter = await signedIn('assessor')
    const second = await signedIn('assessor.second')
    const [scenario] = aPass().scenarios
    const decision = {
      ...aPass({ issued: today, lastDay: legalDate('2029-06-10') }),
      resultNo: '',
      scenarios: [{ ...scenario, obligations: [{ clause: 'keep-logs', values: { years: '3' } }] }],
    }
    const draftOf = async (answer: Response) => (await bodyOf<CasePage>(answer)).draft
    const first = await draftOf(await drafter.post(`/v1/cases/${no}/result-draft`, { decision }, { ifMatch: 5 }))
    expect(first?.decision).toMatchObject({
      resultNo: 'TG-R-2026-00001',
      scenarios: [{ conditions: ['出境日志保存不少于3年。'] }],
    })
    const sign = (browser: Browser, draft: string) =>
      browser.post(`/v1/cases/${no}/result-draft/signature`, { draft }, { ifMatch: 5 })
    expect(await codeOf(await sign(drafter, first?.id ?? ''))).toBe('draft.own-signature')
    expect((await draftOf(await sign(second, first?.id ?? '')))?.signatures).toMatchObject([
      { name: 'assessor.second', void: false },
    ])
    const later = await draftOf(await drafter.post(`/v1/cases/${no}/result-draft`, { decision }, { ifMatch: 5 }))
    expect(later?.signatures).toMatchObject([{ name: 'assessor.second', void: true }])
    expect(await codeOf(await sign(second, first?.id ?? ''))).toBe('draft.not-found')
    const issued = await second.post(
      `/v1/cases/${no}/result`,
      { draft: later?.id, delivered: '2026-06-11' },
      { ifMatch: 5 },
    )
    expect([issued.status, await codeOf(issued)]).toEqual([422, 'request.day-in-future'])
    expect((await second.post(`/v1/cases/${no}/result`, { draft: later?.id }, { ifMatch: 5 })).status).toBe(200)
    end()
  })

  test('an extension is asked for, granted by two, and prolongs the case it follows', async () => {
    const { server, records, signedIn, end } = await started()
    const first = await aCase(server, { events: 8 })
    const handler = await signedIn('handlerOfficer')
    const desk = await signedIn('deskOfficer')
    const assessor = await signedIn('assessor')
    const second = await signedIn('assessor.second')
    const { handler: filer } = await bodyOf<CasePage>(await handler.get(`/v1/cases/${first}`))
    const filing = {
      schema: 'tongguan/filing/1',
      handler: filer,
      reference: 'E-1',
      summary: '申请延长',
      happened: null,
      documents: [],
    }
    expect(await codeOf(await handler.post('/v1/filings', { caseKind: 'extension', filing }))).toBe(
      'case.no-predecessor',
    )
    const filed = await handler.post('/v1/filings', { caseKind: 'extension', filing, predecessor: first })
    const { caseNo: no } = await bodyOf<CasePage>(filed)
    expect((await desk.post(`/v1/cases/${no}/completeness-check`, {}, { ifMatch: 1 })).status).toBe(200)
    expect((await assessor.post(`/v1/cases/${no}/national-receipt`, {}, { ifMatch: 2 })).status).toBe(200)
    const decision = { kind: 'extended', noticeNo: 'X-1', lastDay: '2032-05-20' }
    const { draft } = await bodyOf<CasePage>(
      await assessor.post(`/v1/cases/${no}/result-draft`, { decision }, { ifMatch: 3 }),
    )
    const granted = await second.post(`/v1/cases/${no}/extension-grant`, { draft: draft?.id }, { ifMatch: 3 })
    expect(await bodyOf<CasePage>(granted)).toMatchObject({ status: 'extended', predecessor: first })
    const page = await bodyOf<CasePage>(await handler.get(`/v1/cases/${first}`))
    expect(page.validity).toEqual({ kind: 'in-force', lastDay: '2032-05-20', extended: true })
    const permit = await bodyOf<SignedPermit>(await handler.get(`/v1/cases/${first}/permit`))
    expect([permit.id, permit.firstDay, permit.lastDay]).toEqual([`${first}-RES-1-E1`, '2029-05-21', '2032-05-20'])
    expect((await load(records.db, caseNo(first)))?.sequence).toBe(9)
    end()
  })

  test('a complaint is for the province alone: whoever it is about does not see it', async () => {
    const { server, records, signedIn, end } = await started()
    const no = await aCase(server)
    const desk = await signedIn('deskOfficer')
    const handler = await signedIn('handlerOfficer')
    const { handler: about } = await bodyOf<CasePage>(await handler.get(`/v1/cases/${no}`))
    const filing = {
      schema: 'tongguan/filing/1',
      handler: about,
      reference: 'C-1',
      summary: '疑似违规出境',
      happened: null,
      documents: [],
    }
    const control = await desk.post('/v1/complaints', { filing: { ...filing, summary: 'a\u0007b' }, from: null })
    expect([control.status, await codeOf(control)]).toEqual([422, 'request.does-not-fit'])
    const elsewhere = await desk.post('/v1/complaints', {
      filing: { ...filing, handler: { ...about, province: '上海市' } },
      from: null,
    })
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual([403, 'filing.other-province'])
    const { caseNo: complaint } = await bodyOf<CasePage>(await desk.post('/v1/complaints', { filing, from: null }))
    expect((await handler.get(`/v1/cases/${complaint}`)).status).toBe(404)
    // Nor does it show by filing something that follows it, or by an office elsewhere taking it.
    const following = (predecessor: string) =>
      handler.post('/v1/filings', { caseKind: 'extension', filing, predecessor })
    const absent = 'TG-2026-999999'
    expect([await codeOf(await following(complaint)), await codeOf(await following(absent))]).toEqual([
      'case.not-found',
      'case.not-found',
    ])
    const far = await signedIn('deskOfficer.elsewhere')
    const taken = (of: string) =>
      far.post('/v1/desk/assignments', { caseNo: of, to: 'deskOfficer.elsewhere', seen: null })
    expect([await codeOf(await taken(complaint)), await codeOf(await taken(absent))]).toEqual([
      'case.not-found',
      'case.not-found',
    ])
    const { cases } = await bodyOf<{ cases: { caseNo: string }[] }>(await handler.get('/v1/cases'))
    expect(cases.map(({ caseNo }) => caseNo)).toEqual([no])
    expect((await desk.post(`/v1/cases/${complaint}/inquiry`, {}, { ifMatch: 1 })).status).toBe(200)
    const answered = await desk.post(`/v1/cases/${complaint}/acceptance`, { acceptanceNo: 'A' }, { ifMatch: 2 })
    expect(answered.status).toBe(403)
    await expect(
      append(records.db, caseNo(complaint), 2, [
        { kind: 'stopOrdered', day: today, actor: anApprover, noticeNo: 'S', reason: why },
      ]),
    ).rejects.toThrow(/may not follow/)
    end()
  })
})
