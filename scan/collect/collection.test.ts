// What a source sends is kept as far as it came, whole rows only.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { usualLimits } from '../bytes.ts'
import { FileError } from '../words.ts'
import { Collection } from './collection.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'collection-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* sends(chunks: readonly string[], end?: Error): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk)
  if (end !== undefined) throw end
}

test('a table: a header of ours before its lines, digest and bytes of its lines', async () => {
  const progress: unknown[] = []
  const collection = new Collection(folder, usualLimits, (now) => progress.push(now))
  collection.expect(3)
  await collection.table('db/t', ['a\tb', 'c'], sends(['1\t2\n', '3\t4\n']))
  const [file] = collection.files
  expect(readFileSync(file?.location ?? '', 'utf8')).toBe('a\\tb\tc\n1\t2\n3\t4\n')
  expect(file?.taken).toMatchObject({
    bytes: 8,
    error: null,
    sha256: createHash('sha256').update('1\t2\n3\t4\n').digest('hex'),
  })
  expect(progress).toEqual([
    { bytesDone: 4, bytes: 4 },
    { bytesDone: 8, bytes: 8 },
  ])
})

test('one that breaks off inside a row ends with its last whole one and says so', async () => {
  const collection = new Collection(folder, usualLimits)
  await collection.table('db/t', ['a'], sends(['1\n2\n3', '3'], new FileError('scan.source-broke-off')))
  const [file] = collection.files
  expect(readFileSync(file?.location ?? '', 'utf8')).toBe('a\n1\n2\n')
  expect(file?.taken?.error).toBe('scan.source-broke-off')
})

test('one that breaks off before a whole row was not read', async () => {
  const collection = new Collection(folder, usualLimits)
  await collection.table('db/t', ['a'], sends(['1'], new FileError('scan.source-timeout')))
  expect(collection.files).toMatchObject([{ path: 'db/t', error: 'scan.source-timeout' }])
})

test('an object shorter than the store said was not read', async () => {
  const collection = new Collection(folder, usualLimits)
  await collection.object('s3://b/k', 5, sends(['1234']))
  expect(collection.files).toMatchObject([{ path: 's3://b/k', error: 'scan.source-broke-off' }])
})

test('all sources together stay within one limit', async () => {
  const collection = new Collection(folder, { ...usualLimits, unpackedBytes: 6 })
  await collection.object('s3://b/k', 4, sends(['1234']))
  await collection.object('s3://b/l', 4, sends(['1234']))
  expect(collection.files.map(({ error }) => error)).toEqual([undefined, 'scan.source-too-large'])
})

test('what is no fault of the source is thrown', async () => {
  const collection = new Collection(folder, usualLimits)
  await expect(collection.table('db/t', ['a'], sends([], new RangeError('ours')))).rejects.toThrow('ours')
})
