// Writes docs/schemas/ from the zod schemas; with --check says which file has drifted and ends with 1.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printSchemas } from '../server/contract/schemas.ts'
import { root } from './start.mjs'

const folder = join(root, 'docs/schemas')
mkdirSync(folder, { recursive: true })
for (const { name, text } of printSchemas()) {
  const path = join(folder, name)
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (written(path) !== text) {
    console.error(`docs/schemas/${name} is not what the schemas say. Run npm run fix and commit it.`)
    process.exitCode = 1
  }
}

function written(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
