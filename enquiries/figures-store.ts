import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { json } from './desk-store.ts'
import type { EnquiryDb, EnquiryTx } from './desk-store.ts'
import { difference, summed } from './figures.ts'
import type { Measure, Part } from './figures.ts'
import type { Period, Totals } from './report.ts'

/** What adds to the figures: the kind of thing and its number. */
export interface Source {
  readonly source: 'enquiry' | 'institution' | 'briefing' | 'organisation' | 'case'
  readonly id: string
  readonly office: string
}

/**
 * Puts the parts of one thing in place of those it added before, within the transaction that changed it. Sums and parts
 * are never apart; `figures-store.test.ts` builds the sums anew and compares.
 */
export async function contribute(tx: EnquiryTx, of: Source, parts: readonly Part[]): Promise<void> {
  const { source, id, office } = of
  const before = await tx
    .selectFrom('figure_part')
    .select('parts')
    .where('source', '=', source)
    .where('id', '=', id)
    .executeTakeFirst()
  const after = summed(parts)
  // Written below, from parts.
  const change = difference((before?.parts ?? []) as readonly Part[], after)
  if (change.length === 0) return
  await tx
    .insertInto('figure_part')
    .values({ source, id, office, parts: json(after) })
    .onConflict((conflict) => conflict.columns(['source', 'id']).doUpdateSet({ parts: json(after) }))
    .execute()
  // What was there before is there to be taken from; `summed` puts all in one order, so that two transactions wait for each
  // other and do not lock each other out.
  for (const { day, measure, key, n } of change) {
    await tx
      .insertInto('figure_total')
      .values({ office, day, measure, key, n: Math.max(n, 0) })
      .onConflict((conflict) =>
        conflict.columns(['office', 'day', 'measure', 'key']).doUpdateSet({ n: sql<number>`figure_total.n + ${n}` }),
      )
      .execute()
  }
}

/** The sums of an office over the days of a period, both included. */
export async function totalsOf(db: EnquiryDb, office: string, { from, to }: Period): Promise<Totals> {
  const rows = await db
    .selectFrom('figure_total')
    .select(['measure', 'key', sql<string | number>`sum(n)`.as('n')])
    .where('office', '=', office)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['measure', 'key'])
    .execute()
  const totals = new Map<Measure, Map<string, number>>()
  for (const { measure, key, n } of rows) {
    // Only `contribute` writes here, from parts.
    const known = measure as Measure
    totals.set(known, (totals.get(known) ?? new Map<string, number>()).set(key, Number(n)))
  }
  return totals
}

/** The first day anything of the office is counted on; null where nothing is. */
export async function firstDayCounted(db: EnquiryDb, office: string): Promise<LegalDate | null> {
  const row = await db
    .selectFrom('figure_total')
    .select(sql<string | null>`min(day)`.as('day'))
    .where('office', '=', office)
    .executeTakeFirst()
  return (row?.day ?? null) as LegalDate | null
}
