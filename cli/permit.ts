import { PermitSchema, permitExample } from '@tongguan/server/contract/permit'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder, readKeyFile, readRevocationsAt, readTrustFile } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { issuePermit, issueRevocations } from '@tongguan/server/flows/issue-permit'
import { fetchPermit } from '@tongguan/server/flows/fetch-permit'
import { transcribePermit } from '@tongguan/server/flows/transcribe-permit'
import type { RevocationLimit } from '@tongguan/law'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dayOrToday, instantOf } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openExisting } from './open-existing.ts'
import { noSuchAction } from './keys.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'

interface PermitOptions {
  readonly as?: string
  readonly notice?: string
  readonly out?: string
  readonly trust?: string
  readonly data?: string
  readonly revoke?: string
  readonly because?: string
  readonly hours?: string
  readonly from?: string
  readonly token?: string
  readonly listSeconds?: string
  readonly on?: string
}

/** `permit export CASE --as KEY --out FILE`: the authority signs the permit of a passed case. */
async function exportPermit(terminal: Terminal, no: string | undefined, options: PermitOptions): Promise<ExitCode> {
  const { as, out } = options
  if (no === undefined || as === undefined || out === undefined) {
    throw new InputError('permit.call-incomplete', {
      zh: '需要案件编号、--as（主管部门的私钥）与 --out。',
      en: "A case number, --as (the authority's private key) and --out are needed.",
    })
  }
  const data = dataFolder(options.data)
  const trust = await readTrustFile(options.trust ?? data.trust)
  const records = await openExisting(data)
  try {
    const permit = await issuePermit(records.db, no, {
      key: readKeyFile(as),
      trust,
      revocationLimit: limitOf(options.listSeconds),
    })
    await writeWhole(out, `${JSON.stringify(permit, null, 2)}\n`)
    terminal.answer(permit)
    const simulated = permit.kind === 'simulated'
    terminal.say({
      zh: `许可 ${permit.id}，有效期 ${permit.firstDay} 至 ${permit.lastDay}${simulated ? '（模拟，无法律效力）' : ''}：${out}`,
      en: `Permit ${permit.id}, from ${permit.firstDay} to ${permit.lastDay}${simulated ? ' (simulated, without legal effect)' : ''}: ${out}`,
    })
    return exitCode.done
  } finally {
    await records.close()
  }
}

/** `--list-seconds ONLINE,FILE`: how old the revocation list may be under this permit. */
function limitOf(text: string | undefined): RevocationLimit | undefined {
  if (text === undefined) return undefined
  const [, online, file] = /^([1-9]\d{0,6}),([1-9]\d{0,6})$/.exec(text) ?? []
  if (online !== undefined && file !== undefined) {
    return { onlineSeconds: Number(online), fileSeconds: Number(file) }
  }
  throw new InputError('permit.list-seconds', {
    zh: `--list-seconds 写作“在线秒数,文件秒数”，例如 60,86400，不是“${text}”。`,
    en: `--list-seconds is written ONLINE,FILE, for example 60,86400, not "${text}".`,
  })
}

/** `permit revocations --as KEY --out FILE [--revoke ID --because WHY]`: signs the list anew, with one more permit on it. */
async function issueList(terminal: Terminal, options: PermitOptions): Promise<ExitCode> {
  const { as, out, revoke, because, hours = '24' } = options
  if (as === undefined || out === undefined || (revoke === undefined) !== (because === undefined)) {
    throw new InputError('permit.call-incomplete', {
      zh: '需要 --as（主管部门的私钥）与 --out；撤销时另需 --revoke 与 --because。',
      en: "--as (the authority's private key) and --out are needed; to revoke, --revoke and --because too.",
    })
  }
  if (!/^[1-9]\d{0,3}$/.test(hours)) {
    throw new InputError('permit.hours', {
      zh: `--hours 应为 1 至 9999 的整数，实为 ${hours}。`,
      en: `--hours is a whole number from 1 to 9999, not ${hours}.`,
    })
  }
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const earlier = await readRevocationsAt(out)
  const on = dayOrToday(options.on)
  const issued = issueRevocations({
    earlier: earlier?.list,
    revoke: revoke === undefined || because === undefined ? undefined : { id: revoke, on, because },
    key: readKeyFile(as),
    trust,
    at: instantOf(on),
    hours: Number(hours),
  })
  await writeWhole(out, issued.text)
  terminal.answer(issued.list)
  const { permits, issuedAt, nextUpdate } = issued.list
  terminal.say({
    zh: `撤销清单：${permits.length} 份许可，签发于 ${issuedAt}，下次更新 ${nextUpdate}：${out}`,
    en: `Revocation list: ${permits.length} permits, issued at ${issuedAt}, next update ${nextUpdate}: ${out}`,
  })
  return exitCode.done
}

/** `permit fetch CASE --from ADDRESS --token FILE --out FILE`: the gate gets its permit from the portal, by its service token. */
async function fetchOwn(terminal: Terminal, no: string | undefined, options: PermitOptions): Promise<ExitCode> {
  const { from, token, out } = options
  if (no === undefined || from === undefined || token === undefined || out === undefined) {
    throw new InputError('permit.call-incomplete', {
      zh: '需要案件编号、--from（门户地址）、--token（服务令牌文件）与 --out。',
      en: "A case number, --from (the portal's address), --token (the file of the service token) and --out are needed.",
    })
  }
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const secret = (await readGiven(token)).toString('utf8').trim()
  const permit = await fetchPermit({ portal: from, caseNo: no, token: secret, trust })
  await writeWhole(out, `${JSON.stringify(permit, null, 2)}\n`)
  terminal.answer(permit)
  terminal.say({
    zh: `许可 ${permit.id}，有效期 ${permit.firstDay} 至 ${permit.lastDay}，签名有效：${out}`,
    en: `Permit ${permit.id}, from ${permit.firstDay} to ${permit.lastDay}, its signature holds: ${out}`,
  })
  return exitCode.done
}

/**
 * `permit transcribe DRAFT --notice SCAN --as KEY --out FILE`: a permit typed from the authority's notice, signed by one
 * person; run once more on what it wrote, by the second.
 */
export async function permitCommand(
  terminal: Terminal,
  action: string,
  file: string | undefined,
  options: PermitOptions,
): Promise<ExitCode> {
  if (action === 'export') return exportPermit(terminal, file, options)
  if (action === 'revocations') return issueList(terminal, options)
  if (action === 'fetch') return fetchOwn(terminal, file, options)
  if (action !== 'transcribe') throw noSuchAction('permit', action, ['export', 'revocations', 'fetch', 'transcribe'])
  const { as, notice, out } = options
  if (file === undefined || as === undefined || notice === undefined || out === undefined) {
    throw new InputError('permit.call-incomplete', {
      zh: '需要许可草稿、--notice（主管部门通知的扫描件）、--as（转录人的私钥）与 --out。',
      en: "A draft, --notice (the scan of the authority's notice), --as (the person's private key) and --out are needed.",
    })
  }
  const draft = await readYamlFile(file, PermitSchema, permitExample)
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const scan = { file: basename(notice), bytes: await readGiven(notice) }
  const { permit, signedBy } = transcribePermit(draft, { scan, key: readKeyFile(as), trust })
  await writeWhole(out, `${JSON.stringify(permit, null, 2)}\n`)
  terminal.answer(permit)
  terminal.say({
    zh: `许可 ${permit.id} 由 ${signedBy.join('、')} 转录并签名（未经主管部门签名）：${out}`,
    en: `Permit ${permit.id}, typed and signed by ${signedBy.join(', ')} (not signed by the authority): ${out}`,
  })
  if (signedBy.length > 1) return exitCode.done
  terminal.say({
    zh: `  还需第二人核对通知后签名：npx tongguan permit transcribe ${out} --notice ${notice} --as KEY --out ${out}`,
    en: `  A second person compares it with the notice and signs: npx tongguan permit transcribe ${out} --notice ${notice} --as KEY --out ${out}`,
  })
  return exitCode.notYet
}

async function readGiven(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('permit.no-file', { zh: `没有文件 ${path}。`, en: `There is no file ${path}.` })
  }
}
