import { useSyncExternalStore } from 'react'

/*
 *  ok ──a request reaches nobody──▶ lost ──the probe is answered──▶ ok
 *
 * What was asked for meanwhile waits (api.ts) and is sent once the server answers; nothing typed is lost.
 */

/** How long after a failed probe the next one goes out, in ms. */
const probeEvery = 2000

let lostSince: Date | null = null
let probe: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const waiting = new Set<() => void>()

/** Since when the server has not answered; null while it does. */
export function useLostSince(): Date | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => lostSince,
  )
}

/** A request reached nobody. Resolves when the server answers again. */
export function connectionBack(): Promise<void> {
  if (lostSince === null) {
    lostSince = new Date()
    probe = setTimeout(() => void tryAgain(), probeEvery)
    for (const listener of listeners) listener()
  }
  return new Promise((resolve) => waiting.add(resolve))
}

/** Asks the server now instead of waiting for the next probe. */
export async function tryAgain(): Promise<void> {
  clearTimeout(probe)
  if (await answers()) return found()
  probe = setTimeout(() => void tryAgain(), probeEvery)
}

async function answers(): Promise<boolean> {
  try {
    await fetch('/seal.svg', { method: 'HEAD', cache: 'no-store' })
    return true
  } catch {
    // fetch rejects only when nobody answered; that is what is asked here.
    return false
  }
}

function found(): void {
  lostSince = null
  for (const resolve of waiting) resolve()
  waiting.clear()
  for (const listener of listeners) listener()
}
