import {
  appendBriefing,
  appendInstitution,
  briefings,
  decideBriefing,
  decideInstitution,
  institutionOf,
  institutionOrganisation,
  institutions,
  keyAreas,
  keyAreaCodes,
  loadBriefing,
  loadInstitution,
  nextSubjectNo,
  stageWords,
  stages,
} from '@tongguan/enquiries'
import type { Briefing, BriefingCommand, EnquiryDb, Institution, InstitutionCommand } from '@tongguan/enquiries'
import type { LegalDate } from '@tongguan/law'
import type { z } from 'zod'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { clockOf } from '../case-page.ts'
import { briefingActs, institutionActs } from '../contract/enquiries.ts'
import type { InstitutionSchema } from '../contract/enquiries.ts'
import { RequestProblem } from '../problem.ts'
import { answered, asSeen, atNow, doOnce, eventsOf, numberIn, officeOf, own, written } from './office.ts'

/** The programme of the key areas: institutions, guidance meetings, policy briefings. */
export function programmeRoutes(app: App, server: Server): void {
  const { clock } = server
  // The desk sees its own tables of the one database.
  const db = server.records.db as unknown as EnquiryDb

  app.openapi(guarded(server, 'getProgramme'), async (c) => {
    const office = officeOf(c.get('viewer'))
    const listed = await institutions(db, office)
    const held = await briefings(db, office)
    return c.json(
      {
        areas: keyAreaCodes.map((keyArea) => ({
          keyArea,
          words: keyAreas[keyArea],
          institutions: listed.filter((one) => one.keyArea === keyArea).map((one) => institutionView(one, clock.on())),
        })),
        stages: stages.map((stage) => ({ stage, words: stageWords[stage] })),
        briefings: held.map(briefingView),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'addInstitution'), async (c) => {
    const { name, creditCode = null, keyArea } = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx) => {
      const no = await nextSubjectNo(tx, 'institution', at.day)
      const events = eventsOf(decideInstitution(null, { kind: 'add', no, name, creditCode, keyArea }, at))
      const there = await institutionOf(tx, at.officer.office, institutionOrganisation({ name, creditCode }))
      if (there !== null) throw new RequestProblem('institution.already', { no: there })
      const after = written(no, await appendInstitution(tx, no, 0, events))
      return answered(201, after.sequence, institutionView(after, at.day))
    })
  })

  for (const act of Object.keys(institutionActs) as (keyof typeof institutionActs)[]) {
    // The loop gives up the types of the single routes: the body was parsed by this very schema.
    app.openapi(
      guarded(server, act) as never,
      (async (c: AppContext) => {
        const said: unknown = c.req.valid('json' as never)
        const at = await atNow(server, c)
        return doOnce(server, c, async (tx) => {
          const no = numberIn(c, 'institution', 'institutionNo')
          const current = own(c, no, await loadInstitution(tx, no))
          asSeen(c, no, current.sequence)
          const events = eventsOf(decideInstitution(current, institutionCommand({ act, said } as InstitutionAct), at))
          const after = written(no, await appendInstitution(tx, no, current.sequence, events))
          return answered(200, after.sequence, institutionView(after, at.day))
        })
      }) as never,
    )
  }

  app.openapi(guarded(server, 'planBriefing'), async (c) => {
    const plan = c.req.valid('json')
    const at = await atNow(server, c)
    return doOnce(server, c, async (tx) => {
      const no = await nextSubjectNo(tx, 'briefing', at.day)
      const events = eventsOf(decideBriefing(null, { kind: 'plan', no, ...plan }, at))
      const after = written(no, await appendBriefing(tx, no, 0, events))
      return answered(201, after.sequence, briefingView(after))
    })
  })

  for (const act of Object.keys(briefingActs) as (keyof typeof briefingActs)[]) {
    app.openapi(
      guarded(server, act) as never,
      (async (c: AppContext) => {
        const said: unknown = c.req.valid('json' as never)
        const at = await atNow(server, c)
        return doOnce(server, c, async (tx) => {
          const no = numberIn(c, 'briefing', 'briefingNo')
          const current = own(c, no, await loadBriefing(tx, no))
          asSeen(c, no, current.sequence)
          const events = eventsOf(decideBriefing(current, briefingCommand({ act, said } as BriefingAct), at))
          const after = written(no, await appendBriefing(tx, no, current.sequence, events))
          return answered(200, after.sequence, briefingView(after))
        })
      }) as never,
    )
  }
}

type InstitutionAct = {
  [Name in keyof typeof institutionActs]: {
    readonly act: Name
    readonly said: z.output<(typeof institutionActs)[Name]['body']>
  }
}[keyof typeof institutionActs]

function institutionCommand({ act, said }: InstitutionAct): InstitutionCommand {
  switch (act) {
    case 'reachStage':
      return { kind: 'reachStage', ...said }
    case 'holdMeeting':
      return { kind: 'holdMeeting', ...said }
    case 'doAction':
      return { kind: 'doAction', ...said }
  }
}

type BriefingAct = {
  [Name in keyof typeof briefingActs]: {
    readonly act: Name
    readonly said: z.output<(typeof briefingActs)[Name]['body']>
  }
}[keyof typeof briefingActs]

function briefingCommand({ act, said }: BriefingAct): BriefingCommand {
  switch (act) {
    case 'countAttendance':
      return { kind: 'countAttendance', ...said }
    case 'noteQuestion':
      return { kind: 'noteQuestion', ...said }
  }
}

function institutionView(one: Institution, today: LegalDate): z.output<typeof InstitutionSchema> {
  const { no, sequence, name, creditCode, keyArea, reached, meetings, next } = one
  return {
    no,
    sequence,
    name,
    creditCode,
    keyArea,
    reached: stages.flatMap((stage) => {
      const on = reached[stage]
      return on === undefined ? [] : [{ stage, words: stageWords[stage], on }]
    }),
    meetings: meetings.map(({ heldOn, attended, summary }) => ({ heldOn, attended, summary })),
    next: next === null ? null : { action: next.action, on: next.on, late: next.on < today },
  }
}

function briefingView({ office: _office, ...briefing }: Briefing) {
  return briefing
}
