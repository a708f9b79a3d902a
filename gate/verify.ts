import { compareFolder } from './compare-folder.ts'
import { readEnvelopeFile } from './envelope-file.ts'
import type { Trust } from './keys.ts'
import { openingOf } from './open-release.ts'
import { report, verifyContents } from './verify-contents.ts'
import type { VerifyOptions, VerifyReport } from './verify-contents.ts'

/**
 * The overseas recipient's check of a release folder: offline, from the bytes and the trust file alone. Checks that rest
 * on one that failed are reported as not run; only when every check passed is the release valid.
 *
 * The trust file travels out of band; no key is ever taken from the folder.
 */
export async function verifyRelease(folder: string, trust: Trust, options: VerifyOptions): Promise<VerifyReport> {
  const file = await readEnvelopeFile(folder)
  if (file.kind === 'wrong') return report([{ id: 'envelope', problems: [file.problem] }])
  return verifyContents(file.bytes, trust, options, {
    compare: (stated) => compareFolder(folder, stated),
    open: (of) => openingOf(folder, { ...of, trust, options }),
  })
}
