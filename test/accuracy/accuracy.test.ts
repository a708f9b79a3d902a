// The goals of the scanner on tables made here. Data sets labelled elsewhere are scored by `npm run bench accuracy`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { heldOut } from './held-out.ts'
import { secondHeldOut } from './second-held-out.ts'
import { scanned } from './scanned.ts'
import { heldOutLabels, precision, recall, score, writeHeldOut } from './score.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-accuracy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('tables of other trades: columns, sensitivity, identifiers and kinds by their goals', async () => {
  const all = join(folder, 'all')
  const tables = [...heldOut, ...secondHeldOut]
  writeHeldOut(all, tables)
  const found = score(heldOutLabels(tables), await scanned(all))
  // What is wrong is shown before the rates are.
  const reached = {
    'personal precision 97': (precision(found.personal) ?? 0) >= 97,
    'personal recall 98': (recall(found.personal) ?? 0) >= 98,
    'sensitive recall 97': (recall(found.sensitive) ?? 0) >= 97,
    'direct recall 99': (recall(found.direct) ?? 0) >= 99,
    'kinds 93': (100 * found.kindRight) / found.personal.truePositives >= 93,
  }
  const missed = Object.entries(reached).flatMap(([goal, held]) => (held ? [] : [goal]))
  expect(missed.length === 0 ? [] : [missed, found.disagreements]).toEqual([])
})

test('products, airports, sensors, animals, catalogues and lists of offices: not one person', async () => {
  const nobody = join(folder, 'nobody')
  const tables = [...heldOut, ...secondHeldOut].filter((table) => table.nobody === true)
  writeHeldOut(nobody, tables)
  const evidence = await scanned(nobody)
  const personal = evidence.files.flatMap(({ path, columns }) =>
    columns.filter(({ category }) => category !== 'none').map(({ name, kind }) => `${path} ${name}: ${kind}`),
  )
  expect(personal).toEqual([])
  expect(evidence.persons.upper).toBe(0)
})
