// Every command of a pilot's guide is run as it stands there; one that ends in something else than 0 says so behind it
// (`# 4`, the exit codes of the README). Of docs/guides those marked `# runnable` are run, in order and in one place; the
// others need a key, a paper or an id only the reader has.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repository, tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const place = mkdtempSync(join(memoryFolder(), 'guides-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const guides = readdirSync(join(repository, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join('examples', name, 'README.md'))
  .filter((guide) => existsSync(join(repository, guide)))

const linesOf = (guide: string) =>
  [...readFileSync(join(repository, guide), 'utf8').matchAll(/```sh\n(?<block>[^`]*)```/g)]
    .flatMap(({ groups }) => (groups?.['block'] ?? '').replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.startsWith('npx tongguan '))
    .map((line) => line.split(/\s+#\s*/))

const commands = guides.flatMap((guide) =>
  linesOf(guide).map(([command = '', code = '0']) => [command, { guide, code: Number.parseInt(code, 10) }] as const),
)

// The handler's first: it makes the files that the others look at.
const readersGuides = [
  'handler.md',
  ...readdirSync(join(repository, 'docs/guides')).filter((one) => one !== 'handler.md'),
].map((name) => join('docs/guides', name))
const runnable = readersGuides.flatMap((guide) =>
  linesOf(guide).flatMap(([command = '', mark = '']) => {
    const marked = /^runnable(?:, (?<code>\d))?/.exec(mark)
    return marked === null ? [] : [[command, { guide, code: Number(marked.groups?.['code'] ?? 0) }] as const]
  }),
)

/** What was run already, by its words without where it put its files: a whole pilot takes its time once. */
const done = new Map<string, ReturnType<typeof tongguan>>()
const withoutPlace = (words: readonly string[]) =>
  words.filter((word, at) => word !== '--data' && words[at - 1] !== '--data').join(' ')

// One place for all of them, and what two guides both begin with is run once.
const once = new Map(runnable)
test.for([...once])('%s', { timeout: 300_000 }, ([command, { code }]) => {
  const cwd = join(place, 'readers')
  mkdirSync(cwd, { recursive: true })
  const words = command.split(/\s+/).slice(2)
  const ran = tongguan(
    words.map((word) => (word.startsWith('examples/') ? join(repository, word) : word)),
    { cwd },
  )
  done.set(withoutPlace(words), ran)
  expect([ran.code, ran.err]).toEqual([code, ''])
})

test.for(commands)('%s', { timeout: 300_000 }, ([command, { code }]) => {
  const words = command
    .split(' ')
    .slice(2)
    .map((word) => (word === './tongguan-data' ? join(place, 'data') : word))
  // A pilot's files go where the test may throw them away.
  const ran =
    done.get(withoutPlace(words)) ??
    tongguan(words[0] === 'demo' && !words.includes('--list') ? [...words, '--data', place] : words)
  expect([ran.code, ran.err]).toEqual([code, ''])
})
