import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InputError } from './errors.ts'

export interface CountingKey {
  readonly key: Uint8Array
  /** The calendar year (Asia/Shanghai) whose persons are counted under it; the ledger takes a new key each 1 January. */
  readonly epoch: string
}

const keyBytes = 32

/** The key persons are counted under, from a file of 32 bytes; made on first use, readable by its owner only. */
export async function countingKey(path: string, epoch: string): Promise<CountingKey> {
  const key = (await read(path)) ?? (await create(path))
  if (key.length !== keyBytes) {
    throw new InputError('key.wrong-size', {
      zh: `计数密钥 ${path} 应为 ${keyBytes} 字节，实为 ${key.length} 字节。请换用正确的文件。`,
      en: `The counting key ${path} must be ${keyBytes} bytes, it is ${key.length}. Name the right file.`,
    })
  }
  return { key, epoch }
}

/** A key for one look that nothing is compared with afterwards. */
export function passingKey(epoch: string): CountingKey {
  return { key: randomBytes(keyBytes), epoch }
}

async function read(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function create(path: string): Promise<Uint8Array> {
  const key = randomBytes(keyBytes)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(key)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}
