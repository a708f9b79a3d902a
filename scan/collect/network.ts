import type { FileErrorCode } from '../words.ts'

/** What the system's or TLS's own error says of a connection; undefined where it is none of theirs. */
export function networkErrorOf(error: unknown): FileErrorCode | undefined {
  const code = (error as { readonly code?: unknown }).code
  if (typeof code !== 'string') return undefined
  if (unreachable.has(code)) return 'scan.source-unreachable'
  if (brokeOff.has(code)) return 'scan.source-broke-off'
  return /^ERR_(TLS|SSL)_|CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^EPROTO$/.test(code) ? 'scan.source-tls' : undefined
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])
const brokeOff = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'PROTOCOL_CONNECTION_LOST',
])

/** A bare error of several attempts (one an address) holds theirs. */
export const firstOf = (error: unknown): unknown => (error instanceof AggregateError ? error.errors[0] : error)
