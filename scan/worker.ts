// The process that holds the engine. ClickHouse reads files and the environment for whoever can speak SQL to it, so this
// process is started with an empty environment, is given no key, and lives no longer than the one that started it.
// It speaks frames: 4 bytes length of the header, 4 bytes length of the body (little endian), header as JSON, body.
import { Session } from 'chdb'
import { rmSync } from 'node:fs'
import { join } from 'node:path'

interface Request {
  readonly id: number
  readonly sql?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly format?: string
  readonly insert?: { readonly table: string }
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('worker.ts is started by engine.ts with the folder it may write to')

process.stdin.on('end', die)
process.stdin.on('error', die)
process.stdout.on('error', die)

const session = new Session(join(folder, 'engine'), { connectionArgs: ['--max_server_memory_usage=1100000000'] })
for (const [name, value] of [
  ['max_memory_usage', '1000000000'],
  ['max_threads', '2'],
  // Grouping spills to the worker's own folder rather than fail on a large column.
  ['max_bytes_before_external_group_by', '300000000'],
  ['max_bytes_ratio_before_external_group_by', '0'],
  ['max_insert_threads', '1'],
  ['output_format_json_quote_64bit_integers', '0'],
] as const) {
  session.query(`SET ${name} = ${value}`)
}

let waiting: Buffer[] = []
let waitingBytes = 0
let queue = Promise.resolve()
process.stdin.on('data', (chunk: Buffer) => {
  waiting.push(chunk)
  waitingBytes += chunk.length
  for (let frame = takeFrame(); frame; frame = takeFrame()) {
    const { header, body } = frame
    // One connection: the queries run in the order they came.
    queue = queue.then(() => answer(header, body))
  }
})

function takeFrame(): { header: Request; body: Buffer } | undefined {
  if (waitingBytes < 8) return undefined
  const head = waiting[0] !== undefined && waiting[0].length >= 8 ? waiting[0] : joined()
  const headerBytes = head.readUInt32LE(0)
  const length = 8 + headerBytes + head.readUInt32LE(4)
  if (waitingBytes < length) return undefined
  const all = joined()
  waiting = all.length > length ? [all.subarray(length)] : []
  waitingBytes = all.length - length
  const header = JSON.parse(all.toString('utf8', 8, 8 + headerBytes)) as Request
  return { header, body: all.subarray(8 + headerBytes, length) }
}

function joined(): Buffer {
  const all = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting)
  waiting = [all]
  return all
}

async function answer(request: Request, body: Buffer): Promise<void> {
  try {
    send({ id: request.id }, await run(request, body))
  } catch (error) {
    // The engine's message quotes the row it stumbled over; only its number may leave.
    const { clickhouseCode } = error as { clickhouseCode?: number }
    const text = error instanceof Error ? error.message : ''
    const code = clickhouseCode ?? Number(/Code: (\d+)/.exec(text)?.[1] ?? 0)
    send({ id: request.id, failed: code }, Buffer.alloc(0))
  }
}

async function run({ sql, params, format, insert }: Request, body: Buffer): Promise<Uint8Array> {
  if (insert !== undefined) {
    await session.insert({ table: insert.table, values: body, format: 'TabSeparated' })
    return Buffer.alloc(0)
  }
  const result = await session.queryBindAsync(sql ?? '', params ?? {}, { format: format ?? 'JSONCompactEachRow' })
  return result.bytes()
}

function send(header: object, body: Uint8Array): void {
  const head = Buffer.from(JSON.stringify(header))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(head.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  process.stdout.write(Buffer.concat([lengths, head, body]))
}

// A query may still be running in the engine's own threads, and closing would wait for it.
function die(): void {
  rmSync(folder ?? '', { recursive: true, force: true })
  process.kill(process.pid, 'SIGKILL')
}
