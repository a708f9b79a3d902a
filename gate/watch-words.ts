import type { Words } from '@tongguan/law'
import type { Facts } from './words.ts'

const part = ({ part }: Facts): Words =>
  part === 'sensitive'
    ? { zh: '含敏感信息的', en: 'with sensitive items' }
    : { zh: '一般', en: 'without sensitive items' }

/** What is to be seen to: the sentence for each code, made from the task's facts. */
export const watchWords = {
  'watch.stop-ordered': (f) => ({
    zh: `主管部门自${f['revokedOn']}起终止该出境活动（${f['because']}）。不再放行；请停止出境并通知境外接收方。`,
    en: `The authority ended this export from ${f['revokedOn']} (${f['because']}). Nothing is released any more; stop the export and tell the recipient.`,
  }),
  'watch.stop-unknown': (f) => ({
    zh: `没有可用的撤销清单，不能确认出境未被终止；在此之前一律扣留。请取得清单（${f['issuedAt'] ?? '无清单'}）。`,
    en: `There is no usable revocation list, so it is not known that the export has not been ended, and every batch is held until there is. Fetch it (${f['issuedAt'] ?? 'none so far'}).`,
  }),
  'watch.ceiling-near': (f) => ({
    zh: `${part(f).zh}自然人已达${f['persons']}人，为获准规模${f['ceiling']}人的${f['percent']}%以上。超出规模的批次将被扣留；如需更多，请重新申报。`,
    en: `${f['persons']} persons ${part(f).en} have gone, ${f['percent']} % or more of the ${f['ceiling']} that passed. A batch beyond them is held; if more are needed, declare again.`,
  }),
  'watch.ceiling-expected': (f) => ({
    zh: `${part(f).zh}自然人${f['persons']}人；按首次放行以来的速度，将于${f['day']}达到获准规模${f['ceiling']}人。`,
    en: `${f['persons']} persons ${part(f).en} have gone; at the pace since the first release the ${f['ceiling']} that passed are reached on ${f['day']}.`,
  }),
  'watch.permit-ended': (f) => ({
    zh: `许可的最后一日${f['lastDay']}已过。停止出境，或重新申报。`,
    en: `The permit's last day, ${f['lastDay']}, is past. Stop the export, or declare again.`,
  }),
  'watch.permit-ending': (f) => ({
    zh: `许可将于${f['lastDay']}到期，此后不再放行。`,
    en: `The permit ends on ${f['lastDay']}; nothing is released after it.`,
  }),
  'watch.extension-open': (f) => ({
    zh: `自${f['opens']}起可以申请延长有效期（最后一日${f['lastDay']}）。六项条件见 tongguan extension。`,
    en: `From ${f['opens']} an extension may be asked for (last day ${f['lastDay']}). Its six conditions: tongguan extension.`,
  }),
  'watch.items-new': (f) => ({
    zh: `批次“${f['batch']}”首次带有：${f['items']}。请确认与申报的范围一致。`,
    en: `The batch "${f['batch']}" is the first to carry ${f['items']}. See that this is what was declared.`,
  }),
  'watch.items-gone': (f) => ({
    zh: `批次“${f['batch']}”缺少此前每批都有的：${f['items']}。`,
    en: `The batch "${f['batch']}" lacks what every one before it carried: ${f['items']}.`,
  }),
  'watch.kinds-new': (f) => ({
    zh: `批次“${f['batch']}”首次带有此类信息：${f['items']}。请确认与申报的种类一致。`,
    en: `The batch "${f['batch']}" is the first to carry information of the kind ${f['items']}. See that this is what was declared.`,
  }),
  'watch.recipient-new': (f) => ({
    zh: `批次“${f['batch']}”首次发往境外接收方“${f['recipient']}”。`,
    en: `The batch "${f['batch']}" is the first to go to the recipient "${f['recipient']}".`,
  }),
  'watch.declare-again': (f) => ({
    zh: `被扣留的批次超出获准的范围（${f['differs']}）：${f['zh']}。如仍需要，请先重新申报。`,
    en: `What was tried and held goes beyond what passed (${f['differs']}): ${f['en']}. If it is still wanted, declare again first.`,
  }),
  'watch.assess-change': (f) => ({
    zh: `被扣留的批次与获准的范围不同（${f['differs']}）。由您判断该变化是否影响出境数据安全；影响的，须重新申报：${f['zh']}。`,
    en: `What was tried and held differs from what passed (${f['differs']}). Whether the change affects the security of the data is yours to assess; where it does, it is declared again: ${f['en']}.`,
  }),
} as const satisfies Record<string, (facts: Facts) => Words>

export type WatchCode = keyof typeof watchWords
