import { caseNo, itemCodes } from '@tongguan/casework'
import { expect, test } from 'vitest'
import { aDeclaration, aScenario } from '../casework/case.makers.ts'
import { forEachDatabase } from '../test/databases.ts'
import type { Answer, Problem } from './contract/client.ts'
import { handle } from './flows/handle-case.ts'
import { Browser, aCase, aServer, bodyOf, own, password, today } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'
import { indexMissing, searchCases } from './similar-cases.ts'

type Opinions = Answer<'GET /v1/cases/{caseNo}/opinions'>
const opinion = (finding: 'met' | 'not-met') => ({
  items: itemCodes.map((item) => ({ item, finding, text: `${item} ${finding}` })),
})

forEachDatabase('opinions', (open) => {
  async function started() {
    const records: Records = await open<Tables>(migrations)
    const made = await aServer(records)
    const signedIn = async (name: string) => {
      const browser = new Browser(made.app)
      await browser.signIn(name, password)
      return browser
    }
    return { ...made, records, signedIn }
  }
  const codeOf = async (answer: Response) => (await bodyOf<Problem>(answer)).code

  test('opinions are sealed until all are in, one is made of them by the lead officer, and dissent is kept', async () => {
    const { server, records, signedIn, end } = await started()
    const no = await aCase(server, { events: 5 })
    const lead = await signedIn('assessor')
    const second = await signedIn('assessor.second')
    await lead.post('/v1/desk/pull', {})
    const at = (path: string) => `/v1/cases/${no}/${path}`
    // Somebody who worked for the handler two years ago is not asked.
    await records.db
      .insertInto('past_work')
      .values({
        account: 'deskOfficer',
        organisation: 'Hospital Group',
        credit_code: own.creditCode,
        until: '2024-06-30',
      })
      .execute()
    expect(await codeOf(await lead.post(at('invitations'), { account: 'deskOfficer' }))).toBe('opinion.conflict')
    for (const account of ['assessor', 'assessor.second']) await lead.post(at('invitations'), { account })
    expect(await codeOf(await lead.post(at('invitations'), { account: 'assessor.second' }))).toBe('opinion.invited')

    expect(await codeOf(await second.post(at('expert-opinion'), { items: opinion('met').items.slice(1) }))).toBe(
      'opinion.items',
    )
    await second.post(at('expert-opinion'), opinion('not-met'))
    expect(await codeOf(await second.post(at('expert-opinion'), opinion('met')))).toBe('opinion.given')
    const sealed = await bodyOf<Opinions>(await lead.get(at('opinions')))
    expect(sealed.invited.map(({ given, opinion }) => `${given} ${opinion === null}`).sort()).toEqual([
      'false true',
      'true true',
    ])
    expect(await codeOf(await lead.post(at('consolidation'), opinion('met')))).toBe('opinion.sealed')

    await lead.post(at('expert-opinion'), opinion('met'))
    expect(await codeOf(await second.post(at('consolidation'), opinion('met')))).toBe('opinion.not-lead')
    const done = await bodyOf<Opinions>(await lead.post(at('consolidation'), opinion('met')))
    expect(done.unsealed).toBe(true)
    expect(done.consolidated?.dissent.map(({ name, finding }) => [name, finding])).toEqual(
      itemCodes.map(() => ['assessor.second', 'not-met']),
    )
    await expect(records.db.deleteFrom('case_opinion').execute()).rejects.toThrow(/only grows/)
    end()
  })

  test('who declares a conflict is out, and the others’ opinions wait no longer for it', async () => {
    const { server, signedIn, end } = await started()
    const no = await aCase(server, { events: 5 })
    const lead = await signedIn('assessor')
    const second = await signedIn('assessor.second')
    for (const account of ['assessor', 'assessor.second']) await lead.post(`/v1/cases/${no}/invitations`, { account })
    await lead.post(`/v1/cases/${no}/expert-opinion`, opinion('met'))
    const after = await bodyOf<Opinions>(await second.post(`/v1/cases/${no}/recusal`, { reason: '配偶任职' }))
    expect(after).toMatchObject({ unsealed: true })
    expect(await codeOf(await second.post(`/v1/cases/${no}/expert-opinion`, opinion('met')))).toBe(
      'opinion.not-invited',
    )
    end()
  })

  test('similar cases are found by Chinese words and by facets, the same on both databases', async () => {
    const { records, end } = await started()
    const file = async (at: number, name: string, country: string) => {
      const no = caseNo(`TG-2026-90000${at}`)
      const declaration = aDeclaration({
        handler: { name: '示例医院', ciio: false, ...own },
        scenarios: [aScenario({ name, recipients: [{ name: 'Recipient', country }] })],
      })
      const handler = { kind: 'handler', id: 'h', name: '甲' } as const
      const handled = await handle(records.db, no, {
        kind: 'declare',
        day: today,
        actor: handler,
        caseNo: no,
        declaration,
        received: today,
      })
      expect(handled.kind).toBe('done')
      await records.db.updateTable('case_desk').set({ forwarded: true }).where('no', '=', no).execute()
      return no
    }
    const trial = await file(1, '多中心临床试验数据出境', 'NL')
    const trialElsewhere = await file(2, '临床试验受试者数据', 'DE')
    const hotel = await file(3, '酒店会员订房数据', 'NL')
    const knownTo = { office: { desk: 'national' }, officer: 'assessor' } as const
    const found = async (text: string, more: object = {}) =>
      (await searchCases(records.db, { text, match: 'all', limit: 9, knownTo, ...more })).map(({ no }) => no).sort()
    expect(await found('临床试验')).toEqual([trial, trialElsewhere])
    expect(await found('临床试验', { country: 'DE' })).toEqual([trialElsewhere])
    expect(await found('会员')).toEqual([hotel])
    expect(await found("会员' | '临床")).toEqual([])
    expect(await found('，。')).toEqual([])
    await records.db.deleteFrom('case_text').execute()
    expect([await indexMissing(records.db), await found('临床试验', { itemKind: 'diagnosis' })]).toEqual([
      3,
      [trial, trialElsewhere],
    ])
    end()
  })
})
