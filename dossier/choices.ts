import type { Words } from '@tongguan/law'
import type { ItemAction, ReviewerMatter } from './answers.ts'
import { w } from './blocks.ts'

// What is chosen from, in the words the documents print and the portal asks with.

export const actionWords = {
  keep: { zh: '保留', en: 'keep' },
  drop: { zh: '删去', en: 'drop' },
  transform: { zh: '处理后出境', en: 'transform' },
} as const satisfies Record<ItemAction, Words>

export const reviewerNames = {
  'destination-law': w(
    '境外接收方所在国家或者地区的数据安全法律政策与网络安全环境（第八条第二项）',
    "data law, policy and network environment of the recipient's country (art. 8(2))",
  ),
  'equivalent-protection': w(
    '境外接收方的保护水平是否达到我国法律法规和强制性国家标准的要求（第八条第二项）',
    "whether the recipient's protection meets Chinese law and mandatory national standards (art. 8(2))",
  ),
  'compliance-record': w(
    '遵守中国法律、行政法规、部门规章的情况（第八条第六项）',
    'record of compliance with Chinese law (art. 8(6))',
  ),
} as const satisfies Record<ReviewerMatter, Words>

/** An answer chosen from the form's own list, with its English; anything else stands as it was written. */
export const choiceText = (choice: string): Words | string => {
  const en = choices[choice]
  return en === undefined ? choice : { zh: choice, en }
}

const choices: Readonly<Record<string, string>> = {
  政府部门: 'government department',
  事业单位: 'public institution',
  企业: 'enterprise',
  社会组织: 'social organisation',
  内资: 'Chinese-owned',
  外资: 'foreign-owned',
  中外合资: 'Chinese-foreign joint venture',
  港澳台资: 'owned from Hong Kong, Macau or Taiwan',
  居民身份证: 'resident identity card',
  护照: 'passport',
  台湾居民来往大陆通行证: "Taiwan resident's travel permit",
  港澳居民来往内地通行证: "Hong Kong or Macau resident's travel permit",
  其他: 'other',
  公共互联网传输: 'transfer over the public internet',
  跨境专线传输: 'transfer over a dedicated cross-border line',
  公共互联网远程访问: 'remote access over the public internet',
  跨境专线远程访问: 'remote access over a dedicated cross-border line',
  中国: 'China',
}
