import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { aLoggedRequest, logTrust, openGate, proveLogged } from '../test/gate-log.ts'
import { acceptReceipt } from './accept-receipt.ts'
import { recipientKey } from './container.ts'
import type { AgeKey } from './container.ts'
import { generateKey, trustedKey } from './keys.ts'
import type { Trust } from './keys.ts'
import type { GateDatabase } from './ledger.ts'
import { amsterdam, approvers, approverTrust, aRevocationList, authorityTrust, today } from './makers.ts'
import { signReceipt } from './receipt.ts'
import type { Receipt } from './receipt.ts'
import { recover } from './recover.ts'
import { releaseBatch } from './release-batch.ts'
import type { ReleaseRequest, ReleaseStep } from './request.ts'
import { privateRootOf } from './receive.ts'
import { stopBatch } from './stop.ts'
import { verifyRelease } from './verify.ts'
import type { VerifyOptions } from './verify-contents.ts'

const key = generateKey()
const recipient = generateKey()

forEachDatabase('a sealed release', (open) => {
  let root: string
  let identity: AgeKey
  let trust: Trust

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'tongguan-sealed-'))
    identity = await recipientKey(recipient)
    const aboutRecipient = { name: amsterdam.name, roles: ['recipient'], simulated: false }
    trust = {
      schema: 'tongguan/trust/1',
      keys: [
        trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false }),
        authorityTrust,
        logTrust,
        ...approverTrust,
        { ...trustedKey(recipient, aboutRecipient), age: identity.recipient },
      ],
    }
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const aSealedRequest = (db: GateDatabase, about: Partial<ReleaseRequest> = {}): ReleaseRequest =>
    aLoggedRequest(root, db, key, { mode: 'sealed', trust, ...about })
  const folderOf = ({ into, batch }: ReleaseRequest) => join(into, batch.name)
  const verify = (request: ReleaseRequest, options: Partial<VerifyOptions> = {}) =>
    verifyRelease(folderOf(request), trust, { allowPilot: false, proveLogged, ...options })
  const receiptOf = async (request: ReleaseRequest, kind: Receipt['kind'], by = recipient) => {
    const { release, statementSha256 = '' } = await verify(request)
    if (release === undefined) throw new Error('no release to sign for')
    return signReceipt(release, { kind, statementSha256, key: by, at: '2026-11-23T05:00:00Z' })
  }
  const accept = async (request: ReleaseRequest, about: Partial<Parameters<typeof acceptReceipt>[1]> = {}) =>
    acceptReceipt(request.db, {
      ...request,
      revocations: aRevocationList(),
      name: request.batch.name,
      receipt: await receiptOf(request, 'container'),
      ...about,
    })

  test('ciphertext first, key last: nothing can be read until the recipient has signed and a second decision stands', async () => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    const waiting = { kind: 'unfinished', because: { code: 'gate.receipt-awaited' } }
    expect(await releaseBatch(request)).toMatchObject(waiting)
    expect(await releaseBatch(request)).toMatchObject(waiting)
    expect(filesIn(folderOf(request))).toEqual([
      'release.dsse.json',
      'sealed/sub/more.csv.age',
      'sealed/visits.csv.age',
    ])
    expect(await verify(request, { identity })).toMatchObject({ outcome: 'valid', sealed: 'closed' })
    expect(readdirSync(privateRootOf(request.into))).toEqual([])

    expect(await accept(request)).toMatchObject({ kind: 'key-released' })
    expect(await verify(request)).toMatchObject({ outcome: 'valid', sealed: 'openable' })
    const openInto = join(root, 'opened')
    expect(await verify(request, { identity, openInto })).toMatchObject({ outcome: 'valid', sealed: 'opened' })
    expect(readFileSync(join(openInto, 'visits.csv'))).toEqual(readFileSync(join(request.batch.path, 'visits.csv')))
    expect(filesIn(openInto)).toEqual(['sub/more.csv', 'visits.csv'])

    // The same receipt again, and the same batch again: the same key.
    const capsule = readFileSync(join(folderOf(request), 'key.age'))
    expect(await accept(request)).toMatchObject({ kind: 'key-released' })
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released', again: true, release: { mode: 'sealed' } })
    expect(readFileSync(join(folderOf(request), 'key.age'))).toEqual(capsule)

    const content = await receiptOf(request, 'content')
    expect(await accept(request, { receipt: content })).toMatchObject({ kind: 'closed' })
    expect(await accept(request, { receipt: content })).toMatchObject({ kind: 'closed' })
    expect((await sql`select 1 from batch_content_receipt`.execute(db)).rows).toHaveLength(1)
  })

  test('where the recipient takes files only, the gate reads the container back before the key follows', async () => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db, { confirmation: 'read-back' })
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released' })
    expect(await verify(request, { identity })).toMatchObject({
      sealed: 'opened',
      release: { seal: { confirmation: 'read-back' } },
    })
    const late = aSealedRequest(db, { confirmation: 'read-back', batch: { ...request.batch, name: 'b2' } })
    const damaging = (step: ReleaseStep) => {
      if (step === 'sent') appendFileSync(join(folderOf(late), 'sealed/visits.csv.age'), 'x')
    }
    expect(await releaseBatch({ ...late, atStep: damaging })).toMatchObject({
      because: { code: 'gate.container-not-there' },
    })
    expect(existsSync(join(folderOf(late), 'key.age'))).toBe(false)
  })

  test.for<readonly [string, Partial<Parameters<typeof acceptReceipt>[1]>]>([
    [
      'the permit was revoked',
      { revocations: aRevocationList({ permits: [{ id: 'permit-1', on: today, because: 'x' }] }) },
    ],
    ['there is no list of the authority', { revocations: null }],
    ['the authority’s list has grown old', { at: '2026-11-24T05:00:00Z' }],
    ['the permit has ended', { on: legalDate('2029-05-20') }],
    ['the year is another', { on: legalDate('2027-01-01') }],
  ])('sent, but %s since: the key does not follow', async ([, about]) => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    await releaseBatch(request)
    const { kind } = await accept(request, about)
    expect(kind).toBe('unfinished')
    expect(await verify(request, { identity })).toMatchObject({ sealed: 'closed' })
  })

  test('one person stops a sent container, and its key never follows; after the key it is too late', async () => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    const stop = () =>
      stopBatch({ ...request, name: request.batch.name, because: 'wrong recipient', key: approvers[0] })
    await releaseBatch(request)
    await stop()
    expect(await accept(request)).toMatchObject({ because: { code: 'gate.stopped-since' } })
    await expect(
      sql`update batch set state = 'key-authorised', key_log_index = 99, key_statement = '{}'`.execute(db),
    ).rejects.toMatchObject({ code: '23000' })
    const other = aSealedRequest(db, { batch: { ...request.batch, name: 'b2' } })
    await releaseBatch(other)
    const killed = accept(other, { step: stopAt('key-authorised') })
    await expect(killed).rejects.toThrow('stopped')
    await expect(stopBatch({ ...other, name: 'b2', because: 'too late', key: approvers[0] })).rejects.toMatchObject({
      code: 'gate.already-released',
    })
  })

  test('only the recipient’s receipt of exactly this release lets a key follow', async () => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    await releaseBatch(request)
    const wrong = async (receipt: Awaited<ReturnType<typeof receiptOf>>) =>
      expect(accept(request, { receipt })).rejects.toMatchObject({ code: 'gate.receipt-wrong' })
    const right = await receiptOf(request, 'container')
    await wrong(await receiptOf(request, 'container', generateKey()))
    await wrong(await receiptOf(request, 'container', approvers[0]))
    await wrong({ ...right, payload: Buffer.from(right.payload, 'base64').toString('base64').replace(/.$/, 'A') })
    const [signature] = right.signatures
    if (signature) await wrong({ ...right, signatures: [{ ...signature, sig: Buffer.alloc(64).toString('base64') }] })
    await expect(accept(request, { receipt: await receiptOf(request, 'content') })).rejects.toMatchObject({
      code: 'gate.nothing-to-receive',
    })
    expect(existsSync(join(folderOf(request), 'key.age'))).toBe(false)
  })

  test.for(['encrypted', 'decided', 'published', 'proven', 'synced', 'renamed', 'sent'] as const)(
    'stopped at "%s" on the way out: the next call takes it to where it waits for the receipt',
    async (step) => {
      const { db } = await openGate(open, root)
      const request = aSealedRequest(db)
      await expect(releaseBatch({ ...request, atStep: stopAt(step) })).rejects.toThrow('stopped')
      expect(await releaseBatch(request)).toMatchObject({ because: { code: 'gate.receipt-awaited' } })
      expect(await verify(request)).toMatchObject({ outcome: 'valid', sealed: 'closed' })
      expect(readdirSync(privateRootOf(request.into))).toEqual([])
      expect(await accept(request)).toMatchObject({ kind: 'key-released' })
    },
  )

  test.for(['key-authorised', 'key-proven', 'key-stated'] as const)(
    'stopped at "%s" on the way to the key: the next call brings the same key',
    async (step) => {
      const { db } = await openGate(open, root)
      const request = aSealedRequest(db)
      await releaseBatch(request)
      await expect(accept(request, { step: stopAt(step) })).rejects.toThrow('stopped')
      expect(existsSync(join(folderOf(request), 'key.age'))).toBe(false)
      const of = { ...request, revocations: aRevocationList(), privateRoot: privateRootOf(request.into) }
      expect(await recover(db, of)).toMatchObject([{ unfinished: null }])
      expect(await verify(request, { identity })).toMatchObject({ outcome: 'valid', sealed: 'opened' })
    },
  )

  test('whoever is not the recipient, changes a byte or brings a key by another way opens nothing', async () => {
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    await releaseBatch(request)
    await accept(request)
    const other = await recipientKey(generateKey())
    expect(await verify(request, { identity: other })).toMatchObject({
      outcome: 'refused',
      code: 'verify.other-recipient',
    })
    const changed = async (name: string, change: (bytes: Buffer) => Buffer) => {
      const copy = mkdtempSync(join(root, 'changed-'))
      cpSync(folderOf(request), copy, { recursive: true })
      writeFileSync(join(copy, name), change(readFileSync(join(copy, name))))
      const { outcome } = await verifyRelease(copy, trust, { allowPilot: false, proveLogged, identity })
      return outcome
    }
    for (const name of ['key.age', 'key.dsse.json', 'sealed/visits.csv.age', 'release.dsse.json']) {
      const { length } = readFileSync(join(folderOf(request), name))
      for (let at = 0; at < length; at += Math.ceil(length / 9)) {
        expect(await changed(name, (bytes) => bytes.fill(bytes.readUInt8(at) ^ 1, at, at + 1))).toBe('refused')
      }
      expect(await changed(name, (bytes) => bytes.subarray(0, -1))).toBe('refused')
    }
    rmSync(join(folderOf(request), 'key.dsse.json'))
    expect(await verify(request, { identity })).toMatchObject({ outcome: 'refused', code: 'verify.key-wrong' })
  })

  test('the stock age program opens it with the recipient’s identity alone', async ({ skip }) => {
    if (spawnSync('age', ['--version']).status !== 0) skip('the program age is not installed')
    const { db } = await openGate(open, root)
    const request = aSealedRequest(db)
    await releaseBatch(request)
    await accept(request)
    const own = join(root, 'recipient.txt')
    const batch = join(root, 'batch.txt')
    writeFileSync(own, identity.identity)
    const age = (with_: string, file: string) =>
      execFileSync('age', ['--decrypt', '-i', with_, join(folderOf(request), file)])
    writeFileSync(batch, age(own, 'key.age'))
    expect(age(batch, 'sealed/visits.csv.age')).toEqual(readFileSync(join(request.batch.path, 'visits.csv')))
    expect(() => age(own, 'sealed/visits.csv.age')).toThrow('age --decrypt')
  })

  test('sealing asks for a key of the recipient, and a batch keeps the mode it was decided with', async () => {
    const { db } = await openGate(open, root)
    const keys = trust.keys.filter(({ roles }) => !roles.includes('recipient'))
    const request = aSealedRequest(db)
    expect(await releaseBatch({ ...request, trust: { ...trust, keys } })).toMatchObject({
      kind: 'refused',
      code: 'gate.recipient-key-unknown',
    })
    await releaseBatch(request)
    const { mode: _mode, ...plain } = request
    expect(await releaseBatch(plain)).toMatchObject({
      kind: 'refused',
      code: 'gate.batch-id-reused',
      facts: { differs: 'mode' },
    })
    for (const set of [`capsule = 'x'`, `mode = 'plaintext'`, `state = 'delivered'`, `state = 'published'`]) {
      await expect(sql.raw(`update batch set ${set}`).execute(db)).rejects.toMatchObject({
        code: expect.stringMatching(/^23/),
      })
    }
  })
})

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

function stopAt(wanted: ReleaseStep): (step: ReleaseStep) => void {
  return (step) => {
    if (step === wanted) throw new Error('stopped')
  }
}
