import type { Certainty, Citation, InstrumentId, Words } from './citation.ts'
import type { DocumentKind } from './declaration.ts'
import type { AlsoRequired, Determination, Path } from './determination.ts'
import { instruments } from './instruments/index.ts'
import { deadlineKinds, statutoryPeriods } from './statutory-periods.ts'
import type { DeadlineKind, ProcedureActor, StatutoryPeriod } from './statutory-periods.ts'
import { unreachable } from './unreachable.ts'

/** A citation as a jurist writes it: 《促进和规范数据跨境流动规定》第七条第一款第二项, or the title with "art. 7(1)(2)". */
export function cite(citation: Citation): Words {
  const { title } = instruments[citation.instrument]
  if (citation.article === 0 && citation.annex === undefined) return { zh: `《${title.zh}》`, en: title.en }
  const place = placeOf(citation)
  return { zh: `《${title.zh}》${place.zh}`, en: `${title.en}, ${place.en}` }
}

function placeOf(citation: Citation): Words {
  const { article, paragraph, item, annex } = citation
  const divided = divisionOf(citation.instrument)
  if (annex !== undefined) {
    const numbers = [article, paragraph, item].filter((number) => number !== undefined && number > 0)
    const zh = `${divided === 'clauses' ? '附录' : '附件'}${annex}`
    return {
      zh: numbers.length === 0 ? zh : `${zh}第${numbers.join('.')}项`,
      en: `${`annex ${annex}`.trim()}${numbers.length === 0 ? '' : `, no. ${numbers.join('.')}`}`,
    }
  }
  const [first, ...rest] = [article, paragraph, item].filter((number) => number !== undefined)
  const inBrackets = rest.map((number) => `(${number})`).join('')
  switch (divided) {
    case 'questions':
      return { zh: `第${chineseNumber(article)}问`, en: `no. ${article}` }
    // The guide is divided into parts, its materials are numbered.
    case 'parts': {
      const section = paragraph === undefined ? '' : `（${chineseNumber(paragraph)}）`
      const material = item === undefined ? '' : `第${item}项`
      return { zh: `第${chineseNumber(article)}部分${section}${material}`, en: `part ${first}${inBrackets}` }
    }
    case 'clauses':
      return { zh: `第${article}章`, en: `clause ${article}` }
    case 'articles': {
      const zh = [
        `第${chineseNumber(article)}条`,
        paragraph === undefined ? '' : `第${chineseNumber(paragraph)}款`,
        item === undefined ? '' : `第${chineseNumber(item)}项`,
      ]
      return { zh: zh.join(''), en: `art. ${first}${inBrackets}` }
    }
    default:
      return unreachable(divided)
  }
}

/** What the numbers of an instrument count. */
function divisionOf(instrument: InstrumentId): 'articles' | 'parts' | 'questions' | 'clauses' {
  if (instrument.startsWith('answers-')) return 'questions'
  if (instrument.startsWith('gbt-') || instrument === 'sensitive-guide-2024') return 'clauses'
  return instrument.includes('guide-') ? 'parts' : 'articles'
}

export const pathWords = {
  assessment: { zh: '申报数据出境安全评估', en: 'security assessment' },
  'contract-or-certification': { zh: '标准合同或者个人信息保护认证', en: 'standard contract or certification' },
  exempt: { zh: '免予申报评估、订立标准合同、通过认证', en: 'exempt from assessment, contract and certification' },
  'not-an-export': { zh: '不属于数据出境', en: 'not an export of data' },
  'state-secrets-regime': { zh: '适用保守国家秘密法律，不得出境', en: 'governed by the law on state secrets; blocked' },
  prohibited: { zh: '不得按所述方式出境', en: 'may not go as described' },
  unknown: { zh: '事实不足，无法判断', en: 'cannot be said: facts are missing' },
} as const satisfies Record<Path, Words>

export const alsoRequiredWords = {
  notice: { zh: '告知个人', en: 'notice to the individuals' },
  'separate-consent': { zh: '取得个人单独同意', en: 'separate consent of the individuals' },
  'impact-assessment': { zh: '个人信息保护影响评估', en: 'personal information protection impact assessment' },
  safeguards: { zh: '数据安全保护措施', en: 'security safeguards' },
  'human-genetic-resources-report': {
    zh: '向主管部门事先报告人类遗传资源信息并提交备份',
    en: 'prior report of the human genetic resource information, with a backup copy',
  },
  'human-genetic-resources-security-review': {
    zh: '人类遗传资源信息安全审查',
    en: 'security review of the human genetic resource information',
  },
  'competent-authority-approval': { zh: '主管机关批准', en: 'approval of the competent authority' },
  'export-control-licence': { zh: '出口管制许可', en: 'export control licence' },
  'identify-important-data': { zh: '识别、申报重要数据', en: 'identification and filing of important data' },
  'representative-in-china': {
    zh: '在境内设立专门机构或者指定代表',
    en: 'a dedicated body or representative in China',
  },
} as const satisfies Record<AlsoRequired, Words>

export const routeWords = {
  'standard-contract': { zh: '个人信息出境标准合同', en: 'standard contract' },
  'gba-contract': { zh: '粤港澳大湾区标准合同', en: 'Greater Bay Area standard contract' },
  certification: { zh: '个人信息保护认证', en: 'certification' },
} as const satisfies Record<Determination['available'][number]['route'], Words>

export const mayProceedWords = {
  no: { zh: '不得出境', en: 'may not proceed' },
  'after-duties': { zh: '履行全部义务后可以出境', en: 'may proceed once every duty is done' },
  unknown: { zh: '尚不能判断', en: 'cannot be said yet' },
} as const satisfies Record<Determination['mayProceed'], Words>

export const documentKindWords = {
  'credit-code-certificate': {
    zh: '统一社会信用代码证件影印件',
    en: 'copy of the unified social credit code certificate',
  },
  'legal-representative-id': {
    zh: '法定代表人身份证件影印件',
    en: "copy of the legal representative's identity document",
  },
  'agent-id': { zh: '经办人身份证件影印件', en: "copy of the agent's identity document" },
  'power-of-attorney': { zh: '经办人授权委托书', en: 'power of attorney for the agent' },
  'declaration-form': { zh: '数据出境安全评估申报表', en: 'declaration form' },
  'legal-document': { zh: '与境外接收方拟订立的法律文件', en: 'legal document with the overseas recipient' },
  'self-assessment-report': { zh: '数据出境风险自评估报告', en: 'self-assessment report' },
  'other-proof': { zh: '其他证明材料', en: 'other proof' },
  'completeness-list': { zh: '材料完备性清单', en: 'completeness list' },
} as const satisfies Record<DocumentKind, Words>

/** What each kind of period is called; its rows of different eras bear one name. */
export const deadlineWords = Object.fromEntries(
  deadlineKinds.map((kind) => [kind, { zh: statutoryPeriods[kind][0].zh, en: statutoryPeriods[kind][0].en }]),
) as Readonly<Record<DeadlineKind, Words>>

export const certaintyWords = {
  primary: { zh: '已核对原文', en: 'read in the primary text' },
  secondary: { zh: '依据二手资料', en: 'from a secondary source' },
  memory: { zh: '未核对原文', en: 'not checked against the text' },
  contested: { zh: '理解有争议', en: 'the reading is contested' },
  'asserted-by-handler': { zh: '依据数据处理者自述', en: 'asserted by the data handler' },
} as const satisfies Record<Certainty, Words>

export const procedureActorWords = {
  handler: { zh: '数据处理者', en: 'data handler' },
  province: { zh: '省级网信部门', en: 'provincial office' },
  national: { zh: '国家网信部门', en: 'national office' },
  'certification-body': { zh: '专业认证机构', en: 'certification body' },
  'industry-regulator': { zh: '地方行业监管部门', en: 'local industry regulator' },
  'any-person': { zh: '任何组织和个人', en: 'any organisation or person' },
} as const satisfies Record<ProcedureActor, Words>

/** A length as people say it: 45个工作日, 45 working days. */
export function lengthWords({ length, unit }: Pick<StatutoryPeriod, 'length' | 'unit'>): Words {
  const zh = { 'working-days': '个工作日', months: '个月', years: '年' }[unit]
  const en = { 'working-days': 'working day', months: 'month', years: 'year' }[unit]
  return { zh: `${length}${zh}`, en: `${length} ${en}${length === 1 ? '' : 's'}` }
}

/** Stands under every determination, page and document. */
export const disclaimer: Words = {
  zh: '根据所提供的事实，按该日有效的规则计算；不代替主管机关或者律师的意见。',
  en: 'Computed from the facts given, by the rules of that date; it replaces neither the authority nor a lawyer.',
}

/** Chinese numerals to 999, as articles are numbered: 十, 六十三, 一千 and above do not occur. */
function chineseNumber(number: number): string {
  const digits = '零一二三四五六七八九'
  const hundreds = Math.floor(number / 100)
  const tens = Math.floor((number % 100) / 10)
  const ones = number % 10
  const hundred = hundreds > 0 ? `${digits[hundreds]}百` : ''
  const ten = tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : digits[tens]}十` : hundreds > 0 && ones > 0 ? '零' : ''
  return `${hundred}${ten}${ones > 0 ? digits[ones] : ''}`
}
