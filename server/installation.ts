import { legalDate } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import type { Kysely } from 'kysely'
import type { ServerTables } from './migrations.ts'

/** What kind of installation a database belongs to, and the day it goes by. */
export interface Installation {
  readonly kind: 'pilot' | 'production'
  /** A pilot's stated day; null where the real one counts. */
  readonly statedDay: LegalDate | null
}

/** What the database says it is. One that says nothing is in production: a simulation is never assumed. */
export async function readInstallation<Tables extends ServerTables>(db: Kysely<Tables>): Promise<Installation> {
  const row = await (db as unknown as Kysely<ServerTables>)
    .selectFrom('installation')
    .select(['kind', 'stated_day'])
    .executeTakeFirst()
  if (row === undefined) return { kind: 'production', statedDay: null }
  return { kind: row.kind, statedDay: row.stated_day === null ? null : legalDate(row.stated_day) }
}

/** Marks a new database as a pilot's. Throws where it is marked already: what was real does not become a simulation. */
export async function markAsPilot<Tables extends ServerTables>(
  db: Kysely<Tables>,
  statedDay: LegalDate,
): Promise<void> {
  await (db as unknown as Kysely<ServerTables>)
    .insertInto('installation')
    .values({ kind: 'pilot', stated_day: statedDay })
    .execute()
}

/** Marks a database as one in production; that stays. Throws where it is a pilot's. */
export async function markAsProduction<Tables extends ServerTables>(db: Kysely<Tables>): Promise<void> {
  const { kind } = await readInstallation(db)
  if (kind === 'pilot') throw new Error('a pilot does not become real')
  await (db as unknown as Kysely<ServerTables>)
    .insertInto('installation')
    .values({ kind: 'production', stated_day: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The day an installation goes by: a function of no arguments, asked once a request. */
export interface Clock {
  readonly on: () => LegalDate
  readonly stated: boolean
}

export function statedClock(day: LegalDate): Clock {
  return { on: () => day, stated: true }
}

/** Today in China, whatever the machine's own zone: periods and due dates are Beijing's. */
export const chinaClock: Clock = {
  on: () => legalDate(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())),
  stated: false,
}

export function clockWords({ on, stated }: Clock): Words | null {
  if (!stated) return null
  return {
    zh: `本系统使用给定的日期：今天按 ${on()} 计。`,
    en: `This installation goes by a stated day: today counts as ${on()}.`,
  }
}
