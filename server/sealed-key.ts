import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { countingRootId } from '@tongguan/gate'
import { combine, split } from 'shamir-secret-sharing'
import { z } from 'zod'
import { InputError } from './errors.ts'

/*
 *   root ─ AES-256-GCM under a random key ─▶ box;  that key ─ Shamir, two of n ─▶ a share a person, each ─ scrypt of
 *   their passphrase, AES-256-GCM ─▶ the sealed file
 *
 * Nobody opens the file alone, and a share alone says nothing. Shamir's scheme does not notice a wrong share; the boxes do.
 */

const text = z.string().min(1)

export const SealedKeySchema = z.object({
  schema: z.literal('tongguan/sealed-key/1'),
  /** Names the root; says nothing of it. */
  root: text,
  scrypt: z.object({
    N: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
  }),
  holders: z.array(z.object({ salt: text, box: text })).min(2),
  box: text,
})
export type SealedKey = z.infer<typeof SealedKeySchema>

export const KeyShareSchema = z.object({
  schema: z.literal('tongguan/key-share/1'),
  root: text,
  number: z.int().min(1),
  need: z.int().min(2),
  of: z.int().min(2),
  share: text,
})
export type KeyShare = z.infer<typeof KeyShareSchema>

/** Seals a root so that any two of these passphrases open it. @throws InputError `key.passphrases-unfit` */
export async function sealRoot(root: Uint8Array, passphrases: readonly string[]): Promise<SealedKey> {
  const isShort = passphrases.some((one) => [...one].length < shortest)
  if (passphrases.length < 2 || new Set(passphrases).size < passphrases.length || isShort) {
    throw new InputError('key.passphrases-unfit', {
      zh: `需要至少两人各自的口令，互不相同，每个不少于 ${shortest} 个字符（--passphrase 文件，每人一次）。`,
      en: `At least two persons' passphrases are needed, each its own and of at least ${shortest} characters (--passphrase FILE, once a person).`,
    })
  }
  const key = randomBytes(32)
  const shares = await split(new Uint8Array(key), passphrases.length, 2)
  const holders = await Promise.all(
    passphrases.map(async (passphrase, at) => {
      const salt = randomBytes(16)
      const share = shares[at]
      if (share === undefined) throw new Error('fewer shares than persons')
      return { salt: salt.toString('base64'), box: shut(share, await stretched(passphrase, salt, cost)) }
    }),
  )
  return { schema: 'tongguan/sealed-key/1', root: countingRootId(root), scrypt: cost, holders, box: shut(root, key) }
}

/** Opens a sealed root. @throws InputError `key.passphrases-wrong`, `key.sealed-file-broken` */
export async function openRoot(sealed: SealedKey, passphrases: readonly string[]): Promise<Buffer> {
  const shares = new Map<number, Uint8Array>()
  for (const passphrase of new Set(passphrases)) {
    for (const [at, { salt, box }] of sealed.holders.entries()) {
      const share = opened(box, await stretched(passphrase, Buffer.from(salt, 'base64'), sealed.scrypt))
      if (share !== undefined) shares.set(at, new Uint8Array(share))
    }
  }
  if (shares.size < 2) {
    throw new InputError('key.passphrases-wrong', {
      zh: `需要两人的口令，相符的有 ${shares.size} 个。`,
      en: `The passphrases of two persons are needed; ${shares.size} of those given fit.`,
    })
  }
  const root = opened(sealed.box, Buffer.from(await combine([...shares.values()])))
  if (root !== undefined && countingRootId(root) === sealed.root) return root
  throw new InputError('key.sealed-file-broken', {
    zh: '口令相符，但密封文件已损坏或被改动。请用备份，或用托管份额恢复（keys unseal --share）。',
    en: 'The passphrases fit, but the sealed file is damaged or was changed. Use a copy of it, or the escrow shares (keys unseal --share).',
  })
}

/** Splits a root into shares, any `need` of which give it back. @throws InputError `key.escrow-unfit` */
export async function escrowRoot(root: Uint8Array, { need, of }: Pick<KeyShare, 'need' | 'of'>): Promise<KeyShare[]> {
  if (!Number.isInteger(need) || !Number.isInteger(of) || need < 2 || of < need || of > 255) {
    throw new InputError('key.escrow-unfit', {
      zh: '--need 至少为 2，--of 不小于 --need，不大于 255。例如 --need 3 --of 5。',
      en: '--need is at least 2 and --of from --need to 255. For example --need 3 --of 5.',
    })
  }
  const shares = await split(new Uint8Array(root), of, need)
  const about = { schema: 'tongguan/key-share/1', root: countingRootId(root), need, of } as const
  return shares.map((share, at) => ({ ...about, number: at + 1, share: Buffer.from(share).toString('base64') }))
}

/** The root from its shares. @throws InputError `key.shares-unfit` where they are too few, of two roots, or changed */
export async function rootFromShares(shares: readonly KeyShare[]): Promise<Buffer> {
  const [first] = shares
  const distinct = new Map(shares.map((share) => [share.number, share]))
  if (first !== undefined && distinct.size >= first.need && shares.every(({ root }) => root === first.root)) {
    const parts = [...distinct.values()].map(({ share }) => new Uint8Array(Buffer.from(share, 'base64')))
    const isWhole =
      parts.every(({ length }) => length === shareBytes) && new Set(parts.map((p) => p.at(-1))).size === parts.length
    const root = isWhole ? Buffer.from(await combine(parts)) : undefined
    if (root !== undefined && countingRootId(root) === first.root) return root
  }
  throw new InputError('key.shares-unfit', {
    zh: `份额不足、不属于同一把根密钥，或已损坏：有 ${distinct.size} 份，需要 ${first?.need ?? 2} 份。`,
    en: `The shares are too few, of different roots, or damaged: there are ${distinct.size}, ${first?.need ?? 2} are needed.`,
  })
}

const shortest = 12
/** Of a root of 32 bytes; the last one is the share's place on the curve. */
const shareBytes = 33
const nonceBytes = 12
const tagBytes = 16
// 128 MiB and some tenths of a second a passphrase: OWASP's recommendation for scrypt.
const cost = { N: 2 ** 17, r: 8, p: 1 }

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

function stretched(passphrase: string, salt: Uint8Array, { N, r, p }: SealedKey['scrypt']): Promise<Buffer> {
  return derive(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r })
}

function shut(secret: Uint8Array, key: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const box = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), box]).toString('base64')
}

/** Undefined where the key is another, or the box was changed. */
function opened(box: string, key: Buffer): Buffer | undefined {
  const bytes = Buffer.from(box, 'base64')
  if (bytes.length < nonceBytes + tagBytes) return undefined
  const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  opener.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  const secret = opener.update(bytes.subarray(nonceBytes + tagBytes))
  try {
    return Buffer.concat([secret, opener.final()])
  } catch {
    return undefined
  }
}
