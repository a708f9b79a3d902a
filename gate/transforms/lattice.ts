/*
 * Full-domain generalisation: each column at one level of its hierarchy for all rows. The levels of all columns make a
 * lattice; going up in one column makes classes larger and loses more, never less of either. So what is k-anonymous at one
 * place is so above it, what is not is not below it, and what loses as much as the best one found is not worth a look.
 * Searched by paths (Flash: Kohlmayer, Prasser and others, 2012), one question to the data a place that is looked at.
 */

/** Levels in the order of the columns, each from 0 (as it is). */
export type Levels = readonly number[]

export interface FoundLevels {
  readonly levels: Levels
  readonly loss: number
  /** Places of the lattice, and of them those the data were asked about. */
  readonly places: number
  readonly asked: number
}

/** What is known of a place: nothing, that it falls short, or that it and all above need not be asked. */
const [unknown, short, done] = [0, 1, 2]

/**
 * The place that loses least among those where `isAnonymous` holds; undefined where it holds nowhere.
 *
 * @param lossAt For each column what it loses at each of its levels, growing.
 */
export async function searchLattice(
  lossAt: readonly (readonly number[])[],
  isAnonymous: (levels: Levels) => Promise<boolean>,
): Promise<FoundLevels | undefined> {
  const heights = lossAt.map((column) => column.length)
  const strides = heights.map((_, at) => heights.slice(at + 1).reduce((product, height) => product * height, 1))
  const places = heights.reduce((product, height) => product * height, 1)
  const state = new Uint8Array(places)
  const levelsOf = (place: number) => strides.map((stride, at) => Math.floor(place / stride) % (heights[at] ?? 1))
  const lossOf = (place: number) => levelsOf(place).reduce((sum, level, at) => sum + (lossAt[at]?.[level] ?? 0), 0)
  const losses = Float64Array.from({ length: places }, (_, place) => lossOf(place))
  const lossAtPlace = (place: number) => losses[place] ?? Number.POSITIVE_INFINITY
  const above = (place: number) =>
    levelsOf(place).flatMap((level, at) => (level + 1 < (heights[at] ?? 1) ? [place + (strides[at] ?? 0)] : []))
  const below = (place: number) =>
    levelsOf(place).flatMap((level, at) => (level > 0 ? [place - (strides[at] ?? 0)] : []))
  const tag = (from: number, as: number, next: (place: number) => readonly number[]) => {
    const open = [from]
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (state[place] !== unknown) continue
      state[place] = as
      open.push(...next(place))
    }
  }
  let asked = 0
  let best: { readonly place: number; readonly loss: number } | undefined
  const look = async (place: number): Promise<boolean> => {
    asked += 1
    const isDone = await isAnonymous(levelsOf(place))
    if (isDone && (best === undefined || lossAtPlace(place) < best.loss)) best = { place, loss: lossAtPlace(place) }
    tag(place, isDone ? done : short, isDone ? above : below)
    return isDone
  }
  const isOpen = (place: number) => {
    // Losing as much as the best there is: whatever the data say, it is not the answer, nor is anything above it.
    if (state[place] === unknown && best !== undefined && lossAtPlace(place) >= best.loss) tag(place, done, above)
    return state[place] === unknown
  }
  const byLoss = Array.from({ length: places }, (_, place) => place).sort((a, b) => lossAtPlace(a) - lossAtPlace(b))
  for (const start of byLoss) {
    if (!isOpen(start)) continue
    const path = [start]
    for (let next: number | undefined = start; next !== undefined;) {
      next = above(next)
        .filter(isOpen)
        .sort((a, b) => lossAtPlace(a) - lossAtPlace(b))[0]
      if (next !== undefined) path.push(next)
    }
    let [low, high] = [0, path.length - 1]
    while (low <= high) {
      const middle = Math.floor((low + high) / 2)
      const place = path[middle] ?? start
      const isDone = isOpen(place) ? await look(place) : state[place] === done
      if (isDone) high = middle - 1
      else low = middle + 1
    }
  }
  return best === undefined ? undefined : { levels: levelsOf(best.place), loss: best.loss, places, asked }
}

/**
 * What a column loses at each level: the bits needed to say, of every row, which of the values that became one it was
 * (non-uniform entropy). `sizes` are the rows of each value, `valueAt` the value that a value becomes at a level.
 */
export function entropyLoss(sizes: readonly number[], valueAt: readonly (readonly number[])[]): readonly number[] {
  return valueAt.map((becomes) => {
    const together = new Map<number, number>()
    for (const [value, rows] of sizes.entries()) {
      const group = becomes[value] ?? 0
      together.set(group, (together.get(group) ?? 0) + rows)
    }
    return sizes.reduce((bits, rows, value) => {
      const all = together.get(becomes[value] ?? 0) ?? rows
      return rows === 0 ? bits : bits + rows * Math.log2(all / rows)
    }, 0)
  })
}
