import { addPermitSignature, canonicalJson, factsDigest, judgeBasis, signPermit } from '@tongguan/gate'
import type { GateKey, HoldReason, PermitFile, SignedPermit, Trust } from '@tongguan/gate'
import { countingMethod } from '@tongguan/law'
import type { Basis, ExportFacts, LegalDate, Permit } from '@tongguan/law'
import type { BasisClaim } from '../contract/permit.ts'
import { InputError } from '../errors.ts'

/**
 * One person's signature under a basis: what a handler shows for exports that need no assessment, bound to the facts and
 * the law of the day. `earlier` is the file of the first person, to which the second adds theirs.
 *
 * @throws InputError `basis.…` where the key may not sign one, or the first person signed something else
 */
export function makeBasis(
  claim: BasisClaim,
  of: {
    readonly facts: ExportFacts
    readonly on: LegalDate
    readonly key: GateKey
    readonly trust: Trust
    readonly earlier?: PermitFile
  },
): MadeBasis {
  const { facts, on, key, trust, earlier } = of
  if (!trust.keys.some(({ keyId, roles }) => keyId === key.keyId && roles.includes('basis'))) {
    throw new InputError('basis.not-a-signer', {
      zh: '信任文件没有给这个密钥 basis 角色。用 npx tongguan keys create --role basis 生成一个。',
      en: 'The trust file does not give this key the role basis. Make one with npx tongguan keys create --role basis.',
    })
  }
  const permit = permitOf(claim, { facts, decidedOn: earlier?.basis?.decidedOn ?? on })
  const reasons = judgeBasis(permit, facts, permit.firstDay < on ? on : permit.firstDay)
  if (reasons.length > 0) return { kind: 'refused', reasons }
  const signed = earlier === undefined ? signPermit(permit, [key]) : withSecond(permit, earlier, key)
  const signers = signed.signed.signatures.map(({ keyid }) => keyid)
  return {
    kind: 'basis',
    permit: signed,
    signedBy: trust.keys.filter(({ keyId }) => signers.includes(keyId)).map(({ name }) => name),
  }
}

export type MadeBasis =
  | { readonly kind: 'basis'; readonly permit: SignedPermit; readonly signedBy: readonly string[] }
  | { readonly kind: 'refused'; readonly reasons: readonly HoldReason[] }

function permitOf(
  { schema: _schema, id, handler, scenarios, firstDay, lastDay, ...shown }: BasisClaim,
  { facts, decidedOn }: { readonly facts: ExportFacts; readonly decidedOn: LegalDate },
): Permit & { readonly basis: Basis } {
  return {
    schema: 'tongguan/permit/1',
    id,
    kind: 'basis',
    caseNo: id,
    resultNo: shown.route,
    handler,
    scenarios,
    firstDay,
    lastDay,
    keyId: '',
    suite: 'EdDSA',
    countingMethod,
    basis: { ...shown, factsSha256: factsDigest(facts), decidedOn },
  }
}

function withSecond(permit: Permit, { signed, ...first }: PermitFile, key: GateKey): SignedPermit {
  if (signed === undefined || canonicalJson(first) !== canonicalJson(permit)) {
    throw new InputError('basis.other-content', {
      zh: '第一人签署的内容与此不同。请用同一份依据与事实。',
      en: 'The first person signed something else. Use the same claim and the same facts.',
    })
  }
  return addPermitSignature({ ...permit, signed }, key)
}
