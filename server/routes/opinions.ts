import {
  consolidate,
  consolidatedOf,
  giveExpertOpinion,
  invite,
  invitedTo,
  isUnsealed,
  recuse,
  statusWords,
} from '@tongguan/casework'
import type { DeclaredCase, OpinionRefusal } from '@tongguan/casework'
import { reviewedItems } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { randomUUID } from 'node:crypto'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { searchCases, textOf } from '../similar-cases.ts'

/** What experts and departments say on a case, sealed until all have said it; and cases like it. */
export function opinionRoutes(app: App, server: Server): void {
  const { records, clock } = server
  const { db } = records
  const within = (work: (tx: Transaction<Tables>) => Promise<{ readonly kind: 'done' } | OpinionRefusal>) =>
    db.transaction().execute(async (tx) => {
      const answered = await work(tx)
      if (answered.kind === 'refused') throw problemOf(answered)
    })

  app.openapi(guarded(server, 'getOpinions'), async (c) => c.json(await opinionsFor(server, c), 200))

  app.openapi(guarded(server, 'inviteExpert'), async (c) => {
    const { account } = c.req.valid('json')
    const viewer = c.get('viewer')
    await within(async (tx) => {
      const who = await tx
        .selectFrom('auth_member')
        .innerJoin('auth_user', 'auth_user.id', 'user_id')
        .innerJoin('auth_organization', 'auth_organization.id', 'organization_id')
        .select(['auth_user.id as account', 'auth_user.name', 'auth_organization.name as organisation'])
        .where('user_id', '=', account)
        .executeTakeFirst()
      if (who === undefined) throw new RequestProblem('desk.no-such-officer', { officer: account })
      return invite(tx, declared(c), { ...who, id: randomUUID() }, { account: viewer.id, day: clock.on() })
    })
    return c.json(await opinionsFor(server, c), 200)
  })

  app.openapi(guarded(server, 'recuseExpert'), async (c) => {
    const { reason } = c.req.valid('json')
    const { no } = c.get('case')
    await within((tx) => recuse(tx, no, { account: c.get('viewer').id, reason, day: clock.on() }))
    return c.json(await opinionsFor(server, c), 200)
  })

  app.openapi(guarded(server, 'giveExpertOpinion'), async (c) => {
    const { items } = c.req.valid('json')
    const { no } = c.get('case')
    await within((tx) => giveExpertOpinion(tx, no, { account: c.get('viewer').id, items, day: clock.on() }))
    return c.json(await opinionsFor(server, c), 200)
  })

  app.openapi(guarded(server, 'consolidateOpinions'), async (c) => {
    const { items } = c.req.valid('json')
    const { no } = c.get('case')
    const by = { id: randomUUID(), account: c.get('viewer').id, items, day: clock.on() }
    await within((tx) => consolidate(tx, no, by))
    return c.json(await opinionsFor(server, c), 200)
  })

  app.openapi(guarded(server, 'listSimilarCases'), async (c) => {
    const { text, country, itemKind } = c.req.valid('query')
    const current = c.get('case')
    const found = await searchCases(db, {
      text: text ?? textOf(current),
      match: text === undefined ? 'any' : 'all',
      except: current.no,
      knownTo: { office: { desk: 'national' }, officer: c.get('viewer').id },
      ...(country === undefined ? {} : { country }),
      ...(itemKind === undefined ? {} : { itemKind }),
      limit: 20,
    })
    return c.json(
      { cases: found.map(({ no, ...one }) => ({ caseNo: no, ...one, statusWords: statusWords[one.status] })) },
      200,
    )
  })
}

async function opinionsFor({ records: { db } }: Server, c: AppContext) {
  const { no } = c.get('case')
  const viewer = c.get('viewer')
  const invited = await invitedTo(db, no)
  const unsealed = isUnsealed(invited)
  const row = await db.selectFrom('case_desk').select('assignee').where('no', '=', no).executeTakeFirst()
  return {
    items: reviewedItems.map(({ code, zh, en }) => ({ code, words: { zh, en } })),
    unsealed,
    invited: invited.map(({ account, name, organisation, recused, opinion }) => ({
      account,
      name,
      organisation,
      recused,
      given: opinion !== null,
      opinion: unsealed || account === viewer.id ? opinion : null,
    })),
    consolidated: await consolidatedOf(db, no),
    lead: row?.assignee ?? null,
  }
}

/** Opinions are on declarations; the rights table lets an assessor see only what a province has passed on. */
function declared(c: AppContext): DeclaredCase {
  const current = c.get('case')
  if (current.declaration === null) throw new RequestProblem('opinion.no-declaration', { case: current.no })
  return current
}

function problemOf(refusal: OpinionRefusal): RequestProblem {
  switch (refusal.code) {
    case 'opinion.conflict':
      return new RequestProblem(refusal.code, { parties: refusal.conflicts.map(({ party }) => party).join(', ') })
    case 'opinion.items':
      return new RequestProblem(refusal.code, { items: refusal.items.join(', ') })
    default:
      return new RequestProblem(refusal.code)
  }
}
