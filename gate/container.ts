import { createHash, hkdfSync } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bech32 } from '@scure/base'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { GateKey } from './keys.ts'
import { syncFolders } from './private-copy.ts'
import { dataFolder, sealedName } from './release-folder.ts'
import type { BatchFile } from './release.ts'

/*
 * The sealed container: "ciphertext first, key last" in the age format (age-encryption.org/v1, X25519 and 64 KiB chunks of
 * ChaCha20-Poly1305), so that the recipient can open it with the stock `age` program alone:
 *
 *   each file    ─ encrypted to ─▶ the batch's one-time key                     sealed/NAME.age    goes out first
 *   one-time key ─ encrypted to ─▶ the recipient's key, from the trust file     key.age            goes out last
 *
 * Once a batch is sealed only the recipient can read the capsule, so neither the database nor whoever moves the container
 * can decrypt it.
 */

/** An age identity (`AGE-SECRET-KEY-1…`) and its public half (`age1…`). */
export interface AgeKey {
  readonly identity: string
  readonly recipient: string
}

export interface Digested {
  readonly bytes: number
  readonly sha256: string
}

/** The one-time key of a batch. */
export async function batchKey(): Promise<AgeKey> {
  return ageKey(await generateX25519Identity())
}

/**
 * The age key that belongs to a recipient's signing key: HKDF-SHA-256 of its secret, so that one file opens containers and
 * signs receipts.
 */
export function recipientKey({ privateKey }: GateKey): Promise<AgeKey> {
  const { d = '' } = privateKey.export({ format: 'jwk' })
  const secret = hkdfSync('sha256', Buffer.from(d, 'base64url'), '', 'tongguan/recipient-age-identity/1', 32)
  return ageKey(bech32.encodeFromBytes('AGE-SECRET-KEY-', new Uint8Array(secret)).toUpperCase())
}

async function ageKey(identity: string): Promise<AgeKey> {
  return { identity, recipient: await identityToRecipient(identity) }
}

/**
 * Encrypts each file of a private folder's `data` into its `sealed`, and syncs it. What is encrypted is hashed on the way:
 * bytes that are not the ones copied and inspected are not sealed.
 */
export async function sealFiles(
  folder: string,
  files: readonly BatchFile[],
  recipient: string,
): Promise<readonly (BatchFile & { readonly sealed: Digested })[]> {
  const sealed = []
  for (const file of files) {
    const to = join(folder, sealedName(file.name))
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const { plain, cipher } = await encryptFile(join(folder, dataFolder, file.name), to, recipient)
    if (plain.sha256 !== file.sha256) throw new Error(`${file.name} changed between its inspection and its sealing`)
    sealed.push({ ...file, sealed: cipher })
  }
  await syncFolders(folder)
  return sealed
}

/** The batch's one-time identity, readable by the recipient alone. */
export function makeCapsule(identity: string, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(`${identity}\n`)
}

/** The one-time identity in a capsule; undefined where it is not for this key, or damaged. */
export async function openCapsule(capsule: Uint8Array, identity: string): Promise<string | undefined> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  try {
    return (await decrypter.decrypt(capsule, 'text')).trim()
  } catch {
    return undefined
  }
}

/**
 * Decrypts one file, chunk by chunk, and hashes what comes out; a changed byte stops it at its chunk. Undefined where the
 * container does not open under this identity.
 */
export async function decryptFile(
  from: string,
  identity: string,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<Digested | undefined> {
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(identity)
  } catch {
    return undefined
  }
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const plain = digesting()
    let chunks: ReadableStream<Uint8Array>
    try {
      chunks = await decrypter.decrypt(source.readableWebStream() as ReadableStream<Uint8Array>)
    } catch {
      return undefined
    }
    const reader = chunks.getReader()
    for (;;) {
      const read = await reader.read().catch(() => undefined)
      if (read === undefined) return undefined
      if (read.done) return plain.digest()
      plain.update(read.value)
      await take(read.value)
    }
  } finally {
    await source.close()
  }
}

async function encryptFile(
  from: string,
  to: string,
  recipient: string,
): Promise<{ readonly plain: Digested; readonly cipher: Digested }> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const [plain, cipher] = [digesting(), digesting()]
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const noting = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          plain.update(chunk)
          controller.enqueue(chunk)
        },
      })
      const read = (source.readableWebStream() as ReadableStream<Uint8Array>).pipeThrough(noting)
      for await (const chunk of await encrypter.encrypt(read)) {
        cipher.update(chunk)
        await target.writeFile(chunk)
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  return { plain: plain.digest(), cipher: cipher.digest() }
}

function digesting(): { update(chunk: Uint8Array): void; digest(): Digested } {
  const sha256 = createHash('sha256')
  let bytes = 0
  return {
    update(chunk) {
      sha256.update(chunk)
      bytes += chunk.length
    },
    digest: () => ({ bytes, sha256: sha256.digest('hex') }),
  }
}
