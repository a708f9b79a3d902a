import { kinds } from '@tongguan/law'
import type { Because, Kind, Level, Rejected } from '@tongguan/law'
import type { ColumnCounts, Hits } from './columns.ts'
import { detectors } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { claimOf, topicOf } from './header.ts'
import type { Claim, Topic } from './header.ts'
import { wordsOf } from './vocabulary.ts'
import type { Word } from './vocabulary.ts'

/** What is said of a column, from its name, its counts and its neighbours alone; the data are not needed again. */
export interface Verdict {
  readonly kind: Kind
  readonly level: Level
  readonly identifies: 'direct' | 'quasi' | 'none'
  readonly findings: readonly { readonly kind: Kind; readonly valid: number; readonly because: readonly Because[] }[]
  /** Cells that match and that pass the check of the column's own kind. */
  readonly matched: number
  readonly valid: number
  readonly claim: Claim | undefined
  /** What it looked like in part, and why it is not said to be that. */
  readonly rejected: readonly Rejected[]
}

export interface TableVerdict {
  readonly topic: Topic
  readonly aboutPersons: boolean
  readonly columns: readonly Verdict[]
}

export interface NamedCounts {
  readonly name: string
  readonly counts: ColumnCounts
  /** What the standard of the file's format says of it; null: nobody's; left out: its name is asked. */
  readonly says?: Claim | null | undefined
}

/** Judges the columns of one table together: what a date or a code says depends on whether the rows are persons. */
export function judgeTable(path: string, columns: readonly NamedCounts[]): TableVerdict {
  const names = columns.map(({ name }) => name)
  const topic = topicOf(path, names)
  const claims = columns.map(({ name, says }) =>
    says === undefined ? claimOf(name, topic, names) : (says ?? undefined),
  )
  const aboutPersons = speaksOfPersons(columns, claims, topic)
  const said = claims.flatMap((claim) => claim ?? [])
  const table: Table = {
    topic,
    aboutPersons,
    clinical: topic.of === 'health' || said.some(isClinical) || columns.some(({ counts }) => speaksOfOwnHealth(counts)),
    initials: said.filter((claim) => claim.initials === true && claim.weight === 'full').length >= 2,
    profile:
      said.some(({ kind }) => kind === 'occupation' || kind === 'education') ||
      (topic.of === 'persons' && aboutPersons),
    organisations: topic.of === 'things' || names.some(namesOrganisation),
  }
  return {
    topic,
    aboutPersons,
    columns: columns.map((column, at) => judge(column, claims[at], table)),
  }
}

const identifying: ReadonlySet<Kind> = new Set<Kind>([
  'national_id',
  'hmt_id',
  'permanent_residence_id',
  'military_id',
  'passport',
  'travel_permit',
  'driver_licence',
  'social_security_no',
  'medical_record_no',
  'first_name',
  'last_name',
  'name',
  'staff_name',
  'username',
  'person_id',
  'subject_id',
  'birth_date',
  'card_number',
  'biometric',
])

/** What only people have. Two of them in one row describe a person, even without a name. */
const human: ReadonlySet<Kind> = new Set<Kind>([
  'marital_status',
  'ethnicity',
  'religion',
  'political_status',
  'education',
  'occupation',
  'nationality',
  'income',
  'employer',
  'birth_date',
  'language',
])
const healthKinds: ReadonlySet<Kind> = new Set<Kind>([
  'diagnosis',
  'lab_result',
  'vital_sign',
  'medication',
  'procedure',
  'allergy',
])
const attributes: ReadonlySet<Kind> = new Set<Kind>([...human, 'sex', 'age'])

// A person key or an identifying column, told by its name or, for kinds that prove themselves, by its values; or what
// together is said of people only.
function speaksOfPersons(
  columns: readonly NamedCounts[],
  claims: readonly (Claim | undefined)[],
  topic: Topic,
): boolean {
  const words = columns.map(({ name }) => wordsOf(name))
  const anyWord = (...some: readonly Word[]) => words.some(({ words }) => words.some((word) => some.includes(word)))
  const named = columns.some(({ counts }, at) => {
    const claim = claims[at]
    if (claim !== undefined && claim.weight === 'full' && !claim.needsPersons && identifying.has(claim.kind)) {
      // A number of staff alone makes a record of business, not of the person.
      return !(claim.of === 'staff' && claim.kind === 'person_id')
    }
    if (claim?.key?.entity === 'visit') return true
    if (topic.of !== 'things' && words[at]?.raw.some((part) => worn.has(part)) === true) return true
    const own = valueVerdict(counts)
    if (own === undefined || !provesPersons.has(own.detector.kind)) return false
    return own.detector.kind !== 'name' || (topic.of !== 'things' && saysNothingElse(columns[at]?.name ?? ''))
  })
  if (named) return true
  if (anyWord('animal', 'headcount')) return false
  const kindsSaid = new Set(claims.flatMap((claim) => (claim === undefined ? [] : [claim.kind])))
  const has = (...some: readonly Kind[]) => some.some((kind) => kindsSaid.has(kind))
  const said = [...kindsSaid].filter((kind) => attributes.has(kind))
  if (said.length >= 3 || (said.length === 2 && said.some((kind) => human.has(kind)))) return true
  if (topic.of === 'things') return false
  // Illnesses or measurements of a body, with its age or sex.
  const measured = claims.filter((claim) => claim !== undefined && healthKinds.has(claim.kind)).length
  if (has('sex', 'age') && measured >= 2) return true
  return (
    speaksOfMoney(claims, topic, words, has) ||
    speaksOfWhereabouts(columns, anyWord, has, topic) ||
    speaksOfWritings(topic, words, has)
  )
}

// Numbers of what one person carries: a telephone's and the one it gives to advertisers (GB/T 35273-2020, annex A).
const worn: ReadonlySet<string> = new Set(
  'imei imeimd5 imsi meid idfa idfv oaid gaid aaid adid androidid advertisingid'.split(' '),
)

const provesPersons: ReadonlySet<Kind> = new Set<Kind>([
  'national_id',
  'hmt_id',
  'permanent_residence_id',
  'name',
  'mobile',
])

// Names of brands, places and companies look like those of people: values alone count under a header that says no more
// than "name".
const saysNothingElse = (name: string): boolean =>
  isNumberedName(name) || wordsOf(name).words.every((word) => word === 'unknown' || word === 'name' || word === 'title')

// `column3` is ours for a column without a name; others write `field3`, `F3`, 列3.
const isNumberedName = (name: string): boolean => /^(?:column|col|field|f|c|v|x|列|字段)[ _]?\d+\+?$/i.test(name)

type Names = readonly ReturnType<typeof wordsOf>[]
type HasKind = (...some: readonly Kind[]) => boolean

// What an account holds, owes or is suspected of, or what one party paid another; a ledger of accounts is bookkeeping.
function speaksOfMoney(claims: readonly (Claim | undefined)[], topic: Topic, names: Names, has: HasKind): boolean {
  if (names.some(({ words }) => words.includes('accounting'))) return false
  const about = ['bank_account', 'balance', 'credit_info', 'criminal_suspicion'] as const
  if (about.filter((kind) => has(kind)).length >= 2 || (has('bank_account') && has('transaction', 'finance')))
    return true
  const parties = names.filter(({ raw }) => raw.some((part) => partyWords.has(part))).length
  return topic.of === 'finance' && parties >= 2 && claims.some((claim) => claim?.kind === 'transaction')
}

const partyWords: ReadonlySet<string> = new Set(
  'source target src dest destination sender receiver from to counterparty payer payee originator beneficiary orig debtor creditor 付款方 收款方 转出 转入 对方'.split(
    ' ',
  ),
)

// A place with a time, of something that moves with a person: a trip, a car, a phone; not of a ship, a station, a sensor.
function speaksOfWhereabouts(
  columns: readonly NamedCounts[],
  anyWord: (...some: readonly Word[]) => boolean,
  has: HasKind,
  topic: Topic,
): boolean {
  const places = columns.filter(({ name }) => wordsOf(name).words.some((word) => placeWords.has(word)))
  if (places.length < 2 || !has('event_date') || anyWord('thing', 'organisation')) return false
  return (
    anyWord('track', 'vin', 'plate', 'device', 'driving', 'owner', 'user', 'mac') ||
    (topic.of !== 'unknown' && topic.of === 'persons')
  )
}

const placeWords: ReadonlySet<Word> = new Set<Word>(['latitude', 'longitude'])

// What people write, with a time or a sender beside it.
function speaksOfWritings(topic: Topic, names: Names, has: HasKind): boolean {
  const conversation = ['ask', 'question', '提问', '问题'].some((ask) => names.some(({ raw }) => raw.includes(ask)))
  const replied = ['answer', 'reply', '回答', '回复'].some((answer) => names.some(({ raw }) => raw.includes(answer)))
  if (conversation && replied && has('free_text', 'clinical_note')) return true
  if (topic.of !== 'writing') return has('free_text') && has('user_agent', 'ip_address')
  return has('free_text') && has('event_date', 'ip_address', 'user_agent')
}

// `医院名称`, `company_name`: the row is an organisation's, unless a person is named in it as well.
function namesOrganisation(name: string): boolean {
  const { words } = wordsOf(name)
  return words.includes('organisation') && words.includes('name')
}

interface Table {
  readonly topic: Topic
  readonly aboutPersons: boolean
  /** What is written about a person here is written by those who treat them. */
  readonly clinical: boolean
  /** Other columns are written in pinyin initials too: an ambiguous one among them is read the same way. */
  readonly initials: boolean
  /** The row describes someone, so that a company in it is their employer. */
  readonly profile: boolean
  readonly organisations: boolean
}

const clinicalKinds: ReadonlySet<Kind> = new Set<Kind>([
  'diagnosis',
  'medication',
  'lab_result',
  'procedure',
  'visit',
  'imaging',
  'medical_record_no',
])

const isClinical = ({ kind, key }: Claim): boolean => clinicalKinds.has(kind) || key?.entity === 'patient'

function judge({ name, counts }: NamedCounts, claim: Claim | undefined, table: Table): Verdict {
  const found = contained(counts)
  const byValues = fitting(valueVerdict(counts), name, counts, table)
  const said = claim !== undefined && holds(claim, table) ? claim : undefined
  const { kind, level, because } = decide(counts, said, byValues, table, found)
  const hits = kind === 'none' || describedInWords.has(kind) ? undefined : hitsOf(kind, counts)
  const others = found.filter((finding) => finding.kind !== kind)
  const own = kind === 'none' ? [] : [{ kind, valid: hits?.valid ?? counts.nonEmpty, because }]
  const findings = [...own, ...others]
  return {
    kind,
    level,
    identifies: strongest(
      findings.map((finding) =>
        finding.kind === said?.kind && said.identifies !== undefined ? said.identifies : kinds[finding.kind].identifies,
      ),
    ),
    findings,
    matched: hits?.matched ?? (kind === 'none' ? 0 : counts.nonEmpty),
    valid: hits?.valid ?? (kind === 'none' ? 0 : counts.nonEmpty),
    claim: said,
    rejected: rejectedOf(counts, claim, findings, table),
  }
}

/** The kind its values give the column, unless what stands around makes it something else. */
function fitting(
  own: ValueVerdict | undefined,
  name: string,
  counts: ColumnCounts,
  { topic, aboutPersons, organisations }: Table,
): ValueVerdict | undefined {
  if (own === undefined || own.proof) return own
  const { kind } = own.detector
  if (kind === 'name' && ((topic.of === 'things' && !aboutPersons) || !saysNothingElse(name))) return undefined
  if (organisations && !aboutPersons && officeKinds.has(kind)) return undefined
  if (kind === 'diagnosis' && counts.chapters < 3) return undefined
  // 1.38.0.13 may be a version.
  if (kind === 'ip_address' && wordsOf(name).words.includes('system')) return undefined
  return aboutPersons || !needsPersons.has(kind) ? own : undefined
}

/** Kinds that mean a person only in a table about persons. */
const needsPersons: ReadonlySet<Kind> = new Set<Kind>([
  ...attributes,
  'device_id',
  'user_agent',
  'photo',
  'medication',
  'lab_result',
  'diagnosis',
  'precise_location',
])

/** Every kind the values or the name suggest and the verdict does not carry, with the reason. */
function rejectedOf(
  counts: ColumnCounts,
  claim: Claim | undefined,
  findings: readonly { readonly kind: Kind }[],
  table: Table,
): Rejected[] {
  const carried = new Set(findings.map(({ kind }) => kind))
  const byName: Rejected[] =
    claim === undefined || carried.has(claim.kind)
      ? []
      : [
          {
            kind: claim.kind,
            matched: 0,
            valid: 0,
            reason: holds(claim, table) ? 'values-disagree' : 'table-not-about-persons',
          },
        ]
  const byValues = (detectors as readonly Detector[]).flatMap((detector, at): Rejected[] => {
    const hits = counts.hits[at]
    if (hits === undefined || hits.valid === 0 || detector.kind === 'none' || carried.has(detector.kind)) {
      return []
    }
    const rate = hits.valid / counts.nonEmpty
    // What names a whole column and fits few cells is no candidate; what matters singly is, even once.
    if (rate < 0.2 && detector.lone !== true) return []
    const { matched, valid } = hits
    const reason: Rejected['reason'] = !detector.alone
      ? 'header-needed'
      : detector.because === 'checksum' &&
          !isNoAccident(detector, hits, counts, { numeric: true, others: counts.nonEmpty })
        ? 'accident'
        : rate < detector.rate
          ? 'too-few'
          : hits.validDistinct / counts.nonEmpty < detector.distinct
            ? 'too-uniform'
            : 'context-disagrees'
    return [{ kind: detector.kind, matched, valid, reason }]
  })
  const seen = new Set<Kind>()
  return [...byName, ...byValues].filter(({ kind }) => !seen.has(kind) && seen.add(kind))
}

function holds(claim: Claim, { aboutPersons, profile, organisations }: Table): boolean {
  if (claim.needsPersons && !aboutPersons) return false
  if (claim.needsProfile === true && !profile) return false
  // The telephone of a hospital in a list of hospitals.
  return !(organisations && !aboutPersons && officeKinds.has(claim.kind))
}

const officeKinds: ReadonlySet<Kind> = new Set<Kind>(['phone', 'address', 'email', 'postal_code', 'precise_location'])

function strongest(all: readonly ('direct' | 'quasi' | 'none')[]): 'direct' | 'quasi' | 'none' {
  return all.includes('direct') ? 'direct' : all.includes('quasi') ? 'quasi' : 'none'
}

interface Decision {
  readonly kind: Kind
  readonly level: Level
  readonly because: readonly Because[]
}

function decide(
  counts: ColumnCounts,
  claim: Claim | undefined,
  byValues: ValueVerdict | undefined,
  { aboutPersons, clinical, initials }: Table,
  found: readonly Finding[],
): Decision {
  // A check digit that holds throughout outweighs any name.
  if (byValues?.proof === true) {
    return {
      kind: byValues.detector.kind,
      level: 'confirmed',
      because: claim?.kind === byValues.detector.kind ? ['checksum', 'header'] : ['checksum'],
    }
  }
  const contradicted = claim !== undefined && byValues !== undefined && contradicts(byValues, claim, counts)
  if (claim !== undefined && !contradicted && isBorneOut(claim, counts, initials && aboutPersons)) {
    const decided = byHeader(claim, counts)
    return decided.kind === 'free_text' && (clinical || speaksOfOwnHealth(counts))
      ? { ...decided, kind: 'clinical_note' }
      : decided
  }
  if (byValues !== undefined) {
    const { kind } = byValues.detector
    const level = kind === 'name' || kind === 'address' ? 'review' : 'likely'
    return { kind, level, because: [byValues.detector.because] }
  }
  // Twenty Chinese characters say as much as thirty Latin ones and more.
  const prose =
    counts.nonEmpty > 0 &&
    counts.sentences / counts.nonEmpty > 0.5 &&
    counts.characters / counts.nonEmpty > (counts.chinese / counts.nonEmpty > 0.5 ? 20 : 30)
  if (aboutPersons && rateOf('event_date', counts) > 0.8)
    return { kind: 'event_date', level: 'likely', because: ['pattern', 'context'] }
  if (aboutPersons && prose) {
    return { kind: clinical ? 'clinical_note' : 'free_text', level: 'review', because: ['context'] }
  }
  // A question to a doctor says whose illness it is, whatever the table is.
  if (prose && speaksOfOwnHealth(counts)) {
    return { kind: 'clinical_note', level: 'review', because: ['dictionary', 'context'] }
  }
  const first = found[0]
  if (first === undefined) return { kind: 'none', level: 'none', because: [] }
  // Persons turn up in a column that is about something else.
  const kind = counts.sentences > 0 && !found.some((finding) => finding.inCell) ? 'free_text' : first.kind
  return { kind, level: 'likely', because: first.because }
}

// lxsj is 联系时间 or 联系手机: where no cell is a day and all are telephones, they are telephones.
const contradicts = ({ detector }: ValueVerdict, claim: Claim, counts: ColumnCounts): boolean =>
  (claim.kind === 'event_date' || claim.kind === 'birth_date') &&
  unmistakable.has(detector.kind) &&
  rateOf(detector.kind, counts) > 0.9 &&
  rateOf('event_date', counts) < 0.1

const unmistakable: ReadonlySet<Kind> = new Set<Kind>(['mobile', 'email', 'plate', 'ip_address', 'name'])

// One in five speaks of illness, and one in five of those who write speaks of themselves: a handbook does the first only.
const speaksOfOwnHealth = ({ health, self, nonEmpty }: ColumnCounts): boolean =>
  nonEmpty > 0 && health / nonEmpty > 0.2 && self / nonEmpty > 0.2

// An ambiguous name needs values that agree, or neighbours in the same spelling and values that do not object.
function isBorneOut(claim: Claim, counts: ColumnCounts, neighbours: boolean): boolean {
  if (claim.weight === 'full') return true
  const agreed = agrees(claim.kind, counts)
  return agreed === true || (neighbours && agreed === undefined && counts.nonEmpty > 0)
}

function byHeader(claim: Claim, counts: ColumnCounts): Decision {
  // 接诊医生, `provider`: a name or a number, as the values say. 联系电话: most are mobiles.
  const kind =
    claim.kind === 'person_id' && rateOf('name', counts) > 0.5
      ? claim.of === 'staff'
        ? 'staff_name'
        : 'name'
      : claim.kind === 'phone' && rateOf('mobile', counts) > 0.8
        ? 'mobile'
        : claim.kind
  const agreement = agrees(kind, counts)
  if (counts.nonEmpty === 0) return { kind, level: 'review', because: ['header'] }
  if (agreement === true) return { kind, level: 'confirmed', because: ['header', becauseOf(kind)] }
  return { kind, level: agreement === false ? 'review' : 'likely', because: ['header'] }
}

/** Whether the values bear out what the name claims; undefined where nothing can be checked. */
function agrees(kind: Kind, counts: ColumnCounts): boolean | undefined {
  if (counts.nonEmpty === 0) return undefined
  const share = counts.numeric / counts.nonEmpty
  switch (kind) {
    case 'birth_date':
    case 'death':
    case 'event_date':
      return rateOf('event_date', counts) > 0.5 ? true : undefined
    case 'age':
      return share > 0.5
    // One who has neither this nor that is many: a column of many values is something else under the name.
    case 'sex':
      return counts.distinct <= 8
    case 'precise_location':
      return counts.decimal / counts.nonEmpty > 0.5
    case 'name':
      return counts.chinese / counts.nonEmpty > 0.5
        ? rateOf('name', counts) > 0.5
        : rateOf('name', counts) > 0.5 || undefined
    case 'national_id':
    case 'mobile':
    case 'email':
    case 'card_number':
      return rateOf(kind, counts) > 0.5
    // Foreign ones and codes have other forms: what the pattern does not know is not against it.
    case 'phone':
      return rateOf('phone', counts) + rateOf('mobile', counts) > 0.5 || undefined
    case 'plate':
    case 'vin':
    case 'passport':
    case 'travel_permit':
    case 'hmt_id':
    case 'permanent_residence_id':
    case 'military_id':
    case 'ip_address':
    case 'device_id':
    case 'bank_account':
    case 'social_account':
    case 'ethnicity':
    case 'education':
    case 'marital_status':
    case 'political_status':
    case 'religion':
    case 'genotype':
    case 'address':
      return rateOf(kind, counts) > 0.5 || undefined
    default:
      return undefined
  }
}

const becauseOf = (kind: Kind): Because => detectors.find((detector) => detector.kind === kind)?.because ?? 'pattern'

function rateOf(kind: Kind, counts: ColumnCounts): number {
  const hits = hitsOf(kind, counts)
  return hits === undefined || counts.nonEmpty === 0 ? 0 : hits.valid / counts.nonEmpty
}

function hitsOf(kind: Kind, counts: ColumnCounts): Hits | undefined {
  let sum: Hits | undefined
  for (const [at, detector] of detectors.entries()) {
    const hits = counts.hits[at]
    if (detector.kind !== kind || hits === undefined) continue
    sum = sum === undefined ? hits : { ...sum, matched: sum.matched + hits.matched, valid: sum.valid + hits.valid }
  }
  // A kind known by its name in the header alone has no pattern; a diagnosis may be words as well as codes.
  return sum
}

// A diagnosis may be words as well as codes; what a pattern knows of these is a part.
const describedInWords: ReadonlySet<Kind> = new Set<Kind>([
  ...attributes,
  'diagnosis',
  'medication',
  'lab_result',
  'genotype',
  'name',
  'staff_name',
  'phone',
  'address',
  'photo',
  'device_id',
  'precise_location',
  'credential',
  'password_hash',
  'bank_account',
])

interface ValueVerdict {
  readonly detector: Detector
  readonly proof: boolean
}

/** The kind the values alone give the column ("is", detection.md 2.1), the best proof first. */
function valueVerdict(counts: ColumnCounts): ValueVerdict | undefined {
  if (counts.nonEmpty === 0) return undefined
  for (const [at, detector] of (detectors as readonly Detector[]).entries()) {
    const hits = counts.hits[at]
    if (hits === undefined || !detector.alone || hits.valid === 0) continue
    if (hits.valid / counts.nonEmpty < detector.rate) continue
    if (hits.validDistinct / counts.nonEmpty < detector.distinct) continue
    // A list of words with one word in it is a constant.
    if (detector.because === 'dictionary' && hits.validDistinct < 2) continue
    if (detector.because !== 'checksum') return { detector, proof: false }
    const tail = binomialTail(hits.matchedDistinct, hits.validDistinct, detector.chance)
    if (tail < 1e-3) return { detector, proof: tail < 1e-6 }
    if (hits.validDistinct === hits.matchedDistinct) return { detector, proof: false }
  }
  return undefined
}

interface Finding {
  readonly kind: Kind
  readonly valid: number
  readonly because: readonly Because[]
  readonly inCell: boolean
}

/** Every kind the column *contains*, exactly counted, unless accident explains the count. */
export function contained(counts: ColumnCounts): Finding[] {
  // Cells that prove by their check digit what they are say nothing of what the column's other numbers could be.
  const proven = Math.max(
    0,
    ...(detectors as readonly Detector[]).map((detector, at) => provenBy(detector, counts.hits[at])),
  )
  const others = { nonEmpty: counts.nonEmpty - proven, numeric: Math.max(0, counts.numeric - proven) }
  const numeric = others.nonEmpty > 0 && others.numeric / others.nonEmpty > 0.5
  return (detectors as readonly Detector[]).flatMap((detector, at) => {
    const hits = counts.hits[at]
    if (hits === undefined || detector.lone !== true) return []
    const inCell = hits.valid > 0 && isNoAccident(detector, hits, counts, { numeric, others: others.nonEmpty })
    // In a sentence the digits around are not numbers of the same shape: what passes the check there is meant.
    const inText = hits.inText > 0 && (detector.because === 'checksum' || !numeric)
    const valid = (inCell ? hits.valid : 0) + (inText ? hits.inText : 0)
    if (valid === 0) return []
    const because: readonly Because[] = inText && !inCell ? [detector.because, 'context'] : [detector.because]
    return [{ kind: detector.kind, valid, because, inCell }]
  })
}

/** Cells that accident does not explain, by a check digit alone. */
function provenBy(detector: Detector, hits: Hits | undefined): number {
  if (hits === undefined || detector.because !== 'checksum' || detector.lone !== true) return 0
  return binomialTail(hits.matchedDistinct, hits.validDistinct, detector.chance) < 1e-3 ? hits.valid : 0
}

function isNoAccident(
  detector: Detector,
  hits: Hits,
  counts: ColumnCounts,
  { numeric, others }: { readonly numeric: boolean; readonly others: number },
): boolean {
  if (detector.because !== 'checksum') return detector.chance < 0.1 || !numeric || hits.valid / others >= detector.rate
  if (provenBy(detector, hits) > 0) return true
  // One lone valid number among cells of other shapes is no accident of a run of serial numbers.
  if (detector.shape === undefined) return false
  const alike = counts.hits[(detectors as readonly Detector[]).indexOf(detector.shape.of)]?.matchedDistinct ?? 0
  return binomialTail(Math.max(alike, hits.matchedDistinct), hits.validDistinct, detector.shape.chance) < 1e-3
}

/** P(X >= hits) for X ~ Binomial(tries, chance). */
export function binomialTail(tries: number, hits: number, chance: number): number {
  if (hits <= 0) return 1
  if (hits > tries) return 0
  if (hits <= tries * chance) return 1
  let term = 0
  for (let k = 0; k < hits; k++) term += Math.log(tries - k) - Math.log(k + 1)
  term += hits * Math.log(chance) + (tries - hits) * Math.log(1 - chance)
  // Terms fall by a growing factor beyond the mean: the sum is soon complete.
  let sum = 0
  let log = term
  for (let k = hits; k <= tries && log > term - 40; k++) {
    sum += Math.exp(log)
    log += Math.log(tries - k) - Math.log(k + 1) + Math.log(chance) - Math.log(1 - chance)
  }
  return Math.min(1, sum)
}
