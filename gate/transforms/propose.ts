import type { ColumnEvidence, DataItem, FileEvidence, Kind, PermittedScenario, Treatment } from '@tongguan/law'
import { cellTransform } from './cells.ts'
import { entropyLoss, searchLattice } from './lattice.ts'
import type { FoundLevels } from './lattice.ts'
import type { ColumnRule, FileRecipe } from './recipe.ts'

/*
 * A recipe somebody may begin from: what the permit asks of each column, and where it asks for k rows alike, the levels
 * that lose least. A proposal decides nothing, takes nobody out of the count, and never suggests that anything is anonymous.
 */

/** Distinct combinations of a file's columns, each with its rows. */
export interface CountedRows {
  readonly rows: readonly number[]
  /** By column, the value of each combination. */
  readonly values: readonly (readonly string[])[]
}

export interface ProposedFile {
  readonly recipe: FileRecipe
  /** Columns the permit does not approve: suppressed. */
  readonly notApproved: readonly string[]
  /** Of a file with columns whose rows must be alike: what was found; null where no levels of ours reach k. */
  readonly search:
    | { readonly k: number; readonly columns: readonly string[]; readonly found: FoundLevels | null }
    | undefined
}

/** How many rows lie in classes smaller than k, where value number `v` of a column counts as `becomes[v]`. */
export type RowsBelow = (k: number, becomes: readonly (readonly number[])[]) => Promise<number>

/** Proposes the part of a recipe for one file. `counted` is of the columns `alikeIn` names, in that order. */
export async function proposeFile(
  file: Pick<FileEvidence, 'path' | 'columns'>,
  scenario: Pick<PermittedScenario, 'items' | 'anonymity'>,
  counted: CountedRows,
  rowsBelowOf: (numbers: {
    readonly rows: readonly number[]
    readonly values: readonly (readonly number[])[]
  }) => Promise<RowsBelow>,
): Promise<ProposedFile> {
  const { items, anonymity } = scenario
  const itemOf = (column: ColumnEvidence) =>
    items.find(({ name }) => name.normalize('NFC') === column.name.normalize('NFC'))
  const notApproved = file.columns.filter((column) => itemOf(column) === undefined).map(({ name }) => name)
  const rules = new Map<string, ColumnRule>(
    file.columns.map((column): [string, ColumnRule] => {
      const item = itemOf(column)
      return [column.name, item === undefined ? { do: 'suppress' } : usualRule(item)]
    }),
  )
  const alike = alikeIn(file, scenario)
  if (anonymity === undefined || alike.length === 0) {
    return {
      recipe: { ...personOf(file, rules), match: file.path, columns: Object.fromEntries(rules) },
      notApproved,
      search: undefined,
    }
  }
  const columns = alike.map((name, at) => laddered(name, items, file, counted, at))
  const numbers = columns.map(({ distinct, cells }) => cells.map((cell) => distinct.get(cell) ?? 0))
  const below = await rowsBelowOf({ rows: counted.rows, values: numbers })
  const found = await searchLattice(
    columns.map(({ lossAt }) => lossAt),
    async (levels) =>
      (await below(
        anonymity.k,
        levels.map((level, at) => columns[at]?.valueAt[level] ?? []),
      )) === 0,
  )
  for (const [at, { name, ladder }] of columns.entries()) {
    const rule = ladder[found?.levels[at] ?? 0]
    if (rule !== undefined) rules.set(name, rule)
  }
  const search = { k: anonymity.k, columns: alike, found: found ?? null }
  return {
    recipe: { ...personOf(file, rules), match: file.path, columns: Object.fromEntries(rules) },
    notApproved,
    search,
  }
}

/** The file's columns whose rows must be alike and that are approved. */
export function alikeIn(
  file: Pick<FileEvidence, 'columns'>,
  { items, anonymity }: Pick<PermittedScenario, 'items' | 'anonymity'>,
): readonly string[] {
  const same = (one: string, other: string) => one.normalize('NFC') === other.normalize('NFC')
  return file.columns
    .map(({ name }) => name)
    .filter(
      (name) =>
        anonymity?.columns.some((one) => same(one, name)) === true && items.some((item) => same(item.name, name)),
    )
}

interface Laddered {
  readonly name: string
  readonly ladder: readonly ColumnRule[]
  readonly cells: readonly string[]
  readonly distinct: ReadonlyMap<string, number>
  /** For each level, the number of what each distinct value becomes. */
  readonly valueAt: readonly (readonly number[])[]
  readonly lossAt: readonly number[]
}

/** The values themselves say what each rule makes of them: the levels searched are the rules that will be carried out. */
function laddered(
  name: string,
  items: readonly DataItem[],
  file: Pick<FileEvidence, 'columns'>,
  counted: CountedRows,
  at: number,
): Laddered {
  const kind = file.columns.find((column) => column.name === name)?.kind ?? 'none'
  const asked = items.find((item) => item.name.normalize('NFC') === name.normalize('NFC'))?.treatment
  const cells = counted.values[at] ?? []
  const distinct = new Map([...new Set(cells)].map((value, number) => [value, number]))
  const sizes = Array.from(distinct, () => 0)
  for (const [row, cell] of cells.entries()) {
    const number = distinct.get(cell) ?? 0
    sizes[number] = (sizes[number] ?? 0) + (counted.rows[row] ?? 0)
  }
  const values = [...distinct.keys()]
  const ladder = ladderOf(kind, values).filter((rule) => meets(rule, asked))
  const valueAt = ladder.map((rule) => numbered(values.map(cellOf(rule, name))))
  // Of two levels that lose the same the lower one is taken.
  const lossAt = entropyLoss(sizes, valueAt).map((bits, level) => bits + level * 1e-6)
  return { name, ladder, cells, distinct, valueAt, lossAt }
}

/** Whether a step does what the permit asks of the column; one that leaves it out needs nothing more. */
function meets({ do: rule }: ColumnRule, asked: DataItem['treatment']): boolean {
  if (asked === undefined || rule === 'suppress') return true
  return asked === 'any' ? rule !== 'keep' : rule === asked
}

function cellOf(rule: ColumnRule, column: string): (value: string) => string {
  // Levels are of dates, numbers, codes and nothing: none of them looks at a key, and an empty cell stays one.
  const transform = cellTransform(rule, { key: Buffer.alloc(32), recipient: '', column })
  const place = { person: '', row: 0, cell: () => '' }
  return (value) => (value === '' ? '' : (transform(value, place) ?? ''))
}

/** From as it is to gone; each step keeps less than the one before, of every value. */
function ladderOf(kind: Kind, values: readonly string[]): readonly ColumnRule[] {
  const ends: readonly [ColumnRule, ColumnRule] = [{ do: 'keep' }, { do: 'suppress' }]
  const generalise = (
    ...steps: readonly Omit<Extract<ColumnRule, { do: 'generalise' }>, 'do'>[]
  ): readonly ColumnRule[] => [ends[0], ...steps.map((step): ColumnRule => ({ do: 'generalise', ...step })), ends[1]]
  const said = values.filter((value) => value !== '')
  const are = (form: RegExp) => said.length > 0 && said.every((value) => form.test(value.trim()))
  if (are(/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/)) return generalise({ to: 'month' }, { to: 'year' }, { to: 'decade' })
  if (kind === 'postal_code' || are(/^\d{6}$/)) return generalise({ first: 4 }, { first: 2 })
  if (are(/^\d{1,9}$/)) return generalise({ step: 5 }, { step: 10 }, { step: 20 })
  return ends
}

/** What is usually done where a treatment is asked for, or nothing. */
function usualRule({ kind, treatment }: Pick<DataItem, 'kind' | 'treatment'>): ColumnRule {
  if (treatment === undefined) return { do: 'keep' }
  return usual(treatment === 'any' ? anyFor(kind) : treatment, kind)
}

function anyFor(kind: Kind): Treatment {
  if (kind === 'birth_date' || kind === 'age') return 'generalise'
  return kind === 'free_text' || kind === 'clinical_note' ? 'spans' : 'keyed-hash'
}

function usual(treatment: Treatment, kind: Kind): ColumnRule {
  switch (treatment) {
    case 'mask':
      return { do: 'mask', last: 4 }
    case 'format-preserving':
      return { do: 'format-preserving', of: kind === 'mobile' ? 'mobile' : 'national_id' }
    case 'generalise':
      return { do: 'generalise', ...(kind === 'age' ? { step: 10 } : { to: 'year' }) }
    case 'date-shift':
      return { do: 'date-shift', days: 50 }
    case 'noise':
      return { do: 'noise', deviation: 1 }
    case 'bounds':
      return { do: 'bounds', top: 90 }
    default:
      return { do: treatment }
  }
}

/** Whose dates are shifted together: the first column that names somebody directly. */
function personOf(
  { columns }: Pick<FileEvidence, 'columns'>,
  rules: ReadonlyMap<string, ColumnRule>,
): Pick<FileRecipe, 'person'> {
  const isNeeded = [...rules.values()].some((rule) => rule.do === 'date-shift' || rule.do === 'noise')
  const person = columns.find(({ identifies }) => identifies === 'direct')?.name
  return isNeeded && person !== undefined ? { person } : {}
}

/** The values as numbers from 0, in the order in which they first come. */
export function numbered(values: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>()
  return values.map((value) => {
    const number = numbers.get(value) ?? numbers.size
    numbers.set(value, number)
    return number
  })
}
