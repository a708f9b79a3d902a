import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { contradicts, factsSignature, signatureOf, toldIn } from './compare.ts'
import { decideEnquiry, receive } from './decide.ts'
import type { EnquiryCommand } from './decide.ts'
import type { SubjectNo } from './desk.ts'
import { foldEnquiry } from './enquiry.ts'
import type { Enquiry } from './enquiry.ts'
import { openingOf } from './hours.ts'
import { decideInterpretation, foldInterpretation } from './interpretation.ts'
import type { NewContent } from './interpretation.ts'
import { decideBriefing, decideInstitution, foldInstitution, furthest } from './programme.ts'
import { aCode, aNote, anAnswer, at, li, someFacts, today, wang } from './makers.ts'

const no = 'ZX-2026-0000001' as SubjectNo

function taken(change: Parameters<typeof aNote>[1] = {}, by = at()): Enquiry {
  const decided = receive(aNote(no, change), by)
  if (decided.kind === 'refused') throw new Error(decided.words.en)
  const enquiry = foldEnquiry(decided.events)
  if (enquiry === null) throw new Error('no enquiry')
  return enquiry
}

function after(enquiry: Enquiry, command: EnquiryCommand, by = at()): Enquiry {
  const decided = decideEnquiry(enquiry, command, by)
  if (decided.kind === 'refused') throw new Error(decided.words.en)
  const next = foldEnquiry([...enquiry.events, ...decided.events])
  if (next === null) throw new Error('no enquiry')
  return next
}

test('a phone note needs the question and nothing else', () => {
  expect(taken()).toMatchObject({ status: 'open', receivedOn: today, topic: null, organisation: null, answer: null })
  expect(receive(aNote(no, { question: '  ' }), at())).toMatchObject({ code: 'enquiry.nothing-asked' })
})

test('question, facts and answer of one call are one note of three events', () => {
  const enquiry = taken({ topic: 'which-path', facts: someFacts(), answer: anAnswer })
  expect(enquiry.events.map(({ kind }) => kind)).toEqual(['received', 'factsTold', 'answered'])
  expect(enquiry).toMatchObject({ status: 'answered', told: { path: 'assessment' } })
  // Nobody said what it comes down to, so it is the path of the facts.
  expect(enquiry.answer).toMatchObject({ law: today, path: 'assessment', position: 'assessment' })
})

test.for([
  ['2026-06-10', undefined],
  ['2026-06-11', 'enquiry.future-day'],
] as const)('an enquiry received on %s, entered on 2026-06-10: %s', ([day, code]) => {
  const decided = receive(aNote(no, { channel: 'letter', receivedOn: legalDate(day) }), at())
  expect(decided.kind === 'refused' ? decided.code : undefined).toBe(code)
})

test.for([
  [aCode, undefined],
  ['121000004000000001', 'organisation.credit-code'],
  ['12100000400000000', 'organisation.credit-code'],
  ['1210000040000000OW', 'organisation.credit-code'],
] as const)('the credit code %s: %s', ([creditCode, code]) => {
  const decided = receive(aNote(no, { organisation: { name: '示例医院', creditCode } }), at())
  expect(decided.kind === 'refused' ? decided.code : undefined).toBe(code)
  const named = decideEnquiry(
    taken(),
    { kind: 'nameCaller', caller: {}, organisation: { name: 'x', creditCode } },
    at(),
  )
  expect(named.kind === 'refused' ? named.code : undefined).toBe(code)
})

test('an answer names its articles, in force on the day whose law it goes by', () => {
  const answer = (change: object) =>
    decideEnquiry(taken(), { kind: 'answer', answer: { ...anAnswer, ...change } }, at())
  expect(answer({})).toMatchObject({ kind: 'decided' })
  expect(answer({ citations: [] })).toMatchObject({ code: 'answer.uncited' })
  expect(answer({ text: ' \n' })).toMatchObject({ code: 'answer.nothing-said' })
  expect(answer({ law: legalDate('2024-03-21') })).toMatchObject({ code: 'answer.not-in-force' })
  expect(answer({ law: legalDate('2024-03-22') })).toMatchObject({ kind: 'decided' })
  expect(answer({ law: legalDate('2026-06-11') })).toMatchObject({ code: 'enquiry.future-day' })
})

test('nobody is called back about what was never answered', () => {
  const call = { kind: 'callBack', under: today, note: '' } as const
  expect(decideEnquiry(taken(), call, at())).toMatchObject({ code: 'enquiry.not-now' })
  expect(after(taken({ answer: anAnswer }), call).calledBack).toEqual({ under: today, day: today })
})

test('an enquiry is handed over to a case of the organisation that asked, and to no other', () => {
  const named = taken({ organisation: { name: '示例医院', creditCode: aCode } })
  const handOver = { kind: 'handOver', caseNo: 'TG-2026-000001', declaredBy: aCode } as const
  expect(after(named, handOver).caseNos).toEqual(['TG-2026-000001'])
  expect(decideEnquiry(named, { ...handOver, declaredBy: 'another' }, at())).toMatchObject({
    code: 'handover.other-organisation',
  })
  expect(decideEnquiry(taken(), handOver, at())).toMatchObject({ code: 'handover.no-organisation' })
})

test('names in the facts do not make another question; anything the law looks at does', () => {
  const facts = someFacts()
  const [flow] = facts.flows
  if (flow === undefined) throw new Error('no flow')
  const renamed = {
    ...facts,
    handler: { ...facts.handler, name: '另一医院' },
    flows: [{ ...flow, id: 'x', recipients: [{ name: 'Institute', country: 'NL', restrictedList: false }] }],
  }
  expect(factsSignature(renamed)).toBe(factsSignature(facts))
  expect(factsSignature(someFacts(12_001))).not.toBe(factsSignature(facts))
  expect(signatureOf(taken({ topic: 'which-path', question: '要评估吗？' }))).toBe(
    signatureOf(taken({ topic: 'which-path', question: ' 要，评估吗' })),
  )
})

test('two officers contradict each other when they tell the same facts differently, under law that says the same', () => {
  const told = (officer = li, position: 'assessment' | 'exempt' = 'assessment', law = today, sensitive = 5_000) => {
    const found = toldIn(
      taken(
        { topic: 'which-path', facts: someFacts(sensitive), answer: { ...anAnswer, citations: cited, position, law } },
        at({ officer }),
      ),
    )
    if (found === null) throw new Error('nothing told')
    return found
  }
  const cited = [{ instrument: 'measures-2022', article: 4 }] as const
  expect(contradicts(told(li, 'assessment'), told(wang, 'exempt'))).toBe(true)
  expect(contradicts(told(li, 'assessment'), told(wang, 'assessment'))).toBe(false)
  expect(contradicts(told(li, 'assessment'), told(li, 'exempt'))).toBe(false)
  expect(contradicts(told(li, 'assessment'), told(wang, 'exempt', today, 5_001))).toBe(false)
  // By the law of 2024-01-01 these facts needed an assessment, by that of 2026 they do not.
  expect(contradicts(told(li, 'assessment', legalDate('2024-01-01')), told(wang, 'exempt'))).toBe(false)
})

const aContent: NewContent = {
  kind: 'answer',
  topic: 'which-path',
  keyArea: null,
  question: { zh: '问', en: 'question' },
  answer: { zh: '答', en: 'answer' },
  citations: anAnswer.citations,
  law: today,
  facts: null,
  fromEnquiry: null,
}
const jd = 'JD-2026-0000001' as SubjectNo

test('an interpretation is published by another than its drafter; the next version supersedes it', () => {
  const draft = decideInterpretation(null, { kind: 'draft', no: jd, content: aContent }, at())
  if (draft.kind === 'refused') throw new Error(draft.words.en)
  const drafted = foldInterpretation(draft.events)
  const approve = { kind: 'approve', no: jd } as const
  expect(decideInterpretation(drafted, approve, at())).toMatchObject({ code: 'interpretation.drafter-approves' })
  expect(decideInterpretation(drafted, { kind: 'draft', no: jd, content: aContent }, at())).toMatchObject({
    code: 'interpretation.draft-waits',
  })
  const approved = decideInterpretation(drafted, approve, at({ officer: wang }))
  if (approved.kind === 'refused') throw new Error(approved.words.en)
  const events = [...draft.events, ...approved.events, ...draft.events, ...approved.events]
  expect(foldInterpretation(events)).toMatchObject({
    versions: [
      { version: 1, publishedOn: today, supersededOn: today },
      { version: 2, publishedOn: today, supersededOn: null },
    ],
    draft: null,
  })
  expect(decideInterpretation(foldInterpretation(events), approve, at())).toMatchObject({
    code: 'interpretation.no-draft',
  })
})

test.for([
  [{ citations: [] }, 'answer.uncited'],
  [{ answer: { zh: '答', en: ' ' } }, 'interpretation.nothing-said'],
  [{ law: legalDate('2026-06-11') }, 'enquiry.future-day'],
] as const)('a draft with %j: %s', ([change, code]) => {
  const content = { ...aContent, ...change }
  expect(decideInterpretation(null, { kind: 'draft', no: jd, content }, at())).toMatchObject({ code })
})

test('a stage is reached once, and not in the future; a next action not before its meeting', () => {
  const zd = 'ZD-2026-0000001' as SubjectNo
  const added = decideInstitution(
    null,
    { kind: 'add', no: zd, name: '示例航空', creditCode: null, keyArea: 'civil-aviation' },
    at(),
  )
  if (added.kind === 'refused') throw new Error(added.words.en)
  const one = foldInstitution(added.events)
  const guided = { kind: 'reachStage', stage: 'guided', on: today } as const
  const reached = decideInstitution(one, guided, at())
  if (reached.kind === 'refused') throw new Error(reached.words.en)
  const two = foldInstitution([...added.events, ...reached.events])
  expect(two === null ? null : furthest(two)).toBe('guided')
  expect(decideInstitution(two, guided, at())).toMatchObject({ code: 'programme.already' })
  expect(decideInstitution(two, { ...guided, stage: 'filed', on: legalDate('2026-06-11') }, at())).toMatchObject({
    code: 'enquiry.future-day',
  })
  const meeting = { kind: 'holdMeeting', heldOn: today, attended: '', summary: '' } as const
  const next = { action: '补材料', on: legalDate('2026-06-09') }
  expect(decideInstitution(two, { ...meeting, next }, at())).toMatchObject({ code: 'programme.next-before' })
})

test('a briefing may be planned ahead but not attended before its day', () => {
  const xj = 'XJ-2026-0000001' as SubjectNo
  const plan = { heldOn: legalDate('2026-06-11'), title: '宣讲', audience: '医院', place: '', slides: [] }
  expect(decideBriefing(null, { kind: 'plan', no: xj, ...plan }, at())).toMatchObject({ kind: 'decided' })
  const planned = { no: xj, office: '北京市', ...plan, attendance: null, questions: [], sequence: 1 }
  const count = { kind: 'countAttendance', persons: 40, organisations: 20 } as const
  expect(decideBriefing(planned, count, at())).toMatchObject({ code: 'enquiry.future-day' })
  expect(decideBriefing(planned, count, at({ day: legalDate('2026-06-11') }))).toMatchObject({ kind: 'decided' })
})

test.for([
  ['2026-06-10', '09:29', { kind: 'closed', opens: { day: '2026-06-10', at: '09:30' } }],
  ['2026-06-10', '09:30', { kind: 'open', until: '11:30' }],
  ['2026-06-10', '11:30', { kind: 'closed', opens: { day: '2026-06-10', at: '14:00' } }],
  ['2026-06-10', '16:59', { kind: 'open', until: '17:00' }],
  ['2026-06-10', '17:00', { kind: 'closed', opens: { day: '2026-06-11', at: '09:30' } }],
  // The eve of the Dragon Boat holiday, Friday 19 June 2026.
  ['2026-06-18', '17:00', { kind: 'closed', opens: { day: '2026-06-22', at: '09:30' } }],
] as const)('the Beijing desk on %s at %s', ([day, time, expected]) => {
  expect(openingOf('北京市', legalDate(day), time)).toMatchObject(expected)
})

test('a desk that has published no hours is not guessed open or closed', () => {
  expect(openingOf('西藏自治区', today, '10:00')).toEqual({ kind: 'not-published' })
})
