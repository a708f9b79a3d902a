import { cite } from '@tongguan/law'
import { faultText } from './completeness.ts'
import { compose } from './compose.ts'
import type { Dossier } from './compose.ts'
import { problem } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Inputs } from './problems.ts'
import type { Words } from '@tongguan/law'

/** One thing a check found: refused (`error`), or asked about (`warning`). */
export interface Finding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly where: string
  readonly words: Words
}

/**
 * Everything the provincial desk would find, as one list: what does not agree, and what the Guide's list misses. The
 * handler runs it before filing and the desk on the bundle, from the same code.
 */
export function findingsOf(dossier: Dossier): readonly Finding[] {
  // The Guide's list is of declarations; what a filing lacks is among its problems.
  if (dossier.filing === 'standard-contract') return dossier.problems
  const missing = dossier.completeness.findings
    .filter(({ kind }) => kind === 'missing')
    .map(({ code, zh, en, citation, faults = [] }): Finding => {
      const { zh: article, en: articleEn } = cite(citation)
      const texts = faults.map(faultText)
      const of = (language: 'zh' | 'en', separator: string) =>
        texts.length === 0 ? '' : ` ${texts.map((text) => text[language]).join(separator)}`
      const words = {
        zh: `缺少：${zh}（${article}）。${of('zh', '；')}`,
        en: `Missing: ${en} (${articleEn}).${of('en', '; ')}`,
      }
      return { code, severity: 'error', where: 'completeness', words }
    })
  return [...dossier.problems, ...missing]
}

export function check(inputs: Inputs): readonly Finding[] {
  return findingsOf(compose(inputs))
}

/** An answer that is still to be given. */
export function missingAnswer(field: string, line: number): Problem {
  return problem('answer.missing', 'error', field, { field, line })
}
