import type { Finding } from '../check.ts'
import { isList, valueAt } from './changes.ts'
import type { Json } from './changes.ts'
import { isPart, sectionIds, sectionOf, sections } from './questions.ts'
import type { Node, SectionId } from './questions.ts'

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
 * Each section by what a check found in it: something wrong needs attention, something missing is in progress once
 * anything stands there, and only a section that lacks nothing is complete. `begun` are the sections somebody has worked
 * on or that were begun with answers; `checked` says whether the answers could be held against each other: before that
 * nothing is complete for lack of anybody looking.
 */
export function sectionStates(
  findings: readonly Finding[],
  { begun, checked }: { readonly begun: ReadonlySet<SectionId>; readonly checked: boolean },
): readonly SectionState[] {
  return sectionIds.map((section) => {
    const here = findings.filter(({ where }) => sectionOf(where) === section)
    const missing = here.filter(({ code }) => code === 'answer.missing').length
    const errors = here.filter(({ code, severity }) => code !== 'answer.missing' && severity === 'error').length
    const warnings = here.filter(({ severity }) => severity === 'warning').length
    const soFar = begun.has(section) ? 'in-progress' : 'not-started'
    // Answers that are all there are complete, even while another section keeps them from being compared; which documents
    // are missing only the comparison finds.
    const whole = checked || (begun.has(section) && section !== 'documents')
    const state = 0 < errors ? 'needs-attention' : 0 < missing ? soFar : whole ? 'complete' : soFar
    return { section, state, missing, errors, warnings }
  })
}

/** The sections in which something is answered: a worked example, or what facts and a scan told, is begun before anybody types. */
export function sectionsAnswered(tree: Json): ReadonlySet<SectionId> {
  return new Set(sections.flatMap(({ id, nodes }) => (nodes.some((node) => isAnswered(node, tree)) ? [id] : [])))
}

function isAnswered(node: Node, around: Json | undefined): boolean {
  const value = valueAt(around, node.key)
  if (!isPart(node)) return isGiven(node.key, value)
  if (node.each === undefined) return node.questions.some((inner) => isAnswered(inner, value))
  // What a member is, where it is one of a list the law gives, stands there before anybody answers.
  const asked = node.questions.filter((inner) => isPart(inner) || inner.key !== node.named || inner.ask === 'line')
  return isList(value) && value.some((member) => asked.some((inner) => isAnswered(inner, member)))
}

/** The id of a scenario is made, not answered; what does not apply (`null`) is not told from what nobody has answered. */
function isGiven(key: string, value: Json | undefined): boolean {
  if (key === 'id' || value === undefined || value === null || value === '') return false
  return !isList(value) || value.some((one) => isGiven('', one))
}
