import type { Answers } from './answers.ts'
import { answersIn } from './blocks.ts'
import type { Dossier } from './compose.ts'
import { readWord } from './office-file.ts'

/** A field that somebody changed in Word or WPS. */
export interface Edit {
  /** The path of the answer. */
  readonly key: string
  readonly was: string
  readonly now: string
  /**
   * `answer`: can be taken over as it is. `computed`: printed from a number, a date or the scan, to be changed there.
   * `conflict`: changed in one place and not, or otherwise, in another of the same document. `unknown`: no such field.
   */
  readonly kind: 'answer' | 'computed' | 'conflict' | 'unknown'
}

/**
 * Reads an edited .docx back: every content control that no longer says what the dossier prints, in its order. Text
 * outside the controls is the layout's and is not read.
 *
 * @throws DossierInputError for a file with macros, external parts or entities.
 */
export async function readEdits(
  dossier: Dossier,
  answers: Answers,
  bytes: Uint8Array,
  what: string,
): Promise<readonly Edit[]> {
  const { controls } = await readWord(bytes, what)
  const printed = new Map(dossier.papers.flatMap(({ sheet }) => [...answersIn(sheet)]))
  const edits: Edit[] = []
  for (const [key, texts] of controls) {
    const was = printed.get(key)
    const changed = [...new Set(texts.filter((text) => tidy(text) !== tidy(was ?? '')))]
    const [now] = changed
    if (now === undefined) continue
    if (was === undefined) edits.push({ key, was: '', now, kind: 'unknown' })
    else if (1 < changed.length || changed.length < new Set(texts.map(tidy)).size) {
      for (const text of changed) edits.push({ key, was, now: text, kind: 'conflict' })
    } else edits.push({ key, was, now, kind: answerAt(answers, key) === was ? 'answer' : 'computed' })
  }
  return edits
}

/** The answers with the accepted edits; an edit that is no plain answer is never taken over. */
export function acceptEdits(answers: Answers, edits: readonly Edit[], accepted: ReadonlySet<string>): Answers {
  const changed = structuredClone(answers)
  for (const { key, now, kind } of edits) {
    if (kind !== 'answer' || !accepted.has(key)) continue
    const path = key.split('.')
    const holder = path.slice(0, -1).reduce<unknown>(inner, changed)
    const last = path.at(-1)
    // The path led to a text a moment ago (`answerAt`), so its holder is a record or a list.
    if (typeof holder === 'object' && holder !== null && last !== undefined) Object.assign(holder, { [last]: now })
  }
  return changed
}

export function answerAt(answers: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>(inner, answers)
}

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined

const tidy = (text: string) => text.replaceAll(/\r\n|\r/g, '\n').trim()
