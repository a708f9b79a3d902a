import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import type { Words } from '@tongguan/law'

export const passwordLength = { least: 12, most: 256 } as const

/**
 * Why a new password is not good enough; undefined where it is. Besides the length it is held against a list of
 * passwords that leaked elsewhere, and against what the person is called; offline (docs/decisions/0004).
 */
export function weakPassword(password: string, about: readonly string[]): Words | undefined {
  if ([...password].length < passwordLength.least) {
    return {
      zh: `密码至少 ${passwordLength.least} 个字符。`,
      en: `A password has at least ${passwordLength.least} characters.`,
    }
  }
  // The estimator's own work grows with the length; what is that long is judged by its beginning.
  const { score } = guesser().check(password.slice(0, 64), [...about])
  if (score >= 3) return undefined
  return {
    zh: '这个密码在已泄露的密码之列，或者很容易猜到。请换一个，例如四五个互不相干的词。',
    en: 'This password is among those that have leaked, or is easily guessed. Choose another, such as four or five unrelated words.',
  }
}

// Its word lists take a moment to unpack; nobody needs them before a password is chosen.
let made: ZxcvbnFactory | undefined
function guesser(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return made
}

const cost = { log2N: 15, r: 8, p: 3 } as const

/** OWASP's cost of 2025: 32 MB and three passes; written beside the hash, so that it can grow. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { log2N, r, p } = cost
  const hash = await derive(password, salt, cost)
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/**
 * Whether the password is the one hashed. Where there is none (no such account) a hash of the same cost is made all the
 * same: the time of an answer does not say who has an account.
 */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = (stored ?? nobody).split('$')
  const expected = Buffer.from(hash, 'base64url')
  const given = await derive(password, Buffer.from(salt, 'base64url'), {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
  })
  return timingSafeEqual(given, expected) && stored !== null
}

const nobody = ['scrypt', cost.log2N, cost.r, cost.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$')

const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt)

function derive(
  password: string,
  salt: Buffer,
  { log2N, r, p }: { readonly log2N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const N = 2 ** log2N
  return scryptAsync(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r })
}
