import type { Words } from '@tongguan/law'
import { verifyWords } from './words.ts'
import type { Facts, VerifyCheckId, VerifyCode } from './words.ts'

/* What a check of the verifier found. */

export interface Finding {
  readonly id: VerifyCheckId
  readonly problems: readonly VerifyProblem[]
  /** What passed, where the check's own words would say too much. */
  readonly words?: Words
}

export function passed(id: VerifyCheckId): Finding {
  return { id, problems: [] }
}

export interface VerifyProblem {
  readonly code: VerifyCode
  readonly words: Words
  readonly facts: Facts
  readonly file?: string
}

export function problem(code: VerifyCode, facts: Facts): VerifyProblem {
  const { file } = facts
  return { code, words: verifyWords[code](facts), facts, ...(typeof file === 'string' ? { file } : {}) }
}
