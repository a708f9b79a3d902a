import { legalDate } from '../../calendar.ts'
import type { LegalDate } from '../../calendar.ts'
import type { Certainty, Reason } from '../../citation.ts'
import type { FlowFacts } from '../../facts.ts'
import { isInForce } from '../../provision.ts'
import { reason } from '../../rule.ts'
import type { Rule } from '../../rule.ts'

/**
 * Part 1(2): what an export of data is (数据出境安全评估申报指南, its three editions; the answers of 2025-10-31, no. 5).
 *
 * Data collected or generated in China are transmitted abroad; or stay in China and can be queried, fetched, downloaded
 * or exported from abroad; or, from the second edition on, personal information of people in China is processed abroad.
 * "Abroad" is where the access happens: staff of an overseas body who read the data inside China export nothing. Hong
 * Kong, Macau and Taiwan are abroad here. The guide has parts, not articles: its part stands as article 1. We have read
 * the third edition; what the first two said on this we know from others.
 */
export const nothingLeaves = {
  id: 'nothing-leaves',
  citation: { instrument: 'guide-2025', article: 1, paragraph: 2 },
  path: 'not-an-export',
  certainty: 'primary',
  inForce: { from: legalDate('2025-06-27') },
  exceptionTo: ['state-secrets', 'state-secrets-before-the-regulations'],
  says: {
    zh: '数据未传输至境外，境外也不能查询、调取、下载、导出，不属于数据出境',
    en: 'Nothing is transmitted abroad and nothing can be queried, fetched or downloaded from abroad: no export of data',
  },
  applies: ({ flow }) => !flow.leavesChina,
  looksAt: () => ({ leavesChina: false }),
  further: ({ on, flow }) =>
    flow.remoteAccessInChina && legalDate('2025-10-31') <= on
      ? [
          reason(
            { instrument: 'answers-2025-10', article: 5 },
            { leavesChina: false, accessPlace: 'CN' },
            '境外机构人员在境内访问，未向境外传输，不属于数据出境',
            'Staff of an overseas body read the data inside China and nothing goes abroad: no export',
          ),
        ]
      : [],
} as const satisfies Rule

export const nothingLeavesBySecondGuide = {
  ...nothingLeaves,
  id: 'nothing-leaves-by-second-guide',
  citation: { instrument: 'guide-2024', article: 1, paragraph: 2 },
  certainty: 'secondary',
  inForce: { from: legalDate('2024-03-22'), to: legalDate('2025-06-26') },
} as const satisfies Rule

/** The first edition did not yet name the processing abroad of what people in China enter there themselves. */
export const nothingLeavesByFirstGuide = {
  ...nothingLeaves,
  id: 'nothing-leaves-by-first-guide',
  citation: { instrument: 'guide-2022', article: 1, paragraph: 2 },
  certainty: 'secondary',
  inForce: { from: legalDate('2022-09-01'), to: legalDate('2024-03-21') },
} as const satisfies Rule

const saysOfCollection = {
  zh: '境外处理境内自然人个人信息的活动（个人信息保护法第三条第二款），属于数据出境',
  en: 'Processing abroad the personal information of people in China (article 3(2) of the law on it) is an export of data',
}

/** Said beside the path where data are collected directly from abroad; known from others before the third edition. */
export function collectedFromAbroad(on: LegalDate): readonly Reason[] {
  const edition = editionOf(on)
  if (!edition) return []
  const { zh, en } = saysOfCollection
  return [reason({ ...edition.citation, item: 3 }, { manner: 'direct-collection' }, zh, en)]
}

/** How surely it is known that a flow leaves China, where its manner alone says so. */
export function certaintyOfCollection({ manner, leavesChina }: FlowFacts, on: LegalDate): Certainty {
  if (manner !== 'direct-collection' || leavesChina !== undefined) return 'primary'
  return editionOf(on)?.certainty ?? 'primary'
}

function editionOf(on: LegalDate) {
  return [nothingLeaves, nothingLeavesBySecondGuide].find(({ inForce }) => isInForce(inForce, on))
}
