import { compose, findingsOf, sectionOf, sectionStates, sectionsAnswered } from '@tongguan/dossier'
import type { ContractCheck, ContractText, Json } from '@tongguan/dossier'
import { determine, pathWords } from '@tongguan/law'
import type { CatalogueRow, DeclaredDocument, Evidence, LegalDate } from '@tongguan/law'
import type { z } from 'zod'
import { AnswersSchema } from './contract/answers.ts'
import { exportFactsSchemaWith } from './contract/export-facts.ts'
import { problemsOf } from './contract/issue-words.ts'
import type { PreparationCheckSchema } from './contract/preparations.ts'
import type { Preparation } from './preparations.ts'
import { softwareVersion } from './version.ts'

type Check = z.input<typeof PreparationCheckSchema>
type Found = Omit<Check['findings'][number], 'section'>

/** What lies beside the answers, as it was read. */
export interface BesideAnswers {
  readonly evidence: Evidence | null
  /** The documents the answers name that are here. */
  readonly files: readonly DeclaredDocument[]
  readonly contract: { readonly file: string; readonly text: ContractText; readonly check: ContractCheck } | null
  /** What could not be read, such as a contract that is a picture. */
  readonly unread: readonly Found[]
}

/**
 * What the provincial desk would find, by the check of the command line. While an answer is missing or does not fit, the
 * answers cannot be held against each other and only that is said.
 */
export function checkPreparation(
  { tree, revision, touched }: Pick<Preparation, 'tree' | 'revision' | 'touched'>,
  beside: BesideAnswers,
  on: { readonly day: LegalDate; readonly lists: readonly CatalogueRow[] },
): Check {
  const { answers: answersTree, facts: factsTree } = partsOf(tree)
  const answers = AnswersSchema.safeParse(answersTree)
  const factsSchema = exportFactsSchemaWith(on.lists)
  const facts = factsSchema.safeParse(factsTree)
  const determination = facts.success ? determine(facts.data, on.day, { lists: on.lists }) : null
  const { evidence, files, contract } = beside
  const compared = answers.success && facts.success && determination !== null && evidence !== null
  const findings: Found[] = [
    ...(facts.success ? [] : misfits(facts.error, factsSchema, factsTree, 'facts')),
    ...(answers.success ? [] : misfits(answers.error, AnswersSchema, answersTree)),
    ...(evidence === null ? [noEvidence] : []),
    ...beside.unread,
    // Once compared the check says the same of the path as a whole.
    ...(compared || determination?.path !== 'unknown' ? [] : determination.missing.map(missingFact)),
  ]
  if (compared) {
    const inputs = { answers: answers.data, facts: facts.data, determination, evidence, filedOn: on.day, files }
    findings.push(...findingsOf(compose({ ...inputs, ...(contract === null ? {} : { contract }) })))
  }
  return {
    revision,
    validator: { name: 'tongguan', version: softwareVersion },
    compared,
    pathWords: determination && pathWords[determination.path],
    sections: [
      ...sectionStates(findings, { begun: new Set([...touched, ...sectionsAnswered(tree)]), checked: compared }),
    ],
    findings: findings.map((finding) => ({ ...finding, section: sectionOf(finding.where) })),
  }
}

/** The answers and the facts of a tree; facts nobody knows are left out. */
export function partsOf(tree: Json): { readonly answers: Json; readonly facts: Json } {
  const { facts = {}, ...answers } = tree as Readonly<Record<string, Json>>
  return { answers, facts: withoutUnknown(facts) }
}

function misfits(error: z.ZodError, schema: z.ZodType, tree: Json | undefined, under?: string): readonly Found[] {
  return problemsOf(error.issues, schema).map(({ path, words }) => {
    const given = path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
      tree,
    )
    const where = [...(under === undefined ? [] : [under]), ...path.map(String)].join('.')
    return given === null || given === undefined || given === ''
      ? missing(where)
      : { code: 'input.does-not-fit', severity: 'error', where, words }
  })
}

/** An answer that is not there yet. */
export function missing(where: string): Found {
  return { code: 'answer.missing', severity: 'error', where, words: { zh: '未填写', en: 'not answered' } }
}

const missingFact = (path: string): Found => missing(`facts.${path}`)

const noEvidence: Found = {
  code: 'evidence.none',
  severity: 'error',
  where: 'evidence',
  words: {
    zh: '没有扫描证据（evidence.json）：数据项和人数无从核对。',
    en: 'There is no evidence of a scan (evidence.json): items and persons cannot be compared with the data.',
  },
}

/** Facts nobody knows are left out; only a recipient's region is known to be none by `null`. */
function withoutUnknown(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      (inner === null && key !== 'region') || inner === '' ? [] : [[key, withoutUnknown(inner)] as const],
    ),
  )
}
