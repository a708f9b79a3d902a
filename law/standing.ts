import type { LegalDate } from './calendar.ts'
import type { Words } from './citation.ts'
import type { OpenPoint } from './determination.ts'
import type { ExtensionCheck } from './extension.ts'
import { openPointWords } from './open-points.ts'
import type { PenaltyAnswer } from './penalties.ts'
import type { Stage } from './procedure.ts'
import type { RedeclarationComparison } from './redeclaration.ts'
import { rulesAsOf } from './rules-as-of.ts'
import type { StatutoryPeriod } from './statutory-periods.ts'

/** What every answer of the law carries beside itself: how current its rules are, and the open questions it touches. */
export interface Standing {
  readonly rules: LegalDate
  readonly openPoints: readonly OpenPoint[]
}

/** Questions about procedure and penalties the law leaves open, and how this rule set reads them until it is said. */
export const proceduralOpenPointWords = {
  'working-days': {
    zh: '安全评估是否属于行政许可有争议；工作日的计算参照《行政许可法》第八十二条，调休上班日算作工作日',
    en: 'Whether the assessment is an administrative licence is disputed; working days are counted by analogy to article 82 of the Licensing Law, days worked in exchange included',
  },
  'start-of-check': {
    zh: '完备性查验自收到（办法）还是自提交（指南）起算，表述不一；线上提交两者同时，自提交起算',
    en: 'The check counts from receipt (Measures) or from submission (Guide); online they coincide, and submission is taken',
  },
  'supplement-and-clock': {
    zh: '补充、更正材料是否中止评估期限，条文未明；按延长处理，原定日期与通知的新日期都保留',
    en: 'Whether a supplement stops the clock is not said; it extends it, and both the first date and the announced one are kept',
  },
  'two-years-or-three': {
    zh: '2024-03-22 以前作出的结果，有效期二年是否变为三年，未见明文；以通知书载明的截止日为准，不自行延长',
    en: 'Whether results of before 2024-03-22 became valid for three years instead of two is not said; the day on the notice stands, nothing is added',
  },
  'window-not-deadline': {
    zh: '“届满前60个工作日内”：2024-03-22 以前是至迟日，以后读作可以申请的期间；宜在期间一开始就申请',
    en: 'Sixty working days before the end were a last day until 2024-03-21 and are read as a window since; ask as soon as it opens',
  },
  'pending-at-expiry': {
    zh: '期满时延期申请尚未答复的，能否继续出境，条文未明；期满即停止',
    en: 'Whether data may go on leaving while an extension is pending after the last day is not said; they stop on it',
  },
  'partial-result': {
    zh: '部分通过在实践中有，办法没有写明；结果按场景和数据项逐一记载',
    en: 'Results that pass in part occur and are not in the Measures; the result is kept scenario by scenario and item by item',
  },
  'above-the-approved-number': {
    zh: '20%的增长只是延期的条件，不是有效期内的容忍度；超过批准数量即停止（网络数据安全管理条例第三十八条）',
    en: 'Growth of 20 % is a condition of extension, no tolerance within the validity; at the approved number the export stops (Network Data Security Management Regulations art. 38)',
  },
  'penal-text-not-obtained': {
    zh: '当日有效的一项罚则文本未取得，不能说没有其他罚则',
    en: 'The text of a penal provision of that day was not obtained, so it cannot be said that nothing else applies',
  },
} as const satisfies Record<string, Words>

export type ProceduralOpenPointId = keyof typeof proceduralOpenPointWords

export function standingOfDeadline(period: StatutoryPeriod): Standing {
  return standing([
    ...(period.unit === 'working-days' ? (['working-days'] as const) : []),
    ...(byPeriod[period.code] ?? []),
  ])
}

/** By the code of the period. */
const byPeriod: Readonly<Record<string, readonly ProceduralOpenPointId[]>> = {
  'P-4': ['start-of-check'],
  'P-6': ['supplement-and-clock'],
  'P-9.2022': ['two-years-or-three'],
  'P-9.2024': ['pending-at-expiry'],
  'P-11a': ['window-not-deadline'],
  'P-11b': ['window-not-deadline', 'pending-at-expiry'],
  'P-13': ['supplement-and-clock', 'pending-at-expiry'],
}

export function standingOfProcedure(stages: readonly Stage[]): Standing {
  const codes = new Set(stages.map(({ code }) => code))
  const when = (code: string, id: ProceduralOpenPointId) => (codes.has(code) ? [id] : [])
  return standing([
    'working-days',
    ...when('P-4', 'start-of-check'),
    ...when('P-6a', 'supplement-and-clock'),
    ...when('P-7', 'partial-result'),
    ...when('P-11a', 'window-not-deadline'),
    ...when('P-11b', 'window-not-deadline'),
    ...when('P-11b', 'pending-at-expiry'),
  ])
}

export function standingOfPenalties({ textNotObtained }: PenaltyAnswer): Standing {
  return standing(textNotObtained ? ['penal-text-not-obtained'] : [])
}

export function standingOfExtension({ window }: ExtensionCheck): Standing {
  return standing([
    'working-days',
    'window-not-deadline',
    ...(window.state === 'closed' ? [] : (['pending-at-expiry'] as const)),
    'above-the-approved-number',
  ])
}

export function standingOfComparison({ triggers }: RedeclarationComparison): Standing {
  return standing(
    triggers.some(({ code, changed }) => code === 'T-scale' && changed === 'yes') ? ['above-the-approved-number'] : [],
  )
}

const pointsOfLists = ['zone-list-and-important-data', 'finance-scenarios', 'automobile-list'] as const

/** Of the lists there are: what stays open because entries were not obtained, or because of what a list can free. */
export function standingOfLists(): Standing {
  return { rules: rulesAsOf, openPoints: pointsOfLists.map((id) => ({ id, ...openPointWords[id] })) }
}

function standing(ids: readonly ProceduralOpenPointId[]): Standing {
  return {
    rules: rulesAsOf,
    openPoints: [...new Set(ids)].map((id) => ({ id, ...proceduralOpenPointWords[id] })),
  }
}
