import type { DocumentKind, LegalDate, Treatment } from '@tongguan/law'

/**
 * What the handler answers by hand, in the shape of `tongguan/answers/1`: what the declaration form (Guide v3, annex 3)
 * and the self-assessment report (annex 4) ask for and neither the scan nor the facts file can know. Plain data, in
 * Chinese where it is printed, because both documents must be in Chinese.
 */
export interface Answers {
  readonly schema: 'tongguan/answers/1'
  /** A pilot or a test: every page then says that it has no legal effect, and stand-in documents are allowed. */
  readonly simulated: boolean
  /** The handler's own reference for this filing. */
  readonly reference: string
  readonly handler: HandlerAnswers
  /** Null for the few handlers that have none, as the portal's own form allows. */
  readonly legalRepresentative: PersonInCharge | null
  readonly securityOfficer: PersonInCharge & { readonly body: string; readonly bodyMembers: number }
  readonly agent: PersonInCharge & { readonly authorisedFrom: LegalDate; readonly authorisedTo: LegalDate }
  readonly compliance: ComplianceAnswers
  readonly selfAssessment: SelfAssessmentAnswers
  readonly safeguards: SafeguardAnswers
  readonly scenarios: readonly ScenarioAnswers[]
  readonly legalDocument: LegalDocumentAnswers
  readonly assessment: readonly AssessmentAnswer[]
  /** The report's conclusion (annex 4, part 三). */
  readonly conclusion: string
  readonly documents: readonly SuppliedDocument[]
  /** What reviewers ask under Order 11 art. 8 and art. 5 does not: left out, the report says that it is unanswered. */
  readonly reviewerMatters?: readonly ReviewerAnswer[]
  /** The ethics committee's approval, compared with what is declared. */
  readonly ethics?: EthicsAnswers
  /** A lawyer's word on the draft profile of a destination; left out, the report says "not confirmed". */
  readonly destinationsConfirmed?: readonly DestinationConfirmation[]
  /** Only for an application to extend a result (Guide v3, part 三 and annex 5). */
  readonly extension?: ExtensionAnswers
  /**
   * English for the reading copies, by the path of an answer or by the Chinese itself (a name in the data, a sentence that
   * stands at many paths); what is left out is printed in Chinese and marked.
   */
  readonly english?: Readonly<Record<string, string>>
}

/** Form section 1 and report 二（一）. */
export interface HandlerAnswers {
  readonly name: string
  readonly nature: '政府部门' | '事业单位' | '企业' | '社会组织' | '其他'
  readonly ownership: '内资' | '外资' | '中外合资' | '港澳台资' | '其他'
  readonly registeredAt: string
  readonly officeAt: string
  /** The province whose office receives the declaration, e.g. 北京市. */
  readonly province: string
  readonly employees: number
  /** Unified social credit code, 18 characters, GB 32100-2015. */
  readonly creditCode: string
  readonly ciio: boolean
  /** Distinct natural persons whose personal information the handler processes. */
  readonly personsProcessed: number
  readonly shareholding: string
  readonly investments: string
  readonly organisation: string
  readonly business: string
  readonly dataAssets: string
}

/** The six fields the form asks of each person (sections 2 to 4). */
export interface PersonInCharge {
  readonly name: string
  readonly position: string
  readonly nationality: string
  readonly phone: string
  readonly email: string
  readonly idType: '居民身份证' | '护照' | '台湾居民来往大陆通行证' | '港澳居民来往内地通行证' | '其他'
  readonly idNumber: string
}

/** Form section 5: the two years before the declaration. */
export interface ComplianceAnswers {
  readonly from: LegalDate
  readonly to: LegalDate
  readonly penalties: string
  readonly investigations: string
  readonly rectification: string
}

/** Report part 一. */
export interface SelfAssessmentAnswers {
  readonly from: LegalDate
  readonly to: LegalDate
  readonly organisation: string
  readonly process: string
  readonly method: string
  /** A third party that took part: who it is and what it did. */
  readonly thirdParty: string | null
}

/** Report 二（三）. */
export interface SafeguardAnswers {
  readonly management: string
  /** How persons were told (PIPL art. 39). */
  readonly notice: string
  /** How separate consent was taken and is proven; null where the legal basis needs none (PIPL art. 13 (2) to (7)). */
  readonly separateConsent: string | null
  /** One measure per stage of the data's life (collection, storage, use, provision, deletion …). */
  readonly technical: readonly { readonly stage: string; readonly measure: string }[]
  /** Risk assessments, certifications, tests, audits, graded protection. */
  readonly proof: readonly string[]
}

/** One export scenario: form section 6, report 二（二） and 二（四）. */
export interface ScenarioAnswers {
  /** The id of the flow in the facts file. */
  readonly id: string
  /** The business name, word for word as in the legal document. */
  readonly name: string
  /** At most 100 characters: business, purpose and manner. */
  readonly summary: string
  readonly purpose: string
  readonly scope: string
  readonly manner: '公共互联网传输' | '跨境专线传输' | '公共互联网远程访问' | '跨境专线远程访问' | (string & {})
  readonly industry: string
  /** Legality, legitimacy and necessity of the export, and of the recipient's processing. */
  readonly necessity: { readonly export: string; readonly persons: string; readonly recipientProcessing: string }
  /** The department that recognised the important data, and their size in bytes; null where there are none. */
  readonly importantData: { readonly department: string; readonly bytes: number } | null
  readonly recipients: readonly RecipientAnswers[]
  /** Only where the recipients are too many to list. */
  readonly recipientStatistics: string | null
  readonly items: readonly ItemAnswers[]
  readonly retention: string
  readonly persons: {
    /** Distinct persons already exported this year, before this declaration. */
    readonly exportedThisYear: number
    readonly nextThreeYears: number
    /** How the two numbers hang together. */
    readonly relation: string
  }
  /** Systems and data centres in China, clouds included. */
  readonly domesticSystem: string
  readonly link: {
    readonly description: string
    readonly domesticEnds: readonly string[]
    readonly overseasEnds: readonly string[]
  }
  readonly overseasStorage: string
  /** Provision to other overseas recipients. */
  readonly onwardTransfer: string
}

export interface RecipientAnswers {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly countryName: string
  readonly address: string
  readonly business: string
  readonly principal: string
  readonly principalPosition: string
  readonly phone: string
  readonly email: string
  /** Report 二（四）2 and 3, and what reviewers ask under Order 11 art. 8 (2). */
  readonly use: string
  readonly manner: string
  readonly management: string
  readonly technology: string
  readonly ability: string
  readonly countryLaw: string
}

/** One data item proposed for export: a column of one table. */
export interface ItemAnswers {
  readonly column: string
  /** The file's name, or its path in the scanned folder. */
  readonly table: string
  readonly description: string
  readonly necessity: ItemNecessity
  /** An invented example; left out, the scan's masked sample is shown. */
  readonly example?: string
  /** Whether the purpose could be reached by processing the item in China, and why not. */
  readonly inChina?: { readonly possible: boolean; readonly why: string }
  /** The handler's decision where it differs from the proposal drawn from the scan. */
  readonly decision?: {
    readonly action: ItemAction
    readonly why: string
    /** Of `transform`: how, where the gate is to do it and to hold what was not; it then stands in the permit. */
    readonly by?: Treatment
  }
}

export type ItemAction = 'keep' | 'drop' | 'transform'

/** The four factors of necessity (CAC questions and answers, 2025-04-09). */
export interface ItemNecessity {
  readonly related: string
  readonly leastImpact: string
  readonly minimumScope: string
  readonly shortestPeriod: string
}

/** Report 二（五）: the contract and its six mandatory clauses (Order 11 art. 9). */
export interface LegalDocumentAnswers {
  readonly title: string
  readonly parties: readonly string[]
  readonly languages: readonly string[]
  /** The Guide wants the Chinese version to prevail. */
  readonly chinesePrevails: boolean
  readonly clauses: readonly ClauseAnswers[]
}

export type ClauseId = 'K-1' | 'K-2' | 'K-3' | 'K-4' | 'K-5' | 'K-6'

export interface ClauseAnswers {
  readonly id: ClauseId
  /** Where it stands in the document, e.g. 第三条第二款. */
  readonly where: string
  readonly text: string
}

/** One of the six matters of Order 11 art. 5. */
export interface AssessmentAnswer extends AssessedMatter {
  readonly item: 1 | 2 | 3 | 4 | 5 | 6
}

/** One of the three matters of Order 11 art. 8 that art. 5 lacks (art. 8 items 2 and 6). */
export interface ReviewerAnswer extends AssessedMatter {
  readonly matter: ReviewerMatter
}

export type ReviewerMatter = 'destination-law' | 'equivalent-protection' | 'compliance-record'

export interface AssessedMatter {
  readonly analysis: string
  readonly problems: string
  readonly rectification: string
  readonly conclusion: string
  readonly risk?: { readonly before: Risk; readonly after: Risk }
  readonly measures?: readonly { readonly what: string; readonly owner: string; readonly by: LegalDate }[]
}

/** 1 (hardly, slight) to 5 (almost certain, grave); the matrix stands in `risk.ts` and in the report. */
export interface Risk {
  readonly likelihood: Grade
  readonly severity: Grade
}

export type Grade = 1 | 2 | 3 | 4 | 5

export interface EthicsAnswers {
  readonly committee: string
  readonly approvalNo: string
  readonly from: LegalDate
  readonly to: LegalDate
  readonly purpose: string
  /** Names of recipients, as in the declaration. */
  readonly recipients: readonly string[]
  /** Column names the approval covers. */
  readonly items: readonly string[]
  /** The approval itself in the case folder; also one of `documents`, as `other-proof`. */
  readonly file?: string
}

export interface DestinationConfirmation {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly lawyer: string
  readonly on: LegalDate
}

/** Annex 5, field by field; growth in percent over what was approved for the past three years. */
export interface ExtensionAnswers {
  /** The acceptance number of the original project. */
  readonly acceptanceNo: string
  /** As printed on the result notice. */
  readonly lastDay: LegalDate
  readonly legalDocumentMeetsArticle9: boolean
  readonly scenarios: readonly {
    readonly id: string
    readonly purposeAndScopeUnchanged: boolean
    readonly partiesUnchanged: boolean
    readonly personsGrowthPercent: number | null
    readonly importantDataGrowthPercent: number | null
    readonly linkAndStorageUnchanged: boolean
    readonly recipientUseUnchanged: boolean
  }[]
  readonly changes: string
  readonly safeguards: string
  readonly recipientPerformance: string
  readonly noticeKept: string
  /** Null: none in the three years. */
  readonly majorIncidents: string | null
}

/** A document handed in with the declaration. */
export interface SuppliedDocument {
  readonly kind: Exclude<DocumentKind, 'declaration-form' | 'self-assessment-report' | 'completeness-list'>
  /** Its file in the case folder; left out when it does not exist yet. */
  readonly file?: string
  /** In a simulation only: a marked page is written in its place, so that a pilot is whole without anybody's papers. */
  readonly standIn?: boolean
}
