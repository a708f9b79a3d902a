import type { Kind } from '@tongguan/law'
import type { Limits } from '../bytes.ts'
import { utf8Of } from '../bytes.ts'
import type { Claim } from '../header.ts'
import { parsedJson, valuesOf } from '../json.ts'
import type { JsonShape, SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { Parts } from './parts.ts'

/*
 * FHIR resources, bundles and bulk exports (R4, STU3): a row a resource, a column an element by its path from the resource
 * type (`Patient.name.family`). Codes, quantities and periods are one column each; an extension is named by the end of
 * its address, an identifier by the code of its type.
 */

/** Whether the beginning of a JSON text is a resource. */
export const isFhir = (text: string): boolean => /^\s*(\[\s*)?\{[^]{0,4000}?"resourceType"\s*:\s*"[A-Z]\w+"/.test(text)

/** Takes the resources of a file. A bundle is read through; what is contained in a resource is a row of its own. Throws FileError. */
export async function takeFhir(file: SourceFile, parts: Parts, limits: Limits, shape: JsonShape): Promise<void> {
  const columns = new Map<string, number>()
  let resources = 0
  const survey = (row: Row) => {
    resources++
    for (const name of row.keys()) if (!columns.has(name)) columns.set(name, columns.size)
    if (columns.size > limits.columns) throw new FileError('scan.too-many-columns')
  }
  const first = await readResources(file, shape, limits, survey)
  if (resources === 0) throw new FileError(first.error ?? 'scan.format-unknown')
  const names = [...columns.keys()]
  const table = parts.table(null, 'fhir', names, names.map(claimFor))
  try {
    const { error, skipped } = await readResources(file, shape, limits, (row) =>
      table.row(names.map((name) => row.get(name)?.join(' | ') ?? '')),
    )
    table.part.error = error
    table.part.skipped = skipped
  } finally {
    table.close()
  }
}

type Row = Map<string, string[]>

interface Outcome {
  readonly error: FileError['code'] | null
  readonly skipped: number
}

async function readResources(
  file: SourceFile,
  shape: JsonShape,
  limits: Limits,
  onRow: (row: Row) => void,
): Promise<Outcome> {
  let skipped = 0
  let lastIsBad = false
  const take = (text: string) => {
    if (text.trim() === '') return
    const value = parsedJson(text)
    lastIsBad = value === undefined
    if (value === undefined) skipped++
    else for (const row of rowsOf(value)) onRow(row)
  }
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of utf8Of(file, shape, limits)) {
    rest += decoder.decode(chunk, { stream: true })
    if (shape.format === 'ndjson') {
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    }
    if (rest.length > limits.documentBytes) throw new FileError('scan.row-too-long')
  }
  take(rest)
  return { error: lastIsBad ? 'scan.file-truncated' : skipped > 0 ? 'scan.line-not-json' : null, skipped }
}

function* rowsOf(value: unknown): Generator<Row> {
  if (Array.isArray(value)) {
    for (const one of value) yield* rowsOf(one)
    return
  }
  if (!isObject(value)) return
  const type = value['resourceType']
  if (typeof type !== 'string') return
  if (type === 'Bundle' && Array.isArray(value['entry'])) {
    for (const entry of value['entry']) if (isObject(entry)) yield* rowsOf(entry['resource'])
    return
  }
  const row: Row = new Map()
  const contained = value['contained']
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'resourceType' && key !== 'contained') flatten(row, `${type}.${key}`, inner)
  }
  yield row
  if (Array.isArray(contained)) for (const one of contained) yield* rowsOf(one)
}

function flatten(row: Row, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const one of value) flatten(row, stepFor(path, one), one)
    return
  }
  if (!isObject(value)) {
    if (value !== null && value !== undefined) add(row, path, shown(path, valuesOf(value)))
    return
  }
  const whole = asOne(value)
  if (whole !== undefined) {
    add(row, path, whole)
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'url' && path.includes('extension[')) continue
    flatten(row, `${path}.${key}`, inner)
  }
}

// `extension[geolocation]`, `identifier[MR]`.
function stepFor(path: string, value: unknown): string {
  if (!isObject(value)) return path
  if (path.endsWith('xtension') && typeof value['url'] === 'string') {
    return `${path}[${value['url'].split(/[/#]/).at(-1) ?? ''}]`
  }
  if (path.endsWith('.identifier')) {
    const code = identifierType(value)
    return code === undefined || code === 'MR' ? path : `${path}[${code}]`
  }
  if (path.endsWith('.telecom') && (value['system'] === 'email' || value['system'] === 'url'))
    return `${path}[${value['system']}]`
  return path
}

function identifierType(value: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = value
  const coding = isObject(type) && Array.isArray(type['coding']) ? (type['coding'] as unknown[]) : []
  const code = coding.map((one) => (isObject(one) ? one['code'] : undefined)).find((one) => typeof one === 'string')
  return typeof code === 'string' && /^[\w-]{1,20}$/.test(code) ? code : undefined
}

/** Data types that mean one thing: CodeableConcept, Coding, Quantity, Money, Period. */
function asOne(value: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(value)
  const only = (...allowed: readonly string[]) => keys.every((key) => allowed.includes(key))
  const text = (key: string) => (typeof value[key] === 'object' ? '' : valuesOf(value[key]))
  if (
    ('coding' in value || ('text' in value && typeof value['text'] === 'string')) &&
    only('coding', 'text', 'id', 'extension')
  ) {
    const coding = Array.isArray(value['coding']) ? value['coding'] : []
    const coded = coding.flatMap((one) => (isObject(one) ? [asOne(one) ?? ''] : []))
    return [...new Set([...coded, text('text')])].filter((part) => part !== '').join(' | ')
  }
  if (
    keys.length > 0 &&
    ('code' in value || 'display' in value) &&
    only('system', 'version', 'code', 'display', 'userSelected')
  )
    return [text('code'), text('display')].filter((part) => part !== '').join(' ')
  if (
    'value' in value &&
    (value['unit'] ?? value['code'] ?? value['currency']) !== undefined &&
    only('value', 'unit', 'system', 'code', 'comparator', 'currency')
  )
    return [text('comparator') + text('value'), text('unit') || text('code') || text('currency')]
      .filter(Boolean)
      .join(' ')
  if (('start' in value || 'end' in value) && only('start', 'end', 'extension'))
    return `${text('start')}/${text('end')}`
  return undefined
}

// A reference to a patient is that patient's number, however it is addressed.
const shown = (path: string, text: string): string =>
  path.endsWith('.reference') ? text.replace(/^(?:.*\/)?Patient\/([^/]+)(?:\/_history\/.*)?$/, '$1') : text

function add(row: Row, path: string, text: string): void {
  if (text === '') return
  const known = row.get(path)
  if (known === undefined) row.set(path, [text])
  else if (!known.includes(text)) known.push(text)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// --- what the elements are ----------------------------------------------------------------------------------------------

const identifierKinds: Readonly<Record<string, Kind>> = {
  SS: 'social_security_no',
  SB: 'social_security_no',
  DL: 'driver_licence',
  PPN: 'passport',
  NI: 'national_id',
  NNCHN: 'national_id',
  MB: 'insurance_id',
  MD: 'professional_licence',
  NPI: 'professional_licence',
  PRN: 'professional_licence',
}

const persons = '(?:Patient|Person|RelatedPerson)'
const staff = '(?:Practitioner|PractitionerRole)'

/** By the element's data type and place (FHIR R4, resource definitions); the first that fits speaks. */
const elements: readonly (readonly [RegExp, Kind | null])[] = [
  [
    /^(?:Organization|Location|HealthcareService|Device|Endpoint|Medication|Substance|CodeSystem|ValueSet|StructureDefinition|Questionnaire|PlanDefinition|ActivityDefinition|CapabilityStatement|SearchParameter|OperationDefinition|ConceptMap|Library|Measure|ImplementationGuide|NamingSystem|InsurancePlan|HealthcareService|GraphDefinition|MessageDefinition|StructureMap|TestScript|CompartmentDefinition|ExampleScenario|EventDefinition|ResearchStudy|EvidenceVariable|Evidence|EffectEvidenceSynthesis|TerminologyCapabilities|SpecimenDefinition|ObservationDefinition|Schedule|Slot)\./,
    null,
  ],
  [/\.text\.div$/, 'free_text'],
  [/\.(?:meta|implicitRules)(?:\.|$)|^\w+\.text\.|\.(?:telecom|address)(?:\[\w+\])?\.(?:use|type|system|rank)$/, null],
  [new RegExp(`^${persons}\\.name\\.(?:family)$`), 'last_name'],
  [new RegExp(`^${persons}\\.name\\.(?:given)$`), 'first_name'],
  [new RegExp(`^${persons}\\.name\\.(?:text)$`), 'name'],
  [new RegExp(`^${persons}\\.name\\.(?:prefix|suffix)$`), 'name_part'],
  [new RegExp(`^${staff}\\.name\\.`), 'staff_name'],
  [new RegExp(`^${staff}\\.(?:identifier|qualification\\.identifier)(?:\\[\\w+\\])?\\.value$`), 'professional_licence'],
  [/^Patient\.contact\.name(?:\.|$)/, 'name'],
  [/mothersMaidenName/, 'name'],
  [/\.telecom\[email\]\.value$/, 'email'],
  [/\.telecom\.value$/, 'phone'],
  [/^(?:Patient|Person|RelatedPerson|Practitioner)\.gender$/, 'sex'],
  [/^(?:Patient|Person|RelatedPerson|Practitioner)\.birthDate$/, 'birth_date'],
  [/^Patient\.deceased/, 'death'],
  [/\.address\.(?:line|text)$/, 'address'],
  [/\.address\.city$/, 'city'],
  [/\.address\.(?:state|district)$/, 'region'],
  [/\.address\.postalCode$/, 'postal_code'],
  [/\.address\.country$/, 'country'],
  [/geolocation|\.position\.(?:latitude|longitude)$/, 'precise_location'],
  [/^Patient\.maritalStatus/, 'marital_status'],
  [/^Patient\.communication\.language/, 'language'],
  [/\.photo\./, 'photo'],
  [/race|ethnicity/i, 'ethnicity'],
  [/birthPlace/, 'place'],
  [/religion/i, 'religion'],
  [/^Coverage\.(?:subscriberId|identifier)/, 'insurance_id'],
  [/^(?:Condition|ClinicalImpression)\.(?:code|evidence|stage|finding|summary)/, 'diagnosis'],
  [/^Condition\.(?:severity|bodySite|clinicalStatus)/, 'diagnosis'],
  [/^Observation\.(?:code|value|component|interpretation|referenceRange|note)/, 'lab_result'],
  [/^DiagnosticReport\.(?:code|conclusion|conclusionCode|presentedForm)/, 'lab_result'],
  [
    /^(?:Procedure|ServiceRequest|ImagingStudy|DeviceRequest|DeviceUseStatement)\.(?:code|reason|outcome|note|description|procedureCode|bodySite|modality|orderDetail|usedCode|followUp|complication)/,
    'procedure',
  ],
  [
    /^(?:Medication(?:Request|Statement|Administration|Dispense)|Immunization|ImmunizationRecommendation|NutritionOrder|SupplyRequest)\.(?:medication|vaccineCode|dosage|reason|protocolApplied|note|dosageInstruction|itemCodeableConcept|recommendation)/,
    'medication',
  ],
  [/^AllergyIntolerance\.(?:code|reaction|category|criticality|note|type)/, 'allergy'],
  [/^FamilyMemberHistory\./, 'family_history'],
  [/^MolecularSequence\.(?:observedSeq|variant|referenceSeq)/, 'genotype'],
  [
    /^(?:Claim|ClaimResponse|ExplanationOfBenefit|Invoice|PaymentNotice|Account)\.(?:total|item|payment|balance|net)/,
    'transaction',
  ],
  [/\.note\.text$|\.comment$/, 'clinical_note'],
  [/^(?:Encounter|EpisodeOfCare)\.(?:type|class|reasonCode|serviceType|diagnosis)/, 'visit'],
  [
    /(?:DateTime|Instant|Date|Period|\.period|\.issued|\.recorded|\.created|\.authoredOn|\.effectiveDateTime|\.date|\.started)$/,
    'event_date',
  ],
]

/** What an element of FHIR says of a person by its definition; null: nothing; undefined: the values decide. */
function claimFor(path: string): Claim | null | undefined {
  const of = path.startsWith('Practitioner')
    ? 'staff'
    : /^(?:RelatedPerson|Patient\.contact)/.test(path)
      ? 'relative'
      : 'subject'
  const claim = (kind: Kind, more: Partial<Claim> = {}): Claim => ({
    kind,
    weight: 'full',
    of,
    needsPersons: false,
    ...more,
  })
  if (path === 'Patient.id') return claim('person_id', { key: { entity: 'patient' } })
  if (/\.(?:subject|patient|beneficiary|for|individual)\.reference$/.test(path) && !/^(?:Group|List)\./.test(path))
    return claim('person_id', { key: { entity: 'patient' } })
  const identifier = /^(?:Patient|Person)\.identifier(?:\[([\w-]+)\])?\.value$/.exec(path)
  if (identifier) return claim(identifierKinds[identifier[1] ?? ''] ?? 'medical_record_no')
  const known = elements.find(([pattern]) => pattern.test(path))
  if (known === undefined) return undefined
  const [, kind] = known
  return kind === null ? null : claim(kind)
}
