import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '@tongguan/law'
import type { Engine } from '../../scan/engine.ts'
import { aRegister, someOptions } from '../../scan/makers.ts'
import { scan } from '../../scan/scan.ts'
import { random } from '../law/points.ts'
import { memoryFolder } from '../memory-folder.ts'
import { givenFiles } from './given-files.ts'
import { mutated } from './mutations.ts'
import { scannedFiles } from './scanned-files.ts'

export interface WrongFile {
  readonly found: string
  readonly file: { readonly seed: number; readonly name: string; readonly base64?: string }
}

interface Trial {
  readonly seed: number
  readonly count: number
  /** How long a file may take. */
  readonly longestMs: number
}

const filesInAFolder = 25
/** So much of a file is shown where something is wrong with it; its seed gives all of it. */
const shownBytes = 4000

/**
 * So many broken files, scanned some at a time beside a good one: each is in the evidence, an error makes the scan
 * incomplete, the good one is read as ever, and nothing is left where it should not be.
 */
export async function tryScanned(engine: Engine, { seed, count, longestMs }: Trial): Promise<readonly WrongFile[]> {
  const seeds = await scannedFiles(engine)
  const below = random(seed)
  const wrong: WrongFile[] = []
  for (let done = 0; done < count; done += filesInAFolder) {
    const files = Array.from({ length: Math.min(filesInAFolder, count - done) }, (_, at) => {
      const { name, bytes } = seeds[below(seeds.length)] ?? { name: 'none', bytes: new Uint8Array() }
      return {
        name: `${at}-${name}`,
        bytes: mutated(
          bytes,
          seeds.map((one) => one.bytes),
          below,
        ),
      }
    })
    const found = await scanTogether(engine, files)
    // Which of them it is, each by itself tells.
    if (found.ms > longestMs || found.wrong !== undefined) {
      const before = wrong.length
      for (const file of files) {
        const alone = await scanTogether(engine, [file])
        const what = alone.wrong ?? (alone.ms > longestMs ? `took ${Math.round(alone.ms)} ms` : undefined)
        if (what !== undefined) wrong.push({ found: what, file: shown(seed, file) })
      }
      if (wrong.length === before && found.wrong !== undefined)
        wrong.push({ found: `together: ${found.wrong}`, file: { seed, name: files.map(({ name }) => name).join() } })
    }
  }
  return wrong
}

interface Broken {
  readonly name: string
  readonly bytes: Uint8Array
}

async function scanTogether(engine: Engine, files: readonly Broken[]) {
  const folder = mkdtempSync(join(memoryFolder(), 'tongguan-files-'))
  const place = join(folder, 'in')
  mkdirSync(place)
  try {
    writeFileSync(join(place, 'good.csv'), aRegister(5).join('\n'))
    for (const { name, bytes } of files) writeFileSync(join(place, name), bytes)
    const began = performance.now()
    const wrong = await scan(engine, [place], { ...someOptions, keepNames: true }).then(
      (evidence) => wrongIn(evidence, files),
      (error: unknown) => `scan threw ${error instanceof Error ? error.stack : String(error)}`,
    )
    const outside = readdirSync(folder).filter((name) => name !== 'in')
    return {
      wrong: wrong ?? (outside.length > 0 ? `left ${outside.join()} outside` : undefined),
      ms: performance.now() - began,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function wrongIn(evidence: Evidence, files: readonly Broken[]): string | undefined {
  const good = evidence.files.find(({ path }) => path === 'good.csv')
  if (good?.rows !== 5 || good.error !== null)
    return `the good file: ${JSON.stringify(good?.error)}, ${good?.rows} rows`
  const missing = files.filter(
    ({ name }) => !evidence.files.some(({ path }) => path === name || path.startsWith(`${name}/`)),
  )
  if (missing.length > 0) return `not in the evidence: ${missing.map(({ name }) => name).join()}`
  return evidence.files.some(({ error }) => error !== null) && evidence.scanned.complete
    ? 'an error, and yet complete'
    : undefined
}

/** So many broken files to those who read what is handed in: read, or refused with a code and words in both languages. */
export async function tryGiven({ seed, count, longestMs }: Trial): Promise<readonly WrongFile[]> {
  const seeds = await givenFiles()
  const below = random(seed)
  const wrong: WrongFile[] = []
  for (let at = 0; at < count; at++) {
    const given = seeds[at % seeds.length]
    if (given === undefined) break
    const bytes = mutated(
      given.bytes,
      seeds.map((one) => one.bytes),
      below,
    )
    const began = performance.now()
    const failure = await failureOf(() => given.read(bytes))
    const ms = performance.now() - began
    const what = failure ?? (ms > longestMs ? `took ${Math.round(ms)} ms` : undefined)
    if (what !== undefined) wrong.push({ found: what, file: shown(seed, { name: given.name, bytes }) })
  }
  return wrong
}

async function failureOf(read: () => unknown): Promise<string | undefined> {
  try {
    await read()
    return undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'words' in error) return undefined
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

function shown(seed: number, { name, bytes }: Broken): WrongFile['file'] {
  return { seed, name, ...(bytes.length <= shownBytes ? { base64: Buffer.from(bytes).toString('base64') } : {}) }
}
