import type { Words } from '@tongguan/law'

/** The call or an input is wrong: what, where (file, line, field) and what to do. Nothing was changed. Exit code 2. */
export class InputError extends Error {
  readonly code: string
  readonly words: Words

  constructor(code: string, words: Words) {
    super(words.en)
    this.name = 'InputError'
    this.code = code
    this.words = words
  }
}
