// The import rules of ARCHITECTURE.md, checked on resolved paths: lint sees only how an import is written.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const trades = ['scan', 'dossier', 'casework', 'enquiries', 'gate', 'log'] as const
const mayImport: Readonly<Record<string, readonly string[]>> = {
  law: ['law'],
  ...Object.fromEntries(trades.map((trade) => [trade, [trade, 'law', 'npm', 'node']])),
  server: ['server', ...trades, 'law', 'npm', 'node'],
  cli: ['cli', 'server', 'law', 'examples', 'scripts', 'npm', 'node'],
  // They are read by the server's own file contracts.
  examples: ['examples', 'server', 'law', 'npm', 'node'],
  // The server by its contract's types only; lint sees to `import type`, the next tests to the rest.
  web: ['web', 'server', 'dossier', 'law', 'npm'],
}

test.for(Object.entries(mayImport))('%s imports only what it may', ([folder, allowed]) => {
  const wrong = sources(folder).flatMap((file) =>
    importsOf(file)
      .map((target) => ({ file: relative(root, file), target, from: ownerOf(file, target) }))
      .filter(({ from }) => !allowed.includes(from)),
  )
  expect(wrong).toEqual([])
})

test('of the server the portal imports types of the contract only; its verifier the one flow that judges', () => {
  const statements = sources('web')
    .filter((file) => !file.includes('/web/verifier/'))
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/(?:import|export)[^;'"]*?from '(@tongguan\/server[^']*)'/gs),
    ])
  expect(statements.length).toBeGreaterThan(0)
  for (const [statement, from] of statements) {
    expect(from).toMatch(/^@tongguan\/server\/contract\//)
    expect(statement).toMatch(/^(?:import|export) type /)
  }
})

test('of the trades the portal imports only what is asked and changed in a declaration in preparation', () => {
  const targets = sources('web').flatMap((file) => importsOf(file).filter((one) => one.startsWith('@tongguan/dossier')))
  expect([...new Set(targets)].sort()).toEqual([
    '@tongguan/dossier/preparation/changes',
    '@tongguan/dossier/preparation/questions',
  ])
})

test('the verifier reaches no file system and nothing but what it verifies with', () => {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const target of importsOf(file).filter((one) => !isTypeOnly(file, one))) {
      if (/^node:(?!crypto$)/.test(target)) throw new Error(`${relative(root, file)} imports ${target}`)
      const [, trade, path = 'index'] = /^@tongguan\/(gate|log|server)(?:\/(.+))?$/.exec(target) ?? []
      if (target.startsWith('./')) visit(join(dirname(file), target))
      else if (trade !== undefined) visit(join(root, trade, `${path}.ts`))
    }
  }
  visit(join(root, 'server/flows/judge-given-files.ts'))
  expect([...seen].map((file) => relative(root, file))).toContain('gate/read-release.ts')
})

function isTypeOnly(file: string, target: string): boolean {
  const text = readFileSync(file, 'utf8')
  const found = [...text.matchAll(/(?:import|export) (type )?[^;'"]*?from '([^']+)'/gs)].filter(
    ([, , from]) => from === target,
  )
  return found.length > 0 && found.every(([, type]) => type !== undefined)
}

test('law/ asks no clock, no environment and no chance', () => {
  const asks = sources('law').filter((file) =>
    /\bDate\.now\b|new Date\(\)|Math\.random|\bprocess\.|\bperformance\./.test(readFileSync(file, 'utf8')),
  )
  expect(asks.map((file) => relative(root, file))).toEqual([])
})

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.(tsx?|mjs)$/.test(name) &&
        !name.endsWith('.test.ts') &&
        !/node_modules|vite\.(\w+\.)?config|^dist/.test(name),
    )
    .map((name) => join(root, folder, name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].flatMap((found) => found[1] ?? [])
}

/** The workspace an import leads to, `node` or `npm`. */
function ownerOf(file: string, target: string): string {
  if (target.startsWith('node:')) return 'node'
  if (target.startsWith('@tongguan/')) return target.split('/')[1] ?? target
  if (target.startsWith('.')) return relative(root, resolve(dirname(file), target)).split('/')[0] ?? target
  return 'npm'
}
