import { applyChanges, isList, isRecord, valueAt } from '@tongguan/dossier/preparation/changes'
import type { Change, Json } from '@tongguan/dossier/preparation/changes'
import { isPart, sections } from '@tongguan/dossier/preparation/questions'
import type { Node, Question } from '@tongguan/dossier/preparation/questions'

/*
 * The data items of a scenario as rows of a table: what a cell says, and what typing, pasting and deciding for many at once
 * change. Pure; every result is a list of changes that are saved like any other answer.
 */

/** A column of the table: where in an item it stands, and the question it answers. */
export interface ItemColumn {
  readonly path: string
  readonly question: Question
}

const inTable = [
  'column',
  'table',
  'description',
  'necessity.related',
  'necessity.leastImpact',
  'necessity.minimumScope',
  'necessity.shortestPeriod',
  'decision.action',
  'decision.why',
]

export const itemColumns: readonly ItemColumn[] = columnsIn(itemQuestions(), '').filter(({ path }) =>
  inTable.includes(path),
)

/** What is asked of an item beside the table. */
export const itemDetails: readonly Node[] = itemQuestions().flatMap((node): readonly Node[] => {
  if (!isPart(node)) return inTable.includes(node.key) ? [] : [node]
  const questions = node.questions.filter(({ key }) => !inTable.includes(`${node.key}.${key}`))
  return questions.length === 0 ? [] : [{ ...node, questions }]
})

function itemQuestions(): readonly Node[] {
  const [scenarios] = sections.find(({ id }) => id === 'items')?.nodes ?? []
  const items = scenarios !== undefined && isPart(scenarios) ? scenarios.questions[0] : undefined
  return items !== undefined && isPart(items) ? items.questions : []
}

function columnsIn(nodes: readonly Node[], at: string): readonly ItemColumn[] {
  return nodes.flatMap((node) =>
    isPart(node) ? columnsIn(node.questions, `${at}${node.key}.`) : [{ path: `${at}${node.key}`, question: node }],
  )
}

/** What a cell says; of a choice its code. */
export function cellOf(item: Json | undefined, path: string): string {
  const value = valueAt(item, path)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export interface Filter {
  readonly text: string
  /** A decision, `none` for none yet, `finding` for where the check found something; empty for all. */
  readonly only: string
}

/** The numbers of the rows a filter shows; `found` are those the check says something of. */
export function rowsShown(
  items: readonly Json[],
  { text, only }: Filter,
  found: ReadonlySet<number>,
): readonly number[] {
  const sought = text.trim().toLowerCase()
  return items.flatMap((item, row) => {
    const says = ['column', 'table', 'description'].some((path) => cellOf(item, path).toLowerCase().includes(sought))
    const action = cellOf(item, 'decision.action')
    const fits =
      only === '' || (only === 'finding' ? found.has(row) : only === 'none' ? action === '' : action === only)
    return says && fits ? [row] : []
  })
}

/** Many rows decided at once. */
export function decided(items: readonly Json[], rows: readonly number[], action: string): ReadonlyMap<number, Json> {
  return new Map(rows.map((row) => [row, withCell(items[row], 'decision.action', action)]))
}

export interface Pasted {
  readonly rows: ReadonlyMap<number, Json>
  /** Cells that are none of a column's choices; they stay as they were. */
  readonly notUnderstood: number
}

/**
 * Cells pasted at a place: to the right of it and down the rows that are shown, then new rows at the end. `cells` are as
 * `cellsIn` read them.
 */
export function paste(
  items: readonly Json[],
  shown: readonly number[],
  at: { readonly row: number; readonly column: number },
  cells: readonly (readonly string[])[],
): Pasted {
  const rows = new Map<number, Json>()
  let notUnderstood = 0
  const from = shown.indexOf(at.row)
  let next = items.length
  for (const [down, line] of cells.entries()) {
    const row = shown[from + down] ?? next++
    let item = items[row] ?? newItem({})
    for (const [right, text] of line.entries()) {
      const column = itemColumns[at.column + right]
      if (column === undefined) continue
      const value = valueFor(column.question, text)
      if (value === undefined) notUnderstood += 1
      else item = withCell(item, column.path, value)
    }
    rows.set(row, item)
  }
  return { rows, notUnderstood }
}

/** A choice is understood by its code or its words in either language. */
function valueFor({ ask }: Question, text: string): string | undefined {
  if (typeof ask !== 'object') return text
  const said = text.trim().toLowerCase()
  if (said === '') return ''
  const found = ask.choose.find((one) =>
    [String(one.value), one.zh, one.en].some((word) => word.toLowerCase() === said),
  )
  return found === undefined ? undefined : String(found.value)
}

/** What a spreadsheet puts on the clipboard: lines of cells apart by tabs; a cell with a tab, a line break or a quote is quoted. */
export function cellsIn(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*)/y
  for (let at = 0; ;) {
    cell.lastIndex = at
    const [whole = '', quoted, plain = ''] = cell.exec(text) ?? []
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    at += whole.length
    if (text[at] === '\t') at += 1
    else if (at >= text.length) break
    else {
      at += text.startsWith('\r\n', at) ? 2 : 1
      // The line break after the last row begins no other.
      if (at >= text.length) break
      lines.push([])
    }
  }
  return lines
}

/** A column the scan found that is no item yet. */
export interface FoundColumn {
  readonly table: string
  readonly column: string
  /** In Chinese, as the declaration says it; empty where the scan cannot tell. */
  readonly description: string
}

export function notYetItems(items: readonly Json[], found: readonly FoundColumn[]): readonly FoundColumn[] {
  const there = new Set(items.map((item) => `${cellOf(item, 'table')}\n${cellOf(item, 'column')}`))
  return found.filter(({ table, column }) => !there.has(`${table}\n${column}`))
}

export function newItem(known: Partial<FoundColumn>): Json {
  const { column = '', table = '', description = '' } = known
  const necessity = { related: '', leastImpact: '', minimumScope: '', shortestPeriod: '' }
  return { column, table, description, necessity }
}

/** As many changes as one save takes comfortably; more rows than that are saved as the list they make. */
const mostChanges = 200

/** The changes that make these rows of the list at `list`; rows beyond its end are new. */
export function rowChanges(list: string, items: readonly Json[], rows: ReadonlyMap<number, Json>): readonly Change[] {
  const changes = [...rows].map(([row, value]): Change =>
    row < items.length ? { kind: 'set', path: `${list}.${row}`, value } : { kind: 'append', path: list, value },
  )
  if (changes.length <= mostChanges) return changes
  const grown = [...rows.keys()].filter((row) => items.length <= row).map((row) => rows.get(row) ?? newItem({}))
  return [{ kind: 'set', path: list, value: [...items.map((item, row) => rows.get(row) ?? item), ...grown] }]
}

function withCell(item: Json | undefined, path: string, value: Json): Json {
  return applyChanges(isRecord(item) ? item : newItem({}), [{ kind: 'set', path, value }])
}

export function itemsAt(tree: Json, list: string): readonly Json[] {
  const value = valueAt(tree, list)
  return isList(value) ? value : []
}

/** Where a key leads from a cell; null where it means something in the cell itself. `caret` says whether a text ends there. */
export function moved(
  key: string,
  { row, column }: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number },
  cell: { readonly isText: boolean; readonly atStart: boolean; readonly atEnd: boolean },
): { readonly row: number; readonly column: number } | null {
  const down = key === 'Enter' || (key === 'ArrowDown' && cell.isText)
  const step = down
    ? { row: row + 1, column }
    : key === 'ArrowUp' && cell.isText
      ? { row: row - 1, column }
      : key === 'ArrowLeft' && cell.atStart
        ? { row, column: column - 1 }
        : key === 'ArrowRight' && cell.atEnd
          ? { row, column: column + 1 }
          : null
  if (step === null) return null
  const there = 0 <= step.row && step.row < size.rows && 0 <= step.column && step.column < size.columns
  return there ? step : null
}
