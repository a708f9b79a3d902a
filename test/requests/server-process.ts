// Run in a process of its own: a server with several organisations, each with what nobody else may read, planted as
// texts that stand nowhere else. Says as one line of JSON where it is and what it knows, then serves until it is ended.
import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { append, caseNo, nextCaseNo } from '@tongguan/casework'
import { legalDate } from '@tongguan/law'
import { aDeclaration, anAssessedCase } from '../../casework/case.makers.ts'
import { keepCaseFiles } from '../../server/case-files.ts'
import { createGateKey, dataFolder } from '../../server/data-folder.ts'
import { markAsPilot } from '../../server/installation.ts'
import { KeptFiles } from '../../server/kept-files.ts'
import { aDraft, openAccounts, other, own, someEvidence, today } from '../../server/makers.ts'
import { openRecords } from '../../server/records.ts'
import { toStandardError } from '../../server/request-log.ts'
import { serve } from '../../server/serve.ts'
import { createServiceToken, tokenScopes } from '../../server/service-tokens.ts'
import { browserOf, openSession } from '../../server/sessions.ts'
import type { Place, Planted } from './ask.ts'

const [folder = '', url] = process.argv.slice(2)
const data = dataFolder(folder)
const records = await openRecords(url === undefined ? { folder: data.database } : { url })
const { db } = records
await openAccounts(records)
await markAsPilot(db, today)
await db.insertInto('gate_handler').values({ credit_code: own.creditCode }).execute()
await createGateKey(data, { simulated: true })

const nation = ['assessor', 'assessor.second', 'supervisor.national', 'administrator.national']
const sides = {
  here: {
    handler: ['handlerOfficer', 'handlerOfficer.second', 'supervisor', 'supervisor.second', 'gate'],
    office: ['deskOfficer', 'supervisor.province'],
  },
  elsewhere: { handler: ['handlerOfficer.elsewhere'], office: ['deskOfficer.elsewhere'] },
} as const
const planted: Planted[] = []
const known: Record<string, string[]> = {}

/** A text that stands nowhere else, and who may ever read it. */
function plant(readers: readonly string[]): string {
  const text = `canary-${randomUUID()}`
  planted.push({ text, readers })
  return text
}

function know(name: string, value: string): string {
  ;(known[name] ??= []).push(value)
  return value
}

await aCaseOf('here', own, 5)
await aCaseOf('here', own, 8)
await aCaseOf('elsewhere', other, 1)

// The authority's own may pass a case on while this goes on; so the nation may read of each.
async function aCaseOf(where: keyof typeof sides, of: typeof own | typeof other, events: number): Promise<void> {
  const { handler, office } = sides[where]
  const all = [...handler, ...office, ...nation]
  // A reminder names the handler, and of a handler everybody is reminded.
  const reminded = where === 'here' ? [...all, 'administrator', 'administrator.second'] : all
  const no = await nextCaseNo(db, legalDate('2026-03-02'))
  const bytes = Buffer.from(plant(all))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = '申报表.docx'
  const declaration = aDeclaration({
    handler: { ...of, name: plant(reminded), ciio: false },
    documents: [{ kind: 'declaration-form', file, sha256, bytes: bytes.length }],
  })
  const history = anAssessedCase(caseNo(no)).slice(0, events)
  await append(
    db,
    no,
    0,
    history.map((event) => (event.kind === 'declared' ? { ...event, declaration } : event)),
  )
  const evidence = someEvidence()
  const [scanned] = evidence.files
  const [column] = scanned?.columns ?? []
  if (scanned === undefined || column === undefined) throw new Error('the made-up evidence has a column')
  // Masked samples are the handler's own; an office reads counts.
  const sampled = { ...scanned, columns: [{ ...column, sample: [plant(handler)] }] }
  await keepCaseFiles(db, new KeptFiles(data.files), no, {
    documents: [{ fileName: file, bytes }],
    evidence: { ...evidence, files: [sampled] },
  })
  know('caseNo', no)
}

const serving = await serve({
  records,
  data,
  individuals: data,
  pilots: join(import.meta.dirname, '..', '..', 'examples'),
  requestLog: toStandardError,
  port: 0,
})
const port = Number(new URL(serving.address).port)
// A session is bound to the browser it was opened in.
const browser = { 'user-agent': 'a browser' }
const accounts = await db.selectFrom('auth_user').select('id').execute()
const credentials: Record<string, Record<string, string>> = { nobody: {} }
for (const { id } of accounts) {
  const session = { userId: id, browser: browserOf(new Headers(browser)), secondFactor: false }
  const token = await openSession(db, { ...session, now: new Date(), provenAt: new Date() })
  credentials[id] = { ...browser, cookie: `tongguan-${port}.session_token=${token}`, origin: serving.address }
  know('memberId', id)
}
const gate = { name: 'gate', organisationId: 'handler', by: 'administrator', scopes: tokenScopes }
const now = new Date()
const made = await createServiceToken(db, { ...gate, now, expiresAt: new Date(now.getTime() + 86_400_000) })
credentials['gate'] = { authorization: `Bearer ${made.token}` }
know('tokenId', made.id)

/** Asks for something of the API as one of them; what has a number is known by it. */
async function asked(as: string, path: string, body: object, number?: readonly [name: string, field: string]) {
  const answer = await fetch(`${serving.address}${path}`, {
    method: 'POST',
    headers: { ...credentials[as], 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as Record<string, string>
  if (!answer.ok) throw new Error(`planting at ${path}: ${answer.status} ${JSON.stringify(said)}`)
  if (number !== undefined) know(number[0], said[number[1]] ?? '')
}

const facts = 'schema: tongguan/facts/1\nflows:\n  - id: a\n'
for (const [officer, readers] of [
  ['handlerOfficer', [...sides.here.handler, 'gate']],
  ['handlerOfficer.elsewhere', sides.elsewhere.handler],
] as const) {
  await asked(officer, '/v1/preparations', { facts: `# ${plant(readers)}\n${facts}` }, ['preparation', 'preparation'])
}
for (const desk of ['deskOfficer', 'deskOfficer.elsewhere']) {
  const question = plant([desk])
  await asked(desk, '/v1/enquiries', { channel: 'phone', question }, ['enquiryNo', 'no'])
  const title = { ...aDraft, question: { zh: plant([desk]), en: plant([desk]) } }
  await asked(desk, '/v1/interpretations', title, ['interpretationNo', 'no'])
  await asked(desk, '/v1/institutions', { name: plant([desk]), keyArea: 'healthcare' }, ['institutionNo', 'no'])
  const briefing = { heldOn: '2026-06-01', title: plant([desk]), audience: 'a', place: '', slides: [] }
  await asked(desk, '/v1/briefings', briefing, ['briefingNo', 'no'])
}
const invitation = { name: plant(['administrator', 'administrator.second']), email: 'someone@test.example' }
await asked('administrator', '/v1/organisation/invitations', { ...invitation, role: 'handlerOfficer' })
const about = { name: 'office of handler', creditCode: own.creditCode, province: own.province }
const filing = { schema: 'tongguan/filing/1', handler: about, reference: 'K-1', happened: null, documents: [] }
// Whoever is complained about does not see the complaint, nor does anybody but the office it went to.
await asked('deskOfficer', '/v1/complaints', {
  filing: { ...filing, summary: plant(sides.here.office) },
  from: plant(sides.here.office),
})

const place: Place = { port, credentials, planted, known }
process.stdout.write(`${JSON.stringify(place)}\n`)
