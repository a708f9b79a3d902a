import type { Citation, Words } from '@tongguan/law'
import { reasonWords } from './words.ts'
import type { Facts, HoldCode } from './words.ts'

/** Nothing beyond the purpose, manner, scope, types and scale that passed (Regulations, art. 38). */
export const beyondWhatPassed: Citation = { instrument: 'network-data-regulations-2025', article: 38 }

export interface HoldReason {
  readonly code: HoldCode
  readonly words: Words
  readonly facts: Facts
  readonly citation: Citation
  readonly file?: string
  readonly column?: string
}

export function reason(code: HoldCode, citation: Citation, facts: Facts, file?: string, column?: string): HoldReason {
  const words = reasonWords[code](facts)
  return {
    code,
    words,
    facts,
    citation,
    ...(file === undefined ? {} : { file }),
    ...(column === undefined ? {} : { column }),
  }
}

/** A reason without its words, as it is kept and signed: the words are made where someone reads them. */
export function bareReason({ code, facts, citation, file, column }: HoldReason): BareReason {
  return { code, facts, citation, ...(file === undefined ? {} : { file }), ...(column === undefined ? {} : { column }) }
}

export type BareReason = Omit<HoldReason, 'words'>
