import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { auditLog } from './audit.ts'
import { aSigner, entriesUpTo, trusting } from './makers.ts'
import { append, emptyFrontier, leafHash } from './merkle.ts'
import { logFolder, publish } from './publish.ts'

const signer = aSigner('log.example', 'log')
const root = mkdtempSync(join(tmpdir(), 'tongguan-log-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let made = 0
const aFolder = () => join(root, String(++made))
const policy = trusting(signer.verifier)

test('what is published is audited as valid, step by step, and no half-written file stays', async () => {
  const folder = aFolder()
  let frontier = emptyFrontier
  let signed = null
  for (const size of [1, 3, 256, 300]) {
    const done = await publish(folder, frontier, entriesUpTo(size).slice(frontier.size), { signer, signed })
    if (done.kind !== 'published') throw new Error(done.kind)
    ;({ frontier } = done)
    signed = done.head
    expect(await auditLog(logFolder(folder), { policy })).toMatchObject({ outcome: 'valid', checkpoint: { size } })
  }
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual([])
})

test('published twice, it is the same log', async () => {
  const folder = aFolder()
  const first = await publish(folder, emptyFrontier, entriesUpTo(10), { signer, signed: null })
  const again = await publish(folder, emptyFrontier, entriesUpTo(10), { signer, signed: null })
  expect(again).toEqual(first)
})

test('an older database, or another history, stops the log: both sizes are shown and nothing is signed', async () => {
  const folder = aFolder()
  const done = await publish(folder, emptyFrontier, entriesUpTo(10), { signer, signed: null })
  if (done.kind !== 'published') throw new Error(done.kind)
  const older = await publish(folder, emptyFrontier, entriesUpTo(6), { signer, signed: null })
  expect(older).toMatchObject({ kind: 'stopped', head: { size: 6 }, earlier: { size: 10 } })
  const other = await publish(folder, emptyFrontier, [...entriesUpTo(9), Buffer.from('forged'), Buffer.from('more')], {
    signer,
    signed: null,
  })
  expect(other).toMatchObject({ kind: 'stopped', head: { size: 11 }, earlier: { size: 10 } })
  // Also where the folder was put back together with the database: the signer remembers.
  const restored = aFolder()
  const memory = await publish(restored, emptyFrontier, entriesUpTo(6), { signer, signed: done.head })
  expect(memory).toMatchObject({ kind: 'stopped', head: { size: 6 }, earlier: { size: 10 } })
  expect(await auditLog(logFolder(folder), { policy })).toMatchObject({ outcome: 'valid', checkpoint: { size: 10 } })
})

test('a frontier later than what was signed is not published: its tiles were never written', async () => {
  const later = entriesUpTo(4).map(leafHash).reduce(append, emptyFrontier)
  const done = await publish(aFolder(), later, [Buffer.from('entry 4')], {
    signer,
    signed: { size: 0, root: leafHash(Buffer.alloc(0)) },
  })
  expect(done.kind).toBe('stopped')
})
