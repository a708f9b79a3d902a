import type { Words } from '@tongguan/law'
import cliProgress from 'cli-progress'
import stringWidth from 'string-width'
import { Console } from 'node:console'
import { styleText } from 'node:util'

export type Language = 'zh' | 'en'

/** What a terminal hears and says; `isTTY` where a person sits at it. */
export interface Streams {
  readonly in: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly out: NodeJS.WritableStream
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

const ofThisProcess: Streams = {
  // Opened only by the command that asks something.
  get in() {
    return process.stdin
  },
  out: process.stdout,
  err: process.stderr,
}

/** Where a command speaks: answers on stdout, progress and complaints on stderr, in one language. */
export class Terminal {
  readonly language: Language
  readonly json: boolean
  readonly streams: Streams
  readonly #console: Console

  constructor({
    language,
    json,
    streams = ofThisProcess,
  }: {
    readonly language: Language
    readonly json: boolean
    readonly streams?: Streams
  }) {
    this.language = language
    this.json = json
    this.streams = streams
    // A console, unlike a stream, does not fail where its reader has gone (`… | head`).
    this.#console = new Console(streams.out, streams.err)
  }

  /** The text of these words in this terminal's language. */
  text(words: Words): string {
    return words[this.language]
  }

  /** A line of the answer, for people; a command asked for JSON prints none. */
  say(words: Words | string): void {
    if (!this.json) this.#console.log(visible(typeof words === 'string' ? words : this.text(words)))
  }

  heading(words: Words): void {
    if (!this.json) this.#console.log(`\n${styleText('bold', visible(this.text(words)), { stream: this.streams.out })}`)
  }

  /** The answer for machines. */
  answer(value: unknown): void {
    if (this.json) this.#console.log(JSON.stringify(value, null, 2))
  }

  /** A complaint, or something the user should know that is not the answer. */
  note(words: Words | string): void {
    this.#console.error(visible(typeof words === 'string' ? words : this.text(words)))
  }

  /** Rows of cells with the columns lined up, Chinese characters counted as two. */
  table(rows: readonly (readonly string[])[], indent = '  '): void {
    const widths: number[] = []
    for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell))))
    for (const row of rows) {
      const line = row.map((cell, i) => (i === row.length - 1 ? cell : padEnd(cell, widths[i] ?? 0))).join('  ')
      this.say(indent + line.trimEnd())
    }
  }

  /** A bar on stderr that shows itself only when the work takes long enough to wonder, and only on a terminal. */
  progress(label: Words): Progress {
    return this.streams.err.isTTY === true && !this.json ? new Bar(this.text(label), this.streams.err) : silent
  }
}

export interface Progress {
  /** `done` of `total`, in any unit. */
  update(done: number, total: number): void
  stop(): void
}

const silent: Progress = { update: () => undefined, stop: () => undefined }
const quietMs = 400

class Bar implements Progress {
  readonly #bar: cliProgress.SingleBar
  readonly #since = performance.now()
  #shown = false

  constructor(label: string, stream: NodeJS.WritableStream) {
    this.#bar = new cliProgress.SingleBar({
      stream,
      format: `  ${label} {bar} {percentage}%`,
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
    })
  }

  update(done: number, total: number): void {
    if (!this.#shown) {
      if (performance.now() - this.#since < quietMs) return
      this.#shown = true
      this.#bar.start(total, done)
      return
    }
    this.#bar.setTotal(total)
    this.#bar.update(done)
  }

  stop(): void {
    if (this.#shown) this.#bar.stop()
  }
}

/** Names come from others' files: what would move the cursor, colour the screen or turn a line around is shown, not done. */
function visible(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '\u{fffd}')
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

/** `--lang`, or the terminal's own language: Chinese when it says so, English otherwise. */
export function languageOf(option: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const known = option === 'zh' || option === 'en' ? option : undefined
  const setting = known ?? (environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '')
  return setting.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
