import {
  generateKey,
  loadKey,
  readEnvelope,
  readTrust,
  recipientKey,
  saveKey,
  trustedKey,
  writeTrust,
} from '@tongguan/gate'
import type { Algorithm, Envelope, GateKey, Trust, TrustedKey } from '@tongguan/gate'
import { noteSigner } from '@tongguan/log'
import type { LogPlace, NoteSigner } from '@tongguan/log'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { countingKey } from './counting-key.ts'
import type { CountingKey } from './counting-key.ts'
import { InputError } from './errors.ts'
import { fetchRevocations } from './fetch-revocations.ts'
import { policyOfTrust, readLogPolicy } from './flows/log-policy.ts'
import { refusePilotIn } from './installation-file.ts'
import { postToWitness } from './post-to-witness.ts'

/** Where an installation keeps its database, keys and trust file: `.tongguan/data` here unless told otherwise. */
export interface DataFolder {
  readonly folder: string
  readonly database: string
  readonly trust: string
  readonly gateKey: string
  /** Where the log is published, for anybody to read. */
  readonly log: string
  readonly logKey: string
  /** What the log's signer signed last; kept apart from the database, so that an older one put back is noticed. */
  readonly logMemory: string
  /** The authority's newest revocation list, where one was fetched. */
  readonly revocations: string
  /** Lists of the law an office has loaded. */
  readonly lists: string
  /** The register of consents the gate consults, where one is kept here. */
  readonly consents: string
  /** Documents and evidence by their SHA-256. */
  readonly files: string
  /** The settings of single sign-on, where an operator wrote some. */
  readonly singleSignOn: string
  /** What encrypts the second factors kept in the database. */
  readonly sessionSecret: string
  /** The root of the counting keys while it can be used: a file, or a link to one in memory. */
  readonly countingRoot: string
  /** The same root, sealed by two persons. */
  readonly sealedRoot: string
  /**
   * The root persons are counted under, made on first use unless a sealed one waits to be opened; `year` is the year they
   * are counted in. The keys of the ledger's sets are encrypted under it.
   */
  countingKey(year: string): Promise<CountingKey>
}

export function dataFolder(path: string | undefined): DataFolder {
  const folder = resolve(path ?? join('.tongguan', 'data'))
  const keys = join(folder, 'keys')
  return {
    folder,
    database: join(folder, 'database'),
    trust: join(folder, 'trust.json'),
    gateKey: join(keys, 'gate.pem'),
    log: join(folder, 'log'),
    logKey: join(keys, 'log.pem'),
    logMemory: join(keys, 'log-signed.json'),
    revocations: join(folder, 'revocations.json'),
    lists: join(folder, 'lists'),
    consents: join(folder, 'consents.ndjson'),
    files: join(folder, 'files'),
    singleSignOn: join(folder, 'single-sign-on.json'),
    sessionSecret: join(keys, 'session.secret'),
    countingRoot: join(keys, 'counting.key'),
    sealedRoot: join(keys, 'counting.sealed.json'),
    countingKey(year) {
      if (existsSync(this.sealedRoot) && !existsSync(this.countingRoot)) throw rootIsSealed(this.sealedRoot)
      return countingKey(this.countingRoot, year)
    },
  }
}

function rootIsSealed(path: string): InputError {
  return new InputError('key.sealed', {
    zh: `计数根密钥已密封（${path}）。请两人运行 npx tongguan keys unseal --passphrase 文件 --passphrase 文件`,
    en: `The root of the counting keys is sealed (${path}). Two persons open it: npx tongguan keys unseal --passphrase FILE --passphrase FILE`,
  })
}

/** The private key in a file, as `keys create` wrote it. */
export { algorithmOf, loadKey as readKeyFile } from '@tongguan/gate'
export type { Algorithm, GateKey } from '@tongguan/gate'

/** Makes the gate's signing key and adds it to the trust file. Refuses to replace a key. */
export async function createGateKey(
  data: DataFolder,
  { simulated, algorithm }: { readonly simulated: boolean; readonly algorithm?: Algorithm },
): Promise<GateKey> {
  const name = simulated ? '模拟闸口密钥 · simulated gate key' : 'gate'
  return createKeyFile(data.gateKey, data.trust, { name, roles: ['gate'], simulated }, algorithm)
}

/**
 * The key that signs this installation's log, made on first use and added to its trust file. Its name there is the log's
 * origin, which the key's own digest makes unlike any other's.
 */
export async function logSignerOf(
  data: DataFolder,
  { simulated }: { readonly simulated: boolean },
): Promise<NoteSigner> {
  const isNew = !existsSync(data.logKey)
  const key = isNew ? generateKey() : loadKey(data.logKey)
  const name = `${simulated ? 'simulated.' : ''}log.tongguan/${key.keyId.slice(0, 16)}`
  // First into the trust file: a key nobody was told of must not have signed anything.
  await addTrustedKey(data.trust, trustedKey(key, { name, roles: ['log'], simulated }))
  if (isNew) {
    await mkdir(dirname(data.logKey), { recursive: true, mode: 0o700 })
    saveKey(data.logKey, key)
  }
  return noteSigner(name, 'log', key.privateKey)
}

/** Where this installation's log is published, with its signer and the witnesses of its trust file. */
export async function logPlaceOf(data: DataFolder, how: { readonly simulated: boolean }): Promise<LogPlace> {
  const signer = await logSignerOf(data, how)
  const policy = policyOfTrust(await readTrustFile(data.trust))
  return { folder: data.log, signer, memory: data.logMemory, witnesses: { policy, post: postToWitness } }
}

/** The two generated keys a pilot signs its intents with, made on first use and added to the trust file as simulated. */
export async function pilotApproversOf(data: DataFolder): Promise<readonly GateKey[]> {
  const made: GateKey[] = []
  for (const number of [1, 2]) {
    const path = join(dirname(data.gateKey), `pilot-approver-${number}.pem`)
    const name = `模拟批准人 ${number} · simulated approver ${number}`
    if (!existsSync(path)) await createKeyFile(path, data.trust, { name, roles: ['approver'], simulated: true })
    made.push(loadKey(path))
  }
  return made
}

/** Makes a key, writes it to a new file and names it in a trust file. */
export async function createKeyFile(
  path: string,
  trustFile: string,
  about: Pick<TrustedKey, 'name' | 'roles' | 'simulated'>,
  algorithm: Algorithm = 'ed25519',
): Promise<GateKey> {
  if (about.simulated) refusePilotIn(dirname(trustFile))
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const key = generateKey(algorithm)
  saveKey(path, key)
  // Containers are sealed to a recipient's key; the same file opens them.
  const sealing = about.roles.includes('recipient') ? { age: (await recipientKey(key)).recipient } : {}
  await addTrustedKey(trustFile, { ...trustedKey(key, about), ...sealing })
  return key
}

/** The keys of the installation's own trust file and of another one named beside it; the named file's word goes first. */
export async function trustOf(data: DataFolder, named: string | undefined): Promise<Trust> {
  const first = await readTrustFile(named ?? data.trust)
  if (named === undefined || !existsSync(data.trust)) return first
  const own = (await readTrustFile(data.trust)).keys
  const keys = [...first.keys, ...own.filter(({ keyId }) => !first.keys.some((key) => key.keyId === keyId))]
  return { schema: first.schema, keys }
}

/** Whether the gate's own key is a simulated one, as the trust file says. */
export async function isSimulated(data: DataFolder, key: GateKey): Promise<boolean> {
  const known = (await readTrustFile(data.trust)).keys.find(({ keyId }) => keyId === key.keyId)
  return known?.simulated ?? false
}

/** A simulated authority for a pilot: its key, in a folder of its own, and added to the handler's trust file. */
export async function createSimulatedAuthority(folder: string, trustFile: string): Promise<GateKey> {
  const name = '模拟主管部门密钥，无法律效力 · simulated authority key, without legal effect'
  return createKeyFile(join(folder, 'authority.pem'), trustFile, { name, roles: ['authority'], simulated: true })
}

/** A receipt as the recipient's `verify --receipt` wrote it. */
export async function readReceiptFile(path: string): Promise<Envelope> {
  const read = existsSync(path) ? readEnvelope(await readFile(path, 'utf8')) : undefined
  if (read?.kind === 'envelope') return read.envelope
  throw new InputError('gate.receipt-unreadable', {
    zh: `${path} 不是回执文件。请使用接收方 verify --receipt 写出的文件。`,
    en: `${path} is not the file of a receipt. Use the one the recipient's verify --receipt wrote.`,
  })
}

/**
 * The authority's revocation list at a path or an address; undefined where there is none at the path.
 *
 * @throws InputError `gate.revocations-unusable`, `gate.revocations-not-fetched`
 */
export async function readRevocationsAt(
  place: string,
): Promise<{ readonly list: Envelope; readonly fetched: boolean } | undefined> {
  const fetched = /^https?:/i.test(place)
  const text = fetched ? await fetchRevocations(place) : await readRevocationFile(place)
  if (text === undefined) return undefined
  const read = readEnvelope(text)
  if (read.kind === 'envelope') return { list: read.envelope, fetched }
  throw new InputError('gate.revocations-unusable', {
    zh: `${place} 不是撤销清单文件。`,
    en: `${place} is not the file of a revocation list.`,
  })
}

async function readRevocationFile(path: string): Promise<string | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return text
}

export function gateKeyOf(data: DataFolder): GateKey {
  if (existsSync(data.gateKey)) return loadKey(data.gateKey)
  throw new InputError('key.none', {
    zh: `${data.folder} 里还没有签名密钥。先运行 npx tongguan keys create --data ${data.folder} --pilot`,
    en: `There is no signing key in ${data.folder}. Run npx tongguan keys create --data ${data.folder} --pilot first`,
  })
}

/**
 * Reads a trust file. A key is never taken from what it is to vouch for.
 *
 * @throws InputError `trust.none`, `trust.policy-unreadable`
 */
export async function readTrustFile(path: string): Promise<Trust> {
  const trust = await readTrustText(path)
  const policy = readLogPolicy(trust)
  if (policy.kind === 'policy') return trust
  throw new InputError('trust.policy-unreadable', {
    zh: `${path} 的 logPolicy 第 ${policy.line} 行不是策略文件的写法：${policy.because}`,
    en: `logPolicy of ${path}, line ${policy.line}, is not of a policy file's form: ${policy.because}`,
  })
}

async function readTrustText(path: string): Promise<Trust> {
  try {
    return readTrust(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new InputError('trust.none', {
      zh: `没有信任文件 ${path}。用 --trust 指明一份从别处得到的信任文件；密钥不取自被核验的内容。`,
      en: `There is no trust file ${path}. Name one that came to you by another way with --trust; a key is never taken from what is verified.`,
    })
  }
}

/**
 * Adds a key to a trust file, making the file when it is missing; a key that is there already stays as it is.
 *
 * @throws InputError `installation.no-pilot-here` for a simulated key beside an installation in production.
 */
export async function addTrustedKey(path: string, key: TrustedKey): Promise<Trust> {
  if (key.simulated) refusePilotIn(dirname(path))
  const before = existsSync(path) ? await readTrustFile(path) : undefined
  const known = before?.keys ?? []
  const keys = known.some(({ keyId }) => keyId === key.keyId) ? known : [...known, key]
  const trust = { ...before, schema: 'tongguan/trust/1', keys } as const
  await writeTrustFile(path, trust)
  return trust
}

/** Writes a trust file whole: whoever reads it meanwhile finds the old one or the new one. */
export async function writeTrustFile(path: string, { keys, logPolicy }: Trust): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const half = `${path}.${process.pid}.tmp`
  await writeFile(half, writeTrust(keys, logPolicy))
  await rename(half, path)
}
