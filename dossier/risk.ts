import type { Words } from '@tongguan/law'
import type { AssessedMatter, Grade, Risk } from './answers.ts'
import { answer, paragraph, table, w } from './blocks.ts'
import type { Block } from './blocks.ts'

export type RiskLevel = 'low' | 'medium' | 'high' | 'grave'

/** Likelihood × severity, 1 to 25. Our own matrix, printed in each report so that nobody has to guess it. */
export function riskLevel({ likelihood, severity }: Risk): RiskLevel {
  const product = likelihood * severity
  if (product <= 4) return 'low'
  if (product <= 9) return 'medium'
  return product <= 14 ? 'high' : 'grave'
}

export const riskWords = {
  low: { zh: '低', en: 'low' },
  medium: { zh: '中', en: 'medium' },
  high: { zh: '高', en: 'high' },
  grave: { zh: '重大', en: 'grave' },
} as const satisfies Record<RiskLevel, Words>

/** The matrix itself: one row a likelihood, one column a severity. */
export function riskMatrix(): readonly Block[] {
  const grades: readonly Grade[] = [1, 2, 3, 4, 5]
  return [
    paragraph(
      w(
        '风险等级为可能性与严重程度（各1至5级）之积：4及以下为低，5至9为中，10至14为高，15及以上为重大。',
        'A risk is likelihood times severity (1 to 5 each): up to 4 low, 5 to 9 medium, 10 to 14 high, 15 and more grave.',
      ),
    ),
    table(
      [3, 2, 2, 2, 2, 2],
      [w('可能性＼严重程度', 'Likelihood \\ severity'), ...grades.map(String)],
      grades.map((likelihood) => [
        String(likelihood),
        ...grades.map((severity) => {
          const { zh, en } = riskWords[riskLevel({ likelihood, severity })]
          return w(`${likelihood * severity} ${zh}`, `${likelihood * severity} ${en}`)
        }),
      ]),
    ),
  ]
}

/** What a matter's risk is before and after its measures, and who does them by when. */
export function riskBlocks({ risk, measures = [] }: AssessedMatter, at: string): readonly Block[] {
  if (risk === undefined) return [paragraph(w('风险等级：未评定。', 'Risk: not rated.'))]
  const row = (name: Words, { likelihood, severity }: Risk) => [
    name,
    String(likelihood),
    String(severity),
    w(
      `${likelihood * severity} ${riskWords[riskLevel({ likelihood, severity })].zh}`,
      `${likelihood * severity} ${riskWords[riskLevel({ likelihood, severity })].en}`,
    ),
  ]
  return [
    table(
      [3, 2, 2, 3],
      [w('风险', 'Risk'), w('可能性', 'Likelihood'), w('严重程度', 'Severity'), w('等级', 'Level')],
      [row(w('采取措施前', 'Before measures'), risk.before), row(w('采取措施后', 'After measures'), risk.after)],
    ),
    ...(measures.length === 0
      ? []
      : [
          table(
            [6, 3, 3],
            [w('措施', 'Measure'), w('责任人', 'Owner'), w('完成日期', 'By')],
            measures.map(({ what, owner, by }, index) => [
              answer(`${at}.measures.${index}.what`, what),
              answer(`${at}.measures.${index}.owner`, owner),
              by,
            ]),
          ),
        ]),
  ]
}
