import {
  acceptEdits,
  changesBetween,
  checkContract,
  compose,
  markedCopy,
  openBundle,
  readContract,
  readEdits,
  writeWord,
} from '@tongguan/dossier'
import type { AnsweredDefect, ContractCheck, ContractText, FieldChange } from '@tongguan/dossier'
import type { LegalDate } from '@tongguan/law'
import { rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseDocument } from 'yaml'
import { bundleSource, folderSource, readCase } from '../case-folder.ts'
import type { CaseFolder } from '../case-folder.ts'
import { readBytes, readText } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import type { EditDecisions, JudgedEdit } from '../refused-edits.ts'
import { judgeEdits, readRefusedEdits, refusedAfter, writeRefusedEdits } from '../refused-edits.ts'
import { isFolder } from './check-declaration.ts'

/** Two rounds, field by field, and what of the later one answers which defect. */
export interface RoundsCompared {
  readonly schema: 'tongguan/dossier-diff/1'
  readonly answers: readonly FieldChange[]
  readonly facts: readonly FieldChange[]
  readonly defects: readonly (AnsweredDefect & { readonly changed: readonly string[] })[]
}

export async function compareDeclarations(was: string, now: string, on: LegalDate): Promise<RoundsCompared> {
  const [a, b] = [await caseAt(was, on), await caseAt(now, on)]
  const answers = changesBetween(a.inputs.answers, b.inputs.answers)
  const defects = (b.inputs.defects ?? []).map((defect) => ({
    ...defect,
    changed: answers.map(({ path }) => path).filter((path) => defect.fields.some((field) => path.startsWith(field))),
  }))
  return { schema: 'tongguan/dossier-diff/1', answers, facts: changesBetween(a.inputs.facts, b.inputs.facts), defects }
}

/**
 * The fields somebody changed in an edited .docx. Those accepted are written into the answers, comments kept; those
 * refused into `refused-edits.json` of the case folder, so that the same edit is not asked again. A field named goes
 * before `all`; a refusal stands until its field is accepted by name.
 *
 * @throws InputError `edits.both` for one field, or all of them, both accepted and refused.
 */
export async function takeEdits(
  folder: string,
  edited: string,
  { on, accept, refuse }: EditDecisions & { readonly on: LegalDate },
): Promise<readonly JudgedEdit[]> {
  const { file, inputs } = await caseAt(folder, on)
  const edits = await readEdits(compose(inputs), inputs.answers, await readBytes(edited), basename(edited), {
    fields: 'required',
  })
  const decided = await readRefusedEdits(folder)
  const judged = judgeEdits(edits, { accept, refuse }, decided)
  const accepted = new Set(judged.filter(({ decision }) => decision === 'accepted').map(({ key }) => key))
  const refused = refusedAfter(judged, decided, on)
  if (refused !== decided) await writeRefusedEdits(folder, refused)
  if (accepted.size === 0) return judged
  const path = join(folder, file.answers)
  const document = parseDocument(await readText(path))
  // The changed answers are taken from the pure function, so that both ways of accepting are one.
  const changed = acceptEdits(inputs.answers, edits, accepted)
  for (const { path: field, now } of changesBetweenKeys(changed, accepted)) document.setIn(field, now)
  await writeFile(`${path}.tmp`, document.toString({ lineWidth: 0 }))
  await rename(`${path}.tmp`, path)
  return judged
}

function changesBetweenKeys(answers: unknown, keys: ReadonlySet<string>) {
  return [...keys].map((key) => {
    const path = key.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    const now = path.reduce<unknown>(
      (value, part) => (value as Readonly<Record<string | number, unknown>>)[part],
      answers,
    )
    return { path, now }
  })
}

export interface CheckedContract {
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  readonly text: ContractText
  readonly check: ContractCheck
}

/** A contract, read and held against art. 9. */
export async function contractOf(path: string): Promise<CheckedContract> {
  const file = { name: basename(path), bytes: await readBytes(path) }
  const text = await readContract(file.bytes, file.name)
  return { file, text, check: checkContract(text) }
}

/** A contract held against art. 9, and the copy with its export clauses boxed. */
export async function reviewContract(
  path: string,
  day: LegalDate,
): Promise<{ check: ContractCheck; marked: Uint8Array }> {
  const { text, check } = await contractOf(path)
  const imprint = { simulated: false, reference: basename(path), filedOn: day, english: {} }
  return { check, marked: writeWord(markedCopy(text, check), imprint, 'zh') }
}

async function caseAt(path: string, on: LegalDate): Promise<CaseFolder> {
  const bundle = (await isFolder(path)) ? null : await openBundle(await readBytes(path), basename(path))
  const read = bundle
    ? await readCase(bundleSource(bundle, basename(path)), { on: bundle.manifest.filedOn })
    : await readCase(folderSource(path), { on })
  if (read.kind === 'ready') return read.case
  throw new InputError('case.incomplete', {
    zh: `${path} 还有未填的答案（${read.missing[0]?.field ?? ''} 等）。先运行 dossier check。`,
    en: `${path} still has empty answers (${read.missing[0]?.field ?? ''} …). Run dossier check first.`,
  })
}
