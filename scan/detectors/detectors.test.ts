import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import type { ColumnEvidence, Evidence, Kind } from '@tongguan/law'
import { afterAll, expect, test } from 'vitest'
import * as v from '../../test/accuracy/values.ts'
import { openEngine, scan } from '../index.ts'
import type { ColumnOverride } from '../index.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

type Columns = Readonly<Record<string, readonly string[]>>

/** Scans tables, one file each; a column called `column1` says nothing of itself. */
async function scanned(
  tables: Readonly<Record<string, Columns>>,
  overrides: readonly ColumnOverride[] = [],
): Promise<Evidence> {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-detectors-'))
  folders.push(folder)
  for (const [path, columns] of Object.entries(tables)) {
    const names = Object.keys(columns)
    const length = Math.max(...names.map((name) => columns[name]?.length ?? 0))
    const rows = Array.from({ length }, (_, row) => names.map((name) => columns[name]?.[row] ?? '').join('\t'))
    writeFileSync(join(folder, `${path}.tsv`), `${[names.join('\t'), ...rows].join('\n')}\n`)
  }
  const engine = await openEngine()
  try {
    return await scan(engine, [folder], {
      on: legalDate('2026-11-23'),
      key: Buffer.alloc(32, 7),
      keyEpoch: '2026',
      overrides,
    })
  } finally {
    await engine.close()
  }
}

const column = (evidence: Evidence, path: string, name = 'column1'): ColumnEvidence => {
  const found = evidence.files.find((file) => file.path === `${path}.tsv`)?.columns.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no column ${name} of ${path} in the evidence`)
  return found
}

const many = (make: v.Maker, count = 60): string[] => {
  const c = v.chance(42)
  return Array.from({ length: count }, (_, row) => make(c, row))
}

// Values made by the standards' own rules, in a column whose name says nothing.
const provesItself: readonly (readonly [what: string, kind: Kind, values: readonly string[]])[] = [
  ['resident IDs', 'national_id', many(v.residentId)],
  [
    'resident IDs with a small x',
    'national_id',
    many(v.residentId, 400)
      .filter((id) => id.endsWith('X'))
      .map((id) => id.toLowerCase()),
  ],
  [
    'residence permits of Hong Kong',
    'national_id',
    many((c, row) => withCheck(`810000${v.birthCompact(c, row)}${c.digits(3)}`)),
  ],
  [
    'cards of permanent residents',
    'permanent_residence_id',
    many((c, row) => withCheck(`911156${v.birthCompact(c, row)}${c.digits(3)}`)),
  ],
  [
    'identity cards of Hong Kong',
    'hmt_id',
    ['A123456(3)', 'C668668(9)', 'G123456(A)', 'AB987654(3)', 'Z683365(5)', 'K034816(9)', 'D234567(3)', 'E364912(5)'],
  ],
  [
    'identity numbers of Taiwan',
    'hmt_id',
    ['A123456789', 'F131104093', 'B142610160', 'A234567893', 'C120456783'].map((id) => taiwan(id)),
  ],
  ['mobiles', 'mobile', many(v.mobile)],
  ['mobiles with the country', 'mobile', many(v.mobile).map((n) => `+86 ${n}`)],
  ['fixed lines', 'phone', many(v.landline)],
  ['international telephones', 'phone', many(v.foreignPhone)],
  ['e-mail addresses', 'email', many(v.email)],
  ['cards', 'card_number', many(v.card)],
  ['accounts with IBAN', 'bank_account', many(v.iban)],
  ['telephones by IMEI', 'device_id', many(v.imei)],
  ['cars by VIN', 'vin', many(v.vin)],
  ['number plates', 'plate', many(v.plate)],
  ['electric number plates', 'plate', ['粤BD12345', '沪AF90876', '京AD00001', '浙A12345D', '苏E06789F']],
  ['WeChat ids', 'social_account', many((c) => `wxid_${c.digits(6)}abcdefgh`)],
  ['cards of officers', 'military_id', many((c) => `军字第${c.digits(7)}号`)],
  ['variants of genes', 'genotype', many(v.code('rs', 7))],
  ['tokens', 'credential', many((c) => `AKIA${c.digits(16)}`)],
  ['crypted passwords', 'password_hash', many((c) => `$2a$10$${c.digits(22)}abcdefghijklmnopqrstuvwxyzABCDE`)],
  ['IP addresses', 'ip_address', many(v.ip)],
  ['IPv6 addresses', 'ip_address', many((c) => `2001:db8:${c.digits(4)}::${c.digits(3)}`)],
  ['Chinese names', 'name', many(v.chineseName, 200)],
  ['names on tickets', 'name', many(v.pinyinName)],
  ['English names', 'name', many(v.englishName, 100)],
  ['addresses', 'address', many(v.address)],
  [
    'organisations',
    'organisation_code',
    ['91350100M000100Y43', '91110000600037341L', '911101081000000000', '91110105MA00000000'].flatMap((code) =>
      organisation(code),
    ),
  ],
]

const beside = (values: readonly string[]): string[] => values.map((_, row) => String(row))

test('what proves itself is recognised under a name that says nothing', async () => {
  const tables = provesItself.map(
    ([, , values], at) => [`t${at}`, { column1: values, column2: beside(values) }] as const,
  )
  const evidence = await scanned(Object.fromEntries(tables))
  const said = provesItself.map(([what], at) => `${what}: ${column(evidence, `t${at}`).kind}`)
  expect(said).toEqual(provesItself.map(([what, kind]) => `${what}: ${kind}`))
})

test('sex, people, marriage mean persons only in a table about persons, and a rejected one says why', async () => {
  const lists = [
    ['sex', v.oneOf('男', '女')],
    ['ethnicity', v.oneOf('汉族', '回族')],
    ['marital_status', v.oneOf('已婚', '未婚')],
    ['political_status', v.oneOf('群众', '中共党员')],
    ['religion', v.oneOf('佛教', '道教')],
    ['education', v.oneOf('本科', '硕士')],
  ] as const
  const evidence = await scanned(
    Object.fromEntries(
      lists.flatMap(([kind, make]) => [
        [`${kind}-alone`, { column1: many(make), column2: many(v.amount) }],
        [`${kind}-beside`, { column1: many(make), column2: many(v.residentId) }],
      ]),
    ),
  )
  for (const [kind] of lists) {
    expect([kind, column(evidence, `${kind}-alone`).category]).toEqual([kind, 'none'])
    expect(column(evidence, `${kind}-alone`).rejected).toMatchObject([{ kind, reason: 'context-disagrees' }])
    expect(column(evidence, `${kind}-beside`).kind).toBe(kind)
  }
})

test('one digit wrong in every cell is no resident ID; codes of organisations and service numbers are nobody', async () => {
  const wrong = many(v.residentId).map((id) => id.slice(0, 16) + String((Number(id[16]) + 1) % 10) + id.slice(17))
  const evidence = await scanned({
    wrong: { column1: wrong, column2: many(v.amount) },
    service: { column1: many(v.serviceNumber), column2: many(v.amount) },
    versions: { firmware: many(v.oneOf('1.38.0.13', '2.0.11.4')), column2: many(v.amount) },
  })
  expect(column(evidence, 'wrong').kind).toBe('none')
  expect(column(evidence, 'service').kind).toBe('service_number')
  expect(column(evidence, 'versions', 'firmware').category).toBe('none')
  expect(evidence.persons.upper).toBe(0)
})

test('a value in a sentence is found beside Chinese characters', async () => {
  const said = [
    '我的电话13812345678是',
    '请联系 info@example.cn谢谢',
    '账户NL91ABNA0417164300已关闭',
    '没有什么',
    '今天天气很好',
  ]
  const evidence = await scanned({ notes: { column1: said, column2: beside(said) } })
  const kinds = column(evidence, 'notes').findings.map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind !== 'free_text').sort()).toEqual(['bank_account', 'email', 'mobile'])
})

// The share that passes by accident is known; it must not look like intent.
test('random numbers of the shape of IDs, cards and mobiles are no persons', async () => {
  const c = v.chance(20261123)
  const random = (digits: number) => Array.from({ length: 50_000 }, () => c.digits(digits).replace(/^0/, '1'))
  const shapes = [18, 16, 17, 19, 11]
  const evidence = await scanned(
    Object.fromEntries(shapes.map((n) => [`d${n}`, { column1: random(n), column2: ['x'] }])),
  )
  expect(shapes.map((n) => [n, column(evidence, `d${n}`).kind, column(evidence, `d${n}`).findings])).toEqual(
    shapes.map((n) => [n, 'none', []]),
  )
  expect(evidence.persons.upper).toBe(0)
})

test('one valid resident ID in 100,000 cells of other shapes is found and counted once', async () => {
  const c = v.chance(7)
  const cells = Array.from({ length: 100_000 }, (_, row) => `${c.pick(['A', 'B', 'C'])}${row}-${c.digits(5)}`)
  cells[77_777] = v.residentId(c, 0)
  const evidence = await scanned({ cells: { column1: cells, column2: ['x'] } })
  expect(column(evidence, 'cells').findings).toEqual([{ kind: 'national_id', valid: 1, because: ['checksum'] }])
  expect(evidence.persons).toMatchObject({ lower: 1, point: 1 })
})

test('a mobile among resident IDs is found, though both are numbers', async () => {
  const c = v.chance(8)
  const cells = Array.from({ length: 40 }, () => v.residentId(c, 0))
  cells[17] = '13912345678'
  const { findings } = column(await scanned({ ids: { column1: cells, column2: ['x'] } }), 'ids')
  expect(findings.map(({ kind, valid }) => [kind, valid])).toEqual([
    ['national_id', 39],
    ['mobile', 1],
  ])
})

test('only a named person takes a column out of the sensitive ones, the reason is shown, and minors stay', async () => {
  const child = withCheck('11010120200101001')
  const tables = { t: { 身份证号: [...many(v.residentId), child], column2: ['x'] } }
  const on = { file: 't.tsv', column: '身份证号', by: '王某', on: '2026-11-20', reason: 'numbers of test persons' }
  const before = await scanned(tables)
  const after = await scanned(tables, [on])
  expect(column(before, 't', '身份证号').category).toBe('sensitive')
  expect(column(after, 't', '身份证号')).toMatchObject({
    category: 'personal',
    sensitiveUnder: ['GB/T 35273-2020'],
    override: { by: '王某', on: '2026-11-20', reason: 'numbers of test persons' },
  })
  expect([before.persons.sensitive.upper, after.persons.sensitive.upper, after.persons.minors]).toEqual([61, 1, 1])
})

// --- makers -----------------------------------------------------------------------------------------------------------

function withCheck(head: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return head + '10X98765432'.charAt(weights.reduce((sum, weight, at) => sum + weight * Number(head[at]), 0) % 11)
}

function taiwan(id: string): string {
  const number = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(id.charAt(0)) + 10
  const digits = [Math.floor(number / 10), number % 10, ...id.slice(1, 9).split('').map(Number)]
  const sum = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1].reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0)
  return id.slice(0, 9) + String((10 - (sum % 10)) % 10)
}

// Both check characters of GB 32100 over the given code's other places.
function organisation(code: string): string[] {
  const own = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const ownSum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (sum, weight, at) => sum + weight * own.indexOf(code.charAt(8 + at)),
    0,
  )
  const body = code.slice(0, 16) + '0X987654321'.charAt(ownSum % 11)
  if (body.endsWith('X') && !/^[^IOSVZ]*$/.test(body)) return []
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const sum = weights.reduce((total, weight, at) => total + weight * alphabet.indexOf(body.charAt(at)), 0)
  return [body + alphabet.charAt((31 - (sum % 31)) % 31)]
}
