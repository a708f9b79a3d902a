import { OpeningBalanceSchema, openingBalanceExample } from '@tongguan/server/contract/opening-balance'
import { PermitSchema, permitExample } from '@tongguan/server/contract/permit'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder, readKeyFile, readTrustFile } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { importPriorGrant, signPriorGrant } from '@tongguan/server/flows/import-grants'
import { openGate } from '@tongguan/server/flows/release-batch'
import { openRecords } from '@tongguan/server/records'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'

interface GrantsOptions {
  readonly source?: string
  readonly as?: string
  readonly out?: string
  readonly permit?: string
  readonly data?: string
  readonly trust?: string
  readonly on?: string
}

/** `grants sign FILE` twice, by two persons, then `grants import FILE`: what was granted before Tongguan, as an opening balance. */
export async function grantsCommand(
  terminal: Terminal,
  action: string,
  path: string,
  options: GrantsOptions,
): Promise<ExitCode> {
  if (action === 'sign') return sign(terminal, path, options)
  if (action === 'import') return enter(terminal, path, options)
  throw noSuchAction('grants', action, ['sign', 'import'])
}

async function sign(terminal: Terminal, path: string, options: GrantsOptions): Promise<ExitCode> {
  const { source, as, out } = options
  if (source === undefined || as === undefined || out === undefined || !existsSync(source)) {
    throw new InputError('grants.call-incomplete', {
      zh: '需要 --source（存在的扫描件）、--as（本人的私钥）与 --out。',
      en: "--source (a scan that is there), --as (the person's private key) and --out are needed.",
    })
  }
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const { file, signedBy } = signPriorGrant(await readBalance(path), {
    scan: { file: basename(source), bytes: await readFile(source) },
    key: readKeyFile(as),
    trust,
    on: dayOrToday(options.on),
  })
  await writeWhole(out, `${JSON.stringify(file, null, 2)}\n`)
  terminal.answer({ id: file.id, signedBy, out })
  terminal.say({
    zh: `“${file.id}”的期初数由 ${signedBy.join('、')} 签名：${out}`,
    en: `The opening balance of "${file.id}" is signed by ${signedBy.join(', ')}: ${out}`,
  })
  if (signedBy.length > 1) return exitCode.done
  terminal.say({ zh: '  还需第二人核对后签名。', en: '  A second person compares it and signs.' })
  return exitCode.notYet
}

async function enter(terminal: Terminal, path: string, options: GrantsOptions): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const file = await readBalance(path)
  const permit =
    options.permit === undefined ? undefined : await readYamlFile(options.permit, PermitSchema, permitExample)
  const trust = await readTrustFile(options.trust ?? data.trust)
  const records = await openRecords({ folder: data.database })
  try {
    const gate = await openGate(records.db, data)
    const { signedBy, counted } = await importPriorGrant({ gate, trust, file, permit, on: dayOrToday(options.on) })
    terminal.answer({ id: file.id, signedBy, counted })
    terminal.say({
      zh: `“${file.id}”的期初数已记入账本（签名：${signedBy.join('、')}）。`,
      en: `The opening balance of "${file.id}" is in the ledger (signed by ${signedBy.join(', ')}).`,
    })
    if (counted.permit !== null) {
      terminal.say({
        zh: `  许可名下按上界计 ${counted.permit.general} 人，敏感 ${counted.permit.sensitive} 人`,
        en: `  Under the permit, the upper bound: ${counted.permit.general} persons, ${counted.permit.sensitive} sensitive`,
      })
    }
    terminal.say({
      zh: `  ${file.countedUntil.slice(0, 4)} 年按上界计 ${counted.year.general} 人，敏感 ${counted.year.sensitive} 人`,
      en: `  In ${file.countedUntil.slice(0, 4)}, the upper bound: ${counted.year.general} persons, ${counted.year.sensitive} sensitive`,
    })
    return exitCode.done
  } finally {
    await records.close()
  }
}

function readBalance(path: string) {
  return readYamlFile(path, OpeningBalanceSchema, openingBalanceExample)
}
