import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  countedPersons,
  generateKey,
  privateRootOf,
  releaseBatch,
  saveKey,
  trustedKey,
  verifyRelease,
} from '@tongguan/gate'
import type { GateDatabase, GateTables, ReleaseRequest } from '@tongguan/gate'
import { approvers, approverTrust, aSignedPermit, authorityTrust } from '../../gate/makers.ts'
import { migrate, openDatabase } from '../../server/database.ts'
import { aLoggedRequest, keepLogIn, logFolderOf, loggedMigrations, logTrust, proveLogged } from '../../test/gate-log.ts'
import { reachable, releaseInProcess } from '../../test/gate/killed-process.ts'
import type { Keys, Where } from '../../test/gate/killed-process.ts'
import { random } from '../../test/law/points.ts'
import { postgresql } from '../../test/postgresql.ts'
import type { Proof } from './proof.ts'

const killsPerBatch = 20
/** A release takes about this long once its process has started. */
const longestMilliseconds = 400

/** Releases killed (SIGKILL) at a random millisecond, and asked for once more, on one PostgreSQL. */
export const killed: Proof = {
  claim: 'a release killed at any moment left nothing or all of it, is counted once and finished by the next call',
  points: 1000,
  pointsPerBatch: killsPerBatch,
  restsOn: [
    'gate/release-batch.ts',
    'gate/migrations.ts',
    'log/store.ts',
    'server/release-log.ts',
    'test/gate/killed-process.ts',
  ],
  async tryBatch(batch) {
    const root = mkdtempSync(join(tmpdir(), 'tongguan-kill-proof-'))
    const server = postgresql()
    try {
      await server.start()
      const database = await openDatabase<GateTables>({ url: await server.createDatabase() })
      try {
        await migrate(database.db, loggedMigrations)
        keepLogIn(database.db, root)
        return await killMany(database.db, root, batch)
      } finally {
        await database.close()
      }
    } finally {
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    }
  },
}

async function killMany(db: GateDatabase, root: string, batch: number) {
  const below = random(batch + 1)
  const key = generateKey()
  const keyPath = join(root, 'gate.pem')
  saveKey(keyPath, key)
  const approverPaths = approvers.map((approver, at) => {
    saveKey(join(root, `approver-${at}.pem`), approver)
    return join(root, `approver-${at}.pem`)
  })
  const place = { where: await reachable(db), logFolder: logFolderOf(db), keyPath, approverPaths }
  const keys = [trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false }), authorityTrust, logTrust]
  const trust = { schema: 'tongguan/trust/1', keys: [...keys, ...approverTrust] } as const
  const found = []
  for (let at = 0; at < killsPerBatch; at++) {
    const permit = aSignedPermit({ id: `permit-${at}`, handler: { name: '示例医院', creditCode: `handler-${at}` } })
    const request = aLoggedRequest(root, db, key, { permit })
    const milliseconds = below(longestMilliseconds)
    const wrong = await killOnce(place, request, milliseconds, (folder) =>
      verifyRelease(folder, trust, { allowPilot: false, proveLogged }),
    )
    if (wrong !== undefined)
      found.push({ expected: 'nothing or all, counted once', found: wrong, point: { batch, at } })
  }
  return found
}

/** What is wrong after a kill and one more call; undefined where all is well. */
async function killOnce(
  place: Where & Keys,
  request: ReleaseRequest,
  milliseconds: number,
  verify: (folder: string) => ReturnType<typeof verifyRelease>,
): Promise<string | undefined> {
  const { db, into, batch, permit } = request
  const folder = join(into, batch.name)
  const counted = async () => (await countedPersons(db)).filter((set) => set.key.includes(`"${permit.id}"`))
  await releaseInProcess(place, request, { milliseconds })
  const isThere = existsSync(folder)
  if (isThere && (await verify(folder)).outcome !== 'valid') return 'half a release in the target'
  if (isThere && (await counted()).length === 0) return 'left and not counted'
  const again = await releaseBatch(request)
  if (again.kind !== 'released') return `asked again: ${again.kind}`
  if ((await verify(folder)).outcome !== 'valid') return 'not valid after the second call'
  const [set, more] = await counted()
  if (more !== undefined || set?.general !== 2 || set.sensitive !== 1) return 'not counted once'
  return readdirSync(privateRootOf(into)).length === 0 ? undefined : 'something was left behind'
}
