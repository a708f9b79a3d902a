import { DossierInputError, keepsOut } from '@tongguan/dossier'
import { GateInputError } from '@tongguan/gate'
import { individualRight, individualRights } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { clockOf } from '../case-page.ts'
import { trustOf } from '../data-folder.ts'
import type { DataFolder } from '../data-folder.ts'
import { InputError } from '../errors.ts'
import {
  answerRequest,
  dropListed,
  keepConfirmation,
  listRequests,
  notifyRecipient,
  proveRequest,
  registerRequest,
} from '../flows/keep-individuals.ts'
import { readPersonRegister } from '../flows/keep-consents.ts'
import type { IndividualRequest, Office, RequestProof } from '../flows/keep-individuals.ts'
import { gateAtRest } from '../flows/release-batch.ts'
import { RequestProblem } from '../problem.ts'

/**
 * What individuals ask, on the register and log that `tongguan individuals` keeps: the portal of a handler runs over the
 * folder its gate works in, and an embedded database is one process's only. Where the root of the counting keys is
 * sealed nothing can be registered until two persons open it.
 */
export function individualRoutes(app: App, server: Server): void {
  const { clock } = server
  // One at a time: a line must get one leaf only.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Done>(work: () => Promise<Done>): Promise<Done> => {
    const next = last.then(work, work)
    last = next
    return next
  }

  app.openapi(guarded(server, 'listIndividualRequests'), async (c) => {
    const { consents } = await folderOf(server, c)
    const on = clock.on()
    const requests = await explained(() => listRequests(consents))
    return c.json(
      {
        requests: requests.map((one) => shown(one, on)),
        kinds: individualRights.map(({ code, zh, en, citation }) => ({
          kind: code,
          words: { zh, en },
          article: citation.article,
        })),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'registerIndividualRequest'), async (c) => {
    const data = await folderOf(server, c)
    const { kind, identifiers } = c.req.valid('json')
    const on = clock.on()
    const registered = await inTurn(() =>
      withPersonFile(identifiers, (person) =>
        explained(async () => {
          const counting = await data.countingKey(on.slice(0, 4))
          return registerRequest(await officeOf(server, data), { person, kind, on, counting })
        }, person),
      ),
    )
    return c.json(shown(registered.request, on), 201)
  })

  app.openapi(guarded(server, 'answerIndividualRequest'), async (c) => {
    const data = await folderOf(server, c)
    const { requestId: request } = c.req.valid('param')
    const answer = c.req.valid('json')
    const on = clock.on()
    const reason = answer.outcome === 'refused' ? { reason: answer.reason } : {}
    const answered = await inTurn(() =>
      explained(async () => answerRequest(await officeOf(server, data), { request, on, ...reason })),
    )
    return c.json(shown(answered, on), 200)
  })

  app.openapi(guarded(server, 'notifyRecipient'), async (c) => {
    const data = await folderOf(server, c)
    const { requestId: request } = c.req.valid('param')
    const { recipient, identifiers } = c.req.valid('json')
    const on = clock.on()
    const { sent, shownNow } = await inTurn(() =>
      withPersonFile(identifiers, (person) =>
        explained(async () => {
          const counting = await data.countingKey(on.slice(0, 4))
          const sent = await notifyRecipient(await officeOf(server, data), { request, person, recipient, on, counting })
          const now = (await listRequests(data.consents)).find(({ id }) => id === request)
          if (now === undefined) throw new Error(`request ${request} was notified and is not in the register`)
          return { sent, shownNow: shown(now, on) }
        }, person),
      ),
    )
    const { notice, key, digest } = sent
    return c.json({ notice, key: Buffer.from(key).toString('base64'), digest, request: shownNow }, 200)
  })

  app.openapi(guarded(server, 'keepConfirmation'), async (c) => {
    const data = await folderOf(server, c)
    const { confirmation } = c.req.valid('json')
    const kept = await inTurn(() =>
      explained(async () =>
        keepConfirmation(await officeOf(server, data), confirmation, await trustOf(data, undefined)),
      ),
    )
    return c.json(shown(kept, clock.on()), 200)
  })

  app.openapi(guarded(server, 'dropFromBatch'), async (c) => {
    const data = await folderOf(server, c)
    const { files } = c.req.valid('json')
    const on = clock.on()
    const thinned = await inTurn(() =>
      withBatch(files, async ({ batch, into }) => {
        const { files: written, left } = await explained(async () => {
          const counting = await data.countingKey(on.slice(0, 4))
          const register = await readPersonRegister(data.consents)
          return dropListed({ batch, into, register, on, counting })
        }, batch)
        const read = written.map(async (file) => ({ ...file, base64: await readFile(join(into, file.name), 'base64') }))
        return { files: await Promise.all(read), unmatchable: left.requests.unmatchable, unlinked: left.unlinked }
      }),
    )
    return c.json(thinned, 200)
  })

  app.openapi(guarded(server, 'proveIndividualRequest'), async (c) => {
    const data = await folderOf(server, c)
    const { requestId } = c.req.valid('param')
    const proof = await inTurn(() => explained(async () => proveRequest(await officeOf(server, data), requestId)))
    return c.json(shownProof(proof, clock.on()), 200)
  })
}

/** The folder of the gate, where the one who asks belongs to the handler it works for. */
async function folderOf({ records: { db }, individuals }: Server, c: AppContext): Promise<DataFolder> {
  if (individuals === undefined) throw new RequestProblem('individual.not-kept-here')
  const { organisation } = c.get('viewer')
  const bound = await db.selectFrom('gate_handler').select('credit_code').executeTakeFirst()
  const handlers = await db.selectFrom('auth_organization').select('id').where('kind', '=', 'handler').execute()
  // Before the first batch the gate is bound to nobody: the register is the handler's if there is only one.
  const isTheirs =
    bound === undefined
      ? handlers.every(({ id }) => id === organisation.id)
      : bound.credit_code === organisation.creditCode
  if (!isTheirs) throw new RequestProblem('individual.not-kept-here')
  return individuals
}

async function officeOf({ records }: Server, data: DataFolder): Promise<Office> {
  return { register: data.consents, gate: await gateAtRest(records.db, data) }
}

/** The scanner reads files: one nobody else can read, for as long as it takes. */
function withPersonFile<Done>(
  identifiers: readonly { readonly column: string; readonly value: string }[],
  work: (path: string) => Promise<Done>,
): Promise<Done> {
  return withPrivateFolder(async (folder) => {
    const path = join(folder, 'person.csv')
    const row = (texts: readonly string[]) => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
    const table = [row(identifiers.map(({ column }) => column)), row(identifiers.map(({ value }) => value)), '']
    await writeFile(path, table.join('\n'), { mode: 0o600 })
    return work(path)
  })
}

function withBatch<Done>(
  files: readonly { readonly name: string; readonly base64: string }[],
  work: (folders: { readonly batch: string; readonly into: string }) => Promise<Done>,
): Promise<Done> {
  return withPrivateFolder(async (folder) => {
    const [batch, into] = [join(folder, 'batch'), join(folder, 'thinned')]
    await mkdir(batch, { mode: 0o700 })
    for (const { name, base64 } of files) {
      await writeFile(join(batch, name), Buffer.from(base64, 'base64'), { mode: 0o600 })
    }
    return work({ batch, into })
  })
}

async function withPrivateFolder<Done>(work: (folder: string) => Promise<Done>): Promise<Done> {
  const folder = await mkdtemp(join(tmpdir(), 'tongguan-person-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the flow refuses, as the API says it; `path` is a name the reader never saw. */
async function explained<Done>(work: () => Promise<Done>, path?: string): Promise<Done> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError || error instanceof DossierInputError || error instanceof GateInputError))
      throw error
    const { code, words } = error
    const named = (text: string, name: string) => (path === undefined ? text : text.replaceAll(path, name))
    const reason = { zh: named(words.zh, '所填内容'), en: named(words.en, 'what was given') }
    throw new RequestProblem(
      code === 'individual.unknown'
        ? 'individual.not-found'
        : code === 'individual.not-one-person'
          ? 'individual.does-not-fit'
          : 'individual.refused',
      { reason },
      { code },
    )
  }
}

function shown(one: IndividualRequest, on: LegalDate) {
  const { id, kind, marks, registeredOn, answer, handedOver } = one
  const { zh, en, citation, soon } = individualRight(kind)
  return {
    id,
    kind,
    kindWords: { zh, en },
    article: citation.article,
    soonWords: soon,
    registeredOn,
    identifiedBy: Object.keys(marks),
    keptOut: keepsOut(one, on),
    answer:
      answer === null
        ? null
        : { outcome: answer.outcome, on: answer.on, reason: answer.outcome === 'refused' ? answer.reason : null },
    handedOver: handedOver.map(({ recipient, notifiedOn, confirmed }) => ({ recipient, notifiedOn, confirmed })),
  }
}

function shownProof({ request, steps, batches }: RequestProof, on: LegalDate) {
  return {
    request: shown(request, on),
    steps,
    batches: batches.map(({ name, recipient, logIndex, register }) => ({
      name,
      recipient,
      logIndex,
      heldAgainstRegister: register !== null && register.version >= 2 && register.outcome === 'passed',
    })),
  }
}
