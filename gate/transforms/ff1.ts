import { createCipheriv } from 'node:crypto'

/**
 * FF1 of NIST SP 800-38G: a permutation of the numerals of `length` digits in a radix, under an AES key of 16 or 32
 * bytes, with the empty tweak. Digits come and go most significant first.
 */
export function ff1(key: Uint8Array, { radix, length }: { readonly radix: number; readonly length: number }) {
  const u = Math.floor(length / 2)
  const v = length - u
  const b = Math.ceil(Math.ceil(v * Math.log2(radix)) / 8)
  const d = 4 * Math.ceil(b / 4) + 4
  const moduli = [BigInt(radix) ** BigInt(u), BigInt(radix) ** BigInt(v)] as const
  const first = Buffer.from([
    1,
    2,
    1,
    radix >> 16,
    (radix >> 8) & 255,
    radix & 255,
    10,
    u & 255,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
  first.writeUInt32BE(length, 8)
  // One block at a time without padding: each call stands for itself, so one cipher serves them all.
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
  const aes = (block: Buffer): Buffer => cipher.update(block)
  const start = aes(first)
  const zeros = (16 - ((b + 1) % 16)) % 16

  const round = (number: bigint, at: number): bigint => {
    const q = Buffer.alloc(zeros + 1 + b)
    q[zeros] = at
    for (let rest = number, to = q.length - 1; to > zeros; to--, rest >>= 8n) q[to] = Number(rest & 255n)
    let r = start
    for (let from = 0; from < q.length; from += 16) r = aes(xor(q.subarray(from, from + 16), r))
    let s = r
    for (let more = 1n; s.length < d; more++) s = Buffer.concat([s, aes(xor(r, blockOf(more)))])
    return BigInt(`0x${s.toString('hex', 0, d)}`)
  }

  return {
    /** @throws RangeError where there are not `length` digits below the radix */
    encrypt(digits: readonly number[]): number[] {
      if (digits.length !== length || digits.some((digit) => !(0 <= digit && digit < radix))) {
        throw new RangeError(`FF1 needs ${length} digits below ${radix}`)
      }
      let [left, right] = [numberOf(digits.slice(0, u), radix), numberOf(digits.slice(u), radix)]
      for (let at = 0; at < 10; at++) {
        const mixed = (left + round(right, at)) % moduli[at % 2 === 0 ? 0 : 1]
        left = right
        right = mixed
      }
      return [...digitsOf(left, radix, u), ...digitsOf(right, radix, v)]
    },
  }
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)))
}

function blockOf(number: bigint): Buffer {
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(number, 8)
  return block
}

function numberOf(digits: readonly number[], radix: number): bigint {
  return digits.reduce((sum, digit) => sum * BigInt(radix) + BigInt(digit), 0n)
}

function digitsOf(number: bigint, radix: number, length: number): number[] {
  const digits: number[] = Array.from({ length }, () => 0)
  for (let at = length - 1, rest = number; at >= 0; at--, rest /= BigInt(radix))
    digits[at] = Number(rest % BigInt(radix))
  return digits
}

/** A permutation of the whole numbers below `size` (at most 2 ** 53), by walking FF1's cycles until one lies within. */
export function permutation(key: Uint8Array, size: number): (number: number) => number {
  const length = 4
  const radix = Math.ceil(size ** (1 / length))
  const cipher = ff1(key, { radix, length })
  return (number) => {
    if (!Number.isSafeInteger(number) || number < 0 || size <= number)
      throw new RangeError(`${number} is not below ${size}`)
    for (let digits = digitsOf(BigInt(number), radix, length); ;) {
      digits = cipher.encrypt(digits)
      const found = Number(numberOf(digits, radix))
      if (found < size) return found
    }
  }
}
