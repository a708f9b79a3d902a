import {
  certaintyWords,
  cite,
  deadlineWords,
  lengthWords,
  nominalCourse,
  periodFor,
  procedureActorWords,
  procedureOn,
  statutoryPeriods,
  standingOfProcedure,
  weakest,
} from '@tongguan/law'
import type { LegalDate, Stage, Words } from '@tongguan/law'
import { InputError } from '@tongguan/server/errors'
import { day, dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

/** The stages of the assessment by the law of a day; with `--from`, the latest dates of a declaration submitted then. */
export function procedureCommand(
  terminal: Terminal,
  options: { readonly on?: string; readonly from?: string },
): Promise<ExitCode> {
  const on = dayOrToday(options.on)
  const stages = procedureOn(on)
  if (stages.length === 0) throw beforeTheMeasures(on)
  const course = options.from === undefined ? [] : nominalCourse(day(options.from))
  const standing = standingOfProcedure(stages)
  terminal.answer({ schema: 'tongguan/procedure/1', on, stages, course, ...standing })
  terminal.say({ zh: `${on} 的评估程序`, en: `The procedure of the assessment on ${on}` })
  for (const stage of stages) printStage(terminal, stage, on)
  if (course.length > 0) {
    terminal.say({
      zh: '\n各机关均在最后一日办结的日期（可以更早；补充材料可能延长评估）',
      en: '\nDates when each office acts on its last day (it may be earlier; a supplement may extend the assessment)',
    })
    terminal.table(
      course.map(({ kind, from, due, provisional }) => [
        terminal.text(deadlineWords[kind]),
        from,
        due,
        provisional ? terminal.text({ zh: '暂定', en: 'provisional' }) : '',
      ]),
    )
  }
  printStanding(terminal, standing, weakest(...[...stages, ...course].map(({ certainty }) => certainty)))
  return Promise.resolve(exitCode.done)
}

function beforeTheMeasures(on: LegalDate): InputError {
  return new InputError('procedure.not-in-force', {
    zh: `${on} 时《数据出境安全评估办法》尚未施行，没有评估程序；请给出 2022-09-01 或以后的日期`,
    en: `On ${on} the Measures were not in force and there was no procedure; give a day from 2022-09-01`,
  })
}

function printStage(terminal: Terminal, stage: Stage, on: LegalDate): void {
  const actor = procedureActorWords[stage.actor]
  const line = (label: Words, words: Words) =>
    terminal.say({ zh: `    ${label.zh}：${words.zh}`, en: `    ${label.en}: ${words.en}` })
  terminal.say({
    zh: `\n  ${stage.code} ${stage.zh}（${actor.zh}）`,
    en: `\n  ${stage.code} ${stage.en} (${actor.en})`,
  })
  line({ zh: '依据', en: 'Source' }, cite(stage.citation))
  if (stage.certainty !== 'primary') line({ zh: '把握', en: 'Certainty' }, certaintyWords[stage.certainty])
  if (stage.document) line({ zh: '文书', en: 'Document' }, stage.document)
  line({ zh: '期限', en: 'Time' }, clockWords(stage, on))
  if (stage.outcomes.length > 0) {
    line(
      { zh: '结果', en: 'Outcome' },
      { zh: stage.outcomes.map(({ zh }) => zh).join('；'), en: stage.outcomes.map(({ en }) => en).join('; ') },
    )
  }
  if (stage.limits) line({ zh: '注意', en: 'Note' }, stage.limits)
}

function clockWords({ clock }: Stage, on: LegalDate): Words {
  if (clock.kind === 'promptly') return { zh: '及时，没有规定天数', en: 'promptly; no number of days' }
  if (clock.kind === 'no-statutory-time') return { zh: '法律没有规定期限', en: 'no statutory time' }
  const period = periodFor(clock.period, on) ?? statutoryPeriods[clock.period][0]
  const length = lengthWords(period)
  const { starts, direction } = period
  return direction === 'after'
    ? { zh: `${length.zh}，自${starts.zh}起`, en: `${length.en} from ${starts.en}` }
    : { zh: `${starts.zh}前${length.zh}`, en: `${length.en} before ${starts.en}` }
}
