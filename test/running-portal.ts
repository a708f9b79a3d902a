import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { codeCache, repository } from './command-line.ts'

export interface RunningPortal {
  /** `http://127.0.0.1:7420`, or empty when it ended without serving. */
  readonly address: string
  readonly process: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  /** Everything it has said so far, on both streams. */
  said(this: void): string
}

const running = new Set<ChildProcess>()

/** Ends what a test has left running. */
export function killRunningPortals(): void {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
}

/** Starts `tongguan` as a user would, in English, and waits until it serves (and has said everything), or ends. */
export async function startPortal(words: readonly string[]): Promise<RunningPortal> {
  const child = spawn(process.execPath, [join(repository, 'cli/main.ts'), ...words], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      LANG: 'C.UTF-8',
      NODE_COMPILE_CACHE: codeCache,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let said = ''
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  const address = await new Promise<string>((resolve) => {
    const hear = (part: Buffer) => {
      said += part.toString('utf8')
      const found = /The portal: (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1]
      if (found !== undefined && said.includes('Ctrl-C')) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(() => resolve(''))
  })
  return { address, process: child, ended, said: () => said }
}

/** Signs in and gives the headers of whoever is signed in; throws with what was answered instead. */
export async function signInAt(
  address: string,
  account: { readonly email: string; readonly password: string },
): Promise<Record<string, string>> {
  const answer = await fetch(`${address}/v1/session`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`)
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', origin: address }
}
