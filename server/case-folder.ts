import {
  checkContract,
  countConsents,
  DossierInputError,
  isAsNamed,
  isSealedScan,
  jsonBytes,
  lookAtScan,
  openBundle,
  readConsentRegister,
  readContract,
  readPaper,
  sha256,
} from '@tongguan/dossier'
import type { Inputs, OpenBundle, PaperText, PreviousRound, ScanSeen } from '@tongguan/dossier'
import { determine } from '@tongguan/law'
import type { CatalogueRow, DeclaredDocument, Evidence, LegalDate, Permit } from '@tongguan/law'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { z } from 'zod'
import { AnswersSchema, answersExample } from './contract/answers.ts'
import { caseFileExample, CaseFileSchema, ConsentCountSchema } from './contract/case-file.ts'
import type { CaseFile } from './contract/case-file.ts'
import { EvidenceSchema } from './contract/evidence.ts'
import { PermitSchema } from './contract/permit.ts'
import { missingFields, parseYaml, readText } from './contract/yaml-file.ts'
import { InputError } from './errors.ts'
import { parseFacts } from './facts-file.ts'
import { listsText, parseLists } from './loaded-lists.ts'

/** Everything a handler keeps of one declaration, read and checked against its schemas. */
export interface CaseFolder {
  readonly file: CaseFile
  readonly inputs: Inputs
  /** Every file the case rests on, as it was read, by its path in the folder; what a bundle carries. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

export type ReadCase =
  | { readonly kind: 'ready'; readonly case: CaseFolder }
  /** Answers are still to be given: each by its path and line. */
  | { readonly kind: 'incomplete'; readonly missing: readonly { readonly field: string; readonly line: number }[] }

/** What the caller adds to the files of a case, or puts in their place. */
export interface GivenToCase {
  /** The day of filing where `case.yaml` states none. */
  readonly on: LegalDate
  readonly facts?: string
  readonly evidence?: Evidence
  /** Lists an office has loaded; those the case carries itself go first, so that a bundle is judged by what its handler consulted. */
  readonly lists?: readonly CatalogueRow[]
}

/** Where the files of a case lie: a folder, or the `case/` part of a bundle. */
export interface CaseSource {
  /** For messages. */
  readonly name: string
  read(path: string): Promise<Uint8Array | undefined>
}

/**
 * Reads a case: `case.yaml` (without one the usual names hold), answers, facts, evidence, contract, permit, scans,
 * attachments and the round before.
 *
 * @throws InputError, DossierInputError naming file, line and field.
 */
export async function readCase(source: CaseSource, given: GivenToCase): Promise<ReadCase> {
  const files = new Map<string, Uint8Array>()
  const optional = async (path: string) => {
    const bytes = await source.read(path)
    if (bytes !== undefined) files.set(path, bytes)
    return bytes
  }
  const required = async (path: string) => {
    const bytes = await optional(path)
    if (bytes === undefined) throw notThere(join(source.name, path))
    return bytes
  }
  const parsed = async <T>(path: string, schema: z.ZodType<T>, example: string): Promise<T> =>
    parseYaml(textOf(await required(path)), join(source.name, path), schema, example)

  const file = caseFileOf(source, await optional(caseFileName))
  const missing = missingFields(textOf(await required(file.answers)), AnswersSchema)
  if (0 < missing.length) return { kind: 'incomplete', missing }
  const answers = await parsed(file.answers, AnswersSchema, answersExample)
  if (given.facts !== undefined) files.set(file.facts, Buffer.from(await readText(given.facts)))
  const factsText = files.get(file.facts) ?? (await required(file.facts))
  if (given.evidence !== undefined) files.set(file.evidence, jsonBytes(given.evidence))
  const evidence = given.evidence ?? (await parsed<Evidence>(file.evidence, EvidenceSchema, evidenceExample))
  const filedOn = file.filedOn ?? given.on
  const carried = await optional(listsFile)
  const lists = carried === undefined ? (given.lists ?? []) : parseLists(textOf(carried), join(source.name, listsFile))
  const facts = parseFacts(textOf(factsText), given.facts ?? join(source.name, file.facts), lists)
  if (carried === undefined && 0 < lists.length) files.set(listsFile, Buffer.from(listsText(lists)))
  const documents: DeclaredDocument[] = []
  const notAsNamed: string[] = []
  const toLookAt = new Map(file.scans.map(({ kind, file: path }) => [path, kind]))
  for (const { kind, file: path } of answers.documents) {
    const bytes = path === undefined ? undefined : await optional(path)
    if (path === undefined || !bytes) continue
    documents.push({ kind, file: path, sha256: sha256(bytes), bytes: bytes.length })
    if (0 < bytes.length && !isAsNamed(path, bytes)) notAsNamed.push(path)
    if (isSealedScan(kind, bytes)) toLookAt.set(path, kind)
  }
  const text =
    file.contract === undefined ? undefined : await readContract(await required(file.contract), file.contract)
  const approval = answers.ethics?.file
  const ethicsApproval = approval === undefined ? undefined : await approvalText(await required(approval), approval)
  const scans: ScanSeen[] = []
  for (const [path, kind] of toLookAt) scans.push(await lookAtScan(kind, path, await required(path)))
  // The register stays with the handler: a bundle carries its counts alone.
  const register = file.consentRegister === undefined ? undefined : await source.read(file.consentRegister)
  if (register !== undefined && file.consentRegister !== undefined) {
    const counted = countConsents(readConsentRegister(textOf(register), file.consentRegister), filedOn)
    files.set(consentCounts, jsonBytes(counted))
  } else await optional(consentCounts)
  const counts = files.get(consentCounts)
  const inputs: Inputs = {
    answers,
    facts,
    evidence,
    determination: determine(facts, filedOn, { lists }),
    filedOn,
    files: documents,
    notAsNamed,
    round: file.round,
    defects: file.defects,
    provenance: file.provenance,
    scans,
    ...(counts === undefined
      ? {}
      : { consents: parseYaml(textOf(counts), join(source.name, consentCounts), ConsentCountSchema, consentExample) }),
    ...(text === undefined ? {} : { contract: { text, check: checkContract(text) } }),
    ...(ethicsApproval === undefined ? {} : { ethicsApproval }),
    ...(file.permit === undefined ? {} : { permit: await parsed<Permit>(file.permit, PermitSchema, permitExample) }),
    ...(file.previousRound === undefined
      ? {}
      : { previous: await previousRound(await required(file.previousRound), file.previousRound) }),
  }
  return { kind: 'ready', case: { file, inputs, files } }
}

/** An approval is mostly scanned; that nobody can read it is found by the check, not refused. */
async function approvalText(bytes: Uint8Array, path: string): Promise<PaperText | 'picture'> {
  try {
    return await readPaper(bytes, path, 'ethics')
  } catch (error) {
    if (error instanceof DossierInputError && error.code === 'ethics.picture') return 'picture'
    throw error
  }
}

export const caseFileName = 'case.yaml'
/** The lists of the law that were consulted; a bundle carries them, so that the desk determines from the same. */
const listsFile = 'lists.json'
const consentCounts = 'consents.json'
const consentExample = '{ "inForce": 0, "withdrawn": 0, "versions": [], "on": "2026-03-02" }'
const evidenceExample = 'npx tongguan scan ./data --out evidence.json'
const permitExample = '{ "schema": "tongguan/permit/1", … }'

/** `case.yaml`, or the usual names where there is none. */
export async function readCaseFile(source: CaseSource): Promise<CaseFile> {
  return caseFileOf(source, await source.read(caseFileName))
}

function caseFileOf(source: CaseSource, bytes: Uint8Array | undefined): CaseFile {
  const text = bytes === undefined ? 'schema: tongguan/case-folder/1' : textOf(bytes)
  return parseYaml(text, join(source.name, caseFileName), CaseFileSchema, caseFileExample)
}

/** The case as the handler keeps it; a link that leads out of the folder is refused. */
export function folderSource(folder: string): CaseSource {
  return { name: folder, read: (path) => bytesIn(folder, path) }
}

/** The case as a bundle carries it. */
export function bundleSource(bundle: OpenBundle, name: string): CaseSource {
  return { name, read: (path) => Promise.resolve(bundle.files.get(`${caseInBundle}${path}`)) }
}

export const caseInBundle = 'case/'

async function previousRound(bytes: Uint8Array, path: string): Promise<PreviousRound> {
  const bundle = await openBundle(bytes, path)
  const read = await readCase(bundleSource(bundle, path), { on: bundle.manifest.filedOn })
  if (read.kind === 'incomplete') throw notThere(`${path}: ${read.missing[0]?.field ?? ''}`)
  return { round: bundle.manifest.round, answers: read.case.inputs.answers }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

/** The file's bytes; undefined where there is none. */
async function bytesIn(folder: string, path: string): Promise<Uint8Array | undefined> {
  const whole = join(folder, path)
  try {
    if (!(await stat(whole)).isFile()) return undefined
    const inside = relative(await realpath(folder), await realpath(whole))
    if (inside.startsWith(`..${sep}`) || inside === '..') {
      throw new InputError('case.leaves-the-folder', {
        zh: `${path} 指向案件文件夹之外。请把文件放进文件夹。`,
        en: `${path} leads out of the case folder. Put the file itself there.`,
      })
    }
    return await readFile(whole)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

function notThere(path: string): InputError {
  return new InputError('input.not-readable', { zh: `没有这个文件：${path}`, en: `There is no file ${path}` })
}
