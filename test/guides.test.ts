// The main job, end to end, as the guides have it: of docs/guides the commands marked `# runnable` are run, in order and
// in one place; the others need a key, a paper or an id only the reader has. The pilot they begin with is the one a newcomer
// is shown, and what it says must be true.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository, tongguan, tongguanProcess } from './command-line.ts'
import type { Ran } from './command-line.ts'
import { linesOf, readersPilot } from './guide-lines.ts'
import { memoryFolder } from './memory-folder.ts'

const place = mkdtempSync(join(memoryFolder(), 'guides-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

// The handler's first: it makes the files that the others look at.
const readersGuides = [
  'handler.md',
  ...readdirSync(join(repository, 'docs/guides')).filter((one) => one !== 'handler.md'),
].map((name) => join('docs/guides', name))
const runnable = readersGuides.flatMap((guide) =>
  linesOf(guide).flatMap(({ command, mark }) => {
    const marked = /^runnable(?:, (?<code>\d))?/.exec(mark)
    return marked === null ? [] : [[command, Number(marked.groups?.['code'] ?? 0)] as const]
  }),
)

/** By its words; where it put its files is the reader's choice. */
const done = new Map<string, Ran>()
const wordsOf = (command: string) => command.split(/\s+/).slice(2)
const withoutPlace = (command: string) =>
  wordsOf(command)
    .filter((word, at, words) => word !== '--data' && words[at - 1] !== '--data')
    .join(' ')

/** What was run as a process of its own, as a reader has it: each command once, since it must end by itself. */
const seenToEnd = new Set<string | undefined>()

async function run(command: string): Promise<Ran> {
  const words = wordsOf(command).map((word) => (word.startsWith('examples/') ? join(repository, word) : word))
  const where = { cwd: place, lang: 'zh' } as const
  const ran = seenToEnd.has(words[0]) ? await tongguan(words, where) : tongguanProcess(words, where)
  seenToEnd.add(words[0])
  done.set(withoutPlace(command), ran)
  return ran
}

// What two guides both begin with is run once.
test.for([...new Map(runnable)])('%s', { timeout: 300_000 }, async ([command, code]) => {
  const { code: ended, err } = await run(command)
  expect([ended, err]).toEqual([code, ''])
})

// The pilot's own guide, as those of the other pilots in pilot-guides.ts; what was run above is not run again.
test.for(linesOf(readersPilot).map(({ command, mark }) => [command, Number.parseInt(mark || '0', 10)] as const))(
  '%s, in its own guide',
  { timeout: 300_000 },
  async ([command, code]) => {
    const { code: ended, err } = done.get(withoutPlace(command)) ?? (await run(command))
    expect([ended, err]).toEqual([code, ''])
  },
)

describe('the pilot', () => {
  let said = ''
  beforeAll(() => {
    said = done.get('demo hospital-amsterdam --once')?.out ?? ''
  })

  test.for([
    ['counts its persons exactly', '不同自然人：12000 人'],
    ['names the path of the first case', '（2023-01-18 的规则）：申报数据出境安全评估'],
    ['names the path of today', '2026-11-23 的规则：申报数据出境安全评估'],
    ['cites the article', '第七条'],
    ['has the result on its due date', '2026-05-25'],
    ['releases the first batch', '0 → 4000 人'],
    ['holds the second for a column too many', '[gate.item-not-approved]'],
    ['and for persons too many', '[gate.persons-over-ceiling]'],
    ['shows the recipient a simulated release', '核验结论：有效（模拟，无法律效力）'],
    ['refuses the flipped byte and names the file', '[verify.file-content-differs] 文件“就诊记录.csv”'],
  ] as const)('%s', ([, words]) => {
    expect(said).toContain(words)
  })

  test('lays the dossier where it says, as documents', () => {
    expect(readdirSync(join(place, 'pilot/run-0001/dossier'))).toEqual(
      expect.arrayContaining(['数据出境安全评估申报表.docx', '数据出境风险自评估报告.docx', '完备性清单.docx']),
    )
  })

  test('prints a command for the recipient that works as printed, and without --allow-pilot the release is refused', async () => {
    const [, words = ''] = /npx tongguan (verify .*)/.exec(said) ?? []
    const verify = (line: string) => tongguan(line.split(' '), { cwd: place })
    expect((await verify(words)).code).toBe(0)
    const strict = await verify(words.replace(' --allow-pilot', ''))
    expect([strict.code, strict.out]).toEqual([1, expect.stringContaining('[verify.pilot-release]')])
  })
})
