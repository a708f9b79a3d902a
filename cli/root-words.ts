import type { Words } from '@tongguan/law'
import type { RootState } from '@tongguan/server/flows/keep-counting-root'

/** How the root of the counting keys lies, for people. */
export const rootStateWords: Record<RootState, Words> = {
  none: { zh: '尚未生成', en: 'not made yet' },
  unsealed: {
    zh: '未密封的文件，仅适于试点；用 keys seal 密封',
    en: 'an unsealed file, fit for a pilot only; keys seal seals it',
  },
  open: { zh: '已密封，现为使用而打开；用 keys seal 关上', en: 'sealed, and open for work; keys seal shuts it' },
  sealed: { zh: '已密封，需两人口令打开', en: 'sealed; two persons open it' },
}
