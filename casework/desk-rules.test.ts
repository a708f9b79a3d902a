import { legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { aFiling, aSuperior } from '../test/casework/histories.ts'
import { aDeclaration, aDrafter, aHandler, anApprover, anAssessedCase, aPass, theProvince, why } from './case.makers.ts'
import { caseNo, fold, packageOf } from './case.ts'
import type { Case } from './case.ts'
import { custodyOf } from './custody.ts'
import { decide } from './decide.ts'
import type { Command } from './decide.ts'
import { pendingDefects } from './defects.ts'
import { outcomeOf, validityOf } from './validity.ts'

// The rules of the desk beyond the table: one notice, custody, the second pair of eyes, what follows a result.

const no = caseNo('TG-2026-000001')
const later = caseNo('TG-2029-000001')
const day = (text: string): LegalDate => legalDate(text)

/** The case after these commands; throws where one is refused. */
function after(current: Case | null, ...commands: readonly Command[]): Case {
  const folded = commands.reduce<Case | null>((before, command) => {
    const decided = decide(before, command)
    if (decided.kind === 'refused') throw new Error(decided.words.en)
    return fold([...(before?.events ?? []), ...decided.events])
  }, current)
  if (folded === null) throw new Error('no case')
  return folded
}

function codeOf(current: Case | null, command: Command): string {
  const decided = decide(current, command)
  if (decided.kind === 'decided') return 'decided'
  expect(decided.words.zh + decided.words.en).not.toMatch(/[{}]/)
  return decided.code
}

const march = { day: day('2026-03-03') } as const
const province = { ...march, actor: theProvince } as const
const declared = after(null, {
  kind: 'declare',
  day: day('2026-03-02'),
  actor: aHandler,
  caseNo: no,
  declaration: aDeclaration(),
  received: day('2026-03-02'),
})
const defect = { id: 'd2', document: 'agent-id', reason: why } as const
const note: Command = { ...province, kind: 'noteDefect', defect }
const notice: Command = { ...province, kind: 'returnForCompletion', missing: ['agent-id'], reasons: [] }
const confirm: Command = { ...province, kind: 'confirmCompleteness', package: packageOf(aDeclaration()) }
const again: Command = {
  ...march,
  kind: 'redeclare',
  actor: aHandler,
  declaration: aDeclaration(),
  received: day('2026-03-03'),
}

test('defects wait for the one notice: nothing passes with one open, and the notice leaves none out', () => {
  const noted = after(declared, note)
  expect(pendingDefects(noted)).toEqual([defect])
  expect(codeOf(noted, note)).toBe('defect.noted-twice')
  expect(codeOf(noted, confirm)).toBe('completeness.defects-open')
  expect(codeOf(noted, { ...province, kind: 'returnForCompletion', missing: ['other-proof'], reasons: [] })).toBe(
    'notice.leaves-out',
  )
  const struck = after(noted, { ...province, kind: 'strikeDefect', defect: 'd2', reason: why })
  expect(codeOf(struck, confirm)).toBe('decided')
  expect(codeOf(struck, { ...province, kind: 'strikeDefect', defect: 'd2', reason: why })).toBe('defect.not-pending')
  expect(pendingDefects(after(noted, notice, again))).toEqual([])
})

test('a second notice needs a reason and another person above', () => {
  const once = after(declared, notice, again)
  const authorise: Command = { ...march, kind: 'authoriseSecondNotice', actor: aSuperior, reason: why }
  expect(codeOf(declared, authorise)).toBe('notice.first-needs-none')
  expect(codeOf(once, notice)).toBe('notice.second-needs-superior')
  expect(codeOf(after(once, { ...authorise, actor: theProvince }), notice)).toBe('notice.own-authority')
  const authorised = after(once, authorise)
  expect(codeOf(authorised, notice)).toBe('decided')
  // The authority is for one notice.
  expect(codeOf(after(authorised, notice, again), notice)).toBe('notice.second-needs-superior')
})

test('the national office signs for what the province sent, and nothing else', () => {
  const sent = after(declared, confirm)
  const national = { ...march, actor: aDrafter } as const
  const receipt = packageOf(aDeclaration())
  expect(custodyOf(sent)).toMatchObject({ holder: 'on-the-way', package: receipt, receipt: null })
  const other = packageOf(aDeclaration({ reference: 'R-2' }))
  expect(codeOf(declared, { ...confirm, package: other })).toBe('custody.package-differs')
  expect(codeOf(sent, { ...national, kind: 'receiveAtNational', receipt: other })).toBe('custody.package-differs')
  expect(custodyOf(after(sent, { ...national, kind: 'receiveAtNational', receipt }))).toMatchObject({
    holder: 'national',
    receipt,
  })
  const refused = after(sent, { ...national, kind: 'refuseCustody', reason: why })
  expect([refused.status, custodyOf(refused)?.holder]).toEqual(['withProvince', 'province'])
  expect(codeOf(refused, confirm)).toBe('decided')
})

test('a re-assessment is another officer’s than the first result’s two', () => {
  const decided = fold(anAssessedCase(no))
  const asked = after(decided, {
    kind: 'requestReassessment',
    day: day('2026-06-01'),
    actor: aHandler,
    grounds: why,
  })
  const june = day('2026-06-20')
  const conclude: Command = {
    kind: 'concludeReassessment',
    day: june,
    actor: { ...anApprover, id: 'n-3' },
    draftedBy: { ...aDrafter, id: 'n-4' },
    delivered: june,
    decision: aPass({ issued: june, lastDay: day('2029-06-20') }),
  }
  expect(codeOf(asked, conclude)).toBe('decided')
  expect(codeOf(asked, { ...conclude, actor: anApprover })).toBe('reassessment.same-officer')
  expect(codeOf(asked, { ...conclude, actor: aDrafter })).toBe('reassessment.same-officer')
  expect(codeOf(asked, { ...conclude, draftedBy: aDrafter })).toBe('reassessment.same-officer')
})

test('a stop ends the validity; an extension prolongs it by at most three years', () => {
  const decided = after(fold(anAssessedCase(no)))
  const national = { day: day('2028-01-04'), actor: anApprover } as const
  expect(validityOf(decided, day('2029-05-20'))).toMatchObject({ kind: 'in-force', lastDay: '2029-05-20' })
  expect(validityOf(decided, day('2029-05-21'))).toMatchObject({ kind: 'expired' })
  const stop: Command = { ...national, kind: 'orderStop', noticeNo: 'S-1', reason: why }
  expect(validityOf(after(decided, stop), day('2028-01-05'))).toEqual({ kind: 'none', because: 'stopped' })
  const extend: Command = { ...national, kind: 'extendValidity', by: later, lastDay: day('2032-05-20') }
  expect(validityOf(after(decided, extend), day('2032-05-20'))).toMatchObject({ kind: 'in-force', extended: true })
  for (const lastDay of ['2029-05-20', '2032-05-21'])
    expect(codeOf(decided, { ...extend, lastDay: day(lastDay) })).toBe('result.last-day')
  const failed = fold(
    anAssessedCase(no, { kind: 'notPassed', resultNo: 'R', issued: day('2026-05-20'), reasons: [why] }),
  )
  expect(codeOf(failed, stop)).toBe('result.not-passed')
  expect(codeOf(after(decided, stop), extend)).toBe('case.not-now')
})

test('a rectification is reported after it was ordered and accepted after it was reported', () => {
  const decided = after(fold(anAssessedCase(no)))
  const july = day('2026-07-01')
  const order: Command = {
    kind: 'orderRectification',
    day: july,
    actor: theProvince,
    requirement: why,
    until: day('2026-08-01'),
  }
  const report: Command = { kind: 'reportRectification', day: july, actor: aHandler, documents: ['report.pdf'] }
  const accept: Command = { kind: 'acceptRectification', day: july, actor: theProvince }
  expect(codeOf(decided, { ...order, until: july })).toBe('rectification.until-past')
  expect(codeOf(decided, report)).toBe('rectification.not-open')
  expect(codeOf(after(decided, order), accept)).toBe('rectification.not-open')
  const done = after(decided, order, report, accept)
  expect([done.status, codeOf(done, report)]).toEqual(['decided', 'rectification.not-open'])
})

test('what takes a result up again names its case; a filing gets its number only without open defects', () => {
  const march2 = day('2026-03-02')
  const file: Command = {
    kind: 'file',
    day: march2,
    actor: aHandler,
    caseNo: later,
    caseKind: 'extension',
    filing: aFiling(),
    received: march2,
  }
  expect(codeOf(null, file)).toBe('case.no-predecessor')
  expect(codeOf(null, { ...file, predecessor: no })).toBe('decided')
  const filed = after(null, { ...file, caseKind: 'contractFiling' })
  const number: Command = { ...province, kind: 'assignFilingNumber', filingNo: 'B-1' }
  expect(codeOf(after(filed, note), number)).toBe('completeness.defects-open')
  expect(after(filed, number).status).toBe('registered')
})

test('a result is passed in part where an item of it was refused', () => {
  const [scenario] = aPass().scenarios
  if (scenario === undefined) throw new Error('the made decision has a scenario')
  const part = { ...scenario, passedItems: ['subject'], refusedItems: [{ name: 'icd10', reason: why }] }
  expect([outcomeOf(aPass()), outcomeOf(aPass({ scenarios: [part] }))]).toEqual(['passed', 'passedInPart'])
})
