// Sealing, writing anew and verifying, against bare passes over the same bytes in the same run; CPU seconds of this process.
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareFolder } from '../gate/compare-folder.ts'
import { batchKey, sealFiles } from '../gate/container.ts'
import { aFile, anEvidence } from '../gate/makers.ts'
import { rebuildFiles } from '../gate/rebuild.ts'

const name = 'patients.csv'

export async function benchGatePayload({ megabytes }: { readonly megabytes: number }): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'tongguan-bench-gate-'))
  try {
    const folder = join(root, 'batch')
    mkdirSync(join(folder, 'data'), { recursive: true })
    const path = join(folder, 'data', name)
    const { bytes, sha256 } = writeDenseCsv(path, megabytes << 20)
    const size = bytes / 1e6
    const bare = await cpuSeconds(() => barePass(path))
    const hashed = await cpuSeconds(() => hashPass(path))
    const files = [{ name, bytes, sha256 }]
    const evidence = anEvidence({ files: [aFile({ path: name, bytes, sha256 })] })
    const rebuilt = await cpuSeconds(async () => rebuildFiles(folder, files, evidence))
    const now = { name, ...digestOf(path) }
    const { recipient } = await batchKey()
    const sealed = await cpuSeconds(async () => sealFiles(folder, [now], recipient))
    rmSync(join(folder, 'sealed'), { recursive: true })
    const stated = { ...now, rows: 0, columns: [] }
    const verified = await cpuSeconds(async () => compareFolder(folder, [stated]))
    const rate = (seconds: number) => `${Math.round(size / seconds)} MB/s`
    const share = (of: number, by: number) => `${Math.round((of / by) * 100)} %`
    console.log(`gate: ${Math.round(size)} MB of dense Chinese CSV`)
    console.log(
      `gate: bare Node pass (parse, HMAC of one column, AES-256-GCM) ${rate(bare)}; bare SHA-256 ${rate(hashed)}`,
    )
    console.log(
      `gate: written anew ${rate(rebuilt)}, sealed ${rate(sealed)}; both together ${share(bare, rebuilt + sealed)} of the bare pass (the engine's inspection is \`npm run bench scan\`)`,
    )
    console.log(`gate: verifier's pass over the content ${rate(verified)}, ${share(hashed, verified)} of bare SHA-256`)
    console.log(`gate: peak memory of this process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

function writeDenseCsv(path: string, bytes: number) {
  const file = openSync(path, 'wx')
  try {
    writeSync(file, '编号,姓名,科室,诊断,备注\n')
    const rows = Array.from(
      { length: 5_000 },
      (_, at) => `${100_000 + at},"测试${at}",内科,"二型糖尿病，随访${at % 7}",患者自述无不适\n`,
    )
    const chunk = Buffer.from(rows.join(''))
    for (let written = 0; written < bytes; written += chunk.length) writeSync(file, chunk)
  } finally {
    closeSync(file)
  }
  return digestOf(path)
}

function digestOf(path: string) {
  const digest = createHash('sha256')
  eachChunk(path, (chunk) => digest.update(chunk))
  return { bytes: statSync(path).size, sha256: digest.digest('hex') }
}

/** What nobody can do less of: find the fields, mark a person a row, encrypt. */
function barePass(path: string): void {
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))
  const key = randomBytes(32)
  let rest = ''
  eachChunk(path, (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines)
      createHmac('sha256', key)
        .update(line.split(',')[0] ?? '')
        .digest()
    cipher.update(chunk)
  })
}

function hashPass(path: string): void {
  const digest = createHash('sha256')
  eachChunk(path, (chunk) => digest.update(chunk))
}

function eachChunk(path: string, take: (chunk: Buffer) => void): void {
  const file = openSync(path, 'r')
  const buffer = Buffer.allocUnsafe(1 << 20)
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) take(buffer.subarray(0, read))
  } finally {
    closeSync(file)
  }
}

async function cpuSeconds(run: () => unknown): Promise<number> {
  const since = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
