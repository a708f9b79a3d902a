import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { consentText, keepsOut, personMark, refusal, requestsOf, whyNotNext, withdrawalsOf } from '@tongguan/dossier'
import type { IndividualRequest, Marks, PersonRegister, RequestEvent } from '@tongguan/dossier'
import {
  batchesDecidedAfter,
  dropRows,
  noticeDigest,
  openConfirmation,
  openNotice,
  signConfirmation,
  signNotice,
} from '@tongguan/gate'
import type { BatchAfter, Envelope, GateKey, IndividualNotice, ThinnedFile, Trust } from '@tongguan/gate'
import type { LegalDate, RequestKind } from '@tongguan/law'
import { findListed, inspect, openEngine } from '@tongguan/scan'
import { sql } from 'kysely'
import type { CountingKey } from '../counting-key.ts'
import { InputError } from '../errors.ts'
import { appendToRegister, readPersonRegister } from './keep-consents.ts'
import { registerSays } from './release-batch.ts'
import type { Gate } from './release-batch.ts'

/*
 *   person's file ─ scan ─▶ keyed hashes ─▶ line of the register ─▶ leaf of the log (SHA-256 of the line)
 *                                              └─▶ the gate holds ─ drop ─▶ batch without the person ─▶ notice ─▶ confirmation
 *
 * The identifiers themselves are read and let go. A line whose leaf was lost to a crash gets it with the next command.
 */

export type { IndividualRequest, RequestEvent } from '@tongguan/dossier'

/** Where requests are kept, and the gate whose log proves them. */
export interface Office {
  readonly register: string
  readonly gate: Gate
}

/** Registers what one person asks. `person` is a table that names exactly one, identified as in the batches to come. */
export async function registerRequest(
  office: Office,
  ask: { readonly person: string; readonly kind: RequestKind; readonly on: LegalDate; readonly counting: CountingKey },
): Promise<{ readonly request: IndividualRequest; readonly withdrawn: number }> {
  const { kind, on } = ask
  const marks = mapped(await codesOfOne(ask.person, on, ask.counting), personMark)
  const { consents } = await registerOf(office)
  // A withdrawn consent ends where it stands, too.
  const all = Object.values(marks).flat()
  const { lines } = kind === 'consent-withdrawal' ? withdrawalsOf(consents, all, on) : { lines: [] }
  const request = randomUUID()
  await enter(office, { request, on, event: 'registered', kind, marks }, consentText(lines))
  return { request: await findRequest(office, request), withdrawn: lines.length }
}

/** Answers a request: met, or refused for a reason (PIPL art. 50). */
export async function answerRequest(
  office: Office,
  { request, on, reason }: { readonly request: string; readonly on: LegalDate; readonly reason?: string },
): Promise<IndividualRequest> {
  const answer = reason === undefined ? { outcome: 'met' as const } : { outcome: 'refused' as const, reason }
  await enter(office, { request, on, event: 'answered', ...answer })
  return findRequest(office, request)
}

/** Every request, in the order they came. */
export async function listRequests(register: string): Promise<readonly IndividualRequest[]> {
  if (!existsSync(register)) return []
  return [...requestsOf((await readPersonRegister(register)).events).values()]
}

/**
 * A signed notice of a request for a recipient, with the key that makes its codes. The register keeps no identifier, so the
 * person's file is asked for once more and held against what was registered.
 */
export async function notifyRecipient(
  office: Office,
  of: {
    readonly request: string
    readonly person: string
    readonly recipient: string
    readonly on: LegalDate
    readonly counting: CountingKey
  },
): Promise<{ readonly notice: Envelope; readonly key: Uint8Array; readonly digest: string }> {
  const { request, person, recipient, on } = of
  const found = await findRequest(office, request)
  const marks = mapped(await codesOfOne(person, on, of.counting), personMark)
  if (JSON.stringify(sorted(marks)) !== JSON.stringify(sorted(found.marks))) {
    throw new InputError('individual.another-person', {
      zh: `${person} 中的人与请求 ${request} 登记的不同（或标识不同）。没有写出任何文件。`,
      en: `${person} names another person than request ${request}, or by other identifiers. Nothing was written.`,
    })
  }
  const key = randomBytes(32)
  const codes = mapped(await codesOfOne(person, on, { ...of.counting, key }), (code) =>
    Buffer.from(code).toString('hex'),
  )
  const keySha256 = sha256(key)
  const body = {
    schema: 'tongguan/individual-notice/1',
    request,
    kind: found.kind,
    recipient,
    on,
    keySha256,
    codes,
  } as const
  const notice = signNotice(body, office.gate.key)
  const digest = noticeDigest(notice)
  await enter(office, { request, on, event: 'notified', recipient, notice: digest })
  return { notice, key, digest }
}

/** Keeps what the recipient signed. */
export async function keepConfirmation(
  office: Office,
  confirmation: Envelope,
  trust: Trust,
): Promise<IndividualRequest> {
  const requests = [...requestsOf((await registerOf(office)).events).values()]
  const recipientOf = (digest: string) =>
    requests.flatMap(({ handedOver }) => handedOver).find(({ notice }) => notice === digest)?.recipient
  const { request, notice, recipient, outcome, on } = openConfirmation(confirmation, trust, recipientOf)
  const signed = sha256(Buffer.from(JSON.stringify(confirmation)))
  await enter(office, { request, on, event: 'confirmed', recipient, notice, outcome, confirmation: signed })
  return findRequest(office, request)
}

/** Writes a batch anew without the rows of everybody who may not be in it on this day. */
export async function dropListed(of: {
  readonly batch: string
  readonly into: string
  readonly register: PersonRegister
  readonly on: LegalDate
  readonly counting: CountingKey
}): Promise<{ readonly files: readonly ThinnedFile[]; readonly left: ReturnType<typeof registerSays> }> {
  const { register, on, counting } = of
  const open = [...requestsOf(register.events).values()].filter((one) => keepsOut(one, on))
  const listed = new Set(open.flatMap(({ marks }) => Object.values(marks).flat()))
  const last = new Map(register.consents.map((line) => [line.person, line]))
  for (const [person, { withdrawnOn }] of last) if (withdrawnOn !== null && withdrawnOn <= on) listed.add(person)
  return thin(
    { ...of, key: counting },
    (code) => listed.has(personMark(code)),
    (inspected) => registerSays(register, inspected, on),
  )
}

/** The recipient's side of it: the rows of a notice's person are found, and left out where a folder is named. */
export async function matchNotice(of: {
  readonly data: string
  readonly notice: Envelope
  readonly key: Uint8Array
  readonly trust: Trust
  readonly on: LegalDate
}): Promise<{ readonly notice: IndividualNotice; readonly cells: number; readonly unmatchable: boolean }> {
  const notice = openNotice(of.notice, of.trust)
  if (sha256(of.key) !== notice.keySha256) {
    throw new InputError('individual.wrong-key', {
      zh: '密钥文件与这份通知不符。请向数据处理者索取。',
      en: 'The key file is not the one of this notice. Ask the handler for it.',
    })
  }
  const codes = new Set(Object.values(notice.codes).flat())
  const options = { on: of.on, key: of.key, keyEpoch: of.on.slice(0, 4), keepNames: true }
  const engine = await openEngine()
  try {
    const isListed = (code: Uint8Array) => codes.has(Buffer.from(code).toString('hex'))
    const { cells, combinations } = await findListed(engine, of.data, options, isListed)
    const unmatchable = combinations.some((kinds) => !kinds.some((kind) => kind in notice.codes))
    return { notice, cells: cells.length, unmatchable }
  } finally {
    await engine.close()
  }
}

/** What the recipient signs about a notice. */
export function confirmNotice(
  notice: Envelope,
  of: { readonly trust: Trust; readonly outcome: 'done' | 'not-held'; readonly on: LegalDate; readonly key: GateKey },
): Envelope {
  const { request } = openNotice(notice, of.trust)
  const { outcome, on } = of
  const body = {
    schema: 'tongguan/individual-confirmation/1',
    request,
    notice: noticeDigest(notice),
    outcome,
    on,
  } as const
  return signConfirmation(body, of.key)
}

/** From the request to the recipient's word: each line with its place in the log, and the batches that left behind it. */
export async function proveRequest(office: Office, request: string): Promise<RequestProof> {
  await logLines(office)
  const found = await findRequest(office, request)
  const { events } = await registerOf(office)
  const leaves = await loggedLines(office)
  const steps = events
    .filter((one) => one.request === request)
    .map((one) => {
      const line = sha256(Buffer.from(lineOf(one)))
      return { event: one.event, on: one.on, line, logIndex: leaves.get(line) ?? null }
    })
  const since = steps[0]?.logIndex
  const batches = typeof since === 'number' ? await batchesDecidedAfter(office.gate.db, since) : []
  return { request: found, steps, batches }
}

export interface RequestProof {
  readonly request: IndividualRequest
  readonly steps: readonly {
    readonly event: RequestEvent['event']
    readonly on: LegalDate
    /** SHA-256 of the register's line, as its leaf has it. */
    readonly line: string
    readonly logIndex: number | null
  }[]
  readonly batches: readonly BatchAfter[]
}

async function thin<Left>(
  of: { readonly batch: string; readonly into: string; readonly on: LegalDate; readonly key: CountingKey },
  isListed: (code: Uint8Array) => boolean,
  judge: (inspected: Awaited<ReturnType<typeof inspect>>) => Left,
): Promise<{ readonly files: readonly ThinnedFile[]; readonly left: Left }> {
  const { batch, into, on, key } = of
  if (existsSync(into)) {
    throw new InputError('individual.folder-exists', {
      zh: `${into} 已存在。请指定一个新文件夹。`,
      en: `${into} is there already. Name a new folder.`,
    })
  }
  const options = { on, key: key.key, keyEpoch: key.epoch, keepNames: true, identifiers: true }
  const engine = await openEngine()
  try {
    const found = await findListed(engine, batch, options, isListed)
    if (!found.evidence.scanned.complete) {
      throw new InputError('individual.batch-unread', {
        zh: `${batch} 未能读完，无法确定哪些行涉及这些人。没有写出任何文件。`,
        en: `${batch} could not be read to its end, so nobody knows whose rows are in it. Nothing was written.`,
      })
    }
    await mkdir(into, { recursive: true, mode: 0o700 })
    const files = await dropRows(batch, into, found)
    // What was written is looked at once more: it decides, not what was meant to be left out.
    const inspected = await inspect(engine, into, options)
    if (inspected.identifiers.codes.some(({ mac }) => isListed(mac))) {
      throw new InputError('individual.still-there', {
        zh: `移出后的 ${batch} 中仍有这些人。请由源系统重新导出。没有留下任何文件。`,
        en: `Somebody is still in ${batch} after taking the rows out. Export it anew from its source. Nothing was kept.`,
      })
    }
    return { files, left: judge(inspected) }
  } catch (error) {
    await rm(into, { recursive: true, force: true })
    throw error
  } finally {
    await engine.close()
  }
}

async function registerOf({ register }: Office): Promise<PersonRegister> {
  return existsSync(register) ? readPersonRegister(register) : { consents: [], events: [] }
}

async function findRequest(office: Office, request: string): Promise<IndividualRequest> {
  const found = requestsOf((await registerOf(office)).events).get(request)
  if (found === undefined) throw refusal(request, 'unknown')
  return found
}

async function enter(office: Office, event: RequestEvent, besides = ''): Promise<void> {
  const requests = requestsOf((await registerOf(office)).events)
  const problem = whyNotNext(requests.get(event.request), event)
  if (problem !== undefined) throw refusal(event.request, problem)
  await appendToRegister(office.register, `${lineOf(event)}\n${besides}`)
  await logLines(office)
}

const lineOf = (event: RequestEvent): string => JSON.stringify(event)

/** Each line of a request gets its leaf, once; a leaf says the line's digest and nothing of the person. */
async function logLines(office: Office): Promise<void> {
  const { db, log } = office.gate
  const { events } = await registerOf(office)
  const known = await loggedLines(office)
  for (const event of events) {
    const line = sha256(Buffer.from(lineOf(event)))
    if (known.has(line)) continue
    await db.transaction().execute((tx) => log.append(tx, { type: 'individual-request', line }))
  }
  await log.publish()
}

async function loggedLines({ gate: { db } }: Office): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly line: string; readonly index: number | string }>`
    select convert_from(entry, 'UTF8')::jsonb ->> 'line' as line, index from log_leaf
    where position('"individual-request"'::bytea in entry) > 0`.execute(db)
  return new Map(rows.map(({ line, index }) => [line, Number(index)]))
}

/** The codes of every identifier of the one person a file names. */
async function codesOfOne(
  person: string,
  on: LegalDate,
  { key, epoch }: CountingKey,
): Promise<Readonly<Record<string, readonly Uint8Array[]>>> {
  const engine = await openEngine()
  try {
    const { evidence, macs, unlinked, identifiers } = await inspect(engine, person, {
      on,
      key,
      keyEpoch: epoch,
      identifiers: true,
    })
    const nameless = unlinked.general + unlinked.sensitive
    if (!evidence.scanned.complete || macs.length !== 1 || nameless > 0) {
      throw new InputError('individual.not-one-person', {
        zh: `${person}：找到 ${macs.length} 人，${nameless} 行不能对应到任何人。一项请求须为一个人的表格，含批次所用的标识（受试者编号、证件号、手机号等）。没有登记任何内容。`,
        en: `${person}: ${macs.length} persons found, ${nameless} rows name nobody. A request wants a table of one person, with the identifiers the batches use (subject number, identity number, mobile). Nothing was entered.`,
      })
    }
    const kinds = [...new Set(identifiers.codes.map(({ kind }) => kind))].sort()
    return Object.fromEntries(
      kinds.map((kind) => [kind, identifiers.codes.filter((one) => one.kind === kind).map(({ mac }) => mac)]),
    )
  } finally {
    await engine.close()
  }
}

const mapped = (codes: Readonly<Record<string, readonly Uint8Array[]>>, how: (code: Uint8Array) => string): Marks =>
  Object.fromEntries(Object.entries(codes).map(([kind, of]) => [kind, of.map(how)]))

const sorted = (marks: Marks) =>
  Object.entries(marks)
    .map(([kind, of]) => [kind, [...of].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
