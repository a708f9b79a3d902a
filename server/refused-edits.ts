import type { Edit } from '@tongguan/dossier'
import type { LegalDate } from '@tongguan/law'
import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LegalDateSchema } from './contract/permit.ts'
import { readYamlFile } from './contract/yaml-file.ts'
import { InputError } from './errors.ts'

/** A field somebody changed in an edited .docx, and what the handler decided of it. */
export type JudgedEdit = Edit & { readonly decision: 'accepted' | 'refused' | 'open' }

export interface EditDecisions {
  readonly accept: 'all' | ReadonlySet<string>
  readonly refuse: 'all' | ReadonlySet<string>
}

/** An edit the handler did not take over: the field, what the dossier printed and what the edited file said instead. */
export interface RefusedEdit {
  readonly key: string
  readonly was: string
  readonly now: string
  readonly on: LegalDate
}

const RefusedEditsSchema = z.strictObject({
  schema: z.literal('tongguan/refused-edits/1'),
  edits: z.array(z.strictObject({ key: z.string(), was: z.string(), now: z.string(), on: LegalDateSchema })),
})

const nameOf = (folder: string) => join(folder, 'refused-edits.json')

/** The edits refused so far; none where nothing was refused yet. */
export async function readRefusedEdits(folder: string): Promise<readonly RefusedEdit[]> {
  const path = nameOf(folder)
  if (!existsSync(path)) return []
  return (await readYamlFile(path, RefusedEditsSchema, 'npx tongguan dossier edits ./case edited.docx --refuse all'))
    .edits
}

export async function writeRefusedEdits(folder: string, edits: readonly RefusedEdit[]): Promise<void> {
  const path = nameOf(folder)
  await writeFile(`${path}.tmp`, `${JSON.stringify({ schema: 'tongguan/refused-edits/1', edits }, null, 2)}\n`)
  await rename(`${path}.tmp`, path)
}

/** What is decided of each edit; only a plain answer can be accepted, anything can be refused. */
export function judgeEdits(
  edits: readonly Edit[],
  { accept, refuse }: EditDecisions,
  refusedBefore: readonly RefusedEdit[],
): readonly JudgedEdit[] {
  const both = accept === 'all' || refuse === 'all' ? [] : [...accept].filter((key) => refuse.has(key))
  if ((accept === 'all' && refuse === 'all') || 0 < both.length) {
    throw new InputError('edits.both', {
      zh: `${both.join('、') || 'all'} 不能同时采纳和拒绝。`,
      en: `${both.join(', ') || 'all'} cannot be both accepted and refused.`,
    })
  }
  const decide = (edit: Edit): JudgedEdit['decision'] => {
    const can = edit.kind === 'answer'
    if (refuse !== 'all' && refuse.has(edit.key)) return 'refused'
    if (can && accept !== 'all' && accept.has(edit.key)) return 'accepted'
    if (refusedBefore.some(isSame(edit)) || refuse === 'all') return 'refused'
    return can && accept === 'all' ? 'accepted' : 'open'
  }
  return edits.map((edit) => ({ ...edit, decision: decide(edit) }))
}

/** The refused edits once these are judged; the very list it was given where nothing is new. */
export function refusedAfter(
  judged: readonly JudgedEdit[],
  before: readonly RefusedEdit[],
  on: LegalDate,
): readonly RefusedEdit[] {
  const accepted = judged.filter(({ decision }) => decision === 'accepted')
  const kept = before.filter((one) => !accepted.some((edit) => isSame(edit)(one)))
  const added = judged
    .filter((edit) => edit.decision === 'refused' && !before.some(isSame(edit)))
    .map(({ key, was, now }) => ({ key, was, now, on }))
  return kept.length === before.length && added.length === 0 ? before : [...kept, ...added]
}

const isSame = (edit: Edit) => (one: RefusedEdit) =>
  one.key === edit.key && one.was === edit.was && one.now === edit.now
