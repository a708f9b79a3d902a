import type { PopulationUniqueness } from '@tongguan/law'

/** Class size → how many classes have it. */
export type SizeHistogram = ReadonlyMap<number, number>

/**
 * Which share of the population's rows is alone in it, from the sizes of a sample's equivalence classes alone:
 *
 * - Pitman: maximum likelihood of the two-parameter sampling formula (Hoshino 2001);
 * - Zayatz: the sample's class sizes stand for the population's (Zayatz 1991, U.S. Bureau of the Census);
 * - the rule of Dankar, El Emam, Neisa and Roffey (2012, BMC Medical Informatics and Decision Making 12:66): Pitman up to a
 *   sampling fraction of 10 %, above it the lower of Zayatz and the slide negative binomial. The latter is not computed
 *   here: above 10 % the answer is Zayatz's, which is never below the rule's.
 *
 * @param samplingFraction rows of the sample over rows of the population, above 0 and at most 1
 */
export function populationUniqueness(sizes: SizeHistogram, samplingFraction: number): PopulationUniqueness {
  if (!(samplingFraction > 0 && samplingFraction <= 1))
    throw new RangeError('a sampling fraction is above 0, at most 1')
  const zayatz = zayatzEstimate(sizes, samplingFraction)
  const pitman = samplingFraction < 1 ? pitmanEstimate(sizes, samplingFraction) : null
  const estimate = { samplingFraction, pitman, zayatz }
  if (samplingFraction === 1) return { ...estimate, share: zayatz, model: 'counted' }
  if (samplingFraction <= 0.1 && pitman !== null) return { ...estimate, share: pitman, model: 'pitman' }
  return { ...estimate, share: zayatz, model: 'zayatz' }
}

/**
 * The expected 1/F of a row whose class has `size` rows in the sample and F, unknown, in the population (Benedetti and
 * Franconi 1998, as sdcMicro computes it: exact for one and two rows, approximate above).
 */
export function individualRisk(size: number, samplingFraction: number): number {
  const p = samplingFraction
  const q = 1 - p
  if (q === 0) return 1 / size
  if (size === 1) return (p / q) * -Math.log(p)
  if (size === 2) {
    // Nearly the whole population: the difference below would keep few digits, its series keeps all.
    if (q < 1e-3) return p * (1 / 2 + q / 6 + (q * q) / 12 + q ** 3 / 20)
    return (p / (q * q)) * (p * Math.log(p) + q)
  }
  return p / (size - q)
}

function zayatzEstimate(sizes: SizeHistogram, fraction: number): number {
  const alone = sizes.get(1) ?? 0
  if (alone === 0) return 0
  const { rows } = sumsOf(sizes)
  let oneOfThem = 0
  for (const [size, classes] of sizes) oneOfThem += classes * oneDrawn(size, rows, rows / fraction)
  return (alone / oneOfThem) * (alone / rows)
}

/** How likely it is to draw exactly one of `size` rows, as a multiple of that of drawing a single one (hypergeometric). */
function oneDrawn(size: number, drawn: number, population: number): number {
  let odds = size
  for (let at = 0; at < size - 1 && odds > 0; at++) odds *= Math.max(0, population - drawn - at) / (population - 1 - at)
  return odds
}

/** Null where the likelihood has no maximum within the model (alpha between 0 and 1, theta above -alpha). */
function pitmanEstimate(sizes: SizeHistogram, fraction: number): number | null {
  if (!sizes.has(1)) return 0
  const { rows, classes } = sumsOf(sizes)
  // The sums over 1/(theta + i alpha), 1/(theta + i) and 1/(j - alpha) of the score, in closed form.
  const sumOverClasses = (theta: number, alpha: number) =>
    (digamma(classes + theta / alpha) - digamma(1 + theta / alpha)) / alpha
  const scoreOfTheta = (theta: number, alpha: number) =>
    sumOverClasses(theta, alpha) - (digamma(rows + theta) - digamma(1 + theta))
  const scoreOfAlpha = (theta: number, alpha: number) => {
    let within = 0
    for (const [size, count] of sizes) within += count * (digamma(size - alpha) - digamma(1 - alpha))
    return (classes - 1 - theta * sumOverClasses(theta, alpha)) / alpha - within
  }
  const bestTheta = (alpha: number): number => {
    const found = root((x) => scoreOfTheta(Math.exp(x) - alpha, alpha), Math.log(1e-9), Math.log(1e15))
    return found === undefined ? NaN : Math.exp(found) - alpha
  }
  const alpha = root((x) => scoreOfAlpha(bestTheta(x), x), 0.001, 0.999)
  if (alpha === undefined) return null
  const theta = bestTheta(alpha)
  const population = rows / fraction
  const share = Math.exp(lnGamma(theta + 1) - lnGamma(theta + alpha) + (alpha - 1) * Math.log(population))
  return share >= 0 && share <= 1 ? share : null
}

function sumsOf(sizes: SizeHistogram): { readonly rows: number; readonly classes: number } {
  let rows = 0
  let classes = 0
  for (const [size, count] of sizes) {
    rows += size * count
    classes += count
  }
  return { rows, classes }
}

/** Where the function changes its sign, by halving; undefined where it does not between these two. */
function root(f: (x: number) => number, from: number, to: number): number | undefined {
  const first = f(from)
  if (!(first * f(to) < 0)) return undefined
  for (let halvings = 0; halvings < 100; halvings++) {
    const middle = (from + to) / 2
    if (middle === from || middle === to) break
    if (f(middle) * first > 0) from = middle
    else to = middle
  }
  return (from + to) / 2
}

/** The asymptotic series (Abramowitz and Stegun 6.3.18), after the recurrence has taken x to where it is exact enough. */
function digamma(x: number): number {
  let below = 0
  for (; x < 10; x++) below -= 1 / x
  const y = 1 / (x * x)
  return below + Math.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))))
}

/** Stirling's series (Abramowitz and Stegun 6.1.41). */
function lnGamma(x: number): number {
  let below = 0
  for (; x < 10; x++) below -= Math.log(x)
  const y = 1 / (x * x)
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x
  return below + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}
