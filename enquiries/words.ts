import type { Words } from '@tongguan/law'

/** `{name}` stands for the fact of that name. What was asked, why it cannot be, and what to do. */
export const refusalWords = {
  'enquiry.future-day': {
    zh: '日期 {day} 在今天（{today}）之后。请填写已经发生的日期。',
    en: 'The day {day} lies after today, {today}. Give a day that has been.',
  },
  'enquiry.nothing-asked': { zh: '没有写明所问的问题。请填写。', en: 'The question is empty. Write what was asked.' },
  'enquiry.not-now': {
    zh: '咨询 {no} 尚未答复，不能登记回访。请先答复。',
    en: 'Enquiry {no} has not been answered, so nobody can be called back about it. Answer it first.',
  },
  'organisation.credit-code': {
    zh: '统一社会信用代码 {code} 不正确：应为 18 位，末位为校验码（GB 32100）。请与对方核对；暂无代码可以留空。',
    en: 'The unified social credit code {code} is wrong: it has 18 characters, the last one a check character (GB 32100). Ask again; it may be left out.',
  },
  'answer.nothing-said': { zh: '答复内容为空。请填写。', en: 'The answer is empty. Write what was said.' },
  'answer.uncited': {
    zh: '答复没有引用条款。请至少选择一条所依据的条款。',
    en: 'The answer cites no article. Choose at least one it rests on.',
  },
  'answer.not-in-force': {
    zh: '{citation} 在 {law} 尚未施行或者已经失效。请引用当日有效的条款。',
    en: '{citation} was not in force on {law}. Cite what was.',
  },
  'handover.other-organisation': {
    zh: '案件 {case} 的申报方（{declared}）不是本咨询的机构（{asked}）。请核对统一社会信用代码。',
    en: 'Case {case} was filed by {declared}, not by the organisation that asked ({asked}). Check the credit code.',
  },
  'handover.no-organisation': {
    zh: '咨询 {no} 没有登记统一社会信用代码，不能与案件关联。请先补充机构信息。',
    en: 'Enquiry {no} names no credit code, so it cannot be linked to a case. Add the organisation first.',
  },
  'interpretation.nothing-said': {
    zh: '问题和答复的中文与英文均应填写。',
    en: 'Question and answer are needed in Chinese and in English.',
  },
  'interpretation.no-draft': {
    zh: '{no} 没有等待批准的草稿。',
    en: 'There is no draft of {no} that waits for approval.',
  },
  'interpretation.draft-waits': {
    zh: '{no} 已有一份草稿等待批准。请先批准或者退回。',
    en: 'A draft of {no} already waits for approval. Approve or return it first.',
  },
  'interpretation.drafter-approves': {
    zh: '拟稿人不能批准自己的草稿。请由另一人批准。',
    en: 'Whoever drafted it cannot approve it. Another person must.',
  },
  'programme.already': {
    zh: '{no} 已登记“{stage}”。',
    en: '"{stage}" has already been recorded for {no}.',
  },
  'programme.next-before': {
    zh: '下一步的日期 {next} 早于会议日期 {day}。请更正。',
    en: 'The next action is due on {next}, before the meeting of {day}. Correct it.',
  },
  'register.off': {
    zh: '本处的公开登记簿没有开启（办法第十五条：保密义务）。须先开启。',
    en: 'The public register of this office is off (Order 11 art. 15: the duty of secrecy). Open it first.',
  },
  'register.undecided': {
    zh: '案件 {case} 尚无评估结果，不能登记。',
    en: 'Case {case} has no result yet, so it cannot be entered.',
  },
  'briefing.negative': { zh: '人数不能为负。', en: 'The attendance cannot be negative.' },
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

export const channelWords = {
  phone: { zh: '电话', en: 'telephone' },
  letter: { zh: '来函', en: 'letter' },
  email: { zh: '电子邮件', en: 'e-mail' },
  visit: { zh: '来访', en: 'visit' },
  web: { zh: '网上提交', en: 'public page' },
} as const satisfies Record<string, Words>

export const statusWords = {
  open: { zh: '待答复', en: 'to be answered' },
  answered: { zh: '已答复', en: 'answered' },
} as const satisfies Record<string, Words>

export const stageWords = {
  invited: { zh: '已邀请', en: 'invited' },
  contacted: { zh: '已联系', en: 'contacted' },
  guided: { zh: '已指导', en: 'guided' },
  filed: { zh: '已申报', en: 'filed' },
  passed: { zh: '已通过', en: 'passed' },
} as const satisfies Record<string, Words>

export const enquiryEventWords = {
  received: { zh: '收到咨询', en: 'received' },
  classified: { zh: '归类', en: 'classified' },
  callerNamed: { zh: '补充咨询人信息', en: 'caller named' },
  factsTold: { zh: '记录所述事实并判定路径', en: 'facts told, path determined' },
  answered: { zh: '答复', en: 'answered' },
  handedOver: { zh: '关联案件', en: 'handed over to a case' },
  calledBack: { zh: '回访', en: 'called back' },
} as const satisfies Record<string, Words>

/** What stands under every answer an office gives to an enquiry. `law` is the day whose law it goes by. */
export function guidanceWords(law: string): Words {
  return {
    zh: `以上为根据所述事实、按 ${law} 的法律作出的指导，不是决定。`,
    en: `Guidance on the facts told, law of ${law}, not a decision.`,
  }
}
