import { cite, deadline, deadlineKinds, deadlineWords } from '@tongguan/law'
import type { DeadlineKind } from '@tongguan/law'
import { InputError } from '@tongguan/server/errors'
import { day } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export function deadlineCommand(
  terminal: Terminal,
  kind: string,
  options: { readonly from: string },
): Promise<ExitCode> {
  const found = deadline(knownKind(kind), day(options.from))
  terminal.answer({ schema: 'tongguan/deadline/1', ...found })
  terminal.say({
    zh: `${deadlineWords[found.kind].zh}：自 ${found.from} 起 ${found.days} 个工作日，最迟 ${found.due}${found.provisional ? '（暂定：该年放假通知尚未发布）' : ''}`,
    en: `${deadlineWords[found.kind].en}: ${found.days} working days from ${found.from}, due ${found.due}${found.provisional ? ' (provisional: the holiday notice of that year is not out)' : ''}`,
  })
  terminal.say(`  ${terminal.text(cite(found.citation))}`)
  let counted = 0
  terminal.table(
    found.working.map((step) => [
      step.date,
      step.counted ? String(++counted).padStart(3) : '  –',
      terminal.text(step.why),
    ]),
  )
  return Promise.resolve(exitCode.done)
}

function knownKind(kind: string): DeadlineKind {
  const known = deadlineKinds.find((name) => name === kind)
  if (known) return known
  throw new InputError('deadline.no-such-kind', {
    zh: `没有“${kind}”这种期限；现有：${deadlineKinds.join('、')}`,
    en: `There is no deadline "${kind}"; there are ${deadlineKinds.join(', ')}`,
  })
}
