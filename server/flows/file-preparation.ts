import { load } from '@tongguan/casework'
import type { Actor, Case } from '@tongguan/casework'
import { findingsOf, jsonBytes, openBundle, sha256 } from '@tongguan/dossier'
import type { FilerTrust, Finding, Json } from '@tongguan/dossier'
import type { CatalogueRow, LegalDate } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { keepCaseFiles } from '../case-files.ts'
import { caseFileName, readCase } from '../case-folder.ts'
import { InputError } from '../errors.ts'
import type { KeptFiles } from '../kept-files.ts'
import { missing, partsOf } from '../preparation-check.ts'
import { attachedUnder, filesInUse } from '../preparation-files.ts'
import type { PreparationFile } from '../preparation-files.ts'
import type { Filing, PreparationBundle } from '../preparation-filings.ts'
import type { Tables } from '../records.ts'
import { handle } from './handle-case.ts'
import { writtenDeclaration } from './prepare-declaration.ts'
import { believedBundle, openWithFiles } from './receive-declaration.ts'
import type { BelievedBundle } from './receive-declaration.ts'

/*
 *  answers, facts, evidence, documents ─▶ case folder ─▶ bundle ══ signed elsewhere, by the handler's key ══▶ the same bundle
 *                                                                                                              │ trusted
 *                                     case at the province's desk ◀── an authority is served here ─────────────┤
 *                                     carried to the office by hand ◀── none is ───────────────────────────────┘
 *
 * The key that signs never comes to this server: whoever signs does it where the key is.
 */

export interface ToBundle {
  readonly tree: Json
  readonly files: readonly PreparationFile[]
  /** The legal document whose text was read; null where none is. */
  readonly contract: string | null
  readonly round: number
  /** The signed bundle of the round before; null for the first. */
  readonly previous: Uint8Array | null
}

/** The bundle, or why there is none: what the check of its own case folder found. */
export type Bundled =
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'not-ready'; readonly errors: readonly Finding[] }

/**
 * Writes a declaration in preparation as a case folder, reads it as the command line would, and writes its documents and
 * the unsigned bundle.
 *
 * @throws InputError, DossierInputError naming file and field
 */
export async function bundlePreparation(
  kept: KeptFiles,
  { tree, files, contract, round, previous }: ToBundle,
  { day, lists }: { readonly day: LegalDate; readonly lists: readonly CatalogueRow[] },
): Promise<Bundled> {
  const { answers, facts } = partsOf(tree)
  const file = {
    schema: 'tongguan/case-folder/1',
    round,
    filedOn: day,
    answers: 'answers.json',
    facts: 'facts.json',
    ...(contract === null ? {} : { contract }),
    ...(previous === null ? {} : { previousRound }),
  }
  const folder = new Map<string, Uint8Array>([
    [caseFileName, jsonBytes(file)],
    ['answers.json', jsonBytes(answers)],
    ['facts.json', jsonBytes(facts)],
    ...(previous === null ? [] : [[previousRound, previous] as const]),
  ])
  for (const { purpose, fileName, sha256: digest } of filesInUse(files)) {
    folder.set(purpose === 'evidence' ? 'evidence.json' : attachedUnder + fileName, await kept.read(digest))
  }
  const source = { name: '', read: (path: string) => Promise.resolve(folder.get(path)) }
  const read = await readCase(source, { on: day, lists })
  if (read.kind === 'incomplete') {
    return { kind: 'not-ready', errors: read.missing.map(({ field }) => missing(field)) }
  }
  const { dossier, bundle } = await writtenDeclaration(read.case.inputs, read.case.files)
  const errors = findingsOf(dossier).filter(({ severity }) => severity === 'error')
  return errors.length > 0 ? { kind: 'not-ready', errors } : { kind: 'written', bytes: bundle }
}

const previousRound = 'previous-round.zip'

/**
 * What was signed: exactly the bundle that was written here, by a key this installation believes.
 *
 * @throws InputError `filing.other-bundle`, `intake.bundle-not-verified`; DossierInputError `bundle.*`
 */
export async function signedBundle(
  written: Uint8Array,
  signed: Uint8Array,
  believed: { readonly trust: FilerTrust; readonly allowPilot: boolean },
): Promise<BelievedBundle> {
  const [ours, theirs] = [await openBundle(written, 'bundle.zip'), await openBundle(signed, 'bundle.zip')]
  if (sha256(jsonBytes(ours.manifest)) !== sha256(jsonBytes(theirs.manifest))) {
    throw new InputError('filing.other-bundle', {
      zh: '这不是刚才生成的申报包（清单不同）。请签署最新生成的那一个。',
      en: 'This is not the bundle that was written here: its manifest is another. Sign the one written last.',
    })
  }
  return believedBundle(theirs, believed)
}

/**
 * Files what was signed with the province's office: a new case, or the next round of one that was returned.
 *
 * @throws InputError `intake.*` or the refusal of the case; nothing was changed
 */
export async function fileSigned(
  tx: Transaction<Tables>,
  kept: KeptFiles,
  signed: BelievedBundle,
  { day, filer, returned }: { readonly day: LegalDate; readonly filer: Actor; readonly returned: Case | null },
): Promise<Case> {
  const { declaration, documents, evidence } = signed
  if (returned === null) {
    const { province } = declaration.handler
    return openWithFiles(tx, kept, signed, { province, received: day, today: day }, filer)
  }
  const command = { kind: 'redeclare', day, actor: filer, declaration, received: day } as const
  const handled = await handle(tx, returned.no, command, { seen: returned.sequence })
  if (handled.kind === 'refused') throw new InputError(handled.code, handled.words)
  if (handled.kind === 'conflict') throw new InputError('filing.case-moved', caseMoved)
  await keepCaseFiles(tx, kept, returned.no, { documents, evidence })
  return handled.case
}

const caseMoved = {
  zh: '案件刚刚有了变化。请重新打开后再提交。',
  en: 'The case has just changed. Look at it again, then file.',
}

/** The case a next round belongs to: the last one filed, while it stands returned. */
export async function returnedCase(tx: Transaction<Tables>, filings: readonly Filing[]): Promise<Case | null> {
  const last = filings.at(-1)
  if (last === undefined || last.caseNo === null) return null
  const current = await load(tx, last.caseNo)
  return current?.status === 'returned' ? current : null
}

/** Which round a bundle that is written now would be. */
export function roundNow(filings: readonly Filing[], bundles: readonly PreparationBundle[], returned: boolean): number {
  const last = filings.at(-1)
  if (last === undefined) return 1
  const round = bundles.find(({ n }) => n === last.bundle)?.round ?? 1
  // What was carried elsewhere is not seen here; it comes back, or nothing is to be filed.
  return last.caseNo === null || returned ? round + 1 : 1
}
