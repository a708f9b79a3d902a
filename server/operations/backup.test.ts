import { caseNo } from '@tongguan/casework'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { anAssessedCase } from '../../casework/case.makers.ts'
import { append, list } from '../../casework/store.ts'
import { postgresql } from '../../test/postgresql.ts'
import { dataFolder, logSignerOf } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { KeptFiles } from '../kept-files.ts'
import { openRecords } from '../records.ts'
import type { Records } from '../records.ts'
import { releaseLog } from '../release-log.ts'
import { backUp } from './backup.ts'
import { restore, verifyBackup } from './restore.ts'

const parent = fs.mkdtempSync(join(tmpdir(), 'tongguan-backup-'))
const server = postgresql()
beforeAll(() => server.start(), 60_000)
afterAll(async () => {
  await server.stop()
  fs.rmSync(parent, { recursive: true, force: true })
})

let made = 0
/** A name nothing has yet. */
const place = (name: string) => join(parent, `${name}-${(made += 1)}`)
const now = new Date('2026-11-23T02:00:00Z')

const logOf = async ({ db }: Records, data: DataFolder) => {
  const signer = await logSignerOf(data, { simulated: false })
  return releaseLog(db, { folder: data.log, signer, memory: data.logMemory })
}
const release = async (records: Records, data: DataFolder, batch: string) => {
  const log = await logOf(records, data)
  await records.db.transaction().execute((tx) => log.append(tx, { type: 'batch-held', batch }))
  return log.publish()
}

const numbered = (n: number) => caseNo(`TG-2026-${String(n).padStart(6, '0')}`)
const openCase = (records: Records, n: number) => append(records.db, numbered(n), 0, anAssessedCase(numbered(n)))

/** An installation that has done something of each kind: a case, a kept file, a published leaf. */
async function anInstallation(url?: string) {
  const data = dataFolder(place('data'))
  const records = await openRecords(url === undefined ? { folder: data.database } : { url })
  await openCase(records, 1)
  const bytes = Buffer.from('a made-up contract')
  const sha256 = await new KeptFiles(data.files).keep(bytes)
  await records.db.insertInto('kept_file').values({ sha256, bytes: bytes.length }).execute()
  await release(records, data, 'batch-1')
  fs.writeFileSync(data.singleSignOn, '{"clientSecret":"hidden"}')
  return { data, records, sha256 }
}

const kinds = [
  ['PGlite', () => Promise.resolve(undefined)],
  ['PostgreSQL', () => server.createDatabase()],
] as const

for (const [from, source] of kinds) {
  for (const [into, target] of kinds) {
    test(
      `${from} into ${into}: taken while cases are opened, it holds every one acknowledged before, and a second backup of it is the same`,
      { timeout: 180_000 },
      async () => {
        const { data, records, sha256 } = await anInstallation(await source())
        const writer = { acknowledged: 1, going: true }
        const writing = (async () => {
          while (writer.going) {
            await openCase(records, writer.acknowledged + 1)
            writer.acknowledged += 1
            await release(records, data, `batch-${writer.acknowledged}`)
          }
        })()
        await vi.waitFor(() => expect(writer.acknowledged).toBeGreaterThanOrEqual(4), { timeout: 60_000 })
        const before = writer.acknowledged
        const taking = backUp(records, data, { out: place('backup'), withKeys: false, now })
        await taking.catch(() => undefined) // told below, once nobody writes any more
        writer.going = false
        await writing
        const backup = await taking
        const during = writer.acknowledged
        await records.close()
        expect(backup.damaged).toEqual([])

        const [folder, url] = [place('restored'), await target()]
        expect(await restore(backup.folder, { folder, ...(url === undefined ? {} : { url }) })).toMatchObject({
          behind: undefined,
        })
        const restored = dataFolder(folder)
        const again = await openRecords(url === undefined ? { folder: restored.database } : { url })
        const cases = await list(again.db)
        expect(cases.length).toBeGreaterThanOrEqual(before)
        expect(cases.length).toBeLessThanOrEqual(during)
        expect(cases.map(({ no }) => no)).toEqual(cases.map((_, at) => numbered(at + 1)))
        expect(cases.map(({ events }) => events)).toEqual(cases.map(({ no }) => anAssessedCase(no)))
        expect((await new KeptFiles(restored.files).read(sha256)).toString()).toBe('a made-up contract')

        const second = await backUp(again, restored, { out: place('backup'), withKeys: false, now })
        expect(second.manifest).toEqual({ ...backup.manifest, from: again.kind })
        // What holds the database together came back too: a case goes on growing, and what is written stays.
        await openCase(again, cases.length + 1)
        await expect(again.db.deleteFrom('case_event').execute()).rejects.toThrow(/case_event/)
        await expect(
          again.db
            .insertInto('case_evidence')
            .values({ case_no: 'TG-2026-000001', seq: 1, sha256: '0'.repeat(64) })
            .execute(),
        ).rejects.toThrow(/foreign key/)
        await again.close()
      },
    )
  }
}

test('private keys and secrets come along only when asked for', async () => {
  const { data, records } = await anInstallation()
  fs.writeFileSync(
    join(data.folder, 'approver.pem'),
    '-----BEGIN PRIVATE KEY-----\nmade up\n-----END PRIVATE KEY-----\n',
  )
  const backedUp = async (withKeys: boolean) => {
    const { folder, manifest } = await backUp(records, data, { out: place('backup'), withKeys, now })
    const { mode } = fs.statSync(folder)
    expect(mode & 0o077).toBe(0)
    return manifest.files.map(({ path }) => path).filter((path) => !path.startsWith('database/'))
  }
  const secrets = ['folder/approver.pem', 'folder/keys/log.pem', 'folder/single-sign-on.json']
  const without = await backedUp(false)
  expect(without).toEqual(expect.arrayContaining(['folder/trust.json', 'folder/log/checkpoint']))
  expect(without.filter((path) => secrets.includes(path) || path.startsWith('folder/keys'))).toEqual([])
  expect(await backedUp(true)).toEqual(expect.arrayContaining(secrets))
  await records.close()
})

test('an older backup is told by the memory of the log’s signer, and its gate publishes nothing', async () => {
  const { data, records } = await anInstallation()
  const { folder: backup } = await backUp(records, data, { out: place('backup'), withKeys: false, now })
  await release(records, data, 'batch-2')
  await records.close()
  const folder = place('restored')
  const { behind } = await restore(backup, { folder, keys: join(data.folder, 'keys') })
  expect(behind).toEqual({ database: 1, signed: 2 })
  const restored = dataFolder(folder)
  const again = await openRecords({ folder: restored.database })
  expect(await release(again, restored, 'batch-3')).toMatchObject({ kind: 'stopped' })
  await again.close()
})

test('nothing is restored from what is not whole, nor over what is there', async () => {
  const { data, records } = await anInstallation()
  const { folder: backup, manifest } = await backUp(records, data, { out: place('backup'), withKeys: false, now })
  await expect(backUp(records, data, { out: backup, withKeys: false, now })).rejects.toMatchObject({
    code: 'backup.folder-exists',
  })
  await expect(backUp(records, data, { out: join(data.folder, 'backup'), withKeys: false, now })).rejects.toMatchObject(
    { code: 'backup.inside-data' },
  )
  await expect(restore(backup, { folder: data.folder })).rejects.toMatchObject({ code: 'restore.folder-not-empty' })
  const { path } = manifest.files.find(({ path }) => path === 'database/case_event.ndjson') ?? { path: '' }
  const rows = fs.readFileSync(join(backup, path), 'utf8')
  const folder = place('restored')
  const refusedWith = async (code: string) => {
    await expect(restore(backup, { folder })).rejects.toMatchObject({ code })
    expect(
      fs.readdirSync(parent).filter((name) => name.startsWith('restored-') && join(parent, name).startsWith(folder)),
    ).toEqual([])
  }
  fs.writeFileSync(join(backup, path), rows.replace('ACC-1', 'ACC-2'))
  await refusedWith('restore.damaged')
  fs.rmSync(join(backup, path))
  await refusedWith('restore.damaged')
  fs.writeFileSync(join(backup, path), rows)
  await verifyBackup(backup)
  const file = join(backup, 'manifest.json')
  const text = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, text.replace('"casework-1"', '"casework-of-tomorrow"'))
  await refusedWith('database.newer')
  fs.writeFileSync(file, text.replace('folder/trust.json', 'folder/../../trust.json'))
  await refusedWith('restore.manifest-unreadable')
  fs.rmSync(file)
  await refusedWith('restore.no-backup')
  await records.close()
})

test('a file the database names and nobody has is said, and the rest backed up', async () => {
  const { data, records, sha256 } = await anInstallation()
  fs.rmSync(join(data.files, sha256.slice(0, 2), sha256))
  expect((await backUp(records, data, { out: place('backup'), withKeys: false, now })).damaged).toEqual([sha256])
  await records.close()
})
