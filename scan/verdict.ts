import { kinds } from '@tongguan/law'
import type { Because, Kind, Level } from '@tongguan/law'
import type { ColumnCounts, Hits } from './columns.ts'
import { detectors } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { claimOf, topicOf } from './header.ts'
import type { Claim, Topic } from './header.ts'

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
}

export interface TableVerdict {
  readonly topic: Topic
  readonly aboutPersons: boolean
  readonly columns: readonly Verdict[]
}

export interface NamedCounts {
  readonly name: string
  readonly counts: ColumnCounts
}

/** Judges the columns of one table together: what a date or a code says depends on whether the rows are persons. */
export function judgeTable(path: string, columns: readonly NamedCounts[]): TableVerdict {
  const names = columns.map(({ name }) => name)
  const topic = topicOf(path, names)
  const claims = names.map((name) => claimOf(name, topic, names))
  const aboutPersons = speaksOfPersons(columns, claims)
  const clinical = topic.of === 'health' || claims.some((claim) => claim !== undefined && isClinical(claim))
  const table: Table = { topic, aboutPersons, clinical }
  return {
    topic,
    aboutPersons,
    columns: columns.map(({ counts }, at) => judge(counts, claims[at], table)),
  }
}

const identifying: ReadonlySet<Kind> = new Set<Kind>([
  'national_id',
  'passport',
  'travel_permit',
  'driver_licence',
  'social_security_no',
  'medical_record_no',
  'first_name',
  'last_name',
  'name',
  'staff_name',
  'person_id',
  'subject_id',
  'birth_date',
  'card_number',
])

// A person key or an identifying column, told by its name or, for kinds that prove themselves, by its values.
function speaksOfPersons(columns: readonly NamedCounts[], claims: readonly (Claim | undefined)[]): boolean {
  return columns.some(({ counts }, at) => {
    const claim = claims[at]
    if (claim !== undefined && claim.weight === 'full' && !claim.needsPersons && identifying.has(claim.kind)) {
      // A number of staff alone makes a record of business, not of the person.
      return !(claim.of === 'staff' && claim.kind === 'person_id')
    }
    if (claim?.key?.entity === 'visit') return true
    const own = valueVerdict(counts)
    return (
      own !== undefined &&
      (own.detector.kind === 'national_id' || own.detector.kind === 'name' || own.detector.kind === 'mobile')
    )
  })
}

interface Table {
  readonly topic: Topic
  readonly aboutPersons: boolean
  /** What is written about a person here is written by those who treat them. */
  readonly clinical: boolean
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

function judge(counts: ColumnCounts, claim: Claim | undefined, table: Table): Verdict {
  const { aboutPersons } = table
  const found = contained(counts)
  const byValues = valueVerdict(counts)
  const said = claim !== undefined && (!claim.needsPersons || aboutPersons) ? claim : undefined
  const { kind, level, because } = decide(counts, said, byValues, table, found)
  const hits = hitsOf(kind, counts)
  const others = found.filter((finding) => finding.kind !== kind)
  const own = kind === 'none' ? [] : [{ kind, valid: hits?.valid ?? counts.nonEmpty, because }]
  const findings = [...own, ...others]
  return {
    kind,
    level,
    identifies: strongest(findings.map((finding) => kinds[finding.kind].identifies)),
    findings,
    matched: hits?.matched ?? (kind === 'none' ? 0 : counts.nonEmpty),
    valid: hits?.valid ?? (kind === 'none' ? 0 : counts.nonEmpty),
    claim: said,
  }
}

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
  { topic, aboutPersons, clinical }: Table,
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
  if (claim !== undefined && (claim.weight === 'full' || agrees(claim.kind, counts) === true)) {
    const decided = byHeader(claim, counts)
    return decided.kind === 'free_text' && clinical ? { ...decided, kind: 'clinical_note' } : decided
  }
  if (byValues !== undefined && !(topic.of === 'things' && byValues.detector.kind === 'name' && !aboutPersons)) {
    const { kind } = byValues.detector
    if (kind !== 'diagnosis' || (aboutPersons && counts.chapters >= 3)) {
      const level = kind === 'name' || kind === 'address' ? 'review' : 'likely'
      return { kind, level, because: [byValues.detector.because] }
    }
  }
  const prose =
    counts.nonEmpty > 0 && counts.sentences / counts.nonEmpty > 0.5 && counts.characters / counts.nonEmpty > 30
  if (aboutPersons && rateOf('event_date', counts) > 0.8)
    return { kind: 'event_date', level: 'likely', because: ['pattern', 'context'] }
  if (aboutPersons && prose) {
    return { kind: clinical ? 'clinical_note' : 'free_text', level: 'review', because: ['context'] }
  }
  const first = found[0]
  if (first === undefined) return { kind: 'none', level: 'none', because: [] }
  // Persons turn up in a column that is about something else.
  const kind = counts.sentences > 0 && !found.some((finding) => finding.inCell) ? 'free_text' : first.kind
  return { kind, level: 'likely', because: first.because }
}

function byHeader(claim: Claim, counts: ColumnCounts): Decision {
  // 接诊医生, `provider`: a name or a number, as the values say. 联系电话: most are mobiles.
  const kind =
    claim.of === 'staff' && claim.kind === 'person_id' && rateOf('name', counts) > 0.5
      ? 'staff_name'
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
    case 'death_date':
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
      return counts.chinese / counts.nonEmpty > 0.5 ? rateOf('name', counts) > 0.5 : undefined
    case 'national_id':
    case 'mobile':
    case 'email':
    case 'card_number':
      return rateOf(kind, counts) > 0.5
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
  const wanted = kind === 'phone' ? 'mobile' : kind
  let sum: Hits | undefined
  for (const [at, detector] of detectors.entries()) {
    const hits = counts.hits[at]
    if (detector.kind !== wanted || hits === undefined || wanted !== kind) continue
    sum = sum === undefined ? hits : { ...sum, matched: sum.matched + hits.matched, valid: sum.valid + hits.valid }
  }
  // A kind known by its name in the header alone has no pattern; a diagnosis may be words as well as codes.
  return kind === 'diagnosis' ? undefined : sum
}

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

// Kinds worth naming wherever a single one turns up; the others mean something only as a whole column.
const findable: ReadonlySet<Kind> = new Set<Kind>([
  'national_id',
  'mobile',
  'email',
  'card_number',
  'organisation_code',
])

/** Every kind the column *contains*, exactly counted, unless accident explains the count. */
function contained(counts: ColumnCounts): Finding[] {
  const numeric = counts.nonEmpty > 0 && counts.numeric / counts.nonEmpty > 0.5
  return (detectors as readonly Detector[]).flatMap((detector, at) => {
    const hits = counts.hits[at]
    if (hits === undefined || !findable.has(detector.kind) || !detector.alone) return []
    const inCell = hits.valid > 0 && isNoAccident(detector, hits, numeric, counts)
    // In a sentence the digits around are not numbers of the same shape: what passes the check there is meant.
    const inText = hits.inText > 0 && (detector.because === 'checksum' || !numeric)
    const valid = (inCell ? hits.valid : 0) + (inText ? hits.inText : 0)
    if (valid === 0) return []
    const because: readonly Because[] = inText && !inCell ? [detector.because, 'context'] : [detector.because]
    return [{ kind: detector.kind, valid, because, inCell }]
  })
}

function isNoAccident(detector: Detector, hits: Hits, numeric: boolean, counts: ColumnCounts): boolean {
  if (detector.because !== 'checksum')
    return detector.kind === 'email' || !numeric || hits.valid / counts.nonEmpty >= detector.rate
  if (binomialTail(hits.matchedDistinct, hits.validDistinct, detector.chance) < 1e-3) return true
  // One lone valid number among cells of other shapes is no accident of a run of serial numbers.
  return detector.kind === 'national_id' && hits.validDistinct * 2 > hits.matchedDistinct
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
