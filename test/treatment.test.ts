// A batch treated on its way out, as an operator runs it: what the permit asks for is done or the batch is held, the
// output is looked at again, and the persons counted are those who came in.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKey, signPermit, trustedKey, writeTrust } from '@tongguan/gate'
import type { ReleasePredicate } from '@tongguan/gate'
import type { DataItem, Permit } from '@tongguan/law'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crowd } from '../examples/people.ts'
import { aPermit, aScenario, anItem } from '../gate/makers.ts'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-treatment-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

const authority = generateKey()
const persons = 60
const rows = 120

beforeAll(() => {
  const personAt = crowd(11, { from: '1950-01-01', to: '1999-12-31' })
  const lines = Array.from({ length: rows }, (_, row) => {
    const { residentId, mobile, born } = personAt(row % persons)
    return [residentId, mobile, born, `2026-03-${String(10 + (row % 10))}`].join(',')
  })
  mkdirSync(at('batch'))
  writeFileSync(at('batch/visits.csv'), `id_no,mobile,born,event_date\n${lines.join('\n')}\n`)
  writeFileSync(at('pass.txt'), 'correct horse battery\n')
  const about = { name: 'simulated authority', roles: ['authority'], simulated: true }
  writeFileSync(at('trust.json'), writeTrust([trustedKey(authority, about)]))
})

const items: readonly DataItem[] = [
  anItem('id_no', { kind: 'national_id', category: 'sensitive', treatment: 'pseudonym' }),
  anItem('mobile', { kind: 'mobile', category: 'personal', treatment: 'any' }),
  anItem('born', { kind: 'birth_date', category: 'personal' }),
  anItem('event_date', { kind: 'event_date', category: 'personal' }),
]

const columns = {
  id_no: '{ do: pseudonym, prefix: P }',
  mobile: '{ do: format-preserving, of: mobile }',
  born: '{ do: generalise, to: decade }',
  event_date: '{ do: date-shift, days: 30 }',
}

function run(
  name: string,
  {
    recipe = columns,
    ceiling = { general: 1_000, sensitive: 1_000 },
    recipient = aScenario().recipients[0]?.name ?? '',
    ...about
  }: {
    readonly recipe?: Readonly<Record<string, string>> | null
    readonly ceiling?: { readonly general: number; readonly sensitive: number }
    readonly recipient?: string
    readonly anonymity?: { readonly k: number; readonly columns: readonly string[] }
  },
  ...more: readonly string[]
) {
  const scenario = aScenario({ items, ceiling, ...about })
  const permit: Permit = aPermit({ id: name, kind: 'simulated', keyId: authority.keyId, scenarios: [scenario] })
  writeFileSync(at(`${name}.json`), JSON.stringify(signPermit(permit, [authority])))
  const rules = Object.entries(recipe ?? {}).map(([column, rule]) => `      ${column}: ${rule}\n`)
  const head = `schema: tongguan/recipe/1\nid: r1\nrecipient: ${recipient}\nfiles:\n  - match: '*.csv'\n    person: id_no\n    columns:\n`
  writeFileSync(at(`${name}.yaml`), head + rules.join(''))
  const with_ = recipe === null ? [] : ['--recipe', at(`${name}.yaml`)]
  const where = ['--data', at('data'), '--trust', at('trust.json'), '--on', '2026-11-23', '--pilot', '--json']
  return tongguan(['gate', ...more, '--permit', at(`${name}.json`), ...with_, ...where])
}

const dryRun = async (name: string, about: Parameters<typeof run>[1]) => {
  const { out, err } = await run(name, about, 'dry-run', at('batch'))
  const { decision } = JSON.parse(out || `{"decision":{"reasons":"${err}"}}`) as {
    decision: { kind: string; reasons?: readonly { code: string; facts: Record<string, unknown> }[] }
  }
  return decision
}

test(
  'released: treated bytes, the recipe in the manifest, the persons who came; the custodian finds one again',
  { timeout: 120_000 },
  async () => {
    const escrow = ['--escrow', at('escrow'), '--passphrase', at('pass.txt')]
    const ran = await run('released', {}, 'release', at('batch'), '--to', at('out'), ...escrow)
    expect([ran.code, ran.err]).toEqual([0, ''])
    const { release } = JSON.parse(ran.out) as { release: ReleasePredicate }
    const treated = [
      { file: 'visits.csv', column: 'id_no', treatment: 'pseudonym', cells: rows, emptied: 0 },
      { file: 'visits.csv', column: 'mobile', treatment: 'format-preserving', cells: rows, emptied: 0 },
      { file: 'visits.csv', column: 'born', treatment: 'generalise', cells: rows, emptied: 0 },
      { file: 'visits.csv', column: 'event_date', treatment: 'date-shift', cells: rows, emptied: 0 },
    ]
    expect(release.transforms).toEqual(treated)
    expect(release.recipe).toMatchObject({ id: 'r1', persons: { before: persons } })
    expect(release.persons.batch + release.persons.sensitive.batch).toBe(persons)
    const [, first = ''] = readFileSync(at('out/batch/data/visits.csv'), 'utf8').split('\n')
    expect(first).toMatch(/^P[0-9A-Z]{16},2\d{10},19\d0s,2026-\d\d-\d\d$/)
    const verified = await tongguan(['verify', at('out/batch'), '--trust', at('data/trust.json'), '--allow-pilot'])
    expect([verified.code, verified.err]).toEqual([0, ''])
    const [code = ''] = first.split(',')
    const found = await tongguan([
      'gate',
      'resolve',
      at('escrow'),
      '--code',
      code,
      '--passphrase',
      at('pass.txt'),
      '--json',
    ])
    const [, came = ''] = readFileSync(at('batch/visits.csv'), 'utf8').split('\n')
    expect(JSON.parse(found.out)).toMatchObject({ found: [{ code, value: came.split(',')[0] }] })
  },
)

test('a pseudonym without a table for it is refused, and nothing is made', async () => {
  cpSync(at('batch'), at('other'), { recursive: true })
  const ran = await run('no-table', {}, 'release', at('other'), '--to', at('out-none'))
  expect([ran.code, ran.out]).toEqual([2, expect.stringContaining('gate.escrow-needed')])
  expect(readdirSync(at('out-none'))).toEqual([])
})

test.for([
  [
    'no recipe where the permit asks for treatments',
    { recipe: null },
    ['gate.treatment-missing', 'gate.treatment-missing'],
  ],
  [
    'another treatment than the permit asks for',
    { recipe: { ...columns, id_no: '{ do: keyed-hash }' } },
    ['gate.treatment-missing'],
  ],
  [
    'a column kept that is to be treated',
    { recipe: { ...columns, id_no: '{ do: keep }' } },
    ['gate.treatment-missing'],
  ],
  ['a column the recipe does not name', { recipe: { id_no: columns.id_no } }, ['gate.not-transformed']],
  ['a recipe for another recipient', { recipient: 'somebody else' }, ['gate.not-transformed']],
  [
    'k below what the permit asks for',
    { anonymity: { k: 30, columns: ['born', 'event_date'] } },
    ['gate.anonymity-below'],
  ],
] as const)('held: %s', { timeout: 120_000 }, async ([name, about, codes]) => {
  const decision = await dryRun(name.replaceAll(' ', '-'), about)
  expect(decision.reasons?.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]))
})

test(
  'a recipe is proposed from the batch and the permit, and what it gives is k rows alike',
  { timeout: 120_000 },
  async () => {
    const anonymity = { k: 5, columns: ['born', 'event_date'] }
    await dryRun('proposed', { anonymity })
    const where = ['--data', at('data'), '--on', '2026-11-23', '--json']
    const out = at('proposed-recipe.yaml')
    const proposed = await tongguan([
      'gate',
      'propose-recipe',
      at('batch'),
      '--permit',
      at('proposed.json'),
      '--out',
      out,
      ...where,
    ])
    expect([proposed.code, proposed.err]).toEqual([0, ''])
    const { recipe } = JSON.parse(proposed.out) as { recipe: { files: readonly { columns: Record<string, object> }[] } }
    const [{ columns: rules } = { columns: {} }] = recipe.files
    expect([rules['id_no'], rules['mobile']]).toEqual([{ do: 'pseudonym' }, { do: 'keyed-hash' }])
    const asYaml = (rule: object) => JSON.stringify(rule)
    const asked = Object.fromEntries(Object.entries(rules).map(([column, rule]) => [column, asYaml(rule)]))
    expect((await dryRun('proposed-again', { anonymity, recipe: asked })).kind).toBe('released')
  },
)

test('suppressing whoever could be recognised takes nobody out of the ceiling', { timeout: 120_000 }, async () => {
  const recipe = { ...columns, id_no: '{ do: suppress }', mobile: '{ do: suppress }' }
  const decision = await dryRun('nobody-left', { recipe, ceiling: { general: persons - 1, sensitive: persons - 1 } })
  expect(decision.reasons?.map(({ code }) => code)).toContain('gate.persons-over-ceiling')
})
