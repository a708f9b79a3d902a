import type { Evidence, Kind, RequiredTreatment } from '@tongguan/law'
import { kinds } from '@tongguan/law'
import { beyondWhatPassed, reason } from '../hold-reason.ts'
import type { HoldReason } from '../hold-reason.ts'
import type { RebuiltFile } from '../release.ts'
import type { Transformed } from './transform-files.ts'
import type { ColumnDone } from './transform-rows.ts'

/* Whether what had to be done to a batch was done, by what stands in the bytes that would leave. Pure. */

/** A batch treated by a recipe. */
export interface TransformedBatch extends Pick<Transformed, 'recipe' | 'columns' | 'rebuilt'> {
  /** For whom the recipe is written. */
  readonly recipient: string
  /** Of the files as they came. */
  readonly before: Evidence
}

/** All the judgement rests on. */
export interface Treated {
  readonly columns: readonly ColumnDone[]
  readonly recipeFor: string | null
  readonly files: readonly RebuiltFile[]
  readonly before: { readonly complete: boolean; readonly files: readonly ReadFile[] } | null
  readonly after: readonly ReadFile[]
}

interface ReadFile {
  readonly path: string
  readonly rows: number
  readonly sha256: string
  readonly whole: boolean
  readonly columns: readonly { readonly name: string; readonly found: readonly Kind[] }[]
}

export function treatedOf(transformed: TransformedBatch | null, evidence: Evidence): Treated {
  const { before, rebuilt = [], columns = [], recipient = null } = transformed ?? {}
  return {
    columns,
    recipeFor: recipient,
    files: rebuilt,
    before: before === undefined ? null : { complete: before.scanned.complete, files: readFiles(before) },
    after: readFiles(evidence),
  }
}

function readFiles({ files }: Evidence): readonly ReadFile[] {
  return files.map(({ path, rows, sha256, error, skipped, columns }) => ({
    path,
    rows,
    sha256,
    whole: error === null && skipped === 0,
    columns: columns.map(({ name, findings }) => ({
      name,
      found: findings
        .filter(({ kind, valid }) => valid > 0 && kinds[kind].identifies === 'direct')
        .map(({ kind }) => kind),
    })),
  }))
}

export function judgeTransforms(
  treated: Treated & {
    readonly items: readonly { readonly name: string; readonly treatment: RequiredTreatment }[]
    readonly recipient: string
  },
): readonly HoldReason[] {
  const failed = treated.files.flatMap(({ name, failed }) =>
    failed === undefined ? [] : [notTreated(failed.because, { file: name, ...failed })],
  )
  return failed.length > 0
    ? failed
    : [...requiredNotDone(treated), ...(treated.before === null ? [] : judgeOutput(treated))]
}

/** Each item the result wants treated, in each file that carries it. A column that was left out needs nothing more. */
function requiredNotDone({ items, after, columns }: Parameters<typeof judgeTransforms>[0]): readonly HoldReason[] {
  return after.flatMap(({ path, columns: present }) =>
    present.flatMap(({ name }) => {
      const wanted = items.find((item) => same(item.name, name))?.treatment
      const done = columns.find((one) => one.file === path && same(one.column, name))?.treatment ?? 'keep'
      if (wanted === undefined || done === wanted || (wanted === 'any' && done !== 'keep')) return []
      return [reason('gate.treatment-missing', beyondWhatPassed, { column: name, required: wanted, done }, path, name)]
    }),
  )
}

function judgeOutput(treated: Parameters<typeof judgeTransforms>[0]): readonly HoldReason[] {
  const { before, after, files, columns, recipeFor, recipient } = treated
  const otherRecipient = recipeFor !== null && !same(recipeFor, recipient)
  return [
    ...(otherRecipient ? [notTreated('other-recipient', {})] : []),
    ...(before?.complete === true ? [] : [notTreated('input-not-inspected', {})]),
    ...files.flatMap(({ name, rows, input }) => {
      const [old, fresh] = [before?.files, after].map((read) => read?.find(({ path }) => path === name))
      if (old?.whole !== true || old.sha256 !== input.sha256) return [notTreated('input-not-inspected', { file: name })]
      if (old.rows !== rows || fresh?.rows !== rows) return [notTreated('rows-differ', { file: name })]
      const done = columns.filter(({ file }) => file === name)
      const expected = done
        .filter(({ treatment }) => treatment !== 'suppress')
        .map(({ column }) => column.normalize('NFC'))
      const found = fresh.columns.map((column) => column.name.normalize('NFC'))
      const isSame = expected.length === found.length && expected.every((column) => found.includes(column))
      return [
        ...(isSame ? [] : [notTreated('columns-differ', { file: name })]),
        ...stillThere(name, { old, fresh, done }),
      ]
    }),
  ]
}

/** What identified somebody by its form before, and is still found in a column whose treatment is to replace it. */
function stillThere(
  file: string,
  { old, fresh, done }: { readonly old: ReadFile; readonly fresh: ReadFile; readonly done: readonly ColumnDone[] },
): readonly HoldReason[] {
  return fresh.columns.flatMap(({ name, found }) => {
    const treatment = done.find(({ column }) => same(column, name))?.treatment
    if (treatment === undefined || !replacing.has(treatment)) return []
    const was = old.columns.find((column) => same(column.name, name))?.found ?? []
    return found
      .filter((kind) => was.includes(kind) && hasForm.has(kind))
      .map((kind) =>
        reason('gate.treatment-ineffective', beyondWhatPassed, { column: name, treatment, found: kind }, file, name),
      )
  })
}

const replacing: ReadonlySet<ColumnDone['treatment']> = new Set([
  'mask',
  'keyed-hash',
  'pseudonym',
  'format-preserving',
  'spans',
])

/** Kinds a detector knows by the value alone. */
const hasForm: ReadonlySet<Kind> = new Set<Kind>([
  'national_id',
  'passport',
  'mobile',
  'phone',
  'email',
  'name',
  'address',
])

function notTreated(
  because: string,
  { file, row = 0, column }: { readonly file?: string; readonly row?: number; readonly column?: string },
): HoldReason {
  return reason('gate.not-transformed', beyondWhatPassed, { because, row, what: column ?? '' }, file, column)
}

function same(left: string, right: string): boolean {
  return left.normalize('NFC') === right.normalize('NFC')
}

export interface AnonymityAsked {
  readonly asked: { readonly k: number; readonly columns: readonly string[] } | null
  readonly files: readonly { readonly path: string; readonly columns: readonly string[] }[]
  readonly measured: readonly {
    readonly file: string
    readonly files: number
    readonly quasiIdentifiers: readonly string[]
    readonly k: number
  }[]
}

/** Whether every file with one of the columns was measured by all of those it has, and no class is smaller than asked. */
export function judgeAnonymity({ asked, files, measured }: AnonymityAsked): readonly HoldReason[] {
  if (asked === null) return []
  const due = files.filter(({ columns }) => asked.columns.some((wanted) => columns.some((name) => same(name, wanted))))
  const covered = measured.reduce((sum, one) => sum + one.files, 0)
  const lacking = measured.flatMap(({ file, quasiIdentifiers }) => {
    const columns = files.find(({ path }) => path === file)?.columns ?? []
    const wanted = columns.filter((name) => asked.columns.some((one) => same(one, name)))
    return wanted.every((name) => quasiIdentifiers.includes(name)) ? [] : [file]
  })
  return [
    ...(due.length === covered && lacking.length === 0
      ? []
      : [reason('gate.anonymity-not-measured', beyondWhatPassed, { files: due.length, measured: covered })]),
    ...measured
      .filter(({ k }) => !(asked.k <= k))
      .map(({ file, k }) => reason('gate.anonymity-below', beyondWhatPassed, { k, asked: asked.k }, file)),
  ]
}
