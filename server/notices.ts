import type { LegalDate, Words } from '@tongguan/law'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Records, Tables } from './records.ts'

interface Told {
  readonly account: string
  readonly email: string
  /** Null where it is about the account itself. */
  readonly caseNo: string | null
  readonly day: LegalDate
  readonly words: Words
}

/** A notice in the portal and the same as an e-mail to be sent; both in the transaction of what they tell of. */
export async function tell(db: Kysely<Tables>, { account, email, caseNo, day, words }: Told): Promise<void> {
  const id = randomUUID()
  await db
    .insertInto('notice')
    .values({ id, account, case_no: caseNo, day, zh: words.zh, en: words.en, read_at: null })
    .execute()
  await db
    .insertInto('mail')
    .values({ notice: id, address: email, sent_at: null, tries: 0, last_error: null })
    .execute()
}

/** The notices whoever signs in has not read. */
export async function unreadNotices({ db }: Records, account: string) {
  return db
    .selectFrom('notice')
    .select(['id', 'case_no', 'zh', 'en', sql<string>`day`.as('day')])
    .where('account', '=', account)
    .where('read_at', 'is', null)
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
}
