import type { Words } from '@tongguan/law'

/** The areas the Beijing office named as its key areas in January 2023, and the rest. */
export const keyAreas = {
  'social-media': { zh: '社交媒体', en: 'social media' },
  healthcare: { zh: '医疗', en: 'healthcare' },
  finance: { zh: '金融', en: 'finance' },
  automobile: { zh: '汽车', en: 'automobile' },
  'civil-aviation': { zh: '民航', en: 'civil aviation' },
  others: { zh: '其他', en: 'others' },
} as const satisfies Record<string, Words>

export type KeyArea = keyof typeof keyAreas
export const keyAreaCodes = Object.keys(keyAreas) as readonly KeyArea[]
