import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { App, AppContext, Server } from './app.ts'
import { RequestProblem } from './problem.ts'

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
    if (portal === undefined || (method !== 'GET' && method !== 'HEAD') || path.startsWith('/v1/'))
      return refuse(unknown)
    if (!path.slice(path.lastIndexOf('/')).includes('.')) return send(c, join(portal, 'index.html'), unknown)
    const file = join(portal, decoded(path))
    if (!file.startsWith(portal + sep) || mediaTypes[extname(file)] === undefined) return refuse(unknown)
    return send(c, file, unknown)
  })
}

async function send(c: AppContext, file: string, unknown: RequestProblem): Promise<Response> {
  const bytes = await readOrNull(file)
  if (bytes === null) return refuse(unknown)
  return c.body(bytes, 200, {
    'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
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
