import {
  addTrustedKey,
  algorithmOf,
  createGateKey,
  createKeyFile,
  dataFolder,
  gateKeyOf,
  readTrustFile,
} from '@tongguan/server/data-folder'
import type { Algorithm, DataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { createFilingKey, filingKeyFiles, readFilingKey } from '@tongguan/server/filing-keys'
import { refusePilotIn } from '@tongguan/server/installation-file'
import { setQuorum } from '@tongguan/server/flows/keep-witnesses'
import { revokeTrustedKey, rotateGateKey } from '@tongguan/server/key-changes'
import type { LegalDate } from '@tongguan/law'
import { countingRootActions, countingRootCommand } from './counting-root.ts'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

interface KeyOptions {
  readonly data?: string
  readonly pilot?: boolean
  readonly trust?: string
  readonly role?: string
  readonly name?: string
  readonly out?: string
  readonly dossier?: boolean
  readonly suite?: string
  readonly on?: string
  readonly passphrase?: readonly string[]
  readonly share?: readonly string[]
  readonly need?: string
  readonly of?: string
  readonly preview?: boolean
  readonly address?: readonly string[]
}

/** `keys create` makes the gate's signing key, `show` names it, `rotate` replaces it, `revoke KEYID` ends any key. */
export async function keysCommand(
  terminal: Terminal,
  action: string,
  keyId: string | undefined,
  options: KeyOptions,
): Promise<ExitCode> {
  const ofRoot = countingRootActions.find((known) => known === action)
  if (ofRoot !== undefined) return countingRootCommand(terminal, ofRoot, options)
  const data = dataFolder(options.data)
  if (options.pilot === true) refusePilotIn(data.folder)
  if (action === 'rotate') return rotate(terminal, data, dayOrToday(options.on))
  if (action === 'revoke') return revoke(terminal, options.trust ?? data.trust, keyId, dayOrToday(options.on))
  if (action !== 'create' && action !== 'show') {
    throw noSuchAction('keys', action, ['create', 'show', 'rotate', 'revoke', ...countingRootActions])
  }
  if (options.role !== undefined) {
    if (action !== 'create') throw noSuchAction('keys --role', action, ['create'])
    return createPersonalKey(terminal, options)
  }
  if (options.dossier === true) return filingKeys(terminal, action, options)
  const how = { simulated: options.pilot === true, algorithm: algorithmFor('gate', options.suite) }
  const key = action === 'create' ? await createGateKey(data, how) : gateKeyOf(data)
  terminal.answer({ keyId: key.keyId, algorithm: algorithmOf(key), file: data.gateKey, trust: data.trust })
  terminal.say({ zh: `签名密钥 ${key.keyId}`, en: `Signing key ${key.keyId}` })
  terminal.say({
    zh: `  私钥 ${data.gateKey}，信任文件 ${data.trust}`,
    en: `  private key ${data.gateKey}, trust file ${data.trust}`,
  })
  return exitCode.done
}

async function rotate(terminal: Terminal, data: DataFolder, on: LegalDate): Promise<ExitCode> {
  const { before, key, kept } = await rotateGateKey(data, on)
  terminal.answer({ keyId: key.keyId, before, kept, validFrom: on, trust: data.trust })
  terminal.say({
    zh: `新的闸口密钥 ${key.keyId}；原密钥 ${before} 最后一天为 ${on}，私钥保存为 ${kept}`,
    en: `New gate key ${key.keyId}; ${on} is the last day of ${before}, whose private key is kept as ${kept}`,
  })
  sayHandOver(terminal, data.trust)
  return exitCode.done
}

async function revoke(terminal: Terminal, trust: string, keyId: string | undefined, on: LegalDate): Promise<ExitCode> {
  if (keyId === undefined) {
    throw new InputError('key.id-missing', {
      zh: '请写明要吊销哪个密钥：npx tongguan keys revoke KEYID（见 trust show）。',
      en: 'Say which key: npx tongguan keys revoke KEYID (see trust show).',
    })
  }
  const key = await revokeTrustedKey(trust, keyId, on)
  terminal.answer({ keyId: key.keyId, revokedOn: key.revokedOn, trust })
  terminal.say({
    zh: `密钥 ${key.keyId}（${key.name}）自 ${key.revokedOn ?? on} 起吊销：它签过的一切不再可信。`,
    en: `The key ${key.keyId} (${key.name}) is revoked from ${key.revokedOn ?? on}: nothing it ever signed is believed any more.`,
  })
  sayHandOver(terminal, trust)
  return exitCode.done
}

function sayHandOver(terminal: Terminal, trust: string): void {
  terminal.say({
    zh: `  请把 ${trust} 经另一途径交给所有核验者；持有旧文件的人仍按旧文件核验。`,
    en: `  Hand ${trust} to everybody who verifies, by a way of its own; whoever has the old file goes on believing it.`,
  })
}

const personalRoles = ['approver', 'transcriber', 'witness', 'recipient', 'basis', 'authority']

/** A person's own key, in a file they keep; its public half goes into the trust file. */
async function createPersonalKey(terminal: Terminal, options: KeyOptions): Promise<ExitCode> {
  const { role = '', name, out } = options
  if (!personalRoles.includes(role) || name === undefined || out === undefined) {
    throw new InputError('key.call-incomplete', {
      zh: `需要 --role（${personalRoles.join('、')}）、--name 与 --out。`,
      en: `--role (${personalRoles.join(', ')}), --name and --out are needed.`,
    })
  }
  const trust = options.trust ?? dataFolder(options.data).trust
  const algorithm = algorithmFor(role, options.suite)
  const key = await createKeyFile(out, trust, { name, roles: [role], simulated: options.pilot === true }, algorithm)
  const { age } = (await readTrustFile(trust)).keys.find(({ keyId }) => keyId === key.keyId) ?? {}
  terminal.answer({ keyId: key.keyId, algorithm, file: out, trust, ...(age === undefined ? {} : { age }) })
  terminal.say({
    zh: `${name} 的密钥 ${key.keyId}（${role}）：私钥 ${out}，信任文件 ${trust}`,
    en: `Key ${key.keyId} of ${name} (${role}): private key ${out}, trust file ${trust}`,
  })
  return exitCode.done
}

/** `--suite EdDSA|SM2` of a key; a log's notes and a recipient's containers know Ed25519 alone. */
function algorithmFor(role: string, suite = 'EdDSA'): Algorithm {
  if (suite === 'EdDSA') return 'ed25519'
  if (suite !== 'SM2') throw noSuchAction('keys --suite', suite, ['EdDSA', 'SM2'])
  if (role !== 'witness' && role !== 'recipient') return 'sm2'
  throw new InputError('key.suite-not-for-role', {
    zh: `${role} 的密钥只能用 EdDSA。`,
    en: `A key of a ${role} is EdDSA only.`,
  })
}

/** `keys create --dossier [--suite SM2]` makes the key that signs dossiers. */
async function filingKeys(
  terminal: Terminal,
  action: 'create' | 'show',
  { data, suite = 'EdDSA', pilot = false, name }: KeyOptions,
): Promise<ExitCode> {
  if (suite !== 'EdDSA' && suite !== 'SM2') throw noSuchAction('keys --suite', suite, ['EdDSA', 'SM2'])
  const files = filingKeyFiles(data)
  const owner = name ?? (pilot ? '模拟申报密钥 · simulated filing key' : 'dossier')
  const key =
    action === 'create'
      ? await createFilingKey(data, suite, { name: owner, simulated: pilot })
      : await readFilingKey(files[suite])
  terminal.answer({ keyId: key.keyId, suite, file: files[suite], trust: files.trust })
  terminal.say({ zh: `申报签名密钥（${suite}）${key.keyId}`, en: `Key that signs dossiers (${suite}) ${key.keyId}` })
  terminal.say({
    zh: `  私钥 ${files[suite]}，信任文件 ${files.trust}`,
    en: `  private key ${files[suite]}, trust file ${files.trust}`,
  })
  return exitCode.done
}

/** `trust show` lists the trusted keys; `trust add FILE` takes over another file's; `trust quorum N` sets the log policy. */
export async function trustCommand(
  terminal: Terminal,
  action: string,
  file: string | undefined,
  options: KeyOptions,
): Promise<ExitCode> {
  const path = options.trust ?? dataFolder(options.data).trust
  if (action === 'quorum') return quorumCommand(terminal, path, file, options)
  if (action !== 'add' && action !== 'show') throw noSuchAction('trust', action, ['add', 'show', 'quorum'])
  if (action === 'add') {
    if (file === undefined) {
      throw new InputError('trust.file-missing', {
        zh: '请指明要加入的信任文件，例如 npx tongguan trust add partner-trust.json',
        en: 'Name the trust file to add, for example npx tongguan trust add partner-trust.json',
      })
    }
    for (const key of (await readTrustFile(file)).keys) await addTrustedKey(path, key)
  }
  const trust = await readTrustFile(path)
  terminal.answer(trust)
  terminal.table(
    trust.keys.map((key) => [
      key.keyId.slice(0, 16),
      key.algorithm,
      key.roles.join(', '),
      key.simulated ? terminal.text({ zh: '模拟', en: 'simulated' }) : '',
      key.name,
    ]),
    '',
  )
  return exitCode.done
}

/** `trust quorum N`: so many of the file's witnesses must cosign before a release leaves, and before one is believed. */
async function quorumCommand(
  terminal: Terminal,
  path: string,
  number: string | undefined,
  { address = [] }: KeyOptions,
): Promise<ExitCode> {
  const addresses = new Map(address.map((one) => splitAddress(one)))
  const { policy, needed } = await setQuorum(path, Number(number ?? 'NaN'), addresses)
  terminal.answer({ trust: path, needed, policy })
  terminal.say({ zh: `${path}：至少 ${needed} 个见证方联署`, en: `${path}: at least ${needed} witnesses must cosign` })
  terminal.say(policy.trimEnd().replaceAll(/^/gm, '  '))
  sayHandOver(terminal, path)
  return exitCode.done
}

function splitAddress(text: string): readonly [string, string] {
  const at = text.lastIndexOf('=http')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new InputError('trust.address-unreadable', {
    zh: `--address 写作“名称=https://…”，不是“${text}”。`,
    en: `--address is written NAME=https://…, not "${text}".`,
  })
}

export function noSuchAction(command: string, action: string, known: readonly string[]): InputError {
  return new InputError('command.no-such-action', {
    zh: `${command} 没有“${action}”；有 ${known.join('、')}`,
    en: `${command} has no "${action}"; there is ${known.join(', ')}`,
  })
}
