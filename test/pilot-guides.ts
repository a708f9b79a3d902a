// Every command of a pilot's guide is run as it stands there; one that ends in something else than 0 says so behind it
// (`# 4`, the exit codes of the README). Two files share the pilots, so that two cores do.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { tongguan } from './command-line.ts'
import { linesOf, pilotGuides, readersPilot } from './guide-lines.ts'
import { memoryFolder } from './memory-folder.ts'

/** Of the pilots' guides every second one, from the first or from the second; the readers' pilot is run elsewhere. */
export function runPilotGuides(from: 0 | 1): void {
  const place = mkdtempSync(join(memoryFolder(), 'pilot-guides-'))
  afterAll(() => rmSync(place, { recursive: true, force: true }))
  const commands = pilotGuides
    .filter((guide) => guide !== readersPilot)
    .filter((_, at) => at % 2 === from)
    .flatMap((guide) => linesOf(guide))

  test.for(commands.map(({ command, mark }) => [command, Number.parseInt(mark || '0', 10)] as const))(
    '%s',
    { timeout: 300_000 },
    async ([command, code]) => {
      const words = command
        .split(' ')
        .slice(2)
        .map((word) => (word === './tongguan-data' ? join(place, 'data') : word))
      // A pilot's files go where the test may throw them away.
      const ran = await tongguan(words[0] === 'demo' && !words.includes('--list') ? [...words, '--data', place] : words)
      expect([ran.code, ran.err]).toEqual([code, ''])
    },
  )
}
