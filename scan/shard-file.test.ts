// Scans made apart are added up as if they had been one, and their files give no identifier away.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aName, anId, someOptions } from './makers.ts'
import { mergeShards, scan, scanIntoShards } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-shards-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const header = '病案号,姓名,身份证号,手机号,备注'
// Every person twice, some without an ID or a telephone, a shared telephone, and a note that names two others.
const rows = Array.from({ length: 3000 }, (_, n) => {
  const person = n % 1500
  const id = n % 7 === 0 ? '' : anId(person)
  const phone = n % 13 === 0 ? aMobile(99_999_999) : aMobile(person)
  const note = n === 2345 ? `家属 ${anId(777_777)} 与 ${anId(888_888)} 来电` : '复诊'
  return `M${String(person).padStart(8, '0')},${aName(person)},${id},${phone},${note}`
})

async function shardsOf(parts: number): Promise<Buffer[]> {
  const files: Buffer[] = []
  for (let part = 0; part < parts; part++) {
    const place = join(folder, `${parts}-${part}`)
    mkdirSync(place)
    writeFileSync(join(place, 'a.csv'), [header, ...rows.filter((_, n) => (n * 7919) % parts === part)].join('\n'))
    files.push((await scanIntoShards(engine, [place], someOptions)).shards)
  }
  return files
}

test('from 1, 4 and 64 shards in any order the same persons, to the byte, as of one scan', async () => {
  const path = join(folder, 'whole.csv')
  writeFileSync(path, [header, ...rows].join('\n'))
  const { exact: _exact, keyEpoch: _epoch, ...whole } = (await scan(engine, [path], someOptions)).persons
  expect(whole.point).toBeGreaterThan(1500)
  for (const parts of [1, 4, 64]) {
    const files = await shardsOf(parts)
    expect(JSON.stringify(mergeShards(files))).toBe(JSON.stringify(whole))
    expect(JSON.stringify(mergeShards(files.toReversed()))).toBe(JSON.stringify(whole))
  }
})

test('no identifier stands in the file, and another key makes other hashes', async () => {
  const path = join(folder, 'few.csv')
  writeFileSync(path, [header, ...rows.slice(0, 50)].join('\n'))
  const { shards } = await scanIntoShards(engine, [path], someOptions)
  for (const n of [1, 2, 3]) expect(shards.includes(anId(n)) || shards.includes(aMobile(n))).toBe(false)
  const other = await scanIntoShards(engine, [path], { ...someOptions, key: Buffer.alloc(32, 8) })
  expect(other.shards.equals(shards)).toBe(false)
  expect(() => mergeShards([shards, other.shards])).toThrow('different counting keys')
})

test.for([
  ['another file', () => Buffer.from('id,name\n1,2\n'), 'no file of shards'],
  ['a file cut off', (shards: Buffer) => shards.subarray(0, -5), 'cut off'],
  ['nothing', () => Buffer.alloc(0), 'no file of shards'],
] as const)('%s is refused', async ([, broken, message]) => {
  const path = join(folder, 'one.csv')
  writeFileSync(path, [header, ...rows.slice(0, 50)].join('\n'))
  const { shards } = await scanIntoShards(engine, [path], someOptions)
  expect(() => mergeShards([broken(shards)])).toThrow(message)
})

test('shards of two years cannot be added up: each year has its own key', async () => {
  const path = join(folder, 'year.csv')
  writeFileSync(path, [header, ...rows.slice(0, 50)].join('\n'))
  const files = await Promise.all(
    ['2025', '2026'].map((keyEpoch) => scanIntoShards(engine, [path], { ...someOptions, keyEpoch })),
  )
  expect(() => mergeShards(files.map(({ shards }) => shards))).toThrow('different years')
})
