import { individualRight, individualRights, refusalNeedsReason } from '@tongguan/law'
import type { RequestKind } from '@tongguan/law'
import { dataFolder, readKeyFile, readReceiptFile, trustOf } from '@tongguan/server/data-folder'
import type { DataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { readPersonRegister } from '@tongguan/server/flows/keep-consents'
import {
  answerRequest,
  confirmNotice,
  dropListed,
  keepConfirmation,
  listRequests,
  matchNotice,
  notifyRecipient,
  proveRequest,
  registerRequest,
} from '@tongguan/server/flows/keep-individuals'
import type { IndividualRequest, Office } from '@tongguan/server/flows/keep-individuals'
import { gateAtRest } from '@tongguan/server/flows/release-batch'
import { openRecords } from '@tongguan/server/records'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import { individualCalls } from './individual-calls.ts'
import type { Terminal } from './terminal.ts'

interface IndividualOptions {
  readonly kind?: string
  readonly on?: string
  readonly data?: string
  readonly register?: string
  readonly trust?: string
  readonly met?: boolean
  readonly refuse?: string
  readonly recipient?: string
  readonly out?: string
  readonly key?: string
  readonly as?: string
  readonly outcome?: string
}

type Action = (call: {
  readonly terminal: Terminal
  readonly data: DataFolder
  readonly options: IndividualOptions
  readonly first: string | undefined
  readonly second: string | undefined
}) => Promise<ExitCode>

const actions = {
  register: async ({ terminal, data, options, first }) => {
    const { kind } = options
    if (first === undefined || kind === undefined) throw incomplete('register')
    const right = individualRights.find(({ code }) => code === kind)
    if (right === undefined) throw noSuchAction('individuals register --kind', kind, kinds)
    const on = dayOrToday(options.on)
    const counting = await data.countingKey(on.slice(0, 4))
    return withOffice(data, options, async (office) => {
      const { request, withdrawn } = await registerRequest(office, { person: first, kind: right.code, on, counting })
      terminal.answer({ schema, request, withdrawn, register: office.register })
      printRequest(terminal, request)
      if (withdrawn > 0) {
        terminal.say({ zh: `  单独同意已在登记中撤回`, en: `  the separate consent on the register is withdrawn` })
      }
      return exitCode.done
    })
  },
  answer: async ({ terminal, data, options, first }) => {
    const { met, refuse } = options
    if (first === undefined || (met === true) === (refuse !== undefined)) throw incomplete('answer')
    if (refuse?.trim() === '') {
      throw new InputError('individual.no-reason', {
        zh: `${refusalNeedsReason.zh}。`,
        en: `${refusalNeedsReason.en}.`,
      })
    }
    const answer = { request: first, on: dayOrToday(options.on), ...(refuse === undefined ? {} : { reason: refuse }) }
    return withOffice(data, options, async (office) => {
      const request = await answerRequest(office, answer)
      terminal.answer({ schema, request })
      printRequest(terminal, request)
      return exitCode.done
    })
  },
  list: async ({ terminal, data, options }) => {
    const requests = await listRequests(options.register ?? data.consents)
    terminal.answer({ schema, requests })
    if (requests.length === 0) terminal.say({ zh: '  没有请求', en: '  No requests' })
    for (const request of requests) printRequest(terminal, request)
    return exitCode.done
  },
  drop: async ({ terminal, data, options, first }) => {
    const { out } = options
    if (first === undefined || out === undefined) throw incomplete('drop')
    const on = dayOrToday(options.on)
    const counting = await data.countingKey(on.slice(0, 4))
    const register = await readPersonRegister(options.register ?? data.consents)
    const { files, left } = await dropListed({ batch: first, into: out, register, on, counting })
    terminal.answer({ schema, out, files, left })
    for (const { name, rows, dropped } of files) {
      terminal.say({
        zh: `  ${name}　移出 ${dropped} 行，保留 ${rows} 行`,
        en: `  ${name}  ${dropped} rows taken out, ${rows} kept`,
      })
    }
    const { unmatchable } = left.requests
    if (unmatchable === 0 && left.unlinked === 0) return exitCode.done
    terminal.say({
      zh: `  ✗ 仍有 ${unmatchable} 项请求无法核对，${left.unlinked} 行不能对应到任何人；闸口会扣留`,
      en: `  ✗ ${unmatchable} requests still cannot be looked for and ${left.unlinked} rows name nobody; the gate will hold it`,
    })
    return exitCode.no
  },
  notify: async ({ terminal, data, options, first, second }) => {
    const { recipient, out } = options
    if (first === undefined || second === undefined || recipient === undefined || out === undefined) {
      throw incomplete('notify')
    }
    const on = dayOrToday(options.on)
    const counting = await data.countingKey(on.slice(0, 4))
    for (const path of [out, `${out}.key`]) if (existsSync(path)) throw fileExists(path)
    return withOffice(data, options, async (office) => {
      const sent = await notifyRecipient(office, { request: first, person: second, recipient, on, counting })
      await writeFile(out, `${JSON.stringify(sent.notice)}\n`, { flag: 'wx' })
      await writeFile(`${out}.key`, sent.key, { flag: 'wx', mode: 0o600 })
      terminal.answer({ schema, notice: out, key: `${out}.key`, digest: sent.digest })
      terminal.say({
        zh: `  已签名的通知 ${out}；密钥 ${out}.key 请另行交给接收方，勿与通知同行`,
        en: `  Signed notice ${out}; hand the key ${out}.key to the recipient by another way than the notice`,
      })
      return exitCode.done
    })
  },
  match: async ({ terminal, data, options, first, second }) => {
    if (first === undefined || second === undefined || options.key === undefined) throw incomplete('match')
    const matched = await matchNotice({
      data: second,
      notice: await readReceiptFile(first),
      key: await readFile(options.key),
      trust: await trustOf(data, options.trust),
      on: dayOrToday(options.on),
    })
    const { notice, cells, unmatchable } = matched
    terminal.answer({ schema, ...matched })
    const right = individualRight(notice.kind as RequestKind)
    terminal.say({ zh: `  ${right.zh}　${notice.request}`, en: `  ${right.en}  ${notice.request}` })
    terminal.say(
      cells > 0
        ? { zh: `  此人在 ${second} 中（${cells} 个标识）`, en: `  The person is in ${second} (${cells} identifiers)` }
        : unmatchable
          ? {
              zh: `  未找到此人，但有人仅以其他种类的标识出现：不能断定不在其中`,
              en: `  Not found, but some persons are known by other identifiers only: that is no proof of absence`,
            }
          : { zh: `  此人不在 ${second} 中`, en: `  The person is not in ${second}` },
    )
    return cells > 0 || unmatchable ? exitCode.no : exitCode.done
  },
  confirm: async ({ terminal, data, options, first }) => {
    const { as, outcome, out } = options
    if (first === undefined || as === undefined || out === undefined) throw incomplete('confirm')
    if (outcome !== 'done' && outcome !== 'not-held') throw incomplete('confirm')
    if (existsSync(out)) throw fileExists(out)
    const signed = confirmNotice(await readReceiptFile(first), {
      trust: await trustOf(data, options.trust),
      outcome,
      on: dayOrToday(options.on),
      key: readKeyFile(as),
    })
    await writeFile(out, `${JSON.stringify(signed)}\n`, { flag: 'wx' })
    terminal.answer({ schema, confirmation: out })
    terminal.say({
      zh: `  已签名的确认 ${out}，请交回数据处理者`,
      en: `  Signed confirmation ${out}; hand it back to the handler`,
    })
    return exitCode.done
  },
  confirmed: async ({ terminal, data, options, first }) => {
    if (first === undefined) throw incomplete('confirmed')
    const confirmation = await readReceiptFile(first)
    const trust = await trustOf(data, options.trust)
    return withOffice(data, options, async (office) => {
      const request = await keepConfirmation(office, confirmation, trust)
      terminal.answer({ schema, request })
      printRequest(terminal, request)
      return exitCode.done
    })
  },
  proof: async ({ terminal, data, options, first }) => {
    if (first === undefined) throw incomplete('proof')
    return withOffice(data, options, async (office) => {
      const proof = await proveRequest(office, first)
      terminal.answer({ schema: 'tongguan/individual-proof/1', ...proof })
      printRequest(terminal, proof.request)
      for (const { event, on, line, logIndex } of proof.steps) {
        terminal.say({
          zh: `  日志第 ${logIndex ?? '—'} 条　${on}　${eventWords[event].zh}　${line.slice(0, 16)}`,
          en: `  leaf ${logIndex ?? '—'}  ${on}  ${eventWords[event].en}  ${line.slice(0, 16)}`,
        })
      }
      for (const { name, recipient, logIndex, register } of proof.batches) {
        const isClean = register !== null && register.version >= 2 && register.outcome === 'passed'
        terminal.say({
          zh: `  日志第 ${logIndex} 条　批次 ${name} → ${recipient}　${isClean ? '已核对登记，放行' : '未按本登记核对'}`,
          en: `  leaf ${logIndex}  batch ${name} → ${recipient}  ${isClean ? 'held against the register, released' : 'not held against this register'}`,
        })
      }
      return exitCode.done
    })
  },
} as const satisfies Record<string, Action>

/** `individuals register|answer|list|drop|notify|match|confirm|confirmed|proof`: what persons ask about their own data. */
export async function individualsCommand(
  terminal: Terminal,
  action: string,
  first: string | undefined,
  second: string | undefined,
  options: IndividualOptions,
): Promise<ExitCode> {
  if (!(action in actions)) throw noSuchAction('individuals', action, Object.keys(actions))
  const data = dataFolder(options.data)
  return actions[action as keyof typeof actions]({ terminal, data, options, first, second })
}

const schema = 'tongguan/individuals/1'
const kinds = individualRights.map(({ code }) => code)

async function withOffice(
  data: DataFolder,
  { register }: IndividualOptions,
  work: (office: Office) => Promise<ExitCode>,
): Promise<ExitCode> {
  const records = await openRecords({ folder: data.database })
  try {
    return await work({ register: register ?? data.consents, gate: await gateAtRest(records.db, data) })
  } finally {
    await records.close()
  }
}

function printRequest(
  terminal: Terminal,
  { id, kind, registeredOn, marks, answer, handedOver }: IndividualRequest,
): void {
  const { zh, en, citation, soon, keepsOut } = individualRight(kind)
  terminal.say(
    `  ${id}  ${registeredOn}  ${terminal.text({ zh, en })}  ${terminal.text(articleWords(citation.article))}`,
  )
  terminal.say({
    zh: `    标识：${Object.keys(marks).join('、')}　期限：${soon === null ? '法律未写时限' : `法律用语为“${soon.zh}”，没有天数`}`,
    en: `    identified by ${Object.keys(marks).join(', ')}; due: ${soon === null ? 'the law names no time' : `the law says "${soon.en}", no number of days`}`,
  })
  if (answer === null) {
    terminal.say(
      keepsOut
        ? { zh: '    待答复；此人不进入后续批次', en: '    not answered; the person stays out of the next batches' }
        : { zh: '    待答复', en: '    not answered' },
    )
  } else if (answer.outcome === 'met') terminal.say({ zh: `    ${answer.on} 已办理`, en: `    met on ${answer.on}` })
  else
    terminal.say({ zh: `    ${answer.on} 拒绝：${answer.reason}`, en: `    refused on ${answer.on}: ${answer.reason}` })
  for (const { recipient, notifiedOn, confirmed } of handedOver) {
    const state =
      confirmed === null
        ? { zh: '尚未确认', en: 'not confirmed' }
        : confirmed.outcome === 'done'
          ? { zh: `${confirmed.on} 确认已办理`, en: `confirmed done on ${confirmed.on}` }
          : { zh: `${confirmed.on} 确认未持有`, en: `confirmed not held on ${confirmed.on}` }
    terminal.say({
      zh: `    ${notifiedOn} 通知 ${recipient}：${state.zh}`,
      en: `    ${recipient} notified on ${notifiedOn}: ${state.en}`,
    })
  }
}

const articleWords = (article: number) => ({ zh: `个人信息保护法第${article}条`, en: `PIPL art. ${article}` })

const eventWords = {
  registered: { zh: '登记请求', en: 'request registered' },
  answered: { zh: '答复', en: 'answered' },
  notified: { zh: '通知接收方', en: 'recipient notified' },
  confirmed: { zh: '接收方确认', en: 'recipient confirmed' },
} as const

const fileExists = (path: string) =>
  new InputError('individual.file-exists', {
    zh: `${path} 已存在，未覆盖。`,
    en: `${path} is there already and was not replaced.`,
  })

function incomplete(action: keyof typeof individualCalls): InputError {
  const example = individualCalls[action]
  return new InputError('individual.call-incomplete', {
    zh: `这一步缺少内容。例如：${example}${action === 'register' ? `（--kind：${kinds.join('、')}）` : ''}`,
    en: `Something is missing. For example: ${example}${action === 'register' ? ` (--kind: ${kinds.join(', ')})` : ''}`,
  })
}
