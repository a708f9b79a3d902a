import type { Words } from '@tongguan/law'
import { boxed, centred, paragraph, title, w } from '../blocks.ts'
import type { Sheet } from '../blocks.ts'
import type { ContractParagraph, ContractText } from './read-contract.ts'
import { requiredClauses, weakening } from './required-clauses.ts'
import type { ClauseId } from '../answers.ts'
import type { RequiredClause, RequiredPoint } from './required-clauses.ts'
import { standardTerms } from './standard-contract.ts'
import type { StandardTerm } from './standard-contract.ts'

/** A contract held against Order 11 art. 9 and the standard contract (schema `tongguan/contract-check/1`). */
export interface ContractCheck {
  readonly schema: 'tongguan/contract-check/1'
  readonly pages: number
  readonly clauses: readonly CheckedClause[]
  /** Departures from the standard contract (Order 13, annex); a filing follows it word for word, a declaration need not. */
  readonly standardContract: readonly Departure[]
  /** Export clauses are boxed, highlighted or shaded; null where the format does not tell. */
  readonly marked: boolean | null
  readonly chinesePrevails: Quote | null
}

export interface Departure {
  readonly code: StandardTerm['code']
  readonly kind: 'missing' | 'conflict'
  readonly words: Words
  readonly quote: Quote | null
}

export interface CheckedClause {
  readonly code: ClauseId
  readonly words: Words
  /** Every point found and none of them weakened; or the worst of its points. */
  readonly kind: 'found' | 'weaker' | 'missing'
  readonly points: readonly CheckedPoint[]
}

export interface CheckedPoint {
  readonly code: RequiredPoint['code']
  readonly words: Words
  readonly kind: 'found' | 'weaker' | 'missing'
  readonly quote: Quote | null
  /** Why it is weaker than required; null otherwise. */
  readonly because: Words | null
}

export interface Quote {
  readonly page: number
  readonly paragraph: number
  /** At most 160 characters of the paragraph, around what was found. */
  readonly text: string
}

/**
 * Finds the clauses by rules and word lists, Chinese and English; nothing leaves the machine. It reads words, not
 * meaning: "found" says where to look, a lawyer says whether it suffices.
 */
export function checkContract({ pages, paragraphs, format }: ContractText): ContractCheck {
  const read = withHeadings(paragraphs)
  const clauses = requiredClauses.map((clause) => checkClause(clause, read))
  const quoted = new Set(
    clauses.flatMap(({ points }) => points.flatMap(({ quote }) => (quote ? [quote.paragraph] : []))),
  )
  const telling = paragraphs.filter(({ number }) => quoted.has(number))
  const prevails = read.find(({ text }) =>
    /中文.{0,12}(为准|优先)|以中文|chinese.{0,40}(prevail|govern|control)/i.test(text),
  )
  return {
    schema: 'tongguan/contract-check/1',
    pages,
    clauses,
    standardContract: standardTerms.flatMap((term) => departures(term, read)),
    marked: format === 'docx' ? 0 < telling.length && telling.every(({ marked }) => marked) : null,
    chinesePrevails: prevails ? quoteOf(prevails, /中文|chinese/i) : null,
  }
}

/** The contract again, every paragraph that answers art. 9 in a box with its item, as the Guide asks. */
export function markedCopy({ paragraphs }: ContractText, { clauses }: ContractCheck): Sheet {
  const codes = new Map<number, Set<ClauseId>>()
  for (const { code, points } of clauses) {
    for (const { quote } of points) {
      if (quote) codes.set(quote.paragraph, (codes.get(quote.paragraph) ?? new Set()).add(code))
    }
  }
  return {
    style: 'form',
    name: w('法律文件（出境条款加框副本）', 'Legal document (copy with the export clauses boxed)'),
    blocks: [
      title(w('法律文件（出境条款加框副本）', 'Legal document, export clauses boxed')),
      centred(
        w(
          '加框段落对应《数据出境安全评估办法》第九条；正文未改',
          'boxed paragraphs answer Order 11 art. 9; the text is unchanged',
        ),
      ),
      ...paragraphs.map(({ number, text }) => {
        const items = [...(codes.get(number) ?? [])].map((code) => code.slice('K-'.length))
        return items.length === 0
          ? paragraph(text)
          : boxed(text, w(`【第九条第（${items.join('、')}）项】`, ` [art. 9(${items.join(', ')})]`))
      }),
    ],
  }
}

/** A paragraph with the heading it stands under, which often holds the word the paragraph does not repeat. */
interface Read extends ContractParagraph {
  readonly heading: string
  readonly isHeading: boolean
}

function withHeadings(paragraphs: readonly ContractParagraph[]): readonly Read[] {
  let heading = ''
  return paragraphs.map((one) => {
    const isHeading =
      one.text.length <= 40 &&
      /^(第[一二三四五六七八九十百\d]+[条章]|\d+[.、\s]|article|clause|section)/i.test(one.text)
    if (isHeading) heading = one.text
    return { ...one, heading: isHeading ? '' : heading, isHeading }
  })
}

function checkClause({ code, words, points }: RequiredClause, read: readonly Read[]): CheckedClause {
  const checked = points.map((point) => checkPoint(point, read))
  const kinds = checked.map(({ kind }) => kind)
  const kind = kinds.every((one) => one === 'missing')
    ? 'missing'
    : kinds.every((one) => one === 'found')
      ? 'found'
      : 'weaker'
  return { code, words, kind, points: checked }
}

function checkPoint({ code, words, signs }: RequiredPoint, read: readonly Read[]): CheckedPoint {
  const telling = ({ text, heading }: Read) =>
    // The first sign must stand in the paragraph itself; the others may stand in its heading.
    signs.find((all) => (all[0]?.test(text) ?? false) && all.every((sign) => sign.test(`${heading}\n${text}`)))
  const hits = read.filter((one) => !one.isHeading && telling(one) !== undefined)
  const judged = hits.map((hit) => ({ hit, weak: weakening.find(({ sign }) => sign.test(hit.text)) }))
  const best = judged.find(({ weak }) => weak === undefined) ?? judged[0]
  if (!best) return { code, words, kind: 'missing', quote: null, because: null }
  const sign = telling(best.hit)?.[0] ?? /^/
  return {
    code,
    words,
    kind: best.weak ? 'weaker' : 'found',
    quote: quoteOf(best.hit, best.weak?.sign ?? sign),
    because: best.weak?.words ?? null,
  }
}

function departures({ code, words, signs, conflicts }: StandardTerm, read: readonly Read[]): readonly Departure[] {
  const against = conflicts === undefined ? undefined : read.find(({ text }) => conflicts.test(text))
  if (against && conflicts) return [{ code, kind: 'conflict', words, quote: quoteOf(against, conflicts) }]
  const there = signs.every((sign) => read.some(({ text, heading }) => sign.test(`${heading}\n${text}`)))
  return there ? [] : [{ code, kind: 'missing', words, quote: null }]
}

function quoteOf({ page, number, text }: ContractParagraph, sign: RegExp): Quote {
  const at = Math.max(0, text.search(sign) - 60)
  return { page, paragraph: number, text: text.slice(at, at + 160) }
}
