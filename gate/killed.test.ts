import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { logFolderOf, logIn, logTrust, openGate, proveLogged } from '../test/gate-log.ts'
import { reachable, releaseInProcess } from '../test/gate/killed-process.ts'
import type { Kill, Where } from '../test/gate/killed-process.ts'
import { privateRootOf } from './receive.ts'
import { releaseBatch } from './release-batch.ts'
import type { ReleaseRequest } from './request.ts'
import { saveKey } from './key-files.ts'
import { generateKey, trustedKey } from './keys.ts'
import { countedPersons } from './ledger.ts'
import type { GateDatabase } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import { aRequest, approvers, aSignedPermit, approverTrust, authorityTrust } from './makers.ts'
import { verifyRelease } from './verify.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-killed-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const key = generateKey()
const keyPath = join(root, 'gate.pem')
saveKey(keyPath, key)
const approverPaths = approvers.map((approver, at) => {
  const path = join(root, `approver-${at}.pem`)
  saveKey(path, approver)
  return path
})
const trust = {
  schema: 'tongguan/trust/1',
  keys: [
    trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false }),
    authorityTrust,
    logTrust,
    ...approverTrust,
  ],
} as const

/** What the process said; undefined where it was killed. */
function run(where: Where, request: ReleaseRequest, kill?: Kill): Promise<unknown> {
  return releaseInProcess({ ...where, keyPath, approverPaths }, request, kill)
}

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

/** What a call says that was not killed: what was counted before and after it. */
interface Said {
  readonly kind: string
  readonly before: readonly unknown[]
  readonly after: readonly unknown[]
}

/**
 * Kills a release and asks for it once more. In between: nothing or the whole release, counted once if at all; a whole
 * one never uncounted. Afterwards: whole, counted once, nothing left behind.
 */
async function killAndGoOn(where: Where, request: ReleaseRequest, kill: Kill, again: () => Promise<Said>) {
  await run(where, request, kill)
  const between = await target(request)
  const said = await again()
  const counted = [`["permit","${request.permit.id}","research"]`, `["year","${request.permit.id}",2026]`].map(
    (key) => ({ key, general: 2, sensitive: 1 }),
  )
  expect(said).toMatchObject({ kind: 'released', after: counted })
  if (between === 'whole') expect(said.before).toEqual(counted)
  else expect([[], counted]).toContainEqual(said.before)
  expect(await target(request)).toBe('whole')
  expect(readdirSync(privateRootOf(request.into))).toEqual([])
  return between
}

let made = 0

/** A request whose persons are in sets of their own; its database is opened by the processes alone. */
function aLonelyRequest(): ReleaseRequest {
  const id = `permit-${made++}`
  const permit = aSignedPermit({ id, handler: { name: '示例医院', creditCode: id } })
  return aRequest(root, undefined as unknown as GateDatabase, key, { permit, log: undefined as unknown as ReleaseLog })
}

const nothingYet = [
  'started',
  'copied',
  'inspected',
  'locked',
  'counted',
  'recorded',
  'decided',
  'published',
  'proven',
  'sealed',
  'synced',
] as const
const already = ['renamed', 'delivered'] as const

forEachDatabase('a release that is killed', (open) => {
  test('leaves nothing or the whole release at each step and at any millisecond, counted once', async ({ task }) => {
    if (task.suite?.name.includes('PGlite') === true) {
      expect(await killedOnPGlite()).toEqual(['empty', 'whole'])
      return
    }
    const { db } = await openGate(open, root)
    const kills: readonly Exclude<Kill, undefined>[] = [
      ...[...nothingYet, ...already].map((step) => ({ step })),
      ...Array.from({ length: 9 }, (_, at) => ({ milliseconds: 2 + 7 * at })),
    ]
    const between = await killedOnPostgresql(db, kills)
    expect(between.slice(0, nothingYet.length)).toEqual(nothingYet.map(() => 'empty'))
    expect(between.slice(nothingYet.length, nothingYet.length + 2)).toEqual(['whole', 'whole'])
  })
})

/** Two at a time, as there are two cores; each in sets of its own. */
async function killedOnPostgresql(db: GateDatabase, kills: readonly Kill[]): Promise<readonly string[]> {
  const where = { where: await reachable(db), logFolder: logFolderOf(db) }
  const one = async (kill: Kill) => {
    const request = { ...aLonelyRequest(), db, log: logIn(db, logFolderOf(db)) }
    return killAndGoOn(where, request, kill, () => releaseHere(request))
  }
  const between: string[] = []
  for (let at = 0; at < kills.length; at += 2) between.push(...(await Promise.all(kills.slice(at, at + 2).map(one))))
  return between
}

async function releaseHere(request: ReleaseRequest): Promise<Said> {
  const counted = async () =>
    (await countedPersons(request.db)).filter((set) => set.key.includes(`"${request.permit.id}"`))
  const before = await counted()
  const { kind } = await releaseBatch(request)
  return { kind, before, after: await counted() }
}

/** PGlite takes seconds to open and belongs to one process: one batch, killed right before the commit, then before the last mark. */
async function killedOnPGlite(): Promise<readonly string[]> {
  const request = aLonelyRequest()
  const folder = dirname(request.into)
  const where = { where: { folder: join(folder, 'database') }, logFolder: folder }
  await run(where, request, { step: 'recorded' })
  const first = await target(request)
  const second = await killAndGoOn(where, request, { step: 'renamed' }, async () => (await run(where, request)) as Said)
  return [first, second]
}
