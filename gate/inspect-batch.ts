import { join } from 'node:path'
import { rebuildFiles } from './rebuild.ts'
import { namingTarget } from './receive.ts'
import type { PrivateBatch } from './receive.ts'
import { dataFolder } from './release-folder.ts'
import type { Asking, Inspection } from './request.ts'

/**
 * Has the private copy looked at. In strict mode it is then written anew and looked at once more: what the decision rests
 * on is what was found in the bytes that would leave, and both readings must agree (`rebuilt` in release.ts).
 */
export async function inspectBatch(
  { inspect, rebuild, into }: Pick<Asking, 'inspect' | 'rebuild' | 'into'>,
  batch: PrivateBatch,
): Promise<{ readonly batch: PrivateBatch; readonly inspection: Inspection }> {
  const copy = join(batch.folder, dataFolder)
  const first = await inspect(copy)
  if (rebuild !== true) return { batch, inspection: first }
  const { files, rebuilt } = await namingTarget(into, () => rebuildFiles(batch.folder, batch.files, first.evidence))
  const isWhole = rebuilt.every(({ failed }) => failed === undefined)
  const second = isWhole ? await inspect(copy) : first
  const inspection = { ...second, rebuilt: { files: rebuilt, before: first.evidence } }
  const stated = files.map((file) => {
    const input = rebuilt.find(({ name }) => name === file.name)?.input
    return { ...file, ...(input === undefined ? {} : { input }) }
  })
  return { batch: { ...batch, files: stated }, inspection }
}
