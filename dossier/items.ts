import type { Category, ColumnEvidence, DataItem, Evidence, FileEvidence } from '@tongguan/law'
import type { ItemAnswers, ItemNecessity, ScenarioAnswers } from './answers.ts'

/** A data item proposed for export: what the handler says of it, joined with what the scan found in its columns. */
export interface JoinedItem extends DataItem {
  readonly identifies: 'direct' | 'quasi' | 'none'
  readonly tables: readonly string[]
  readonly necessity: ItemNecessity
  readonly example: string
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
  const byName = new Map<string, { answers: ItemAnswers[]; columns: ColumnEvidence[] }>()
  const notInData: ItemAnswers[] = []
  const twice: ItemAnswers[] = []
  for (const item of scenario.items) {
    const column = columnOf(item, evidence)
    const known = byName.get(item.column)
    if (known?.answers.some((answer) => answer.table === item.table)) twice.push(item)
    else if (!column) notInData.push(item)
    else if (known) {
      known.answers.push(item)
      known.columns.push(column)
    } else byName.set(item.column, { answers: [item], columns: [column] })
  }
  const items = [...byName].flatMap(([name, { answers, columns }]) => {
    const [first] = answers
    const [column] = columns.toSorted((a, b) => rank[b.category] - rank[a.category])
    return first && column ? [joined(name, first, answers, column, columns)] : []
  })
  return { items, notInData, twice }
}

/** Every scanned column that no scenario names: it stays in China. */
export function keptInChina(scenarios: readonly ScenarioAnswers[], evidence: Evidence): readonly KeptColumn[] {
  const exported = scenarios.flatMap((scenario) => scenario.items)
  return evidence.files.flatMap((file) =>
    file.columns
      .filter(({ name }) => !exported.some((item) => item.column === name && isTable(item, file)))
      .map(({ name, kind, category }) => ({ table: file.path, column: name, kind, category })),
  )
}

const rank = { none: 0, personal: 1, sensitive: 2 } as const satisfies Record<Category, number>

function joined(
  name: string,
  first: ItemAnswers,
  answers: readonly ItemAnswers[],
  column: ColumnEvidence,
  columns: readonly ColumnEvidence[],
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
  }
}

function columnOf(item: ItemAnswers, evidence: Evidence): ColumnEvidence | undefined {
  return evidence.files.find((file) => isTable(item, file))?.columns.find(({ name }) => name === item.column)
}

function isTable(item: ItemAnswers, file: FileEvidence): boolean {
  return item.table === file.path || item.table === file.path.slice(file.path.lastIndexOf('/') + 1)
}
