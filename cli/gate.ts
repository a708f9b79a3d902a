import { PermitSchema, permitExample } from '@tongguan/server/contract/permit'
import { RecipeSchema, recipeExample } from '@tongguan/server/contract/recipe'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import {
  createGateKey,
  dataFolder,
  gateKeyOf,
  pilotApproversOf,
  readKeyFile,
  readReceiptFile,
  readRevocationsAt,
  trustOf,
} from '@tongguan/server/data-folder'
import type { DataFolder } from '@tongguan/server/data-folder'
import { readFacts } from '@tongguan/server/facts-file'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { InputError } from '@tongguan/server/errors'
import { refusePilotIn } from '@tongguan/server/installation-file'
import {
  acceptReceipt,
  approveBatch,
  checkPermit,
  gateAtRest,
  gateStatus,
  openGate,
  readRevocations,
  releaseWithInspection,
  stopBatch,
  tryWithInspection,
} from '@tongguan/server/flows/release-batch'
import { readPersonRegister } from '@tongguan/server/flows/keep-consents'
import type { PersonRegister } from '@tongguan/server/flows/keep-consents'
import { rootState } from '@tongguan/server/flows/keep-counting-root'
import { openRecords } from '@tongguan/server/records'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { basisCommand } from './basis.ts'
import { rootStateWords } from './root-words.ts'
import { dayOrToday, instantOf } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { resolveCommand, transformCommand, treatmentFor } from './gate-transform.ts'
import type { TransformOptions } from './gate-transform.ts'
import { proposeCommand } from './gate-propose.ts'
import { watchCommand } from './gate-watch.ts'
import { noSuchAction } from './keys.ts'
import { recipientOf, scenarioOf } from './permitted-scenario.ts'
import { openExisting } from './open-existing.ts'
import { printAccepted, printIntent, printRelease, printStatus, printTried } from './print-release.ts'
import type { Terminal } from './terminal.ts'

interface GateOptions extends TransformOptions {
  readonly permit?: string
  readonly to?: string
  readonly scenario?: string
  readonly data?: string
  readonly pilot?: boolean
  readonly on?: string
  readonly trust?: string
  readonly revocations?: string
  readonly as?: string
  readonly because?: string
  readonly recipient?: string
  readonly consents?: string
  readonly sealed?: boolean
  readonly strict?: boolean
  readonly readBack?: boolean
  readonly receipt?: string
  readonly facts?: string
  readonly out?: string
}

/** `gate release BATCH --permit P --to DIR`: checks a batch and releases it or holds it. */
export async function gateCommand(
  terminal: Terminal,
  action: string,
  batch: string | undefined,
  options: GateOptions,
): Promise<ExitCode> {
  // A stated day is a pilot's: in production a permit ends by the real one.
  if (options.on !== undefined) refusePilotIn(dataFolder(options.data).folder)
  if (action === 'status') return statusCommand(terminal, options)
  if (action === 'watch') return watchCommand(terminal, options)
  if (action === 'approve') return approveCommand(terminal, batch, options)
  if (action === 'stop') return stopCommand(terminal, batch, options)
  if (action === 'basis') return basisCommand(terminal, batch, options)
  if (action === 'transform') return transformCommand(terminal, batch, options)
  if (action === 'propose-recipe') return proposeCommand(terminal, batch, options)
  if (action === 'resolve') return resolveCommand(terminal, batch, options)
  if (action === 'receipt') return receiptCommand(terminal, batch, options)
  if (action !== 'release' && action !== 'dry-run') {
    throw noSuchAction('gate', action, [
      'release',
      'dry-run',
      'transform',
      'resolve',
      'propose-recipe',
      'approve',
      'receipt',
      'stop',
      'status',
      'watch',
      'basis',
    ])
  }
  return batchCommand(terminal, action, batch, options)
}

async function batchCommand(
  terminal: Terminal,
  action: 'release' | 'dry-run',
  batch: string | undefined,
  options: GateOptions,
): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const { permit: permitFile } = options
  // A dry run puts nothing anywhere; its private copy lies beside this folder while it is looked at.
  const to = action === 'dry-run' ? join(data.folder, 'dry-run') : options.to
  if (batch === undefined || permitFile === undefined || to === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次文件夹、--permit 与 --to。例如：npx tongguan gate release ./batch-1 --permit permit.json --to ./outbox --pilot',
      en: 'A batch folder, --permit and --to are needed. For example: npx tongguan gate release ./batch-1 --permit permit.json --to ./outbox --pilot',
    })
  }
  const permit = await readYamlFile(permitFile, PermitSchema, permitExample)
  const scenario = scenarioOf(permit, options.scenario)
  const facts =
    options.facts === undefined ? {} : { facts: await readFacts(options.facts, await loadedLists(data.lists)) }
  const recipient = recipientOf(scenario, options.recipient)
  const on = dayOrToday(options.on)
  // Before any key is made: a permit nobody trusted signed changes nothing here.
  const known = await trustOf(data, options.trust)
  const revocations = await readRevocationsAt(options.revocations ?? data.revocations)
  const recipe =
    options.recipe === undefined ? undefined : await readYamlFile(options.recipe, RecipeSchema, recipeExample)
  const register = await registerAt(options.consents, data)
  checkPermit(permit, known, { pilot: options.pilot === true })
  if (options.pilot === true) refusePilotIn(data.folder)
  if (options.pilot === true && !existsSync(data.gateKey)) await createGateKey(data, { simulated: true })
  gateKeyOf(data)
  const approvers = options.pilot === true ? await pilotApproversOf(data) : []
  const trust = await trustOf(data, options.trust)
  const records = await openRecords({ folder: data.database })
  const bar = terminal.progress({ zh: '检查批次', en: 'inspecting the batch' })
  try {
    const request = {
      permit,
      trust,
      ...facts,
      ...(revocations === undefined ? {} : { revocations: revocations.list, revocationsFetched: revocations.fetched }),
      ...(register === undefined ? {} : { register }),
      at: instantOf(on),
      scenarioId: scenario.id,
      recipient,
      on,
      batch: { name: basename(batch), path: batch },
      into: to,
      pilot: options.pilot === true,
      rebuild: options.strict === true,
      ...(recipe === undefined
        ? {}
        : { transform: await treatmentFor(data, recipe, { ...options, lets: action === 'release' }) }),
      mode: options.sealed === true ? ('sealed' as const) : ('plaintext' as const),
      confirmation: options.readBack === true ? ('read-back' as const) : ('receipt' as const),
      approveWith: approvers,
      counting: await data.countingKey(on.slice(0, 4)),
      progress: ({ bytesDone, bytes }: { readonly bytesDone: number; readonly bytes: number }) =>
        bar.update(bytesDone, bytes),
    }
    if (action === 'dry-run') {
      const tried = await tryWithInspection({ ...request, gate: await gateAtRest(records.db, data) })
      bar.stop()
      terminal.answer(tried)
      return printTried(terminal, tried)
    }
    const result = await releaseWithInspection({ ...request, gate: await openGate(records.db, data) })
    bar.stop()
    terminal.answer(result)
    return printRelease(terminal, result)
  } finally {
    bar.stop()
    await records.close()
  }
}

/** The register named, or the one the data folder keeps, if any. */
function registerAt(named: string | undefined, data: DataFolder): Promise<PersonRegister> | undefined {
  if (named === undefined && !existsSync(data.consents)) return undefined
  return readPersonRegister(named ?? data.consents)
}

/** `gate approve BATCH --as KEY`: shows what would leave, and signs it as one of two persons. */
async function approveCommand(terminal: Terminal, batch: string | undefined, options: GateOptions): Promise<ExitCode> {
  if (batch === undefined || options.as === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次名与 --as。例如：npx tongguan gate approve batch-1 --as zhang.pem',
      en: 'A batch name and --as are needed. For example: npx tongguan gate approve batch-1 --as zhang.pem',
    })
  }
  const data = dataFolder(options.data)
  const records = await openExisting(data)
  try {
    const { db, log } = await openGate(records.db, data)
    const trust = await trustOf(data, options.trust)
    const approved = await approveBatch({ db, log, trust, name: basename(batch), key: readKeyFile(options.as) })
    await log.publish()
    terminal.answer(approved)
    return printIntent(terminal, approved)
  } finally {
    await records.close()
  }
}

/** `gate receipt BATCH --receipt FILE`: the recipient's receipt lets the key of a container follow, or closes a release. */
async function receiptCommand(terminal: Terminal, batch: string | undefined, options: GateOptions): Promise<ExitCode> {
  if (batch === undefined || options.receipt === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次名与 --receipt。例如：npx tongguan gate receipt batch-1 --receipt receipt.json',
      en: 'A batch name and --receipt are needed. For example: npx tongguan gate receipt batch-1 --receipt receipt.json',
    })
  }
  const receipt = await readReceiptFile(options.receipt)
  const data = dataFolder(options.data)
  const records = await openExisting(data)
  try {
    const gate = await openGate(records.db, data)
    const trust = await trustOf(data, options.trust)
    const found = await readRevocationsAt(options.revocations ?? data.revocations)
    const revocations = found === undefined ? null : { ...readRevocations(found.list, trust), fetched: found.fetched }
    const on = dayOrToday(options.on)
    const accepted = await acceptReceipt(gate.db, {
      ...gate,
      trust,
      name: basename(batch),
      receipt,
      on,
      at: instantOf(on),
      revocations,
    })
    await gate.log.publish()
    terminal.answer(accepted)
    return printAccepted(terminal, accepted)
  } finally {
    await records.close()
  }
}

/** `gate stop BATCH --as KEY --because WHY`: one person keeps a batch from leaving, for good. */
async function stopCommand(terminal: Terminal, batch: string | undefined, options: GateOptions): Promise<ExitCode> {
  const { as, because } = options
  if (batch === undefined || as === undefined || because === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要批次名、--as 与 --because。例如：npx tongguan gate stop batch-1 --as zhang.pem --because 接收方有误',
      en: 'A batch name, --as and --because are needed. For example: npx tongguan gate stop batch-1 --as zhang.pem --because "wrong recipient"',
    })
  }
  const data = dataFolder(options.data)
  const records = await openExisting(data)
  try {
    const { db, log } = await openGate(records.db, data)
    const trust = await trustOf(data, options.trust)
    const stop = await stopBatch({ db, log, trust, name: basename(batch), because, key: readKeyFile(as) })
    await log.publish()
    terminal.answer(stop)
    terminal.say({
      zh: `批次 ${stop.batch} 已由${stop.by}叫停：${because}。它不再放行。`,
      en: `Batch ${stop.batch} was stopped by ${stop.by}: ${because}. It does not leave.`,
    })
    return exitCode.done
  } finally {
    await records.close()
  }
}

/** `gate status`: what became of each batch and why, persons counted so far, and how far the log is. */
async function statusCommand(terminal: Terminal, options: GateOptions): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const records = await openExisting(data)
  try {
    const status = await gateStatus(records.db, data)
    const countingRoot = rootState(data)
    terminal.answer({ ...status, countingRoot })
    printStatus(terminal, status)
    const { zh, en } = rootStateWords[countingRoot]
    terminal.say({ zh: `计数根密钥：${zh}`, en: `Root of the counting keys: ${en}` })
    return exitCode.done
  } finally {
    await records.close()
  }
}
