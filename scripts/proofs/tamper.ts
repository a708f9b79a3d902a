import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { generateKey, readTrust, releaseBatch, trustedKey, verifyRelease, writeTrust } from '@tongguan/gate'
import type { GateTables } from '@tongguan/gate'
import { approverTrust, authorityTrust, today } from '../../gate/makers.ts'
import { migrate, openDatabase } from '../../server/database.ts'
import { fingerprintOf, judge } from '../../server/flows/judge-given-files.ts'
import { aLoggedRequest, keepLogIn, loggedMigrations, logTrust, proveLogged } from '../../test/gate-log.ts'
import { memoryFolder } from '../../test/memory-folder.ts'
import { random } from '../../test/law/points.ts'
import type { Counterexample, Proof } from './proof.ts'

/** One byte of a released folder, signed by either suite (manifest with its log proof, permit and approvals; data) changed, for both verifiers. */
export const tamper: Proof = {
  claim: 'a release with any one byte changed is valid to neither verifier, the command’s nor the page’s',
  points: 20_000,
  pointsPerBatch: 500,
  restsOn: ['gate/verify.ts', 'server/flows/judge-given-files.ts', 'gate/release-batch.ts', 'log/proof.ts'],
  tryBatch: (batch) => tamperWith(batch, 500),
}

/** Changes a byte at a time, one after another through the folder; each batch begins where the one before it ended. */
export async function tamperWith(batch: number, points: number): Promise<readonly Counterexample[]> {
  const root = mkdtempSync(join(tmpdir(), 'tongguan-tamper-'))
  const databaseFolder = mkdtempSync(join(memoryFolder(), 'tongguan-tamper-'))
  const database = await openDatabase<GateTables>({ folder: databaseFolder })
  try {
    await migrate(database.db, loggedMigrations)
    keepLogIn(database.db, root)
    const key = generateKey(batch % 2 === 0 ? 'ed25519' : 'sm2')
    const gate = trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false })
    const trust = Buffer.from(writeTrust([gate, authorityTrust, logTrust, ...approverTrust]))
    const released = await releaseBatch(aLoggedRequest(root, database.db, key))
    if (released.kind !== 'released') throw new Error(`the batch was ${released.kind}`)
    return await changeEach(released.folder, trust, { batch, points })
  } finally {
    await database.close()
    for (const folder of [root, databaseFolder]) rmSync(folder, { recursive: true, force: true })
  }
}

async function changeEach(
  folder: string,
  trust: Buffer,
  { batch, points }: { readonly batch: number; readonly points: number },
): Promise<readonly Counterexample[]> {
  const files = filesIn(folder)
  const trusted = readTrust(trust.toString())
  const verdicts = async (): Promise<readonly [string, string]> => {
    const report = await verifyRelease(folder, trusted, { allowPilot: false, on: today, proveLogged })
    const given = filesIn(folder).map(({ name, bytes }) => new File([new Uint8Array(bytes)], name))
    const page = { files: given, trust, fingerprint: fingerprintOf(trust), allowPilot: false, on: today }
    return [report.outcome, (await judge(page)).kind]
  }
  const untouched = await verdicts()
  if (untouched.join() !== 'valid,valid') throw new Error(`untouched it is ${untouched.join(' and ')}`)
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const below = random(batch + 1)
  const wrong: Counterexample[] = []
  for (let point = 0; point < points && wrong.length < 10; point++) {
    let at = (batch * points + point) % total
    const file = files.find(({ bytes }) => at < bytes.length || ((at -= bytes.length), false))
    if (file === undefined) throw new Error('the byte is in no file')
    const changed = Buffer.from(file.bytes)
    const by = 1 + below(255)
    changed[at] = (changed[at] ?? 0) ^ by
    writeFileSync(join(folder, file.name), changed)
    const found = await verdicts()
    writeFileSync(join(folder, file.name), file.bytes)
    if (found.includes('valid')) {
      wrong.push({ expected: 'valid to neither', found: found.join(), point: { file: file.name, at, by } })
    }
  }
  return wrong
}

function filesIn(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: relative(folder, path), bytes: readFileSync(path) }))
}
