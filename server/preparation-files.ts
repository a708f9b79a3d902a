import { DossierInputError, checkContract, readContract } from '@tongguan/dossier'
import type { ContractText, Json } from '@tongguan/dossier'
import type { DeclaredDocument, DocumentKind } from '@tongguan/law'
import type { KeptEvidence, ServerDb } from './case-files.ts'
import { EvidenceSchema } from './contract/evidence.ts'
import type { KeptFiles } from './kept-files.ts'
import type { BesideAnswers } from './preparation-check.ts'

/** Where a document that was attached stands in the case folder; what the answers name it by. */
export const attachedUnder = 'attachments/'

/** A file beside the answers of a declaration in preparation. */
export interface PreparationFile {
  readonly n: number
  readonly purpose: 'evidence' | 'document'
  /** As it was uploaded, without a folder. */
  readonly fileName: string
  readonly sha256: string
  readonly bytes: number
  readonly by: string
  readonly at: Date
}

/** Every file that was attached, in order; those that were replaced stay. */
export async function filesOf(db: ServerDb, no: string): Promise<readonly PreparationFile[]> {
  const rows = await db
    .selectFrom('preparation_file')
    .innerJoin('kept_file', 'kept_file.sha256', 'preparation_file.sha256')
    .select(['n', 'purpose', 'file_name', 'preparation_file.sha256', 'bytes', 'name', 'at'])
    .where('preparation', '=', no)
    .orderBy('n')
    .execute()
  return rows.map(({ file_name, name, ...row }) => ({ ...row, fileName: file_name, by: name }))
}

/** Those that count: the last evidence, and of each name the last document. */
export function filesInUse(files: readonly PreparationFile[]): readonly PreparationFile[] {
  const last = new Map(files.map((file) => [file.purpose === 'evidence' ? '' : file.fileName, file]))
  return [...last.values()]
}

export async function attachFile(
  db: ServerDb,
  no: string,
  file: {
    readonly purpose: PreparationFile['purpose']
    readonly fileName: string
    readonly sha256: string
    readonly account: string
    readonly name: string
  },
): Promise<void> {
  const { fileName, ...row } = file
  const n = 1 + (await filesOf(db, no)).length
  await db
    .insertInto('preparation_file')
    .values({ preparation: no, n, file_name: fileName, ...row })
    .execute()
}

/** Reads what lies beside the answers. What was read of a file stays for the next check: its bytes never change. */
export class BesideReader {
  readonly #files: KeptFiles
  readonly #read = new Map<string, Promise<unknown>>()

  constructor(files: KeptFiles) {
    this.#files = files
  }

  async evidence(files: readonly PreparationFile[]): Promise<KeptEvidence | null> {
    const file = filesInUse(files).find(({ purpose }) => purpose === 'evidence')
    if (file === undefined) return null
    return this.#once(file.sha256, 'evidence', (bytes) =>
      Promise.resolve(EvidenceSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))),
    )
  }

  /** Of the documents the answers name; the text of a legal document that has one is its contract. */
  async beside(tree: Json, files: readonly PreparationFile[]): Promise<BesideAnswers> {
    const named = documentsNamed(tree).flatMap(({ kind, file, at }) => {
      const found = filesInUse(files).find((one) => one.purpose === 'document' && attachedUnder + one.fileName === file)
      return found === undefined ? [] : [{ kind, file, at, found }]
    })
    const legal = named.find(({ kind, file }) => kind === 'legal-document' && /\.(docx|pdf)$/i.test(file))
    const text = legal && (await this.#contract(legal.found))
    return {
      evidence: await this.evidence(files),
      files: named.map(({ kind, file, found }): DeclaredDocument => ({
        kind,
        file,
        sha256: found.sha256,
        bytes: found.bytes,
      })),
      contract:
        legal === undefined || text === undefined || text instanceof DossierInputError
          ? null
          : { file: legal.file, text, check: checkContract(text) },
      unread:
        legal !== undefined && text instanceof DossierInputError
          ? [{ code: text.code, severity: 'warning', where: `documents.${legal.at}.file`, words: text.words }]
          : [],
    }
  }

  #contract({ sha256, fileName }: PreparationFile): Promise<ContractText | DossierInputError> {
    return this.#once(sha256, `contract ${fileName}`, async (bytes) => {
      try {
        return await readContract(bytes, fileName)
      } catch (error) {
        // A sealed contract is a picture more often than not: that is said, and a person reads it.
        if (error instanceof DossierInputError) return error
        throw error
      }
    })
  }

  #once<Read>(sha256: string, as: string, read: (bytes: Uint8Array) => Promise<Read>): Promise<Read> {
    const key = `${sha256} ${as}`
    const known = this.#read.get(key)
    // Put there below, under this very key.
    if (known !== undefined) return known as Promise<Read>
    const reading = this.#files.read(sha256).then(read)
    this.#read.set(key, reading)
    reading.catch(() => this.#read.delete(key))
    if (this.#read.size > mostRead) this.#read.delete(this.#read.keys().next().value ?? '')
    return reading
  }
}

/** How much is remembered: evidence and contract of some declarations that are worked on at once. */
const mostRead = 16

/** The documents the answers name a file for; `at` is their place in the list. */
export function documentsNamed(
  tree: Json,
): readonly { readonly kind: DocumentKind; readonly file: string; readonly at: number }[] {
  const { documents } = tree as { readonly documents?: Json }
  return (Array.isArray(documents) ? documents : []).flatMap((one: { kind?: Json; file?: Json } | null, at: number) =>
    // Its kind is one of the form's choices, or the answers do not fit and nothing is compared.
    typeof one?.file === 'string' && typeof one.kind === 'string'
      ? [{ kind: one.kind as DocumentKind, file: one.file, at }]
      : [],
  )
}
