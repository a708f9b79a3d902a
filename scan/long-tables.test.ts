// What the first rows of a long table do not show is found all the same, and cutting it for two readers loses no row.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnEvidence, FileEvidence } from '@tongguan/law'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aName, anId, someOptions } from './makers.ts'
import { scan } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-long-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function scanned(lines: readonly string[]): Promise<FileEvidence> {
  const path = join(folder, 'long.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  const { files } = await scan(engine, [path], someOptions)
  const [file] = files
  if (file === undefined) throw new Error('nothing was scanned')
  return file
}

const padding = '一段说明文字，用来使表格足够长，以便由引擎直接读取。'
const words = ['登记完成', '等待复核', '已经归档', '退回补充']
const rows = 40_000
const named = (file: FileEvidence, name: string): ColumnEvidence | undefined =>
  file.columns.find((column) => column.name === name)

/** A table of two columns, the first given, the second what makes it long. */
const aTable = (name: string, value: (n: number) => string): string[] => [
  `${name},说明`,
  ...Array.from({ length: rows }, (_, n) => `${value(n)},${padding}${n}`),
]

test('cells with line ends, delimiters and quotes in them are whole wherever the text is cut', async () => {
  const file = await scanned([
    '身份证号,备注',
    ...Array.from({ length: rows }, (_, n) => `${anId(n)},"第一行""${n}"",\n${padding}\n末行"`),
  ])
  expect(file).toMatchObject({ rows, skipped: 0, error: null })
  expect(named(file, '身份证号')).toMatchObject({ kind: 'national_id', counts: { valid: rows, distinct: rows } })
  expect(named(file, '备注')?.counts).toMatchObject({ nonEmpty: rows, distinct: rows })
})

describe('what stands beyond the first rows', () => {
  test('one mobile number', async () => {
    const file = await scanned(aTable('内容', (n) => (n === 30_000 ? aMobile(5) : (words[n % 4] ?? ''))))
    expect(named(file, '内容')?.findings).toContainEqual(expect.objectContaining({ kind: 'mobile', valid: 1 }))
  })

  test('one mobile number in full-width digits', async () => {
    const wide = [...aMobile(7)].map((digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join('')
    const file = await scanned(aTable('内容', (n) => (n === 30_000 ? wide : (words[n % 4] ?? ''))))
    expect(named(file, '内容')?.findings).toContainEqual(expect.objectContaining({ kind: 'mobile', valid: 1 }))
  })

  test('one short e-mail address, and one among numbers of mobile telephones', async () => {
    for (const value of [(n: number) => words[n % 4] ?? '', aMobile]) {
      const file = await scanned(aTable('内容', (n) => (n === 30_000 ? 'a@b.cn' : value(n))))
      expect(named(file, '内容')?.findings).toContainEqual(expect.objectContaining({ kind: 'email', valid: 1 }))
    }
  })

  test('one number of the military, which begins with a Chinese character', async () => {
    const file = await scanned(aTable('内容', (n) => (n === 30_000 ? '士字第20231234号' : (words[n % 4] ?? ''))))
    expect(named(file, '内容')?.findings).toContainEqual(expect.objectContaining({ kind: 'military_id', valid: 1 }))
  })

  test('a kind that only names whole columns: names after nine thousand other words', async () => {
    const unlike = (n: number) => aName(n % 10).charAt(0) + String.fromCodePoint(0x73a0 + (n % 97), 0x7800 + (n >> 7))
    const file = await scanned(aTable('f1', (n) => (n < 9000 ? '未登记联系方式' : unlike(n))))
    expect(named(file, 'f1')).toMatchObject({ kind: 'name', category: 'personal' })
  })
})
