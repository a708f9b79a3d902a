import { complain } from './complain.ts'
import type { ExitCode } from './exit-codes.ts'
import { program } from './program.ts'
import { Terminal, languageOf } from './terminal.ts'
import type { Streams } from './terminal.ts'

/**
 * One call of `tongguan`: `words` is what was typed behind its name. Everything is said on `streams` (this process's own
 * unless told otherwise); what goes wrong is said there too, and nothing is thrown. Relative paths are of the working folder.
 */
export async function call(
  words: readonly string[],
  { environment = process.env, streams }: { readonly environment?: NodeJS.ProcessEnv; readonly streams?: Streams } = {},
): Promise<ExitCode> {
  const terminal = new Terminal({
    language: languageOf(optionValue(words, '--lang'), environment),
    json: words.includes('--json'),
    ...(streams === undefined ? {} : { streams }),
  })
  try {
    return await program(terminal).run(words)
  } catch (error) {
    return complain(terminal, error)
  }
}

function optionValue(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name)
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1]
}
