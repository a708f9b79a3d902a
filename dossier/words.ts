import type { Category, LegalDate, Words } from '@tongguan/law'

/** Every problem `compose` can find, in words; `{…}` is filled with the values. */
export const problemWords = {
  'item.not-in-data': {
    zh: '场景“{scenario}”拟出境的数据项“{item}”（{table}）在扫描的数据中不存在。请核对列名，或删去该项。',
    en: 'Scenario "{scenario}" proposes the item "{item}" ({table}), which is not in the scanned data. Check the column\'s name or drop the item.',
  },
  'item.twice': {
    zh: '场景“{scenario}”将数据项“{item}”（{table}）列了两次，表中只保留一次。请删去重复的一条。',
    en: 'Scenario "{scenario}" lists the item "{item}" ({table}) twice; it is kept once. Delete the second.',
  },
  'item.same-name-kept': {
    zh: '“{item}”在 {table} 中留存境内，却在其他表中拟出境。结果通知书按列名写明数据项，请确认该表整体不出境或更改列名。',
    en: '"{item}" stays in China in {table} but is proposed for export from another table. A result names items by column; make sure the whole table stays, or rename the column.',
  },
  'item.necessity-missing': {
    zh: '数据项“{item}”缺少出境必要性说明（与目的直接相关、影响最小、最小范围、最短期限四项须齐全）。请补充。',
    en: 'The item "{item}" lacks a part of its necessity (related to the purpose, least impact, minimum scope, shortest period). Add it.',
  },
  'item.identifies-directly': {
    zh: '数据项“{item}”（{kind}）可直接识别个人。请说明为何不能以假名代替，或删去该项。',
    en: 'The item "{item}" ({kind}) identifies a person by itself. Say why a pseudonym will not do, or drop the item.',
  },
  'scenario.no-items': {
    zh: '场景“{scenario}”没有任何拟出境数据项。请至少列出一项，或删去该场景。',
    en: 'Scenario "{scenario}" proposes no item. List at least one, or drop the scenario.',
  },
  'scenario.summary-too-long': {
    zh: '场景“{scenario}”的简述为 {length} 字，超过申报表限定的 100 字。请缩短。',
    en: 'The summary of scenario "{scenario}" has {length} characters; the form allows 100. Shorten it.',
  },
  'scenario.not-in-facts': {
    zh: '场景“{scenario}”在事实文件中没有对应的数据流（id 相同）。请在 flows 中补充，或更正 id。',
    en: 'Scenario "{scenario}" has no flow of that id in the facts file. Add it under flows, or correct the id.',
  },
  'scenario.not-answered': {
    zh: '事实文件中的数据流“{scenario}”没有对应的场景答案。请在 scenarios 中补充。',
    en: 'The flow "{scenario}" of the facts file has no scenario among the answers. Add it under scenarios.',
  },
  'scenario.manner-differs': {
    zh: '场景“{scenario}”的出境方式在答案中为“{answers}”，在事实文件中为“{facts}”。请统一。',
    en: 'The manner of scenario "{scenario}" is "{answers}" in the answers and "{facts}" in the facts file. Make them agree.',
  },
  'recipient.not-in-facts': {
    zh: '境外接收方“{recipient}”（{country}）不在事实文件的场景“{scenario}”中。请统一名称与国家（地区）代码。',
    en: 'The recipient "{recipient}" ({country}) is not in scenario "{scenario}" of the facts file. Make name and country code agree.',
  },
  'recipient.not-answered': {
    zh: '事实文件中场景“{scenario}”的境外接收方“{recipient}”（{country}）没有对应的答案。请补充其各项信息。',
    en: 'The recipient "{recipient}" ({country}) of scenario "{scenario}" in the facts file is not among the answers. Add what the form asks of it.',
  },
  'recipient.none': {
    zh: '场景“{scenario}”既未列出境外接收方，也未作统计说明。请补充其一。',
    en: 'Scenario "{scenario}" names no recipient and gives no statistics instead. Add one of them.',
  },
  'handler.name-differs': {
    zh: '数据处理者名称在答案中为“{answers}”，在事实文件中为“{facts}”。请统一。',
    en: 'The handler is "{answers}" in the answers and "{facts}" in the facts file. Make them agree.',
  },
  'handler.ciio-differs': {
    zh: '是否为关键信息基础设施运营者，答案与事实文件不一致。请按认定通知更正。',
    en: 'Answers and facts file disagree on whether the handler operates critical information infrastructure. Correct it by the notification.',
  },
  'handler.credit-code': {
    zh: '统一社会信用代码“{code}”不符合 GB 32100-2015（18 位，校验码错误或含有不用的字母）。请按证件更正。',
    en: 'The unified social credit code "{code}" does not follow GB 32100-2015 (18 characters, check character wrong or a letter not used). Correct it from the certificate.',
  },
  'handler.persons-processed-differs': {
    zh: '处理个人信息规模在答案中为 {answers} 人，在事实文件中为 {facts} 人。请统一。',
    en: 'The handler processes {answers} persons by the answers and {facts} by the facts file. Make them agree.',
  },
  'handler.persons-processed-too-few': {
    zh: '处理个人信息规模填为 {stated} 人，少于拟出境的 {exported} 人。请更正。',
    en: 'The handler is said to process {stated} persons, fewer than the {exported} to be exported. Correct it.',
  },
  'person.id-number': {
    zh: '{who}的居民身份证号码校验位不符（GB 11643-1999）。请按证件更正。',
    en: 'The check digit of the resident identity number of the {who} is wrong (GB 11643-1999). Correct it from the card.',
  },
  'agent.authority-over': {
    zh: '经办人的授权期限（{from} 至 {to}）不含申报日 {filed}。请更新授权委托书。',
    en: "The agent's authority ({from} to {to}) does not cover the day of filing, {filed}. Renew the power of attorney.",
  },
  'compliance.too-short': {
    zh: '守法情况自 {from} 至 {to}，未覆盖申报日前两年（自 {wanted} 起）。请补足。',
    en: 'The compliance record covers {from} to {to}; the form wants the two years before filing (from {wanted}). Complete it.',
  },
  'self-assessment.too-old': {
    zh: '自评估于 {to} 完成，早于申报日前 3 个月（{earliest}）。请重新自评估或更新。',
    en: 'The self-assessment was finished on {to}, more than 3 months before filing (earliest {earliest}). Do it again or bring it up to date.',
  },
  'self-assessment.not-finished': {
    zh: '自评估的完成日 {to} 晚于申报日 {filed}。请在自评估完成后申报。',
    en: 'The self-assessment ends on {to}, after the day of filing, {filed}. File when it is finished.',
  },
  'self-assessment.reversed': {
    zh: '自评估的开始日 {from} 晚于完成日 {to}。请更正。',
    en: 'The self-assessment starts on {from}, after its end on {to}. Correct it.',
  },
  'persons.three-years-too-few': {
    zh: '场景“{scenario}”未来三年预计 {stated} 人，少于数据中已有的 {exported} 人。请更正。',
    en: 'Scenario "{scenario}" expects {stated} persons in three years, fewer than the {exported} already in the data. Correct it.',
  },
  'persons.facts-too-few': {
    zh: '事实文件中场景“{scenario}”的敏感个人信息人数为 {stated}，少于扫描所得上界 {exported}。请更正事实文件并重新判定路径。',
    en: 'The facts file gives {stated} persons with sensitive information for scenario "{scenario}", fewer than the scan\'s upper bound of {exported}. Correct the facts and determine the path again.',
  },
  'persons.minors': {
    zh: '数据中含有未满十四周岁的未成年人 {minors} 人，而事实文件称场景“{scenario}”不涉及。请更正。',
    en: 'The data hold {minors} minors under 14, but the facts file says scenario "{scenario}" has none. Correct it.',
  },
  'important-data.differs': {
    zh: '场景“{scenario}”是否含有重要数据，答案与事实文件不一致。请统一。',
    en: 'Answers and facts file disagree on whether scenario "{scenario}" holds important data. Make them agree.',
  },
  'consent.no-proof': {
    zh: '场景“{scenario}”以同意为合法性基础，却未说明如何取得单独同意（个人信息保护法第三十九条）。请补充。',
    en: 'Scenario "{scenario}" rests on consent, but nothing says how separate consent was taken (PIPL art. 39). Add it.',
  },
  'clause.missing': {
    zh: '法律文件缺少《数据出境安全评估办法》第九条第（{item}）项的约定。请补充条款及其位置。',
    en: 'The legal document lacks what Order 11 art. 9 item ({item}) requires. Add the clause and where it stands.',
  },
  'clause.twice': {
    zh: '第九条第（{item}）项的约定写了 {times} 次，请合并为一条。',
    en: 'The clause for art. 9 item ({item}) is given {times} times; make it one.',
  },
  'legal-document.chinese-does-not-prevail': {
    zh: '法律文件未约定以中文版本为准。请补充约定，或附准确的中文译本。',
    en: 'The legal document does not say that the Chinese version prevails. Add it, or an accurate Chinese translation.',
  },
  'assessment.missing': {
    zh: '自评估缺少《数据出境安全评估办法》第五条第（{item}）项的分析或结论。请补充。',
    en: 'The self-assessment lacks the analysis or the conclusion for Order 11 art. 5 item ({item}). Add it.',
  },
  'document.stand-in': {
    zh: '“{document}”只有模拟件，而本申报不是模拟。请提供真实文件。',
    en: '"{document}" is only a stand-in, but this declaration is not simulated. Provide the real document.',
  },
  'evidence.incomplete': {
    zh: '扫描没有读完全部数据，人数与数据项可能偏少。请重新完整扫描。',
    en: 'The scan did not read all the data, so persons and items may be too few. Scan again in full.',
  },
  'evidence.file-unread': {
    zh: '文件 {file} 未能读取（{code}），其内容未计入。请修复后重新扫描，或移出拟出境范围。',
    en: 'The file {file} could not be read ({code}) and is not counted. Repair it and scan again, or take it out.',
  },
  'path.unknown': {
    zh: '法定路径尚不能判定，缺少事实：{missing}。请补全事实文件。',
    en: 'The legal path cannot be told yet; missing facts: {missing}. Complete the facts file.',
  },
  'path.other': {
    zh: '按所给事实，法定路径为“{path}”，不是申报安全评估。请确认是否自愿申报。',
    en: 'By the facts given the legal path is "{path}", not a security assessment. Make sure that you want to declare voluntarily.',
  },
  'path.not-necessary': {
    zh: '事实中称本次出境并非必要；非必要的出境在任何路径下均不合法。请重新论证必要性或取消出境。',
    en: 'The facts say that the export is not necessary; then it is not lawful on any path. Argue the necessity again or do not export.',
  },
  'path.another-day': {
    zh: '路径判定所依日期为 {on}，与申报日 {filed} 不同。请按申报日重新判定。',
    en: 'The path was determined as of {on}, not as of the day of filing, {filed}. Determine it again for that day.',
  },
} as const satisfies Record<string, Words>

export const categoryNames = {
  none: { zh: '非个人信息', en: 'not personal information' },
  personal: { zh: '个人信息', en: 'personal information' },
  sensitive: { zh: '敏感个人信息', en: 'sensitive personal information' },
} as const satisfies Record<Category, Words>

/** 1 to 6 in Chinese figures, as the items of Order 11 arts. 5 and 9 are numbered. */
export function itemNumber(item: 1 | 2 | 3 | 4 | 5 | 6): string {
  return ['一', '二', '三', '四', '五', '六'][item - 1] ?? ''
}

/** A day as Chinese documents write it: 2026年3月2日. */
export function dateText(day: LegalDate): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

export const yesNo = (value: boolean): Words => (value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })

/** What every page says in its header. */
export const pageNotes = {
  ownLayout: {
    zh: '通关自制版式，非主管部门官方模板；依所提供的事实、答案与扫描结果生成',
    en: 'Layout of Tongguan, not the official template; made from the facts, answers and scan given',
  },
  readingCopy: {
    zh: '英文阅读本，仅供参考；以中文申报材料为准',
    en: 'English reading copy; only the Chinese document is filed',
  },
  substituteFonts: {
    zh: '阅读副本：使用替代字体，不作申报用',
    en: 'Reading copy set in substitute fonts; not for filing',
  },
  simulated: { zh: '模拟，无法律效力', en: 'SIMULATED, without legal effect' },
} as const satisfies Record<string, Words>
