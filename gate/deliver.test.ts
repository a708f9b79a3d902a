import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { releaseBatch } from './deliver.ts'
import type { ReleaseRequest } from './deliver.ts'
import { generateKey, trustedKey } from './keys.ts'
import { amsterdam, aPermit, inspectFolder, today } from './makers.ts'
import { gateMigrations } from './migrations.ts'
import type { GateTables } from './migrations.ts'
import { verifyRelease } from './verify.ts'

const key = generateKey()
const trust = {
  schema: 'tongguan/trust/1',
  keys: [trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false })],
} as const

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A batch in a folder of its own; the release goes beside it into `out`. */
function aBatch(files: Readonly<Record<string, string>>, about: { readonly name?: string } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'tongguan-gate-'))
  folders.push(root)
  const path = join(root, 'batch')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return { batch: { name: about.name ?? 'b1', path }, into: join(root, 'out') }
}

const threePersons = { 'visits.csv': 'subject,note\n1,x\n2,y\ns3,z\n' }

forEachDatabase('a batch', (open) => {
  async function aRequest(files: Readonly<Record<string, string>>): Promise<ReleaseRequest> {
    const { db } = await open<GateTables>(gateMigrations)
    return {
      ...aBatch(files),
      db,
      permit: aPermit(),
      scenarioId: 'research',
      recipient: amsterdam,
      on: today,
      inspect: inspectFolder,
      key,
      softwareVersion: '0.0.0',
    }
  }

  test('within the permit is released whole, and the recipient finds it valid', async () => {
    const request = await aRequest(threePersons)
    const result = await releaseBatch(request)
    expect(result).toMatchObject({ kind: 'released', again: false })
    expect(readdirSync(request.into)).toEqual(['b1'])
    const report = await verifyRelease(join(request.into, 'b1'), trust, { allowPilot: false, on: today })
    expect(report).toMatchObject({ outcome: 'valid', code: null })
  })

  test('asked twice has one answer and is counted once', async () => {
    const request = await aRequest(threePersons)
    const first = await releaseBatch(request)
    const second = await releaseBatch(request)
    expect(second).toEqual({ ...first, again: true })
  })

  test('with an item too many is held, and nothing of it stands in the target', async () => {
    const request = await aRequest({ 'visits.csv': 'subject,phone\n1,x\n' })
    const result = await releaseBatch(request)
    expect(result).toMatchObject({ kind: 'held', reasons: [{ code: 'gate.item-not-approved', column: 'phone' }] })
    expect(readdirSync(request.into)).toEqual([])
  })
})
