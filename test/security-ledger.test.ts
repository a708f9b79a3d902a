// The checklist of docs/security/asvs.md: every requirement of levels 1 and 2 once, and every file it names is there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './command-line.ts'

const text = readFileSync(join(repository, 'docs/security/asvs.md'), 'utf8')
const rows = [...text.matchAll(/^\| +([\d., –]+?) +\| +(\w+) +\| +(.+?) +\|$/gm)].map(
  ([, ids = '', state = '', where = '']) => ({ ids: ids.split(', ').flatMap(expanded), state, where }),
)

/** `1.2.6–1.2.8` are three. */
function expanded(range: string): readonly string[] {
  const [first = '', last = first] = range.split('–')
  const [chapter, section, from] = first.split('.')
  const to = last.split('.')[2]
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => `${chapter}.${section}.${Number(from) + n}`)
}

test('each of the 253 requirements stands there once, with a state', () => {
  const ids = rows.flatMap((row) => row.ids)
  expect(ids).toHaveLength(253)
  expect(new Set(ids).size).toBe(253)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['met', 'built', 'none', 'operator', 'gap']))
})

test('every file it names is there, and what is met names one', () => {
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|md|json|conf|sh))`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([])
  expect(rows.filter(({ state, where }) => state === 'met' && !/`[^`]+`/.test(where)).map(({ ids }) => ids)).toEqual([])
})

const plan = readFileSync(join(repository, 'docs/security/tests.md'), 'utf8')
const tests = [...plan.matchAll(/^\| (T\d+) +\| ([a-z ]+?) +\| .+? \| (.+?) +\| (.+?) +\|$/gm)]

test('each test of the gate’s plan stands in its table once; what is named is there, and what is not covered says why', () => {
  expect(tests.map(([, id]) => id)).toEqual(Array.from({ length: 16 }, (_, at) => `T${at + 1}`))
  const named = [...plan.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([])
  const proofs = [...plan.matchAll(/`npm run prove ([a-z-]+)`/g)].map(([, name]) => name)
  expect(proofs.filter((name) => !existsSync(join(repository, `scripts/proofs/${name}.ts`)))).toEqual([])
  for (const [, id, state, , missing] of tests) expect([id, missing === '–']).toEqual([id, state === 'covered'])
})
