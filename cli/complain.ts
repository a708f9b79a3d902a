import type { Words } from '@tongguan/law'
import { CommanderError } from 'commander'
import { exitCode, exitOfRefusal } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { usageFailure } from './usage.ts'

/** Says what went wrong, with its stable code, and answers with the exit code it means. */
export function complain(terminal: Terminal, error: unknown): ExitCode {
  // Help and version end commander the same way a wrong call does.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done
  const { code, words, exit } = failureOf(error)
  if (terminal.json) terminal.answer({ schema: 'tongguan/error/1', code, zh: words.zh, en: words.en })
  terminal.note(`[${code}] ${terminal.text(words)}`)
  if (exit === exitCode.broke && error instanceof Error && process.env['TONGGUAN_DEBUG'])
    terminal.note(error.stack ?? '')
  return exit
}

interface Failure {
  readonly code: string
  readonly words: Words
  readonly exit: ExitCode
}

function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { ...usageFailure(error), exit: exitCode.wrong }
  if (isExpected(error)) return { code: error.code, words: error.words, exit: exitOfRefusal(error.code) }
  const message = error instanceof Error ? error.message : String(error)
  const system = (error as NodeJS.ErrnoException | undefined)?.code
  const cannotWrite = { EACCES: 1, EROFS: 1, EPERM: 1, ENOTDIR: 1, EISDIR: 1, EEXIST: 1 }
  if (system !== undefined && system in cannotWrite) {
    const path = (error as NodeJS.ErrnoException).path ?? ''
    return {
      code: 'input.cannot-write',
      words: {
        zh: `无法读写 ${path}（${system}）。请检查权限或换一个文件夹；没有留下半成品。`,
        en: `Cannot read or write ${path} (${system}). Check the permissions or choose another folder; nothing half-written was left.`,
      },
      exit: exitCode.wrong,
    }
  }
  if (system === 'ENOSPC') {
    return {
      code: 'machine.disk-full',
      words: {
        zh: '磁盘已满（临时目录或所写的文件夹）。请清理或用 TMPDIR 指定更大的临时目录；此前已安全保存的内容不受影响。',
        en: 'The disk is full (the temporary folder, or the one written to). Free some, or name a larger temporary folder in TMPDIR; what was safe before is still safe.',
      },
      exit: exitCode.broke,
    }
  }
  return {
    code: 'machine.broke',
    words: {
      zh: `出了故障：${message}。此前已安全保存的内容不受影响；设置 TONGGUAN_DEBUG=1 可看详情。`,
      en: `Something broke: ${message}. What was safe before is still safe; set TONGGUAN_DEBUG=1 for details.`,
    },
    exit: exitCode.broke,
  }
}

/** Every trade's own errors carry a code and words in both languages. */
function isExpected(error: unknown): error is Error & { readonly code: string; readonly words: Words } {
  return error instanceof Error && 'words' in error && 'code' in error && typeof error.code === 'string'
}
