import { deadlineWords, legalDate, pathWords } from '@tongguan/law'
import type { Determination, Evidence, ExportFacts, LegalDate, Permit } from '@tongguan/law'
import type { CountingKey } from '@tongguan/server/counting-key'
import type { Answers } from '@tongguan/server/contract/answers'
import {
  createGateKey,
  createSimulatedAuthority,
  dataFolder,
  pilotApproversOf,
  readTrustFile,
} from '@tongguan/server/data-folder'
import {
  clocksOf,
  eventWords,
  hasPassed,
  passSimulatedCase,
  permitOf,
  statusWords,
} from '@tongguan/server/flows/handle-case'
import type { Case } from '@tongguan/server/flows/handle-case'
import { caseFilesOf, keepPrepared, prepareDeclaration } from '@tongguan/server/flows/prepare-declaration'
import { openGate, releaseWithInspection, signPermit } from '@tongguan/server/flows/release-batch'
import type { ReleaseResult, SignedPermit } from '@tongguan/server/flows/release-batch'
import type { CheckedContract } from '@tongguan/server/flows/review-declaration'
import { verifyRelease } from '@tongguan/server/flows/verify-release'
import { signBundleFile, verifyBundleFile } from '@tongguan/server/flows/sign-declaration'
import { createFilingKey, filingKeyFiles, readDossierTrust } from '@tongguan/server/filing-keys'
import { openRecords } from '@tongguan/server/records'
import type { Records } from '@tongguan/server/records'
import { cp, open, readdir } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { printDossier } from './dossier.ts'
import { instantOf } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printRelease } from './print-release.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'
import { printVerification } from './verify.ts'

/** The stated clock of a simulated case (contracts.md, `tongguan demo`). */
export const pilotClock = {
  firstCase: legalDate('2023-01-18'),
  filed: legalDate('2026-03-02'),
  gate: legalDate('2026-11-23'),
} as const

export interface CaseToRun {
  readonly evidence: Evidence
  readonly facts: ExportFacts
  /** By the law of the filing day. */
  readonly determination: Determination
  readonly answers: Answers
  /** The legal document, read and held against art. 9. */
  readonly contract?: CheckedContract
  /** Folders of outbound batches, in order. */
  readonly batches: readonly string[]
  /** Where everything of this run goes. */
  readonly folder: string
  readonly gateDay: LegalDate
  readonly counting: CountingKey
}

/** How far a case came, and what became of each batch, for whoever asked for JSON. */
export interface RanCase {
  readonly code: ExitCode
  readonly summary: {
    readonly dossier?: readonly string[]
    readonly caseNo?: string
    readonly permit?: string
    readonly batches?: readonly {
      readonly name: string
      readonly outcome: ReleaseResult['kind']
      readonly codes: readonly string[]
    }[]
  }
}

/** Steps 4 to 6: the dossier, a simulated case that passes as declared, and the gate for each batch. */
export async function runCase(terminal: Terminal, run: CaseToRun): Promise<RanCase> {
  terminal.heading({ zh: '四、申报材料', en: '4. The dossier' })
  const { determination } = run
  if (determination.path !== 'assessment') {
    terminal.say({
      zh: `  路径为“${pathWords[determination.path].zh}”，不需要申报安全评估，到此为止。`,
      en: `  The path is “${pathWords[determination.path].en}”: no security assessment to declare, so it ends here.`,
    })
    return { code: determination.path === 'unknown' ? exitCode.notYet : exitCode.done, summary: {} }
  }
  const inputs = { ...run, filedOn: pilotClock.filed }
  const prepared = await prepareDeclaration(
    inputs,
    join(run.folder, 'dossier'),
    caseFilesOf(inputs, run.contract?.file),
  )
  printDossier(terminal, prepared)
  if (run.contract) printContract(terminal, run.contract.check)
  const dossier = prepared.files
  if (prepared.dossier.problems.some(({ severity }) => severity === 'error')) {
    return { code: exitCode.no, summary: { dossier } }
  }

  const data = dataFolder(join(run.folder, 'handler'))
  await signAsHandler(terminal, prepared.bundle, data.folder)

  const records = await openRecords({ folder: data.database })
  try {
    terminal.heading({ zh: '五、案件（模拟，无法律效力）', en: '5. The case (a simulation, without legal effect)' })
    const done = await passSimulatedCase(records.db, prepared.declaration, pilotClock.filed, (step) =>
      printStep(terminal, step),
    )
    await keepPrepared(records.db, data.files, done.no, { ...prepared, evidence: run.evidence })
    const { no: caseNo } = done
    if (!hasPassed(done)) return { code: exitCode.no, summary: { dossier, caseNo } }
    await createGateKey(data, { simulated: true })
    const authority = await createSimulatedAuthority(join(run.folder, 'authority'), data.trust)
    const permit = signPermit(permitOf(done, { kind: 'simulated', keyId: authority.keyId, suite: 'EdDSA' }), [
      authority,
    ])
    const permitFile = join(run.folder, 'permit.json')
    await writeWhole(permitFile, `${JSON.stringify(permit, null, 2)}\n`)
    printPermit(terminal, permit, permitFile)

    terminal.heading({ zh: '六、闸口', en: '6. The gate' })
    const results = await runGate(terminal, { ...run, permit, records })
    const everyone = results.every(({ result }) => result.kind === 'released')
    const batches = results.map(({ name, result }) => ({ name, outcome: result.kind, codes: codesOf(result) }))
    return { code: everyone ? exitCode.done : exitCode.no, summary: { dossier, caseNo, permit: permitFile, batches } }
  } finally {
    await records.close()
  }
}

function printContract(terminal: Terminal, { clauses, pages }: CheckedContract['check']): void {
  const found = clauses.filter(({ kind }) => kind === 'found').length
  terminal.say({
    zh: `  合同（${pages} 页）：第九条 ${clauses.length} 项中 ${found} 项已约定`,
    en: `  The contract (${pages} page): ${found} of the ${clauses.length} clauses of Order 11 art. 9 are found`,
  })
}

/** The handler signs the bundle, and whoever has the trust file verifies it. */
async function signAsHandler(terminal: Terminal, bundle: string, data: string): Promise<void> {
  const name = '模拟申报密钥 · simulated filing key'
  await signBundleFile(bundle, await createFilingKey(data, 'EdDSA', { name, simulated: true }))
  const trust = await readDossierTrust(filingKeyFiles(data).trust)
  const { verdict, manifest } = await verifyBundleFile(bundle, trust, { allowPilot: true })
  const shown = relative(process.cwd(), bundle)
  terminal.say({
    zh: `  申报包 ${shown}（${manifest.files.length} 个文件）已签署；核验：${verdict.words.zh}`,
    en: `  The bundle ${shown} (${manifest.files.length} files) is signed; verified: ${verdict.words.en}`,
  })
}

/** One line a step: what happened, and the statutory date it had to happen by. */
function printStep(terminal: Terminal, step: Case): void {
  const event = step.events.at(-1)
  if (event === undefined) return
  const clock = clocksOf(step).find(({ ended, kind }) => ended === event.day && kind !== 're-assessment')
  const due =
    clock === undefined
      ? { zh: '', en: '' }
      : {
          zh: `  ${deadlineWords[clock.kind].zh}最迟 ${clock.due}`,
          en: `  ${deadlineWords[clock.kind].en} due ${clock.due}`,
        }
  const running = clocksOf(step).find(({ started, ended }) => started === event.day && ended === null)
  const next =
    running === undefined
      ? { zh: '', en: '' }
      : {
          zh: `  → ${deadlineWords[running.kind].zh}最迟 ${running.due}`,
          en: `  → ${deadlineWords[running.kind].en} due ${running.due}`,
        }
  terminal.say({
    zh: `  ${event.day}  ${eventWords[event.kind].zh}（${statusWords[step.status].zh}）${due.zh}${next.zh}`,
    en: `  ${event.day}  ${eventWords[event.kind].en} (${statusWords[step.status].en})${due.en}${next.en}`,
  })
}

function printPermit(terminal: Terminal, permit: Permit, file: string): void {
  for (const { name, items, ceiling, importantDataBytes } of permit.scenarios) {
    const important =
      importantDataBytes === null
        ? { zh: '', en: '' }
        : { zh: `，重要数据 ${importantDataBytes} 字节`, en: `, ${importantDataBytes} bytes of important data` }
    terminal.say({
      zh: `  许可（模拟）：${name}，${items.length} 项，一般 ${ceiling.general} 人、敏感 ${ceiling.sensitive} 人${important.zh}，${permit.firstDay} 至 ${permit.lastDay}`,
      en: `  Permit (simulated): ${name}, ${items.length} items, ${ceiling.general} persons general and ${ceiling.sensitive} sensitive${important.en}, ${permit.firstDay} to ${permit.lastDay}`,
    })
  }
  terminal.say(`    ${relative(process.cwd(), file)}`)
}

async function runGate(
  terminal: Terminal,
  run: CaseToRun & { readonly permit: SignedPermit; readonly records: Records },
): Promise<readonly { readonly name: string; readonly result: ReleaseResult }[]> {
  const { permit, records, counting, gateDay } = run
  const data = dataFolder(join(run.folder, 'handler'))
  const [scenario] = permit.scenarios
  const [recipient] = scenario?.recipients ?? []
  if (scenario === undefined || recipient === undefined) throw new Error('a permit without a scenario or recipient')
  const gate = await openGate(records.db, data)
  const approveWith = await pilotApproversOf(data)
  const trust = await readTrustFile(data.trust)
  const results: { readonly name: string; readonly result: ReleaseResult }[] = []
  for (const path of run.batches) {
    terminal.say({ zh: `  批次 ${basename(path)}：`, en: `  Batch ${basename(path)}:` })
    const bar = terminal.progress({ zh: '检查批次', en: 'inspecting the batch' })
    const result = await releaseWithInspection({
      gate,
      permit,
      trust,
      at: instantOf(gateDay),
      scenarioId: scenario.id,
      recipient,
      on: gateDay,
      batch: { name: basename(path), path },
      into: join(run.folder, 'outbox'),
      pilot: true,
      approveWith,
      counting,
      progress: ({ bytesDone, bytes }) => bar.update(bytesDone, bytes),
    }).finally(() => bar.stop())
    printRelease(terminal, result)
    results.push({ name: basename(path), result })
  }
  for (const { result } of results) {
    if (result.kind !== 'released') continue
    await verifyAsRecipient(terminal, result.folder, join(run.folder, 'recipient'), data.trust)
  }
  return results
}

function codesOf(result: ReleaseResult): readonly string[] {
  switch (result.kind) {
    case 'released':
    case 'pending':
      return []
    case 'held':
      return result.reasons.map(({ code }) => code)
    case 'refused':
      return [result.code]
    case 'unfinished':
      return [result.because.code]
  }
}

/** What the recipient does: verify what arrived; then the same on a copy with one byte flipped, to see it refused. */
async function verifyAsRecipient(
  terminal: Terminal,
  release: string,
  recipient: string,
  trustFile: string,
): Promise<void> {
  const trust = await readTrustFile(trustFile)
  // Typed as printed, it gives the same answer.
  const command = `npx tongguan verify ${here(release)} --trust ${here(trustFile)} --allow-pilot`
  terminal.say({ zh: `  境外接收方：${command}`, en: `  The overseas recipient: ${command}` })
  printVerification(terminal, await verifyRelease(release, trust, { allowPilot: true }))
  const copy = join(recipient, `${basename(release)}-flipped`)
  await cp(release, copy, { recursive: true })
  const flipped = await flipOneByte(copy)
  terminal.say({
    zh: `  同一份放行的副本，改动 ${relative(copy, flipped)} 的一个字节：`,
    en: `  A copy of it with one byte of ${relative(copy, flipped)} flipped:`,
  })
  printVerification(terminal, await verifyRelease(copy, trust, { allowPilot: true }))
}

function here(path: string): string {
  return relative(process.cwd(), path)
}

async function flipOneByte(folder: string): Promise<string> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(csv|tsv|ndjson|parquet)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const [path] = names
  if (path === undefined) throw new Error(`no data file in ${folder}`)
  const file = await open(path, 'r+')
  try {
    const byte = Buffer.alloc(1)
    await file.read(byte, 0, 1, 100)
    byte.writeUInt8(byte.readUInt8() ^ 1)
    await file.write(byte, 0, 1, 100)
  } finally {
    await file.close()
  }
  return path
}
