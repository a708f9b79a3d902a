// A small right file of each kind somebody outside hands in, with what reads it: dossier, contract, bundle, scan, release.
import { strToU8, zipSync } from 'fflate'
import jpeg from 'jpeg-js'
import PdfKit from 'pdfkit'
import { PNG } from 'pngjs'
import { readTrust } from '@tongguan/gate'
import { legalDate } from '@tongguan/law'
import { judgeBundle, openBundle, signBundle, writeBundle } from '../../dossier/bundle.ts'
import { compose } from '../../dossier/compose.ts'
import { readConsentRegister } from '../../dossier/consent-register.ts'
import { checkContract } from '../../dossier/contract/check-contract.ts'
import { goodContract } from '../../dossier/contract/makers.ts'
import { readContract } from '../../dossier/contract/read-contract.ts'
import { aCase } from '../../dossier/makers.ts'
import { readEdits } from '../../dossier/returned.ts'
import { lookAtScan } from '../../dossier/scans.ts'
import { generateFilingKey, readFilerTrust, trustedFiler } from '../../dossier/signature.ts'
import { fillTemplate } from '../../dossier/template.ts'
import { ExportFactsSchema, factsExample } from '../../server/contract/export-facts.ts'
import { parseYaml } from '../../server/contract/yaml-file.ts'

export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Reads it; throws an error with a code and words where it cannot be used. */
  readonly read: (bytes: Uint8Array) => unknown
}

export async function givenFiles(): Promise<readonly GivenFile[]> {
  const inputs = aCase()
  const dossier = compose(inputs)
  const key = generateFilingKey('EdDSA', { name: '模拟', simulated: true })
  const trust = { schema: 'tongguan/dossier-trust/1', keys: [trustedFiler(key)] } as const
  const about = {
    reference: '示申〔2026〕1号',
    handler: { name: '示例单位（模拟）', creditCode: '12110000EXAMP1E097' },
    round: 1,
    filedOn: legalDate('2026-03-02'),
    simulated: true,
    validator: { name: 'tongguan', version: '0.1.0', rules: legalDate('2026-01-01') },
  } as const
  const inside = new Map([
    ['documents/表.docx', aWordFile(['a document'])],
    ['case/evidence.json', Buffer.from('{}')],
  ])
  const bundle = await signBundle(writeBundle(about, inside), 'b.zip', key)
  const openAndJudge = async (bytes: Uint8Array) =>
    judgeBundle(await openBundle(bytes, 'b.zip'), trust, { allowPilot: true })
  const checked = async (bytes: Uint8Array) => checkContract(await readContract(bytes, 'contract'))
  const control =
    '<w:sdt><w:sdtPr><w:tag w:val="handler.name"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>'
  const look = (bytes: Uint8Array) => lookAtScan('power-of-attorney', 'scan', bytes)
  const png = new PNG({ width: 60, height: 80 })
  png.data.fill(180)
  const consents = '{"schema":"tongguan/consent/1","person":"00","purpose":"p","given":"2026-01-01"}\n'
  const facts = 'schema: tongguan/facts/1\nflows:\n  - id: a\n    coreData: false\n    since1January: { general: 1 }\n'
  return [
    { name: 'contract.txt', bytes: Buffer.from(goodContract), read: checked },
    { name: 'contract.docx', bytes: aWordFile(goodContract.split('\n')), read: checked },
    {
      name: 'contract.pdf',
      bytes: await aPdf('This agreement is made between Party A and Party B. '.repeat(8)),
      read: checked,
    },
    { name: 'bundle.zip', bytes: bundle, read: openAndJudge },
    { name: 'template.docx', bytes: aWordFile([], control), read: (bytes) => fillTemplate(bytes, 't.docx', dossier) },
    {
      name: 'returned.docx',
      bytes: aWordFile([], control),
      read: (bytes) => readEdits(dossier, inputs.answers, bytes, 'r.docx'),
    },
    { name: 'scan.png', bytes: PNG.sync.write(png), read: look },
    { name: 'scan.jpg', bytes: jpeg.encode({ width: 60, height: 80, data: png.data }, 60).data, read: look },
    { name: 'scan.pdf', bytes: await aPdf('signed 2026'), read: look },
    {
      name: 'filers.json',
      bytes: Buffer.from(JSON.stringify(trust)),
      read: (bytes) => readFilerTrust(textOf(bytes), 'f'),
    },
    {
      name: 'trust.json',
      bytes: Buffer.from('{"schema":"tongguan/trust/1","keys":[]}'),
      read: (bytes) => readTrust(textOf(bytes)),
    },
    { name: 'consents.ndjson', bytes: Buffer.from(consents), read: (bytes) => readConsentRegister(textOf(bytes), 'c') },
    {
      name: 'facts.yaml',
      bytes: Buffer.from(facts),
      read: (bytes) => parseYaml(textOf(bytes), 'f', ExportFactsSchema, factsExample),
    },
  ]
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

function aWordFile(paragraphs: readonly string[], more = ''): Uint8Array {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document xmlns:w="w"><w:body>${body}<w:p>${more}</w:p></w:body></w:document>`),
  })
}

function aPdf(text: string): Promise<Uint8Array> {
  const document = new PdfKit({ compress: false })
  const chunks: Buffer[] = []
  const done = new Promise<Uint8Array>((resolve) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
  })
  document.text(text)
  document.end()
  return done
}
