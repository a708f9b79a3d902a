import { auditLog, logFolder, readPolicy } from '@tongguan/log'
import type { LogReport, Policy } from '@tongguan/log'
import { InputError } from '../errors.ts'

export { policyOfTrust } from './log-policy.ts'
export { logWords } from '@tongguan/log'
export type { LogReport } from '@tongguan/log'

/** Proves that the log in `folder` was only appended to, since the earlier checkpoint `against` where one is given. */
export function verifyLog(
  folder: string,
  options: { readonly policy: Policy; readonly against?: Uint8Array },
): Promise<LogReport> {
  return auditLog(logFolder(folder), options)
}

/** Reads a policy file (c2sp.org/tlog-policy). Throws InputError with the line that is not of the form. */
export function policyOfText(text: string, path: string): Policy {
  const read = readPolicy(text)
  if (read.kind === 'policy') return read.policy
  throw new InputError('log.policy-unreadable', {
    zh: `${path} 第 ${read.line} 行不是策略文件的写法：${read.because}`,
    en: `${path}, line ${read.line}, is not of a policy file's form: ${read.because}`,
  })
}
