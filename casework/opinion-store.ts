import { legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { CaseNo, DeclaredCase } from './case.ts'
import { conflictsOf, dissentFrom, isUnsealed, itemsAmiss } from './opinions.ts'
import type { Conflict, Dissent, Invited, ItemOpinion } from './opinions.ts'
import type { CaseworkDb } from './store.ts'

export type OpinionRefusal =
  | { readonly kind: 'refused'; readonly code: 'opinion.conflict'; readonly conflicts: readonly Conflict[] }
  | {
      readonly kind: 'refused'
      readonly code: 'opinion.not-invited' | 'opinion.given' | 'opinion.sealed' | 'opinion.not-lead' | 'opinion.invited'
    }
  | { readonly kind: 'refused'; readonly code: 'opinion.items'; readonly items: readonly string[] }

const done = { kind: 'done' } as const
type Done = typeof done

/** Invites somebody, unless a conflict of interest is found. */
export async function invite(
  tx: CaseworkDb,
  current: DeclaredCase,
  who: { readonly id: string; readonly account: string; readonly name: string; readonly organisation: string },
  by: { readonly account: string; readonly day: LegalDate },
): Promise<Done | OpinionRefusal> {
  const rows = await tx.selectFrom('past_work').selectAll().where('account', '=', who.account).execute()
  const pastWork = rows.map(({ organisation, credit_code, until }) => ({
    organisation,
    creditCode: credit_code,
    until: until === null ? null : legalDate(until),
  }))
  const conflicts = conflictsOf({ organisation: who.organisation, pastWork }, current, by.day)
  if (conflicts.length > 0) return { kind: 'refused', code: 'opinion.conflict', conflicts }
  const invited = await tx
    .insertInto('case_invitation')
    .values({ ...who, case_no: current.no, invited_by: by.account, day: by.day })
    .onConflict((conflict) => conflict.columns(['case_no', 'account']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return invited === undefined ? { kind: 'refused', code: 'opinion.invited' } : done
}

/** Everybody invited to a case, with what they gave. For the rules; what a reader may see is `isUnsealed`'s. */
export async function invitedTo(db: CaseworkDb, no: CaseNo): Promise<readonly Invited[]> {
  const rows = await db
    .selectFrom('case_invitation')
    .leftJoin('case_recusal', 'case_recusal.invitation', 'case_invitation.id')
    .leftJoin('case_opinion', 'case_opinion.invitation', 'case_invitation.id')
    .select(['id', 'account', 'name', 'organisation', 'case_recusal.reason as recused', 'items'])
    .where('case_no', '=', no)
    .orderBy('case_invitation.day')
    .orderBy('id')
    .execute()
  // Items were checked when they were given; nothing changes a row.
  return rows.map(({ items, ...row }) => ({ ...row, opinion: (items ?? null) as readonly ItemOpinion[] | null }))
}

/** Gives one's opinion, once, on every item of art. 8. */
export async function giveExpertOpinion(
  tx: CaseworkDb,
  no: CaseNo,
  given: { readonly account: string; readonly items: readonly ItemOpinion[]; readonly day: LegalDate },
): Promise<Done | OpinionRefusal> {
  const own = await ownInvitation(tx, no, given.account)
  if (own === undefined) return { kind: 'refused', code: 'opinion.not-invited' }
  if (own.opinion !== null) return { kind: 'refused', code: 'opinion.given' }
  const items = itemsAmiss(given.items)
  if (items.length > 0) return { kind: 'refused', code: 'opinion.items', items }
  await tx
    .insertInto('case_opinion')
    .values({ invitation: own.id, items: sql`${JSON.stringify(given.items)}::jsonb`, day: given.day })
    .execute()
  return done
}

/** Declares a conflict of one's own; the invitation ends and the reason is kept. */
export async function recuse(
  tx: CaseworkDb,
  no: CaseNo,
  { account, reason, day }: { readonly account: string; readonly reason: string; readonly day: LegalDate },
): Promise<Done | OpinionRefusal> {
  const own = await ownInvitation(tx, no, account)
  if (own === undefined) return { kind: 'refused', code: 'opinion.not-invited' }
  if (own.opinion !== null) return { kind: 'refused', code: 'opinion.given' }
  await tx.insertInto('case_recusal').values({ invitation: own.id, reason, day }).execute()
  return done
}

/** The lead officer, who has the case, makes one opinion of all; every dissent is kept with it. */
export async function consolidate(
  tx: CaseworkDb,
  no: CaseNo,
  by: {
    readonly id: string
    readonly account: string
    readonly items: readonly ItemOpinion[]
    readonly day: LegalDate
  },
): Promise<Done | OpinionRefusal> {
  const row = await tx.selectFrom('case_desk').select('assignee').where('no', '=', no).executeTakeFirst()
  if (row?.assignee !== by.account) return { kind: 'refused', code: 'opinion.not-lead' }
  const invited = await invitedTo(tx, no)
  if (!isUnsealed(invited)) return { kind: 'refused', code: 'opinion.sealed' }
  const items = itemsAmiss(by.items)
  if (items.length > 0) return { kind: 'refused', code: 'opinion.items', items }
  await tx
    .insertInto('case_consolidation')
    .values({
      id: by.id,
      case_no: no,
      by_officer: by.account,
      items: sql`${JSON.stringify(by.items)}::jsonb`,
      dissent: sql`${JSON.stringify(dissentFrom(by.items, invited))}::jsonb`,
      day: by.day,
    })
    .execute()
  return done
}

/** The consolidated opinion made last, or null. */
export async function consolidatedOf(
  db: CaseworkDb,
  no: CaseNo,
): Promise<{
  readonly items: readonly ItemOpinion[]
  readonly dissent: readonly Dissent[]
  readonly day: LegalDate
} | null> {
  const row = await db
    .selectFrom('case_consolidation')
    .select(['items', 'dissent', 'day'])
    .where('case_no', '=', no)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  // Written above.
  const { items, dissent } = row as { readonly items: readonly ItemOpinion[]; readonly dissent: readonly Dissent[] }
  return { items, dissent, day: legalDate(row.day) }
}

async function ownInvitation(db: CaseworkDb, no: CaseNo, account: string): Promise<Invited | undefined> {
  return (await invitedTo(db, no)).find((one) => one.account === account && one.recused === null)
}
