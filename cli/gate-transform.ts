import { cite, treatmentWords } from '@tongguan/law'
import { RecipeSchema, recipeExample } from '@tongguan/server/contract/recipe'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import type { DataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { escrowOf, lookUpCodes, treatmentOf, treatWithInspection } from '@tongguan/server/flows/treat-batch'
import type { ColumnDone, Recipe, TransformBy, TreatedBatch, WrittenCell } from '@tongguan/server/flows/treat-batch'
import { join } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface TransformOptions {
  readonly recipe?: string
  readonly escrow?: string
  readonly passphrase?: string
  readonly to?: string
  readonly preview?: boolean
  readonly data?: string
  readonly on?: string
  readonly code?: readonly string[]
}

const rowsShown = 5

/** `gate transform BATCH --recipe R.yaml --to DIR`: treats a batch, or with --preview shows what would come of it. */
export async function transformCommand(
  terminal: Terminal,
  batch: string | undefined,
  options: TransformOptions,
): Promise<ExitCode> {
  const { to, preview } = options
  if (batch === undefined || options.recipe === undefined || (to === undefined && preview !== true)) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次文件夹、--recipe，以及 --to 或 --preview。例如：npx tongguan gate transform ./batch-1 --recipe recipe.yaml --preview',
      en: 'A batch folder, --recipe, and --to or --preview are needed. For example: npx tongguan gate transform ./batch-1 --recipe recipe.yaml --preview',
    })
  }
  const recipe = await readYamlFile(options.recipe, RecipeSchema, recipeExample)
  const data = dataFolder(options.data)
  const by = await treatmentFor(data, recipe, { ...options, lets: preview !== true })
  const shown = new Map<string, (readonly WrittenCell[])[]>()
  const treated = await treatWithInspection({
    batch,
    by: {
      ...by,
      onRow(file, row) {
        const rows = shown.get(file) ?? []
        if (rows.length < rowsShown) shown.set(file, [...rows, row])
      },
    },
    work: join(data.folder, 'dry-run'),
    on: dayOrToday(options.on),
    ...(preview === true || to === undefined ? {} : { to }),
  })
  const kept = preview === true || treated.reasons.length > 0 ? undefined : to
  terminal.answer({
    schema: 'tongguan/transformed/1',
    recipe: recipe.id,
    to: kept ?? null,
    reasons: treated.reasons,
    columns: treated.columns,
    files: treated.files,
    persons: { before: treated.before.persons, after: treated.after.persons },
  })
  return printTreated(terminal, treated, { rows: preview === true ? shown : new Map(), kept })
}

/** What a recipe is carried out with. What lets no pseudonym out keeps no table of them. */
export function treatmentFor(
  data: DataFolder,
  recipe: Recipe,
  { escrow, passphrase, lets }: Pick<TransformOptions, 'escrow' | 'passphrase'> & { readonly lets: boolean },
): Promise<TransformBy> {
  if (!lets || escrow === undefined) return treatmentOf(data, { recipe })
  return treatmentOf(data, { recipe, escrow, ...(passphrase === undefined ? {} : { passphrase }) })
}

function printTreated(
  terminal: Terminal,
  { reasons, columns, before, after }: TreatedBatch,
  {
    rows,
    kept,
  }: { readonly rows: ReadonlyMap<string, readonly (readonly WrittenCell[])[]>; readonly kept: string | undefined },
): ExitCode {
  if (reasons.length > 0) {
    terminal.say({ zh: '没有处理，原因：', en: 'Not treated. The reasons:' })
    for (const { words, citation, file } of reasons) {
      terminal.say(
        `  ${file === undefined ? '' : `${file}: `}${terminal.text(words)} [${terminal.text(cite(citation))}]`,
      )
    }
    return exitCode.no
  }
  for (const file of new Set(columns.map((column) => column.file))) {
    terminal.heading({ zh: file, en: file })
    terminal.table(columns.filter((column) => column.file === file).map((column) => columnLine(terminal, column)))
    for (const row of rows.get(file) ?? []) terminal.say(`  ${row.map(shownCell).join(' | ')}`)
  }
  terminal.say({
    zh: `\n人数上限：处理前 ${before.persons.upper}，处理后看似 ${after.persons.upper}；计入规模的是处理前的人数（处理不减少人数）。`,
    en: `\nPersons at most: ${before.persons.upper} before, ${after.persons.upper} by what is left; those before are the ones that count (no treatment takes anybody out).`,
  })
  if (kept !== undefined) terminal.say({ zh: `已写入 ${kept}`, en: `Written to ${kept}` })
  return exitCode.done
}

function columnLine(terminal: Terminal, { column, treatment, cells, emptied }: ColumnDone): readonly string[] {
  const done = treatment === 'keep' ? { zh: '保留', en: 'kept' } : treatmentWords[treatment]
  const counts = { zh: `${cells} 格`, en: `${cells} cells` }
  const lost = { zh: `${emptied} 格不合形式，已置空`, en: `${emptied} not of the form, emptied` }
  return [column, terminal.text(done), terminal.text(counts), emptied === 0 ? '' : terminal.text(lost)]
}

/** What stays as it is shows its first character only: a preview is looked at by more people than the data. */
function shownCell({ treatment, value }: WrittenCell): string {
  const letters = [...value]
  if (treatment === 'suppress') return '—'
  if (treatment !== 'keep' || letters.length === 0) return value
  return `${letters[0]}${'*'.repeat(Math.min(letters.length - 1, 6))}`
}

/** `gate resolve ESCROW --code CODE --passphrase FILE`: what the custodian's table says a pseudonym stands for. */
export async function resolveCommand(
  terminal: Terminal,
  folder: string | undefined,
  { code = [], passphrase }: TransformOptions,
): Promise<ExitCode> {
  if (folder === undefined || code.length === 0) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要对照表文件夹、--code 与 --passphrase。例如：npx tongguan gate resolve ./escrow --code P0Q3… --passphrase li.txt',
      en: 'The folder of the tables, --code and --passphrase are needed. For example: npx tongguan gate resolve ./escrow --code P0Q3… --passphrase li.txt',
    })
  }
  const found = await lookUpCodes(await escrowOf(folder, passphrase), code)
  terminal.answer({ schema: 'tongguan/resolved/1', found })
  terminal.table(found.map((entry) => [entry.code, entry.as, entry.value]))
  const missing = code.filter((one) => found.every((entry) => entry.code !== one))
  if (missing.length === 0) return exitCode.done
  terminal.note({ zh: `对照表中没有：${missing.join('、')}`, en: `Not in the tables: ${missing.join(', ')}` })
  return exitCode.no
}
