import { bindHandler, openPermit, releaseBatch } from '@tongguan/gate'
import type { ReleaseRequest, ReleaseResult } from '@tongguan/gate'
import { inspect, openEngine } from '@tongguan/scan'
import type { CountingKey } from '../counting-key.ts'
import type { ScanProgress } from './look-at-data.ts'
import { softwareVersion } from '../version.ts'

/**
 * Holds a batch against a permit and releases it or not. The gate is handed `inspect` and calls it on its own private
 * copy, so that the bytes that were checked are the bytes that leave.
 */
export async function releaseWithInspection(
  request: Omit<ReleaseRequest, 'inspect' | 'softwareVersion'> & {
    readonly counting: CountingKey
    readonly progress?: (progress: ScanProgress) => void
  },
): Promise<ReleaseResult> {
  const { counting, progress, ...release } = request
  const { permit } = openPermit(release.permit, release.trust, { pilot: release.pilot === true })
  await bindHandler(release.db, permit.handler.creditCode)
  const engine = await openEngine()
  try {
    return await releaseBatch({
      ...release,
      softwareVersion,
      inspect: (folder) =>
        inspect(engine, folder, {
          on: request.on,
          key: counting.key,
          keyEpoch: counting.epoch,
          keepNames: true,
          ...(progress === undefined ? {} : { progress }),
        }),
    })
  } finally {
    await engine.close()
  }
}
export type { ReleaseResult } from '@tongguan/gate'
export { openPermit as checkPermit, signPermit } from '@tongguan/gate'
export type { PermitFile, SignedPermit } from '@tongguan/gate'
