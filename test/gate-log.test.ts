// The gate and the log together: what leaves is in the log, and a log that does not fit stops what would leave.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addCosignatures,
  cosignNote,
  decideCosignature,
  emptyFrontier,
  leafCount,
  logFolder,
  noteSigner,
  publish,
  readProof,
  signatureLine,
  signCheckpoint,
  writePolicy,
  writeProof,
} from '@tongguan/log'
import type { NoteSigner, Policy, PostToWitness, TreeHead } from '@tongguan/log'
import { generateKey, releaseBatch, seal, trustedKey } from '@tongguan/gate'
import type { ReleasePredicate, ReleaseResult, Statement } from '@tongguan/gate'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aScenario, aSignedPermit, approverTrust, authorityTrust } from '../gate/makers.ts'
import { policyOfTrust, verifyLog } from '../server/flows/verify-log.ts'
import { verifyRelease } from '../server/flows/verify-release.ts'
import { releaseLog } from '../server/release-log.ts'
import { forEachDatabase } from './databases.ts'
import { aLoggedRequest, logFolderOf, logIn, logTrust, openGate } from './gate-log.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-gate-log-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const key = generateKey()
const gateTrust = trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false })
const trust = { schema: 'tongguan/trust/1', keys: [gateTrust, authorityTrust, logTrust, ...approverTrust] } as const

function released(result: ReleaseResult): Extract<ReleaseResult, { kind: 'released' }> {
  if (result.kind !== 'released') throw new Error(JSON.stringify(result))
  return result
}

const audit = (folder: string) => verifyLog(join(folder, 'log'), { policy: policyOfTrust(trust) })

forEachDatabase('the gate’s log', (open) => {
  test('what leaves carries its proof, and a manifest signed again without it, or with another, is refused', async () => {
    const { db } = await openGate(open, root)
    const one = released(await releaseBatch(aLoggedRequest(root, db, key)))
    const request = aLoggedRequest(root, db, key)
    const two = released(await releaseBatch({ ...request, batch: { ...request.batch, name: 'b2' } }))
    const report = await verifyRelease(one.folder, trust, { allowPilot: false })
    expect(report.outcome).toBe('valid')
    expect(report.checks.find(({ id }) => id === 'logged')?.words.en).toMatch(
      /entry 0 of .*checkpoint of 1; .*0 required/,
    )
    expect(await audit(logFolderOf(db))).toMatchObject({ outcome: 'valid', checkpoint: { size: 2 } })

    const path = join(one.folder, 'release.dsse.json')
    const statement = JSON.parse(
      Buffer.from((JSON.parse(one.envelope) as { payload: string }).payload, 'base64').toString(),
    ) as Statement<ReleasePredicate>
    const log = one.release.log
    const other = two.release.log
    if (log === null || other === null) throw new Error('not logged')
    const codeWith = async (
      changed: ReleasePredicate['log'],
      keys = trust.keys as readonly (typeof trust.keys)[number][],
    ) => {
      writeFileSync(path, seal({ ...statement, predicate: { ...statement.predicate, log: changed } }, key))
      return (await verifyRelease(one.folder, { ...trust, keys }, { allowPilot: false })).code
    }
    expect(await codeWith(log)).toBeNull()
    expect(await codeWith(null)).toBe('verify.not-logged')
    expect(await codeWith(other)).toBe('verify.log-other-decision')
    expect(await codeWith({ ...log, entry: other.entry })).toBe('verify.log-proof-wrong')
    expect(await codeWith({ ...log, entry: log.entry.replace('authorised', 'authorized') })).toBe(
      'verify.log-proof-wrong',
    )
    expect(await codeWith({ ...log, index: 1 })).toBe('verify.log-proof-wrong')
    expect(await codeWith({ ...log, origin: 'elsewhere' })).toBe('verify.log-proof-wrong')
    expect(await codeWith(log, [gateTrust, authorityTrust])).toBe('verify.log-proof-wrong')
    const proof = readProof(log.proof)
    if (proof === undefined) throw new Error('no proof')
    expect(await codeWith({ ...log, proof: writeProof({ ...proof, index: 1 }) })).toBe('verify.log-proof-wrong')
    const bytes = Buffer.from(log.proof)
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect([at, await codeWith({ ...log, proof: flipped.toString('latin1') })]).toEqual([
        at,
        'verify.log-proof-wrong',
      ])
    }
  })

  test('an older database, or one of another history, is refused before anything is decided, with both sizes', async () => {
    const { db } = await openGate(open, root)
    const folder = logFolderOf(db)
    const shown = logIn(db, folder)
    // Somebody signed three leaves; this database holds none of them.
    const three = ['a', 'b', 'c'].map((text) => Buffer.from(text))
    const other = mkdtempSync(join(root, 'other-'))
    const signer = noteSigner('log.example/hospital', 'log', generateKey().privateKey)
    const place = { folder: join(other, 'log'), signer, memory: join(other, 'signed.json') }
    await publish(place.folder, emptyFrontier, three, { signer, signed: null })
    const log = releaseLog(db, place)
    const rolled = { code: 'gate.log-rolled-back', facts: { database: 0, signed: 3 } }
    expect(await releaseBatch(aLoggedRequest(root, db, key, { log }))).toMatchObject({ kind: 'refused', ...rolled })
    for (let i = 0; i < 4; i++) {
      await db.transaction().execute((tx) => shown.append(tx, { type: 'gate-started', i }))
    }
    expect(await log.check()).toEqual({ kind: 'stopped', database: 4, signed: 3 })
    expect(await log.publish()).toEqual({ kind: 'stopped', database: 4, signed: 3 })
    expect(await shown.check()).toBeUndefined()
  })

  test('too few witnesses: decided and counted, but nothing leaves until enough have cosigned', async () => {
    const { db } = await openGate(open, root)
    const folder = logFolderOf(db)
    const signer = noteSigner('log.example/witnessed', 'log', generateKey().privateKey)
    const witnesses = ['audit', 'recipient', 'authority'].map((name) =>
      noteSigner(`${name}.example`, 'witness', generateKey().privateKey),
    )
    const policy: Policy = {
      logs: [signer.verifier],
      witnesses: witnesses.map(({ verifier }) => ({
        name: verifier.name,
        verifier,
        address: `https://${verifier.name}`,
      })),
      groups: [{ name: 'two', threshold: 2, members: witnesses.map(({ verifier }) => verifier.name) }],
      quorum: 'two',
    }
    const heads = new Map<string, TreeHead>()
    let reachable = 1
    /** Witnesses behind their addresses; only the first so many answer. */
    const post: PostToWitness = (address, body) => {
      const at = witnesses.findIndex(({ verifier }) => address === `https://${verifier.name}/add-checkpoint`)
      const witness = witnesses[at]
      if (witness === undefined || reachable <= at) return Promise.resolve(undefined)
      const answer = decideCosignature(body, {
        logOf: () => ({ keys: [signer.verifier], last: heads.get(address) ?? null }),
        signer: witness,
        seconds: 1_700_000_000 + at,
      })
      if (answer.kind === 'refused') return Promise.resolve({ status: answer.status, body: `${answer.size ?? ''}\n` })
      heads.set(address, answer.checkpoint)
      return Promise.resolve({ status: 200, body: answer.line })
    }
    const place = {
      folder: join(folder, 'witnessed'),
      signer,
      memory: join(folder, 'witnessed.json'),
      witnesses: { policy, post },
    }
    const log = releaseLog(db, place, { least: 2 })
    const tooFew = releaseLog(
      db,
      { ...place, witnesses: { policy: { ...policy, quorum: 'audit.example' }, post } },
      { least: 2 },
    )
    const request = aLoggedRequest(root, db, key, { log })
    expect(await releaseBatch({ ...request, log: tooFew })).toMatchObject({
      kind: 'refused',
      code: 'gate.witnesses-too-few',
      facts: { needed: 1, least: 2 },
    })
    const held = await releaseBatch(request)
    expect(held).toMatchObject({
      kind: 'unfinished',
      because: { code: 'gate.log-not-cosigned', facts: { cosigned: 1, by: 'audit.example', needed: 2 } },
    })
    expect(readdirSync(request.into)).toEqual([])
    expect(await logFolder(place.folder)('checkpoint')).toBeUndefined()
    // Cut off while it was asking: the next one goes on from there.
    const broken = releaseLog(db, {
      ...place,
      witnesses: { policy, post: () => Promise.reject(new Error('cut off')) },
    })
    await expect(releaseBatch({ ...request, log: broken })).rejects.toThrow('cut off')
    // The log grows while its checkpoint waits: that one goes on waiting, and is not overtaken.
    await db.transaction().execute((tx) => log.append(tx, { type: 'gate-started' }))
    expect(await releaseBatch(request)).toMatchObject({ kind: 'unfinished' })
    // By file: the second witness cosigns what waits. Of another checkpoint, or by a stranger, nothing is taken.
    const pending = await logFolder(place.folder)('checkpoint.pending')
    if (pending === undefined) throw new Error('nothing waits')
    const by = (witness: NoteSigner, text = Buffer.from(pending).toString('utf8')) =>
      Buffer.from(
        `${text}${signatureLine(cosignNote(text.slice(0, text.lastIndexOf('\n\n') + 1), witness, 1_700_000_000))}`,
      )
    const [, second] = witnesses
    if (second === undefined) throw new Error('no second witness')
    const stranger = noteSigner('recipient.example', 'witness', generateKey().privateKey)
    expect(await addCosignatures(db, place, by(stranger))).toEqual({ kind: 'added', size: 1, added: [] })
    const elsewhere = signCheckpoint({ size: 1, root: new Uint8Array(32) }, signer)
    expect(await addCosignatures(db, place, by(second, elsewhere))).toEqual({ kind: 'other-checkpoint' })
    expect(await addCosignatures(db, place, by(second))).toMatchObject({ added: ['recipient.example'] })
    const one = released(await releaseBatch(request))
    expect(one.again).toBe(true)

    // The recipient's trust file names the same policy: two of three, and the verifier counts them.
    const trusting = (quorum: string) => ({
      ...trust,
      keys: trust.keys.filter((one) => one !== logTrust),
      logPolicy: writePolicy({ ...policy, quorum }),
    })
    const report = await verifyRelease(one.folder, trusting('two'), { allowPilot: false })
    expect([report.code, report.checks.find(({ id }) => id === 'logged')?.words.en]).toEqual([
      null,
      expect.stringMatching(/cosigned by 2 witnesses, 2 required/),
    ])
    expect((await verifyRelease(one.folder, trusting('authority.example'), { allowPilot: false })).code).toBe(
      'verify.witnesses-too-few',
    )
    expect((await verifyRelease(one.folder, { ...trust, logPolicy: 'quorum two' }, { allowPilot: false })).code).toBe(
      'verify.log-proof-wrong',
    )
    // Over the network: two answer, the one that saw nothing yet says so and is asked from there.
    reachable = 3
    expect(await log.publish()).toEqual({ kind: 'published' })
    const size = await leafCount(db)
    expect(await verifyLog(place.folder, { policy })).toMatchObject({ outcome: 'valid', checkpoint: { size } })
  })

  test('a clock set back behind the log holds what is asked and keeps back what waits', async () => {
    const { db } = await openGate(open, root)
    const at = (now: string) => logIn(db, logFolderOf(db), { now: () => new Date(now) })
    const waiting = aLoggedRequest(root, db, key, { log: at('2026-11-23T04:00:00Z') })
    const ends = {
      ...waiting,
      atStep: (step: string) => {
        if (step === 'decided') throw new Error('killed')
      },
    }
    await expect(releaseBatch(ends)).rejects.toThrow('killed')
    const back = { ...waiting, log: at('2026-11-23T03:59:49Z') }
    const behind = { now: '2026-11-23T03:59:49.000Z', newest: '2026-11-23T04:00:00.000Z' }
    expect(await releaseBatch(back)).toMatchObject({ kind: 'unfinished', because: { code: 'gate.permit-unsure' } })
    expect(readdirSync(waiting.into)).toEqual([])
    const held = await releaseBatch({ ...back, batch: { ...back.batch, name: 'b2' } })
    expect(held).toMatchObject({ kind: 'held', reasons: [{ code: 'gate.clock-behind', facts: behind }] })
    expect(await releaseBatch({ ...waiting, log: at('2026-11-23T03:59:50Z') })).toMatchObject({ kind: 'released' })
  })

  test('50 at once: each decision is one leaf, in a log anybody can audit', async () => {
    const { db } = await openGate(open, root)
    const permit = aSignedPermit({ scenarios: [aScenario({ ceiling: { general: 25, sensitive: 0 } })] })
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, at) => {
        const request = aLoggedRequest(root, db, key, { permit, files: { 'visits.csv': `subject\n${at}\n` } })
        return releaseBatch({ ...request, batch: { ...request.batch, name: `b${at}` } })
      }),
    )
    expect(results.filter(({ kind }) => kind === 'released')).toHaveLength(25)
    await logIn(db, logFolderOf(db)).publish()
    expect(await audit(logFolderOf(db))).toMatchObject({ outcome: 'valid', checkpoint: { size: 50 } })
    for (const statement of [
      sql`update log_leaf set entry = '\\x00'`,
      sql`delete from log_leaf where index = 49`,
      sql`truncate log_leaf`,
      sql`insert into log_leaf select index + 2, entry, peaks from log_leaf where index = 49`,
      sql`insert into log_leaf select index, entry, peaks from log_leaf where index = 49`,
      sql`update log_head set size = 51`,
      sql`update log_head set size = 49`,
      sql`delete from log_head`,
      sql`insert into log_head (one, size) values (false, 0)`,
      sql`update batch set log_index = 7 where log_index = 8`,
      sql`update batch set state = 'delivered', delivered_at = now() where state = 'held'`,
    ]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
    }
  })
})
