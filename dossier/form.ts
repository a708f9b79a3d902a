import { countingMethod } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { Answers, PersonInCharge, ScenarioAnswers } from './answers.ts'
import { answer, centred, fields, h1, h2, paragraph, title, w } from './blocks.ts'
import type { Block, Part, Sheet, Text } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import { choiceText } from './choices.ts'
import { countryText, dateText, personsCount, yesNo } from './words.ts'

/**
 * The declaration form (数据出境安全评估申报表), section by section as in Guide v3, annex 3. The layout is ours: an office
 * wants its own template filled, so every page says that this is not it.
 */
export function declarationForm(answers: Answers, scenarios: readonly ScenarioDossier[], filedOn: LegalDate): Sheet {
  const { handler, legalRepresentative, securityOfficer, agent, compliance } = answers
  return {
    style: 'form',
    name: w('数据出境安全评估申报表', 'Declaration form'),
    blocks: [
      title(w('数据出境安全评估申报表', 'Declaration form for the security assessment of a data export')),
      centred(w('申报单位文号：', 'Reference of the declarant: '), answer('reference', answers.reference)),
      h1(w('一、数据处理者情况', '1. The data handler')),
      fields([
        [w('单位名称', 'Name'), answer('handler.name', handler.name)],
        [w('单位性质', 'Nature'), answer('handler.nature', choiceText(handler.nature))],
        [w('单位类型', 'Ownership'), answer('handler.ownership', choiceText(handler.ownership))],
        [w('单位注册地', 'Registered at'), answer('handler.registeredAt', handler.registeredAt)],
        [w('办公所在地', 'Office at'), answer('handler.officeAt', handler.officeAt)],
        [w('员工数量', 'Employees'), answer('handler.employees', personsCount(handler.employees))],
        [w('统一社会信用代码', 'Unified social credit code'), answer('handler.creditCode', handler.creditCode)],
        [
          w('是否为关键信息基础设施运营者', 'Operator of critical information infrastructure'),
          { key: 'handler.ciio', text: yesNo(handler.ciio) },
        ],
        [
          w('处理个人信息规模', 'Persons whose information is processed'),
          answer(
            'handler.personsProcessed',
            w(`${handler.personsProcessed}人（按自然人去重）`, `${handler.personsProcessed} distinct natural persons`),
          ),
        ],
      ]),
      h1(w('二、法定代表人信息', '2. The legal representative')),
      legalRepresentative
        ? fields(personRows('legalRepresentative', legalRepresentative))
        : paragraph(w('本单位无法定代表人。', 'The handler has no legal representative.')),
      h1(w('三、数据安全负责人和管理机构信息', '3. The security officer and the body in charge')),
      fields([
        ...personRows('securityOfficer', securityOfficer),
        [w('管理机构名称', 'Body in charge'), answer('securityOfficer.body', securityOfficer.body)],
        [
          w('管理机构人数', 'Its members'),
          answer('securityOfficer.bodyMembers', personsCount(securityOfficer.bodyMembers)),
        ],
      ]),
      h1(w('四、经办人信息', '4. The agent')),
      fields(personRows('agent', agent)),
      h1(w('五、遵守中国法律、行政法规、部门规章情况', '5. Compliance with Chinese law')),
      fields([
        [
          w('期间', 'Period'),
          w(`${dateText(compliance.from)}至${dateText(compliance.to)}`, `${compliance.from} to ${compliance.to}`),
        ],
        [w('受到行政处罚情况', 'Administrative penalties'), answer('compliance.penalties', compliance.penalties)],
        [
          w('受有关主管部门调查情况', 'Investigations by authorities'),
          answer('compliance.investigations', compliance.investigations),
        ],
        [w('整改情况', 'Rectification'), answer('compliance.rectification', compliance.rectification)],
      ]),
      h1(w('六、数据出境场景', '6. Export scenarios')),
      ...scenarios.flatMap(scenarioBlocks),
      h1(w('七、承诺', '7. Undertaking')),
      ...undertaking(handler.name, filedOn),
    ],
  }
}

export function personRows(path: string, person: PersonInCharge): readonly (readonly [Text, Part])[] {
  return [
    [w('姓名', 'Name'), answer(`${path}.name`, person.name)],
    [w('职务', 'Position'), answer(`${path}.position`, person.position)],
    [w('国籍', 'Nationality'), answer(`${path}.nationality`, choiceText(person.nationality))],
    [w('联系电话', 'Telephone'), answer(`${path}.phone`, person.phone)],
    [w('电子邮箱', 'E-mail'), answer(`${path}.email`, person.email)],
    [w('证件类型', 'Identity document'), answer(`${path}.idType`, choiceText(person.idType))],
    [w('证件号码', 'Its number'), answer(`${path}.idNumber`, person.idNumber)],
  ]
}

function scenarioBlocks({ answers, items, persons }: ScenarioDossier, index: number): readonly Block[] {
  const at = `scenarios.${index}`
  const personal = items.some(({ category }) => category !== 'none')
  const sensitive = items.some(({ category }) => category === 'sensitive')
  const none = w('不涉及', 'none')
  return [
    h2(w(`数据出境场景${index + 1}：${answers.name}`, `Export scenario ${index + 1}: ${answers.name}`)),
    fields([
      [w('出境场景简述', 'Summary'), answer(`${at}.summary`, answers.summary)],
      [w('出境方式', 'Manner'), answer(`${at}.manner`, choiceText(answers.manner))],
      [w('是否包含重要数据', 'Important data'), yesNo(answers.importantData !== null)],
      [
        w('重要数据认定主管部门名称', 'Department that recognised them'),
        answers.importantData ? answer(`${at}.importantData.department`, answers.importantData.department) : none,
      ],
      [w('是否包含个人信息', 'Personal information'), yesNo(personal)],
      [w('是否包含敏感个人信息', 'Sensitive personal information'), yesNo(sensitive)],
      [w('涉及行业/领域', 'Industry'), answer(`${at}.industry`, answers.industry)],
      [w('涉及自然人（去重）数量', 'Distinct natural persons'), personsText(answers, persons)],
      [
        w('涉及重要数据规模', 'Size of the important data'),
        answers.importantData ? bytesText(answers.importantData.bytes) : none,
      ],
      ...(answers.recipientStatistics === null
        ? []
        : [[w('统计说明', 'Statistics'), answer(`${at}.recipientStatistics`, answers.recipientStatistics)] as const]),
    ]),
    ...answers.recipients.flatMap((recipient, number) => {
      const to = `${at}.recipients.${number}`
      return [
        paragraph(w(`境外接收方${number + 1}`, `Overseas recipient ${number + 1}`)),
        fields([
          [w('名称', 'Name'), answer(`${to}.name`, recipient.name)],
          [w('所在国家或者地区', 'Country or region'), countryText(recipient)],
          [w('所在地址', 'Address'), answer(`${to}.address`, recipient.address)],
          [w('主营业务', 'Main business'), answer(`${to}.business`, recipient.business)],
          [w('负责人姓名', 'Person in charge'), answer(`${to}.principal`, recipient.principal)],
          [w('负责人职务', 'Position'), answer(`${to}.principalPosition`, recipient.principalPosition)],
          [w('联系电话', 'Telephone'), answer(`${to}.phone`, recipient.phone)],
          [w('电子邮箱', 'E-mail'), answer(`${to}.email`, recipient.email)],
        ]),
      ]
    }),
  ]
}

function personsText(answers: ScenarioAnswers, { general, sensitive }: ScenarioDossier['persons']): Text {
  const { exportedThisYear, nextThreeYears, relation } = answers.persons
  return w(
    [
      `本次拟出境${general + sensitive}人，其中涉及敏感个人信息${sensitive}人，不含敏感个人信息${general}人（上界，计数方法${countingMethod}）`,
      `今年已出境${exportedThisYear}人`,
      `未来三年预计${nextThreeYears}人`,
      `两者关系：${relation}`,
    ].join('；'),
    [
      `${general + sensitive} to be exported, ${sensitive} of them with sensitive information and ${general} without (upper bound, method ${countingMethod})`,
      `${exportedThisYear} exported this year so far`,
      `${nextThreeYears} expected in the next three years`,
      `relation: ${relation}`,
    ].join('; '),
  )
}

// Our own wording of the three promises; the official template's sentence stands in the template.
function undertaking(handler: string, filedOn: LegalDate): readonly Block[] {
  return [
    paragraph(
      w(
        `${handler}承诺：所提交的各项材料真实、完整、准确、有效；对国家网信部门组织的数据出境安全评估予以配合和支持；自评估在申报日之前三个月内完成，至申报日没有重大变化。如有不实或违背，愿承担相应法律责任。`,
        `${handler} undertakes that the materials are true, complete, accurate and valid; that it will cooperate with and support the assessment; that the self-assessment was finished within the three months before the day of filing and nothing material has changed since; and that it answers in law for any untruth or breach.`,
      ),
    ),
    ...seals(w('单位名称（盖章）：', 'Handler (seal):')),
    paragraph(w(`日期：${dateText(filedOn)}`, `Date: ${filedOn}`)),
  ]
}

/** One line each to be sealed or signed by hand. */
export const seals = (...lines: readonly Text[]): readonly Block[] => lines.map((line) => paragraph(line))

/** Decimal units, two places, as the form asks (MB, GB or TB). */
export function bytesText(bytes: number): string {
  const [unit, size] =
    bytes < 1e9 ? (['MB', 1e6] as const) : bytes < 1e12 ? (['GB', 1e9] as const) : (['TB', 1e12] as const)
  return `${(bytes / size).toFixed(2)}${unit}`
}
