import { legalDate } from '@tongguan/law'
import type { Disguise, Evidence } from '@tongguan/law'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aColumn,
  aCount,
  aFile,
  amsterdam,
  anEvidence,
  anItem,
  aPermit,
  aQuestion,
  aRevocationList,
  aScenario,
} from './makers.ts'
import { canonicalJson } from './canonical-json.ts'
import { checkIds, decideRelease, isDue, personsAfter } from './release.ts'
import type { ReleaseQuestion } from './release.ts'

/** The codes a question is held for; none where it is released. */
function heldFor(question: ReleaseQuestion): readonly string[] {
  const decision = decideRelease(question)
  return decision.kind === 'held' ? decision.reasons.map((reason) => reason.code) : []
}

test('a batch within the permit is released, and every check says that it ran, on what and how it ended', () => {
  const decision = decideRelease(aQuestion())
  expect(decision.kind).toBe('released')
  const due = checkIds.filter((id) => isDue(id, { rebuilt: false, basis: false }))
  expect(decision.checks.map((check) => check.id)).toEqual(due)
  for (const check of decision.checks) {
    expect(check).toMatchObject({ outcome: 'passed', inputSha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(check.version).toBeGreaterThan(0)
  }
})

test.for([
  ['2026-05-19', ['gate.permit-not-yet-in-force']],
  ['2026-05-20', []],
  ['2029-05-19', []],
  ['2029-05-20', ['gate.permit-expired']],
] as const)('a permit from 2026-05-20 to 2029-05-19, asked on %s → %j', ([on, codes]) => {
  expect(heldFor(aQuestion({ on: legalDate(on) }))).toEqual(codes)
})

test.for([
  ['issued', false, []],
  ['transcribed', false, []],
  ['simulated', false, ['gate.permit-simulated']],
  ['simulated', true, []],
] as const)('a permit that is %s, pilot %s → %j', ([kind, pilot, codes]) => {
  expect(heldFor(aQuestion({ permit: aPermit({ kind }), pilot }))).toEqual(codes)
})

const revoked = { id: 'permit-1', because: 'misused' }

test.for([
  ['issued', aRevocationList(), []],
  ['issued', null, ['gate.revocations-missing']],
  ['transcribed', null, []],
  ['issued', aRevocationList({ permits: [{ ...revoked, on: legalDate('2026-11-23') }] }), ['gate.permit-revoked']],
  ['issued', aRevocationList({ permits: [{ ...revoked, on: legalDate('2026-11-24') }] }), []],
  ['issued', aRevocationList({ permits: [{ ...revoked, id: 'x', on: legalDate('2026-11-23') }] }), []],
  ['issued', aRevocationList({ nextUpdate: '2026-11-23T04:00:00Z' }), []],
  ['issued', aRevocationList({ nextUpdate: '2026-11-23T03:59:59Z' }), ['gate.revocations-stale']],
  ['issued', { ...aRevocationList({ issuedAt: '2026-11-23T03:59:00Z' }), fetched: true }, []],
  ['issued', { ...aRevocationList({ issuedAt: '2026-11-23T03:58:59Z' }), fetched: true }, ['gate.revocations-stale']],
  ['issued', aRevocationList({ issuedAt: '2026-11-22T04:00:00Z' }), []],
  ['issued', aRevocationList({ issuedAt: '2026-11-22T03:59:59Z' }), ['gate.revocations-stale']],
] as const)('a permit that is %s, with the list %j → %j', ([kind, revocations, codes]) => {
  expect(heldFor(aQuestion({ permit: aPermit({ kind }), revocations }))).toEqual(codes)
})

test.for([
  [{ ...aRevocationList({ issuedAt: '2026-11-23T03:58:59Z' }), fetched: true }, []],
  [{ ...aRevocationList({ issuedAt: '2026-11-23T03:57:59Z' }), fetched: true }, ['gate.revocations-stale']],
  [aRevocationList({ issuedAt: '2026-11-23T03:00:00Z' }), []],
  [aRevocationList({ issuedAt: '2026-11-23T02:59:59Z' }), ['gate.revocations-stale']],
] as const)(
  'a permit that lets the list be 2 minutes old online and an hour by file, with %j → %j',
  ([list, codes]) => {
    const permit = aPermit({ kind: 'issued', revocationLimit: { onlineSeconds: 120, fileSeconds: 3_600 } })
    expect(heldFor(aQuestion({ permit, revocations: list }))).toEqual(codes)
  },
)

test.for([
  [null, []],
  ['2026-11-23T04:00:10Z', []],
  ['2026-11-23T04:00:11Z', ['gate.clock-behind']],
] as const)('a clock of 04:00:00 with %s as the newest the log knows → %j', ([newest, codes]) => {
  expect(heldFor(aQuestion({ clock: { now: '2026-11-23T04:00:00Z', newest } }))).toEqual(codes)
})

test('a permit that changed under its id holds the batch', () => {
  expect(heldFor(aQuestion({ permitKnownAs: 'f'.repeat(64) }))).toEqual(['gate.permit-changed'])
})

test.for([
  [amsterdam, []],
  [{ ...amsterdam, name: 'Somebody else' }, ['gate.recipient-not-approved']],
  [{ ...amsterdam, country: 'BE' }, ['gate.recipient-country-differs']],
] as const)('to %j → %j', ([recipient, codes]) => {
  expect(heldFor(aQuestion({ recipient }))).toEqual(codes)
})

test('in a scenario the permit does not name, checks that need one do not run, and that holds the batch too', () => {
  const decision = decideRelease(aQuestion({ scenarioId: 'marketing' }))
  expect(heldFor(aQuestion({ scenarioId: 'marketing' }))).toEqual(['gate.scenario-not-approved'])
  expect(decision.checks.find((check) => check.id === 'persons-ceiling')).toMatchObject({
    outcome: 'not-run',
    inputSha256: null,
  })
})

test.for([
  ['general', { newGeneral: 9 }, []],
  ['general', { newGeneral: 10 }, []],
  ['general', { newGeneral: 11 }, ['gate.persons-over-ceiling']],
  ['general', { alreadyGeneral: 10, newGeneral: 0 }, []],
  ['general', { alreadyGeneral: 10, newGeneral: 1 }, ['gate.persons-over-ceiling']],
  ['sensitive', { newSensitive: 4 }, []],
  ['sensitive', { newSensitive: 5 }, []],
  ['sensitive', { newSensitive: 6 }, ['gate.persons-over-ceiling']],
  [
    'sensitive',
    { alreadySensitive: 5, newSensitive: 0, movedToSensitive: 1, alreadyGeneral: 3 },
    ['gate.persons-over-ceiling'],
  ],
  ['both', { newGeneral: 11, newSensitive: 6 }, ['gate.persons-over-ceiling', 'gate.persons-over-ceiling']],
  ['a figure that is none', { newGeneral: Number.NaN }, ['gate.persons-over-ceiling']],
] as const)('ceilings of 10 general and 5 sensitive persons: %s, %j → %j', ([, count, codes]) => {
  expect(heldFor(aQuestion({ persons: aCount(count) }))).toEqual(codes)
})

test('over the ceiling, the figures before, new, after and the ceiling are given', () => {
  const decision = decideRelease(aQuestion({ persons: aCount({ alreadyGeneral: 8, newGeneral: 3 }) }))
  expect(decision).toMatchObject({
    reasons: [
      {
        code: 'gate.persons-over-ceiling',
        facts: { part: 'general', before: 8, new: 3, after: 11, ceiling: 10 },
        citation: { instrument: 'network-data-regulations-2025', article: 38 },
        words: { en: expect.stringContaining('11'), zh: expect.stringContaining('11') },
      },
    ],
  })
})

test('a person who moves to sensitive leaves the general part and is not counted twice', () => {
  const count = aCount({ alreadyGeneral: 4, alreadySensitive: 1, newGeneral: 2, newSensitive: 1, movedToSensitive: 3 })
  expect(personsAfter(count)).toEqual({ general: 3, sensitive: 5 })
})

test('a column that is not an approved item holds the batch, with file and column', () => {
  const file = aFile({ columns: [...aFile().columns, aColumn('phone')] })
  const decision = decideRelease(aQuestion({ evidence: anEvidence({ files: [file] }) }))
  expect(decision).toMatchObject({
    kind: 'held',
    reasons: [{ code: 'gate.item-not-approved', file: 'visits.csv', column: 'phone' }],
  })
})

test.for([
  ['e\u0301tude', []], // the same name, composed
  ['Étude', ['gate.item-not-approved']],
  ['étude ', ['gate.item-not-approved']],
] as const)('the item "étude" approves a column %j → %j', ([name, codes]) => {
  const permit = aPermit({ scenarios: [aScenario({ items: [anItem('étude')] })] })
  const evidence = anEvidence({ files: [aFile({ columns: [aColumn(name)] })] })
  expect(heldFor(aQuestion({ permit, evidence }))).toEqual(codes)
})

const note = { kind: 'clinical_note', level: 'likely', category: 'sensitive' } as const

test.for([
  ['what was approved', note, []],
  ['nothing recognised', {}, []],
  ['what a note may speak of', { ...note, findings: [{ kind: 'diagnosis', valid: 9, because: ['dictionary'] }] }, []],
  [
    'one telephone number',
    { ...note, findings: [{ kind: 'mobile', valid: 1, because: ['pattern'] }] },
    ['gate.item-holds-other-data'],
  ],
  ['a number that was not one', { ...note, findings: [{ kind: 'mobile', valid: 0, because: ['pattern'] }] }, []],
  [
    'resident ID numbers',
    { kind: 'national_id', level: 'confirmed', category: 'sensitive' },
    ['gate.item-holds-other-data'],
  ],
  [
    'perhaps resident ID numbers',
    { kind: 'national_id', level: 'review', category: 'none' },
    ['gate.item-holds-other-data'],
  ],
  ['genetic data', { kind: 'genotype', level: 'confirmed', category: 'sensitive' }, ['gate.item-holds-other-data']],
] as const)('in the approved free-text item "note" stands %s → %j', ([, about, codes]) => {
  const file = aFile({ columns: [aColumn('note', about)] })
  expect(heldFor(aQuestion({ evidence: anEvidence({ files: [file] }) }))).toEqual(codes)
})

test.for([
  ['none', []],
  ['personal', []],
  ['sensitive', ['gate.item-more-sensitive']],
] as const)('an item approved as personal information, found to be %s → %j', ([category, codes]) => {
  const file = aFile({ columns: [aColumn('subject', { kind: 'subject_id', level: 'confirmed', category })] })
  expect(heldFor(aQuestion({ evidence: anEvidence({ files: [file] }) }))).toEqual(codes)
})

const scanned = anEvidence().scanned
test.for([
  ['the scan did not end', { scanned: { ...scanned, complete: false } }, 'scan-incomplete'],
  ['a file was not scanned', { files: [aFile({ path: 'other.csv' })] }, 'file-not-scanned'],
  ['a file failed', { files: [aFile({ error: { code: 'scan.not-text', message: '' } })] }, 'scan.not-text'],
  ['other bytes were scanned', { files: [aFile({ sha256: 'b'.repeat(64) })] }, 'other-bytes-scanned'],
  ['rows were skipped', { files: [aFile({ skipped: 1 })] }, 'rows-skipped'],
  ['the format is unknown', { files: [aFile({ format: 'unknown' })] }, 'format-unknown'],
  ['no columns', { files: [aFile({ columns: [] })] }, 'no-columns'],
  ['a file stands twice', { files: [aFile(), aFile()] }, 'file-scanned-twice'],
] as const satisfies readonly (readonly [string, Partial<Evidence>, string])[])(
  'held as not fully inspected: %s',
  ([, about, because]) => {
    const decision = decideRelease(aQuestion({ evidence: anEvidence(about) }))
    expect(decision).toMatchObject({ kind: 'held' })
    const gaps =
      decision.kind === 'held' ? decision.reasons.filter((one) => one.code === 'gate.not-fully-inspected') : []
    expect(gaps.map((gap) => gap.facts['because'])).toContain(because)
  },
)

test('an empty batch is held', () => {
  const evidence = anEvidence({ files: [aFile({ rows: 0 })] })
  expect(heldFor(aQuestion({ evidence }))).toEqual(['gate.batch-empty'])
  expect(heldFor(aQuestion({ files: [], evidence: anEvidence({ files: [] }) }))).toContain('gate.batch-empty')
})

test('persons counted by another method than the permit’s hold the batch', () => {
  expect(heldFor(aQuestion({ countedBy: 'tongguan/persons/0' }))).toEqual(['gate.counting-method-differs'])
})

test.for([
  [{ general: 2, sensitive: 1 }, []],
  [{ general: 5, sensitive: 5 }, []],
  [{ general: 1, sensitive: 1 }, ['gate.persons-not-counted']],
  [{ general: 3, sensitive: 0 }, ['gate.persons-not-counted']],
] as const)('evidence of up to 3 persons, 1 sensitive; counted %j → %j', ([batchPersons, codes]) => {
  expect(heldFor(aQuestion({ batchPersons }))).toEqual(codes)
})

test.for([
  [null, 0, false, []],
  [null, 0, true, ['gate.important-data-not-approved']],
  [100, 69, true, []],
  [100, 70, true, []],
  [100, 71, true, ['gate.important-data-over-ceiling']],
] as const)(
  'important data: ceiling %j, %i bytes before, 30 new, hint %s → %j',
  ([ceiling, bytesBefore, hinted, codes]) => {
    const permit = aPermit({ scenarios: [aScenario({ importantDataBytes: ceiling })] })
    const hints = hinted ? [{ kind: 'important-data', where: 'visits.csv', because: 'position' } as const] : []
    expect(heldFor(aQuestion({ permit, bytesBefore, evidence: anEvidence({ hints }) }))).toEqual(codes)
  },
)

test('all reasons are given, not only the first', () => {
  const codes = heldFor(
    aQuestion({
      on: legalDate('2030-01-01'),
      recipient: { name: 'Somebody else', country: 'NL' },
      persons: aCount({ newGeneral: 99 }),
      evidence: anEvidence({ files: [aFile({ columns: [aColumn('phone')] })] }),
    }),
  )
  expect(codes).toEqual([
    'gate.permit-expired',
    'gate.recipient-not-approved',
    'gate.item-not-approved',
    'gate.persons-over-ceiling',
  ])
})

function ask(newGeneral: number, columns: readonly string[]): string {
  const files = [aFile({ columns: columns.map((name) => aColumn(name)) })]
  return decideRelease(aQuestion({ persons: aCount({ newGeneral }), evidence: anEvidence({ files }) })).kind
}

test('more persons or one column more never turn held into released', () => {
  const oneMore = fc.constantFrom('subject', 'note', 'phone')
  const property = fc.property(fc.nat(20), fc.nat(5), fc.array(oneMore), oneMore, (persons, more, columns, column) => {
    return (
      ask(persons, columns) === 'released' ||
      ask(persons + more, [...columns, column]) === 'held' ||
      columns.length === 0
    )
  })
  expect(() => fc.assert(property)).not.toThrow()
})

test('every reason speaks both languages and leaves no blank', () => {
  const decision = decideRelease(
    aQuestion({
      permit: aPermit({ kind: 'simulated', countingMethod: 'x' }),
      permitKnownAs: 'f'.repeat(64),
      recipient: { ...amsterdam, country: 'BE' },
      evidence: anEvidence({
        files: [aFile({ rows: 0, columns: [aColumn('note', { kind: 'mobile', level: 'likely' })] })],
      }),
      persons: aCount({ newGeneral: 99 }),
      batchPersons: { general: 0, sensitive: 0 },
    }),
  )
  const reasons = decision.kind === 'held' ? decision.reasons : []
  expect(reasons.length).toBeGreaterThan(6)
  for (const { words } of reasons) {
    expect(words.zh).toMatch(/\p{Script=Han}/u)
    expect(`${words.zh}${words.en}`).not.toMatch(/undefined|NaN|\[object/)
  }
})

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}')
})

const nobodyAsked = { open: 0, found: 0, unmatchable: 0 }
const nobodyMissing = { inForce: 0, missing: 0, withdrawn: 0, unlinked: 0 }

test.for([
  [null, []],
  [{ inForce: 3, missing: 0, withdrawn: 0, unlinked: 0, requests: nobodyAsked }, []],
  [{ inForce: 2, missing: 1, withdrawn: 0, unlinked: 0, requests: nobodyAsked }, ['gate.consent-missing']],
  [{ inForce: 2, missing: 0, withdrawn: 1, unlinked: 0, requests: nobodyAsked }, ['gate.consent-withdrawn']],
  [{ inForce: 2, missing: 0, withdrawn: 0, unlinked: 1, requests: nobodyAsked }, ['gate.consent-unlinked']],
  [{ ...nobodyMissing, requests: { open: 2, found: 1, unmatchable: 0 } }, ['gate.individual-listed']],
  [{ ...nobodyMissing, requests: { open: 2, found: 0, unmatchable: 1 } }, ['gate.individual-unmatchable']],
  [{ ...nobodyMissing, requests: { open: 2, found: 0, unmatchable: 0 } }, []],
] as const)('the register of consents says %j → %j', ([consents, codes]) => {
  expect(heldFor(aQuestion({ consents }))).toEqual(codes)
})

const inBase64: Disguise = {
  columns: ['note'],
  readings: ['base64'],
  kind: 'mobile',
  values: 1,
  row: 7,
  sample: '139****5678',
}

test.for([
  ['an identifier under another reading', [inBase64], ['gate.item-disguised']],
  ['one its item was approved for', [{ ...inBase64, columns: ['subject'], kind: 'subject_id' as const }], []],
  ['what nobody can read, among notes', [{ ...inBase64, kind: null, readings: [] }], ['gate.item-unreadable']],
  ['a code where a number of a person is approved', [{ ...inBase64, columns: ['subject'], kind: null }], []],
  ['nothing, where nobody looked', undefined, ['gate.not-fully-inspected']],
] as const)('in disguise: %s', ([, disguises, codes]) => {
  const { disguises: _, ...file } = aFile()
  const evidence = anEvidence({ files: [{ ...file, ...(disguises === undefined ? {} : { disguises }) }] })
  const decision = decideRelease(aQuestion({ evidence }))
  expect(decision.kind === 'held' ? decision.reasons.map(({ code }) => code) : []).toEqual(codes)
})
