import type { Words } from './citation.ts'

/** A day or a number the law cannot take, with what to write instead. */
export class OutOfRange extends RangeError {
  readonly code = 'input.out-of-range'
  readonly words: Words

  constructor(words: Words) {
    super(words.en)
    this.name = 'OutOfRange'
    this.words = words
  }
}
