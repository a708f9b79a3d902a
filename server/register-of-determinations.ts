import type { LegalDate, PastDetermination } from '@tongguan/law'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { ExportFactsSchema, factsExample } from './contract/export-facts.ts'
import { PastDeterminationSchema, pastDetermination, pastDeterminationExample } from './contract/past-determination.ts'
import { parseYaml, readYamlFile } from './contract/yaml-file.ts'
import { InputError } from './errors.ts'
import { jsonOf } from './json-text.ts'

/**
 * Reads a register of past determinations one by one: a folder of YAML or JSON files, or a file of one JSON a line. An
 * entry says its day (`on`) and its facts; files of facts alone are taken where `was` gives the day for all of them.
 * Throws InputError naming file and line where an entry does not fit.
 */
export async function* pastDeterminations(
  path: string,
  { was, progress }: { readonly was: LegalDate | null; readonly progress: (done: number, total: number) => void },
): AsyncGenerator<PastDetermination> {
  const files = await filesOf(path)
  if (files === null) return yield* fromLines(path, progress)
  for (const [index, file] of files.entries()) {
    progress(index, files.length)
    const name = basename(file, extname(file))
    if (was === null) {
      yield pastDetermination(await readYamlFile(file, PastDeterminationSchema, pastDeterminationExample), name)
    } else {
      yield { id: name, on: was, facts: await readYamlFile(file, ExportFactsSchema, factsExample) }
    }
  }
}

async function* fromLines(
  path: string,
  progress: (done: number, total: number) => void,
): AsyncGenerator<PastDetermination> {
  const input = createReadStream(path)
  const { size } = await stat(path)
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++
    if (line % 1_000 === 0) progress(input.bytesRead, size)
    if (text.trim() === '') continue
    const parsed = PastDeterminationSchema.safeParse(jsonOf(text))
    if (parsed.success) {
      yield pastDetermination(parsed.data, `${line}`)
      continue
    }
    // Read again the slow way, which says what is wrong where.
    parseYaml(text, `${path} (${line})`, PastDeterminationSchema, pastDeterminationExample)
    throw new Error(`${path} (${line}) was refused and then read`)
  }
}

/** The files of a folder in the order of their names; null for a single file. */
async function filesOf(path: string): Promise<readonly string[] | null> {
  try {
    if (!(await stat(path)).isDirectory()) return null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('input.not-readable', { zh: `没有 ${path}`, en: `There is no ${path}` })
  }
  const names = (await readdir(path)).filter((name) => /\.(ya?ml|json)$/.test(name))
  if (names.length > 0) return names.sort().map((name) => join(path, name))
  throw new InputError('impact.register-empty', {
    zh: `${path} 中没有 .yaml 或 .json 文件`,
    en: `There is no .yaml or .json file in ${path}`,
  })
}
