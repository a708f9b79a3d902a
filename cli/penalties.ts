import {
  breachNames,
  breaches,
  certaintyWords,
  cite,
  penaltiesFor,
  sanctionWords,
  textsNotObtained,
  tierWords,
  standingOfPenalties,
} from '@tongguan/law'
import type { Breach, LegalDate, PenalProvision, PenaltyTier, Words } from '@tongguan/law'
import { InputError } from '@tongguan/server/errors'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

export function penaltiesCommand(
  terminal: Terminal,
  breach: string,
  options: { readonly on?: string },
): Promise<ExitCode> {
  const found = penaltiesFor(knownBreach(breach), dayOrToday(options.on))
  const standing = standingOfPenalties(found)
  terminal.answer({ ...found, act: breaches[found.breach], ...standing })
  const act = breaches[found.breach]
  terminal.say({
    zh: `${act.zh}：${found.on} 有效的、可能适用的规定`,
    en: `${capital(act.en)}: provisions in force on ${found.on} that may apply`,
  })
  for (const provision of found.provisions) printProvision(terminal, provision)
  if (found.provisions.length === 0) {
    terminal.say({
      zh: '  该日没有本规则集所载的有效罚则；这不等于不受处罚',
      en: '  No penal provision of this rule set was in force on that day; that is not to say there was none',
    })
  }
  if (found.leniency.length > 0) terminal.say({ zh: '\n  可以从轻的规定', en: '\n  What may lighten it' })
  for (const rule of found.leniency) {
    terminal.say({
      zh: `    - ${rule.zh}（${cite(rule.citation).zh}）`,
      en: `    - ${rule.en} (${cite(rule.citation).en})`,
    })
  }
  printGaps(terminal, found.breach, found.on)
  terminal.say({
    zh: `\n  以上为条文的幅度，不是预测，也不是建议；适用哪一条、幅度之内如何确定，由主管机关决定。`,
    en: `\n  These are the ranges of the texts, no prediction and no advice; which applies and how much within it is for the authority.`,
  })
  printStanding(terminal, standing, found.certainty)
  // A text that was not read may punish the act: then nothing final can be said.
  return Promise.resolve(found.provisions.length === 0 || found.textNotObtained ? exitCode.notYet : exitCode.done)
}

/** The breaches there are, for `penalties --help`. */
export function breachesHelp(terminal: Terminal): string {
  const width = Math.max(...breachNames.map((name) => name.length))
  const lines = breachNames.map((name) => `  ${name.padEnd(width)}  ${terminal.text(breaches[name])}`)
  return `\n${terminal.text({ zh: '违法行为', en: 'Breaches' })}:\n${lines.join('\n')}`
}

function printProvision(terminal: Terminal, { zh, en, citation, certainty, tiers, refersTo }: PenalProvision): void {
  const source = cite(citation)
  terminal.say({ zh: `\n  ${source.zh}：${zh}`, en: `\n  ${source.en}: ${en}` })
  if (certainty !== 'primary') terminal.say(`    ${terminal.text(certaintyWords[certainty])}`)
  for (const tier of tiers) printTier(terminal, tier)
  if (refersTo) {
    terminal.say({
      zh: `    依照：${refersTo.map((one) => cite(one).zh).join('、')}`,
      en: `    By: ${refersTo.map((one) => cite(one).en).join('; ')}`,
    })
  }
}

function printTier(terminal: Terminal, tier: PenaltyTier): void {
  const { entity, persons } = tier
  const when = tierWords(tier)
  const listed = (sanctions: PenaltyTier['entity']): Words => ({
    zh: sanctions.map((one) => sanctionWords(one).zh).join('，'),
    en: sanctions.map((one) => sanctionWords(one).en).join(', '),
  })
  terminal.say({ zh: `    ${when.zh}`, en: `    ${capital(when.en)}` })
  terminal.say({ zh: `      单位：${listed(entity).zh}`, en: `      Entity: ${listed(entity).en}` })
  if (persons.length === 0) return
  terminal.say({
    zh: `      直接负责的主管人员和其他直接责任人员：${listed(persons).zh}`,
    en: `      Persons directly in charge or responsible: ${listed(persons).en}`,
  })
}

function printGaps(terminal: Terminal, breach: Breach, on: LegalDate): void {
  for (const gap of textsNotObtained) {
    if (gap.breach !== breach || on < gap.inForce.from || (gap.inForce.to !== undefined && gap.inForce.to < on))
      continue
    terminal.say({
      zh: `\n  未取得的文本：${gap.what.zh}。因此不能说没有其他罚则`,
      en: `\n  Text not obtained: ${gap.what.en}. So it cannot be said that nothing else applies`,
    })
  }
}

function knownBreach(name: string): Breach {
  const known = breachNames.find((breach) => breach === name)
  if (known) return known
  throw new InputError('penalties.no-such-breach', {
    zh: `没有“${name}”这种违法行为；现有：${breachNames.join('、')}`,
    en: `There is no breach "${name}"; there are ${breachNames.join(', ')}`,
  })
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
