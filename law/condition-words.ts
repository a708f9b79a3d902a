import type { Words } from './citation.ts'
import type { ExemptionAnswers } from './determination.ts'
import type { SettledExemption } from './matter.ts'

type Failed = Extract<SettledExemption, { kind: 'fails' }>['failed']

/** Why an exemption claimed does not hold, by what was answered against it. */
export const conditionWords = {
  necessary: { zh: '不是确需', en: 'not truly necessary' },
  individualIsParty: { zh: '个人不是合同一方当事人', en: 'the individual is no party to the contract' },
  lawfulLabourRules: { zh: '没有依法制定的劳动规章制度', en: 'no lawfully made labour rules' },
  collectiveContract: { zh: '没有依法签订的集体合同', en: 'no lawfully signed collective contract' },
  employeesOnly: { zh: '不限于员工个人信息', en: 'not of employees only' },
  emergencyExists: { zh: '没有紧急情况', en: 'there is no emergency' },
  protectsLifeHealthProperty: {
    zh: '不是为保护自然人的生命健康和财产安全',
    en: "not to protect a natural person's life, health and property",
  },
  collectedAbroad: { zh: '不是在境外收集和产生', en: 'not collected and generated abroad' },
  sentToChinaForProcessing: { zh: '不是传输至境内处理', en: 'not sent to China for processing' },
  noDomesticDataAdded: {
    zh: '处理中引入了境内个人信息或者重要数据',
    en: 'personal information of China or important data were added',
  },
  onNegativeList: { zh: '在负面清单内', en: 'it is on the negative list' },
  listInForce: { zh: '清单尚未批准、备案或者已失效', en: 'the list is not approved and filed, or no longer in force' },
  confirmedByAuthority: { zh: '未经主管部门确认', en: 'not confirmed with the authority' },
  onScenarioList: { zh: '不在豁免场景之列', en: 'not among the exempt scenarios' },
  reportedOrFiled: { zh: '未向主管部门报告、备案', en: 'neither reported to nor filed with the authority' },
  domesticServiceOnly: {
    zh: '仅涉及境内服务（如境内个人预订境内酒店）',
    en: 'only a service inside China (as a hotel in China booked from China)',
  },
  candidatesOnly: { zh: '属于应聘者，还不是员工', en: 'candidates, who are not yet employees' },
  containsPersonalInformation: { zh: '含有个人信息', en: 'there is personal information' },
  industry: { zh: '不属于该行业的数据', en: 'not data of that trade' },
  ftz: { zh: '数据处理者不在自由贸易试验区内', en: 'the handler is in no pilot free trade zone' },
  listed: { zh: '清单列明该数据', en: 'a list names it' },
  'not-in-force': { zh: '当日尚未施行', en: 'not yet in force on that day' },
  'not-settled': { zh: '条件尚未全部回答', en: 'its conditions are not all answered' },
} as const satisfies Record<Failed, Words>

/** Each condition of an exemption as a statement that is answered yes or no. */
export const conditionStatements: Readonly<Record<ExemptionAnswers['conditions'][number]['condition'], Words>> = {
  necessary: { zh: '确需向境外提供', en: 'It is truly necessary to provide them abroad' },
  individualIsParty: { zh: '个人是合同的一方当事人', en: 'The individual is a party to the contract' },
  lawfulLabourRules: { zh: '有依法制定的劳动规章制度', en: 'There are lawfully made labour rules' },
  collectiveContract: { zh: '有依法签订的集体合同', en: 'There is a lawfully signed collective contract' },
  employeesOnly: { zh: '只涉及员工的个人信息', en: 'Only employees are concerned' },
  emergencyExists: { zh: '存在紧急情况', en: 'There is an emergency' },
  protectsLifeHealthProperty: {
    zh: '是为保护自然人的生命健康和财产安全',
    en: "It protects a natural person's life, health and property",
  },
  collectedAbroad: { zh: '数据在境外收集和产生', en: 'The data were collected and generated abroad' },
  sentToChinaForProcessing: { zh: '传输至境内处理', en: 'They were sent to China for processing' },
  noDomesticDataAdded: {
    zh: '处理中没有引入境内个人信息或者重要数据',
    en: 'No personal information of China and no important data were added',
  },
  onNegativeList: { zh: '数据在负面清单之内', en: 'The data are on the negative list' },
  listInForce: {
    zh: '清单已经批准、备案，现行有效',
    en: 'The list has been approved and filed, and is in force',
  },
  confirmedByAuthority: { zh: '已向主管部门确认', en: 'The competent authority has confirmed it' },
  onScenarioList: { zh: '属于列明的豁免场景', en: 'It is among the listed scenarios' },
  reportedOrFiled: { zh: '已按规定报告或者备案', en: 'It was reported or filed as required' },
  domesticServiceOnly: { zh: '仅涉及境内服务', en: 'Only a service inside China is concerned' },
  candidatesOnly: { zh: '只涉及应聘者', en: 'Only candidates are concerned' },
  containsPersonalInformation: { zh: '含有个人信息', en: 'There is personal information' },
  importantData: { zh: '含有被告知或者公开发布的重要数据', en: 'There are data notified or published as important' },
  industry: { zh: '属于该行业的数据', en: 'The data are of that trade' },
  ftz: { zh: '数据处理者在自由贸易试验区内', en: 'The handler is in a pilot free trade zone' },
  listEntryChecked: { zh: '清单条目已经核对', en: 'The entry of the list was checked' },
}
