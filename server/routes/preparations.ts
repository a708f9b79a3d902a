import { ChangeLeadsNowhere, applyChanges } from '@tongguan/dossier'
import type { Change, Json } from '@tongguan/dossier'
import type { Evidence, ExportFacts } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { join } from 'node:path'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { noteKept } from '../case-files.ts'
import { AnswersSchema, answersExample } from '../contract/answers.ts'
import { EvidenceSchema } from '../contract/evidence.ts'
import { parseYaml, readText } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import { parseFacts } from '../facts-file.ts'
import { startedAnswers } from '../flows/start-case.ts'
import { giveAnswer, idempotencyKeyOf, onceAsked, sequenceOf } from '../idempotency.ts'
import type { Answered } from '../idempotency.ts'
import { readPilotsIn } from '../pilots.ts'
import { checkPreparation } from '../preparation-check.ts'
import { BesideReader, attachFile, filesOf } from '../preparation-files.ts'
import { addRevision, listPreparations, revisionsAfter } from '../preparations.ts'
import type { Preparation } from '../preparations.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { lockedPreparation, newsOf, ownPreparation } from './own-preparation.ts'
import { listsOf } from './office.ts'

const pageOf = 50

/** A handler's declarations before they are filed: begun, changed by several people at once, checked. */
export function preparationRoutes(app: App, server: Server): void {
  const { records, files, clock } = server
  const { db } = records
  const reader = new BesideReader(files)

  app.openapi(guarded(server, 'listPreparations'), async (c) => {
    const { cursor } = c.req.valid('query')
    const organisation = c.get('viewer').organisation.id
    const before = cursor === undefined ? {} : { before: cursor }
    const found = await listPreparations(db, { organisation, ...before, limit: pageOf + 1 })
    const shown = found.slice(0, pageOf)
    const next = found.length > pageOf ? (shown.at(-1)?.no ?? null) : null
    return c.json({ preparations: shown.map(summaryOf), next }, 200)
  })

  app.openapi(guarded(server, 'startPreparation'), async (c) => {
    const { tree, evidence } = await started(c, c.req.valid('json'))
    const bytes = evidence === null ? null : Buffer.from(`${JSON.stringify(evidence)}\n`)
    const sha256 = bytes === null ? null : await files.keep(bytes)
    const viewer = c.get('viewer')
    const key = idempotencyKeyOf(c.req.header('idempotency-key'))
    const answered = await onceAsked(server, c, async (tx) => {
      const { no } = await tx
        .insertInto('preparation')
        .values({ organization_id: viewer.organisation.id })
        .returning('no')
        .executeTakeFirstOrThrow()
      const who = { account: viewer.id, name: viewer.name }
      const changes: readonly Change[] = [{ kind: 'set', path: '', value: tree }]
      await addRevision(tx, String(no), { n: 1, ...who, key, changes })
      if (sha256 !== null && bytes !== null) {
        await noteKept(tx, [{ sha256, bytes: bytes.length }])
        await attachFile(tx, String(no), { purpose: 'evidence', fileName: 'evidence.json', sha256, ...who })
      }
      const page = pageOfOne(await ownPreparation(tx, c, String(no)))
      return { status: 201, headers: { ETag: '"1"', Location: `/v1/preparations/${no}` }, body: JSON.stringify(page) }
    })
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'getPreparation'), async (c) => {
    const preparation = await ownPreparation(db, c, c.req.valid('param').preparation)
    c.header('ETag', `"${preparation.revision}"`)
    return c.json(pageOfOne(preparation), 200)
  })

  app.openapi(guarded(server, 'checkPreparation'), async (c) => {
    const preparation = await ownPreparation(db, c, c.req.valid('param').preparation)
    const beside = await reader.beside(preparation.tree, await filesOf(db, preparation.no))
    return c.json(checkPreparation(preparation, beside, { day: clock.on(), lists: await listsOf(server) }), 200)
  })

  app.openapi(guarded(server, 'listRevisions'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    const revisions = await revisionsAfter(db, no, Number(c.req.valid('query').after))
    return c.json({ revisions: revisions.map((one) => ({ ...one, at: one.at.toISOString() })) }, 200)
  })

  app.openapi(guarded(server, 'revisePreparation'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const { changes } = c.req.valid('json')
    const viewer = c.get('viewer')
    const seen = sequenceOf(c.req.header('if-match'))
    const key = idempotencyKeyOf(c.req.header('idempotency-key'))
    const work = async (tx: Transaction<Tables>): Promise<Answered> => {
      const { revision, tree } = await lockedPreparation(tx, c, no)
      if (revision !== seen) throw new RequestProblem('preparation.stale', {}, { sequence: revision })
      refuseNowhere(tree, changes)
      const n = seen + 1
      const at = await addRevision(tx, no, { n, account: viewer.id, name: viewer.name, key, changes })
      return { status: 200, headers: { ETag: `"${n}"` }, body: JSON.stringify({ revision: n, at: at.toISOString() }) }
    }
    const answered = await onceAsked(server, c, work, `\n${seen}`)
    server.news.tell(newsOf(no))
    return giveAnswer(c, answered)
  })

  async function started(c: AppContext, asked: { example?: string; facts?: string; evidence?: string }) {
    const { name, creditCode } = c.get('viewer').organisation
    try {
      const evidence =
        asked.evidence === undefined
          ? null
          : parseYaml<Evidence>(
              asked.evidence,
              'evidence.json',
              EvidenceSchema,
              'npx tongguan scan ./data --out evidence.json',
            )
      if (asked.example !== undefined) return { evidence, tree: await exampleTree(asked.example) }
      const none: ExportFacts = { schema: 'tongguan/facts/1', flows: [{ id: 'scenario-1' }] }
      const facts = asked.facts === undefined ? none : parseFacts(asked.facts, 'facts.yaml', await listsOf(server))
      const known = { facts, evidence: evidence ?? { files: [] }, name, ...(creditCode === null ? {} : { creditCode }) }
      return { evidence, tree: plain({ ...startedAnswers(known), facts }) }
    } catch (error) {
      if (error instanceof InputError) throw new RequestProblem('preparation.file', { reason: error.words })
      throw error
    }
  }

  async function exampleTree(name: string): Promise<Json> {
    const pilot = server.pilots && (await readPilotsIn(server.pilots)).find((one) => one.name === name)
    if (!pilot) throw new RequestProblem('pilot.not-found', { pilot: name, file: 'answers.yaml' })
    const read = (file: string) => readText(join(pilot.folder, file))
    const answers = parseYaml(await read('answers.yaml'), 'answers.yaml', AnswersSchema, answersExample)
    return plain({ ...answers, facts: parseFacts(await read('facts.yaml'), 'facts.yaml', await listsOf(server)) })
  }
}

function refuseNowhere(tree: Json, changes: readonly Change[]): void {
  const whole = changes.find(({ path }) => path === '')
  if (whole !== undefined) throw new RequestProblem('preparation.nowhere', { path: '' })
  try {
    applyChanges(tree, changes)
  } catch (error) {
    if (error instanceof ChangeLeadsNowhere) throw new RequestProblem('preparation.nowhere', { path: error.path })
    throw error
  }
}

function summaryOf({ no, tree, revision, changedAt, changedBy }: Preparation) {
  const { reference, scenarios } = tree as { readonly reference?: Json; readonly scenarios?: Json }
  return {
    preparation: no,
    reference: typeof reference === 'string' ? reference : null,
    scenarios: (Array.isArray(scenarios) ? scenarios : []).flatMap((one: { readonly name?: Json }) =>
      typeof one.name === 'string' ? [one.name] : [],
    ),
    revision,
    changedAt: changedAt.toISOString(),
    changedBy,
  }
}

function pageOfOne(preparation: Preparation) {
  return { ...summaryOf(preparation), tree: plain(preparation.tree) }
}

/** As JSON carries it, without what is left out. */
function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}
