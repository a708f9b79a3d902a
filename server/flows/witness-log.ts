import { hash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { GateKey, Trust } from '@tongguan/gate'
import {
  decideCosignature,
  logFolder,
  noteSigner,
  openCheckpoint,
  pendingFile,
  proveConsistency,
  rememberHead,
  signedLast,
  subtreesOf,
  writeWitnessRequest,
} from '@tongguan/log'
import type { WitnessCode } from '@tongguan/log'
import { InputError } from '../errors.ts'
import { tryLock } from '../database-lock.ts'
import { noteName, policyOfTrust } from './log-policy.ts'

/**
 * Cosigns a log's newest checkpoint as a witness: only what grew out of the one it cosigned last, which it keeps in a
 * folder of its own, durably, before the signature is given away. One process at a time per folder.
 *
 * @throws InputError `log.not-a-witness` where the trust file does not give this key that role
 */
export async function witnessLog(
  folder: string,
  by: { readonly trust: Trust; readonly key: GateKey; readonly memory: string; readonly seconds: number },
): Promise<Witnessed> {
  const { trust, key, memory, seconds } = by
  const known = trust.keys.find(({ keyId, roles }) => keyId === key.keyId && roles.includes('witness'))
  if (known === undefined) {
    throw new InputError('log.not-a-witness', {
      zh: '信任文件没有给这个密钥 witness 角色。用 npx tongguan keys create --role witness 生成一个。',
      en: 'The trust file does not give this key the role witness. Make one with npx tongguan keys create --role witness.',
    })
  }
  await mkdir(memory, { recursive: true, mode: 0o700 })
  const unlock = tryLock(join(memory, '.lock'))
  if (unlock === undefined) {
    throw new InputError('log.witness-busy', {
      zh: `另一个进程正以 ${memory} 见证，请稍后再试。`,
      en: `Another process is witnessing with ${memory}; try again later.`,
    })
  }
  try {
    const { logs } = policyOfTrust(trust)
    const read = logFolder(folder)
    // What waits for cosignatures is newer than what is shown.
    const bytes = (await read(pendingFile)) ?? (await read('checkpoint'))
    const opened = bytes === undefined ? undefined : openCheckpoint(bytes, logs)
    if (bytes === undefined || opened?.kind !== 'opened') {
      return { kind: 'refused', code: opened?.kind === 'wrong' ? opened.code : 'log.checkpoint-unreadable' }
    }
    const { origin, size } = opened.checkpoint
    const place = join(memory, `${hash('sha256', origin).slice(0, 32)}.json`)
    const last = await signedLast(place)
    const from = last?.size ?? 0
    if (size < from) return { kind: 'refused', code: 'log.rolled-back', kept: from, shown: size }
    const proof = await proveConsistency(subtreesOf(read, size), from, size)
    const text = Buffer.from(bytes).toString('utf8')
    const answer = decideCosignature(writeWitnessRequest(from, proof, text), {
      logOf: () => ({ keys: logs, last }),
      signer: noteSigner(noteName(known.name), 'witness', key.privateKey),
      seconds,
    })
    if (answer.kind === 'refused') return { kind: 'refused', code: answer.code, kept: from, shown: size }
    await rememberHead(place, answer.checkpoint)
    return { kind: 'cosigned', origin, size, from, checkpoint: text + answer.line }
  } finally {
    unlock()
  }
}

export type Witnessed =
  | {
      readonly kind: 'cosigned'
      readonly origin: string
      readonly size: number
      /** The size cosigned before. */
      readonly from: number
      /** The checkpoint with this witness's signature under it. */
      readonly checkpoint: string
    }
  | {
      readonly kind: 'refused'
      readonly code: WitnessCode | 'log.rolled-back'
      /** The sizes this witness cosigned last, and was shown now. */
      readonly kept?: number
      readonly shown?: number
    }

export { pendingFile, witnessWords } from '@tongguan/log'
