import type { Kind } from '@tongguan/law'
import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/**
 * A column whose cells are all words of one short list. No single cell proves anything, and few different values are the
 * rule; whether a person is meant, the table says.
 */
export const closedList = (
  kind: Kind,
  source: string,
  words: string,
  options: { readonly alone: boolean; readonly confusedWith: string },
): Detector => ({
  kind,
  source,
  cell: `^(?:${words.trim().split(/\s+/).map(literal).join('|')})$`,
  chance: 0.5,
  rate: 0.9,
  distinct: 0,
  closed: true,
  alone: options.alone,
  because: 'dictionary',
  confusedWith: options.confusedWith,
  mask: keepEnds(1, 0),
})

// `_` stands for a space or hyphen, letters for both cases of the first one.
const literal = (word: string): string =>
  word
    .replaceAll('.', '\\.')
    .replaceAll('_', '[ -]')
    .replace(/^[a-z]/, (first) => `[${first}${first.toUpperCase()}]`)
