import { documentKindWords } from '@tongguan/law'
import type { Determination, DocumentKind, ExportFacts, Words } from '@tongguan/law'
import type { Answers } from './answers.ts'
import type { PaperKind } from './compose.ts'
import { problem } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Inputs } from './problems.ts'
import { materialName } from './words.ts'

/**
 * What is handed in: a declaration for the security assessment, an application to extend its result, or a standard contract
 * with its impact assessment (Order 13 arts. 5 and 7).
 */
export type Filing = 'assessment' | 'extension' | 'standard-contract'

export function filingOf({
  answers,
  determination,
  facts,
}: {
  readonly answers: Answers
  readonly determination: Determination
  readonly facts: ExportFacts
}): Filing {
  if (answers.extension) return 'extension'
  return determination.path === 'contract-or-certification' && facts.voluntaryDeclaration !== true
    ? 'standard-contract'
    : 'assessment'
}

/** Papers of ours that are filed and are none of the declaration's eight materials. */
export const ownPaperNames = {
  'filing-undertaking': { zh: '标准合同备案承诺书', en: 'Undertaking for the filing of the standard contract' },
  'impact-assessment': {
    zh: '个人信息保护影响评估报告',
    en: 'Personal information protection impact assessment',
  },
  'extension-application': { zh: '延长评估结果有效期申请表', en: 'Application to extend the result' },
} as const satisfies Record<string, Words>

export interface FilingMaterial {
  readonly kind: DocumentKind | keyof typeof ownPaperNames
  /** Our own paper that is printed, sealed and scanned where none was handed in; its own kind where left out. */
  readonly form?: PaperKind
  /** Handed in where there is something to show or something has changed. */
  readonly asNeeded?: true
}

const attorney = { kind: 'power-of-attorney', form: 'power-of-attorney-form' } as const

/** The upload set of each filing, in the order the portal and the guides list it (Guide v3, annex 1 and part 三; filing guide v2). */
export const filingMaterials: Readonly<Record<Filing, readonly FilingMaterial[]>> = {
  assessment: [
    { kind: 'credit-code-certificate' },
    { kind: 'legal-representative-id' },
    { kind: 'agent-id' },
    attorney,
    { kind: 'declaration-form' },
    { kind: 'legal-document' },
    { kind: 'self-assessment-report' },
    { kind: 'other-proof', asNeeded: true },
  ],
  extension: [
    { kind: 'credit-code-certificate', asNeeded: true },
    { kind: 'legal-representative-id', asNeeded: true },
    { kind: 'agent-id', asNeeded: true },
    attorney,
    { kind: 'extension-application' },
    { kind: 'other-proof', asNeeded: true },
  ],
  'standard-contract': [
    { kind: 'credit-code-certificate' },
    { kind: 'legal-representative-id' },
    { kind: 'agent-id' },
    attorney,
    { kind: 'filing-undertaking' },
    { kind: 'legal-document' },
    { kind: 'impact-assessment' },
    { kind: 'other-proof', asNeeded: true },
  ],
}

export function filingMaterialName(kind: FilingMaterial['kind']): Words {
  return isOfDeclaration(kind) ? materialName(kind) : ownPaperNames[kind]
}

const isOfDeclaration = (kind: FilingMaterial['kind']): kind is DocumentKind => kind in documentKindWords

/** What a standard-contract filing lacks; of a declaration the law's own completeness list says it. */
export function filingProblems(inputs: Inputs): readonly Problem[] {
  if (filingOf(inputs) !== 'standard-contract') return []
  const given = new Set(inputs.answers.documents.map(({ kind }) => kind as string))
  return filingMaterials['standard-contract']
    .filter(({ kind, form, asNeeded }) => !asNeeded && form === undefined && isOfDeclaration(kind) && !given.has(kind))
    .map(({ kind }) => problem('filing.material-missing', 'error', 'documents', { material: filingMaterialName(kind) }))
}
