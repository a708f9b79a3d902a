import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import { holidaysOf } from './catalogues/holidays.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { OutOfRange } from './out-of-range.ts'
import { allHold, holds, isInForce } from './provision.ts'
import type { Holds, Provision } from './provision.ts'
import { weakest } from './rule.ts'
import { extensionWindowBefore } from './validity.ts'
import type { ExtensionWindow } from './validity.ts'

/**
 * What an application for extension states (Guide, third edition, part 3(1) and annex 5). A fact left out is unknown.
 * Numbers are those approved for the three years behind and planned for the three years ahead.
 */
export interface ExtensionFacts {
  readonly lastDay: LegalDate
  /** Purpose, manner and scope of the export and of the recipient's processing are as they were assessed. */
  readonly purposeAndScopeUnchanged?: boolean
  readonly partiesUnchanged?: boolean
  readonly containsPersonalInformation?: boolean
  /** Distinct natural persons. */
  readonly personsApproved?: number
  readonly personsPlanned?: number
  readonly containsImportantData?: boolean
  readonly importantDataBytesApproved?: number
  readonly importantDataBytesPlanned?: number
  /** The legal document holds the six matters of Order 11 art. 9. */
  readonly legalDocumentMeetsArticle9?: boolean
  /** The three years behind kept strictly to the notice of the result. */
  readonly keptToTheNotice?: boolean
  readonly majorIncident?: boolean
}

export interface ExtensionCheck {
  readonly schema: 'tongguan/extension-check/1'
  readonly on: LegalDate
  /** `no`: not to be extended, a new declaration instead. `unknown`: a fact is missing. */
  readonly mayBeAskedFor: Holds
  readonly window: ExtensionWindow & { readonly state: 'not-open' | 'open' | 'closed' }
  readonly conditions: readonly (Omit<ExtensionCondition, 'answer'> & ConditionAnswer)[]
  readonly certainty: Certainty
}

export interface ConditionAnswer {
  readonly holds: Holds
  /** The facts looked at. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
  /** The facts that are missing, where the answer is unknown. */
  readonly missing: readonly (keyof ExtensionFacts)[]
}

/** The growth over the approved number that still allows an extension: "不超过" includes it. */
export const extensionGrowth = {
  percent: 20,
  inForce: { from: legalDate('2025-06-27') },
  citation: { instrument: 'guide-2025', article: 3, paragraph: 1 },
} as const

/**
 * Holds an application against the window and the six conditions, on a day. Before the third edition of the Guide
 * (2025-06-27) the law had the window but these conditions were not published: each is then unknown. Throws OutOfRange
 * for a day before Order 16, when there was no extension.
 */
export function checkExtension(facts: ExtensionFacts, on: LegalDate): ExtensionCheck {
  if (on < provisionsFrom) {
    throw new OutOfRange({
      zh: `${on} 时还没有延长有效期的规定，期满前应当重新申报（数据出境安全评估办法第十四条）；请给出 ${provisionsFrom} 或以后的日期`,
      en: `On ${on} a result could not be extended but was declared again before it expired (Order 11 art. 14); give a day from ${provisionsFrom}`,
    })
  }
  const window = extensionWindowBefore(facts.lastDay)
  const published = isInForce(extensionGrowth.inForce, on)
  const conditions = extensionConditions.map(({ answer, ...condition }) => ({
    ...condition,
    ...(published ? answer(facts) : ({ holds: 'unknown', facts: {}, missing: [] } as const)),
  }))
  const state = on < window.opens ? 'not-open' : on <= window.closes ? 'open' : 'closed'
  return {
    schema: 'tongguan/extension-check/1',
    on,
    mayBeAskedFor: allHold([holds(state === 'open'), ...conditions.map((condition) => condition.holds)]),
    window: { ...window, state },
    conditions,
    // The conditions were read; the window is as sure as the holidays it is counted by.
    certainty: weakest(...[window.opens, window.closes].map((day) => holidaysOf(Number(day.slice(0, 4))).certainty)),
  }
}

interface ExtensionCondition extends Provision {
  readonly answer: (facts: ExtensionFacts) => ConditionAnswer
}

const condition = (
  item: number,
  words: Words,
  answer: ExtensionCondition['answer'],
  citation: Citation = extensionGrowth.citation,
): ExtensionCondition => ({
  code: `E-${item}`,
  ...words,
  citation: { ...citation, item },
  inForce: extensionGrowth.inForce,
  certainty: 'primary',
  answer,
})

/** The six conditions of the Guide, third edition, part 3(1); all are needed. */
export const extensionConditions: readonly ExtensionCondition[] = [
  condition(
    1,
    {
      zh: '出境和境外处理的目的、范围等未发生变化',
      en: 'The purpose, scope and the rest of the export are unchanged',
    },
    (facts) => statedAs(facts, 'purposeAndScopeUnchanged', true),
  ),
  condition(
    2,
    { zh: '数据处理者、境外接收方等未发生变化', en: 'The handler, the recipient and the rest are unchanged' },
    (facts) => statedAs(facts, 'partiesUnchanged', true),
  ),
  condition(
    3,
    {
      zh: '个人信息：未来三年自然人数量较过去三年获准数量的增幅不超过20%',
      en: 'Personal information: the persons of the next three years exceed the number approved for the past three by no more than 20 %',
    },
    (facts) => growsWithin(facts, 'containsPersonalInformation', 'personsApproved', 'personsPlanned'),
  ),
  condition(
    4,
    {
      zh: '重要数据：未来三年数据规模较获准规模的增幅不超过20%',
      en: 'Important data: their size in the next three years exceeds the approved size by no more than 20 %',
    },
    (facts) => growsWithin(facts, 'containsImportantData', 'importantDataBytesApproved', 'importantDataBytesPlanned'),
  ),
  condition(5, { zh: '法律文件符合第九条的要求', en: 'The legal document meets article 9 of the Measures' }, (facts) =>
    statedAs(facts, 'legalDocumentMeetsArticle9', true),
  ),
  condition(
    6,
    {
      zh: '过去三年严格按照评估结果通知书开展出境活动，未发生重大数据安全事件',
      en: 'The past three years kept strictly to the notice of the result, without a major data security incident',
    },
    (facts) => {
      const kept = statedAs(facts, 'keptToTheNotice', true)
      const quiet = statedAs(facts, 'majorIncident', false)
      return {
        holds: allHold([kept.holds, quiet.holds]),
        facts: { ...kept.facts, ...quiet.facts },
        missing: [...kept.missing, ...quiet.missing],
      }
    },
  ),
]

type Stated =
  | 'purposeAndScopeUnchanged'
  | 'partiesUnchanged'
  | 'legalDocumentMeetsArticle9'
  | 'keptToTheNotice'
  | 'majorIncident'

function statedAs(facts: ExtensionFacts, name: Stated, wanted: boolean): ConditionAnswer {
  const stated = facts[name]
  return {
    holds: stated === undefined ? 'unknown' : holds(stated === wanted),
    facts: { [name]: stated ?? null },
    missing: stated === undefined ? [name] : [],
  }
}

function growsWithin(
  facts: ExtensionFacts,
  contains: 'containsPersonalInformation' | 'containsImportantData',
  approvedName: 'personsApproved' | 'importantDataBytesApproved',
  plannedName: 'personsPlanned' | 'importantDataBytesPlanned',
): ConditionAnswer {
  const there = facts[contains]
  const approved = facts[approvedName]
  const planned = facts[plannedName]
  // Numbers that speak against "none" are looked at: none is then not what the file tells.
  if (there === false && !approved && !planned) return { holds: 'yes', facts: { [contains]: false }, missing: [] }
  const looked = { [approvedName]: approved ?? null, [plannedName]: planned ?? null }
  if (approved === undefined || planned === undefined) {
    const missing = [approvedName, plannedName].filter((name) => facts[name] === undefined)
    return { holds: 'unknown', facts: looked, missing: there === undefined ? [contains, ...missing] : missing }
  }
  // In whole numbers, so that exactly 20 % is exactly 20 %; sizes may pass 2^53 when multiplied.
  const within = BigInt(planned) * 100n <= BigInt(approved) * BigInt(100 + extensionGrowth.percent)
  return { holds: holds(within), facts: looked, missing: [] }
}
