import { reason } from '../../rule.ts'
import type { FlowFacts } from '../../facts.ts'
import type { SettledFlow } from '../../matter.ts'

/**
 * Article 24: credit bureaus (征信业管理条例).
 *
 * What a credit bureau collects in China it organises, keeps and processes in China; what it provides abroad follows
 * the laws and the rules of the central bank. Those rules were not obtained, so whether it may go is not said here
 * before the authority has confirmed it, whatever the path.
 */
export const creditBureau = reason(
  { instrument: 'credit-reporting-2013', article: 24 },
  { industry: 'credit-reporting' },
  '征信机构在境内采集的信息，整理、保存、加工在境内进行；向境外提供遵守法律和中国人民银行的规定',
  'What a credit bureau collects in China is organised, kept and processed in China; what it provides abroad follows the laws and the rules of the central bank',
)

/** True where data of a credit bureau leave and nobody has confirmed that the central bank's rules allow it. */
export function awaitsTheCentralBank(flow: FlowFacts, reading: SettledFlow | undefined): boolean {
  return isCreditBureau(flow, reading) && flow.conditions?.confirmedByAuthority !== true
}

export function isCreditBureau({ industry }: FlowFacts, reading: SettledFlow | undefined): boolean {
  return industry === 'credit-reporting' && reading?.leavesChina === true
}
