/** Why the database cannot be used just now, whatever was asked of it: it is away, or it has no room to write. */
export function databaseTrouble(error: unknown): 'away' | 'full' | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100' || code === 'ENOSPC') return 'full'
  if (away.has(code) || code.startsWith('08')) return 'away'
  // The driver's own failures, which have no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
    ? 'away'
    : undefined
}

const away: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  // PostgreSQL, appendix A: shut down by its administrator, crashed, not yet up, no connection left.
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** Whether the database was given a text it cannot hold, such as one with U+0000: the request's fault, nobody else's. */
export function isNoText(error: unknown): boolean {
  // PostgreSQL, appendix A: character_not_in_repertoire, untranslatable_character.
  return error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05')
}
