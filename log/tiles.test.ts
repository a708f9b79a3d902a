import { expect, test } from 'vitest'
import { auditLog } from './audit.ts'
import { signCheckpoint } from './checkpoint.ts'
import { aLog, aSigner, entriesUpTo, readerOf, trusting } from './makers.ts'
import {
  isSame,
  leafHash,
  proveConsistency,
  proveInclusion,
  readRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
import { growTiles, subtreesOf, tilePath } from './tiles.ts'

const signer = aSigner('log.example', 'log')
const policy = trusting(signer.verifier)

test.for([
  [0, 0, 256, 'tile/0/000'],
  [0, 999, 256, 'tile/0/999'],
  [1, 1000, 256, 'tile/1/x001/000'],
  [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
  [2, 67, 17, 'tile/2/067.p/17'],
] as const)('tile %i/%i of width %i is %s', ([level, index, width, path]) => {
  expect(tilePath(level, index, width)).toBe(path)
})

test('a log of 70,000 has the tiles the specification counts: 273 + 1 of level 0, 1 + 1 of level 1, one of level 2', async () => {
  const { files } = await aLog(70_000, signer)
  const names = [...files.keys()]
  expect(names.filter((name) => name.startsWith('tile/0/')).length).toBe(274)
  expect(names).toEqual(expect.arrayContaining(['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1']))
  expect(names.filter((name) => name.startsWith('tile/2/'))).toEqual(['tile/2/000.p/1'])
  expect(files.get('tile/0/000')?.byteLength).toBe(8192)
})

test.for([[1], [255], [256], [257], [511], [512], [513], [65_535], [65_536], [65_537]] as const)(
  'a log of %i is proved from its tiles',
  async ([size]) => {
    const { files, head } = await aLog(size, signer)
    const read = subtreesOf(readerOf(files), size)
    expect(isSame(await readRoot(read, size), head.root)).toBe(true)
    for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
      const leaf = leafHash(Buffer.from(`entry ${index}`))
      expect(verifyInclusion(await proveInclusion(read, index, size), { index, size, leaf, root: head.root })).toBe(
        true,
      )
    }
    expect((await auditLog(readerOf(files), { policy })).outcome).toBe('valid')
  },
)

test('grown in steps, a log ends with the same files as grown at once, and each step is proved from the one before', async () => {
  const whole = (await aLog(1500, signer)).files
  const files = new Map<string, Uint8Array>()
  let size = 0
  let before = (await aLog(0, signer)).head
  for (const step of [1, 254, 1, 1, 300, 211, 256, 476]) {
    const added = entriesUpTo(size + step).slice(size)
    for (const { path, bytes } of await growTiles(readerOf(files), size, added)) files.set(path, bytes)
    size += step
    const { head } = await aLog(size, signer)
    const proof = await proveConsistency(subtreesOf(readerOf(files), size), before.size, size)
    expect(verifyConsistency(proof, before, head)).toBe(true)
    before = head
  }
  expect(size).toBe(1500)
  for (const [path, bytes] of whole) {
    if (path !== 'checkpoint') expect(files.get(path)).toEqual(bytes)
  }
})

test('an entry longer than a bundle can say is refused', async () => {
  await expect(growTiles(readerOf(new Map()), 0, [Buffer.alloc(65_536)])).rejects.toThrow(RangeError)
})

test('the audit finds a changed byte in any file, and every file that is missing', async () => {
  const { files } = await aLog(600, signer)
  for (const [path, bytes] of files) {
    const without = new Map([...files].filter(([name]) => name !== path))
    expect((await auditLog(readerOf(without), { policy })).problems[0]).toEqual({ code: 'log.file-missing', path })
    for (let at = 0; at < bytes.byteLength; at += 97) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const report = await auditLog(readerOf(new Map(files).set(path, changed)), { policy })
      expect([path, at, report.outcome]).toEqual([path, at, 'refused'])
    }
  }
})

test('an earlier checkpoint shows a rewritten history, a rollback and another log', async () => {
  const then = await aLog(300, signer)
  const now = await aLog(600, signer)
  const against = Buffer.from(then.checkpoint)
  expect((await auditLog(readerOf(now.files), { policy, against })).outcome).toBe('valid')
  expect((await auditLog(readerOf(then.files), { policy, against: Buffer.from(now.checkpoint) })).problems).toEqual([
    { code: 'log.rolled-back', path: 'checkpoint' },
  ])
  const forged = { size: 300, root: leafHash(Buffer.from('another history')) }
  const kept = Buffer.from(signCheckpoint(forged, signer))
  expect((await auditLog(readerOf(now.files), { policy, against: kept })).problems).toEqual([
    { code: 'log.history-rewritten', path: 'checkpoint' },
  ])
  const other = aSigner('other.example', 'log')
  const elsewhere = Buffer.from((await aLog(300, other)).checkpoint)
  const both = trusting(signer.verifier, other.verifier)
  expect((await auditLog(readerOf(now.files), { policy: both, against: elsewhere })).problems).toEqual([
    { code: 'log.earlier-checkpoint-of-another-log', path: 'checkpoint' },
  ])
})

test('a checkpoint by a key nobody named is refused before anything is read', async () => {
  const { files } = await aLog(3, signer)
  expect((await auditLog(readerOf(files), { policy: trusting() })).problems).toEqual([
    { code: 'log.checkpoint-key-unknown', path: 'checkpoint' },
  ])
})

test('an empty log is a valid one', async () => {
  const { files } = await aLog(0, signer)
  expect((await auditLog(readerOf(files), { policy })).outcome).toBe('valid')
})
