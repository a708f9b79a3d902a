import { expect, test } from 'vitest'
import { isOver, sectorRules } from './sector-rules.ts'

test.for([
  // "超过" leaves the number out, "以上" takes it in.
  ['AUTO-3.5', 100_000, false],
  ['AUTO-3.5', 100_001, true],
  ['AUTO-2026.general', 999_999, false],
  ['AUTO-2026.general', 1_000_000, true],
  ['AUTO-2026.sensitive', 9_999, false],
  ['AUTO-2026.sensitive', 10_000, true],
  ['HGR-37', 500, false],
  ['HGR-37', 501, true],
  ['HGR-11', 49, false],
  ['HGR-11', 50, true],
  ['HEALTH-39725', 250, false],
  ['HEALTH-39725', 251, true],
  ['BEIJING-2024.general', 10_000_000, false],
  ['BEIJING-2024.general', 10_000_001, true],
  ['BEIJING-2024.sensitive', 1_000_000, false],
  ['BEIJING-2024.sensitive', 1_000_001, true],
  ['PI-1000W', 9_999_999, false],
  ['PI-1000W', 10_000_000, true],
  ['AUDIT-4', 10_000_000, false],
  ['AUDIT-4', 10_000_001, true],
  ['AUDIT-5.general', 999_999, false],
  ['AUDIT-5.general', 1_000_000, true],
  ['AUDIT-5.sensitive', 99_999, false],
  ['AUDIT-5.sensitive', 100_000, true],
  ['AUDIT-12', 999_999, false],
  ['AUDIT-12', 1_000_000, true],
] as const)('%s at %i: over the line: %s', ([code, count, over]) => {
  const rule = sectorRules.find((one) => one.code === code)
  expect(rule && isOver(rule, count)).toBe(over)
})

test('a rule without a number has no line', () => {
  const rule = sectorRules.find(({ code }) => code === 'CREDIT-24')
  expect(rule && isOver(rule, 1)).toBeNull()
})

test('a recommended standard is no exemption, and the number of 2021 is contested', () => {
  expect(sectorRules.find(({ code }) => code === 'HEALTH-39725')?.en).toContain('no exemption')
  expect(sectorRules.find(({ code }) => code === 'AUTO-3.5')?.certainty).toBe('contested')
})
