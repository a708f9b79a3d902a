// A person's request, from the desk it comes to, past the gate, to the recipient's word and the proof of it all.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey, saveKey, signPermit, trustedKey, writeTrust } from '@tongguan/gate'
import { afterAll, expect, test } from 'vitest'
import { aPermit, aScenario, anItem } from '../gate/makers.ts'
import { tongguan, tongguanProcess } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-individuals-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: readonly string[]) => tongguan(words, { cwd: folder })
const on = ['--on', '2026-11-23', '--data', 'd'] as const
const asking = (...words: readonly string[]) => ['individuals', ...words, ...on, '--trust', 'trust.json', '--json']
const asked = (...words: readonly string[]) => run(...asking(...words))
const answerOf = ({ out }: { readonly out: string }): unknown => JSON.parse(out)

const rows = (...numbers: readonly number[]) =>
  `受试者编号,手机号\n${numbers.map((n) => `AMC-${String(n).padStart(4, '0')},1380013${1000 + n}\n`).join('')}`

async function releasing(
  batch: string,
): Promise<{ readonly code: number | null; readonly reasons: readonly string[] }> {
  const words = ['gate', 'release', batch, '--permit', 'permit.json', '--trust', 'trust.json', '--to', 'out', '--pilot']
  const ran = await run(...words, ...on, '--json')
  const { reasons = [] } = answerOf(ran) as { reasons?: readonly { code: string }[] }
  return { code: ran.code, reasons: reasons.map(({ code }) => code) }
}

test(
  'a request keeps its person out of the next batch, reaches the recipient, and is proven',
  { timeout: 400_000 },
  async () => {
    const [authority, recipient] = [generateKey(), generateKey()]
    const items = [
      anItem('受试者编号', { kind: 'subject_id', category: 'personal' }),
      anItem('手机号', { kind: 'mobile', category: 'personal' }),
    ]
    const scenario = aScenario({ items, ceiling: { general: 100, sensitive: 100 } })
    const [{ name } = { name: '' }] = scenario.recipients
    const permit = aPermit({ kind: 'simulated', keyId: authority.keyId, scenarios: [scenario] })
    writeFileSync(join(folder, 'permit.json'), JSON.stringify(signPermit(permit, [authority])))
    const keys = [
      trustedKey(authority, { name: 'simulated authority', roles: ['authority'], simulated: true }),
      trustedKey(recipient, { name, roles: ['recipient'], simulated: true }),
    ]
    writeFileSync(join(folder, 'trust.json'), writeTrust(keys))
    saveKey(join(folder, 'recipient.pem'), recipient)
    saveKey(join(folder, 'stranger.pem'), generateKey())
    await run('keys', 'create', '--pilot', '--data', 'd')
    mkdirSync(join(folder, 'b1'))
    writeFileSync(join(folder, 'b1/visits.csv'), rows(1, 2, 3))
    writeFileSync(join(folder, 'person.csv'), rows(2))
    writeFileSync(join(folder, 'another.csv'), rows(3))

    // One person a request; nothing of theirs stands in the register or the log.
    writeFileSync(join(folder, 'two.csv'), rows(1, 2))
    expect(await asked('register', 'two.csv', '--kind', 'deletion')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[individual.not-one-person]') as string,
    })
    const registered = await asked('register', 'person.csv', '--kind', 'deletion')
    expect(registered.code).toBe(0)
    const { request } = answerOf(registered) as { request: { id: string } }
    const kept = readFileSync(join(folder, 'd/consents.ndjson'), 'utf8')
    expect(kept).not.toMatch(/AMC|1380013/)

    expect(await releasing('b1')).toEqual({ code: 1, reasons: ['gate.individual-listed'] })
    const dropped = await asked('drop', 'b1', '--out', 'b2')
    expect(answerOf(dropped)).toMatchObject({ files: [{ name: 'visits.csv', rows: 2, dropped: 1 }] })
    expect(readFileSync(join(folder, 'b2/visits.csv'), 'utf8')).toBe(rows(1, 3))
    expect(await releasing('b2')).toEqual({ code: 0, reasons: [] })

    // Handed to the recipient under a key of its own; only their signature confirms.
    const notifying = ['--recipient', name, '--out', 'notice.json'] as const
    expect((await asked('notify', request.id, 'another.csv', ...notifying)).err).toContain(
      '[individual.another-person]',
    )
    expect(existsSync(join(folder, 'notice.json'))).toBe(false)
    expect((await asked('notify', request.id, 'person.csv', ...notifying)).code).toBe(0)
    const notice = readFileSync(join(folder, 'notice.json'), 'utf8')
    expect(Buffer.from((JSON.parse(notice) as { payload: string }).payload, 'base64').toString()).not.toMatch(
      /AMC|1380013/,
    )
    expect(await asked('match', 'notice.json', 'b1', '--key', 'notice.json.key')).toMatchObject({ code: 1 })
    expect(await asked('match', 'notice.json', 'b2', '--key', 'notice.json.key')).toMatchObject({ code: 0 })
    writeFileSync(join(folder, 'wrong.key'), Buffer.alloc(32))
    expect((await asked('match', 'notice.json', 'b2', '--key', 'wrong.key')).err).toContain('[individual.wrong-key]')
    const confirming = async (as: string, out: string) =>
      (await asked('confirm', 'notice.json', '--as', as, '--outcome', 'done', '--out', out)).code
    expect(await confirming('stranger.pem', 'false.json')).toBe(0)
    expect((await asked('confirmed', 'false.json')).err).toContain('[gate.confirmation-wrong]')
    expect(await confirming('recipient.pem', 'done.json')).toBe(0)
    expect((await asked('confirmed', 'done.json')).code).toBe(0)
    expect((await asked('confirmed', 'done.json')).err).toContain('[individual.confirmed-already]')

    const proof = answerOf(tongguanProcess(asking('proof', request.id), { cwd: folder })) as {
      steps: readonly { event: string; logIndex: number }[]
      batches: readonly { name: string; logIndex: number; register: unknown }[]
    }
    expect(proof.steps.map(({ event }) => event)).toEqual(['registered', 'notified', 'confirmed'])
    expect(proof.batches).toMatchObject([{ name: 'b2', register: { version: 2, outcome: 'passed' } }])
    const [first, notified, confirmed] = proof.steps.map(({ logIndex }) => logIndex)
    const [left] = proof.batches.map(({ logIndex }) => logIndex)
    expect([first, left, notified, confirmed]).toEqual(
      [first, left, notified, confirmed].toSorted((a = 0, b = 0) => a - b),
    )

    // Refused for a reason, the person may be in a batch again; without one nothing is refused.
    expect((await asked('answer', request.id, '--refuse', ' ')).err).toContain('[individual.no-reason]')
    expect((await asked('answer', request.id, '--refuse', '法定保存期限未满')).code).toBe(0)
    expect((await asked('answer', request.id, '--met')).err).toContain('[individual.answered-already]')
    mkdirSync(join(folder, 'b3'))
    writeFileSync(join(folder, 'b3/visits.csv'), rows(2, 4))
    expect(await releasing('b3')).toEqual({ code: 0, reasons: [] })
  },
)

test(
  'a request by another identifier than the batch has keeps the batch: nobody can tell',
  { timeout: 200_000 },
  async () => {
    writeFileSync(join(folder, 'mail.csv'), 'email\nli.na@example.com\n')
    expect((await asked('register', 'mail.csv', '--kind', 'objection')).code).toBe(0)
    mkdirSync(join(folder, 'b4'))
    writeFileSync(join(folder, 'b4/visits.csv'), rows(5))
    expect(await releasing('b4')).toEqual({ code: 1, reasons: ['gate.individual-unmatchable'] })
    // Nobody could be taken out; the folder is written, and the command says that the gate will hold it.
    expect((await asked('drop', 'b4', '--out', 'b4w')).code).toBe(1)
    expect(readdirSync(join(folder, 'b4w'))).toEqual(['visits.csv'])
  },
)
