import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Decrypter, Encrypter } from 'age-encryption'
import { GateInputError } from '../keys.ts'
import { syncFolder } from '../private-copy.ts'
import type { EscrowEntry } from './cells.ts'

/*
 * The table that leads from a pseudonym back to its person. It stays in China, apart from the data: an age file (v1,
 * scrypt) that only the second custodian's passphrase opens, one line of JSON a code. Who holds the transform key can make
 * codes of values he has; only the custodian can turn a code into a value.
 */

export interface EscrowTo {
  /** Each batch has a table of its own in it; a batch that is asked for again, another. */
  readonly folder: string
  /** The second custodian's. */
  readonly passphrase: string
}

export interface Escrow {
  readonly add: (entry: EscrowEntry) => void
  /** Awaited now and then, so that lines do not pile up in memory. */
  readonly settle: () => Promise<void>
  /** The table is on disk, whole. */
  readonly close: () => Promise<void>
  /** Removes what is not closed. */
  readonly abandon: () => Promise<void>
}

// Codes seen lately are not written again; what falls out of the table may be, and does no harm. 2 ** 18 codes a table.
const remembered = 2 ** 18

/** @throws GateInputError `gate.escrow-passphrase-short` */
export async function openEscrow({ folder, passphrase }: EscrowTo): Promise<Escrow> {
  if ([...passphrase].length < shortestPassphrase) {
    throw new GateInputError('gate.escrow-passphrase-short', { characters: shortestPassphrase })
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `pseudonyms-${randomUUID()}.age`)
  const part = `${path}.part`
  const file = await open(part, 'wx', 0o600)
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase.normalize('NFKC'))
  const lines = new TransformStream<Uint8Array, Uint8Array>()
  const writer = lines.writable.getWriter()
  const sealed = await encrypter.encrypt(lines.readable)
  const written = (async () => {
    for await (const chunk of sealed) await file.writeFile(chunk)
    await file.sync()
  })()
  const lately: (string | undefined)[] = Array.from({ length: remembered })
  let [waiting, isClosed] = ['', false]
  const settle = async () => {
    if (waiting === '') return
    const text = Buffer.from(waiting)
    waiting = ''
    await Promise.race([writer.write(text), written])
  }
  return {
    add({ as, code, value }) {
      const seen = `${as}\0${code}`
      const at = slotOf(seen)
      if (lately[at] === seen) return
      lately[at] = seen
      waiting += `${JSON.stringify({ as, code, value })}\n`
    },
    settle,
    async close() {
      await settle()
      await writer.close()
      await written
      await file.close()
      await rename(part, path)
      await syncFolder(folder)
      isClosed = true
    },
    async abandon() {
      if (isClosed) return
      await writer.abort().catch(() => undefined)
      await written.catch(() => undefined)
      await file.close()
      await rm(part, { force: true })
    },
  }
}

const shortestPassphrase = 12

function slotOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0) % remembered
}

/**
 * What codes stand for, by the custodian's passphrase; a code the table does not hold is left out.
 *
 * @throws GateInputError `gate.escrow-not-opened` where the passphrase is another, or the file was changed
 */
export async function lookUpCodes(
  { folder, passphrase }: EscrowTo,
  codes: readonly string[],
): Promise<readonly EscrowEntry[]> {
  const found = new Map<string, EscrowEntry>()
  const names = (await readdir(folder)).filter((name) => name.endsWith('.age')).sort()
  for (const name of names) {
    await lookUpIn(join(folder, name), passphrase, (entry) => {
      if (codes.includes(entry.code)) found.set(`${entry.as}\0${entry.code}`, entry)
    })
  }
  return [...found.values()]
}

async function lookUpIn(path: string, passphrase: string, take: (entry: EscrowEntry) => void): Promise<void> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase.normalize('NFKC'))
  const file = await open(path, 'r')
  try {
    const plain = await opened(path, () => decrypter.decrypt(file.readableWebStream() as ReadableStream<Uint8Array>))
    const decoder = new TextDecoder()
    const reader = plain.getReader()
    for (let rest = ''; ;) {
      const read = await opened(path, () => reader.read())
      if (read.done) return
      const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        take(JSON.parse(line) as EscrowEntry)
      }
    }
  } finally {
    await file.close()
  }
}

// age answers a wrong passphrase and a changed file with an Error of its own; there is nothing else to ask it.
async function opened<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    throw new GateInputError('gate.escrow-not-opened', { path })
  }
}
