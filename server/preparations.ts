import { applyChanges, compose, findingsOf, sectionOf, sectionStates } from '@tongguan/dossier'
import type { Change, Json } from '@tongguan/dossier'
import { determine, pathWords } from '@tongguan/law'
import type { CatalogueRow, Evidence, LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerDb } from './case-files.ts'
import { AnswersSchema } from './contract/answers.ts'
import { exportFactsSchemaWith } from './contract/export-facts.ts'
import { problemsOf } from './contract/issue-words.ts'
import type { PreparationCheckSchema } from './contract/preparations.ts'
import { softwareVersion } from './version.ts'

/** What one person saved at once. */
export interface Revision {
  readonly n: number
  readonly by: string
  readonly at: Date
  readonly key: string
  readonly changes: readonly Change[]
}

/** A declaration in preparation: what its revisions add up to. */
export interface Preparation {
  readonly no: string
  readonly tree: Json
  readonly revisions: readonly Revision[]
  readonly evidenceSha256: string | null
}

/** The organisation's; null where it has none of that number. */
export async function loadPreparation(db: ServerDb, no: string, organisation: string): Promise<Preparation | null> {
  if (!/^\d{1,15}$/.test(no)) return null
  const row = await db
    .selectFrom('preparation')
    .select('evidence_sha256')
    .where('no', '=', no)
    .where('organization_id', '=', organisation)
    .executeTakeFirst()
  if (row === undefined) return null
  const rows = await db
    .selectFrom('preparation_revision')
    .select(['n', 'name', 'at', 'key', 'changes'])
    .where('preparation', '=', no)
    .orderBy('n')
    .execute()
  // Written by addRevision alone, which has applied them.
  const revisions = rows.map(({ n, name, at, key, changes }) => ({
    n,
    by: name,
    at,
    key,
    changes: changes as Change[],
  }))
  const tree = revisions.reduce<Json>((before, { changes }) => applyChanges(before, changes), {})
  return { no, tree, revisions, evidenceSha256: row.evidence_sha256 }
}

/** Appends a revision; the database refuses one that does not follow. */
export async function addRevision(
  db: ServerDb,
  no: string,
  said: {
    readonly n: number
    readonly account: string
    readonly name: string
    readonly key: string
    readonly changes: readonly Change[]
  },
): Promise<Date> {
  const { changes, ...row } = said
  const { at } = await db
    .insertInto('preparation_revision')
    .values({ preparation: no, ...row, changes: sql`${JSON.stringify(changes)}::jsonb` })
    .returning('at')
    .executeTakeFirstOrThrow()
  return at
}

type Check = z.input<typeof PreparationCheckSchema>
type Found = Omit<Check['findings'][number], 'section'>

/**
 * What the provincial desk would find, by the check of the command line. While an answer is missing or does not fit, the
 * answers cannot be held against each other and only that is said.
 */
export function checkPreparation(
  { tree, revisions }: Pick<Preparation, 'tree' | 'revisions'>,
  on: { readonly day: LegalDate; readonly evidence: Evidence | null; readonly lists: readonly CatalogueRow[] },
): Check {
  const { facts: factsTree, ...answersTree } = tree as Readonly<Record<string, Json>>
  const answers = AnswersSchema.safeParse(answersTree)
  const factsSchema = exportFactsSchemaWith(on.lists)
  const facts = factsSchema.safeParse(withoutUnknown(factsTree ?? {}))
  const findings: Found[] = [
    ...(facts.success ? [] : misfits(facts.error, factsSchema, factsTree, 'facts')),
    ...(answers.success ? [] : misfits(answers.error, AnswersSchema, answersTree)),
    ...(on.evidence === null ? [noEvidence] : []),
  ]
  const determination = facts.success ? determine(facts.data, on.day, { lists: on.lists }) : null
  const compared = answers.success && facts.success && determination !== null && on.evidence !== null
  if (compared) {
    const inputs = { answers: answers.data, facts: facts.data, determination, evidence: on.evidence, filedOn: on.day }
    findings.push(...findingsOf(compose(inputs)))
  }
  const touched = revisions.slice(1).flatMap(({ changes }) => changes.map(({ path }) => path))
  return {
    revision: revisions.length,
    validator: { name: 'tongguan', version: softwareVersion },
    compared,
    pathWords: determination && pathWords[determination.path],
    sections: [...sectionStates(findings, { touched, checked: compared })],
    findings: findings.map((finding) => ({ ...finding, section: sectionOf(finding.where) })),
  }
}

function misfits(error: z.ZodError, schema: z.ZodType, tree: Json | undefined, under?: string): readonly Found[] {
  return problemsOf(error.issues, schema).map(({ path, words }) => {
    const given = path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
      tree,
    )
    const where = [...(under === undefined ? [] : [under]), ...path.map(String)].join('.')
    return given === null || given === undefined || given === ''
      ? { code: 'answer.missing', severity: 'error', where, words: { zh: '未填写', en: 'not answered' } }
      : { code: 'input.does-not-fit', severity: 'error', where, words }
  })
}

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
