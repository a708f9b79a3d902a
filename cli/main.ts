import { call } from './call.ts'

endWithParent()
// A reader that has seen enough (`| head`) closes the pipe: what it read was the answer.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await call(process.argv.slice(2))

/** A killed launcher cannot tell us; going on alone would hold the pilot's lock. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 250).unref()
}
