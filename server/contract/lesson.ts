import { instruments, kinds } from '@tongguan/law'
import type { AlsoRequired, Citation, InstrumentId, Kind, LegalDate, Path, Words } from '@tongguan/law'
import { z } from 'zod'
import { LegalDateSchema } from './permit.ts'

/** What a pilot teaches, and the answers it has to give: held against the law, the scanner and the gate by a test. */
export interface Lesson {
  readonly schema: 'tongguan/lesson/1'
  readonly title: Words
  readonly teaches: Words
  readonly persons: PersonsPutIn
  /** The same for the folder the declaration is about, where other data go by another path. */
  readonly declared?: PersonsPutIn
  /** What the scanner must find: file, column, kind. A column that is nobody's is not named. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, Kind>>>>
  readonly path: Path
  /** An article the path rests on. */
  readonly because: Citation
  /** What becomes of each batch at the gate: `released`, or a code it is held with (`gate.item-not-approved`). */
  readonly batches?: readonly string[]
  /** One thing changed, and what the answer is then. */
  readonly whatIf: readonly WhatIf[]
}

/** Distinct natural persons the generator put in. */
export interface PersonsPutIn {
  readonly inData: number
  /** Those of them whose data are sensitive. */
  readonly sensitive: number
}

export interface WhatIf {
  readonly words: Words
  /** The day whose law is asked; left out: the pilot's day. */
  readonly on?: LegalDate
  /** Facts by their place in the facts file (`flows.0.importantData`); `null` takes the fact out: unknown. */
  readonly set: Readonly<Record<string, unknown>>
  readonly path: Path
  readonly because: Citation
  /** Duties beside the path that are due then, or are not. */
  readonly due?: Readonly<Partial<Record<AlsoRequired, boolean>>>
}

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const persons = z.strictObject({ inData: z.int().min(0), sensitive: z.int().min(0) })
const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) => Object.keys(record) as Key[]
const citation = z.strictObject({
  instrument: z.enum(keysOf<InstrumentId>(instruments)),
  article: z.int().min(0),
  annex: z.string().exactOptional(),
  paragraph: z.int().exactOptional(),
  item: z.int().exactOptional(),
})
const path = z.enum([
  'assessment',
  'contract-or-certification',
  'exempt',
  'not-an-export',
  'state-secrets-regime',
  'prohibited',
  'unknown',
])

const duty = z.enum([
  'notice',
  'separate-consent',
  'impact-assessment',
  'safeguards',
  'human-genetic-resources-report',
  'human-genetic-resources-security-review',
  'competent-authority-approval',
  'export-control-licence',
  'identify-important-data',
  'representative-in-china',
]) satisfies z.ZodType<AlsoRequired>

/** `tongguan/lesson/1`: `lesson.yaml` in the folder of a pilot. */
export const LessonSchema: z.ZodType<Lesson, unknown> = z.strictObject({
  schema: z.literal('tongguan/lesson/1'),
  title: words,
  teaches: words,
  persons,
  declared: persons.exactOptional(),
  kinds: z.record(z.string(), z.record(z.string(), z.enum(keysOf<Kind>(kinds)))),
  path,
  because: citation,
  batches: z.array(z.string().min(1)).min(1).exactOptional(),
  whatIf: z
    .array(
      z.strictObject({
        words,
        on: LegalDateSchema.exactOptional(),
        set: z.record(z.string(), z.unknown()),
        path,
        because: citation,
        due: z.partialRecord(duty, z.boolean()).exactOptional(),
      }),
    )
    .min(1),
})

export const lessonExample = `schema: tongguan/lesson/1
title: { zh: 小店, en: a small shop }
teaches: { zh: 人数在各条线以下, en: below every line }
persons: { inData: 2600, sensitive: 0 }
kinds: { 客户.csv: { 姓名: name } }
path: exempt
because: { instrument: provisions-2024, article: 5, paragraph: 1, item: 4 }
whatIf:
  - words: { zh: 有重要数据, en: there are important data }
    set: { flows.0.importantData: notified }
    path: assessment
    because: { instrument: provisions-2024, article: 7, paragraph: 1, item: 2 }`

/**
 * The facts with some of them changed, by their place (`flows.0.since1January.general`). Throws RangeError for a place
 * whose parent is not there, since a change that hits nothing would teach something wrong.
 */
export function changed<Facts extends object>(facts: Facts, set: WhatIf['set']): Facts {
  const copy = structuredClone(facts)
  for (const [place, value] of Object.entries(set)) {
    const steps = place.split('.')
    const last = steps.pop() ?? ''
    const parent = steps.reduce<unknown>((node, step) => (isRecord(node) ? node[step] : undefined), copy)
    if (!isRecord(parent)) throw new RangeError(`there is no "${steps.join('.')}" in the facts to change "${last}" of`)
    if (value === null) Reflect.deleteProperty(parent, last)
    else parent[last] = value
  }
  return copy
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
