// A small right file of each format the scanner takes; nobody in them is real.
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { pack } from 'tar-stream'
import type { Engine } from '../../scan/engine.ts'
import { aDicomFile, aTransportFile, aWorkbook, ibm } from '../../scan/formats/makers.ts'
import { aMobile, aName, aRegister, anId } from '../../scan/makers.ts'

export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export async function scannedFiles(engine: Engine): Promise<readonly NamedFile[]> {
  const persons = Array.from({ length: 8 }, (_, n) => n)
  const register = aRegister(8)
  const csv = Buffer.from(register.join('\n'))
  const objects = persons.map((n) => ({ 姓名: aName(n), 身份证号: anId(n), 就诊: { 日期: '2026-01-05', 费用: n / 3 } }))
  const lines = objects.map((one) => JSON.stringify(one)).join('\n')
  const patient = (n: number) => ({
    resourceType: 'Patient',
    id: `p${n}`,
    name: [{ family: 'Muster' }],
    birthDate: '1980-02-03',
  })
  const bundle = { resourceType: 'Bundle', entry: persons.map((n) => ({ resource: patient(n) })) }
  const variants = persons.map((n) => `1\t${1000 + n}\trs${n}\tA\tG\t50\tPASS\tDP=9\tGT\t0/1\t1/1`).join('\n')
  const values = persons.map((n) => `(${n},'${aName(n)}','${anId(n)}','it\\'s; a note')`).join(',')
  const word = `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>身份证 ${anId(6)}</w:t></w:r></w:p></w:body></w:document>`
  const tar = await tarOf('b/登记.csv', csv)
  const rows = await engine.query(
    'SELECT number AS id, toString(13800000000 + number) AS mobile FROM numbers(8)',
    {},
    'Parquet',
  )
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'comma.csv': csv,
    'tab.tsv': aRegister(8, '\t').join('\r\n'),
    'utf16.csv': Buffer.from(`\ufeff${register.join('\n')}`, 'utf16le'),
    'gb.csv': Buffer.concat([Buffer.from('cdf5b7bc2c313338303031333831333031300a', 'hex'), csv]),
    'quoted.csv': register.map((line) => line.replaceAll(/[^,]+/g, '"$& ""x""\n"')).join('\n'),
    'packed.csv.gz': gzipSync(csv),
    'lines.ndjson': lines,
    'objects.json': JSON.stringify(objects),
    'table.parquet': rows,
    'book.xlsx': aWorkbook([
      { name: '登记', rows: [['姓名', '手机号', '日期'], ...persons.map((n) => [aName(n), aMobile(n), 45_000 + n])] },
      { name: '隐藏', hidden: true, rows: [['身份证号'], ...persons.map((n) => [anId(n)])] },
    ]),
    'letter.docx': zipSync({ '[Content_Types].xml': Buffer.from('<Types/>'), 'word/document.xml': Buffer.from(word) }),
    'all.zip': zipSync({
      'a/登记.csv': csv,
      'inner.tar.gz': gzipSync(tar),
      'inner.zip': zipSync({ 'c.json': Buffer.from(lines) }),
    }),
    'all.tar': tar,
    'dm.xpt': aTransportFile(
      'DM',
      [
        { name: 'USUBJID', length: 12 },
        { name: 'AGE', length: 8, numeric: true },
      ],
      persons.map((n) => [`S-${n}`, ibm(30 + n)]),
    ),
    'image.dcm': aDicomFile([
      [0x0008, 0x0005, 'CS', 'GB18030'],
      [0x0010, 0x0010, 'PN', 'WANG^FANG'],
      [0x0010, 0x0020, 'LO', 'M-1'],
      [0x0010, 0x0030, 'DA', '19800203'],
    ]),
    'calls.vcf': `##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNA1\tNA2\n${variants}\n`,
    'fhir.json': JSON.stringify(bundle),
    'fhir.ndjson': persons.map((n) => JSON.stringify(patient(n))).join('\n'),
    'dump.sql': `CREATE TABLE \`p\` (\`id\` int, \`name\` varchar(50), \`id_card\` text, \`remark\` text);\nINSERT INTO \`p\` VALUES ${values};\n`,
    'copy.sql': `COPY public.staff (staff_no, 姓名, mobile) FROM stdin;\n${persons.map((n) => `S${n}\t${aName(n)}\t${aMobile(n)}`).join('\n')}\n\\.\n`,
    'note.txt': `门诊记录\n\n患者主诉腹痛三天。\n联系人电话 ${aMobile(5)}，身份证 ${anId(5)}。\n`,
  }
  return Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  }))
}

async function tarOf(name: string, bytes: Buffer): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name }, bytes)
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
