import { useSyncExternalStore } from 'react'

/*
 * Signing and releasing ask for a fresh proof of who one is; whoever asked for it waits here and goes on after it, or is
 * told that it was not given. The dialog is in parts/step-up.tsx.
 */

let waiting: ((proven: boolean) => void)[] = []
const listeners = new Set<() => void>()

/** Resolves with true once the person has proven who they are, with false where they would rather not. */
export function steppedUp(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve]
    for (const listener of listeners) listener()
  })
}

/** Whether somebody waits for a proof. */
export function useMustStepUp(): boolean {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => waiting.length > 0,
  )
}

export function goOnSteppedUp(proven: boolean): void {
  const resumed = waiting
  waiting = []
  for (const resolve of resumed) resolve(proven)
  for (const listener of listeners) listener()
}
