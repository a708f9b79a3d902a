import type { Kind } from '@tongguan/law'
import { ambiguous, wordsOf } from './vocabulary.ts'
import type { Word } from './vocabulary.ts'

/** What a table's name says it is about. */
export type Topic =
  | { readonly of: 'persons'; readonly entity: Entity }
  | { readonly of: 'staff' }
  | { readonly of: 'things' }
  | { readonly of: 'health'; readonly kind: Kind }
  | { readonly of: 'finance' }
  | { readonly of: 'unknown' }

/** Numbers of persons are compared only within one of these: passenger 7 is not employee 7. */
export type Entity =
  | 'patient'
  | 'person'
  | 'subject'
  | 'passenger'
  | 'customer'
  | 'member'
  | 'user'
  | 'student'
  | 'staff'

/** What a column's name says, before any value was seen. */
export interface Claim {
  readonly kind: Kind
  /** Half: the name is ambiguous or generic, the values must agree. */
  readonly weight: 'full' | 'half'
  /** The column speaks of someone other than the row's own person: a contact, a guardian, a doctor. */
  readonly of: 'subject' | 'staff' | 'relative'
  /** It numbers a person, or a visit that belongs to one. */
  readonly key?: { readonly entity: Entity | 'visit' }
  /** Says something of a person only in a table about persons. */
  readonly needsPersons: boolean
}

const entities: readonly Entity[] = [
  'patient',
  'subject',
  'passenger',
  'customer',
  'member',
  'student',
  'user',
  'staff',
  'person',
]
const healthWords: readonly (readonly [Word, Kind])[] = [
  ['gene', 'genotype'],
  ['imaging', 'imaging'],
  ['diagnosis', 'diagnosis'],
  ['medication', 'medication'],
  ['lab', 'lab_result'],
  ['procedure', 'procedure'],
  ['visit', 'visit'],
]

/** The topic of a table by its file name, and by the SDTM domain where it has one (CDISC SDTM IG 3.4). */
export function topicOf(path: string, names: readonly string[]): Topic {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z0-9]+$/i, '')
  const { words } = wordsOf(stem)
  const has = (word: Word) => words.includes(word)
  const domain = sdtmDomain(stem, names)
  if (domain !== undefined) return domain
  const health = healthWords.find(([word]) => has(word))
  if (health !== undefined) return { of: 'health', kind: health[1] }
  if (has('death')) return { of: 'health', kind: 'diagnosis' }
  if (has('test') || has('result')) return { of: 'health', kind: 'lab_result' }
  if (has('organisation') || has('thing')) return { of: 'things' }
  if (has('staff')) return { of: 'staff' }
  const entity = entities.find((entity) => has(entity))
  if (entity !== undefined) return { of: 'persons', entity }
  return has('finance') ? { of: 'finance' } : { of: 'unknown' }
}

const sdtm: Readonly<Record<string, Kind>> = {
  ae: 'diagnosis',
  mh: 'diagnosis',
  ce: 'diagnosis',
  ex: 'medication',
  ec: 'medication',
  cm: 'medication',
  su: 'medication',
  lb: 'lab_result',
  vs: 'lab_result',
  eg: 'lab_result',
  pe: 'lab_result',
  qs: 'lab_result',
  mb: 'lab_result',
  pc: 'lab_result',
  pr: 'procedure',
  sv: 'visit',
}

function sdtmDomain(stem: string, names: readonly string[]): Topic | undefined {
  const upper = new Set(names.map((name) => name.toUpperCase()))
  if (!upper.has('STUDYID') || !upper.has('USUBJID')) return undefined
  const kind =
    sdtm[stem.toLowerCase()] ??
    sdtm[
      [...upper]
        .find((name) => name.endsWith('SEQ'))
        ?.slice(0, 2)
        .toLowerCase() ?? ''
    ]
  return kind === undefined ? { of: 'persons', entity: 'subject' } : { of: 'health', kind }
}

/** What the name of a column claims in a table of this topic, or undefined when it claims nothing. */
export function claimOf(name: string, topic: Topic, names: readonly string[]): Claim | undefined {
  const study = sdtmClaim(name, topic, names)
  if (study !== undefined) return study === 'nothing' ? undefined : study
  const { words, raw } = wordsOf(name)
  if (words.every((word) => word === 'unknown')) return undefined
  const set = new Set(words)
  const has = (...some: readonly Word[]) => some.some((word) => set.has(word))
  const only = (...all: readonly Word[]) => words.every((word) => all.includes(word))
  const of = has('relative') ? 'relative' : has('staff') || topic.of === 'staff' ? 'staff' : 'subject'
  const weight = raw.length === 1 && ambiguous.has(raw[0] ?? '') ? 'half' : 'full'
  const full = (kind: Kind, more: Partial<Claim> = {}): Claim => ({ kind, weight, of, needsPersons: false, ...more })
  const withPersons = (kind: Kind, more: Partial<Claim> = {}): Claim => full(kind, { needsPersons: true, ...more })
  const numbered = has('id', 'no', 'code', 'key')
  const dated = has('date', 'time', 'year', 'month')
  // `gender_concept_id` and `race_source_value` are the thing itself in coded form (OMOP), not a record's number.
  const coded = raw.includes('concept') || raw.includes('source') || has('code')
  const bookkeeping = has('status') || (has('type') && coded)

  if (has('password', 'biometric')) return full(has('password') ? 'credential' : 'biometric')
  if (bookkeeping && !has('marital', 'death')) return undefined
  if (has('nationalId') && !has('organisation', 'thing')) return full('national_id')
  if (raw.length === 2 && raw[0] === 'id' && has('no', 'card')) return full('national_id')
  if (has('passport')) return full('passport')
  if (has('permit')) return full('travel_permit')
  if (has('ssn')) return full('social_security_no')
  if (has('insurance') && (numbered || raw.includes('memberid'))) return withPersons('social_security_no')
  if (has('plate')) return full('plate')
  if (has('vin')) return full('vin')
  if (has('driver') || (has('licence') && of === 'staff')) return full('driver_licence')
  if (isDicom(names) && name === 'PatientID') return full('medical_record_no')
  if (has('mrn', 'medicalRecord') || (has('medical', 'chart', 'patient') && has('record', 'chart') && numbered))
    return full('medical_record_no')
  if (raw.includes('npi') || raw.includes('dea')) return full('person_id', { of: 'staff' })
  if (has('visitNo') || numbersVisit(words, raw)) {
    return withPersons('visit', { key: { entity: 'visit' } })
  }
  if (has('email')) return full('email')
  if (has('mobile')) return full('mobile')
  if (has('phone') || raw.join('') === 'contactno')
    return has('organisation') || topic.of === 'things' ? undefined : full('phone')
  if (has('wechat', 'mac', 'device')) return withPersons('device_id')
  if (has('ip')) return withPersons('ip_address')
  if (has('card', 'account') && !has('thing') && (numbered || only('card', 'account', 'organisation', 'no', 'id'))) {
    return full(has('card') ? 'card_number' : 'bank_account', weight === 'half' ? {} : { needsPersons: has('account') })
  }
  if (has('gene') || (topic.of === 'health' && topic.kind === 'genotype' && has('allele'))) return full('genotype')
  if (has('birthplace') || (has('birth') && has('place'))) return withPersons('region')
  if (has('birth')) return full('birth_date')
  if (has('death')) return has('reason') ? full('diagnosis') : full('death_date')
  const personal = quasiIdentifier(has, of)
  if (personal !== undefined) return withPersons(personal)
  if (has('personName')) return full(of === 'staff' ? 'staff_name' : 'name')
  const named = nameClaim(has, only, topic, of, raw)
  if (named !== undefined) return named === 'nothing' ? undefined : full(named)
  // OMOP: the number the source system gave; it comes beside person_id, and is not compared with it.
  if (raw.join('_') === 'person_source_value') return full('person_id')
  const key = personKey(words, raw, topic, has)
  if (key !== undefined) {
    return full(key === 'subject' ? 'subject_id' : 'person_id', {
      of: key === 'staff' ? 'staff' : 'subject',
      key: { entity: key },
    })
  }
  if (name === '单位' && topic.of === 'health') return withPersons(topic.kind)
  const health = healthClaim(has, topic, numbered, coded, dated)
  if (health !== undefined) return withPersons(health)
  const place = placeClaim(has)
  if (place !== undefined) {
    // Where someone works is no whereabouts of theirs.
    const ofWork = topic.of === 'staff' && place === 'precise_location'
    return topic.of === 'things' || has('organisation') || ofWork ? undefined : withPersons(place)
  }
  if (has('income')) return withPersons('income')
  if (dated || only('start', 'end', 'created', 'no'))
    return has('quantity') && !has('date', 'time') ? undefined : withPersons('event_date')
  if (has('finance') && !numbered && !has('type', 'thing', 'organisation')) return withPersons('finance')
  if (has('note') && !numbered)
    return withPersons(topic.of === 'health' || has('medical') ? 'clinical_note' : 'free_text')
  if (
    topic.of === 'health' &&
    (!has('id', 'key', 'no') || has('value')) &&
    !has('quantity', 'system', 'organisation', 'staff', 'relative')
  ) {
    if (has('description', 'code', 'value', 'result', 'type', 'reason', 'title', 'test', 'name'))
      return withPersons(topic.kind)
  }
  return undefined
}

// `encounter_id`, `visit_occurrence_id`, `挂号编号`, or ENCOUNTER alone where it holds an id; `registration_num` counts them.
function numbersVisit(words: readonly Word[], raw: readonly string[]): boolean {
  if (!words.includes('visit')) return false
  const rest = raw.filter((part, at) => words[at] !== 'visit' && part !== 'occurrence' && part !== 'detail')
  const restWords = words.filter((word, at) => word !== 'visit' && raw[at] !== 'occurrence' && raw[at] !== 'detail')
  if (rest.includes('num') || rest.includes('code')) return false
  if (restWords.length === 0) return raw.length === 1 && (raw[0] === 'encounter' || raw[0] === 'visitid')
  return restWords.every((word) => word === 'id' || word === 'no' || word === 'key')
}

// DICOM PS3.6 keywords; (0010,0020) Patient ID is the number of the medical record.
const isDicom = (names: readonly string[]): boolean =>
  names.includes('PatientID') &&
  ['StudyDate', 'Modality', 'StudyInstanceUID', 'SOPInstanceUID'].some((keyword) => names.includes(keyword))

type Has = (...some: readonly Word[]) => boolean

function quasiIdentifier(has: Has, of: Claim['of']): Kind | undefined {
  if (has('sex')) return 'sex'
  if (has('age')) return 'age'
  if (has('ethnicity')) return 'ethnicity'
  if (has('nationality')) return 'nationality'
  if (has('marital')) return 'marital_status'
  if (has('religion')) return 'religion'
  if (has('education')) return 'education'
  if (has('occupation') || (of === 'staff' && has('title'))) return 'occupation'
  return undefined
}

function nameClaim(
  has: Has,
  only: (...all: readonly Word[]) => boolean,
  topic: Topic,
  of: Claim['of'],
  raw: readonly string[],
): Kind | 'nothing' | undefined {
  if (has('organisation', 'thing')) return has('name') ? 'nothing' : undefined
  if (has('first') && only('first', 'name', 'home')) return only('first') || has('name') ? 'first_name' : undefined
  if (has('last') && only('last', 'name', 'home')) return 'last_name'
  if (raw.includes('username') || raw.includes('login') || raw.includes('nickname')) return 'name'
  if (!has('name')) return undefined
  const person = has(
    'patient',
    'person',
    'subject',
    'passenger',
    'customer',
    'member',
    'user',
    'student',
    'relative',
    'owner',
  )
  if (of === 'staff' && (has('staff') || only('name'))) return 'staff_name'
  if (
    person &&
    only(
      'name',
      'patient',
      'person',
      'subject',
      'passenger',
      'customer',
      'member',
      'user',
      'student',
      'relative',
      'owner',
      'home',
    )
  )
    return 'name'
  if (raw.includes('fullname')) return 'name'
  if (only('name', 'home'))
    return topic.of === 'persons' ? 'name' : topic.of === 'things' || topic.of === 'health' ? undefined : undefined
  return undefined
}

// `patient_id`, `PATIENT`, `客户编号`; and plain `id` in a table named after persons.
function personKey(words: readonly Word[], raw: readonly string[], topic: Topic, has: Has): Entity | undefined {
  const rest = words.filter((word) => !['id', 'no', 'code', 'key', 'home'].includes(word))
  const numbered = has('id', 'no', 'code', 'key')
  const [first, ...others] = rest
  // 接诊医生: what stands before the doctor says which.
  const isDoctor = rest.includes('staff') && rest.every((word) => word === 'staff' || word === 'unknown')
  if (isDoctor && /^[\u4e00-\u9fff]/.test(raw[0] ?? '')) return 'staff'
  const entity = entities.find((entity) => entity === first)
  if (entity !== undefined && others.length === 0) return entity
  if (first === 'patient' && others.length === 1 && numbered && others[0] === 'unknown') return undefined
  if (rest.length > 0 || raw.length !== 1 || !numbered) return undefined
  if (topic.of === 'staff') return 'staff'
  return topic.of === 'persons' ? topic.entity : undefined
}

function healthClaim(has: Has, topic: Topic, numbered: boolean, coded: boolean, dated: boolean): Kind | undefined {
  if (dated || has('start', 'end', 'finance')) return undefined
  if (has('organisation', 'staff', 'relative', 'quantity')) return undefined
  // Without a code beside it, `drug_exposure_id` numbers a row.
  if (numbered && !coded) return undefined
  const own = healthWords.find(([word]) => has(word))
  if (own !== undefined) return own[1]
  if (has('reason') && (topic.of === 'health' || topic.of === 'persons') && (coded || has('description')))
    return 'diagnosis'
  if (topic.of === 'health')
    return has('test', 'result', 'unit') && topic.kind === 'lab_result' ? 'lab_result' : undefined
  return has('test', 'result') && has('medical', 'value', 'name', 'unit') ? 'lab_result' : undefined
}

function placeClaim(has: Has): Kind | undefined {
  if (has('thing')) return undefined
  if (has('latitude', 'longitude', 'location')) return has('id', 'no', 'code') ? undefined : 'precise_location'
  if (has('postal')) return 'postal_code'
  if (has('address')) return 'address'
  if (has('city')) return 'city'
  if (has('region')) return 'region'
  return has('country') ? 'country' : undefined
}

// Names of SDTM variables are two letters of domain and a suffix whose meaning the standard fixes.
function sdtmClaim(name: string, topic: Topic, names: readonly string[]): Claim | 'nothing' | undefined {
  if (
    !names.some((other) => other.toUpperCase() === 'STUDYID') ||
    !names.some((other) => other.toUpperCase() === 'USUBJID')
  ) {
    return undefined
  }
  const upper = name.toUpperCase()
  const claim = (kind: Kind): Claim => ({ kind, weight: 'full', of: 'subject', needsPersons: false })
  if (['STUDYID', 'DOMAIN', 'RDOMAIN'].includes(upper) || upper.endsWith('SEQ')) return 'nothing'
  if (upper === 'USUBJID') return { ...claim('subject_id'), key: { entity: 'subject' } }
  if (upper === 'SUBJID') return claim('subject_id')
  if (upper === 'SITEID') return claim('region')
  if (upper.startsWith('DTH')) return claim('death_date')
  if (/DTC$|^RF.*DTC$|DY$|^VISIT/.test(upper)) return claim('event_date')
  if (/^ARM|^ACTARM/.test(upper)) return claim('medication')
  return topic.of === 'health' && topic.kind !== 'visit' ? claim(topic.kind) : undefined
}

/** Whether the first row names the columns. */
export function looksLikeHeader(top: readonly string[], body: readonly (readonly string[])[]): boolean {
  const cells = top.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (cells.length === 0) return false
  if (cells.some(isData)) return false
  if (new Set(cells).size < cells.length * 0.9) return false
  const known = cells.filter((cell) => wordsOf(cell).words.some((word) => word !== 'unknown')).length
  // A first row of data would come again, at least in the columns of few values.
  const repeated = top.filter((cell, at) => cell !== '' && body.some((row) => row[at] === cell)).length
  if (repeated > 0 && repeated >= top.length * 0.2) return false
  if (known >= cells.length * 0.3) return true
  const differs = top.some((_, at) => {
    const values = body.map((row) => row[at] ?? '').filter((value) => value !== '')
    return values.length > 0 && values.filter(isData).length > values.length * 0.8
  })
  if (differs) return true
  return cells.every((cell) => /^[A-Za-z_][\w .()/-]{0,40}$/.test(cell)) && top.length > 1
}

const isData = (cell: string): boolean =>
  /^[-+]?\d+([.,]\d+)*%?$/.test(cell) ||
  /^\d{4}[-/.年]\d{1,2}/.test(cell) ||
  /^\d{17}[\dXx]$/.test(cell) ||
  /^\+?\d[\d -]{6,}$/.test(cell) ||
  /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(cell) ||
  cell === '\\N'
