// A glob is the operator's own choice of files: what fits is read, named from its fixed folder, and nothing strays out of it.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listFiles } from './sources.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-globs-'))
  mkdirSync(join(folder, 'data', '2026', 'deep'), { recursive: true })
  mkdirSync(join(folder, 'elsewhere'))
  for (const name of ['a.csv', 'b.txt', '2026/c.csv', '2026/deep/d.csv', '2026/[x].csv'])
    writeFileSync(join(folder, 'data', name), 'x')
  writeFileSync(join(folder, 'elsewhere', 'secret.csv'), 'x')
  symlinkSync(join(folder, 'elsewhere', 'secret.csv'), join(folder, 'data', 'out.csv'))
  symlinkSync(join(folder, 'data', 'b.txt'), join(folder, 'data', 'in.csv'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const listed = async (...patterns: string[]) =>
  (await listFiles(patterns.map((pattern) => join(folder, pattern)))).map(({ path, error }) => error ?? path)

test('files that fit, at any depth; a link inside is read where it points to, one that leads out is an error', async () => {
  expect(await listed('data/**/*.csv')).toEqual([
    '2026/[x].csv',
    '2026/c.csv',
    '2026/deep/d.csv',
    'a.csv',
    'b.txt',
    'scan.link-outside',
  ])
  expect(await listed('data/*.{csv,txt}')).toEqual(['a.csv', 'b.txt', 'scan.link-outside'])
})

test('a folder that fits is read whole, and no file twice', async () => {
  expect(await listed('data/20*', 'data/**/d.csv')).toEqual(['2026/[x].csv', '2026/c.csv', '2026/deep/d.csv'])
})

test('a file may be called like a pattern', async () => {
  expect(await listed('data/2026/[x].csv')).toEqual(['[x].csv'])
})

test.for([
  ['data/*.parquet', 'scan.glob-empty'],
  ['nowhere/*.csv', 'scan.path-missing'],
] as const)('%s: %s', async ([pattern, code]) => {
  await expect(listed(pattern)).rejects.toMatchObject({ code, message: expect.stringContaining(folder) as string })
})
