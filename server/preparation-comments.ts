import type { ServerDb } from './case-files.ts'

/** What one person said to the others about a field. */
export interface Comment {
  readonly n: number
  readonly place: string
  readonly words: string
  readonly by: string
  readonly at: Date
}

export async function commentsOf(db: ServerDb, no: string): Promise<readonly Comment[]> {
  const rows = await db
    .selectFrom('preparation_comment')
    .select(['n', 'place', 'words', 'name', 'at'])
    .where('preparation', '=', no)
    .orderBy('n')
    .execute()
  return rows.map(({ name, ...row }) => ({ ...row, by: name }))
}

export async function addComment(
  db: ServerDb,
  no: string,
  said: { readonly place: string; readonly words: string; readonly account: string; readonly name: string },
): Promise<void> {
  const n = 1 + (await commentsOf(db, no)).length
  await db
    .insertInto('preparation_comment')
    .values({ preparation: no, n, ...said })
    .execute()
}
