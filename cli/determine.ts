import { OutOfRange, determine, forecast } from '@tongguan/law'
import type { Crossing, MonthOfExports, Path } from '@tongguan/law'
import { readCsvFile } from '@tongguan/server/contract/csv-file'
import { MonthOfExportsSchema, seriesColumns, seriesExample } from '@tongguan/server/contract/months-of-exports'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { readFacts } from '@tongguan/server/facts-file'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printDetermination, printForecast } from './print-determination.ts'
import type { Terminal } from './terminal.ts'

export async function determineCommand(
  terminal: Terminal,
  file: string,
  options: { readonly on?: string; readonly forecast?: string; readonly data?: string },
): Promise<ExitCode> {
  const lists = await loadedLists(dataFolder(options.data).lists)
  const facts = await readFacts(file, lists)
  const determination = determine(facts, dayOrToday(options.on), { lists })
  if (options.forecast === undefined) {
    terminal.answer(determination)
    printDetermination(terminal, determination)
    return exitCodeOf(determination.path)
  }
  const series = await readCsvFile(options.forecast, MonthOfExportsSchema, {
    columns: seriesColumns,
    example: seriesExample,
  })
  const crossings = foretold(series, options.forecast)
  terminal.answer({ ...determination, forecast: crossings })
  printDetermination(terminal, determination)
  printForecast(terminal, crossings)
  return exitCodeOf(determination.path)
}

/** A series no line can be foretold from is wrong as a whole: the file is named, each row has been looked at before. */
function foretold(series: readonly MonthOfExports[], path: string): readonly Crossing[] {
  try {
    return forecast(series)
  } catch (error) {
    if (!(error instanceof OutOfRange)) throw error
    throw new InputError('input.does-not-fit', {
      zh: `${path}：${error.words.zh}\n请修改后再运行；例如：\n${seriesExample}`,
      en: `${path}: ${error.words.en}\nCorrect it and run again; for example:\n${seriesExample}`,
    })
  }
}

/** 0 with a path, 1 where it may not go at all, 4 where facts are missing (contracts.md, "Determination"). */
export function exitCodeOf(path: Path): ExitCode {
  if (path === 'unknown') return exitCode.notYet
  return path === 'prohibited' || path === 'state-secrets-regime' ? exitCode.no : exitCode.done
}
