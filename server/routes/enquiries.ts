import { caseNo, load } from '@tongguan/casework'
import type { CaseNo } from '@tongguan/casework'
import {
  appendEnquiry,
  appendInterpretation,
  callBacks,
  decideEnquiry,
  decideInterpretation,
  enquiryPage as pageOfEnquiries,
  interpretationList,
  loadEnquiry,
  loadInterpretation,
  nextSubjectNo,
  receive,
  rowOf,
  similarEnquiries,
  similarInterpretations,
} from '@tongguan/enquiries'
import type {
  At,
  Enquiry,
  EnquiryCommand,
  EnquiryDb,
  Interpretation,
  InterpretationCommand,
  NewContent,
} from '@tongguan/enquiries'
import { pathWords } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { clockOf } from '../case-page.ts'
import { enquiryActs, interpretationActs } from '../contract/enquiries.ts'
import type { DraftSchema } from '../contract/enquiries.ts'
import {
  besideEnquiry,
  enquiryDesk,
  enquiryPage,
  enquirySummary,
  interpretationPage,
  interpretationSummary,
} from '../enquiry-page.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { holds } from '../rights.ts'
import { segment } from '../segment.ts'
import {
  answered,
  asSeen,
  atNow,
  doOnce,
  eventsOf,
  listsOf,
  notThere,
  numberIn,
  officeOf,
  own,
  timeInChina,
  written,
} from './office.ts'

/** The enquiry desk: notes, answers, what is like them, interpretations, call-backs. */
export function enquiryRoutes(app: App, server: Server): void {
  const { clock } = server
  // The desk sees its own tables of the one database.
  const db = server.records.db as unknown as EnquiryDb

  app.openapi(guarded(server, 'getEnquiryDesk'), (c) =>
    c.json(enquiryDesk(officeOf(c.get('viewer')), clock, timeInChina()), 200),
  )

  app.openapi(guarded(server, 'getSimilarAnswers'), async (c) => {
    const words = segment(c.req.valid('query').text)
    const office = officeOf(c.get('viewer'))
    const [interpretations, enquiries] = await Promise.all([
      similarInterpretations(db, office, words, { limit: 3 }),
      similarEnquiries(db, office, words, { limit: 5 }),
    ])
    return c.json(
      {
        words: [...words],
        interpretations: interpretations.map(interpretationSummary),
        enquiries: enquiries.map(enquirySummary),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'listEnquiries'), async (c) => {
    const { status, topic, creditCode, contradicting, cursor, limit = 20 } = c.req.valid('query')
    const rows = await pageOfEnquiries(
      db,
      {
        office: officeOf(c.get('viewer')),
        ...(status === undefined ? {} : { status }),
        ...(topic === undefined ? {} : { topic }),
        ...(creditCode === undefined ? {} : { creditCode }),
        ...(contradicting === undefined ? {} : { contradicting: true }),
      },
      { ...(cursor === undefined ? {} : { before: cursor }), limit: limit + 1 },
    )
    const shown = rows.slice(0, limit)
    return c.json(
      {
        enquiries: shown.map(enquirySummary),
        next: rows.length > limit ? (shown.at(-1)?.no ?? null) : null,
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'takeEnquiry'), async (c) => {
    const asked = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx) => {
      const no = await nextSubjectNo(tx, 'enquiry', at.day)
      const events = eventsOf(receive({ no, ...asked }, at))
      const after = written(no, await appendEnquiry(tx, no, null, events, segment))
      return answered(201, after.sequence, await pageOf(server, tx, after))
    })
  })

  app.openapi(guarded(server, 'getEnquiry'), async (c) => {
    const no = numberIn(c, 'enquiry', 'enquiryNo')
    const enquiry = own(c, no, await loadEnquiry(db, no))
    c.header('ETag', `"${enquiry.sequence}"`)
    return c.json(await pageOf(server, db, enquiry), 200)
  })

  for (const act of Object.keys(enquiryActs) as (keyof typeof enquiryActs)[]) {
    // The loop gives up the types of the single routes: the body was parsed by this very schema, and every answer is the
    // same page.
    app.openapi(
      guarded(server, act) as never,
      (async (c: AppContext) => {
        const said: unknown = c.req.valid('json' as never)
        const at = await atNow(server, c)
        return doOnce(server, c, (tx, all) => actOn(server, c, { tx, all, at }, { act, said } as Act))
      }) as never,
    )
  }

  app.openapi(guarded(server, 'listCallBacks'), async (c) => {
    const { under = clock.on() } = c.req.valid('query')
    const found = await callBacks(db, officeOf(c.get('viewer')), under, { lists: await listsOf(server), limit: 200 })
    return c.json(
      {
        under,
        callBacks: found.map(({ enquiry, path, pathUnder }) => ({
          enquiry: enquirySummary(enquiry),
          toldWords: pathWords[path],
          wouldBeWords: pathWords[pathUnder],
        })),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'listInterpretations'), async (c) => {
    const rows = await interpretationList(db, officeOf(c.get('viewer')), { limit: 200 })
    return c.json({ interpretations: rows.map(interpretationSummary), clock: clockOf(clock) }, 200)
  })

  app.openapi(guarded(server, 'getInterpretation'), async (c) => {
    const no = numberIn(c, 'interpretation', 'interpretationNo')
    const found = own(c, no, await loadInterpretation(db, no))
    c.header('ETag', `"${found.sequence}"`)
    return c.json(interpretationPage(found, c.get('viewer').id, clock), 200)
  })

  app.openapi(guarded(server, 'draftInterpretation'), async (c) => {
    const said = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx) => {
      const no = await nextSubjectNo(tx, 'interpretation', at.day)
      const events = eventsOf(decideInterpretation(null, { kind: 'draft', no, content: contentOf(said, at) }, at))
      const after = written(no, await appendInterpretation(tx, no, 0, events, segment))
      return answered(201, after.sequence, interpretationPage(after, at.officer.id, clock))
    })
  })

  for (const act of Object.keys(interpretationActs) as (keyof typeof interpretationActs)[]) {
    app.openapi(
      guarded(server, act) as never,
      (async (c: AppContext) => {
        const said: unknown = c.req.valid('json' as never)
        const at = await atNow(server, c)
        return doOnce(server, c, async (tx) => {
          const no = numberIn(c, 'interpretation', 'interpretationNo')
          const current = own(c, no, await loadInterpretation(tx, no))
          asSeen(c, no, current.sequence)
          const command = interpretationCommand(current, { act, said } as InterpretationAct, at)
          const events = eventsOf(decideInterpretation(current, command, at))
          const after = written(no, await appendInterpretation(tx, no, current.sequence, events, segment))
          return answered(200, after.sequence, interpretationPage(after, at.officer.id, clock))
        })
      }) as never,
    )
  }
}

type Act = {
  [Name in keyof typeof enquiryActs]: {
    readonly act: Name
    readonly said: z.output<(typeof enquiryActs)[Name]['body']>
  }
}[keyof typeof enquiryActs]

async function actOn(
  server: Server,
  c: AppContext,
  {
    tx,
    all,
    at,
  }: { readonly tx: Parameters<typeof appendEnquiry>[0]; readonly all: Transaction<Tables>; readonly at: At },
  act: Act,
) {
  const no = numberIn(c, 'enquiry', 'enquiryNo')
  const current = own(c, no, await loadEnquiry(tx, no))
  asSeen(c, no, current.sequence)
  const events = eventsOf(decideEnquiry(current, await commandOf(c, all, act), at))
  const after = written(no, await appendEnquiry(tx, no, current, events, segment))
  return answered(200, after.sequence, await pageOf(server, tx, after))
}

async function commandOf(c: AppContext, all: Transaction<Tables>, { act, said }: Act): Promise<EnquiryCommand> {
  switch (act) {
    case 'classifyEnquiry':
      return { kind: 'classify', topic: said.topic }
    case 'nameCaller':
      return { kind: 'nameCaller', caller: said.caller, organisation: said.organisation }
    case 'tellFacts':
      return { kind: 'tellFacts', facts: said.facts }
    case 'answerEnquiry':
      return { kind: 'answer', answer: said.answer }
    case 'callBackEnquiry':
      return { kind: 'callBack', under: said.under, note: said.note }
    case 'handOverEnquiry': {
      const current = await load(all, numberOfCase(said.caseNo))
      // A case the officer may not see is not there, here as everywhere.
      if (current === null || !holds('ownProvince', current, c.get('viewer').organisation)) {
        throw new RequestProblem('case.not-found', { case: said.caseNo })
      }
      return { kind: 'handOver', caseNo: current.no, declaredBy: current.filing.handler.creditCode ?? '' }
    }
  }
}

function numberOfCase(text: string): CaseNo {
  try {
    return caseNo(text)
  } catch (error) {
    if (error instanceof RangeError) throw notThere(text)
    throw error
  }
}

async function pageOf(server: Server, db: EnquiryDb, enquiry: Enquiry) {
  return enquiryPage(enquiry, rowOf(enquiry), {
    ...(await besideEnquiry(db, enquiry)),
    lists: await listsOf(server),
    clock: server.clock,
  })
}

type InterpretationAct = {
  [Name in keyof typeof interpretationActs]: {
    readonly act: Name
    readonly said: z.output<(typeof interpretationActs)[Name]['body']>
  }
}[keyof typeof interpretationActs]

function interpretationCommand(
  { no }: Interpretation,
  { act, said }: InterpretationAct,
  at: At,
): InterpretationCommand {
  switch (act) {
    case 'redraftInterpretation':
      return { kind: 'draft', no, content: contentOf(said, at) }
    case 'approveInterpretation':
      return { kind: 'approve', no }
    case 'returnInterpretation':
      return { kind: 'return', no, reason: said.reason }
  }
}

function contentOf(said: z.output<typeof DraftSchema>, { day }: { readonly day: LegalDate }): NewContent {
  const { kind, topic, keyArea = null, question, answer, citations, law = day, facts = null, fromEnquiry = null } = said
  return { kind, topic, keyArea, question, answer, citations, law, facts, fromEnquiry }
}
