import type { CaseClock } from '../api.ts'
import { useSpeech } from '../language.tsx'

/** From how many working days left a due date is near. */
const near = 3

/** How many working days are left, in words; the colour only helps. */
export function DaysLeft({ clock }: { readonly clock: Pick<CaseClock, 'workingDaysLeft'> }) {
  const { t } = useSpeech()
  const left = clock.workingDaysLeft
  if (left === null) return <span className="soft">{t.due.ended}</span>
  if (left < 0) return <span className="late">{t.due.late(-left)}</span>
  if (left === 0) return <span className="near">{t.due.today}</span>
  return <span className={left <= near ? 'near' : undefined}>{t.due.left(left)}</span>
}
