import { legalDate } from '@tongguan/law'
import type { ExportFacts, LegalDate } from '@tongguan/law'
import type { At, NewEnquiry } from './decide.ts'
import type { Officer, SubjectNo } from './desk.ts'

// Small makers for the tests of this folder; every name is made up.

export const today: LegalDate = legalDate('2026-06-10')
export const office = '北京市'
export const li: Officer = { id: 'u-li', name: '李接线', office }
export const wang: Officer = { id: 'u-wang', name: '王接线', office }
export const aCode = '12100000400000000W'
export const anotherCode = '91110000EXAMP1E092'

export function at(change: Partial<At> = {}): At {
  return { day: today, officer: li, lists: [], ...change }
}

export function aNote(no: string, change: Partial<NewEnquiry> = {}): NewEnquiry {
  return {
    no: no as SubjectNo,
    channel: 'phone',
    question: '我们医院向荷兰大学提供患者数据，要申报安全评估吗',
    ...change,
  }
}

/** Facts that need an assessment by the law of 2026: 12,000 persons with sensitive items. */
export function someFacts(sensitive = 12_000): ExportFacts {
  return {
    schema: 'tongguan/facts/1',
    handler: {
      name: '示例医院',
      ciio: false,
      personsProcessed: 800_000,
      publicBody: 'none',
      ftz: 'none',
      identification: { done: true },
    },
    voluntaryDeclaration: false,
    flows: [
      {
        id: 'research',
        recipients: [{ name: 'University', country: 'NL', restrictedList: false }],
        manner: 'transfer',
        leavesChina: true,
        containsPersonalInformation: true,
        legalBasis: 'consent',
        importantData: 'none',
        coreData: false,
        stateSecrets: false,
        controlledItems: false,
        classifiedSurvey: false,
        foreignAuthorityRequest: false,
        humanGeneticResources: { provided: false },
        gba: 'none',
        exemption: 'none',
        since1January: { general: 0, sensitive, both: 0 },
        since1JanuaryLastYear: { general: 20_000, sensitive: 12_000 },
      },
    ],
  }
}

export const anAnswer = {
  text: '应当向国家网信部门申报数据出境安全评估。',
  citations: [{ instrument: 'provisions-2024', article: 7 }],
} as const

/** Words cut at each character: tests of the store need no dictionary. */
export const characters = (text: string): readonly string[] => [...new Set(text.replaceAll(/[^\p{L}\p{N}]/gu, ''))]
