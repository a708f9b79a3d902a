import { generateKey, loadKey, saveKey, trustedKey } from '@tongguan/gate'
import type { GateKey, TrustedKey } from '@tongguan/gate'
import type { LegalDate } from '@tongguan/law'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gateKeyOf, readTrustFile, writeTrustFile } from './data-folder.ts'
import type { DataFolder } from './data-folder.ts'
import { InputError } from './errors.ts'

/*
 * A key in daily use: it is replaced when it is old or lost (what it signed stays good), and revoked when somebody else
 * may have it (nothing it ever signed is believed any more). Either is said in the trust file, which those who verify
 * have to be given anew.
 */

/**
 * Makes a new gate key and says of the old one that this was its last day. The old private key stays beside the new one
 * as `gate.KEYID.pem`. A run that was killed is finished by the next.
 */
export async function rotateGateKey(
  data: DataFolder,
  on: LegalDate,
): Promise<{ readonly before: string; readonly key: GateKey; readonly kept: string }> {
  const next = join(dirname(data.gateKey), 'gate.next.pem')
  if (!existsSync(data.gateKey) && existsSync(next)) return finish(data, next)
  const before = gateKeyOf(data)
  const known = (await readTrustFile(data.trust)).keys.find(({ keyId }) => keyId === before.keyId)
  if (known === undefined) {
    throw new InputError('key.not-trusted', {
      zh: `信任文件 ${data.trust} 里没有闸口现用的密钥 ${before.keyId}，无法说明它的最后一天。`,
      en: `The trust file ${data.trust} does not name the gate's key ${before.keyId}; its last day cannot be said there.`,
    })
  }
  if (!existsSync(next)) saveKey(next, generateKey(known.algorithm))
  const key = loadKey(next)
  const fresh = { ...trustedKey(key, known), validFrom: on }
  await changeTrust(data.trust, (keys) => [
    ...keys.map((one) => (one.keyId === before.keyId ? { ...one, validUntil: one.validUntil ?? on } : one)),
    ...(keys.some(({ keyId }) => keyId === key.keyId) ? [] : [fresh]),
  ])
  await rename(data.gateKey, keptAs(data, before.keyId))
  return finish(data, next)
}

async function finish(data: DataFolder, next: string) {
  await rename(next, data.gateKey)
  const key = loadKey(data.gateKey)
  // The one whose last day was said last.
  const [before] = (await readTrustFile(data.trust)).keys
    .filter(({ roles, validUntil }) => roles.includes('gate') && validUntil !== undefined)
    .sort((a, b) => ((a.validUntil ?? '') < (b.validUntil ?? '') ? 1 : -1))
  if (before === undefined) throw new Error('the trust file lost the key that was replaced')
  return { before: before.keyId, key, kept: keptAs(data, before.keyId) }
}

/**
 * Says in a trust file that a key is revoked from a day on. Throws InputError where the file does not name it; the
 * earliest day stands.
 */
export async function revokeTrustedKey(trust: string, keyId: string, on: LegalDate): Promise<TrustedKey> {
  const found = (await readTrustFile(trust)).keys.filter((key) => keyId.length >= 8 && key.keyId.startsWith(keyId))
  const [key, ...more] = found
  if (key === undefined || more.length > 0) {
    throw new InputError('key.not-found', {
      zh: `信任文件 ${trust} 里没有（唯一的）密钥 ${keyId}；请写出 keyId 的至少前 8 位，见 npx tongguan trust show。`,
      en: `${trust} names no (single) key ${keyId}; give at least the first 8 characters of its id, see npx tongguan trust show.`,
    })
  }
  const revoked = { ...key, revokedOn: key.revokedOn !== undefined && key.revokedOn < on ? key.revokedOn : on }
  await changeTrust(trust, (keys) => keys.map((one) => (one.keyId === key.keyId ? revoked : one)))
  return revoked
}

async function changeTrust(
  path: string,
  change: (keys: readonly TrustedKey[]) => readonly TrustedKey[],
): Promise<void> {
  const trust = await readTrustFile(path)
  await writeTrustFile(path, { ...trust, keys: change(trust.keys) })
}

function keptAs(data: DataFolder, keyId: string): string {
  return join(dirname(data.gateKey), `gate.${keyId.slice(0, 16)}.pem`)
}
