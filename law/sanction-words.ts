import type { Words } from './citation.ts'
import type { PenaltyTier, Sanction } from './penalties.ts'

/** A sanction as the text ranges it: 10万元以上100万元以下罚款, fine of 100,000 to 1,000,000 yuan. */
export function sanctionWords(sanction: Sanction): Words {
  const named = sanction.kind === 'fine' ? fineWords(sanction) : names[sanction.kind]
  return sanction.certainty === 'memory' ? { zh: `${named.zh}${unread.zh}`, en: `${named.en}${unread.en}` } : named
}

/** When a degree of a penal provision applies, and whether that was read. */
export function tierWords({ when, whenCertainty }: PenaltyTier): Words {
  return whenCertainty === 'memory' ? { zh: `${when.zh}${unread.zh}`, en: `${when.en}${unread.en}` } : when
}

const unread: Words = { zh: '（未核对原文）', en: ' (not checked against the text)' }

function fineWords({ from, to, optional, orTurnoverPercent, timesGains }: Extract<Sanction, { kind: 'fine' }>): Words {
  const may = optional ? { zh: '可以并处', en: 'may add a ' } : { zh: '', en: '' }
  const whether =
    optional === 'recalled'
      ? { zh: '（“可以”未核对原文）', en: ' (that it may be left out was not checked against the text)' }
      : { zh: '', en: '' }
  const share = orTurnoverPercent
    ? {
        zh: `或者上一年度营业额${orTurnoverPercent}%以下`,
        en: ` or up to ${orTurnoverPercent} % of last year's turnover`,
      }
    : { zh: '', en: '' }
  const times = timesGains
    ? {
        zh: `；${timesGains.where.zh}，违法所得${timesGains.from}倍以上${timesGains.to}倍以下罚款`,
        en: `; ${timesGains.where.en}, ${timesGains.from} to ${timesGains.to} times the gains`,
      }
    : { zh: '', en: '' }
  const range = {
    zh: [from === null ? '' : `${wan(from)}以上`, to === null ? '' : `${wan(to)}以下`].join(''),
    en:
      from === null
        ? `of up to ${yuan(to ?? 0)} yuan`
        : to === null
          ? `of ${yuan(from)} yuan or more`
          : `of ${yuan(from)} to ${yuan(to)} yuan`,
  }
  return {
    zh: `${may.zh}${range.zh}${share.zh}罚款${times.zh}${whether.zh}`,
    en: `${may.en}fine ${range.en}${share.en}${times.en}${whether.en}`,
  }
}

const names = {
  order: { zh: '责令改正', en: 'order to correct' },
  warning: { zh: '警告', en: 'warning' },
  confiscation: { zh: '没收违法所得', en: 'confiscation of unlawful gains' },
  suspension: {
    zh: '责令暂停相关业务或者停业整顿',
    en: 'suspension of the business concerned, or of all business for rectification',
  },
  'site-closure': { zh: '关闭网站', en: 'closing of the website' },
  revocation: {
    zh: '吊销相关业务许可证或者吊销营业执照',
    en: 'revocation of the business permit or licence',
  },
  'post-ban': {
    zh: '可以禁止在一定期限内担任董事、监事、高级管理人员和个人信息保护负责人',
    en: 'a ban for some time from posts as director, supervisor, senior manager or personal information officer',
  },
} as const satisfies Record<Exclude<Sanction['kind'], 'fine'>, Words>

function wan(amount: number): string {
  return `${amount / 10_000}万元`
}

function yuan(amount: number): string {
  return amount.toLocaleString('en')
}
