import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { diagnosesOf, imagingOf, labResultsOf, notesOf, visitsOf } from './clinic.ts'
import { encodeGb18030 } from '../gb18030.ts'
import { isoDay } from '../people.ts'
import { enrol } from './patients.ts'
import type { Patient } from './patients.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { writeRows } from '../write-rows.ts'

export interface StudyOptions extends GenerateOptions {
  /** Patients of the declared groups A, B and C. Group D, which only the second batch holds, has an eighth of it. */
  readonly patients?: number
}

/**
 * Writes the pilot's study data and its two batches into this folder, which is made where it is missing; files of an
 * earlier run are overwritten. The first batch fits the permit, the second carries a column and a patient group too many. The same seed and number of patients give the same bytes. With the default of 12,000
 * patients: 4,000 persons in the first batch, 9,500 in the second, 13,500 in both, where 12,000 are declared.
 *
 * @throws RangeError when `patients` is not a whole number from 8 to 1,000,000 (fewer leave a group empty, more exhaust
 *   the record numbers).
 * @throws the file system's error when the folder cannot be written; what was written before it stays there.
 */
export async function generate(folder: string, options: StudyOptions = {}): Promise<PilotData> {
  const { seed = 20261123, patients: declaredCount = 12_000, progress } = options
  if (!Number.isInteger(declaredCount) || declaredCount < 8 || declaredCount > 1_000_000) {
    throw new RangeError(`"patients" is ${declaredCount}; give a whole number from 8 to 1000000, for example 12000`)
  }
  const cohort = enrol(seed, declaredCount)
  const everybody = [...cohort.declared, ...cohort.undeclared]
  const data = { folder: join(folder, 'data'), patients: cohort.declared, files: studyFiles(seed) }
  const first = {
    folder: join(folder, 'batches', '2026-11-第一批'),
    patients: everybody.slice(0, cohort.firstBatch),
    files: batchFiles(seed, ['病案号', '性别', '出生日期', '民族', '入组分组', '入组日期']),
  }
  const second = {
    folder: join(folder, 'batches', '2026-11-第二批'),
    patients: everybody.slice(cohort.firstBatch),
    files: batchFiles(seed, ['病案号', '性别', '出生日期', '民族', '联系电话', '入组分组', '入组日期']),
  }
  const places = [data, first, second]
  const total = places.reduce((sum, { patients, files }) => sum + patients.length * files.length, 0)
  let done = 0
  for (const { folder, patients, files } of places) {
    await mkdir(folder, { recursive: true })
    for (const file of files) {
      await writeRows(join(folder, file.name), file.head, patients.map(file.linesOf), {
        written: (rows) => {
          done += rows
          progress?.({ done, total })
        },
        ...(file.encode === undefined ? {} : { encode: file.encode }),
      })
    }
  }
  return { data: data.folder, batches: [first.folder, second.folder] }
}

/** The study as the hospital's systems hold it. */
function studyFiles(seed: number): readonly StudyFile[] {
  return [
    // Hospital systems in China often export GB18030 with CRLF; the other files are UTF-8.
    { ...asTable(registers, seed, { lineEnd: '\r\n' }), encode: encodeGb18030 },
    asTable(visits, seed),
    asTable(diagnoses, seed),
    asTable(labResults, seed),
    asNdjson(imaging, seed),
    asNdjson(notes, seed),
  ]
}

/** Only the items proposed for export; the register's are what the two batches differ in. */
function batchFiles(seed: number, registerItems: readonly (keyof typeof registers.items)[]): readonly StudyFile[] {
  return [
    asTable(registers, seed, { items: registerItems }),
    asTable(visits, seed, { items: ['就诊流水号', '病案号', '就诊日期', '就诊科室', '就诊类型'] }),
    asTable(diagnoses, seed),
    asTable(labResults, seed),
    asNdjson(imaging, seed, {
      items: ['PatientID', 'StudyDate', 'Modality', 'BodyPartExamined', 'StudyDescription', 'Manufacturer'],
    }),
  ]
}

// --- what the files hold -----------------------------------------------------------------------------------------

interface Source<Row, Item extends string> {
  readonly name: string
  readonly rowsOf: (seed: number, patient: Patient) => readonly Row[]
  /** The items in the order of their columns. */
  readonly items: Readonly<Record<Item, (row: Row, patient: Patient) => string>>
}

// Only infers the names of the items; the rows' type comes from `rowsOf`.
function source<Row, Item extends string>(source: Source<Row, Item>): Source<Row, Item> {
  return source
}

const registers = source({
  name: '患者登记.csv',
  rowsOf: (_seed: number, patient: Patient) => [patient],
  items: {
    病案号: (patient) => patient.recordNo,
    姓名: (patient) => patient.name,
    身份证号: (patient) => patient.residentId,
    性别: (patient) => patient.sex,
    出生日期: (patient) => patient.born,
    民族: (patient) => patient.ethnicity,
    联系电话: (patient) => patient.mobile,
    现住址: (patient) => patient.address,
    入组分组: (patient) => patient.group,
    入组日期: (patient) => isoDay(patient.enrolledDay),
  },
})

const visits = source({
  name: '就诊记录.csv',
  rowsOf: visitsOf,
  items: {
    就诊流水号: (visit) => visit.serialNo,
    病案号: (_visit, patient) => patient.recordNo,
    就诊日期: (visit) => visit.on,
    就诊科室: (visit) => visit.department,
    就诊类型: (visit) => visit.type,
    接诊医生: (visit) => visit.doctor,
  },
})

const diagnoses = source({
  name: '诊断记录.csv',
  rowsOf: diagnosesOf,
  items: {
    病案号: (_diagnosis, patient) => patient.recordNo,
    诊断编码: (diagnosis) => diagnosis.code,
    诊断名称: (diagnosis) => diagnosis.name,
    诊断日期: (diagnosis) => diagnosis.on,
  },
})

const labResults = source({
  name: '检验结果.tsv',
  rowsOf: labResultsOf,
  items: {
    病案号: (_result, patient) => patient.recordNo,
    检验项目: (result) => result.test,
    结果: (result) => result.result,
    单位: (result) => result.unit,
    参考范围: (result) => result.range,
    采样时间: (result) => result.sampledAt,
  },
})

const imaging = source({
  name: '影像头信息.ndjson',
  rowsOf: imagingOf,
  items: {
    PatientID: (_study, patient) => patient.recordNo,
    PatientName: (_study, patient) => patient.name,
    PatientBirthDate: (_study, patient) => dicomDay(patient.born),
    StudyDate: (study) => dicomDay(study.on),
    Modality: (study) => study.modality,
    BodyPartExamined: (study) => study.bodyPart,
    StudyDescription: (study) => study.description,
    Manufacturer: (study) => study.manufacturer,
  },
})

const notes = source({
  name: '病程记录.ndjson',
  rowsOf: notesOf,
  items: {
    病案号: (_note, patient) => patient.recordNo,
    记录时间: (note) => note.at,
    病程记录: (note) => note.text,
  },
})

// DICOM PS3.5, value representation DA: eight digits.
function dicomDay(iso: string): string {
  return iso.replaceAll('-', '')
}

// --- writing -----------------------------------------------------------------------------------------------------

interface StudyFile {
  readonly name: string
  /** What stands before the first row; NDJSON has nothing. */
  readonly head: string
  /** The patient's rows, each with its line end. */
  readonly linesOf: (patient: Patient) => string
  readonly encode?: (text: string) => Buffer
}

interface Layout<Item extends string> {
  /** These items only, in this order; left out: all. */
  readonly items?: readonly Item[]
  readonly lineEnd?: '\n' | '\r\n'
}

// No value of the word lists holds a comma, a tab, a quote or a line end, so nothing needs quoting (a test holds this).
function asTable<Row, Item extends string>(
  source: Source<Row, Item>,
  seed: number,
  { items = itemsOf(source), lineEnd = '\n' }: Layout<Item> = {},
): StudyFile {
  const separator = source.name.endsWith('.tsv') ? '\t' : ','
  return {
    name: source.name,
    head: items.join(separator) + lineEnd,
    linesOf: (patient) =>
      source
        .rowsOf(seed, patient)
        .map((row) => items.map((item) => source.items[item](row, patient)).join(separator) + lineEnd)
        .join(''),
  }
}

function asNdjson<Row, Item extends string>(
  source: Source<Row, Item>,
  seed: number,
  { items = itemsOf(source) }: Layout<Item> = {},
): StudyFile {
  return {
    name: source.name,
    head: '',
    linesOf: (patient) =>
      source
        .rowsOf(seed, patient)
        .map((row) => JSON.stringify(Object.fromEntries(items.map((item) => [item, source.items[item](row, patient)]))))
        .map((line) => `${line}\n`)
        .join(''),
  }
}

// Object.keys forgets which names an object has; the object itself is the list of them.
function itemsOf<Row, Item extends string>(source: Source<Row, Item>): readonly Item[] {
  return Object.keys(source.items) as Item[]
}
