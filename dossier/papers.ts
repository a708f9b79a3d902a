import type { LegalDate, Words } from '@tongguan/law'
import type { Answers } from './answers.ts'
import { answer, centred, fields, h1, paragraph, space, table, title, w } from './blocks.ts'
import type { Sheet } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import type { Filing } from './filing.ts'
import { categoryNames, countryText, dateText } from './words.ts'

/** What a handler prints besides the materials: the cover index, the approval sheet, the notice and the consent. */

/** The approval sheet (会签单): who has to agree before anything is sealed. */
export function approvalSheet(answers: Answers, day: LegalDate): Sheet {
  const name = w('内部会签单', 'Internal approval sheet')
  const desks: readonly Words[] = [
    w('业务部门', 'Department'),
    w('信息技术部门', 'Information technology'),
    w('法务部门', 'Legal'),
    w('伦理委员会（不涉及的写明）', 'Ethics committee (or say why not)'),
    w('数据安全负责人', 'Security officer'),
    w('法定代表人', 'Legal representative'),
  ]
  return {
    style: 'form',
    name,
    blocks: [
      title(name),
      fields([
        [w('申报单位', 'Declarant'), answers.handler.name],
        [w('文号', 'Reference'), answers.reference],
        [w('申报日', 'Day of filing'), w(dateText(day), day)],
        [w('出境场景', 'Scenarios'), answers.scenarios.map((scenario) => scenario.name).join('、')],
        [w('经办人', 'Agent'), answers.agent.name],
      ]),
      table(
        [5, 5, 3, 3],
        [w('会签部门', 'Desk'), w('意见', 'Opinion'), w('签字', 'Signature'), w('日期', 'Date')],
        desks.map((desk) => [desk, '', '', '']),
      ),
      paragraph(
        w(
          '全部会签完毕后方可用印；用印份数和经手人另行登记。',
          'Seal only when all have signed; copies sealed and by whom are registered apart.',
        ),
      ),
    ],
  }
}

/** One line of the index: what it is, the file it lies in, how many bytes (null until it is written). */
export interface IndexLine {
  readonly what: Words
  readonly file: string
}

/** The cover with the index of the whole set. */
export function coverIndex(answers: Answers, lines: readonly IndexLine[], day: LegalDate, filing: Filing): Sheet {
  const name = w('申报材料封面与目录', 'Cover and index')
  return {
    style: 'form',
    name,
    blocks: [
      space(3),
      title(coverTitles[filing]),
      centred(w('申报单位（盖章）：', 'Declarant (seal): '), answers.handler.name),
      centred(w('文号：', 'Reference: '), answers.reference),
      centred(w(dateText(day), day)),
      h1(w('目录', 'Index')),
      table(
        [1.4, 6, 7],
        [w('序号', 'No.'), w('材料', 'Material'), w('文件', 'File')],
        lines.map(({ what, file }, index) => [String(index + 1), what, file]),
      ),
    ],
  }
}

const coverTitles: Readonly<Record<Filing, Words>> = {
  assessment: w('数据出境安全评估申报材料', 'Declaration for the security assessment of a data export'),
  extension: w('数据出境安全评估结果有效期延长申请材料', 'Application to extend the result of a security assessment'),
  'standard-contract': w(
    '个人信息出境标准合同备案材料',
    'Filing of a standard contract for the export of personal information',
  ),
}

/** The notice under PIPL arts 30 and 39: who abroad, for what, how, which kinds, and how to exercise one's rights there. */
export function exportNotice(answers: Answers, scenario: ScenarioDossier, index: number): Sheet {
  const { answers: said, items } = scenario
  const name = w(`个人信息出境告知书（场景${index + 1}）`, `Notice of export (scenario ${index + 1})`)
  const sensitive = items.filter(({ category }) => category === 'sensitive')
  const kindsOf = (language: 'zh' | 'en') =>
    items
      .filter(({ category }) => category !== 'none')
      .map(
        (item) =>
          `${item.name}${language === 'zh' ? `（${categoryNames[item.category].zh}）` : ` (${categoryNames[item.category].en})`}`,
      )
      .join(language === 'zh' ? '、' : ', ')
  return {
    style: 'form',
    name,
    blocks: [
      title(w('个人信息出境告知书', 'Notice: your personal information will be provided abroad')),
      paragraph(
        w(
          `${answers.handler.name}（联系电话${answers.securityOfficer.phone}）拟将您的个人信息提供给境外。依照《个人信息保护法》第三十九条，现将有关事项告知如下：`,
          `${answers.handler.name} (telephone ${answers.securityOfficer.phone}) intends to provide your personal information abroad. Under art. 39 of the Personal Information Protection Law you are told:`,
        ),
      ),
      ...said.recipients.map((recipient, number) => {
        const at = `scenarios.${index}.recipients.${number}`
        return fields([
          [w('境外接收方', 'Recipient'), answer(`${at}.name`, recipient.name)],
          [w('联系方式', 'Contact'), `${recipient.phone}；${recipient.email}`],
          [w('所在国家或者地区', 'Country or region'), countryText(recipient)],
          [w('处理目的', 'Purpose'), answer(`${at}.use`, recipient.use)],
          [w('处理方式', 'Manner'), answer(`${at}.manner`, recipient.manner)],
        ])
      }),
      paragraph(w(`个人信息的种类：${kindsOf('zh')}。`, `Kinds of information: ${kindsOf('en')}.`)),
      ...(sensitive.length === 0
        ? []
        : [
            paragraph(
              w(
                '其中敏感个人信息的处理必要性和对您个人权益的影响（《个人信息保护法》第三十条）：',
                'Of the sensitive ones, why they are necessary and how they affect your rights (PIPL art. 30):',
              ),
            ),
            table(
              [1, 2, 2],
              [w('个人信息', 'Information'), w('必要性', 'Necessity'), w('对个人权益的影响', 'Effect on your rights')],
              sensitive.map(({ name: item, necessity, index: place }) => [
                item,
                answer(`scenarios.${index}.items.${place}.necessity.related`, necessity.related),
                answer(`scenarios.${index}.items.${place}.necessity.leastImpact`, necessity.leastImpact),
              ]),
            ),
          ]),
      paragraph(w('境外保存期限：', 'Stored abroad: '), answer(`scenarios.${index}.retention`, said.retention)),
      paragraph(
        w(
          '您可以直接向境外接收方，也可以通过我单位，行使查阅、复制、更正、补充、删除、限制或者拒绝处理以及要求解释规则等权利；可以随时撤回同意，撤回不影响此前已进行的处理。',
          'You may exercise your rights (access, copy, correction, completion, deletion, restriction, refusal, explanation) with the recipient or through us, and may withdraw your consent at any time; what was done before stays lawful.',
        ),
      ),
    ],
  }
}

/** The separate consent (PIPL arts. 29 and 39): one matter, not bundled with any other. */
export function separateConsent(answers: Answers, scenario: ScenarioDossier, index: number): Sheet {
  const name = w(`个人信息出境单独同意书（场景${index + 1}）`, `Separate consent (scenario ${index + 1})`)
  const recipients = (separator: string) => scenario.answers.recipients.map((one) => one.name).join(separator)
  return {
    style: 'form',
    name,
    blocks: [
      title(w('个人信息出境单独同意书', 'Separate consent to the export of personal information')),
      paragraph(
        w(
          `我已阅读${answers.handler.name}的《个人信息出境告知书》，知悉接收方（${recipients('、')}）、目的、方式、信息种类和我的权利。本同意只针对向境外提供个人信息这一事项，不同意不影响我获得其他服务。`,
          `I have read the notice of ${answers.handler.name} and know the recipient (${recipients(', ')}), purpose, manner, kinds of information and my rights. This consent is about the export alone; refusing it costs me no other service.`,
        ),
      ),
      table(
        [8, 4],
        [w('事项', 'Matter'), w('选择（勾选一项）', 'Choice (tick one)')],
        [
          [
            w('向境外提供我的个人信息', 'providing my personal information abroad'),
            w('□同意　□不同意', '[ ] I agree  [ ] I do not'),
          ],
          ...(scenario.items.some(({ category }) => category === 'sensitive')
            ? [
                [
                  w('其中的敏感个人信息', 'the sensitive information among it'),
                  w('□同意　□不同意', '[ ] I agree  [ ] I do not'),
                ],
              ]
            : []),
        ],
      ),
      paragraph(w('未满十四周岁的，由父母或者其他监护人签署。', 'For a child under 14, a parent or guardian signs.')),
      paragraph(
        w(
          '签字：　　　　　　　日期：　　　　　　　告知书版本：',
          'Signature:            Date:            Version of the notice:',
        ),
      ),
    ],
  }
}
