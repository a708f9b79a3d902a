import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { HoldReason } from '../hold-reason.ts'
import { inspectOutput } from '../inspect-batch.ts'
import { GateInputError } from '../keys.ts'
import { digestOf } from '../manifest.ts'
import { copyBatch, exists, leavePrivateFolder, makePrivateFolder, removeFolder, syncFolder } from '../private-copy.ts'
import { dataFolder } from '../release-folder.ts'
import type { BatchFile } from '../release.ts'
import type { Inspection, ReleaseRequest } from '../request.ts'
import { judgeTransforms, treatedOf } from './judge-transforms.ts'
import { mustKeepPseudonyms } from './transform-files.ts'
import type { TransformBy } from './transform-files.ts'
import type { ColumnDone } from './transform-rows.ts'

/* A recipe tried or carried out by itself, without permit and release: what a handler does while a recipe is being written. */

export interface TreatedBatch {
  readonly reasons: readonly HoldReason[]
  /** What came of each file; as it was where something is amiss. */
  readonly files: readonly BatchFile[]
  readonly columns: readonly ColumnDone[]
  readonly before: Inspection['evidence']
  readonly after: Inspection['evidence']
}

/**
 * Treats a private copy of a batch and looks at what came of it; with `to`, a new folder, that is put there by one
 * rename, unless anything is amiss.
 *
 * @throws GateInputError `gate.target-exists`, `gate.escrow-needed`
 */
export async function treatBatch(
  path: string,
  by: TransformBy,
  { inspect, to, work }: Pick<ReleaseRequest, 'inspect'> & { readonly to?: string; readonly work: string },
): Promise<TreatedBatch> {
  if (to !== undefined) mustKeepPseudonyms(by)
  if (to !== undefined && (await exists(to))) throw new GateInputError('gate.target-exists', { path: to })
  const privateRoot = to === undefined ? work : join(dirname(resolve(to)), `.${basename(to)}.tongguan`)
  await mkdir(privateRoot, { recursive: true, mode: 0o700 })
  const folder = await makePrivateFolder(privateRoot)
  try {
    const copied = await copyBatch(resolve(path), folder)
    const came = { files: copied, digest: digestOf(copied), source: path, into: privateRoot, folder, capsule: null }
    const { batch, inspection } = await inspectOutput({ inspect, transform: by, into: to ?? work }, came)
    const transformed = inspection.transformed ?? null
    const treated = treatedOf(transformed, inspection.evidence)
    const reasons = judgeTransforms({ ...treated, items: [], recipient: by.recipe.recipient })
    if (reasons.length === 0 && to !== undefined) {
      await rename(join(folder, dataFolder), to)
      await syncFolder(dirname(resolve(to)))
    }
    return {
      reasons,
      files: batch.files,
      columns: transformed?.columns ?? [],
      before: transformed?.before ?? inspection.evidence,
      after: inspection.evidence,
    }
  } finally {
    await removeFolder(folder)
    leavePrivateFolder(folder)
    if (to !== undefined) await removeFolder(privateRoot)
  }
}
