/** Tells those who listen in this process that a case has a new event; other processes are found by looking. */
export class CaseNews {
  readonly #listeners = new Map<string, Set<() => void>>()

  tell(no: string): void {
    for (const listener of this.#listeners.get(no) ?? []) listener()
  }

  /** Resolves with the next news of the case, after `ms`, or when the signal says stop. */
  wait(no: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const listeners = this.#listeners.get(no) ?? new Set()
      this.#listeners.set(no, listeners)
      const end = () => {
        clearTimeout(timer)
        listeners.delete(end)
        if (listeners.size === 0) this.#listeners.delete(no)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      listeners.add(end)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    })
  }
}
