import { hash } from 'node:crypto'
import { addPermitSignature, signPermit } from '@tongguan/gate'
import type { GateKey, PermitFile, SignedPermit, Trust } from '@tongguan/gate'
import { InputError } from '../errors.ts'

/**
 * One person's signature under a permit typed from the authority's notice. The first names the scan, the second must
 * have the same one before them.
 *
 * @throws InputError `permit.…` where the key is no transcriber's, the kind is another, or the scan differs
 */
export function transcribePermit(
  { signed, ...draft }: PermitFile,
  by: {
    readonly scan: { readonly file: string; readonly bytes: Uint8Array }
    readonly key: GateKey
    readonly trust: Trust
  },
): { readonly permit: SignedPermit; readonly signedBy: readonly string[] } {
  const { scan, key, trust } = by
  if (!trust.keys.some(({ keyId, roles }) => keyId === key.keyId && roles.includes('transcriber'))) {
    throw new InputError('permit.not-a-transcriber', {
      zh: '信任文件没有给这个密钥 transcriber 角色。用 npx tongguan keys create --role transcriber 生成一个。',
      en: 'The trust file does not give this key the role transcriber. Make one with npx tongguan keys create --role transcriber.',
    })
  }
  if (draft.kind !== 'transcribed') {
    throw new InputError('permit.not-transcribed', {
      zh: `只转录 kind 为 transcribed 的许可，此件为 ${draft.kind}。`,
      en: `Only a permit whose kind is transcribed is signed so; this one is ${draft.kind}.`,
    })
  }
  const sha256 = hash('sha256', scan.bytes)
  if (draft.notice !== undefined && draft.notice.sha256 !== sha256) {
    throw new InputError('permit.other-notice', {
      zh: `扫描件与第一人所用的不同（${draft.notice.file}）。`,
      en: `The scan is not the one the first person used (${draft.notice.file}).`,
    })
  }
  const permit =
    signed === undefined
      ? signPermit({ ...draft, notice: { file: scan.file, sha256 } }, [key])
      : addPermitSignature({ ...draft, signed }, key)
  const signers = permit.signed.signatures.map(({ keyid }) => keyid)
  return { permit, signedBy: trust.keys.filter(({ keyId }) => signers.includes(keyId)).map(({ name }) => name) }
}
