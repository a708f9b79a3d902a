/*
 * Whether somebody is there. The page also asks by itself (the case list every minute); such a request must not keep the
 * session of an empty chair alive, so it says that nobody asked for it.
 */

/** So long after the last key or click a request is still somebody's, in ms. */
const presentMs = 60_000

let last = performance.now()
for (const kind of ['pointerdown', 'keydown'] as const) {
  addEventListener(kind, () => (last = performance.now()), { capture: true, passive: true })
}

/** What a request says of who is there. */
export function sessionUse(): Readonly<Record<string, string>> {
  return performance.now() - last < presentMs ? {} : background
}

/** The header of a request that is nobody's: the session is looked at, not used. */
export const background = { 'session-use': 'background' } as const
