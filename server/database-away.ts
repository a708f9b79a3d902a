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
