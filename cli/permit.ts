import { PermitSchema, permitExample } from '@tongguan/server/contract/permit'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder, readKeyFile, readTrustFile } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { transcribePermit } from '@tongguan/server/flows/transcribe-permit'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import { writeWhole } from './scan.ts'
import type { Terminal } from './terminal.ts'

interface PermitOptions {
  readonly as?: string
  readonly notice?: string
  readonly out?: string
  readonly trust?: string
  readonly data?: string
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
  if (action === 'export') {
    throw new InputError('command.not-there-yet', {
      zh: 'permit export 尚未提供；现有 permit transcribe。',
      en: 'permit export is not there yet; there is permit transcribe.',
    })
  }
  if (action !== 'transcribe') throw noSuchAction('permit', action, ['transcribe'])
  const { as, notice, out } = options
  if (file === undefined || as === undefined || notice === undefined || out === undefined) {
    throw new InputError('permit.call-incomplete', {
      zh: '需要许可草稿、--notice（主管部门通知的扫描件）、--as（转录人的私钥）与 --out。',
      en: "A draft, --notice (the scan of the authority's notice), --as (the person's private key) and --out are needed.",
    })
  }
  const draft = await readYamlFile(file, PermitSchema, permitExample)
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const scan = { file: basename(notice), bytes: await readNotice(notice) }
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

async function readNotice(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('permit.no-notice', { zh: `没有文件 ${path}。`, en: `There is no file ${path}.` })
  }
}
