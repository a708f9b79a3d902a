import { checkCompleteness, countingMethod, documentKindWords } from '@tongguan/law'
import type {
  CompletenessReport,
  Declaration,
  DeclaredDocument,
  DeclaredScenario,
  Determination,
  DocumentKind,
  FilingDetails,
  LegalDate,
} from '@tongguan/law'
import type { Answers, ScenarioAnswers } from './answers.ts'
import type { Sheet } from './blocks.ts'
import { completenessSheet } from './completeness.ts'
import { markedCopy } from './contract/check-contract.ts'
import { dataItemSheet } from './data-items.ts'
import { extensionApplication } from './extension.ts'
import { declarationForm } from './form.ts'
import { filingOf } from './filing.ts'
import type { Filing } from './filing.ts'
import { filingList } from './filing-list.ts'
import { formValues } from './form-values.ts'
import { filingUndertaking, impactAssessment } from './impact-assessment.ts'
import { joinItems, keptInChina } from './items.ts'
import type { JoinedItem, KeptColumn } from './items.ts'
import { approvalSheet, coverIndex, exportNotice, separateConsent } from './papers.ts'
import { declaredPersons } from './persons.ts'
import type { DeclaredPersons } from './persons.ts'
import { powerOfAttorney } from './power-of-attorney.ts'
import { findProblems } from './problems.ts'
import type { Problem } from './problem.ts'
import type { Inputs } from './problems.ts'
import { selfAssessmentReport } from './report.ts'
import { answerAt } from './returned.ts'
import { standInSheets } from './stand-ins.ts'
import { materialName } from './words.ts'

/** Everything a filing says: the declaration as data for the authority, the sheets to print, and what is wrong with it. */
export interface Dossier {
  readonly simulated: boolean
  readonly reference: string
  readonly filedOn: LegalDate
  /** `documents` holds the files handed in; `withDocuments` adds the written ones once their bytes are known. */
  readonly declaration: Declaration
  readonly scenarios: readonly ScenarioDossier[]
  readonly kept: readonly KeptColumn[]
  readonly filing: Filing
  /** Every document of the filing, in the order of the index; the stand-ins last. */
  readonly papers: readonly Paper[]
  readonly english: Readonly<Record<string, string>>
  /** As the provincial office would find it, the documents still to be written counted as there. */
  readonly completeness: CompletenessReport
  readonly problems: readonly Problem[]
}

/** What a paper is: one of the Guide's materials, or one of ours that is printed and kept. */
export type PaperKind =
  | DocumentKind
  | 'cover-index'
  | 'approval-sheet'
  | 'data-items'
  | 'power-of-attorney-form'
  | 'extension-application'
  | 'impact-assessment'
  | 'filing-undertaking'
  | 'filing-list'
  | 'export-notice'
  | 'separate-consent'
  | 'marked-contract'

export interface Paper {
  readonly kind: PaperKind
  readonly sheet: Sheet
}

export interface ScenarioDossier {
  readonly answers: ScenarioAnswers
  readonly items: readonly JoinedItem[]
  readonly persons: DeclaredPersons
}

/**
 * Composes the declaration (Guide v3, part 二) from what the scan found, the facts, the legal path and the handler's
 * answers. Pure: the same input gives the same dossier. What does not fit together is a `Problem`, never thrown.
 *
 * `files` are the documents handed in, as the caller measured them.
 */
export function compose(inputs: Inputs): Dossier {
  const { evidence, determination, answers, filedOn, files = [], contract, consents } = inputs
  const filing = filingOf(inputs)
  const scenarios = answers.scenarios.map((scenario) => {
    const { items } = joinItems(scenario, evidence)
    return { answers: scenario, items, persons: declaredPersons(items, evidence) }
  })
  const kept = keptInChina(answers.scenarios, evidence)
  const form: Paper = { kind: 'declaration-form', sheet: declarationForm(answers, scenarios, filedOn) }
  const report: Paper = {
    kind: 'self-assessment-report',
    sheet: selfAssessmentReport(answers, { evidence, determination, scenarios, kept, filedOn, consents }),
  }
  const standIns = standInSheets(answers, filing).map(({ material, ...sheet }): Paper => ({ kind: material, sheet }))
  const details: FilingDetails = {
    form: formValues(answers, scenarios),
    attorney: { from: answers.agent.authorisedFrom, to: answers.agent.authorisedTo },
    clauses: contract
      ? contract.check.clauses.filter(({ kind }) => kind !== 'missing').map(({ code }) => code)
      : answers.legalDocument.clauses.map(({ id }) => id),
  }
  const declaration = declare(answers, { scenarios, determination, files, details })
  const documents = [...files, ...[form, report, ...standIns].flatMap(toBeWritten)]
  const completeness = checkCompleteness({ ...declaration, documents }, filedOn)
  const problems = findProblems(inputs)
  const list: Paper = {
    kind: 'completeness-list',
    sheet: completenessSheet(completeness, documents, problems, { answers, filedOn }),
  }
  const { extension } = answers
  const consented = scenarios.flatMap((scenario, index) =>
    scenario.items.some(({ category }) => category !== 'none')
      ? [
          { kind: 'export-notice', sheet: exportNotice(answers, scenario, index) } as const,
          ...(answers.safeguards.separateConsent === null
            ? []
            : [{ kind: 'separate-consent', sheet: separateConsent(answers, scenario, index) } as const]),
        ]
      : [],
  )
  const body: Paper[] = [
    ...(filing === 'standard-contract' ? [] : [form, report]),
    { kind: 'data-items', sheet: dataItemSheet(scenarios) },
    ...(filing === 'standard-contract' ? [] : [list]),
    ...(standIns.some(({ kind }) => kind === 'power-of-attorney')
      ? []
      : [{ kind: 'power-of-attorney-form', sheet: powerOfAttorney(answers, filing) } as const]),
    ...(extension ? [{ kind: 'extension-application', sheet: extensionApplication(answers, extension) } as const] : []),
    ...(determination.path === 'contract-or-certification'
      ? [
          { kind: 'impact-assessment', sheet: impactAssessment(answers, scenarios, filedOn) } as const,
          { kind: 'filing-undertaking', sheet: filingUndertaking(answers) } as const,
        ]
      : []),
    ...(contract ? [{ kind: 'marked-contract', sheet: markedCopy(contract.text, contract.check) } as const] : []),
    { kind: 'approval-sheet', sheet: approvalSheet(answers, filedOn) },
    ...consented,
    ...standIns,
  ]
  if (filing === 'standard-contract')
    body.unshift({ kind: 'filing-list', sheet: filingList(answers, { files, papers: body, problems, filedOn }) })
  const lines = [
    ...files.map(({ kind, file }) => ({ what: materialName(kind), file })),
    ...body.map(({ sheet }) => ({ what: sheet.name, file: `${sheet.name.zh}.docx` })),
  ]
  return {
    simulated: answers.simulated,
    reference: answers.reference,
    filedOn,
    declaration,
    filing,
    scenarios,
    kept,
    papers: [{ kind: 'cover-index', sheet: coverIndex(answers, lines, filedOn, filing) }, ...body],
    english: englishOf(answers, body),
    completeness,
    problems,
  }
}

/** English by path, by the text that stands at the path (our sentences name the handler without it), and of our own file names. */
function englishOf(answers: Answers, papers: readonly Paper[]): Readonly<Record<string, string>> {
  const given = answers.english ?? {}
  const byText = Object.entries(given).flatMap(([key, english]): readonly (readonly [string, string])[] => {
    const text = answerAt(answers, key)
    return typeof text === 'string' ? [[text, english]] : []
  })
  const files = papers.map(({ sheet: { name } }) => [`${name.zh}.docx`, `${name.en}.docx`] as const)
  return { ...Object.fromEntries([...files, ...byText]), ...given }
}

// A sheet becomes a file of some length; how long, and its hash, is known once `writeDocuments` has written it.
function toBeWritten({ kind, sheet }: Paper): readonly DeclaredDocument[] {
  return isMaterial(kind) ? [{ kind, file: `${sheet.name.zh}.docx`, sha256: '', bytes: 1 }] : []
}

export function isMaterial(kind: PaperKind): kind is DocumentKind {
  return kind in documentKindWords
}

function declare(
  answers: Answers,
  about: {
    readonly scenarios: readonly ScenarioDossier[]
    readonly determination: Determination
    readonly files: readonly DeclaredDocument[]
    readonly details: FilingDetails
  },
): Declaration {
  const { name, creditCode, ciio, province } = answers.handler
  return {
    schema: 'tongguan/declaration/1',
    handler: { name, creditCode, ciio, province },
    reference: answers.reference,
    path: about.determination.path,
    selfAssessment: { from: answers.selfAssessment.from, to: answers.selfAssessment.to },
    scenarios: about.scenarios.map(declaredScenario),
    documents: about.files,
    countingMethod,
    details: about.details,
  }
}

function declaredScenario({ answers, items, persons }: ScenarioDossier): DeclaredScenario {
  return {
    id: answers.id,
    name: answers.name,
    purpose: answers.purpose,
    manner: answers.manner,
    recipients: answers.recipients.map(({ name, country }) => ({ name, country })),
    items: items.map(({ name, description, kind, category, necessity, decision }) => ({
      name,
      description,
      kind,
      category,
      ...(decision?.by === undefined ? {} : { treatment: decision.by }),
      necessity: `${necessity.related}${necessity.leastImpact}${necessity.minimumScope}${necessity.shortestPeriod}`,
    })),
    persons: { general: persons.general, sensitive: persons.sensitive },
    importantDataBytes: answers.importantData?.bytes ?? null,
    retention: answers.retention,
  }
}
