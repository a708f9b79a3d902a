import {
  certaintyWords,
  cite,
  deadline,
  deadlineKinds,
  deadlineWords,
  lengthWords,
  periodFor,
  procedureActorWords,
  statutoryPeriods,
  standingOfDeadline,
} from '@tongguan/law'
import type { Citation, Deadline, DeadlineKind, LegalDate, StatutoryPeriod, Words } from '@tongguan/law'
import { InputError } from '@tongguan/server/errors'
import { day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

export function deadlineCommand(
  terminal: Terminal,
  kind: string,
  options: { readonly from: string },
): Promise<ExitCode> {
  const from = day(options.from)
  const found = deadlineInForce(knownKind(kind), from)
  const { period } = found
  const standing = standingOfDeadline(period)
  terminal.answer({ schema: 'tongguan/deadline/1', ...found, ...standing })
  terminal.say(headline(found))
  say(terminal, { zh: '依据', en: 'Source' }, cite(found.citation))
  say(terminal, { zh: '把握', en: 'Certainty' }, certaintyWords[period.certainty])
  say(terminal, { zh: '谁来办', en: 'Whose act' }, procedureActorWords[period.actor])
  say(terminal, { zh: '起算', en: 'Counted from' }, period.starts)
  if (period.reading) say(terminal, { zh: '理解', en: 'Reading' }, period.reading)
  if (period.extension) say(terminal, { zh: '延长', en: 'Extension' }, period.extension)
  say(terminal, { zh: '逾期', en: 'If missed' }, period.missed)
  say(
    terminal,
    { zh: '算法', en: 'Count by' },
    {
      zh: found.counted.map((rule) => countedBy(rule).zh).join('、'),
      en: found.counted.map((rule) => countedBy(rule).en).join('; '),
    },
  )
  for (const { source, provisional, certainty } of found.calendars) {
    const mark = provisional ? { zh: '（暂定）', en: ' (provisional)' } : { zh: '', en: '' }
    const known = certaintyWords[certainty]
    const words = { zh: `${source.zh}${mark.zh}；${known.zh}`, en: `${source.en}${mark.en}; ${known.en}` }
    say(terminal, { zh: '日历', en: 'Calendar' }, words)
  }
  printWorking(terminal, found)
  printStanding(terminal, standing, found.certainty)
  return Promise.resolve(exitCode.done)
}

/** The kinds there are, for `deadline --help`: the name to type, whose act it is, how long, what it is called. */
export function deadlineKindsHelp(terminal: Terminal): string {
  const width = Math.max(...deadlineKinds.map((kind) => kind.length))
  const lines = deadlineKinds.map((kind) => {
    const lengths = statutoryPeriods[kind].map((period) => terminal.text(lengthWords(period)))
    return `  ${kind.padEnd(width)}  ${terminal.text(deadlineWords[kind])} (${lengths.join(' / ')})`
  })
  return `\n${terminal.text({ zh: '期限种类', en: 'Kinds' })}:\n${lines.join('\n')}`
}

function headline({ kind, from, due, meaning, provisional, period }: Deadline): Words {
  const name = deadlineWords[kind]
  const length = lengthWords(period)
  const back = period.direction === 'before'
  const lead = leads[meaning]
  const mark = provisional
    ? {
        zh: '（暂定：所涉年份的放假安排尚未公布）',
        en: ' (provisional: the holidays of a year in it are not announced)',
      }
    : { zh: '', en: '' }
  return {
    zh: `${name.zh}：自 ${from} ${back ? '往前' : '起'} ${length.zh}，${lead.zh} ${due}${mark.zh}`,
    en: `${name.en}: ${length.en} ${back ? 'before' : 'from'} ${from}, ${lead.en} ${due}${mark.en}`,
  }
}

const leads = {
  latest: { zh: '最迟', en: 'due' },
  earliest: { zh: '最早', en: 'not before' },
  'valid-until': { zh: '有效至', en: 'valid to the end of' },
} as const satisfies Record<Deadline['meaning'], Words>

/** Whether an assessment is an administrative licence is disputed, so the licensing law is followed, not applied. */
function countedBy(rule: Citation): Words {
  const source = cite(rule)
  return rule.instrument === 'licensing-law-2004'
    ? { zh: `${source.zh}（参照）`, en: `${source.en} (by analogy)` }
    : source
}

function say(terminal: Terminal, label: Words, words: Words): void {
  terminal.say({ zh: `  ${label.zh}：${words.zh}`, en: `  ${label.en}: ${words.en}` })
}

function printWorking(terminal: Terminal, { working }: Deadline): void {
  let counted = 0
  terminal.table(
    working.map(({ date, counted: counts, why, provisional }) => [
      date,
      counts ? String(++counted).padStart(3) : '  –',
      terminal.text(why) + (provisional ? terminal.text({ zh: '（暂定）', en: ' (provisional)' }) : ''),
    ]),
  )
}

function deadlineInForce(kind: DeadlineKind, from: LegalDate): Deadline {
  if (periodFor(kind, from) !== undefined) return deadline(kind, from)
  const rows: readonly StatutoryPeriod[] = statutoryPeriods[kind]
  const ranges = rows.map(({ inForce }) => `${inForce.from} – ${inForce.to ?? '…'}`).join(', ')
  throw new InputError('deadline.not-in-force', {
    zh: `对 ${from}，“${deadlineWords[kind].zh}”这一期限没有施行；其施行期间为 ${ranges}。请核对起算日，或用 deadline --help 另选一种`,
    en: `For ${from} no period "${deadlineWords[kind].en}" was in force; it is or was from ${ranges}. Check the date, or choose another kind with deadline --help`,
  })
}

function knownKind(kind: string): DeadlineKind {
  const known = deadlineKinds.find((name) => name === kind)
  if (known) return known
  throw new InputError('deadline.no-such-kind', {
    zh: `没有“${kind}”这种期限；现有：${deadlineKinds.join('、')}`,
    en: `There is no deadline "${kind}"; there are ${deadlineKinds.join(', ')}`,
  })
}
