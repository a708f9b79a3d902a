import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseNo, caseworkMigrations, load, projectMissing } from '@tongguan/casework'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { anAssessedCase } from '../casework/case.makers.ts'
import { forEachDatabase } from '../test/databases.ts'
import { migrate } from './database.ts'
import { exportRecords, importRecords } from './export.ts'
import { KeptFiles } from './kept-files.ts'
import { aCase, openAccounts } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let at = 0
const fresh = () => join(folder, `e${(at += 1)}`)

forEachDatabase('export and import', (open) => {
  const opened = (): Promise<Records> => open<Tables>(migrations)

  test('everything goes out as open files and comes back the same; what was changed on the way is refused', async () => {
    const records = await opened()
    const files = new KeptFiles(fresh())
    await openAccounts(records)
    const no = caseNo(await aCase({ records, files }, { events: 8 }))
    await aCase({ records, files }, { events: 3 })
    const to = fresh()
    const manifest = await exportRecords(records, files, to, null)
    expect(manifest.files.find(({ name }) => name === 'case_event.ndjson')?.rows).toBe(11)
    await expect(exportRecords(records, files, to, null)).rejects.toMatchObject({ code: 'export.folder-there' })
    await expect(importRecords(records, files, to)).rejects.toMatchObject({ code: 'import.not-empty' })

    const other = await opened()
    const otherFiles = new KeptFiles(fresh())
    await importRecords(other, otherFiles, to)
    expect(await load(other.db, no)).toEqual(await load(records.db, no))
    const again = fresh()
    const second = await exportRecords(other, otherFiles, again, null)
    // Migrations are listed by when they were applied, the tables are the same to the byte.
    expect(second.files).toEqual(manifest.files)

    const one = fresh()
    await exportRecords(records, files, one, no)
    await expect(importRecords(other, otherFiles, one)).rejects.toMatchObject({ code: 'import.case-there' })
    const third = await opened()
    appendFileSync(join(one, 'case_event.ndjson'), '{}\n')
    await expect(importRecords(third, otherFiles, one)).rejects.toMatchObject({ code: 'import.damaged' })
    expect(await load(third.db, no)).toBeNull()
    await expect(importRecords(third, otherFiles, fresh())).rejects.toMatchObject({ code: 'import.unreadable' })
    const newer = JSON.parse(readFileSync(join(again, 'manifest.json'), 'utf8')) as object
    writeFileSync(join(again, 'manifest.json'), JSON.stringify({ ...newer, migrations: ['casework-99'] }))
    await expect(importRecords(third, otherFiles, again)).rejects.toMatchObject({ code: 'import.newer' })
  })

  test.for(caseworkMigrations.map(({ id }) => id))(
    'a database as it was after %s goes forward with its cases',
    async (id) => {
      const before = caseworkMigrations.findIndex((migration) => migration.id === id)
      const { db } = await open<Tables>(caseworkMigrations.slice(0, before + 1))
      const no = caseNo('TG-2026-000001')
      await db.transaction().execute(async (tx) => {
        // As the version of then wrote: events only.
        await sql`insert into case_file (no) values (${no})`.execute(tx)
        for (const [index, event] of anAssessedCase(no).entries()) {
          await sql`insert into case_event (case_no, seq, day, event)
          values (${no}, ${index + 1}, ${event.day}, ${JSON.stringify(event)}::jsonb)`.execute(tx)
        }
        if (before > 0) await projectMissing(tx)
      })
      await migrate(db, migrations)
      expect(await projectMissing(db)).toBe(before === 0 ? 1 : 0)
      expect(await load(db, no)).toMatchObject({ status: 'decided', sequence: 8 })
      expect(await db.selectFrom('case_desk').select(['queue', 'due']).execute()).toEqual([
        { queue: 'results', due: '2029-05-20' },
      ])
    },
  )
})
