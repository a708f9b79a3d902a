import { applyChanges, sectionOf } from '@tongguan/dossier'
import type { Change, Json, SectionId } from '@tongguan/dossier'
import { sql } from 'kysely'
import type { ServerDb } from './case-files.ts'
import { RequestProblem } from './problem.ts'

/** A declaration in preparation: what its revisions add up to. */
export interface Preparation {
  readonly no: string
  readonly tree: Json
  /** The number of the last revision. */
  readonly revision: number
  /** The sections somebody has worked on since it was begun. */
  readonly touched: readonly SectionId[]
  readonly changedAt: Date
  readonly changedBy: string
}

/** What one person saved at once. */
export interface Revision {
  readonly n: number
  readonly by: string
  readonly at: Date
  readonly key: string
  readonly changes: readonly Change[]
}

/** A page of the organisation's, the newest first; each with its tree, read from one row. */
export async function listPreparations(
  db: ServerDb,
  { organisation, before, limit }: { readonly organisation: string; readonly before?: string; readonly limit: number },
): Promise<readonly Preparation[]> {
  const rows = await db
    .selectFrom('preparation')
    .select('no')
    .where('organization_id', '=', organisation)
    .where(before === undefined ? sql<boolean>`true` : sql<boolean>`no < ${before}::bigint`)
    .orderBy('no', 'desc')
    .limit(limit)
    .execute()
  const found = await readNow(
    db,
    rows.map(({ no }) => String(no)),
  )
  return rows.flatMap(({ no }) => found.get(String(no)) ?? [])
}

/** The organisation's. Throws RequestProblem `preparation.not-found` where it has none of that number. */
export async function loadPreparation(db: ServerDb, no: string, organisation: string): Promise<Preparation> {
  const none = new RequestProblem('preparation.not-found', { preparation: no })
  if (!/^\d{1,15}$/.test(no)) throw none
  const row = await db
    .selectFrom('preparation')
    .select('no')
    .where('no', '=', no)
    .where('organization_id', '=', organisation)
    .executeTakeFirst()
  const found = row === undefined ? undefined : (await readNow(db, [no])).get(no)
  if (found === undefined) throw none
  return found
}

/** Who changed what after a revision, in order. */
export async function revisionsAfter(db: ServerDb, no: string, after: number): Promise<readonly Revision[]> {
  const rows = await db
    .selectFrom('preparation_revision')
    .select(['n', 'name', 'at', 'key', 'changes'])
    .where('preparation', '=', no)
    .where('n', '>', after)
    .orderBy('n')
    .execute()
  // Written by addRevision alone, which has applied them.
  return rows.map(({ name, changes, ...row }) => ({ ...row, by: name, changes: changes as Change[] }))
}

/** Appends a revision, and brings what they add up to forward; the database refuses one that does not follow. */
export async function addRevision(
  db: ServerDb,
  no: string,
  said: {
    readonly n: number
    readonly account: string
    readonly name: string
    readonly key: string
    readonly changes: readonly Change[]
  },
): Promise<Date> {
  const { changes, ...row } = said
  const before = (await readNow(db, [no])).get(no)
  const { at } = await db
    .insertInto('preparation_revision')
    .values({ preparation: no, ...row, changes: sql`${JSON.stringify(changes)}::jsonb` })
    .returning('at')
    .executeTakeFirstOrThrow()
  await keepNow(db, following(no, before, { n: said.n, by: said.name, at, key: said.key, changes }))
  return at
}

/** What the revisions of a declaration add up to, without the row that says so. */
export async function foldedOf(db: ServerDb, no: string): Promise<Preparation | undefined> {
  const revisions = await revisionsAfter(db, no, 0)
  return revisions.reduce<Preparation | undefined>((before, revision) => following(no, before, revision), undefined)
}

function following(no: string, before: Preparation | undefined, { n, by, at, changes }: Revision): Preparation {
  // The first revision is what it was begun with, and nobody's work on a section.
  const touched = before === undefined ? [] : changes.map(({ path }) => sectionOf(path))
  return {
    no,
    tree: applyChanges(before?.tree ?? {}, changes),
    revision: n,
    touched: [...new Set([...(before?.touched ?? []), ...touched])],
    changedAt: at,
    changedBy: by,
  }
}

/** The rows of what they add up to; where there is none yet it is made of the revisions. */
async function readNow(db: ServerDb, nos: readonly string[]): Promise<ReadonlyMap<string, Preparation>> {
  if (nos.length === 0) return new Map()
  const rows = await db
    .selectFrom('preparation_now')
    .select(['preparation', 'revision', 'tree', 'touched', 'changed_at', 'changed_by'])
    .where('preparation', 'in', [...nos])
    .execute()
  const found = new Map<string, Preparation>()
  for (const { preparation, tree, touched, changed_at, changed_by, revision } of rows) {
    const no = String(preparation)
    // Written by keepNow alone.
    const said = { tree: tree as Json, touched: touched as SectionId[] }
    found.set(no, { no, revision, ...said, changedAt: changed_at, changedBy: changed_by })
  }
  for (const no of nos.filter((one) => !found.has(one))) {
    const folded = await foldedOf(db, no)
    if (folded === undefined) continue
    await keepNow(db, folded)
    found.set(no, folded)
  }
  return found
}

async function keepNow(db: ServerDb, now: Preparation): Promise<void> {
  const row = {
    revision: now.revision,
    tree: sql`${JSON.stringify(now.tree)}::jsonb`,
    touched: sql`${JSON.stringify(now.touched)}::jsonb`,
    changed_at: now.changedAt,
    changed_by: now.changedBy,
  }
  await db
    .insertInto('preparation_now')
    .values({ preparation: now.no, ...row })
    // An older one made at the same time never goes over a newer one.
    .onConflict((conflict) =>
      conflict.column('preparation').doUpdateSet(row).where('preparation_now.revision', '<', now.revision),
    )
    .execute()
}
