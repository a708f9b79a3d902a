import type { CaseNo } from '@tongguan/casework'
import { caseNo } from '@tongguan/casework'
import { legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { ServerDb } from './case-files.ts'

/** The unsigned bundle, as it was written of a revision. */
export interface PreparationBundle {
  readonly n: number
  readonly revision: number
  readonly round: number
  readonly day: LegalDate
  readonly sha256: string
  readonly bytes: number
  readonly by: string
  readonly at: Date
}

/** A signed bundle that was filed. */
export interface Filing {
  readonly bundle: number
  /** Of the signed bundle. */
  readonly sha256: string
  /** Null where no authority is served here: it is carried to its office. */
  readonly caseNo: CaseNo | null
  /** Whose keys signed it. */
  readonly signedBy: readonly string[]
  readonly day: LegalDate
  readonly by: string
  readonly at: Date
}

export async function bundlesOf(db: ServerDb, no: string): Promise<readonly PreparationBundle[]> {
  const rows = await db
    .selectFrom('preparation_bundle')
    .innerJoin('kept_file', 'kept_file.sha256', 'preparation_bundle.sha256')
    .select(['n', 'revision', 'round', 'day', 'preparation_bundle.sha256', 'bytes', 'name', 'at'])
    .where('preparation', '=', no)
    .orderBy('n')
    .execute()
  return rows.map(({ name, day, ...row }) => ({ ...row, day: legalDate(day), by: name }))
}

export async function addBundle(
  db: ServerDb,
  no: string,
  bundle: Omit<PreparationBundle, 'n' | 'at' | 'bytes' | 'by'> & { readonly account: string; readonly name: string },
): Promise<void> {
  const n = 1 + (await bundlesOf(db, no)).length
  await db
    .insertInto('preparation_bundle')
    .values({ preparation: no, n, ...bundle })
    .execute()
}

export async function filingsOf(db: ServerDb, no: string): Promise<readonly Filing[]> {
  const rows = await db
    .selectFrom('preparation_filing')
    .select(['bundle', 'sha256', 'case_no', 'signed_by', 'day', 'name', 'at'])
    .where('preparation', '=', no)
    .orderBy('bundle')
    .execute()
  return rows.map(({ case_no, signed_by, day, name, ...row }) => ({
    ...row,
    caseNo: case_no === null ? null : caseNo(case_no),
    // Written by addFiling alone.
    signedBy: signed_by as string[],
    day: legalDate(day),
    by: name,
  }))
}

export async function addFiling(
  db: ServerDb,
  no: string,
  filing: Omit<Filing, 'at' | 'by'> & { readonly account: string; readonly name: string },
): Promise<void> {
  const { caseNo: of, signedBy, ...row } = filing
  await db
    .insertInto('preparation_filing')
    .values({ preparation: no, case_no: of, signed_by: sql`${JSON.stringify(signedBy)}::jsonb`, ...row })
    .execute()
}
