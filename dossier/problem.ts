import type { Words } from '@tongguan/law'
import { problemWords } from './words.ts'

/** Something the office would send the declaration back for (`error`), or that a reviewer would ask about (`warning`). */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  /** The path into the answers, facts or evidence. */
  readonly where: string
  readonly words: Words
}

export type ProblemCode = keyof typeof problemWords

export type Values = Readonly<Record<string, string | number | Words>>

export function problem(code: ProblemCode, severity: Problem['severity'], where: string, values: Values): Problem {
  const fill = (language: 'zh' | 'en') =>
    problemWords[code][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`the words of ${code} want {${name}}, which was not given (${whole})`)
      return typeof value === 'object' ? value[language] : String(value)
    })
  return { code, severity, where, words: { zh: fill('zh'), en: fill('en') } }
}
