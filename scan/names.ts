import { sensitivityOf } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { Engine } from './engine.ts'
import type { PersonKey, PersonTable } from './persons.ts'

/**
 * Persons that folders and files are named after: a folder may bear a resident ID that stands in no file of it. Gives a
 * table of the identifiers in these paths, whose check is made where persons are counted; undefined where there are none.
 */
export function personsInNames(engine: Engine, paths: readonly string[], on: LegalDate): PersonTable | undefined {
  const rows = paths.flatMap(identifiersIn)
  if (rows.length === 0) return undefined
  const named = keys.map((_, at) => rows.map((row) => row[at] ?? ''))
  const params = Object.fromEntries(named.map((values, at) => [`named${at}`, values]))
  const zipped = keys.map((_, at) => `{named${at}:Array(String)}`).join(', ')
  const columns = keys.map(({ column }, at) => `row.${at + 1} AS ${column}`).join(', ')
  const from = `(SELECT 0::UInt32 AS f, ${columns} FROM (SELECT arrayJoin(arrayZip(${zipped})) AS row))`
  return {
    table: {
      names: keys.map(({ column }) => column),
      members: [],
      cells: { padded: false },
      read: (sql, { params: asked = {}, format } = {}) => engine.query(sql(from), { ...asked, ...params }, format),
    },
    files: undefined,
    keys,
    personal: keys.map(({ column }) => column),
    sensitive: keys.filter(({ kind }) => sensitivityOf([kind], on).under.length > 0).map(({ column }) => column),
    births: [],
    aboutPersons: false,
  }
}

const key = (at: number, kind: PersonKey['kind'], inText = false): PersonKey => ({
  column: `c${at}`,
  kind,
  register: '',
  inText,
})
// Read as out of a text, a number counts only with a check digit that fits.
const keys: readonly PersonKey[] = [key(0, 'national_id', true), key(1, 'mobile'), key(2, 'email')]

const patterns = [
  /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g,
  /[\w.+-]+@[\w-]+\.[a-z]{2,}/gi,
]

/** Rows of an identifier of each kind: one row for a name with at most one of each, else each identifier for itself. */
function identifiersIn(path: string): string[][] {
  const found = patterns.map((pattern) => [...new Set(path.match(pattern))])
  if (found.every((values) => values.length === 0)) return []
  if (found.every((values) => values.length <= 1)) return [found.map(([value]) => value ?? '')]
  return found.flatMap((values, at) => values.map((value) => keys.map((_, other) => (other === at ? value : ''))))
}
