import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { call } from '../cli/call.ts'

export const repository = dirname(dirname(fileURLToPath(import.meta.url)))

/** As `npx tongguan` sets it: each command is a process of its own. */
export const codeCache = join(repository, '.tongguan', 'cache', 'code')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Where {
  readonly cwd?: string
  readonly lang?: 'zh' | 'en'
}

/**
 * What `tongguan` answers, in English unless asked otherwise. It runs in this process: half of a short command's time is
 * a new one. One call at a time, since the working folder is the process's.
 */
export async function tongguan(words: readonly string[], { cwd = repository, lang = 'en' }: Where = {}): Promise<Ran> {
  const [out, err] = [new Said(), new Said()]
  const before = process.cwd()
  process.chdir(cwd)
  try {
    const streams = { in: Readable.from([]), out, err }
    const code = await call(words, { environment: { LANG: languages[lang] }, streams })
    return { code, out: out.text, err: err.text }
  } finally {
    process.chdir(before)
  }
}

/** The same as a user has it, a process of its own that ends by itself: for what a process alone can show. */
export function tongguanProcess(words: readonly string[], { cwd = repository, lang = 'en' }: Where = {}): Ran {
  const ran = spawnSync(process.execPath, [join(repository, 'cli/main.ts'), ...words], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_COMPILE_CACHE: codeCache,
      LANG: languages[lang],
    },
    maxBuffer: 64 << 20,
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

const languages = { zh: 'zh_CN.UTF-8', en: 'C.UTF-8' } as const

class Said extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}
