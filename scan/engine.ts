import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

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
  /**
   * Runs one statement that reads what `feed` writes, through named pipes: the engine sees these bytes and no path of ours.
   * The statement reads `file({input0:String}, …)` to its end and, with two lanes, `file({input1:String}, …)` beside it:
   * a pipe is read by one thread, so two lanes keep two busy. What `feed` throws is thrown; else EngineError. `feed` ends
   * early where the engine wants no more.
   */
  read(
    sql: string,
    params: Readonly<Record<string, Parameter>>,
    feed: (write: Write) => Promise<void>,
    options?: { readonly format?: string; readonly lanes?: 1 | 2 },
  ): Promise<Buffer>
  close(): Promise<void>
}

/** Gives whole rows, in one or more pieces, to whichever lane is free. Gives false once nobody reads any more. */
export type Write = (rows: readonly Uint8Array[]) => Promise<boolean>

export interface EngineOptions {
  /** `process`: without bubblewrap even where the system has it. */
  readonly contain?: 'process' | 'strongest'
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

/**
 * Starts the embedded engine in a process of its own (about 0.3 s), inside bubblewrap without network or files where the
 * system allows it. Close it: its folder may hold a copy of the data.
 */
export async function openEngine({ contain = 'strongest' }: EngineOptions = {}): Promise<Engine> {
  const wanted = contain === 'strongest' && existsSync(bubblewrap) ? (['bubblewrap', 'process'] as const) : ['process']
  await sweep()
  let failure: unknown
  for (const contained of wanted as readonly Engine['contained'][]) {
    const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
    await promisify(execFile)('mkfifo', ['-m', '600', ...pipesIn(folder)])
    const worker = startWorker(folder, contained)
    try {
      const [version] = JSON.parse((await worker.query('SELECT version()')).toString()) as [string]
      return { version, ...worker }
    } catch (error) {
      // Bubblewrap may be there and not allowed (no user namespaces in a container): the next weaker way is tried.
      failure = error
      await worker.close()
    }
  }
  throw failure
}

const prefix = 'tongguan-scan-'
const pipesIn = (folder: string): [string, string] => [join(folder, 'input0'), join(folder, 'input1')]

// A process killed outright cannot remove its folder; its worker empties it, and the next start removes what is left.
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}([0-9]+)-`).exec(name)?.[1] ?? 0)
    if (owner > 0 && !isAlive(owner)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(notOurs)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// Another user's, or still being emptied by its worker.
function notOurs(error: unknown): void {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EBUSY' && code !== 'ENOTEMPTY') throw error
}

interface Waiting {
  readonly resolve: (body: Buffer) => void
  readonly reject: (error: Error) => void
}

function startWorker(folder: string, contained: Engine['contained']): Omit<Engine, 'version'> {
  const child = spawnWorker(folder, contained)
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

  const ask = (header: object): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(new EngineError('engine.stopped', 0))
        return
      }
      const id = next++
      waiting.set(id, { resolve, reject })
      const head = Buffer.from(JSON.stringify({ id, ...header }, (_, value) => bigintAsText(value)))
      const length = Buffer.alloc(4)
      length.writeUInt32LE(head.length, 0)
      child.stdin.write(length)
      child.stdin.write(head)
    })
  const pipes = pipesIn(folder)
  const query: Engine['query'] = (sql, params = {}, format = 'JSONCompactEachRow') => ask({ sql, params, format })

  return {
    contained,
    folder,
    query,
    read: (sql, params, feed, { format, lanes = 1 } = {}) => {
      const [input0, input1] = pipes
      return readWhileFed(pipes.slice(0, lanes), feed, () => query(sql, { ...params, input0, input1 }, format))
    },
    close: async () => {
      child.stdin.end()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function readWhileFed(
  pipes: readonly string[],
  feed: (write: Write) => Promise<void>,
  ask: () => Promise<Buffer>,
): Promise<Buffer> {
  let wanted = true
  const answer = ask()
  const fed = feedInto(pipes, feed, () => wanted)
  let failure: unknown
  fed.catch((error: unknown) => (failure = error))
  try {
    const body = await answer
    wanted = false
    await drained(pipes, fed)
    return body
  } catch (error) {
    wanted = false
    await drained(pipes, fed).catch(() => undefined)
    // A source that broke off makes the engine stumble over its end; the source says why.
    throw failure ?? error
  }
}

async function feedInto(
  pipes: readonly string[],
  feed: (write: Write) => Promise<void>,
  wanted: () => boolean,
): Promise<void> {
  const rows = new Ahead<readonly Uint8Array[]>(pipes.length > 1 ? aheadBytes : 0)
  // Each takes what is next when it can: the engine may read one to its end before it opens the other.
  const lanes = pipes.map(async (pipe) => {
    const lane = await open(pipe, 'w')
    try {
      for (let next = await rows.take(); next !== undefined; next = await rows.take()) await writeAll(lane, next)
    } finally {
      rows.close()
      await lane.close()
    }
  })
  const written = Promise.allSettled(lanes)
  try {
    await feed(async (piece) => {
      const isOpen = await rows.put(
        piece,
        piece.reduce((sum, { length }) => sum + length, 0),
      )
      return isOpen && wanted()
    })
  } finally {
    rows.end()
    await written
  }
  // The engine may close its end early: it wants no more.
  const failed = (await written).find(isFailure)
  if (failed !== undefined) throw failed.reason
}

const isFailure = (lane: PromiseSettledResult<void>): lane is PromiseRejectedResult =>
  lane.status === 'rejected' && (lane.reason as NodeJS.ErrnoException).code !== 'EPIPE'

// While the engine thinks about a block (some 20 MB of text) the next ones are read and hashed. Whoever asks by one lane
// wants the first rows only.
const aheadBytes = 48e6

/** What is put waits for those who take, up to so many bytes. */
class Ahead<Piece> {
  readonly #most: number
  readonly #waiting: { readonly piece: Piece; readonly bytes: number }[] = []
  #bytes = 0
  #state: 'open' | 'ended' | 'closed' = 'open'
  #changed: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  /** Gives false once nobody takes any more. */
  async put(piece: Piece, bytes: number): Promise<boolean> {
    while (this.#bytes > this.#most && this.#state === 'open') await this.#change()
    if (this.#state !== 'open') return false
    this.#waiting.push({ piece, bytes })
    this.#bytes += bytes
    this.#tell()
    return true
  }

  /** The next one; undefined when there will be none. */
  async take(): Promise<Piece | undefined> {
    while (this.#waiting.length === 0 && this.#state === 'open') await this.#change()
    const next = this.#state === 'closed' ? undefined : this.#waiting.shift()
    this.#bytes -= next?.bytes ?? 0
    this.#tell()
    return next?.piece
  }

  /** No more will be put. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ended'
    this.#tell()
  }

  /** No more will be taken. */
  close(): void {
    this.#state = 'closed'
    this.#tell()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve))
  }

  #tell(): void {
    for (const changed of this.#changed.splice(0)) changed()
  }
}

async function writeAll(pipe: FileHandle, rows: readonly Uint8Array[]): Promise<void> {
  for (const piece of rows) for (let at = 0; at < piece.length;) at += (await pipe.write(piece, at)).bytesWritten
}

// A query may end before it opened or emptied the pipes; whoever writes is then set free by reading them empty.
async function drained(pipes: readonly string[], fed: Promise<void>): Promise<void> {
  const writer = { done: false }
  const settled = fed.finally(() => (writer.done = true))
  settled.catch(() => undefined)
  await Promise.race([settled.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 20))])
  if (!writer.done) {
    const lanes = await Promise.all(pipes.map((pipe) => open(pipe, nonBlockingRead)))
    try {
      const sink = Buffer.alloc(1 << 16)
      while (!writer.done) {
        let bytes = 0
        for (const lane of lanes) {
          // Nothing there for the moment is an error of a pipe that does not wait.
          bytes += await lane.read(sink).then(
            (read) => read.bytesRead,
            () => 0,
          )
        }
        if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 2))
      }
    } finally {
      await Promise.all(lanes.map((lane) => lane.close()))
    }
  }
  await settled
}

// O_RDONLY | O_NONBLOCK on Linux.
const nonBlockingRead = 0o4000

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

const bubblewrap = '/usr/bin/bwrap'

function spawnWorker(folder: string, contained: Engine['contained']): Child {
  const worker = existing(fileURLToPath(new URL('./worker.ts', import.meta.url)))
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', worker, folder]
  const [program = '', ...args] =
    contained === 'process' ? command : [bubblewrap, ...walls(worker, folder), '--', ...command]
  // Whatever the engine writes to stderr may quote data: it goes nowhere.
  return spawn(program, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore'] })
}

/**
 * No network, no environment, no process but its own, and of the disk only what it takes to run and the worker's folder.
 * No `--proc`: the file with the launcher's environment would be readable there (trust.md F6).
 */
function walls(worker: string, folder: string): string[] {
  const chdb = dirname(createRequire(worker).resolve('chdb/package.json'))
  const readable = [
    process.execPath,
    realpathSync(process.execPath),
    dirname(worker),
    chdb,
    join(dirname(chdb), '@chdb'),
  ]
  const system = ['/usr/lib', '/usr/lib64', '/lib', '/lib64'].flatMap((path) => ['--ro-bind-try', path, path])
  return [
    '--unshare-all',
    '--new-session',
    '--clearenv',
    '--cap-drop',
    'ALL',
    ...system,
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    ...[...new Set(readable)].flatMap((path) => ['--ro-bind', path, path]),
    '--bind',
    folder,
    folder,
  ]
}

function existing(file: string): string {
  // What is published is JavaScript; the sources run as TypeScript.
  return existsSync(file) ? file : file.replace(/\.ts$/, '.js')
}
