// A fourth set: the tables of eight more trades, sixty rows, labelled by meaning before the rules were looked at.
import type { HeldOutTable } from './held-out.ts'
import { homes } from './more-trades/homes.ts'
import { justice } from './more-trades/justice.ts'
import { play } from './more-trades/play.ts'
import { schools } from './more-trades/schools.ts'
import { shops } from './more-trades/shops.ts'
import { stays } from './more-trades/stays.ts'
import { trials } from './more-trades/trials.ts'
import { work } from './more-trades/work.ts'

export const fourthHeldOut: readonly HeldOutTable[] = Object.entries({
  schools,
  shops,
  trials,
  homes,
  stays,
  play,
  work,
  justice,
}).flatMap(([trade, tables]) => tables.map((table) => ({ ...table, path: `${trade}/${table.path}` })))
