import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'

/**
 * Nothing from elsewhere, never inside another page, no script and no style but those named: each a nonce of this answer
 * or a hash. Where a script runs, it cannot turn text into markup or code: Trusted Types refuse it, except through the
 * one policy the portal has for antd's styles (`web/trusted-styles.ts`).
 */
export function contentSecurityPolicy({ script, style, policy = "'none'" }: PageSources = {}): string {
  return [
    "default-src 'none'",
    `script-src ${script ?? "'none'"}`,
    `style-src 'self'${style === undefined ? '' : ` ${style}`}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${policy}`,
  ].join('; ')
}

/** What a page runs and looks like, as a policy names it: `'nonce-…'`, `'sha256-…'`; left out, nothing. */
export interface PageSources {
  readonly script?: string
  readonly style?: string
  /** The Trusted Types policy it may make. */
  readonly policy?: string
}

/** What one answer's own scripts and styles carry, and nobody else can know. */
export function newNonce(): string {
  return randomBytes(16).toString('base64')
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
  // A browser that has seen the portal once asks for it, and what lies below its name, by https only (RFC 6797).
  const strict = origin.startsWith('https:')
    ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }
    : {}
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
