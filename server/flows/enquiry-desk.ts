import {
  appendEnquiry,
  callBacks,
  enquiryPage,
  firstDayCounted,
  guidanceWords,
  nextSubjectNo,
  rebuild,
  receive,
  similarEnquiries,
  similarInterpretations,
  topicCodes,
  totalsOf,
} from '@tongguan/enquiries'
import type { EnquiryDb, EnquiryTx } from '@tongguan/enquiries'
import { pathWords } from '@tongguan/law'
import type { Citation, LegalDate, Words } from '@tongguan/law'
import { sql } from 'kysely'
import { countGrownCases } from '../case-figures.ts'
import { written } from '../contract/enquiries.ts'
import { ExportFactsSchema, factsExample } from '../contract/export-facts.ts'
import { parseYaml } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import { csvOf, figureRows, figuresPage, officeNumbersPage, xlsxOf } from '../figures-page.ts'
import { statedClock } from '../installation.ts'
import { loadedLists } from '../loaded-lists.ts'
import type { Records } from '../records.ts'
import { segment } from '../segment.ts'

// The enquiry desk for a terminal: what the routes do for a browser, for one office named by the caller.

export interface Note {
  readonly office: string
  readonly officer: string
  readonly day: LegalDate
  readonly question: string
  readonly topic?: string
  readonly organisation?: string
  readonly creditCode?: string
  /** A facts file as text. */
  readonly facts?: string
  readonly answer?: string
  readonly citations?: readonly Citation[]
  /** The folder of the lists the office has loaded. */
  readonly lists: string
}

/** Takes a phone note. Throws InputError with the desk's own code where it is refused; nothing is written then. */
export async function takeNote({ db }: Records, note: Note) {
  const { office, officer, day, topic: named, organisation: name, creditCode, answer, citations = [] } = note
  const topic = topicCodes.find((code) => code === named)
  if (named !== undefined && topic === undefined) {
    throw new InputError('enquiry.no-such-topic', {
      zh: `没有主题“${named}”；可用：${topicCodes.join('、')}`,
      en: `There is no topic "${named}"; there are ${topicCodes.join(', ')}`,
    })
  }
  const facts = note.facts === undefined ? undefined : parseYaml(note.facts, '--facts', ExportFactsSchema, factsExample)
  const at = {
    day,
    officer: { id: `cli:${officer}`, name: officer, office },
    lists: await loadedLists(note.lists),
  }
  return db.transaction().execute(async (all) => {
    const tx = all as unknown as EnquiryTx
    const no = await nextSubjectNo(tx, 'enquiry', day)
    const organisation = name ?? creditCode
    const decided = receive(
      {
        no,
        channel: 'phone',
        question: plain(note.question),
        ...(topic === undefined ? {} : { topic }),
        ...(facts === undefined ? {} : { facts }),
        ...(organisation === undefined
          ? {}
          : { organisation: { name: plain(organisation), ...(creditCode === undefined ? {} : { creditCode }) } }),
        ...(answer === undefined ? {} : { answer: { text: plain(answer), citations } }),
      },
      at,
    )
    if (decided.kind === 'refused') throw new InputError(decided.code, decided.words)
    const taken = await appendEnquiry(tx, no, null, decided.events, segment)
    if (!('no' in taken)) throw new Error(`${no} was given twice`)
    return {
      no,
      status: taken.status,
      path: taken.told?.path ?? null,
      pathWords: taken.told === null ? null : (pathWords[taken.told.path] satisfies Words),
      guidance: taken.answer === null ? null : guidanceWords(taken.answer.law),
    }
  })
}

/** A text without control characters, by the rule of the API. */
function plain(text: string): string {
  const parsed = written(8000).safeParse(text)
  if (parsed.success) return parsed.data
  throw new InputError('input.does-not-fit', {
    zh: '文字含有控制字符或者超过 8000 字；请更正',
    en: 'The text holds control characters or is longer than 8000 characters; correct it',
  })
}

export function enquiriesOf({ db }: Records, office: string) {
  return enquiryPage(db, { office }, { limit: 50 })
}

export async function similarTo({ db }: Records, office: string, text: string) {
  const own = db as unknown as EnquiryDb
  const words = segment(text)
  const interpretations = await similarInterpretations(own, office, words, { limit: 3 })
  const enquiries = await similarEnquiries(own, office, words, { limit: 5 })
  return [
    ...interpretations.map(({ no, content }) => ({ no, question: content.question.zh, answer: content.answer.zh })),
    ...enquiries.map(({ no, question, answer }) => ({ no: no, question, answer: answer ?? '' })),
  ]
}

export async function callBacksOf(
  { db }: Records,
  { office, under, lists }: { readonly office: string; readonly under: LegalDate; readonly lists: string },
) {
  const found = await callBacks(db, office, under, {
    lists: await loadedLists(lists),
    limit: 1000,
  })
  return found.map(({ enquiry, path, pathUnder }) => ({
    no: enquiry.no,
    organisation: enquiry.organisation,
    told: pathWords[path],
    wouldBe: pathWords[pathUnder],
  }))
}

export async function numbersOf({ db }: Records, office: string, to: LegalDate) {
  const own = db as unknown as EnquiryDb
  await countGrownCases(db)
  const from = await firstDayCounted(own, office)
  const totals = from === null ? new Map() : await totalsOf(own, office, { from, to })
  return officeNumbersPage(office, totals, { from, to }, statedClock(to))
}

export async function figuresOf(
  { db }: Records,
  asked: { readonly office: string; readonly from?: LegalDate; readonly to: LegalDate },
  language: keyof Words,
) {
  const own = db as unknown as EnquiryDb
  const { office, to } = asked
  await countGrownCases(db)
  const from = asked.from ?? (await firstDayCounted(own, office)) ?? to
  if (to < from) {
    throw new InputError('figures.period', {
      zh: `统计期间的末日 ${to} 早于首日 ${from}。请更正。`,
      en: `The period ends on ${to}, before it begins on ${from}. Correct it.`,
    })
  }
  const period = { from, to }
  const page = figuresPage(office, await totalsOf(own, office, period), period, statedClock(to))
  const rows = figureRows(page, language)
  return { page, rows, csv: csvOf(rows), xlsx: await xlsxOf(rows) }
}

/** Builds lists, search and figures anew from the events, the cases' part of the figures included. */
export async function rebuildDesk({ db }: Records): Promise<void> {
  await db.transaction().execute(async (all) => {
    await rebuild(all, segment)
    await sql`insert into figure_pending select no from case_file on conflict do nothing`.execute(all)
  })
  await countGrownCases(db)
}
