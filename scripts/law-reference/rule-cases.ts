import {
  breaches,
  checkExtension,
  compareScopes,
  deadline,
  deadlineKinds,
  deadlineWords,
  holidayYears,
  isOver,
  lengthWords,
  pathWords,
  legalDate,
  periodFor,
  procedureActorWords,
  sanctionWords,
  sectorRules,
  statutoryPeriods,
  tierWords,
} from '@tongguan/law'
import type {
  Certainty,
  DeadlineKind,
  LegalDate,
  Path,
  PenalProvision,
  SectorRule,
  SensitivityDifference,
  Stage,
  StatutoryPeriod,
  Words,
} from '@tongguan/law'
import { conditionWords } from '../../law/condition-words.ts'
import type { Row } from './rows.ts'

/** A line of a table of cases: what is given, what comes of it. */
export interface RuleCase {
  readonly given: Words
  readonly comes: Words
}

/** The cases of a rule that is not one of paths, computed by the engine while the reference is printed. */
export function casesOf(row: Row): readonly RuleCase[] {
  switch (row.table) {
    case 'statutoryPeriods':
      return periodCases(row)
    case 'sectorRules':
      return numberCases(row)
    case 'extensionConditions':
      return growthCases(row)
    case 'redeclarationTriggers':
      return row.code === 'T-1c' ? retentionCases() : row.code === 'T-scale' ? scaleCases() : []
    default:
      return []
  }
}

/** What a rule of its own kind says beside its words: ranges, points, kinds, formats. */
export function detailsOf({ table, value }: Row): readonly Words[] {
  switch (table) {
    case 'penalProvisions':
      return penaltyDetails(value as unknown as PenalProvision)
    case 'stages':
      return stageDetails(value as unknown as Stage)
    case 'sensitivityDifferences':
      return [listedIn(value as unknown as SensitivityDifference)]
    case 'statutoryPeriods': {
      const { starts, missed, extension, reading } = value as unknown as StatutoryPeriod
      return [
        labelled('起算', 'Counted from', starts),
        ...(extension ? [labelled('延长', 'Extension', extension)] : []),
        ...(reading ? [labelled('理解', 'Reading', reading)] : []),
        labelled('逾期', 'If missed', missed),
      ]
    }
    default:
      return [...ordered(value), ...endsWhere(value), ...lists(value)]
  }
}

/** Whatever lists of words a row carries: points of a clause, fields of a form, outcomes of a stage, categories of a pack. */
function lists(value: Readonly<Record<string, unknown>>): readonly Words[] {
  return ['points', 'fields', 'categories', 'levels', 'factors'].flatMap((name) => {
    const list = value[name]
    if (!Array.isArray(list)) return []
    return list.filter(isWords).map((one) => {
      const code = 'code' in one && typeof one.code === 'string' ? `${one.code} ` : ''
      const examples = 'examples' in one && isWords(one.examples) ? one.examples : undefined
      return {
        zh: `${code}${one.zh}${examples ? `：${examples.zh}` : ''}`,
        en: `${code}${one.en}${examples ? `: ${examples.en}` : ''}`,
      }
    })
  })
}

/** What ends an exemption: each condition answered against it, each bar answered yes. */
function endsWhere(value: Readonly<Record<string, unknown>>): readonly Words[] {
  const { conditions, bars } = value
  const names = [
    ...(Array.isArray(conditions) ? conditions.map((one: { readonly condition: string }) => one.condition) : []),
    ...(Array.isArray(bars) ? (bars as readonly string[]) : []),
  ]
  const words = names.flatMap((name) =>
    name in conditionWords ? [conditionWords[name as keyof typeof conditionWords]] : [],
  )
  return words.length === 0 ? [] : [labelled('有下列情形之一即不适用', 'Ends where', joined(words))]
}

/** The path a rule orders, and the rules it is an exception to. */
function ordered(value: Readonly<Record<string, unknown>>): readonly Words[] {
  const { path, exceptionTo } = value
  if (typeof path !== 'string' || !(path in pathWords)) return []
  const above = Array.isArray(exceptionTo) ? (exceptionTo as readonly string[]).map((id) => `\`${id}\``) : []
  return [
    labelled('路径', 'Path', pathWords[path as Path]),
    ...(exceptionTo === 'every lighter path'
      ? [{ zh: '优先于一切较轻的路径', en: 'Prevails over every lighter path' }]
      : []),
    ...(above.length > 0 ? [labelled('优先于', 'Prevails over', { zh: above.join('、'), en: above.join(', ') })] : []),
  ]
}

function isWords(value: unknown): value is Words & Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}

/** One case at the first day the rule governs and the day before, one over Spring Festival, one over National Day. */
function periodCases({ key, inForce }: Row): readonly RuleCase[] {
  const kind = deadlineKinds.find((one) => one === key)
  if (kind === undefined) return []
  const days = [
    dayBefore(inForce.from),
    inForce.from,
    '2024-02-06',
    '2025-09-19',
    '2026-02-12',
    '2026-09-30',
    '2026-12-21',
  ]
  return [...new Set(days)].map((day) => periodCase(kind, legalDate(day), inForce))
}

function periodCase(kind: DeadlineKind, from: LegalDate, inForce: Row['inForce']): RuleCase {
  const governing = periodFor(kind, from)
  if (governing === undefined || governing.inForce.from !== inForce.from) {
    return { given: { zh: from, en: from }, comes: { zh: '不适用本条', en: 'not governed by this rule' } }
  }
  const { due, provisional, meaning } = deadline(kind, from)
  const mark = provisional ? { zh: '（暂定）', en: ' (provisional)' } : { zh: '', en: '' }
  const lead = leads[meaning]
  return {
    given: { zh: from, en: from },
    comes: { zh: `${lead.zh} ${due}${mark.zh}`, en: `${lead.en} ${due}${mark.en}` },
  }
}

const leads = {
  latest: { zh: '最迟', en: 'by' },
  earliest: { zh: '最早', en: 'not before' },
  'valid-until': { zh: '有效至', en: 'valid to the end of' },
} as const satisfies Record<StatutoryPeriod['meaning'], Words>

function numberCases({ code }: Row): readonly RuleCase[] {
  const rule = sectorRules.find((one) => one.code === code)
  const unit = rule?.number === undefined ? undefined : counted[rule.number.unit]
  if (rule?.number === undefined || unit === undefined) return []
  const { value } = rule.number
  return [value - 1, value, value + 1].map((count) => {
    const over = isOver(rule, count) === true
    return {
      given: { zh: `${count}${unit.zh}`, en: `${count.toLocaleString('en')} ${unit.en}` },
      comes: over ? { zh: '达到', en: 'over the line' } : { zh: '未达到', en: 'below the line' },
    }
  })
}

/** A period of hours has no line to stand on either side of. */
const counted: Partial<Record<NonNullable<SectorRule['number']>['unit'], Words>> = {
  persons: { zh: '人', en: 'persons' },
  records: { zh: '条', en: 'records' },
  percent: { zh: '%', en: '%' },
}

function growthCases({ code }: Row): readonly RuleCase[] {
  if (code !== 'E-3' && code !== 'E-4') return []
  return [11_999, 12_000, 12_001].map((planned) => {
    const facts =
      code === 'E-3'
        ? { containsPersonalInformation: true, personsApproved: 10_000, personsPlanned: planned }
        : { containsImportantData: true, importantDataBytesApproved: 10_000, importantDataBytesPlanned: planned }
    const check = checkExtension({ lastDay: legalDate('2026-12-31'), ...facts }, legalDate('2026-11-23'))
    const yes = check.conditions.find((one) => one.code === code)?.holds === 'yes'
    return {
      given: { zh: `获准10000，未来三年${planned}`, en: `10,000 approved, ${planned.toLocaleString('en')} planned` },
      comes: yes ? { zh: '符合', en: 'met' } : { zh: '不符合', en: 'not met' },
    }
  })
}

function retentionCases(): readonly RuleCase[] {
  return [59, 60, 61].map((months) => {
    const scenario = { id: 's', retentionMonths: 60 }
    const comparison = compareScopes(
      { scenarios: [scenario] },
      { scenarios: [{ ...scenario, retentionMonths: months }] },
      {},
      legalDate('2026-11-23'),
    )
    return fires(comparison, 'T-1c', { zh: `原定60个月，现${months}个月`, en: `60 months approved, ${months} now` })
  })
}

function scaleCases(): readonly RuleCase[] {
  return [9_999, 10_000, 10_001].map((general) => {
    const scope = (persons: number) => ({
      scenarios: [{ id: 's', persons: { general: persons, sensitive: 0 }, importantDataBytes: null }],
    })
    const comparison = compareScopes(scope(10_000), scope(general), {}, legalDate('2026-11-23'))
    return fires(comparison, 'T-scale', {
      zh: `获准10000人，现${general}人`,
      en: `10,000 persons approved, ${general.toLocaleString('en')} now`,
    })
  })
}

function fires(comparison: ReturnType<typeof compareScopes>, code: string, given: Words): RuleCase {
  const yes = comparison.triggers.find((one) => one.code === code)?.fires === 'yes'
  return {
    given,
    comes: yes ? { zh: '须重新申报', en: 'declared again' } : { zh: '无须重新申报', en: 'not declared again' },
  }
}

function stageDetails({ actor, document, clock, outcomes, limits }: Stage): readonly Words[] {
  const time =
    clock.kind === 'period'
      ? periodWords(clock.period)
      : clock.kind === 'promptly'
        ? { zh: '及时，没有规定天数', en: 'promptly; no number of days' }
        : { zh: '法律没有规定', en: 'none in the law' }
  return [
    labelled('谁办', 'Whose act', procedureActorWords[actor]),
    ...(document === null ? [] : [labelled('文书', 'Document', document)]),
    labelled('期限', 'Period', time),
    ...(outcomes.length === 0 ? [] : [labelled('结果', 'Outcome', joined(outcomes))]),
    ...(limits ? [labelled('注意', 'Note', limits)] : []),
  ]
}

function periodWords(kind: DeadlineKind): Words {
  const rows: readonly StatutoryPeriod[] = statutoryPeriods[kind]
  const lengths = rows.map(lengthWords)
  return {
    zh: `${lengths.map(({ zh }) => zh).join('、')}（${deadlineWords[kind].zh}）`,
    en: `${lengths.map(({ en }) => en).join(', ')} (${deadlineWords[kind].en})`,
  }
}

function listedIn({ sensitiveIn2020, sensitiveIn2025 }: SensitivityDifference): Words {
  const zh = (listed: boolean) => (listed ? '敏感' : '未列入')
  const en = (listed: boolean) => (listed ? 'sensitive' : 'not listed')
  return {
    zh: `GB/T 35273-2020：${zh(sensitiveIn2020)}；GB/T 45574-2025：${zh(sensitiveIn2025)}`,
    en: `GB/T 35273-2020: ${en(sensitiveIn2020)}; GB/T 45574-2025: ${en(sensitiveIn2025)}`,
  }
}

function penaltyDetails({ tiers, breaches: acts }: PenalProvision): readonly Words[] {
  return [
    labelled('行为', 'Act', joined(acts.map((act) => breaches[act]))),
    ...tiers.flatMap((tier) => {
      const { entity, persons } = tier
      const { zh, en } = tierWords(tier)
      return [
        labelled(`${zh}，单位`, `${en}, entity`, joined(entity.map(sanctionWords))),
        ...(persons.length === 0
          ? []
          : [labelled(`${zh}，直接责任人员`, `${en}, persons responsible`, joined(persons.map(sanctionWords)))]),
      ]
    }),
  ]
}

/** The years there is a table for, with their days off and worked. */
export function calendarRows(): readonly (readonly [
  year: string,
  off: string,
  worked: string,
  provisional: boolean,
  source: Words,
  certainty: Certainty,
])[] {
  return [...holidayYears.values()].map(({ year, off, worked, provisional, source, certainty }) => [
    String(year),
    [...off].sort().join(' '),
    [...worked].sort().join(' ') || '—',
    provisional,
    source,
    certainty,
  ])
}

function joined(words: readonly Words[]): Words {
  return { zh: words.map(({ zh }) => zh).join('；'), en: words.map(({ en }) => en).join('; ') }
}

function labelled(zh: string, en: string, words: Words): Words {
  return { zh: `${zh}：${words.zh}`, en: `${en}: ${words.en}` }
}

function dayBefore(day: LegalDate): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
