import { addMonths } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Citation, Words } from './citation.ts'
import type { Declaration, DocumentKind } from './declaration.ts'
import { countingMethod } from './terms.ts'
import { documentKindWords } from './words.ts'

/** What the provincial office would find on the table: what is there, what is missing, what only a person can see. */
export interface CompletenessReport {
  readonly schema: 'tongguan/completeness/1'
  readonly filedOn: LegalDate
  /** Nothing is missing. What is not checkable is still to be looked at. */
  readonly complete: boolean
  readonly findings: readonly CompletenessFinding[]
}

export interface CompletenessFinding extends Words {
  readonly code: string
  readonly kind: 'present' | 'missing' | 'not-checkable'
  readonly citation: Citation
}

/** One thing the office checks, with its words as a requirement. */
export interface CompletenessCheck extends Words {
  readonly code: string
  readonly citation: Citation
  readonly answer: (declaration: Declaration, filedOn: LegalDate) => 'yes' | 'no' | 'unknown'
}

/** Holds a declaration against the list of the guide (third edition, part 2 and annexes 1 to 4) on the day it is filed. */
export function checkCompleteness(declaration: Declaration, filedOn: LegalDate): CompletenessReport {
  const findings = completenessChecks.map(({ code, citation, zh, en, answer }) => ({
    code,
    kind: kinds[answer(declaration, filedOn)],
    citation,
    zh,
    en,
  }))
  const complete = findings.every(({ kind }) => kind !== 'missing')
  return { schema: 'tongguan/completeness/1', filedOn, complete, findings }
}

const kinds = { yes: 'present', no: 'missing', unknown: 'not-checkable' } as const

const materials = { instrument: 'guide-2025', article: 2, paragraph: 1 } as const satisfies Citation

/** The report is to be finished within this time before filing, as the form's undertaking says (Order 11 art. 5 asks for it beforehand). */
export const selfAssessmentAge = {
  months: 3,
  citation: { ...materials, item: 5 },
} as const

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
    ...form('统一社会信用代码为18位', 'the unified social credit code has 18 characters'),
    answer: ({ handler }) => yesOrNo(/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(handler.creditCode)),
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
  ...onlyAPersonSees,
]

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
