// Writes docs/law/ from the rules of law/; with --check says which page has drifted and ends with 1.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lawReference } from './law-reference/pages.ts'
import { root } from './start.mjs'

const folder = join(root, 'docs/law')
const check = process.argv.includes('--check')
const pages = lawReference()
for (const { path, text } of pages) {
  const file = join(folder, path)
  if (check) {
    if (written(file) !== text) complain(path, 'is not what the rules say')
    continue
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
for (const path of stale()) {
  if (check) complain(path, 'belongs to no chapter')
  else rmSync(join(folder, path))
}

function stale(): readonly string[] {
  const wanted = new Set(pages.map(({ path }) => path))
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !wanted.has(path))
}

function complain(path: string, what: string): void {
  console.error(`docs/law/${path} ${what}. Run npm run fix and commit it.`)
  process.exitCode = 1
}

function written(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
