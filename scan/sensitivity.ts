import type { Kind, LegalDate } from '@tongguan/law'

/** A list of what counts as sensitive personal information, with the days it is in force. */
export interface RulePack {
  readonly name: string
  /** Whether its text was read, or only what others write of it (detection.md 1.7); the evidence says so. */
  readonly certainty: 'primary' | 'secondary'
  readonly inForce: { readonly from: string; readonly until?: string }
  readonly sensitive: ReadonlySet<Kind>
}

const health: readonly Kind[] = [
  'diagnosis',
  'allergy',
  'family_history',
  'medication',
  'lab_result',
  'vital_sign',
  'procedure',
  'visit',
  'imaging',
  'imaging_report',
  'clinical_note',
  'genotype',
  // The end of an illness is part of its record.
  'death',
]

// What every list names in one wording or another: biometrics, faith and conviction, health, accounts, whereabouts.
const common: readonly Kind[] = [
  ...health,
  'biometric',
  'religion',
  'political_status',
  'sexual_orientation',
  'precise_location',
  'bank_account',
  'card_number',
]

/** PIPL art. 28 names the classes, not the fields; these kinds fall under them by their wording. */
const pipl: RulePack = {
  name: 'PIPL art. 28',
  certainty: 'primary',
  inForce: { from: '2021-11-01' },
  sensitive: new Set<Kind>(common),
}

/**
 * GB/T 35273-2020 Annex B: documents of identity, property (accounts, income, transactions, credit), health, biometrics,
 * whereabouts, credentials, records of offences not made public.
 */
const gbt35273: RulePack = {
  name: 'GB/T 35273-2020',
  certainty: 'secondary',
  inForce: { from: '2020-10-01' },
  sensitive: new Set<Kind>([
    ...common,
    'national_id',
    'hmt_id',
    'permanent_residence_id',
    'military_id',
    'passport',
    'travel_permit',
    'driver_licence',
    'social_security_no',
    'income',
    'finance',
    'balance',
    'transaction',
    'credit_info',
    'criminal_suspicion',
    'credential',
    'password',
    'password_hash',
  ]),
}

/**
 * GB/T 45574-2025 Annex A follows the guide TC260-PG-20244A: the bare number of a document, deposits and transactions are
 * no longer listed; detailed income and the password of an account are, and credit and records of offences.
 */
const gbt45574: RulePack = {
  name: 'GB/T 45574-2025',
  certainty: 'secondary',
  inForce: { from: '2025-11-01' },
  sensitive: new Set<Kind>([
    ...common,
    'military_id',
    'income',
    'credit_info',
    'criminal_suspicion',
    'password',
    'password_hash',
  ]),
}

const packs: readonly RulePack[] = [pipl, gbt35273, gbt45574]

/** The rule packs in force on a day. */
export function packsInForce(on: LegalDate): RulePack[] {
  return packs.filter(({ inForce }) => inForce.from <= on && (inForce.until === undefined || on <= inForce.until))
}

/** Under which packs of that day any of these kinds is sensitive, and under which none is. */
export function sensitivityOf(
  kinds: readonly Kind[],
  on: LegalDate,
): { readonly under: string[]; readonly notUnder: string[] } {
  const under: string[] = []
  const notUnder: string[] = []
  for (const pack of packsInForce(on))
    (kinds.some((kind) => pack.sensitive.has(kind)) ? under : notUnder).push(pack.name)
  return { under, notUnder }
}
