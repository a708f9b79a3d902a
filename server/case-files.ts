import { load } from '@tongguan/casework'
import type { Actor, Case, CaseNo } from '@tongguan/casework'
import { legalDate } from '@tongguan/law'
import type { Decision, Evidence } from '@tongguan/law'
import type { Insertable, Kysely, Transaction } from 'kysely'
import type { z } from 'zod'
import type { Attached, Draft } from './case-page.ts'
import { EvidenceSchema } from './contract/evidence.ts'
import type { KeptFiles } from './kept-files.ts'
import type { Tables } from './records.ts'

export type ServerDb = Kysely<Tables> | Transaction<Tables>

/** Bytes of a document as written, to be kept with the declaration that names them. */
export interface Written {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/**
 * Keeps the documents and the evidence of the declaration filed last, so that the case page can show them. The bytes are
 * on disk before the database says so. Throws for a document the declaration does not name with these bytes.
 */
export async function keepCaseFiles(
  db: ServerDb,
  files: KeptFiles,
  no: CaseNo,
  { documents, evidence }: { readonly documents: readonly Written[]; readonly evidence: Evidence },
): Promise<void> {
  if (!db.isTransaction) {
    return db.transaction().execute((tx) => keepCaseFiles(tx, files, no, { documents, evidence }))
  }
  const current = await load(db, no)
  if (current === null) throw new Error(`there is no case ${no}`)
  const seq = current.events.findLastIndex((event) => 'declaration' in event || 'filing' in event) + 1
  const evidenceBytes = Buffer.from(`${JSON.stringify(evidence)}\n`)
  const kept = [{ sha256: await files.keep(evidenceBytes), bytes: evidenceBytes.length }]
  const rows: Insertable<Tables['case_document']>[] = []
  for (const { fileName, bytes } of documents) {
    const sha256 = await files.keep(bytes)
    const at = current.filing.documents.findIndex((one) => one.file === fileName && one.sha256 === sha256)
    const declared = current.filing.documents[at]
    if (declared === undefined) throw new Error(`case ${no}: ${fileName} was not declared with these bytes`)
    kept.push({ sha256, bytes: bytes.length })
    rows.push({
      case_no: no,
      seq,
      n: at + 1,
      kind: declared.kind,
      file_name: fileName,
      media_type: mediaTypeOf(fileName),
      sha256,
    })
  }
  await noteKept(db, kept)
  if (rows.length > 0) await db.insertInto('case_document').values(rows).execute()
  await db
    .insertInto('case_evidence')
    .values({ case_no: no, seq, sha256: kept[0]?.sha256 ?? '' })
    .execute()
}

/** Writes down files that were kept; what is known already stays as it is. */
export async function noteKept(
  db: ServerDb,
  files: readonly { readonly sha256: string; readonly bytes: number }[],
): Promise<void> {
  await db
    .insertInto('kept_file')
    .values([...files])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What is held of a case beside its events. */
export async function attachedTo(db: ServerDb, current: Case): Promise<Attached> {
  const documents = await db
    .selectFrom('case_document')
    .select(['seq', 'n', 'kind', 'file_name', 'media_type', 'sha256'])
    .where('case_no', '=', current.no)
    .orderBy('seq')
    .orderBy('n')
    .execute()
  const evidence = await db
    .selectFrom('case_evidence')
    .select('seq')
    .where('case_no', '=', current.no)
    .executeTakeFirst()
  return { documents, hasEvidence: evidence !== undefined, draft: await draftOf(db, current) }
}

/** The draft that waits for a second person: the last one made of the case as it stands. */
export async function draftOf(db: ServerDb, { no, sequence }: Case): Promise<Draft | null> {
  const row = await db
    .selectFrom('result_draft')
    .select(['id', 'drafter', 'day', 'decision'])
    .where('case_no', '=', no)
    .where('seq', '=', sequence)
    .orderBy('drafted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  // Written by routes/steps.ts from a parsed request; nothing else inserts here, and nothing changes a row.
  const { drafter, decision } = row as { readonly drafter: Actor; readonly decision: Decision }
  return {
    id: row.id,
    draftedBy: drafter,
    day: legalDate(row.day),
    decision,
    signatures: await signaturesOf(db, no, row.id),
  }
}

/** Every signature under any draft of the case; those of an earlier draft are void and kept. */
async function signaturesOf(db: ServerDb, no: CaseNo, draft: string): Promise<Draft['signatures']> {
  const rows = await db
    .selectFrom('draft_signature')
    .innerJoin('result_draft', 'result_draft.id', 'draft')
    .select(['draft', 'name', 'draft_signature.day'])
    .where('case_no', '=', no)
    .orderBy('drafted_at')
    .execute()
  return rows.map(({ draft: under, name, day }) => ({ name, day: legalDate(day), void: under !== draft }))
}

/** Evidence as it was read back and checked. */
export type KeptEvidence = z.output<typeof EvidenceSchema>

/** The evidence of the declaration filed last, or null when this installation holds none. */
export async function evidenceOf(db: ServerDb, files: KeptFiles, no: CaseNo): Promise<KeptEvidence | null> {
  const row = await db
    .selectFrom('case_evidence')
    .select('sha256')
    .where('case_no', '=', no)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return EvidenceSchema.parse(JSON.parse((await files.read(row.sha256)).toString('utf8')))
}

const mediaTypes: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
}

function mediaTypeOf(fileName: string): string {
  return mediaTypes[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}
