// Word repairs or refuses what LibreOffice forgives: each kind of document is held against the package rules of ECMA-376
// part 2 and the order of elements its part 1 gives (annex A, the schema).
import { legalDate } from '@tongguan/law'
import { SaxesParser } from 'saxes'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import type { PaperKind } from './compose.ts'
import { checkContract } from './contract/check-contract.ts'
import { goodContract } from './contract/makers.ts'
import { aCase, aDetermination, someAnswers } from './makers.ts'
import { writeWord } from './word.ts'

/** The schema's sequences, as far as the documents use them. */
const sequences: Readonly<Record<string, readonly string[]>> = {
  'w:document': ['w:body'],
  'w:rPr': ['w:rStyle', 'w:rFonts', 'w:b', 'w:bCs', 'w:i', 'w:iCs', 'w:color', 'w:sz', 'w:szCs', 'w:u', 'w:lang'],
  'w:pPr': [
    'w:pStyle',
    'w:keepNext',
    'w:keepLines',
    'w:pageBreakBefore',
    'w:pBdr',
    'w:spacing',
    'w:ind',
    'w:jc',
    'w:outlineLvl',
    'w:rPr',
    'w:sectPr',
  ],
  'w:pBdr': ['w:top', 'w:left', 'w:bottom', 'w:right', 'w:between'],
  'w:tbl': ['w:tblPr', 'w:tblGrid', 'w:tr'],
  'w:tblPr': ['w:tblStyle', 'w:tblW', 'w:jc', 'w:tblInd', 'w:tblBorders', 'w:tblLayout', 'w:tblCellMar', 'w:tblLook'],
  'w:tblBorders': ['w:top', 'w:left', 'w:bottom', 'w:right', 'w:insideH', 'w:insideV'],
  'w:tblCellMar': ['w:top', 'w:left', 'w:bottom', 'w:right'],
  'w:tr': ['w:trPr', 'w:tc'],
  'w:tc': ['w:tcPr', 'w:p'],
  'w:tcPr': ['w:tcW', 'w:gridSpan', 'w:vMerge', 'w:tcBorders', 'w:shd', 'w:vAlign'],
  'w:sectPr': ['w:headerReference', 'w:footerReference', 'w:pgSz', 'w:pgMar', 'w:cols', 'w:docGrid'],
  'w:sdt': ['w:sdtPr', 'w:sdtContent'],
  'w:sdtPr': ['w:rPr', 'w:alias', 'w:tag', 'w:id', 'w:lock'],
  'w:style': ['w:name', 'w:basedOn', 'w:next', 'w:qFormat', 'w:pPr', 'w:rPr'],
  'w:settings': ['w:defaultTabStop', 'w:characterSpacingControl', 'w:compat'],
}
/** Those of a sequence that may stand more than once. */
const repeated = new Set(['w:tr', 'w:tc', 'w:p', 'w:headerReference', 'w:footerReference'])

const extension: NonNullable<ReturnType<typeof someAnswers>['extension']> = {
  acceptanceNo: '受理1号',
  lastDay: legalDate('2026-03-10'),
  legalDocumentMeetsArticle9: true,
  scenarios: [],
  changes: '无',
  safeguards: '同前',
  recipientPerformance: '良好',
  noticeKept: '已落实',
  majorIncidents: null,
}
const contractText = {
  format: 'docx',
  pages: 1,
  paragraphs: goodContract.split('\n').map((text, index) => ({ number: index + 1, page: 1, text, marked: false })),
} as const
const contract = { text: contractText, check: checkContract(contractText) }
const dossiers = [
  compose({ ...aCase({ answers: someAnswers({ extension }) }), contract }),
  compose(
    aCase({
      answers: someAnswers({ simulated: false }),
      determination: aDetermination({ path: 'contract-or-certification' }),
    }),
  ),
]
const papers = new Map<PaperKind, (typeof dossiers)[number]>()
for (const dossier of dossiers) for (const { kind } of dossier.papers) if (!papers.has(kind)) papers.set(kind, dossier)

test('every kind of paper is looked at', () => {
  for (const kind of ['extension-application', 'impact-assessment', 'filing-undertaking', 'marked-contract'] as const) {
    expect([...papers.keys()]).toContain(kind)
  }
})

test.for([...papers])('%s is a package Word need not repair, in both languages', ([kind, dossier]) => {
  const sheet = dossier.papers.find((paper) => paper.kind === kind)?.sheet
  if (!sheet) throw new Error(`no ${kind}`)
  for (const language of ['zh', 'en'] as const) {
    const parts = Object.entries(unzipSync(writeWord(sheet, dossier, language)))
    const texts = new Map(parts.map(([name, bytes]) => [name, strFromU8(bytes)] as const))
    const elements = new Map([...texts].map(([name, xml]) => [name, elementsOf(xml)] as const))
    expect(packageFaults(elements)).toEqual([])
    for (const all of elements.values()) expect(all.flatMap(orderFault)).toEqual([])
    const body = elements.get('word/document.xml') ?? []
    const idsOf = (name: string) => body.filter((one) => one.name === name).map((one) => one.attributes['w:id'] ?? '')
    expect(twice(idsOf('w:bookmarkStart'))).toEqual([])
    expect(idsOf('w:bookmarkEnd').toSorted()).toEqual(idsOf('w:bookmarkStart').toSorted())
    expect(
      twice(body.filter(({ name }) => name === 'w:bookmarkStart').map((one) => one.attributes['w:name'] ?? '')),
    ).toEqual([])
    const controls = body.filter(({ name, parent }) => name === 'w:id' && parent === 'w:sdtPr')
    expect(twice(controls.map(({ attributes }) => attributes['w:val'] ?? ''))).toEqual([])
    expect(
      body.filter(({ name, children }) => name === 'w:sdt' && children.join(' ') !== 'w:sdtPr w:sdtContent'),
    ).toEqual([])
    expect(body.filter(({ name, children }) => name === 'w:tc' && children.at(-1) !== 'w:p')).toEqual([])
    // The section's properties end the body; a table is never its last block.
    expect(body.find(({ name }) => name === 'w:body')?.children.slice(-2)).toEqual(['w:p', 'w:sectPr'])
    const styles = new Set((elements.get('word/styles.xml') ?? []).map(({ attributes }) => attributes['w:styleId']))
    for (const { name, attributes } of body) if (name === 'w:pStyle') expect(styles).toContain(attributes['w:val'])
  }
})

test('the ruler sees a wrong order, a doubled element and one the schema has not', () => {
  for (const inside of ['<w:sz/><w:b/>', '<w:b/><w:b/>', '<w:wrong/>']) {
    expect(elementsOf(`<w:rPr>${inside}</w:rPr>`).flatMap(orderFault)).toHaveLength(1)
  }
})

interface Element {
  readonly name: string
  readonly parent: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: string[]
}

function elementsOf(xml: string): readonly Element[] {
  const all: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1)
    parent?.children.push(name)
    const element = { name, parent: parent?.name ?? '', attributes, children: [] }
    all.push(element)
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return all
}

function orderFault({ name, children }: Element): readonly string[] {
  const sequence = sequences[name]
  if (sequence === undefined) return []
  const places = children.map((child) => sequence.indexOf(child))
  const wrong = places.findIndex((place, index) => {
    const before = places[index - 1] ?? -1
    return place === -1 || place < before || (place === before && !repeated.has(children[index] ?? ''))
  })
  return wrong === -1 ? [] : [`${name}: ${children.join(' ')}`]
}

/** Parts without a type, types and relationships that lead to no part, and references to no relationship. */
function packageFaults(parts: ReadonlyMap<string, readonly Element[]>): readonly string[] {
  const types = parts.get('[Content_Types].xml') ?? []
  const overrides = types.flatMap(({ attributes: { PartName } }) => (PartName === undefined ? [] : [PartName.slice(1)]))
  const faults = [...overrides.filter((part) => !parts.has(part)), ...twice(overrides)]
  for (const name of parts.keys()) {
    if (name !== '[Content_Types].xml' && !name.endsWith('.rels') && !overrides.includes(name)) faults.push(name)
  }
  for (const [rels, folder, source] of [
    ['_rels/.rels', '', undefined],
    ['word/_rels/document.xml.rels', 'word/', 'word/document.xml'],
  ] as const) {
    const relations = (parts.get(rels) ?? []).filter(({ name }) => name === 'Relationship')
    const ids = relations.map(({ attributes }) => attributes['Id'] ?? '')
    if (ids.length === 0) faults.push(rels)
    faults.push(...twice(ids))
    for (const { attributes } of relations) {
      if (!parts.has(`${folder}${attributes['Target']}`)) faults.push(`${rels} ${attributes['Target']}`)
    }
    const used = (parts.get(source ?? '') ?? []).flatMap(({ attributes }) => attributes['r:id'] ?? [])
    faults.push(...used.filter((id) => !ids.includes(id)))
  }
  return faults
}

const twice = (all: readonly string[]): readonly string[] => all.filter((one, index) => all.indexOf(one) < index)
