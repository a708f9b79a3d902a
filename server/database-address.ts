/**
 * The address of a PostgreSQL with TLS asked for where it leads off this machine and says nothing of it: encrypted, and the
 * certificate checked. `?sslmode=disable` (a network of the host's own) and `?sslmode=no-verify` are the operator's word.
 */
export function withTls(address: string): string {
  const url = URL.parse(address)
  if (url === null || url.searchParams.has('sslmode') || url.searchParams.has('ssl') || staysHere(url)) return address
  url.searchParams.set('sslmode', 'verify-full')
  return url.href
}

function staysHere({ hostname, searchParams }: URL): boolean {
  const host = (searchParams.get('host') ?? hostname).replace(/^\[|\]$/g, '')
  return (
    host === '' || host === 'localhost' || host === '::1' || host.startsWith('/') || /^127(\.\d{1,3}){3}$/.test(host)
  )
}

/** Whether a failure to connect is one of TLS: the server has none, or its certificate is not trusted. */
export function isTlsFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return /does not support SSL/.test(error.message) || /^ERR_(TLS|SSL)_|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
}
