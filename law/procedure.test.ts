import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { instruments } from './instruments/index.ts'
import type { Instrument } from './instruments/index.ts'
import { missedOfficialDate, nominalCourse, outcomes, procedureOn, stages } from './procedure.ts'

test('submitted on 2026-08-10: checked by the 17th, accepted by the 26th, assessed by 3 November', () => {
  expect(nominalCourse(legalDate('2026-08-10')).map(({ due }) => due)).toEqual([
    '2026-08-17',
    '2026-08-26',
    '2026-11-03',
  ])
})

test.for([
  ['2024-03-21', true, false],
  ['2024-03-22', false, true],
] as const)('on %s one declares again before expiry: %s; asks for an extension: %s', ([on, again, extension]) => {
  const codes = procedureOn(legalDate(on)).map(({ code }) => code)
  expect(codes.includes('P-11a')).toBe(again)
  expect(codes.includes('P-11b')).toBe(extension)
})

test.for(['2022-09-01', '2024-03-21', '2024-03-22', '2025-06-26', '2025-06-27', '2026-11-23'] as const)(
  'on %s the path is decided, the declaration submitted, an incident reported and the result valid, each once',
  (on) => {
    const codes = procedureOn(legalDate(on)).map(({ code }) => code)
    const ofStage = (stage: string) => codes.filter((code) => code === stage || code.startsWith(`${stage}.`))
    for (const stage of ['P-0', 'P-1', 'P-3', 'P-16']) expect(ofStage(stage)).toHaveLength(1)
    expect(codes.filter((code) => code.startsWith('P-9.'))).toHaveLength(1)
  },
)

test('a re-assessment is asked for within fifteen working days; for its answer the law sets no time', () => {
  expect(stages.find(({ code }) => code === 'P-8')?.clock).toEqual({ kind: 'period', period: 're-assessment' })
  expect(stages.find(({ code }) => code === 'P-8a')?.clock).toEqual({ kind: 'no-statutory-time' })
})

test('a stop notice ends the export and an order to rectify does not suspend it', () => {
  expect(stages.find(({ code }) => code === 'P-14')).toMatchObject({
    citation: { instrument: 'measures-2022', article: 17 },
    limits: { en: expect.stringContaining('no suspension') },
  })
  expect(stages.find(({ code }) => code === 'P-17')).toMatchObject({
    citation: { instrument: 'provisions-2024', article: 12 },
    limits: { en: expect.stringContaining('no suspension') },
  })
})

test('no stage of an office gives permission by lapse of time', () => {
  expect(missedOfficialDate.givesPermission).toBe(false)
})

test.for([...stages, ...outcomes])('$code rests on an instrument in force while it is', ({ citation, inForce }) => {
  const instrument: Instrument = instruments[citation.instrument]
  expect(instrument.inForce.from <= inForce.from).toBe(true)
  if (instrument.inForce.to !== undefined) expect((inForce.to ?? '9999') <= instrument.inForce.to).toBe(true)
})

test('each stage has a code of its own', () => {
  expect(new Set(stages.map(({ code }) => code)).size).toBe(stages.length)
})
