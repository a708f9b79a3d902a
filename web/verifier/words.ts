import type { Words } from '@tongguan/law'
import type { CannotTell, Verdict } from '@tongguan/server/flows/judge-given-files'

export const texts = {
  where: {
    zh: '全部在本机浏览器中进行：不上传、不联网。断开网络后照样可用。',
    en: 'Everything happens in this browser: nothing is uploaded and no network is used. It works the same offline.',
  },
  folder: { zh: '放行文件夹（含 release.dsse.json）', en: 'The release folder (with release.dsse.json)' },
  trust: { zh: '信任文件', en: 'The trust file' },
  fingerprint: { zh: '信任文件的指纹（SHA-256）', en: 'Fingerprint of the trust file (SHA-256)' },
  fingerprintHint: {
    zh: '请从合同附件抄录，不要从收到文件的同一渠道复制。空格、冒号和大小写不影响。',
    en: "Type it from the contract's annex, not from where the file came. Spaces, colons and case do not matter.",
  },
  pilot: { zh: '也接受模拟放行（没有法律效力）', en: 'Accept releases of a pilot too (without legal effect)' },
  button: { zh: '验证', en: 'Verify' },
  working: { zh: '正在计算……', en: 'Computing …' },
  broke: { zh: '文件读取失败，请重新选择后再试：', en: 'A file could not be read; choose it again and retry: ' },
  simulated: { zh: '模拟，无法律效力。', en: 'A simulation, without legal effect.' },
  sealed: {
    zh: '这是密封放行：容器完整，内容没有打开。请用 tongguan verify --identity 在收件方自己的设备上打开。',
    en: "A sealed release: the container is whole, the content was not opened. Open it with tongguan verify --identity on the recipient's own machine.",
  },
  release: { zh: '放行单所述', en: 'What the release states' },
  handler: { zh: '数据处理者', en: 'Data handler' },
  recipient: { zh: '境外接收方', en: 'Recipient' },
  permit: { zh: '许可', en: 'Permit' },
  scenario: { zh: '场景', en: 'Scenario' },
  purpose: { zh: '目的', en: 'Purpose' },
  retention: { zh: '保存期限', en: 'Retention' },
  decidedOn: { zh: '放行日期', en: 'Released on' },
  filesCount: { zh: '文件数', en: 'Files' },
  signedBy: { zh: '签名', en: 'Signed by' },
  digest: { zh: '放行单摘要', en: 'Digest of the statement' },
  checks: { zh: '逐项检查', en: 'Each check' },
  check: { zh: '检查', en: 'Check' },
  outcome: { zh: '结果', en: 'Outcome' },
  notChecked: { zh: '没有检查的', en: 'Not checked' },
  notCheckedText: {
    zh: '接收方所在国家或者地区自己的法律要求；许可此后是否被撤销、终止（以主管部门公布的清单为准）。',
    en: "What the recipient's own law asks; whether the permit was withdrawn or stopped since (the authority's list says).",
  },
  duties: { zh: '收到之后', en: 'After receiving it' },
  dutiesText: {
    zh: '只在上述目的和范围内使用；未经合同允许不得再提供；按约定期限删除；外国司法或者执法机构索取时先告知数据处理者；用 tongguan verify --receipt 出具收据。',
    en: 'Use it for that purpose and scope only; pass it on only where the contract allows; delete it when due; tell the handler first when a foreign authority asks for it; give a receipt with tongguan verify --receipt.',
  },
} as const satisfies Record<string, Words>

export const checkOutcomes = {
  passed: { zh: '✓ 通过', en: '✓ passed' },
  failed: { zh: '✗ 不成立', en: '✗ failed' },
  'not-run': { zh: '未检查', en: 'not run' },
} as const satisfies Record<string, Words>

export const verdicts: Readonly<Record<Verdict['kind'], Words>> = {
  valid: { zh: '有效', en: 'Valid' },
  refused: { zh: '不成立：不要使用', en: 'Refused: do not use it' },
  'cannot-tell': { zh: '无法判断', en: 'Cannot tell' },
}

export const reasons: Readonly<Record<CannotTell, Words>> = {
  'nothing-given': {
    zh: '所选文件夹中没有 release.dsse.json。请选择完整的放行文件夹。',
    en: 'There is no release.dsse.json in what was chosen. Choose the whole release folder.',
  },
  'no-trust': {
    zh: '没有信任文件就不知道谁有权签名。请选择信任文件。',
    en: 'Without a trust file nobody knows who may sign. Choose the trust file.',
  },
  'no-fingerprint': {
    zh: '没有指纹，就不能确认信任文件是合同约定的那一份。请从合同附件抄录。',
    en: "Without a fingerprint nobody knows whether this trust file is the contract's. Type it from the annex.",
  },
  'fingerprint-malformed': {
    zh: '指纹应为 64 位十六进制数字。请对照合同附件。',
    en: 'A fingerprint is 64 hexadecimal digits. Compare it with the annex.',
  },
  'other-fingerprint': {
    zh: '指纹与这份信任文件不符：它不是合同约定的那一份，或者抄录有误。没有继续检查。',
    en: 'The fingerprint is not that of this trust file: it is another file, or there is a slip. Nothing else was checked.',
  },
  'trust-unreadable': { zh: '信任文件不能使用。', en: 'The trust file cannot be used.' },
  'key-unknown': {
    zh: '放行单由信任文件中没有的密钥签名。可能是新密钥，也可能是伪造：请通过合同约定的联系人确认，在此之前不要使用。',
    en: 'It is signed by a key the trust file does not know: a new key, or a forgery. Ask the contact named in the contract; until then do not use it.',
  },
}
