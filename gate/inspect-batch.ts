import { join } from 'node:path'
import { rebuildFiles } from './rebuild.ts'
import { namingTarget } from './receive.ts'
import type { PrivateBatch } from './receive.ts'
import type { BatchFile, RebuiltFile } from './release.ts'
import { dataFolder } from './release-folder.ts'
import type { Asking, Inspection } from './request.ts'
import { transformFiles } from './transforms/transform-files.ts'

/**
 * Has the private copy looked at. In strict mode it is then written anew and looked at once more: what the decision rests
 * on is what was found in the bytes that would leave, and both readings must agree (`rebuilt` in release.ts). A recipe's
 * treatments take the same way. What would leave is then read once more by a second reader (second-reading.ts).
 */
export async function inspectBatch(
  request: Pick<Asking, 'inspect' | 'readAgain' | 'rebuild' | 'transform' | 'into'>,
  batch: PrivateBatch,
): Promise<Inspected> {
  const inspected = await inspectOutput(request, batch)
  const { evidence } = inspected.inspection
  const secondReading = await request.readAgain(join(batch.folder, dataFolder), evidence)
  return { ...inspected, inspection: { ...inspected.inspection, secondReading } }
}

interface Inspected {
  readonly batch: PrivateBatch
  readonly inspection: Inspection
}

/** The same without a second reader: for a look that releases nothing. */
export async function inspectOutput(
  { inspect, rebuild, transform, into }: Pick<Asking, 'inspect' | 'rebuild' | 'transform' | 'into'>,
  batch: PrivateBatch,
): Promise<Inspected> {
  const copy = join(batch.folder, dataFolder)
  const first = await inspect(copy)
  if (transform !== undefined) {
    const { files, ...done } = await namingTarget(into, () =>
      transformFiles(batch.folder, batch.files, { evidence: first.evidence, by: transform }),
    )
    const { evidence } = done.rebuilt.every(({ failed }) => failed === undefined) ? await inspect(copy) : first
    // Whom the batch is about was counted before: no treatment takes anybody out.
    const inspection = {
      ...first,
      evidence,
      transformed: { ...done, recipient: transform.recipe.recipient, before: first.evidence },
    }
    return { batch: { ...batch, files: withInput(files, done.rebuilt) }, inspection }
  }
  if (rebuild !== true) return { batch, inspection: first }
  const { files, rebuilt } = await namingTarget(into, () => rebuildFiles(batch.folder, batch.files, first.evidence))
  const isWhole = rebuilt.every(({ failed }) => failed === undefined)
  const second = isWhole ? await inspect(copy) : first
  const inspection = { ...second, rebuilt: { files: rebuilt, before: first.evidence } }
  return { batch: { ...batch, files: withInput(files, rebuilt) }, inspection }
}

function withInput(files: readonly BatchFile[], rebuilt: readonly RebuiltFile[]): PrivateBatch['files'] {
  return files.map((file) => {
    const input = rebuilt.find(({ name }) => name === file.name)?.input
    return { ...file, ...(input === undefined ? {} : { input }) }
  })
}
