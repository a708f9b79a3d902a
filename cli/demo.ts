import { determine } from '@tongguan/law'
import type { Evidence, ExportFacts } from '@tongguan/law'
import type { Answers } from '@tongguan/server/contract/answers'
import { AnswersSchema, answersExample } from '@tongguan/server/contract/answers'
import { ExportFactsSchema, factsExample } from '@tongguan/server/contract/export-facts'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { contractOf } from '@tongguan/server/flows/review-declaration'
import { newPilotFolder } from '@tongguan/server/pilot-folder'
import type { PilotFolder } from '@tongguan/server/pilot-folder'
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { generatePilot } from '../examples/hospital-amsterdam/generate.ts'
import { root } from '../scripts/start.mjs'
import { scanWithBar } from './assess.ts'
import { day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printDetermination } from './print-determination.ts'
import { printEvidence } from './print-evidence.ts'
import { pilotClock, runCase } from './run-case.ts'
import { portOf } from './serve.ts'
import type { Terminal } from './terminal.ts'

const pilots = {
  'hospital-amsterdam': {
    zh: '北京一家医院向阿姆斯特丹一家大学医学中心提供研究数据',
    en: 'a Beijing hospital sends study data to a university medical centre in Amsterdam',
  },
} as const

interface DemoOptions {
  readonly list?: boolean
  readonly once?: boolean
  readonly on?: string
  readonly port?: string
  readonly data?: string
}

/** The first kind of case the regime ever approved, from raw data to a released and verified batch. */
export async function demo(terminal: Terminal, name: string | undefined, options: DemoOptions): Promise<ExitCode> {
  if (options.list === true) {
    terminal.answer(pilots)
    for (const [pilot, words] of Object.entries(pilots)) terminal.say(`${pilot}  ${terminal.text(words)}`)
    return exitCode.done
  }
  if (name !== undefined && !(name in pilots)) {
    throw new InputError('demo.no-such-pilot', {
      zh: `没有示例“${name}”；现有：${Object.keys(pilots).join('、')}`,
      en: `There is no pilot "${name}"; there is ${Object.keys(pilots).join(', ')}`,
    })
  }
  const gateDay = options.on === undefined ? pilotClock.gate : day(options.on)
  const port = portOf(options.port)
  const pilot = await newPilotFolder(options.data ?? join(root, '.tongguan', 'pilot'))
  try {
    sayOthers(terminal, pilot)
    const ran = await runWhole(terminal, pilot.folder, gateDay)
    if (options.once === true || ran.code !== exitCode.done) {
      terminal.answer(ran.answer)
      return ran.code
    }
    const { servePilot } = await import('./pilot-portal.ts')
    return await servePilot(terminal, { pilot, gateDay, ...ran, ...(port === undefined ? {} : { port }) })
  } finally {
    pilot.release()
  }
}

function sayOthers(terminal: Terminal, { others }: PilotFolder): void {
  for (const { folder, address } of others) {
    const where = relative(process.cwd(), folder)
    terminal.say({
      zh: `另一个示例仍在 ${where} ${address === null ? '运行' : `中打开（${address}）`}，不受影响；本次用自己的文件夹${address === null ? '' : '和端口'}。`,
      en: `Another pilot is ${address === null ? `running in ${where}` : `open at ${address} (${where})`} and is not disturbed; this one has a folder${address === null ? '' : ' and a port'} of its own.`,
    })
  }
}

interface RunPilot {
  readonly code: ExitCode
  readonly evidence: Evidence
  readonly facts: ExportFacts
  readonly answers: Answers
  /** What was done, for whoever asked for JSON. */
  readonly answer: object
}

async function runWhole(terminal: Terminal, folder: string, gateDay: typeof pilotClock.gate): Promise<RunPilot> {
  try {
    return await runPilot(terminal, folder, gateDay)
  } catch (error) {
    // What broke off shows nothing; the folder would only be half a case.
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function runPilot(terminal: Terminal, folder: string, gateDay: typeof pilotClock.gate): Promise<RunPilot> {
  const since = performance.now()
  terminal.say({
    zh: `示例案例：${pilots['hospital-amsterdam'].zh}（模拟，无法律效力；人物与机构均为虚构）`,
    en: `The pilot case: ${pilots['hospital-amsterdam'].en} (a simulation without legal effect; persons and institutions are invented)`,
  })
  terminal.say({
    zh: `案件时钟：${pilotClock.filed} 申报，${gateDay} 放行。文件夹：${relative(process.cwd(), folder)}`,
    en: `The case's clock: filed on ${pilotClock.filed}, gate on ${gateDay}. Folder: ${relative(process.cwd(), folder)}`,
  })

  terminal.heading({ zh: '一、数据', en: '1. The data' })
  const made = await generate(terminal, folder)
  terminal.say({
    zh: `  已生成 ${relative(process.cwd(), made.data)}`,
    en: `  Made in ${relative(process.cwd(), made.data)}`,
  })

  terminal.heading({ zh: '二、扫描', en: '2. The scan' })
  const counting = await dataFolder(join(folder, 'handler')).countingKey(gateDay.slice(0, 4))
  const evidence = await scanWithBar(terminal, [made.data], pilotClock.filed, counting)
  printEvidence(terminal, evidence)

  terminal.heading({ zh: '三、法定路径', en: '3. The legal path' })
  const example = join(root, 'examples', 'hospital-amsterdam')
  const facts = await readYamlFile(join(example, 'facts.yaml'), ExportFactsSchema, factsExample)
  const answers = await readYamlFile(join(example, 'answers.yaml'), AnswersSchema, answersExample)
  printDetermination(terminal, determine(facts, pilotClock.firstCase))
  const determination = determine(facts, gateDay)
  printDetermination(terminal, determination)

  const ran = await runCase(terminal, {
    evidence,
    facts,
    determination: determine(facts, pilotClock.filed),
    answers,
    contract: await contractOf(join(example, 'contract.txt')),
    batches: [made.batches.first, made.batches.second],
    folder,
    gateDay,
    counting,
  })
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  const answer = {
    schema: 'tongguan/demo/1',
    pilot: 'hospital-amsterdam',
    simulated: true,
    folder,
    persons: evidence.persons,
    paths: [determine(facts, pilotClock.firstCase), determination].map(({ on, path }) => ({ on, path })),
    ...ran.summary,
    seconds: Number(seconds),
  }
  terminal.say({ zh: `\n全程 ${seconds} 秒。`, en: `\nAll of it took ${seconds} s.` })
  // The second batch is meant to be held: the pilot has done its job when the gate said so.
  return { code: ran.code === exitCode.no ? exitCode.done : ran.code, evidence, facts, answers, answer }
}

async function generate(terminal: Terminal, folder: string): ReturnType<typeof generatePilot> {
  const bar = terminal.progress({ zh: '生成数据', en: 'making the data' })
  try {
    return await generatePilot(folder, { progress: ({ done, total }) => bar.update(done, total) })
  } finally {
    bar.stop()
  }
}
