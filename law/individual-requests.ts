import { legalDate } from './calendar.ts'
import type { Words } from './citation.ts'
import type { Provision } from './provision.ts'

/** What a person may ask of a handler about their own information. */
export type RequestKind =
  | 'access'
  | 'copy'
  | 'portability'
  | 'correction'
  | 'deletion'
  | 'objection'
  | 'consent-withdrawal'
  | 'explanation'

/** One right of the person, and what the text says about when it is to be answered: none of them names a number of days. */
export interface IndividualRight extends Provision {
  readonly code: RequestKind
  /** The text's own word for how soon; null where it has none. */
  readonly soon: Words | null
  /**
   * Whether the person stays out of the next batches from the day the request came until it is refused. The texts order
   * no such thing for a pending request; it is the careful reading, since what has left cannot be called back.
   */
  readonly keepsOut: boolean
}

const promptly = { zh: '及时', en: 'promptly (及时)' } as const
const inForce = { from: legalDate('2021-11-01') } as const
const pipl = (article: number, paragraph?: number) =>
  ({ instrument: 'pipl-2021', article, ...(paragraph === undefined ? {} : { paragraph }) }) as const
// The articles are known; their wording was not read again in a stored text.
const certainty = 'memory'

/** The person's rights in the processing of personal information (PIPL arts 15 and 44 to 48). */
export const individualRights: readonly IndividualRight[] = [
  {
    code: 'access',
    zh: '查阅个人信息',
    en: 'to consult the information',
    citation: pipl(45),
    inForce,
    certainty,
    soon: promptly,
    keepsOut: false,
  },
  {
    code: 'copy',
    zh: '复制个人信息',
    en: 'to have a copy of it',
    citation: pipl(45),
    inForce,
    certainty,
    soon: promptly,
    keepsOut: false,
  },
  {
    code: 'portability',
    zh: '转移至指定的个人信息处理者',
    en: 'to have it moved to another handler',
    citation: pipl(45, 3),
    inForce,
    certainty,
    soon: null,
    keepsOut: false,
  },
  {
    code: 'correction',
    zh: '更正、补充个人信息',
    en: 'to have it corrected or completed',
    citation: pipl(46),
    inForce,
    certainty,
    soon: promptly,
    keepsOut: false,
  },
  {
    code: 'deletion',
    zh: '删除个人信息',
    en: 'to have it deleted',
    citation: pipl(47),
    inForce,
    certainty,
    soon: null,
    keepsOut: true,
  },
  {
    code: 'objection',
    zh: '限制或者拒绝他人对其个人信息进行处理',
    en: 'to restrict or refuse its processing',
    citation: pipl(44),
    inForce,
    certainty,
    soon: null,
    keepsOut: true,
  },
  {
    code: 'consent-withdrawal',
    zh: '撤回同意',
    en: 'to withdraw consent',
    citation: pipl(15),
    inForce,
    certainty,
    soon: null,
    keepsOut: true,
  },
  {
    code: 'explanation',
    zh: '对处理规则解释说明',
    en: 'to have the rules of processing explained',
    citation: pipl(48),
    inForce,
    certainty,
    soon: null,
    keepsOut: false,
  },
]

/** What holds for every request: a convenient way to make it, and a reason where it is refused. */
export const refusalNeedsReason: Provision = {
  code: 'refusal-needs-reason',
  zh: '拒绝个人行使权利的请求的，应当说明理由；个人可以依法向人民法院提起诉讼',
  en: 'Whoever refuses a request says why; the person may sue',
  citation: pipl(50),
  inForce,
  certainty,
}

export function individualRight(kind: RequestKind): IndividualRight {
  const found = individualRights.find(({ code }) => code === kind)
  if (found === undefined) throw new RangeError(`no such request: ${kind}`)
  return found
}
