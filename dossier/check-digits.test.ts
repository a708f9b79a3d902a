import { isCreditCode } from '@tongguan/law'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isResidentId } from './check-digits.ts'

test.for([
  ['91350100M000100Y43', true], // the standard's own example
  ['12110000EXAMP1E097', true], // the pilot's
  ['12110000EXAMP1E098', false],
  ['12110000EXAMP1E09', false],
  ['12110000EXAMP1E0977', false],
  ['12110000eXAMP1E097', false],
  ['I2110000EXAMP1E097', false],
  ['', false],
] as const)('credit code %s → %s', ([code, good]) => {
  expect(isCreditCode(code)).toBe(good)
})

test.for([
  ['11010519491231002X', true], // the standard's own example
  ['00000019750515004X', true], // area 000000 belongs to nobody
  ['000000197505150040', false],
  ['00000019750515004x', false],
  ['00000019750515004', false],
] as const)('resident identity number %s → %s', ([number, good]) => {
  expect(isResidentId(number)).toBe(good)
})

test('one wrong digit never passes', () => {
  fc.assert(
    fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, shift) => {
      const good = '000000197505150058'
      const wrong = (Number(good[at]) + shift) % 10
      expect(isResidentId(`${good.slice(0, at)}${wrong}${good.slice(at + 1)}`)).toBe(false)
    }),
  )
})
