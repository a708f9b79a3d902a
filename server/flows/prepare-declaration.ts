import type { Declaration, Determination, Evidence, ExportFacts, LegalDate } from '@tongguan/law'
import { compose, withDocuments, writeDocuments } from '@tongguan/dossier'
import type { Answers, Dossier } from '@tongguan/dossier'
import type { CaseNo } from '@tongguan/casework'
import type { Kysely } from 'kysely'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { keepCaseFiles } from '../case-files.ts'
import { KeptFiles } from '../kept-files.ts'
import type { Tables } from '../records.ts'

export interface PreparedDeclaration {
  readonly dossier: Dossier
  /** As filed: with the written documents by length and SHA-256. */
  readonly declaration: Declaration
  /** Paths of what was written, the documents first. */
  readonly files: readonly string[]
}

/**
 * Composes the declaration from evidence, facts and answers and writes its documents into `folder`, wholly or not at
 * all: an interrupted run leaves a folder ending in `.tmp` that the next run replaces.
 */
export async function prepareDeclaration(
  input: {
    readonly evidence: Evidence
    readonly facts: ExportFacts
    readonly determination: Determination
    readonly answers: Answers
    readonly filedOn: LegalDate
  },
  folder: string,
): Promise<PreparedDeclaration> {
  const dossier = compose(input)
  const documents = await writeDocuments(dossier)
  const half = `${folder}.tmp`
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true })
  for (const { fileName, bytes } of documents) await writeDurably(join(half, fileName), bytes)
  await rm(folder, { recursive: true, force: true })
  await rename(half, folder)
  return {
    dossier,
    declaration: withDocuments(dossier, documents),
    files: documents.map(({ fileName }) => join(folder, fileName)),
  }
}

/** Keeps the prepared documents and their evidence with the case that was declared from them. */
export async function keepPrepared(
  db: Kysely<Tables>,
  folder: string,
  no: CaseNo,
  { files, evidence }: { readonly files: readonly string[]; readonly evidence: Evidence },
): Promise<void> {
  const documents = await Promise.all(
    files.map(async (path) => ({ fileName: basename(path), bytes: await readFile(path) })),
  )
  await keepCaseFiles(db, new KeptFiles(folder), no, { documents, evidence })
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
