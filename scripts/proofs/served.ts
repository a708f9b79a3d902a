import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { aDeclaration } from '../../casework/case.makers.ts'
import { markAsPilot } from '../../server/installation.ts'
import { openAccounts, own, today } from '../../server/makers.ts'
import { openRecords } from '../../server/records.ts'
import type { Records } from '../../server/records.ts'
import { browserOf, openSession } from '../../server/sessions.ts'
import { random } from '../../test/law/points.ts'
import { memoryFolder } from '../../test/memory-folder.ts'
import { postgresql } from '../../test/postgresql.ts'
import { startPortal } from '../../test/running-portal.ts'
import type { Proof } from './proof.ts'

const killsPerBatch = 5
const workers = 4
const longestMilliseconds = 1500
const browser = { 'user-agent': 'a browser' }
const people = ['handlerOfficer', 'deskOfficer', 'assessor'] as const

/** The server as it is started, killed (SIGKILL) while declarations are filed and taken on, and started again, on PostgreSQL. */
export const served: Proof = {
  claim: 'a server killed at any moment under load lost nothing it acknowledged, and what is sent again is done once',
  points: 1000,
  pointsPerBatch: killsPerBatch,
  restsOn: ['cli/serve.ts', 'server/serve.ts'],
  async tryBatch(batch) {
    const folder = mkdtempSync(join(memoryFolder(), 'tongguan-served-'))
    const server = postgresql()
    try {
      await server.start()
      const wrong = await killOften({ folder, url: await server.createDatabase(), below: random(batch + 1) })
      return wrong.slice(0, 10).map((found) => ({ expected: 'there, and once', found, point: { batch } }))
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** One request of one step, as often as it is sent. */
interface Step {
  readonly as: (typeof people)[number]
  readonly path: string
  readonly body: object
  readonly key: string
  readonly ifMatch?: number
}

interface Done {
  readonly no: string
  readonly sequence: number
}

interface Place {
  readonly address: string
  readonly tokens: Readonly<Record<string, string>>
}

async function killOften({
  folder,
  url,
  below,
}: {
  readonly folder: string
  readonly url: string
  readonly below: (bound: number) => number
}): Promise<readonly string[]> {
  const records = await openRecords({ url })
  try {
    await openAccounts(records)
    await markAsPilot(records.db, today)
    const acknowledged = new Map<string, number>()
    let unanswered: Step[] = []
    const wrong: string[] = []
    for (let kill = 0; kill <= killsPerBatch; kill++) {
      const portal = await startPortal(['serve', '--data', folder, '--database', url, '--port', '0'])
      try {
        if (portal.address === '') return [...wrong, `the server did not start again: ${portal.said()}`]
        const place = { address: portal.address, tokens: await sessions(records) }
        for (const step of unanswered) await again(place, step, acknowledged, wrong)
        wrong.push(...(await missing(records, acknowledged)))
        if (kill === killsPerBatch) break
        const work = Array.from({ length: workers }, (_, at) => file(place, `${kill}-${at}`, acknowledged))
        await setTimeout(50 + below(longestMilliseconds))
        portal.process.kill('SIGKILL')
        await portal.ended
        unanswered = (await Promise.all(work)).flat()
      } finally {
        portal.process.kill('SIGKILL')
        await portal.ended
      }
    }
    if (acknowledged.size === 0) wrong.push('nothing was acknowledged before the kills')
    return wrong
  } finally {
    await records.close()
  }
}

/** Newly opened: what is declared asks for a session proven lately. */
async function sessions({ db }: Records): Promise<Readonly<Record<string, string>>> {
  const now = new Date()
  const session = { browser: browserOf(new Headers(browser)), secondFactor: false, now, provenAt: now }
  const opened = people.map(async (userId) => [userId, await openSession(db, { ...session, userId })] as const)
  return Object.fromEntries(await Promise.all(opened))
}

/** Files cases one after another and takes them on, until the server is gone; the step that was not answered, if one was not. */
async function file(place: Place, worker: string, acknowledged: Map<string, number>): Promise<readonly Step[]> {
  for (let round = 0; ; round++) {
    let no = ''
    for (let at = 0; at < 4; at++) {
      const step = stepAt(at, no, `kill-${worker}-${round}-${at}`)
      const done = await send(place, step).catch((error: unknown) => {
        if (error instanceof Refused) throw error
        return undefined
      })
      if (done === undefined) return [step]
      no = done.no
      acknowledged.set(no, done.sequence)
    }
  }
}

function stepAt(at: number, no: string, key: string): Step {
  const declaration = aDeclaration({ handler: { ...own, name: 'a handler', ciio: false } })
  const steps = [
    { as: 'handlerOfficer', path: '/v1/cases', body: { declaration } },
    { as: 'deskOfficer', path: `/v1/cases/${no}/completeness-check`, body: {}, ifMatch: 1 },
    { as: 'assessor', path: `/v1/cases/${no}/national-receipt`, body: {}, ifMatch: 2 },
    { as: 'assessor', path: `/v1/cases/${no}/acceptance`, body: { acceptanceNo: `A-${no}` }, ifMatch: 3 },
  ] as const satisfies readonly Omit<Step, 'key'>[]
  const step = steps[at]
  if (step === undefined) throw new RangeError(`there is no step ${at}`)
  return { ...step, key }
}

/** Throws when the server is gone; an answer that is no success is a fault of the proof's. */
async function send({ address, tokens }: Place, { as, path, body, key, ifMatch }: Step): Promise<Done> {
  const cookie = `tongguan-${new URL(address).port}.session_token=${tokens[as]}`
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: {
      ...browser,
      cookie,
      origin: address,
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as { readonly caseNo: string; readonly sequence: number }
  if (!answer.ok) throw new Refused(`${path}: ${answer.status} ${JSON.stringify(said)}`)
  return { no: said.caseNo, sequence: said.sequence }
}

class Refused extends Error {}

/** What was not answered is sent again under its key: done now or before, it is answered as done, and its case has it once. */
async function again(place: Place, step: Step, acknowledged: Map<string, number>, wrong: string[]): Promise<void> {
  try {
    const done = await send(place, step)
    if (done.sequence !== (step.ifMatch ?? 0) + 1) wrong.push(`${step.path}: sent again it is event ${done.sequence}`)
    acknowledged.set(done.no, done.sequence)
  } catch (error) {
    wrong.push(`sent again: ${String(error)}`)
  }
}

/** Cases that are not as far as they were said to be, and cases nobody was told of. */
async function missing({ db }: Records, acknowledged: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const { rows } = await sql<{ no: string; events: number }>`
    select case_no as no, count(*)::int as events from case_event group by case_no`.execute(db)
  const there = new Map(rows.map(({ no, events }) => [no, events]))
  return [
    ...[...acknowledged].flatMap(([no, sequence]) =>
      there.get(no) === sequence ? [] : [`${no}: acknowledged to event ${sequence}, ${there.get(no) ?? 0} are there`],
    ),
    ...[...there.keys()].filter((no) => !acknowledged.has(no)).map((no) => `${no}: nobody was told of it`),
  ]
}
