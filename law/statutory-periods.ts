import { legalDate } from './calendar.ts'
import type { Words } from './citation.ts'
import { acceptanceWorkingDays, completenessCheckWorkingDays } from './instruments/measures-2022/article-07.ts'
import { assessmentWorkingDays } from './instruments/measures-2022/article-12.ts'
import { reAssessmentWorkingDays } from './instruments/measures-2022/article-13.ts'
import { validityOfMeasures } from './instruments/measures-2022/article-14.ts'
import { extensionWindow, validityOfProvisions } from './instruments/provisions-2024/article-09.ts'
import type { Provision } from './provision.ts'

export type ProcedureActor =
  | 'handler'
  | 'province'
  | 'national'
  | 'certification-body'
  | 'industry-regulator'
  | 'any-person'

/** A period the law counts: how long, from what, whose, and what follows when it is missed. */
export interface StatutoryPeriod extends Provision {
  readonly length: number
  readonly unit: 'working-days' | 'months' | 'years'
  /** Counted onward from the event, or back from the end it leads to. */
  readonly direction: 'after' | 'before'
  /** Whether the day found is the last on which the act is in time, the first on which it may be done, or the last of a validity. */
  readonly meaning: 'latest' | 'earliest' | 'valid-until'
  readonly actor: ProcedureActor
  readonly starts: Words
  readonly missed: Words
  /** How it may be made longer; the statutory date stays beside the announced one. */
  readonly extension?: Words
  /** Where the text can be read two ways, what was chosen here. */
  readonly reading?: Words
}

const fromMeasures = { from: legalDate('2022-09-01') }
const fromGuide = { from: legalDate('2025-06-27') }
const fromContract = { from: legalDate('2023-06-01') }
const fromFilingGuide = { from: legalDate('2024-03-22') }
const fromIndustry = { from: legalDate('2023-01-01') }

/** What stands under every period of an office. */
export const officeMissed: Words = {
  zh: '主管机关逾期未办，不产生任何许可：不得视为完备、受理、通过或者同意，数据仍不得出境',
  en: 'A date missed by the office gives nobody permission: nothing counts as complete, accepted, passed or agreed, and nothing may leave',
}

const announcedInstead: Words = {
  zh: '情况复杂或者需要补充、更正材料的可以适当延长，并告知预计延长的时间；没有上限，补充材料不停止计算，原期限与告知的日期并存',
  en: 'May be extended for a complex case or while materials are supplemented, with the expected length told to the handler; there is no cap, a supplement does not stop the count, and the first date is kept beside the announced one',
}

/** Each kind of period, in the order of a case; where eras differ, one row an era. */
export const statutoryPeriods = {
  'self-assessment': [
    {
      code: 'P-1',
      zh: '自评估完成的最早日期',
      en: 'earliest day on which the self-assessment may have been finished',
      citation: { instrument: 'guide-2025', article: 0, annex: '3' },
      inForce: fromGuide,
      certainty: 'primary',
      length: 3,
      unit: 'months',
      direction: 'before',
      meaning: 'earliest',
      actor: 'handler',
      starts: { zh: '申报之日', en: 'the day of the declaration' },
      missed: {
        zh: '须重新完成自评估后再申报',
        en: 'The self-assessment is done again before the declaration',
      },
    },
  ],
  'completeness-check': [
    {
      code: 'P-4',
      zh: '完备性查验',
      en: 'completeness check',
      citation: completenessCheckWorkingDays.citation,
      inForce: fromMeasures,
      certainty: 'primary',
      length: completenessCheckWorkingDays.days,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'province',
      starts: { zh: '收到（线上提交）申报材料之日', en: 'receipt (online: submission) of the materials' },
      missed: officeMissed,
      reading: {
        zh: '办法自收到之日起算，指南自提交之日起算；线上同时发生，此处自线上提交起算',
        en: 'The Measures count from receipt, the Guide from submission; online they coincide, and submission is counted here',
      },
    },
  ],
  acceptance: [
    {
      code: 'P-5',
      zh: '是否受理',
      en: 'decision on acceptance',
      citation: acceptanceWorkingDays.citation,
      inForce: fromMeasures,
      certainty: 'primary',
      length: acceptanceWorkingDays.days,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'national',
      starts: { zh: '收到省级网信部门转交材料之日', en: 'receipt of the materials from the province' },
      missed: officeMissed,
    },
  ],
  assessment: [
    {
      code: 'P-6',
      zh: '安全评估',
      en: 'security assessment',
      citation: assessmentWorkingDays.citation,
      inForce: fromMeasures,
      certainty: 'primary',
      length: assessmentWorkingDays.days,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'national',
      starts: { zh: '发出书面受理通知书之日', en: 'the day the written notice of acceptance is issued' },
      missed: officeMissed,
      extension: announcedInstead,
    },
  ],
  're-assessment': [
    {
      code: 'P-8',
      zh: '申请复评',
      en: 'application for re-assessment',
      citation: reAssessmentWorkingDays.citation,
      inForce: fromMeasures,
      certainty: 'primary',
      length: reAssessmentWorkingDays.days,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '收到评估结果之日', en: 'receipt of the result' },
      missed: {
        zh: '逾期不能再申请复评，评估结果即为最终结论；对复评申请，法律没有规定答复期限',
        en: 'After it no re-assessment can be asked for and the result stands; for the answer to an application the law sets no time',
      },
    },
  ],
  validity: [
    {
      code: 'P-9.2022',
      zh: '评估结果有效期',
      en: 'validity of the result',
      citation: validityOfMeasures.citation,
      inForce: validityOfMeasures.inForce,
      certainty: 'contested',
      length: validityOfMeasures.years,
      unit: 'years',
      direction: 'after',
      meaning: 'valid-until',
      actor: 'handler',
      starts: { zh: '评估结果出具之日', en: 'the day the result is issued' },
      missed: { zh: '期满后不得继续出境', en: 'Nothing may leave after it' },
      reading: {
        zh: '2024年3月22日以前作出的结果是否变为3年，有争议；以结果通知书载明的日期为准，此处不延长',
        en: 'Whether results issued before 2024-03-22 became three years is contested; the day printed on the notice goes first, nothing is added here',
      },
    },
    {
      code: 'P-9.2024',
      zh: '评估结果有效期',
      en: 'validity of the result',
      citation: validityOfProvisions.citation,
      inForce: validityOfProvisions.inForce,
      certainty: 'primary',
      length: validityOfProvisions.years,
      unit: 'years',
      direction: 'after',
      meaning: 'valid-until',
      actor: 'handler',
      starts: { zh: '评估结果出具之日', en: 'the day the result is issued' },
      missed: {
        zh: '期满后不得继续出境；延期申请尚未答复的，法律未规定可以继续，按不得出境处理',
        en: 'Nothing may leave after it; while an extension is pending the law is silent, and nothing leaves',
      },
    },
  ],
  'declaration-before-expiry': [
    {
      code: 'P-11a',
      zh: '期满前重新申报',
      en: 'new declaration before the result expires',
      citation: { instrument: 'measures-2022', article: 14, paragraph: 2 },
      inForce: validityOfMeasures.inForce,
      certainty: 'primary',
      length: 60,
      unit: 'working-days',
      direction: 'before',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '评估结果有效期届满之日', en: 'the last day of the result' },
      missed: { zh: '期满后不得继续出境', en: 'Nothing may leave after the result has expired' },
    },
  ],
  'extension-window': [
    {
      code: 'P-11b',
      zh: '可以申请延长有效期的首日',
      en: 'first day on which an extension may be asked for',
      citation: extensionWindow.citation,
      inForce: validityOfProvisions.inForce,
      certainty: 'primary',
      length: extensionWindow.workingDaysBefore,
      unit: 'working-days',
      direction: 'before',
      meaning: 'earliest',
      actor: 'handler',
      starts: { zh: '评估结果有效期届满之日', en: 'the last day of the result' },
      missed: {
        zh: '期满前未申请的，须重新申报',
        en: 'Not asked for by the last day, a new declaration is due',
      },
      reading: {
        zh: '“届满前60个工作日内”是一段时间，不是提前60个工作日的截止日',
        en: '"Within the sixty working days before" is a window, not a day sixty working days ahead',
      },
    },
  ],
  'extension-check': [
    {
      code: 'P-12',
      zh: '延期申请的查验',
      en: 'check of an application for extension',
      citation: { instrument: 'guide-2025', article: 3, paragraph: 3 },
      inForce: fromGuide,
      certainty: 'primary',
      length: 5,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'province',
      starts: { zh: '提交延期申请之日', en: 'submission of the application' },
      missed: officeMissed,
    },
  ],
  'extension-decision': [
    {
      code: 'P-13',
      zh: '延长有效期的决定',
      en: 'decision on an extension',
      citation: { instrument: 'guide-2025', article: 3, paragraph: 4 },
      inForce: fromGuide,
      certainty: 'primary',
      length: 20,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'national',
      starts: { zh: '收到省级网信部门转交的延期申请之日', en: 'receipt of the application from the province' },
      missed: officeMissed,
      extension: announcedInstead,
    },
  ],
  'extended-validity': [
    {
      code: 'P-13.validity',
      zh: '延长后的有效期',
      en: 'validity once extended',
      citation: { instrument: 'provisions-2024', article: 9 },
      inForce: validityOfProvisions.inForce,
      certainty: 'primary',
      length: 3,
      unit: 'years',
      direction: 'after',
      meaning: 'valid-until',
      actor: 'handler',
      starts: { zh: '原有效期届满之日', en: 'the last day of the first validity' },
      missed: { zh: '期满后不得继续出境', en: 'Nothing may leave after it' },
    },
  ],
  'important-data-declaration': [
    {
      code: 'IMPORTANT-2M',
      zh: '被告知或者公布为重要数据后申报评估',
      en: 'declaration after data were notified or published as important',
      citation: { instrument: 'answers-2025-05', article: 2 },
      inForce: { from: legalDate('2025-05-01') },
      certainty: 'primary',
      length: 2,
      unit: 'months',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '被告知或者公布之日', en: 'the day of the notification or publication' },
      missed: {
        zh: '未申报即继续出境，属于违规出境重要数据；没有宽限（2025年10月问答第4问）',
        en: 'Going on without a declaration is an unlawful export of important data; there is no grace (answers of October 2025, no. 4)',
      },
    },
  ],
  'contract-filing': [
    {
      code: 'SCC-1',
      zh: '标准合同备案',
      en: 'filing of the standard contract',
      citation: { instrument: 'contract-measures-2023', article: 7 },
      inForce: fromContract,
      certainty: 'primary',
      length: 10,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '标准合同生效之日', en: 'the day the contract takes effect' },
      missed: { zh: '未按规定备案', en: 'Not filed as the Measures ask' },
    },
  ],
  'contract-filing-check': [
    {
      code: 'SCC-2',
      zh: '标准合同备案材料查验',
      en: 'check of the filed contract',
      citation: { instrument: 'filing-guide-2024', article: 0 },
      inForce: fromFilingGuide,
      certainty: 'primary',
      length: 15,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'province',
      starts: { zh: '收到备案材料（或者补充材料）之日', en: 'receipt of the filing, or of its supplement' },
      missed: {
        zh: '逾期未答复不产生备案编号；合同生效后即可出境，与备案结果无关',
        en: 'No answer makes no filing number; the export goes by the contract in force, not by the filing',
      },
    },
  ],
  'contract-filing-supplement': [
    {
      code: 'SCC-3',
      zh: '补充标准合同备案材料',
      en: 'supplement to the filed contract',
      citation: { instrument: 'filing-guide-2024', article: 0 },
      inForce: fromFilingGuide,
      certainty: 'primary',
      length: 10,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '收到补充材料的要求之日', en: 'receipt of the demand for a supplement' },
      missed: { zh: '备案可能被终止', en: 'The filing may be ended' },
    },
  ],
  'gba-contract-filing': [
    {
      code: 'GBA-1',
      zh: '粤港澳大湾区标准合同备案',
      en: 'filing of the Greater Bay Area contract',
      citation: { instrument: 'gba-contract-2023', article: 8 },
      inForce: { from: legalDate('2023-12-13') },
      certainty: 'primary',
      length: 10,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '合同生效之日', en: 'the day the contract takes effect' },
      missed: { zh: '未按指引备案', en: 'Not filed as the guidelines ask' },
    },
  ],
  'certificate-validity': [
    {
      code: 'CERT-1',
      zh: '认证证书有效期',
      en: 'validity of the certificate',
      citation: { instrument: 'certification-measures-2026', article: 8 },
      inForce: { from: legalDate('2026-01-01') },
      certainty: 'primary',
      length: 3,
      unit: 'years',
      direction: 'after',
      meaning: 'valid-until',
      actor: 'handler',
      starts: { zh: '证书颁发之日', en: 'the day the certificate is issued' },
      missed: { zh: '期满后不得再以该证书出境', en: 'Nothing may leave on that certificate after it' },
    },
  ],
  'certificate-renewal': [
    {
      code: 'CERT-2',
      zh: '认证证书续期申请',
      en: 'application to renew the certificate',
      citation: { instrument: 'certification-measures-2026', article: 8 },
      inForce: { from: legalDate('2026-01-01') },
      certainty: 'primary',
      length: 6,
      unit: 'months',
      direction: 'before',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '证书有效期届满之日', en: 'the last day of the certificate' },
      missed: { zh: '证书可能在续期前到期', en: 'The certificate may expire before it is renewed' },
    },
  ],
  'certificate-report': [
    {
      code: 'CERT-3',
      zh: '认证机构报送证书信息',
      en: "certification body's report of a certificate",
      citation: { instrument: 'certification-measures-2026', article: 9 },
      inForce: { from: legalDate('2026-01-01') },
      certainty: 'primary',
      length: 5,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'certification-body',
      starts: {
        zh: '颁发证书或者证书状态变化之日',
        en: 'the day a certificate is issued or its state changes',
      },
      missed: { zh: '属于认证机构的违规', en: 'A breach of the certification body' },
    },
  ],
  'industry-catalogue-review': [
    {
      code: 'MIIT-12.1',
      zh: '重要数据和核心数据目录备案审核',
      en: 'review of a filed catalogue of important and core data',
      citation: { instrument: 'miit-data-measures-2023', article: 12 },
      inForce: fromIndustry,
      certainty: 'primary',
      length: 20,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'industry-regulator',
      starts: { zh: '提交备案之日', en: 'the day the catalogue is filed' },
      missed: officeMissed,
    },
  ],
  'industry-catalogue-resubmission': [
    {
      code: 'MIIT-12.2',
      zh: '目录备案退回后再次提交',
      en: 'filing the catalogue again after a refusal',
      citation: { instrument: 'miit-data-measures-2023', article: 12 },
      inForce: fromIndustry,
      certainty: 'primary',
      length: 15,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '收到退回反馈之日', en: 'receipt of the refusal' },
      missed: { zh: '目录仍未备案', en: 'The catalogue is not filed' },
    },
  ],
  'industry-change-filing': [
    {
      code: 'MIIT-12.3',
      zh: '目录重大变化后变更备案',
      en: 'filing a major change of the catalogue',
      citation: { instrument: 'miit-data-measures-2023', article: 12 },
      inForce: fromIndustry,
      certainty: 'primary',
      length: 3,
      unit: 'months',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '发生变化之日', en: 'the day of the change' },
      missed: { zh: '目录与实际不符', en: 'The catalogue no longer says what is held' },
    },
  ],
  'industry-risk-assessment': [
    {
      code: 'MIIT-31.1',
      zh: '下一次年度风险评估',
      en: 'next yearly risk assessment',
      citation: { instrument: 'miit-data-measures-2023', article: 31 },
      inForce: fromIndustry,
      certainty: 'primary',
      length: 1,
      unit: 'years',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '上一次风险评估完成之日', en: 'the day the last assessment was finished' },
      missed: {
        zh: '违反每年至少一次风险评估的要求',
        en: 'A breach of the duty to assess at least once a year',
      },
    },
  ],
  'industry-risk-report': [
    {
      code: 'MIIT-31.2',
      zh: '报送风险评估报告',
      en: 'report of the risk assessment',
      citation: { instrument: 'miit-risk-rules-2024', article: 10 },
      inForce: { from: legalDate('2024-06-01') },
      certainty: 'primary',
      length: 10,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '风险评估完成之日', en: 'the day the assessment is finished' },
      missed: { zh: '未按期报送', en: 'Not reported in time' },
    },
  ],
  'audit-rectification-report': [
    {
      code: 'AUDIT-11',
      zh: '报送审计整改情况',
      en: 'report of the rectification after an ordered audit',
      citation: { instrument: 'audit-measures-2025', article: 11 },
      inForce: { from: legalDate('2025-05-01') },
      certainty: 'primary',
      length: 15,
      unit: 'working-days',
      direction: 'after',
      meaning: 'latest',
      actor: 'handler',
      starts: { zh: '整改完成之日', en: 'the day the rectification is finished' },
      missed: { zh: '未按期报送', en: 'Not reported in time' },
    },
  ],
} as const satisfies Record<string, readonly [StatutoryPeriod, ...StatutoryPeriod[]]>

export type DeadlineKind = keyof typeof statutoryPeriods

export const deadlineKinds = Object.keys(statutoryPeriods) as readonly DeadlineKind[]
