import {
  compose,
  filingMaterialName,
  filingMaterials,
  fillTemplate,
  jsonBytes,
  openBundle,
  provenanceOf,
  sha256,
  templateKinds,
  withDocuments,
  writeBundle,
  writeDocuments,
} from '@tongguan/dossier'
import type { BundleManifest, Dossier, FilingMaterial, Inputs, TemplateKind, WrittenFile } from '@tongguan/dossier'
import type { CaseNo } from '@tongguan/casework'
import type { Declaration, Evidence } from '@tongguan/law'
import type { Kysely } from 'kysely'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { keepCaseFiles } from '../case-files.ts'
import { caseFileName, caseInBundle } from '../case-folder.ts'
import { InputError } from '../errors.ts'
import { KeptFiles } from '../kept-files.ts'
import type { Tables } from '../records.ts'
import { softwareVersion } from '../version.ts'
import { bundleName, uploadListName, writeFolder } from '../whole-folder.ts'

export interface PreparedDeclaration {
  readonly dossier: Dossier
  /** As filed: with the written documents by length and SHA-256. */
  readonly declaration: Declaration
  /** Paths of what was written: the documents, the upload set, the bundle last. */
  readonly files: readonly string[]
  readonly bundle: string
  /** Of `files`, the documents the declaration names by their digest. */
  readonly filed: readonly string[]
  readonly upload: readonly UploadLine[]
}

/** One material as the authority's own portal takes it, in its order. */
export interface UploadLine {
  readonly order: number
  readonly material: FilingMaterial['kind']
  /** The file in `portal-upload/`; null where there is none yet. */
  readonly file: string | null
  readonly bytes: number
  /** The portal takes scans of sealed pages; what was written here is to be printed, sealed and scanned first. */
  readonly state: 'ready' | 'seal-and-scan' | 'missing'
}

/**
 * Composes the declaration from evidence, facts and answers and writes its documents, the upload set and the unsigned
 * bundle into `folder`, wholly or not at all: an interrupted run leaves a folder ending in `.tmp` that the next run
 * replaces. `caseFiles` are the files of the case folder, carried in the bundle as they are.
 */
export async function prepareDeclaration(
  inputs: Inputs,
  folder: string,
  caseFiles: ReadonlyMap<string, Uint8Array> = caseFilesOf(inputs),
  official: ReadonlyMap<TemplateKind, Uint8Array> = new Map(),
): Promise<PreparedDeclaration> {
  const { dossier, declaration, documents, bundle } = await writtenDeclaration(inputs, caseFiles, official)
  const { upload, uploaded } = uploadSet(dossier, documents, caseFiles)
  const files = new Map([
    ...documents.map(({ fileName, bytes }) => [fileName, bytes] as const),
    ...uploaded,
    [uploadListName, jsonBytes({ schema: 'tongguan/portal-upload/1', files: upload })],
    [bundleName, bundle],
  ])
  await writeFolder(folder, files)
  const paths = [...files.keys()].map((path) => join(folder, path))
  const declared = new Set(declaration.documents.map(({ file }) => file))
  const filed = documents.flatMap(({ fileName }) => (declared.has(fileName) ? [join(folder, fileName)] : []))
  return { dossier, declaration, filed, files: paths, bundle: join(folder, bundleName), upload }
}

/** A signed bundle may be what was filed; writing the next one over it would lose the signatures. Throws InputError `output.signed`. */
export async function refuseSigned(out: string): Promise<void> {
  const bundle = join(out, bundleName)
  if (!existsSync(bundle) || (await openBundle(await readFile(bundle), bundle)).envelope === null) return
  throw new InputError('output.signed', {
    zh: `${bundle} 已经签名，不会覆盖。请用 --out 指定新的文件夹。`,
    en: `${bundle} is signed and is not overwritten. Name a new folder with --out.`,
  })
}

/** A declaration with its documents written and the unsigned bundle that holds them, as bytes. */
export async function writtenDeclaration(
  inputs: Inputs,
  caseFiles: ReadonlyMap<string, Uint8Array>,
  official: ReadonlyMap<TemplateKind, Uint8Array> = new Map(),
): Promise<{
  readonly dossier: Dossier
  readonly declaration: Declaration
  readonly documents: readonly WrittenFile[]
  readonly bundle: Uint8Array
}> {
  const dossier = compose(inputs)
  const { documents, templates } = await withOfficialFiles(await writeDocuments(dossier), official, dossier)
  const declaration = withDocuments(dossier, documents)
  const bundle = writeBundle(
    {
      reference: dossier.reference,
      handler: { name: inputs.answers.handler.name, creditCode: inputs.answers.handler.creditCode },
      round: inputs.round ?? 1,
      filedOn: inputs.filedOn,
      simulated: dossier.simulated,
      ...(templates.length === 0 ? {} : { templates }),
      validator: { name: 'tongguan', version: softwareVersion, rules: inputs.determination.rules },
    },
    new Map([
      ...[...caseFiles].map(([path, bytes]) => [`${caseInBundle}${path}`, bytes] as const),
      ...documents.map(({ fileName, bytes }) => [`documents/${fileName}`, bytes] as const),
      ['declaration.json', jsonBytes(declaration)],
      ['determination.json', jsonBytes(inputs.determination)],
      ['provenance.json', jsonBytes(provenanceOf(inputs.answers, inputs.provenance ?? {}))],
    ]),
  )
  return { dossier, declaration, documents, bundle }
}

/** The official files, filled, in place of our own layout of the same papers. */
async function withOfficialFiles(
  written: readonly WrittenFile[],
  official: ReadonlyMap<TemplateKind, Uint8Array>,
  dossier: Dossier,
): Promise<{ documents: readonly WrittenFile[]; templates: NonNullable<BundleManifest['templates']> }> {
  const documents: WrittenFile[] = []
  const templates: { document: string; template: string; sha256: string }[] = []
  for (const file of written) {
    const template = file.filed ? official.get(file.kind as TemplateKind) : undefined
    if (template === undefined) {
      documents.push(file)
      continue
    }
    const bytes = await fillTemplate(template, `${file.kind}.docx`, dossier)
    documents.push({ ...file, bytes, sha256: sha256(bytes) })
    templates.push({ document: file.fileName, template: `${file.kind}.docx`, sha256: sha256(template) })
  }
  return { documents, templates }
}

/** Official files in a folder, by the names of `templateKinds`; any other file in it is refused, lest it be overlooked. */
export async function readTemplates(folder: string): Promise<ReadonlyMap<TemplateKind, Uint8Array>> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'))
  const found = new Map<TemplateKind, Uint8Array>()
  for (const kind of templateKinds) {
    if (names.includes(`${kind}.docx`)) found.set(kind, await readFile(join(folder, `${kind}.docx`)))
  }
  if (found.size === names.length && 0 < found.size) return found
  const known = templateKinds.map((kind) => `${kind}.docx`).join(', ')
  throw new InputError('template.name', {
    zh: `${folder} 中的官方模板须命名为 ${known}，现有：${names.join('、') || '无'}`,
    en: `The official files in ${folder} are to be named ${known}; there is ${names.join(', ') || 'nothing'}`,
  })
}

/** The materials of the filing, each under its number in the portal's order: what was handed in, or what is to be sealed. */
function uploadSet(
  { declaration, filing }: Dossier,
  documents: readonly WrittenFile[],
  caseFiles: ReadonlyMap<string, Uint8Array>,
): { upload: readonly UploadLine[]; uploaded: ReadonlyMap<string, Uint8Array> } {
  const uploaded = new Map<string, Uint8Array>()
  const upload = filingMaterials[filing].flatMap(({ kind: material, form, asNeeded }, index): readonly UploadLine[] => {
    const order = index + 1
    const given = declaration.documents.flatMap(({ kind, file }) => {
      const bytes = kind === material ? caseFiles.get(file) : undefined
      return bytes ? [{ name: file, bytes, state: 'ready' as const }] : []
    })
    const written = documents.flatMap(({ kind, filed, fileName, bytes }) =>
      filed && (kind === material || kind === form) ? [{ name: fileName, bytes, state: 'seal-and-scan' as const }] : [],
    )
    const found = 0 < given.length ? given : written
    if (found.length === 0) return asNeeded ? [] : [{ order, material, file: null, bytes: 0, state: 'missing' }]
    return found.map(({ name, bytes, state }, number) => {
      const suffix = found.length === 1 ? '' : `-${number + 1}`
      const file = `${String(order).padStart(2, '0')}-${filingMaterialName(material).zh}${suffix}${extname(name)}`
      uploaded.set(`portal-upload/${file}`, bytes)
      return { order, material, file, bytes: bytes.length, state }
    })
  })
  return { upload, uploaded }
}

/** A case that lies in no folder, such as the pilot's, written as one; whoever reads the bundle composes from it again. */
export function caseFilesOf(
  { answers, facts, evidence, filedOn, round = 1 }: Inputs,
  contract?: { readonly name: string; readonly bytes: Uint8Array },
): ReadonlyMap<string, Uint8Array> {
  const file = {
    schema: 'tongguan/case-folder/1',
    round,
    filedOn,
    answers: 'answers.json',
    facts: 'facts.json',
    ...(contract ? { contract: contract.name } : {}),
  }
  return new Map([
    [caseFileName, jsonBytes(file)],
    ['answers.json', jsonBytes(answers)],
    ['facts.json', jsonBytes(facts)],
    ['evidence.json', jsonBytes(evidence)],
    ...(contract ? [[contract.name, contract.bytes] as const] : []),
  ])
}

/** Keeps the prepared documents and their evidence with the case that was declared from them. */
export async function keepPrepared(
  db: Kysely<Tables>,
  folder: string,
  no: CaseNo,
  { filed, evidence }: { readonly filed: readonly string[]; readonly evidence: Evidence },
): Promise<void> {
  const documents = await Promise.all(
    filed.map(async (path) => ({ fileName: basename(path), bytes: await readFile(path) })),
  )
  await keepCaseFiles(db, new KeptFiles(folder), no, { documents, evidence })
}
