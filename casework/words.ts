import type { Decision, Words } from '@tongguan/law'
import type { Actor } from './case.ts'
import type { CaseKind, CaseStatus, EventKind } from './procedures.ts'

export const statusWords = {
  withProvince: { zh: '完备性查验中', en: 'with the province for the completeness check' },
  returned: { zh: '已退回补正', en: 'returned for completion' },
  confirmed: { zh: '查验通过，待转国家网信部门', en: 'complete, on its way to the national office' },
  withNational: { zh: '等待受理', en: 'with the national office, acceptance pending' },
  accepted: { zh: '已受理', en: 'accepted' },
  underAssessment: { zh: '正在评估', en: 'under assessment' },
  awaitingSupplement: { zh: '正在评估（需补充材料）', en: 'under assessment, supplement requested' },
  decided: { zh: '已出具评估结果', en: 'result issued' },
  underReassessment: { zh: '复评中', en: 'under re-assessment' },
  final: { zh: '复评结论为最终结论', en: 'final after re-assessment' },
  notAccepted: { zh: '不予受理', en: 'not accepted' },
  terminated: { zh: '评估已终止', en: 'assessment terminated' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  stopped: { zh: '已通知终止出境', en: 'ordered to stop' },
  superseded: { zh: '已由新的评估结果取代', en: 'superseded by a later result' },
  extended: { zh: '有效期已延长', en: 'validity extended' },
  notExtended: { zh: '不予延长', en: 'not extended' },
  registered: { zh: '已备案', en: 'filed and numbered' },
  ended: { zh: '备案已终止', en: 'filing ended' },
  advised: { zh: '已出具预评估意见（不具约束力）', en: 'advised (not binding)' },
  received: { zh: '已收到，待核实', en: 'received, to be looked into' },
  underReview: { zh: '正在核实', en: 'being looked into' },
  awaitingRectification: { zh: '责令整改中', en: 'rectification ordered' },
  closed: { zh: '已办结', en: 'closed' },
  dismissed: { zh: '不予处理', en: 'dismissed' },
} as const satisfies Record<CaseStatus, Words>

export const caseKindWords = {
  assessment: { zh: '数据出境安全评估', en: 'security assessment' },
  redeclaration: { zh: '重新申报评估', en: 're-declaration' },
  extension: { zh: '延长评估结果有效期', en: 'extension of the validity' },
  contractFiling: { zh: '标准合同备案', en: 'standard contract filing' },
  gbaFiling: { zh: '粤港澳大湾区标准合同备案', en: 'Greater Bay Area contract filing' },
  catalogueFiling: { zh: '重要数据目录备案（工信领域）', en: 'catalogue filing (industry)' },
  preAssessment: { zh: '预评估（试点，不具约束力）', en: 'pre-assessment (pilot, not binding)' },
  incidentReport: { zh: '数据安全事件报告', en: 'incident report' },
  complaint: { zh: '举报', en: 'public complaint' },
} as const satisfies Record<CaseKind, Words>

export const eventWords = {
  declared: { zh: '提交申报', en: 'declared' },
  redeclared: { zh: '重新提交申报', en: 'declared again' },
  completenessConfirmed: { zh: '通过完备性查验', en: 'completeness confirmed' },
  returnedForCompletion: { zh: '退回并一次性告知需补充的材料', en: 'returned with the list of what is missing' },
  receivedByNational: { zh: '国家网信部门收到申报材料', en: 'received by the national office' },
  accepted: { zh: '受理，发出书面通知', en: 'accepted, written notice issued' },
  notAccepted: { zh: '不予受理', en: 'not accepted' },
  assessmentStarted: { zh: '组织开展安全评估', en: 'assessment started' },
  supplementRequested: { zh: '要求补充或者更正材料', en: 'supplement or correction requested' },
  supplementReceived: { zh: '收到补充或者更正的材料', en: 'supplement received' },
  periodExtended: { zh: '延长评估期限并告知预计时间', en: 'period extended, expected end announced' },
  resultIssued: { zh: '出具评估结果通知书', en: 'result issued' },
  terminated: { zh: '终止安全评估', en: 'assessment terminated' },
  withdrawn: { zh: '数据处理者撤回申报', en: 'withdrawn by the handler' },
  reassessmentRequested: { zh: '申请复评', en: 're-assessment requested' },
  reassessmentConcluded: { zh: '作出复评结论', en: 're-assessment concluded' },
  filed: { zh: '提交材料', en: 'filed' },
  refiled: { zh: '补正后再次提交', en: 'filed again' },
  changeFiled: { zh: '提交变更', en: 'change filed' },
  complaintReceived: { zh: '收到举报', en: 'complaint received' },
  defectNoted: { zh: '记录一项问题（待一次性告知）', en: 'defect noted, pending the notice' },
  defectStruck: { zh: '撤销一项问题', en: 'defect struck' },
  secondNoticeAuthorised: { zh: '同意再次告知', en: 'second notice authorised' },
  custodyRefused: { zh: '交接不符，退回省级网信部门', en: 'custody refused, back to the province' },
  stopOrdered: { zh: '书面通知终止数据出境', en: 'ordered to stop the export' },
  superseded: { zh: '由新的评估结果取代', en: 'superseded' },
  validityExtended: { zh: '延长评估结果有效期', en: 'validity extended' },
  rectificationOrdered: { zh: '责令整改', en: 'rectification ordered' },
  rectificationReported: { zh: '报送整改情况', en: 'rectification reported' },
  rectificationAccepted: { zh: '整改验收', en: 'rectification accepted' },
  extensionGranted: { zh: '准予延长', en: 'extension granted' },
  extensionRefused: { zh: '不予延长', en: 'extension refused' },
  filingNumbered: { zh: '备案通过，发放编号', en: 'filing numbered' },
  filingEnded: { zh: '终止备案', en: 'filing ended' },
  opinionGiven: { zh: '出具预评估意见（不具约束力）', en: 'opinion given (not binding)' },
  inquiryOpened: { zh: '开始核实', en: 'inquiry opened' },
  inquiryClosed: { zh: '核实办结', en: 'inquiry closed' },
  dismissed: { zh: '不予处理', en: 'dismissed' },
} as const satisfies Record<EventKind, Words>

/** As on a button. */
export const commandWords = {
  declare: { zh: '提交申报', en: 'Declare' },
  redeclare: { zh: '重新提交申报', en: 'Declare again' },
  confirmCompleteness: { zh: '确认通过完备性查验', en: 'Confirm completeness' },
  returnForCompletion: { zh: '退回补正', en: 'Return for completion' },
  receiveAtNational: { zh: '收到申报材料', en: 'Receive at the national office' },
  accept: { zh: '受理', en: 'Accept' },
  declineAcceptance: { zh: '不予受理', en: 'Do not accept' },
  startAssessment: { zh: '开始评估', en: 'Start the assessment' },
  requestSupplement: { zh: '要求补充材料', en: 'Ask for a supplement' },
  receiveSupplement: { zh: '提交补充材料', en: 'Hand in the supplement' },
  extendPeriod: { zh: '延长评估期限', en: 'Extend the period' },
  issueResult: { zh: '签发评估结果', en: 'Issue the result' },
  terminate: { zh: '终止评估', en: 'Terminate the assessment' },
  withdraw: { zh: '撤回申报', en: 'Withdraw' },
  requestReassessment: { zh: '申请复评', en: 'Ask for a re-assessment' },
  concludeReassessment: { zh: '作出复评结论', en: 'Conclude the re-assessment' },
  file: { zh: '提交材料', en: 'File' },
  refile: { zh: '补正后再次提交', en: 'File again' },
  fileChange: { zh: '提交变更', en: 'File a change' },
  receiveComplaint: { zh: '登记举报', en: 'Register a complaint' },
  noteDefect: { zh: '记录一项问题', en: 'Note a defect' },
  strikeDefect: { zh: '撤销一项问题', en: 'Strike a defect' },
  authoriseSecondNotice: { zh: '同意再次告知', en: 'Authorise a second notice' },
  refuseCustody: { zh: '交接不符，退回', en: 'Refuse custody' },
  orderStop: { zh: '通知终止出境', en: 'Order the export to stop' },
  supersede: { zh: '以新结果取代', en: 'Supersede' },
  extendValidity: { zh: '延长有效期', en: 'Extend the validity' },
  orderRectification: { zh: '责令整改', en: 'Order rectification' },
  reportRectification: { zh: '报送整改情况', en: 'Report the rectification' },
  acceptRectification: { zh: '整改验收', en: 'Accept the rectification' },
  grantExtension: { zh: '准予延长', en: 'Grant the extension' },
  refuseExtension: { zh: '不予延长', en: 'Refuse the extension' },
  assignFilingNumber: { zh: '备案通过并编号', en: 'Number the filing' },
  endFiling: { zh: '终止备案', en: 'End the filing' },
  giveOpinion: { zh: '出具预评估意见', en: 'Give the opinion' },
  openInquiry: { zh: '开始核实', en: 'Open the inquiry' },
  closeInquiry: { zh: '办结', en: 'Close the inquiry' },
  dismiss: { zh: '不予处理', en: 'Dismiss' },
} as const satisfies Record<string, Words>

export const outcomeWords = {
  passed: { zh: '通过', en: 'passed' },
  passedInPart: { zh: '部分通过', en: 'passed in part' },
  notPassed: { zh: '不通过', en: 'not passed' },
} as const satisfies Record<string, Words>

export const decisionWords = {
  passed: { zh: '通过', en: 'passed' },
  notPassed: { zh: '不通过', en: 'not passed' },
} as const satisfies Record<Decision['kind'], Words>

export const actorWords = {
  handler: { zh: '数据处理者', en: 'the data handler' },
  province: { zh: '省级网信部门', en: 'the provincial office' },
  national: { zh: '国家网信部门', en: 'the national office' },
} as const satisfies Record<Actor['kind'], Words>

export const ceilingWords = {
  general: { zh: '不含敏感个人信息的', en: 'without sensitive items' },
  sensitive: { zh: '含敏感个人信息的', en: 'with sensitive items' },
} as const satisfies Record<string, Words>

/** `{name}` stands for the fact of that name. What was asked, why it cannot be, and what to do. */
export const refusalWords = {
  'case.no-case': {
    zh: '尚无此案件，不能“{event}”。请先提交申报。',
    en: 'There is no case yet, so "{event}" cannot follow. File the declaration first.',
  },
  'case.not-now': {
    zh: '案件 {case} 的状态为“{status}”，此时不能“{event}”。可以进行的是：{possible}。',
    en: 'Case {case} is "{status}"; "{event}" cannot follow. What can: {possible}.',
  },
  'case.not-yours': {
    zh: '“{event}”只能由{actor}作出。',
    en: '"{event}" is an act of {actor} only.',
  },
  'case.day-before-last': {
    zh: '日期 {day} 早于案件 {case} 最近一次记录的日期 {last}。请改用 {last} 或之后的日期。',
    en: 'The day {day} lies before the last one of case {case}, {last}. Use {last} or later.',
  },
  'case.received-before-sent': {
    zh: '收到日期 {received} 早于发出日期 {day}。请核对两个日期。',
    en: 'It was received on {received}, before it was sent on {day}. Check both days.',
  },
  'case.nothing-said': {
    zh: '“{event}”缺少内容：{field}。请补充后再提交。',
    en: '"{event}" says nothing in {field}. Fill it in and try again.',
  },
  'acceptance.completeness-missing': {
    zh: '案件 {case} 尚未通过省级网信部门的完备性查验，不能受理。请先确认完备性，或者退回申报。',
    en: 'Case {case} cannot be accepted: the completeness check of the province is missing. Confirm it first, or return the declaration.',
  },
  'redeclaration.other-handler': {
    zh: '重新提交的申报属于另一数据处理者（{now}，原为 {before}）。请作为新案件申报。',
    en: 'The declaration filed again is of another handler ({now}, before {before}). Declare it as a new case.',
  },
  'extension.not-later': {
    zh: '告知的预计时间 {expected} 不晚于现有期限 {due}。请告知更晚的日期。',
    en: 'The announced day {expected} is not later than the date that already stands, {due}. Announce a later one.',
  },
  'result.drafter-approves': {
    zh: '评估结果的拟稿人不能同时是审批人。请由另一人审批。',
    en: 'Whoever drafted the result cannot approve it. Another person must.',
  },
  'result.other-day': {
    zh: '评估结果的出具日期 {issued} 与本次操作的日期 {day} 不一致。请使其一致。',
    en: 'The decision says it was issued on {issued}, the act is of {day}. Make them the same.',
  },
  'result.last-day': {
    zh: '有效期末日 {last} 应晚于出具日期 {issued}，且不晚于法定末日 {lawful}。请更正。',
    en: 'The last day {last} must lie after the day of issue {issued} and not after {lawful}, the longest the law allows. Correct it.',
  },
  'result.nothing-passed': {
    zh: '“通过”的评估结果中没有任何数据项通过。请至少通过一项，或者作出“不通过”的结果。',
    en: 'The decision says passed, but no item passed. Pass at least one, or decide that it did not pass.',
  },
  'result.scenario-not-declared': {
    zh: '场景 {scenario} 未在申报中，不能对其作出决定。申报的场景：{declared}。',
    en: 'Scenario {scenario} was not declared and cannot be decided. Declared are: {declared}.',
  },
  'result.scenario-undecided': {
    zh: '场景 {scenario} 已申报，但结果中没有或多于一次。每个场景应恰好决定一次。',
    en: 'Scenario {scenario} was declared but is not decided exactly once. Decide each scenario once.',
  },
  'result.item-not-declared': {
    zh: '场景 {scenario} 的数据项 {item} 未申报，不能对其作出决定。请删去，或要求补充申报。',
    en: 'Item {item} of scenario {scenario} was not declared and cannot be decided. Remove it, or ask for a supplement.',
  },
  'result.item-undecided': {
    zh: '场景 {scenario} 的数据项 {item} 已申报，但没有恰好决定一次（通过或者不通过）。',
    en: 'Item {item} of scenario {scenario} was declared but is not either passed or refused, once.',
  },
  'result.ceiling-above-declared': {
    zh: '场景 {scenario} 的人数上限 {ceiling} 超过申报的 {declared}（{kind}），或者不是非负整数。上限不得高于申报人数。',
    en: 'The ceiling of scenario {scenario}, {ceiling} persons, is above the {declared} declared ({kind}), or no whole number from 0. It may not be higher than declared.',
  },
  'result.clause-unfilled': {
    zh: '场景 {scenario} 的条款 {clause} 不在条款库中，或者有空白没有填写。',
    en: 'Clause {clause} of scenario {scenario} is not in the library, or a place in it is empty.',
  },
  'case.no-predecessor': {
    zh: '延长有效期和重新申报应写明原案件编号。请补充 predecessor。',
    en: 'An extension and a re-declaration name the case they follow. Add its number (predecessor).',
  },
  'defect.noted-twice': {
    zh: '问题 {defect} 已经记录，尚未告知。请换一个编号，或者撤销原有的一项。',
    en: 'Defect {defect} is noted already and not sent yet. Use another id, or strike the one there is.',
  },
  'defect.not-pending': {
    zh: '没有待告知的问题 {defect}。它可能已经撤销或者已经告知。',
    en: 'There is no pending defect {defect}. It may have been struck or sent.',
  },
  'completeness.defects-open': {
    zh: '还有 {defects} 项问题没有处理，不能通过。请一次性告知，或者逐项撤销并写明理由。',
    en: '{defects} defects are open, so it cannot pass. Send them in the one notice, or strike each with a reason.',
  },
  'custody.package-differs': {
    zh: '交接的材料与申报不一致：摘要为 {stated}，应为 {expected}。请核对，或者退回省级网信部门。',
    en: 'The package handed over is not the declaration: its digest is {stated}, expected {expected}. Check it, or refuse custody.',
  },
  'notice.leaves-out': {
    zh: '告知书遗漏了已记录的问题（{defects}）。应当一次性告知全部问题。',
    en: 'The notice leaves out defects noted ({defects}). All of them go out together, once.',
  },
  'notice.first-needs-none': {
    zh: '尚未发出过告知书，首次告知不需要同意。',
    en: 'No notice has gone out yet; the first one needs no authority.',
  },
  'notice.second-needs-superior': {
    zh: '案件 {case} 已经告知过一次。再次告知需要说明理由，并由上级同意。',
    en: 'Case {case} has had its one notice. A second one needs a reason and the consent of a superior.',
  },
  'notice.own-authority': {
    zh: '同意再次告知的人不能是发出告知书的人。请由另一人办理。',
    en: 'Whoever lets a second notice go out cannot be the one who sends it. Another person must.',
  },
  'reassessment.same-officer': {
    zh: '复评应由另外的人员办理：原结果的拟稿人和签发人不能参与。',
    en: 'A re-assessment is another officer’s: neither who drafted nor who issued the first result may take part.',
  },
  'result.not-passed': {
    zh: '案件 {case} 没有通过的评估结果，不能进行这一步。',
    en: 'Case {case} has no result that passed, so this cannot be done.',
  },
  'rectification.until-past': {
    zh: '整改期限 {until} 应晚于责令之日 {day}。',
    en: 'The rectification is due on {until}, which must lie after the day it is ordered, {day}.',
  },
  'rectification.not-open': {
    zh: '案件 {case} 没有待办的整改。',
    en: 'Case {case} has no rectification that waits for this.',
  },
  'reassessment.too-late': {
    zh: '复评应在收到评估结果后 15 个工作日内（至 {due}）申请，{day} 已逾期。',
    en: 'A re-assessment is asked for within 15 working days of receiving the result, until {due}; {day} is too late.',
  },
} as const satisfies Record<string, Words>

export type RefusalCode = keyof typeof refusalWords

export function fill({ zh, en }: Words, facts: Readonly<Record<string, string | number | Words>>): Words {
  const inside = (text: string, language: keyof Words) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const fact = facts[name]
      if (fact === undefined) return whole
      return typeof fact === 'object' ? fact[language] : String(fact)
    })
  return { zh: inside(zh, 'zh'), en: inside(en, 'en') }
}
