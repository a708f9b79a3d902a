import { ChangeLeadsNowhere, applyChanges } from '@tongguan/dossier'
import type { Change, Json } from '@tongguan/dossier'
import type { Evidence, ExportFacts } from '@tongguan/law'
import { join } from 'node:path'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { noteKept } from '../case-files.ts'
import type { ServerDb } from '../case-files.ts'
import { AnswersSchema, answersExample } from '../contract/answers.ts'
import { EvidenceSchema } from '../contract/evidence.ts'
import { parseYaml, readText } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import { parseFacts } from '../facts-file.ts'
import { startedAnswers } from '../flows/start-case.ts'
import { giveAnswer, idempotencyKeyOf, onceAsked, sequenceOf } from '../idempotency.ts'
import type { Answered } from '../idempotency.ts'
import { loadedLists } from '../loaded-lists.ts'
import { readPilotsIn } from '../pilots.ts'
import { addRevision, checkPreparation, loadPreparation } from '../preparations.ts'
import type { Preparation } from '../preparations.ts'
import { RequestProblem } from '../problem.ts'
import { sql } from 'kysely'

const pageOf = 50

/** A handler's declarations before they are filed: begun, changed by several people at once, checked. */
export function preparationRoutes(app: App, server: Server): void {
  const { records, files, clock } = server
  const { db } = records
  const lists = () => (server.lists === undefined ? Promise.resolve([]) : loadedLists(server.lists))

  app.openapi(guarded(server, 'listPreparations'), async (c) => {
    const { cursor } = c.req.valid('query')
    const organisation = c.get('viewer').organisation.id
    const rows = await db
      .selectFrom('preparation')
      .select('no')
      .where('organization_id', '=', organisation)
      .where(cursor === undefined ? sql<boolean>`true` : sql<boolean>`no < ${cursor}::bigint`)
      .orderBy('no', 'desc')
      .limit(pageOf + 1)
      .execute()
    const shown = rows.slice(0, pageOf)
    const found = await Promise.all(shown.map(({ no }) => loadPreparation(db, String(no), organisation)))
    return c.json(
      {
        preparations: found.flatMap((one) => (one === null ? [] : [summaryOf(one)])),
        next: rows.length > pageOf ? String(shown.at(-1)?.no ?? '') : null,
      },
      200,
    )
  })

  app.openapi(guarded(server, 'startPreparation'), async (c) => {
    const asked = c.req.valid('json')
    const { tree, evidence } = await started(c, asked)
    const bytes = evidence === null ? null : Buffer.from(`${JSON.stringify(evidence)}\n`)
    const sha256 = bytes === null ? null : await files.keep(bytes)
    const viewer = c.get('viewer')
    const key = idempotencyKeyOf(c.req.header('idempotency-key'))
    const answered = await onceAsked(server, c, async (tx) => {
      if (sha256 !== null && bytes !== null) await noteKept(tx, [{ sha256, bytes: bytes.length }])
      const { no } = await tx
        .insertInto('preparation')
        .values({ organization_id: viewer.organisation.id, evidence_sha256: sha256 })
        .returning('no')
        .executeTakeFirstOrThrow()
      const changes: readonly Change[] = [{ kind: 'set', path: '', value: tree }]
      await addRevision(tx, String(no), { n: 1, account: viewer.id, name: viewer.name, key, changes })
      const page = pageOfOne(await own(tx, c, String(no)))
      return { status: 201, headers: { ETag: '"1"', Location: `/v1/preparations/${no}` }, body: JSON.stringify(page) }
    })
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'getPreparation'), async (c) => {
    const preparation = await own(db, c, c.req.valid('param').preparation)
    c.header('ETag', `"${preparation.revisions.length}"`)
    return c.json(pageOfOne(preparation), 200)
  })

  app.openapi(guarded(server, 'checkPreparation'), async (c) => {
    const preparation = await own(db, c, c.req.valid('param').preparation)
    const { evidenceSha256 } = preparation
    const evidence =
      evidenceSha256 === null
        ? null
        : EvidenceSchema.parse(JSON.parse((await files.read(evidenceSha256)).toString('utf8')))
    return c.json(checkPreparation(preparation, { day: clock.on(), evidence, lists: await lists() }), 200)
  })

  app.openapi(guarded(server, 'listRevisions'), async (c) => {
    const { revisions } = await own(db, c, c.req.valid('param').preparation)
    const after = Number(c.req.valid('query').after)
    return c.json({ revisions: revisions.slice(after).map((one) => ({ ...one, at: one.at.toISOString() })) }, 200)
  })

  app.openapi(guarded(server, 'revisePreparation'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const { changes } = c.req.valid('json')
    const viewer = c.get('viewer')
    const seen = sequenceOf(c.req.header('if-match'))
    const key = idempotencyKeyOf(c.req.header('idempotency-key'))
    const work = async (tx: ServerDb): Promise<Answered> => {
      // Two who save at once: the second waits here and then finds the first one's revision.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`preparation:${no}`}, 0))`.execute(tx)
      const { revisions, tree } = await own(tx, c, no)
      if (revisions.length !== seen) {
        throw new RequestProblem('preparation.stale', {}, { sequence: revisions.length })
      }
      refuseNowhere(tree, changes)
      const n = seen + 1
      const at = await addRevision(tx, no, { n, account: viewer.id, name: viewer.name, key, changes })
      return { status: 200, headers: { ETag: `"${n}"` }, body: JSON.stringify({ revision: n, at: at.toISOString() }) }
    }
    return giveAnswer(c, await onceAsked(server, c, work, `\n${seen}`))
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
      const facts = asked.facts === undefined ? none : parseFacts(asked.facts, 'facts.yaml', await lists())
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
    return plain({ ...answers, facts: parseFacts(await read('facts.yaml'), 'facts.yaml', await lists()) })
  }
}

async function own(db: ServerDb, c: AppContext, no: string): Promise<Preparation> {
  const found = await loadPreparation(db, no, c.get('viewer').organisation.id)
  if (found === null) throw new RequestProblem('preparation.not-found', { preparation: no })
  return found
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

function summaryOf({ no, tree, revisions }: Preparation) {
  const { reference, scenarios } = tree as { readonly reference?: Json; readonly scenarios?: Json }
  const last = revisions.at(-1)
  return {
    preparation: no,
    reference: typeof reference === 'string' ? reference : null,
    scenarios: (Array.isArray(scenarios) ? scenarios : []).flatMap((one: { readonly name?: Json }) =>
      typeof one.name === 'string' ? [one.name] : [],
    ),
    revision: revisions.length,
    changedAt: last?.at.toISOString() ?? '',
    changedBy: last?.by ?? '',
  }
}

function pageOfOne(preparation: Preparation) {
  const { tree, evidenceSha256 } = preparation
  return { ...summaryOf(preparation), tree: plain(tree), hasEvidence: evidenceSha256 !== null }
}

/** As JSON carries it, without what is left out. */
function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}
