import * as fc from 'fast-check'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { forEachDatabase } from '../test/databases.ts'
import { aLoggedRequest, logTrust, openGate, proveLogged } from '../test/gate-log.ts'
import { generateKey, trustedKey } from './keys.ts'
import { aFile, anEvidence, approverTrust, authorityTrust, inspectFolder } from './makers.ts'
import { NotRebuilt, rebuildCsv } from './rebuild-csv.ts'
import type { Rebuilder } from './rebuild-csv.ts'
import { rebuildDocument, rebuildJson, rebuildNdjson } from './rebuild-json.ts'
import { rebuildFiles } from './rebuild.ts'
import { releaseBatch } from './release-batch.ts'
import { verifyRelease } from './verify.ts'

const root = mkdtempSync(join(tmpdir(), 'tongguan-rebuild-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Rebuilt in pieces of `size` characters; or why not, with the row. */
function rebuilt(rebuilder: Rebuilder, text: string, size = text.length): string {
  let out = ''
  try {
    for (let at = 0; at < text.length; at += Math.max(size, 1)) out += rebuilder.take(text.slice(at, at + size))
    return out + rebuilder.end()
  } catch (error) {
    if (!(error instanceof NotRebuilt)) throw error
    return `${error.because} ${error.row}`
  }
}

const csv = () => rebuildCsv({ delimiter: ',', header: true })

test.for([
  ['a,b\r\n1,2\r\n', 'a,b\n1,2\n'],
  ['a,b\n1,2', 'a,b\n1,2\n'],
  ['"a","b"\n"1","2"\n', 'a,b\n1,2\n'],
  ['a,b\n"x,y","say ""hi"""\n', 'a,b\n"x,y","say ""hi"""\n'],
  ['a,b\n"two\r\nlines",=1+1\n', 'a,b\n"two\r\nlines",=1+1\n'],
  ['a,b\n,\n', 'a,b\n,\n'],
  ['a\n""\n', 'a\n""\n'],
  ['a,b\n"1"x,2\n', 'quote 2'],
  ['a,b\n1"x,2\n', 'quote 2'],
  ['a,b\n"1,2\n', 'quote 2'],
  ['a,b\n1,2,3\n', 'fields 2'],
  ['a,b\n1\n', 'fields 2'],
  ['a,b\n\n1,2\n', 'empty-row 2'],
  ['a,b\n1\r,2\n', 'line-end 2'],
  ['a,b\n1\0,2\n', 'control-character 2'],
  ['a,b\n"1\0",2\n', 'control-character 2'],
] as const)('delimited text %j is rebuilt as %j, in pieces of any size', ([text, wanted]) => {
  for (const size of [text.length, 1, 3]) expect(rebuilt(csv(), text, size)).toBe(wanted)
})

test('any table is rebuilt to the same values, and what is rebuilt stays as it is', () => {
  const value = fc.string({ unit: fc.constantFrom('a', '名', ' ', ',', '"', '\n', '\r\n', "'", '=') })
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
  const quoted = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
      const once = rebuilt(csv(), quoted(rows), size)
      expect(rebuilt(csv(), once, size)).toBe(once)
      expect(valuesOf(once)).toEqual(rows)
    }),
  )
})

/** A reader of its own, character by character. */
function valuesOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [['']]
  let inQuotes = false
  for (const [at, character] of [...text].entries()) {
    const row = rows.at(-1) ?? []
    const last = row.length - 1
    if (character === '"') {
      if (!inQuotes && [...text][at - 1] === '"') row[last] += '"'
      inQuotes = !inQuotes
    } else if (!inQuotes && character === ',') row.push('')
    else if (!inQuotes && character === '\n') rows.push([''])
    else row[last] += character
  }
  return rows.slice(0, -1)
}

test.for([
  [' { "a" : 1.10 , "b" : 12345678901234567890 } ', '{"a":1.10,"b":12345678901234567890}'],
  ['{"\\u0061":"\\u540d\\/"}', '{"a":"名/"}'],
  ['{"a":1,"\\u0061":2}', 'duplicate-key 1'],
  ['{"a":"\\ud800"}', 'control-character 1'],
  ['{"a":"\\u0000"}', 'control-character 1'],
  ['{"a":1} // hidden', 'not-json 1'],
] as const)('JSON %j is rebuilt as %j', ([text, wanted]) => {
  expect(rebuilt(rebuildNdjson(), text)).toBe(wanted.endsWith('1') ? wanted : `${wanted}\n`)
})

test('JSON documents and lines keep every value and count their rows', () => {
  const same = fc.property(fc.json(), (text) => {
    expect(JSON.parse(rebuildJson(text, 1))).toEqual(JSON.parse(text))
  })
  fc.assert(same)
  const document = rebuildDocument()
  expect(rebuilt(document, '[ {"a":1},\n {"a":2} ]', 4)).toBe('[{"a":1},{"a":2}]\n')
  expect(document.counted().rows).toBe(2)
})

test('a GB18030 file leaves as UTF-8; bytes of another encoding, packed files and unknown formats are not rebuilt', async () => {
  const folder = mkdtempSync(join(root, 'f-'))
  const files = []
  const contents = {
    'a.csv': Buffer.from([0xd0, 0xd5, 0x2c, 0x62, 0x0d, 0x0a, 0x31, 0x2c, 0x32]),
    'b.csv': Buffer.from([0x61, 0x0a, 0xff, 0x0a]),
    'c.csv.gz': Buffer.from('x'),
    'd.parquet': Buffer.from('x'),
  }
  const evidence = anEvidence({
    files: [
      aFile({ path: 'a.csv', encoding: 'gb18030' }),
      aFile({ path: 'b.csv' }),
      aFile({ path: 'c.csv.gz' }),
      aFile({ path: 'd.parquet', format: 'parquet', delimiter: null }),
    ],
  })
  mkdirSync(join(folder, 'data'))
  for (const [name, bytes] of Object.entries(contents)) {
    writeFileSync(join(folder, 'data', name), bytes)
    files.push({ name, bytes: bytes.length, sha256: hash('sha256', bytes) })
  }
  const all = await rebuildFiles(folder, files, evidence)
  expect(all.rebuilt.map(({ failed }) => failed?.because)).toEqual([
    undefined,
    'encoding',
    'no-rebuilder',
    'no-rebuilder',
  ])
  expect(readFileSync(join(folder, 'data', 'a.csv'))).toEqual(contents['a.csv'])
  const one = await rebuildFiles(folder, files.slice(0, 1), evidence)
  expect(readFileSync(join(folder, 'data', 'a.csv'), 'utf8')).toBe('姓,b\n1,2\n')
  expect(one.rebuilt).toMatchObject([{ rows: 1, columns: 2, input: { bytes: 9 } }])
  expect(existsSync(join(folder, 'rebuilt'))).toBe(false)
})

const key = generateKey()
const trust = {
  schema: 'tongguan/trust/1',
  keys: [
    trustedKey(key, { name: 'gate', roles: ['gate'], simulated: false }),
    authorityTrust,
    logTrust,
    ...approverTrust,
  ],
} as const

forEachDatabase('strict mode', (open) => {
  test('what leaves was written anew; the manifest has both digests, and asked again it has the same answer', async () => {
    const { db } = await openGate(open, root)
    const files = { 'visits.csv': 'subject,note\n1,"x"\ns2,"y"' }
    const request = aLoggedRequest(root, db, key, { files, rebuild: true })
    const released = await releaseBatch(request)
    const input = hash('sha256', files['visits.csv'])
    expect(released).toMatchObject({ kind: 'released', release: { files: [{ input: { sha256: input } }] } })
    const folder = join(request.into, 'b1')
    expect(readFileSync(join(folder, 'data/visits.csv'), 'utf8')).toBe('subject,note\n1,x\ns2,y\n')
    expect(await verifyRelease(folder, trust, { allowPilot: false, proveLogged })).toMatchObject({ outcome: 'valid' })
    expect(await releaseBatch(request)).toMatchObject({ kind: 'released', again: true })
  })

  test('a file that cannot be rebuilt is held with its row, and so are readings that differ', async () => {
    const { db } = await openGate(open, root)
    const held = async (name: string, text: string, inspect = inspectFolder) => {
      const request = aLoggedRequest(root, db, key, { files: { 'visits.csv': text }, rebuild: true, inspect })
      const result = await releaseBatch({ ...request, batch: { ...request.batch, name } })
      return result.kind === 'held'
        ? result.reasons.map(({ code, facts }) => [code, facts['because'], facts['row']])
        : []
    }
    expect(await held('b1', 'subject,note\n1,x,hidden\n')).toContainEqual(['gate.not-rebuilt', 'fields', 2])
    let reading = 0
    const unsteady: typeof inspectFolder = async (folder) => {
      const inspection = await inspectFolder(folder)
      const [file] = inspection.evidence.files
      reading += 1
      const rows = (file?.rows ?? 0) - (reading === 2 ? 1 : 0)
      return { ...inspection, evidence: { ...inspection.evidence, files: file ? [{ ...file, rows }] : [] } }
    }
    expect(await held('b2', 'subject,note\n1,x\n2,y\n', unsteady)).toContainEqual([
      'gate.not-rebuilt',
      'rows-differ',
      0,
    ])
  })
})
