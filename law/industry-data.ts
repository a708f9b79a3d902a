import { legalDate } from './calendar.ts'
import type { Citation } from './citation.ts'
import { anyHolds, holds } from './provision.ts'
import type { Holds, Provision } from './provision.ts'

const measures = (article: number): Citation => ({ instrument: 'miit-data-measures-2023', article })
const inForce = { from: legalDate('2023-01-01') } as const

/** What the measures for industry, telecom and radio data (工信部网安〔2022〕166号) ask of a handler. */
export const industryDuties: readonly Provision[] = [
  duty(
    'MIIT-7',
    7,
    '定期梳理数据，形成本单位的重要数据和核心数据目录',
    'Data are sorted regularly; important and core data form a catalogue of their own',
  ),
  duty(
    'MIIT-9',
    9,
    '一般数据：危害较小，影响的用户和企业数量较少、区域较小、持续时间较短',
    'General data: small harm, few users and firms, a small area, a short time',
  ),
  duty(
    'MIIT-10',
    10,
    '重要数据：对政治、国土、军事、经济、文化、社会、科技、电磁、网络、生态、资源、核安全等构成威胁，影响海外利益、生物、太空、极地、深海、人工智能等；严重影响行业；造成较大安全事件；引发级联效应',
    'Important data: a threat to political, territorial, military, economic and other security, to overseas interests, biology, space, polar regions, deep sea, AI; a serious effect on the sector; a considerable incident; a cascade across sectors, regions or firms',
  ),
  duty(
    'MIIT-11',
    11,
    '核心数据：对上述安全构成严重威胁；对重要骨干企业、关键信息基础设施、重要资源造成重大影响；造成大范围停工停产、大面积网络与服务瘫痪',
    'Core data: a serious threat to the same; a major effect on key firms, critical infrastructure or resources; large-scale stoppage or paralysis',
  ),
  duty(
    'MIIT-12',
    12,
    '向地方行业监管部门备案目录：来源、类别、级别、规模、载体、处理目的和方式、使用范围、责任主体、对外共享、跨境传输、安全保护措施；不包括数据内容本身',
    'The catalogue is filed with the local regulator: source, class, grade, scale, carrier, purpose and manner, scope of use, responsible body, sharing, cross-border transfer, protection; not the data themselves',
  ),
  duty(
    'MIIT-13',
    13,
    '分级防护，不同级别混合处理的按最高级别；法定代表人或者主要负责人是第一责任人',
    'Protection by grade, mixed grades by the highest; the legal representative is the first responsible',
  ),
  duty(
    'MIIT-18',
    18,
    '提供重要数据，签订协议并核查接收方的能力',
    'Important data are provided under an agreement and after a check of what the receiver can do',
  ),
  duty(
    'MIIT-21',
    21,
    '境内收集和产生的重要数据和核心数据，法律法规要求境内存储的在境内存储，确需出境的依法进行安全评估；未经批准不得向外国工业、电信、无线电执法机构提供',
    'Important and core data are stored in China where the law says so and assessed before export; nothing goes to a foreign enforcement body of these fields without the approval of the ministry',
  ),
  duty(
    'MIIT-24',
    24,
    '跨主体提供、转移、委托处理核心数据，经地方行业监管部门审查后报工业和信息化部审查',
    'Core data pass to another entity after review by the local regulator and then the ministry',
  ),
  duty('MIIT-25', 25, '日志留存不少于6个月', 'Logs are kept at least six months'),
  duty(
    'MIIT-27',
    27,
    '可能造成较大及以上安全事件的风险，及时报告',
    'Risks that may cause a considerable incident or worse are reported promptly',
  ),
  duty(
    'MIIT-28',
    28,
    '涉及重要数据和核心数据的安全事件，第一时间报告；每年报告数据安全事件处置情况',
    'Incidents with important or core data are reported at once; a report of incidents every year',
  ),
  duty(
    'MIIT-31',
    31,
    '重要数据和核心数据处理者每年至少进行一次风险评估并报送报告',
    'Handlers of important or core data assess the risk at least once a year and report it',
  ),
  duty('MIIT-36', 36, '违反的，依照有关法律法规处罚', 'Breaches are punished by existing law'),
  duty('MIIT-37', 37, '中央企业汇总集团情况报送', "Central enterprises gather and report the group's situation"),
]

/** The change of scale that must be filed: thirty per cent and more. */
export const majorChange = {
  percent: 30,
  citation: { instrument: 'miit-data-measures-2023', article: 12 },
  inForce,
  certainty: 'primary',
  zh: '某类重要数据和核心数据规模变化30%以上，或者其他备案内容发生变化的，3个月内变更备案',
  en: 'The scale of a class of important or core data changes by thirty per cent or more, or other filed content changes: filed within three months',
} as const

/** Whether a change of the filed catalogue must be filed within three months. Scales in any one unit; growth and shrinking alike. */
export function mustFileChange(change: {
  readonly scaleFiled?: number
  readonly scaleNow?: number
  readonly otherContentChanged?: boolean
}): Holds {
  return anyHolds([scaleChanged(change.scaleFiled, change.scaleNow), holds(change.otherContentChanged)])
}

function scaleChanged(filed: number | undefined, now: number | undefined): Holds {
  if (filed === undefined || now === undefined) return 'unknown'
  if (filed === 0) return holds(now > 0)
  return holds(Math.abs(now - filed) * 100 >= filed * majorChange.percent)
}

export type IncidentGrade = 'specially-major' | 'major' | 'considerable' | 'general'

/** Incident plan: the grade by what was touched; the heaviest of the three counts. Loss in yuan. */
export const incidentGrades: readonly (Provision & {
  readonly grade: IncidentGrade
  readonly persons: number
  readonly sensitivePersons: number
  readonly lossYuan: number
})[] = [
  grade('specially-major', '特别重大', 'specially major', 100_000_000, 10_000_000, 1_000_000_000),
  grade('major', '重大', 'major', 10_000_000, 1_000_000, 100_000_000),
  grade('considerable', '较大', 'considerable', 1_000_000, 100_000, 50_000_000),
]

/** The grade of an incident; the number itself counts ("以上"). Below every line it is general. */
export function incidentGrade(incident: {
  readonly persons: number
  readonly sensitivePersons: number
  readonly lossYuan: number
}): IncidentGrade {
  const reached = incidentGrades.find(
    (line) =>
      line.persons <= incident.persons ||
      line.sensitivePersons <= incident.sensitivePersons ||
      line.lossYuan <= incident.lossYuan,
  )
  return reached?.grade ?? 'general'
}

function duty(code: string, article: number, zh: string, en: string): Provision {
  return { code, zh, en, citation: measures(article), inForce, certainty: 'primary' }
}

function grade(
  name: IncidentGrade,
  zh: string,
  en: string,
  persons: number,
  sensitivePersons: number,
  lossYuan: number,
): (typeof incidentGrades)[number] {
  const wan = (number: number) => `${number / 10_000}万`
  return {
    code: `INCIDENT-${name}`,
    grade: name,
    zh: `${zh}：涉及${wan(persons)}人以上个人信息，或者${wan(sensitivePersons)}人以上敏感个人信息，或者损失${wan(lossYuan)}元以上`,
    en: `${en}: personal information of ${persons.toLocaleString('en')} persons or more, sensitive of ${sensitivePersons.toLocaleString('en')} or more, or a loss of ${lossYuan.toLocaleString('en')} yuan or more`,
    citation: { instrument: 'miit-incident-plan-2024', article: 0 },
    inForce: { from: legalDate('2024-01-01') },
    certainty: 'primary',
    persons,
    sensitivePersons,
    lossYuan,
  }
}
