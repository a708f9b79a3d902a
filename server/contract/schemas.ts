import { z } from 'zod'
import { DeterminationSchema } from './determination.ts'
import { AnswersSchema } from './answers.ts'
import { CaseFileSchema } from './case-file.ts'
import { CatalogueRowSchema } from './catalogue-row.ts'
import { ClassificationAnswerSchema, ClassificationFactsSchema } from './classification.ts'
import { EvidenceSchema } from './evidence.ts'
import { FactsFileSchema } from './export-facts.ts'
import {
  DeadlineAnswerSchema,
  ImpactAnswerSchema,
  ListsAnswerSchema,
  PenaltiesAnswerSchema,
  ProcedureAnswerSchema,
} from './law-answers.ts'
import { ExtensionFactsSchema } from './extension.ts'
import { IncidentSchema } from './incident.ts'
import { BasisClaimSchema, PermitSchema } from './permit.ts'
import { RecipeSchema } from './recipe.ts'
import { ScopeFileSchema } from './scope.ts'

/** The files and answers others rely on (contracts.md), by the name their JSON Schema is printed under. */
const contracts = {
  answers: AnswersSchema,
  evidence: EvidenceSchema,
  facts: FactsFileSchema,
  determination: DeterminationSchema,
  deadline: DeadlineAnswerSchema,
  penalties: PenaltiesAnswerSchema,
  procedure: ProcedureAnswerSchema,
  impact: ImpactAnswerSchema,
  lists: ListsAnswerSchema,
  'catalogue-row': CatalogueRowSchema,
  basis: BasisClaimSchema,
  permit: PermitSchema,
  'classification-facts': ClassificationFactsSchema,
  classification: ClassificationAnswerSchema,
  recipe: RecipeSchema,
  'case-folder': CaseFileSchema,
  'extension-facts': ExtensionFactsSchema,
  incident: IncidentSchema,
  scope: ScopeFileSchema,
} as const

/** JSON Schema 2020-12 of every contract, as text for `docs/schemas/NAME.schema.json`. */
export function printSchemas(): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(contracts).map(([name, schema]) => ({
    name: `${name}.schema.json`,
    text: `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw', reused: 'ref' }), null, 2)}\n`,
  }))
}
