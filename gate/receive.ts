import { mkdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { GateInputError } from './keys.ts'
import { mustTakeMore, onOneFilesystem, systemCode } from './private-copy.ts'
import type { StatedFile } from './manifest.ts'
import type { Asking } from './request.ts'

/* The first step: a place to release into, and a private copy of the batch there, hashed as it is written. */

/** A batch in its private folder. */
export interface PrivateBatch {
  /** Of the files as they came; what the same batch name is recognised by. */
  readonly digest: string
  readonly files: readonly Pick<StatedFile, 'name' | 'bytes' | 'sha256' | 'input' | 'sealed'>[]
  /** Of a sealed batch: its one-time key, encrypted to the recipient; base64. */
  readonly capsule: string | null
  readonly source: string
  readonly into: string
  readonly folder: string
}

export interface Place {
  readonly into: string
  readonly privateRoot: string
}

/** Where batches for `into` lie while they are checked, unless told otherwise. */
export function privateRootOf(into: string): string {
  const folder = resolve(into)
  return join(dirname(folder), `.${basename(folder)}.tongguan`)
}

// The name becomes a folder's: no separators, nothing hidden, nothing a terminal or another system would read otherwise.
export function checkName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,99}$/u.test(name) && !name.endsWith('.')) return
  const batch = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '?').slice(0, 100)
  throw new GateInputError('gate.batch-name-unusable', { batch })
}

export async function openPlace(request: Asking): Promise<Place> {
  return namingTarget(request.into, async () => {
    await mkdir(request.into, { recursive: true })
    const into = await realpath(request.into)
    await mustTakeMore(into)
    const wanted = resolve(request.privateRoot ?? privateRootOf(into))
    await mkdir(wanted, { recursive: true, mode: 0o700 })
    const privateRoot = await realpath(wanted)
    await mustTakeMore(privateRoot)
    if (await onOneFilesystem(into, privateRoot)) return { into, privateRoot }
    throw new GateInputError('gate.target-on-other-filesystem', {
      path: request.into,
      inside: join(request.into, 'releases'),
    })
  })
}

/**
 * What the file system says against the target or its private folder becomes a refusal that names the target as the
 * caller wrote it: nobody chose the private folder. For what happens before the decision only.
 */
export async function namingTarget<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const because = systemCode(error)
    if (because === undefined) throw error
    throw new GateInputError('gate.target-not-writable', { path, because })
  }
}
