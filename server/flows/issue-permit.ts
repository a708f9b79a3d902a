import { algorithmOf, canonicalJson, readRevocations, signPermit, signRevocations } from '@tongguan/gate'
import type { Envelope, GateKey, Revocations, SignedPermit, Trust, TrustedKey } from '@tongguan/gate'
import { caseNo, hasPassed, load, permitOf } from '@tongguan/casework'
import type { CaseworkDb } from '@tongguan/casework'
import type { LegalDate, RevocationLimit } from '@tongguan/law'
import { InputError } from '../errors.ts'

/**
 * The permit of a passed case, signed by the authority: from the record the decision letter is written from, so the two
 * say the same. By a simulated key it is a simulated permit.
 *
 * @throws InputError `permit.…`
 */
export async function issuePermit(
  db: CaseworkDb,
  no: string,
  { key, trust, revocationLimit }: IssuingPermit,
): Promise<SignedPermit> {
  const { simulated } = authorityOf(trust, key)
  const current = /^TG-\d{4}-\d{6}$/.test(no) ? await load(db, caseNo(no)) : null
  if (current === null || !hasPassed(current)) {
    throw new InputError('permit.not-passed', {
      zh: `案件 ${no} 不存在，或结果不是通过，或仍有异议。`,
      en: `The case ${no} does not exist, or its result is not one that passed and stands.`,
    })
  }
  const kind = simulated ? 'simulated' : 'issued'
  const suite = algorithmOf(key) === 'sm2' ? 'SM2' : 'EdDSA'
  const limit = revocationLimit === undefined ? {} : { revocationLimit }
  return signPermit(permitOf(current, { kind, keyId: key.keyId, suite, ...limit }), [key])
}

interface IssuingPermit {
  readonly key: GateKey
  readonly trust: Trust
  /** Left out, the usual one. */
  readonly revocationLimit?: RevocationLimit | undefined
}

/**
 * A new revocation list: what the earlier one held, and what is revoked now. Nothing falls off a list, so whoever has an
 * old one misses only what came since.
 *
 * @throws InputError, GateInputError where the earlier list is not this authority's
 */
export function issueRevocations(of: {
  readonly earlier: Envelope | undefined
  readonly revoke: { readonly id: string; readonly on: LegalDate; readonly because: string } | undefined
  readonly key: GateKey
  readonly trust: Trust
  /** RFC 3339 in UTC. */
  readonly at: string
  readonly hours: number
}): { readonly list: Revocations; readonly text: string } {
  const { earlier, revoke, key, trust, at, hours } = of
  authorityOf(trust, key)
  const before = earlier === undefined ? [] : readRevocations(earlier, trust).permits
  const isThere = before.some((one) => canonicalJson(one) === canonicalJson(revoke))
  const list: Revocations = {
    schema: 'tongguan/revocations/1',
    issuedAt: at,
    nextUpdate: new Date(Date.parse(at) + hours * 3_600_000).toISOString(),
    permits: revoke === undefined || isThere ? before : [...before, revoke],
  }
  return { list, text: signRevocations(list, key) }
}

function authorityOf({ keys }: Trust, { keyId }: GateKey): TrustedKey {
  const known = keys.find((key) => key.keyId === keyId && key.roles.includes('authority'))
  if (known !== undefined) return known
  throw new InputError('permit.not-an-authority', {
    zh: '信任文件没有给这个密钥 authority 角色。用 npx tongguan keys create --role authority 生成一个。',
    en: 'The trust file does not give this key the role authority. Make one with npx tongguan keys create --role authority.',
  })
}
