import type { Kind, LegalDate } from '@tongguan/law'

/** A list of what counts as sensitive personal information, with the days it is in force. */
export interface RulePack {
  readonly name: string
  readonly inForce: { readonly from: string; readonly until?: string }
  readonly sensitive: ReadonlySet<Kind>
}

const health: readonly Kind[] = [
  'diagnosis',
  'medication',
  'lab_result',
  'procedure',
  'visit',
  'imaging',
  'clinical_note',
  'genotype',
  // The end of an illness is part of its record.
  'death_date',
]

/** PIPL art. 28 names the classes, not the fields; these kinds fall under them by their wording. */
const pipl: RulePack = {
  name: 'PIPL art. 28',
  inForce: { from: '2021-11-01' },
  sensitive: new Set<Kind>([...health, 'biometric', 'religion', 'precise_location', 'bank_account', 'card_number']),
}

/**
 * GB/T 35273-2020 Annex B: documents of identity, property (accounts, income, transactions), health, biometrics,
 * whereabouts, credentials. Read through secondary sources (detection.md 1.7).
 */
const gbt35273: RulePack = {
  name: 'GB/T 35273-2020',
  inForce: { from: '2020-10-01' },
  sensitive: new Set<Kind>([
    ...health,
    'national_id',
    'passport',
    'travel_permit',
    'driver_licence',
    'social_security_no',
    'biometric',
    'religion',
    'precise_location',
    'bank_account',
    'card_number',
    'income',
    'finance',
    'credential',
  ]),
}

/** GB/T 45574-2025 Annex A: the bare number of a document is no longer listed; the picture of the card is. */
const gbt45574: RulePack = {
  name: 'GB/T 45574-2025',
  inForce: { from: '2025-11-01' },
  sensitive: new Set<Kind>([
    ...health,
    'biometric',
    'religion',
    'precise_location',
    'bank_account',
    'card_number',
    'income',
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
