// A second implementation over the same generated batches: it agrees with the first, and sees what was kept from it (trust.md T16).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Evidence, SecondReading } from '@tongguan/law'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, anId, aRegister, someOptions } from './makers.ts'
import { inspect } from './scan.ts'
import { readAgain } from './second-reading.ts'

let engine: Engine
const root = mkdtempSync(join(tmpdir(), 'tongguan-second-reading-'))
beforeAll(async () => (engine = await openEngine()))
afterAll(async () => {
  await engine.close()
  rmSync(root, { recursive: true })
})

let batches = 0
async function readTwice(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<{ readonly folder: string; readonly evidence: Evidence; readonly second: SecondReading }> {
  const folder = join(root, `b${batches++}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const { evidence } = await inspect(engine, folder, { ...someOptions, keepNames: true })
  return { folder, evidence, second: await readAgain(engine, folder, evidence) }
}

/** What must be the same of both, file by file. */
const figuresOf = ({ evidence, second }: { readonly evidence: Evidence; readonly second: SecondReading }) => ({
  first: evidence.files.map(({ path, rows, sha256, columns }) => ({
    path,
    rows,
    sha256,
    columns: columns.map(({ name, counts }) => [name, counts.nonEmpty]),
  })),
  second: second.files.map(({ path, rows, sha256, columns }) => ({
    path,
    rows,
    sha256,
    columns: columns?.map(({ name, filled }) => [name, filled]),
  })),
})

test('rows of what was approved as personal are about somebody, whatever the names say', async () => {
  const { folder, evidence } = await readTwice({ 'a.csv': 'city,grade\n北京市,1\n上海市,2\n,3\n' })
  expect(evidence.persons.upper).toBe(0)
  const approved = { personal: ['city'], sensitive: ['city'] }
  const { unlinked } = await inspect(engine, folder, { ...someOptions, keepNames: true, approved })
  expect(unlinked).toEqual({ general: 0, sensitive: 2 })
})

test('addresses that read as addresses both ways are not in disguise; turned round they are', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => {
    const plain = `li${at}.wang@mail${at}.com`
    return `${plain},${[...`user${at * 7919}@example.com`].reverse().join('')}`
  })
  const { evidence } = await readTwice({ 'a.csv': `email,remark\n${rows.join('\n')}\n` })
  const found = evidence.files[0]?.disguises?.map(({ columns, readings, kind }) => [columns, readings, kind])
  expect(found).toEqual([[['remark'], ['backwards'], 'email']])
})

describe('the second reading', () => {
  test('agrees on rows, cells, bytes and persons, whatever the form of the file', async () => {
    const quoted = `${aRegister(40).join('\n')}\n"王""伟","${anId(1)}","${aMobile(1)}"\n,,NULL\n`
    const read = await readTwice({
      'a.csv': quoted,
      'deep/b.tsv': `\uFEFF${aRegister(30, '\t').join('\r\n')}\r\n`,
      'c.ndjson': `{"患者":{"身份证号":"${anId(3)}","手机":null},"n":1.50}\n{"患者":{"身份证号":"${anId(90)}"}}\n`,
      'd.csv': Buffer.from('编号;备注\n1;\uFF21\n2; \n', 'utf16le'),
    })
    const { first, second } = figuresOf(read)
    expect(second.slice(0, 3)).toEqual(first.slice(0, 3))
    const { upper } = read.evidence.persons
    expect(read.second.persons.lower).toBeLessThanOrEqual(upper)
    expect(upper).toBeLessThanOrEqual(read.second.persons.upper ?? 0)
    // The 40 of the first file; the 30 of the second are among them; and number 90.
    expect(read.second.persons.lower).toBe(41)
  })

  test('counts to the person where every row carries one resident ID', async () => {
    const { evidence, second } = await readTwice({ 'p.csv': `${aRegister(300).join('\n')}\n` })
    expect(evidence.persons.upper).toBe(300)
    expect(second.persons).toMatchObject({ lower: 300 })
    // The name of a file may stand for one more.
    expect(second.persons.upper).toBe(301)
  })

  test('sees identifiers inside notes, and none whose check digit does not hold', async () => {
    const wrong = anId(5).replace(/.$/, (last) => (last === '1' ? '2' : '1'))
    const { second } = await readTwice({ 'n.csv': `编号,备注\n1,证件${anId(4)}，已核\n2,证件${wrong}\n3,a@b.cn\n` })
    expect(second.files[0]?.columns?.[1]).toMatchObject({ residentIdsInText: 1, residentIds: 0, emails: 1, mobiles: 0 })
  })

  test('does not take the first one’s word: an evidence that lost rows, cells or persons differs from it', async () => {
    const { folder, evidence } = await readTwice({ 'p.csv': `${aRegister(50).join('\n')}\n` })
    const lying = { ...evidence, persons: { ...evidence.persons, lower: 1, point: 1, upper: 1 } }
    const again = await readAgain(engine, folder, lying)
    expect(again.persons.lower).toBe(50)
    expect(again.files[0]).toMatchObject({ rows: 50, unread: null })
    expect(again.files[0]?.columns?.map(({ residentIds, mobiles }) => [residentIds, mobiles])).toEqual([
      [0, 0],
      [50, 0],
      [0, 50],
    ])
  })

  test('says what it cannot read: another form, and rows that do not fit', async () => {
    const { folder, evidence } = await readTwice({ 'p.csv': 'a,b\n1,2\n' })
    const [file] = evidence.files
    if (file === undefined) throw new Error('the scan lists the file')
    const other = { ...evidence, files: [{ ...file, format: 'xlsx' as const }] }
    expect((await readAgain(engine, folder, other)).files[0]?.unread).toBe('no-second-reader')
    const narrower = { ...evidence, files: [{ ...file, columns: file.columns.slice(0, 1) }] }
    expect((await readAgain(engine, folder, narrower)).files[0]?.unread).toBe('not-parsed')
  })
})
