/** How many enquiries one network address may send within an hour; what a whole office sends through one address fits. */
export const webEnquiriesAnHour = 30
const hourMs = 3_600_000

/**
 * Counts what came from each address in the last hour. In memory: a restart forgets, which costs an attacker's target
 * nothing but one more hour's worth.
 */
export function webLimit(now: () => number = Date.now): { readonly allows: (address: string) => boolean } {
  const times = new Map<string, readonly number[]>()
  return {
    allows(address) {
      const since = now() - hourMs
      for (const [one, all] of times) if ((all.at(-1) ?? 0) <= since) times.delete(one)
      const recent = (times.get(address) ?? []).filter((time) => time > since)
      if (recent.length >= webEnquiriesAnHour) return false
      times.set(address, [...recent, now()])
      return true
    },
  }
}
