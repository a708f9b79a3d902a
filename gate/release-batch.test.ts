import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { aLoggedRequest, leafCount, logTrust, openGate, proveLogged } from '../test/gate-log.ts'
import { approveBatch } from './approve-batch.ts'
import { listBatches } from './batches.ts'
import { privateRootOf } from './receive.ts'
import { recover } from './recover.ts'
import { releaseBatch } from './release-batch.ts'
import type { Inspection, ReleaseRequest, ReleaseStep } from './request.ts'
import { tryBatch } from './try-batch.ts'
import { bindHandler } from './handler.ts'
import { generateKey, trustedKey } from './keys.ts'
import type { GateKey } from './keys.ts'
import { countedPersons } from './ledger.ts'
import {
  approvers,
  approverTrust,
  aRevocationList,
  aScenario,
  aSignedPermit,
  authority,
  authorityTrust,
  inspectFolder,
  today,
  write,
} from './makers.ts'
import { readEnvelope } from './manifest.ts'
import { listStops, stopBatch } from './stop.ts'
import { verifyRelease } from './verify.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-gate-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const key = generateKey()
const trust = {
  schema: 'tongguan/trust/1',
  keys: [
    trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false }),
    authorityTrust,
    logTrust,
    ...approverTrust,
  ],
} as const

/** Nothing in the target, or the whole release; which of them. */
async function target({ into, batch }: ReleaseRequest): Promise<'empty' | 'whole'> {
  const names = existsSync(into) ? readdirSync(into) : []
  if (names.length === 0) return 'empty'
  expect(names).toEqual([batch.name])
  expect(await verifyRelease(join(into, batch.name), trust, { allowPilot: false, proveLogged })).toMatchObject({
    outcome: 'valid',
  })
  return 'whole'
}

const threeCounted = [
  { key: '["permit","permit-1","research"]', general: 2, sensitive: 1 },
  { key: '["year","91110000000000000X",2026]', general: 2, sensitive: 1 },
]

forEachDatabase('a batch', (open) => {
  test('within the permit is released whole; asked again it has the same answer and is counted once', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    const first = await releaseBatch(request)
    expect(first).toMatchObject({ kind: 'released', again: false, folder: join(request.into, 'b1') })
    expect(await target(request)).toBe('whole')
    expect(readdirSync(privateRootOf(request.into))).toEqual([])
    expect(statSync(join(request.into, 'b1')).mode & 0o077).toBe(0)
    expect(await releaseBatch({ ...request, inspect: failToInspect })).toEqual({ ...first, again: true })
    expect(await countedPersons(db)).toEqual(threeCounted)

    const others = [
      [{ recipient: { name: 'Somebody else', country: 'NL' } }, 'recipient'],
      [{ scenarioId: 'marketing' }, 'scenario'],
      [{ permit: aSignedPermit({ lastDay: legalDate('2030-01-01') }) }, 'permit'],
      [{ pilot: true }, 'pilot'],
    ] as const
    for (const [other, differs] of others) {
      const refused = await releaseBatch({ ...request, ...other })
      expect(refused).toMatchObject({ kind: 'refused', code: 'gate.batch-id-reused', facts: { differs } })
    }
    write(join(request.batch.path, 'visits.csv'), 'subject,note\n9,x\n')
    expect(await releaseBatch(request)).toMatchObject({ code: 'gate.batch-id-reused', facts: { differs: 'content' } })
    // A permit that changed under its id is noticed with a new batch, too.
    const changed = {
      ...request,
      permit: aSignedPermit({ lastDay: legalDate('2030-01-01') }),
      batch: { ...request.batch, name: 'b2' },
    }
    expect(await releaseBatch(changed)).toMatchObject({ kind: 'held', reasons: [{ code: 'gate.permit-changed' }] })
    expect(await countedPersons(db)).toEqual(threeCounted)
    expect(await target(request)).toBe('whole')

    for (const statement of [
      sql`update batch set state = 'held'`,
      sql`update batch set envelope = ''`,
      sql`update batch set state = 'authorised', delivered_at = null where name = 'b1'`,
      sql`delete from batch`,
      sql`truncate batch cascade`,
    ]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) })
    }
  })

  test('over the ceiling and with an item too many is held for both, uncounted, with a signed refusal', async () => {
    const { db } = await openGate(open, root)
    const rows = Array.from({ length: 11 }, (_, person) => `${person},x`).join('\n')
    const request = aLoggedRequest(root, db, key, { files: { 'visits.csv': `subject,phone\n${rows}\n` } })
    const held = await releaseBatch(request)
    expect(held).toMatchObject({
      kind: 'held',
      reasons: [
        { code: 'gate.item-not-approved', file: 'visits.csv', column: 'phone' },
        { code: 'gate.persons-over-ceiling', facts: { part: 'general', before: 0, new: 11, after: 11, ceiling: 10 } },
      ],
    })
    expect(await target(request)).toBe('empty')
    expect(readdirSync(privateRootOf(request.into))).toEqual([])
    expect(await countedPersons(db)).toMatchObject([nobody, nobody])
    expect(await releaseBatch(request)).toEqual({ ...held, again: true })
    const envelope = readEnvelope(held.kind === 'held' ? held.envelope : '')
    expect(envelope).toMatchObject({ kind: 'envelope', envelope: { signatures: [{ keyid: key.keyId }] } })
  })

  test('50 at once on one ceiling: as many leave as it allows, and never one more', async () => {
    const { db } = await openGate(open, root)
    const permit = aSignedPermit({ scenarios: [aScenario({ ceiling: { general: 40, sensitive: 0 } })] })
    const requests = Array.from({ length: 50 }, (_, at) => {
      // Persons overlap between neighbours, in opposite orders.
      const persons = at % 2 === 0 ? [2 * at, 2 * at + 1, 2 * at + 2] : [2 * at + 2, 2 * at + 1, 2 * at]
      const files = { 'visits.csv': `subject\n${persons.join('\n')}\n` }
      const request = aLoggedRequest(root, db, key, { permit, files })
      return { ...request, batch: { ...request.batch, name: `b${at}` } }
    })
    const results = await Promise.all(requests.map(releaseBatch))
    const states = await Promise.all(requests.map(target))
    expect(results.map((result) => (result.kind === 'released' ? 'whole' : 'empty'))).toEqual(states)
    const released = requests.filter((_, at) => states[at] === 'whole')
    const persons = new Set(
      released.flatMap(({ batch }) => [0, 1, 2].map((more) => 2 * Number(batch.name.slice(1)) + more)),
    )
    expect(persons.size).toBeGreaterThan(37)
    expect(persons.size).toBeLessThanOrEqual(40)
    const counted = { general: persons.size, sensitive: 0 }
    expect(await countedPersons(db)).toMatchObject([counted, counted])
  })

  test('an inspector that fails, an unusable batch or an occupied target changes nothing', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    await expect(releaseBatch({ ...request, inspect: failToInspect })).rejects.toThrow('the engine broke')
    const { path } = request.batch
    const named = (name: string) => ({ ...request, batch: { ...request.batch, name } })
    for (const name of ['', '../b', '.b', 'a/b', 'b.', `b${'1'.repeat(100)}`, 'b\u202E1']) {
      expect(await releaseBatch(named(name))).toMatchObject({ kind: 'refused', code: 'gate.batch-name-unusable' })
    }
    expect(await releaseBatch(at(request, `${path}-absent`))).toMatchObject({ code: 'gate.batch-not-found' })
    mkdirSync(`${path}-empty`)
    expect(await releaseBatch(at(request, `${path}-empty`))).toMatchObject({ code: 'gate.batch-has-no-files' })
    mkdirSync(`${path}-link`)
    symlinkSync(join(path, 'visits.csv'), join(`${path}-link`, 'a.csv'))
    expect(await releaseBatch(at(request, `${path}-link`))).toMatchObject({ code: 'gate.batch-holds-link' })
    mkdirSync(`${path}-pipe`)
    execFileSync('mkfifo', [join(`${path}-pipe`, 'a.csv')])
    expect(await releaseBatch(at(request, `${path}-pipe`))).toMatchObject({ code: 'gate.batch-holds-special-file' })
    write(join(`${path}-name`, 'a\u202Evsc.exe'), 'x')
    expect(await releaseBatch(at(request, `${path}-name`))).toMatchObject({ code: 'gate.file-name-unusable' })
    expect(await releaseBatch({ ...request, privateRoot: '/dev/shm' })).toMatchObject({
      code: 'gate.target-on-other-filesystem',
    })
    expect(await target(request)).toBe('empty')
    write(join(request.into, 'b1', 'mine'), 'x')
    expect(await releaseBatch(request)).toMatchObject({ code: 'gate.target-exists' })
    expect(readdirSync(join(request.into, 'b1'))).toEqual(['mine'])
    expect(readdirSync(privateRootOf(request.into))).toEqual([])
    expect(await countedPersons(db)).toEqual([])
  })

  test('a single file is a batch, and what the inspector did not see does not leave', async () => {
    const { db } = await openGate(open, root)
    const whole = aLoggedRequest(root, db, key)
    const one = at(whole, join(whole.batch.path, 'visits.csv'))
    expect(await releaseBatch(one)).toMatchObject({ kind: 'released', release: { files: [{ name: 'visits.csv' }] } })
    const unseen = {
      ...aLoggedRequest(root, db, key, { inspect: inspectAllButOne }),
      batch: { ...whole.batch, name: 'b2' },
    }
    const held = await releaseBatch(unseen)
    expect(held).toMatchObject({ kind: 'held', reasons: [{ code: 'gate.not-fully-inspected', file: 'sub/more.csv' }] })
  })

  test('a dry run says what would be decided, and leaves no trace', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    const over = Array.from({ length: 11 }, (_, person) => person).join('\n')
    const many = aLoggedRequest(root, db, key, { files: { 'visits.csv': `subject\n${over}\n` } })
    const would = { decision: { kind: 'released' }, persons: { general: 2, sensitive: 1 }, after: { general: 2 } }
    expect(await tryBatch(request)).toMatchObject({ kind: 'tried', ...would })
    expect(await tryBatch(many)).toMatchObject({ decision: { reasons: [{ code: 'gate.persons-over-ceiling' }] } })
    const { signed: _signed, ...draft } = request.permit
    expect(await tryBatch({ ...request, permit: draft })).toMatchObject({ kind: 'refused' })
    expect(await countedPersons(db)).toEqual([])
    expect(await listBatches(db)).toEqual([])
    expect(await leafCount(db)).toBe(0)
    expect([...readdirSync(request.into), ...readdirSync(privateRootOf(request.into))]).toEqual([])
    await releaseBatch(request)
    // One of the eleven is known as sensitive by now and stays so.
    expect(await tryBatch(many)).toMatchObject({ after: { general: 10, sensitive: 1 } })
    expect(await countedPersons(db)).toEqual(threeCounted)
  })

  test('two persons sign what leaves; until then nothing leaves or is counted, and a change asks them again', async () => {
    const { db } = await openGate(open, root)
    const { approveWith: _none, ...request } = aLoggedRequest(root, db, key)
    const [one, two] = approvers
    const pending = await releaseBatch(request)
    expect(pending).toMatchObject({ kind: 'pending', approvedBy: [], intent: { batch: { name: 'b1' } } })
    expect(await target(request)).toBe('empty')
    expect(await countedPersons(db)).toMatchObject([nobody, nobody])
    const by = (signer: GateKey) => approveBatch({ ...request, name: 'b1', key: signer })
    expect(await by(one)).toMatchObject({ approvedBy: ['approver 1'] })
    expect(await by(one)).toMatchObject({ approvedBy: ['approver 1'] })
    expect(await releaseBatch(request)).toMatchObject({ kind: 'pending', approvedBy: ['approver 1'] })
    await expect(by(generateKey())).rejects.toMatchObject({ code: 'gate.not-an-approver' })
    await expect(by(authority)).rejects.toMatchObject({ code: 'gate.not-an-approver' })
    await expect(approveBatch({ ...request, name: 'b2', key: two })).rejects.toMatchObject({
      code: 'gate.nothing-to-approve',
    })
    expect(await by(two)).toMatchObject({ approvedBy: ['approver 1', 'approver 2'] })
    // Another day, other content: another intent, signed by nobody.
    expect(await releaseBatch({ ...request, on: legalDate('2026-11-24') })).toMatchObject({ approvedBy: [] })
    const original = readFileSync(join(request.batch.path, 'visits.csv'), 'utf8')
    write(join(request.batch.path, 'visits.csv'), 'subject,note\n9,x\n')
    expect(await releaseBatch(request)).toMatchObject({ kind: 'pending', approvedBy: [] })
    write(join(request.batch.path, 'visits.csv'), original)
    // Somebody else counted meanwhile: the figures they signed are no longer true.
    const other = aLoggedRequest(root, db, key, { files: { 'visits.csv': 'subject\n7\n' } })
    await releaseBatch({ ...other, batch: { ...other.batch, name: 'b0' } })
    expect(await releaseBatch(request)).toMatchObject({ kind: 'pending', approvedBy: [] })
    await by(one)
    await by(two)
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released', again: false })
    expect(await target(request)).toBe('whole')
    for (const statement of [sql`delete from batch_approval`, sql`update batch_intent set intent = ''`]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: '23000' })
    }
  })

  test('one person stops a batch, before the decision or after; what has left cannot be stopped', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    const stop = (name: string, by: GateKey = approvers[0]) =>
      stopBatch({ ...request, name, because: 'wrong recipient', key: by })
    await stop('b1')
    expect(await releaseBatch(request)).toMatchObject({ kind: 'refused', code: 'gate.stopped' })
    expect(await countedPersons(db)).toEqual([])
    const late = { ...request, batch: { ...request.batch, name: 'b2' } }
    await expect(releaseBatch({ ...late, atStep: stopAt('decided') })).rejects.toThrow('stopped')
    await expect(stop('b2', authority)).rejects.toMatchObject({ code: 'gate.not-an-approver' })
    await stop('b2')
    const unfinished = { unfinished: { code: 'gate.stopped-since' } }
    expect(await recover(db, recovering(request))).toMatchObject([unfinished])
    expect(await releaseBatch(late)).toMatchObject({ kind: 'unfinished', because: { code: 'gate.stopped-since' } })
    expect(await target(late)).toBe('empty')
    await expect(
      sql`update batch set state = 'delivered', delivered_at = now() where name = 'b2'`.execute(db),
    ).rejects.toMatchObject({ code: '23000' })
    const gone = aLoggedRequest(root, db, key)
    expect(await releaseBatch({ ...gone, batch: { ...gone.batch, name: 'b3' } })).toMatchObject({ kind: 'released' })
    await expect(stop('b3')).rejects.toMatchObject({ code: 'gate.already-released' })
    expect((await listStops(db)).map(({ batch, by }) => [batch, by])).toEqual([
      ['b1', 'approver 1'],
      ['b2', 'approver 1'],
    ])
  })

  test('decided, but the permit ends before the batch leaves: it does not leave', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    await expect(releaseBatch({ ...request, atStep: stopAt('decided') })).rejects.toThrow('stopped')
    const ended = [{ unfinished: { code: 'gate.permit-ended-since' } }]
    const revocations = aRevocationList({ permits: [{ id: 'permit-1', on: today, because: 'misused' }] })
    expect(await recover(db, { ...recovering(request), revocations })).toMatchObject(ended)
    expect(await recover(db, { ...recovering(request), on: legalDate('2029-05-20') })).toMatchObject(ended)
    expect(await recover(db, { ...recovering(request), revocations: null })).toMatchObject([
      { unfinished: { code: 'gate.permit-unsure' } },
    ])
    expect(await target(request)).toBe('empty')
    expect(await recover(db, { ...recovering(request), on: legalDate('2029-05-19') })).toMatchObject([
      { unfinished: null },
    ])
    expect(await target(request)).toBe('whole')
  })

  test('decided, but the target fails: not delivered yet, in the caller’s own path; later whole and counted once', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    const breaking = (step: ReleaseStep) => {
      if (step !== 'decided') return
      rmSync(request.into, { recursive: true })
      writeFileSync(request.into, 'a file stands here')
    }
    const failed = await releaseBatch({ ...request, atStep: breaking })
    expect(failed).toMatchObject({ kind: 'unfinished', because: { code: 'gate.not-delivered' } })
    const because = failed.kind === 'unfinished' ? failed.because : undefined
    expect(because?.words.en).toMatch(/^Decided and counted, not delivered to ".*\/out"/)
    expect(await countedPersons(db)).toEqual(threeCounted)
    // Asked while it is still broken: still the same answer, not "nothing was decided".
    expect(await releaseBatch(request)).toMatchObject({ kind: 'unfinished', because: { code: 'gate.not-delivered' } })
    rmSync(request.into)
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released', again: true })
    expect(await target(request)).toBe('whole')
    expect(await countedPersons(db)).toEqual(threeCounted)
  })

  test('a target that cannot take anything is refused before counting, also for root', async ({ skip }) => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    mkdirSync(request.into)
    const release = makeUnwritable(request.into)
    if (release === undefined) {
      console.log('skipped: neither permissions nor chattr +i keep this user from writing here')
      skip()
      return
    }
    try {
      const refused = await releaseBatch(request)
      expect(refused).toMatchObject({
        kind: 'refused',
        code: 'gate.target-not-writable',
        facts: { path: request.into },
      })
      expect(await countedPersons(db)).toEqual([])
    } finally {
      release()
    }
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released', again: false })
  })

  test('a permit nobody trusted signed, a draft and another handler’s change nothing', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    const { signed, ...draft } = request.permit
    expect(signed).toBeDefined()
    expect(await releaseBatch({ ...request, permit: draft })).toMatchObject({ code: 'gate.permit-unsigned' })
    const wider = { ...request.permit, scenarios: [aScenario({ ceiling: { general: 99_999, sensitive: 99_999 } })] }
    expect(await releaseBatch({ ...request, permit: wider })).toMatchObject({ code: 'gate.permit-differs-from-signed' })
    expect(await target(request)).toBe('empty')
    await bindHandler(db, '91110000000000000X')
    await bindHandler(db, '91110000000000000X')
    await expect(bindHandler(db, '91220000000000000Y')).rejects.toMatchObject({ code: 'gate.other-handler' })
    const foreign = aSignedPermit({ handler: { name: '别家医院', creditCode: '91220000000000000Y' } })
    await expect(releaseBatch({ ...request, permit: foreign })).rejects.toMatchObject({ code: '23000' })
    for (const statement of [sql`update gate_handler set credit_code = 'x'`, sql`delete from gate_handler`]) {
      await expect(statement.execute(db)).rejects.toMatchObject({ code: '23000' })
    }
    expect(await countedPersons(db)).toEqual([])
  })

  test('authorised, but its private copy is lost: copied again from the same bytes, or reported', async () => {
    const { db } = await openGate(open, root)
    const request = aLoggedRequest(root, db, key)
    await expect(releaseBatch({ ...request, atStep: stopAt('decided') })).rejects.toThrow('stopped')
    rmSync(privateRootOf(request.into), { recursive: true })
    const original = readFileSync(join(request.batch.path, 'visits.csv'), 'utf8')
    write(join(request.batch.path, 'visits.csv'), 'subject\n7\n')
    const lost = { name: 'b1', unfinished: { code: 'gate.prepared-files-lost' } }
    expect(await recover(db, recovering(request))).toMatchObject([lost])
    expect(await target(request)).toBe('empty')
    write(join(request.batch.path, 'visits.csv'), original)
    expect(await recover(db, recovering(request))).toMatchObject([{ unfinished: null }])
    expect(await target(request)).toBe('whole')
    expect(await countedPersons(db)).toEqual(threeCounted)
    expect(await recover(db, recovering(request))).toEqual([])
  })
})

/** Makes a folder refuse new entries, by permissions or, for root, as immutable; the undoing, or undefined where neither works. */
function makeUnwritable(folder: string): (() => void) | undefined {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500)
    return () => chmodSync(folder, 0o700)
  }
  try {
    execFileSync('chattr', ['+i', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return () => void execFileSync('chattr', ['-i', folder])
}

function failToInspect(): Promise<never> {
  return Promise.reject(new Error('the engine broke'))
}

const nobody = { general: 0, sensitive: 0 }

async function inspectAllButOne(folder: string): Promise<Inspection> {
  const inspection = await inspectFolder(folder)
  return { ...inspection, evidence: { ...inspection.evidence, files: inspection.evidence.files.slice(1) } }
}

function at(request: ReleaseRequest, path: string): ReleaseRequest {
  return { ...request, batch: { ...request.batch, path } }
}

function recovering({ into, log, at }: ReleaseRequest) {
  return { privateRoot: privateRootOf(into), key, log, on: today, at, revocations: aRevocationList() }
}

function stopAt(wanted: ReleaseStep): (step: ReleaseStep) => void {
  return (step) => {
    if (step === wanted) throw new Error(`stopped at ${step}`)
  }
}
