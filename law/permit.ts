import type { LegalDate } from './calendar.ts'
import type { AlsoRequired } from './determination.ts'
import type { Kind } from './terms.ts'
import type { RequiredTreatment } from './treatment.ts'

/**
 * What passed, in a form a machine can hold a batch against: rendered from the same record as the decision letter
 * (contracts.md, "Permit"; Network Data Security Management Regulations art. 38: purpose, manner, scope, types, scale).
 */
export interface Permit {
  readonly schema: 'tongguan/permit/1'
  readonly id: string
  /** `simulated` has no legal effect and says so everywhere; `transcribed` was typed from a paper notice by two persons;
   * `basis` is no result of an assessment but what an export rests on that needs none. */
  readonly kind: 'issued' | 'transcribed' | 'simulated' | 'basis'
  readonly caseNo: string
  readonly resultNo: string
  readonly handler: { readonly name: string; readonly creditCode: string }
  readonly scenarios: readonly PermittedScenario[]
  readonly firstDay: LegalDate
  readonly lastDay: LegalDate
  readonly keyId: string
  readonly suite: 'EdDSA' | 'SM2'
  /** The counting method persons were declared by; the gate counts by the same one or holds. */
  readonly countingMethod: string
  /** How old the authority's revocation list may be; left out, `usualRevocationLimit`. */
  readonly revocationLimit?: RevocationLimit
  /** Of a transcribed permit: the authority's notice it was typed from, as scanned; SHA-256 in hex. */
  readonly notice?: { readonly file: string; readonly sha256: string }
  /** Of a basis: the route and what was shown for it. */
  readonly basis?: Basis
}

/** How long after its issue a revocation list is relied on, in seconds: fetched from the authority's address, or by file. */
export interface RevocationLimit {
  readonly onlineSeconds: number
  readonly fileSeconds: number
}

/** Where a permit states none: a minute online, a day by file. Tongguan's own figures; no instrument sets any. */
export const usualRevocationLimit: RevocationLimit = { onlineSeconds: 60, fileSeconds: 24 * 3_600 }

/**
 * What an export rests on where no assessment is due: a standard contract in force, a certification, or an exemption with
 * each of its conditions shown. Signed by two persons of the handler; no authority has looked at it.
 */
export interface Basis {
  readonly route: 'standard-contract' | 'gba-contract' | 'certification' | 'exemption'
  /** SHA-256 (hex) of the canonical JSON of the export facts; with other facts it is another basis. */
  readonly factsSha256: string
  /** The day it was decided; it holds for the rest of that calendar year, in which its persons are counted. */
  readonly decidedOn: LegalDate
  readonly contract?: {
    readonly copy: BasisDocument
    readonly effectiveOn: LegalDate
    readonly filed?: { readonly on: LegalDate; readonly number?: string }
  }
  readonly certificate?: { readonly number: string; readonly lastDay: LegalDate }
  /** Of an exemption: what shows each condition. */
  readonly evidence?: Readonly<Record<string, BasisDocument>>
  /** What shows that each duty of the determination (`alsoRequired`) was done. */
  readonly documents: Readonly<Partial<Record<AlsoRequired, BasisDocument>>>
  /** The person who answers for an exemption, or for a path that rests on less than the text of the law. */
  readonly confirmed?: { readonly by: string; readonly on: LegalDate }
}

export interface BasisDocument {
  readonly number: string
  readonly on: LegalDate
}

export interface PermittedScenario {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly manner: string
  readonly recipients: readonly { readonly name: string; readonly country: string }[]
  readonly items: readonly DataItem[]
  /** Distinct natural persons that may leave under this permit; `general` have no sensitive item. */
  readonly ceiling: { readonly general: number; readonly sensitive: number }
  /** Bytes of important data that may leave; null where none was declared. */
  readonly importantDataBytes: number | null
  /** Rows alike in these columns that there must be at least, in every file that has one of them (k-anonymity). */
  readonly anonymity?: { readonly k: number; readonly columns: readonly string[] }
  readonly retention: string
  readonly conditions: readonly string[]
}

/** One data item (数据项) as the declaration lists it and the data carry it. */
export interface DataItem {
  /** The column's name in the data, exactly. */
  readonly name: string
  readonly description: string
  readonly kind: Kind
  readonly category: 'none' | 'personal' | 'sensitive'
  /** What must have been done to it before it leaves; the gate holds what was not treated, or treated otherwise. */
  readonly treatment?: RequiredTreatment
}
