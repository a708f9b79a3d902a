import { determine } from '@tongguan/law'
import type { Path } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '@tongguan/server/contract/export-facts'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printDetermination } from './print-determination.ts'
import type { Terminal } from './terminal.ts'

export async function determineCommand(
  terminal: Terminal,
  file: string,
  options: { readonly on?: string },
): Promise<ExitCode> {
  const facts = await readYamlFile(file, ExportFactsSchema, factsExample)
  const determination = determine(facts, dayOrToday(options.on))
  terminal.answer(determination)
  printDetermination(terminal, determination)
  return exitCodeOf(determination.path)
}

/** 0 with a path, 1 where it may not go at all, 4 where facts are missing (contracts.md, "Determination"). */
export function exitCodeOf(path: Path): ExitCode {
  if (path === 'unknown') return exitCode.notYet
  return path === 'prohibited' || path === 'state-secrets-regime' ? exitCode.no : exitCode.done
}
