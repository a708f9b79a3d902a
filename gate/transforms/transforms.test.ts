import { residentIdCheckCharacter } from '@tongguan/law'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { aColumn, aFile, anEvidence } from '../makers.ts'
import { hashFile } from '../private-copy.ts'
import { cellTransform } from './cells.ts'
import type { RowAbout } from './cells.ts'
import { lookUpCodes } from './escrow.ts'
import { ff1, permutation } from './ff1.ts'
import type { ColumnRule, FileRecipe, Recipe } from './recipe.ts'
import { recipeFor } from './recipe.ts'
import { transformFiles } from './transform-files.ts'
import type { TransformBy } from './transform-files.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-transforms-'))
afterAll(() => rmSync(root, { recursive: true }))

const key = Buffer.alloc(32, 7)
const otherKey = Buffer.alloc(32, 8)
const about: RowAbout = { person: 'p1', row: 1, cell: () => '' }

function transform(rule: ColumnRule, given: { key?: Uint8Array; recipient?: string; column?: string } = {}) {
  return cellTransform(rule, { key, recipient: 'abroad', column: 'c', ...given })
}

// --- values of their own ----------------------------------------------------------------------------------------------

/** A resident ID number of somebody who could be: any region, any day since 1800. */
const aResidentId = fc
  .tuple(
    fc.integer({ min: 0, max: 999_999 }),
    fc.date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, born, sequence]) => {
    const day = born.toISOString().slice(0, 10).replaceAll('-', '')
    const body = `${String(region).padStart(6, '0')}${day}${String(sequence).padStart(3, '0')}`
    return `${body}${residentIdCheckCharacter(body)}`
  })

const aMobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([third, rest]) => `1${third}${String(rest).padStart(9, '0')}`)

const aDay = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** As issued numbers begin, by province (GB/T 2260, and 81 to 83). */
const province = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9)/

describe('format-preserving', () => {
  test.for([
    ['2B7E151628AED2A6ABF7158809CF4F3C', '2433477484'],
    ['2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94', '6657667009'],
  ] as const)('FF1 under %s gives the published sample', ([hex, expected]) => {
    const cipher = ff1(Buffer.from(hex, 'hex'), { radix: 10, length: 10 })
    expect(cipher.encrypt([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).join('')).toBe(expected)
  })

  test('a permutation reaches every number once', () => {
    const permute = permutation(key, 1_000)
    expect(new Set(Array.from({ length: 1_000 }, (_, number) => permute(number))).size).toBe(1_000)
  })

  test('no number that comes out can have been issued: no province, born before 1800, a right check character', () => {
    const of = transform({ do: 'format-preserving', of: 'national_id' })
    fc.assert(
      fc.property(aResidentId, (id) => {
        const out = of(id, about) ?? ''
        expect(out).toMatch(/^\d{17}[\dX]$/)
        expect(out).not.toMatch(province)
        expect(Number(out.slice(6, 10))).toBeLessThan(1800)
        expect(Number.isNaN(Date.parse(`${out.slice(6, 10)}-${out.slice(10, 12)}-${out.slice(12, 14)}`))).toBe(false)
        expect(residentIdCheckCharacter(out.slice(0, 17))).toBe(out.slice(17))
      }),
    )
  })

  test('two persons stay two, however like', () => {
    const id = transform({ do: 'format-preserving', of: 'national_id' })
    const mobile = transform({ do: 'format-preserving', of: 'mobile' })
    fc.assert(
      fc.property(fc.uniqueArray(aResidentId, { minLength: 2, maxLength: 20 }), (ids) => {
        expect(new Set(ids.map((one) => id(one, about))).size).toBe(ids.length)
      }),
    )
    fc.assert(
      fc.property(fc.uniqueArray(aMobile, { minLength: 2, maxLength: 20 }), (mobiles) => {
        const out = mobiles.map((one) => mobile(one, about) ?? '')
        expect(new Set(out).size).toBe(mobiles.length)
        for (const one of out) expect(one).toMatch(/^2\d{10}$/)
      }),
    )
  })

  test('one person in other spellings has one number', () => {
    const id = transform({ do: 'format-preserving', of: 'national_id' })
    const body = '11010519491231002'
    expect(id(`${body}x`, about)).toBe(id(`${body}X`, about))
    const wide = [...`${body}X`].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('')
    expect(id(wide, about)).toBe(id(`${body}X`, about))
    const mobile = transform({ do: 'format-preserving', of: 'mobile' })
    expect(mobile('+86 139 1234 5678', about)).toBe(mobile('13912345678', about))
  })

  test.for([
    ['national_id', '110105194912310021'],
    ['national_id', '110105194902300010'],
    ['national_id', '无'],
    ['mobile', '010-12345678'],
    ['mobile', '1391234567'],
  ] as const)('what is no %s (%s) is emptied, not let through', ([of, value]) => {
    expect(transform({ do: 'format-preserving', of })(value, about)).toBeUndefined()
  })
})

describe('codes', () => {
  const rules = [{ do: 'keyed-hash' }, { do: 'keyed-hash', with: 'sm3' }, { do: 'pseudonym' }] as const

  test.for(rules)('%j is another one under another key, for another recipient, in another space', (rule) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const codes = [
          transform(rule)(value, about),
          transform(rule, { key: otherKey })(value, about),
          transform(rule, { recipient: 'elsewhere' })(value, about),
          transform(rule, { column: 'd' })(value, about),
        ]
        expect(new Set(codes).size).toBe(4)
        expect(transform(rule)(value, about)).toBe(codes[0])
        expect(transform({ ...rule, as: 'c' }, { column: 'd' })(value, about)).toBe(codes[0])
      }),
    )
  })
})

describe('dates', () => {
  test('intervals within a person stay, and every date moves', () => {
    const shift = transform({ do: 'date-shift', days: 50 })
    const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
    fc.assert(
      fc.property(aDay, aDay, fc.string({ minLength: 1 }), (first, second, person) => {
        const [one = '', two = ''] = [first, second].map((day) => shift(day, { ...about, person }))
        expect(days(one, two)).toBe(days(first, second))
        expect(Math.abs(days(first, one))).toBeGreaterThanOrEqual(1)
        expect(Math.abs(days(first, one))).toBeLessThanOrEqual(50)
      }),
    )
  })

  test('form and time of day stay; other persons move otherwise; without a person the date is emptied', () => {
    const shift = transform({ do: 'date-shift', days: 3_650 })
    expect(shift('2026/3/5 08:15:00', about)).toMatch(/^\d{4}\/\d{1,2}\/\d{1,2} 08:15:00$/)
    expect(shift('20260305', about)).toMatch(/^\d{8}$/)
    expect(shift('2026年3月5日', about)).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日$/)
    expect(shift('2026-03-05', { ...about, person: 'p2' })).not.toBe(shift('2026-03-05', about))
    expect(shift('2026-03-05', { ...about, person: '' })).toBeUndefined()
    expect(shift('2026-02-30', about)).toBeUndefined()
    expect(shift('5 March', about)).toBeUndefined()
  })
})

test.for([
  [{ do: 'generalise', to: 'year' }, '1985-03-08', '1985'],
  [{ do: 'generalise', to: 'quarter' }, '1985-12-08', '1985-Q4'],
  [{ do: 'generalise', to: 'month' }, '1985/3/8', '1985-03'],
  [{ do: 'generalise', to: 'decade' }, '19850308', '1980s'],
  [{ do: 'generalise', to: 'year' }, 'spring', undefined],
  [{ do: 'generalise', step: 5 }, '24', '20-24'],
  [{ do: 'generalise', step: 5 }, '25', '25-29'],
  [{ do: 'generalise', step: 10, top: 85 }, '84', '80-84'],
  [{ do: 'generalise', step: 10, top: 85 }, '85', '85+'],
  [{ do: 'generalise', step: 5 }, 'about 30', undefined],
  [{ do: 'generalise', first: 2 }, '440305', '44'],
  [{ do: 'generalise', first: 2 }, '4', undefined],
  [{ do: 'generalise', decimals: 2 }, '31.230416', '31.23'],
  [{ do: 'generalise', groups: { 内科: ['心内科', '呼吸科'] }, otherwise: '其他' }, '呼吸科', '内科'],
  [{ do: 'generalise', groups: { 内科: ['心内科'] }, otherwise: '其他' }, '骨科', '其他'],
  [{ do: 'generalise', groups: { 内科: ['心内科'] } }, '骨科', undefined],
  [{ do: 'bounds', bottom: 10, top: 100 }, '9', '10'],
  [{ do: 'bounds', bottom: 10, top: 100 }, '10.0', '10.0'],
  [{ do: 'bounds', bottom: 10, top: 100 }, '101', '100'],
  [{ do: 'bounds', top: 100 }, '=1+1', undefined],
  [{ do: 'mask', first: 3, last: 4 }, '13912345678', '139****5678'],
  [{ do: 'mask', first: 3, last: 4 }, '1391234', '*******'],
  [{ do: 'mask' }, '王小明', '***'],
] as const)('%j makes of %s %s', ([rule, value, expected]) => {
  expect(transform(rule as ColumnRule)(value, about)).toBe(expected)
})

test('noise has the deviation asked for, keeps the decimals, and is the same for one reading of a person', () => {
  const noise = transform({ do: 'noise', deviation: 2 })
  const drawn = Array.from({ length: 4_000 }, (_, at) => Number(noise('70.0', { ...about, person: `p${at}` })) - 70)
  const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length
  const deviation = Math.sqrt(drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length)
  expect(Math.abs(mean)).toBeLessThan(0.15)
  expect(Math.abs(deviation - 2)).toBeLessThan(0.1)
  expect(noise('70.0', about)).toMatch(/^-?\d+\.\d$/)
  expect(noise('70.0', { ...about, row: 9 })).toBe(noise('70.0', about))
  expect(noise('heavy', about)).toBeUndefined()
})

test('no number of a known form is left in a text, whatever stands around it', () => {
  const spans = transform({ do: 'spans', alsoOf: ['name'] })
  const word = fc.constantFrom('电话', '，', ' ', '身份证号：', 'id', '(', '复诊', '\u200b')
  fc.assert(
    fc.property(fc.array(word), fc.oneof(aResidentId, aMobile), fc.array(word), (before, number, after) => {
      const out = spans(`${before.join('')}${number}${after.join('')}`, about) ?? ''
      expect(out).not.toContain(number)
      expect(out).not.toMatch(/\d{11}/)
    }),
  )
  const named = { ...about, cell: () => '王小明' }
  expect(spans('王小明\u200b复诊, １３９１２３４５６７８, a.b@c.cn', named)).toBe('[OWN]复诊, [PHONE], [E-MAIL]')
})

// --- whole files ------------------------------------------------------------------------------------------------------

let batches = 0

async function treat(
  files: Readonly<Record<string, string>>,
  recipe: readonly FileRecipe[],
  more: Partial<TransformBy> & { readonly delimiter?: string } = {},
) {
  const folder = join(root, String(batches++))
  mkdirSync(join(folder, 'data'), { recursive: true })
  const copied = await Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      writeFileSync(join(folder, 'data', name), text)
      return { name, ...(await hashFile(join(folder, 'data', name))) }
    }),
  )
  const evidence = anEvidence({
    files: copied.map(({ name, bytes, sha256 }) => {
      const format = name.endsWith('.csv') ? 'csv' : 'ndjson'
      return aFile({ path: name, bytes, sha256, format, columns: [aColumn('x')], delimiter: more.delimiter ?? ',' })
    }),
  })
  const by = { recipe: aRecipe(recipe), key, ...more }
  const done = await transformFiles(folder, copied, { evidence, by })
  const read = (name: string) => readFileSync(join(folder, 'data', name), 'utf8')
  return { ...done, read }
}

function aRecipe(files: readonly FileRecipe[]): Recipe {
  return { schema: 'tongguan/recipe/1', id: 'r1', recipient: 'abroad', files }
}

const failures = ({ rebuilt }: Awaited<ReturnType<typeof treat>>) => rebuilt.map(({ failed }) => failed)

test('a delimited file: one column gone, one coded, the others to the last byte as they were; twice the same bytes', async () => {
  const text = 'id,name,ward\n1,"王, 小明","a ""b"""\n2,,\n'
  const columns = { id: { do: 'keyed-hash' }, name: { do: 'suppress' }, ward: { do: 'keep' } } as const
  const one = await treat({ 'a.csv': text }, [{ match: '*.csv', columns }])
  const two = await treat({ 'a.csv': text }, [{ match: '*.csv', columns }])
  expect(one.read('a.csv')).toBe(two.read('a.csv'))
  expect(one.read('a.csv')).toMatch(/^id,ward\n[0-9a-f]{32},"a ""b"""\n[0-9a-f]{32},\n$/)
  expect(one.columns).toEqual([
    { file: 'a.csv', column: 'id', treatment: 'keyed-hash', cells: 2, emptied: 0 },
    { file: 'a.csv', column: 'name', treatment: 'suppress', cells: 1, emptied: 0 },
    { file: 'a.csv', column: 'ward', treatment: 'keep', cells: 1, emptied: 0 },
  ])
})

test('objects: paths, lists, and numbers with the digits they came with', async () => {
  const text = '{"p":{"id":"m1","tel":["13912345678","x"]},"n":12345678901234567890.10,"w":70.25}\n'
  const columns = {
    'p.id': { do: 'suppress' },
    'p.tel': { do: 'mask' },
    n: { do: 'keep' },
    w: { do: 'bounds', top: 60 },
  } as const
  const done = await treat({ 'a.ndjson': text }, [{ match: 'a.ndjson', columns }])
  expect(done.read('a.ndjson')).toBe('{"p":{"tel":["***********","*"]},"n":12345678901234567890.10,"w":60}\n')
})

test.for([
  ['a column the recipe does not name', 'a,b,c\n1,2,3\n', { because: 'column-not-in-recipe', row: 1, column: 'c' }],
  ['a column that is not there', 'a\n1\n', { because: 'column-missing', row: 0, column: 'b' }],
  ['a name that stands twice', 'a,b,a\n1,2,3\n', { because: 'column-twice', row: 1, column: 'a' }],
  ['a row too long', 'a,b\n1,2,3\n', { because: 'fields', row: 2 }],
] as const)('%s: nothing is changed, and it says where', async ([, text, failed]) => {
  const columns = { a: { do: 'suppress' }, b: { do: 'keep' } } as const
  const done = await treat({ 'x.csv': text }, [{ match: 'x.csv', columns }])
  expect(failures(done)).toEqual([failed])
  expect(done.read('x.csv')).toBe(text)
})

test('a file no part of the recipe is for, or two parts, or one of several that fails: all files stay as they were', async () => {
  const columns = { a: { do: 'mask' } } as const
  const none = await treat({ 'x.csv': 'a\n1\n', 'y.csv': 'a\n1\n' }, [{ match: 'x.csv', columns }])
  expect(failures(none)).toEqual([undefined, { because: 'no-recipe', row: 0 }])
  expect(none.read('x.csv')).toBe('a\n1\n')
  const part = { match: '*.csv', columns }
  expect(failures(await treat({ 'x.csv': 'a\n1\n' }, [part, part]))).toEqual([{ because: 'no-recipe', row: 0 }])
  const nothing = await treat({ 'x.csv': 'a\n1\n' }, [{ match: '*.csv', columns: { a: { do: 'suppress' } } }])
  expect(failures(nothing)).toEqual([{ because: 'nothing-left', row: 0 }])
  expect(recipeFor(aRecipe([part]), 'deep/x.csv')).toBeUndefined()
  expect(recipeFor(aRecipe([{ ...part, match: 'a.b*' }]), 'axb1')).toBeUndefined()
})

test(
  'the custodian’s table leads from a code back to its value, with the passphrase only',
  { timeout: 60_000 },
  async () => {
    const escrow = { folder: join(root, 'escrow'), passphrase: 'correct horse battery' }
    const columns = { id: { do: 'pseudonym', as: 'patient', prefix: 'P' }, ward: { do: 'keep' } } as const
    const text = `id,ward\n${Array.from({ length: 500 }, (_, at) => `m${at % 100},w`).join('\n')}\n`
    const done = await treat({ 'a.csv': text }, [{ match: '*.csv', columns }], { escrow })
    const code = done.read('a.csv').split('\n')[43]?.split(',')[0] ?? ''
    expect(code).toMatch(/^P[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(await lookUpCodes(escrow, [code, 'P0'])).toEqual([{ as: 'patient', code, value: 'm42' }])
    await expect(lookUpCodes({ ...escrow, passphrase: 'wrong horse battery' }, [code])).rejects.toMatchObject({
      code: 'gate.escrow-not-opened',
    })
    const sealed = readdirSync(escrow.folder).map((name) => readFileSync(join(escrow.folder, name), 'latin1'))
    expect(sealed).toHaveLength(1)
    expect(sealed.join('')).not.toContain('m42')
  },
)

test('where the batch cannot be treated no table is left, half or whole', async () => {
  const escrow = { folder: join(root, 'escrow-none'), passphrase: 'correct horse battery' }
  const columns = { id: { do: 'pseudonym' } } as const
  await treat({ 'a.csv': 'id\n1\n2,3\n' }, [{ match: '*.csv', columns }], { escrow })
  expect(readdirSync(escrow.folder)).toEqual([])
})
