import { caseNo, clauseWords, load, nextCaseNo, packageOf, pendingDefects, statusWords } from '@tongguan/casework'
import type { Actor, Case, CaseNo, Command } from '@tongguan/casework'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import type { Viewer } from '../accounts.ts'
import { attachedTo } from '../case-files.ts'
import { casePage, mayBeDecided, nextSteps, timelineEvent } from '../case-page.ts'
import type { Draft } from '../case-page.ts'
import type { commandBodies } from '../contract/cases.ts'
import { commandPaths } from '../contract/cases.ts'
import type { CasePage } from '../contract/client.ts'
import { handle } from '../flows/handle-case.ts'
import { giveAnswer, onceAsked, sequenceOf } from '../idempotency.ts'
import type { Answered } from '../idempotency.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { holds } from '../rights.ts'
import { readingOf } from './cases.ts'

/** The steps of a case: each is a command, decided by casework against the version the user saw, done once. */
export function stepRoutes(app: App, server: Server): void {
  app.openapi(guarded(server, 'declare'), async (c) => {
    const { declaration, predecessor, ...said } = c.req.valid('json')
    refuseOthers(c, declaration.handler.creditCode)
    const work = (tx: Transaction<Tables>) =>
      open(server, c, tx, predecessor, (opening) => ({ ...opening, kind: 'declare', declaration, ...said }))
    return giveAnswer(c, await doOnce(server, c, work))
  })

  app.openapi(guarded(server, 'file'), async (c) => {
    const { filing, caseKind, predecessor } = c.req.valid('json')
    refuseOthers(c, filing.handler.creditCode)
    const work = (tx: Transaction<Tables>) =>
      open(server, c, tx, predecessor, (opening) => ({ ...opening, kind: 'file', filing, caseKind }))
    return giveAnswer(c, await doOnce(server, c, work))
  })

  app.openapi(guarded(server, 'receiveComplaint'), async (c) => {
    const { filing, from } = c.req.valid('json')
    refuseOtherProvince(c, filing.handler.province)
    const work = (tx: Transaction<Tables>) =>
      open(server, c, tx, undefined, (opening) => ({ ...opening, kind: 'receiveComplaint', filing, from }))
    return giveAnswer(c, await doOnce(server, c, work))
  })

  app.openapi(guarded(server, 'draftResult'), async (c) => {
    const { decision } = c.req.valid('json')
    return giveAnswer(c, await doOnce(server, c, (tx) => draft(server, c, tx, decision)))
  })

  app.openapi(guarded(server, 'signDraft'), async (c) => {
    const { draft } = c.req.valid('json')
    return giveAnswer(c, await doOnce(server, c, (tx) => sign(server, c, tx, draft)))
  })

  for (const kind of Object.keys(commandPaths) as (keyof typeof commandPaths)[]) {
    // The loop gives up the types of the single routes: the body was parsed by this very schema, and every answer is
    // the same page.
    app.openapi(
      guarded(server, kind) as never,
      (async (c: AppContext) => {
        const said: unknown = c.req.valid('json' as never)
        return giveAnswer(c, await doOnce(server, c, (tx) => take(server, c, tx, { kind, said } as Step)))
      }) as never,
    )
  }
}

type Step = {
  [Kind in keyof typeof commandPaths]: { readonly kind: Kind; readonly said: z.output<(typeof commandBodies)[Kind]> }
}[keyof typeof commandPaths]

/** What every command that opens a case says. */
interface Opening {
  readonly day: LegalDate
  readonly actor: Actor
  readonly caseNo: CaseNo
  readonly received: LegalDate
  readonly predecessor?: CaseNo
}

async function open(
  server: Server,
  c: AppContext,
  tx: Transaction<Tables>,
  follows: string | undefined,
  commandFor: (opening: Opening) => Command,
): Promise<Answered> {
  const day = server.clock.on()
  const predecessor = follows === undefined ? undefined : await ownPredecessor(c, tx, follows)
  const no = await nextCaseNo(tx, day)
  const opening = { day, actor: actorOf(c.get('viewer')), caseNo: no, received: day }
  const after = await done(
    c,
    tx,
    no,
    null,
    commandFor({ ...opening, ...(predecessor === undefined ? {} : { predecessor }) }),
  )
  return {
    status: 201,
    headers: { ETag: `"${after.sequence}"`, Location: `/v1/cases/${no}` },
    body: await pageOf(server, c, tx, after),
  }
}

/** A case may follow one's own only; another's is as one that is not there. */
async function ownPredecessor(c: AppContext, tx: Transaction<Tables>, follows: string): Promise<CaseNo> {
  const predecessor = await load(tx, caseNo(follows))
  if (predecessor === null || !holds('ownHandler', predecessor, c.get('viewer').organisation)) {
    throw new RequestProblem('case.not-found', { case: follows })
  }
  return predecessor.no
}

function refuseOthers(c: AppContext, declared: string | null): void {
  const own = c.get('viewer').organisation.creditCode
  if (declared !== own)
    throw new RequestProblem('declaration.not-yours', { declared: declared ?? '—', own: own ?? '—' })
}

function refuseOtherProvince(c: AppContext, province: string): void {
  const own = c.get('viewer').organisation.province
  if (province !== own) throw new RequestProblem('filing.other-province', { province, own: own ?? '—' })
}

async function take(server: Server, c: AppContext, tx: Transaction<Tables>, step: Step): Promise<Answered> {
  const current = await asSeen(c, tx)
  const { draft } = await attachedTo(tx, current)
  const by = { day: server.clock.on(), actor: actorOf(c.get('viewer')), draft }
  const after = await done(c, tx, current.no, current, commandOf(step, by, current))
  return { status: 200, headers: { ETag: `"${after.sequence}"` }, body: await pageOf(server, c, tx, after) }
}

async function draft(
  server: Server,
  c: AppContext,
  tx: Transaction<Tables>,
  decision: Draft['decision'],
): Promise<Answered> {
  const current = await asSeen(c, tx)
  if (!mayBeDecided(current)) {
    throw new RequestProblem(
      'draft.not-now',
      { case: current.no, status: statusWords[current.status] },
      { possible: nextSteps(current, c.get('viewer'), server.clock.on()), sequence: current.sequence },
    )
  }
  const viewer = c.get('viewer')
  await tx
    .insertInto('result_draft')
    .values({
      id: randomUUID(),
      case_no: current.no,
      seq: current.sequence,
      drafted_by: viewer.id,
      drafter: sql`${JSON.stringify(actorOf(viewer))}::jsonb`,
      day: server.clock.on(),
      decision: sql`${JSON.stringify(await completed(tx, server.clock.on(), decision))}::jsonb`,
    })
    .execute()
  return { status: 200, headers: { ETag: `"${current.sequence}"` }, body: await pageOf(server, c, tx, current) }
}

/** A second person's signature under the very draft that waits. */
async function sign(server: Server, c: AppContext, tx: Transaction<Tables>, id: string): Promise<Answered> {
  const current = await asSeen(c, tx)
  const { draft } = await attachedTo(tx, current)
  if (draft === null || draft.id !== id) throw new RequestProblem('draft.not-found', { draft: id })
  const viewer = c.get('viewer')
  if (draft.draftedBy.id === viewer.id) throw new RequestProblem('draft.own-signature')
  await tx
    .insertInto('draft_signature')
    .values({ draft: id, account: viewer.id, name: viewer.name, day: server.clock.on() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return { status: 200, headers: { ETag: `"${current.sequence}"` }, body: await pageOf(server, c, tx, current) }
}

/** The draft with its number, and its clauses also in words. */
async function completed(
  tx: Transaction<Tables>,
  day: LegalDate,
  decision: Draft['decision'],
): Promise<Draft['decision']> {
  if (decision.kind === 'extended' || decision.kind === 'notExtended') return decision
  const resultNo = decision.resultNo === '' ? await nextNoticeNo(tx, day) : decision.resultNo
  if (decision.kind === 'notPassed') return { ...decision, resultNo }
  const scenarios = decision.scenarios.map((scenario) => {
    const clauses = (scenario.obligations ?? []).flatMap((one) => clauseWords(one)?.zh ?? [])
    return { ...scenario, conditions: [...new Set([...scenario.conditions, ...clauses])] }
  })
  return { ...decision, resultNo, scenarios }
}

async function nextNoticeNo(tx: Transaction<Tables>, day: LegalDate): Promise<string> {
  const year = Number(day.slice(0, 4))
  const { last } = await tx
    .insertInto('notice_no_counter')
    .values({ year, last: 1 })
    .onConflict((conflict) => conflict.column('year').doUpdateSet({ last: sql`notice_no_counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return `TG-R-${year}-${String(last).padStart(5, '0')}`
}

/** The case as it is now, when it still is what the user saw. Throws RequestProblem `case.stale` otherwise. */
async function asSeen(c: AppContext, tx: Transaction<Tables>): Promise<Case> {
  const seen = sequenceOf(c.req.header('if-match'))
  const { no } = c.get('case')
  const current = await load(tx, no)
  if (current === null) throw new Error(`case ${no} is gone`)
  if (current.sequence !== seen) throw stale(current, seen)
  return current
}

/** Decides and appends. Throws RequestProblem with what is possible, or with what somebody else did meanwhile. */
async function done(
  c: AppContext,
  tx: Transaction<Tables>,
  no: CaseNo,
  current: Case | null,
  command: Command,
): Promise<Case> {
  const handled = await handle(tx, no, command, { seen: current?.sequence ?? 0 })
  switch (handled.kind) {
    case 'done':
      return handled.case
    case 'refused':
      throw new RequestProblem(
        'case.refused',
        { reason: handled.words },
        {
          code: handled.code,
          ...(current === null
            ? {}
            : { possible: nextSteps(current, c.get('viewer'), command.day), sequence: current.sequence }),
        },
      )
    case 'conflict': {
      const now = await load(tx, no)
      if (now === null) throw new Error(`case ${no} is gone`)
      throw stale(now, handled.expected)
    }
  }
}

function stale(now: Case, seen: number): RequestProblem {
  const since = now.events.slice(seen).map((event, index) => timelineEvent(event, seen + index + 1))
  const changes = (language: 'zh' | 'en') =>
    since.map(({ actor, words, day }) => `${day} ${actor.office ?? ''}${actor.name}: ${words[language]}`).join('; ') ||
    '—'
  return new RequestProblem(
    'case.stale',
    { case: now.no, seen, now: now.sequence, changes: { zh: changes('zh'), en: changes('en') } },
    { since, sequence: now.sequence },
  )
}

interface By {
  readonly day: LegalDate
  readonly actor: Actor
  readonly draft: Draft | null
}

function commandOf({ kind, said }: Step, { day, actor, draft }: By, current: Case): Command {
  const act = { day, actor }
  switch (kind) {
    case 'redeclare':
      return { ...act, kind, declaration: said.declaration, received: day }
    case 'issueResult':
    case 'concludeReassessment': {
      if (draft === null || draft.id !== said.draft) throw new RequestProblem('draft.not-found', { draft: said.draft })
      const { draftedBy, decision } = draft
      if (decision.kind === 'extended' || decision.kind === 'notExtended')
        throw new RequestProblem('draft.not-found', { draft: said.draft })
      const delivered = said.delivered ?? day
      if (delivered > day) throw new RequestProblem('request.day-in-future', { day: delivered, today: day })
      return { ...act, kind, draftedBy, decision, delivered }
    }
    case 'grantExtension':
    case 'refuseExtension': {
      if (draft === null || draft.id !== said.draft) throw new RequestProblem('draft.not-found', { draft: said.draft })
      const { draftedBy, decision } = draft
      if (kind === 'grantExtension' && decision.kind === 'extended')
        return { ...act, kind, draftedBy, noticeNo: decision.noticeNo, lastDay: decision.lastDay }
      if (kind === 'refuseExtension' && decision.kind === 'notExtended')
        return { ...act, kind, draftedBy, noticeNo: decision.noticeNo, reasons: decision.reasons }
      throw new RequestProblem('draft.not-found', { draft: said.draft })
    }
    case 'confirmCompleteness':
      return { ...act, kind, package: packageOf(current.filing) }
    case 'receiveAtNational':
      // Computed from what arrived, so that the receipt is of these very materials.
      return { ...act, kind, receipt: packageOf(current.filing) }
    case 'acceptRectification':
    case 'openInquiry':
      return { ...act, kind }
    case 'refile':
      return { ...act, kind, filing: said.filing, received: day }
    case 'fileChange':
      if (said.changed > day) throw new RequestProblem('request.day-in-future', { day: said.changed, today: day })
      return { ...act, kind, filing: said.filing, changed: said.changed }
    case 'noteDefect':
      return { ...act, kind, defect: { id: `d${current.sequence + 1}`, document: said.document, reason: said.reason } }
    case 'strikeDefect':
      return { ...act, kind, defect: said.defect, reason: said.reason }
    case 'orderStop':
      return { ...act, kind, noticeNo: said.noticeNo, reason: said.reason }
    case 'orderRectification':
      return { ...act, kind, requirement: said.requirement, until: said.until }
    case 'reportRectification':
      return { ...act, kind, documents: said.documents }
    case 'assignFilingNumber':
      return { ...act, kind, filingNo: said.filingNo }
    case 'giveOpinion':
      return { ...act, kind, opinion: said.opinion }
    case 'closeInquiry':
      return { ...act, kind, outcome: said.outcome }
    case 'dismiss':
      return { ...act, kind, reasons: said.reasons }
    case 'returnForCompletion': {
      const pending = pendingDefects(current)
      const documents = pending.flatMap(({ document }) => document ?? [])
      return {
        ...act,
        kind,
        missing: [...new Set([...said.missing, ...documents])],
        reasons: [...said.reasons, ...pending.map(({ reason }) => reason)],
      }
    }
    case 'accept':
      return { ...act, kind, acceptanceNo: said.acceptanceNo }
    case 'declineAcceptance':
      return { ...act, kind, reasons: said.reasons }
    case 'startAssessment':
      return { ...act, kind, bodies: said.bodies }
    case 'requestSupplement':
      return { ...act, kind, requested: said.requested }
    case 'receiveSupplement':
      return { ...act, kind, documents: said.documents }
    case 'extendPeriod':
      return { ...act, kind, expected: said.expected, reason: said.reason }
    case 'authoriseSecondNotice':
    case 'refuseCustody':
    case 'endFiling':
    case 'terminate':
    case 'withdraw':
      return { ...act, kind, reason: said.reason }
    case 'requestReassessment':
      return { ...act, kind, grounds: said.grounds }
  }
}

function actorOf({ id, name, organisation }: Viewer): Actor {
  if (organisation.kind === 'handler') return { kind: 'handler', id, name }
  if (organisation.kind === 'recipient') throw new Error('a recipient takes no step of a case')
  return { kind: organisation.kind, office: organisation.name, id, name }
}

async function pageOf(server: Server, c: AppContext, tx: Transaction<Tables>, current: Case) {
  return JSON.stringify(casePage(current, await attachedTo(tx, current), readingOf(server, c)))
}

// --- once ---------------------------------------------------------------------------------------------------------

async function doOnce(
  server: Server,
  c: AppContext,
  work: (tx: Transaction<Tables>) => Promise<Answered>,
): Promise<Answered> {
  const answered = await onceAsked(server, c, work)
  const { caseNo } = JSON.parse(answered.body) as CasePage
  server.news.tell(caseNo)
  return answered
}
