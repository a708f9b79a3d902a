import { determine, pathWords } from '@tongguan/law'
import type { Determination, Evidence, ExportFacts, LegalDate } from '@tongguan/law'
import { AnswersSchema, answersExample } from '@tongguan/server/contract/answers'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { passingKey } from '@tongguan/server/counting-key'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { readFacts } from '@tongguan/server/facts-file'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { firstLook, lookAtData, refuseBroken } from '@tongguan/server/flows/look-at-data'
import { newPilotFolder } from '@tongguan/server/pilot-folder'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCodeOf } from './determine.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printDetermination } from './print-determination.ts'
import { printEvidence } from './print-evidence.ts'
import type { StartOptions } from './start.ts'
import type { Terminal } from './terminal.ts'

/** A first look at one's own data; with facts, the path; with facts and a case folder, on to dossier, case and gate. */
export async function assess(terminal: Terminal, paths: readonly string[], options: StartOptions): Promise<ExitCode> {
  const on = dayOrToday(options.on)
  // A wrong facts file is said before the scan, not after minutes of it.
  const lists = await loadedLists(dataFolder(undefined).lists)
  const facts = options.facts === undefined ? undefined : await readFacts(options.facts, lists)
  terminal.heading({ zh: '扫描', en: 'The scan' })
  const evidence = await scanWithBar(terminal, paths, on)
  refuseBroken(paths, evidence)
  printEvidence(terminal, evidence)

  terminal.heading({ zh: '法定路径', en: 'The legal path' })
  if (facts) {
    const determination = determine(facts, on, { lists })
    printDetermination(terminal, determination)
    if (options.case !== undefined)
      return runOwnCase(terminal, { evidence, facts, determination, folder: options.case, gateDay: on })
    terminal.answer({ evidence, determination })
    return exitCodeOf(determination.path)
  }
  const { determination, possible } = firstLook(evidence, on)
  terminal.answer({ evidence, determination, possible })
  terminal.say({
    zh: '  只有数据、没有事实，不能判定路径。仍然可能的路径：',
    en: '  Data without facts decide no path. The paths that are still possible:',
  })
  for (const { path, if: assumed } of possible) {
    const because = Object.entries(assumed).map(([fact, value]) => `${fact} = ${value}`)
    terminal.say(`    - ${terminal.text(pathWords[path])}: ${because.join(', ')}`)
  }
  terminal.say({
    zh: '  是否豁免取决于目的、合同与必要性，数据里看不出来；须以事实文件逐项回答。缺少的事实：',
    en: '  Whether an exemption applies rests on purpose, contract and necessity, which data do not show; answer them in a facts file. Missing:',
  })
  for (const fact of determination.missing) terminal.say(`    - ${fact}`)
  terminal.say({
    zh: '  下一步：照 examples/hospital-amsterdam/facts.yaml 写一份事实文件，再运行 npx tongguan assess 路径 --facts facts.yaml',
    en: '  Next: write a facts file like examples/hospital-amsterdam/facts.yaml and run npx tongguan assess PATH --facts facts.yaml',
  })
  return exitCode.notYet
}

/** Steps 4 to 6 with one's own case folder: `answers.yaml`, and a folder of `batches/`. */
async function runOwnCase(
  terminal: Terminal,
  own: {
    readonly evidence: Evidence
    readonly facts: ExportFacts
    /** By the law of the gate's day, with the lists an office has loaded. */
    readonly determination: Determination
    readonly folder: string
    readonly gateDay: LegalDate
  },
): Promise<ExitCode> {
  const { runCase, pilotClock } = await import('./run-case.ts')
  const answers = await readYamlFile(join(own.folder, 'answers.yaml'), AnswersSchema, answersExample)
  const batches = await foldersIn(join(own.folder, 'batches'))
  const place = await newPilotFolder(resolve('.tongguan', 'cases'))
  try {
    const { code, summary } = await runCase(terminal, {
      ...own,
      answers,
      batches,
      folder: place.folder,
      determination: determine(own.facts, pilotClock.filed),
      counting: await dataFolder(join(place.folder, 'handler')).countingKey(own.gateDay.slice(0, 4)),
    })
    terminal.answer({ evidence: own.evidence, determination: own.determination, ...summary })
    return code
  } finally {
    place.release()
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('assess.no-batches', {
      zh: `案件文件夹里没有 batches 文件夹：${folder}。每个批次放在其中一个子文件夹里。`,
      en: `There is no batches folder in the case folder: ${folder}. Put each batch into a folder of its own in it.`,
    })
  }
}

export async function scanWithBar(
  terminal: Terminal,
  paths: readonly string[],
  on: LegalDate,
  counting = passingKey(on.slice(0, 4)),
) {
  const bar = terminal.progress({ zh: '扫描', en: 'scanning' })
  try {
    return await lookAtData(paths, {
      on,
      counting,
      progress: ({ bytesDone, bytes }) => bar.update(bytesDone, bytes),
    })
  } finally {
    bar.stop()
  }
}
