import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type Parameter = string | number | bigint | readonly string[] | readonly number[]

/** ClickHouse, wherever it runs. Values reach it as bound parameters `{name:Type}`, never inside the SQL text. */
export interface Engine {
  readonly version: string
  /** What keeps the engine's process apart: a process of its own with an empty environment, or bubblewrap around it. */
  readonly contained: 'process' | 'bubblewrap'
  /** A private folder (mode 0700) of the engine, readable by it, removed with it; for what it must read as a file. */
  readonly folder: string
  /** Runs one statement and gives the bytes of its result. Throws EngineError. */
  query(sql: string, params?: Readonly<Record<string, Parameter>>, format?: string): Promise<Buffer>
  /** Adds rows in TabSeparated format to one of our own tables. Throws EngineError. */
  insert(table: string, rows: Buffer): Promise<void>
  close(): Promise<void>
}

/** The engine refused or died. Carries ClickHouse's number only: its message would quote the data. */
export class EngineError extends Error {
  readonly code: 'engine.query-failed' | 'engine.stopped'
  /** ClickHouse's error number, 0 where there is none. */
  readonly clickhouseCode: number

  constructor(code: 'engine.query-failed' | 'engine.stopped', clickhouseCode: number) {
    super(`${code} (ClickHouse error ${clickhouseCode})`)
    this.name = 'EngineError'
    this.code = code
    this.clickhouseCode = clickhouseCode
  }
}

/** Starts the embedded engine in a process of its own (about 0.3 s). Close it: its folder holds a copy of the data. */
export async function openEngine(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'tongguan-scan-'))
  const worker = startWorker(folder)
  try {
    const [version] = JSON.parse((await worker.query('SELECT version()')).toString()) as [string]
    return { version, ...worker }
  } catch (error) {
    await worker.close()
    throw error
  }
}

interface Waiting {
  readonly resolve: (body: Buffer) => void
  readonly reject: (error: Error) => void
}

function startWorker(folder: string): Omit<Engine, 'version'> {
  const { child, contained } = spawnWorker(folder)
  const waiting = new Map<number, Waiting>()
  let next = 0
  let stopped = false

  const ended = new Promise<void>((resolve) => {
    const stop = () => {
      stopped = true
      for (const { reject } of waiting.values()) reject(new EngineError('engine.stopped', 0))
      waiting.clear()
      resolve()
    }
    child.on('error', stop)
    child.on('close', stop)
  })
  // A worker that died shows as 'close'; writing to its pipe must not bring this process down as well.
  child.stdin.on('error', () => undefined)
  readFrames(child.stdout, ({ id, failed }, body) => {
    const request = waiting.get(id)
    waiting.delete(id)
    if (failed === undefined) request?.resolve(body)
    else request?.reject(new EngineError('engine.query-failed', failed))
  })

  const ask = (header: object, body: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(new EngineError('engine.stopped', 0))
        return
      }
      const id = next++
      waiting.set(id, { resolve, reject })
      const head = Buffer.from(JSON.stringify({ id, ...header }, (_, value) => bigintAsText(value)))
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32LE(head.length, 0)
      lengths.writeUInt32LE(body.length, 4)
      child.stdin.write(lengths)
      child.stdin.write(head)
      if (body.length > 0) child.stdin.write(body)
    })

  return {
    contained,
    folder,
    query: (sql, params = {}, format = 'JSONCompactEachRow') => ask({ sql, params, format }, Buffer.alloc(0)),
    insert: async (table, rows) => {
      await ask({ insert: { table } }, rows)
    },
    close: async () => {
      child.stdin.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const bigintAsText = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

function readFrames(stream: Readable, onFrame: (header: { id: number; failed?: number }, body: Buffer) => void): void {
  let waiting: Buffer = Buffer.alloc(0)
  let chunks: Buffer[] = []
  let bytes = 0
  let wanted = 8
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes < wanted) return
    waiting = Buffer.concat(chunks)
    for (;;) {
      const length = waiting.length < 8 ? 8 : 8 + waiting.readUInt32LE(0) + waiting.readUInt32LE(4)
      wanted = length
      if (waiting.length < length || waiting.length < 8) break
      const headerEnd = 8 + waiting.readUInt32LE(0)
      const header = JSON.parse(waiting.toString('utf8', 8, headerEnd)) as { id: number; failed?: number }
      onFrame(header, waiting.subarray(headerEnd, length))
      waiting = waiting.subarray(length)
    }
    chunks = [waiting]
    bytes = waiting.length
  })
}

type Child = ChildProcessByStdio<Writable, Readable, null>

function spawnWorker(folder: string): { child: Child; contained: Engine['contained'] } {
  const file = fileURLToPath(new URL('./worker.ts', import.meta.url))
  // Whatever the engine writes to stderr may quote data: it goes nowhere.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', existing(file), folder], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return { child, contained: 'process' }
}

function existing(file: string): string {
  // What is published is JavaScript; the sources run as TypeScript.
  return existsSync(file) ? file : file.replace(/\.ts$/, '.js')
}
