// Writes docs/schemas/ and server/openapi.json from the zod schemas; with --check says which file has drifted and ends with 1.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printSchemas } from '../server/contract/schemas.ts'
import { printOpenApi } from '../server/openapi.ts'
import { root } from './start.mjs'

mkdirSync(join(root, 'docs/schemas'), { recursive: true })
for (const { name, text } of printSchemas()) print(`docs/schemas/${name}`, text)
print('server/openapi.json', printOpenApi())

function print(name: string, text: string): void {
  const path = join(root, name)
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (written(path) !== text) {
    console.error(`${name} is not what the schemas say. Run npm run fix and commit it.`)
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
