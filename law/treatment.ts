import type { Words } from './citation.ts'

/**
 * What may be done to a data item on its way (the families of GB/T 37964-2019, by their usual names). A treatment is a
 * safeguard: it takes nobody out of the persons counted (PIPL art. 4, 73).
 */
export const treatmentWords = {
  suppress: { zh: '删除', en: 'suppressed' },
  mask: { zh: '遮盖', en: 'masked' },
  'keyed-hash': { zh: '带密钥散列', en: 'keyed hash' },
  pseudonym: { zh: '假名（对照表存境内）', en: 'pseudonym (its table stays in China)' },
  'format-preserving': { zh: '保形替换', en: 'format-preserving' },
  generalise: { zh: '泛化', en: 'generalised' },
  'date-shift': { zh: '按人平移日期', en: 'dates shifted per person' },
  noise: { zh: '加噪', en: 'noise added' },
  bounds: { zh: '顶底编码', en: 'top and bottom coded' },
  spans: { zh: '文本片段替换', en: 'spans of text replaced' },
} as const satisfies Record<string, Words>

export type Treatment = keyof typeof treatmentWords

/** What a result asks of an item: a treatment, or `any` where it asks for one without saying which. */
export type RequiredTreatment = Treatment | 'any'
