import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { App, AppContext, Server } from './app.ts'
import { RequestProblem } from './problem.ts'
import { contentSecurityPolicy, newNonce } from './security-headers.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/**
 * What is no route of the API: the built portal's files, and its one page for every other address, so that a link into
 * a case opens. Unknown addresses under `/v1` and whatever is not a GET stay problems.
 */
export function portalFiles(app: App, { portal }: Server): void {
  app.notFound(async (c) => {
    const { method, path } = c.req
    const unknown = new RequestProblem('request.unknown-route', { method, path })
    if (
      portal === undefined ||
      (method !== 'GET' && method !== 'HEAD') ||
      path.startsWith('/v1/') ||
      path.startsWith('/public')
    )
      return refuse(unknown)
    const isPage = !path.slice(path.lastIndexOf('/')).includes('.') || path === '/index.html'
    if (isPage) return sendPage(c, join(portal, 'index.html'), unknown)
    const file = join(portal, decoded(path))
    if (!file.startsWith(portal + sep) || mediaTypes[extname(file)] === undefined) return refuse(unknown)
    return send(c, file, unknown)
  })
}

/** The portal's one page, with a nonce of its own for its scripts and the styles antd makes: in the page and in its policy. */
async function sendPage(c: AppContext, file: string, unknown: RequestProblem): Promise<Response> {
  const bytes = await readOrNull(file)
  if (bytes === null) return refuse(unknown)
  const nonce = newNonce()
  return c.body(Buffer.from(bytes).toString('utf8').replaceAll('__CSP_NONCE__', nonce), 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy({
      script: `'nonce-${nonce}'`,
      style: `'nonce-${nonce}'`,
      policy: 'default',
    }),
  })
}

async function send(c: AppContext, file: string, unknown: RequestProblem): Promise<Response> {
  const bytes = await readOrNull(file)
  if (bytes === null) return refuse(unknown)
  const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  return c.body(zipped ? new Uint8Array(gzipSync(bytes)) : bytes, 200, {
    'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    Vary: 'Accept-Encoding',
    // The bundler puts a hash into the names below assets/; the page itself must be looked at anew.
    'Cache-Control': file.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
}

async function readOrNull(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}

function decoded(path: string): string {
  try {
    const text = decodeURIComponent(path)
    return text.includes('\0') ? '' : text
  } catch (error) {
    if (error instanceof URIError) return ''
    throw error
  }
}

function refuse(problem: RequestProblem): never {
  throw problem
}
