import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** How many bytes, and their SHA-256 (hex). */
export interface Digest {
  readonly bytes: number
  readonly sha256: string
}

/** Writes these chunks to a new file only its owner may read, durably when it returns. */
export async function writeDigesting(path: string, chunks: AsyncIterable<Uint8Array>): Promise<Digest> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

export function copyDigesting(from: string, to: string): Promise<Digest> {
  return writeDigesting(to, createReadStream(from) as AsyncIterable<Uint8Array>)
}

export async function digestOf(path: string): Promise<Digest> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
