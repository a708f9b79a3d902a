import { assess } from './assess.ts'
import { demo } from './demo.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface StartOptions {
  readonly once?: boolean
  readonly on?: string
  readonly port?: string
  readonly facts?: string
  readonly case?: string
}

/** `npm start`: the pilot case, then the portal; with a path, the first look at that path instead. */
export function start(terminal: Terminal, paths: readonly string[], options: StartOptions): Promise<ExitCode> {
  return paths.length === 0 ? demo(terminal, undefined, options) : assess(terminal, paths, options)
}
