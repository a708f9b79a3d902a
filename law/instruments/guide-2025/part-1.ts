import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Part 1(2): what an export of data is (数据出境安全评估申报指南, third edition; the answers of 2025-10-31, no. 5).
 *
 * Data collected or generated in China are transmitted abroad; or stay in China and can be queried, fetched, downloaded
 * or exported from abroad; or personal information of people in China is processed abroad. "Abroad" is where the access
 * happens: staff of an overseas body who read the data inside China export nothing. Hong Kong, Macau and Taiwan are
 * abroad here. The guide has parts, not articles: its part stands as article 1.
 */
export const nothingLeaves: Rule = ({ on, flow }) => {
  if (flow.leavesChina) return null
  const facts = { leavesChina: false }
  return {
    path: 'not-an-export',
    certainty: on < firstEdition ? 'secondary' : 'primary',
    because: [
      reason(
        { instrument: 'guide-2025', article: 1, paragraph: 2 },
        facts,
        '数据未传输至境外，境外也不能查询、调取、下载、导出，不属于数据出境',
        'Nothing is transmitted abroad and nothing can be queried, fetched or downloaded from abroad: no export of data',
      ),
      ...(flow.remoteAccessInChina
        ? [
            reason(
              { instrument: 'answers-2025-10', article: 5 },
              { ...facts, accessPlace: 'CN' },
              '境外机构人员在境内访问，未向境外传输，不属于数据出境',
              'Staff of an overseas body read the data inside China and nothing goes abroad: no export',
            ),
          ]
        : []),
    ],
  }
}

// We have read the third edition; what the first two said on this we know from others.
const firstEdition = legalDate('2025-06-27')
