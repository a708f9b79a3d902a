// What a scan finds in files that are no table of text: the same verdict, persons and evidence as in tables.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Evidence, FileEvidence } from '@tongguan/law'
import { zipSync } from 'fflate'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { attributes } from './formats/dicom-dictionary.ts'
import { aDicomFile, aTransportFile, aWorkbook, ibm } from './formats/makers.ts'
import { aMobile, aName, aRegister, anId, someOptions } from './makers.ts'
import { inspect, scan } from './scan.ts'
import { kinds } from '@tongguan/law'

let engine: Engine
let folder: string
const place = mkdtempSync(join(tmpdir(), 'formats-'))
let number = 0
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(async () => {
  await engine.close()
  rmSync(place, { recursive: true, force: true })
})
beforeEach(() => {
  folder = join(place, String(number++))
  mkdirSync(folder)
})

const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes)
const scanned = (): Promise<Evidence> => scan(engine, [folder], someOptions)
const found = ({ files }: Evidence, path: string): FileEvidence => {
  const file = files.find((one) => one.path === path)
  if (file === undefined) throw new Error(`${path} is not among ${files.map((one) => one.path).join(', ')}`)
  return file
}
const kindsOf = (file: FileEvidence) => Object.fromEntries(file.columns.map(({ name, kind }) => [name, kind]))
const persons = Array.from({ length: 40 }, (_, n) => n)

test('a workbook: every sheet, the hidden one and its comments too; a title above the table does not hide the header', async () => {
  const register = persons.map((n) => [aName(n), anId(n), 45_000 + n])
  put(
    '患者.xlsx',
    aWorkbook(
      [
        { name: '说明', rows: [['本表由信息科导出'], ['仅供内部使用']] },
        { name: '登记', rows: [['2026年患者登记表'], ['姓名', '身份证号', '入院日期'], ...register] },
        { name: '隐藏', hidden: true, rows: [['姓名', '手机号'], ...persons.map((n) => [aName(n), aMobile(n)])] },
      ],
      {
        'xl/comments1.xml': Buffer.from(
          `<comments><commentList><comment ref="A1"><text><r><t>已核对，身份证 ${anId(900)}</t></r></text></comment></commentList></comments>`,
        ),
        'docProps/core.xml': Buffer.from('<p xmlns:dc="d"><dc:creator>王芳</dc:creator></p>'),
      },
    ),
  )
  const evidence = await scanned()
  expect(evidence.scanned.complete).toBe(true)
  const sheet = found(evidence, '患者.xlsx/登记')
  expect([sheet.format, sheet.rows, sheet.header]).toEqual(['xlsx', 40, true])
  expect(kindsOf(sheet)).toMatchObject({ 姓名: 'name', 身份证号: 'national_id', 入院日期: 'event_date' })
  expect(kindsOf(found(evidence, '患者.xlsx/隐藏'))).toMatchObject({ 姓名: 'name', 手机号: 'mobile' })
  expect(found(evidence, '患者.xlsx/#comments1.xml').columns[0]?.findings.map(({ kind }) => kind)).toContain(
    'national_id',
  )
  expect(found(evidence, '患者.xlsx/#properties').columns.map(({ name }) => name)).toEqual(['dc:creator'])
  expect(found(evidence, '患者.xlsx/登记/#above').rows).toBe(1)
})

test('a transport file: text, numbers and days of SAS, and a missing value is an empty cell', async () => {
  put(
    'dm.xpt',
    aTransportFile(
      'DM',
      [
        { name: 'STUDYID', length: 8 },
        { name: 'USUBJID', length: 12 },
        { name: 'SEX', length: 1 },
        { name: 'AGE', length: 8, numeric: true },
        { name: 'BRTHDT', length: 8, numeric: true, format: 'DATE' },
      ],
      persons.map((n) => [
        'EX-01',
        `EX-01-${1000 + n}`,
        n % 2 === 0 ? 'M' : 'F',
        n === 3 ? Buffer.from('2e00000000000000', 'hex') : ibm(40 + n),
        ibm(365 * 3 + n),
      ]),
    ),
  )
  const evidence = await scanned()
  const file = found(evidence, 'dm.xpt')
  expect([file.format, file.rows, file.error]).toEqual(['xpt', 40, null])
  expect(kindsOf(file)).toMatchObject({ USUBJID: 'subject_id', SEX: 'sex', AGE: 'age', BRTHDT: 'birth_date' })
  expect(file.columns.find(({ name }) => name === 'AGE')?.counts.nonEmpty).toBe(39)
  expect(file.columns.find(({ name }) => name === 'BRTHDT')?.sample[0]).toMatch(/^196\d-/)
  expect(evidence.persons.point).toBe(40)
})

const study = (n: number) =>
  [
    [0x0008, 0x0005, 'CS', 'GB18030'],
    [0x0008, 0x0020, 'DA', '20260105'],
    [0x0008, 0x0080, 'LO', 'Example Hospital'],
    [0x0008, 0x0090, 'PN', 'Li^Shi'],
    [0x0010, 0x0010, 'PN', Buffer.from('cdf5b7bc', 'hex')],
    [0x0010, 0x0020, 'LO', `ZY${20_000_000 + n}`],
    [0x0010, 0x0030, 'DA', `19${60 + (n % 30)}0412`],
    [0x0011, 0x1001, 'LO', `身份证 ${anId(n)}`],
  ] as const

test('DICOM headers: with and without preamble, names in GB18030, private elements; one patient is one person', async () => {
  for (const n of persons.slice(0, 12)) put(`${n}.dcm`, aDicomFile(study(n % 6), { preamble: n % 2 === 0 }))
  const evidence = await scanned()
  expect(evidence.scanned.complete).toBe(true)
  const file = found(evidence, '0.dcm')
  expect(kindsOf(file)).toMatchObject({
    PatientName: 'name',
    PatientID: 'medical_record_no',
    PatientBirthDate: 'birth_date',
    StudyDate: 'event_date',
    ReferringPhysicianName: 'staff_name',
    InstitutionName: 'org_name',
  })
  expect(file.columns.find(({ name }) => name === 'PatientName')?.sample).toEqual(['王*'])
  expect(file.columns.find(({ name }) => name === '(0011,1001)')?.findings.map(({ kind }) => kind)).toContain(
    'national_id',
  )
  expect(evidence.persons.point).toBe(6)
})

test('a patient of a DICOM header and of a table are one person', async () => {
  put('scan.dcm', aDicomFile(study(1)))
  put('患者.csv', `病案号,姓名\n${persons.map((n) => `ZY${20_000_000 + n},${aName(n)}`).join('\n')}\n`)
  expect((await scanned()).persons.point).toBe(40)
})

test('VCF: each sample column is a person’s genotype; a file without samples is about nobody', async () => {
  const fixed = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT'
  const row = (at: number, cells: string) => `1\t${1000 + at}\trs${at + 1}\tA\tG\t50\tPASS\tDP=9\tGT${cells}`
  const samples = ['NA001', 'NA002', 'NA003']
  put(
    'a.vcf',
    `##fileformat=VCFv4.2\n${fixed}\t${samples.join('\t')}\n${persons.map((n) => row(n, '\t0/1\t1/1\t./.')).join('\n')}\n`,
  )
  put(
    'b.vcf.gz',
    gzipSync(
      `##fileformat=VCFv4.2\n${fixed.replace('\tFORMAT', '')}\n${persons.map((n) => row(n, '').replace('\tGT', '')).join('\n')}\n`,
    ),
  )
  const evidence = await scanned()
  expect(kindsOf(found(evidence, 'a.vcf'))).toMatchObject({
    CHROM: 'none',
    INFO: 'none',
    NA001: 'genotype',
    NA003: 'genotype',
  })
  expect(evidence.persons).toMatchObject({ point: 3, sensitive: { point: 2 } })
  expect(evidence.hints.map(({ kind }) => kind)).toContain('human-genetic-resources')
})

test('FHIR: by path and by the type of an identifier, in a bundle and in bulk; an observation is its patient’s', async () => {
  const patient = (n: number) => ({
    resourceType: 'Patient',
    id: `p${n}`,
    identifier: [
      { type: { coding: [{ code: 'MR' }] }, value: `M${n}` },
      { type: { coding: [{ code: 'SS' }] }, value: `999-00-${1000 + n}` },
    ],
    name: [{ family: 'Muster', given: ['Anna'] }],
    telecom: [
      { system: 'phone', value: '+31 20 555 0100' },
      { system: 'email', value: 'anna@example.org' },
    ],
    birthDate: '1980-02-03',
  })
  const observation = (n: number) => ({
    resourceType: 'Observation',
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }] },
    subject: { reference: `https://fhir.example/Patient/p${n}` },
    valueQuantity: { value: 7.2, unit: 'mmol/l' },
  })
  put(
    'bundle.json',
    JSON.stringify({ resourceType: 'Bundle', entry: persons.slice(0, 5).map((n) => ({ resource: patient(n) })) }),
  )
  put('observations.ndjson', persons.map((n) => JSON.stringify(observation(n % 5))).join('\n'))
  const evidence = await scanned()
  expect(kindsOf(found(evidence, 'bundle.json'))).toMatchObject({
    'Patient.id': 'person_id',
    'Patient.identifier.value': 'medical_record_no',
    'Patient.identifier[SS].value': 'social_security_no',
    'Patient.name.family': 'last_name',
    'Patient.telecom.value': 'phone',
    'Patient.telecom[email].value': 'email',
    'Patient.birthDate': 'birth_date',
  })
  expect(kindsOf(found(evidence, 'observations.ndjson'))).toMatchObject({
    'Observation.code': 'lab_result',
    'Observation.subject.reference': 'person_id',
    'Observation.valueQuantity': 'lab_result',
  })
  expect(evidence.persons.point).toBe(5)
})

test('dumps of MySQL and PostgreSQL: each table with its names, quotes and line ends in values', async () => {
  const values = persons.map((n) => `(${n + 1},'${aName(n)}','${anId(n)}','it\\'s a note; with a semicolon')`).join(',')
  put(
    'his.sql',
    `-- MySQL dump\nCREATE TABLE \`patient\` (\n  \`id\` int NOT NULL,\n  \`name\` varchar(50) COMMENT '姓名, (真实)',\n  \`id_card\` varchar(18),\n  \`remark\` text,\n  PRIMARY KEY (\`id\`)\n);\nINSERT INTO \`patient\` VALUES ${values};\n`,
  )
  put(
    'pg.sql',
    `SET client_encoding = 'UTF8';\nCOPY public.staff (staff_no, 姓名, mobile) FROM stdin;\n${persons.map((n) => `S${n}\t${aName(n)}\t${n === 0 ? '\\N' : aMobile(n)}`).join('\n')}\n\\.\n\nSELECT 1;\n`,
  )
  const evidence = await scanned()
  expect(evidence.scanned.complete).toBe(true)
  const patients = found(evidence, 'his.sql/patient')
  expect([patients.rows, patients.columns.map(({ name }) => name)]).toEqual([40, ['id', 'name', 'id_card', 'remark']])
  expect(kindsOf(patients)).toMatchObject({ name: 'name', id_card: 'national_id' })
  expect(kindsOf(found(evidence, 'pg.sql/staff'))).toMatchObject({ mobile: 'mobile' })
})

test('plain text and a Word file: what stands in a line is found', async () => {
  put('note.txt', `门诊记录\n\n患者主诉腹痛三天，无发热。\n联系人电话 ${aMobile(5)}，身份证 ${anId(5)}。\n`)
  put(
    'letter.docx',
    zipSync({
      '[Content_Types].xml': Buffer.from('<Types/>'),
      'word/document.xml': Buffer.from(
        `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>身份证 ${anId(6).slice(0, 9)}</w:t></w:r><w:r><w:t>${anId(6).slice(9)}</w:t></w:r></w:p></w:body></w:document>`,
      ),
    }),
  )
  const evidence = await scanned()
  for (const path of ['note.txt', 'letter.docx']) {
    expect(found(evidence, path).columns[0]?.findings.map(({ kind }) => kind)).toContain('national_id')
  }
})

test('archives: what lies in them is scanned under its own path, also an archive in an archive', async () => {
  const csv = Buffer.from(`${aRegister(40).join('\n')}\n`)
  const tar = pack()
  tar.entry({ name: 'b/登记.csv' }, csv)
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk)
  put('all.zip', zipSync({ 'a/登记.csv': csv, 'inner.tar.gz': gzipSync(Buffer.concat(chunks)) }))
  const evidence = await scanned()
  expect(evidence.files.map(({ path, error }) => [path, error?.code ?? null])).toEqual([
    ['all.zip/a/登记.csv', null],
    ['all.zip/inner.tar.gz/b/登记.csv', null],
  ])
  expect(evidence.persons.point).toBe(40)
  expect(evidence.scanned.files).toBe(1)
})

const good = `${aRegister(40).join('\n')}\n`
const workbook = aWorkbook([{ name: 'a', rows: [['姓名'], ['王芳']] }])
const evil = (body: string) => aWorkbook([{ name: 'a', rows: [['x']] }], { 'xl/sharedStrings.xml': Buffer.from(body) })

/** With another length said of its last attribute, which has eight bytes. */
const withLength = (bytes: Buffer, length: number): Buffer => {
  bytes.writeUInt16LE(length, bytes.length - 10)
  return bytes
}

test.for([
  ['a workbook cut in the middle', 'x.xlsx', workbook.subarray(0, workbook.length - 60), 'scan.archive-damaged'],
  [
    'external entities',
    'x.xlsx',
    evil('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><sst><si><t>&b;</t></si></sst>'),
    'scan.document-type',
  ],
  [
    'an office file under a password',
    'x.xlsx',
    Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'),
    'scan.encrypted-or-old',
  ],
  [
    'a transport file cut off in its header',
    'x.xpt',
    aTransportFile('A', [{ name: 'B', length: 4 }], []).subarray(0, 500),
    'scan.file-truncated',
  ],
  [
    'a transport file whose rows would take away bytes',
    'x.xpt',
    aTransportFile('A', [{ name: 'B', length: -8 }], []),
    'scan.xport-damaged',
  ],
  [
    'a DICOM character set that says it is longer than the file',
    'x.dcm',
    withLength(aDicomFile([[0x0008, 0x0005, 'CS', 'GB18030']]), 0xee),
    'scan.file-truncated',
  ],
  ['a VCF without its header line', 'x.vcf', '##fileformat=VCFv4.2\n1\t2\t3\n', 'scan.vcf-damaged'],
  [
    'a DICOM mark and nothing behind it',
    'x.dcm',
    Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]),
    'scan.dicom-damaged',
  ],
] as const)('%s is an error on that file; the rest is read', async ([, name, bytes, code]) => {
  put(name, bytes)
  put('good.csv', good)
  const evidence = await scanned()
  expect(evidence.files.filter(({ error }) => error !== null).map(({ error }) => error?.code)).toEqual([code])
  expect([evidence.scanned.complete, evidence.persons.point]).toEqual([false, 40])
})

test('a dump, a transport file or a VCF that breaks off says so, and keeps what came before', async () => {
  put(
    'a.sql',
    `CREATE TABLE p (name varchar(9), id_card varchar(18));\nINSERT INTO p VALUES ('${aName(1)}','${anId(1)}');\nINSERT INTO p VALUES ('${aName(2)}','${anId(2)}'),('${aName(3)}','1101`,
  )
  const whole = aTransportFile(
    'A',
    [{ name: 'USUBJID', length: 80 }],
    persons.map((n) => [`EX-${n}`]),
  )
  put('a.xpt', whole.subarray(0, whole.length - 100))
  put(
    'a.vcf',
    `##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNA1\n1\t5\t.\tA\tG\t9\tPASS\t.\tGT\t0/1\n1\t6\t.\tA`,
  )
  const evidence = await scanned()
  expect(
    evidence.files
      .filter(({ path }) => !path.includes('#'))
      .map(({ path, rows, error }) => [path, rows > 0, error?.code]),
  ).toEqual([
    ['a.sql/p', true, 'scan.file-truncated'],
    ['a.vcf', true, 'scan.file-truncated'],
    ['a.xpt', true, 'scan.file-truncated'],
  ])
})

test('a zip bomb and a path out of the archive: an error, nothing lands outside', async () => {
  put('bomb.zip', zipSync({ 'zeros.csv': Buffer.alloc(60e6, 48) }))
  const leaving = zipSync({ 'AAAAAAAA.csv': Buffer.from('a,b\n1,2\n') })
  put(
    'leaving.zip',
    Buffer.from(Buffer.from(leaving).toString('latin1').replaceAll('AAAAAAAA.csv', '../../../a.c'), 'latin1'),
  )
  put('good.csv', good)
  const evidence = await scanned()
  expect(evidence.files.flatMap(({ error }) => error?.code ?? [])).toEqual([
    'scan.unpacks-to-too-much',
    'scan.archive-leaves-folder',
  ])
})

test('the gate does not take what it could not rebuild: the file is an error, so the batch is held', async () => {
  put('患者.xlsx', aWorkbook([{ name: 'a', rows: [['姓名'], ['王芳']] }]))
  put('good.csv', good)
  const { evidence } = await inspect(engine, folder, someOptions)
  expect(found(evidence, '患者.xlsx').error?.code).toBe('scan.format-not-inspected')
})

test('every kind the dictionary of DICOM names is one of ours, and no tag stands twice', () => {
  const named = [...attributes.values()].flatMap(({ kind }) => kind ?? [])
  expect(named.filter((kind) => !(kind in kinds))).toEqual([])
  expect(new Set([...attributes.values()].map(({ keyword }) => keyword)).size).toBe(attributes.size)
})
