import { strToU8, zipSync } from 'fflate'
import { legalDate } from '@tongguan/law'
import PdfKit from 'pdfkit'
import { expect, test } from 'vitest'
import { openPdfFonts, writePdf } from '../pdf.ts'
import { boxed, paragraph, title, w } from '../blocks.ts'
import type { Sheet } from '../blocks.ts'
import { writeWord } from '../word.ts'
import { checkContract, markedCopy } from './check-contract.ts'
import { goodContract, goodContractInEnglish } from './makers.ts'
import { readContract } from './read-contract.ts'
import type { ClauseId } from '../answers.ts'

const imprint = { simulated: true, reference: '示〔2026〕1号', filedOn: legalDate('2026-03-02'), english: {} }
const read = (text: string) => readContract(Buffer.from(text), 'contract.txt')
const kindsOf = async (text: string) =>
  Object.fromEntries(checkContract(await read(text)).clauses.map(({ code, kind }) => [code, kind]))
const all = (kind: string) =>
  Object.fromEntries([1, 2, 3, 4, 5, 6].map((item) => [`K-${item}`, kind])) as Record<ClauseId, string>

test.for([
  ['Chinese', goodContract],
  ['English', goodContractInEnglish],
] as const)('in a good contract in %s every clause is found', async ([, text]) => {
  expect(await kindsOf(text)).toEqual(all('found'))
})

test.for([
  ['第二条', 'K-2'],
  ['第三条', 'K-3'],
  ['第四条', 'K-4'],
  ['第五条', 'K-5'],
  ['第六条', 'K-6'],
] as const)('without %s its clause is missing, and only that', async ([article, code]) => {
  const without = goodContract
    .split('\n')
    .filter((line) => !line.startsWith(article))
    .join('\n')
  expect(await kindsOf(without)).toEqual({ ...all('found'), [code]: 'missing' })
})

test('a promise of efforts is weaker than a duty, and the quote says where', async () => {
  const weak = goodContract.replace(
    '境外接收方不得向任何第三方提供',
    '境外接收方尽合理努力，未经同意不得向任何第三方提供',
  )
  const clause = checkContract(await read(weak)).clauses.find(({ code }) => code === 'K-3')
  expect(clause?.kind).toBe('weaker')
  const point = clause?.points.find(({ code }) => code === 'K-3.limits')
  expect(point).toMatchObject({ kind: 'weaker', quote: { page: 1, paragraph: 6 } })
  expect(point?.quote?.text).toContain('尽合理努力')
})

test('foreign law and a contract that goes before the standard contract are conflicts', async () => {
  const text = goodContract.replace('适用中华人民共和国法律', '适用荷兰法律')
  const found = checkContract(await read(`${text}\n本协议的约定优先于标准合同。`)).standardContract
  expect(found.filter(({ kind }) => kind === 'conflict').map(({ code }) => code)).toEqual(['SC-9', 'SC-9.precedence'])
})

const sheetOf = (text: string, box = false): Sheet => ({
  style: 'form',
  name: w('协议', 'Agreement'),
  blocks: [title('协议'), ...text.split('\n').map((line) => (box ? boxed(line) : paragraph(line)))],
})

test('a named place is a place of storage, an annex is none; the quote holds the words that were found', async () => {
  const frame = (line: string) =>
    read(`Data Export Agreement\nParty A: Example Ltd\nParty B: Example B.V.\nClause 1 The parties agree:\n${line}`)
  const pointIn = async (line: string, code: string) =>
    checkContract(await frame(line))
      .clauses.flatMap(({ points }) => points)
      .find((point) => point.code === code)
  expect(await pointIn('Data are stored in Amsterdam until 2028.', 'K-2.place')).toMatchObject({ kind: 'found' })
  expect(await pointIn('Data kept in Annex 1 are excluded.', 'K-2.place')).toMatchObject({ kind: 'missing' })
  const long = `If the actual control of the recipient or ${'the law and the security environment of its country '.repeat(4)}changes, the exporter is notified.`
  expect((await pointIn(long, 'K-4.control'))?.quote?.text).toContain('actual control')
})

test('the same contract is read from .docx and PDF, with pages; marks are seen in .docx', async () => {
  const docx = checkContract(await readContract(writeWord(sheetOf(goodContract), imprint, 'zh'), 'c.docx'))
  const marked = checkContract(await readContract(writeWord(sheetOf(goodContract, true), imprint, 'zh'), 'c.docx'))
  const pdf = checkContract(
    await readContract(await writePdf(sheetOf(goodContract), imprint, 'zh', openPdfFonts()), 'c.pdf'),
  )
  for (const { clauses } of [docx, marked, pdf]) expect(clauses.map(({ kind }) => kind)).toEqual(Array(6).fill('found'))
  expect([docx.marked, marked.marked, pdf.marked]).toEqual([false, true, null])
})

test('the marked copy boxes what answers art. 9 and changes no word', async () => {
  const text = await read(goodContract)
  const sheet = markedCopy(text, checkContract(text))
  const boxes = sheet.blocks.flatMap((block) => (block.kind === 'paragraph' && block.boxed ? [block] : []))
  expect(boxes.length).toBeGreaterThanOrEqual(6)
  const again = await readContract(writeWord(sheet, imprint, 'zh'), 'marked.docx')
  for (const { text: line } of text.paragraphs)
    expect(again.paragraphs.some((one) => one.text.startsWith(line))).toBe(true)
  expect(checkContract(again).marked).toBe(true)
})

const circular = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 3/Kids[3 0 R 3 0 R 3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj
trailer<</Root 1 0 R>>
%%EOF`

function pdfOf({ pages = 1, password }: { readonly pages?: number; readonly password?: string }): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const pdf = new PdfKit({ autoFirstPage: false, ...(password === undefined ? {} : { userPassword: password }) })
    const chunks: Uint8Array[] = []
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    for (let page = 0; page < pages; page += 1) pdf.addPage()
    pdf.end()
  })
}

const docxWith = (parts: Record<string, string>) =>
  zipSync(
    Object.fromEntries(
      Object.entries({ 'word/document.xml': '<w:document/>', ...parts }).map(([k, v]) => [k, strToU8(v)]),
    ),
  )

test.for<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
  ['a picture', () => Buffer.from('\u0089PNG\r\n\u001a\n0000', 'latin1'), 'contract.picture'],
  ['a PDF without text', () => pdfOf({}), 'contract.picture'],
  ['500 pages', () => pdfOf({ pages: 500 }), 'contract.too-long'],
  ['an encrypted PDF', () => pdfOf({ password: 'secret' }), 'contract.encrypted'],
  ['a damaged PDF', () => Buffer.from('%PDF-1.7 nothing'), 'contract.damaged'],
  ['a PDF whose pages go in circles', () => Buffer.from(circular), 'contract.damaged'],
  ['a recipe', () => Buffer.from('把面粉和水揉成团。'.repeat(40)), 'contract.not-a-contract'],
  ['a binary', () => Buffer.from([0, 1, 2, 3, 0, 255, 254, 9]), 'contract.not-text'],
  ['an old or encrypted .doc', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 'office.encrypted-or-old'],
  ['macros', () => docxWith({ 'word/vbaProject.bin': 'x' }), 'office.macros'],
  [
    'external entities',
    () =>
      docxWith({
        'word/document.xml': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>',
      }),
    'office.doctype',
  ],
  [
    'a template fetched from elsewhere',
    () =>
      docxWith({
        'word/_rels/settings.xml.rels':
          '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://x.example/t.dotm" TargetMode="External"/></Relationships>',
      }),
    'office.external',
  ],
  ['a zip that is no .docx', () => zipSync({ 'a.txt': strToU8('x') }), 'office.not-word'],
])('%s is refused', async ([, make, code]) => {
  await expect(readContract(await make(), 'contract')).rejects.toMatchObject({ code })
})
