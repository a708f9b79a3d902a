import type { Citation, Words } from './citation.ts'
import { unreachable } from './unreachable.ts'

/** What may stand in a field. */
export type FieldFormat =
  | { readonly kind: 'text'; readonly atMostCharacters?: number }
  | { readonly kind: 'whole-number' }
  | { readonly kind: 'yes-or-no' }
  | { readonly kind: 'credit-code' }
  /** `open`: the form ends its list with 其他 or 等. */
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly open: boolean }

export interface FormField extends Words {
  /** Stable; the desk and the pre-check name a field by it. */
  readonly code: string
  /** Filled once, once a scenario, or once a recipient of a scenario. */
  readonly per: 'declaration' | 'scenario' | 'recipient'
  readonly format: FieldFormat
  /** Left out: always to be filled. Otherwise only where that field has that value. */
  readonly where?: { readonly field: string; readonly is: string }
  /** Filled instead of the list of recipients where these are too many or cannot be told one by one. */
  readonly alternativeTo?: 'recipients'
}

export interface FormSection extends Words {
  readonly code: string
  readonly citation: Citation
  readonly fields: readonly FormField[]
}

const text: FieldFormat = { kind: 'text' }
const number: FieldFormat = { kind: 'whole-number' }
const yesOrNo: FieldFormat = { kind: 'yes-or-no' }

const section = (code: string, number: number, zh: string, en: string, fields: readonly FormField[]): FormSection => ({
  code,
  zh,
  en,
  citation: { instrument: 'guide-2025', article: number, annex: '3' },
  fields,
})

const field = (code: string, zh: string, en: string, format: FieldFormat = text): FormField => ({
  code,
  zh,
  en,
  per: 'declaration',
  format,
})

const ofScenario = (
  code: string,
  zh: string,
  en: string,
  format: FieldFormat = text,
  where?: FormField['where'],
): FormField => ({
  ...field(`scenario.${code}`, zh, en, format),
  per: 'scenario',
  ...(where === undefined ? {} : { where }),
})

const ofRecipient = (code: string, zh: string, en: string): FormField => ({
  ...field(`recipient.${code}`, zh, en),
  per: 'recipient',
})

const identityDocuments: FieldFormat = {
  kind: 'choice',
  of: ['居民身份证', '护照', '台湾居民来往大陆通行证', '港澳居民来往内地通行证'],
  open: true,
}

/** The same six for the legal representative, the security officer and the agent. */
function person(who: string): readonly FormField[] {
  return [
    field(`${who}.name`, '姓名', 'name'),
    field(`${who}.position`, '职务/国籍', 'position and nationality'),
    field(`${who}.phone`, '联系电话', 'telephone'),
    field(`${who}.email`, '电子邮箱', 'e-mail'),
    field(`${who}.id-type`, '证件类型', 'kind of identity document', identityDocuments),
    field(`${who}.id-number`, '证件号码', 'number of the identity document'),
  ]
}

const personal = { field: 'scenario.personal-information', is: '是' } as const
const important = { field: 'scenario.important-data', is: '是' } as const

/** The declaration form (Guide, third edition, annex 3), section by section. */
export const declarationForm: readonly FormSection[] = [
  section('handler', 1, '数据处理者情况', 'the data handler', [
    field('handler.name', '单位名称', 'name'),
    field('handler.nature', '单位性质', 'nature', {
      kind: 'choice',
      of: ['政府部门', '事业单位', '企业', '社会组织'],
      open: true,
    }),
    field('handler.ownership', '单位类型', 'ownership', {
      kind: 'choice',
      of: ['内资', '外资', '中外合资', '港澳台资'],
      open: true,
    }),
    field('handler.registered-at', '单位注册地', 'place of registration'),
    field('handler.office-at', '办公所在地', 'place of business'),
    field('handler.employees', '员工数量', 'number of employees', number),
    field('handler.credit-code', '统一社会信用代码', 'unified social credit code', { kind: 'credit-code' }),
    field('handler.ciio', '是否为关键信息基础设施运营者', 'operator of critical information infrastructure', yesOrNo),
    field(
      'handler.persons-processed',
      '处理个人信息规模（去重）',
      'distinct persons whose information is processed',
      number,
    ),
  ]),
  section('legal-representative', 2, '法定代表人信息', 'the legal representative', person('legal-representative')),
  section('security-officer', 3, '数据安全负责人和管理机构信息', 'the data security officer and body', [
    ...person('security-officer'),
    field('security-officer.body', '管理机构名称', 'name of the body'),
    field('security-officer.body-members', '管理机构人数', 'number of its members', number),
  ]),
  section('agent', 4, '经办人信息', 'the agent', person('agent')),
  section('compliance', 5, '遵守中国法律、行政法规、部门规章情况', 'compliance with Chinese law', [
    field(
      'compliance.two-years',
      '近2年行政处罚、调查和整改情况，重点说明数据和网络安全方面',
      'penalties, investigations and rectification of the past two years, data and network security first',
    ),
  ]),
  section('scenarios', 6, '数据出境场景', 'the export scenarios', [
    ofScenario('summary', '出境场景简述', 'summary: business, purpose, manner', {
      kind: 'text',
      atMostCharacters: 100,
    }),
    ofScenario('manner', '出境方式', 'manner', {
      kind: 'choice',
      of: ['公共互联网传输', '跨境专线传输', '公共互联网远程访问', '跨境专线远程访问'],
      open: true,
    }),
    ofScenario('important-data', '是否包含重要数据', 'whether there are important data', yesOrNo),
    ofScenario(
      'important-data.department',
      '重要数据认定主管部门名称',
      'department that recognised them',
      text,
      important,
    ),
    ofScenario('important-data.size', '涉及重要数据规模', 'their size (MB, GB, TB)', text, important),
    ofScenario('personal-information', '是否包含个人信息', 'whether there is personal information', yesOrNo),
    ofScenario('sensitive', '是否包含敏感个人信息', 'whether some of it is sensitive', yesOrNo, personal),
    ofScenario('industry', '涉及行业/领域', 'industry or field', {
      kind: 'choice',
      of: [
        '工业',
        '电信',
        '交通',
        '金融',
        '自然资源',
        '卫生健康',
        '教育',
        '科技',
        '能源',
        '国防科工',
        '文旅',
        '跨境电商',
        '零售',
        '互联网',
      ],
      open: true,
    }),
    ofScenario(
      'persons.exported',
      '本年度已出境自然人数量（去重）',
      'distinct persons already exported this year',
      number,
      personal,
    ),
    ofScenario(
      'persons.next-three-years',
      '未来三年拟出境自然人数量（去重）',
      'distinct persons of the next three years',
      number,
      personal,
    ),
    ofScenario('persons.relation', '已出境与未来三年数量的关系', 'how the two numbers hang together', text, personal),
    ofRecipient('name', '境外接收方名称', 'name of the recipient'),
    ofRecipient('country', '所在国家或者地区', 'country or region'),
    ofRecipient('address', '所在地址', 'address'),
    ofRecipient('business', '主营业务', 'main business'),
    ofRecipient('principal', '负责人姓名', 'name of its principal'),
    ofRecipient('principal-position', '负责人职务', 'position of the principal'),
    ofRecipient('phone', '联系电话', 'telephone'),
    ofRecipient('email', '联系邮箱', 'e-mail'),
    {
      ...ofScenario('recipient-statistics', '统计说明', 'statistics, where recipients are too many or indeterminate'),
      alternativeTo: 'recipients',
    },
  ]),
]

/** The power of attorney (annex 2): what it names and who signs. */
export const powerOfAttorneyFields: readonly FormField[] = [
  field('attorney.legal-representative', '法定代表人姓名、证件号码', 'legal representative: name and number'),
  field('attorney.handler', '数据处理者名称', 'the handler'),
  field('attorney.agent', '经办人姓名、证件号码（本单位人员）', 'agent: name and number, one of the own staff'),
  field('attorney.purpose', '委托事项：申报或者延长有效期', 'purpose: declaration, or extension', {
    kind: 'choice',
    of: ['数据出境安全评估申报工作', '延长评估结果有效期申请工作'],
    open: false,
  }),
  field('attorney.period', '授权委托期限', 'from and to'),
  field('attorney.no-sub-delegation', '无转委托权', 'no sub-delegation'),
  field('attorney.seal', '单位盖章', 'seal of the handler'),
  field('attorney.signed-by-representative', '法定代表人签字', 'signature of the legal representative'),
  field('attorney.signed-by-agent', '经办人签字', 'signature of the agent'),
  field('attorney.date', '日期', 'date'),
]

/** The application to extend a result (annex 5). */
export const extensionFormFields: readonly FormField[] = [
  field('extension.handler', '数据处理者名称', 'the handler'),
  field('extension.acceptance-no', '原项目受理编号', 'acceptance number of the first project'),
  field('extension.legal-document', '法律文件是否符合第九条', 'whether the legal document meets article 9', yesOrNo),
  ofScenario('extension.purpose', '目的、范围是否未变', 'purpose and scope unchanged', yesOrNo),
  ofScenario('extension.parties', '处理者、接收方是否未变', 'handler and recipient unchanged', yesOrNo),
  ofScenario('extension.persons-growth', '个人信息增幅（%）或者不涉及', 'growth of persons in %, or none concerned'),
  ofScenario(
    'extension.important-data-growth',
    '重要数据增幅（%）或者不涉及',
    'growth of important data in %, or none concerned',
  ),
  ofScenario('extension.link', '链路、存储、数据中心是否未变', 'link, storage and data centre unchanged', yesOrNo),
  ofScenario('extension.recipient', '接收方用途、方式是否未变', "the recipient's use and manner unchanged", yesOrNo),
  field('extension.safeguards', '安全保障措施', 'safeguards'),
  field('extension.performance', '接收方履约情况', "the recipient's performance"),
  field('extension.compliance', '三年来遵守通知书的情况', 'compliance with the notice over three years'),
  field('extension.incidents', '重大事件、处罚、调查', 'major incidents, penalties, investigations'),
]

/** The self-assessment report (annex 4): its headings, in order. */
export const reportOutline: readonly (Words & { readonly code: string; readonly level: 1 | 2 | 3 })[] = [
  { code: 'report.cover', level: 1, zh: '封面：名称（盖章）、日期', en: 'cover: the handler, sealed, and the date' },
  {
    code: 'report.1',
    level: 1,
    zh: '一、自评估工作情况：起止时间、组织、过程、方法',
    en: '1 The self-assessment: dates, organisation, course, method',
  },
  { code: 'report.2', level: 1, zh: '二、出境活动整体情况', en: '2 The export as a whole' },
  { code: 'report.2.1', level: 2, zh: '（一）数据处理者基本情况', en: '2(1) The handler' },
  {
    code: 'report.2.1.1',
    level: 3,
    zh: '1. 基本信息：股权结构、实际控制人、境内外投资',
    en: '2(1)1 Shareholding, actual controller, investments',
  },
  {
    code: 'report.2.1.2',
    level: 3,
    zh: '2. 组织架构和数据安全管理机构',
    en: '2(1)2 Organisation and data security body',
  },
  { code: 'report.2.1.3', level: 3, zh: '3. 整体业务和数据资产', en: '2(1)3 Business and data assets' },
  { code: 'report.2.2', level: 2, zh: '（二）拟出境数据情况', en: '2(2) The data to be exported' },
  { code: 'report.2.2.1', level: 3, zh: '1. 涉及的业务和数据资产', en: '2(2)1 Business and assets concerned' },
  {
    code: 'report.2.2.2',
    level: 3,
    zh: '2. 出境和境外处理的目的、范围、方式及其合法、正当、必要性',
    en: '2(2)2 Purpose, scope, manner, and their legality, legitimacy, necessity',
  },
  {
    code: 'report.2.2.3',
    level: 3,
    zh: '3. 各场景数据项清单：序号、名称、内容描述、必要性、示例、备注，场景内去重',
    en: '2(2)3 List of data items per scenario: number, name, description, necessity, example, remark; none twice',
  },
  {
    code: 'report.2.2.4',
    level: 3,
    zh: '4. 境内系统和数据中心、出境链路、境外系统和数据中心',
    en: '2(2)4 Systems in China, link, systems abroad',
  },
  { code: 'report.2.2.5', level: 3, zh: '5. 向境外其他接收方再提供', en: '2(2)5 Provision to other recipients abroad' },
  {
    code: 'report.2.2.6',
    level: 3,
    zh: '6. 个人信息：本年度人数和未来三年预测（去重）',
    en: '2(2)6 Distinct persons this year and in the next three',
  },
  { code: 'report.2.3', level: 2, zh: '（三）数据安全保障能力', en: '2(3) The ability to keep the data safe' },
  {
    code: 'report.2.3.1',
    level: 3,
    zh: '1. 管理：含告知和单独同意的说明与证明（不以同意为基础的除外）',
    en: '2(3)1 Management; notice and separate consent with evidence (not where another basis carries it)',
  },
  {
    code: 'report.2.3.2',
    level: 3,
    zh: '2. 全生命周期的技术措施',
    en: '2(3)2 Technical measures over the life of the data',
  },
  {
    code: 'report.2.3.3',
    level: 3,
    zh: '3. 有效性证明：风险评估、认证、检测、审计、等级保护',
    en: '2(3)3 Proof: risk assessment, certification, testing, audit, graded protection',
  },
  {
    code: 'report.2.3.4',
    level: 3,
    zh: '4. 合规情况，含整改完成的证明',
    en: '2(3)4 Compliance, with proof that rectification is done',
  },
  {
    code: 'report.2.4',
    level: 2,
    zh: '（四）境外接收方情况：基本情况，用途和方式，管理、技术和能力',
    en: '2(4) The recipient: basics, use and manner, management, technology, ability',
  },
  {
    code: 'report.2.5',
    level: 2,
    zh: '（五）法律文件约定：第九条六项逐项说明',
    en: '2(5) The legal document: the six matters of article 9, one by one',
  },
  { code: 'report.2.6', level: 2, zh: '（六）其他', en: '2(6) Other' },
  {
    code: 'report.3',
    level: 1,
    zh: '三、风险自评估情况及结论：第五条逐项，问题与整改，客观结论和充分理由',
    en: '3 The assessment: the items of article 5 one by one, problems and rectification, an objective conclusion with full reasons',
  },
]

/** What the templates prescribe to the eye (Guide, third edition, notes to annexes 3 and 4). Lengths in cm, spacing in pt. */
export const typography = {
  form: { body: '四号仿宋', latin: 'Times New Roman 四号', lineSpacingPt: 16, firstLineIndentCharacters: 2 },
  report: {
    body: '四号仿宋',
    latin: 'Times New Roman',
    heading1: '黑体',
    heading2: '楷体加黑',
    heading3: '仿宋加黑',
    lineSpacingPt: 26,
  },
  page: { size: 'A4', topCm: 2.54, bottomCm: 2.54, leftCm: 3.18, rightCm: 3.18 },
} as const

/** The values of a form as filled, by field code; what a desk types from paper or a handler's own answers give. */
export interface FormValues {
  readonly fields: Readonly<Record<string, string>>
  readonly scenarios: readonly {
    readonly id: string
    readonly fields: Readonly<Record<string, string>>
    readonly recipients: readonly Readonly<Record<string, string>>[]
  }[]
}

export interface FieldFault {
  /** The field's code, with the scenario it stands in: `research/scenario.summary`. */
  readonly field: string
  readonly fault: 'empty' | 'malformed'
}

/**
 * The form's words for a field as a `FieldFault` names it: its section where the field belongs to the whole declaration,
 * its scenario otherwise.
 */
export function formFieldWords(field: string): Words {
  const at = field.lastIndexOf('/')
  const code = field.slice(at + 1)
  for (const { zh, en, fields } of declarationForm) {
    const found = fields.find((one) => one.code === code)
    if (found === undefined) continue
    if (at === -1) return { zh: `${zh}，${found.zh}`, en: `${en}, ${found.en}` }
    const scenario = field.slice(0, at)
    return { zh: `场景${scenario}，${found.zh}`, en: `scenario ${scenario}, ${found.en}` }
  }
  throw new RangeError(`the declaration form has no field "${code}"`)
}

/** What is empty or malformed in one section of a filled form. */
export function faultsOf(section: FormSection, values: FormValues): readonly FieldFault[] {
  const of = (per: FormField['per']) => section.fields.filter((one) => one.per === per)
  return [
    ...faultsIn(of('declaration'), values.fields, ''),
    ...values.scenarios.flatMap(({ id, fields, recipients }) => {
      const counted = filled(fields['scenario.recipient-statistics'])
      const recipientFields = of('recipient')
      const listed = recipients.flatMap((recipient) => faultsIn(recipientFields, recipient, `${id}/`))
      const none: readonly FieldFault[] =
        recipientFields.length > 0 && recipients.length === 0 && !counted
          ? [{ field: `${id}/recipient.name`, fault: 'empty' }]
          : []
      return [...faultsIn(of('scenario'), fields, `${id}/`), ...listed, ...none]
    }),
  ]
}

function faultsIn(
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
  place: string,
): readonly FieldFault[] {
  return fields.flatMap((one): readonly FieldFault[] => {
    if (one.alternativeTo !== undefined) return []
    if (one.where !== undefined && values[one.where.field] !== one.where.is) return []
    const value = values[one.code]
    if (value === undefined || !filled(value)) return [{ field: place + one.code, fault: 'empty' }]
    return fits(one.format, value.trim()) ? [] : [{ field: place + one.code, fault: 'malformed' }]
  })
}

function fits(format: FieldFormat, value: string): boolean {
  switch (format.kind) {
    case 'text':
      return format.atMostCharacters === undefined || Array.from(value).length <= format.atMostCharacters
    case 'whole-number':
      return /^\d+$/.test(value)
    case 'yes-or-no':
      return value === '是' || value === '否'
    case 'credit-code':
      return isCreditCode(value)
    case 'choice':
      return format.open || format.of.includes(value)
    default:
      return unreachable(format)
  }
}

/** GB 32100-2015: 18 characters of the standard's alphabet, the last one their check character (modulo 31). */
export function isCreditCode(code: string): boolean {
  const values = Array.from(code, (character) => creditCodeAlphabet.indexOf(character))
  if (values.length !== 18 || values.includes(-1)) return false
  const sum = values.slice(0, 17).reduce((total, value, place) => total + value * (3 ** place % 31), 0)
  return values[17] === (31 - (sum % 31)) % 31
}

// I, O, S, V and Z are left out, being too like 1, 0, 5, U and 2.
const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

function filled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}
