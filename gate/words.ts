import { treatmentWords } from '@tongguan/law'
import type { Reading, Words } from '@tongguan/law'

/** What a sentence is made of: names, codes and counts, never a value of a person. */
export type Facts = Readonly<Record<string, string | number>>

/** Why a batch is held: the sentence for each code, made from the reason's facts. */
export const reasonWords = {
  'gate.clock-behind': (f) => ({
    zh: `系统时钟为${f['now']}，早于日志中最新的记录或联署（${f['newest']}）：时钟被拨回，任何期限均无法判断。请校准时钟后以新的批次名提交。`,
    en: `The system clock says ${f['now']}, earlier than the log's newest entry or cosignature (${f['newest']}): it was set back, and no day can be judged. Set it right and submit the batch under a new name.`,
  }),
  'gate.permit-not-yet-in-force': (f) => ({
    zh: `许可自${f['firstDay']}起生效，今日为${f['on']}。请在生效日后再提交。`,
    en: `The permit is in force from ${f['firstDay']}; today is ${f['on']}. Submit the batch on or after that day.`,
  }),
  'gate.permit-expired': (f) => ({
    zh: `许可的最后一日为${f['lastDay']}，今日为${f['on']}。请先申请延长有效期或重新申报。`,
    en: `The permit's last day was ${f['lastDay']}; today is ${f['on']}. Have it extended, or declare again.`,
  }),
  'gate.permit-simulated': () => ({
    zh: '该许可为模拟许可，无法律效力，仅可用于试点演示（--pilot）。',
    en: 'The permit is simulated and has no legal effect; it serves only a pilot (--pilot).',
  }),
  'gate.permit-changed': (f) => ({
    zh: `许可“${f['permit']}”的内容与首次使用时不同。同一编号的许可不得更改。`,
    en: `The permit "${f['permit']}" is not the one first used under this id. A permit does not change.`,
  }),
  'gate.permit-revoked': (f) => ({
    zh: `许可已于${f['revokedOn']}被撤销（${f['because']}）。`,
    en: `The permit was revoked on ${f['revokedOn']} (${f['because']}).`,
  }),
  'gate.revocations-missing': () => ({
    zh: '没有主管部门签名的撤销清单，无法确认许可未被撤销。请取得清单并用 --revocations 指明。',
    en: 'There is no revocation list signed by the authority, so it is not known that the permit still holds. Fetch it and name it with --revocations.',
  }),
  'gate.revocations-stale': (f) => ({
    zh: `撤销清单签发于${f['issuedAt']}，许可允许其最长${f['secondsMax']}秒，有效至${f['usableUntil']}，现为${f['at']}。请取得新的清单。`,
    en: `The revocation list was issued at ${f['issuedAt']}; the permit lets it be ${f['secondsMax']} seconds old, so it may be used until ${f['usableUntil']}; it is ${f['at']}. Fetch a newer one.`,
  }),
  'gate.scenario-not-approved': (f) => ({
    zh: `许可中没有出境场景“${f['scenario']}”。`,
    en: `The permit has no scenario "${f['scenario']}".`,
  }),
  'gate.recipient-not-approved': (f) => ({
    zh: `境外接收方“${f['recipient']}”不在该场景获准的接收方之列。`,
    en: `The recipient "${f['recipient']}" is not approved for this scenario.`,
  }),
  'gate.recipient-country-differs': (f) => ({
    zh: `境外接收方“${f['recipient']}”获准所在国家或地区为${f['approved']}，本批次写为${f['country']}。`,
    en: `The recipient "${f['recipient']}" is approved in ${f['approved']}; this batch names ${f['country']}.`,
  }),
  'gate.batch-empty': (f) => ({
    zh: `批次中没有数据：${f['files']}个文件，${f['rows']}行。`,
    en: `The batch holds no data: ${f['files']} files, ${f['rows']} rows.`,
  }),
  'gate.not-fully-inspected': (f) => ({
    zh: `未能完整检查（${notInspected(f).zh}）。未经检查的内容不得放行。`,
    en: `Not inspected completely (${notInspected(f).en}). What was not inspected does not leave.`,
  }),
  'gate.basis-fails': (f) => ({
    zh: `出境依据不成立：${basisFailure(f['because']).zh}${f['what'] === '' ? '' : `（${f['what']}）`}。`,
    en: `The basis carries no export: ${basisFailure(f['because']).en}${f['what'] === '' ? '' : ` (${f['what']})`}.`,
  }),
  'gate.not-rebuilt': (f) => ({
    zh: `严格模式下未能由解析值重建（${notRebuilt(f['because']).zh}${f['row'] === 0 ? '' : `，第${f['row']}行`}）。`,
    en: `Not rebuilt from its parsed values, as strict mode asks (${notRebuilt(f['because']).en}${f['row'] === 0 ? '' : `, row ${f['row']}`}).`,
  }),
  'gate.readings-differ': (f) => ({
    zh: `两次独立检查结果不一致（${readingsDiffer(f).zh}）。无论哪一次正确，均不放行。`,
    en: `Two independent checks disagree (${readingsDiffer(f).en}). Whichever of them is right, nothing leaves.`,
  }),
  'gate.not-transformed': (f) => ({
    zh: `未能按处理规则处理（${notTransformed(f).zh}${f['row'] === 0 ? '' : `，第${f['row']}行`}）。未经处理的内容不得放行。`,
    en: `Not treated as the recipe asks (${notTransformed(f).en}${f['row'] === 0 ? '' : `, row ${f['row']}`}). What was not treated does not leave.`,
  }),
  'gate.treatment-missing': (f) => ({
    zh: `许可要求数据项“${f['column']}”须经${treatment(f['required']).zh}，实际为${treatment(f['done']).zh}。请用 --recipe 指明处理规则。`,
    en: `The permit asks for "${f['column']}" to be treated (${treatment(f['required']).en}); what was done: ${treatment(f['done']).en}. Name a recipe with --recipe.`,
  }),
  'gate.treatment-ineffective': (f) => ({
    zh: `数据项“${f['column']}”经${treatment(f['treatment']).zh}后仍检出“${f['found']}”。`,
    en: `"${f['column']}" still holds "${f['found']}" after its treatment (${treatment(f['treatment']).en}).`,
  }),
  'gate.anonymity-below': (f) => ({
    zh: `许可要求同类至少${f['asked']}行，最小的一类只有${f['k']}行。`,
    en: `The permit asks for at least ${f['asked']} rows alike; the smallest class has ${f['k']}.`,
  }),
  'gate.anonymity-not-measured': (f) => ({
    zh: `许可要求的 k 匿名未能全部测量：应测${f['files']}个文件，已测${f['measured']}个。`,
    en: `The k-anonymity the permit asks for was not measured of everything: ${f['files']} files are due, ${f['measured']} were measured.`,
  }),
  'gate.name-identifies': () => ({
    zh: '文件或文件夹的名称中有证件号码、手机号码或电子邮箱形式的内容。请改名后重新提交。',
    en: 'The name of the file or of its folder holds what has the form of an identity number, a mobile number or an e-mail address. Rename it and submit again.',
  }),
  'gate.item-not-approved': (f) => ({
    zh: `数据项“${f['column']}”未获准出境（${f['rows']}行）。请删除该列，或就其重新申报。`,
    en: `The item "${f['column']}" is not approved (${f['rows']} rows). Remove the column, or declare it.`,
  }),
  'gate.item-holds-other-data': (f) => ({
    zh: `获准的数据项“${f['column']}”应为“${f['approved']}”，其中发现“${f['found']}”${f['values']}处。`,
    en: `The approved item "${f['column']}" is to hold "${f['approved']}", but "${f['found']}" was found in it (${f['values']} values).`,
  }),
  'gate.item-more-sensitive': (f) => ({
    zh: `数据项“${f['column']}”获准的类别为${category(f['approved']).zh}，检查结果为${category(f['found']).zh}。`,
    en: `The item "${f['column']}" is approved as ${category(f['approved']).en}, but was found to be ${category(f['found']).en}.`,
  }),
  'gate.item-disguised': (f) => ({
    zh: `数据项“${f['column']}”中有变形隐藏的“${f['found']}”${f['values']}处（${readingsOf(f['readings']).zh}），首见于第${f['row']}行：${f['sample']}。请删除，或就其重新申报。`,
    en: `"${f['column']}" holds "${f['found']}" in disguise (${f['values']} values, ${readingsOf(f['readings']).en}), first in row ${f['row']}: ${f['sample']}. Remove it, or declare it.`,
  }),
  'gate.item-unreadable': (f) => ({
    zh: `数据项“${f['column']}”有${f['values']}处内容无法读出（压缩、加密或无含义的长串），不能确定其中没有个人信息。请还原为可读内容，或按其实际种类（如人员编号）重新申报。`,
    en: `${f['values']} values of "${f['column']}" cannot be read (packed, enciphered or long strings without meaning), so nobody can say that they hold nothing about persons. Give them as what they say, or declare the item as the kind it is (a person number, for example).`,
  }),
  'gate.counting-method-differs': (f) => ({
    zh: `许可按“${f['permit']}”计数，检查按“${f['batch']}”计数，二者不可比。`,
    en: `The permit counts persons by "${f['permit']}", the inspection by "${f['batch']}"; the two cannot be compared.`,
  }),
  'gate.persons-not-counted': (f) => ({
    zh: `检查认定${part(f['part']).zh}上限为${f['found']}人，但只计入${f['counted']}人，人数无法确定。`,
    en: `The inspection found up to ${f['found']} ${part(f['part']).en}, but only ${f['counted']} were counted; the number is not certain.`,
  }),
  'gate.persons-over-ceiling': (f) => ({
    zh: `${part(f['part']).zh}超出获准规模：此前${f['before']}人，本批新增${f['new']}人，合计${f['after']}人，上限${f['ceiling']}人。`,
    en: `Over the approved number of ${part(f['part']).en}: ${f['before']} before, ${f['new']} new, ${f['after']} after, ceiling ${f['ceiling']}.`,
  }),
  'gate.consent-missing': (f) => ({
    zh: `本批有${f['persons']}人没有有效的单独同意登记。请补充登记（dossier consent add），或移出这些人。`,
    en: `${f['persons']} persons of the batch have no separate consent on the register. Register it (dossier consent add), or take them out.`,
  }),
  'gate.consent-withdrawn': (f) => ({
    zh: `本批有${f['persons']}人已撤回单独同意。请移出这些人。`,
    en: `${f['persons']} persons of the batch have withdrawn their consent. Take them out.`,
  }),
  'gate.consent-unlinked': (f) => ({
    zh: `本批有${f['rows']}行不能对应到任何人，无法核对同意和个人的请求。`,
    en: `${f['rows']} rows of the batch name nobody, so no consent or request can be looked up for them.`,
  }),
  'gate.individual-listed': (f) => ({
    zh: `本批含有${f['requests']}项请求（删除、拒绝处理或撤回同意）所涉的个人。用 individuals drop 移出这些人的行。`,
    en: `The batch holds persons of ${f['requests']} requests (deletion, objection or withdrawal). Take their rows out with individuals drop.`,
  }),
  'gate.individual-unmatchable': (f) => ({
    zh: `本批有人仅以其他种类的标识出现，无法核对${f['requests']}项请求所涉的个人是否在内。请以本批所用的标识（如受试者编号）补充登记该请求。`,
    en: `Some persons of the batch are known by other identifiers only, so ${f['requests']} requests cannot be looked for. Register them with the identifiers the batch uses (a subject number, say).`,
  }),
  'gate.important-data-not-approved': (f) => ({
    zh: `检查提示可能含有重要数据（${f['where']}），许可未包含重要数据。`,
    en: `The inspection points to important data (${f['where']}); the permit covers none.`,
  }),
  'gate.important-data-over-ceiling': (f) => ({
    zh: `超出获准的重要数据规模：此前${f['before']}字节，本批${f['new']}字节，合计${f['after']}字节，上限${f['ceiling']}字节。`,
    en: `Over the approved size of important data: ${f['before']} bytes before, ${f['new']} new, ${f['after']} after, ceiling ${f['ceiling']}.`,
  }),
} as const satisfies Record<string, (facts: Facts) => Words>

export type HoldCode = keyof typeof reasonWords

/** What each check of the gate asks; the key is the check's id in manifest and refusal. */
const readingWords: Readonly<Record<Reading, Words>> = {
  'plain-characters': { zh: '还原为普通字符', en: 'in plain characters' },
  'spaced-out': { zh: '去除逐字间隔', en: 'without the marks between all characters' },
  joined: { zh: '去除间隔', en: 'without spaces and separators' },
  'digits-alone': { zh: '与相邻字母分开', en: 'apart from the letters it touches' },
  backwards: { zh: '倒读', en: 'read backwards' },
  base64: { zh: 'base64 解码', en: 'base64 decoded' },
  base32: { zh: 'base32 解码', en: 'base32 decoded' },
  hexadecimal: { zh: '十六进制解码', en: 'hexadecimal decoded' },
  'percent-encoding': { zh: '百分号解码', en: 'percent-decoded' },
  'character-references': { zh: 'HTML 字符引用解码', en: 'HTML references decoded' },
  escapes: { zh: '转义序列解码', en: 'escapes decoded' },
  'columns-joined': { zh: '相邻或成对的列相连', en: 'columns joined' },
  'rows-joined': { zh: '上下行相连', en: 'rows joined' },
}

function readingsOf(readings: Facts[string] | undefined): Words {
  const words = String(readings)
    .split(' ')
    // The gate's own list, joined in release.ts.
    .map((reading) => readingWords[reading as Reading])
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', then ') }
}

export const checkWords = {
  clock: { zh: '系统时钟不早于日志中最新的记录', en: "the clock is not behind the log's newest entry" },
  'permit-in-force': { zh: '许可在有效期内', en: 'the permit is in force on the day' },
  'permit-kind': { zh: '许可具有法律效力', en: 'the permit has legal effect' },
  basis: { zh: '出境依据当日仍成立', en: 'the basis still carries the export on the day' },
  'permit-unchanged': { zh: '许可内容未更改', en: 'the permit is the one first used' },
  'permit-not-revoked': { zh: '许可未被撤销，撤销清单未过期', en: 'the permit is not revoked, by a list still fresh' },
  scenario: { zh: '出境场景已获准', en: 'the scenario is approved' },
  recipient: { zh: '境外接收方及所在地已获准', en: 'recipient and country are approved' },
  'names-say-nothing': { zh: '文件名不指向任何人', en: 'no name of a file points at anybody' },
  'batch-not-empty': { zh: '批次含有数据', en: 'the batch holds data' },
  'fully-inspected': { zh: '每个文件均经完整检查', en: 'every file was inspected completely' },
  rebuilt: {
    zh: '由解析值重建，三次读取结果一致',
    en: 'written anew from its parsed values; three readings agree',
  },
  'read-twice': {
    zh: '第二次独立检查的数据项、种类与人数一致',
    en: 'a second, independent check agrees on items, kinds and persons',
  },
  transforms: {
    zh: '要求的处理均已实施，并经复查',
    en: 'the treatments asked for were applied, and looked for again in what came of them',
  },
  anonymity: { zh: '同类行数达到许可要求', en: 'as many rows are alike as the permit asks' },
  'items-approved': { zh: '每一列均为获准数据项', en: 'every column is an approved item' },
  'items-hold-what-they-say': { zh: '数据项内容与获准一致', en: 'the items hold what was approved' },
  'nothing-disguised': {
    zh: '没有变形隐藏的身份标识，也没有无法读出的内容',
    en: 'no identifier stands in disguise, and nothing that cannot be read',
  },
  'counting-method': { zh: '人数计数方法与许可一致', en: 'persons are counted by the permit’s method' },
  'persons-counted': { zh: '全部自然人均已计数', en: 'every person was counted' },
  'persons-ceiling': { zh: '累计人数未超出获准规模', en: 'persons stay within the ceilings' },
  consents: {
    zh: '每个人的单独同意均有效，且无人请求不再提供（设有登记的）',
    en: 'everybody’s separate consent is in force and nobody has asked to stay out, where a register is kept',
  },
  'important-data': { zh: '重要数据未超出获准范围', en: 'important data stay within what was approved' },
} as const satisfies Record<string, Words>

export type CheckId = keyof typeof checkWords

const keyStates: Readonly<Record<string, Words>> = {
  revoked: { zh: '已撤销', en: 'revoked' },
  'not-yet-valid': { zh: '尚未生效', en: 'not yet valid' },
  expired: { zh: '已过期', en: 'expired' },
}

/** Why a call was refused before anything was decided: the batch or the place is not usable. Nothing was released or counted. */
export const refusalWords = {
  'gate.escrow-passphrase-short': (f) => ({
    zh: `第二保管人的口令不少于${f['characters']}个字符。`,
    en: `The second custodian's passphrase has at least ${f['characters']} characters.`,
  }),
  'gate.escrow-needed': () => ({
    zh: '处理规则给出假名，须有对照表。请用 --escrow 指明境内的文件夹，用 --passphrase 指明第二保管人的口令文件。',
    en: 'The recipe gives pseudonyms, so there must be a table of them: name a folder in China with --escrow and the second custodian’s passphrase file with --passphrase.',
  }),
  'gate.escrow-not-opened': (f) => ({
    zh: `对照表 ${f['path']} 打不开：口令不符，或文件已损坏或被改动。`,
    en: `The table ${f['path']} does not open: the passphrase is another, or the file is damaged or was changed.`,
  }),
  'gate.notice-wrong': (f) => ({
    zh: `这不是可信闸口签名的个人请求通知（${f['because']}）。请向数据处理者索取原文件，并核对信任文件。`,
    en: `This is no notice signed by a trusted gate (${f['because']}). Ask the handler for the file as it was, and check the trust file.`,
  }),
  'gate.confirmation-wrong': (f) => ({
    zh: `这不是该接收方对所发通知的签名确认（${f['because']}）。没有登记任何内容。`,
    en: `This is not the recipient's signed confirmation of a notice that was sent (${f['because']}). Nothing was entered.`,
  }),
  'gate.rows-not-droppable': (f) => ({
    zh: `不能从 ${f['file']} 中移出行（${f['because']}）。请由源系统重新导出不含这些人的批次。`,
    en: `No rows can be taken out of ${f['file']} (${f['because']}). Export the batch anew from its source, without these persons.`,
  }),
  'gate.opening-misfit': (f) => ({
    zh: `期初数不符合要求：${f['because']}。请更正文件并由两人重新签名；没有登记任何内容。`,
    en: `The opening balance does not fit: ${f['because']}. Correct the file and let two persons sign it again; nothing was entered.`,
  }),
  'gate.opening-needs-two-persons': (f) => ({
    zh: `期初数须由信任文件中的两位批准人签名（模拟密钥不算），现有 ${f['valid']} 个有效签名。运行 npx tongguan grants sign。`,
    en: `Two approvers of the trust file must sign the opening balance (simulated keys do not count); ${f['valid']} valid signatures are there. Run npx tongguan grants sign.`,
  }),
  'gate.opening-there-already': (f) => ({
    zh: `“${f['id']}”的期初数已经登记，不能重复登记，也不能更改。`,
    en: `The opening balance of "${f['id']}" is entered already; it is entered once and not changed.`,
  }),
  'gate.opening-over-ceiling': (f) => ({
    zh: `登记后将为 ${f['general']} 人（敏感 ${f['sensitive']} 人），超过许可上限 ${f['ceilingGeneral']}（${f['ceilingSensitive']}）。请核对数字；确已超出的，须重新申报。`,
    en: `That would be ${f['general']} persons (${f['sensitive']} sensitive), over the permit's ceiling of ${f['ceilingGeneral']} (${f['ceilingSensitive']}). Check the figures; what is over it indeed has to be declared again.`,
  }),
  'gate.permit-unsigned': (f) => ({
    zh: `许可“${f['permit']}”没有签名，只是草稿。请使用主管部门签名的许可文件。`,
    en: `The permit "${f['permit']}" is not signed; it is only a draft. Use the file the authority signed.`,
  }),
  'gate.permit-key-unknown': (f) => ({
    zh: `许可的签名密钥${f['keyId']}不在信任文件中。请用 --trust 指明从别处得到的信任文件。`,
    en: `The key ${f['keyId']} that signed the permit is not in the trust file. Name a trust file that came to you another way with --trust.`,
  }),
  'gate.permit-signature-wrong': (f) => ({
    zh: `许可“${f['permit']}”上“${f['name']}”的签名不成立：许可被改动过。请重新取得原件。`,
    en: `The signature of "${f['name']}" on the permit "${f['permit']}" does not hold: the permit was changed. Get the original again.`,
  }),
  'gate.permit-differs-from-signed': (f) => ({
    zh: `许可“${f['permit']}”的内容与所签名的内容不同：文件被改动过。请重新取得原件。`,
    en: `The permit "${f['permit']}" says something else than what was signed: the file was changed. Get the original again.`,
  }),
  'gate.permit-key-other-role': (f) => ({
    zh: `密钥“${f['name']}”不得签署此类许可（${f['kind']}，需要角色 ${f['role']}）。`,
    en: `The key "${f['name']}" may not sign a permit of this kind (${f['kind']} needs the role ${f['role']}).`,
  }),
  'gate.permit-key-other-kind': (f) => ({
    zh: `模拟密钥只能签署模拟许可，正式密钥不得签署模拟许可（“${f['name']}”，${f['kind']}）。`,
    en: `A simulated key signs simulated permits only, and no other key signs those ("${f['name']}", ${f['kind']}).`,
  }),
  'gate.permit-key-not-in-force': (f) => ({
    zh: `签署许可的密钥“${f['name']}”当时无效（${keyStates[String(f['because'])]?.zh}，${f['day']}）。`,
    en: `The key "${f['name']}" that signed the permit was not in force (${keyStates[String(f['because'])]?.en}, ${f['day']}).`,
  }),
  'gate.permit-needs-two-persons': (f) => ({
    zh: `转录的许可“${f['permit']}”须由两人分别签名。`,
    en: `The transcribed permit "${f['permit']}" needs the signatures of two persons.`,
  }),
  'gate.permit-without-notice': (f) => ({
    zh: `转录的许可“${f['permit']}”未附主管部门书面通知的扫描件摘要。`,
    en: `The transcribed permit "${f['permit']}" does not name the scan of the authority's notice it was typed from.`,
  }),
  'gate.permit-simulated-only': (f) => ({
    zh: `许可“${f['permit']}”为模拟许可，无法律效力；只有试点（--pilot）接受。`,
    en: `The permit "${f['permit']}" is simulated and has no legal effect; only a pilot (--pilot) takes it.`,
  }),
  'gate.revocations-unusable': (f) => ({
    zh: `撤销清单不可用：${f['because']}。`,
    en: `The revocation list cannot be used: ${f['because']}.`,
  }),
  'gate.recipient-key-unknown': (f) => ({
    zh: `信任文件中没有境外接收方“${f['recipient']}”唯一有效的加密密钥。请接收方运行 npx tongguan keys create --role recipient --name “名称” 并把信任文件交给您，再用 trust add 加入。`,
    en: `The trust file names no single usable encryption key of the recipient "${f['recipient']}". The recipient makes one with npx tongguan keys create --role recipient --name NAME and hands you its trust file; add that with trust add.`,
  }),
  'gate.nothing-to-receive': (f) => ({
    zh: `没有等待此类回执的批次“${f['batch']}”。`,
    en: `No batch "${f['batch']}" is waiting for such a receipt.`,
  }),
  'gate.receipt-wrong': (f) => ({
    zh: `回执不是批次“${f['batch']}”的接收方所签（${f['because']}）。密钥未放出。`,
    en: `The receipt is not one of the recipient for the batch "${f['batch']}" (${f['because']}). No key was let out.`,
  }),
  'gate.nothing-to-approve': (f) => ({
    zh: `没有等待签署的批次“${f['batch']}”。请先运行 gate release，再由两人签署。`,
    en: `No batch "${f['batch']}" is waiting for signatures. Run gate release first; then two persons sign.`,
  }),
  'gate.not-an-approver': (f) => ({
    zh: `密钥${f['keyId']}在信任文件中没有 approver 角色，或当日无效。`,
    en: `The key ${f['keyId']} has no role approver in the trust file, or was not in force on that day.`,
  }),
  'gate.stopped': (f) => ({
    zh: `批次“${f['batch']}”已被${f['by']}叫停（${f['because']}），不再放行。更正后请以新的批次名提交。`,
    en: `The batch "${f['batch']}" was stopped by ${f['by']} (${f['because']}) and does not leave. Correct it and submit it under a new name.`,
  }),
  'gate.already-released': (f) => ({
    zh: `批次“${f['batch']}”已经放行，无法叫停。请通知境外接收方。`,
    en: `The batch "${f['batch']}" has been released already and cannot be stopped. Tell the recipient.`,
  }),
  'gate.counting-root-differs': (f) => ({
    zh: `人数账本“${f['set']}”的密钥不是用根密钥 ${f['root']} 加密的。请换回正确的根密钥（多个闸口须用同一把）；轮换中断的，再运行一次 npx tongguan keys rotate-counting。`,
    en: `The key of the set ${f['set']} is not encrypted under the root key ${f['root']}. Put the right root key back (several gates share one); where a rotation was interrupted, run npx tongguan keys rotate-counting again.`,
  }),
  'gate.counting-key-destroyed': (f) => ({
    zh: `人数账本“${f['set']}”的记录已到期，其密钥已销毁，不能再计入任何人。`,
    en: `The records of the set ${f['set']} fell due and its key was destroyed: nobody can be counted in it any more.`,
  }),
  'gate.witnesses-too-few': (f) => ({
    zh: `信任文件的日志策略至少需要${f['needed']}个见证方联署，正式系统不得少于${f['least']}个，因此不放行。请加入见证方的密钥（trust add）并设定法定数：npx tongguan trust quorum ${f['least']}`,
    en: `The log policy of the trust file asks for at least ${f['needed']} witnesses; in production it must be ${f['least']}, so nothing is released. Add the witnesses' keys (trust add) and set the quorum: npx tongguan trust quorum ${f['least']}`,
  }),
  'gate.log-rolled-back': (f) => ({
    zh: `数据库中的日志有${f['database']}条，而已签署的检查点有${f['signed']}条，二者不相续：换回了旧的数据库，或历史被改动。放行已停止。请恢复最新的数据库，或查明缺失的条目。`,
    en: `The database holds ${f['database']} entries of the log, but a checkpoint of ${f['signed']} was signed and does not fit them: an older database was put back, or history was changed. Releases are stopped. Restore the newest database, or account for what is missing.`,
  }),
  'gate.other-handler': (f) => ({
    zh: `此数据文件夹属于统一社会信用代码为 ${f['bound']} 的数据处理者；该许可属于 ${f['handler']}。请为其另用一个数据文件夹。`,
    en: `This data folder belongs to the data handler with the unified social credit code ${f['bound']}; the permit is for ${f['handler']}. Use another data folder for them.`,
  }),
  'gate.batch-not-found': (f) => ({
    zh: `找不到批次“${f['path']}”。请检查路径。`,
    en: `There is no batch at "${f['path']}". Check the path.`,
  }),
  'gate.batch-unreadable': (f) => ({
    zh: `无法读取批次中的“${f['file']}”（${f['because']}）。请检查权限。`,
    en: `"${f['file']}" of the batch cannot be read (${f['because']}). Check its permissions.`,
  }),
  'gate.batch-has-no-files': (f) => ({
    zh: `批次“${f['path']}”中没有文件。`,
    en: `The batch "${f['path']}" has no files.`,
  }),
  'gate.batch-name-unusable': (f) => ({
    zh: `批次名“${f['batch']}”不可用：只能含文字、数字、点、下划线和连字符，以文字或数字开头，至多100字。`,
    en: `The batch name "${f['batch']}" cannot be used: letters, digits, dot, underscore and hyphen, starting with a letter or digit, at most 100.`,
  }),
  'gate.file-name-unusable': (f) => ({
    zh: `批次中第${f['entry']}个条目的名称不可用：含控制字符、双向控制符或非 UTF-8 字节。`,
    en: `The name of entry ${f['entry']} of the batch cannot be used: it holds control or bidirectional characters, or bytes that are not UTF-8.`,
  }),
  'gate.batch-holds-link': (f) => ({
    zh: `“${f['file']}”是符号链接。请放入文件本身。`,
    en: `"${f['file']}" is a symbolic link. Put the file itself into the batch.`,
  }),
  'gate.batch-holds-special-file': (f) => ({
    zh: `“${f['file']}”不是普通文件。`,
    en: `"${f['file']}" is not a regular file.`,
  }),
  'gate.target-exists': (f) => ({
    zh: `“${f['path']}”已存在。放行从不覆盖已有内容。`,
    en: `"${f['path']}" exists already. A release never overwrites.`,
  }),
  'gate.target-on-other-filesystem': (f) => ({
    zh: `“${f['path']}”是另一文件系统的根，放行无法一次性移入。请改用其中的一个文件夹，例如 --to ${f['inside']}。`,
    en: `"${f['path']}" is the top of another file system, so a release could not be moved there in one step. Name a folder inside it, for example --to ${f['inside']}.`,
  }),
  'gate.target-not-writable': (f) => ({
    zh: `无法放行到“${f['path']}”：${systemReason(f['because']).zh}。请更正，或用 --to 另选文件夹；本次未作任何决定，也未计数。`,
    en: `Nothing can be released to "${f['path']}": ${systemReason(f['because']).en}. Correct that, or name another folder with --to; this call decided and counted nothing.`,
  }),
  'gate.batch-id-reused': (f) => ({
    zh: `批次名“${f['batch']}”已被使用（不同之处：${differs(f['differs']).zh}）。请换一个名称。`,
    en: `The batch name "${f['batch']}" was used before with different ${differs(f['differs']).en}. Choose another name.`,
  }),
  'gate.trust-file-unreadable': (f) => ({
    zh: `信任文件不可用：${f['because']}。`,
    en: `The trust file cannot be used: ${f['because']}.`,
  }),
  'gate.key-file-exists': (f) => ({
    zh: `“${f['path']}”已存在。密钥文件从不覆盖。`,
    en: `"${f['path']}" exists already. A key file is never overwritten.`,
  }),
  'gate.key-file-unreadable': (f) => ({
    zh: `密钥文件“${f['path']}”不可用：${f['because']}。`,
    en: `The key file "${f['path']}" cannot be used: ${f['because']}.`,
  }),
} as const satisfies Record<string, (facts: Facts) => Words>

export type RefusalCode = keyof typeof refusalWords

/** Why an authorised batch does not stand in the target yet. It is counted; the next call tries again. */
export const unfinishedWords = {
  'gate.target-occupied': (f) => ({
    zh: `批次已获授权，但“${f['path']}”已有其他内容。请移走后再次运行。`,
    en: `The batch is authorised, but something else stands at "${f['path']}". Move it away and run again.`,
  }),
  'gate.stopped-since': (f) => ({
    zh: `批次已决定放行并计数，但此后被${f['by']}叫停（${f['because']}）。未放出任何内容。`,
    en: `Decided and counted, but stopped since by ${f['by']} (${f['because']}). Nothing has left.`,
  }),
  'gate.permit-ended-since': (f) => ({
    zh: `批次已决定放行并计数，但许可此后失效（${f['ended']}）。未放出任何内容。`,
    en: `Decided and counted, but the permit has ended since (${f['ended']}). Nothing has left.`,
  }),
  'gate.permit-unsure': (f) => ({
    zh: `批次已决定放行并计数，但此刻无法确认许可仍然有效：${f['because']}未放出任何新内容。`,
    en: `Decided and counted, but it is not known now that the permit still holds: ${f['becauseEn']} Nothing more has left.`,
  }),
  'gate.receipt-awaited': (f) => ({
    zh: `加密容器已送达“${f['path']}”，密钥尚未放出：等待境外接收方的签收回执。收到后运行 npx tongguan gate receipt 批次名 --receipt 回执。`,
    en: `The container is at "${f['path']}"; its key has not left: the recipient's receipt is awaited. When it comes: npx tongguan gate receipt BATCH --receipt FILE.`,
  }),
  'gate.container-not-there': (f) => ({
    zh: `“${f['path']}”中的加密容器不完整或已被改动，密钥未放出。`,
    en: `The container at "${f['path']}" is not whole or was changed; its key has not left.`,
  }),
  'gate.year-ended-since': (f) => ({
    zh: `批次于${f['decidedOn']}决定并计入当年人数，今日为${f['on']}，已是另一年度：密钥不放出。请以新的批次名提交。`,
    en: `Decided on ${f['decidedOn']} and counted in that year; it is ${f['on']}, another year: the key does not leave. Submit the batch under a new name.`,
  }),
  'gate.log-stopped': (f) => ({
    zh: `批次已决定放行并计数，但日志不能公布：数据库中有${f['database']}条，已签署${f['signed']}条，二者不相续。未放出任何内容。`,
    en: `Decided and counted, but the log cannot be published: the database holds ${f['database']} entries, ${f['signed']} were signed, and they do not fit. Nothing has left.`,
  }),
  'gate.log-not-cosigned': (f) => ({
    zh: `批次已决定放行并计数，但日志检查点的见证方联署不足：已有${f['cosigned']}个${f['by'] === '' ? '' : `（${f['by']}）`}，至少需要${f['needed']}个。未放出任何内容。请见证方联署（log witness），收下后（log cosigned）再次运行同一命令，不会重复计数。`,
    en: `Decided and counted, but too few witnesses have cosigned the log's checkpoint: ${f['cosigned']}${f['by'] === '' ? '' : ` (${f['by']})`} of at least ${f['needed']}. Nothing has left. Have witnesses cosign (log witness), take it in (log cosigned), and run the same command again; nobody is counted twice.`,
  }),
  'gate.not-delivered': (f) => ({
    zh: `批次已决定放行并计数，但未能送达“${f['path']}”：${systemReason(f['because']).zh}。请更正后再次运行同一命令，不会重复计数。`,
    en: `Decided and counted, not delivered to "${f['path']}": ${systemReason(f['because']).en}. Correct that and run the same command again; nobody is counted twice.`,
  }),
  'gate.prepared-files-lost': (f) => ({
    zh: `批次已获授权，但私有副本已丢失，来源也不再是原内容（${f['because']}）。请用原文件再次提交同名批次。`,
    en: `The batch is authorised, but its private copy is gone and the source no longer holds the same bytes (${f['because']}). Submit the same files under the same name again.`,
  }),
} as const satisfies Record<string, (facts: Facts) => Words>

export type UnfinishedCode = keyof typeof unfinishedWords

/** What the recipient's verifier checks, in its order. */
export const verifyCheckWords = {
  envelope: { zh: '清单信封可读且形式正确', en: 'the envelope is readable and exact' },
  signature: { zh: '由受信任的密钥签名', en: 'signed by a trusted key' },
  statement: { zh: '清单内容完整', en: 'the statement is complete' },
  files: { zh: '文件齐全且无多余', en: 'every file is there and none is extra' },
  content: { zh: '文件大小和摘要一致', en: 'sizes and digests agree' },
  approval: {
    zh: '许可的签名成立，放行内容在其范围之内',
    en: 'the permit’s own signature holds and covers this release',
  },
  'permit-day': { zh: '放行日在许可有效期内', en: 'released within the permit’s last day' },
  approvals: { zh: '两人已签署同一份放行意图', en: 'two persons signed the same intent' },
  logged: { zh: '该决定已记入日志，证明成立', en: 'the decision stands in the log, and its proof holds' },
  persons: { zh: '累计人数未超出上限', en: 'persons within the ceilings' },
  'gate-checks': { zh: '出境闸口各项检查均已执行并通过', en: 'every check of the gate ran and passed' },
  key: { zh: '密钥经再次决定并记入日志后放出', en: 'the key was let out by a second decision, logged' },
  opened: { zh: '容器可打开，内容与清单一致', en: 'the container opens to the bytes the manifest states' },
  pilot: { zh: '不是试点或模拟放行', en: 'not a pilot or simulated release' },
} as const satisfies Record<string, Words>

/** What stands in place of the pilot check's words where a pilot release was let pass. */
export const pilotAcceptedWords: Words = {
  zh: '试点或模拟放行，因 --allow-pilot 而接受；无法律效力',
  en: 'a pilot or simulated release, accepted because of --allow-pilot; without legal effect',
}

/** What stands in place of the approval check's words where less was checked. */
export const approvalWords = {
  noPermit: {
    zh: '清单未附经签名的许可：获准内容未经核对',
    en: 'no signed permit travels with the release: what was approved was not checked',
  },
  noAuthority: {
    zh: '信任文件中没有可签署许可的密钥：获准内容未经核对',
    en: 'the trust file names no key that may sign a permit: what was approved was not checked',
  },
  basis: {
    zh: '无评估结果：依据为数据处理者的标准合同、认证或豁免，由其两人签名，未经主管部门审查；放行内容在其范围之内',
    en: 'no result of an assessment: a standard contract, certification or exemption, signed by two persons of the handler and seen by no authority; it covers this release',
  },
  transcribed: {
    zh: '许可由数据处理者两人转录并签名，未经主管部门签名；放行内容在其范围之内',
    en: 'the permit was typed and signed by two persons of the handler, not signed by the authority; it covers this release',
  },
} as const satisfies Record<string, Words>

/** What stands in place of the approvals check's words where the trust file names no approver. */
export const notApprovedWords: Words = {
  zh: '信任文件中没有批准人：两人签署未经核对',
  en: 'the trust file names no approver: the two persons’ signatures were not checked',
}

/** What stands in place of the words of the two checks of a sealed release, where there is nothing to check yet. */
export const sealedWords = {
  closed: {
    zh: '加密容器，密钥尚未放出',
    en: 'a sealed container; its key has not come yet',
  },
  notOpened: {
    zh: '未打开容器（未给出 --identity，或密钥未到）：内容未经核对',
    en: 'the container was not opened (no --identity, or no key yet): the content was not checked',
  },
} as const satisfies Record<string, Words>

/** What stands in place of the log check's words. */
export const loggedWords = {
  notLogged: {
    zh: '未记入日志（旧版本的放行；信任文件中也没有日志密钥）',
    en: 'not logged: made by an earlier version, and the trust file names no log',
  },
  at: (f: Facts): Words => ({
    zh: `已记入日志 ${f['origin']} 第 ${f['index']} 条（检查点共 ${f['size']} 条，见证方联署 ${f['cosigners']}，要求 ${f['quorum']}）`,
    en: `logged as entry ${f['index']} of ${f['origin']} (checkpoint of ${f['size']}; cosigned by ${f['cosigners']} witnesses, ${f['quorum']} required)`,
  }),
} as const

export type VerifyCheckId = keyof typeof verifyCheckWords

/** What the verifier found wrong, one code a failure. */
export const verifyWords = {
  'verify.folder-missing': (f) => ({
    zh: `找不到放行目录“${f['path']}”。`,
    en: `There is no release folder "${f['path']}".`,
  }),
  'verify.envelope-missing': (f) => ({ zh: `缺少清单文件${f['file']}。`, en: `The manifest ${f['file']} is missing.` }),
  'verify.envelope-unreadable': (f) => ({
    zh: `清单文件${f['file']}不可读：${f['because']}。`,
    en: `The manifest ${f['file']} is not readable: ${f['because']}.`,
  }),
  'verify.duplicate-json-key': (f) => ({
    zh: `清单中的 JSON 键“${f['key']}”重复出现。`,
    en: `The JSON key "${f['key']}" stands twice in the manifest.`,
  }),
  'verify.envelope-shape': (f) => ({
    zh: `清单信封形式不符：${f['because']}。`,
    en: `The envelope does not have the form of a release: ${f['because']}.`,
  }),
  'verify.payload-type-unknown': () => ({ zh: '清单的载荷类型未知。', en: 'The payload type is unknown.' }),
  'verify.key-unknown': (f) => ({
    zh: `签名密钥${f['keyId']}不在信任文件中。`,
    en: `The signing key ${f['keyId']} is not in the trust file.`,
  }),
  'verify.key-not-for-releases': (f) => ({
    zh: `密钥“${f['name']}”未被信任用于放行。`,
    en: `The key "${f['name']}" is not trusted for releases.`,
  }),
  'verify.key-revoked': (f) => ({
    zh: `密钥“${f['name']}”已于${f['day']}撤销，其签名不再可信。`,
    en: `The key "${f['name']}" was revoked on ${f['day']}; its signatures are not believed.`,
  }),
  'verify.permit-not-signed': (f) => ({
    zh: `随附许可的签名不成立（${f['because']}）。`,
    en: `The permit in the manifest is not vouched for (${f['because']}).`,
  }),
  'verify.permit-differs': (f) => ({
    zh: `放行内容超出或不同于经签名的许可（${f['differs']}）。`,
    en: `The release is not what the signed permit approved (${f['differs']}).`,
  }),
  'verify.signature-wrong': (f) => ({
    zh: `签名与清单内容不符（密钥“${f['name']}”）。`,
    en: `The signature does not fit the manifest (key "${f['name']}").`,
  }),
  'verify.statement-shape': (f) => ({
    zh: `清单内容不符合放行清单的形式：${f['because']}。`,
    en: `The statement does not have the form of a release: ${f['because']}.`,
  }),
  'verify.not-a-release': () => ({
    zh: '这是一份不予放行的说明，不是放行清单。',
    en: 'This is a statement of refusal, not a release.',
  }),
  'verify.mode-unknown': (f) => ({
    zh: `放行方式“${f['mode']}”未知。`,
    en: `The mode of release "${f['mode']}" is unknown.`,
  }),
  'verify.file-missing': (f) => ({ zh: `缺少文件“${f['file']}”。`, en: `The file "${f['file']}" is missing.` }),
  'verify.file-extra': (f) => ({
    zh: `“${f['file']}”不在清单中。`,
    en: `"${f['file']}" is not in the manifest.`,
  }),
  'verify.file-not-regular': (f) => ({
    zh: `“${f['file']}”不是普通文件。`,
    en: `"${f['file']}" is not a regular file.`,
  }),
  'verify.file-size-differs': (f) => ({
    zh: `文件“${f['file']}”应为${f['expected']}字节，实为${f['actual']}字节。`,
    en: `The file "${f['file']}" should have ${f['expected']} bytes, it has ${f['actual']}.`,
  }),
  'verify.file-content-differs': (f) => ({
    zh: `文件“${f['file']}”的内容与清单不符。`,
    en: `The content of the file "${f['file']}" is not what was released.`,
  }),
  'verify.key-wrong': (f) => ({
    zh: `密钥未经闸口放出，或说明不成立（${f['because']}）。`,
    en: `The key was not let out by the gate, or its statement does not hold (${f['because']}).`,
  }),
  'verify.other-recipient': () => ({
    zh: '容器不是为这个密钥加密的。',
    en: 'The container was not sealed to this key.',
  }),
  'verify.capsule-damaged': () => ({
    zh: '密钥文件 key.age 无法用接收方密钥打开。',
    en: 'key.age does not open with the recipient’s key.',
  }),
  'verify.container-damaged': (f) => ({
    zh: `加密文件“${f['file']}”无法打开。`,
    en: `The encrypted file "${f['file']}" does not open.`,
  }),
  'verify.permit-expired': (f) => ({
    zh: `放行日${f['decidedOn']}晚于许可最后一日${f['lastDay']}。`,
    en: `Released on ${f['decidedOn']}, after the permit's last day ${f['lastDay']}.`,
  }),
  'verify.permit-not-yet-in-force': (f) => ({
    zh: `放行日${f['decidedOn']}早于许可生效日${f['firstDay']}。`,
    en: `Released on ${f['decidedOn']}, before the permit's first day ${f['firstDay']}.`,
  }),
  'verify.released-later-than-today': (f) => ({
    zh: `放行日${f['decidedOn']}晚于核验日${f['on']}。`,
    en: `Released on ${f['decidedOn']}, which is later than the day of this check, ${f['on']}.`,
  }),
  'verify.approvals-missing': (f) => ({
    zh: `放行意图应由两名受信任的批准人签署，有效签名为${f['valid']}个。`,
    en: `Two trusted approvers must sign the intent; ${f['valid']} valid signatures are there.`,
  }),
  'verify.approval-wrong': (f) => ({
    zh: `有${f['wrong']}个批准签名不成立：意图被改动，或密钥不受信任。`,
    en: `${f['wrong']} of the approvals do not hold: the intent was changed, or the key is not trusted for it.`,
  }),
  'verify.not-logged': () => ({
    zh: '该放行未记入日志，而信任文件中有日志密钥。',
    en: 'The release has no place in the log, though the trust file names one.',
  }),
  'verify.witnesses-too-few': () => ({
    zh: '记录该决定的检查点没有足够的见证方联署（信任文件的日志策略要求的法定数未达到）。',
    en: "Too few witnesses cosigned the checkpoint of the decision: the quorum of the trust file's log policy is not met.",
  }),
  'verify.log-proof-wrong': (f) => ({
    zh: `日志证明不成立（${f['because']}）。`,
    en: `The proof that the decision was logged does not hold (${f['because']}).`,
  }),
  'verify.log-other-decision': () => ({
    zh: '日志条目记录的不是这一放行。',
    en: 'The log entry records another decision than this release.',
  }),
  'verify.persons-over-ceiling': (f) => ({
    zh: `清单中的累计人数${f['after']}超出上限${f['ceiling']}（${part(f['part']).zh}）。`,
    en: `The manifest states ${f['after']} ${part(f['part']).en}, over the ceiling of ${f['ceiling']}.`,
  }),
  'verify.gate-check-missing': (f) => ({
    zh: `清单缺少检查“${f['check']}”，或该检查未通过。`,
    en: `The manifest lacks the check "${f['check']}", or it did not pass.`,
  }),
  'verify.pilot-release': () => ({
    zh: '这是试点放行，或由模拟许可、模拟密钥作出，无法律效力。仅在 --allow-pilot 下接受。',
    en: 'This is a pilot release, or made under a simulated permit or key; it has no legal effect. Accepted only with --allow-pilot.',
  }),
} as const satisfies Record<string, (facts: Facts) => Words>

export type VerifyCode = keyof typeof verifyWords

/** The words beside every release by the pilot (contracts.md: `simulated` says so everywhere). */
export const pilotWords: Words = { zh: '模拟，无法律效力', en: 'Simulated, without legal effect' }

function part(value: string | number | undefined): Words {
  return value === 'sensitive'
    ? { zh: '含敏感个人信息的自然人', en: 'persons with sensitive personal information' }
    : value === 'general'
      ? { zh: '不含敏感个人信息的自然人', en: 'persons without sensitive personal information' }
      : { zh: '自然人', en: 'persons' }
}

const categories: Readonly<Record<string, Words>> = {
  none: { zh: '非个人信息', en: 'not personal information' },
  personal: { zh: '个人信息', en: 'personal information' },
  sensitive: { zh: '敏感个人信息', en: 'sensitive personal information' },
}

function category(value: string | number | undefined): Words {
  return categories[String(value)] ?? { zh: String(value), en: String(value) }
}

const basisFailures: Readonly<Record<string, Words>> = {
  'facts-missing': { zh: '未给出出境事实（--facts）', en: 'the export facts were not given (--facts)' },
  'other-facts': { zh: '出境事实已变更', en: 'the export facts are others now' },
  'other-year': {
    zh: '人数按日历年计算，依据已属其他年度',
    en: 'persons are counted by calendar year, and it was decided in another',
  },
  path: { zh: '判定路径不能作为依据', en: 'the path determined is none that carries it' },
  'not-necessary': { zh: '已答为不必要', en: 'the export was answered not to be necessary' },
  'route-not-open': { zh: '当日不可采用此途径', en: 'this route is not open on that day' },
  'nobody-confirms': { zh: '缺少确认人姓名与日期', en: 'no person is named who answers for it, with a date' },
  'document-missing': { zh: '缺少所需文件的编号与日期', en: 'a document that is due has no number and date' },
  'fact-missing': { zh: '事实未说明', en: 'a fact is not stated' },
  'beyond-the-year': { zh: '有效期超出该日历年', en: 'its days lie outside that calendar year' },
  'not-in-force': { zh: '不在有效期内', en: 'it is not in force' },
  'no-such-flow': { zh: '出境事实中没有此场景', en: 'the facts know no such flow' },
  'recipient-not-in-facts': { zh: '境外接收方不在出境事实中', en: 'a recipient the facts do not name' },
  'more-persons-than-in-facts': { zh: '人数上限高于出境事实', en: 'a ceiling above the persons of the facts' },
  'important-data': { zh: '重要数据须经评估', en: 'important data need an assessment' },
  'condition-not-shown': { zh: '豁免条件未经证明', en: 'a condition of the exemption is not shown' },
  'contract-missing': { zh: '缺少已签署的合同', en: 'the signed contract is missing' },
  'contract-not-in-force': { zh: '合同尚未生效', en: 'the contract is not in force yet' },
  'filing-overdue': { zh: '合同备案已逾期', en: 'the filing of the contract is overdue' },
  'certificate-missing': { zh: '缺少认证证书', en: 'the certificate is missing' },
  'certificate-expired': { zh: '认证证书到期', en: 'the certificate has expired, or does before the basis' },
}

function basisFailure(value: string | number | undefined): Words {
  return basisFailures[String(value)] ?? { zh: String(value), en: String(value) }
}

const transformFailures: Readonly<Record<string, Words>> = {
  'no-recipe': {
    zh: '没有或不止一条规则适用于此文件',
    en: 'no part of the recipe, or more than one, is for this file',
  },
  'no-rebuilder': { zh: '此格式不能处理，或没有表头', en: 'this format cannot be treated, or there is no header' },
  'column-not-in-recipe': { zh: '规则中没有此列', en: 'the recipe does not name this column' },
  'column-missing': { zh: '文件中没有规则所列的列', en: 'the file lacks a column the recipe names' },
  'nothing-left': {
    zh: '规则删除了此文件的所有列；不要把它放进批次',
    en: 'the recipe suppresses every column of this file; leave the file out of the batch',
  },
  'column-twice': { zh: '列名重复', en: 'a column’s name stands twice' },
  'not-an-object': { zh: '该行不是对象', en: 'the line is no object' },
  'list-of-objects': { zh: '列表中的对象只能保留或删除', en: 'objects in a list can only be kept or suppressed' },
  'other-recipient': { zh: '处理规则是为另一接收方写的', en: 'the recipe is written for another recipient' },
  'input-not-inspected': {
    zh: '处理前的文件未经完整检查',
    en: 'the file was not inspected completely before it was treated',
  },
}

function notTransformed({ because, what }: Facts): Words {
  const { zh, en } = transformFailures[String(because)] ?? notRebuilt(because)
  return what === '' ? { zh, en } : { zh: `${zh}：“${what}”`, en: `${en}: "${what}"` }
}

const otherTreatments: Readonly<Record<string, Words>> = {
  any: { zh: '任一处理', en: 'any treatment' },
  keep: { zh: '原样保留', en: 'kept as it is' },
}

function treatment(value: string | number | undefined): Words {
  const known: Readonly<Record<string, Words>> = { ...treatmentWords, ...otherTreatments }
  return known[String(value)] ?? { zh: String(value), en: String(value) }
}

const rebuildFailures: Readonly<Record<string, Words>> = {
  'no-rebuilder': { zh: '此格式不能重建', en: 'this format cannot be rebuilt' },
  encoding: { zh: '编码有误', en: 'its encoding does not hold' },
  quote: { zh: '引号有误', en: 'a quote in the wrong place' },
  fields: { zh: '字段数与首行不同', en: 'another number of fields than in the first row' },
  'empty-row': { zh: '空行', en: 'an empty row' },
  'line-end': { zh: '行尾有误', en: 'a line end in the wrong place' },
  'control-character': { zh: '含控制字符或残缺字符', en: 'a control character, or half a character' },
  'not-json': { zh: '不是 JSON', en: 'it is not JSON' },
  'duplicate-key': { zh: '键重复', en: 'a key stands twice' },
  'too-large': { zh: '文件过大', en: 'it is too large' },
  'row-too-long': { zh: '行过长', en: 'a row is too long' },
  'rows-differ': { zh: '重建前后行数不同', en: 'the readings differ in rows' },
  'columns-differ': { zh: '重建前后列数不同', en: 'the readings differ in columns' },
  'values-differ': { zh: '重建前后内容统计不同', en: 'the readings differ in what the columns hold' },
  'persons-differ': { zh: '重建前后人数不同', en: 'the readings differ in persons' },
}

function notRebuilt(value: string | number | undefined): Words {
  return rebuildFailures[String(value)] ?? { zh: String(value), en: String(value) }
}

const readingDifferences: Readonly<Record<string, Words>> = {
  'not-read-again': { zh: '未经第二次检查', en: 'it was not checked a second time' },
  'no-second-reader': { zh: '此格式没有第二种读取方式', en: 'there is no second reader of this format' },
  'not-parsed': { zh: '第二次检查无法解析', en: 'the second check cannot parse it' },
  'other-bytes': { zh: '第二次检查所读的不是同一内容', en: 'the second check read other bytes' },
  rows: { zh: '行数', en: 'rows' },
  columns: { zh: '列数', en: 'columns' },
  names: { zh: '列名', en: 'the name of a column' },
  cells: { zh: '有内容的单元格数', en: 'filled cells' },
  kind: { zh: '直接标识', en: 'direct identifiers' },
  persons: { zh: '人数', en: 'distinct persons' },
}

function readingsDiffer({ because, column, kind, first, second }: Facts): Words {
  const { zh, en } = readingDifferences[String(because)] ?? { zh: String(because), en: String(because) }
  const what = kind === undefined ? '' : ` ${kind}`
  const where = column === undefined ? ['', ''] : [`，列“${column}”`, `, column "${column}"`]
  const figures = first === undefined ? '' : `: ${first} / ${second}`
  return { zh: `${zh}${what}${where[0]}${figures}`, en: `${en}${what}${where[1]}${figures}` }
}

const differences: Readonly<Record<string, Words>> = {
  content: { zh: '文件内容', en: 'files' },
  permit: { zh: '许可', en: 'permit' },
  scenario: { zh: '出境场景', en: 'scenario' },
  recipient: { zh: '境外接收方', en: 'recipient' },
  pilot: { zh: '试点标记', en: 'pilot marking' },
  mode: { zh: '放行方式或接收方密钥', en: 'mode of release or key of the recipient' },
}

function differs(value: string | number | undefined): Words {
  return differences[String(value)] ?? { zh: String(value), en: String(value) }
}

const systemReasons: Readonly<Record<string, Words>> = {
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EDQUOT: { zh: '已达磁盘配额', en: 'the disk quota is used up' },
  EROFS: { zh: '文件系统只读', en: 'the file system is read-only' },
  EACCES: { zh: '没有写入权限', en: 'there is no permission to write' },
  EPERM: {
    zh: '不允许写入（文件夹可能被设为不可更改）',
    en: 'writing is not allowed (the folder may be set immutable)',
  },
  ENOTDIR: { zh: '路径中有文件而非文件夹', en: 'a file stands where a folder should be' },
  EEXIST: { zh: '该处是文件而非文件夹', en: 'a file stands there, not a folder' },
  EIO: { zh: '磁盘读写出错', en: 'the disk reports an error' },
}

function systemReason(value: string | number | undefined): Words {
  return systemReasons[String(value)] ?? { zh: `系统报告 ${value}`, en: `the system says ${value}` }
}

const inspectionGaps: Readonly<Record<string, Words>> = {
  'scan-incomplete': { zh: '扫描未完成', en: 'the scan did not complete' },
  'file-not-scanned': { zh: '文件未被扫描', en: 'the file was not scanned' },
  'file-scanned-twice': { zh: '文件被重复扫描', en: 'the file was scanned twice' },
  'file-not-in-batch': { zh: '扫描了批次以外的文件', en: 'a file outside the batch was scanned' },
  'other-bytes-scanned': {
    zh: '扫描的字节与将放行的字节不同',
    en: 'the bytes scanned are not the bytes to be released',
  },
  'format-unknown': { zh: '格式无法识别', en: 'the format is not recognised' },
  disguises: { zh: '未查找变形隐藏的内容', en: 'what may stand in disguise was not looked for' },
  'no-columns': { zh: '没有可识别的列', en: 'no columns were recognised' },
  'rows-skipped': { zh: '有行被跳过', en: 'rows were skipped' },
}

function notInspected(f: Facts): Words {
  const code = String(f['because'])
  return inspectionGaps[code] ?? { zh: `扫描错误 ${code}`, en: `scan error ${code}` }
}
