// A bad file is an error on that file; the others are read, the scan says it is not complete, and nothing is claimed of the rest.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aRegister, anId, someOptions } from './makers.ts'
import { scan } from './scan.ts'
import type { ScanOptions } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-bad-files-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

let next = 0
/** Scans the bad file beside a good one of five persons. */
async function besideAGoodOne(bad: (folder: string) => void, limits: NonNullable<ScanOptions['limits']> = {}) {
  const place = join(folder, String(next++))
  mkdirSync(place)
  writeFileSync(join(place, 'good.csv'), aRegister(5).join('\n'))
  bad(place)
  const evidence = await scan(engine, [place], { ...someOptions, limits })
  const good = evidence.files.find(({ path }) => path === 'good.csv')
  expect(good).toMatchObject({ rows: 5, error: null })
  expect(evidence.scanned.complete).toBe(false)
  expect(evidence.persons.exact).toBe(false)
  const others = evidence.files.filter((file) => file !== good)
  expect(others).toHaveLength(1)
  return others[0]
}

const gzipped = gzipSync(aRegister(20_000).join('\n'))
const line = `${'x'.repeat(3_000_000)},${aMobile(1)}\n`

test.for([
  ['an empty file', 'scan.file-empty', Buffer.alloc(0), {}],
  ['an empty gzip', 'scan.file-empty', gzipSync(''), {}],
  ['bytes of no text', 'scan.file-binary', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 197) % 256)), {}],
  ['NUL bytes in a table', 'scan.file-binary', `${aRegister(5).join('\n')}\n王芳,\0\0,1\n`, {}],
  ['a gzip cut off', 'scan.file-truncated', gzipped.subarray(0, gzipped.length >> 1), {}],
  [
    'a gzip with a byte changed',
    'scan.archive-damaged',
    Buffer.concat([gzipped.subarray(0, 3000), Buffer.alloc(20, 255), gzipped.subarray(3020)]),
    {},
  ],
  ['a bomb by ratio', 'scan.unpacks-to-too-much', gzipSync('a,b\n'.repeat(1_000_000)), { ratioFreeBytes: 1_000_000 }],
  ['a bomb by size', 'scan.unpacks-to-too-much', gzipped, { unpackedBytes: 600_000 }],
  ['a bomb of JSON', 'scan.unpacks-to-too-much', gzipSync('{"a":1}\n'.repeat(500_000)), { ratioFreeBytes: 1_000_000 }],
  ['a gzip in a gzip', 'scan.file-binary', gzipSync(gzipped), {}],
  [
    '100,000 columns',
    'scan.too-many-columns',
    [0, 1, 2]
      .map((row) => Array.from({ length: 100_000 }, (_, at) => (row === 0 ? `名${at}` : at)).join(','))
      .join('\n'),
    {},
  ],
  [
    'JSON of 100,000 paths',
    'scan.too-many-columns',
    JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at]))),
    {},
  ],
  ['a line without an end', 'scan.row-too-long', `a,b\n${line}`, { rowBytes: 1_000_000 }],
  [
    'a quote that is never closed',
    'scan.row-too-long',
    `姓名,备注\n王芳,"${'很长\n'.repeat(500_000)}`,
    { rowBytes: 1_000_000 },
  ],
  ['a JSON object without an end', 'scan.row-too-long', `[{"a":"${'x'.repeat(3_000_000)}`, { rowBytes: 1_000_000 }],
  ['a Parquet file cut off', 'scan.parquet-unreadable', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100)]), {}],
  [
    'a Parquet file of noise',
    'scan.parquet-unreadable',
    Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100, 7), Buffer.from('PAR1')]),
    {},
  ],
  ['a picture', 'scan.file-binary', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), {}],
  [
    'JSON nested beyond any stack',
    'scan.line-not-json',
    `{"a":1}\n{"a":${'{"a":'.repeat(60_000)}1${'}'.repeat(60_001)}\n{"a":2}`,
    {},
  ],
] as const)('%s: %s', async ([, code, content, limits]) => {
  const bad = await besideAGoodOne((place) => writeFileSync(join(place, 'bad'), content), limits)
  expect(bad?.error?.code).toBe(code)
  if (code !== 'scan.file-truncated' && code !== 'scan.line-not-json') expect(bad?.columns).toEqual([])
})

test.for([30, 60_000])('a row that breaks off after %i others: what stands before it is read', async (rows) => {
  const cut = `${aRegister(rows).join('\n')}\n王芳,1101`
  const bad = await besideAGoodOne((place) => writeFileSync(join(place, 'bad.csv'), cut))
  expect(bad).toMatchObject({ rows: rows + 1, error: { code: 'scan.file-truncated' } })
  const open = `${aRegister(rows).join('\n')}\n王芳,"${anId(1)},1\n王芳,1101\n`
  const unclosed = await besideAGoodOne((place) => writeFileSync(join(place, 'bad.csv'), open))
  expect(unclosed).toMatchObject({ rows: rows + 1, error: { code: 'scan.file-truncated' } })
})

test.for([
  ['UTF-8', 30, (text: string) => Buffer.from(text)],
  ['UTF-8, longer than the head', 60_000, (text: string) => Buffer.from(text)],
  // 王 is CD F5 in GB18030; everything else here is ASCII but the header and 芳.
  ['GB18030', 30, gb],
] as const)(
  '%s that breaks off inside a character is cut off, not of an unknown encoding',
  async ([, rows, encode]) => {
    const cut = encode(`${aRegister(rows).join('\n')}\n王`)
    const bad = await besideAGoodOne((place) => writeFileSync(join(place, 'bad.csv'), cut.subarray(0, cut.length - 1)))
    expect(bad?.error?.code).toBe('scan.file-truncated')
  },
)

function gb(text: string): Buffer {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text })
}

test('a name that is not UTF-8 is an error on that file', async () => {
  const bad = await besideAGoodOne((place) =>
    writeFileSync(Buffer.concat([Buffer.from(`${place}/`), Buffer.from('d0d5c3fb2e637376', 'hex')]), '姓名\n王芳\n'),
  )
  expect(bad).toMatchObject({ rows: 0, columns: [], error: { code: 'scan.name-not-utf8' } })
})

test('a header with a name twice is a header, and its columns are told apart', async () => {
  const place = join(folder, 'twice.csv')
  writeFileSync(place, ['姓名,姓名,手机号', ...[1, 2, 3].map((n) => `王芳,张伟,${aMobile(n)}`)].join('\n'))
  const { files } = await scan(engine, [place], { ...someOptions, keepNames: true })
  expect(files[0]).toMatchObject({ rows: 3, header: true, error: null })
  expect(files[0]?.columns.map(({ name }) => name)).toEqual(['姓名', '姓名 (2)', '手机号'])
})

test('mixed types in one column are all read', async () => {
  const place = join(folder, 'mixed.csv')
  writeFileSync(
    place,
    [
      'a,b',
      ...Array.from({ length: 40 }, (_, n) => `${n % 3 === 0 ? aMobile(n) : n % 3 === 1 ? '无' : `第${n}例`},${n}`),
    ].join('\n'),
  )
  const { files } = await scan(engine, [place], someOptions)
  expect(files[0]).toMatchObject({ rows: 40, error: null })
  expect(files[0]?.columns[0]?.findings).toContainEqual(expect.objectContaining({ kind: 'mobile', valid: 14 }))
})

test('links out of the folder and into nothing, pipes: named, not followed', async () => {
  const outside = join(folder, 'outside.csv')
  writeFileSync(outside, aRegister(9).join('\n'))
  for (const target of [outside, '/proc', 'nowhere', '../outside.csv']) {
    const bad = await besideAGoodOne((place) => symlinkSync(target, join(place, 'link.csv')))
    expect(bad).toMatchObject({ rows: 0, columns: [], error: { code: 'scan.link-outside' } })
  }
  const pipe = await besideAGoodOne((place) => execFileSync('mkfifo', [join(place, 'pipe')]))
  expect(pipe?.error?.code).toBe('scan.not-a-file')
})

test('a file and a folder that may not be read', async (context) => {
  if (process.getuid?.() === 0) context.skip('root may read everything: run as another user to see this one')
  const bad = await besideAGoodOne((place) => {
    writeFileSync(join(place, 'bad.csv'), aRegister(3).join('\n'))
    chmodSync(join(place, 'bad.csv'), 0)
  })
  expect(bad?.error?.code).toBe('scan.file-unreadable')
})

test('a full disk for what must be written out: those files are errors, the rest is read', async (context) => {
  const disk = join(folder, 'small-disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2500k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    context.skip('a small file system cannot be mounted here')
  }
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = disk
  try {
    const small = await openEngine()
    try {
      const place = join(folder, 'spill')
      mkdirSync(place)
      writeFileSync(join(place, 'a.csv'), aRegister(5).join('\n'))
      // JSON is written out for the engine, a plain large table is not.
      const rows = Array.from({ length: 60_000 }, (_, n) =>
        JSON.stringify({ 手机号: aMobile(n), 备注: 'x'.repeat(40) }),
      )
      writeFileSync(join(place, 'b.ndjson'), rows.join('\n'))
      writeFileSync(join(place, 'c.csv'), aRegister(55_000).join('\n'))
      const { files, scanned } = await scan(small, [place], someOptions)
      expect(files.map(({ rows, error }) => [rows, error?.code])).toEqual([
        [5, undefined],
        [0, 'scan.disk-full'],
        [55_000, undefined],
      ])
      expect(scanned.complete).toBe(false)
      // Were that the only file, the cause would be the disk and not the file.
      await expect(scan(small, [join(place, 'b.ndjson')], someOptions)).rejects.toMatchObject({ code: 'ENOSPC' })
    } finally {
      await small.close()
    }
    expect(readdirSync(disk)).toEqual([])
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    execFileSync('umount', [disk])
  }
})
