import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import { PNG } from 'pngjs'
import { afterAll, expect, test } from 'vitest'
import { aDeclaration } from '../casework/case.makers.ts'
import { forEachDatabase } from '../test/databases.ts'
import { receiveBundle, receiveKeyed } from './flows/receive-declaration.ts'
import { KeptFiles } from './kept-files.ts'
import { own, today } from './makers.ts'
import { migrations } from './records.ts'
import type { Records, Tables } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-receive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const officer = { id: 'o-1', name: '受理乙' }
const arrival = { province: own.province, received: legalDate('2026-06-09'), today }
const keyed = {
  ...aDeclaration({ handler: { name: '示例医院', ciio: true, ...own }, reference: 'PAPER-1' }),
  documents: [
    { kind: 'declaration-form', file: 'form.png' },
    { kind: 'legal-document', file: 'contract.ofd' },
  ],
} as const

/** What came on a disc: a scanned page and an OFD, as these files begin. */
function aDisc(change: Readonly<Record<string, Uint8Array | null>> = {}): string {
  const page = new PNG({ width: 60, height: 80 })
  page.data.fill(255)
  page.data.fill(0, 400, 9000)
  const path = mkdtempSync(join(folder, 'disc-'))
  const files = {
    'form.png': PNG.sync.write(page),
    'contract.ofd': Buffer.from('PK\u0003\u0004 not really one'),
    ...change,
  }
  for (const [name, bytes] of Object.entries(files)) if (bytes !== null) writeFileSync(join(path, name), bytes)
  return path
}

forEachDatabase('intake', (open) => {
  const opened = (): Promise<Records> => open<Tables>(migrations)
  const files = () => new KeptFiles(mkdtempSync(join(folder, 'files-')))
  const from = (path: string) => ({ path, channel: 'disc', keyed, officer }) as const
  const casesIn = (records: Records) => records.db.selectFrom('case_file').select('no').execute()

  test('a disc with a keyed form opens a case; the same checks run, and what no machine can see is said', async () => {
    const records = await opened()
    const received = await receiveKeyed(records, files(), from(aDisc()), arrival)
    expect(received.case).toMatchObject({ status: 'withProvince', lastDay: '2026-06-09' })
    expect(received.completeness.verdict).toBe('incomplete')
    expect(received.completeness.findings.some(({ kind }) => kind === 'not-checkable')).toBe(true)
    expect(received.scans).toMatchObject([{ file: 'form.png', page: 'seen' }])
    expect(received.notMachineCheckable).toEqual(['contract.ofd'])
    expect(await records.db.selectFrom('case_document').select(['file_name', 'n']).orderBy('n').execute()).toEqual([
      { file_name: 'form.png', n: 1 },
      { file_name: 'contract.ofd', n: 2 },
    ])
    const again = receiveKeyed(records, files(), from(aDisc()), arrival)
    await expect(again).rejects.toMatchObject({ code: 'intake.duplicate' })
    expect(await casesIn(records)).toHaveLength(1)
  })

  test('what is wrong at the door is named, and nothing is opened', async () => {
    const records = await opened()
    const refused = async (path: string, change: object = {}) =>
      receiveKeyed(records, files(), from(path), { ...arrival, ...change }).then(
        () => 'received',
        (error: { readonly code: string }) => error.code,
      )
    expect(await refused(aDisc(), { province: '上海市' })).toBe('intake.other-province')
    expect(await refused(aDisc(), { received: legalDate('2026-06-11') })).toBe('intake.day-in-future')
    expect(await refused(aDisc({ 'contract.ofd': null }))).toBe('intake.file-missing')
    expect(await refused(aDisc({ 'form.png': Buffer.from('%PDF-1.7') }))).toBe('intake.disguised')
    expect(await refused(join(folder, 'nowhere'))).toBe('intake.nothing-there')
    const broken = join(folder, 'broken.zip')
    writeFileSync(broken, 'PK\u0003\u0004 cut off')
    expect(await refused(broken)).toMatch(/^zip\./)
    const trust = { schema: 'tongguan/dossier-trust/1', keys: [] } as const
    await expect(
      receiveBundle(records, files(), broken, { ...arrival, trust, allowPilot: false }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^zip\./) as string,
    })
    expect(await casesIn(records)).toEqual([])
    mkdirSync(join(folder, 'empty'), { recursive: true })
    expect(await refused(join(folder, 'empty'))).toBe('intake.file-missing')
  })
})
