import { legalDate } from '@tongguan/law'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRecords } from '../records.ts'
import { fillPilotOffice } from './pilot-office.ts'
import { memoryFolder } from '../../test/memory-folder.ts'

test('the pilot’s office has cases in every state up to the result, its desk and its programme, all named as simulated', async () => {
  const folder = mkdtempSync(join(memoryFolder(), 'tongguan-office-'))
  const records = await openRecords({ folder: join(folder, 'database') })
  try {
    await fillPilotOffice(records, { province: '北京市', today: legalDate('2026-11-23') })
    const cases = await records.db.selectFrom('case_desk').select(['status', 'handler_name']).execute()
    expect(cases).toHaveLength(30)
    expect(new Set(cases.map(({ status }) => status))).toEqual(
      new Set(['withProvince', 'returned', 'confirmed', 'withNational', 'accepted', 'underAssessment', 'decided']),
    )
    const institutions = await records.db.selectFrom('institution').select(['name', 'key_area', 'stage']).execute()
    expect(new Set(institutions.map((one) => one.key_area)).size).toBe(5)
    for (const name of [...cases.map((one) => one.handler_name), ...institutions.map((one) => one.name)]) {
      expect(name).toContain('（模拟）')
    }
    const enquiries = await records.db.selectFrom('enquiry').select('status').execute()
    expect(new Set(enquiries.map(({ status }) => status))).toEqual(new Set(['open', 'answered']))
    const published = await records.db.selectFrom('interpretation_version').select('status').execute()
    expect(published.map(({ status }) => status)).toEqual(Array(4).fill('published'))
  } finally {
    await records.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
