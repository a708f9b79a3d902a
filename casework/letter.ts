import { cite } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import type { DeclaredCase } from './case.ts'
import { clauseWords } from './clauses.ts'
import { lastDayOf, outcomeOf } from './validity.ts'
import { outcomeWords } from './words.ts'

/** The written notice of a result (Order 11 art. 12), as its parts; how it looks is decided elsewhere. */
export interface Letter {
  readonly title: Words
  readonly number: string
  readonly to: string
  /** In order; a heading stands above what follows it. */
  readonly parts: readonly { readonly kind: 'heading' | 'paragraph'; readonly words: Words }[]
}

/** A case with a result. */
export type DecidedCase = Extract<DeclaredCase, { readonly status: 'decided' | 'final' }>

export function isDecided(current: DeclaredCase | { readonly declaration: null }): current is DecidedCase {
  return current.declaration !== null && 'decision' in current
}

/** The letter of a decided case: rendered from the same record as the permit, so they cannot differ. Pure. */
export function letterOf(current: DecidedCase): Letter {
  const { no, declaration, decision, events } = current
  const paragraph = (zh: string, en: string) => ({ kind: 'paragraph', words: { zh, en } }) as const
  const heading = (zh: string, en: string) => ({ kind: 'heading', words: { zh, en } }) as const
  const outcome = outcomeWords[outcomeOf(decision)]
  const opening = paragraph(
    `${declaration.handler.name}：你单位申报的数据出境安全评估（案件编号 ${no}），经评估，结果为：${outcome.zh}。`,
    `To ${declaration.handler.name}: the security assessment you declared (case ${no}) has the result: ${outcome.en}.`,
  )
  const closing = paragraph(
    `对评估结果有异议的，可以在收到本通知书之日起15个工作日内申请复评，复评结果为最终结论（${cite(article13).zh}）。`,
    `Within 15 working days of receiving this notice a re-assessment may be asked for; its result is final (${cite(article13).en}).`,
  )
  const number = decision.resultNo
  const shared = { title, number, to: declaration.handler.name }
  if (decision.kind === 'notPassed') {
    const reasons = decision.reasons.map((words, at) => paragraph(`${at + 1}. ${words.zh}`, `${at + 1}. ${words.en}`))
    return { ...shared, parts: [opening, heading('理由', 'Reasons'), ...reasons, closing] }
  }
  const scenarios = decision.scenarios.flatMap(
    ({ id, passedItems, refusedItems, ceiling, obligations = [], conditions }) => {
      const name = declaration.scenarios.find((one) => one.id === id)?.name ?? id
      const numbered = [
        ...obligations.flatMap((one) => clauseWords(one) ?? []),
        ...conditions.map((text) => ({ zh: text, en: text })),
      ]
      const distinct = numbered.filter(({ zh }, at) => numbered.findIndex((one) => one.zh === zh) === at)
      return [
        heading(`场景：${name}`, `Scenario: ${name}`),
        paragraph(
          `准予出境的数据项：${passedItems.join('、') || '无'}`,
          `Items that passed: ${passedItems.join(', ') || 'none'}`,
        ),
        ...refusedItems.map((item) =>
          paragraph(`不予出境：${item.name}。理由：${item.reason.zh}`, `Refused: ${item.name}. ${item.reason.en}`),
        ),
        paragraph(
          `人数上限：不含敏感个人信息的 ${ceiling.general} 人，含敏感个人信息的 ${ceiling.sensitive} 人。`,
          `Persons at most: ${ceiling.general} without sensitive items, ${ceiling.sensitive} with.`,
        ),
        ...distinct.map((words, at) => paragraph(`要求 ${at + 1}：${words.zh}`, `Condition ${at + 1}: ${words.en}`)),
      ]
    },
  )
  const lastDay = lastDayOf({ events, decision })
  const validity = paragraph(
    `评估结果有效期自 ${decision.issued} 至 ${lastDay}。`,
    `The result holds from ${decision.issued} to ${lastDay}.`,
  )
  return { ...shared, parts: [opening, ...scenarios, validity, closing] }
}

const title: Words = {
  zh: '数据出境安全评估结果通知书',
  en: 'Notice of the result of a data export security assessment',
}
const article13 = { instrument: 'measures-2022', article: 13 } as const
