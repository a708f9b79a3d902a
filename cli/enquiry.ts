import { instruments } from '@tongguan/law'
import type { Citation, InstrumentId } from '@tongguan/law'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import {
  callBacksOf,
  enquiriesOf,
  figuresOf,
  numbersOf,
  rebuildDesk,
  similarTo,
  takeNote,
} from '@tongguan/server/flows/enquiry-desk'
import { openRecords } from '@tongguan/server/records'
import { readFile, writeFile } from 'node:fs/promises'
import { dayOrToday, day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

interface Options {
  readonly office?: string
  readonly data?: string
  readonly database?: string
  readonly on?: string
  readonly from?: string
  readonly facts?: string
  readonly topic?: string
  readonly organisation?: string
  readonly creditCode?: string
  readonly answer?: string
  readonly cite?: readonly string[]
  readonly officer?: string
  readonly out?: string
}

/** `enquiry note|list|similar|call-backs|numbers|figures|rebuild`: the enquiry desk of one office, from a terminal. */
export async function enquiryCommand(
  terminal: Terminal,
  action: string,
  text: string | undefined,
  options: Options,
): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const act = actions[action]
  if (act === undefined) {
    throw new InputError('enquiry.no-such-action', {
      zh: `没有“enquiry ${action}”；可用：${Object.keys(actions).join('、')}`,
      en: `There is no "enquiry ${action}"; there are ${Object.keys(actions).join(', ')}`,
    })
  }
  const records = await openRecords(
    options.database === undefined ? { folder: data.database } : { url: options.database },
  )
  try {
    return await act(terminal, { records, lists: data.lists, office: officeOf(options), text, options })
  } finally {
    await records.close()
  }
}

interface Call {
  readonly records: Awaited<ReturnType<typeof openRecords>>
  readonly lists: string
  readonly office: string
  readonly text: string | undefined
  readonly options: Options
}

const actions: Readonly<Record<string, (terminal: Terminal, call: Call) => Promise<ExitCode>>> = {
  async note(terminal, { records, lists, office, text, options }) {
    const { facts, topic, organisation, creditCode, answer, officer } = options
    const taken = await takeNote(records, {
      office,
      lists,
      officer: officer ?? 'cli',
      day: dayOrToday(options.on),
      question: needed(text, 'note'),
      ...(topic === undefined ? {} : { topic }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(creditCode === undefined ? {} : { creditCode }),
      ...(facts === undefined ? {} : { facts: await readFile(facts, 'utf8') }),
      ...(answer === undefined ? {} : { answer, citations: (options.cite ?? []).map(citation) }),
    })
    terminal.answer({ schema: 'tongguan/enquiry/1', ...taken })
    terminal.say({ zh: `已记录 ${taken.no}`, en: `Noted as ${taken.no}` })
    if (taken.pathWords !== null) terminal.say(taken.pathWords)
    if (taken.guidance !== null) terminal.say(taken.guidance)
    return exitCode.done
  },
  async list(terminal, { records, office }) {
    const rows = await enquiriesOf(records, office)
    terminal.answer({ schema: 'tongguan/enquiries/1', enquiries: rows })
    terminal.table(rows.map((row) => [row.no, row.received_on, row.status, row.organisation ?? '', row.question]))
    return exitCode.done
  },
  async similar(terminal, { records, office, text }) {
    const rows = await similarTo(records, office, needed(text, 'similar'))
    terminal.answer({ schema: 'tongguan/similar/1', enquiries: rows })
    terminal.table(rows.map(({ no, question, answer }) => [no, question, answer]))
    return exitCode.done
  },
  async 'call-backs'(terminal, { records, lists, office, options }) {
    const rows = await callBacksOf(records, { office, lists, under: dayOrToday(options.on) })
    terminal.answer({ schema: 'tongguan/call-backs/1', callBacks: rows })
    terminal.table(rows.map(({ no, told, wouldBe }) => [no, terminal.text(told), '→', terminal.text(wouldBe)]))
    return exitCode.done
  },
  async numbers(terminal, { records, office, options }) {
    const page = await numbersOf(records, office, dayOrToday(options.on))
    terminal.answer({ schema: 'tongguan/office-numbers/1', ...page })
    terminal.table(
      page.numbers.map(({ words, n, definition }) => [terminal.text(words), String(n), terminal.text(definition)]),
    )
    return exitCode.done
  },
  async figures(terminal, { records, office, options }) {
    const to = dayOrToday(options.on)
    const from = options.from === undefined ? undefined : day(options.from)
    const found = await figuresOf(records, { office, to, ...(from === undefined ? {} : { from }) }, terminal.language)
    if (options.out !== undefined) await writeFile(options.out, options.out.endsWith('.csv') ? found.csv : found.xlsx)
    terminal.answer({ schema: 'tongguan/figures/1', ...found.page })
    terminal.table(found.rows.map((row) => row.map(String)))
    return exitCode.done
  },
  async rebuild(terminal, { records }) {
    await rebuildDesk(records)
    terminal.answer({ schema: 'tongguan/rebuilt/1', rebuilt: true })
    terminal.say({
      zh: '已从事件重建列表、检索与统计',
      en: 'Lists, search and figures were built anew from the events',
    })
    return exitCode.done
  },
}

/** `provisions-2024:7` or `provisions-2024:7(1)(2)`, as data; what it names is checked with the answer. */
function citation(text: string): Citation {
  const found = /^([a-z0-9-]+):(\d+)(?:\((\d+)\))?(?:\((\d+)\))?$/.exec(text)
  if (found === null) throw noCitation(text)
  const [, instrument = '', article, paragraph, item] = found
  if (!isInstrument(instrument)) throw noCitation(text)
  return {
    instrument,
    article: Number(article),
    ...(paragraph === undefined ? {} : { paragraph: Number(paragraph) }),
    ...(item === undefined ? {} : { item: Number(item) }),
  }
}

function isInstrument(name: string): name is InstrumentId {
  return Object.hasOwn(instruments, name)
}

function noCitation(text: string): InputError {
  return new InputError('enquiry.no-such-article', {
    zh: `“${text}”不是条款；请写成 provisions-2024:7 或 provisions-2024:7(1)(2)`,
    en: `"${text}" is no article; write it as provisions-2024:7 or provisions-2024:7(1)(2)`,
  })
}

function officeOf({ office }: Options): string {
  if (office !== undefined && office.trim() !== '') return office
  throw new InputError('enquiry.office-missing', {
    zh: '请用 --office 写明办公室所在地，例如 --office 北京市',
    en: 'Name the office by its province with --office, for example --office 北京市',
  })
}

function needed(text: string | undefined, action: string): string {
  if (text !== undefined) return text
  throw new InputError('enquiry.call-incomplete', {
    zh: `enquiry ${action} 还需要问题的文字`,
    en: `enquiry ${action} needs the text of the question`,
  })
}
