import { addMonths } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import { requiredClauses } from './contract-clauses.ts'
import type { Declaration, DocumentKind, FilingDetails } from './declaration.ts'
import { declarationForm, faultsOf, isCreditCode } from './declaration-form.ts'
import type { FieldFault } from './declaration-form.ts'
import { guideEditionOn } from './guide-editions.ts'
import type { GuideEdition } from './guide-editions.ts'
import { countingMethod } from './terms.ts'
import { documentKindWords } from './words.ts'

/** What the provincial office would find on the table: what is there, what is missing, what only a person can see. */
export interface CompletenessReport {
  readonly schema: 'tongguan/completeness/1'
  readonly filedOn: LegalDate
  /** The guide's edition the list follows; null before the first (2022-09-01). */
  readonly edition: Pick<GuideEdition, 'edition' | 'instrument' | 'obtained'> | null
  /** `unknown` where the edition of that day was not obtained: what the Measures themselves ask for is then looked at alone. */
  readonly verdict: 'complete' | 'incomplete' | 'unknown'
  /** The verdict is `complete`: nothing is missing. What is not checkable is still to be looked at. */
  readonly complete: boolean
  readonly findings: readonly CompletenessFinding[]
}

export interface CompletenessFinding extends Words {
  readonly code: string
  readonly kind: 'present' | 'missing' | 'not-checkable'
  readonly citation: Citation
  readonly certainty: Certainty
  /** The fields of the form that are empty or malformed, where it was handed over as values. */
  readonly faults?: readonly FieldFault[]
}

/** One thing the office checks, with its words as a requirement. */
export interface CompletenessCheck extends Words {
  readonly code: string
  readonly citation: Citation
  /** Left out: the primary text says so. */
  readonly certainty?: Certainty
  readonly answer: (declaration: Declaration, filedOn: LegalDate, details: FilingDetails) => 'yes' | 'no' | 'unknown'
  readonly faults?: (details: FilingDetails) => readonly FieldFault[]
}

/**
 * Holds a declaration against the list of the guide in force on the day it is filed. The handler's pre-check and the
 * provincial desk call this one function. `details` are the declaration's own unless a desk has typed others. Of the guide only the third edition (2025-06-27) was read: before it only the
 * materials the Measures name are looked at, and what is not missing among them leaves the verdict unknown.
 */
export function checkCompleteness(
  declaration: Declaration,
  filedOn: LegalDate,
  details: FilingDetails = declaration.details ?? {},
): CompletenessReport {
  const guide = guideEditionOn(filedOn)
  const obtained = guide?.obtained === true
  const checks = obtained ? completenessChecks : checksOfTheMeasures
  const findings = checks.map(({ code, citation, certainty = 'primary', zh, en, answer, faults }) => ({
    code,
    kind: kinds[answer(declaration, filedOn, details)],
    citation,
    certainty,
    zh,
    en,
    ...(faults && details.form ? { faults: faults(details) } : {}),
  }))
  const missing = findings.some(({ kind }) => kind === 'missing')
  const verdict = missing ? 'incomplete' : obtained ? 'complete' : 'unknown'
  return {
    schema: 'tongguan/completeness/1',
    filedOn,
    edition: guide ? { edition: guide.edition, instrument: guide.instrument, obtained } : null,
    verdict,
    complete: verdict === 'complete',
    findings: obtained ? findings : [...findings, editionNotObtained(guide)],
  }
}

function editionNotObtained(guide: GuideEdition | undefined): CompletenessFinding {
  return {
    code: 'guide.edition-not-obtained',
    kind: 'not-checkable',
    citation: { instrument: guide?.instrument ?? 'guide-2022', article: 0 },
    certainty: 'secondary',
    zh: '当日有效的指南版本未取得，除办法列明的材料外不能判断是否完备',
    en: 'the edition of the guide in force that day was not obtained: beyond the materials the Measures name nothing can be said',
  }
}

const kinds = { yes: 'present', no: 'missing', unknown: 'not-checkable' } as const

const materials = { instrument: 'guide-2025', article: 2, paragraph: 1 } as const satisfies Citation

/** The report is to be finished within this time before filing, as the form's undertaking says (Order 11 art. 5 asks for it beforehand). */
export const selfAssessmentAge = {
  months: 3,
  citation: { ...materials, item: 5 },
} as const

/** The materials (Guide, third edition, part 2(1)2 and annex 1): what is asked of each, and who seals and signs. */
export const materialRequirements: readonly (Words & {
  readonly code: string
  readonly citation: Citation
  readonly no: number
  readonly kind: DocumentKind
  readonly sealed: boolean
  readonly signedBy: readonly ('legal-representative' | 'agent')[]
  readonly language: 'zh' | 'zh-prevails' | null
  /** The annex whose template it follows. */
  readonly annex: string | null
})[] = [
  material(1, 'credit-code-certificate', '影印件加盖公章', 'copy, with the official seal', { sealed: true }),
  material(2, 'legal-representative-id', '影印件加盖公章', 'copy, with the official seal', { sealed: true }),
  material(3, 'agent-id', '影印件加盖公章', 'copy, with the official seal', { sealed: true }),
  material(
    4,
    'power-of-attorney',
    '按附件2模板；单位盖章，法定代表人和经办人签字，注明日期',
    'template of annex 2; sealed, signed by the legal representative and the agent, dated',
    { sealed: true, signedBy: ['legal-representative', 'agent'], language: 'zh', annex: '2' },
  ),
  material(
    5,
    'declaration-form',
    '按附件3模板，用中文填写，承诺盖章',
    'template of annex 3, in Chinese, the undertaking sealed',
    {
      sealed: true,
      language: 'zh',
      annex: '3',
    },
  ),
  material(
    6,
    'legal-document',
    '出境条款突出或者框出；以中文版本为准，仅有外文版本的附准确中文译本',
    'the clauses on the export highlighted or boxed; the Chinese version prevails, a foreign-language one comes with an accurate translation',
    { language: 'zh-prevails' },
  ),
  material(
    7,
    'self-assessment-report',
    '按附件4模板，用中文撰写，封面盖章',
    'template of annex 4, in Chinese, the cover sealed',
    {
      sealed: true,
      language: 'zh',
      annex: '4',
    },
  ),
  material(8, 'other-proof', '视情提交', 'as the case needs', {}),
]

function material(
  no: number,
  kind: DocumentKind,
  zh: string,
  en: string,
  asked: {
    readonly sealed?: boolean
    readonly signedBy?: readonly ('legal-representative' | 'agent')[]
    readonly language?: 'zh' | 'zh-prevails'
    readonly annex?: string
  },
): (typeof materialRequirements)[number] {
  const { sealed = false, signedBy = [], language = null, annex = null } = asked
  const citation = { ...materials, item: no } as const
  const name = documentKindWords[kind]
  return {
    code: `material.${kind}`,
    citation,
    no,
    kind,
    zh: `${name.zh}：${zh}`,
    en: `${name.en}: ${en}`,
    sealed,
    signedBy,
    language,
    annex,
  }
}

const required = [
  'credit-code-certificate',
  'legal-representative-id',
  'agent-id',
  'power-of-attorney',
  'declaration-form',
  'legal-document',
  'self-assessment-report',
] as const satisfies readonly DocumentKind[]

/** What a file's name and size cannot show: seals, signatures, marked clauses, language, typography. */
const onlyAPersonSees: readonly CompletenessCheck[] = [
  sees('seal.certificates', '前三项影印件加盖公章', 'the first three copies bear the official seal'),
  sees(
    'signature.power-of-attorney',
    '授权委托书由单位盖章、法定代表人和经办人签字',
    'the power of attorney is sealed and signed by the legal representative and the agent',
  ),
  sees('seal.declaration-form', '申报表的承诺已盖章', "the form's undertaking is sealed"),
  sees('seal.self-assessment-report', '自评估报告封面已盖章', 'the cover of the report is sealed'),
  sees(
    'legal-document.marked',
    '法律文件中数据出境条款已标明',
    'the clauses on the export are marked in the legal document',
  ),
  sees(
    'legal-document.chinese',
    '法律文件有中文本，并以中文本为准',
    'the legal document has a Chinese version, and that version prevails',
  ),
  sees('declaration-form.language', '申报表用中文填写', 'the form is in Chinese'),
  sees('self-assessment-report.language', '自评估报告用中文撰写', 'the report is in Chinese'),
  sees(
    'self-assessment-report.outline',
    '自评估报告按附件4的结构逐部分撰写',
    'the report follows the outline of annex 4, part by part',
  ),
  sees(
    'self-assessment-report.third-party',
    '有第三方参与自评估的，说明其基本情况和参与情况',
    'a third party that took part is named, with what it did',
  ),
  sees(
    'self-assessment-report.notice-and-consent',
    '附告知和单独同意的证明（不以同意为基础的除外）',
    'notice and separate consent are proven (not where another basis carries the export)',
  ),
  sees('self-assessment-report.agrees-with-form', '自评估报告与申报表内容一致', 'the report agrees with the form'),
  sees(
    'legal-document.scenario-name',
    '场景的业务名称与法律文件一致',
    'the business name of each scenario is that of the legal document',
  ),
  sees(
    'power-of-attorney.own-staff',
    '经办人为本单位人员，无转委托',
    'the agent is of the own staff, without sub-delegation',
  ),
  sees('self-assessment.unchanged', '自评估完成后未发生重大变化', 'nothing material changed after the self-assessment'),
  sees('typography', '申报表和报告的字体、行距、页边距符合模板', 'fonts, spacing and margins follow the templates'),
]

export const completenessChecks: readonly CompletenessCheck[] = [
  ...required.map((kind, index): CompletenessCheck => {
    const { zh, en } = documentKindWords[kind]
    return {
      code: `document.${kind}`,
      citation: { ...materials, item: index + 1 },
      zh,
      en,
      answer: ({ documents }) => yesOrNo(documents.some((document) => document.kind === kind && document.bytes > 0)),
    }
  }),
  {
    code: 'document.other-proof',
    citation: { ...materials, item: 8 },
    ...documentKindWords['other-proof'],
    // Whether more proof is needed depends on the case.
    answer: ({ documents }) => (documents.some(({ kind }) => kind === 'other-proof') ? 'yes' : 'unknown'),
  },
  {
    code: 'path.assessment',
    citation: { instrument: 'measures-2022', article: 4 },
    zh: '属于应当申报或者自愿申报安全评估的情形',
    en: 'the export is one that is declared for assessment',
    answer: ({ path }) => (path === 'unknown' ? 'unknown' : yesOrNo(path === 'assessment')),
  },
  {
    code: 'handler.named',
    ...form('填写单位名称和所在省份', 'the handler and its province are named'),
    answer: ({ handler }) => yesOrNo(filled(handler.name) && filled(handler.province)),
  },
  {
    code: 'handler.credit-code',
    ...form(
      '统一社会信用代码为18位，校验码正确',
      'the unified social credit code has 18 characters and its check character is right',
    ),
    answer: ({ handler }) => yesOrNo(isCreditCode(handler.creditCode)),
  },
  {
    code: 'self-assessment.order',
    ...report('自评估起止日期合理', 'the self-assessment ends no earlier than it begins'),
    answer: ({ selfAssessment: { from, to } }) => yesOrNo(from <= to),
  },
  {
    code: 'self-assessment.within-three-months',
    citation: selfAssessmentAge.citation,
    zh: '自评估在申报之日前3个月内完成',
    en: 'the self-assessment was finished within three months before filing',
    answer: ({ selfAssessment: { to } }, filedOn) =>
      yesOrNo(addMonths(filedOn, -selfAssessmentAge.months) <= to && to <= filedOn),
  },
  {
    code: 'scenarios.any',
    ...form('至少填写一个数据出境场景', 'at least one export scenario is described'),
    answer: ({ scenarios }) => yesOrNo(scenarios.length > 0),
  },
  everyScenario(
    'scenario.described',
    form('每个场景写明名称、目的和方式', 'every scenario names its business, purpose and manner'),
    ({ name, purpose, manner }) => filled(name) && filled(purpose) && filled(manner),
  ),
  everyScenario(
    'scenario.recipients',
    form('每个场景写明境外接收方及其所在国家或者地区', 'every scenario names its recipients and their countries'),
    ({ recipients }) =>
      recipients.length > 0 && recipients.every(({ name, country }) => filled(name) && filled(country)),
  ),
  everyScenario(
    'scenario.items',
    report('每个场景列出数据项，场景内不重复', 'every scenario lists its data items, none of them twice'),
    ({ items }) => items.length > 0 && new Set(items.map(({ name }) => name)).size === items.length,
  ),
  everyScenario(
    'scenario.necessity',
    report('每个数据项说明出境必要性', 'every data item says why it must go abroad'),
    ({ items }) => items.every(({ necessity, description }) => filled(necessity) && filled(description)),
  ),
  everyScenario(
    'scenario.persons',
    form('含个人信息的场景填写去重后的自然人数量', 'every scenario with personal information counts distinct persons'),
    ({ items, persons }) =>
      items.every(({ category }) => category === 'none') || persons.general + persons.sensitive > 0,
  ),
  everyScenario(
    'scenario.sensitive-agrees',
    report('敏感个人信息人数与数据项一致', 'sensitive persons are counted exactly where a sensitive item is listed'),
    ({ items, persons }) => items.some(({ category }) => category === 'sensitive') === persons.sensitive > 0,
  ),
  everyScenario(
    'scenario.retention',
    {
      citation: { instrument: 'measures-2022', article: 9, item: 2 },
      zh: '写明境外保存期限',
      en: 'the period of storage abroad is stated',
    },
    ({ retention }) => filled(retention),
  ),
  {
    code: 'scenario.important-data-size',
    ...form('含重要数据的场景填写数据规模', 'every scenario with important data states their size'),
    // The declaration states a size or none; whether there are important data it does not say.
    answer: ({ scenarios }) =>
      scenarios.some(({ importantDataBytes }) => importantDataBytes !== null)
        ? yesOrNo(scenarios.every(({ importantDataBytes }) => importantDataBytes === null || importantDataBytes > 0))
        : 'unknown',
  },
  {
    code: 'counting-method',
    ...form('人数按自然人去重统计', 'persons are counted as distinct natural persons'),
    answer: (declaration) => (declaration.countingMethod === countingMethod ? 'yes' : 'unknown'),
  },
  {
    code: 'power-of-attorney.period',
    citation: { instrument: 'guide-2025', article: 0, annex: '2' },
    zh: '授权委托期限包含申报之日',
    en: 'the power of attorney covers the day of the declaration',
    answer: (_declaration, filedOn, { attorney }) =>
      attorney === undefined ? 'unknown' : yesOrNo(attorney.from <= filedOn && filedOn <= attorney.to),
  },
  {
    code: 'channel.portal-or-offline',
    citation: { ...materials, item: 1 },
    zh: '关键信息基础设施运营者线下提交纸质材料和光盘，其他通过申报系统提交',
    en: 'an operator of critical infrastructure submits on paper with a disc, others on the portal',
    // By which way it came, the declaration does not say; for others the portal is open.
    answer: ({ handler }) => (handler.ciio ? 'unknown' : 'yes'),
  },
  {
    code: 'document.upload-format',
    citation: materials,
    certainty: 'secondary',
    zh: '线上提交的文件为PDF、OFD、PNG、JPG或者JPEG',
    en: 'files for the portal are PDF, OFD, PNG, JPG or JPEG',
    // Known from a copy of the portal only, and papers handed over before sealing have another form: never a reason to return.
    answer: ({ documents }) =>
      documents.every(({ file }) => /\.(pdf|ofd|png|jpe?g)$/i.test(file)) ? 'yes' : 'unknown',
  },
  ...declarationForm.map((section): CompletenessCheck => ({
    code: `form.${section.code}`,
    citation: section.citation,
    zh: `申报表“${section.zh}”各栏填写完整、格式正确`,
    en: `the form's section on ${section.en} is filled, each field in its format`,
    answer: (_declaration, _filedOn, { form: values }) =>
      values === undefined ? 'unknown' : yesOrNo(faultsOf(section, values).length === 0),
    faults: ({ form: values }) => (values === undefined ? [] : faultsOf(section, values)),
  })),
  ...requiredClauses.map(({ code, citation, zh, en }): CompletenessCheck => ({
    code: `legal-document.${code}`,
    citation,
    zh: `法律文件约定：${zh}`,
    en: `the legal document settles: ${en}`,
    answer: (_declaration, _filedOn, { clauses }) =>
      clauses === undefined ? 'unknown' : yesOrNo(clauses.includes(code)),
  })),
  ...onlyAPersonSees,
]

/** What the Measures themselves name (Order 11 art. 6), whatever the edition of the guide. */
const checksOfTheMeasures: readonly CompletenessCheck[] = (
  [
    ['declaration-form', 1],
    ['self-assessment-report', 2],
    ['legal-document', 3],
  ] as const
).map(([kind, item]) => ({
  code: `document.${kind}`,
  citation: { instrument: 'measures-2022', article: 6, item },
  ...documentKindWords[kind],
  answer: ({ documents }) => yesOrNo(documents.some((document) => document.kind === kind && document.bytes > 0)),
}))

function everyScenario(
  code: string,
  words: Words & { readonly citation: Citation },
  holds: (scenario: Declaration['scenarios'][number]) => boolean,
): CompletenessCheck {
  return { code, ...words, answer: ({ scenarios }) => yesOrNo(scenarios.length > 0 && scenarios.every(holds)) }
}

function form(zh: string, en: string): Words & { readonly citation: Citation } {
  return { citation: { ...materials, item: 5 }, zh, en }
}

function report(zh: string, en: string): Words & { readonly citation: Citation } {
  return { citation: { ...materials, item: 7 }, zh, en }
}

function sees(code: string, zh: string, en: string): CompletenessCheck {
  return { code, citation: materials, zh, en, answer: () => 'unknown' }
}

function filled(text: string): boolean {
  return text.trim() !== ''
}

function yesOrNo(holds: boolean): 'yes' | 'no' {
  return holds ? 'yes' : 'no'
}
