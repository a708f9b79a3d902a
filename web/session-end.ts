import { useSyncExternalStore } from 'react'

/*
 * When the session ends unless it is used, as the last answer said it: in seconds from then, so that it does not matter
 * what the reader's clock says.
 */

let endsAt: number | null = null
const listeners = new Set<() => void>()

/** Takes over what an answer says about the session's end. */
export function hearSessionEnd(answer: Response): void {
  const seconds = answer.headers.get('session-ends-in')
  const next = seconds === null ? null : performance.now() + Number(seconds) * 1000
  // An answer to an open call says nothing about the session; whole seconds make the same end look a little different.
  if (next === null || (endsAt !== null && Math.abs(next - endsAt) < 2000)) return
  endsAt = next
  for (const listener of listeners) listener()
}

/** The moment on the page's own clock (`performance.now()`, ms); null where nobody is signed in. */
export function useSessionEnd(): number | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => endsAt,
  )
}
