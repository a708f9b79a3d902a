import { conditionStatements } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import type { choices, ChoiceId, EntryField, QuestionId } from './triage.ts'

/** What each question asks, and what helps to answer it. */
export const questionWords: Readonly<Record<QuestionId, { readonly ask: Words; readonly hint: Words }>> = {
  leaves: {
    ask: { zh: '数据以什么方式到境外？', en: 'How do the data get abroad?' },
    hint: {
      zh: '境外机构能够查询、调取、下载、导出存储在境内的数据，也是出境。港澳台按境外处理。',
      en: 'Data stored in China that somebody abroad can query, retrieve, download or export have been exported too. Hong Kong, Macao and Taiwan count as abroad.',
    },
  },
  personal: {
    ask: { zh: '数据中有个人信息吗？', en: 'Is there personal information in the data?' },
    hint: {
      zh: '与已识别或者可识别的自然人有关的信息；去标识化的仍是个人信息，匿名化的不是。',
      en: 'Information about an identified or identifiable person. Pseudonymised data still are; anonymised data are not.',
    },
  },
  secret: {
    ask: { zh: '数据中有国家秘密或者核心数据吗？', en: 'Are there state secrets or core data in it?' },
    hint: { zh: '有任何一种都先与主管部门联系。', en: 'With either, speak to the competent authority first.' },
  },
  important: {
    ask: { zh: '数据中有重要数据吗？', en: 'Are there important data in it?' },
    hint: {
      zh: '须按规定识别、申报重要数据；未被有关部门、地区告知，也未公开发布为重要数据的，不需要作为重要数据申报评估。',
      en: 'Important data must be identified and filed as the rules say; what was neither notified nor published as important need not be declared as such.',
    },
  },
  operator: {
    ask: {
      zh: '你们收到过关键信息基础设施运营者的认定通知吗？',
      en: 'Were you notified as an operator of critical information infrastructure?',
    },
    hint: {
      zh: '由保护工作部门认定并通知；没有收到通知的选“没有”。',
      en: 'The protection department decides and notifies; without a notice, choose "no".',
    },
  },
  body: {
    ask: { zh: '你们是哪一类机构？', en: 'What kind of body are you?' },
    hint: {
      zh: '公立医院、高校是否属于“授权的组织”有不同看法；不确定的请选“不清楚”，并向主管部门确认。',
      en: 'Whether public hospitals and universities are "authorised bodies" is disputed; where unsure choose "not known" and ask the authority.',
    },
  },
  claim: {
    ask: { zh: '出境属于下列哪种情形？', en: 'Is the export one of these?' },
    hint: {
      zh: '只有逐项满足条件才免予申报；选择后会逐项询问。',
      en: 'Each is exempt only if every condition is met; they are asked next.',
    },
  },
  conditions: {
    ask: { zh: '下列条件是否逐项满足？', en: 'Is each of these conditions met?' },
    hint: {
      zh: '每一项单独回答。任何一项不满足，就不属于这种情形；不清楚的不会当作满足。',
      en: 'Each on its own. One that is not met ends the exemption; one that is not known does not count as met.',
    },
  },
  entry: {
    ask: { zh: '依据哪一份清单、哪一项？', en: 'Which entry of which list?' },
    hint: {
      zh: '本系统不保存各地清单；四项都写明才能作为依据，不知道的留空。',
      en: 'Tongguan holds no such list of its own; only all four together carry the claim. Leave empty what is not known.',
    },
  },
  persons: {
    ask: {
      zh: '自当年1月1日起，已提供和计划在12月31日前提供多少人的个人信息？',
      en: 'Whose information was exported since 1 January, or will be by 31 December: how many persons?',
    },
    hint: {
      zh: '按去重后的自然人计，本机构全部未免予申报的出境活动合并计算。可以写 12000、12,000 或 1.2万。',
      en: 'Distinct natural persons, over all exports of your organisation that are not exempt. Write 12000 or 12,000.',
    },
  },
  foreign: {
    ask: {
      zh: '是应外国司法或者执法机构的要求提供吗？',
      en: 'Is it asked for by a foreign court or law enforcement body?',
    },
    hint: {
      zh: '未经主管机关批准，不得向其提供存储于境内的数据。',
      en: 'Without the approval of the competent authority no data stored in China may be given to one.',
    },
  },
  restricted: {
    ask: {
      zh: '境外接收方被列入限制或者禁止提供个人信息清单了吗？',
      en: 'Is the recipient on the list of those who may not, or only in part, be given personal information?',
    },
    hint: { zh: '清单由国家网信部门公告。', en: 'The national office announces that list.' },
  },
  voluntary: {
    ask: {
      zh: '未达到申报标准时，你们仍打算自愿申报评估吗？',
      en: 'Would you declare for assessment of your own will, though no line is reached?',
    },
    hint: {
      zh: '选“否”的，按人数适用标准合同或者认证。',
      en: 'With "no", the standard contract or certification applies by the number of persons.',
    },
  },
}

const unknown: Words = { zh: '不清楚', en: 'not known' }
const no: Words = { zh: '否', en: 'no' }
const yes: Words = { zh: '是', en: 'yes' }

type ChoiceWords = { readonly [Id in ChoiceId]: Readonly<Record<(typeof choices)[Id][number], Words>> }

export const choiceWords: ChoiceWords = {
  leaves: {
    transfer: { zh: '传输、存储到境外', en: 'They are sent to or stored abroad' },
    'remote-access': { zh: '存储在境内，境外可以访问或者调用', en: 'They stay in China and are read from abroad' },
    'direct-collection': {
      zh: '境外机构直接收集境内个人的信息',
      en: 'A body abroad collects them itself from people in China',
    },
    no: { zh: '不到境外', en: 'They do not' },
    unknown,
  },
  personal: { yes: { zh: '有', en: 'yes' }, no: { zh: '没有', en: 'no' }, unknown },
  secret: {
    none: { zh: '都没有', en: 'neither' },
    core: { zh: '有核心数据', en: 'core data' },
    secrets: { zh: '有国家秘密', en: 'state secrets' },
    unknown,
  },
  important: {
    none: {
      zh: '未被告知、未公开发布为重要数据，也不符合定义',
      en: 'none was notified or published, and none meets the definition',
    },
    notified: { zh: '已被有关部门、地区告知为重要数据', en: 'a department or region notified us of some' },
    published: { zh: '已被公开发布为重要数据', en: 'some was published as important' },
    'meets-definition': {
      zh: '自行识别认为符合定义，尚未告知或者公布',
      en: 'we think some meets the definition; nobody notified or published it',
    },
    unknown,
  },
  operator: { no: { zh: '没有', en: 'no' }, yes: { zh: '收到过', en: 'yes' }, unknown },
  body: {
    none: { zh: '企业、社会组织或者其他单位', en: 'a company or another organisation' },
    'state-organ': { zh: '国家机关', en: 'a state organ' },
    'authorised-body': {
      zh: '法律、法规授权的具有管理公共事务职能的组织',
      en: 'a body authorised by law to manage public affairs',
    },
    unknown,
  },
  claim: {
    none: { zh: '都不是', en: 'none of them' },
    'contract-with-individual': {
      zh: '为订立、履行个人作为一方当事人的合同（跨境购物、汇款、预订等）',
      en: 'a contract the individual is party to (shopping abroad, remittance, booking and the like)',
    },
    'cross-border-hr': {
      zh: '依劳动规章制度或者集体合同实施跨境人力资源管理',
      en: 'cross-border management of staff under labour rules or a collective contract',
    },
    emergency: {
      zh: '紧急情况下保护自然人的生命健康和财产安全',
      en: "an emergency: to protect a person's life, health or property",
    },
    'overseas-origin': {
      zh: '在境外收集、传输至境内处理后再向境外提供',
      en: 'collected abroad, processed in China and sent out again',
    },
    'ftz-off-list': { zh: '自由贸易试验区负面清单以外的数据', en: 'off the negative list of a pilot free trade zone' },
    'statutory-duty': { zh: '履行法定职责或者法定义务所必需', en: 'needed for a statutory task or duty' },
    treaty: { zh: '按照我国缔结或者参加的国际条约、协定提供', en: 'under a treaty China is party to' },
    'finance-scenario': {
      zh: '金融业数据跨境流动合规指南列明的场景',
      en: 'a scenario of the finance guide of 2025',
    },
    'automobile-reported-instead': {
      zh: '汽车数据出境安全指引列明、已报告或者备案的情形',
      en: 'a case of the automobile guide that was reported or filed instead',
    },
    unknown,
  },
  persons: { told: { zh: '可以估计', en: 'we can tell' }, unknown },
  foreign: { no, yes, unknown },
  restricted: { no, yes, unknown },
  voluntary: { no, yes, unknown },
}

export const personWords = {
  general: {
    zh: '不含敏感个人信息的人数',
    en: 'persons without any sensitive information',
  },
  sensitive: { zh: '含敏感个人信息的人数', en: 'persons with any sensitive information' },
} as const satisfies Record<string, Words>

export const entryWords = {
  list: { zh: '清单名称', en: 'name of the list' },
  version: { zh: '版本或者文号', en: 'version or document number' },
  entry: { zh: '条目', en: 'entry' },
  checkedBy: { zh: '由谁核对', en: 'who compared it' },
} as const satisfies Record<EntryField, Words>

const otherFacts: readonly (readonly [RegExp, Words])[] = [
  [/^handler\.ciio$/, { zh: '是否关键信息基础设施运营者', en: 'operator of critical information infrastructure' }],
  [/^handler\.publicBody$/, { zh: '机构类别', en: 'kind of body' }],
  [/^handler\.ftz/, { zh: '自由贸易试验区清单的依据', en: 'the entry in the list of the free trade zone' }],
  [/^handler\.representative/, { zh: '境内专门机构或者代表', en: 'body or representative in China' }],
  [
    /^handler\.identification/,
    { zh: '重要数据识别、申报情况', en: 'whether important data were identified and filed' },
  ],
  [/^handler\.abroad$/, { zh: '处理者是否在境外', en: 'whether the handler is abroad' }],
  [/^voluntaryDeclaration$/, { zh: '是否自愿申报', en: 'whether to declare of one’s own will' }],
  [/\.leavesChina$/, { zh: '数据是否出境', en: 'whether the data leave China' }],
  [/\.manner$/, { zh: '出境方式', en: 'how the data get abroad' }],
  [/\.accessPlace$/, { zh: '从何处访问', en: 'from where they are read' }],
  [/\.containsPersonalInformation$/, { zh: '是否含个人信息', en: 'whether there is personal information' }],
  [/\.importantData$/, { zh: '是否含重要数据', en: 'whether there are important data' }],
  [/\.coreData$/, { zh: '是否含核心数据', en: 'whether there are core data' }],
  [/\.stateSecrets$/, { zh: '是否含国家秘密', en: 'whether there are state secrets' }],
  [/\.controlledItems$/, { zh: '是否含出口管制物项', en: 'whether there are items under export control' }],
  [/\.classifiedSurvey$/, { zh: '是否含涉密测绘成果', en: 'whether there are classified surveying results' }],
  [
    /\.foreignAuthorityRequest$/,
    { zh: '是否应外国司法或者执法机构要求', en: 'whether a foreign court or law enforcement body asks for it' },
  ],
  [/\.recipients/, { zh: '境外接收方是否被限制或者禁止', en: 'whether the recipient is restricted or barred' }],
  [/\.exemption$/, { zh: '是否属于免予申报的情形', en: 'whether an exemption is claimed' }],
  [/\.financeScenario/, { zh: '金融指南场景的依据', en: 'the entry in the finance guide' }],
  [/\.industry$/, { zh: '所属行业', en: 'the trade the data belong to' }],
  [/\.legalBasis$/, { zh: '处理个人信息的合法性基础', en: 'the legal basis of the processing' }],
  [
    /\.humanGeneticResources/,
    { zh: '是否含人类遗传资源信息', en: 'whether there is human genetic resource information' },
  ],
  [/\.minorsUnder14$/, { zh: '是否涉及不满十四周岁未成年人', en: 'whether minors under 14 are concerned' }],
  [/\.gba/, { zh: '是否属于粤港澳大湾区内流动', en: 'whether it stays within the Greater Bay Area' }],
  [/since1January\.general$/, { zh: '不含敏感个人信息的人数', en: 'number of persons without sensitive information' }],
  [/since1January\.sensitive$/, { zh: '含敏感个人信息的人数', en: 'number of persons with sensitive information' }],
  [/since1January/, { zh: '自当年1月1日起的人数', en: 'number of persons since 1 January' }],
]

/** A path into the facts file in words; undefined for one nobody has named yet, which a test would find. */
export function factWords(fact: string): Words | undefined {
  const condition = /\.conditions\.(\w+)$/.exec(fact)?.[1]
  if (condition !== undefined) return (conditionStatements as Readonly<Record<string, Words>>)[condition]
  return otherFacts.find(([pattern]) => pattern.test(fact))?.[1]
}

/** What a fact would become, in words. */
export function valueWords(fact: string, to: string | number | boolean): Words {
  if (typeof to === 'boolean') return to ? yes : no
  if (typeof to === 'number') return { zh: `${grouped(to)} 人`, en: `${grouped(to)} persons` }
  const named: Readonly<Record<string, Words>> = fact.endsWith('.publicBody')
    ? choiceWords.body
    : fact.endsWith('.importantData')
      ? choiceWords.important
      : choiceWords.claim
  return named[to] ?? { zh: to, en: to }
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
