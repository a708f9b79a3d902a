// `npm run bench serve [-- --seconds 600]`: the server as it is started, on a real PostgreSQL, asked over HTTP from the same
// machine: pages for everybody and for whoever is signed in against a bare route of Hono, then 500 officers at work.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { dataFolder } from '../server/data-folder.ts'
import { markAsPilot } from '../server/installation.ts'
import { KeptFiles } from '../server/kept-files.ts'
import { aCase, openAccounts, today } from '../server/makers.ts'
import { openRecords } from '../server/records.ts'
import { browserOf, openSession } from '../server/sessions.ts'
import { random } from '../test/law/points.ts'
import { memoryFolder } from '../test/memory-folder.ts'
import { postgresql } from '../test/postgresql.ts'
import { startPortal } from '../test/running-portal.ts'

const officers = 500
const cases = 200
/** Each officer asks for something this often, in ms. */
const everyMs = 5000
/** Requests under way at once when asking as fast as can be. */
const connections = 32

export async function benchServe({ seconds }: { readonly seconds: number }): Promise<void> {
  const folder = mkdtempSync(join(memoryFolder(), 'tongguan-bench-serve-'))
  const database = postgresql()
  await database.start()
  try {
    const url = await database.createDatabase()
    const seeded = await seed(url, folder)
    const bare = await startBare()
    const portal = await startPortal(['serve', '--data', folder, '--database', url, '--port', '0'])
    try {
      if (portal.address === '') throw new Error(`the server did not start: ${portal.said()}`)
      const { port } = new URL(portal.address)
      await ratios({
        bare: bare.address,
        portal: portal.address,
        cookie: cookieOf(port, seeded.tokens[0] ?? ''),
        no: seeded.cases[0] ?? '',
      })
      await atWork(portal.address, seeded, { seconds, port })
    } finally {
      bare.end()
      portal.process.kill('SIGTERM')
      await portal.ended
    }
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Seeded {
  readonly cases: readonly string[]
  /** Of an open session of each officer. */
  readonly tokens: readonly string[]
}

/** Cases at the national office that wait for anybody, and officers who are signed in. */
async function seed(url: string, folder: string): Promise<Seeded> {
  const records = await openRecords({ url })
  const { db } = records
  try {
    await openAccounts(records)
    await markAsPilot(db, today)
    const files = new KeptFiles(dataFolder(folder).files)
    const numbers: string[] = []
    for (let at = 0; at < cases; at++) numbers.push(await aCase({ records, files }, { events: 5 }))
    const ids = Array.from({ length: officers }, (_, at) => `officer-${at}`)
    const at = new Date()
    const users = ids.map((id) => ({ id, name: id, email: `${id}@test.example`, password: null, off_boarded_at: null }))
    const member = {
      organization_id: 'national',
      organization_kind: 'national',
      role: 'assessor',
      created_at: at,
    } as const
    await db.insertInto('auth_user').values(users).execute()
    await db
      .insertInto('auth_member')
      .values(ids.map((id) => ({ ...member, id, user_id: id })))
      .execute()
    const session = { browser: browserOf(new Headers()), secondFactor: false, now: at, provenAt: at }
    const tokens: string[] = []
    for (const userId of ids) tokens.push(await openSession(db, { ...session, userId }))
    return { cases: numbers, tokens }
  } finally {
    await records.close()
  }
}

async function startBare() {
  const script = join(import.meta.dirname, 'bench-serve-bare.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return { address: `http://127.0.0.1:${port.toString().trim()}`, end: () => child.kill() }
}

const cookieOf = (port: string, token: string) => `tongguan-${port}.session_token=${token}`

// --- as fast as can be --------------------------------------------------------------------------------------------

interface Compared {
  readonly bare: string
  readonly portal: string
  readonly cookie: string
  readonly no: string
}

async function ratios({ bare, portal, cookie, no }: Compared): Promise<void> {
  const triage = '/public/triage?lang=en&ciio=no&importantData=no'
  const measured = [
    ['a bare Hono route', bare, '/', {}],
    ['public triage page', portal, triage, {}],
    ['signed-in case page', portal, `/v1/cases/${no}`, { cookie }],
    ['health', portal, '/v1/health', {}],
  ] as const
  // Each is warmed up, then they take turns, so that what else runs here slows all of them.
  const rates = measured.map((): number[] => [])
  for (let round = 0; round < 4; round++) {
    for (const [at, [, address, path, headers]] of measured.entries()) {
      const rate = await rateOf(`${address}${path}`, headers, round === 0 ? 1 : 3)
      if (round > 0) rates[at]?.push(rate)
    }
  }
  const best = rates.map((all) => Math.max(...all))
  const [floor = 1] = best
  console.log(`serve: requests/s, best of 3 turns of 3 s, ${connections} connections, load ${load()}`)
  for (const [at, [name]] of measured.entries()) {
    const rate = best[at] ?? 0
    console.log(`serve:   ${name}: ${Math.round(rate)}/s, ${Math.round((100 * rate) / floor)} % of the bare route`)
  }
}

async function rateOf(url: string, headers: Readonly<Record<string, string>>, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const began = performance.now()
  const until = began + seconds * 1000
  let answered = 0
  const asker = async () => {
    while (performance.now() < until) {
      const { status } = await asked(url, headers, agent)
      if (status !== 200) throw new Error(`${url} answered ${status}`)
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, asker))
  agent.destroy()
  return answered / ((performance.now() - began) / 1000)
}

function asked(
  url: string,
  headers: Readonly<Record<string, string>>,
  agent: Agent,
): Promise<{ readonly status: number }> {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0 }))
      answer.on('error', reject)
    })
      .on('error', reject)
      .end()
  })
}

// --- at work ------------------------------------------------------------------------------------------------------

/** Each officer asks at moments of their own, whether the one before was answered or not; late is counted from then. */
async function atWork(
  address: string,
  { cases: numbers, tokens }: Seeded,
  { seconds, port }: { readonly seconds: number; readonly port: string },
): Promise<void> {
  const below = random(11)
  const agent = new Agent({ keepAlive: true, maxSockets: 128 })
  const took: number[] = []
  const failed: Record<string, number> = {}
  const before = load()
  const began = performance.now() + 200
  const officer = async (token: string, first: number) => {
    const headers = { cookie: cookieOf(port, token) }
    for (let at = began + first; at < began + seconds * 1000; at += everyMs) {
      const path =
        ['/v1/cases', '/v1/desk/cases', '/v1/notices'][below(6)] ?? `/v1/cases/${numbers[below(numbers.length)]}`
      await setTimeout(Math.max(0, at - performance.now()))
      const what = await asked(`${address}${path}`, headers, agent).then(
        ({ status }) => (status === 200 ? undefined : String(status)),
        (error: unknown) => String(error),
      )
      took.push(performance.now() - at)
      if (what !== undefined) failed[what] = (failed[what] ?? 0) + 1
    }
  }
  await Promise.all(tokens.map((token) => officer(token, below(everyMs))))
  agent.destroy()
  took.sort((one, other) => one - other)
  const at = (share: number) =>
    `${Math.round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0)} ms`
  console.log(
    `serve: ${officers} officers, one request each every ${everyMs / 1000} s for ${seconds} s: ${took.length} answers, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}, failed ${JSON.stringify(failed)}, load ${before} → ${load()}`,
  )
}

const load = () => loadavg()[0]?.toFixed(2) ?? '?'
