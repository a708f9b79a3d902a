import type { Category, ColumnEvidence, DataItem, Evidence, FileEvidence } from '@tongguan/law'
import type { ItemAnswers, ItemNecessity, ScenarioAnswers } from './answers.ts'

/** A data item proposed for export: what the handler says of it, joined with what the scan found in its columns. */
export interface JoinedItem extends DataItem {
  readonly identifies: 'direct' | 'quasi' | 'none'
  readonly tables: readonly string[]
  readonly necessity: ItemNecessity
  readonly example: string
  /** Its place among the scenario's answers, for its path. */
  readonly index: number
  /** Rows of its columns that hold a value, summed. */
  readonly nonEmpty: number
  readonly inChina: ItemAnswers['inChina']
  readonly decision: ItemAnswers['decision']
}

/** A column of the scanned data that no scenario proposes for export. */
export interface KeptColumn {
  readonly table: string
  readonly column: string
  readonly kind: DataItem['kind']
  readonly category: Category
}

export interface JoinedItems {
  readonly items: readonly JoinedItem[]
  /** Named in the answers, not in the data. */
  readonly notInData: readonly ItemAnswers[]
  /** Named twice with the same table. */
  readonly twice: readonly ItemAnswers[]
}

/**
 * Joins a scenario's items with the scanned columns. One name is one item however many tables carry it, because the
 * Guide wants items de-duplicated inside a scenario (annex 4, 二（二）3) and a permit names columns; the most sensitive of
 * its columns then speaks for it.
 */
export function joinItems(scenario: ScenarioAnswers, evidence: Evidence): JoinedItems {
  const byName = new Map<string, { index: number; answers: ItemAnswers[]; columns: ColumnEvidence[] }>()
  const columnOf = columnsByPlace(evidence)
  const notInData: ItemAnswers[] = []
  const twice: ItemAnswers[] = []
  for (const [index, item] of scenario.items.entries()) {
    const column = columnOf(item)
    const known = byName.get(item.column)
    if (known?.answers.some((answer) => answer.table === item.table)) twice.push(item)
    else if (!column) notInData.push(item)
    else if (known) {
      known.answers.push(item)
      known.columns.push(column)
    } else byName.set(item.column, { index, answers: [item], columns: [column] })
  }
  const items = [...byName].flatMap(([name, { index, answers, columns }]) => {
    const [first] = answers
    const [column] = columns.toSorted((a, b) => rank[b.category] - rank[a.category])
    return first && column ? [joined(name, { index, first, answers, column, columns })] : []
  })
  return { items, notInData, twice }
}

/** Every scanned column that no scenario names: it stays in China. */
export function keptInChina(scenarios: readonly ScenarioAnswers[], evidence: Evidence): readonly KeptColumn[] {
  const exported = new Set(
    scenarios.flatMap((scenario) => scenario.items.map(({ table, column }) => `${table}\n${column}`)),
  )
  return evidence.files.flatMap((file) =>
    file.columns
      .filter(({ name }) => !namesOf(file).some((table) => exported.has(`${table}\n${name}`)))
      .map(({ name, kind, category }) => ({ table: file.path, column: name, kind, category })),
  )
}

const rank = { none: 0, personal: 1, sensitive: 2 } as const satisfies Record<Category, number>

function joined(
  name: string,
  {
    index,
    first,
    answers,
    column,
    columns,
  }: {
    readonly index: number
    readonly first: ItemAnswers
    readonly answers: readonly ItemAnswers[]
    readonly column: ColumnEvidence
    readonly columns: readonly ColumnEvidence[]
  },
): JoinedItem {
  return {
    name,
    description: first.description,
    kind: column.kind,
    category: column.category,
    identifies: column.identifies,
    tables: answers.map(({ table }) => table),
    necessity: first.necessity,
    example: answers.find(({ example }) => example)?.example ?? columns.flatMap(({ sample }) => sample)[0] ?? '—',
    index,
    nonEmpty: columns.reduce((sum, { counts }) => sum + counts.nonEmpty, 0),
    inChina: first.inChina,
    decision: first.decision,
  }
}

/** Looks columns up by table (its path, or its name alone) and name; the first file of a name speaks for it. */
function columnsByPlace(evidence: Evidence): (item: ItemAnswers) => ColumnEvidence | undefined {
  const byTable = new Map<string, Map<string, ColumnEvidence>>()
  for (const file of evidence.files) {
    const columns = new Map(file.columns.map((column) => [column.name, column]))
    for (const name of namesOf(file)) if (!byTable.has(name)) byTable.set(name, columns)
  }
  return ({ table, column }) => byTable.get(table)?.get(column)
}

const namesOf = ({ path }: FileEvidence): readonly string[] => [path, path.slice(path.lastIndexOf('/') + 1)]
