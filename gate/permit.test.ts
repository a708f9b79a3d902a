import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { generateKey, trustedKey } from './keys.ts'
import type { GateKey, TrustedKey } from './keys.ts'
import { aPermit, aRevocationList, aSignedPermit, authority, authorityTrust } from './makers.ts'
import { addPermitSignature, openPermit, readRevocations, signPermit, signRevocations } from './permit.ts'
import type { PermitFile } from './permit.ts'
import { readEnvelope } from './manifest.ts'

const persons = [generateKey(), generateKey()] as const
const [one, two] = persons

function trusting(key: GateKey, role: string, about: Partial<TrustedKey> = {}): TrustedKey {
  return { ...trustedKey(key, { name: role, roles: [role], simulated: false }), ...about }
}

/** The code a permit file is refused with; null where it is taken. */
function codeOf(file: PermitFile, keys: readonly TrustedKey[] = [authorityTrust], pilot = false): string | null {
  try {
    openPermit(file, { schema: 'tongguan/trust/1', keys }, { pilot })
    return null
  } catch (error) {
    return (error as { readonly code: string }).code
  }
}

test('a permit signed by the authority is taken as it was signed', () => {
  const { permit, signedBy } = openPermit(
    aSignedPermit(),
    { schema: 'tongguan/trust/1', keys: [authorityTrust] },
    { pilot: false },
  )
  expect(permit).toEqual(aPermit({ keyId: authority.keyId }))
  expect(signedBy).toEqual([authorityTrust])
})

test('any field changed beside the signature is refused', () => {
  const signed = aSignedPermit()
  for (const field of Object.keys(aPermit())) {
    const changed = { ...signed, [field]: field === 'kind' ? 'transcribed' : field === 'scenarios' ? [] : 'changed' }
    expect([field, codeOf(changed as PermitFile)]).toEqual([field, expect.stringMatching(/^gate\.permit-/)])
  }
  const [scenario] = signed.scenarios
  const more = { ...scenario, ceiling: { general: 99_999, sensitive: 99_999 } }
  expect(codeOf({ ...signed, scenarios: [more] } as PermitFile)).toBe('gate.permit-differs-from-signed')
})

test('any byte of the signed payload or the signature changed is refused', () => {
  const signed = aSignedPermit()
  const payload = Buffer.from(signed.signed.payload, 'base64')
  for (let at = 0; at < payload.length; at++) {
    const changed = Buffer.from(payload)
    changed[at] = (changed[at] ?? 0) ^ 1
    const file = { ...signed, signed: { ...signed.signed, payload: changed.toString('base64') } }
    expect(codeOf(file)).toBe('gate.permit-signature-wrong')
  }
  const [signature] = signed.signed.signatures
  const sig = Buffer.from(signature?.sig ?? '', 'base64')
  for (let at = 0; at < sig.length; at++) {
    const changed = Buffer.from(sig)
    changed[at] = (changed[at] ?? 0) ^ 1
    const signatures = [{ keyid: authority.keyId, sig: changed.toString('base64') }]
    expect(codeOf({ ...signed, signed: { ...signed.signed, signatures } })).toBe('gate.permit-signature-wrong')
  }
})

test.for([
  ['a draft', aPermit(), [authorityTrust], 'gate.permit-unsigned'],
  ['by a stranger', aSignedPermit({}, [generateKey()]), [authorityTrust], 'gate.permit-key-unknown'],
  ['by a gate', aSignedPermit({ keyId: one.keyId }, [one]), [trusting(one, 'gate')], 'gate.permit-key-other-role'],
  ['by a simulated key', aSignedPermit(), [{ ...authorityTrust, simulated: true }], 'gate.permit-key-other-kind'],
  ['simulated, by a real key', aSignedPermit({ kind: 'simulated' }), [authorityTrust], 'gate.permit-key-other-kind'],
  [
    'simulated, no pilot',
    aSignedPermit({ kind: 'simulated' }),
    [{ ...authorityTrust, simulated: true }],
    'gate.permit-simulated-only',
  ],
  [
    'by a key that expired before',
    aSignedPermit(),
    [{ ...authorityTrust, validUntil: legalDate('2026-05-19') }],
    'gate.permit-key-not-in-force',
  ],
  ['on its key’s last day', aSignedPermit(), [{ ...authorityTrust, validUntil: legalDate('2026-05-20') }], null],
  [
    'by a key that began later',
    aSignedPermit(),
    [{ ...authorityTrust, validFrom: legalDate('2026-05-21') }],
    'gate.permit-key-not-in-force',
  ],
  [
    'by a revoked key',
    aSignedPermit(),
    [{ ...authorityTrust, revokedOn: legalDate('2030-01-01') }],
    'gate.permit-key-not-in-force',
  ],
  ['naming another key', aSignedPermit({ keyId: 'x' }), [authorityTrust], 'gate.permit-differs-from-signed'],
] as const satisfies readonly (readonly [string, PermitFile, readonly TrustedKey[], string | null])[])(
  'a permit %s',
  ([, file, keys, code]) => {
    expect(codeOf(file, keys)).toBe(code)
  },
)

test('a simulated permit is taken by a pilot', () => {
  expect(codeOf(aSignedPermit({ kind: 'simulated' }), [{ ...authorityTrust, simulated: true }], true)).toBeNull()
})

test('a transcribed permit needs two persons, and they are not the authority', () => {
  const keys = [trusting(one, 'transcriber'), trusting(two, 'transcriber'), authorityTrust]
  const notice = { file: 'notice.pdf', sha256: 'a'.repeat(64) }
  const once = signPermit(aPermit({ kind: 'transcribed', keyId: '', notice }), [one])
  const bare = signPermit(aPermit({ kind: 'transcribed', keyId: '' }), [one, two])
  expect(codeOf(bare, keys)).toBe('gate.permit-without-notice')
  expect(codeOf(once, keys)).toBe('gate.permit-needs-two-persons')
  expect(codeOf(addPermitSignature(once, one), keys)).toBe('gate.permit-needs-two-persons')
  expect(codeOf(addPermitSignature(once, two), keys)).toBeNull()
  expect(codeOf(addPermitSignature(once, authority), keys)).toBe('gate.permit-key-other-role')
})

test('a revocation list is read as the authority signed it, and any other is refused', () => {
  const trust = { schema: 'tongguan/trust/1', keys: [authorityTrust] } as const
  const text = signRevocations(aRevocationList(), authority)
  const read = readEnvelope(text)
  if (read.kind !== 'envelope') throw new Error(read.kind)
  expect(readRevocations(read.envelope, trust)).toEqual(aRevocationList())
  const stranger = readEnvelope(signRevocations(aRevocationList(), generateKey()))
  const wrong = [
    { ...read.envelope, payload: Buffer.from('{}').toString('base64') },
    { ...read.envelope, payloadType: 'x' },
    stranger.kind === 'envelope' ? stranger.envelope : read.envelope,
  ]
  for (const envelope of wrong) expect(() => readRevocations(envelope, trust)).toThrow(/revocation list/)
})
