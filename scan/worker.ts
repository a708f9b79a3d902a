// The process that holds the engine. ClickHouse reads files and the environment for whoever can speak SQL to it, so this
// process is started with an empty environment, is given no key, and lives no longer than the one that started it.
// It is asked in frames (4 bytes length, little endian, then JSON) and answers in frames: 4 bytes length of the header,
// 4 bytes length of the body, header as JSON, body.
import { Session } from 'chdb'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

interface Request {
  readonly id: number
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  readonly format: string
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('worker.ts is started by engine.ts with the folder it may write to')

process.stdin.on('end', die)
process.stdin.on('error', die)
process.stdout.on('error', die)

const session = new Session(join(folder, 'engine'), { connectionArgs: ['--max_server_memory_usage=1300000000'] })
for (const [name, value] of [
  ['max_memory_usage', '1200000000'],
  ['max_threads', '2'],
  // Otherwise it goes down to one thread where less than a gigabyte is free for each, and here there never is.
  ['max_threads_min_free_memory_per_thread', '0'],
  // Grouping spills to the worker's own folder rather than fail on a large column.
  ['max_bytes_before_external_group_by', '300000000'],
  ['max_bytes_ratio_before_external_group_by', '0'],
  ['max_query_size', '100000000'],
  ['max_ast_elements', '10000000'],
  ['max_expanded_ast_elements', '10000000'],
  ['output_format_json_quote_64bit_integers', '0'],
  // The pass over a table is one long statement over many columns: what the engine would do to make it faster costs half a
  // second a table, and gains nothing where each expression has been written with its cost in mind.
  ['optimize_and_compare_chain', '0'],
  ['optimize_or_like_chain', '0'],
  ['query_plan_enable_optimizations', '0'],
  ['compile_expressions', '0'],
  ['compile_aggregate_expressions', '0'],
] as const) {
  session.query(`SET ${name} = ${value}`)
}

let waiting: Buffer[] = []
let waitingBytes = 0
let queue = Promise.resolve()
process.stdin.on('data', (chunk: Buffer) => {
  waiting.push(chunk)
  waitingBytes += chunk.length
  for (let request = takeFrame(); request; request = takeFrame()) {
    const asked = request
    // One connection: the queries run in the order they came.
    queue = queue.then(() => answer(asked))
  }
})

function takeFrame(): Request | undefined {
  if (waitingBytes < 4) return undefined
  const all = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting)
  waiting = [all]
  const length = 4 + all.readUInt32LE(0)
  if (waitingBytes < length) return undefined
  waiting = all.length > length ? [all.subarray(length)] : []
  waitingBytes = all.length - length
  return JSON.parse(all.toString('utf8', 4, length)) as Request
}

async function answer({ id, sql, params, format }: Request): Promise<void> {
  try {
    const result = await session.queryBindAsync(sql, params, { format })
    send({ id }, result.bytes())
  } catch (error) {
    // The engine's message quotes the row it stumbled over; only its number may leave.
    const { clickhouseCode } = error as { clickhouseCode?: number }
    const text = error instanceof Error ? error.message : ''
    const code = clickhouseCode ?? Number(/Code: (\d+)/.exec(text)?.[1] ?? 0)
    send({ id, failed: code }, Buffer.alloc(0))
  }
}

function send(header: object, body: Uint8Array): void {
  const head = Buffer.from(JSON.stringify(header))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(head.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  process.stdout.write(Buffer.concat([lengths, head]))
  process.stdout.write(body)
}

// Whoever started this process is gone: what was copied here goes too. A query may still be running in the engine's own
// threads, and closing would wait for it.
function die(): void {
  try {
    const place = folder ?? ''
    for (const entry of readdirSync(place)) rmSync(join(place, entry), { recursive: true, force: true })
    // Inside bubblewrap the folder itself is a mount and stays, empty; the next start sweeps it away.
    rmSync(place, { recursive: true, force: true })
  } finally {
    process.kill(process.pid, 'SIGKILL')
  }
}
