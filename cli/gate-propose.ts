import { PermitSchema, permitExample } from '@tongguan/server/contract/permit'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { proposeRecipe, recipeText } from '@tongguan/server/flows/propose-recipe'
import type { ProposedFile } from '@tongguan/server/flows/propose-recipe'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { recipientOf, scenarioOf } from './permitted-scenario.ts'
import type { Terminal } from './terminal.ts'
import { writeWhole } from './write-whole.ts'

export interface ProposeOptions {
  readonly permit?: string
  readonly scenario?: string
  readonly recipient?: string
  readonly out?: string
  readonly data?: string
  readonly on?: string
}

/** `gate propose-recipe BATCH --permit P --out R.yaml`: a recipe to begin from; a person reads and changes it. */
export async function proposeCommand(
  terminal: Terminal,
  batch: string | undefined,
  { out, ...options }: ProposeOptions,
): Promise<ExitCode> {
  if (batch === undefined || options.permit === undefined || out === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次文件夹、--permit 与 --out。例如：npx tongguan gate propose-recipe ./batch-1 --permit permit.json --out recipe.yaml',
      en: 'A batch folder, --permit and --out are needed. For example: npx tongguan gate propose-recipe ./batch-1 --permit permit.json --out recipe.yaml',
    })
  }
  if (existsSync(out)) {
    throw new InputError('gate.recipe-exists', {
      zh: `${out} 已存在；请用新的文件名`,
      en: `${out} is there already; name a new file`,
    })
  }
  const permit = await readYamlFile(options.permit, PermitSchema, permitExample)
  const scenario = scenarioOf(permit, options.scenario)
  const { recipe, files } = await proposeRecipe({
    batch,
    scenario,
    recipient: recipientOf(scenario, options.recipient).name,
    work: join(dataFolder(options.data).folder, 'dry-run'),
    on: dayOrToday(options.on),
  })
  await writeWhole(out, recipeText(recipe, terminal.text(head)))
  terminal.answer({ schema: 'tongguan/recipe-proposal/1', recipe, files, out })
  for (const file of files) printProposed(terminal, file)
  terminal.say({ zh: `已写入 ${out}；请逐列核对`, en: `Written to ${out}; read it column by column` })
  return files.some(({ search }) => search?.found === null) ? exitCode.no : exitCode.done
}

const head = {
  zh: '由 tongguan gate propose-recipe 建议，须由人核对。处理是安全措施，不减少计入的人数。',
  en: 'Proposed by tongguan gate propose-recipe, for a person to read. A treatment is a safeguard and takes nobody out of the count.',
}

function printProposed(terminal: Terminal, { recipe, notApproved, search }: ProposedFile): void {
  terminal.heading({ zh: recipe.match, en: recipe.match })
  terminal.table(
    Object.entries(recipe.columns).map(([column, { do: rule, ...how }]) => [
      column,
      rule,
      Object.entries(how)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', '),
    ]),
  )
  if (notApproved.length > 0) {
    const names = notApproved.join(', ')
    terminal.say({ zh: `  许可未列，故删除：${names}`, en: `  Not in the permit, so suppressed: ${names}` })
  }
  if (search === undefined) return
  const { k, columns, found } = search
  const of = columns.join(', ')
  terminal.say(
    found === null
      ? { zh: `  k = ${k}（${of}）：没有达到的层级`, en: `  k = ${k} (${of}): no levels reach it` }
      : {
          zh: `  k = ${k}（${of}）：损失最小的层级；${found.places} 种中查询了 ${found.asked} 种`,
          en: `  k = ${k} (${of}): the levels that lose least; ${found.asked} of ${found.places} were asked about`,
        },
  )
}
