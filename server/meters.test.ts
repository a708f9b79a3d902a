import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { yearMeter } from './meters.ts'

const at = (general: number, sensitive: number, on: string) => {
  const { lines, forecast } = yearMeter({ general, sensitive }, legalDate(on))
  const of = (kind: string, leadsTo: string) => lines.find(({ line }) => line.kind === kind && line.leadsTo === leadsTo)
  return { forecast, general: of('general', 'assessment'), sensitive: of('sensitive', 'assessment') }
}

test('one below, at and above a line; the day it is reached at this year’s pace', () => {
  expect(at(0, 9_999, '2026-06-30').sensitive).toMatchObject({ left: 1, reachedOn: '2026-07-01' })
  expect(at(0, 10_000, '2026-06-30').sensitive).toMatchObject({ left: 0, reachedOn: null })
  expect(at(0, 10_001, '2026-06-30').sensitive).toMatchObject({ left: 0, reachedOn: null })
})

test('on the first day a year is one day long so far; nothing counted reaches nothing', () => {
  expect(at(3_000, 0, '2026-01-01')).toMatchObject({
    forecast: { general: 1_095_000, sensitive: 0 },
    general: { left: 997_000, reachedOn: '2026-11-30' },
    sensitive: { left: 10_000, reachedOn: null },
  })
})

test('a line beyond 31 December is not reached this year', () => {
  expect(at(500_000, 0, '2026-12-31').general?.reachedOn).toBe(null)
  expect(at(500_000, 0, '2026-12-31').forecast.general).toBe(500_000)
})
