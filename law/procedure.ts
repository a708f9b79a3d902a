import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Words } from './citation.ts'
import { deadline } from './deadlines.ts'
import type { Deadline } from './deadlines.ts'
import { validityOfMeasures } from './instruments/measures-2022/article-14.ts'
import { validityOfProvisions } from './instruments/provisions-2024/article-09.ts'
import { isInForce } from './provision.ts'
import type { InForce, Provision } from './provision.ts'
import { officeMissed } from './statutory-periods.ts'
import type { DeadlineKind, ProcedureActor } from './statutory-periods.ts'

/** One stage of the assessment: who does what, with which paper, in what time, and what comes of it. */
export interface Stage extends Provision {
  readonly actor: ProcedureActor
  /** What goes in or comes out; null where nothing is written. */
  readonly document: Words | null
  readonly clock: StageClock
  readonly outcomes: readonly Words[]
  /** What the text does not say or does not allow, where people expect otherwise. */
  readonly limits?: Words
}

export type StageClock =
  | { readonly kind: 'period'; readonly period: DeadlineKind }
  /** The law asks for speed and names no number. */
  | { readonly kind: 'promptly' }
  | { readonly kind: 'no-statutory-time' }

/** The stages in force on a day, in the order of a case. */
export function procedureOn(on: LegalDate): readonly Stage[] {
  return stages.filter(({ inForce }) => isInForce(inForce, on))
}

/** The dates a declaration submitted on a day leads to when each office acts on its last day; any of them may be earlier. */
export function nominalCourse(submitted: LegalDate): readonly Deadline[] {
  const checked = deadline('completeness-check', submitted)
  const accepted = deadline('acceptance', checked.due)
  return [checked, accepted, deadline('assessment', accepted.due)]
}

/** A missed date of an office, as data for whoever waits for it. */
export const missedOfficialDate = { givesPermission: false, ...officeMissed } as const

const measures = (article: number, paragraph?: number, item?: number) =>
  ({
    instrument: 'measures-2022',
    article,
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(item === undefined ? {} : { item }),
  }) as const

const sinceMeasures: InForce = { from: legalDate('2022-09-01') }
const untilProvisions: InForce = { ...sinceMeasures, to: legalDate('2024-03-21') }
const sinceProvisions: InForce = { from: legalDate('2024-03-22') }
const sinceThirdGuide: InForce = { from: legalDate('2025-06-27') }

const period = (kind: DeadlineKind): StageClock => ({ kind: 'period', period: kind })
const promptly: StageClock = { kind: 'promptly' }
const untimed: StageClock = { kind: 'no-statutory-time' }

export const stages: readonly Stage[] = [
  {
    code: 'P-0.2022',
    zh: '判断是否属于应当申报评估的情形，识别重要数据',
    en: 'Whether the export must be declared is decided and important data are identified',
    citation: measures(4),
    inForce: untilProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '内部记录', en: 'internal record' },
    clock: untimed,
    outcomes: [{ zh: '申报评估、标准合同或者认证', en: 'assessment; standard contract or certification' }],
  },
  {
    code: 'P-0',
    zh: '判断路径，识别重要数据',
    en: 'The path is decided and important data are identified',
    citation: { instrument: 'provisions-2024', article: 2 },
    inForce: sinceProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '内部记录', en: 'internal record' },
    clock: untimed,
    outcomes: [
      {
        zh: '申报评估、标准合同或者认证、豁免',
        en: 'assessment; standard contract or certification; exempt',
      },
    ],
  },
  {
    code: 'P-1.2022',
    zh: '数据出境风险自评估',
    en: 'Self-assessment of the risks of the export',
    citation: measures(5),
    inForce: { ...sinceMeasures, to: legalDate('2025-06-26') },
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '数据出境风险自评估报告', en: 'self-assessment report' },
    clock: untimed,
    outcomes: [{ zh: '申报之前完成', en: 'finished before the declaration' }],
    limits: {
      zh: '自评估完成的期限载于指南；第一版、第二版未取得',
      en: 'How recent it must be stands in the guide, whose first and second editions were not obtained',
    },
  },
  {
    code: 'P-1',
    zh: '数据出境风险自评估',
    en: 'Self-assessment of the risks of the export',
    citation: { instrument: 'guide-2025', article: 0, annex: '3' },
    inForce: sinceThirdGuide,
    certainty: 'primary',
    actor: 'handler',
    document: {
      zh: '数据出境风险自评估报告；有第三方参与的，予以说明',
      en: 'self-assessment report; a third party that took part is named',
    },
    clock: period('self-assessment'),
    outcomes: [
      {
        zh: '申报之日前3个月内完成，且至申报之日未发生重大变化',
        en: 'finished within three months before the declaration, and nothing material changed since',
      },
    ],
  },
  {
    code: 'P-2',
    zh: '与境外接收方拟订立法律文件',
    en: 'The legal document with the recipient is drawn up',
    citation: measures(9),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'handler',
    document: {
      zh: '合同或者其他具有法律效力的文件，可以尚未签署',
      en: 'contract or other binding document; it may still be a draft',
    },
    clock: untimed,
    outcomes: [{ zh: '至少包含第九条六项内容', en: 'holds at least the six matters of article 9' }],
  },
  {
    code: 'P-3.2022',
    zh: '提交申报',
    en: 'The declaration is submitted',
    citation: { instrument: 'guide-2022', article: 0 },
    inForce: untilProvisions,
    certainty: 'secondary',
    actor: 'handler',
    document: {
      zh: '办法第六条的材料，纸质件和电子件；指南第一版未取得',
      en: 'the materials of article 6 of the Measures, on paper and as files; the first edition of the guide was not obtained',
    },
    clock: untimed,
    outcomes: [{ zh: '送达所在地省级网信部门', en: 'delivered to the provincial office' }],
  },
  {
    code: 'P-3.2024',
    zh: '通过数据出境申报系统提交申报',
    en: 'The declaration is submitted on the portal',
    citation: { instrument: 'guide-2024', article: 0 },
    inForce: { ...sinceProvisions, to: legalDate('2025-06-26') },
    certainty: 'secondary',
    actor: 'handler',
    document: {
      zh: '办法第六条的材料；指南第二版未取得',
      en: 'the materials of article 6 of the Measures; the second edition of the guide was not obtained',
    },
    clock: untimed,
    outcomes: [{ zh: '提交所在地省级网信部门', en: 'submitted to the provincial office' }],
  },
  {
    code: 'P-3',
    zh: '通过数据出境申报系统提交申报',
    en: 'The declaration is submitted on the portal',
    citation: { instrument: 'guide-2025', article: 2, paragraph: 1 },
    inForce: sinceThirdGuide,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '八项材料', en: 'the eight materials' },
    clock: untimed,
    outcomes: [
      {
        zh: '关键信息基础设施运营者和不适合线上申报的，向所在地省级网信部门线下提交纸质材料和光盘',
        en: 'operators of critical infrastructure, and whoever the portal does not suit, submit on paper with a disc to the provincial office',
      },
    ],
  },
  {
    code: 'P-4',
    zh: '完备性查验',
    en: 'The completeness of the materials is checked',
    citation: measures(7, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'province',
    document: {
      zh: '退回的，一次性列明须补充的材料；线上办理的，原因在系统中告知',
      en: 'if returned, one list of all that is missing; on the portal the reason is given there',
    },
    clock: period('completeness-check'),
    outcomes: [
      { zh: '完备，报送国家网信部门', en: 'complete: forwarded to the national office' },
      { zh: '不完备，退回', en: 'incomplete: returned' },
    ],
  },
  {
    code: 'P-5',
    zh: '决定是否受理',
    en: 'Acceptance is decided',
    citation: measures(7, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: { zh: '书面受理或者不予受理的通知', en: 'written notice of acceptance or refusal' },
    clock: period('acceptance'),
    outcomes: [
      { zh: '受理', en: 'accepted' },
      { zh: '不予受理', en: 'not accepted' },
    ],
  },
  {
    code: 'P-6',
    zh: '组织有关部门、省级网信部门、专门机构进行安全评估',
    en: 'The security assessment, with the departments, the province and specialised bodies',
    citation: measures(12, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: null,
    clock: period('assessment'),
    outcomes: [
      {
        zh: '作出评估结果，或者告知预计延长的时间',
        en: 'a result, or notice of how much longer it is expected to take',
      },
    ],
    limits: officeMissed,
  },
  {
    code: 'P-6a',
    zh: '补充或者更正材料',
    en: 'Materials are supplemented or corrected',
    citation: measures(11, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '补充、更正材料', en: 'the supplement or correction' },
    clock: promptly,
    outcomes: [
      {
        zh: '评估期限可以适当延长，并告知预计延长的时间',
        en: 'the period may be extended, and the handler is told by how much',
      },
    ],
    limits: {
      zh: '条文只规定延长，没有规定停止计算；没有规定补充的天数，也没有延长的上限',
      en: 'The text extends the period, it does not stop the count; it gives no number of days for the supplement and no cap for the extension',
    },
  },
  {
    code: 'P-6b',
    zh: '无正当理由不补充或者更正',
    en: 'No supplement comes, without good reason',
    citation: measures(11, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: null,
    clock: untimed,
    outcomes: [{ zh: '终止安全评估', en: 'the assessment is terminated' }],
  },
  {
    code: 'P-6c',
    zh: '故意提交虚假材料',
    en: 'The materials are wilfully false',
    citation: measures(11, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: null,
    clock: untimed,
    outcomes: [
      { zh: '按照评估不通过处理，并依法追究法律责任', en: 'treated as not passed, and liability under the law' },
    ],
  },
  {
    code: 'P-7',
    zh: '作出并书面通知评估结果',
    en: 'The result is made known in writing',
    citation: measures(12, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: { zh: '评估结果通知书，可以附有要求', en: 'notice of the result, which may carry requirements' },
    clock: period('assessment'),
    outcomes: [
      { zh: '通过', en: 'passed' },
      {
        zh: '部分通过：办法没有这一名称，实践中按场景和数据项分别决定',
        en: 'passed in part: the Measures do not name it, practice decides by scenario and data item',
      },
      { zh: '不通过', en: 'not passed' },
    ],
  },
  {
    code: 'P-8',
    zh: '申请复评',
    en: 'A re-assessment is asked for',
    citation: measures(13),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '复评申请', en: 'application' },
    clock: period('re-assessment'),
    outcomes: [{ zh: '进入复评', en: 'a re-assessment' }],
  },
  {
    code: 'P-8a',
    zh: '作出复评结论',
    en: 'The re-assessment is concluded',
    citation: measures(13),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: { zh: '复评结果', en: 'result of the re-assessment' },
    clock: untimed,
    outcomes: [{ zh: '复评结果为最终结论', en: 'what comes out is final' }],
    limits: {
      zh: '办法没有规定复评的答复期限；逾多久都不产生许可',
      en: 'The Measures set no time for the answer; however long it takes, no permission arises',
    },
  },
  {
    code: 'P-9.2022',
    zh: '在有效期内按照结果出境',
    en: 'Data leave within the validity of the result',
    citation: validityOfMeasures.citation,
    inForce: validityOfMeasures.inForce,
    certainty: 'primary',
    actor: 'handler',
    document: null,
    clock: period('validity'),
    outcomes: [{ zh: '期满后不得继续出境', en: 'nothing leaves after the last day' }],
  },
  {
    code: 'P-9.2024',
    zh: '在有效期内按照结果出境',
    en: 'Data leave within the validity of the result',
    citation: validityOfProvisions.citation,
    inForce: validityOfProvisions.inForce,
    certainty: 'primary',
    actor: 'handler',
    document: null,
    clock: period('validity'),
    outcomes: [{ zh: '期满后不得继续出境', en: 'nothing leaves after the last day' }],
  },
  {
    code: 'P-9',
    zh: '不超出评估明确的范围',
    en: 'The export stays within what the assessment settled',
    citation: { instrument: 'network-data-regulations-2025', article: 38 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'primary',
    actor: 'handler',
    document: null,
    clock: untimed,
    outcomes: [
      {
        zh: '不得超出评估时明确的目的、方式、范围和种类、规模',
        en: 'never beyond the purpose, manner, scope, types and scale the assessment settled',
      },
    ],
  },
  {
    code: 'P-10',
    zh: '出现影响安全的变化，重新申报',
    en: 'A change that touches security: declared again',
    citation: measures(14, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '重新申报的全部材料', en: 'a full new declaration' },
    clock: untimed,
    outcomes: [{ zh: '重新评估', en: 'a new assessment' }],
  },
  {
    code: 'P-11a',
    zh: '期满前重新申报（2024年3月21日以前）',
    en: 'Declared again before the result expires (until 2024-03-21)',
    citation: measures(14, 2),
    inForce: untilProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '重新申报的全部材料', en: 'a full new declaration' },
    clock: period('declaration-before-expiry'),
    outcomes: [{ zh: '重新评估', en: 'a new assessment' }],
  },
  {
    code: 'P-11b',
    zh: '期满前60个工作日内申请延长有效期',
    en: 'An extension is asked for in the sixty working days before the end',
    citation: { instrument: 'provisions-2024', article: 9 },
    inForce: sinceProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: {
      zh: '延长有效期的申请；2025年6月27日起为指南附件5的申请表，附授权委托书',
      en: "application for the extension; from 2025-06-27 the form of the guide's annex 5, with the power of attorney",
    },
    clock: period('extension-window'),
    outcomes: [{ zh: '省级网信部门查验', en: 'checked by the province' }],
  },
  {
    code: 'P-13.2024',
    zh: '决定是否延长有效期',
    en: 'The extension is decided',
    citation: { instrument: 'provisions-2024', article: 9 },
    inForce: { ...sinceProvisions, to: legalDate('2025-06-26') },
    certainty: 'primary',
    actor: 'national',
    document: null,
    clock: untimed,
    outcomes: [
      { zh: '有效期延长3年', en: 'three more years' },
      { zh: '不予延长', en: 'no extension' },
    ],
    limits: officeMissed,
  },
  {
    code: 'P-12',
    zh: '查验延期申请',
    en: 'The application for extension is checked',
    citation: { instrument: 'guide-2025', article: 3, paragraph: 3 },
    inForce: sinceThirdGuide,
    certainty: 'primary',
    actor: 'province',
    document: { zh: '不通过的，说明理由', en: 'reasons, if it does not pass' },
    clock: period('extension-check'),
    outcomes: [
      { zh: '通过，报国家网信部门', en: 'passed on to the national office' },
      { zh: '不通过', en: 'not passed' },
    ],
  },
  {
    code: 'P-13',
    zh: '决定是否延长有效期',
    en: 'The extension is decided',
    citation: { instrument: 'guide-2025', article: 3, paragraph: 4 },
    inForce: sinceThirdGuide,
    certainty: 'primary',
    actor: 'national',
    document: { zh: '延长评估结果有效期通知书', en: 'notice of the extension' },
    clock: period('extension-decision'),
    outcomes: [
      { zh: '有效期延长3年', en: 'three more years' },
      { zh: '不予延长', en: 'no extension' },
    ],
    limits: officeMissed,
  },
  {
    code: 'P-14',
    zh: '实际出境活动不再符合要求，书面通知终止',
    en: 'The export no longer meets the requirements: a written notice to stop',
    citation: measures(17),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: { zh: '终止数据出境活动的书面通知', en: 'written notice to stop the export' },
    clock: untimed,
    outcomes: [{ zh: '应当终止数据出境活动', en: 'the export is stopped' }],
    limits: {
      zh: '条文是“终止”，没有“暂停”；没有宽限期',
      en: 'The text stops the export, it knows no suspension; and it gives no time of grace',
    },
  },
  {
    code: 'P-15',
    zh: '终止后整改，需要继续的重新申报',
    en: 'After a stop: rectified, and declared again to go on',
    citation: measures(17),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '整改后重新申报的全部材料', en: 'a full new declaration after the rectification' },
    clock: untimed,
    outcomes: [{ zh: '重新评估', en: 'a new assessment' }],
  },
  {
    code: 'P-16.2022',
    zh: '发生或者可能发生个人信息泄露等，补救并通知',
    en: 'A leak of personal information, or a likely one: remedied and notified',
    citation: { instrument: 'pipl-2021', article: 57 },
    inForce: untilProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: { zh: '向主管部门的通知', en: 'notice to the department concerned' },
    clock: promptly,
    outcomes: [{ zh: '采取补救措施', en: 'remedies are taken' }],
  },
  {
    code: 'P-16',
    zh: '发生或者可能发生数据安全事件，补救并报告',
    en: 'An incident, or a likely one: remedied and reported',
    citation: { instrument: 'provisions-2024', article: 11 },
    inForce: sinceProvisions,
    certainty: 'primary',
    actor: 'handler',
    document: {
      zh: '向省级以上网信部门和其他有关主管部门的报告',
      en: 'report to the provincial office or above and the departments concerned',
    },
    clock: promptly,
    outcomes: [{ zh: '采取补救措施', en: 'remedies are taken' }],
    limits: {
      zh: '“及时”，没有小时数；行业另有规定的从其规定（例如银行保险机构2小时、24小时）',
      en: '"Promptly", with no number of hours; a sector may set one (banks and insurers: 2 and 24 hours)',
    },
  },
  {
    code: 'P-17',
    zh: '发现较大风险或者安全事件，要求整改',
    en: 'A considerable risk or an incident is found: rectification is ordered',
    citation: { instrument: 'provisions-2024', article: 12 },
    inForce: sinceProvisions,
    certainty: 'primary',
    actor: 'province',
    document: { zh: '整改要求', en: 'order to rectify' },
    clock: untimed,
    outcomes: [
      { zh: '消除隐患', en: 'the hazard is removed' },
      {
        zh: '拒不改正或者造成严重后果的，依法追究法律责任',
        en: 'refusal or a serious result: liability under the law',
      },
    ],
    limits: {
      zh: '条文是整改，没有“暂停出境”',
      en: 'The text orders rectification, it knows no suspension of the export',
    },
  },
  {
    code: 'P-18',
    zh: '举报违规出境',
    en: 'Unlawful exports are reported by anyone',
    citation: measures(16),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'any-person',
    document: { zh: '向省级以上网信部门的举报', en: 'report to the provincial office or above' },
    clock: untimed,
    outcomes: [],
  },
  {
    code: 'P-19',
    zh: '对评估中知悉的秘密、隐私、商业信息保密',
    en: 'Secrets, privacy and business information learned in the assessment are kept',
    citation: measures(15),
    inForce: sinceMeasures,
    certainty: 'primary',
    actor: 'national',
    document: null,
    clock: untimed,
    outcomes: [],
  },
]

/** How a declaration can end (Order 11 arts 7, 11 to 14; practice where said). */
export const outcomes: readonly Provision[] = [
  {
    code: 'returned',
    zh: '材料不完备，退回',
    en: 'incomplete: returned',
    citation: measures(7, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
  },
  {
    code: 'not-accepted',
    zh: '不予受理',
    en: 'not accepted',
    citation: measures(7, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
  },
  {
    code: 'passed',
    zh: '评估通过，结果通知书可以附有须遵守的要求',
    en: 'passed; the notice may carry requirements to be obeyed',
    citation: measures(12, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
  },
  {
    code: 'passed-in-part',
    zh: '部分通过：有的场景或者数据项准予出境，有的不准；办法没有规定，实践中存在',
    en: 'passed in part: some scenarios or items may leave, others not; not in the Measures, but practised',
    citation: measures(12, 2),
    inForce: sinceMeasures,
    certainty: 'contested',
  },
  {
    code: 'not-passed',
    zh: '评估不通过',
    en: 'not passed',
    citation: measures(12, 2),
    inForce: sinceMeasures,
    certainty: 'primary',
  },
  {
    code: 'terminated',
    zh: '终止安全评估',
    en: 'the assessment is terminated',
    citation: measures(11, 1),
    inForce: sinceMeasures,
    certainty: 'primary',
  },
  {
    code: 'withdrawn',
    zh: '数据处理者撤回申报；办法没有规定，见2024年3月22日答记者问',
    en: 'withdrawn by the handler; not in the Measures, known from the press answers of 2024-03-22',
    citation: measures(7),
    inForce: sinceMeasures,
    certainty: 'memory',
  },
]
