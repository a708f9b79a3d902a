import { certaintyWords, disclaimer } from '@tongguan/law'
import type { Certainty, Standing } from '@tongguan/law'
import type { Terminal } from './terminal.ts'

/**
 * The last lines of every answer of the law: the open questions it touches, how surely its rules are known (null where
 * nothing shown rests on any) and how current they are, what it is not.
 */
export function printStanding(terminal: Terminal, { rules, openPoints }: Standing, certainty: Certainty | null): void {
  terminal.say('')
  for (const { zh, en } of openPoints) {
    terminal.say({ zh: `  未决问题：${zh}`, en: `  Open point: ${en}` })
  }
  const known =
    certainty === null
      ? { zh: '', en: 'Rules' }
      : { zh: `依据的把握：${certaintyWords[certainty].zh}；`, en: `Certainty: ${certaintyWords[certainty].en}; rules` }
  terminal.say({
    zh: `  ${known.zh}规则截至 ${rules}。${disclaimer.zh}`,
    en: `  ${known.en} as of ${rules}. ${disclaimer.en}`,
  })
}
