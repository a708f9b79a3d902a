// What a file is, is decided by its content: delimiter, encoding, header, packing; and no cell or digit is lost.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileEvidence } from '@tongguan/law'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aMobile, aName, aRegister, anId, someOptions } from './makers.ts'
import { scan } from './scan.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-sources-'))
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function scanned(name: string, content: string | Uint8Array): Promise<FileEvidence> {
  const path = join(folder, name)
  writeFileSync(path, content)
  const { files } = await scan(engine, [path], someOptions)
  expect(files).toHaveLength(1)
  return files[0] as FileEvidence
}

const kindsOf = (file: FileEvidence) => file.columns.map(({ kind }) => kind)

describe('delimiters', () => {
  test.for([
    [',', 'csv'],
    ['\t', 'tsv'],
    [';', 'csv'],
    ['|', 'csv'],
    ['^', 'csv'],
    ['\u0001', 'csv'],
    ['~', 'csv'],
  ] as const)('%j is found', async ([delimiter, format]) => {
    const file = await scanned('d.csv', aRegister(30, delimiter).join('\n'))
    expect(file).toMatchObject({ format, delimiter, header: true, rows: 30, skipped: 0, error: null })
    expect(kindsOf(file)).toEqual(['name', 'national_id', 'mobile'])
  })

  test('the same holds for a file too large for one look', async () => {
    for (const delimiter of ['\t', '\u0001', '|']) {
      const lines = aRegister(60_000, delimiter)
      const file = await scanned('large.txt', lines.join('\n'))
      expect(file).toMatchObject({ delimiter, rows: 60_000, skipped: 0, error: null })
      expect(file.columns[1]?.counts).toMatchObject({
        nonEmpty: 60_000,
        matched: 60_000,
        valid: 60_000,
        distinct: 60_000,
      })
    }
  })
})

const latin = 'name,email\nJosé García,jose@example.com\nZoë Müller,zoe@example.com\nFrançois Éluard,fe@example.com\n'

describe('encodings', () => {
  const text = aRegister(200).join('\r\n')
  const utf16be = () => {
    const bytes = Buffer.from(text, 'utf16le')
    return bytes.swap16()
  }
  test.for([
    ['utf-8', () => Buffer.from(text)],
    ['utf-8', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['utf-16le', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16le', () => Buffer.from(text, 'utf16le')],
    ['utf-16be', () => Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be()])],
    ['utf-16be', utf16be],
  ] as const)('%s (case %#) is read', async ([encoding, content]) => {
    const file = await scanned('e.csv', content())
    expect(file).toMatchObject({ encoding, rows: 200, error: null })
    expect(file.columns.map(({ name }) => name)).toEqual(['姓名', '身份证号', '手机号'])
  })

  test('GB18030 and Big5 are told apart, Windows-1252 from both', async () => {
    // 姓名,城市 / 王芳,北京 … in each code.
    const gb = Buffer.concat([
      Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb3, 0xc7, 0xca, 0xd0, 0x0a]),
      ...Array.from({ length: 30 }, () => Buffer.from([0xcd, 0xf5, 0xb7, 0xbc, 0x2c, 0xb1, 0xb1, 0xbe, 0xa9, 0x0a])),
    ])
    expect(await scanned('gb.csv', gb)).toMatchObject({
      encoding: 'gb18030',
      columns: [{ name: '姓名' }, { name: '城市' }],
    })
    const big5 = Buffer.concat([
      Buffer.from([0xa9, 0x6d, 0xa6, 0x57, 0x2c, 0xab, 0xb0, 0xa5, 0xab, 0x0a]),
      ...Array.from({ length: 30 }, () => Buffer.from([0xa4, 0xfd, 0xaa, 0xda, 0x2c, 0xa5, 0x5f, 0xa8, 0xca, 0x0a])),
    ])
    expect(await scanned('big5.csv', big5)).toMatchObject({
      encoding: 'big5',
      columns: [{ name: '姓名' }, { name: '城市' }],
    })
    expect(await scanned('latin.csv', Buffer.from(latin, 'latin1'))).toMatchObject({
      encoding: 'windows-1252',
      rows: 3,
    })
  })

  test('bytes that fit nothing say so, and the file counts as unread', async () => {
    const good = join(folder, 'mixed')
    mkdirSync(good)
    writeFileSync(join(good, 'a.csv'), aRegister(5).join('\n'))
    const odd = Buffer.from(
      Array.from({ length: 3000 }, (_, at) => (at % 20 === 19 ? 10 : at % 7 === 6 ? 44 : 0xf8 + (at % 7))),
    )
    writeFileSync(join(good, 'b.csv'), odd)
    const evidence = await scan(engine, [good], someOptions)
    expect(evidence.files.map(({ error }) => error?.code)).toEqual([undefined, 'scan.encoding-unknown'])
    expect(evidence.scanned.complete).toBe(false)
    expect(evidence.persons).toMatchObject({ point: 5, exact: false })
  })

  test('a head in UTF-8 and a tail that is not: nothing is claimed of the file', async () => {
    const bytes = Buffer.concat([
      Buffer.from(aRegister(60_000).join('\n')),
      Buffer.from([0x0a, 0xff, 0xfe, 0x2c, 0x0a]),
    ])
    const good = join(folder, 'tail')
    mkdirSync(good)
    writeFileSync(join(good, 'a.csv'), bytes)
    writeFileSync(join(good, 'b.csv'), aRegister(5).join('\n'))
    const { files } = await scan(engine, [good], someOptions)
    expect(files.map(({ error }) => error?.code)).toEqual(['scan.encoding-unknown', undefined])
  })
})

describe('headers and rows', () => {
  test('without a header the columns are numbered', async () => {
    const file = await scanned('h.csv', aRegister(20).slice(1).join('\n'))
    expect(file).toMatchObject({ header: false, rows: 20 })
    expect(file.columns.map(({ name }) => name)).toEqual(['column1', 'column2', 'column3'])
  })

  test.for([40, 60_000])(
    'of %i rows, those with too few and too many cells are counted, and their cells are read',
    async (rows) => {
      const lines = aRegister(rows)
      lines.splice(10, 0, `${aName(1)},${anId(900_001)}`, `${aName(2)},${anId(900_002)},${aMobile(7)},${anId(900_003)}`)
      const file = await scanned('ragged.csv', lines.join('\n'))
      expect(file).toMatchObject({ rows: rows + 2, skipped: 2, error: null })
      expect(file.columns[1]?.counts.valid).toBe(rows + 2)
      expect(file.columns[3]).toMatchObject({ name: 'column4+', findings: [{ kind: 'national_id', valid: 1 }] })
    },
  )

  test.for([3, 60_000])('quoted cells of %i rows keep their commas, quotes and line ends', async (rows) => {
    const lines = [
      '姓名,备注',
      ...Array.from({ length: rows }, (_, n) => `${aName(n)},"他说""好"",\n电话${aMobile(n)}。"`),
    ]
    const file = await scanned('quoted.csv', lines.join('\r\n'))
    expect(file).toMatchObject({ rows, skipped: 0, error: null })
    expect(file.columns[1]?.findings).toContainEqual(expect.objectContaining({ kind: 'mobile', valid: rows }))
  })

  test('full-width digits and padded cells are the same numbers', async () => {
    const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
    for (const rows of [50, 60_000]) {
      const lines = aRegister(rows)
      lines[5] = `${aName(4)},${wide(anId(4))}," ${aMobile(4)} "`
      const file = await scanned('wide.csv', lines.join('\n'))
      expect(file.columns[1]?.counts).toMatchObject({ matched: rows, valid: rows, distinct: rows })
      expect(file.columns[2]?.counts).toMatchObject({ valid: rows, distinct: rows })
    }
  })
})

describe('JSON', () => {
  test('numbers beyond 2^53 keep every digit; nested objects become paths', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, n) => `{"患者":{"姓名":"${aName(n)}","身份证号":${anId(n).replace('X', '0')}},"n":${n}}`,
    )
    const ids = rows.map((row) => /号":(\d+)/.exec(row)?.[1])
    const valid = ids.filter((id, n) => id === anId(n)).length
    const list = await scanned('l.json', `[\n${rows.join(',\n')}\n]`)
    expect(list).toMatchObject({ format: 'json', rows: 20, error: null })
    expect(list.columns.map(({ name }) => name)).toEqual(['患者.姓名', '患者.身份证号', 'n'])
    expect(list.columns[1]?.counts).toMatchObject({ matched: 20, valid, distinct: 20 })
    const lines = await scanned('l.ndjson', rows.join('\n'))
    expect(lines).toMatchObject({ format: 'ndjson', rows: 20 })
    expect(lines.columns.map(({ counts }) => counts)).toEqual(list.columns.map(({ counts }) => counts))
  })

  test('a document that holds one list of objects is that list', async () => {
    const file = await scanned(
      'o.json',
      JSON.stringify(
        {
          total: 2,
          rows: [
            { id: 1, 姓名: '王芳' },
            { id: 2, 姓名: '李静' },
          ],
        },
        null,
        2,
      ),
    )
    expect(file.columns.map(({ name }) => name)).toEqual(['id', '姓名', 'total'])
  })

  test('a document that ends in the middle was not read to its end', async () => {
    const file = await scanned('t.json', '[{"a":"13812345678"},{"a":"13812345679"},{"a":"138')
    expect(file).toMatchObject({ rows: 2, error: { code: 'scan.file-truncated' } })
  })
})

describe('gzip and folders', () => {
  test.for(['csv', 'json', 'ndjson'] as const)('a packed %s is read like the plain one', async (format) => {
    const rows = Array.from({ length: 30 }, (_, n) => ({ 姓名: aName(n), 手机号: aMobile(n) }))
    const text =
      format === 'csv'
        ? aRegister(30).join('\n')
        : format === 'json'
          ? JSON.stringify(rows)
          : rows.map((row) => JSON.stringify(row)).join('\n')
    const plain = await scanned(`x.${format}`, text)
    const packed = await scanned(`x.${format}.gz`, gzipSync(text))
    expect(packed.columns).toEqual(plain.columns)
    expect(packed).toMatchObject({ format: plain.format, rows: plain.rows })
    expect(packed.sha256).not.toBe(plain.sha256)
  })

  test('many small files are each judged, links are followed inside only', async () => {
    const many = join(folder, 'many')
    mkdirSync(many)
    for (let n = 0; n < 60; n++) {
      const lines = aRegister(4).map((line, at) =>
        at === 0 ? line : [aName(n), anId(n * 10 + at), aMobile(n * 10 + at)].join(','),
      )
      writeFileSync(join(many, `part-${String(n).padStart(2, '0')}.csv`), lines.join('\n'))
    }
    // One with quotes, one that is ragged, one that leads elsewhere, one that leads to a neighbour.
    writeFileSync(join(many, 'quoted.csv'), `姓名,身份证号,手机号\n"王,芳",${anId(5000)},${aMobile(5000)}\n`)
    writeFileSync(join(many, 'ragged.csv'), `姓名,身份证号,手机号\n王芳,${anId(5001)}\n`)
    symlinkSync(join(folder), join(many, 'out.csv'))
    symlinkSync(join(many, 'quoted.csv'), join(many, 'in.csv'))
    const { files, persons, scanned } = await scan(engine, [many], someOptions)
    expect(files).toHaveLength(63)
    expect(files.filter(({ error }) => error !== null).map(({ path, error }) => [path, error?.code])).toEqual([
      ['out.csv', 'scan.link-outside'],
    ])
    expect(files.find(({ path }) => path === 'ragged.csv')).toMatchObject({ rows: 1, skipped: 1 })
    expect(files.every(({ columns, path }) => path === 'out.csv' || columns[1]?.kind === 'national_id')).toBe(true)
    expect(persons).toMatchObject({ lower: 242, point: 242, upper: 242 })
    expect(scanned).toMatchObject({ rows: 242, complete: false })
  })
})
