import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { compose } from './compose.ts'
import { countConsents, readConsentRegister } from './consent-register.ts'
import { aCase } from './makers.ts'

const line = (person: string, consentedOn: string, withdrawnOn: string | null = null) =>
  JSON.stringify({ person: person.repeat(32), version: 'v3', consentedOn, withdrawnOn })
const on = legalDate('2026-03-02')

test('a person counts once, from the day of consent to the day before its withdrawal', () => {
  const text = [
    line('a', '2026-03-02'),
    line('a', '2026-03-02'),
    line('b', '2026-03-03'),
    line('c', '2026-01-01', '2026-03-02'),
    line('d', '2026-01-01', '2026-03-03'),
    line('e', '2026-01-01', '2026-01-05'),
    line('e', '2026-02-01'),
  ].join('\n')
  expect(countConsents(readConsentRegister(text, 'r'), on)).toEqual({ inForce: 3, withdrawn: 1, versions: ['v3'], on })
})

test.for(['{"person":"110101199003070011"}', 'not json', line('g', '2026-01-01'), line('a', '2026-02-30')])(
  'a line that is no entry is refused and not repeated: %s',
  (text) => {
    const read = () => readConsentRegister(text, 'register.ndjson')
    expect(read).toThrow(expect.objectContaining({ code: 'consent.register-unreadable' }) as Error)
    expect(read).not.toThrow('110101199003070011')
  },
)

test('fewer consents than persons declared are asked about, and the report says how many there are', () => {
  const consents = { inForce: 11_999, withdrawn: 1, versions: ['v3'], on }
  const inputs = aCase({ consents })
  expect(check(inputs).map(({ code }) => code)).toEqual(['consent.too-few'])
  const report = compose(inputs).papers.find(({ kind }) => kind === 'self-assessment-report')
  expect(JSON.stringify(report?.sheet.blocks)).toContain('11999人')
  expect(check(aCase({ consents: { ...consents, inForce: 12_000 } }))).toEqual([])
})
