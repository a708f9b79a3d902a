import type { Words } from '@tongguan/law'
import type { LogCode } from './audit.ts'
import type { WitnessCode } from './witness.ts'

/** What is wrong with a log, one text a code; `path` is the file of the log. */
export const logWords: Readonly<Record<LogCode, (path: string) => Words>> = {
  'log.file-missing': (path) => ({
    zh: `缺少日志文件 ${path}。日志不完整，什么也不能证明。`,
    en: `The file ${path} of the log is missing. An incomplete log proves nothing.`,
  }),
  'log.file-broken': (path) => ({
    zh: `日志文件 ${path} 已损坏：内容与其名称不符。`,
    en: `The file ${path} of the log is broken: it does not hold what its name says.`,
  }),
  'log.tile-differs': (path) => ({
    zh: `${path} 与按条目算出的散列不一致：条目或散列被改过。`,
    en: `${path} differs from the hashes of the entries: an entry or a hash was changed.`,
  }),
  'log.root-differs': () => ({
    zh: '全部条目算出的根与检查点不一致：条目被改动、增加或删除过。',
    en: 'The root of all entries is not the checkpoint’s: entries were changed, added or removed.',
  }),
  'log.checkpoint-unreadable': (path) => ({
    zh: `${path} 不是一份检查点。`,
    en: `${path} is not a checkpoint.`,
  }),
  'log.checkpoint-signature-wrong': () => ({
    zh: '检查点上一个已知密钥的签名不成立：检查点被改过。',
    en: 'A signature by a known key does not hold: the checkpoint was changed.',
  }),
  'log.checkpoint-key-unknown': () => ({
    zh: '检查点不是由受信任的日志密钥签署的。请用 --trust 指明从别处得到的信任文件。',
    en: 'No trusted log key signed the checkpoint. Name a trust file that came to you another way with --trust.',
  }),
  'log.quorum-not-met': () => ({
    zh: '见证方的联署数量不足。',
    en: 'Too few witnesses cosigned the checkpoint.',
  }),
  'log.earlier-checkpoint-unreadable': () => ({
    zh: '--against 给出的不是一份由受信任密钥签署的检查点。',
    en: 'What --against names is not a checkpoint signed by a trusted key.',
  }),
  'log.earlier-checkpoint-of-another-log': () => ({
    zh: '--against 给出的检查点属于另一个日志。',
    en: 'The checkpoint --against names is another log’s.',
  }),
  'log.rolled-back': () => ({
    zh: '日志比此前的检查点短：换回了旧的副本，后来的条目不见了。',
    en: 'The log is shorter than the earlier checkpoint: an older copy was put back, and later entries are gone.',
  }),
  'log.history-rewritten': () => ({
    zh: '日志不是从此前的检查点增长而来：历史被改写过。',
    en: 'The log did not grow out of the earlier checkpoint: its history was rewritten.',
  }),
}

/** Why a witness does not cosign, one text a code. */
export const witnessWords: Readonly<Record<WitnessCode | 'log.rolled-back', Words>> = {
  'log.request-unreadable': { zh: '无法读出请求。', en: 'The request cannot be read.' },
  'log.checkpoint-unreadable': { zh: '没有检查点，或它不是一份检查点。', en: 'There is no checkpoint, or it is none.' },
  'log.checkpoint-signature-wrong': logWords['log.checkpoint-signature-wrong'](''),
  'log.checkpoint-key-unknown': logWords['log.checkpoint-key-unknown'](''),
  'log.origin-unknown': { zh: '本见证方不认识该日志。', en: 'This witness does not know the log.' },
  'log.old-size-too-large': { zh: '请求中的旧条数大于检查点。', en: 'The old size is larger than the checkpoint.' },
  'log.other-old-size': {
    zh: '请求中的旧条数不是本见证方上次联署的条数。',
    en: 'The old size is not the one cosigned last.',
  },
  'log.two-histories': {
    zh: '同一条数有两份不同的检查点：该日志出示了两种历史。',
    en: 'There are two checkpoints of one size: the log shows two histories.',
  },
  'log.history-rewritten': {
    zh: '日志不是从上次联署的检查点增长而来：历史被改写过。',
    en: 'The log did not grow out of the checkpoint cosigned last: its history was rewritten.',
  },
  'log.rolled-back': {
    zh: '日志比上次联署时短：换回了旧的副本。',
    en: 'The log is shorter than when it was cosigned last: an older copy was put back.',
  },
}
