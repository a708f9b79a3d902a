import { program } from './program.ts'
import { complain } from './complain.ts'
import { Terminal, languageOf } from './terminal.ts'

endWithParent()
// A reader that has seen enough (`| head`) closes the pipe: what it read was the answer.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
const words = process.argv.slice(2)
const terminal = new Terminal({
  language: languageOf(optionValue('--lang'), process.env),
  json: words.includes('--json'),
})
try {
  process.exitCode = await program(terminal).run(words)
} catch (error) {
  process.exitCode = complain(terminal, error)
}

function optionValue(name: string): string | undefined {
  const at = words.indexOf(name)
  return at < 0 ? words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) : words[at + 1]
}

/** A killed launcher cannot tell us; going on alone would hold the pilot's lock. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 250).unref()
}
