// The register of separate consents, from the officer's list of signatures to a batch that the gate holds or lets go.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey, signPermit, trustedKey, writeTrust } from '@tongguan/gate'
import { afterAll, expect, test } from 'vitest'
import { aPermit, aScenario, anItem } from '../gate/makers.ts'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-consent-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: readonly string[]) => tongguan(words, { cwd: folder })

const subjects = (...numbers: readonly number[]) =>
  `受试者编号\n${numbers.map((number) => `AMC-${String(number).padStart(4, '0')}\n`).join('')}`

// Six commands that each start the scanning engine: minutes on a machine that does other things.
test(
  'a batch leaves only with persons whose consent is in force: none missing, none withdrawn',
  { timeout: 300_000 },
  async () => {
    const authority = generateKey()
    const items = [anItem('受试者编号', { kind: 'subject_id', category: 'personal' })]
    const scenarios = [aScenario({ items, ceiling: { general: 100, sensitive: 100 } })]
    const permit = signPermit(aPermit({ kind: 'simulated', keyId: authority.keyId, scenarios }), [authority])
    writeFileSync(join(folder, 'permit.json'), JSON.stringify(permit))
    const about = { name: 'simulated authority', roles: ['authority'], simulated: true } as const
    writeFileSync(join(folder, 'trust.json'), writeTrust([trustedKey(authority, about)]))
    mkdirSync(join(folder, 'batch'))
    writeFileSync(join(folder, 'batch/subjects.csv'), subjects(1, 2, 3))
    mkdirSync(join(folder, 'case'))
    writeFileSync(join(folder, 'case/case.yaml'), '# kept\nschema: tongguan/case-folder/1\n')

    const entered = (...words: readonly string[]) => run('dossier', 'consent', ...words, '--data', 'd')
    writeFileSync(join(folder, 'signed.csv'), subjects(1, 2))
    expect((await entered('add', 'case', 'signed.csv', '--consent-version', 'v1', '--on', '2026-01-05')).code).toBe(0)
    expect(readFileSync(join(folder, 'case/case.yaml'), 'utf8')).toBe(
      '# kept\nschema: tongguan/case-folder/1\nconsentRegister: consents.ndjson\n',
    )
    const register = readFileSync(join(folder, 'case/consents.ndjson'), 'utf8')
    expect(register.split('\n')).toHaveLength(3)
    expect(register).not.toContain('AMC')

    const held = async (...more: readonly string[]) => {
      const words = ['gate', 'dry-run', 'batch', '--permit', 'permit.json', '--trust', 'trust.json', '--pilot']
      const ran = await run(...words, '--data', 'd', '--on', '2026-11-23', '--json', ...more)
      const { decision } = JSON.parse(ran.out) as { decision: { kind: string; reasons?: readonly { code: string }[] } }
      return [ran.code, decision.kind, decision.reasons?.map(({ code }) => code) ?? []]
    }
    // A withdrawal of somebody who never consented is entered for nobody, and told.
    writeFileSync(join(folder, 'withdrawn.csv'), subjects(2, 9))
    expect(await entered('withdraw', 'case', 'withdrawn.csv', '--on', '2026-05-05')).toMatchObject({ code: 1 })
    const consulted = ['--consents', 'case/consents.ndjson']
    expect(await held(...consulted)).toEqual([1, 'held', ['gate.consent-missing', 'gate.consent-withdrawn']])
    writeFileSync(join(folder, 'later.csv'), subjects(2, 3))
    expect((await entered('add', 'case', 'later.csv', '--consent-version', 'v2', '--on', '2026-11-23')).code).toBe(0)
    expect(await held(...consulted)).toEqual([0, 'released', []])

    const listed = await run('dossier', 'consent', 'list', 'case', '--on', '2026-11-23', '--json')
    expect(JSON.parse(listed.out)).toMatchObject({
      inForce: 3,
      withdrawn: 0,
      byVersion: { v1: { inForce: 1, withdrawn: 1 }, v2: { inForce: 2, withdrawn: 0 } },
    })

    // A register in the data folder is consulted without being named; one that cannot be read lets nothing go.
    writeFileSync(join(folder, 'd/consents.ndjson'), '{"person":')
    expect(
      await run('gate', 'dry-run', 'batch', '--permit', 'permit.json', '--trust', 'trust.json', '--data', 'd'),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('[consent.register-unreadable]') as string,
    })
  },
)

test('a file of persons that names nobody enters nobody', async () => {
  writeFileSync(join(folder, 'notes.csv'), '说明\n你好\n')
  mkdirSync(join(folder, 'other'))
  const words = ['add', 'other', 'notes.csv', '--consent-version', 'v1', '--data', 'd2']
  expect(await run('dossier', 'consent', ...words)).toMatchObject({
    code: 2,
    err: expect.stringContaining('[consent.persons-not-identified]') as string,
  })
  expect((await run('dossier', 'consent', 'list', 'other')).err).toContain('[consent.no-register]')
})
