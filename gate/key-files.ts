import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { GateInputError, gateKey, isCode } from './keys.ts'
import type { GateKey } from './keys.ts'
import { sm2Scalar } from './sm2.ts'

/* Private keys as files. */

/**
 * Writes the private key as PKCS #8 PEM, readable by its owner only, and never over an existing file.
 *
 * @throws GateInputError `gate.key-file-exists`
 */
export function saveKey(path: string, key: GateKey): void {
  const file = openNew(path)
  try {
    writeSync(file, key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Reads a key written by `saveKey`. A key file others may read or write is no longer a secret and is refused.
 *
 * @throws GateInputError `gate.key-file-unreadable`
 */
export function loadKey(path: string): GateKey {
  const pem = readSecret(path)
  let privateKey: KeyObject
  try {
    privateKey = createPrivateKey(pem)
  } catch {
    throw new GateInputError('gate.key-file-unreadable', { path, because: 'not a private key in PEM' })
  }
  if (privateKey.asymmetricKeyType !== 'ed25519' && sm2Scalar(privateKey) === undefined) {
    throw new GateInputError('gate.key-file-unreadable', { path, because: 'neither an Ed25519 nor an SM2 key' })
  }
  return gateKey(privateKey)
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    if (isCode(error, 'EEXIST')) throw new GateInputError('gate.key-file-exists', { path })
    throw error
  }
}

function readSecret(path: string): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EACCES') || isCode(error, 'EISDIR')) {
      throw new GateInputError('gate.key-file-unreadable', {
        path,
        because: 'there is no such file, or it may not be read',
      })
    }
    throw error
  }
  try {
    const { mode } = fstatSync(file)
    if ((mode & 0o077) !== 0) {
      throw new GateInputError('gate.key-file-unreadable', { path, because: 'others may read it; run chmod 600' })
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
