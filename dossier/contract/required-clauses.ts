import type { Citation, Words } from '@tongguan/law'
import { w } from '../blocks.ts'

/** One thing a legal document must settle (Order 11 art. 9), and how its sentence is known in either language. */
export interface RequiredPoint {
  readonly code: `${ClauseCode}.${string}`
  readonly words: Words
  /** One of the alternatives must match whole: every pattern of it in the same paragraph or its heading. */
  readonly signs: readonly (readonly RegExp[])[]
}

export type ClauseCode = 'art9-1' | 'art9-2' | 'art9-3' | 'art9-4' | 'art9-5' | 'art9-6'

export interface RequiredClause {
  readonly code: ClauseCode
  readonly citation: Citation
  readonly words: Words
  readonly points: readonly RequiredPoint[]
}

const clause = (item: 1 | 2 | 3 | 4 | 5 | 6, words: Words, points: readonly RequiredPoint[]): RequiredClause => ({
  code: `art9-${item}`,
  citation: { instrument: 'measures-2022', article: 9, paragraph: 1, item },
  words,
  points,
})

const party = /境外接收方|接收方|乙方|recipient|importer/i
const end = /删除|销毁|返还|匿名化|delet|destroy|destruct|return|anonymi[sz]/i
const expiry = /期满|届满|到期|期限届|expir|end of the (retention|storage) period|upon the end/i
const stop = /通知|暂停|中止|停止|终止|删除|返还|解除|notif|suspend|terminat|cease|delet|return/i

/** The six items of art. 9, each taken apart as reviewers do. */
export const requiredClauses: readonly RequiredClause[] = [
  clause(
    1,
    w(
      '出境目的、方式、数据范围与境外处理的用途、方式',
      'purpose, manner and scope of the export; use and manner abroad',
    ),
    [
      {
        code: 'art9-1.purpose',
        words: w('出境目的', 'purpose of the export'),
        signs: [
          [/出境.{0,12}目的|目的/, /出境|提供|传输|处理|共享/],
          [/purpose/i, /export|transfer|process|provi[ds]/i],
        ],
      },
      {
        code: 'art9-1.manner',
        words: w('出境方式', 'manner of the export'),
        signs: [
          [/方式|专线|远程|接口|加密传输/, /传输|出境|提供|访问/],
          [/manner|means|method|by (dedicated|encrypted|secure)|line|remote access/i, /transfer|export|transmi/i],
        ],
      },
      {
        code: 'art9-1.scope',
        words: w('数据范围', 'scope of the data'),
        signs: [
          [/数据(项|范围|种类|类型)|范围|个人信息的种类/, /数据|个人信息/],
          [/scope|categories|types|data items|listed in annex/i, /data|information/i],
        ],
      },
      {
        code: 'art9-1.use',
        words: w('境外接收方处理的用途', "recipient's use"),
        signs: [
          [party, /用途|仅(可|能|用于|作|限)|只(可|能|用于|作)|使用目的/],
          [party, /use[ds]?\b.{0,40}(only|solely)|(only|solely).{0,60}(for|use)|shall not (use|process).{0,40}other/i],
        ],
      },
      {
        code: 'art9-1.recipient-manner',
        words: w('境外接收方处理的方式', "recipient's manner"),
        signs: [
          [party, /处理.{0,10}方式|以.{0,30}方式处理|(存储|关联|统计|分析|加工)/],
          [party, /manner|by means of|stor(e|age|ing)|analys|process(es|ing)? .{0,40}by/i],
        ],
      },
    ],
  ),
  clause(2, w('境外保存地点、期限与期满、完成、终止后的处理', 'place and period of storage; what happens at the end'), [
    {
      code: 'art9-2.place',
      words: w('保存地点', 'place of storage'),
      signs: [
        [/保存|存储|存放|储存/, /地点|位于|数据中心|服务器|所在地|(存储|保存|存放|储存)(在|于)/],
        [/stor(e|ed|age)|kept/i, /locat|place|data cent(er|re)|server|situated|in the (netherlands|territory)/i],
      ],
    },
    {
      code: 'art9-2.period',
      words: w('保存期限', 'period of storage'),
      signs: [
        [/保存|存储|留存|储存/, /期限|\d+\s*年|\d+\s*个?月|[一二三四五六七八九十]+年|截止|至\d{4}年/],
        [/retain|retention|stor(e|ed|age)|kept/i, /period|years?|months?|until|days?/i],
      ],
    },
    { code: 'art9-2.at-expiry', words: w('期满后的处理', 'at the end of the period'), signs: [[expiry, end]] },
    {
      code: 'art9-2.at-completion',
      words: w('目的达成后的处理', 'when the purpose is reached'),
      signs: [
        [/目的(达成|实现|完成)|(达成|实现|完成).{0,8}目的|研究(完成|结束)|处理完毕/, end],
        [/purpose.{0,40}(achiev|fulfil|complet|accomplish|reached)|complet(ion|ed)/i, end],
      ],
    },
    {
      code: 'art9-2.at-termination',
      words: w('合同终止后的处理', 'when the contract ends'),
      signs: [
        [/(合同|协议|本文件)?.{0,6}(终止|解除)/, end],
        [/terminat/i, end],
      ],
    },
  ]),
  clause(3, w('对再转移的约束', 'limits on onward transfer'), [
    {
      code: 'art9-3.limit',
      words: w('禁止或者限制再转移', 'onward transfer forbidden or limited'),
      signs: [
        [
          /再(次)?(转移|提供|传输|转让)|(转移|提供|转让|披露).{0,20}(第三方|其他组织|其他个人|任何第三|他人)|第三方.{0,16}(提供|转移|转让|披露)/,
          /不得|禁止|未经|同意|仅在|只有/,
        ],
        [
          /onward|third part(y|ies)|other (organi[sz]ation|person|entit)|sub-?processor/i,
          /shall not|must not|may not|prohibit|without .{0,30}(consent|approval)|only (if|where|after)/i,
        ],
      ],
    },
    {
      code: 'art9-3.flow-down',
      words: w('受让方承担同等义务', 'the third party bound alike'),
      signs: [
        [/同等|不低于|相同|一致/, /义务|保护|水平|标准|约束|责任/, /第三方|再|其他组织|受让|受托|他人/],
        [
          /same|equivalent|no less|not less/i,
          /oblig|protect|standard|duties/i,
          /third part(y|ies)|onward|sub-?processor|transferee/i,
        ],
      ],
    },
  ]),
  clause(
    4,
    w(
      '控制权、经营范围、法律环境变化及不可抗力时的措施',
      'measures on change of control, business, law or force majeure',
    ),
    [
      {
        code: 'art9-4.control',
        words: w('实际控制权变化', 'change of actual control'),
        signs: [
          [/控制权|实际控制人|股权结构|控股|易主/, /变化|变更|变动|调整|易主/, stop],
          [/control|ownership/i, /change/i, stop],
        ],
      },
      {
        code: 'art9-4.business',
        words: w('经营范围实质变化', 'material change of business'),
        signs: [
          [/经营范围|主营业务|业务范围/, /变化|变更|变动|调整|易主/, stop],
          [/business (scope|activities)|scope of (its )?business/i, /change/i, stop],
        ],
      },
      {
        code: 'art9-4.law',
        words: w('所在国家或者地区法律、网络安全环境变化', 'change of law or network environment'),
        signs: [
          [/法律|政策|网络安全环境/, /变化|变更|修改|变动/, stop],
          [/law|legislation|legal|network security/i, /change|amend/i, stop],
        ],
      },
      {
        code: 'art9-4.force-majeure',
        words: w('不可抗力', 'force majeure'),
        signs: [
          [/不可抗力/, stop],
          [/force majeure/i, stop],
        ],
      },
    ],
  ),
  clause(5, w('补救措施、违约责任与争议解决', 'remedies, liability and disputes'), [
    {
      code: 'art9-5.remedies',
      words: w('补救措施', 'remedies'),
      signs: [
        [/补救|采取.{0,12}措施|改正/, /违反|违约|未履行|义务/],
        [/remed(y|ies|ial)|cure|rectif/i, /breach|violat|fail/i],
      ],
    },
    {
      code: 'art9-5.liability',
      words: w('违约责任', 'liability for breach'),
      signs: [
        [/违约|违反/, /责任|赔偿|承担/],
        [/liab|compensat|indemnif|damages/i, /breach|violat|fail|loss/i],
      ],
    },
    {
      code: 'art9-5.disputes',
      words: w('争议解决', 'settlement of disputes'),
      signs: [
        [/争议|纠纷/, /仲裁|诉讼|法院|协商/],
        [/dispute|controvers/i, /arbitrat|court|litigation|negotiat/i],
      ],
    },
  ]),
  clause(6, w('安全事件应急处置与个人维权途径', 'incidents, and how individuals defend their rights'), [
    {
      code: 'art9-6.incidents',
      words: w('发生篡改、破坏、泄露等事件时的应急处置', 'handling of incidents'),
      signs: [
        [/篡改|破坏|泄[露漏]|丢失|非法(获取|利用|使用)|安全事件/, /应急|立即|通知|告知|报告|处置|补救/],
        [
          /breach|tamper|leak|loss|incident|unauthori[sz]ed/i,
          /immediate|notif|report|respon|emergency|without (undue )?delay|within/i,
        ],
      ],
    },
    {
      code: 'art9-6.individuals',
      words: w('个人维护权益的途径和方式', 'ways for individuals'),
      signs: [
        [
          /个人|受试者|患者|信息主体|用户/,
          /查阅|复制|更正|删除|撤回|投诉|行使|主张|权利|权益/,
          /方式|途径|向|联系|渠道|可以|有权/,
        ],
        [
          /individual|data subject|participant|patient/i,
          /access|copy|correct|delet|withdraw|complain|exercise|rights/i,
        ],
      ],
    },
  ]),
]

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
