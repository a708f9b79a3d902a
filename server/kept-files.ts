import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sync } from './database-durability.ts'

/** Files by their SHA-256, each once: `files/ab/abcd…`. What is there is whole, and never changes. */
export class KeptFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Keeps these bytes, durably when it returns, and answers with their SHA-256. */
  async keep(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const path = this.#path(sha256)
    if (existsSync(path)) return sha256
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const half = `${path}.${randomUUID()}.tmp`
    const file = await open(half, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(half, path)
    sync(dirname(path))
    return sha256
  }

  /** Takes over a file that lies whole and durable in the same file system, and answers with its SHA-256; read once, as a stream. */
  async adopt(file: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array)
    const sha256 = hash.digest('hex')
    const path = this.#path(sha256)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    // Of one SHA-256 both are the same bytes.
    await rename(file, path)
    sync(dirname(path))
    return sha256
  }

  has(sha256: string): boolean {
    return existsSync(this.#path(sha256))
  }

  /** The bytes; throws when they are not here or are no longer those of this SHA-256. */
  async read(sha256: string): Promise<Buffer> {
    const bytes = await readFile(this.#path(sha256))
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found !== sha256) throw new Error(`kept file ${sha256} was changed on disk: its bytes are now ${found}`)
    return bytes
  }

  #path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is not a SHA-256`)
    return join(this.#folder, sha256.slice(0, 2), sha256)
  }
}
