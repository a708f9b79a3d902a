import type { Bounds } from './citation.ts'

/**
 * The facts a determination rests on: one data handler's whole year, in the shape of `tongguan/facts/1`
 * (contracts.md, "Export facts"). A fact left out is unknown, which is neither false nor 0.
 */
export interface ExportFacts {
  readonly schema: 'tongguan/facts/1'
  readonly handler?: HandlerFacts
  readonly voluntaryDeclaration?: boolean
  /** Numbers were divided, or the like, to stay below the assessment. Not asked for; counts where it is said. */
  readonly numbersSplit?: boolean
  readonly flows: readonly FlowFacts[]
  /** The union over all flows that are not exempt; left out, the sum is the upper and the largest flow the lower bound. */
  readonly total?: {
    readonly since1January?: PersonsSince1January
    /** Only for dates before 2024-03-22; `general` means all persons. */
    readonly since1JanuaryLastYear?: PersonsCount
  }
}

export interface HandlerFacts {
  readonly name?: string
  /** Critical information infrastructure operator, as notified by the protection department. */
  readonly ciio?: boolean
  /** Processes abroad the personal information of people in China (PIPL art. 3(2)). Asked where data are collected directly from abroad. */
  readonly abroad?: boolean
  readonly representative?: RepresentativeFacts
  readonly publicBody?: 'none' | 'state-organ' | 'authorised-body' | (string & {})
  /** Distinct natural persons processed; decides only before 2024-03-22. */
  readonly personsProcessed?: Count
  readonly identification?: { readonly done?: boolean; readonly on?: string; readonly by?: string }
  readonly ftz?: 'none' | FtzFacts
}

/** The dedicated body or representative in China of a handler abroad (PIPL art. 53). */
export interface RepresentativeFacts {
  readonly name?: string
  readonly appointed?: boolean
  /** Its name and contact were reported to the municipal office (Network Data Security Management Regulations art. 26). */
  readonly reported?: boolean
}

export interface FtzFacts extends ListEntry {
  readonly zone?: string
}

/** An entry of a list this rule set does not hold, as the handler found it: only all four carry an exemption. */
export interface ListEntry {
  readonly list?: string
  readonly version?: string
  readonly entry?: string
  readonly checkedBy?: string
}

/** One export scenario of the handler. */
export interface FlowFacts {
  readonly id: string
  readonly recipients?: readonly RecipientFacts[]
  /** `direct-collection`: a body abroad processes what people in China enter there (PIPL art. 3(2)). */
  readonly manner?: 'transfer' | 'remote-access' | 'direct-collection' | (string & {})
  readonly accessPlace?: string
  readonly leavesChina?: boolean
  readonly containsPersonalInformation?: boolean
  readonly legalBasis?: 'consent' | 'contract' | 'hr' | 'statutory' | 'emergency' | 'public' | 'other' | (string & {})
  readonly importantData?: 'none' | 'notified' | 'published' | 'meets-definition' | (string & {})
  readonly coreData?: boolean
  readonly stateSecrets?: boolean
  readonly controlledItems?: boolean
  readonly classifiedSurvey?: boolean
  readonly foreignAuthorityRequest?: boolean
  readonly humanGeneticResources?: GeneticResourcesFacts
  readonly gba?: 'none' | { readonly handlerCity?: string; readonly recipientPlace?: string }
  readonly minorsUnder14?: boolean
  /** The trade the data belong to, for example `industry`, `telecom`, `radio`, `automobile`, `finance`, `credit-reporting`, `health`. */
  readonly industry?: string
  /** The scenario of the finance guide of 2025 the flow is claimed to be. */
  readonly financeScenario?: ListEntry
  /** Names of the data items, compared with the lists an office has loaded. */
  readonly dataItems?: readonly string[]
  readonly exemption?: ExemptionClaim | (string & {})
  readonly conditions?: Readonly<Partial<Record<ExemptionCondition | ExemptionBar, boolean>>>
  readonly since1January?: PersonsSince1January
  readonly since1JanuaryLastYear?: PersonsCount
}

export interface RecipientFacts {
  readonly name?: string
  readonly country?: string
  readonly region?: string | null
  readonly restrictedList?: boolean
}

export interface GeneticResourcesFacts {
  readonly provided?: boolean
  readonly foreignParty?: boolean
  readonly sequencedPersons?: Count
  readonly importantFamilies?: boolean
  readonly specificRegions?: boolean
  readonly coveredByApproval?: boolean
}

export type ExemptionClaim =
  | 'none'
  | 'no-personal-information'
  | 'overseas-origin'
  | 'contract-with-individual'
  | 'cross-border-hr'
  | 'emergency'
  | 'ftz-off-list'
  | 'statutory-duty'
  | 'treaty'
  | 'finance-scenario'
  | 'automobile-reported-instead'

export type ExemptionCondition =
  | 'necessary'
  | 'individualIsParty'
  | 'lawfulLabourRules'
  | 'collectiveContract'
  | 'employeesOnly'
  | 'emergencyExists'
  | 'protectsLifeHealthProperty'
  | 'collectedAbroad'
  | 'sentToChinaForProcessing'
  | 'noDomesticDataAdded'
  | 'onNegativeList'
  | 'listInForce'
  /** A person has confirmed with the authority that the statutory duty, the treaty or the sector's rule carries this export. */
  | 'confirmedByAuthority'
  | 'onScenarioList'
  | 'reportedOrFiled'

/** What an exemption does not cover: answered yes it ends the claim; left out it is not asked for. */
export type ExemptionBar = 'domesticServiceOnly' | 'candidatesOnly'

/** Distinct natural persons: exact, or within bounds. */
export type Count = number | Bounds

/** Distinct persons exported so far plus planned until 31 December; or the two apart (their sum is the upper bound). */
export type PersonsSince1January = PersonsCount | { readonly exported?: PersonsCount; readonly planned?: PersonsCount }

export interface PersonsCount {
  /** Persons with no sensitive item (from 2024-03-22); all persons in `since1JanuaryLastYear`. */
  readonly general?: Count
  /** Persons with any sensitive item. */
  readonly sensitive?: Count
  /** Those of `sensitive` who also send ordinary information; left out: perhaps all of them. */
  readonly both?: Count
}
