import { cite, determine, pathWords, routeWords } from '@tongguan/law'
import type { Determination, Evidence, ExportFacts, LegalDate, Words } from '@tongguan/law'
import type { Answers } from '@tongguan/server/contract/answers'
import { AnswersSchema, answersExample } from '@tongguan/server/contract/answers'
import { changed } from '@tongguan/server/contract/lesson'
import type { Lesson } from '@tongguan/server/contract/lesson'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import type { CountingKey } from '@tongguan/server/counting-key'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { contractOf } from '@tongguan/server/flows/review-declaration'
import { firstPilot } from '@tongguan/server/pilots'
import type { Pilot } from '@tongguan/server/pilots'
import { newPilotFolder } from '@tongguan/server/pilot-folder'
import type { PilotFolder } from '@tongguan/server/pilot-folder'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { factsOf, findPilot, generate, readPilots } from '../examples/pilots.ts'
import type { PilotData } from '../examples/pilots.ts'
import { root } from '../scripts/start.mjs'
import { scanWithBar } from './assess.ts'
import { day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printDetermination } from './print-determination.ts'
import { printEvidence } from './print-evidence.ts'
import { pilotClock, runCase } from './run-case.ts'
import type { RanCase } from './run-case.ts'
import { portOf } from './serve.ts'
import type { Terminal } from './terminal.ts'

interface DemoOptions {
  readonly list?: boolean
  readonly once?: boolean
  readonly on?: string
  readonly port?: string
  readonly data?: string
}

/** A worked example of one sector, from generated data to what the law makes of it; an assessment goes on to the gate. */
export async function demo(terminal: Terminal, name: string | undefined, options: DemoOptions): Promise<ExitCode> {
  if (options.list === true) return listPilots(terminal)
  const pilot = await findPilot(name ?? firstPilot)
  if (pilot === undefined) throw await noSuchPilot(name ?? firstPilot)
  const gateDay = options.on === undefined ? pilotClock.gate : day(options.on)
  const port = portOf(options.port)
  const place = await newPilotFolder(options.data ?? join(root, '.tongguan', 'pilot'))
  try {
    sayOthers(terminal, place)
    const ran = await runWhole(terminal, pilot, place.folder, gateDay)
    if (options.once === true || ran.code !== exitCode.done || ran.answers === undefined) {
      terminal.answer(ran.answer)
      return ran.code
    }
    const { servePilot } = await import('./pilot-portal.ts')
    return await servePilot(terminal, {
      pilot: place,
      gateDay,
      ...ran,
      answers: ran.answers,
      ...(port === undefined ? {} : { port }),
    })
  } finally {
    place.release()
  }
}

async function listPilots(terminal: Terminal): Promise<ExitCode> {
  const pilots = await readPilots()
  terminal.answer(
    Object.fromEntries(pilots.map(({ name, lesson: { title, teaches } }) => [name, { ...title, teaches }])),
  )
  for (const { name, lesson } of pilots) {
    terminal.say(`${name}  ${terminal.text(lesson.title)}`)
    terminal.say(`    ${terminal.text(lesson.teaches)}`)
  }
  return exitCode.done
}

async function noSuchPilot(name: string): Promise<InputError> {
  const names = (await readPilots()).map((pilot) => pilot.name)
  return new InputError('demo.no-such-pilot', {
    zh: `没有示例“${name}”；现有：${names.join('、')}`,
    en: `There is no pilot "${name}"; there is ${names.join(', ')}`,
  })
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

interface RanPilot {
  readonly code: ExitCode
  readonly evidence: Evidence
  readonly facts: ExportFacts
  /** Only where a declaration was written, and a portal has a case to show. */
  readonly answers?: Answers
  /** What was done, for whoever asked for JSON. */
  readonly answer: object
}

async function runWhole(
  terminal: Terminal,
  pilot: Pilot,
  folder: string,
  gateDay: typeof pilotClock.gate,
): Promise<RanPilot> {
  try {
    return await runPilot(terminal, pilot, folder, gateDay)
  } catch (error) {
    // What broke off shows nothing; the folder would only be half a case.
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function runPilot(
  terminal: Terminal,
  pilot: Pilot,
  folder: string,
  gateDay: typeof pilotClock.gate,
): Promise<RanPilot> {
  const since = performance.now()
  const { lesson } = pilot
  terminal.say({
    zh: `示例：${lesson.title.zh}（模拟，无法律效力；人物与机构均为虚构）`,
    en: `The pilot: ${lesson.title.en} (a simulation without legal effect; persons and institutions are invented)`,
  })
  terminal.say({ zh: `学什么：${lesson.teaches.zh}`, en: `What it teaches: ${lesson.teaches.en}` })
  terminal.say({
    zh: `案件时钟：${pilotClock.filed} 申报，${gateDay} 放行。文件夹：${relative(process.cwd(), folder)}`,
    en: `The case's clock: filed on ${pilotClock.filed}, gate on ${gateDay}. Folder: ${relative(process.cwd(), folder)}`,
  })

  terminal.heading({ zh: '一、数据', en: '1. The data' })
  const made = await generateWithBar(terminal, pilot, folder)
  terminal.say({
    zh: `  已生成 ${relative(process.cwd(), made.data)}`,
    en: `  Made in ${relative(process.cwd(), made.data)}`,
  })

  terminal.heading({ zh: '二、扫描', en: '2. The scan' })
  const counting = await dataFolder(join(folder, 'handler')).countingKey(gateDay.slice(0, 4))
  const evidence = await scanWithBar(terminal, [made.data], pilotClock.filed, counting)
  printEvidence(terminal, evidence)
  terminal.say({
    zh: `  生成器放入 ${lesson.persons.inData} 人，其中 ${lesson.persons.sensitive} 人涉及敏感个人信息`,
    en: `  The generator put in ${lesson.persons.inData} persons, ${lesson.persons.sensitive} of them with sensitive data`,
  })

  const declared = made.declared ?? made.data
  const ofDeclared =
    declared === made.data ? evidence : await scanDeclared(terminal, declared, made.data, pilotClock.filed, counting)

  terminal.heading({ zh: '三、法定路径', en: '3. The legal path' })
  const facts = await factsOf(pilot)
  const determination = determine(facts, gateDay)
  printDetermination(terminal, determination)
  const lessons = printWhatIfs(terminal, lesson, facts, gateDay)

  const own = { evidence: ofDeclared, facts, folder, gateDay, counting, batches: made.batches }
  const answersFile = join(pilot.folder, 'answers.yaml')
  const answers = existsSync(answersFile) ? await readYamlFile(answersFile, AnswersSchema, answersExample) : undefined
  const ran =
    answers === undefined
      ? printWhatIsDue(terminal, determination)
      : await runCase(terminal, {
          ...own,
          answers,
          determination: determine(facts, pilotClock.filed),
          contract: await contractOf(join(pilot.folder, 'contract.txt')),
        })
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  const answer = {
    schema: 'tongguan/demo/1',
    pilot: pilot.name,
    simulated: true,
    folder,
    persons: evidence.persons,
    paths: [{ on: determination.on, path: determination.path }],
    whatIf: lessons,
    ...ran.summary,
    seconds: Number(seconds),
  }
  terminal.say({ zh: `\n全程 ${seconds} 秒。`, en: `\nAll of it took ${seconds} s.` })
  const code = heldAgainst(terminal, lesson, ran)
  return { code, evidence: ofDeclared, facts, answer, ...(answers === undefined ? {} : { answers }) }
}

/** Where part of the data goes by another path, the declaration rests on a scan of its own part alone. */
async function scanDeclared(
  terminal: Terminal,
  declared: string,
  data: string,
  on: LegalDate,
  counting: CountingKey,
): Promise<Evidence> {
  const evidence = await scanWithBar(terminal, [declared], on, counting)
  const { persons } = evidence
  const of = relative(data, declared)
  terminal.say({
    zh: `  其中要申报的“${of}”：不同自然人 ${persons.upper} 人，涉敏感个人信息 ${persons.sensitive.upper} 人`,
    en: `  Of these, “${of}” is to be declared: ${persons.upper} distinct persons, ${persons.sensitive.upper} with sensitive personal information`,
  })
  return evidence
}

/** What one changed fact, or another day's law, makes of it: asked of the law now, not told from the lesson. */
function printWhatIfs(terminal: Terminal, lesson: Lesson, facts: ExportFacts, gateDay: typeof pilotClock.gate) {
  terminal.say({ zh: '  换一个事实：', en: '  With one thing changed:' })
  return lesson.whatIf.map(({ words, on = gateDay, set, because: taught, due = {} }) => {
    const { path, because, alsoBecause } = determine(changed(facts, set), on)
    // Of several reasons the one the lesson is about.
    const reason = because.find((one) => cite(one).en === cite(taught).en) ?? because[0]
    const article = reason === undefined ? { zh: '', en: '' } : cite(reason)
    const byLaw = on === gateDay ? { zh: '', en: '' } : { zh: `（${on} 的规则）`, en: ` (by the law of ${on})` }
    terminal.say({
      zh: `    - ${words.zh}${byLaw.zh}：${pathWords[path].zh}（${article.zh}）`,
      en: `    - ${words.en}${byLaw.en}: ${pathWords[path].en} (${article.en})`,
    })
    for (const one of alsoBecause.filter(({ duty }) => due[duty] === true)) {
      terminal.say({
        zh: `        还须：${one.zh}（${cite(one).zh}）`,
        en: `        due as well: ${one.en} (${cite(one).en})`,
      })
    }
    return { words, on, path }
  })
}

/** A batch may be meant to be held: a pilot has done its job when the gate said of each what the lesson says. */
function heldAgainst(terminal: Terminal, { batches }: Lesson, { code, summary }: RanCase): ExitCode {
  const said = summary.batches
  if (batches === undefined || said === undefined) return code
  const same =
    said.length === batches.length &&
    batches.every((taught, nth) => said[nth]?.outcome === taught || said[nth]?.codes.includes(taught) === true)
  if (same) return exitCode.done
  terminal.say({
    zh: `  与本示例所教的不同：应为 ${batches.join('、')}`,
    en: `  Not what this pilot teaches: expected ${batches.join(', ')}`,
  })
  return exitCode.no
}

/** Without a declaration to write: what is due before anything leaves, with the day each period ends. */
function printWhatIsDue(terminal: Terminal, { path, on, available }: Determination): RanCase {
  terminal.heading({ zh: '四、接下来', en: '4. What is next' })
  const words: Partial<Record<Determination['path'], Words>> = {
    exempt: {
      zh: '  不必申报、不必备案；上面列出的义务逐项做完、留下记录之后才能出境。',
      en: '  Nothing to declare and nothing to file; what is listed above as due is done and recorded first.',
    },
    'contract-or-certification': {
      zh: `  从可用的途径中选一条：${available.map(({ route }) => routeWords[route].zh).join('、')}。标准合同生效之日起 10 个工作日内备案：npx tongguan deadline standard-contract-filing --from ${on}`,
      en: `  Choose one of the routes: ${available.map(({ route }) => routeWords[route].en).join(', ')}. A standard contract is filed within 10 working days of its effect: npx tongguan deadline standard-contract-filing --from ${on}`,
    },
    prohibited: {
      zh: '  现在不得出境。可能适用的处罚：npx tongguan penalties --help',
      en: '  It may not go now. What the law provides for doing it anyway: npx tongguan penalties --help',
    },
  }
  const said = words[path]
  if (said) terminal.say(said)
  return { code: path === 'unknown' ? exitCode.notYet : exitCode.done, summary: {} }
}

async function generateWithBar(terminal: Terminal, pilot: Pilot, folder: string): Promise<PilotData> {
  const bar = terminal.progress({ zh: '生成数据', en: 'making the data' })
  try {
    return await generate(pilot, folder, { progress: ({ done, total }) => bar.update(done, total) })
  } finally {
    bar.stop()
  }
}
