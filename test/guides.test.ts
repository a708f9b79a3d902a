// Every command of a pilot's guide is run as it stands there; one that ends in something else than 0 says so behind it
// (`# 4`, the exit codes of the README).
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repository, tongguan } from './command-line.ts'

const place = mkdtempSync(join(tmpdir(), 'guides-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const guides = readdirSync(join(repository, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join('examples', name, 'README.md'))
  .filter((guide) => existsSync(join(repository, guide)))

const commands = guides.flatMap((guide) =>
  [...readFileSync(join(repository, guide), 'utf8').matchAll(/```sh\n(?<block>[^`]*)```/g)]
    .flatMap(({ groups }) => (groups?.['block'] ?? '').split('\n'))
    .filter((line) => line.startsWith('npx tongguan '))
    .map((line) => {
      const [command = '', code = '0'] = line.split(/\s+#\s*/)
      return [command, { guide, code: Number.parseInt(code, 10) }] as const
    }),
)

test.for(commands)('%s', { timeout: 300_000 }, ([command, { code }]) => {
  const words = command
    .split(' ')
    .slice(2)
    .map((word) => (word === './tongguan-data' ? join(place, 'data') : word))
  // A pilot's files go where the test may throw them away.
  const ran = tongguan(words[0] === 'demo' && !words.includes('--list') ? [...words, '--data', place] : words)
  expect([ran.code, ran.err]).toEqual([code, ''])
})
