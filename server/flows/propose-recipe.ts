import { alikeIn, proposeFile, treatBatch } from '@tongguan/gate'
import type { CountedRows, ProposedFile, Recipe, WrittenCell } from '@tongguan/gate'
import type { Evidence, LegalDate, PermittedScenario } from '@tongguan/law'
import { equalRows, inspect, openEngine } from '@tongguan/scan'
import type { Combinations, EqualRows } from '@tongguan/scan'
import { stringify } from 'yaml'
import { passingKey } from '../counting-key.ts'
import { InputError } from '../errors.ts'
import { askedOf } from './release-batch.ts'

export interface RecipeProposal {
  readonly recipe: Recipe
  readonly files: readonly ProposedFile[]
}

/** Looks at a batch and proposes a recipe for it under a scenario of a permit; nothing is treated or kept. */
export async function proposeRecipe(asked: {
  readonly batch: string
  readonly scenario: PermittedScenario
  readonly recipient: string
  /** Where the private copy lies meanwhile. */
  readonly work: string
  readonly on: LegalDate
}): Promise<RecipeProposal> {
  const { batch, scenario, recipient, work, on } = asked
  const engine = await openEngine()
  try {
    const { key, epoch } = passingKey(on.slice(0, 4))
    const looked = await inspect(engine, batch, { on, key, keyEpoch: epoch, keepNames: true, ...askedOf(scenario) })
    const { evidence } = looked
    const counted = counters(evidence, scenario)
    const kept: Recipe = { schema: 'tongguan/recipe/1', id: 'as-it-is', recipient, files: evidence.files.map(asItIs) }
    const read = await treatBatch(
      batch,
      { recipe: kept, key: Buffer.alloc(32), onRow: (file, row) => counted.get(file)?.add(row) },
      { inspect: () => Promise.resolve(looked), work },
    )
    const failed = read.reasons.find(({ facts }) => facts['because'] !== undefined)
    if (failed !== undefined) throw new InputError('gate.not-proposed', failed.words)
    const files: ProposedFile[] = []
    for (const file of evidence.files) {
      const rows = counted.get(file.path)?.counted() ?? { rows: [], values: [] }
      const tables: EqualRows[] = []
      try {
        const rowsBelowOf = async (numbers: Combinations) => {
          const table = await equalRows(engine, numbers)
          tables.push(table)
          return table.below
        }
        files.push(await proposeFile(file, scenario, rows, rowsBelowOf))
      } finally {
        for (const table of tables) await table.close()
      }
    }
    const recipe = { ...kept, id: 'proposed', files: files.map((one) => one.recipe) }
    return { recipe, files }
  } finally {
    await engine.close()
  }
}

function asItIs({ path, columns }: Evidence['files'][number]): Recipe['files'][number] {
  return { match: path, columns: Object.fromEntries(columns.map(({ name }) => [name, { do: 'keep' }] as const)) }
}

interface Counter {
  readonly add: (row: readonly WrittenCell[]) => void
  readonly counted: () => CountedRows
}

const combinationsAtMost = 2_000_000

function counters(evidence: Evidence, scenario: PermittedScenario): ReadonlyMap<string, Counter> {
  return new Map(evidence.files.map((file) => [file.path, counterOf(alikeIn(file, scenario))] as const))
}

function counterOf(columns: readonly string[]): Counter {
  const seen = new Map<string, number>()
  return {
    add(row) {
      if (columns.length === 0) return
      const cells = columns.map((name) => row.find(({ column }) => column === name)?.value ?? '')
      const key = JSON.stringify(cells)
      seen.set(key, (seen.get(key) ?? 0) + 1)
      if (seen.size <= combinationsAtMost) return
      throw new InputError('gate.not-proposed', {
        zh: `取值组合超过 ${combinationsAtMost} 种，不能搜索；请先把许可所列的列粗化。`,
        en: `There are more than ${combinationsAtMost} combinations of values, too many to search; make the columns of the permit coarser first.`,
      })
    },
    counted() {
      const combinations = [...seen.keys()].map((key) => JSON.parse(key) as readonly string[])
      return {
        rows: [...seen.values()],
        values: columns.map((_, at) => combinations.map((cells) => cells[at] ?? '')),
      }
    },
  }
}

/** A recipe as its file holds it, with a line above that says what it is. */
export function recipeText(recipe: Recipe, head: string): string {
  return `# ${head}\n${stringify(recipe)}`
}

export type { ProposedFile } from '@tongguan/gate'
