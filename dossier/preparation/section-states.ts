import type { Finding } from '../check.ts'
import { sectionIds, sectionOf } from './questions.ts'
import type { SectionId } from './questions.ts'

/** How far a section has come, as the task list says it. */
export interface SectionState {
  readonly section: SectionId
  readonly state: 'not-started' | 'in-progress' | 'complete' | 'needs-attention'
  /** Answers still to be given. */
  readonly missing: number
  readonly errors: number
  readonly warnings: number
}

/**
 * Each section by what a check found in it: something wrong needs attention, something missing is in progress once a
 * person has worked on it, and only a section that was checked and lacks nothing is complete. `checked` says whether the
 * answers could be held against each other; before that nothing is complete for lack of anybody looking.
 */
export function sectionStates(
  findings: readonly Finding[],
  { touched, checked }: { readonly touched: readonly string[]; readonly checked: boolean },
): readonly SectionState[] {
  const worked = new Set(touched.map(sectionOf))
  return sectionIds.map((section) => {
    const here = findings.filter(({ where }) => sectionOf(where) === section)
    const missing = here.filter(({ code }) => code === 'answer.missing').length
    const errors = here.filter(({ code, severity }) => code !== 'answer.missing' && severity === 'error').length
    const warnings = here.filter(({ severity }) => severity === 'warning').length
    const begun = worked.has(section) ? 'in-progress' : 'not-started'
    // Answers that are all there are complete, even while another section keeps them from being compared.
    const state =
      0 < errors ? 'needs-attention' : 0 < missing ? begun : checked || worked.has(section) ? 'complete' : begun
    return { section, state, missing, errors, warnings }
  })
}
