// Each pilot's lesson, held against the law, the generator and the scanner. Whole runs of the commands of the guides
// stand in test/guides.test.ts and test/pilot-guides.ts.
import { determine, legalDate } from '@tongguan/law'
import type { Citation, Determination, Evidence } from '@tongguan/law'
import { changed } from '@tongguan/server/contract/lesson'
import type { Lesson } from '@tongguan/server/contract/lesson'
import { lookAtData } from '@tongguan/server/flows/look-at-data'
import { passingKey } from '@tongguan/server/counting-key'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { factsOf, generate, largeFrom, readPilots } from './pilots.ts'
import type { PilotData } from './pilots.ts'
import { memoryFolder } from '../test/memory-folder.ts'

const today = legalDate('2026-11-23')
const folder = await mkdtemp(join(memoryFolder(), 'pilots-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.for((await readPilots()).map((pilot) => [pilot.name, pilot] as const))('%s', ([name, pilot]) => {
  const { lesson } = pilot
  // A large pilot is tried with one person of a hundred, and its lesson's numbers are a hundredth.
  const oneIn = lesson.persons.inData > largeFrom ? 100 : 1
  // Made once for the tests below, and by the last of them a second time.
  let first: Promise<PilotData> | undefined
  const madeOnce = () => (first ??= generate(pilot, join(folder, name), { oneIn }))

  test('the path and the article are those the lesson names', async () => {
    expect(answerOf(determine(await factsOf(pilot), today), lesson.because)).toEqual([lesson.path, lesson.because])
  })

  test.for(lesson.whatIf.map((one) => [one.words.en, one] as const))(
    '%s',
    async ([, { set, on, path, because, due = {} }]) => {
      const determination = determine(changed(await factsOf(pilot), set), on ?? today)
      expect(answerOf(determination, because)).toEqual([path, because])
      const isDue = (duty: string) => determination.alsoRequired.some((one) => one === duty)
      expect(Object.fromEntries(Object.keys(due).map((duty) => [duty, isDue(duty)]))).toEqual(due)
    },
  )

  test(
    'the scanner finds the persons and kinds the generator put in, and no person more',
    { timeout: 300_000 },
    async () => {
      const made = await madeOnce()
      const evidence = await scanned(made.data)
      expect(countsOf(evidence)).toEqual(countsFrom(lesson.persons, oneIn))
      if (made.declared !== undefined) {
        expect(lesson.declared).toBeDefined()
        expect(countsOf(await scanned(made.declared))).toEqual(lesson.declared && countsFrom(lesson.declared, oneIn))
      }
      const found = Object.fromEntries(
        Object.entries(lesson.kinds).map(([file, columns]) => {
          const seen = evidence.files.find(({ path }) => path === file)?.columns ?? []
          return [
            file,
            Object.fromEntries(
              Object.keys(columns).map((column) => [column, seen.find(({ name }) => name === column)?.kind]),
            ),
          ]
        }),
      )
      expect(found).toEqual(lesson.kinds)
    },
  )

  test('the same seed gives the same bytes', { timeout: 300_000 }, async () => {
    await madeOnce()
    await generate(pilot, join(folder, 'again'), { oneIn })
    expect(await digestOf(join(folder, 'again'))).toBe(await digestOf(join(folder, name)))
    for (const place of [name, 'again']) await rm(join(folder, place), { recursive: true })
  })
})

async function scanned(place: string): Promise<Evidence> {
  const evidence = await lookAtData([place], { on: today, counting: passingKey('2026') })
  expect(evidence.scanned.complete).toBe(true)
  return evidence
}

/** All persons and those with sensitive data: the point and the upper bound, which the declaration would state. */
function countsOf({ persons: { point, upper, sensitive } }: Evidence): readonly number[] {
  return [point, upper, sensitive.point, sensitive.upper]
}

function countsFrom({ inData, sensitive }: Lesson['persons'], oneIn: number): readonly number[] {
  return [inData, inData, sensitive, sensitive].map((persons) => persons / oneIn)
}

/** The path, and the article asked for where the answer rests on it; otherwise all it rests on. */
function answerOf({ path, because }: Determination, asked: Citation): readonly unknown[] {
  const cited = because.map(
    ({ instrument, article, annex, paragraph, item }) =>
      JSON.parse(JSON.stringify({ instrument, article, annex, paragraph, item })) as Citation,
  )
  return [path, cited.find((one) => same(one, asked)) ?? cited]
}

function same(one: Citation, other: Citation): boolean {
  return (['instrument', 'article', 'annex', 'paragraph', 'item'] as const).every((key) => one[key] === other[key])
}

async function digestOf(place: string): Promise<string> {
  const digest = createHash('sha256')
  const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    digest.update(path.slice(place.length)).update(await readFile(path))
  }
  return digest.digest('hex')
}
