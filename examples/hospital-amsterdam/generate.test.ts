import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeGb18030 } from '../gb18030.ts'
import type { Progress } from '../pilots.ts'
import { generate } from './generate.ts'
import { ageOn, checkCharacter } from '../people.ts'

let folder: string
let pilot: { readonly data: string; readonly batches: { readonly first: string; readonly second: string } }
const progress: Progress[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilot-'))
  const { data, batches } = await generate(join(folder, 'whole'), { progress: (step) => progress.push(step) })
  const [first = '', second = ''] = batches
  pilot = { data, batches: { first, second } }
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

test('the same seed gives the same bytes, another seed others', async () => {
  const [one, again, other] = await Promise.all(
    [7, 7, 8].map(async (seed, i) => {
      const run = join(folder, `run-${i}`)
      await generate(run, { seed, patients: 200 })
      return digestOf(run)
    }),
  )
  expect(one).toBe(again)
  expect(one).not.toBe(other)
})

test('12,000 persons are declared, 4,000 and 9,500 stand in the batches, 13,500 in both together', async () => {
  const declared = recordNumbers(await rowsOf(pilot.data, '患者登记.csv'))
  const first = recordNumbers(await rowsOf(pilot.batches.first, '患者登记.csv'))
  const second = recordNumbers(await rowsOf(pilot.batches.second, '患者登记.csv'))
  expect([declared.size, first.size, second.size, first.union(second).size]).toEqual([12_000, 4_000, 9_500, 13_500])
  expect(second.difference(declared).size).toBe(1_500)
})

test('the first batch holds groups A and B, the second B, C and the undeclared D', async () => {
  expect(await groupsOf(pilot.data)).toEqual(['A组', 'B组', 'C组'])
  expect(await groupsOf(pilot.batches.first)).toEqual(['A组', 'B组'])
  expect(await groupsOf(pilot.batches.second)).toEqual(['B组', 'C组', 'D组'])
})

const proposed = {
  '就诊记录.csv': ['就诊流水号', '病案号', '就诊日期', '就诊科室', '就诊类型'],
  '影像头信息.ndjson': ['PatientID', 'StudyDate', 'Modality', 'BodyPartExamined', 'StudyDescription', 'Manufacturer'],
  '患者登记.csv': ['病案号', '性别', '出生日期', '民族', '入组分组', '入组日期'],
  '检验结果.tsv': ['病案号', '检验项目', '结果', '单位', '参考范围', '采样时间'],
  '诊断记录.csv': ['病案号', '诊断编码', '诊断名称', '诊断日期'],
}

test('the first batch carries the items proposed for export and no other', async () => {
  expect(await columnsOf(pilot.batches.first)).toEqual(proposed)
})

test('the second batch carries one item more: the telephone number', async () => {
  expect(await columnsOf(pilot.batches.second)).toEqual({
    ...proposed,
    '患者登记.csv': ['病案号', '性别', '出生日期', '民族', '联系电话', '入组分组', '入组日期'],
  })
})

test('the study holds six files with all their items', async () => {
  expect(await columnsOf(pilot.data)).toEqual({
    ...proposed,
    '就诊记录.csv': [...proposed['就诊记录.csv'], '接诊医生'],
    '影像头信息.ndjson':
      'PatientID PatientName PatientBirthDate StudyDate Modality BodyPartExamined StudyDescription Manufacturer'.split(
        ' ',
      ),
    '患者登记.csv': '病案号 姓名 身份证号 性别 出生日期 民族 联系电话 现住址 入组分组 入组日期'.split(' '),
    '病程记录.ndjson': ['病案号', '记录时间', '病程记录'],
  })
})

test('every resident ID has its check character and agrees with sex and date of birth', async () => {
  const wrong = (await rowsOf(pilot.data, '患者登记.csv')).filter((row) => {
    const id = row['身份证号'] ?? ''
    const sex = Number(id[16]) % 2 === 1 ? '男' : '女'
    return (
      !/^[1-6]\d{16}[\dX]$/.test(id) ||
      checkCharacter(id.slice(0, 17)) !== id[17] ||
      id.slice(6, 14) !== row['出生日期']?.replaceAll('-', '') ||
      sex !== row['性别']
    )
  })
  expect(wrong).toHaveLength(0)
})

test('the check character is the standard’s (GB 11643: 11010519491231002 → X, 44052418800101001 → 4)', () => {
  expect(checkCharacter('11010519491231002')).toBe('X')
  expect(checkCharacter('44052418800101001')).toBe('4')
})

test('record, resident ID, telephone and visit numbers are unique', async () => {
  const register = await rowsOf(pilot.data, '患者登记.csv')
  for (const item of ['病案号', '身份证号', '联系电话']) {
    expect({ item, distinct: new Set(register.map((row) => row[item])).size }).toEqual({ item, distinct: 12_000 })
  }
  const visits = await rowsOf(pilot.data, '就诊记录.csv')
  expect(new Set(visits.map((row) => row['就诊流水号'])).size).toBe(visits.length)
})

test('nobody was under 18 at enrolment, in the study or in a batch', async () => {
  for (const place of [pilot.data, pilot.batches.first, pilot.batches.second]) {
    const ages = (await rowsOf(place, '患者登记.csv')).map((row) => ageOn(row['出生日期'] ?? '', row['入组日期'] ?? ''))
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(18)
  }
})

test('about 3 % of the notes hold the patient’s mobile number, a few the resident ID', async () => {
  const register = new Map((await rowsOf(pilot.data, '患者登记.csv')).map((row) => [row['病案号'], row]))
  const notes = await rowsOf(pilot.data, '病程记录.ndjson')
  const holding = (item: string) =>
    notes.filter((note) => note['病程记录']?.includes(register.get(note['病案号'])?.[item] ?? 'nobody')).length
  expect(holding('联系电话') / notes.length).toBeGreaterThan(0.02)
  expect(holding('联系电话') / notes.length).toBeLessThan(0.04)
  expect(holding('身份证号')).toBeGreaterThan(5)
  expect(holding('身份证号')).toBeLessThan(100)
})

test('a batch repeats the rows of the study', async () => {
  for (const file of ['诊断记录.csv', '检验结果.tsv']) {
    const study = new Set(await linesOf(join(pilot.data, file)))
    const batch = await linesOf(join(pilot.batches.first, file))
    expect(batch.filter((line) => !study.has(line))).toEqual([])
  }
})

test('the register is GB18030 with CRLF, and no table needs quoting', async () => {
  const bytes = await readFile(join(pilot.data, '患者登记.csv'))
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow(TypeError)
  const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  expect(encodeGb18030(text).equals(bytes)).toBe(true)
  expect(text.split('\r\n')).toHaveLength(12_002)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n"\t]/)
  const widths = new Set(
    text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').length),
  )
  expect([...widths]).toEqual([10])
})

test('GB18030: rare characters come back as they were, a character beyond the two-byte codes is refused', () => {
  const text = 'ABC 王喆堃昇 欧阳·γμ（）'
  expect(new TextDecoder('gb18030').decode(encodeGb18030(text))).toBe(text)
  expect(encodeGb18030('啊').toString('hex')).toBe('b0a1')
  expect(() => encodeGb18030('𠮷')).toThrow('choose a character of GBK')
})

test('progress ends at its total', () => {
  const last = progress.at(-1)
  expect(last).toBeDefined()
  expect(last?.done).toBe(last?.total)
  expect(last?.total).toBe(12_000 * 6 + (4_000 + 9_500) * 5)
})

test('a number of patients that leaves a group empty is refused', async () => {
  await expect(generate(folder, { patients: 7 })).rejects.toThrow('"patients" is 7')
})

// --- reading back ------------------------------------------------------------------------------------------------

type Row = Readonly<Record<string, string>>

async function rowsOf(place: string, file: string): Promise<readonly Row[]> {
  const lines = await linesOf(join(place, file))
  if (file.endsWith('.ndjson')) return lines.map((line) => JSON.parse(line) as Row)
  const separator = file.endsWith('.tsv') ? '\t' : ','
  const [head = '', ...rows] = lines
  const items = head.split(separator)
  return rows.map((row) => {
    const cells = row.split(separator)
    return Object.fromEntries(items.map((item, i) => [item, cells[i] ?? '']))
  })
}

async function linesOf(path: string): Promise<readonly string[]> {
  const bytes = await readFile(path)
  const encoding = path.includes(join('data', '患者登记')) ? 'gb18030' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true }).decode(bytes).trimEnd().split(/\r?\n/)
}

async function columnsOf(place: string): Promise<Record<string, readonly string[]>> {
  const files = (await readdir(place)).sort()
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, Object.keys((await rowsOf(place, file))[0] ?? {})] as const)),
  )
}

async function groupsOf(place: string): Promise<readonly string[]> {
  return [...new Set((await rowsOf(place, '患者登记.csv')).map((row) => row['入组分组'] ?? ''))]
}

function recordNumbers(rows: readonly Row[]): Set<string> {
  return new Set(rows.map((row) => row['病案号'] ?? ''))
}

async function digestOf(place: string): Promise<string> {
  const digest = createHash('sha256')
  const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    digest.update(path.slice(place.length)).update(await readFile(path))
  }
  return digest.digest('hex')
}
