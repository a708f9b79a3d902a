import type { Category, ColumnEvidence, DataItem, Evidence, FileEvidence } from '@tongguan/law'
import type { ItemAnswers, ItemNecessity, ScenarioAnswers } from './answers.ts'

/** A data item proposed for export: what the handler says of it, joined with what the scan found in its columns. */
export interface JoinedItem extends DataItem {
  /** One a table that carries the item; the first speaks for the item where one place asks for it once. */
  readonly columns: readonly ItemColumn[]
  readonly identifies: 'direct' | 'quasi' | 'none'
  readonly tables: readonly string[]
  readonly necessity: ItemNecessity
  readonly example: string
  /** Its place among the scenario's answers, for its path. */
  readonly index: number
  readonly decision: ItemAnswers['decision']
}

/** One column of one table proposed for export: a row of the table reviewers argue over. */
export interface ItemColumn extends Pick<ColumnEvidence, 'kind' | 'category' | 'identifies'> {
  readonly name: string
  readonly table: string
  /** Its place among the scenario's answers, for its path. */
  readonly index: number
  readonly description: string
  readonly necessity: ItemNecessity
  /** Rows that hold a value. */
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
 * its columns then speaks for it. What a later column of the name leaves unsaid (whether China could process it, what is
 * decided) holds as said of the first.
 */
export function joinItems(scenario: ScenarioAnswers, evidence: Evidence): JoinedItems {
  const byName = new Map<string, { given: ItemAnswers; column: ColumnEvidence; index: number }[]>()
  const columnOf = columnsByPlace(evidence)
  const notInData: ItemAnswers[] = []
  const twice: ItemAnswers[] = []
  for (const [index, given] of scenario.items.entries()) {
    const column = columnOf(given)
    const known = byName.get(given.column) ?? []
    if (known.some((one) => one.given.table === given.table)) twice.push(given)
    else if (!column) notInData.push(given)
    else byName.set(given.column, [...known, { given, column, index }])
  }
  const items = [...byName].flatMap(([name, found]) => {
    const [first] = found
    const [speaks] = found.toSorted((a, b) => rank[b.column.category] - rank[a.column.category])
    if (!first || !speaks) return []
    const { description, necessity, decision } = first.given
    const { kind, category, identifies } = speaks.column
    const example =
      found.find(({ given }) => given.example)?.given.example ?? found.flatMap(({ column }) => column.sample)[0] ?? '—'
    const columns = found.map(({ given, column, index }): ItemColumn => ({
      name,
      table: given.table,
      index,
      description: given.description,
      kind: column.kind,
      category: column.category,
      identifies: column.identifies,
      necessity: given.necessity,
      nonEmpty: column.counts.nonEmpty,
      inChina: given.inChina ?? first.given.inChina,
      decision: given.decision ?? decision,
    }))
    const tables = columns.map(({ table }) => table)
    const { index } = first
    return [{ name, description, kind, category, identifies, columns, tables, necessity, example, index, decision }]
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
