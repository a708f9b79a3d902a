/** A stream of pseudo-random numbers: the same seed and name give the same numbers on every machine. Not for secrets. */
export interface Random {
  /** Evenly from [0, 1). */
  readonly next: () => number
  /** A whole number, `low` and `high` included. */
  readonly integer: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** Normally distributed around 0 with deviation 1 (the sum of twelve even draws, which no rounding of `Math.log` moves). */
  readonly normal: () => number
}

/**
 * One stream for each seed, topic and number, so that a change in the laboratory lists leaves the names as they were.
 * The generator is sfc32 (Chris Doty-Humphrey's small fast counter generator, 128 bits of state).
 */
export function randomFor(seed: number, topic: string, number = 0): Random {
  const next = sfc32(seed, hash(topic), number)
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    normal: () => {
      let sum = -6
      for (let draw = 0; draw < 12; draw++) sum += next()
      return sum
    },
  }
}

/** The element at this place; a place outside the list is a mistake in the generator, and thrown. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index]
  if (element === undefined) throw new RangeError(`the list has ${list.length} elements; there is none at ${index}`)
  return element
}

function sfc32(first: number, second: number, third: number): () => number {
  let a = first | 0
  let b = second | 0
  let c = third | 0
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  // Neighbouring seeds differ in few bits; a dozen rounds spread them over the whole state.
  for (let round = 0; round < 12; round++) next()
  return next
}

// FNV-1a, 32 bits.
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}
