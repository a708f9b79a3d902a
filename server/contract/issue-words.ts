import type { Words } from '@tongguan/law'
import type { z } from 'zod'
import { nearest } from './nearest.ts'

/** What is wrong with one field, and what was expected there. */
export interface FieldProblem {
  readonly path: readonly PropertyKey[]
  /** The key itself is wrong, not its value. */
  readonly isKey: boolean
  readonly words: Words
}

/** The problems of a refused input, the telling ones of a choice of shapes. `schema` names the keys that may stand. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], schema: z.core.$ZodType): readonly FieldProblem[] {
  return issues.flatMap((issue) => problems(issue, [], schema))
}

function problems(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
  schema: z.core.$ZodType,
): readonly FieldProblem[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const shapes = issue.errors.filter((branch) => branch.length > 0)
    // The shape that fits furthest is the one that was meant.
    const meant = shapes.reduce<readonly z.core.$ZodIssue[] | null>(
      (best, branch) => (best === null || depth(branch) > depth(best) ? branch : best),
      null,
    )
    if (meant && depth(meant) > 0) return meant.flatMap((inner) => problems(inner, path, schema))
    return [{ path, isKey: false, words: either(shapes.flatMap((branch) => branch.slice(0, 1)).map(expectation)) }]
  }
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path)
    return issue.keys.map((key) => ({ path: [...path, key], isKey: true, words: unknownKey(key, known) }))
  }
  return [{ path, isKey: false, words: expectation(issue) }]
}

/** How far a shape was followed before it broke; a value of the wrong type altogether is not followed at all. */
function depth(branch: readonly z.core.$ZodIssue[]): number {
  return Math.max(
    0,
    ...branch.map((issue) => {
      if (issue.path.length > 0 || issue.code === 'unrecognized_keys') return issue.path.length + 1
      return issue.code === 'invalid_type' && issue.expected !== 'int' ? 0 : 1
    }),
  )
}

function expectation(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_value': {
      const values = issue.values.map(String)
      return { zh: `应为 ${values.join('、')}`, en: `expected ${values.join(', ')}` }
    }
    case 'custom': {
      const words = issue.params?.['words'] as Words | undefined
      return words ?? { zh: issue.message, en: issue.message }
    }
    default:
      return { zh: issue.message, en: issue.message }
  }
}

function typeWords(expected: string): Words {
  const words: Readonly<Record<string, Words>> = {
    int: { zh: '应为整数', en: 'expected a whole number' },
    number: { zh: '应为数字', en: 'expected a number' },
    boolean: { zh: '应为 true 或 false', en: 'expected true or false' },
    string: { zh: '应为文字', en: 'expected a text' },
    array: { zh: '应为列表（每项前加“- ”）', en: 'expected a list, each item after "- "' },
    object: { zh: '应为若干“键: 值”', en: 'expected keys with values' },
  }
  return words[expected] ?? { zh: `应为 ${expected}`, en: `expected ${expected}` }
}

function tooSmall(issue: Extract<z.core.$ZodIssue, { code: 'too_small' }>): Words {
  const least = String(issue.minimum)
  if (issue.origin === 'string') return { zh: '不能为空', en: 'expected a text that is not empty' }
  if (issue.origin === 'array') return { zh: `至少应有 ${least} 项`, en: `expected at least ${least} in the list` }
  return { zh: `应为不小于 ${least} 的整数`, en: `expected a whole number from ${least} up` }
}

function tooBig(issue: Extract<z.core.$ZodIssue, { code: 'too_big' }>): Words {
  const most = String(issue.maximum)
  if (issue.origin === 'array') return { zh: `至多 ${most} 项`, en: `expected at most ${most} in the list` }
  return { zh: `应为不大于 ${most} 的值`, en: `expected at most ${most}` }
}

function either(shapes: readonly Words[]): Words {
  const of = (language: keyof Words) => [...new Set(shapes.map((words) => words[language]))]
  return { zh: of('zh').join('；或者'), en: of('en').join('; or ') }
}

function unknownKey(key: string, known: readonly string[]): Words {
  const [best] = nearest(key, known, 1)
  const near = best && best.edits <= Math.max(2, key.length / 3) ? best.word : null
  const list = known.join(', ')
  return {
    zh: `没有“${key}”这个键${near === null ? '' : `，是否想写“${near}”`}；此处可用：${list}`,
    en: `there is no key "${key}"${near === null ? '' : `, did you mean "${near}"`}; expected one of ${list}`,
  }
}

/** The keys an object at this place may have. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const def = schema._zod.def as unknown as Readonly<Record<string, unknown>> & { readonly type: string }
  const inner = (def['innerType'] ?? def['in'] ?? null) as z.core.$ZodType | null
  if (inner) return keysAt(inner, path)
  if (def.type === 'union') {
    return [...new Set((def['options'] as readonly z.core.$ZodType[]).flatMap((option) => keysAt(option, path)))]
  }
  const [step, ...rest] = path
  if (def.type === 'array') return step === undefined ? [] : keysAt(def['element'] as z.core.$ZodType, rest)
  if (def.type !== 'object') return []
  const shape = def['shape'] as Readonly<Record<string, z.core.$ZodType>>
  if (step === undefined) return Object.keys(shape)
  const next = shape[String(step)]
  return next ? keysAt(next, rest) : []
}
