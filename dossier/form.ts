import { countingMethod } from '@tongguan/law'
import type { Answers, PersonInCharge, ScenarioAnswers } from './answers.ts'
import { centred, fields, h1, h2, paragraph, title } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import { dateText } from './words.ts'
import type { LegalDate } from '@tongguan/law'

/**
 * The declaration form (数据出境安全评估申报表), section by section as in Guide v3, annex 3. The layout is ours: an office
 * wants its own template filled, so every page says that this is not it.
 */
export function declarationForm(answers: Answers, scenarios: readonly ScenarioDossier[], filedOn: LegalDate): Sheet {
  const { handler, legalRepresentative, securityOfficer, agent, compliance } = answers
  return {
    style: 'form',
    fileName: '数据出境安全评估申报表.docx',
    title: '数据出境安全评估申报表',
    blocks: [
      title('数据出境安全评估申报表'),
      centred(`申报单位文号：${answers.reference}`),
      h1('一、数据处理者情况'),
      fields([
        ['单位名称', handler.name],
        ['单位性质', handler.nature],
        ['单位类型', handler.ownership],
        ['单位注册地', handler.registeredAt],
        ['办公所在地', handler.officeAt],
        ['员工数量', `${handler.employees}人`],
        ['统一社会信用代码', handler.creditCode],
        ['是否为关键信息基础设施运营者', yesNo(handler.ciio)],
        ['处理个人信息规模', `${handler.personsProcessed}人（按自然人去重）`],
      ]),
      h1('二、法定代表人信息'),
      legalRepresentative ? fields(personRows(legalRepresentative)) : paragraph('本单位无法定代表人。'),
      h1('三、数据安全负责人和管理机构信息'),
      fields([
        ...personRows(securityOfficer),
        ['管理机构名称', securityOfficer.body],
        ['管理机构人数', `${securityOfficer.bodyMembers}人`],
      ]),
      h1('四、经办人信息'),
      fields(personRows(agent)),
      h1('五、遵守中国法律、行政法规、部门规章情况'),
      fields([
        ['期间', `${dateText(compliance.from)}至${dateText(compliance.to)}`],
        ['受到行政处罚情况', compliance.penalties],
        ['受有关主管部门调查情况', compliance.investigations],
        ['整改情况', compliance.rectification],
      ]),
      h1('六、数据出境场景'),
      ...scenarios.flatMap(scenarioBlocks),
      h1('七、承诺'),
      ...undertaking(answers.handler.name, filedOn),
    ],
  }
}

function personRows(person: PersonInCharge): readonly (readonly [string, string])[] {
  return [
    ['姓名', person.name],
    ['职务', person.position],
    ['国籍', person.nationality],
    ['联系电话', person.phone],
    ['电子邮箱', person.email],
    ['证件类型', person.idType],
    ['证件号码', person.idNumber],
  ]
}

function scenarioBlocks({ answers, items, persons }: ScenarioDossier, index: number): readonly Block[] {
  const personal = items.some(({ category }) => category !== 'none')
  const sensitive = items.some(({ category }) => category === 'sensitive')
  return [
    h2(`数据出境场景${index + 1}：${answers.name}`),
    fields([
      ['出境场景简述', answers.summary],
      ['出境方式', answers.manner],
      ['是否包含重要数据', yesNo(answers.importantData !== null)],
      ['重要数据认定主管部门名称', answers.importantData?.department ?? '不涉及'],
      ['是否包含个人信息', yesNo(personal)],
      ['是否包含敏感个人信息', yesNo(sensitive)],
      ['涉及行业/领域', answers.industry],
      ['涉及自然人（去重）数量', personsText(answers, persons)],
      ['涉及重要数据规模', answers.importantData ? bytesText(answers.importantData.bytes) : '不涉及'],
      ...(answers.recipientStatistics === null ? [] : [['统计说明', answers.recipientStatistics] as const]),
    ]),
    ...answers.recipients.flatMap((recipient, number) => [
      paragraph(`境外接收方${number + 1}`),
      fields([
        ['名称', recipient.name],
        ['所在国家或者地区', `${recipient.countryName}（${recipient.country}）`],
        ['所在地址', recipient.address],
        ['主营业务', recipient.business],
        ['负责人姓名', recipient.principal],
        ['负责人职务', recipient.principalPosition],
        ['联系电话', recipient.phone],
        ['电子邮箱', recipient.email],
      ]),
    ]),
  ]
}

function personsText(answers: ScenarioAnswers, { general, sensitive }: ScenarioDossier['persons']): string {
  const { exportedThisYear, nextThreeYears, relation } = answers.persons
  return [
    `本次拟出境${general + sensitive}人，其中涉及敏感个人信息${sensitive}人，不含敏感个人信息${general}人（上界，计数方法${countingMethod}）`,
    `今年已出境${exportedThisYear}人`,
    `未来三年预计${nextThreeYears}人`,
    `两者关系：${relation}`,
  ].join('；')
}

// Our own wording of the three promises; the official template's sentence stands in the template.
function undertaking(handler: string, filedOn: LegalDate): readonly Block[] {
  return [
    paragraph(
      `${handler}承诺：所提交的各项材料真实、完整、准确、有效；对国家网信部门组织的数据出境安全评估予以配合和支持；自评估在申报日之前三个月内完成，至申报日没有重大变化。如有不实或违背，愿承担相应法律责任。`,
    ),
    paragraph('单位名称（盖章）：'),
    paragraph(`日期：${dateText(filedOn)}`),
  ]
}

const yesNo = (value: boolean): string => (value ? '是' : '否')

/** Decimal units, two places, as the form asks (MB, GB or TB). */
export function bytesText(bytes: number): string {
  const [unit, size] =
    bytes < 1e9 ? (['MB', 1e6] as const) : bytes < 1e12 ? (['GB', 1e9] as const) : (['TB', 1e12] as const)
  return `${(bytes / size).toFixed(2)}${unit}`
}
