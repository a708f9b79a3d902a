import { checkCompleteness, countingMethod } from '@tongguan/law'
import type {
  CompletenessReport,
  Declaration,
  DeclaredDocument,
  DeclaredScenario,
  Determination,
  DocumentKind,
  LegalDate,
} from '@tongguan/law'
import type { Answers, ScenarioAnswers } from './answers.ts'
import type { Sheet } from './blocks.ts'
import { completenessSheet } from './completeness.ts'
import type { WrittenFile } from './docx.ts'
import { declarationForm } from './form.ts'
import { joinItems, keptInChina } from './items.ts'
import type { JoinedItem, KeptColumn } from './items.ts'
import { declaredPersons } from './persons.ts'
import type { DeclaredPersons } from './persons.ts'
import { findProblems } from './problems.ts'
import type { Inputs, Problem } from './problems.ts'
import { selfAssessmentReport } from './report.ts'
import { standInSheets } from './stand-ins.ts'

/** Everything a filing says: the declaration as data for the authority, the sheets to print, and what is wrong with it. */
export interface Dossier {
  readonly simulated: boolean
  readonly reference: string
  readonly filedOn: LegalDate
  /** `documents` holds the files handed in; `withDocuments` adds the written ones once their bytes are known. */
  readonly declaration: Declaration
  readonly scenarios: readonly ScenarioDossier[]
  readonly kept: readonly KeptColumn[]
  readonly form: Sheet
  readonly report: Sheet
  /** As the provincial office would find it, the documents still to be written counted as there. */
  readonly completeness: CompletenessReport
  readonly completenessList: Sheet
  /** In a simulation, one page in place of each paper nobody has. */
  readonly standIns: readonly (Sheet & { readonly material: DocumentKind })[]
  readonly problems: readonly Problem[]
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
export function compose(inputs: Inputs & { readonly files?: readonly DeclaredDocument[] }): Dossier {
  const { evidence, determination, answers, filedOn, files = [] } = inputs
  const scenarios = answers.scenarios.map((scenario) => {
    const { items } = joinItems(scenario, evidence)
    return { answers: scenario, items, persons: declaredPersons(items, evidence) }
  })
  const kept = keptInChina(answers.scenarios, evidence)
  const form = declarationForm(answers, scenarios, filedOn)
  const report = selfAssessmentReport(answers, { evidence, determination, scenarios, kept, filedOn })
  const standIns = standInSheets(answers)
  const declaration = declare(answers, scenarios, determination, files)
  const documents = [
    ...files,
    toBeWritten('declaration-form', form),
    toBeWritten('self-assessment-report', report),
    ...standIns.map((sheet) => toBeWritten(sheet.material, sheet)),
  ]
  const completeness = checkCompleteness({ ...declaration, documents }, filedOn)
  const problems = findProblems(inputs)
  return {
    simulated: answers.simulated,
    reference: answers.reference,
    filedOn,
    declaration,
    scenarios,
    kept,
    form,
    report,
    completeness,
    completenessList: completenessSheet(completeness, documents, problems, { answers, filedOn }),
    standIns,
    problems,
  }
}

// A sheet becomes a file of some length; how long, and its hash, is known once `writeDocuments` has written it.
function toBeWritten(kind: DocumentKind, { fileName }: Sheet): DeclaredDocument {
  return { kind, file: fileName, sha256: '', bytes: 1 }
}

/** The declaration with the documents that `writeDocuments` wrote, by their SHA-256 and length. */
export function withDocuments({ declaration }: Dossier, written: readonly WrittenFile[]): Declaration {
  const added = written.map(({ kind, fileName, sha256, bytes }) => ({
    kind,
    file: fileName,
    sha256,
    bytes: bytes.length,
  }))
  return { ...declaration, documents: [...declaration.documents, ...added] }
}

function declare(
  answers: Answers,
  scenarios: readonly ScenarioDossier[],
  determination: Determination,
  documents: readonly DeclaredDocument[],
): Declaration {
  const { name, creditCode, ciio, province } = answers.handler
  return {
    schema: 'tongguan/declaration/1',
    handler: { name, creditCode, ciio, province },
    reference: answers.reference,
    path: determination.path,
    selfAssessment: { from: answers.selfAssessment.from, to: answers.selfAssessment.to },
    scenarios: scenarios.map(declaredScenario),
    documents,
    countingMethod,
  }
}

function declaredScenario({ answers, items, persons }: ScenarioDossier): DeclaredScenario {
  return {
    id: answers.id,
    name: answers.name,
    purpose: answers.purpose,
    manner: answers.manner,
    recipients: answers.recipients.map(({ name, country }) => ({ name, country })),
    items: items.map(({ name, description, kind, category, necessity }) => ({
      name,
      description,
      kind,
      category,
      necessity: `${necessity.related}${necessity.leastImpact}${necessity.minimumScope}${necessity.shortestPeriod}`,
    })),
    persons: { general: persons.general, sensitive: persons.sensitive },
    importantDataBytes: answers.importantData?.bytes ?? null,
    retention: answers.retention,
  }
}
