import { addCosignatures, publishLeaves, witnessesNeeded } from '@tongguan/log'
import type { CosignaturesAdded, LeavesPublished, LogPlace } from '@tongguan/log'
import { GateInputError } from '@tongguan/gate'
import type { Kysely } from 'kysely'
import { readTrustFile, writeTrustFile } from '../data-folder.ts'
import { InputError } from '../errors.ts'
import { logPolicyText, readLogPolicy } from './log-policy.ts'

/**
 * Takes in the cosignatures under a checkpoint a witness gave back, and shows the checkpoint once enough have come.
 *
 * @throws InputError `log.cosignatures-of-another-checkpoint`
 * @throws GateInputError `gate.log-rolled-back`
 */
export async function takeCosignatures<Tables>(
  db: Kysely<Tables>,
  place: LogPlace,
  cosigned: Uint8Array,
): Promise<{
  readonly added: Extract<CosignaturesAdded, { kind: 'added' }>
  readonly published: Exclude<LeavesPublished, { kind: 'stopped' }>
}> {
  const added = await addCosignatures(db, place, cosigned)
  if (added.kind === 'other-checkpoint') {
    throw new InputError('log.cosignatures-of-another-checkpoint', {
      zh: '该文件不是正在等待联署的检查点。请让见证方联署日志文件夹中的 checkpoint.pending。',
      en: "The file is not the checkpoint that waits for cosignatures. Have the witness cosign the log folder's checkpoint.pending.",
    })
  }
  const published = await publishLeaves(db, place)
  if (published.kind !== 'stopped') return { added, published }
  const { database, signed } = published
  throw new GateInputError('gate.log-rolled-back', { database, signed })
}

/**
 * States in a trust file that this many of its witnesses must cosign a checkpoint; 0 asks for none.
 *
 * @param addresses where witnesses are asked, by the names of their keys
 * @throws InputError `trust.quorum-not-possible`
 */
export async function setQuorum(
  path: string,
  quorum: number,
  addresses: ReadonlyMap<string, string>,
): Promise<{ readonly policy: string; readonly needed: number }> {
  const trust = await readTrustFile(path)
  const text = logPolicyText(trust, quorum, addresses)
  const read = readLogPolicy({ ...trust, logPolicy: text })
  if (read.kind === 'wrong' || !Number.isSafeInteger(quorum) || quorum < 0) {
    const known = trust.keys.filter(({ roles, revokedOn }) => roles.includes('witness') && revokedOn === undefined)
    throw new InputError('trust.quorum-not-possible', {
      zh: `信任文件有${known.length}个见证方密钥，法定数应为 0 至 ${known.length}：${read.kind === 'wrong' ? read.because : quorum}`,
      en: `The trust file names ${known.length} witnesses; the quorum is 0 to ${known.length}: ${read.kind === 'wrong' ? read.because : quorum}`,
    })
  }
  await writeTrustFile(path, { ...trust, logPolicy: text })
  return { policy: text, needed: witnessesNeeded(read.policy) }
}
