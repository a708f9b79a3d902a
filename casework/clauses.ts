import type { Obligation, Words } from '@tongguan/law'

/**
 * The clauses a result may carry, with the places to fill in. A result names clauses and values, never loose text alone,
 * so that letter, permit and statistics say the same. Wording is ours; the notice's own requirements bind (Guide part 2(3)).
 */
export const clauses = {
  'delete-when-done': {
    zh: '达到出境目的后{months}个月内，境外接收方应当删除或者匿名化数据，并书面告知数据处理者。',
    en: 'Within {months} months after the purpose is reached the recipient deletes or anonymises the data and says so in writing.',
  },
  'no-onward-transfer': {
    zh: '境外接收方不得将数据再转移给其他组织、个人。',
    en: 'The recipient passes the data on to nobody.',
  },
  'mask-item': {
    zh: '数据项“{item}”应当去标识化后出境。',
    en: 'The item "{item}" leaves only after de-identification.',
  },
  'report-yearly': {
    zh: '每年{month}月底前向省级网信部门报送上一年度数据出境情况。',
    en: 'By the end of month {month} of each year the exports of the year before are reported to the province.',
  },
  'report-incident': {
    zh: '发生数据安全事件的，{hours}小时内报告省级网信部门。',
    en: 'A data security incident is reported to the province within {hours} hours.',
  },
  'keep-logs': {
    zh: '出境日志保存不少于{years}年。',
    en: 'Logs of the export are kept for at least {years} years.',
  },
  other: { zh: '{text}', en: '{text}' },
} as const satisfies Record<string, Words>

export type ClauseId = keyof typeof clauses
export const clauseIds = Object.keys(clauses) as readonly ClauseId[]

/** The places a clause asks to fill in. */
export function placesOf(clause: ClauseId): readonly string[] {
  return [...clauses[clause].zh.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

/** The clause in words; undefined where it is not in the library or a place is empty. Pure. */
export function clauseWords({ clause, values }: Obligation): Words | undefined {
  const known = clauseIds.find((one) => one === clause)
  if (known === undefined || placesOf(known).some((place) => (values[place] ?? '').trim() === '')) return undefined
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  return { zh: filled(clauses[known].zh), en: filled(clauses[known].en) }
}
