import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { aLog, aSigner, entriesUpTo, readerOf } from './makers.ts'
import { leafHash, proveConsistency, proveInclusion } from './merkle.ts'
import type { TreeHead } from './merkle.ts'
import { writeVerifierKey } from './note.ts'
import { meetsQuorum, readPolicy, witnessesNeeded, writePolicy } from './policy.ts'
import { verifyProof, writeProof } from './proof.ts'
import { subtreesOf } from './tiles.ts'
import { decideCosignature, writeWitnessRequest } from './witness.ts'

const log = aSigner('log.example', 'log')
const witnesses = ['audit', 'recipient', 'authority'].map((name) => aSigner(`${name}.example`, 'witness'))
const [witness] = witnesses
if (witness === undefined) throw new Error('no witness')
const seconds = 1_800_000_000

async function request(from: number, size: number): Promise<string> {
  const { files, checkpoint } = await aLog(size, log)
  const proof = from <= size ? await proveConsistency(subtreesOf(readerOf(files), size), from, size) : []
  return writeWitnessRequest(from, proof, checkpoint)
}

function ask(body: string, last: TreeHead | null, keys = [log.verifier]) {
  const logOf = (origin: string) => (origin === log.verifier.name ? { keys, last } : undefined)
  return decideCosignature(body, { logOf, signer: witness ?? log, seconds })
}

test('a witness cosigns a log’s first checkpoint, and every one that grew out of the last', async () => {
  expect(ask(await request(0, 5), null)).toMatchObject({ kind: 'cosigned', status: 200 })
  const { head } = await aLog(5, log)
  expect(ask(await request(5, 300), head)).toMatchObject({ kind: 'cosigned', checkpoint: { size: 300 } })
  expect(ask(await request(5, 5), head)).toMatchObject({ kind: 'cosigned' })
})

test('what does not grow out of the last checkpoint gets no cosignature', async () => {
  const { head, checkpoint } = await aLog(5, log)
  const forged = signCheckpoint({ size: 9, root: leafHash(Buffer.from('another history')) }, log)
  const twice = signCheckpoint({ size: 5, root: leafHash(Buffer.from('another history')) }, log)
  const stranger = aSigner('log.example', 'log')
  const refusals = [
    [await request(0, 9), { status: 409, code: 'log.other-old-size', size: 5 }],
    [await request(7, 9), { status: 409, code: 'log.other-old-size', size: 5 }],
    [writeWitnessRequest(5, [], twice), { status: 409, code: 'log.two-histories', size: 5 }],
    [writeWitnessRequest(5, [], forged), { status: 422, code: 'log.history-rewritten' }],
    [writeWitnessRequest(9, [], checkpoint), { status: 400, code: 'log.old-size-too-large' }],
    [writeWitnessRequest(5, [], signCheckpoint(head, stranger)), { status: 403, code: 'log.checkpoint-key-unknown' }],
    [
      writeWitnessRequest(5, [], signCheckpoint(head, aSigner('b.example', 'log'))),
      { status: 404, code: 'log.origin-unknown' },
    ],
    ['old 05\n\n' + checkpoint, { status: 400, code: 'log.request-unreadable' }],
    ['', { status: 400, code: 'log.request-unreadable' }],
    [`old 5\n${'AAAA\n'.repeat(2)}\n${checkpoint}`, { status: 400, code: 'log.request-unreadable' }],
  ] as const
  for (const [body, refusal] of refusals) expect(ask(body, head)).toEqual({ kind: 'refused', ...refusal })
})

test('whatever the log sends, in whatever order, no two cosigned checkpoints are of different histories', async () => {
  const honest = new Map<number, string>()
  for (let size = 0; size <= 12; size++) honest.set(size, (await aLog(size, log)).checkpoint)
  const forks = Array.from({ length: 13 }, (_, size) =>
    signCheckpoint({ size, root: leafHash(Buffer.from(`fork ${size}`)) }, log),
  )
  const proofs = new Map<string, readonly Uint8Array[]>()
  const { files } = await aLog(12, log)
  for (let to = 0; to <= 12; to++) {
    for (let from = 0; from <= to; from++) {
      proofs.set(`${from}-${to}`, await proveConsistency(subtreesOf(readerOf(files), 12), from, to))
    }
  }
  const step = fc.record({ from: fc.nat(12), to: fc.nat(12), fork: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let last: TreeHead | null = null
      let seenFork = false
      for (const { from, to, fork } of steps) {
        const checkpoint = (fork ? forks[to] : honest.get(to)) ?? ''
        const answer = ask(writeWitnessRequest(from, proofs.get(`${from}-${to}`) ?? [], checkpoint), last)
        if (answer.kind !== 'cosigned') continue
        // A fork may be the first thing a witness ever sees; afterwards it sticks to what it saw.
        if (last === null || last.size === 0) seenFork = fork && to > 0
        else expect(fork && answer.checkpoint.size > 0).toBe(seenFork)
        expect(answer.checkpoint.size).toBeGreaterThanOrEqual(last?.size ?? 0)
        last = answer.checkpoint
      }
    }),
  )
})

async function aProof(index: number, size: number, cosigners = witnesses): Promise<string> {
  const { files, checkpoint } = await aLog(size, log)
  const path = await proveInclusion(subtreesOf(readerOf(files), size), index, size)
  const body = writeWitnessRequest(0, [], checkpoint)
  const lines = cosigners.map((signer) => {
    const answer = decideCosignature(body, { logOf: () => ({ keys: [log.verifier], last: null }), signer, seconds })
    return answer.kind === 'cosigned' ? answer.line : ''
  })
  return writeProof({ index, path, checkpoint: `${checkpoint}${lines.join('')}` })
}

function policyOf(quorum: string) {
  const read = readPolicy(
    [
      '# who is trusted',
      `log ${writeVerifierKey(log.verifier)}`,
      ...witnesses.map(({ verifier }) => `witness ${verifier.name} ${writeVerifierKey(verifier)}`),
      'group two 2 audit.example recipient.example authority.example',
      `quorum ${quorum}`,
      '',
    ].join('\n'),
  )
  if (read.kind === 'wrong') throw new Error(read.because)
  return read.policy
}

test('an entry is proved offline by a proof with two of three cosignatures', async () => {
  const entry = Buffer.from('entry 41')
  const policy = policyOf('two')
  expect(verifyProof(await aProof(41, 300), entry, policy)).toMatchObject({ kind: 'included', index: 41 })
  const one = await aProof(41, 300, witnesses.slice(0, 1))
  expect(verifyProof(one, entry, policy)).toEqual({ kind: 'wrong', code: 'log.quorum-not-met' })
  expect(verifyProof(one, entry, policyOf('none'))).toMatchObject({ kind: 'included' })
  expect(verifyProof(await aProof(41, 300), Buffer.from('entry 42'), policy)).toEqual({
    kind: 'wrong',
    code: 'log.entry-not-included',
  })
})

test('a proof with any byte changed proves nothing', async () => {
  const entry = entriesUpTo(42)[41] ?? Buffer.alloc(0)
  const policy = policyOf('audit.example')
  const bytes = Buffer.from(await aProof(41, 300, witnesses.slice(0, 1)))
  for (let at = 0; at < bytes.byteLength; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect([at, verifyProof(changed.toString('utf8'), entry, policy).kind]).toEqual([at, 'wrong'])
  }
})

test.for([
  ['no quorum', '', 0, 'no quorum line'],
  ['an unknown line', 'quorum none\nlogs a', 2, 'no such line: logs'],
  ['a quorum nobody named', 'quorum two', 1, 'two is not defined above'],
  ['a key that is none', 'log abc\nquorum none', 1, 'a log is: log <verifier key> [<address>]'],
  [
    'a threshold over its members',
    'group a 2 none\nquorum none',
    1,
    'none is not defined above, or is a member already',
  ],
] as const)('%s is no policy', ([, text, line, because]) => {
  expect(readPolicy(text)).toEqual({ kind: 'wrong', line, because })
})

test('the fewest witnesses a quorum takes are counted, and a policy reads back as it was written', () => {
  const needed = ['none', 'audit.example', 'two'].map((quorum) => witnessesNeeded(policyOf(quorum)))
  expect(needed).toEqual([0, 1, 2])
  const text = writePolicy(policyOf('two'))
  const read = readPolicy(text)
  if (read.kind === 'wrong') throw new Error(read.because)
  expect(writePolicy(read.policy)).toBe(text)
})

test('a witness counts once, also where it is listed in two ways', () => {
  const text = (last: string) =>
    [
      ...witnesses.map(({ verifier }) => `witness ${verifier.name} ${writeVerifierKey(verifier)}`),
      'group both all audit.example recipient.example',
      last,
    ].join('\n')
  expect(readPolicy(text('group twice any audit.example\nquorum both'))).toMatchObject({ kind: 'wrong', line: 5 })
  expect(readPolicy(text(`witness again ${writeVerifierKey(witness.verifier)}\nquorum both`))).toMatchObject({
    line: 5,
  })
  const policy = readPolicy(text('quorum both'))
  if (policy.kind === 'wrong') throw new Error(policy.because)
  const cosigners = policy.policy.witnesses.map(({ verifier }) => ({ verifier, seconds }))
  expect(meetsQuorum(policy.policy, cosigners.slice(0, 1))).toBe(false)
  expect(meetsQuorum(policy.policy, cosigners.slice(0, 2))).toBe(true)
})
