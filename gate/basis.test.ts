import { legalDate } from '@tongguan/law'
import type { Basis, ExportFacts, Permit } from '@tongguan/law'
import { expect, test } from 'vitest'
import { factsDigest, judgeBasis } from './basis.ts'
import { generateKey, trustedKey } from './keys.ts'
import { aHandlersFacts, aPermit, aQuestion, aScenario } from './makers.ts'
import { judgePermit, signPermit } from './permit.ts'
import { decideRelease } from './release.ts'

const day = legalDate('2026-03-02')
const document = { number: 'D-1', on: legalDate('2026-02-01') }
const documents = {
  notice: document,
  'separate-consent': document,
  'impact-assessment': document,
  safeguards: document,
}

const scenarios = [aScenario({ ceiling: { general: 10, sensitive: 0 } })]
const contract = { copy: document, effectiveOn: legalDate('2026-02-02'), filed: { on: legalDate('2026-02-05') } }

function aBasis(facts: ExportFacts, about: Partial<Basis> = {}, permit: Partial<Permit> = {}) {
  const basis: Basis = {
    route: 'standard-contract',
    factsSha256: factsDigest(facts),
    decidedOn: day,
    contract,
    documents,
    confirmed: { by: 'Zhang San', on: day },
    ...about,
  }
  return {
    ...aPermit({ kind: 'basis', keyId: '', scenarios, firstDay: day, lastDay: legalDate('2026-12-31'), ...permit }),
    basis,
  }
}

function why(
  facts: ExportFacts,
  about: Partial<Basis> = {},
  permit: Partial<Permit> = {},
  on = day,
): readonly string[] {
  return judgeBasis(aBasis(facts, about, permit), facts, on).map((one) =>
    [one.facts['because'], one.facts['what']].join(' ').trim(),
  )
}

const emergency = aHandlersFacts({
  exemption: 'emergency',
  conditions: { necessary: true, emergencyExists: true, protectsLifeHealthProperty: true },
})
const evidence = { necessary: document, emergencyExists: document, protectsLifeHealthProperty: document }

test('a standard contract in force, filed and with every duty shown, carries the export', () => {
  expect(why(aHandlersFacts())).toEqual([])
  expect(why(aHandlersFacts(), {}, {}, legalDate('2026-12-31'))).toEqual([])
})

test('a certification carries it to its last day', () => {
  const { contract: _none, ...rest } = aBasis(aHandlersFacts()).basis
  const certified = (lastDay: string) =>
    ({ ...rest, route: 'certification', certificate: { number: 'C-1', lastDay: legalDate(lastDay) } }) as const
  const judged = (basis: Basis) =>
    judgeBasis({ ...aBasis(aHandlersFacts()), basis }, aHandlersFacts(), day).map(({ facts }) => facts['because'])
  expect(judged(certified('2026-12-31'))).toEqual([])
  expect(judged(certified('2026-12-30'))).toEqual(['certificate-expired'])
  expect(judged({ ...rest, route: 'certification' })).toEqual(['certificate-missing'])
})

test('an exemption carries it with each of its conditions shown and a person who answers for it', () => {
  expect(why(emergency, { route: 'exemption', evidence })).toEqual([])
  const { emergencyExists: _none, ...less } = evidence
  expect(why(emergency, { route: 'exemption', evidence: less })).toEqual(['condition-not-shown emergencyExists'])
  const later = { ...evidence, emergencyExists: { number: 'D', on: legalDate('2026-03-03') } }
  expect(why(emergency, { route: 'exemption', evidence: later })).toEqual(['condition-not-shown emergencyExists'])
  const { confirmed: _nobody, ...unconfirmed } = aBasis(emergency, { route: 'exemption', evidence }).basis
  const judged = judgeBasis({ ...aBasis(emergency), basis: unconfirmed }, emergency, day)
  expect(judged.map(({ facts }) => facts['because'])).toEqual(['nobody-confirms'])
})

test.for<readonly [string, ExportFacts, string]>([
  [
    'an assessment is due',
    aHandlersFacts(
      { since1January: { general: 1_000_000, sensitive: 0, both: 0 } },
      { total: { since1January: { general: 1_000_000, sensitive: 0, both: 0 } } },
    ),
    'path assessment',
  ],
  ['nothing leaves China', aHandlersFacts({ leavesChina: false }), 'path not-an-export'],
  ['it is prohibited', aHandlersFacts({ coreData: true }), 'path prohibited'],
  ['a fact is not known', aHandlersFacts({}, { handler: { publicBody: 'none' } }), 'path unknown'],
  [
    'a number straddles a line',
    aHandlersFacts(
      { since1January: { general: { lower: 900_000, point: 950_000, upper: 1_100_000 }, sensitive: 0, both: 0 } },
      {
        total: {
          since1January: { general: { lower: 900_000, point: 950_000, upper: 1_100_000 }, sensitive: 0, both: 0 },
        },
      },
    ),
    'path unknown',
  ],
  [
    'the strict count reaches an assessment',
    aHandlersFacts(
      { since1January: { general: 995_000, sensitive: 6_000, both: 6_000 } },
      { total: { since1January: { general: 995_000, sensitive: 6_000, both: 6_000 } } },
    ),
    'path assessment',
  ],
  ['it was answered not to be necessary', aHandlersFacts({ conditions: { necessary: false } }), 'not-necessary'],
])('no basis where %s', ([, facts, because]) => {
  expect(why(facts)).toContain(because)
  expect(why(facts, { route: 'exemption', evidence })).not.toEqual([])
})

test('nor an exemption by numbers where a contract is due, nor a claim whose conditions are not met', () => {
  expect(why(aHandlersFacts(), { route: 'exemption', evidence })).toContain('path contract-or-certification')
  expect(
    why(aHandlersFacts({ exemption: 'emergency', conditions: { necessary: true } }), { route: 'exemption', evidence }),
  ).not.toEqual([])
})

test.for<readonly [string, Partial<Basis>, Partial<Permit>, string]>([
  ['a duty has no document', { documents: { notice: document } }, {}, 'document-missing separate-consent'],
  [
    'a document is of a later day',
    { documents: { ...documents, notice: { number: 'D', on: legalDate('2026-03-03') } } },
    {},
    'document-missing notice',
  ],
  [
    'the contract is not in force yet',
    { contract: { ...contract, effectiveOn: legalDate('2026-03-03') } },
    {},
    'contract-not-in-force 2026-03-03',
  ],
  [
    'the filing is overdue',
    { contract: { copy: document, effectiveOn: legalDate('2026-02-02') } },
    {},
    'filing-overdue 2026-02-14',
  ],
  [
    'the filing is said to be of a day to come',
    { contract: { ...contract, filed: { on: legalDate('2026-03-03') } } },
    {},
    'filing-overdue 2026-02-14',
  ],
  [
    'the contract is signed on a day to come',
    { contract: { ...contract, copy: { number: 'D', on: legalDate('2026-03-03') } } },
    {},
    'contract-missing',
  ],
  ['it outlasts the year', {}, { lastDay: legalDate('2027-01-01') }, 'beyond-the-year 2027-01-01'],
  [
    'a recipient is not in the facts',
    {},
    { scenarios: [aScenario({ recipients: [{ name: 'Other', country: 'NL' }] })] },
    'recipient-not-in-facts Other',
  ],
  [
    'a ceiling is above the facts',
    {},
    { scenarios: [aScenario({ ceiling: { general: 200_001, sensitive: 0 } })] },
    'more-persons-than-in-facts research: general',
  ],
  [
    'important data are in it',
    {},
    { scenarios: [aScenario({ ceiling: { general: 1, sensitive: 0 }, importantDataBytes: 1 })] },
    'important-data research',
  ],
  ['a flow is not in the facts', {}, { scenarios: [aScenario({ id: 'other' })] }, 'no-such-flow other'],
])('no basis where %s', ([, about, permit, because]) => {
  expect(why(aHandlersFacts(), about, permit)).toContain(because)
})

test('it is bound to its facts and its year, and asked again with each batch', () => {
  const permit = aBasis(aHandlersFacts())
  const because = (facts: ExportFacts | null, on = day) => {
    const decision = decideRelease(aQuestion({ permit, facts, on, revocations: null, at: '2026-03-02T04:00:00Z' }))
    const reasons = decision.kind === 'held' ? decision.reasons : []
    return reasons.filter(({ code }) => code === 'gate.basis-fails').map(({ facts: said }) => said['because'])
  }
  expect(because(aHandlersFacts())).toEqual([])
  expect(because(null)).toEqual(['facts-missing'])
  expect(because(aHandlersFacts({ minorsUnder14: true }))).toEqual(['other-facts'])
  expect(because(aHandlersFacts(), legalDate('2027-01-04'))).toEqual(['other-year'])
})

test('two persons of the handler sign it, and the file says what it is', () => {
  const [one, two] = [generateKey(), generateKey()]
  const keys = [one, two].map((key, at) =>
    trustedKey(key, { name: `signer ${at}`, roles: ['basis'], simulated: false }),
  )
  const trust = { schema: 'tongguan/trust/1', keys } as const
  const permit = aBasis(aHandlersFacts())
  const judged = (draft: Permit, ...by: (typeof one)[]) => judgePermit(draft, signPermit(draft, by).signed, trust)?.code
  expect(judged(permit, one, two)).toBeUndefined()
  expect(judged(permit, one)).toBe('gate.permit-needs-two-persons')
  const { basis: _none, ...bare } = permit
  expect(judged(bare, one, two)).toBe('gate.permit-differs-from-signed')
  expect(judged({ ...permit, kind: 'transcribed' }, one, two)).toBe('gate.permit-key-other-role')
})
