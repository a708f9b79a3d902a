// A third set: eight tables of each of eight trades, sixty rows, labelled by meaning before the rules were looked at. Names
// are those practitioners use: Chinese, English, pinyin, initials of pinyin, camelCase, snake_case, abbreviations.
import type { HeldOutTable } from './held-out.ts'
import { cars } from './trades/cars.ts'
import { finance } from './trades/finance.ts'
import { government } from './trades/government.ts'
import { hospital } from './trades/hospital.ts'
import { personnel } from './trades/personnel.ts'
import { social } from './trades/social.ts'
import { telecom } from './trades/telecom.ts'
import { travel } from './trades/travel.ts'

/** Small files, as most are: fewer rows than the other sets have. */
export const thirdRows = 60

export const thirdHeldOut: readonly HeldOutTable[] = Object.entries({
  hospital,
  finance,
  travel,
  cars,
  social,
  telecom,
  personnel,
  government,
}).flatMap(([trade, tables]) => tables.map((table) => ({ ...table, path: `${trade}/${table.path}` })))
