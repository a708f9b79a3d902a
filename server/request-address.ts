import { getConnInfo } from '@hono/node-server/conninfo'
import type { AppContext, Server } from './app.ts'

/**
 * Where a request came from, for the limits of sign-in; `unknown` where there is no connection (a test that calls the app
 * itself). Behind a proxy on this machine it is the last address of `X-Forwarded-For`, the one the proxy itself saw: what
 * stands before it the visitor may have written.
 */
export function addressOf(c: AppContext, { proxied }: Pick<Server, 'proxied'>): string {
  const peer = peerOf(c)
  if (!proxied || !loopback.has(peer)) return peer
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || peer
}

/** The origin a request came to, as its sender sees it; every host that is not one of ours was refused before. */
export function originOf(c: AppContext, { origins }: Pick<Server, 'origins'>): string {
  return origins.find((origin) => new URL(origin).host === c.req.header('host')) ?? ''
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

function peerOf(c: AppContext): string {
  // Hono hands over what the adapter gave it, which its types know nothing of.
  const given: unknown = c.env
  if (typeof given !== 'object' || given === null || !('incoming' in given)) return 'unknown'
  return getConnInfo(c).remote.address ?? 'unknown'
}
