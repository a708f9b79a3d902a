import type { Answers } from './answers.ts'
import { answersIn } from './blocks.ts'
import type { Dossier } from './compose.ts'
import { DossierInputError } from './errors.ts'
import { readWord } from './office-file.ts'
import { bookmarkOf } from './word.ts'

/** A field that somebody changed in Word or WPS. */
export interface Edit {
  /** The path of the answer. */
  readonly key: string
  readonly was: string
  readonly now: string
  /**
   * `answer`: can be taken over as it is. `computed`: printed from a number, a date or the scan, to be changed there.
   * `conflict`: changed in one place and not, or otherwise, in another of the same document. `unknown`: no such field.
   * `lost`: the document printed it and it is not there any more, so that nobody can tell whether it was changed.
   */
  readonly kind: 'answer' | 'computed' | 'conflict' | 'unknown' | 'lost'
}

/**
 * Reads an edited .docx back: every field that no longer says what the dossier prints, in its order, by its bookmark or,
 * where that is gone, its content control. Text outside the fields is the layout's and is not read.
 *
 * @throws DossierInputError for a file with macros, external parts or entities; `edits.no-fields` where fields are required
 * and none is there.
 */
export async function readEdits(
  dossier: Dossier,
  answers: Answers,
  bytes: Uint8Array,
  what: string,
  { fields = 'optional' }: { readonly fields?: 'required' | 'optional' } = {},
): Promise<readonly Edit[]> {
  const sheets = dossier.papers.map(({ sheet }) => answersIn(sheet))
  const printed = new Map(sheets.flatMap((answersOf) => [...answersOf]))
  const found = fieldsOf(await readWord(bytes, what), printed)
  if (fields === 'required' && ![...found.keys()].some((key) => printed.has(key))) {
    throw new DossierInputError('edits.no-fields', {
      zh: `${what} 中没有本申报的字段（内容控件）：不是 dossier build 写出的文件，或者编辑软件丢失了控件。无法判断是否有修改。`,
      en: `${what} holds no field (content control) of this declaration: dossier build did not write it, or the editor dropped the controls. Whether anything was changed cannot be told.`,
    })
  }
  const edits: Edit[] = []
  for (const [key, texts] of found) {
    const was = printed.get(key)
    const changed = [...new Set(texts.filter((text) => tidy(text) !== tidy(was ?? '')))]
    const [now] = changed
    if (now === undefined) continue
    if (was === undefined) edits.push({ key, was: '', now, kind: 'unknown' })
    else if (1 < changed.length || changed.length < new Set(texts.map(tidy)).size) {
      for (const text of changed) edits.push({ key, was, now: text, kind: 'conflict' })
    } else edits.push({ key, was, now, kind: isAnswer(answerAt(answers, key), was, now) ? 'answer' : 'computed' })
  }
  return fields === 'required' ? [...edits, ...lostFrom(sheets, found)] : edits
}

/** Texts by path. A bookmark of ours goes before the control: LibreOffice cuts controls into pieces and keeps bookmarks whole. */
function fieldsOf(
  { controls, bookmarks }: Awaited<ReturnType<typeof readWord>>,
  printed: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const byMark = [...printed.keys()].flatMap((key) => {
    const texts = bookmarks.get(bookmarkOf(key))
    return texts === undefined ? [] : [[key, texts] as const]
  })
  return new Map([...controls, ...byMark])
}

/** Fields of the paper this document is, the one that shares most fields with it, which it has no more. */
function lostFrom(
  sheets: readonly ReadonlyMap<string, string>[],
  found: ReadonlyMap<string, unknown>,
): readonly Edit[] {
  const shared = (sheet: ReadonlyMap<string, string>) => [...sheet.keys()].filter((key) => found.has(key)).length
  const [paper] = sheets.toSorted((a, b) => shared(b) - shared(a) || a.size - b.size)
  return [...(paper ?? [])]
    .filter(([key]) => !found.has(key))
    .map(([key, was]) => ({ key, was, now: '', kind: 'lost' }))
}

/** The answers with the accepted edits; an edit that is no plain answer is never taken over. */
export function acceptEdits(answers: Answers, edits: readonly Edit[], accepted: ReadonlySet<string>): Answers {
  const changed = structuredClone(answers)
  for (const { key, was, now, kind } of edits) {
    if (kind !== 'answer' || !accepted.has(key)) continue
    const path = key.split('.')
    const holder = path.slice(0, -1).reduce<unknown>(inner, changed)
    const last = path.at(-1)
    const number = numberIn(answerAt(changed, key), was, now)
    // The path led to an answer a moment ago (`answerAt`), so its holder is a record or a list.
    if (typeof holder === 'object' && holder !== null && last !== undefined)
      Object.assign(holder, { [last]: number ?? now })
  }
  return changed
}

const isAnswer = (answer: unknown, was: string, now: string) =>
  answer === was || numberIn(answer, was, now) !== undefined

/** The number of `2700人` where the answer 2600 was printed as `2600人`; undefined where it is not so. */
function numberIn(answer: unknown, was: string, now: string): number | undefined {
  if (typeof answer !== 'number' || !was.startsWith(String(answer))) return undefined
  const unit = was.slice(String(answer).length)
  const digits = tidy(now).endsWith(unit) ? tidy(now).slice(0, tidy(now).length - unit.length) : ''
  const number = Number(digits)
  return /^\d+$/.test(digits) && Number.isSafeInteger(number) ? number : undefined
}

export function answerAt(answers: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>(inner, answers)
}

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined

const tidy = (text: string) => text.replaceAll(/\r\n|\r/g, '\n').trim()
