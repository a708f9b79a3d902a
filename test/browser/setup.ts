// Before the first browser test: a Chromium, the built portal, and one installation with real cases behind it.
import type { FilingKey } from '@tongguan/dossier'
import { addWorkingDays, determine, legalDate } from '@tongguan/law'
import { AnswersSchema, answersExample } from '@tongguan/server/contract/answers'
import { ExportFactsSchema, factsExample } from '@tongguan/server/contract/export-facts'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { createGateKey, dataFolder } from '@tongguan/server/data-folder'
import { createFilingKey } from '@tongguan/server/filing-keys'
import { fileSimulatedCase, passSimulatedCase } from '@tongguan/server/flows/handle-case'
import { lookAtData } from '@tongguan/server/flows/look-at-data'
import { openPilotAccounts } from '@tongguan/server/flows/open-pilot'
import type { PilotAccount } from '@tongguan/server/flows/open-pilot'
import { keepPrepared, prepareDeclaration } from '@tongguan/server/flows/prepare-declaration'
import { markAsPilot } from '@tongguan/server/installation'
import { openRecords } from '@tongguan/server/records'
import type { Records } from '@tongguan/server/records'
import { hashOf } from '@tongguan/server/secrets'
import { serve } from '@tongguan/server/serve'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { generate } from '../../examples/hospital-amsterdam/generate.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { root } from '../../scripts/start.mjs'
import { chromium } from './chromium.ts'
import { memoryFolder } from '../memory-folder.ts'

export interface PortalUnderTest {
  readonly address: string
  readonly chromium: string
  readonly accounts: Readonly<
    Record<
      PilotAccount['role'] | 'secondDeskOfficer' | 'deskSupervisor' | 'partnerAdministrator' | 'partnerOfficer',
      Pick<PilotAccount, 'email' | 'password'>
    >
  >
  /** Makes the session of a cookie's token older than it is: `POST /?token=…&minutes=26`. */
  readonly ageing: string
  /** What a handler's officer files with: the key that signs, which no server has, and what the scan found. */
  readonly filing: { readonly key: FilingKey; readonly evidence: string }
  readonly cases: {
    /** From raw data to the result, by the same flows as `npm start`, with fewer patients. */
    readonly pilot: string
    /** Filed three working days before the stated day; each test that takes a step has one of its own. */
    readonly filed: readonly string[]
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    portal: PortalUnderTest
  }
}

const today = legalDate('2026-11-23')
const pilotFiledOn = legalDate('2026-03-02')
const filedCases = 24

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = chromium()
  buildWeb()
  const folder = await mkdtemp(join(memoryFolder(), 'tongguan-browser-'))
  const data = dataFolder(join(folder, 'handler'))
  const records = await openRecords({ folder: data.database })
  await markAsPilot(records.db, today)
  await createGateKey(data, { simulated: true })
  const key = await createFilingKey(data.folder, 'EdDSA', { name: '模拟申报密钥', simulated: true })
  const example = join(root, 'examples', 'hospital-amsterdam')
  const facts = await readYamlFile(join(example, 'facts.yaml'), ExportFactsSchema, factsExample)
  const answers = await readYamlFile(join(example, 'answers.yaml'), AnswersSchema, answersExample)
  const made = await generate(folder, { patients: 400 })
  const counting = await data.countingKey('2026')
  const evidence = await lookAtData([made.data], { on: pilotFiledOn, counting })
  const prepared = await prepareDeclaration(
    { evidence, facts, determination: determine(facts, pilotFiledOn), answers, filedOn: pilotFiledOn },
    join(folder, 'dossier'),
  )
  const pilot = await passSimulatedCase(records.db, prepared.declaration, pilotFiledOn)
  await keepPrepared(records.db, data.files, pilot.no, { ...prepared, evidence })
  const filedOn = addWorkingDays(today, -3).date
  const filed: string[] = []
  for (let n = 0; n < filedCases; n += 1) {
    filed.push((await fileSimulatedCase(records.db, prepared.declaration, filedOn)).no)
  }
  const serving = await serve({
    records,
    data,
    individuals: data,
    port: 0,
    portal: join(root, 'web', 'dist'),
    pilots: join(root, 'examples'),
  })
  const opened = await openPilotAccounts(serving.accounts, answers.handler)
  const account = (role: PilotAccount['role']) => {
    const found = opened.find((one) => one.role === role)
    if (found === undefined) throw new Error(`the pilot has no account of a ${role}`)
    return found
  }
  const secondDeskOfficer = { email: 'second@province.example', password: account('deskOfficer').password }
  const deskSupervisor = { email: 'supervisor@province.example', password: account('supervisor').password }
  const organisation = await serving.accounts.createOrganisation({
    kind: 'province',
    name: `${answers.handler.province}互联网信息办公室（模拟）二处`,
    creditCode: null,
    province: answers.handler.province,
  })
  await serving.accounts.createAccount({
    ...secondDeskOfficer,
    name: '查验岗（模拟）',
    role: 'deskOfficer',
    organisation,
  })
  await serving.accounts.createAccount({
    ...deskSupervisor,
    name: '处长（模拟）',
    role: 'supervisor',
    organisation,
  })
  // An organisation whose rules a test may change: nobody else signs in for it.
  const { password } = account('recipientOfficer')
  const partner = await serving.accounts.createOrganisation({
    kind: 'recipient',
    name: '另一境外接收方（模拟）',
    creditCode: null,
    province: null,
  })
  const partnerAdministrator = { email: 'administrator@partner.example', password }
  const partnerOfficer = { email: 'officer@partner.example', password }
  for (const [one, role, name] of [
    [partnerAdministrator, 'administrator', '对方管理员（模拟）'],
    [partnerOfficer, 'recipientOfficer', '对方人员（模拟）'],
  ] as const) {
    await serving.accounts.createAccount({ ...one, name, role, organisation: partner })
  }
  const ageing = await ageSessions(records)
  project.provide('portal', {
    address: serving.address,
    ageing: ageing.address,
    chromium: browser,
    accounts: {
      handlerOfficer: account('handlerOfficer'),
      deskOfficer: account('deskOfficer'),
      assessor: account('assessor'),
      recipientOfficer: account('recipientOfficer'),
      supervisor: account('supervisor'),
      administrator: account('administrator'),
      secondDeskOfficer,
      deskSupervisor,
      partnerAdministrator,
      partnerOfficer,
    },
    filing: { key, evidence: JSON.stringify(evidence) },
    cases: { pilot: pilot.no, filed },
  })
  return async () => {
    ageing.close()
    await serving.close()
    await records.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Time passes for the tests: nobody waits half an hour for a session to end. */
async function ageSessions({ db }: Records) {
  const http = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
    const by = sql<Date>`make_interval(mins => ${Number(searchParams.get('minutes'))}::int)`
    void db
      .updateTable('auth_session')
      .set({
        created_at: sql<Date>`created_at - ${by}`,
        used_at: sql<Date>`used_at - ${by}`,
        verified_at: sql<Date>`verified_at - ${by}`,
      })
      .where('token_hash', '=', hashOf(searchParams.get('token') ?? ''))
      .execute()
      .then(() => response.end('older'))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, close: () => http.close() }
}
