import { NotRebuilt } from '../rebuild-csv.ts'
import type { FileRows } from '../rebuild.ts'
import { cellTransform } from './cells.ts'
import type { CellTransform, EscrowEntry, RowAbout } from './cells.ts'
import { recipeFor } from './recipe.ts'
import type { ColumnRule, FileRecipe, Recipe } from './recipe.ts'

/** What was done to one column of one file. */
export interface ColumnDone {
  readonly file: string
  readonly column: string
  readonly treatment: ColumnRule['do']
  /** Cells that held something. */
  readonly cells: number
  /** Cells emptied because they had not the form the rule is for. */
  readonly emptied: number
}

export interface TransformPlan {
  readonly recipe: Recipe
  /** 32 bytes; with the same key and recipe the same bytes come out. */
  readonly key: Uint8Array
  readonly escrow?: (entry: EscrowEntry) => void
  /** Sees each row as it is written, with what is done to its columns; for a preview. */
  readonly onRow?: (file: string, row: readonly WrittenCell[]) => void
}

export interface WrittenCell {
  readonly column: string
  readonly treatment: ColumnRule['do']
  readonly value: string
}

export interface TransformedRows extends FileRows {
  readonly done: () => readonly ColumnDone[]
}

/**
 * The transforms of one file. Its columns must be exactly those the recipe names: one it does not name, or names and does
 * not find, spoils the file.
 *
 * @throws NotRebuilt `no-recipe`, `nothing-left`; from its functions `column-not-in-recipe`, `column-missing`, `column-twice`
 */
export function transformRows(plan: TransformPlan, path: string): TransformedRows {
  const recipe = recipeFor(plan.recipe, path)
  if (recipe === undefined) throw new NotRebuilt('no-recipe', 0)
  const columns = columnsOf(plan, recipe)
  // A file without a column is no file anybody can look into.
  if ([...columns.values()].every(({ rule }) => rule.do === 'suppress')) throw new NotRebuilt('nothing-left', 0)
  const state = { path, recipe, columns, onRow: plan.onRow }
  return {
    fields: delimitedRows(state),
    object: (line, row) => objectRow(state, line, row),
    end() {
      for (const [column, { seen }] of columns) if (!seen) throw new NotRebuilt('column-missing', 0, column)
      if (recipe.person !== undefined && !columns.has(recipe.person)) {
        throw new NotRebuilt('column-missing', 0, recipe.person)
      }
    },
    done: () =>
      [...columns].map(([column, { rule, cells, emptied }]) => ({
        file: path,
        column,
        treatment: rule.do,
        cells,
        emptied,
      })),
  }
}

interface Column {
  readonly rule: ColumnRule
  readonly transform: CellTransform
  seen: boolean
  cells: number
  emptied: number
}

interface FileState {
  readonly path: string
  readonly recipe: FileRecipe
  readonly columns: ReadonlyMap<string, Column>
  readonly onRow: TransformPlan['onRow']
}

function columnsOf({ recipe, key, escrow }: TransformPlan, { columns }: FileRecipe): ReadonlyMap<string, Column> {
  return new Map(
    Object.entries(columns).map(([column, rule]) => {
      const context = { key, recipient: recipe.recipient, column, ...(escrow === undefined ? {} : { escrow }) }
      return [
        column.normalize('NFC'),
        { rule, transform: cellTransform(rule, context), seen: false, cells: 0, emptied: 0 },
      ]
    }),
  )
}

function columnIn({ columns }: FileState, name: string, row: number): Column {
  const column = columns.get(name.normalize('NFC'))
  if (column === undefined) throw new NotRebuilt('column-not-in-recipe', row, name)
  return column
}

function changed(column: Column, value: string, about: RowAbout): string {
  if (value === '') return ''
  column.cells += 1
  const given = column.transform(value, about)
  if (given === undefined) column.emptied += 1
  return given ?? ''
}

// --- delimited text ---------------------------------------------------------------------------------------------------

interface Placed {
  readonly name: string
  readonly column: Column
}

function delimitedRows(state: FileState): FileRows['fields'] {
  let placed: readonly Placed[] = []
  let at: ReadonlyMap<string, number> = new Map()
  return (fields, row) => {
    if (row === 1) {
      placed = fields.map((name) => ({ name, column: columnIn(state, name, row) }))
      at = new Map(fields.map((name, index) => [name.normalize('NFC'), index]))
      const twice = fields.find((name, index) => at.get(name.normalize('NFC')) !== index)
      if (twice !== undefined) throw new NotRebuilt('column-twice', row, twice)
      for (const { column } of placed) column.seen = true
      return fields.filter((_, index) => placed[index]?.column.rule.do !== 'suppress')
    }
    const cell = (name: string) => fields[at.get(name.normalize('NFC')) ?? -1] ?? ''
    const { person } = state.recipe
    const about = { person: person === undefined ? '' : cell(person), row: row - 1, cell }
    const written = placed.map(({ name, column }, index) => ({
      column: name,
      treatment: column.rule.do,
      value: changed(column, fields[index] ?? '', about),
    }))
    state.onRow?.(state.path, written)
    return written.flatMap(({ treatment, value }) => (treatment === 'suppress' ? [] : [value]))
  }
}

// --- objects ----------------------------------------------------------------------------------------------------------

/** A number keeps the digits it came with: reading it rounds. */
interface RawNumber {
  readonly rawJSON: string
}

interface Source {
  readonly source: string
}

// In Node since 21, and not in the library of types yet.
const json = JSON as typeof JSON & {
  rawJSON: (text: string) => RawNumber
  isRawJSON: (value: unknown) => value is RawNumber
  parse: (text: string, reviver: (key: string, value: unknown, context: Source) => unknown) => unknown
}

function objectRow(state: FileState, line: string, row: number): string {
  const read = json.parse(line, (_key: string, value: unknown, { source }: Source) =>
    typeof value === 'number' ? json.rawJSON(source) : value,
  )
  if (!isObject(read)) throw new NotRebuilt('not-an-object', row)
  const cell = (path: string) => textAt(read, path)
  const { person } = state.recipe
  const written: WrittenCell[] = []
  const about = { person: person === undefined ? '' : cell(person), row, cell }
  const text = JSON.stringify(changedObject(read, { state, about, prefix: '', written }))
  state.onRow?.(state.path, written)
  return text
}

interface Walk {
  readonly state: FileState
  readonly about: RowAbout
  readonly prefix: string
  readonly written: WrittenCell[]
}

/** Columns are the paths of keys, with dots, as the evidence names them; a list is one column. */
function changedObject(object: Readonly<Record<string, unknown>>, walk: Walk): Record<string, unknown> {
  const { state, about, prefix, written } = walk
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      const name = `${prefix}${key}`
      if (isObject(value)) return [[key, changedObject(value, { ...walk, prefix: `${name}.` })] as const]
      const column = columnIn(state, name, about.row)
      column.seen = true
      const given = changedValue(column, value, about)
      written.push({ column: name, treatment: column.rule.do, value: scalarText(given) })
      return column.rule.do === 'suppress' ? [] : [[key, given] as const]
    }),
  )
}

/** A number that becomes no other number becomes text; every key inside a list's objects is text somebody could write in. */
function changedValue(column: Column, value: unknown, about: RowAbout): unknown {
  if (column.rule.do === 'keep' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => changedValue(column, one, about))
  if (isObject(value)) throw new NotRebuilt('list-of-objects', about.row)
  const given = changed(column, scalarText(value), about)
  return json.isRawJSON(value) && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(given) ? json.rawJSON(given) : given
}

function scalarText(value: unknown): string {
  if (json.isRawJSON(value)) return value.rawJSON
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}

function textAt(object: Readonly<Record<string, unknown>>, path: string): string {
  const [key, inner] = Object.entries(object).find(([name]) => path === name || path.startsWith(`${name}.`)) ?? []
  if (key === undefined) return ''
  if (path === key) return isObject(inner) || Array.isArray(inner) ? '' : scalarText(inner)
  return isObject(inner) ? textAt(inner, path.slice(key.length + 1)) : ''
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value)
}
