import { breachNames, deadlineKinds, procedureActorWords } from '@tongguan/law'
import type { Breach, DeadlineKind, ProcedureActor } from '@tongguan/law'
import { z } from 'zod'
import { CatalogueRowSchema } from './catalogue-row.ts'
import { CertaintySchema, CitationSchema } from './citation.ts'
import { path } from './determination.ts'
import { DaySchema } from './export-facts.ts'

/** Answers of the law beside the determination; loose, since fields may be added and none is dropped (contracts.md). */

export const words = z.looseObject({ zh: z.string(), en: z.string() })

export const standing = {
  rules: DaySchema.describe('The day the rule set was last checked against the published law'),
  openPoints: z
    .array(words.extend({ id: z.string() }))
    .describe('Questions the law leaves open that this answer touches, and how they were read'),
}

const inForce = z.object({
  from: DaySchema,
  to: DaySchema.exactOptional().describe('Last day; left out while it is in force'),
})

export const provision = words.extend({
  code: z.string().describe('Stable: dossiers, desks and reports name the rule by it'),
  citation: CitationSchema,
  inForce,
  certainty: CertaintySchema,
})

const kind = z.enum(deadlineKinds as readonly [DeadlineKind, ...DeadlineKind[]])
const actor = z.enum(Object.keys(procedureActorWords) as [ProcedureActor, ...ProcedureActor[]])
const unit = z.enum(['working-days', 'months', 'years'])
const meaning = z
  .enum(['latest', 'earliest', 'valid-until'])
  .describe('Whether the day is the last in time, the first on which the act may be done, or the last of a validity')

const period = provision.extend({
  length: z.int(),
  unit,
  direction: z.enum(['after', 'before']),
  meaning,
  actor,
  starts: words,
  missed: words.describe('What follows when it is missed'),
  extension: words.exactOptional(),
  reading: words.exactOptional(),
})

const deadline = z.looseObject({
  kind,
  from: DaySchema.describe('Day of the event, not counted itself; the end it leads to where the count runs back'),
  length: z.int(),
  unit,
  days: z.int().exactOptional().describe('The length once more where it is in working days'),
  due: DaySchema,
  meaning,
  provisional: z.boolean().describe('A year was needed whose holidays are not announced yet'),
  citation: CitationSchema,
  certainty: CertaintySchema,
  counted: z.array(CitationSchema).describe('By which articles days, months and years were counted'),
  period,
  working: z
    .array(z.looseObject({ date: DaySchema, counted: z.boolean(), why: words, provisional: z.boolean() }))
    .describe('Every calendar day looked at, in the order of counting'),
  calendars: z.array(
    z.looseObject({ year: z.int(), provisional: z.boolean(), source: words, certainty: CertaintySchema }),
  ),
})

/** `tongguan/deadline/1`: one statutory date with its working (`tongguan deadline --json`). */
export const DeadlineAnswerSchema = deadline.extend({ schema: z.literal('tongguan/deadline/1'), ...standing })

const sanction = z.looseObject({
  kind: z.enum(['order', 'warning', 'confiscation', 'fine', 'suspension', 'site-closure', 'revocation', 'post-ban']),
  from: z.int().nullable().exactOptional().describe('Yuan; null where the text names no lowest amount'),
  to: z.int().nullable().exactOptional().describe('Yuan'),
  orTurnoverPercent: z.number().exactOptional().describe("Share of last year's turnover; the higher of the two"),
  timesGains: z
    .looseObject({ from: z.number(), to: z.number(), where: words })
    .exactOptional()
    .describe('Instead of a sum: so many times the unlawful gains'),
  optional: z
    .union([z.literal(true), z.literal('recalled')])
    .exactOptional()
    .describe('The authority may leave it out; `recalled` where that was not checked against the text'),
  certainty: CertaintySchema.exactOptional().describe('Where this sanction is known less surely than its provision'),
})

const tier = z.looseObject({
  when: words,
  whenCertainty: z.literal('memory').exactOptional(),
  entity: z.array(sanction),
  persons: z.array(sanction).describe('Whoever is directly in charge or otherwise directly responsible'),
})

/** `tongguan/penalties/1`: provisions that may apply to a breach on a day (`tongguan penalties --json`). */
export const PenaltiesAnswerSchema = z.looseObject({
  schema: z.literal('tongguan/penalties/1'),
  breach: z.enum(breachNames as readonly [Breach, ...Breach[]]),
  act: words.describe('The breach in words'),
  on: DaySchema,
  provisions: z.array(
    provision.extend({
      breaches: z.array(z.string()),
      tiers: z.array(tier),
      refersTo: z.array(CitationSchema).exactOptional().describe('By whose scale the act is punished instead'),
    }),
  ),
  leniency: z.array(provision),
  textNotObtained: z.boolean().describe('A provision existed on that day whose text this rule set does not hold'),
  certainty: CertaintySchema,
  ...standing,
})

const clock = z.union([
  z.looseObject({ kind: z.literal('period'), period: kind }),
  z.looseObject({ kind: z.enum(['promptly', 'no-statutory-time']) }),
])

/** `tongguan/procedure/1`: the stages of the assessment on a day, and the latest dates of a declaration (`tongguan procedure --json`). */
export const ProcedureAnswerSchema = z.looseObject({
  schema: z.literal('tongguan/procedure/1'),
  on: DaySchema,
  stages: z.array(
    provision.extend({
      actor,
      document: words.nullable(),
      clock,
      outcomes: z.array(words),
      limits: words.exactOptional().describe('What the text does not say or allow, where people expect otherwise'),
    }),
  ),
  course: z.array(deadline).describe('Empty unless a day of submission is given'),
  ...standing,
})

/** `tongguan/impact/1`: past determinations judged again by the law of another day (`tongguan law impact --json`). */
export const ImpactAnswerSchema = z.looseObject({
  schema: z.literal('tongguan/impact/1'),
  under: DaySchema.describe('The day by whose law all cases were judged again'),
  cases: z.int(),
  changes: z
    .array(z.looseObject({ from: path, to: path, cases: z.int() }))
    .describe('How many went from which path to which'),
  rows: z
    .array(
      z.looseObject({
        id: z.string(),
        on: DaySchema.describe('The day of the past determination'),
        path,
        under: DaySchema,
        pathUnder: path,
        change: z.enum(['same', 'heavier', 'lighter', 'no-longer-known', 'now-known']),
        openPoints: standing.openPoints,
        because: CitationSchema.exactOptional(),
        becauseUnder: CitationSchema.exactOptional(),
        certainty: CertaintySchema.exactOptional(),
        certaintyUnder: CertaintySchema.exactOptional(),
      }),
    )
    .describe('The cases whose path differs; all of them with --all'),
  ...standing,
})

/** `tongguan/lists/1`: the lists there are, empty where their entries were not obtained, and those an office has loaded (`tongguan law lists --json`). */
export const ListsAnswerSchema = z.looseObject({
  schema: z.literal('tongguan/lists/1'),
  catalogues: z.array(
    z.looseObject({
      id: z.string(),
      title: words,
      obtained: z.boolean().describe('False: the list exists, its entries were not obtained, and `rows` is empty'),
      says: words,
      rows: z.array(CatalogueRowSchema),
    }),
  ),
  ftzLists: z
    .array(
      z.looseObject({
        zone: z.string(),
        name: words,
        version: z.string(),
        from: DaySchema,
        to: DaySchema.exactOptional(),
        scope: words,
        size: z.string(),
        source: z.string(),
        certainty: CertaintySchema,
      }),
    )
    .describe('Versions of the negative lists of the zones that are known of'),
  loaded: z.array(CatalogueRowSchema),
  ...standing,
})
