import { documentKindWords, kinds } from '@tongguan/law'
import type { Category, DocumentKind, Kind, LegalDate, Words } from '@tongguan/law'

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
  'answer.missing': {
    zh: '“{field}”尚未填写（第 {line} 行）。请补充。',
    en: '"{field}" is still empty (line {line}). Fill it in.',
  },
  'bundle.document-differs': {
    zh: '包内文件 {file} 与包内数据生成的不同，可能在 Word 或 WPS 中修改过。改动的字段：{fields}。请先收回修改（dossier edits）再生成。',
    en: 'The file {file} is not what the data of the bundle say; it may have been edited. Changed fields: {fields}. Take the edits in (dossier edits) and build again.',
  },
  'bundle.declaration-differs': {
    zh: '包内 {file} 与由包内答案、事实和证据重新得出的不同。请重新生成申报包。',
    en: '{file} is not what answers, facts and evidence in the bundle give. Build the bundle again.',
  },
  'bundle.another-validator': {
    zh: '申报包由版本 {theirs} 检查，此处为 {ours}。结果可能不同，以此处为准。',
    en: 'The bundle was checked by version {theirs}, here it is {ours}. The outcome may differ; this one holds here.',
  },
  'bundle.other-lists': {
    zh: '申报包所用的清单得出“{theirs}”，本机构导入的清单得出“{ours}”。请核对两处清单的版本。',
    en: 'The lists in the bundle lead to "{theirs}", the lists this office has loaded to "{ours}". Compare the versions of both.',
  },
  'contract.not-read': {
    zh: '没有人核对过法律文件 {file} 的内容：case.yaml 未写 contract。请写明 contract: {file}；若为扫描件，请写其 .docx、带文字的 PDF 或 .txt。',
    en: 'What the legal document {file} says was not looked at: case.yaml names no contract. Write contract: {file}; for a scan, name its .docx, PDF with text or .txt.',
  },
  'contract.point-missing': {
    zh: '合同中没有找到“{point}”的约定（{clause}）。请补充，或指明所在条款。',
    en: 'Nothing in the contract settles "{point}" ({clause}). Add it, or say where it stands.',
  },
  'contract.point-weaker': {
    zh: '合同对“{point}”的约定弱于要求：{because}。第{page}页第{paragraph}段：“{quote}”（{clause}）。请加强。',
    en: 'The contract is weaker than required on "{point}": {because}. Page {page}, paragraph {paragraph}: "{quote}" ({clause}). Make it stricter.',
  },
  'contract.not-marked': {
    zh: '合同中的出境相关条款没有加框或突出标示。可使用通关生成的加框副本，或在原文中标示。',
    en: 'The export clauses are not boxed or highlighted in the contract. Use the marked copy, or mark the original.',
  },
  'contract.chinese-does-not-prevail': {
    zh: '答案称以中文版本为准，但合同中没有这样的约定。请补充约定或更正答案。',
    en: 'The answers say that the Chinese version prevails; the contract does not. Add it or correct the answer.',
  },
  'contract.party-missing': {
    zh: '合同中没有出现“{name}”。请核对名称是否逐字一致。',
    en: '"{name}" does not occur in the contract. Make the names agree letter by letter.',
  },
  'contract.purpose-differs': {
    zh: '场景“{scenario}”的出境目的为“{purpose}”，合同没有这样写。合同写为：“{quote}”。是否同一目的？',
    en: 'The purpose of scenario "{scenario}" is "{purpose}"; the contract does not say so. It says: "{quote}". Is it the same purpose?',
  },
  'contract.items-missing': {
    zh: '合同列出的数据项中没有场景“{scenario}”申报的：{items}。请补入合同附件，或从申报中删去。',
    en: 'The contract lists its items without these that scenario "{scenario}" declares: {items}. Add them to the contract\'s annex, or do not declare them.',
  },
  'contract.items-not-listed': {
    zh: '合同中只找到场景“{scenario}”的 {listed} 个数据项，没有列出：{items}。数据项清单是否在另外的附件里？请一并提交。',
    en: 'The contract lists {listed} of the items of scenario "{scenario}" and not these: {items}. Are they in an annex of their own? Hand it in as well.',
  },
  'contract.items-beyond': {
    zh: '合同还列出了没有申报、留在境内的数据项：{items}。请从合同中删去，或一并申报。',
    en: 'The contract also lists items that are not declared and stay in China: {items}. Take them out of the contract, or declare them.',
  },
  'contract.business-not-named': {
    zh: '合同中没有出现业务名称“{scenario}”。申报表的场景应与法律文件的业务名称一致，是否同一业务？',
    en: 'The contract does not name the business "{scenario}". The form must name it as the contract does: is it the same business?',
  },
  'contract.retention-differs': {
    zh: '场景“{scenario}”的保存期限写为 {day}，合同中没有这一期限。请统一。',
    en: 'Scenario "{scenario}" is stored for or until {day}, which the contract does not name. Make them agree.',
  },
  'contract.clause-not-quoted': {
    zh: '报告所引条款（{place}）与合同原文不一致。是否为摘要？请核对。',
    en: 'The clause the report quotes ({place}) does not stand so in the contract. Is it a summary? Compare them.',
  },
  'contract.credit-code-differs': {
    zh: '合同中的统一社会信用代码为 {contract}，申报的为 {answers}。请更正。',
    en: 'The contract names the credit code {contract}, the declaration {answers}. Correct it.',
  },
  'contract.country-not-named': {
    zh: '合同没有提到境外接收方“{recipient}”所在的“{country}”。国家（地区）是否一致？',
    en: 'The contract does not name {country}, where the recipient "{recipient}" is. Is it the same country?',
  },
  'contract.persons-differ': {
    zh: '合同写明的人数为 {contract}，场景“{scenario}”申报未来三年 {answers} 人。是否一致？',
    en: 'The contract states {contract} persons, scenario "{scenario}" declares {answers} in three years. Are they the same?',
  },
  'contract.standard-conflict': {
    zh: '合同与标准合同相冲突：{term}。申报评估时会被问到，备案时不予通过。',
    en: 'The contract conflicts with the standard contract: {term}. A reviewer will ask; a filing would fail.',
  },
  'permit.handler-differs': {
    zh: '评估结果的数据处理者为“{permit}”，本次为“{answers}”。请核对名称与信用代码。',
    en: 'The result is that of "{permit}", this declaration that of "{answers}". Compare name and credit code.',
  },
  'permit.scenario-new': {
    zh: '场景“{scenario}”不在现有评估结果中。请说明是新增场景。',
    en: 'Scenario "{scenario}" is not in the result in force. Say that it is new.',
  },
  'permit.recipient-new': {
    zh: '场景“{scenario}”的境外接收方“{recipient}”不在现有评估结果中。请说明变化。',
    en: 'The recipient "{recipient}" of scenario "{scenario}" is not in the result in force. Explain the change.',
  },
  'permit.item-new': {
    zh: '场景“{scenario}”的数据项“{item}”不在现有评估结果中。请说明变化。',
    en: 'The item "{item}" of scenario "{scenario}" is not in the result in force. Explain the change.',
  },
  'permit.persons-beyond': {
    zh: '场景“{scenario}”申报 {persons} 人，超过现有评估结果的 {ceiling} 人。请说明变化。',
    en: 'Scenario "{scenario}" declares {persons} persons, more than the {ceiling} of the result in force. Explain the change.',
  },
  'permit.field-differs': {
    zh: '场景“{scenario}”的{field}在现有评估结果中为“{permit}”，本次为“{answers}”。请说明变化。',
    en: 'The {field} of scenario "{scenario}" is "{permit}" in the result in force and "{answers}" here. Explain the change.',
  },
  'round.no-previous': {
    zh: '本次为第 {round} 轮，却没有上一轮的申报包。请在 case.yaml 中指明 previousRound。',
    en: 'This is round {round}, but there is no bundle of the round before. Name it in case.yaml (previousRound).',
  },
  'round.not-next': {
    zh: '本次为第 {round} 轮，上一轮为第 {previous} 轮。轮次应当连续。',
    en: 'This is round {round}, the one before was {previous}. Rounds follow one another.',
  },
  'round.another-handler': {
    zh: '上一轮是另一个数据处理者（统一社会信用代码不同）。请核对 previousRound。',
    en: 'The round before is that of another handler (another credit code). Check previousRound.',
  },
  'round.defect-unanswered': {
    zh: '补正要求“{defect}”没有写明改了哪里、如何改。请补充。',
    en: 'The defect "{defect}" is not answered: say which fields and how.',
  },
  'round.changed-unasked': {
    zh: '“{path}”与上一轮不同，但没有任何补正要求涉及它。是否有意修改？',
    en: '"{path}" differs from the round before, though no defect asked for it. Was it meant?',
  },
  'ethics.over': {
    zh: '伦理批件有效期为 {from} 至 {to}，不含申报日 {filed}。请更新批件。',
    en: 'The ethics approval runs from {from} to {to} and does not cover the day of filing, {filed}. Renew it.',
  },
  'ethics.recipient-not-covered': {
    zh: '伦理批件不含境外接收方“{recipient}”。请补充审查或更正。',
    en: 'The ethics approval does not cover the recipient "{recipient}". Have it approved, or correct it.',
  },
  'ethics.item-not-covered': {
    zh: '伦理批件不含数据项“{item}”。请补充审查或删去该项。',
    en: 'The ethics approval does not cover the item "{item}". Have it approved, or drop the item.',
  },
  'ethics.purpose-differs': {
    zh: '伦理批件的目的与场景“{scenario}”的目的不完全一致。是否同一目的？',
    en: 'The purpose of the ethics approval is not word for word that of scenario "{scenario}". Is it the same?',
  },
  'ethics.no-file': {
    zh: '没有附上伦理批件。请放入案件文件夹，写入 ethics.file，并作为其他证明材料提交。',
    en: 'The ethics approval is not attached. Put it into the case folder, name it in ethics.file and hand it in as other proof.',
  },
  'ethics.not-handed-in': {
    zh: '伦理批件 {file} 不在提交的材料中。请在 documents 中列为其他证明材料（other-proof）。',
    en: 'The ethics approval {file} is not among what is handed in. List it under documents as other-proof.',
  },
  'ethics.not-readable': {
    zh: '伦理批件 {file} 没有文字层，机器未作比对。请由人核对接收方、数据项和目的。',
    en: 'The ethics approval {file} has no text, so nothing was compared. Compare recipient, items and purpose by eye.',
  },
  'ethics.file-differs': {
    zh: '伦理批件 {file} 中没有出现{field}“{value}”。请核对批件和答案。',
    en: 'The ethics approval {file} does not say the {field} "{value}". Compare it with the answers.',
  },
  'ethics.items-not-in-file': {
    zh: '伦理批件 {file} 没有列出这些数据项：{items}。批件的范围是否包括它们？',
    en: 'The ethics approval {file} does not list these items: {items}. Does it cover them?',
  },
  'extension.outside-window': {
    zh: '延长申请须在 {opens} 至 {closes} 之间提出，申报日为 {filed}。',
    en: 'An extension may be asked for from {opens} to {closes}; the day of filing is {filed}.',
  },
  'extension.last-day-differs': {
    zh: '延长申请写的有效期届满日为 {answers}，现有评估结果为 {permit}。请以结果通知书为准更正。',
    en: 'The extension says the result ends on {answers}, the result itself {permit}. Correct it after the notice.',
  },
  'extension.acceptance-no-differs': {
    zh: '延长申请写的受理编号为“{answers}”，登记的受理通知为“{portal}”。请以受理通知为准更正。',
    en: 'The extension names the acceptance number "{answers}", the logged acceptance "{portal}". Correct it after the notice.',
  },
  'destination.confirmed-after-filing': {
    zh: '律师{lawyer}对目的地 {country} 的确认日期 {on} 晚于申报日 {filed}。请更正。',
    en: 'The confirmation of {country} by {lawyer} is of {on}, after the day of filing, {filed}. Correct it.',
  },
  'extension.article-9': {
    zh: '法律文件不符合《数据出境安全评估办法》第九条，不能申请延长。请先修订。',
    en: 'The legal document does not meet Order 11 art. 9; no extension may be asked for. Amend it first.',
  },
  'extension.changed': {
    zh: '场景“{scenario}”的目的、范围或当事人已发生变化，应当重新申报而不是延长。',
    en: 'Purpose, scope or parties of scenario "{scenario}" changed: declare again instead of extending.',
  },
  'extension.growth': {
    zh: '场景“{scenario}”未来三年增幅为 {growth}%，超过 20%，应当重新申报。',
    en: 'Scenario "{scenario}" grows by {growth} % in three years, more than 20 %: declare again.',
  },
  'extension.incident': {
    zh: '三年内发生过重大数据安全事件，不能申请延长，应当重新申报。',
    en: 'There was a major incident in the three years: no extension; declare again.',
  },
  'extension.scenario-unknown': {
    zh: '延长申请中的场景“{scenario}”不在申报场景中。请更正。',
    en: 'The scenario "{scenario}" of the extension is not among the scenarios. Correct it.',
  },
  'assessment.reviewer-matter-missing': {
    zh: '自评估没有回答评估机关依第八条另行审查的事项（{matter}）。会被问到，请补充。',
    en: 'The self-assessment does not answer what the authority looks at under art. 8 ({matter}). It will be asked.',
  },
  'assessment.risk-not-rated': {
    zh: '{at} 没有评定措施前后的风险等级。会被问到，请补充。',
    en: '{at} does not rate the risk before and after measures. It will be asked.',
  },
  'assessment.risk-rises': {
    zh: '{at} 采取措施后的风险高于采取措施前。请更正。',
    en: 'In {at} the risk is higher after the measures than before. Correct it.',
  },
  'assessment.risk-remains': {
    zh: '{at} 采取措施后风险仍为高或者重大。为何仍然出境？请说明或加强措施。',
    en: 'In {at} the risk stays high or grave after the measures. Say why it is taken, or do more.',
  },
  'assessment.risk-without-measures': {
    zh: '{at} 的风险降低了，却没有写明措施、责任人和日期。请补充。',
    en: 'In {at} the risk falls, but no measure with owner and date is named. Add them.',
  },
  'item.dropped-but-declared': {
    zh: '数据项“{item}”的决定是删去，却仍在申报之列。请从场景中移除。',
    en: 'The item "{item}" was decided to be dropped but is still declared. Take it out of the scenario.',
  },
  'item.possible-in-china': {
    zh: '数据项“{item}”可以在境内处理，为何仍须出境？请说明或删去。',
    en: 'The item "{item}" could be processed in China. Say why it goes abroad, or drop it.',
  },
  'item.in-china-unanswered': {
    zh: '场景“{scenario}”的这些数据项没有回答能否在境内处理：{items}。审核会逐项问到，请补充（inChina）。',
    en: 'Scenario "{scenario}" does not say of these items whether they could be processed in China: {items}. It is asked item by item; answer it (inChina).',
  },
  'item.decisions-differ': {
    zh: '数据项“{item}”在不同的表中决定不同；结果通知书按列名写明数据项，须一致。请统一或更改列名。',
    en: 'The item "{item}" was decided differently in different tables; a result names items by column. Make the decisions agree, or rename a column.',
  },
  'item.proposal-open': {
    zh: '数据项“{item}”：{why}。请写明决定。',
    en: 'The item "{item}": {why}. Write down what is decided.',
  },
  'item.retention-differs': {
    zh: '数据项“{item}”的期限写为 {day}，与场景的保存期限不同。请统一。',
    en: 'The item "{item}" is kept until {day}, not as long as its scenario says. Make them agree.',
  },
  'consent.too-few': {
    zh: '场景“{scenario}”以同意为基础，申报 {persons} 人，登记有效的单独同意只有 {consents} 人。其余的人依据什么？',
    en: 'Scenario "{scenario}" rests on consent and declares {persons} persons; the register holds {consents} consents in force. What about the others?',
  },
  'scan-page.blank': {
    zh: '扫描件 {file} 是空白页。请重新扫描。',
    en: 'The scan {file} is a blank page. Scan it again.',
  },
  'scan-page.no-seal': {
    zh: '扫描件 {file} 上未见印章（红色圆形区域）。请核对是否已盖章。',
    en: 'No seal (a round red region) is seen on the scan {file}. Was it sealed?',
  },
  'scan-page.not-all-looked-at': {
    zh: '扫描件 {file} 超过50页，前50页未见印章，其后各页没有看。请由人核对。',
    en: 'The scan {file} has more than 50 pages; no seal is seen on the first 50, the others were not looked at. Look at them.',
  },
  'scan-page.no-date': {
    zh: '扫描件 {file} 上未见日期。请核对。',
    en: 'No date is seen on the scan {file}. Look at it.',
  },
  'scan-page.no-signature': {
    zh: '扫描件 {file} 上未见手写签字（连笔笔迹）。请核对是否已签字。',
    en: 'No handwriting (joined strokes) is seen on the scan {file}. Was it signed?',
  },
  'portal.out-of-order': {
    zh: '政务平台事件“{event}”（{on}）不能紧接“{before}”。请核对事件和日期。',
    en: 'The portal\'s event "{event}" of {on} cannot follow "{before}". Check the events and their days.',
  },
  'portal.until-past': {
    zh: '{on} 告知延长至 {until}，不在其后。请核对日期。',
    en: 'The extension told on {on} runs to {until}, which is not later. Check the day.',
  },
  'portal.scan-missing': {
    zh: '案件文件夹里没有事件“{event}”的扫描件 {file}。请放入，或更正路径。',
    en: 'The scan {file} of the event "{event}" is not in the case folder. Put it there, or correct the path.',
  },
  'document.file-missing': {
    zh: '案件文件夹里没有 {file}。请放入，或删去该条。',
    en: 'There is no {file} in the case folder. Put it there, or delete the line.',
  },
  'document.empty': { zh: '文件 {file} 是空的。请重新提供。', en: 'The file {file} is empty. Provide it again.' },
  'document.not-as-named': {
    zh: '文件 {file} 的内容不是其扩展名所称的格式，网上系统和审核人员可能打不开。请重新提供。',
    en: 'The file {file} is not of the format its name says; neither the portal nor a reviewer may be able to open it. Provide it again.',
  },
  'document.same-bytes': {
    zh: '{file} 与 {other} 是同一份文件。请核对是否放错。',
    en: '{file} is the same file as {other}. Was the wrong one put there?',
  },
  'provenance.no-such-field': {
    zh: '来源说明中的“{path}”不是任何一个答案。请更正路径。',
    en: 'The source stated for "{path}" belongs to no answer. Correct the path.',
  },
  'provenance.no-such-document': {
    zh: '“{path}”的来源为 {file}，但它不在所附文件中。请补充或更正。',
    en: '"{path}" is said to come from {file}, which is not among the documents. Add it or correct it.',
  },
  'handler.organisation-code': {
    zh: '统一社会信用代码中的主体标识码“{code}”校验位不符（GB 11714-1997）。请核对证件。',
    en: 'The organisation code "{code}" within the credit code has a wrong check character (GB 11714-1997). Compare it with the certificate.',
  },
  'legal-document.party-missing': {
    zh: '“{party}”不在法律文件的当事人之列。请统一名称。',
    en: '"{party}" is not among the parties of the legal document. Make the names agree.',
  },
  'person.email': {
    zh: '{who}的电子邮箱“{email}”不完整。请更正。',
    en: 'The e-mail of the {who}, "{email}", is not whole. Correct it.',
  },
  'person.phone': {
    zh: '{who}的联系电话“{phone}”不完整。请更正。',
    en: 'The telephone of the {who}, "{phone}", is not whole. Correct it.',
  },
  'agent.authority-reversed': {
    zh: '经办人授权期限的起日 {from} 晚于止日 {to}。请更正。',
    en: "The agent's authority begins on {from}, after its end on {to}. Correct it.",
  },
  'compliance.after-filing': {
    zh: '守法情况写到 {to}，晚于申报日 {filed}。请更正。',
    en: 'The compliance record runs to {to}, after the day of filing, {filed}. Correct it.',
  },
  'compliance.ends-early': {
    zh: '守法情况只写到 {to}，距申报日 {filed} 超过一个月。其后情况如何？',
    en: 'The compliance record ends on {to}, more than a month before filing on {filed}. And since?',
  },
  'evidence.after-filing': {
    zh: '扫描日 {scanned} 晚于申报日 {filed}。请更正日期或重新扫描。',
    en: 'The scan is of {scanned}, after the day of filing, {filed}. Correct the day or scan again.',
  },
  'evidence.old': {
    zh: '扫描日 {scanned} 早于申报日 {filed} 三个月以上。数据是否已有变化？',
    en: 'The scan is of {scanned}, more than three months before filing on {filed}. Have the data changed since?',
  },
  'evidence.other-data': {
    zh: '证据不是这批数据的：{file} 的内容与扫描时不同或不存在。请重新扫描。',
    en: 'The evidence is of other data: {file} is not what was scanned, or not there. Scan again.',
  },
  'scenario.twice': {
    zh: '场景“{scenario}”的 id 出现了两次。请区分。',
    en: 'The id of scenario "{scenario}" stands twice. Tell them apart.',
  },
  'recipient.country-name': {
    zh: '场景“{scenario}”的国家（地区）代码 {country} 通称“{known}”，填写为“{countryName}”。是否有误？',
    en: 'Scenario "{scenario}" calls {country} "{countryName}"; it is known as "{known}". Is it a mistake?',
  },
  'persons.exported-differs': {
    zh: '场景“{scenario}”今年已出境人数在答案中为 {answers}，在事实文件中为 {facts}。请统一。',
    en: 'Scenario "{scenario}" exported {answers} persons this year by the answers and {facts} by the facts file. Make them agree.',
  },
  'path.unknown': {
    zh: '法定路径尚不能判定，缺少事实：{missing}。请补全事实文件。',
    en: 'The legal path cannot be told yet; missing facts: {missing}. Complete the facts file.',
  },
  'path.other': {
    zh: '按所给事实，法定路径为“{path}”，不是申报安全评估。请确认是否自愿申报。',
    en: 'By the facts given the legal path is "{path}", not a security assessment. Make sure that you want to declare voluntarily.',
  },
  'path.standard-contract': {
    zh: '按所给事实，法定路径为“{path}”，不是申报安全评估：此处编写的是标准合同备案材料（走认证的，另向认证机构申请）。',
    en: 'By the facts given the legal path is "{path}", not a security assessment: what is written is the filing of a standard contract (a certification is asked for at its body).',
  },
  'filing.material-missing': {
    zh: '标准合同备案缺少：{material}。请补充。',
    en: 'The filing of the standard contract lacks: {material}. Add it.',
  },
  'contract.standard-term-missing': {
    zh: '标准合同有而本合同没有：{term}。备案的合同须按标准合同文本订立，请补入。',
    en: 'In the standard contract and not here: {term}. A contract that is filed follows its text; add it.',
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

/** What an item is and how sensitive, each said once: "not personal information" is a kind and a category. */
export function kindAndCategory({ kind, category }: { readonly kind: Kind; readonly category: Category }): Words {
  const inOne = (language: 'zh' | 'en', comma: string) =>
    [...new Set([kinds[kind][language], categoryNames[category][language]])].join(comma)
  return { zh: inOne('zh', '；'), en: inOne('en', '; ') }
}

export const listedNames = (names: readonly string[]): Words => ({ zh: names.join('、'), en: names.join(', ') })

/** 1 to 6 in Chinese figures, as the items of Order 11 arts. 5 and 9 are numbered. */
export function itemNumber(item: 1 | 2 | 3 | 4 | 5 | 6): string {
  return ['一', '二', '三', '四', '五', '六'][item - 1] ?? ''
}

/** A day as Chinese documents write it: 2026年3月2日. */
export function dateText(day: LegalDate): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** A material of the Guide as it stands alone in a title or a list. */
export function materialName(kind: DocumentKind): Words {
  const { zh, en } = documentKindWords[kind]
  return { zh, en: `${en.slice(0, 1).toUpperCase()}${en.slice(1)}` }
}

/** A number of natural persons, employees or members with its unit. */
export const personsCount = (count: number): Words => ({
  zh: `${count}人`,
  en: count === 1 ? '1 person' : `${count} persons`,
})

/** A country or region with its code; the English name is the one of its code. */
export const countryText = ({
  country,
  countryName,
}: {
  readonly country: string
  readonly countryName: string
}): Words => ({
  zh: `${countryName}（${country}）`,
  en: `${regions.of(country) ?? countryName} (${country})`,
})

const regions = new Intl.DisplayNames(['en'], { type: 'region' })

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
