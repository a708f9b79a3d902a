import type { CaseSummary } from '../api.ts'
import { useSpeech } from '../language.tsx'

/** How a status looks; the word always says it, the colour only helps. */
const looks = {
  withProvince: 'running',
  returned: 'waiting',
  confirmed: 'running',
  withNational: 'running',
  accepted: 'running',
  underAssessment: 'running',
  awaitingSupplement: 'waiting',
  decided: 'good',
  underReassessment: 'running',
  final: 'good',
  notAccepted: 'bad',
  terminated: 'bad',
  withdrawn: 'over',
  stopped: 'bad',
  superseded: 'over',
  extended: 'good',
  notExtended: 'bad',
  registered: 'good',
  ended: 'over',
  advised: 'over',
  received: 'running',
  underReview: 'running',
  awaitingRectification: 'waiting',
  closed: 'over',
  dismissed: 'over',
} as const satisfies Record<CaseSummary['status'], 'running' | 'waiting' | 'good' | 'bad' | 'over'>

export function Status({ of: shown }: { readonly of: Pick<CaseSummary, 'status' | 'statusWords'> }) {
  const { of } = useSpeech()
  return <span className={`status status-${looks[shown.status]}`}>{of(shown.statusWords)}</span>
}
