import type { Answers } from './answers.ts'
import { answer, centred, fields, h1, h2, paragraph, title, w } from './blocks.ts'
import type { Sheet } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import { ownPaperNames } from './filing.ts'
import { seals } from './form.ts'
import { riskBlocks, riskMatrix } from './risk.ts'
import { choiceText } from './choices.ts'
import { dateText } from './words.ts'
import type { LegalDate, Words } from '@tongguan/law'
import type { AssessmentAnswer } from './answers.ts'

/**
 * The standard-contract path (Order 13): the impact assessment with the six matters of art. 5, drawn from the same
 * answers as the self-assessment, whose matters correspond; and the undertaking that goes with the filing.
 */
export function impactAssessment(answers: Answers, scenarios: readonly ScenarioDossier[], day: LegalDate): Sheet {
  const name = ownPaperNames['impact-assessment']
  return {
    style: 'report',
    name,
    blocks: [
      title(name),
      centred(w('个人信息处理者（盖章）：', 'Handler (seal): '), answers.handler.name),
      centred(w(dateText(day), day)),
      h1(w('一、评估工作情况', '1. How it was done')),
      paragraph(answer('selfAssessment.process', answers.selfAssessment.process)),
      h1(w('二、出境活动情况', '2. The export')),
      ...scenarios.flatMap(({ answers: scenario, items, persons }, index) => [
        h2(w(`场景${index + 1}：${scenario.name}`, `Scenario ${index + 1}: ${scenario.name}`)),
        fields([
          [w('目的', 'Purpose'), answer(`scenarios.${index}.purpose`, scenario.purpose)],
          [w('方式', 'Manner'), answer(`scenarios.${index}.manner`, choiceText(scenario.manner))],
          [w('数据项', 'Items'), named(items.map(({ name }) => w(name, name)))],
          [
            w('人数（上界）', 'Persons (upper bound)'),
            w(
              `${persons.general + persons.sensitive}人，其中敏感${persons.sensitive}人`,
              `${persons.general + persons.sensitive}, ${persons.sensitive} with sensitive information`,
            ),
          ],
          [
            w('境外接收方', 'Recipients'),
            named(scenario.recipients.map((one) => w(`${one.name}（${one.country}）`, `${one.name} (${one.country})`))),
          ],
          [w('境外保存期限', 'Storage abroad'), answer(`scenarios.${index}.retention`, scenario.retention)],
          [w('再转移', 'Onward transfer'), answer(`scenarios.${index}.onwardTransfer`, scenario.onwardTransfer)],
        ]),
      ]),
      h1(w('三、影响评估（《个人信息出境标准合同办法》第五条）', '3. The impact (Order 13 art. 5)')),
      ...riskMatrix(),
      ...matters.flatMap(({ names, from }, place) => {
        const index = answers.assessment.findIndex(({ item }) => item === from)
        const given = answers.assessment[index]
        const { zh, en } = names
        return [
          h2(w(`（${['一', '二', '三', '四', '五', '六'][place]}）${zh}`, `(${place + 1}) ${en}`)),
          ...(place === 4
            ? answers.scenarios.flatMap((scenario, s) =>
                scenario.recipients.map((one, r) =>
                  paragraph(answer(`scenarios.${s}.recipients.${r}.countryLaw`, one.countryLaw)),
                ),
              )
            : given
              ? [
                  paragraph(answer(`assessment.${index}.analysis`, given.analysis)),
                  ...riskBlocks(given, `assessment.${index}`),
                  paragraph(answer(`assessment.${index}.conclusion`, given.conclusion)),
                ]
              : [paragraph(w('未评估。', 'Not assessed.'))]),
        ]
      }),
      h1(w('四、结论', '4. Conclusion')),
      paragraph(answer('conclusion', answers.conclusion)),
    ],
  }
}

const named = (texts: readonly Words[]): Words =>
  w(texts.map(({ zh }) => zh).join('、'), texts.map(({ en }) => en).join(', '))

/** The six matters of Order 13 art. 5 and the matter of Order 11 art. 5 whose answer they take. */
const matters: readonly { readonly names: Words; readonly from: AssessmentAnswer['item'] }[] = [
  { names: w('处理目的、范围、方式的合法性、正当性、必要性', 'legality, legitimacy and necessity'), from: 1 },
  {
    names: w('规模、范围、种类、敏感程度及对个人权益的风险', 'scale, scope, kind, sensitivity and risk to individuals'),
    from: 2,
  },
  { names: w('境外接收方承诺的义务及其措施、能力', "the recipient's duties, measures and ability"), from: 3 },
  { names: w('出境后泄露等风险及个人维权渠道', 'risks after the export and remedies of individuals'), from: 4 },
  {
    names: w(
      '境外接收方所在国家或者地区的法律对合同履行的影响',
      "what the law of the recipient's country does to the contract",
    ),
    from: 3,
  },
  { names: w('其他事项', 'anything else'), from: 6 },
]

/** The undertaking of a standard-contract filing (filing guide v2), in our own words. */
export function filingUndertaking({ handler }: Answers): Sheet {
  const name = ownPaperNames['filing-undertaking']
  return {
    style: 'form',
    name,
    blocks: [
      title(name),
      paragraph(
        w(
          `${handler.name}承诺：备案材料真实、完整、准确、有效；标准合同严格按照国家网信部门制定的文本订立，补充条款与其不相冲突；出境活动遵守合同和法律，接受监督。如有不实或违背，愿承担相应法律责任。`,
          `${handler.name} undertakes that the filing is true, complete, accurate and valid; that the contract follows the text issued by the authority and no added term conflicts with it; that the export keeps to contract and law, under supervision; and that it answers in law for any untruth or breach.`,
        ),
      ),
      ...seals(
        w('单位名称（盖章）：', 'Handler (seal):'),
        w('法定代表人（签字）：', 'Legal representative (signature):'),
        w('日期：', 'Date:'),
      ),
    ],
  }
}
