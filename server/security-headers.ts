import type { MiddlewareHandler } from 'hono'

/**
 * Nothing from elsewhere, no script but our own files, never inside another page. antd writes its styles into the page
 * as it runs: those carry the nonce of the page's own answer (docs/decisions). `style` is such a source: a nonce or a hash.
 */
export function contentSecurityPolicy(style?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${style === undefined ? '' : ` ${style}`}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const headers = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** On every answer. What the API says is never stored by a browser or a proxy. */
export function securityHeaders(origin: string): MiddlewareHandler {
  // A browser that has seen the portal once asks for it by https only (RFC 6797).
  const strict = origin.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}
  const all = Object.entries({ ...headers, ...strict })
  return async (c, next) => {
    await next()
    for (const [name, value] of all) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
    c.res.headers.append('Vary', 'Accept-Language')
  }
}
