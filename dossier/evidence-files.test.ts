import type { ColumnEvidence, Evidence } from '@tongguan/law'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { evidencePage, evidenceWorkbook, harmless } from './evidence-files.ts'

const evil = '=HYPERLINK("http://x.example","<b>&\u0007")'

const aColumn: ColumnEvidence = {
  name: evil,
  category: 'sensitive',
  identifies: 'direct',
  kind: 'national_id',
  level: 'confirmed',
  counts: { rows: 2, nonEmpty: 2, matched: 2, valid: 2, distinct: 2 },
  findings: [{ kind: 'national_id', valid: 2, because: ['checksum', 'header'] }],
  rejected: [{ kind: 'vin', matched: 1, valid: 1, reason: 'too-few' }],
  sample: ['110***********0000'],
  sensitiveUnder: ['GB/T 35273-2020'],
  notSensitiveUnder: ['GB/T 45574-2025'],
  override: { by: '@王某', on: '2026-11-20', reason: '+1 reason' },
}

const evidence: Evidence = {
  schema: 'tongguan/evidence/1',
  engine: { kind: 'embedded', version: '1', nodes: 1 },
  rules: { on: '2026-11-23', packs: ['PIPL art. 28'], detectors: '2', secondary: [] },
  scanned: { bytes: 1, rows: 2, files: 1, seconds: 1, complete: false },
  files: [
    {
      path: '-a.csv',
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      rows: 2,
      skipped: 0,
      bytes: 1,
      sha256: 'a'.repeat(64),
      error: null,
      columns: [aColumn, { ...aColumn, name: 'x', category: 'none', kind: 'none', findings: [], rejected: [] }],
    },
  ],
  persons: {
    lower: 2,
    point: 2,
    upper: 2,
    exact: true,
    sensitive: { lower: 2, point: 2, upper: 2 },
    minors: 0,
    keyEpoch: '2026',
  },
  risk: [
    {
      file: '-a.csv',
      files: 1,
      quasiIdentifiers: [evil],
      chosen: 'by-kind',
      directIdentifiers: ['@x'],
      rows: 2,
      k: 1,
      classes: 2,
      uniqueRows: 2,
      averageRisk: 1,
      highestRisk: 1,
      attackers: {
        prosecutor: { highest: 1, average: 1, above: [{ line: 0.2, share: 1 }] },
        journalist: { highest: 0.25, average: 0.25, estimated: true },
        marketer: { average: 1 },
      },
      columns: [{ name: evil, distinct: 2, distinction: 1, separation: 1 }],
      sensitive: [{ column: evil, distinctL: 1, entropyL: 1, t: null, distance: 'equal' }],
      minimalUniques: { upTo: 1, rows: 2, sets: [{ columns: [evil], rows: 2 }] },
      population: { samplingFraction: 0.1, pitman: null, zayatz: 0.5, share: 0.5, model: 'zayatz' },
    },
  ],
  hints: [],
}

const sheets = (bytes: Uint8Array) =>
  Object.entries(unzipSync(bytes)).flatMap(([name, part]) => (name.includes('worksheets/') ? [strFromU8(part)] : []))

test('a workbook holds text and numbers only, and nothing a spreadsheet takes for a formula', () => {
  const all = sheets(evidenceWorkbook(evidence, 'en')).join('')
  expect(all).not.toContain('<f>')
  const texts = [...all.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)].map(([, text]) => text ?? '')
  expect(texts.length).toBeGreaterThan(20)
  expect(texts.filter((text) => /^\s*[=+\-@\t\r|%]/.test(text))).toEqual([])
  expect(all).toContain('&#39;=HYPERLINK(&quot;http://x.example&quot;,&quot;&lt;b&gt;&amp;\uFFFD&quot;)')
})

test.for(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1', '%0A', '＝1+1', '＠SUM(A1)'])(
  '%j is shown as text',
  (text) => {
    expect(harmless(text)).toBe(`'${text}`)
  },
)

test('the risk of each table stands in the report, in both languages', () => {
  const page = evidencePage(evidence, 'zh')
  for (const text of ['重标识风险', '独一无二的行', '表过大，未计算', 'Zayatz 模型']) expect(page).toContain(text)
  const english = evidencePage(evidence, 'en')
  for (const text of ['Re-identification risk', 'Unique rows', 'not measured: too large', '&gt; 0.2: 1'])
    expect(english).toContain(text)
})

test('a workbook is whole: each part is named where office programs look for it, and the bytes repeat', () => {
  const bytes = evidenceWorkbook(evidence, 'zh')
  const parts = unzipSync(bytes)
  const types = strFromU8(parts['[Content_Types].xml'] ?? new Uint8Array())
  const named = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name)
  expect(named.filter((name) => parts[name ?? ''] === undefined)).toEqual([])
  expect(evidenceWorkbook(evidence, 'zh')).toEqual(bytes)
})

test('a page shows what stands in the evidence, in either language, and runs nothing', () => {
  const zh = evidencePage(evidence, 'zh')
  expect(zh).toContain('居民身份证号')
  expect(zh).toContain('@王某, 2026-11-20: +1 reason')
  expect(zh).toContain('扫描不完整')
  const en = evidencePage(evidence, 'en')
  expect(en).toContain('resident ID number')
  for (const page of [zh, en]) {
    expect(page).not.toContain('<b>')
    expect(page).not.toMatch(/<script|<img|<link| on\w+=|href=|src=/)
    expect(page).toContain("default-src 'none'")
  }
})
