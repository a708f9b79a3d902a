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
  /** Fraud, crime, sanctions: what someone is suspected of. */
  | { readonly of: 'suspicion' }
  /** What users write and say to each other. */
  | { readonly of: 'writing' }
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
  /** Says something of a person only where the row describes someone: a company. */
  readonly needsProfile?: true
  /** Where the column identifies less than its kind: the expiry of a card. */
  readonly identifies?: 'none'
  /** The name is written in pinyin initials. */
  readonly initials?: boolean
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
  ['imagingReport', 'imaging_report'],
  ['imaging', 'procedure'],
  ['allergy', 'allergy'],
  ['familyHistory', 'family_history'],
  ['diagnosis', 'diagnosis'],
  ['medication', 'medication'],
  ['lab', 'lab_result'],
  ['body', 'lab_result'],
  ['procedure', 'procedure'],
  ['visit', 'visit'],
]

/** The topic of a table by its file name, and by the SDTM domain where it has one (CDISC SDTM IG 3.4). */
export function topicOf(path: string, names: readonly string[]): Topic {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z0-9]+$/i, '')
  const { words, raw } = wordsOf(stem)
  const has = (word: Word) => words.includes(word)
  const domain = sdtmDomain(stem, names)
  if (domain !== undefined) return domain
  const health = healthWords.find(([word]) => has(word))
  if (health !== undefined) return { of: 'health', kind: health[1] }
  if (has('death')) return { of: 'health', kind: 'diagnosis' }
  if (has('animal')) return { of: 'things' }
  const entity = entities.find((entity) => has(entity) && entity !== 'staff')
  if (has('writing') || raw.some((part) => writings.has(part))) return { of: 'writing' }
  if ((has('test') || has('result')) && entity === undefined) return { of: 'health', kind: 'lab_result' }
  // `passenger_flights`, `订单客户`: persons named beside things are what the table is about.
  // Where a vehicle went is where somebody went.
  const goods = has('thing') && !has('track')
  if ((has('organisation') || goods) && !has('staff') && entity === undefined) return { of: 'things' }
  if (has('staff')) return { of: 'staff' }
  if (has('suspicion')) return { of: 'suspicion' }
  if (has('balance') || has('transaction') || has('credit')) return { of: 'finance' }
  if (entity !== undefined) return { of: 'persons', entity }
  if (has('owner') || has('relative')) return { of: 'persons', entity: 'person' }
  if (has('finance') || has('account')) return { of: 'finance' }
  // What is coded for a patient at a visit is done to them, whatever the file is called.
  const all = new Set(names.flatMap((name) => wordsOf(name).words))
  const ofPatients = (all.has('patient') || all.has('subject')) && (all.has('visit') || all.has('visitNo'))
  return ofPatients ? { of: 'health', kind: all.has('value') ? 'lab_result' : 'procedure' } : { of: 'unknown' }
}

// Words of notes that, as the name of a whole table, make it one of what people write.
const writings: ReadonlySet<string> = new Set(
  'comment comments message messages chat chats tweet tweets review reviews dialogue dialogues dialog conversation conversations feedback answers questions 评论 聊天 留言 对话 问答 咨询 评价 消息 聊天记录'.split(
    ' ',
  ),
)

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

// An extract may leave the number of the study out.
function isSdtm(names: readonly string[]): boolean {
  return (
    names.some((name) => name.toUpperCase() === 'USUBJID') &&
    names.some((name) => /^(?:STUDYID|[A-Z]{2}(?:SEQ|TESTCD|TERM|TRT))$/i.test(name))
  )
}

function sdtmDomain(stem: string, names: readonly string[]): Topic | undefined {
  const upper = new Set(names.map((name) => name.toUpperCase()))
  if (!isSdtm(names)) return undefined
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
  const fixed = sdtmClaim(name, topic, names) ?? dicomClaim(name, names)
  if (fixed !== undefined) return fixed === 'nothing' ? undefined : fixed
  const { words, raw, initials } = wordsOf(name)
  if (words.every((word) => word === 'unknown')) return undefined
  const set = new Set(words)
  const has = (...some: readonly Word[]) => some.some((word) => set.has(word))
  const only = (...all: readonly Word[]) => words.every((word) => all.includes(word))
  const of = has('relative') ? 'relative' : has('staff') || topic.of === 'staff' ? 'staff' : 'subject'
  const weight = new Set(raw).size === 1 && ambiguous.has(raw[0] ?? '') ? 'half' : 'full'
  const full = (kind: Kind, more: Partial<Claim> = {}): Claim => ({
    kind,
    weight,
    of,
    needsPersons: false,
    ...(initials ? { initials } : {}),
    ...more,
  })
  const withPersons = (kind: Kind, more: Partial<Claim> = {}): Claim => full(kind, { needsPersons: true, ...more })
  const numbered = has('id', 'no', 'code', 'key')
  const dated = has('date', 'time', 'year', 'month')
  // `gender_concept_id` and `race_source_value` are the thing itself in coded form (OMOP), not a record's number.
  const coded = raw.includes('concept') || raw.includes('source') || has('code')
  const bookkeeping = has('status') || (has('type') && (coded || has('nationalId', 'card', 'account')))

  if (has('animal', 'headcount')) return undefined
  // What an account or a lesson is about is a subject as well, and numbers nobody.
  if (has('subject') && topic.of === 'things') return undefined
  // 出生率, `death_rate`: of a country, not of a person.
  if (has('birth', 'death') && raw.some((part) => rates.has(part))) return undefined
  if (has('biometric')) return full('biometric')
  if (has('photo') && !has('thing', 'organisation')) return withPersons('photo')
  if (has('secret') && !dated) return has('type') ? undefined : full('credential')
  if (has('password') && !dated) return full(raw.some((part) => part === 'hash') ? 'password_hash' : 'password')
  // A date of anything is a date, be it of a login or of an operation.
  // `term_months`, `model_year` are of a thing.
  const ofThing = has('thing') && raw.some((part) => ['months', 'years', 'model'].includes(part))
  const monthly = (ofThing || has('income', 'finance', 'value', 'quantity')) && !has('date', 'time')
  if (dated && !has('birth', 'death', 'age') && !monthly) {
    return coded && !has('date', 'time') ? undefined : withPersons('event_date')
  }
  if (bookkeeping && !has('marital', 'death', 'politics')) {
    const state = stateClaim(has)
    return state === undefined ? undefined : withPersons(state)
  }
  if (has('hotline')) return undefined
  // `passport_expiry`: when a document lapses is a day, not its number.
  if (!numbered && has(...documents) && raw.some((part) => lapses.has(part))) return withPersons('event_date')
  if (has('nationalId') && !has('organisation', 'thing')) return full('national_id')
  if (raw.length === 2 && raw[0] === 'id' && has('no', 'card')) return full('national_id')
  if (has('passport')) return full('passport')
  if (has('permit')) return has('type') ? withPersons('nationality') : full('travel_permit')
  if (has('military')) return full('military_id')
  if (has('ssn')) return full('social_security_no')
  if (has('insurance') && (numbered || only('insurance')) && !has('organisation')) return withPersons('insurance_id')
  if (has('plate')) return full('plate')
  if (has('vin')) return full('vin')
  if (has('driver') || (has('driving') && (has('licence') || (only('driving') && raw[0] !== 'driver')))) {
    return full('driver_licence')
  }
  if (has('professional') || (has('licence') && of === 'staff')) return full('professional_licence', { of: 'staff' })
  if (has('mrn', 'medicalRecord') || (has('medical', 'chart', 'patient') && has('record', 'chart') && numbered))
    return full('medical_record_no')
  const runs = raw.some((part) => part === '流水号' || part === 'lsh') && !ofSick(names, topic)
  if ((has('visitNo') && !runs) || numbersVisit(words, raw)) {
    return withPersons('visit', { key: { entity: 'visit' } })
  }
  if (has('email')) return full('email')
  if (has('ip')) return withPersons('ip_address')
  // A cell of a network is numbered, too.
  const ofNetwork = raw.includes('cell') && has('id', 'code', 'key')
  if (has('mobile') && !has('thing') && !ofNetwork) return full('mobile')
  if (has('phone') || raw.join('') === 'contactno')
    return has('organisation') || topic.of === 'things' ? undefined : full('phone')
  if (has('wechat')) return withPersons('social_account')
  if (has('mac', 'device')) return withPersons('device_id')
  if (has('agent')) return withPersons('user_agent')
  if (has('username')) return has('organisation', 'thing') ? undefined : full('username')
  if (has('gene') || (topic.of === 'health' && topic.kind === 'genotype' && has('allele'))) return full('genotype')
  // `payType`: by card or in cash.
  if (raw.includes('pay') && has('type')) return undefined
  const money = moneyClaim(has, numbered)
  if (money !== undefined && !numbered && !has('organisation', ...whereabouts) && topic.of !== 'health')
    return withPersons(money)
  // 会员卡号, `student_card_no`: the card of a club or a school carries its number of the person.
  const ofRole = entities.find((entity) => entity !== 'customer' && entity !== 'user' && has(entity))
  if (ofRole !== undefined && has('card') && !has('account') && only(ofRole, 'card', 'no', 'id', 'home')) {
    return full('person_id', { of: ofRole === 'staff' ? 'staff' : 'subject', key: { entity: ofRole } })
  }
  if (
    has('card', 'account') &&
    !has('thing') &&
    (numbered || only('card', 'account', 'organisation', 'no', 'id', 'home', 'staff', 'created'))
  ) {
    return full(has('card') ? 'card_number' : 'bank_account', {
      ...(weight === 'half' ? {} : { needsPersons: has('account') }),
      ...(has('created') || raw.some((part) => cardSecrets.has(part)) ? { identifies: 'none' } : {}),
    })
  }
  if (has('birthplace') || (has('birth') && has('place'))) return withPersons('place')
  if (has('birth')) return full('birth_date')
  if (has('death')) return has('reason') ? full('diagnosis') : full('death')
  if (only('title') && ofContacts(names)) return withPersons('occupation')
  const personal = quasiIdentifier(has, of)
  if (personal !== undefined) return withPersons(personal)
  if (has('employer')) return withPersons('employer')
  if (has('personName')) return full(of === 'staff' ? 'staff_name' : 'name')
  const named = nameClaim(has, only, topic, of, raw, describesOne(names))
  if (named !== undefined) return named === 'nothing' ? undefined : full(named)
  // OMOP: the number the source system gave; it comes beside person_id, and is not compared with it.
  if (raw.join('_') === 'person_source_value') return full('person_id')
  // 紧急联系人, 车主, `beneficiary`: a name, if the values are names.
  if (has('relative', 'owner') && only('relative', 'owner', 'home')) return full('name', { weight: 'half' })
  // A driver has no table of drivers here to be told from other persons by number.
  if (has('driving') && numbered && only('driving', 'id', 'no', 'code', 'key')) return full('person_id')
  const key = pupilsNumber(raw, names) ?? personKey(words, raw, topic, has)
  if (key !== undefined) {
    return full(key === 'subject' ? 'subject_id' : 'person_id', {
      of: key === 'staff' ? 'staff' : 'subject',
      key: { entity: key },
      // `uid` may be anything's unique number.
      ...(raw[0] === 'uid' ? { needsPersons: true } : {}),
    })
  }
  // 机组成员, 新增用户: the role stands last, and it is a name or a count, as the values say.
  if (isChinese(raw) && entities.some((entity) => entity === words.at(-1))) return full('name', { weight: 'half' })
  // 采集人, 登记员, `signed_by`, `CARD_HOLDER`: whoever does it is a person, if the values are names.
  if (namesAgent(raw, words)) return full('name', { weight: 'half', of: 'staff' })
  if (name === '单位' && topic.of === 'health') return withPersons(topic.kind)
  // A stage may be one of a hiring or a sale.
  if (raw.length === 1 && raw[0] === 'stage' && !namesIllness(names)) return undefined
  // A parcel has a weight too: alone, a height or a weight is a body's only where a body is spoken of.
  if (has('body') && !ofBody(names, topic)) return undefined
  const health = healthClaim(has, topic, numbered, coded, dated)
  if (health !== undefined) return withPersons(health)
  if (
    has('suspicion') ||
    (topic.of === 'suspicion' && has('name', 'note', 'type', 'description', 'reason', 'result'))
  ) {
    return numbered ? undefined : withPersons('criminal_suspicion')
  }
  const place = placeClaim(has)
  // A coordinate comes with the other one; alone, `jd` is an average of marks (绩点) or `long` a length.
  if (place === 'precise_location' && weight === 'half' && !inPair(names)) return undefined
  if (place !== undefined) {
    // Where someone works is no whereabouts of theirs.
    const ofWork = topic.of === 'staff' && place === 'precise_location'
    return topic.of === 'things' || has('organisation') || ofWork ? undefined : withPersons(place)
  }
  if (has('place') && !numbered && !has('organisation', 'thing')) return withPersons('place')
  // `current_company`, 公司.
  const plain = raw.filter((_, at) => words[at] !== 'home')
  if (plain.length === 1 && companies.has(plain[0] ?? '')) return withPersons('employer', { needsProfile: true })
  if (dated || only('start', 'end', 'created') || (has('created') && only('created', 'thing', 'home', 'visit'))) {
    return (ofThing || has('quantity')) && !has('date', 'time') ? undefined : withPersons('event_date')
  }
  if (money !== undefined && (!numbered || has('transaction')) && !has('thing', 'organisation', 'id', 'no', 'key')) {
    if (!has('type') || has('transaction')) return withPersons(money)
  }
  if ((topic.of === 'finance' || topic.of === 'suspicion') && only('value')) return withPersons('transaction')
  if (has('note') && !numbered && !has('thing'))
    return withPersons(topic.of === 'health' || has('medical') ? 'clinical_note' : 'free_text')
  const dialogue = topic.of === 'writing' || names.some((other) => /^(?:ask|question|提问|问题|咨询内容)$/i.test(other))
  if (dialogue && only('title')) return withPersons('free_text')
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

// `propertyAddress`: what costs money stands somewhere.
const whereabouts = ['address', 'postal', 'city', 'region', 'country'] as const

const namesAgent = (raw: readonly string[], words: readonly Word[]): boolean => {
  const last = raw.at(-1) ?? ''
  if (words.some((word) => ['id', 'no', 'code', 'key', 'quantity', 'thing', 'organisation'].includes(word)))
    return false
  return isChinese(raw)
    ? /[人员者师官]$/.test(last)
    : last === 'by' || last === 'to' || /^(?!number)[a-z]{3,}(?:er|or|ee)$/.test(last)
}

// A title beside an address for mail or a telephone is somebody's in a firm; elsewhere it is a book's.
const ofContacts = (names: readonly string[]): boolean => {
  const words = names.flatMap((name) => wordsOf(name).words)
  return words.includes('email') || words.includes('mobile') || (words.includes('phone') && words.includes('staff'))
}

const namesIllness = (names: readonly string[]): boolean =>
  names.some(
    (name) => name.toLowerCase() !== 'stage' && healthWords.some(([word]) => wordsOf(name).words.includes(word)),
  )

const documents = [
  'nationalId',
  'passport',
  'permit',
  'military',
  'driver',
  'ssn',
  'insurance',
  'professional',
] as const
const lapses: ReadonlySet<string> = new Set('expiry expires expiration issued 到期 有效期 签发'.split(' '))

const inPair = (names: readonly string[]): boolean => {
  const words = names.flatMap((name) => wordsOf(name).words)
  return words.includes('latitude') && words.includes('longitude')
}

// They open an account and point at nobody.
const cardSecrets: ReadonlySet<string> = new Set('cvv cvv2 cvc'.split(' '))

// Who has a sex, a day of birth or a faith is a person, unless it is an animal; a plain `name` beside it is theirs.
function describesOne(names: readonly string[]): boolean {
  const words = names.map((name) => wordsOf(name).words)
  const one = (...some: readonly Word[]) =>
    words.some((list) => list.length <= 2 && list.some((word) => some.includes(word)))
  return (
    one('sex', 'birth', 'nationalId', 'ethnicity', 'orientation', 'religion') &&
    !words.some((list) => list.includes('animal') || list.includes('thing'))
  )
}

// 流水号, lsh: the running number of a visit where the sick are spoken of, and of anything else elsewhere.
const ofSick = (names: readonly string[], topic: Topic): boolean =>
  topic.of === 'health' ||
  names.some((name) => {
    const { words, raw } = wordsOf(name)
    return !raw.includes('流水号') && !raw.includes('lsh') && words.some((word) => sick.has(word))
  })

const sick: ReadonlySet<Word> = new Set<Word>([
  'patient',
  'mrn',
  'visit',
  'visitNo',
  'diagnosis',
  'medication',
  'lab',
  'procedure',
  'imaging',
])

function ofBody(names: readonly string[], topic: Topic): boolean {
  if (topic.of === 'health') return true
  const words = names.map((name) => wordsOf(name).words)
  return (
    words.filter((list) => list.includes('body')).length >= 2 ||
    words.some((list) => list.some((word) => bodily.has(word)))
  )
}

const bodily: ReadonlySet<Word> = new Set<Word>([
  'sex',
  'age',
  'birth',
  'lab',
  'diagnosis',
  'medication',
  'patient',
  'subject',
  'student',
  'marital',
])

// A company in someone's profile is where they work; a hospital or a bank in a record is where it was made.
const companies: ReadonlySet<string> = new Set('company organisation organization 公司 单位 企业'.split(' '))

const rates: ReadonlySet<string> = new Set('rate rates ratio count 率 比率'.split(' '))

/** What is said of a person in the form of a state or a flag: `loanStatus`, `isFraud`, `smoking_status`. */
function stateClaim(has: Has): Kind | undefined {
  if (has('suspicion')) return 'criminal_suspicion'
  if (has('credit')) return 'credit_info'
  if (has('transaction')) return 'transaction'
  if (has('diagnosis') && !has('code')) return 'diagnosis'
  if (has('allergy')) return 'allergy'
  if (has('occupation')) return 'occupation'
  if (has('religion')) return 'religion'
  if (has('education')) return 'education'
  return undefined
}

function moneyClaim(has: Has, numbered: boolean): Kind | undefined {
  if (has('index')) return undefined
  if (has('income')) return 'income'
  if (has('credit')) return has('card') || (numbered && has('account')) ? undefined : 'credit_info'
  if (has('balance')) return 'balance'
  if (has('transaction')) return 'transaction'
  return has('finance') ? 'finance' : undefined
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

// DICOM PS3.6 keywords as column names; (0010,0020) Patient ID is the number of the medical record.
const dicom: Readonly<Record<string, Kind | 'nothing'>> = {
  PatientID: 'medical_record_no',
  OtherPatientIDs: 'medical_record_no',
  PatientName: 'name',
  OtherPatientNames: 'name',
  PatientMotherBirthName: 'name',
  PatientBirthDate: 'birth_date',
  PatientBirthName: 'name',
  PatientSex: 'sex',
  PatientAge: 'age',
  PatientSize: 'vital_sign',
  PatientWeight: 'vital_sign',
  PatientAddress: 'address',
  PatientTelephoneNumbers: 'phone',
  PatientComments: 'clinical_note',
  AdditionalPatientHistory: 'clinical_note',
  EthnicGroup: 'ethnicity',
  Occupation: 'occupation',
  ReferringPhysicianName: 'staff_name',
  PerformingPhysicianName: 'staff_name',
  NameOfPhysiciansReadingStudy: 'staff_name',
  RequestingPhysician: 'staff_name',
  OperatorsName: 'staff_name',
  InstitutionName: 'org_name',
  InstitutionAddress: 'org_name',
  StationName: 'org_name',
  InstitutionalDepartmentName: 'org_name',
  DeviceSerialNumber: 'device_id',
  AccessionNumber: 'accession_no',
  StudyID: 'accession_no',
  StudyInstanceUID: 'dicom_uid',
  SeriesInstanceUID: 'dicom_uid',
  SOPInstanceUID: 'dicom_uid',
  FrameOfReferenceUID: 'dicom_uid',
  StudyDescription: 'procedure',
  SeriesDescription: 'procedure',
  ProtocolName: 'procedure',
  RequestedProcedureDescription: 'procedure',
  PerformedProcedureStepDescription: 'procedure',
  BodyPartExamined: 'procedure',
  Modality: 'procedure',
  ImageComments: 'clinical_note',
  SOPClassUID: 'nothing',
  Manufacturer: 'nothing',
  ManufacturerModelName: 'nothing',
}

function dicomClaim(name: string, names: readonly string[]): Claim | 'nothing' | undefined {
  if (!isDicom(names)) return undefined
  const kind = Object.hasOwn(dicom, name)
    ? dicom[name]
    : /^[A-Z]\w*(Date|DateTime|Time)$/.test(name)
      ? 'event_date'
      : undefined
  if (kind === undefined || kind === 'nothing') return kind
  return { kind, weight: 'full', of: kind === 'staff_name' ? 'staff' : 'subject', needsPersons: false }
}

const isDicom = (names: readonly string[]): boolean =>
  ['PatientID', 'PatientName', 'Modality', 'StudyDate', 'StudyInstanceUID', 'SOPInstanceUID'].filter((keyword) =>
    names.includes(keyword),
  ).length >= 2

type Has = (...some: readonly Word[]) => boolean

function quasiIdentifier(has: Has, of: Claim['of']): Kind | undefined {
  if (has('sex')) return 'sex'
  if (has('age')) return 'age'
  if (has('ethnicity')) return 'ethnicity'
  if (has('nationality')) return 'nationality'
  if (has('politics')) return 'political_status'
  if (has('orientation')) return 'sexual_orientation'
  if (has('marital')) return 'marital_status'
  if (has('religion')) return 'religion'
  if (has('education')) return 'education'
  if (has('language')) return 'language'
  if (has('occupation') || (of === 'staff' && has('title'))) return 'occupation'
  return undefined
}

function nameClaim(
  has: Has,
  only: (...all: readonly Word[]) => boolean,
  topic: Topic,
  of: Claim['of'],
  raw: readonly string[],
  besideAttributes: boolean,
): Kind | 'nothing' | undefined {
  if (has('organisation', 'thing')) return has('name') ? 'nothing' : undefined
  const people = ['first', 'last', 'name', 'home', 'relative', 'staff', 'owner', 'driving', ...entities] as const
  if (has('namePart') && only('namePart', ...people)) return 'name_part'
  if (has('first') && only(...people) && !has('last')) return raw.includes('last') ? undefined : 'first_name'
  if (has('last') && only(...people)) return raw.length === 1 && raw[0] === 'last' ? 'last_name' : lastNamed(raw, has)
  if (!has('name')) return undefined
  if (of === 'staff' && (has('staff') || only('name', 'home'))) return 'staff_name'
  const person = has('driving', 'relative', 'owner', ...entities)
  if (person && only(...people)) return 'name'
  if (raw.includes('fullname')) return 'name'
  // Names of writings and of money are seldom those of people; a plain `name` beside patients or customers is theirs.
  if (only('name', 'home'))
    return topic.of === 'persons' || (topic.of === 'unknown' && besideAttributes) ? 'name' : undefined
  return undefined
}

// `last_login_name` is no family name; `mothers_maiden` and `contact_last_name` are.
function lastNamed(raw: readonly string[], has: Has): Kind | undefined {
  return raw.includes('last') && !has('name') ? undefined : 'last_name'
}

// `xh` is 学号 where pupils stand and 序号 elsewhere.
function pupilsNumber(raw: readonly string[], names: readonly string[]): Entity | undefined {
  const ofPupils = raw.length === 1 && raw[0] === 'xh' && names.some((name) => wordsOf(name).words.includes('student'))
  return ofPupils ? 'student' : undefined
}

// `patient_id`, `PATIENT`, `客户编号`; and plain `id` in a table named after persons.
function personKey(words: readonly Word[], raw: readonly string[], topic: Topic, has: Has): Entity | undefined {
  // `from_uid`, `to_user_id`: who sent and who got it.
  const rest = words.filter((word) => !['id', 'no', 'code', 'key', 'home', 'start', 'end'].includes(word))
  const numbered = has('id', 'no', 'code', 'key')
  const [first, ...others] = rest
  // 接诊医生: what stands before the doctor says which.
  // In Chinese the role stands last: 检验医师 examines, 医师意见 is an opinion.
  if (rest.length > 0 && rest.every((word) => word === 'staff')) return 'staff'
  if (isChinese(raw) && rest.at(-1) === 'staff') return 'staff'
  // 全国学籍号, 第二会员编号: so it is with every role that is numbered.
  const role = isChinese(raw) && numbered ? entities.find((entity) => entity === rest.at(-1)) : undefined
  if (role !== undefined) return role
  const entity = entities.find((entity) => entity === first)
  if (entity !== undefined && others.length === 0) return entity
  if (first === 'patient' && others.length === 1 && numbered && others[0] === 'unknown') return undefined
  if (rest.length > 0 || raw.length !== 1 || !numbered) return undefined
  if (topic.of === 'staff') return 'staff'
  return topic.of === 'persons' ? topic.entity : undefined
}

const isChinese = (raw: readonly string[]): boolean => /^[\u4e00-\u9fff]/.test(raw[0] ?? '')

function healthClaim(has: Has, topic: Topic, numbered: boolean, coded: boolean, dated: boolean): Kind | undefined {
  if (dated || has('start', 'end', 'finance')) return undefined
  if (has('organisation', 'staff', 'relative', 'quantity')) return undefined
  // Without a code beside it, `drug_exposure_id` numbers a row.
  if (numbered && !coded) return undefined
  const own = healthWords.find(([word]) => has(word))
  if (own !== undefined) {
    return topic.of === 'health' && topic.kind === 'allergy' && own[1] === 'diagnosis' ? 'allergy' : own[1]
  }
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
  if (!isSdtm(names)) return undefined
  const upper = name.toUpperCase()
  const claim = (kind: Kind): Claim => ({ kind, weight: 'full', of: 'subject', needsPersons: false })
  if (['STUDYID', 'DOMAIN', 'RDOMAIN'].includes(upper) || upper.endsWith('SEQ')) return 'nothing'
  if (upper === 'USUBJID') return { ...claim('subject_id'), key: { entity: 'subject' } }
  if (upper === 'SUBJID') return claim('subject_id')
  if (upper === 'SITEID') return claim('org_name')
  if (upper.startsWith('DTH')) return claim('death')
  if (upper.startsWith('BRTH')) return claim('birth_date')
  if (/DTC$|^RF.*DTC$|DY$|^VISIT/.test(upper)) return claim('event_date')
  if (/^ARM|^ACTARM/.test(upper)) return claim('medication')
  return topic.of === 'health' && topic.kind !== 'visit' ? claim(topic.kind) : undefined
}

/** Whether the first row names the columns. */
export function looksLikeHeader(top: readonly string[], body: readonly (readonly string[])[]): boolean {
  const cells = top.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (cells.length === 0) return false
  if (cells.some(isData)) return false
  const known = cells.filter((cell) => wordsOf(cell).words.some((word) => word !== 'unknown')).length
  // A first row of data would come again, at least in the columns of few values.
  const repeated = top.filter((cell, at) => cell !== '' && body.some((row) => row[at] === cell)).length
  if (repeated > 0 && repeated >= top.length * 0.2) return false
  // Names may come twice (a person knows a person), but only such as are names.
  if (new Set(cells).size < cells.length * 0.9 && known < cells.length) return false
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
