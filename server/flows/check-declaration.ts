import {
  compose,
  findingsOf,
  jsonBytes,
  missingAnswer,
  openBundle,
  problem,
  readEdits,
  sha256,
  withDocuments,
  writeDocuments,
} from '@tongguan/dossier'
import type { ContractCheck, Dossier, Finding, Inputs, OpenBundle, ScanSeen } from '@tongguan/dossier'
import { determine, pathWords, rulesAsOf } from '@tongguan/law'
import type { CatalogueRow, Certainty, Evidence, Standing } from '@tongguan/law'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { bundleSource, folderSource, readCase } from '../case-folder.ts'
import type { GivenToCase } from '../case-folder.ts'
import { readBytes } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import { softwareVersion } from '../version.ts'
import { acceptanceProblems, portalProblems } from './portal-log.ts'

export type { Finding } from '@tongguan/dossier'

/** What a check answers (schema `tongguan/dossier-check/1`): at the handler on a folder, at the desk on a bundle. */
export interface CheckedDeclaration {
  readonly schema: 'tongguan/dossier-check/1'
  readonly validator: { readonly name: 'tongguan'; readonly version: string }
  readonly of: string
  readonly outcome: 'nothing-found' | 'asked-about' | 'refused'
  readonly findings: readonly Finding[]
  /** Sealed pages as a machine sees them: seen or not seen, never valid. */
  readonly scans: readonly ScanSeen[]
  readonly contract: ContractCheck | null
  /** What only a person can see. */
  readonly forAPerson: readonly { readonly code: string; readonly zh: string; readonly en: string }[]
  /** By which edition of the guide, and whether nothing is missing by it; null where answers are. */
  readonly completeness: Pick<Dossier['completeness'], 'filedOn' | 'edition' | 'verdict'> | null
  /** How surely the path is known that the declaration rests on; null where answers are missing. */
  readonly certainty: Certainty | null
  readonly rules: Standing['rules']
  readonly openPoints: Standing['openPoints']
}

/**
 * Checks a case folder or a bundle. `data` are the files the evidence is said to be of; `lists` what the office that
 * checks has loaded: a case is determined by the lists it carries, and where these lead elsewhere it is told.
 */
export async function checkDeclaration(
  path: string,
  options: Pick<GivenToCase, 'on' | 'facts' | 'lists'> & { readonly data?: string },
): Promise<CheckedDeclaration> {
  const bundle = (await isFolder(path)) ? null : await openBundle(await readBytes(path), basename(path))
  const source = bundle ? bundleSource(bundle, basename(path)) : folderSource(path)
  // A bundle is judged by the day it states; what it rests on is inside.
  const { data, lists = [], ...given } = options
  const read = await readCase(source, bundle ? { on: bundle.manifest.filedOn } : { ...given, lists })
  if (read.kind === 'incomplete') {
    const findings = read.missing.map(({ field, line }) => missingAnswer(field, line))
    const nothing = { completeness: null, certainty: null, openPoints: [] }
    return answer(path, { findings, scans: [], contract: null, forAPerson: [], ...nothing })
  }
  const { inputs, file } = read.case
  const dossier = compose(inputs)
  const findings = [
    ...findingsOf(dossier),
    ...(data === undefined ? [] : await otherData(inputs.evidence, data)),
    ...otherLists(inputs, lists),
    // The scans of the portal's papers stay with the handler: a bundle does not carry them.
    ...(await portalProblems(file.portal, async (scan) => bundle !== null || (await source.read(scan)) !== undefined)),
    ...acceptanceProblems(inputs.answers.extension, file.portal),
    ...(bundle ? await compareBundle(bundle, inputs, dossier) : []),
  ]
  const forAPerson = dossier.completeness.findings
    // The Guide's list is of declarations, not of a standard contract that is filed.
    .filter(({ kind }) => kind === 'not-checkable' && dossier.filing !== 'standard-contract')
    .map(({ code, zh, en }) => ({ code, zh, en }))
  const { filedOn, edition, verdict } = dossier.completeness
  const { certainty, openPoints } = inputs.determination
  return answer(path, {
    findings,
    scans: inputs.scans ?? [],
    contract: inputs.contract?.check ?? null,
    forAPerson,
    completeness: { filedOn, edition, verdict },
    certainty,
    openPoints,
  })
}

function answer(
  of: string,
  found: Omit<CheckedDeclaration, 'schema' | 'validator' | 'of' | 'outcome' | 'rules'>,
): CheckedDeclaration {
  const refused = found.findings.some(({ severity }) => severity === 'error')
  const outcome = refused ? 'refused' : 0 < found.findings.length ? 'asked-about' : 'nothing-found'
  return {
    schema: 'tongguan/dossier-check/1',
    validator: { name: 'tongguan', version: softwareVersion },
    of,
    outcome,
    rules: rulesAsOf,
    ...found,
  }
}

/** Whether the documents that are filed (the Chinese .docx; the rest are reading copies) are what its own data give, and which fields were changed where they are not. */
async function compareBundle(
  { manifest, files }: OpenBundle,
  inputs: Inputs,
  dossier: Dossier,
): Promise<readonly Finding[]> {
  const documents = await writeDocuments(dossier, { only: 'filed' })
  const found: Finding[] = []
  if (manifest.validator.version !== softwareVersion) {
    const versions = { theirs: manifest.validator.version, ours: softwareVersion }
    found.push(problem('bundle.another-validator', 'warning', 'manifest.json', versions))
  }
  for (const { fileName, bytes } of documents) {
    const path = `documents/${fileName}`
    const theirs = files.get(path)
    if (theirs && Buffer.from(theirs).equals(bytes)) continue
    const filled = manifest.templates?.some(({ document }) => document === fileName) ?? false
    const edits = theirs ? await readEdits(dossier, inputs.answers, theirs, path) : []
    // An office's own file has its own layout; its fields must say what the data say.
    if (filled && edits.length === 0) continue
    const fields = edits.map(({ key }) => key).join('、') || '—'
    found.push(problem('bundle.document-differs', 'error', path, { file: path, fields }))
  }
  const asFiled = documents.map((document) => {
    const bytes = files.get(`documents/${document.fileName}`) ?? document.bytes
    return { ...document, bytes, sha256: sha256(bytes) }
  })
  const declaration = jsonBytes(withDocuments(dossier, asFiled))
  if (!Buffer.from(declaration).equals(files.get('declaration.json') ?? new Uint8Array())) {
    found.push(problem('bundle.declaration-differs', 'error', 'declaration.json', { file: 'declaration.json' }))
  }
  return found
}

/** The path the checking office's own lists give, where the case was determined from others. */
function otherLists({ facts, filedOn, determination }: Inputs, lists: readonly CatalogueRow[]): readonly Finding[] {
  const { path } = determine(facts, filedOn, { lists })
  const values = { theirs: pathWords[determination.path], ours: pathWords[path] }
  return path === determination.path || lists.length === 0
    ? []
    : [problem('bundle.other-lists', 'error', 'determination.path', values)]
}

/** Files the evidence names whose bytes in `data` are other ones, or are not there. */
async function otherData(evidence: Evidence, data: string): Promise<readonly Finding[]> {
  if (!(await isFolder(data))) {
    const words = { zh: `${data} 不是文件夹`, en: `${data} is not a folder` }
    throw new InputError('dossier.data-not-a-folder', words)
  }
  const found: Finding[] = []
  for (const { path, sha256 } of evidence.files) {
    const digest = await digestOf(join(data, path))
    if (digest !== sha256) found.push(problem('evidence.other-data', 'error', 'evidence.files', { file: path }))
  }
  return found
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
    return hash.digest('hex')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('input.not-readable', { zh: `没有 ${path}`, en: `There is no ${path}` })
  }
}
