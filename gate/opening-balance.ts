import { createHash } from 'node:crypto'
import type { LegalDate, Permit, PermittedScenario } from '@tongguan/law'
import { sql } from 'kysely'
import { bindHandler } from './handler.ts'
import { GateInputError, keyInForce } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { lockSets, yearKey } from './ledger.ts'
import type { GateDatabase, GateTransaction } from './ledger.ts'
import type { ReleaseLog } from './log.ts'
import { signBytes, signatureFits } from './manifest.ts'
import type { Envelope } from './manifest.ts'
import { canonicalJson } from './canonical-json.ts'
import { permitDigest } from './release.ts'
import type { Persons } from './release.ts'

/*
 * What left before Tongguan counted: the persons of a paper result or a filing, as the handler's own books know them.
 * Nobody knows which persons they were, so none of them can be recognised in a batch: each counts as a person of their
 * own, the upper bound. That may hold a batch that a full count would let out; it lets none out that it would hold.
 */

export const openingPayloadType = 'application/vnd.tongguan.opening-balance+json'

/** Persons at least and at most. */
export interface PersonBounds {
  readonly general: { readonly lower: number; readonly upper: number }
  readonly sensitive: { readonly lower: number; readonly upper: number }
}

export interface OpeningBalance {
  readonly schema: 'tongguan/opening-balance/1'
  /** The number of the result or the filing. */
  readonly id: string
  readonly kind: 'assessment' | 'standard-contract' | 'certification'
  readonly handler: { readonly name: string; readonly creditCode: string }
  readonly grantedOn: LegalDate
  /** The last day whose exports are in these figures; the year of `thisYear` is its own. */
  readonly countedUntil: LegalDate
  /** Since the grant; against the ceiling of its permit. */
  readonly sinceGranted: PersonBounds
  /** Since 1 January of the year; against the lines of the year (Order 16 arts 7 and 8). */
  readonly thisYear: PersonBounds
  /** The scenario of the transcribed permit it was used under; null for a filing, which has no ceiling. */
  readonly permit: { readonly id: string; readonly scenario: string } | null
  /** The scan of the paper the two persons had before them. */
  readonly source: { readonly file: string; readonly sha256: string }
}

/** A balance as a file holds it: its fields for people to read, and the envelope of exactly these. */
export interface OpeningBalanceFile extends OpeningBalance {
  readonly signed?: Envelope
}

/** The file with one more person's signature. */
export function signOpeningBalance({ signed, ...balance }: OpeningBalanceFile, key: GateKey): OpeningBalanceFile {
  const fresh = signBytes(openingPayloadType, Buffer.from(canonicalJson(balance)), [key])
  const before = signed?.payload === fresh.payload ? signed.signatures : []
  const others = before.filter(({ keyid }) => keyid !== key.keyId)
  return { ...balance, signed: { ...fresh, signatures: [...others, ...fresh.signatures] } }
}

/** What does not fit in a balance; undefined where it does. Pure. */
export function misfitOf(balance: OpeningBalance): string | undefined {
  const { grantedOn, countedUntil, sinceGranted, thisYear } = balance
  if (grantedOn < firstDayOfTheMeasures) return `grantedOn: nothing was granted before ${firstDayOfTheMeasures}`
  if (countedUntil < grantedOn) return 'countedUntil is before grantedOn'
  for (const part of ['general', 'sensitive'] as const) {
    if (sinceGranted[part].lower > sinceGranted[part].upper) return `sinceGranted.${part}: lower is above upper`
    if (thisYear[part].lower > thisYear[part].upper) return `thisYear.${part}: lower is above upper`
    if (grantedOn.slice(0, 4) === countedUntil.slice(0, 4) && thisYear[part].upper < sinceGranted[part].upper) {
      return `thisYear.${part} is below sinceGranted, though both began in the same year`
    }
  }
  return undefined
}

// Order 11 came into force; before it there was no result and no filing.
const firstDayOfTheMeasures = '2022-09-01'

/** Who validly signed: approvers of the trust file, in force on the day. Pure. */
export function openingSigners(
  { signed, ...balance }: OpeningBalanceFile,
  trust: Trust,
  on: LegalDate,
): readonly TrustedKey[] {
  if (signed === undefined || signed.payloadType !== openingPayloadType) return []
  if (signed.payload !== Buffer.from(canonicalJson(balance)).toString('base64')) return []
  return trust.keys.filter(
    (key) =>
      key.roles.includes('approver') &&
      !key.simulated &&
      keyInForce(key, on) === undefined &&
      signed.signatures.some(({ keyid, sig }) => keyid === key.keyId && signatureFits(signed, sig, key)),
  )
}

export interface EnteredBalance {
  readonly signedBy: readonly string[]
  /** What counts from now on, the upper bounds; `permit` is null for a filing. */
  readonly counted: { readonly permit: Persons | null; readonly year: Persons }
}

/**
 * Enters a balance into the ledger, once: counts, row and leaf of the log in one transaction. `permit` is the opened
 * permit the balance names.
 *
 * @throws GateInputError `gate.opening-…`, nothing entered
 */
export async function enterOpeningBalance(entry: {
  readonly db: GateDatabase
  readonly log: ReleaseLog
  readonly trust: Trust
  readonly file: OpeningBalanceFile
  readonly permit: Permit | undefined
  readonly on: LegalDate
}): Promise<EnteredBalance> {
  const { db, log, trust, file, permit, on } = entry
  const misfit = misfitOf(file)
  if (misfit !== undefined) throw new GateInputError('gate.opening-misfit', { because: misfit })
  const signers = openingSigners(file, trust, on)
  if (signers.length < 2) throw new GateInputError('gate.opening-needs-two-persons', { valid: signers.length })
  const scenario = scenarioOf(file, permit)
  await bindHandler(db, file.handler.creditCode)
  await db.transaction().execute(async (tx) => {
    await insertOnce(tx, file)
    const year = Number(file.countedUntil.slice(0, 4))
    const handler = file.handler.creditCode
    if (permit === undefined || scenario === undefined) {
      await addToYear(tx, { handler, year }, upperOf(file.thisYear))
    } else {
      const exempt = permit.basis?.route === 'exemption'
      const sets = await lockSets(tx, { handler, permit, scenario, permitDigest: permitDigest(permit), year, exempt })
      const after = plus(sets.permit.before, upperOf(file.sinceGranted))
      refuseOverCeiling(after, scenario)
      await addUnlinked(tx, sets.permit.key, upperOf(file.sinceGranted))
      await addUnlinked(tx, sets.year.key, upperOf(file.thisYear))
    }
    const digest = createHash('sha256')
      .update(file.signed?.payload ?? '')
      .digest('hex')
    await log.append(tx, { type: 'opening-balance', balance: digest, year })
  })
  return {
    signedBy: signers.map(({ name }) => name),
    counted: { permit: file.permit === null ? null : upperOf(file.sinceGranted), year: upperOf(file.thisYear) },
  }
}

function scenarioOf(file: OpeningBalance, permit: Permit | undefined): PermittedScenario | undefined {
  if (file.permit === null) return undefined
  if (permit === undefined || permit.id !== file.permit.id) {
    throw new GateInputError('gate.opening-misfit', { because: `the permit ${file.permit.id} is not the one named` })
  }
  if (permit.handler.creditCode !== file.handler.creditCode) {
    throw new GateInputError('gate.opening-misfit', { because: 'the permit is another handler’s' })
  }
  const scenario = permit.scenarios.find(({ id }) => id === file.permit?.scenario)
  if (scenario !== undefined) return scenario
  throw new GateInputError('gate.opening-misfit', { because: `the permit has no scenario ${file.permit.scenario}` })
}

async function insertOnce(tx: GateTransaction, { signed, ...balance }: OpeningBalanceFile): Promise<void> {
  const { numAffectedRows } = await sql`insert into opening_balance (handler, id, balance, envelope)
    values (${balance.handler.creditCode}, ${balance.id}, ${JSON.stringify(balance)}, ${JSON.stringify(signed)})
    on conflict do nothing`.execute(tx)
  if (Number(numAffectedRows) === 0) throw new GateInputError('gate.opening-there-already', { id: balance.id })
}

function refuseOverCeiling(after: Persons, { ceiling }: PermittedScenario): void {
  if (after.general <= ceiling.general && after.sensitive <= ceiling.sensitive) return
  throw new GateInputError('gate.opening-over-ceiling', {
    general: after.general,
    sensitive: after.sensitive,
    ceilingGeneral: ceiling.general,
    ceilingSensitive: ceiling.sensitive,
  })
}

async function addToYear(
  tx: GateTransaction,
  { handler, year }: { readonly handler: string; readonly year: number },
  persons: Persons,
): Promise<void> {
  const key = yearKey(handler, year)
  await sql`insert into person_set (key, kind, handler, year) values (${key}, 'year', ${handler}, ${year})
    on conflict (key) do nothing`.execute(tx)
  await addUnlinked(tx, key, persons)
}

async function addUnlinked(tx: GateTransaction, key: string, { general, sensitive }: Persons): Promise<void> {
  await sql`update person_set set unlinked_general = unlinked_general + ${general}::bigint,
    unlinked_sensitive = unlinked_sensitive + ${sensitive}::bigint where key = ${key}`.execute(tx)
}

const upperOf = ({ general, sensitive }: PersonBounds): Persons => ({
  general: general.upper,
  sensitive: sensitive.upper,
})

const plus = (before: Persons, more: Persons): Persons => ({
  general: before.general + more.general,
  sensitive: before.sensitive + more.sensitive,
})
