import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as fc from 'fast-check'
import { codeCache, repository } from '../command-line.ts'
import { memoryFolder } from '../memory-folder.ts'
import { ask, wrongWith } from './ask.ts'
import type { Place, WireRequest } from './ask.ts'
import { requests } from './grammar.ts'
import type { Contract } from './grammar.ts'

export interface Wrong {
  readonly found: string
  readonly request: object
}

/** What came of some requests: what was wrong, and how many were answered with each status. */
export interface Tried {
  readonly wrong: readonly Wrong[]
  readonly statuses: Readonly<Record<number, number>>
}

const atOnce = 6

/**
 * Sends so many requests of this seed, each over HTTP, to a server in a process of its own, and looks at every answer; at
 * last whether the server is still there and what it wrote meanwhile.
 *
 * @param url Of an empty database in a PostgreSQL; left out, a PGlite of its own.
 */
export async function tryRequests({
  seed,
  count,
  longestMs,
  url,
}: {
  readonly seed: number
  readonly count: number
  /** How long an answer may take. */
  readonly longestMs: number
  readonly url?: string
}): Promise<Tried> {
  const folder = mkdtempSync(join(memoryFolder(), 'tongguan-requests-'))
  const server = serverIn(folder, url)
  try {
    const place = await server.place
    const contract = JSON.parse(readFileSync(join(repository, 'server/openapi.json'), 'utf8')) as Contract
    const planned = fc.sample(requests(contract, place), { seed, numRuns: count })
    const tried = await sendAll(planned, place, longestMs)
    const health = { operation: 'getHealth', as: 'nobody', method: 'GET', target: '/v1/health', body: '' }
    const headers = [
      ['host', `127.0.0.1:${place.port}`],
      ['connection', 'close'],
    ] as const
    const alive = await ask(place.port, { ...health, headers, breaksHttp: false }, longestMs)
    const last = alive.status === 200 ? [] : [{ found: `the server is gone: ${server.said()}`, request: { seed } }]
    return { ...tried, wrong: [...tried.wrong, ...last, ...toldByLog(server.said(), place)] }
  } finally {
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sendAll(planned: readonly WireRequest[], place: Place, longestMs: number): Promise<Tried> {
  const { port, planted } = place
  const waiting = planned.values()
  const statuses: Record<number, number> = {}
  const wrong: Wrong[] = []
  const sender = async () => {
    for (const request of waiting) {
      const answer = await ask(port, request, longestMs)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      for (const found of wrongWith(request, answer, { planted, longestMs }))
        wrong.push({ found, request: shown(request) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sender))
  return { wrong, statuses }
}

/** What broke stands in the server's lines with where; no secret of anybody's does, nor what a case holds. */
function toldByLog(said: string, { credentials, planted }: Place): readonly Wrong[] {
  const secrets = Object.values(credentials).flatMap(({ cookie = '', authorization = '' }) =>
    [cookie.split('=')[1] ?? '', authorization.slice('Bearer '.length)].filter((secret) => secret !== ''),
  )
  const told = [...secrets, ...planted.map(({ text }) => text)]
    .filter((text) => said.includes(text))
    .map((text) => ({ found: 'a secret stands in what the server wrote', request: { text } }))
  const broken = [...said.matchAll(/^\[server\.\w+\].*(?:\n {4}at .*){0,4}/gm)].map(([found]) => ({
    found,
    request: {},
  }))
  return [...told, ...broken]
}

function shown({ operation, as, method, target, headers, body }: WireRequest): object {
  const said = headers.filter(([name]) => !['cookie', 'authorization', 'host', 'connection'].includes(name))
  return { operation, as, method, target: target.slice(0, 300), headers: said.slice(0, 12), body: body.slice(0, 1500) }
}

function serverIn(folder: string, url: string | undefined) {
  const script = join(import.meta.dirname, 'server-process.ts')
  const words = ['--disable-warning=ExperimentalWarning', script, folder, ...(url === undefined ? [] : [url])]
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_COMPILE_CACHE: codeCache },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const place = new Promise<Place>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line) as Place)
    })
    void ended.then(() => reject(new Error(`the server ended: ${said}`)))
  })
  return {
    place,
    said: () => said,
    async end() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
