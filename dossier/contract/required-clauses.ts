import { requiredClauses as clausesOfTheLaw } from '@tongguan/law'
import type { RequiredClause as ClauseOfTheLaw, Words } from '@tongguan/law'
import { w } from '../blocks.ts'
import type { ClauseId } from '../answers.ts'

/** One thing a legal document must settle (Order 11 art. 9), and how its sentence is known in either language. */
export interface RequiredPoint {
  readonly code: string
  readonly words: Words
  /** One of the alternatives must match whole: every pattern of it in the same paragraph or its heading. */
  readonly signs: Signs
}

type Signs = readonly (readonly RegExp[])[]

export interface RequiredClause {
  readonly code: ClauseId
  readonly words: Words
  readonly points: readonly RequiredPoint[]
}

const party = /境外接收方|接收方|乙方|recipient|importer/i
const end = /删除|销毁|返还|匿名化|delet|destroy|destruct|return|anonymi[sz]/i
const expiry = /期满|届满|到期|期限届|expir|end of the (retention|storage) period|upon the end/i
const stop = /通知|暂停|中止|停止|终止|删除|返还|解除|notif|suspend|terminat|cease|delet|return/i

/** How each point of the law's list is recognised; `K-4.business` is a second half of `K-4.control`, which names two changes. */
const signsOf: Readonly<Record<string, Signs>> = {
  'K-1.purpose': [
    [/出境.{0,12}目的|目的/, /出境|提供|传输|处理|共享/],
    [/purpose/i, /export|transfer|process|provi[ds]/i],
  ],
  'K-1.manner': [
    [/方式|专线|远程|接口|加密传输/, /传输|出境|提供|访问/],
    [/manner|means|method|by (dedicated|encrypted|secure)|line|remote access/i, /transfer|export|transmi/i],
  ],
  'K-1.scope': [
    [/数据(项|范围|种类|类型)|范围|个人信息的种类/, /数据|个人信息/],
    [/scope|categories|types|data items|listed in annex/i, /data|information/i],
  ],
  'K-1.recipient-use': [
    [party, /用途|仅(可|能|用于|作|限)|只(可|能|用于|作)|使用目的/],
    [party, /use[ds]?\b.{0,40}(only|solely)|(only|solely).{0,60}(for|use)|shall not (use|process).{0,40}other/i],
  ],
  'K-1.recipient-manner': [
    [party, /处理.{0,10}方式|以.{0,30}方式处理|(存储|关联|统计|分析|加工)/],
    [party, /manner|by means of|stor(e|age|ing)|analys|process(es|ing)? .{0,40}by/i],
  ],
  'K-2.place': [
    [/保存|存储|存放|储存/, /地点|位于|数据中心|服务器|所在地|(存储|保存|存放|储存)(在|于)/],
    [/stor(e|ed|age)|kept/i, /locat|place|data cent(er|re)|server|situated|in the (netherlands|territory)/i],
    // A named place after the verb, by its capital: "stored in Amsterdam", and not "stored in Annex 1".
    [
      /\b(stored|kept|held|hosted) (only |solely |exclusively )?(in|at) (?!Annex|Article|Clause|Section|Schedule|Appendix)[A-Z]/,
    ],
  ],
  'K-2.period': [
    [/保存|存储|留存|储存/, /期限|\d+\s*年|\d+\s*个?月|[一二三四五六七八九十]+年|截止|至\d{4}年/],
    [/retain|retention|stor(e|ed|age)|kept/i, /period|years?|months?|until|days?/i],
  ],
  'K-2.at-end': [[expiry, end]],
  'K-2.purpose-done': [
    [/目的(达成|实现|完成)|(达成|实现|完成).{0,8}目的|研究(完成|结束)|处理完毕/, end],
    [/purpose.{0,40}(achiev|fulfil|complet|accomplish|reached)|complet(ion|ed)/i, end],
  ],
  'K-2.termination': [
    [/(合同|协议|本文件)?.{0,6}(终止|解除)/, end],
    [/terminat/i, end],
  ],
  'K-3.limits': [
    [
      /再(次)?(转移|提供|传输|转让)|(转移|提供|转让|披露).{0,20}(第三方|其他组织|其他个人|任何第三|他人)|第三方.{0,16}(提供|转移|转让|披露)/,
      /不得|禁止|未经|同意|仅在|只有/,
    ],
    [
      /onward|third part(y|ies)|other (organi[sz]ation|person|entit)|sub-?processor/i,
      /shall not|must not|may not|prohibit|without .{0,30}(consent|approval)|only (if|where|after)/i,
    ],
  ],
  'K-3.flow-down': [
    [/同等|不低于|相同|一致/, /义务|保护|水平|标准|约束|责任/, /第三方|再|其他组织|受让|受托|他人/],
    [
      /same|equivalent|no less|not less/i,
      /oblig|protect|standard|duties/i,
      /third part(y|ies)|onward|sub-?processor|transferee/i,
    ],
  ],
  'K-4.control': [
    [/控制权|实际控制人|股权结构|控股|易主/, /变化|变更|变动|调整|易主/, stop],
    [/control|ownership/i, /change/i, stop],
  ],
  'K-4.business': [
    [/经营范围|主营业务|业务范围/, /变化|变更|变动|调整|易主/, stop],
    [/business (scope|activities)|scope of (its )?business/i, /change/i, stop],
  ],
  'K-4.country': [
    [/法律|政策|网络安全环境/, /变化|变更|修改|变动/, stop],
    [/law|legislation|legal|network security/i, /change|amend/i, stop],
  ],
  'K-4.force-majeure': [
    [/不可抗力/, stop],
    [/force majeure/i, stop],
  ],
  'K-4.measures': [
    [/变化|变更|调整|不可抗力|易主/, stop],
    [/change|force majeure/i, stop],
  ],
  'K-5.remedies': [
    [/补救|采取.{0,12}措施|改正/, /违反|违约|未履行|义务/],
    [/remed(y|ies|ial)|cure|rectif/i, /breach|violat|fail/i],
  ],
  'K-5.liability': [
    [/违约|违反/, /责任|赔偿|承担/],
    [/liab|compensat|indemnif|damages/i, /breach|violat|fail|loss/i],
  ],
  'K-5.disputes': [
    [/争议|纠纷/, /仲裁|诉讼|法院|协商/],
    [/dispute|controvers/i, /arbitrat|court|litigation|negotiat/i],
  ],
  'K-6.incidents': [
    [/篡改|破坏|泄[露漏]|丢失|非法(获取|利用|使用)|安全事件/, /应急|立即|通知|告知|报告|处置|补救/],
    [
      /breach|tamper|leak|loss|incident|unauthori[sz]ed/i,
      /immediate|notif|report|respon|emergency|without (undue )?delay|within/i,
    ],
  ],
  'K-6.individuals': [
    [
      /个人|受试者|患者|信息主体|用户/,
      /查阅|复制|更正|删除|撤回|投诉|行使|主张|权利|权益/,
      /方式|途径|向|联系|渠道|可以|有权/,
    ],
    [/individual|data subject|participant|patient/i, /access|copy|correct|delet|withdraw|complain|exercise|rights/i],
  ],
}

const secondHalves: ClauseOfTheLaw['points'] = [
  { code: 'K-4.business', ...w('经营范围实质变化', 'change of business scope') },
]

/** The six items of art. 9 as `law/` takes them apart, each point with its signs. A point nobody can recognise is a fault of ours. */
export const requiredClauses: readonly RequiredClause[] = clausesOfTheLaw.map(({ code, zh, en, points }) => ({
  code: clauseId(code),
  words: { zh, en },
  points: [...points, ...secondHalves.filter((one) => one.code.startsWith(`${code}.`))].map((point) => {
    const signs = signsOf[point.code]
    if (signs === undefined) throw new Error(`no signs for ${point.code}`)
    return { code: point.code, words: { zh: point.zh, en: point.en }, signs }
  }),
}))

function clauseId(code: string): ClauseId {
  const known = (['K-1', 'K-2', 'K-3', 'K-4', 'K-5', 'K-6'] as const).find((id) => id === code)
  if (known === undefined) throw new Error(`no clause ${code} in the answers`)
  return known
}

/** Words that make a duty less than one: the clause is there and weaker than required. */
export const weakening: readonly { readonly sign: RegExp; readonly words: Words }[] = [
  {
    sign: /尽(最大|合理)?(的)?努力|尽量|尽可能|reasonable (efforts|endeavou?rs)|best (efforts|endeavou?rs)|commercially reasonable/i,
    words: w('只承诺尽力，不是义务', 'efforts are promised, not a duty'),
  },
  {
    sign: /视情况|酌情|自行决定|自行判断|at (its|their) (sole |own )?discretion|as it (sees|deems) (fit|appropriate)/i,
    words: w('由境外接收方自行决定', "left to the recipient's discretion"),
  },
  {
    sign: /原则上|一般情况下|in principle|generally|as far as (possible|practicable)|where (feasible|practicable)/i,
    words: w('留有例外', 'leaves exceptions open'),
  },
  {
    sign: /不承担.{0,8}责任|免除.{0,10}责任|shall not be liable|no liability|disclaims? all liability/i,
    words: w('免除了责任', 'excludes liability'),
  },
  { sign: /无限期|永久|indefinitely|perpetual|no time limit/i, words: w('没有期限', 'has no time limit') },
]
