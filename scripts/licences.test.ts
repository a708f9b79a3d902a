import { expect, test } from 'vitest'
import { byLicence, isAgreed } from './licences.ts'

test('packages are grouped by licence; ours are left out, and none is no licence', () => {
  const found = byLicence({
    '': { license: 'Apache-2.0' },
    law: {},
    'node_modules/@tongguan/law': { link: true },
    'node_modules/a': { license: 'MIT' },
    'node_modules/a/node_modules/@b/c': {},
  })
  expect([...found]).toEqual([
    ['MIT', ['a']],
    ['none', ['@b/c']],
  ])
})

test.for([
  ['MIT', true],
  ['(MIT AND OFL-1.1)', true],
  ['MIT OR GPL-3.0-only', false],
  ['AGPL-3.0-only', false],
  ['none', false],
] as const)('%s: %s', ([expression, agreed]) => expect(isAgreed(expression)).toBe(agreed))
