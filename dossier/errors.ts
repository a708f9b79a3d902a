import type { Words } from '@tongguan/law'

/** An input of this trade cannot be used: what, where and what to do. Nothing was changed. Exit code 2. */
export class DossierInputError extends Error {
  readonly code: string
  readonly words: Words

  constructor(code: string, words: Words) {
    super(words.en)
    this.name = 'DossierInputError'
    this.code = code
    this.words = words
  }
}
