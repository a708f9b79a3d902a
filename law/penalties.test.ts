import { expect, test } from 'vitest'
import { legalDate } from './calendar.ts'
import { instruments } from './instruments/index.ts'
import type { Instrument } from './instruments/index.ts'
import { breachNames, penalProvisions, penaltiesFor, textsNotObtained } from './penalties.ts'
import type { Breach, PenalProvision, Sanction } from './penalties.ts'
import { sanctionWords, tierWords } from './sanction-words.ts'

function codes(breach: Breach, on: string) {
  return penaltiesFor(breach, legalDate(on)).provisions.map(({ code }) => code)
}

function fines(sanctions: readonly Sanction[]) {
  return sanctions.flatMap((one) => (one.kind === 'fine' ? [[one.from, one.to]] : []))
}

function provision(code: string): PenalProvision {
  const found = penalProvisions.find((one) => one.code === code)
  if (found === undefined) throw new Error(`no provision ${code}`)
  return found
}

test('important data exported in breach of article 31: 100,000 to 1,000,000 yuan, serious 1,000,000 to 10,000,000', () => {
  const { tiers } = provision('DSL-46')
  expect(tiers.map(({ entity }) => fines(entity))).toEqual([[[100_000, 1_000_000]], [[1_000_000, 10_000_000]]])
  expect(tiers.map(({ persons }) => fines(persons))).toEqual([[[10_000, 100_000]], [[100_000, 1_000_000]]])
  expect(tiers[1]?.entity.map(({ kind }) => kind)).toEqual(['fine', 'suspension', 'revocation'])
})

test('core data: 2,000,000 to 10,000,000 yuan, suspension and revocation of the licence', () => {
  const [tier] = provision('DSL-45-2').tiers
  expect(fines(tier?.entity ?? [])).toEqual([[2_000_000, 10_000_000]])
  expect(tier?.entity.map(({ kind }) => kind)).toEqual(['fine', 'suspension', 'revocation'])
  expect(codes('core-data', '2026-11-23')).toEqual(['DSL-45-2'])
})

test('personal information, serious: up to 50,000,000 yuan or 5 % of last year’s turnover, and a ban from posts', () => {
  const serious = provision('PIPL-66').tiers[2]
  expect(serious?.entity).toContainEqual({ kind: 'fine', from: null, to: 50_000_000, orTurnoverPercent: 5 })
  expect(serious?.persons).toContainEqual({ kind: 'post-ban' })
  expect(fines(serious?.persons ?? [])).toEqual([[100_000, 1_000_000]])
})

test.for([
  ['2025-12-31', true, false],
  ['2026-01-01', false, true],
] as const)(
  'an operator’s export on %s: its own scale of 2017 %s, only a reference to other laws %s',
  ([on, old, now]) => {
    const found = codes('operator-export', on)
    expect(found.includes('CSL-66-2017')).toBe(old)
    expect(found.includes('CSL-71-2026')).toBe(now)
    expect(found).toEqual(expect.arrayContaining(['DSL-46', 'PIPL-66']))
  },
)

test('from 2026 the Cybersecurity Law has no scale of its own for the export: it refers', () => {
  expect(provision('CSL-71-2026')).toMatchObject({
    tiers: [],
    refersTo: [
      { instrument: 'dsl-2021', article: 46 },
      { instrument: 'pipl-2021', article: 66 },
    ],
  })
})

test.for([
  ['important-data-export', '2021-08-31', []],
  ['important-data-export', '2021-09-01', ['DSL-46']],
  ['important-data-export', '2024-12-31', ['DSL-46']],
  ['important-data-export', '2025-01-01', ['DSL-46', 'NDSR-58.2025']],
  ['important-data-export', '2026-01-01', ['DSL-46', 'NDSR-58']],
  ['personal-information-export', '2021-10-31', []],
  ['personal-information-export', '2021-11-01', ['PIPL-66', 'PIPL-69']],
  ['foreign-authority', '2021-10-31', ['DSL-48-2']],
  ['foreign-authority', '2021-11-01', ['PIPL-66', 'DSL-48-2']],
  ['important-data-handler-duties', '2024-12-31', ['DSL-45-1']],
  ['important-data-handler-duties', '2025-01-01', ['DSL-45-1', 'NDSR-57']],
  ['genetic-resources-by-foreign-body', '2021-04-14', ['HGR-41']],
  ['genetic-resources-by-foreign-body', '2021-04-15', ['HGR-41', 'BIO-80']],
] as const)('%s on %s: %j', ([breach, on, expected]) => {
  expect(codes(breach, on)).toEqual(expected)
})

test.for([
  ['network-security-duties', '2025-12-31', true],
  ['network-security-duties', '2026-01-01', false],
  ['genetic-information-without-review', '2024-04-30', false],
  ['genetic-information-without-review', '2024-05-01', true],
] as const)('%s on %s: a text is missing here: %s', ([breach, on, missing]) => {
  expect(penaltiesFor(breach, legalDate(on)).textNotObtained).toBe(missing)
})

test('a gain of 1,000,000 yuan or more multiplies: five to ten times, by the Biosecurity Law ten to twenty', () => {
  const times = (code: string) =>
    provision(code).tiers.flatMap(({ entity }) =>
      entity.flatMap((one) => (one.kind === 'fine' ? [one.timesGains] : [])),
    )
  expect(times('HGR-41')).toMatchObject([{ from: 5, to: 10 }])
  expect(times('BIO-80')).toMatchObject([{ from: 10, to: 20 }])
})

test.for(breachNames)('%s is punished by some provision today', (breach) => {
  expect(codes(breach, '2026-11-23')).not.toEqual([])
})

test.for([...penalProvisions])('$code: its instrument is in force, its ranges rise', ({ citation, inForce, tiers }) => {
  const instrument: Instrument = instruments[citation.instrument]
  expect(instrument.inForce.from <= inForce.from).toBe(true)
  for (const [from, to] of tiers.flatMap(({ entity, persons }) => [...fines(entity), ...fines(persons)])) {
    expect((from ?? 0) < (to ?? Number.POSITIVE_INFINITY)).toBe(true)
  }
})

test.for([
  // Read: the warning and the amounts. From memory: the order to correct, and that the fine on persons may be left out.
  ['DSL-46', ['order: memory', 'warning: primary', 'fine: primary']],
  ['DSL-45-1', ['order: memory', 'warning: primary', 'fine: primary']],
  ['DSL-48-2', ['warning: primary', 'fine: primary']],
  ['PIPL-66', ['order: primary', 'warning: primary', 'confiscation: primary']],
  ['NDSR-57', ['order: memory', 'warning: memory', 'fine: primary']],
  ['CSL-61-2026', ['order: memory', 'warning: memory', 'fine: primary']],
  ['HGR-36', ['order: memory', 'confiscation: memory', 'fine: primary']],
] as const)('%s: what of its first degree was read: %j', ([code, known]) => {
  const [tier] = provision(code).tiers
  expect(tier?.entity.map(({ kind, certainty = 'primary' }) => `${kind}: ${certainty}`)).toEqual(known)
})

test('where part of a provision is from memory the answer says so, and so do its words', () => {
  expect(penaltiesFor('important-data-export', legalDate('2026-11-23')).certainty).toBe('memory')
  expect(penaltiesFor('core-data', legalDate('2026-11-23')).certainty).toBe('primary')
  const security = provision('CSL-61-2026').tiers
  expect(security.every((tier) => tierWords(tier).en.includes('not checked against the text'))).toBe(true)
  const [order] = provision('DSL-46').tiers[0]?.entity ?? []
  expect(order && sanctionWords(order).zh).toBe('责令改正（未核对原文）')
  const [fine] = provision('DSL-46').tiers[0]?.persons ?? []
  expect(fine && sanctionWords(fine).en).toContain('may be left out was not checked')
})

test('what was not read is named', () => {
  expect(textsNotObtained.every(({ what }) => what.zh !== '' && what.en !== '')).toBe(true)
})

test.for([
  ['core-data', '2026-11-23', []],
  ['genetic-information-without-report', '2026-11-23', []],
  ['network-data-duties', '2024-12-31', []],
  ['network-data-duties', '2025-01-01', ['NDSR-59']],
  ['network-security-duties', '2026-01-01', ['CSL-73']],
  ['operator-export', '2026-01-01', ['NDSR-59', 'CSL-73']],
] as const)('%s on %s: what may lighten it speaks of its own instrument: %j', ([breach, on, expected]) => {
  expect(penaltiesFor(breach, legalDate(on)).leniency.map(({ code }) => code)).toEqual(expected)
})

test.for([
  ['2025-12-31', 'csl-2017'],
  ['2026-01-01', 'csl-2026'],
] as const)('on %s the regulations refer to the Cybersecurity Law of that day (%s) among the three', ([on, law]) => {
  const { provisions } = penaltiesFor('beyond-approval', legalDate(on))
  const referred = provisions.find(({ citation }) => citation.article === 58)?.refersTo
  expect(referred?.map(({ instrument }) => instrument)).toEqual([law, 'dsl-2021', 'pipl-2021'])
})
