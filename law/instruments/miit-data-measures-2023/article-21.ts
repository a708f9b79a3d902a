import { legalDate } from '../../calendar.ts'
import type { LegalDate } from '../../calendar.ts'
import type { Reason } from '../../citation.ts'
import { reason } from '../../rule.ts'

/**
 * Articles 21 and 24: export and core data in industry, telecommunications and radio (工业和信息化领域数据安全管理办法（试行）).
 *
 * Article 21: important and core data collected in China are stored in China where the law says so; what must truly go
 * abroad is assessed; nothing goes to foreign authorities of these trades without the ministry. Article 24: core data
 * handed from one body to another are reviewed by the local regulator, then by the ministry. Issued 2022-12-08,
 * published 2022-12-13, in force from 2023-01-01.
 */
export const miitMeasuresFrom = legalDate('2023-01-01')

/** The trades the ministry's measures speak of, as `flows.N.industry` names them. */
export const miitIndustries: readonly string[] = ['industry', 'telecom', 'radio']

export function coreDataOfTheMinistry(on: LegalDate, industry: string | null): readonly Reason[] {
  if (!isTheMinistrys(on, industry)) return []
  const facts = { coreData: true, industry }
  return [
    reason(
      { instrument: 'miit-data-measures-2023', article: 21 },
      facts,
      '工业和信息化领域核心数据确需向境外提供的，应当依法进行安全评估',
      'Core data of industry and telecommunications that must truly go abroad are assessed by law',
    ),
    reason(
      { instrument: 'miit-data-measures-2023', article: 24 },
      facts,
      '跨主体提供核心数据的，由地方行业监管部门审查后报工业和信息化部审查',
      'Core data handed to another body are reviewed by the local regulator, then by the ministry',
    ),
  ]
}

export function foreignAuthorityOfTheMinistry(on: LegalDate, industry: string | null): readonly Reason[] {
  if (!isTheMinistrys(on, industry)) return []
  return [
    reason(
      { instrument: 'miit-data-measures-2023', article: 21, paragraph: 2 },
      { foreignAuthorityRequest: true, industry },
      '未经工业和信息化部批准，不得向外国工业、电信、无线电执法机构提供存储于境内的数据',
      'Without the ministry’s approval nothing stored in China goes to foreign enforcers of these trades',
    ),
  ]
}

export function importantDataOfTheMinistry(on: LegalDate, industry: string | null): readonly Reason[] {
  if (!isTheMinistrys(on, industry)) return []
  return [
    reason(
      { instrument: 'miit-data-measures-2023', article: 21 },
      { industry },
      '工业和信息化领域重要数据确需向境外提供的，应当依法进行安全评估',
      'Important data of industry and telecommunications that must truly go abroad are assessed by law',
    ),
  ]
}

function isTheMinistrys(on: LegalDate, industry: string | null): boolean {
  return miitMeasuresFrom <= on && industry !== null && miitIndustries.includes(industry)
}
