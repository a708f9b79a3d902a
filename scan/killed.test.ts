// Killed outright at any moment, a scan leaves no evidence half-written and no copy of the data behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import { aMobile, aRegister } from './makers.ts'

let folder = ''
let temporary = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-killed-'))
  temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'a.csv'), aRegister(150_000).join('\n'))
  // Written out for the engine, so that there is a copy to be left behind.
  const rows = Array.from({ length: 100_000 }, (_, n) => JSON.stringify({ 手机号: aMobile(n) }))
  writeFileSync(join(folder, 'data', 'b.ndjson'), rows.join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// What holds data: a pipe made a moment before the kill holds none, and goes with its folder at the next start.
const filesBelow = (place: string): string[] => {
  try {
    return readdirSync(place, { withFileTypes: true, recursive: true }).flatMap((entry) =>
      entry.isDirectory() || entry.isFIFO() ? [] : [entry.name],
    )
  } catch (error) {
    // The worker took a folder away while it was being listed: not empty yet, asked again.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ['being emptied']
    throw error
  }
}

test.for([150, 600, 1200, 2000, 3000])('after %i ms', { timeout: 60_000 }, async (milliseconds) => {
  const out = join(folder, 'out')
  mkdirSync(out, { recursive: true })
  const program = new URL('../cli/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, 'scan', join(folder, 'data'), '--out', join(out, 'evidence.json')], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
  })
  const closed = once(child, 'close')
  await Promise.race([wait(milliseconds), closed])
  child.kill('SIGKILL')
  await closed
  // Either it was done, or nothing of it is there.
  if (existsSync(join(out, 'evidence.json'))) rmSync(join(out, 'evidence.json'))
  expect(filesBelow(out)).toEqual([])
  for (let tries = 0; tries < 200 && filesBelow(temporary).length > 0; tries++) await wait(50)
  expect(filesBelow(temporary)).toEqual([])

  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = temporary
  try {
    await (await openEngine()).close()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  expect(readdirSync(temporary)).toEqual([])
})
