import { daysBetween } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import type { EnquiryRow } from './migrations.ts'
import { stages } from './programme.ts'
import type { Briefing, Institution } from './programme.ts'

/*
 * Figures are sums. Each thing (an enquiry, an institution, a briefing, an organisation, a case) adds its parts; when it
 * changes, its old parts are taken away and its new ones added. A page of figures sums days and never looks at the things
 * themselves, so it costs the same at a hundred enquiries and at two million.
 */

/** `n` of one measure on one day. `key` says of which: a topic, a channel, `healthcare|passed`, or a number of days. */
export interface Part {
  readonly day: LegalDate
  readonly measure: Measure
  readonly key: string
  readonly n: number
}

/** What is counted, on which day, and what is left out: printed beside every figure. */
export const measures = {
  enquiries: {
    zh: '咨询：按收到之日计，一次来电、来函、来信或来访为一件',
    en: 'Enquiries, by the day they came: each call, letter, e-mail or visit is one',
  },
  'enquiries-by-topic': {
    zh: '按所归主题计的咨询；未归类的单列',
    en: 'Enquiries by the topic they were given; those without one stand apart',
  },
  'days-to-answer': {
    zh: '从收到咨询到最后一次答复的日历日数；未答复的不计',
    en: 'Calendar days from the enquiry to the last answer; those not answered are left out',
  },
  organisations: {
    zh: '首次咨询或者首次接受指导的机构，以统一社会信用代码区分，未提供代码的以名称区分；未说明机构的咨询不计',
    en: 'Organisations on the day they first asked or were first guided, told apart by credit code, by name where none was given; enquiries that name none are left out',
  },
  programme: {
    zh: '重点领域机构，按达到各阶段之日计',
    en: 'Institutions of the key areas, by the day each stage was reached',
  },
  briefings: { zh: '政策宣讲场次，按举办之日计', en: 'Policy briefings, by the day they were held' },
  attendance: { zh: '政策宣讲到场人次', en: 'Attendance at the briefings' },
  declared: {
    zh: '收到的申报：按首次提交之日计，重新提交的不重复计',
    en: 'Declarations received, by the day first filed; one filed again is not counted twice',
  },
  complete: {
    zh: '通过完备性查验的案件，按通过之日计',
    en: 'Cases whose completeness was confirmed, by that day',
  },
  'complete-first-time': {
    zh: '首次提交即通过完备性查验的案件',
    en: 'Cases confirmed complete as first filed',
  },
  rounds: {
    zh: '提交次数：每案首次提交与退回后重新提交之和，按通过完备性查验之日计',
    en: 'Rounds: filings of a case, the first and those after a return, by the day completeness was confirmed',
  },
  'stage-days': {
    zh: '各阶段所用工作日，按阶段结束之日计；未结束的不计',
    en: 'Working days a stage took, by the day it ended; those still running are left out',
  },
  late: {
    zh: '逾期结束的阶段，按原因：材料补正、已告知延长后仍逾期、其他',
    en: 'Stages that ended late, by cause: a supplement in between, late also by the announced date, or neither',
  },
  outcomes: {
    zh: '评估结果，按出具之日计；复评的以复评结论为准另计',
    en: 'Results, by the day of issue; the conclusion of a re-assessment is counted on its own',
  },
  'outcomes-by-sector': { zh: '评估结果，按申报方所属领域', en: 'Results by the sector of the handler' },
  'outcomes-by-destination': {
    zh: '评估结果，按接收方所在国家或者地区；有多个的分别计',
    en: 'Results by country or region of the recipients; with several, each counts',
  },
  'items-by-kind': { zh: '数据项的评估结果，按数据项类别', en: 'Data items passed and refused, by their kind' },
} as const satisfies Record<string, Words>

export type Measure = keyof typeof measures

/** What an enquiry adds. */
export function enquiryParts(row: EnquiryRow): readonly Part[] {
  const day = row.received_on as LegalDate
  const one = { day, n: 1 } as const
  return [
    { ...one, measure: 'enquiries', key: row.channel },
    { ...one, measure: 'enquiries-by-topic', key: row.topic ?? 'unclassified' },
    ...(row.answered_on === null
      ? []
      : [
          {
            day: row.answered_on as LegalDate,
            measure: 'days-to-answer' as const,
            key: String(Math.max(0, daysBetween(day, row.answered_on as LegalDate))),
            n: 1,
          },
        ]),
  ]
}

/** What an institution of the programme adds: each stage on its day. */
export function institutionParts({ reached, keyArea }: Institution): readonly Part[] {
  return stages.flatMap((stage) => {
    const day = reached[stage]
    return day === undefined ? [] : [{ day, measure: 'programme' as const, key: `${keyArea}|${stage}`, n: 1 }]
  })
}

export function briefingParts({ heldOn, attendance }: Briefing): readonly Part[] {
  if (attendance === null) return []
  return [
    { day: heldOn, measure: 'briefings', key: '', n: 1 },
    { day: heldOn, measure: 'attendance', key: '', n: attendance.persons },
  ]
}

export function organisationParts(served: { readonly first: LegalDate; readonly keyArea: string | null }) {
  const part: Part = { day: served.first, measure: 'organisations', key: served.keyArea ?? 'not-known', n: 1 }
  return [part]
}

/** A case of the office as far as figures need it; made from its events where the trades meet. */
export interface CaseForFigures {
  readonly declaredOn: LegalDate
  readonly completeOn: LegalDate | null
  /** Filings up to the confirmation: 1 where nothing was returned. */
  readonly filings: number
  readonly stages: readonly {
    readonly stage: string
    readonly ended: LegalDate
    readonly workingDays: number
    /** Null where it ended in time. */
    readonly lateBy: 'supplement' | 'announced' | 'other' | null
  }[]
  readonly outcome: { readonly kind: string; readonly on: LegalDate } | null
  readonly sector: string | null
  readonly destinations: readonly string[]
  readonly items: readonly { readonly kind: string; readonly passed: boolean }[]
}

export function caseParts(about: CaseForFigures): readonly Part[] {
  const { declaredOn, completeOn, filings, outcome, sector } = about
  const one = (day: LegalDate, measure: Measure, key: string): Part => ({ day, measure, key, n: 1 })
  return [
    one(declaredOn, 'declared', ''),
    ...(completeOn === null
      ? []
      : [
          one(completeOn, 'complete', ''),
          one(completeOn, 'rounds', String(filings)),
          ...(filings === 1 ? [one(completeOn, 'complete-first-time', '')] : []),
        ]),
    ...about.stages.map(({ stage, ended, workingDays }) => one(ended, 'stage-days', `${stage}|${workingDays}`)),
    ...about.stages.flatMap(({ stage, ended, lateBy }) =>
      lateBy === null ? [] : [one(ended, 'late', `${stage}|${lateBy}`)],
    ),
    ...(outcome === null
      ? []
      : [
          one(outcome.on, 'outcomes', outcome.kind),
          one(outcome.on, 'outcomes-by-sector', `${sector ?? 'not-known'}|${outcome.kind}`),
          ...[...new Set(about.destinations)].map((country) =>
            one(outcome.on, 'outcomes-by-destination', `${country}|${outcome.kind}`),
          ),
          ...about.items.map(({ kind, passed }) =>
            one(outcome.on, 'items-by-kind', `${kind}|${passed ? 'passed' : 'refused'}`),
          ),
        ]),
  ]
}

/** Parts of one day, measure and key as one, in a fixed order; what the store keeps. */
export function summed(parts: readonly Part[]): readonly Part[] {
  const sums = new Map<string, Part>()
  for (const part of parts) {
    const key = `${part.day}\n${part.measure}\n${part.key}`
    sums.set(key, { ...part, n: (sums.get(key)?.n ?? 0) + part.n })
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, part]) => (part.n === 0 ? [] : [part]))
}

/** What has to be added to the sums when a thing's parts change from `before` to `after`. */
export function difference(before: readonly Part[], after: readonly Part[]): readonly Part[] {
  return summed([...before.map((part) => ({ ...part, n: -part.n })), ...after])
}
