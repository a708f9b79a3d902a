// Builds the portal into web/dist when its sources have changed since; `npm start` and `npm test` come through here.
// Run by itself it also prints what each page makes the browser load.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { styleElement, styleSource } from '../server/public/style.ts'
import { offlineVerifier, verifyTitle } from '../server/public/verify-page.ts'
import { root, words } from './start.mjs'

const web = join(root, 'web')
const dist = join(web, 'dist')
const stamp = join(dist, '.stamp')

/** Makes web/dist what the sources say; does nothing when it already is. Throws when it cannot be built; the bundler says why. */
export function buildWeb({ sizes = false } = {}): void {
  const wanted = sourcesHash()
  if (!(existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)) {
    const since = performance.now()
    // Beside the last one, which a running portal goes on serving until the new one is whole.
    const half = join(root, '.tongguan', `web-${process.pid}`)
    try {
      bundle(half, 'vite.config.ts')
      bundle(half, 'vite.verifier.config.ts')
      for (const language of ['zh', 'en'] as const) {
        writeFileSync(join(half, offlineVerifier(language)), offlinePage(language, join(half, 'verify.js')))
      }
      writeFileSync(join(half, '.stamp'), wanted)
      rmSync(dist, { recursive: true, force: true })
      renameSync(half, dist)
    } finally {
      rmSync(half, { recursive: true, force: true })
    }
    const seconds = ((performance.now() - since) / 1000).toFixed(1)
    console.error(words(`门户已构建（${seconds} 秒）。`, `The portal is built (${seconds} s).`))
  }
  if (sizes) printSizes()
}

// In a process of its own: under a test runner NODE_ENV is "test", and React would be built with all its warnings.
function bundle(outDir: string, config: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', web, '--config', join(web, config), '--outDir', outDir, '--logLevel', 'warn']
  const run = spawnSync(process.execPath, [vite, ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (run.status !== 0) throw new Error(`the portal could not be built (vite ended with ${String(run.status)})`)
}

// Names and bytes of all that goes in: the portal's files, the vocabulary it shows, what the verifier is made of, and the lock for what npm brings.
function sourcesHash(): string {
  const files = [
    ...globSync('web/**/*.{ts,tsx,css,html,svg,json}', { cwd: root, exclude: ['web/dist/**', 'web/node_modules/**'] }),
    ...globSync('{law,gate,log}/**/*.ts', { cwd: root, exclude: ['*/node_modules/**'] }),
    ...globSync(
      'server/{flows/log-policy,flows/prove-logged,flows/judge-given-files,public/style,public/verify-page}.ts',
      { cwd: root },
    ),
    'package-lock.json',
  ].filter((file) => !file.includes('.test.'))
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

// The verifier as one file: its policy lets it speak to nobody.
function offlinePage(language: 'zh' | 'en', script: string): string {
  const title = verifyTitle[language]
  const code = readFileSync(script, 'utf8').replaceAll('</script', '<\\/script')
  const hash = createHash('sha256').update(code).digest('base64')
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src ${styleSource}; require-trusted-types-for 'script'; trusted-types 'none'`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en-US'}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${styleElement}</head>
<body><main><div class="in"><h1>${title}</h1><div id="verifier"></div></div></main>
<script>${code}</script></body></html>
`
}

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

function printSizes(): void {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true)
  if (entry === undefined) throw new Error('the bundle has no entry')
  const first = filesOf(manifest, entry)
  console.log(`${'first load'.padEnd(34)} ${kilobytes(first)} KB gzip`)
  for (const key of Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry === true)) {
    const more = new Set([...filesOf(manifest, key)].filter((file) => !first.has(file)))
    console.log(`${`+ ${key}`.padEnd(34)} ${kilobytes(more)} KB gzip`)
  }
}

function filesOf(manifest: Record<string, Chunk>, key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (chunk === undefined || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const next of chunk.imports ?? []) filesOf(manifest, next, seen)
  return seen
}

function kilobytes(files: ReadonlySet<string>): string {
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0)
  return (bytes / 1000).toFixed(0).padStart(5)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildWeb({ sizes: process.argv.includes('--sizes') })
