import { expect, test } from 'vitest'
import { generateFilingKey, signPayload, trustedFiler, whoSigned } from './signature.ts'

const payload = Buffer.from('{"a":1}\n')
const trustOf = (...keys: readonly ReturnType<typeof generateFilingKey>[]) =>
  ({ schema: 'tongguan/dossier-trust/1', keys: keys.map(trustedFiler) }) as const

test.for(['EdDSA', 'SM2'] as const)('%s: what a key signed is believed, one byte more is not', (suite) => {
  const key = generateFilingKey(suite, { name: 'filer', simulated: true })
  const envelope = signPayload('t', payload, key)
  expect(whoSigned(envelope, trustOf(key)).by).toMatchObject([{ suite, keyId: key.keyId }])
  const other = { ...envelope, payload: Buffer.from('{"a":2}\n').toString('base64') }
  expect(whoSigned(other, trustOf(key))).toMatchObject({ by: [], wrong: [key.keyId] })
  const noSignature = { ...envelope, signatures: [{ keyid: key.keyId, sig: 'AAAA' }] }
  expect(whoSigned(noSignature, trustOf(key)).wrong).toEqual([key.keyId])
})

test('both suites stand beside each other; a stranger is named, not believed', () => {
  const [ed, sm] = [
    generateFilingKey('EdDSA', { name: 'a', simulated: true }),
    generateFilingKey('SM2', { name: 'b', simulated: true }),
  ]
  const envelope = signPayload('t', payload, sm, signPayload('t', payload, ed))
  expect(whoSigned(envelope, trustOf(ed, sm)).by.map(({ suite }) => suite)).toEqual(['EdDSA', 'SM2'])
  expect(whoSigned(envelope, trustOf(sm))).toMatchObject({ unknown: [ed.keyId], by: [{ suite: 'SM2' }] })
})

test('Ed25519 gives the same signature twice, SM2 another each time', () => {
  for (const [suite, same] of [
    ['EdDSA', true],
    ['SM2', false],
  ] as const) {
    const key = generateFilingKey(suite, { name: 'filer', simulated: true })
    const [a, b] = [1, 2].map(() => signPayload('t', payload, key).signatures[0]?.sig)
    expect(a === b).toBe(same)
  }
})
