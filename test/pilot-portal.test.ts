// What `npm start` goes on to: the pilot stands open in the browser's API, is killed, and is opened again.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { CaseList, CasePage, EvidencePage, Me } from '../server/contract/client.ts'
import { killRunningPortals, signInAt, startPortal } from './running-portal.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-pilot-portal-'))
afterEach(killRunningPortals)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Processes of their own, several in a row; a machine that is busy takes its time, which is not what is tried here.
const patiently = { timeout: 240_000 }

test(
  'each printed account reads the pilot case, the desk officer takes the next step, and a kill loses nothing',
  patiently,
  async () => {
    const portal = await startPortal(['demo', '--data', join(folder, 'pilot'), '--port', '0'])
    expect(portal.said()).toContain('(today counts as 2026-11-23), a simulation, without legal effect')
    const accounts = [...portal.said().matchAll(/^ +(\S+@\S+\.example) +([a-z0-9-]{19}) /gm)].map(
      ([, email = '', password = '']) => ({ email, password }),
    )
    const read = async <Answer>(path: string, headers: Record<string, string>) =>
      (await (await fetch(`${portal.address}${path}`, { headers })).json()) as Answer
    // The pilot's own two; between them stand the thirty of the office around it (server/flows/pilot-office.ts).
    const [done, copy] = ['TG-2026-000001', 'TG-2026-000032']
    const isPilots = ({ caseNo }: { readonly caseNo: string }) => caseNo === done || caseNo === copy
    const seen = []
    const signedIn = []
    for (const account of accounts) {
      const headers = await signInAt(portal.address, account)
      const { role, simulated, clock } = await read<Me>('/v1/me', headers)
      const { cases = [] } = await read<Partial<CaseList>>('/v1/cases?limit=100', headers)
      const pilots = cases.filter(isPilots)
      signedIn.push(headers)
      seen.push([role, simulated, clock.on, pilots.map(({ caseNo, status, mine }) => `${caseNo} ${status} ${mine}`)])
    }
    expect(seen).toEqual([
      // The 15 working days for a re-assessment are over: nothing is the handler's to do any more.
      ['handlerOfficer', true, '2026-11-23', [`${copy} withProvince false`, `${done} decided false`]],
      ['supervisor', true, '2026-11-23', [`${copy} withProvince false`, `${done} decided false`]],
      // An administrator decides who may, and sees no case.
      ['administrator', true, '2026-11-23', []],
      ['deskOfficer', true, '2026-11-23', [`${copy} withProvince true`, `${done} decided false`]],
      // The copy is not passed on yet. Two assessors: one drafts a result, the other issues it.
      ['assessor', true, '2026-11-23', [`${done} decided false`]],
      ['assessor', true, '2026-11-23', [`${done} decided false`]],
      ['recipientOfficer', true, '2026-11-23', []],
    ])

    const [officer, , , desk] = signedIn
    const { documents } = await read<CasePage>(`/v1/cases/${done}`, desk ?? {})
    expect(documents.length).toBeGreaterThan(2)
    const [run = ''] = readdirSync(join(folder, 'pilot')).filter((name) => name.startsWith('run-'))
    for (const { href, fileName } of documents) {
      const got = Buffer.from(
        await (await fetch(`${portal.address}${href ?? ''}`, { headers: desk ?? {} })).arrayBuffer(),
      )
      expect([fileName, got.equals(readFileSync(join(folder, 'pilot', run, 'dossier', fileName)))]).toEqual([
        fileName,
        true,
      ])
    }
    const { evidence, samples } = await read<EvidencePage>(`/v1/cases/${copy}/evidence`, officer ?? {})
    expect([evidence.persons.upper, samples]).toEqual([12_000, 'shown'])

    const step = await fetch(`${portal.address}/v1/cases/${copy}/completeness-check`, {
      method: 'POST',
      headers: { ...desk, 'content-type': 'application/json', 'if-match': '"1"', 'idempotency-key': 'the-next-step' },
      body: '{}',
    })
    expect([step.status, ((await step.json()) as CasePage).status]).toEqual([200, 'confirmed'])
    portal.process.kill('SIGKILL')
    await portal.ended

    const again = await startPortal(['serve', '--data', join(folder, 'pilot', run, 'handler'), '--port', '0'])
    expect(again.said()).toContain('(today counts as 2026-11-23), a simulation, without legal effect')
    const assessor = await signInAt(again.address, accounts[4] ?? { email: '', password: '' })
    const listed = (await (
      await fetch(`${again.address}/v1/cases?status=confirmed`, { headers: assessor })
    ).json()) as CaseList
    expect(listed.cases.filter(isPilots).map(({ caseNo, mine }) => [caseNo, mine])).toEqual([[copy, true]])
    again.process.kill('SIGINT')
    expect(await again.ended).toEqual({ code: 0, signal: null })
  },
)
