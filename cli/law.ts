import {
  catalogues,
  certaintyWords,
  cite,
  ftzLists,
  impactOf,
  pathWords,
  rulesAsOf,
  standingOfLists,
  weakest,
} from '@tongguan/law'
import type { Certainty, Citation, Impact, OpenPoint, Path } from '@tongguan/law'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { importList, loadedLists } from '@tongguan/server/loaded-lists'
import { pastDeterminations } from '@tongguan/server/register-of-determinations'
import { day, dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

interface Options {
  readonly on?: string
  readonly was?: string
  readonly data?: string
  readonly all?: boolean
}

export function lawCommand(
  terminal: Terminal,
  action: string,
  path: string | undefined,
  options: Options,
): Promise<ExitCode> {
  switch (action) {
    case 'impact':
      return impact(terminal, needed(action, path, './register'), options)
    case 'import-list':
      return importCommand(terminal, needed(action, path, 'list.csv'), options)
    case 'lists':
      return lists(terminal, options)
    default:
      throw new InputError('law.no-such-action', {
        zh: `没有“law ${action}”；可用：impact、import-list、lists`,
        en: `There is no "law ${action}"; there are impact, import-list and lists`,
      })
  }
}

function needed(action: string, path: string | undefined, example: string): string {
  if (path !== undefined) return path
  throw new InputError('law.call-incomplete', {
    zh: `law ${action} 还需要一个文件或文件夹，例如：npx tongguan law ${action} ${example}`,
    en: `law ${action} needs a file or folder, for example: npx tongguan law ${action} ${example}`,
  })
}

/** A register can hold a million entries: they are read, judged and counted one by one; only changes are kept. */
async function impact(terminal: Terminal, path: string, options: Options): Promise<ExitCode> {
  const under = dayOrToday(options.on)
  const was = options.was === undefined ? null : day(options.was)
  const loaded = await loadedLists(dataFolder(options.data).lists)
  const counts = new Map<string, number>()
  const touched = new Map<string, OpenPoint>()
  const shown: Impact[] = []
  let cases = 0
  const bar = terminal.progress({ zh: '重新判定', en: 'judging again' })
  const progress = (done: number, total: number) => bar.update(done, total)
  for await (const past of pastDeterminations(path, { was, progress })) {
    const found = impactOf(past, under, { lists: loaded, reasons: options.all === true ? 'always' : 'of-changes' })
    cases++
    for (const point of found.openPoints) touched.set(point.id, point)
    const key = `${found.path}>${found.pathUnder}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (options.all === true || found.change !== 'same') shown.push(found)
  }
  bar.stop()
  const matrix = [...counts].map(([key, number]) => {
    const [from, to] = key.split('>') as [Path, Path]
    return { from, to, cases: number }
  })
  const standing = { rules: rulesAsOf, openPoints: [...touched.values()] }
  terminal.answer({ schema: 'tongguan/impact/1', under, cases, changes: matrix, rows: shown, ...standing })
  terminal.say({
    zh: `${cases} 个案件，按 ${under} 的规则重新判定，${shown.filter(({ change }) => change !== 'same').length} 个结论不同：`,
    en: `${cases} cases, judged again by the law of ${under}; ${shown.filter(({ change }) => change !== 'same').length} come out differently:`,
  })
  terminal.table([
    [
      terminal.text({ zh: '案件', en: 'case' }),
      terminal.text({ zh: '判定日', en: 'on' }),
      terminal.text({ zh: '当日路径', en: 'path then' }),
      terminal.text({ zh: `${under} 的路径`, en: `path on ${under}` }),
      terminal.text({ zh: '把握', en: 'certainty' }),
      terminal.text({ zh: '依据', en: 'by' }),
    ],
    ...shown.map((one) => [
      one.id,
      one.on,
      terminal.text(pathWords[one.path]),
      terminal.text(pathWords[one.pathUnder]),
      terminal.text(certaintyWords[certaintyOf(one)]),
      `${article(terminal, one.because)} → ${article(terminal, one.becauseUnder)}`,
    ]),
  ])
  terminal.say({ zh: '合计：', en: 'In all:' })
  terminal.table(
    matrix.map(({ from, to, cases: number }) => [
      `${terminal.text(pathWords[from])} → ${terminal.text(pathWords[to])}`,
      String(number),
    ]),
  )
  printStanding(terminal, standing, shown.length === 0 ? null : weakest(...shown.map(certaintyOf)))
  return exitCode.done
}

/** As sure as the less sure of the two answers. */
function certaintyOf({ certainty = 'primary', certaintyUnder = 'primary' }: Impact): Certainty {
  return weakest(certainty, certaintyUnder)
}

function article(terminal: Terminal, citation: Citation | undefined): string {
  return citation === undefined ? '–' : terminal.text(cite(citation))
}

async function importCommand(terminal: Terminal, path: string, options: Options): Promise<ExitCode> {
  const { lists: folder } = dataFolder(options.data)
  const rows = await importList(folder, path)
  terminal.answer({ schema: 'tongguan/import-list/1', rows: rows.length, folder })
  terminal.say({
    zh: `已导入 ${rows.length} 条，存于 ${folder}；判定时会使用，只用于否定主张，不用于证成`,
    en: `${rows.length} entries loaded into ${folder}; determine consults them, against a claim and never for one`,
  })
  return exitCode.done
}

/** Which lists there are: what the rule set knows of, what was not obtained, what this office has loaded. */
async function lists(terminal: Terminal, options: Options): Promise<ExitCode> {
  const loaded = await loadedLists(dataFolder(options.data).lists)
  const standing = standingOfLists()
  terminal.answer({ schema: 'tongguan/lists/1', catalogues: Object.values(catalogues), ftzLists, loaded, ...standing })
  for (const { id, title, says } of Object.values(catalogues)) {
    const own = loaded.filter(({ catalogue }) => catalogue === id)
    terminal.say({ zh: `${title.zh}（${id}）：${says.zh}`, en: `${title.en} (${id}): ${says.en}` })
    if (own.length > 0) terminal.say({ zh: `  已导入 ${own.length} 条`, en: `  ${own.length} entries loaded` })
  }
  terminal.say({ zh: '已知的负面清单版本：', en: 'Versions of the negative lists that are known of:' })
  terminal.table(
    ftzLists.map(({ zone, version, from, to, size, certainty }) => [
      zone,
      version,
      `${from} – ${to ?? ''}`,
      size,
      terminal.text(certaintyWords[certainty]),
    ]),
  )
  printStanding(terminal, standing, weakest(...ftzLists.map(({ certainty }) => certainty)))
  return exitCode.done
}
