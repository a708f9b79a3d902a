import { nextCaseNo, packageOf } from '@tongguan/casework'
import type { Actor, Case, CaseNo } from '@tongguan/casework'
import { bundleLimits, judgeBundle, lookAtScan, openBundle, readZip, sha256 } from '@tongguan/dossier'
import type { BundleVerdict, FilerTrust, OpenBundle, ScanSeen } from '@tongguan/dossier'
import { checkCompleteness } from '@tongguan/law'
import type { CompletenessReport, DeclaredDocument, Declaration, Evidence, LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { keepCaseFiles, noteKept } from '../case-files.ts'
import type { Written } from '../case-files.ts'
import { DeclarationSchema, DocumentsSchema } from '../contract/declaration.ts'
import { EvidenceSchema } from '../contract/evidence.ts'
import { InputError } from '../errors.ts'
import type { KeptFiles } from '../kept-files.ts'
import type { Records, Tables } from '../records.ts'
import { handle } from './handle-case.ts'

/** What arrived at the desk, opened as a case. */
export interface Received {
  readonly case: Case
  readonly channel: Channel
  /** The same check the handler could run; what no machine can tell stands in it as not checkable. */
  readonly completeness: CompletenessReport
  /** What a machine sees on the scans; it never says a seal is valid. */
  readonly scans: readonly ScanSeen[]
  /** Files a machine cannot look into (OFD, for example). */
  readonly notMachineCheckable: readonly string[]
  readonly signedBy: readonly string[]
}

export const channels = ['bundle', 'portal-zip', 'pdf', 'ofd', 'paper', 'disc'] as const
export type Channel = (typeof channels)[number]

/** The office at whose desk it arrives, and the day. */
export interface Arrival {
  readonly province: string
  /** The day the materials arrived; the five working days run from it. */
  readonly received: LegalDate
  readonly today: LegalDate
}

/** A scan or attachment over this is not taken, in bytes: the portal takes no more either. */
const largestAttachment = 100 * 1024 * 1024

/**
 * Opens a case from our own bundle: every byte against its manifest, the signature against who is believed.
 *
 * @throws InputError `intake.*`, DossierInputError `bundle.*`; nothing was changed
 */
export async function receiveBundle(
  records: Records,
  files: KeptFiles,
  path: string,
  arrival: Arrival & { readonly trust: FilerTrust; readonly allowPilot: boolean },
): Promise<Received> {
  const believed = believedBundle(await openBundle(await readFile(path), basename(path)), arrival)
  const { declaration, signedBy } = believed
  const names = signedBy.map(({ name }) => name)
  const filer = { id: `bundle:${signedBy[0]?.keyId ?? ''}`, name: names.join('、') || declaration.handler.name }
  const received = await records.db
    .transaction()
    .execute((tx) => openWithFiles(tx, files, believed, arrival, { kind: 'handler', ...filer }))
  return {
    case: received,
    channel: 'bundle',
    completeness: checkCompleteness(declaration, arrival.received),
    scans: [],
    notMachineCheckable: [],
    signedBy: names,
  }
}

/** What a bundle that was signed by somebody we believe carries to a case. */
export interface BelievedBundle {
  readonly declaration: Declaration
  readonly evidence: Evidence
  readonly documents: readonly Written[]
  readonly signedBy: BundleVerdict['signedBy']
}

/** Throws InputError `intake.bundle-not-verified` where the signature is not that of somebody believed. */
export function believedBundle(
  bundle: OpenBundle,
  { trust, allowPilot }: { readonly trust: FilerTrust; readonly allowPilot: boolean },
): BelievedBundle {
  const verdict = judgeBundle(bundle, trust, { allowPilot })
  if (verdict.outcome === 'refused') throw new InputError('intake.bundle-not-verified', verdict.words)
  const declaration = DeclarationSchema.parse(JSON.parse(textOf(bundle.files, 'declaration.json')))
  const evidence = EvidenceSchema.parse(JSON.parse(textOf(bundle.files, 'case/evidence.json')))
  const documents = declaration.documents.flatMap(({ file }) => {
    const bytes = bundle.files.get(`documents/${file}`) ?? bundle.files.get(`case/${file}`)
    return bytes === undefined ? [] : [{ fileName: file, bytes }]
  })
  return { declaration, evidence, documents, signedBy: verdict.signedBy }
}

/** Opens the case and keeps its documents and evidence, all or nothing. */
export async function openWithFiles(
  tx: Transaction<Tables>,
  files: KeptFiles,
  { declaration, documents, evidence }: BelievedBundle,
  arrival: Arrival,
  filer: Actor,
): Promise<Case> {
  const opened = await open(tx, declaration, arrival, filer)
  await keepCaseFiles(tx, files, opened.no, { documents, evidence })
  return opened
}

/** What an officer keys from the form beside the scans: a declaration whose documents are named only. */
export const KeyedDeclarationSchema = DeclarationSchema.omit({ documents: true }).extend({
  documents: DocumentsSchema.unwrap().element.pick({ kind: true, file: true }).array().readonly(),
})

/**
 * Opens a case from what comes otherwise: the portal's zip, a folder from a disc, scans of paper, one PDF or OFD. The
 * officer has keyed the form; the same check runs on it, and each file must be what its name says.
 *
 * @throws InputError `intake.*`, DossierInputError `zip.*`, `scan-page.unreadable`; nothing was changed
 */
export async function receiveKeyed(
  records: Records,
  files: KeptFiles,
  from: {
    readonly path: string
    readonly channel: Exclude<Channel, 'bundle'>
    readonly keyed: z.output<typeof KeyedDeclarationSchema>
    readonly officer: { readonly id: string; readonly name: string }
  },
  arrival: Arrival,
): Promise<Received> {
  const { path, channel, keyed, officer } = from
  const attached = await attachments(path)
  const documents = keyed.documents.map(({ kind, file }): DeclaredDocument & { readonly content: Uint8Array } => {
    const content = attached.get(file)
    if (content === undefined) throw missingFile(file, [...attached.keys()])
    refuseDisguised(file, content)
    return { kind, file, sha256: sha256(content), bytes: content.length, content }
  })
  const scans: ScanSeen[] = []
  const notMachineCheckable: string[] = []
  for (const { kind, file, content } of documents) {
    if (/\.(pdf|png|jpe?g)$/i.test(file)) scans.push(await lookAtScan(kind, file, content))
    else notMachineCheckable.push(file)
  }
  const declaration: Declaration = {
    ...keyed,
    documents: documents.map(({ kind, file, sha256: digest, bytes }) => ({ kind, file, sha256: digest, bytes })),
  }
  const filer = {
    kind: 'handler',
    id: `keyed:${officer.id}`,
    name: `${declaration.handler.name}（${officer.name}代录）`,
  } as const
  const opened = await records.db.transaction().execute((tx) => open(tx, declaration, arrival, filer))
  await keepDocuments(records, files, opened, documents)
  return {
    case: opened,
    channel,
    completeness: checkCompleteness(declaration, arrival.received),
    scans,
    notMachineCheckable,
    signedBy: [],
  }
}

async function open(
  tx: Transaction<Tables>,
  declaration: Declaration,
  { province, received, today }: Arrival,
  filer: Actor,
): Promise<Case> {
  if (declaration.handler.province !== province) {
    throw new InputError('intake.other-province', {
      zh: `申报属于${declaration.handler.province}，不是${province}。请转给该省的网信部门。`,
      en: `The declaration belongs to ${declaration.handler.province}, not to ${province}. Pass it on to the office there.`,
    })
  }
  if (received > today) {
    throw new InputError('intake.day-in-future', {
      zh: `收到日期 ${received} 晚于今天（${today}）。`,
      en: `The day of receipt, ${received}, lies after today, ${today}.`,
    })
  }
  // Two officers with the same disc: the second finds the first one's case.
  await sql`select pg_advisory_xact_lock(hashtextextended(${packageOf(declaration).sha256}, 1))`.execute(tx)
  await refuseDuplicate(tx, declaration)
  const no = await nextCaseNo(tx, received)
  const handled = await handle(tx, no, {
    kind: 'declare',
    day: received,
    actor: filer,
    caseNo: no,
    declaration,
    received,
  })
  if (handled.kind === 'done') return handled.case
  if (handled.kind === 'refused') throw new InputError(handled.code, handled.words)
  throw new Error(`a new case ${no} is taken`)
}

async function refuseDuplicate(tx: Records['db'], declaration: Declaration): Promise<void> {
  const { rows } = await sql<{ no: string }>`
    select no from case_desk join case_event on case_no = no
    where credit_code = ${declaration.handler.creditCode} and queue is not null
      and event -> 'declaration' ->> 'reference' = ${declaration.reference}
    limit 1`.execute(tx)
  const [there] = rows
  if (there === undefined) return
  throw new InputError('intake.duplicate', {
    zh: `同一单位、同一编号（${declaration.reference}）的申报已在办理：${there.no}。没有重复立案。`,
    en: `A declaration of the same handler and reference (${declaration.reference}) is being handled: ${there.no}. No second case was opened.`,
  })
}

async function keepDocuments(
  records: Records,
  files: KeptFiles,
  { no, events }: { readonly no: CaseNo; readonly events: Case['events'] },
  documents: readonly (DeclaredDocument & { readonly content: Uint8Array })[],
): Promise<void> {
  for (const { content } of documents) await files.keep(content)
  await records.db.transaction().execute(async (tx) => {
    for (const [at, { kind, file, sha256: digest, bytes }] of documents.entries()) {
      await noteKept(tx, [{ sha256: digest, bytes }])
      await tx
        .insertInto('case_document')
        .values({
          case_no: no,
          seq: events.length,
          n: at + 1,
          kind,
          file_name: file,
          media_type: mediaTypeOf(file),
          sha256: digest,
        })
        .execute()
    }
  })
}

/** The files of a folder, of a zip, or the one file itself, by name. */
async function attachments(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const about = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new InputError('intake.nothing-there', { zh: `没有 ${path}。`, en: `There is no ${path}.` })
    throw error
  })
  if (about.isDirectory()) {
    const names = (await readdir(path, { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
    for (const name of names) refuseLarge(name, (await stat(join(path, name))).size)
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)))
  }
  refuseLarge(basename(path), about.size)
  const bytes = await readFile(path)
  if (!path.toLowerCase().endsWith('.zip')) return new Map([[basename(path), bytes]])
  const inside = await readZip(bytes, basename(path), bundleLimits)
  return new Map([...inside].map(([name, content]) => [basename(name), content]))
}

function refuseLarge(file: string, bytes: number): void {
  if (bytes <= largestAttachment) return
  throw new InputError('intake.too-large', {
    zh: `${file} 有 ${bytes} 字节，超过 ${largestAttachment} 字节的上限。`,
    en: `${file} has ${bytes} bytes, more than the limit of ${largestAttachment}.`,
  })
}

/** How the files of each ending begin; an OFD and a Word file are zips. */
const beginnings: Readonly<Record<string, string>> = {
  pdf: '%PDF-',
  png: '\u0089PNG',
  jpg: '\u00ff\u00d8\u00ff',
  jpeg: '\u00ff\u00d8\u00ff',
  ofd: 'PK\u0003\u0004',
  docx: 'PK\u0003\u0004',
}

export function refuseDisguised(file: string, content: Uint8Array): void {
  const beginning = beginnings[file.split('.').at(-1)?.toLowerCase() ?? '']
  if (beginning === undefined) {
    throw new InputError('intake.kind-of-file', {
      zh: `${file} 不是可以收取的格式（${Object.keys(beginnings).join('、')}）。`,
      en: `${file} is of no kind that is taken (${Object.keys(beginnings).join(', ')}).`,
    })
  }
  if (Buffer.from(content.subarray(0, beginning.length)).toString('latin1') === beginning) return
  throw new InputError('intake.disguised', {
    zh: `${file} 的内容与扩展名不符，没有收取。`,
    en: `${file} is not what its name says; it was not taken.`,
  })
}

function missingFile(file: string, there: readonly string[]): InputError {
  return new InputError('intake.file-missing', {
    zh: `表中写有 ${file}，但没有这个文件；现有：${there.join('、') || '无'}。`,
    en: `The form names ${file}, which is not there; there is: ${there.join(', ') || 'nothing'}.`,
  })
}

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  const bytes = files.get(path)
  if (bytes === undefined)
    throw new InputError('intake.bundle-lacks', { zh: `申报包中没有 ${path}。`, en: `The bundle has no ${path}.` })
  return Buffer.from(bytes).toString('utf8')
}

function mediaTypeOf(file: string): string {
  const ending = file.split('.').at(-1)?.toLowerCase() ?? ''
  const types: Readonly<Record<string, string>> = {
    pdf: 'application/pdf',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    ofd: 'application/ofd',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }
  return types[ending] ?? 'application/octet-stream'
}
