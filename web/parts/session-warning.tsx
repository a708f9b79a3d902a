import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useEffect, useState } from 'react'
import { getMe, lookAtSession } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { readSession } from '../session.ts'
import { useSessionEnd } from '../session-end.ts'
import { Dialog } from './dialog.tsx'

/** How long before the end the page warns, in ms: time enough to answer for somebody who reads slowly. */
const warnMs = 5 * 60_000

/**
 * Warns before a session ends for want of use. Another tab may have used it meanwhile, so the server is asked first, in
 * a way that does not prolong it. Nothing on the page is lost either way: whoever signs in again goes on.
 */
export function SessionWarning() {
  const { t } = useSpeech()
  const endsAt = useSessionEnd()
  const queries = useQueryClient()
  const [warned, setWarned] = useState<number | null>(null)
  useEffect(() => {
    if (endsAt === null) return undefined
    const look = async () => {
      const { me } = await lookAtSession()
      if (me !== null) setWarned(endsAt)
    }
    const timer = setTimeout(
      () => {
        void look()
      },
      Math.max(0, endsAt - warnMs - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [endsAt])
  // An answer since then has moved the end: somebody is there.
  const open = warned !== null && endsAt !== null && endsAt - warned < 30_000
  const stay = () => {
    setWarned(null)
    // Asks as somebody signed in: where it was too late, the page asks to sign in again.
    void getMe().then(() => queries.invalidateQueries(readSession))
  }
  return (
    <Dialog open={open} title={t.sessionWarning.title} onCancel={stay}>
      <p>{t.sessionWarning.text}</p>
      <div className="buttons">
        <Button type="primary" onClick={stay}>
          {t.sessionWarning.stay}
        </Button>
      </div>
    </Dialog>
  )
}
