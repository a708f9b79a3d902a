import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = dirname(dirname(fileURLToPath(import.meta.url)))

/** As `npx tongguan` sets it: each command is a process of its own. */
export const codeCache = join(repository, '.tongguan', 'cache', 'code')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `tongguan` as a user would, in English unless asked otherwise, and waits for its end. */
export function tongguan(words: readonly string[], { cwd = repository, lang = 'en' } = {}): Ran {
  const ran = spawnSync(process.execPath, [join(repository, 'cli/main.ts'), ...words], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_COMPILE_CACHE: codeCache,
      LANG: lang === 'zh' ? 'zh_CN.UTF-8' : 'C.UTF-8',
    },
    maxBuffer: 64 << 20,
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}
