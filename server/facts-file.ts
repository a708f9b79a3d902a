import type { CatalogueRow, ExportFacts } from '@tongguan/law'
import { exportFactsSchemaWith, factsExample } from './contract/export-facts.ts'
import { parseYaml, readText } from './contract/yaml-file.ts'

/** Facts stated now. Throws InputError naming line, column and what was expected; `lists` may add names of places. */
export async function readFacts(path: string, lists: readonly CatalogueRow[]): Promise<ExportFacts> {
  return parseFacts(await readText(path), path, lists)
}

/** The same for a text already read; `path` only names it in messages. */
export function parseFacts(text: string, path: string, lists: readonly CatalogueRow[]): ExportFacts {
  return parseYaml(text, path, exportFactsSchemaWith(lists), factsExample)
}
