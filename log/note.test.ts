import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { aSigner } from './makers.ts'
import {
  cosignNote,
  noteVerifier,
  readNote,
  readVerifierKey,
  signNote,
  verifyNote,
  writeNote,
  writeVerifierKey,
} from './note.ts'

const log = aSigner('log.example/hospital', 'log')
const witness = aSigner('witness.example', 'witness')
const text = 'first line\n\nan empty line is part of the text\n'
const note = writeNote({ text, signatures: [signNote(text, log), cosignNote(text, witness, 1_800_000_000)] })

test('a note that was written is read back and both signatures hold', () => {
  const read = readNote(Buffer.from(note))
  expect(read?.text).toBe(text)
  const verified = read && verifyNote(read, [log.verifier, witness.verifier])
  expect(verified).toEqual({
    kind: 'verified',
    signers: [
      { verifier: log.verifier, seconds: null },
      { verifier: witness.verifier, seconds: 1_800_000_000 },
    ],
  })
})

test('a flipped bit in any byte is an unreadable note, an unknown signer or a forgery, never a second valid note', () => {
  const bytes = Buffer.from(note)
  for (let at = 0; at < bytes.byteLength; at++) {
    for (const bit of [1, 32]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ bit
      const read = readNote(changed)
      const verified = read && verifyNote(read, [log.verifier, witness.verifier])
      // At least one of the two signatures is lost; which one depends on the line that was changed.
      expect(verified?.kind === 'verified' ? verified.signers.length : 0).toBeLessThan(2)
    }
  }
})

test('signatures of unknown keys are passed over; a known key’s wrong one spoils the note', () => {
  const stranger = aSigner('stranger', 'log')
  const mixed = { text, signatures: [signNote(text, stranger), signNote(text, log)] }
  expect(verifyNote(mixed, [log.verifier])).toMatchObject({ kind: 'verified', signers: [{ verifier: log.verifier }] })
  const forged = { text, signatures: [signNote('other\n', log)] }
  expect(verifyNote(forged, [log.verifier])).toEqual({ kind: 'forged', name: log.verifier.name })
})

test('the same signature twice is one signer', () => {
  const line = signNote(text, log)
  expect(verifyNote({ text, signatures: [line, line] }, [log.verifier])).toMatchObject({ signers: [{}] })
})

test('a key under the log’s name but of the other kind is another key', () => {
  const asWitness = noteVerifier(log.verifier.name, 'witness', log.verifier.publicKey)
  expect(asWitness.keyId).not.toBe(log.verifier.keyId)
  expect(verifyNote({ text, signatures: [signNote(text, log)] }, [asWitness])).toEqual({
    kind: 'verified',
    signers: [],
  })
})

test('a verifier key is one line and comes back as itself', () => {
  for (const { verifier } of [log, witness]) {
    const line = writeVerifierKey(verifier)
    const read = readVerifierKey(line)
    expect(read).toMatchObject({ name: verifier.name, kind: verifier.kind, keyId: verifier.keyId })
    expect(read?.publicKey.equals(verifier.publicKey)).toBe(true)
    expect(readVerifierKey(line.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeUndefined()
    expect(readVerifierKey(`${line}=`)).toBeUndefined()
  }
})

test.for([
  ['no signature', 'text\n'],
  ['no empty line', `text\n— a ${Buffer.alloc(12).toString('base64')}\n`],
  ['a carriage return', note.replace('\n', '\r\n')],
  ['a control character', note.replace('first', 'fir\u0001st')],
  ['no newline at the end', note.slice(0, -1)],
  ['a signature in another spelling', note.replace(/\n$/, '=\n')],
  ['a hyphen for the dash', note.replace('—', '-')],
])('%s is no note', ([, broken]) => {
  expect(readNote(Buffer.from(broken ?? ''))).toBeUndefined()
})

test('bytes that are not UTF-8 are no note', () => {
  expect(readNote(Buffer.concat([Buffer.from([0xff]), Buffer.from(note)]))).toBeUndefined()
})

test('only an Ed25519 key under a proper name verifies', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  expect(() => noteVerifier('a', 'log', rsa)).toThrow(RangeError)
  for (const name of ['', 'a b', 'a+b', 'a\u3000b']) {
    expect(() => noteVerifier(name, 'log', log.verifier.publicKey)).toThrow(RangeError)
  }
})
