import type { Words } from '@tongguan/law'
import { w } from '../blocks.ts'

/** A part of the standard contract (Order 13, annex) by which a text is known to follow it, and what would conflict. */
export interface StandardTerm {
  /** `SC-n` as in `law/contract-clauses.ts`. */
  readonly code: `SC-${string}`
  readonly words: Words
  readonly signs: readonly RegExp[]
  /** A term that an added clause may not hold (Order 13 art. 6). */
  readonly conflicts?: RegExp
}

export const standardTerms: readonly StandardTerm[] = [
  { code: 'SC-1', words: w('第一条 定义', 'art. 1, definitions'), signs: [/定义|definition/i] },
  {
    code: 'SC-2',
    words: w('第二条 个人信息处理者的义务', "art. 2, the handler's duties"),
    signs: [
      /(个人信息处理者|数据处理者|甲方).{0,30}(义务|应当)|(handler|exporter|controller).{0,40}(oblig|dut|shall)/i,
    ],
  },
  {
    code: 'SC-3',
    words: w('第三条 境外接收方的义务', "art. 3, the recipient's duties"),
    signs: [/(境外)?接收方.{0,30}(义务|应当|不得)|recipient.{0,40}(oblig|dut|shall)/i],
  },
  {
    code: 'SC-4',
    words: w('第四条 当地法律政策对履行的影响', 'art. 4, effect of local law'),
    signs: [/(所在国家|当地).{0,20}(法律|政策)|local law|laws? of the (country|recipient)/i],
  },
  {
    code: 'SC-5',
    words: w('第五条 个人信息主体的权利（第三方受益人）', 'art. 5, rights of individuals as third-party beneficiaries'),
    signs: [/第三方受益人|third[- ]party beneficiar/i],
  },
  {
    code: 'SC-6',
    words: w('第六条 救济', 'art. 6, remedies'),
    signs: [/联系人|投诉|contact (person|point)|complaint/i],
  },
  { code: 'SC-7', words: w('第七条 合同解除', 'art. 7, termination'), signs: [/解除|terminat/i] },
  { code: 'SC-8', words: w('第八条 违约责任', 'art. 8, liability'), signs: [/违约责任|连带责任|liab/i] },
  {
    code: 'SC-9',
    words: w('第九条 适用中华人民共和国法律', 'art. 9, law of the PRC'),
    signs: [/中华人民共和国(相关)?法律|laws? of the people.?s republic of china|PRC law/i],
    conflicts:
      /(适用|依照).{0,12}(荷兰|英国|美国|新加坡|日本|香港|德国|欧盟).{0,6}法律|governed by .{0,30}law(s)? of (?!the people|china|the prc)/i,
  },
  {
    code: 'SC-9.precedence',
    words: w('标准合同优先于双方其他约定', 'the standard contract prevails'),
    signs: [],
    conflicts:
      /(本协议|其他协议|补充条款).{0,16}优先于.{0,10}标准合同|(this|other) agreement.{0,30}prevails? over the standard contract/i,
  },
  {
    code: 'SC-A1',
    words: w(
      '附录一：个人信息出境说明（目的、方式、规模、种类、保存期限与地点等）',
      'annex 1: description of the export',
    ),
    signs: [/附录|附件|annex|appendix|schedule/i],
  },
]
