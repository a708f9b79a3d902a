import type { Case, CaseNo, CaseworkDb, OfficerAt } from '@tongguan/casework'
import { caseNo, knownTo, load } from '@tongguan/casework'
import { sql } from 'kysely'
import { segment } from './segment.ts'

/** Writes the words of a case for the search: called in the transaction that files it. */
export async function indexCase(tx: CaseworkDb, current: Case): Promise<void> {
  const words = sql<unknown>`to_tsvector('simple', ${segment(textOf(current)).join(' ')})`
  const scenarios = current.declaration?.scenarios ?? []
  const facets = {
    countries: distinct(scenarios.flatMap(({ recipients }) => recipients.map(({ country }) => country))),
    item_kinds: distinct(scenarios.flatMap(({ items }) => items.map(({ kind }) => kind))),
  }
  await tx
    .insertInto('case_text')
    .values({ no: current.no, words, ...facets })
    .onConflict((conflict) => conflict.column('no').doUpdateSet({ words, ...facets }))
    .execute()
}

/** Indexes the cases filed before there was a search, or put back by an import. How many there were. */
export async function indexMissing(db: CaseworkDb): Promise<number> {
  const rows = await db
    .selectFrom('case_file')
    .select('no')
    .where((where) =>
      where.not(where.exists(where.selectFrom('case_text').select('no').whereRef('case_text.no', '=', 'case_file.no'))),
    )
    .execute()
  for (const { no } of rows) {
    const current = await load(db, caseNo(no))
    if (current !== null) await indexCase(db, current)
  }
  return rows.length
}

export interface SimilarCase {
  readonly no: CaseNo
  readonly handlerName: string
  readonly status: Case['status']
  readonly outcome: 'passed' | 'passedInPart' | 'notPassed' | null
  readonly countries: readonly string[]
  readonly itemKinds: readonly string[]
}

/** How many of the newest hits are ranked: a search over a million cases must not read them all. */
const rankedAtMost = 500

/**
 * Cases a province has passed on that have words in common, the closest first; with `country` or `itemKind` only those
 * that have it. A text is looked for with all of its words, a case's own text with any of them.
 */
export async function searchCases(
  db: CaseworkDb,
  ask: {
    readonly text: string
    readonly match: 'all' | 'any'
    readonly except?: CaseNo
    readonly country?: string
    readonly itemKind?: string
    /** Colleagues' cases are left out. */
    readonly knownTo: OfficerAt
    readonly limit: number
  },
): Promise<readonly SimilarCase[]> {
  const words = segment(ask.text)
  if (words.length === 0) return []
  // The longest words tell most.
  const telling = ask.match === 'all' ? words : [...words].sort((a, b) => b.length - a.length).slice(0, 12)
  const query = telling.map((word) => `'${word.replaceAll(/['\\]/g, '')}'`).join(ask.match === 'all' ? ' & ' : ' | ')
  const { rows } = await sql<{
    no: string
    handler_name: string
    status: Case['status']
    outcome: SimilarCase['outcome']
    countries: readonly string[]
    item_kinds: readonly string[]
  }>`
    with hit as materialized (
      select t.no, t.words, t.countries, t.item_kinds, case_desk.handler_name, case_desk.status, case_desk.outcome
      from case_text t join case_desk using (no)
      where t.words @@ to_tsquery('simple', ${query}) and case_desk.forwarded and case_desk.kind <> 'complaint'
        and ${knownTo(ask.knownTo)}
        ${ask.except === undefined ? sql`` : sql`and t.no <> ${ask.except}`}
        ${ask.country === undefined ? sql`` : sql`and t.countries @> array[${ask.country}]`}
        ${ask.itemKind === undefined ? sql`` : sql`and t.item_kinds @> array[${ask.itemKind}]`}
      limit ${rankedAtMost}
    )
    select no, handler_name, status, outcome, countries, item_kinds from hit
    order by ts_rank(words, to_tsquery('simple', ${query})) desc, no desc
    limit ${ask.limit}`.execute(db)
  return rows.map(({ no, handler_name, item_kinds, ...row }) => ({
    ...row,
    no: caseNo(no),
    handlerName: handler_name,
    itemKinds: item_kinds,
  }))
}

/** What a case says in words: who, to whom, what for, which items. */
export function textOf({ filing, declaration }: Case): string {
  const scenarios = declaration?.scenarios ?? []
  return [
    filing.handler.name,
    'summary' in filing ? filing.summary : '',
    ...scenarios.flatMap(({ name, purpose, manner, recipients, items }) => [
      name,
      purpose,
      manner,
      ...recipients.map((recipient) => recipient.name),
      ...items.flatMap((item) => [item.name, item.description]),
    ]),
  ].join('\n')
}

function distinct(all: readonly string[]): readonly string[] {
  return [...new Set(all)].sort()
}
