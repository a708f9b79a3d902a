// `tongguan enquiry` as an officer without a browser runs it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { tongguan } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const folder = mkdtempSync(join(memoryFolder(), 'tongguan-enquiry-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const enquiry = (...words: readonly string[]) =>
  tongguan(['enquiry', ...words, '--office', '北京市', '--on', '2026-11-23', '--data', folder])

test('a note with facts and a cited answer, found again, counted, and in the figures as a file', async () => {
  const facts = 'examples/hospital-amsterdam/facts.yaml'
  const noted = await enquiry(
    'note',
    '向荷兰大学提供患者数据，要申报安全评估吗',
    '--topic',
    'which-path',
    '--facts',
    facts,
    '--answer',
    '应当申报',
    '--cite',
    'provisions-2024:7(1)(2)',
    '--json',
  )
  expect([noted.code, noted.err]).toEqual([0, ''])
  expect(JSON.parse(noted.out)).toMatchObject({
    schema: 'tongguan/enquiry/1',
    path: 'assessment',
    guidance: { en: 'Guidance on the facts told, law of 2026-11-23, not a decision.' },
  })
  expect((await enquiry('similar', '患者数据给国外大学')).out).toContain('ZX-2026-0000001')
  expect(JSON.parse((await enquiry('numbers', '--json')).out)).toMatchObject({
    numbers: [{ id: 'calls', n: 1 }, {}, {}, {}, {}],
  })
  const file = join(folder, 'figures.csv')
  expect((await enquiry('figures', '--out', file)).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('"Calls",1,')
})

const refused = [
  [['note', 'q', '--credit-code', '121000004000000001'], 'organisation.credit-code'],
  [['note', 'q', '--answer', 'yes'], 'answer.uncited'],
  [['note', 'q', '--answer', 'yes', '--cite', 'nonsense:3'], 'enquiry.no-such-article'],
  [['note', 'q', '--topic', 'nonsense'], 'enquiry.no-such-topic'],
  [['note', 'q\u0007'], 'input.does-not-fit'],
  [['note'], 'enquiry.call-incomplete'],
  [['figures', '--from', '2027-01-01'], 'figures.period'],
  [['nonsense'], 'enquiry.no-such-action'],
] as const

test('what does not fit is refused with its code, and nothing is written', async () => {
  const before = (await enquiry('list', '--json')).out
  for (const [words, code] of refused) {
    const ran = await enquiry(...words)
    expect([words, ran.code, ran.err.split(']')[0]]).toEqual([words, 2, `[${code}`])
  }
  expect((await enquiry('list', '--json')).out).toBe(before)
}, 120_000)
