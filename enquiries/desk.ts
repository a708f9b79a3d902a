import type { Brand, LegalDate, Words } from '@tongguan/law'
import { fill, refusalWords } from './words.ts'
import type { RefusalCode } from './words.ts'

/** Somebody of an office who does something: told apart by `id` (the account). The office is its province. */
export interface Officer {
  readonly id: string
  readonly name: string
  readonly office: string
}

/** What every event of the desk says beside its own: the legal day it happened on and who did it. */
export interface Happened {
  readonly day: LegalDate
  readonly officer: Officer
}

/** What desk events are about, by the letters of its number. */
export const prefixes = {
  enquiry: 'ZX', // 咨询
  interpretation: 'JD', // 解答
  institution: 'ZD', // 重点机构
  briefing: 'XJ', // 宣讲
} as const

export type SubjectKind = keyof typeof prefixes
/** The number a thing of the desk keeps for life: `ZX-2026-0000001`. */
export type SubjectNo = Brand<string, 'SubjectNo'>

/** Reads a number of this kind. Throws RangeError for anything else. */
export function subjectNo(kind: SubjectKind, text: string): SubjectNo {
  if (!new RegExp(`^${prefixes[kind]}-\\d{4}-\\d{7}$`).test(text)) {
    throw new RangeError(`"${text}" is not such a number; write it as ${prefixes[kind]}-2026-0000001`)
  }
  return text as SubjectNo
}

export type Decided<Event> = { readonly kind: 'decided'; readonly events: readonly [Event, ...Event[]] } | Refusal

/** Normal work, not an error: nothing changes, and the words say what to do. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: RefusalCode
  readonly words: Words
}

export function refuse(code: RefusalCode, facts: Readonly<Record<string, string | number | Words>> = {}): Refusal {
  return { kind: 'refused', code, words: fill(refusalWords[code], facts) }
}
