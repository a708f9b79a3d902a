import { generateFilingKey, readFilerTrust, trustedFiler } from '@tongguan/dossier'
import type { FilerTrust, FilingKey, Suite } from '@tongguan/dossier'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { InputError } from './errors.ts'

/** Where the keys that sign dossiers lie, one a suite, and the trust file that others are given. */
export function filingKeyFiles(data: string | undefined) {
  const folder = resolve(data ?? join('.tongguan', 'data'))
  return {
    EdDSA: join(folder, 'keys', 'dossier-ed25519.json'),
    SM2: join(folder, 'keys', 'dossier-sm2.json'),
    trust: join(folder, 'dossier-trust.json'),
  } as const
}

/** Makes a key and adds its public half to the trust file. A key that is there is never replaced. */
export async function createFilingKey(
  data: string | undefined,
  suite: Suite,
  options: { readonly name: string; readonly simulated: boolean },
): Promise<FilingKey> {
  const files = filingKeyFiles(data)
  await mkdir(dirname(files[suite]), { recursive: true, mode: 0o700 })
  const key = generateFilingKey(suite, options)
  const file = await open(files[suite], 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new InputError('key.file-exists', {
      zh: `${files[suite]} 已存在，不会覆盖。`,
      en: `${files[suite]} exists and is not overwritten.`,
    })
  })
  try {
    await file.writeFile(`${JSON.stringify(key, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  const known = existsSync(files.trust) ? (await readDossierTrust(files.trust)).keys : []
  const trust: FilerTrust = { schema: 'tongguan/dossier-trust/1', keys: [...known, trustedFiler(key)] }
  await writeFile(`${files.trust}.tmp`, `${JSON.stringify(trust, null, 2)}\n`)
  await rename(`${files.trust}.tmp`, files.trust)
  return key
}

/** Reads the key of a suite. A file others may read is no longer a secret and is refused. */
export async function readFilingKey(path: string): Promise<FilingKey> {
  if (!existsSync(path)) {
    throw new InputError('key.none', {
      zh: `没有签名密钥 ${path}。先运行 npx tongguan keys create --dossier（国密加 --suite SM2）`,
      en: `There is no signing key ${path}. Run npx tongguan keys create --dossier first (--suite SM2 for SM2)`,
    })
  }
  if (((await stat(path)).mode & 0o077) !== 0) {
    throw new InputError('key.readable-by-others', {
      zh: `${path} 可被他人读取。运行 chmod 600 ${path}，并考虑更换密钥`,
      en: `Others may read ${path}. Run chmod 600 ${path}, and think about a new key`,
    })
  }
  const key = JSON.parse(await readFile(path, 'utf8')) as FilingKey
  if (key.schema === 'tongguan/filing-key/1') return key
  throw new InputError('key.not-a-key', {
    zh: `${path} 不是申报签名密钥`,
    en: `${path} is not a key that signs dossiers`,
  })
}

/** Reads who is believed. Throws InputError when there is none: a key is never taken from what it is to vouch for. */
export async function readDossierTrust(path: string): Promise<FilerTrust> {
  if (existsSync(path)) return readFilerTrust(await readFile(path, 'utf8'), path)
  throw new InputError('trust.none', {
    zh: `没有信任文件 ${path}。用 --trust 指明一份从别处得到的信任文件；密钥不取自被核验的内容。`,
    en: `There is no trust file ${path}. Name one that came to you by another way with --trust; a key is never taken from what is verified.`,
  })
}
