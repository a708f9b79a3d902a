import { hash } from 'node:crypto'
import { enterOpeningBalance, openPermit, openingSigners, signOpeningBalance } from '@tongguan/gate'
import type { EnteredBalance, GateKey, OpeningBalanceFile, PermitFile, Trust } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'
import { InputError } from '../errors.ts'
import type { Gate } from './release-batch.ts'

/**
 * One person's signature under an opening balance. The first names the scan, the second must have the same one before
 * them.
 *
 * @throws InputError `grants.…` where the key is no approver's or the scan differs
 */
export function signPriorGrant(
  file: OpeningBalanceFile,
  by: {
    readonly scan: { readonly file: string; readonly bytes: Uint8Array }
    readonly key: GateKey
    readonly trust: Trust
    readonly on: LegalDate
  },
): { readonly file: OpeningBalanceFile; readonly signedBy: readonly string[] } {
  const { scan, key, trust, on } = by
  if (!trust.keys.some(({ keyId, roles }) => keyId === key.keyId && roles.includes('approver'))) {
    throw new InputError('grants.not-an-approver', {
      zh: '信任文件没有给这个密钥 approver 角色。用 npx tongguan keys create --role approver 生成一个。',
      en: 'The trust file does not give this key the role approver. Make one with npx tongguan keys create --role approver.',
    })
  }
  const sha256 = hash('sha256', scan.bytes)
  if (file.source.sha256 !== '' && file.source.sha256 !== sha256) {
    throw new InputError('grants.other-source', {
      zh: `扫描件与文件所写的不同（${file.source.file}）。`,
      en: `The scan is not the one the file names (${file.source.file}).`,
    })
  }
  const named = file.source.sha256 === '' ? { ...file, source: { file: scan.file, sha256 } } : file
  const signed = signOpeningBalance(named, key)
  return { file: signed, signedBy: openingSigners(signed, trust, on).map(({ name }) => name) }
}

/**
 * Enters a balance into the gate's ledger and publishes its leaf.
 *
 * @throws GateInputError `gate.opening-…`, `gate.permit-…`; nothing entered
 */
export async function importPriorGrant(asked: {
  readonly gate: Gate
  readonly trust: Trust
  readonly file: OpeningBalanceFile
  readonly permit: PermitFile | undefined
  readonly on: LegalDate
}): Promise<EnteredBalance> {
  const { gate, trust, file, permit, on } = asked
  const opened = permit === undefined ? undefined : openPermit(permit, trust, { pilot: false }).permit
  const entered = await enterOpeningBalance({ ...gate, trust, file, permit: opened, on })
  await gate.log.publish()
  return entered
}
