/** What a browser keeps for us: the session, a sign-in that waits for its second factor, a question to a passkey or a provider. */
export type CookieName = 'session_token' | 'sign_in' | 'passkey' | 'single_sign_on'

export interface CookieJar {
  set(name: CookieName, value: string): string
  forget(name: CookieName): string
  read(headers: Headers, name: CookieName): string | undefined
}

/**
 * The cookies of the portal at `origin`. Browsers share cookies between the ports of one machine, so the port is in the
 * name: two portals side by side must not sign each other out. On https the name's prefix binds them to this host.
 */
export function cookieJar(origin: string): CookieJar {
  const { protocol, port } = new URL(origin)
  const secure = protocol === 'https:'
  const named = (name: CookieName) =>
    `${secure ? '__Host-' : ''}${port === '' ? 'tongguan' : `tongguan-${port}`}.${name}`
  // A provider sends the browser back from its own site; what it has to answer must come along then.
  const sameSite = (name: CookieName) => (name === 'single_sign_on' ? 'Lax' : 'Strict')
  const attributes = (name: CookieName) => `Path=/;${secure ? ' Secure;' : ''} HttpOnly; SameSite=${sameSite(name)}`
  return {
    set: (name, value) => `${named(name)}=${value}; ${attributes(name)}`,
    forget: (name) => `${named(name)}=; Max-Age=0; ${attributes(name)}`,
    read(headers, name) {
      const start = `${named(name)}=`
      const found = (headers.get('cookie') ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(start))
        ?.slice(start.length)
      return found === '' ? undefined : found
    },
  }
}
