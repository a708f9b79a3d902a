// `tongguan gate` as an operator runs it: a permit that was edited, or that nobody trusted signed, changes nothing.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey, signPermit, trustedKey, writeTrust } from '@tongguan/gate'
import { incidentExample } from '../server/contract/incident.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aHandlersFacts, aPermit, aScenario, anItem } from '../gate/makers.ts'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-gate-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const authority = generateKey()
const permit = signPermit(aPermit({ kind: 'simulated', keyId: authority.keyId }), [authority])
const [scenario] = permit.scenarios

beforeAll(() => {
  mkdirSync(join(folder, 'batch'))
  writeFileSync(join(folder, 'batch', 'visits.csv'), 'subject,note\n1,x\n')
  const about = { name: 'simulated authority', roles: ['authority'], simulated: true }
  writeFileSync(join(folder, 'trust.json'), writeTrust([trustedKey(authority, about)]))
})

function release(file: unknown, ...more: readonly string[]) {
  const path = join(folder, 'permit.json')
  writeFileSync(path, JSON.stringify(file))
  const to = ['--to', join(folder, 'out'), '--data', join(folder, 'data'), '--on', '2026-11-23']
  return tongguan(['gate', 'release', join(folder, 'batch'), '--permit', path, ...to, ...more])
}

const trust = ['--trust', join(folder, 'trust.json')]

test.for([
  ['a ceiling', { scenarios: [aScenario({ ceiling: { general: 99_999, sensitive: 99_999 } })] }],
  ['an item more', { scenarios: [{ ...scenario, items: [...(scenario?.items ?? []), anItem('phone')] }] }],
  ['the handler', { handler: { name: '别家医院', creditCode: '91220000000000000Y' } }],
  ['the id', { id: 'permit-2' }],
  ['the last day', { lastDay: '2036-01-01' }],
] as const)('a permit with %s edited is refused with exit code 2, and nothing is made', async ([, edit]) => {
  const ran = await release({ ...permit, ...edit }, '--pilot', ...trust)
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('[gate.permit-differs-from-signed]')])
  expect([existsSync(join(folder, 'out')), existsSync(join(folder, 'data'))]).toEqual([false, false])
})

test('without a trust file, without a signature, and without --pilot a simulated permit is refused', async () => {
  const { signed, ...draft } = permit
  expect(signed.signatures).toHaveLength(1)
  expect(await release(permit, '--pilot')).toMatchObject({ code: 2, err: expect.stringContaining('[trust.none]') })
  expect((await release(draft, '--pilot', ...trust)).err).toContain('[gate.permit-unsigned]')
  expect((await release(permit, ...trust)).err).toContain('[gate.permit-simulated-only]')
  expect(existsSync(join(folder, 'data'))).toBe(false)
})

test('a person’s key is made and named in the trust file; status and approve do not make a gate where there is none', async () => {
  const data = ['--data', join(folder, 'none')]
  expect(await tongguan(['gate', 'status', ...data])).toMatchObject({
    code: 2,
    err: expect.stringContaining('no-records'),
  })
  const pem = join(folder, 'zhang.pem')
  const about = ['--role', 'approver', '--name', 'Zhang', '--out', pem]
  const made = await tongguan(['keys', 'create', ...about, ...data, '--json'])
  expect(JSON.parse(made.out)).toMatchObject({ algorithm: 'ed25519', file: pem })
  const shown = await tongguan(['trust', 'show', ...data, '--json'])
  expect(JSON.parse(shown.out)).toMatchObject({ keys: [{ name: 'Zhang', roles: ['approver'], simulated: false }] })
  const approve = await tongguan(['gate', 'approve', 'b1', '--as', pem, ...data])
  expect(approve).toMatchObject({ code: 2, err: expect.stringContaining('[gate.no-records]') })
  expect(existsSync(join(folder, 'none', 'database'))).toBe(false)
  expect((await tongguan(['keys', 'create', '--role', 'authority', ...data])).code).toBe(2)
})

test('two persons type a permit from one scan; the gate takes it only with both signatures', async () => {
  const trustFile = join(folder, 'typists.json')
  const at = (name: string) => join(folder, name)
  for (const name of ['li', 'wang']) {
    const out = ['--out', at(`${name}.pem`), '--trust', trustFile]
    expect((await tongguan(['keys', 'create', '--role', 'transcriber', '--name', name, ...out])).code).toBe(0)
  }
  writeFileSync(at('notice.pdf'), 'the scan')
  writeFileSync(at('other.pdf'), 'another scan')
  writeFileSync(at('draft.json'), JSON.stringify(aPermit({ kind: 'transcribed', keyId: '' })))
  const type = (from: string, by: string, notice = 'notice.pdf') => {
    const places = ['--notice', at(notice), '--as', at(by), '--out', at('typed.json'), '--trust', trustFile]
    return tongguan(['permit', 'transcribe', at(from), ...places])
  }
  expect((await type('draft.json', 'zhang.pem')).err).toContain('[permit.not-a-transcriber]')
  expect((await type('draft.json', 'li.pem')).code).toBe(4)
  const once = JSON.parse(readFileSync(at('typed.json'), 'utf8')) as unknown
  expect((await release(once, '--trust', trustFile)).err).toContain('[gate.permit-needs-two-persons]')
  expect((await type('typed.json', 'wang.pem', 'other.pdf')).err).toContain('[permit.other-notice]')
  expect(await type('typed.json', 'wang.pem')).toMatchObject({ code: 0, out: expect.stringContaining('not signed by') })
  const both = JSON.parse(readFileSync(at('typed.json'), 'utf8')) as unknown
  // Taken; what is missing now is the gate's own key.
  expect((await release(both, '--trust', trustFile)).err).toContain('[key.none]')
})

test(
  'sealed and rebuilt, as two organisations do it: container, receipt, key, opened content, closed',
  { timeout: 120_000 },
  async () => {
    const at = (name: string) => join(folder, 'sealed', name)
    mkdirSync(at('batch'), { recursive: true })
    writeFileSync(at('batch/visits.csv'), 'visit,ward\r\nv1,"north"\r\nv2,"a, b"')
    const trustFile = at('trust.json')
    const shared = ['--trust', trustFile]
    writeFileSync(trustFile, readFileSync(join(folder, 'trust.json')))
    const { recipients } = aScenario()
    const owner = ['--name', recipients[0]?.name ?? '', '--out', at('recipient.pem')]
    const made = await tongguan(['keys', 'create', '--role', 'recipient', ...owner, ...shared, '--pilot', '--json'])
    expect(JSON.parse(made.out)).toMatchObject({ age: expect.stringMatching(/^age1/) })
    const items = ['visit', 'ward'].map((name) => anItem(name))
    const approved = aPermit({ kind: 'simulated', keyId: authority.keyId, scenarios: [aScenario({ items })] })
    writeFileSync(at('permit.json'), JSON.stringify(signPermit(approved, [authority])))
    const where = ['--data', at('data'), ...shared, '--on', '2026-11-23']
    const to = ['--permit', at('permit.json'), '--to', at('out'), '--pilot', '--sealed', '--strict']
    const sent = await tongguan(['gate', 'release', at('batch'), ...to, ...where])
    expect([sent.code, sent.err]).toEqual([4, expect.stringContaining('[gate.receipt-awaited]')])

    // The gate's trust file is the one the recipient knows the gate, its approvers and its log from.
    const asRecipient = ['--trust', at('data/trust.json'), '--allow-pilot', '--identity', at('recipient.pem')]
    const verify = (...more: readonly string[]) => tongguan(['verify', at('out/batch'), ...asRecipient, ...more])
    expect(await verify('--receipt', at('first.json'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('not come yet'),
    })
    const key = await tongguan(['gate', 'receipt', 'batch', '--receipt', at('first.json'), ...where])
    expect([key.code, key.out]).toEqual([0, expect.stringContaining('has been let out')])
    const opened = await verify('--open', at('opened'), '--receipt', at('second.json'))
    expect([opened.code, opened.out]).toEqual([0, expect.stringContaining('Opened into')])
    expect(readFileSync(at('opened/visits.csv'), 'utf8')).toBe('visit,ward\nv1,north\nv2,"a, b"\n')
    expect((await verify('--open', at('opened'))).err).toContain('[verify.open-exists]')
    const closed = await tongguan(['gate', 'receipt', 'batch', '--receipt', at('second.json'), ...where])
    expect([closed.code, closed.out]).toEqual([0, expect.stringContaining('closed')])
    expect((await tongguan(['gate', 'receipt', 'batch', '--receipt', at('permit.json'), ...where])).code).toBe(2)
  },
)

test(
  'a basis is refused with its reasons; once two persons signed one, a batch leaves under it, as long as the facts stay',
  { timeout: 240_000 },
  async () => {
    const at = (name: string) => join(folder, 'basis', name)
    mkdirSync(at('batch'), { recursive: true })
    writeFileSync(at('batch/visits.csv'), 'visit,ward\nv1,north\n')
    const data = ['--data', at('data')]
    const on = ['--on', '2026-03-02']
    const persons = { li: 'basis', wang: 'basis', zhao: 'approver', qian: 'approver' }
    for (const [name, role] of Object.entries(persons)) {
      const about = ['--role', role, '--name', name, '--out', at(`${name}.pem`)]
      expect((await tongguan(['keys', 'create', ...about, ...data])).code).toBe(0)
    }
    expect((await tongguan(['keys', 'create', ...data])).code).toBe(0)
    const document = { number: 'D-1', on: '2026-01-05' }
    const documented = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, document]))
    const items = ['visit', 'ward'].map((name) => anItem(name))
    const claim = {
      schema: 'tongguan/basis/1',
      id: 'basis-1',
      handler: aPermit().handler,
      route: 'exemption',
      scenarios: [aScenario({ items, ceiling: { general: 10, sensitive: 0 } })],
      firstDay: '2026-03-02',
      lastDay: '2026-12-31',
      documents: documented('notice', 'separate-consent', 'impact-assessment', 'safeguards'),
      evidence: documented('necessary', 'emergencyExists', 'protectsLifeHealthProperty'),
      confirmed: { by: '张三', on: '2026-03-01' },
    }
    writeFileSync(at('claim.json'), JSON.stringify(claim))
    const conditions = { necessary: true, emergencyExists: true, protectsLifeHealthProperty: true }
    writeFileSync(at('facts.json'), JSON.stringify(aHandlersFacts({ exemption: 'emergency', conditions })))
    writeFileSync(at('other.json'), JSON.stringify(aHandlersFacts({ exemption: 'none' })))
    const make = (facts: string, by: string) => {
      const places = ['--facts', at(facts), '--as', at(by), '--out', at('basis.json')]
      return tongguan(['gate', 'basis', at('claim.json'), ...places, ...data, ...on])
    }
    const refused = await make('other.json', 'li.pem')
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('[gate.basis-fails]')])
    expect(existsSync(at('basis.json'))).toBe(false)
    expect((await make('facts.json', 'zhao.pem')).err).toContain('[basis.not-a-signer]')
    expect((await make('facts.json', 'li.pem')).code).toBe(4)
    expect(await make('facts.json', 'wang.pem')).toMatchObject({
      code: 0,
      out: expect.stringContaining('seen by no authority'),
    })

    const leave = (action: string, facts: string) => {
      const places = ['--permit', at('basis.json'), '--facts', at(facts), '--to', at('out')]
      return tongguan(['gate', action, at('batch'), ...places, ...data, ...on])
    }
    expect(await leave('dry-run', 'other.json')).toMatchObject({
      code: 1,
      out: expect.stringContaining('are others now'),
    })
    expect((await leave('release', 'facts.json')).code).toBe(4)
    for (const name of ['zhao', 'qian']) {
      await tongguan(['gate', 'approve', 'batch', '--as', at(`${name}.pem`), ...data, ...on])
    }
    expect((await leave('release', 'facts.json')).code).toBe(0)
    const verified = await tongguan(['verify', at('out/batch'), '--trust', at('data/trust.json')])
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('no result of an assessment')])
    expect((await tongguan(['gate', 'status', ...data])).out).toContain('the year 2026, exempt')
    const watched = await tongguan(['gate', 'watch', ...data, '--on', '2026-12-20'])
    expect([watched.code, watched.out]).toEqual([0, expect.stringContaining('[watch.permit-ending]')])
    writeFileSync(at('incident.yaml'), incidentExample)
    const opened = await tongguan(['incident', at('incident.yaml'), '--out', at('incident'), ...data])
    expect([opened.code, opened.out]).toEqual([4, expect.stringContaining('Still to be filled in')])
    expect(readFileSync(at('incident/province.md'), 'utf8')).toMatch(/Known since: 2026-11-23T09:30:00[+]08:00/)
    expect(readdirSync(at('incident')).toSorted()).toEqual([
      'incident.json',
      'individuals.md',
      'province.md',
      'recipient.md',
      'sector.md',
    ])
  },
)
