import { hash, sign } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { legalDate } from '@tongguan/law'
import { afterAll, expect, test } from 'vitest'
import { generateKey, trustedKey } from './keys.ts'
import type { GateKey, Trust, TrustedKey } from './keys.ts'
import { approveIntent, intentOf } from './approval.ts'
import {
  amsterdam,
  anItem,
  aPermit,
  approvers,
  approverTrust,
  aScenario,
  aSignedPermit,
  authorityTrust,
  today,
} from './makers.ts'
import { digestOf, payloadType, preAuthEncoding, readEnvelope, seal, signatureFits, stateRelease } from './manifest.ts'
import type { Envelope, ReleasePredicate } from './manifest.ts'
import { checkIds } from './release.ts'
import { openEnvelope } from './read-release.ts'
import { verifyRelease } from './verify.ts'
import { approvalWords, verifyCheckWords } from './words.ts'

const key = generateKey()
const strict = { allowPilot: false }

function trusting(gateKey: GateKey, about: Partial<TrustedKey> = {}): Trust {
  const trusted = trustedKey(gateKey, { name: 'gate', roles: ['gate'], simulated: false })
  return { schema: 'tongguan/trust/1', keys: [{ ...trusted, ...about }] }
}

const root = mkdtempSync(join(tmpdir(), 'tongguan-verify-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let made = 0

const contents: Readonly<Record<string, string>> = { 'a.csv': 'subject\n1\n', 'sub/b.csv': 'subject\n2\n3\n' }

function aPredicate(about: Partial<ReleasePredicate> = {}): ReleasePredicate {
  const files = Object.entries(contents).map(([name, text]) => ({
    name,
    bytes: text.length,
    sha256: hash('sha256', text),
    rows: text.split('\n').length - 2,
    columns: ['subject'],
  }))
  const { id, kind, firstDay, lastDay, caseNo, resultNo, handler } = aPermit()
  return {
    permit: { id, kind, firstDay, lastDay, caseNo, resultNo },
    batch: { id: 'id', name: 'b1', digest: digestOf(files) },
    handler,
    recipient: amsterdam,
    scenario: 'research',
    files,
    checks: checkIds.map((check) => ({ id: check, version: 1, inputSha256: 'a'.repeat(64), outcome: 'passed' })),
    decidedOn: today,
    pilot: false,
    software: { name: 'tongguan', version: '0.0.0' },
    purpose: 'joint research',
    manner: 'transfer',
    retention: '5 years',
    items: ['subject'],
    transforms: [],
    persons: {
      method: 'tongguan/persons/1',
      keyEpoch: '2026',
      batch: 3,
      new: 2,
      before: 8,
      after: 10,
      ceiling: 10,
      sensitive: { batch: 0, new: 0, before: 0, after: 0, ceiling: 0 },
    },
    mode: 'plaintext',
    log: null,
    ...about,
  }
}

function aRelease(about: Partial<ReleasePredicate> = {}, by = key): string {
  return aFolder(seal(stateRelease(aPredicate(about)), by))
}

function aFolder(envelope: string): string {
  const folder = join(root, String(made++))
  mkdirSync(join(folder, 'data', 'sub'), { recursive: true })
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, 'data', name), text)
  writeFileSync(join(folder, 'release.dsse.json'), envelope)
  return folder
}

async function codeOf(folder: string, trust = trusting(key), options: Parameters<typeof verifyRelease>[2] = strict) {
  return (await verifyRelease(folder, trust, options)).code
}

test('an untouched release is valid, and each check is listed in both languages', async () => {
  const report = await verifyRelease(aRelease(), trusting(key), { allowPilot: false, on: today })
  expect(report).toMatchObject({ outcome: 'valid', code: null, signedBy: [{ keyId: key.keyId }] })
  expect(report.checks.map((check) => check.outcome)).toEqual(report.checks.map(() => 'passed'))
  for (const { words } of report.checks) expect(words.zh).toMatch(/\p{Script=Han}/u)
})

test('a release signed with SM2 is valid, under the signer id of the trust file only, and with no byte of the signature changed', async () => {
  const sm2 = generateKey('sm2')
  const envelope = seal(stateRelease(aPredicate()), sm2)
  expect(await codeOf(aFolder(envelope), trusting(sm2))).toBeNull()
  expect(await codeOf(aFolder(envelope), trusting(sm2, { signerId: '' }))).toBe('verify.signature-wrong')
  expect(await codeOf(aFolder(envelope), trusting(generateKey('sm2'), { keyId: sm2.keyId }))).toBe(
    'verify.signature-wrong',
  )
  const { signatures, ...rest } = JSON.parse(envelope) as Envelope
  const signature = Buffer.from(signatures[0]?.sig ?? '', 'base64')
  const withSignature = (bytes: Buffer) =>
    ({ ...rest, signatures: [{ keyid: sm2.keyId, sig: bytes.toString('base64') }] }) satisfies Envelope
  const { keys } = trusting(sm2)
  const fits = (bytes: Buffer) => signatureFits(withSignature(bytes), bytes.toString('base64'), keys[0] as TrustedKey)
  expect(fits(signature)).toBe(true)
  for (let at = 0; at < signature.length; at++) {
    const changed = Buffer.from(signature)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect([at, fits(changed)]).toEqual([at, false])
  }
  expect(fits(Buffer.concat([signature, Uint8Array.of(0)]))).toBe(false)
  expect(fits(Buffer.alloc(0))).toBe(false)
})

test('DSSE’s pre-authentication encoding is the specification’s own example', () => {
  expect(preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  )
  expect(preAuthEncoding('é', Buffer.from('é')).toString()).toBe('DSSEv1 2 é 2 é')
})

test('a manifest with any one byte changed is refused', async () => {
  const folder = aRelease()
  const path = join(folder, 'release.dsse.json')
  const bytes = readFileSync(path)
  expect(openEnvelope(bytes, trusting(key)).kind).toBe('opened')
  const accepted: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    if (openEnvelope(changed, trusting(key)).kind === 'opened') accepted.push(at)
    if (at % 200 !== 0) continue
    writeFileSync(path, changed)
    expect(await verifyRelease(folder, trusting(key), strict)).toMatchObject({ outcome: 'refused' })
  }
  expect(accepted).toEqual([])
})

test('a file with any one byte changed is refused, and named', async () => {
  const folder = aRelease()
  for (const name of Object.keys(contents)) {
    const path = join(folder, 'data', name)
    const bytes = readFileSync(path)
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(path, changed)
      const { checks } = await verifyRelease(folder, trusting(key), strict)
      const problems = checks.flatMap((check) => check.problems)
      expect(problems).toMatchObject([{ code: 'verify.file-content-differs', file: name }])
    }
    writeFileSync(path, bytes)
  }
  expect(await codeOf(folder)).toBeNull()
})

test.for([
  ['a file is missing', (folder: string) => unlinkSync(join(folder, 'data', 'a.csv')), 'verify.file-missing'],
  [
    'a file is longer',
    (folder: string) => writeFileSync(join(folder, 'data', 'a.csv'), 'subject\n1\n\n'),
    'verify.file-size-differs',
  ],
  ['a file is extra', (folder: string) => writeFileSync(join(folder, 'data', 'c.csv'), ''), 'verify.file-extra'],
  ['a file lies beside the data', (folder: string) => writeFileSync(join(folder, 'c.csv'), ''), 'verify.file-extra'],
  ['an empty folder is extra', (folder: string) => mkdirSync(join(folder, 'data', 'x')), 'verify.file-extra'],
  ['a file is a link', asLink, 'verify.file-not-regular'],
  [
    'the manifest is missing',
    (folder: string) => unlinkSync(join(folder, 'release.dsse.json')),
    'verify.envelope-missing',
  ],
  ['the folder is missing', (folder: string) => rmSync(folder, { recursive: true }), 'verify.folder-missing'],
] as const)('%s', async ([, tamper, code]) => {
  const folder = aRelease()
  tamper(folder)
  expect(await codeOf(folder)).toBe(code)
})

function asLink(folder: string): void {
  const path = join(folder, 'data', 'a.csv')
  cpSync(path, join(root, 'elsewhere.csv'))
  unlinkSync(path)
  symlinkSync(join(root, 'elsewhere.csv'), path)
}

test('the manifest of another release does not fit', async () => {
  const folder = aRelease()
  const files = aPredicate().files.slice(0, 1)
  const other = aRelease({ files, batch: { id: 'id', name: 'b2', digest: digestOf(files) } })
  cpSync(join(other, 'release.dsse.json'), join(folder, 'release.dsse.json'))
  expect(await codeOf(folder)).toBe('verify.file-extra')
})

test('a key that is not in the trust file, or not for releases, or another under its name', async () => {
  const stranger = generateKey()
  expect(await codeOf(aRelease({}, stranger))).toBe('verify.key-unknown')
  expect(await codeOf(aRelease(), trusting(key, { roles: ['authority'] }))).toBe('verify.key-not-for-releases')
  const impostor: GateKey = { ...stranger, keyId: key.keyId }
  expect(await codeOf(aRelease({}, impostor))).toBe('verify.signature-wrong')
})

const sealed = seal(stateRelease(aPredicate()), key)

/** A payload signed as it is, whatever stands in it. */
function signed(payload: string, type = payloadType): string {
  const sig = sign(null, preAuthEncoding(type, Buffer.from(payload)), key.privateKey).toString('base64')
  const signatures = [{ keyid: key.keyId, sig }]
  return `${JSON.stringify({ payloadType: type, payload: Buffer.from(payload).toString('base64'), signatures })}\n`
}

function payloadOf(envelope: string): string {
  const read = readEnvelope(envelope)
  return read.kind === 'envelope' ? Buffer.from(read.envelope.payload, 'base64').toString() : ''
}

test.for([
  ['the envelope holds one key twice', sealed.replace('{', '{"payloadType":"x",'), 'verify.duplicate-json-key'],
  [
    'the same, spelled otherwise',
    sealed.replace('{', String.raw`{"\u0070ayloadType":"x",`),
    'verify.duplicate-json-key',
  ],
  [
    'the signed payload holds one key twice',
    signed(payloadOf(sealed).replace('{', '{"_type":"x",')),
    'verify.duplicate-json-key',
  ],
  ['the envelope has a further key', sealed.replace('{', '{"key":"x",'), 'verify.envelope-shape'],
  ['white space', sealed.replace(':', ': '), 'verify.envelope-shape'],
  ['no signature', sealed.replace(/"signatures":.*/, '"signatures":[]}'), 'verify.envelope-shape'],
  ['one signature twice', sealed.replace(/\[(.*)\]/, '[$1,$1]'), 'verify.envelope-shape'],
  ['not JSON', sealed.slice(1), 'verify.envelope-unreadable'],
  ['a byte order mark', `\uFEFF${sealed}`, 'verify.envelope-unreadable'],
  ['another payload type', signed(payloadOf(sealed), 'application/json'), 'verify.payload-type-unknown'],
  [
    'a signed refusal',
    signed(payloadOf(sealed).replace('outbound-release', 'outbound-refusal')),
    'verify.not-a-release',
  ],
  ['another predicate', signed(payloadOf(sealed).replace('outbound-release', 'provenance')), 'verify.statement-shape'],
  [
    'a mode this verifier does not know',
    signed(payloadOf(sealed).replace('"plaintext"', '"streamed"')),
    'verify.mode-unknown',
  ],
  [
    'a sealed release without its seal',
    signed(payloadOf(sealed).replace('"plaintext"', '"sealed"')),
    'verify.statement-shape',
  ],
  [
    'other subjects than files',
    signed(payloadOf(sealed).replace('"name":"a.csv"', '"name":"x.csv"')),
    'verify.statement-shape',
  ],
  ['a path out of the folder', signed(payloadOf(sealed).replaceAll('sub/b.csv', '../b.csv')), 'verify.statement-shape'],
  ['no persons', signed(payloadOf(sealed).replace('"persons"', '"people"')), 'verify.statement-shape'],
  ['an empty payload', signed('null'), 'verify.statement-shape'],
] as const)('refused: %s', async ([, envelope, code]) => {
  expect(await codeOf(aFolder(envelope))).toBe(code)
})

const { permit } = aPredicate()
const persons = aPredicate().persons

test.for([
  ['on the permit’s last day', { permit: { ...permit, lastDay: today } }, null],
  ['the day after', { permit: { ...permit, lastDay: legalDate('2026-11-22') } }, 'verify.permit-expired'],
  ['on its first day', { permit: { ...permit, firstDay: today } }, null],
  ['the day before', { permit: { ...permit, firstDay: legalDate('2026-11-24') } }, 'verify.permit-not-yet-in-force'],
  ['tomorrow', { decidedOn: legalDate('2026-11-24') }, 'verify.released-later-than-today'],
  ['one person over the ceiling', { persons: { ...persons, new: 3, after: 11 } }, 'verify.persons-over-ceiling'],
  ['figures that do not add up', { persons: { ...persons, new: 5 } }, 'verify.persons-over-ceiling'],
  ['a check left out', { checks: aPredicate().checks.slice(1) }, 'verify.gate-check-missing'],
  [
    'a check that failed',
    { checks: aPredicate().checks.map((one) => ({ ...one, outcome: 'failed' as const })) },
    'verify.gate-check-missing',
  ],
  ['in a pilot', { pilot: true }, 'verify.pilot-release'],
  ['under a simulated permit', { permit: { ...permit, kind: 'simulated' } }, 'verify.pilot-release'],
] as const satisfies readonly (readonly [string, Partial<ReleasePredicate>, string | null])[])(
  'released %s → %s',
  async ([, about, code]) => {
    expect(await codeOf(aRelease(about), trusting(key), { allowPilot: false, on: today })).toBe(code)
  },
)

test('a simulated key’s release is a pilot’s too, and a pilot’s is accepted where that is allowed', async () => {
  const trust = trusting(key, { simulated: true })
  expect(await codeOf(aRelease(), trust)).toBe('verify.pilot-release')
  const accepted = await verifyRelease(aRelease({ pilot: true }), trust, { allowPilot: true })
  expect([accepted.outcome, accepted.simulated]).toEqual(['valid', true])
  // A pilot that was let pass is never shown as "not a pilot".
  expect(accepted.checks.find(({ id }) => id === 'pilot')?.words).not.toEqual(verifyCheckWords.pilot)
})

test('what the signed permit approved is held against the manifest, where the trust file knows its signer', async () => {
  const ceiling = { general: 10, sensitive: 0 }
  const items = [anItem('subject')]
  const scenario = aScenario({ ceiling, items, purpose: 'joint research' })
  const { signed, id, kind, firstDay, lastDay, caseNo, resultNo } = aSignedPermit({ scenarios: [scenario] })
  const stated = { id, kind, firstDay, lastDay, caseNo, resultNo, signed }
  const both = { ...trusting(key), keys: [...trusting(key).keys, authorityTrust] }
  expect(await codeOf(aRelease({ permit: stated }), both)).toBeNull()
  const differing: readonly Partial<ReleasePredicate>[] = [
    { permit: { ...stated, lastDay: legalDate('2036-01-01') } },
    { permit: stated, persons: { ...persons, ceiling: 11 } },
    { permit: stated, recipient: { ...amsterdam, country: 'BE' } },
    { permit: stated, purpose: 'marketing' },
    { permit: stated, scenario: 'marketing' },
    { permit: stated, files: aPredicate().files.map((file) => ({ ...file, columns: ['phone'] })) },
    { permit: stated, handler: { name: 'x', creditCode: 'x' } },
  ]
  for (const about of differing) expect(await codeOf(aRelease(about), both)).toBe('verify.permit-differs')
  const forged = { ...signed, payload: Buffer.from('{}').toString('base64') }
  expect(await codeOf(aRelease({ permit: { ...stated, signed: forged } }), both)).toBe('verify.permit-not-signed')
  const without = await verifyRelease(aRelease({ permit: stated }), trusting(key), strict)
  expect(without.outcome).toBe('valid')
  expect(without.checks.find((check) => check.id === 'approval')?.words).toEqual(approvalWords.noAuthority)
  const revoked = trusting(key, { revokedOn: today })
  expect(await codeOf(aRelease(), revoked)).toBe('verify.key-revoked')
})

test('two approvers’ signatures over this very intent are asked for, where the trust file names approvers', async () => {
  const trust = { ...trusting(key), keys: [...trusting(key).keys, ...approverTrust] }
  const [one, two] = approvers
  const intent = intentOf(aPredicate())
  const both = [approveIntent(intent, one), approveIntent(intent, two)]
  const codeWith = (approvals: readonly Envelope[] | undefined, about: Partial<ReleasePredicate> = {}) =>
    codeOf(aRelease({ ...about, ...(approvals === undefined ? {} : { approvals }) }), trust)
  expect(await codeWith(both)).toBeNull()
  expect(await codeWith(undefined)).toBe('verify.approvals-missing')
  expect(await codeWith(both.slice(1))).toBe('verify.approvals-missing')
  expect(await codeWith([both[0], both[0]].flatMap((one) => one ?? []))).toBe('verify.approvals-missing')
  expect(await codeWith([...both, approveIntent(intent, generateKey())])).toBe('verify.approval-wrong')
  for (const about of [
    { purpose: 'marketing' },
    { recipient: { ...amsterdam, name: 'Elsewhere' } },
    { persons: { ...persons, new: 1, after: 9 } },
    { decidedOn: legalDate('2026-11-22') },
    { items: [] },
  ] as const) {
    expect(await codeWith(both, about)).toBe('verify.approval-wrong')
  }
  const simulated = { ...trust, keys: trust.keys.map((one) => ({ ...one, simulated: one.roles.includes('approver') })) }
  expect(await codeOf(aRelease({ approvals: both }), simulated)).toBe('verify.approval-wrong')
})
