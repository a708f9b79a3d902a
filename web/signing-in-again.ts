import { useSyncExternalStore } from 'react'

/*
 * When a session ends in the middle of something, whoever waits here goes on after the same person has signed in again;
 * the dialog is in parts/sign-in-again.tsx.
 */

let waiting: (() => void)[] = []
const listeners = new Set<() => void>()

/** Resolves once the person has signed in again. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve]
    for (const listener of listeners) listener()
  })
}

/** Whether somebody waits for a new sign-in. */
export function useMustSignInAgain(): boolean {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => waiting.length > 0,
  )
}

/** The person is back: everything that waited goes on. */
export function goOn(): void {
  const resumed = waiting
  waiting = []
  for (const resolve of resumed) resolve()
  for (const listener of listeners) listener()
}
