import { documentKindWords, requiredClauses, selfAssessmentItems, treatmentWords } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import { w } from '../blocks.ts'
import { actionWords, choiceText, reviewerNames } from '../choices.ts'

/*
 * What is asked of the handler, section by section: the fields of `answers.ts` and the facts that decide the path, in the
 * order one works through them. Each section is one task of the list; each name one key of the tree.
 */

/** One question; `key` is its place in the part it stands in. */
export interface Question extends Words {
  readonly key: string
  readonly ask:
    | 'line'
    | 'text'
    | 'number'
    | 'day'
    | 'yesNo'
    /** Several short texts, one a line. */
    | 'lines'
    | { readonly choose: readonly (Words & { readonly value: string | number })[]; readonly open?: true }
  readonly hint?: Words
  /** What is said where it does not apply; the answer is then `null`. */
  readonly none?: Words
  /** May be left out altogether. */
  readonly optional?: true
}

/** Several questions about one thing, or about each of a list. */
export interface Part extends Words {
  readonly key: string
  readonly questions: readonly Node[]
  /** The part may be answered with `null`. */
  readonly none?: Words
  readonly optional?: true
  /** A list: what one member is called, and what a new one starts with. */
  readonly each?: Words
  /** The key whose value names a member. */
  readonly named?: string
  /** Its members are given by the law: none is added, none taken out. */
  readonly fixed?: true
}

export type Node = Question | Part

export interface Section extends Words {
  readonly id: SectionId
  readonly hint: Words
  readonly nodes: readonly Node[]
}

export const sectionIds = [
  'facts',
  'handler',
  'persons',
  'compliance',
  'self-assessment',
  'scenarios',
  'items',
  'safeguards',
  'legal-document',
  'assessment',
  'documents',
] as const
export type SectionId = (typeof sectionIds)[number]

export function isPart(node: Node): node is Part {
  return 'questions' in node
}

/** In which section a path stands; where the data are meant (`evidence.…`, `completeness`), the one where that is put right. */
export function sectionOf(path: string): SectionId {
  if (/^scenarios\.\d+\.items\b/.test(path) || path.startsWith('evidence')) return 'items'
  const [first = ''] = path.split('.')
  return sectionOfRoot[first] ?? 'documents'
}

const sectionOfRoot: Readonly<Record<string, SectionId>> = {
  facts: 'facts',
  determination: 'facts',
  reference: 'handler',
  handler: 'handler',
  legalRepresentative: 'persons',
  securityOfficer: 'persons',
  agent: 'persons',
  compliance: 'compliance',
  selfAssessment: 'self-assessment',
  scenarios: 'scenarios',
  safeguards: 'safeguards',
  legalDocument: 'legal-document',
  assessment: 'assessment',
  reviewerMatters: 'assessment',
  conclusion: 'assessment',
  documents: 'documents',
}

// --- the questions ------------------------------------------------------------------------------------------------

const line = (key: string, zh: string, en: string, more: Partial<Question> = {}): Question => ({
  key,
  zh,
  en,
  ask: 'line',
  ...more,
})
const text = (key: string, zh: string, en: string, more: Partial<Question> = {}): Question => ({
  ...line(key, zh, en),
  ask: 'text',
  ...more,
})
const number = (key: string, zh: string, en: string, more: Partial<Question> = {}): Question => ({
  ...line(key, zh, en),
  ask: 'number',
  ...more,
})
const day = (key: string, zh: string, en: string): Question => ({ ...line(key, zh, en), ask: 'day' })
const yesNo = (key: string, zh: string, en: string, more: Partial<Question> = {}): Question => ({
  ...line(key, zh, en),
  ask: 'yesNo',
  ...more,
})
const lines = (key: string, zh: string, en: string): Question => ({ ...line(key, zh, en), ask: 'lines' })
const part = (key: string, zh: string, en: string, questions: readonly Node[], more: Partial<Part> = {}): Part => ({
  key,
  zh,
  en,
  questions,
  ...more,
})
const choice = (
  key: string,
  zh: string,
  en: string,
  choose: readonly (readonly [string | number, string, string])[],
  more: Partial<Question> = {},
): Question => ({
  ...line(key, zh, en),
  ask: { choose: choose.map(([value, ofZh, ofEn]) => ({ value, zh: ofZh, en: ofEn })) },
  ...more,
})

/** Every value of a record of words. */
const listed = (words: Readonly<Record<string, Words>>) =>
  Object.entries(words).map(([value, { zh, en }]) => [value, zh, en] as const)

/** Choices of the official form, which are their own Chinese words. */
const ofTheForm = (...choices: readonly string[]) =>
  choices.map((value) => {
    const words = choiceText(value)
    return [value, value, typeof words === 'string' ? words : words.en] as const
  })

const person = [
  line('name', '姓名', 'Name'),
  line('position', '职务', 'Position'),
  line('nationality', '国籍', 'Nationality'),
  line('phone', '联系电话', 'Telephone'),
  line('email', '电子邮箱', 'E-mail'),
  choice(
    'idType',
    '证件类型',
    'Kind of identity document',
    ofTheForm('居民身份证', '护照', '台湾居民来往大陆通行证', '港澳居民来往内地通行证', '其他'),
  ),
  line('idNumber', '证件号码', 'Number of the document'),
]

const grades = [1, 2, 3, 4, 5].map((grade) => [grade, String(grade), String(grade)] as const)
const risk = (key: string, zh: string, en: string) =>
  part(key, zh, en, [
    choice('likelihood', '可能性（1 几乎不会，5 几乎必然）', 'Likelihood (1 hardly, 5 almost certain)', grades),
    choice('severity', '严重性（1 轻微，5 特别严重）', 'Severity (1 slight, 5 grave)', grades),
  ])

const matter: readonly Node[] = [
  text('analysis', '分析', 'Analysis'),
  text('problems', '发现的问题', 'Problems found'),
  text('rectification', '整改情况', 'How they were put right'),
  text('conclusion', '结论', 'Conclusion'),
  part(
    'risk',
    '风险等级',
    'Grade of the risk',
    [risk('before', '采取措施前', 'Before the measures'), risk('after', '采取措施后', 'After the measures')],
    { optional: true },
  ),
  part(
    'measures',
    '整改措施',
    'Measures',
    [text('what', '措施', 'Measure'), line('owner', '责任人', 'Owner'), day('by', '完成日期', 'To be done by')],
    { optional: true, each: w('措施', 'Measure') },
  ),
]

const recipient: readonly Node[] = [
  line('name', '名称', 'Name'),
  line('country', '国家或者地区代码', 'Code of the country or region', {
    hint: w('ISO 3166-1 两位代码，例如 NL', 'ISO 3166-1, two letters, for example NL'),
  }),
  line('countryName', '国家或者地区', 'Country or region, in Chinese'),
  line('address', '地址', 'Address'),
  line('business', '主营业务', 'Main business'),
  line('principal', '负责人姓名', 'Person in charge'),
  line('principalPosition', '负责人职务', 'Position of that person'),
  line('phone', '联系电话', 'Telephone'),
  line('email', '电子邮箱', 'E-mail'),
  text('use', '处理数据的用途', 'What it uses the data for'),
  text('manner', '处理数据的方式', 'How it processes them'),
  text('management', '管理措施', 'Its organisational measures'),
  text('technology', '技术措施', 'Its technical measures'),
  text('ability', '履行责任义务的能力', 'Its ability to meet its duties'),
  text('countryLaw', '所在国家或者地区的法律政策', 'Law and policy of its country or region'),
]

const scenario: readonly Node[] = [
  line('id', '场景编号', 'Id of the scenario', { hint: w('与出境事实中的编号一致', 'As in the export facts') }),
  line('name', '场景名称', 'Name', { hint: w('与法律文件中的表述一致', 'Word for word as in the legal document') }),
  text('summary', '出境场景简述', 'Summary', {
    hint: w('业务、目的、方式，不超过 100 字', 'Business, purpose and manner, at most 100 characters'),
  }),
  text('purpose', '出境目的', 'Purpose'),
  text('scope', '出境范围', 'Scope'),
  {
    ...line('manner', '出境方式', 'Manner'),
    ask: {
      open: true,
      choose: ofTheForm('公共互联网传输', '跨境专线传输', '公共互联网远程访问', '跨境专线远程访问').map(
        ([value, zh, en]) => ({ value, zh, en }),
      ),
    },
  },
  line('industry', '涉及行业或者领域', 'Industry or field'),
  part('necessity', '合法性、正当性、必要性', 'Legality, legitimacy and necessity', [
    text('export', '数据出境', 'Of the export'),
    text('persons', '涉及人数', 'Of the number of persons'),
    text('recipientProcessing', '境外接收方的处理', "Of the recipient's processing"),
  ]),
  part(
    'importantData',
    '重要数据',
    'Important data',
    [
      line('department', '认定主管部门', 'Department that recognised them'),
      number('bytes', '规模（字节）', 'Size in bytes'),
    ],
    { none: w('不涉及重要数据', 'There are none') },
  ),
  part('recipients', '境外接收方', 'Overseas recipients', recipient, {
    each: w('境外接收方', 'Overseas recipient'),
    named: 'name',
  }),
  text('recipientStatistics', '接收方统计说明', 'Statistics of the recipients', {
    none: w('接收方已逐一列出', 'The recipients are all listed'),
  }),
  line('retention', '境外保存期限', 'How long it is kept abroad'),
  part('persons', '人数', 'Persons', [
    number('exportedThisYear', '今年已出境人数（去重）', 'Distinct persons exported this year so far'),
    number('nextThreeYears', '未来三年预计人数（去重）', 'Distinct persons expected in the next three years'),
    text('relation', '两者关系', 'How the two hang together'),
  ]),
  text('domesticSystem', '境内系统与数据中心', 'Systems and data centres in China'),
  part('link', '出境链路', 'The link', [
    text('description', '链路说明', 'Description'),
    lines('domesticEnds', '境内端点', 'Ends in China'),
    lines('overseasEnds', '境外端点', 'Ends abroad'),
  ]),
  text('overseasStorage', '境外保存地点与系统', 'Where it is kept abroad'),
  text('onwardTransfer', '向其他境外接收方提供', 'Onward transfer'),
]

const unknown = w('不清楚', 'not known')
const fact = (key: string, zh: string, en: string): Question => yesNo(key, zh, en, { none: unknown, optional: true })
const count = (key: string, zh: string, en: string): Question => number(key, zh, en, { optional: true })

const flow: readonly Node[] = [
  line('id', '场景编号', 'Id of the scenario'),
  part(
    'recipients',
    '境外接收方',
    'Overseas recipients',
    [
      line('name', '名称', 'Name'),
      line('country', '国家或者地区', 'Country or region', {
        hint: w('ISO 3166-1 代码或者名称', 'ISO 3166-1 code or name'),
      }),
    ],
    { each: w('境外接收方', 'Overseas recipient'), named: 'name' },
  ),
  choice('manner', '方式', 'Manner', [
    ['transfer', '传输', 'transfer'],
    ['remote-access', '境外远程访问', 'remote access from abroad'],
    ['direct-collection', '境外直接收集', 'collected directly from abroad'],
  ]),
  choice('legalBasis', '处理个人信息的合法性基础', 'Legal basis of the processing', [
    ['consent', '同意', 'consent'],
    ['contract', '订立、履行合同所必需', 'contract with the person'],
    ['hr', '人力资源管理', 'human resources'],
    ['statutory', '法定职责或者义务', 'statutory duty'],
    ['emergency', '紧急情况', 'emergency'],
    ['public', '已公开的信息', 'information that is public'],
    ['other', '其他', 'other'],
  ]),
  choice('importantData', '重要数据', 'Important data', [
    ['none', '未被告知或者公开发布为重要数据', 'none notified or published'],
    ['notified', '被告知为重要数据', 'notified as important'],
    ['published', '公开发布为重要数据', 'published as important'],
  ]),
  choice('exemption', '主张的豁免', 'Exemption that is claimed', [
    ['none', '不主张', 'none'],
    ['no-personal-information', '不含个人信息和重要数据', 'no personal information and no important data'],
    ['overseas-origin', '境外收集后传入境内处理', 'collected abroad and processed in China'],
    ['contract-with-individual', '与个人订立、履行合同', 'contract with the individual'],
    ['cross-border-hr', '跨境人力资源管理', 'human resources across the border'],
    ['emergency', '紧急情况', 'emergency'],
    ['ftz-off-list', '自贸区负面清单外', 'off the negative list of a free trade zone'],
  ]),
  fact('containsPersonalInformation', '是否包含个人信息', 'Is there personal information?'),
  fact('leavesChina', '数据是否离开境内', 'Do the data leave China?'),
  fact('coreData', '是否涉及核心数据', 'Are there core data?'),
  fact('stateSecrets', '是否涉及国家秘密', 'Are there state secrets?'),
  fact('foreignAuthorityRequest', '是否应境外司法、执法机构要求', 'Does a foreign court or authority ask for them?'),
  fact('minorsUnder14', '是否有不满十四周岁的人', 'Are there persons under 14?'),
  part('conditions', '条件', 'Conditions', [fact('necessary', '每一数据项是否确为必要', 'Is each item necessary?')], {
    optional: true,
  }),
  part(
    'since1January',
    '自 1 月 1 日起的人数（已出境与计划，去重）',
    'Persons since 1 January (exported and planned, distinct)',
    [
      count('general', '不含敏感个人信息的人数', 'Persons without sensitive information'),
      count('sensitive', '含敏感个人信息的人数', 'Persons with sensitive information'),
      count('both', '其中同时有一般个人信息的人数', 'Those of them who also have ordinary information'),
    ],
    { optional: true },
  ),
]

const item: readonly Node[] = [
  line('column', '字段名', 'Column'),
  line('table', '所在表', 'Table'),
  text('description', '说明', 'Description'),
  part('necessity', '必要性', 'Necessity', [
    text('related', '与处理目的直接相关', 'Directly related to the purpose'),
    text('leastImpact', '对个人权益影响最小', 'The least impact on the individual'),
    text('minimumScope', '限于最小范围', 'The smallest scope'),
    text('shortestPeriod', '保存期限为最短', 'The shortest time'),
  ]),
  line('example', '示例', 'Example', { optional: true }),
  part(
    'inChina',
    '能否在境内处理',
    'Whether it could be processed in China',
    [yesNo('possible', '能否在境内处理', 'Could it be processed in China?'), text('why', '理由', 'Why')],
    { optional: true },
  ),
  part(
    'decision',
    '决定',
    'Decision',
    [
      choice('action', '如何处理', 'What is done', listed(actionWords)),
      text('why', '理由', 'Why'),
      choice('by', '处理方法', 'How it is transformed', listed(treatmentWords), { optional: true }),
    ],
    { optional: true },
  ),
]

export const sections: readonly Section[] = [
  {
    id: 'facts',
    ...w('出境事实', 'Export facts'),
    hint: w(
      '决定适用哪条路径。未答的事实视为“不清楚”，不等于“否”。',
      'They decide which path applies. A fact left out is not known, which is not no.',
    ),
    nodes: [
      part('facts', '数据处理者', 'The handler', [
        part('handler', '数据处理者', 'The handler', [
          line('name', '名称', 'Name'),
          fact(
            'ciio',
            '是否被告知为关键信息基础设施运营者',
            'Notified as an operator of critical information infrastructure?',
          ),
          choice('publicBody', '是否国家机关或者授权的组织', 'Public body', [
            ['none', '都不是', 'neither'],
            ['state-organ', '国家机关', 'state organ'],
            ['authorised-body', '法律、法规授权的组织', 'body authorised by law'],
          ]),
          count('personsProcessed', '处理个人信息的人数（去重）', 'Distinct persons whose information is processed'),
          part(
            'identification',
            '重要数据识别',
            'Identification of important data',
            [fact('done', '是否已完成识别、申报', 'Has it been done?')],
            { optional: true },
          ),
        ]),
        fact('voluntaryDeclaration', '是否自愿申报', 'Declared of one’s own will?'),
        part('flows', '出境场景', 'Export scenarios', flow, { each: w('场景', 'Scenario'), named: 'id' }),
      ]),
    ],
  },
  {
    id: 'handler',
    ...w('数据处理者情况', 'The data handler'),
    hint: w('申报表第一部分，自评估报告二（一）。', 'Section 1 of the form, part 2(1) of the report.'),
    nodes: [
      line('reference', '本单位的申报编号', 'Your own reference of this declaration'),
      part('handler', '数据处理者', 'The handler', [
        line('name', '单位名称', 'Name'),
        choice('nature', '单位性质', 'Nature', ofTheForm('政府部门', '事业单位', '企业', '社会组织', '其他')),
        choice('ownership', '单位类型', 'Ownership', ofTheForm('内资', '外资', '中外合资', '港澳台资', '其他')),
        line('registeredAt', '单位注册地', 'Place of registration'),
        line('officeAt', '办公所在地', 'Place of business'),
        line('province', '受理的省份', 'Province that receives the declaration', {
          hint: w('例如 北京市', 'In Chinese, for example 北京市'),
        }),
        number('employees', '员工数量', 'Number of employees'),
        line('creditCode', '统一社会信用代码', 'Unified social credit code', { hint: w('18 位', '18 characters') }),
        yesNo('ciio', '是否关键信息基础设施运营者', 'Operator of critical information infrastructure?'),
        number('personsProcessed', '处理个人信息规模（去重人数）', 'Distinct persons whose information is processed'),
        text('shareholding', '股权结构和实际控制人', 'Shareholding and actual control'),
        text('investments', '境内外投资', 'Investments in China and abroad'),
        text('organisation', '组织架构和数据安全管理机构', 'Organisation and data security body'),
        text('business', '整体业务', 'Business'),
        text('dataAssets', '数据资产', 'Data assets'),
      ]),
    ],
  },
  {
    id: 'persons',
    ...w('法定代表人、安全负责人和经办人', 'Representative, security officer and agent'),
    hint: w('申报表第二至四部分。', 'Sections 2 to 4 of the form.'),
    nodes: [
      part('legalRepresentative', '法定代表人', 'Legal representative', person, {
        none: w('本单位没有法定代表人', 'This handler has none'),
      }),
      part('securityOfficer', '数据安全负责人和管理机构', 'Data security officer and body', [
        ...person,
        line('body', '管理机构名称', 'Name of the body'),
        number('bodyMembers', '管理机构人数', 'Number of its members'),
      ]),
      part('agent', '经办人', 'Agent', [
        ...person,
        day('authorisedFrom', '授权起始日', 'Authorised from'),
        day('authorisedTo', '授权截止日', 'Authorised until'),
      ]),
    ],
  },
  {
    id: 'compliance',
    ...w('遵守法律法规情况', 'Compliance with the law'),
    hint: w('申报表第五部分：近两年。', 'Section 5 of the form: the past two years.'),
    nodes: [
      part('compliance', '近两年', 'The past two years', [
        day('from', '起', 'From'),
        day('to', '止', 'To'),
        text('penalties', '行政处罚', 'Penalties'),
        text('investigations', '被调查情况', 'Investigations'),
        text('rectification', '整改情况', 'Rectification'),
      ]),
    ],
  },
  {
    id: 'self-assessment',
    ...w('自评估工作', 'The self-assessment'),
    hint: w(
      '自评估报告第一部分；须在申报前三个月内完成。',
      'Part 1 of the report; to be finished within the three months before filing.',
    ),
    nodes: [
      part('selfAssessment', '自评估', 'The self-assessment', [
        day('from', '开始日期', 'Began'),
        day('to', '完成日期', 'Finished'),
        text('organisation', '组织情况', 'Organisation'),
        text('process', '实施过程', 'Process'),
        text('method', '实施方式', 'Method'),
        text('thirdParty', '参与的第三方机构', 'Third party that took part', {
          none: w('没有第三方参与', 'No third party took part'),
        }),
      ]),
    ],
  },
  {
    id: 'scenarios',
    ...w('数据出境场景', 'Export scenarios'),
    hint: w(
      '申报表第六部分，自评估报告二（二）和（四）。数据项在下一节填写。',
      'Section 6 of the form, parts 2(2) and 2(4) of the report. The data items have a section of their own.',
    ),
    nodes: [part('scenarios', '场景', 'Scenarios', scenario, { each: w('场景', 'Scenario'), named: 'name' })],
  },
  {
    id: 'items',
    ...w('数据项', 'Data items'),
    hint: w(
      '逐项说明必要性，并决定保留、删去或者处理后出境。',
      'Each with its necessity, and whether it is kept, dropped or transformed.',
    ),
    nodes: [
      part(
        'scenarios',
        '场景',
        'Scenarios',
        [part('items', '数据项', 'Data items', item, { each: w('数据项', 'Data item'), named: 'column' })],
        { each: w('场景', 'Scenario'), named: 'name', fixed: true },
      ),
    ],
  },
  {
    id: 'safeguards',
    ...w('数据安全保障能力', 'Safeguards'),
    hint: w('自评估报告二（三）。', 'Part 2(3) of the report.'),
    nodes: [
      part('safeguards', '保障措施', 'Safeguards', [
        text('management', '管理制度', 'Organisational measures'),
        text('notice', '告知', 'How persons were told', { hint: w('个人信息保护法第三十九条', 'PIPL article 39') }),
        text('separateConsent', '单独同意', 'Separate consent', {
          none: w('合法性基础不是同意', 'The legal basis needs none'),
        }),
        part(
          'technical',
          '技术措施',
          'Technical measures',
          [line('stage', '环节', 'Stage'), text('measure', '措施', 'Measure')],
          { each: w('环节', 'Stage'), named: 'stage' },
        ),
        lines('proof', '证明（认证、测评、审计）', 'Proof (certifications, tests, audits)'),
      ]),
    ],
  },
  {
    id: 'legal-document',
    ...w('法律文件', 'The legal document'),
    hint: w(
      '自评估报告二（五）：与境外接收方的合同和六项必备内容。',
      'Part 2(5) of the report: the contract and its six mandatory clauses.',
    ),
    nodes: [
      part('legalDocument', '法律文件', 'The legal document', [
        line('title', '名称', 'Title'),
        lines('parties', '当事人', 'Parties'),
        lines('languages', '语言', 'Languages'),
        yesNo('chinesePrevails', '是否以中文版本为准', 'Does the Chinese version prevail?'),
        part(
          'clauses',
          '必备内容',
          'Mandatory clauses',
          [
            choice(
              'id',
              '对应内容',
              'Which clause',
              requiredClauses.map(({ code, zh, en }) => [code, `${code} ${zh}`, `${code} ${en}`] as const),
            ),
            line('where', '所在条款', 'Where it stands'),
            text('text', '条款原文', 'Its text'),
          ],
          { each: w('条款', 'Clause'), named: 'id' },
        ),
      ]),
    ],
  },
  {
    id: 'assessment',
    ...w('风险评估与结论', 'Risks and conclusion'),
    hint: w(
      '数据出境安全评估办法第五条的六项，第八条另外的三项，和自评估结论。',
      'The six matters of Order 11 article 5, the three that article 8 adds, and the conclusion.',
    ),
    nodes: [
      part(
        'assessment',
        '第五条的六项',
        'The six matters of article 5',
        [
          choice(
            'item',
            '评估事项',
            'Matter',
            selfAssessmentItems.map(({ item, zh, en }) => [item, `${item}. ${zh}`, `${item}. ${en}`] as const),
          ),
          ...matter,
        ],
        { each: w('评估事项', 'Matter'), named: 'item', fixed: true },
      ),
      part(
        'reviewerMatters',
        '第八条另外的三项',
        'The three that article 8 adds',
        [choice('matter', '事项', 'Matter', listed(reviewerNames)), ...matter],
        { each: w('评估事项', 'Matter'), named: 'matter', optional: true, fixed: true },
      ),
      text('conclusion', '自评估结论', 'Conclusion of the self-assessment'),
    ],
  },
  {
    id: 'documents',
    ...w('申报材料', 'Documents'),
    hint: w(
      '上传盖章后的扫描件；申报表和自评估报告由本系统写出。',
      'Scans of what was sealed; the form and the report are written here.',
    ),
    nodes: [
      part(
        'documents',
        '随附材料',
        'Documents handed in',
        [
          choice(
            'kind',
            '材料',
            'Document',
            (
              [
                'credit-code-certificate',
                'legal-representative-id',
                'agent-id',
                'power-of-attorney',
                'legal-document',
                'other-proof',
              ] as const
            ).map((kind) => [kind, documentKindWords[kind].zh, documentKindWords[kind].en] as const),
          ),
          line('file', '文件', 'File', { optional: true }),
          yesNo('standIn', '模拟中以一页替代', 'A page stands for it (simulation only)', { optional: true }),
        ],
        { each: w('材料', 'Document'), named: 'kind' },
      ),
    ],
  },
]
