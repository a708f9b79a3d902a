import { determine } from '@tongguan/law'
import { AnswersSchema, answersExample } from '@tongguan/server/contract/answers'
import { ExportFactsSchema, factsExample } from '@tongguan/server/contract/export-facts'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { InputError } from '@tongguan/server/errors'
import { prepareDeclaration } from '@tongguan/server/flows/prepare-declaration'
import type { PreparedDeclaration } from '@tongguan/server/flows/prepare-declaration'
import { join } from 'node:path'
import { scanWithBar } from './assess.ts'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import type { Terminal } from './terminal.ts'

interface DossierOptions {
  readonly data?: string
  readonly facts?: string
  readonly out?: string
  readonly on?: string
}

/** `dossier build CASE --data D --facts F --out O` writes the documents; exit code 1 when the office would send them back. */
export async function dossierCommand(
  terminal: Terminal,
  action: string,
  folder: string | undefined,
  options: DossierOptions,
): Promise<ExitCode> {
  if (['init', 'check', 'diff', 'sign', 'verify'].includes(action)) {
    throw new InputError('command.not-there-yet', {
      zh: `dossier ${action} 尚未提供；现有 dossier build（写出时一并检查）。`,
      en: `dossier ${action} is not there yet; there is dossier build, which also checks.`,
    })
  }
  if (action !== 'build') throw noSuchAction('dossier', action, ['build'])
  const { data, facts: factsFile, out } = options
  if (folder === undefined || data === undefined || factsFile === undefined || out === undefined) {
    throw new InputError('dossier.call-incomplete', {
      zh: '需要案件文件夹（内有 answers.yaml）、--data、--facts 与 --out。例如：npx tongguan dossier build ./case --data ./data --facts facts.yaml --out ./dossier',
      en: 'A case folder (with answers.yaml), --data, --facts and --out are needed. For example: npx tongguan dossier build ./case --data ./data --facts facts.yaml --out ./dossier',
    })
  }
  const filedOn = dayOrToday(options.on)
  const facts = await readYamlFile(factsFile, ExportFactsSchema, factsExample)
  const answers = await readYamlFile(join(folder, 'answers.yaml'), AnswersSchema, answersExample)
  const evidence = await scanWithBar(terminal, [data], filedOn)
  const prepared = await prepareDeclaration(
    { evidence, facts, determination: determine(facts, filedOn), answers, filedOn },
    out,
  )
  terminal.answer({ files: prepared.files, problems: prepared.dossier.problems, declaration: prepared.declaration })
  printDossier(terminal, prepared)
  return prepared.dossier.problems.some(({ severity }) => severity === 'error') ? exitCode.no : exitCode.done
}

/** The files written and what the office would send back or ask about. */
export function printDossier(terminal: Terminal, { dossier, files }: PreparedDeclaration): void {
  for (const file of files) terminal.say(`    ${file}`)
  for (const { scenario, items } of dossier.scenarios.map((one) => ({
    scenario: one.answers.name,
    items: one.items,
  }))) {
    terminal.say({
      zh: `  场景“${scenario}”：拟出境 ${items.length} 项，${dossier.kept.length} 项留在境内`,
      en: `  Scenario “${scenario}”: ${items.length} items proposed for export, ${dossier.kept.length} kept in China`,
    })
  }
  const errors = dossier.problems.filter(({ severity }) => severity === 'error')
  terminal.say(
    errors.length === 0
      ? {
          zh: '  与扫描、事实、各文件之间未见矛盾',
          en: '  Nothing contradicts the scan, the facts or another document',
        }
      : { zh: `  ${errors.length} 处会被退回：`, en: `  ${errors.length} points the office would send back:` },
  )
  for (const problem of dossier.problems) {
    terminal.say(
      `    ${problem.severity === 'error' ? '✗' : '!'} [${problem.code}] ${terminal.text(problem.words)}  (${problem.where})`,
    )
  }
}
