import { caseNo, page, statusWords, statuses } from '@tongguan/casework'
import type { CaseNo, Selection } from '@tongguan/casework'
import { kinds } from '@tongguan/law'
import { boundReader, guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { attachedTo, evidenceOf } from '../case-files.ts'
import type { KeptEvidence } from '../case-files.ts'
import { caseSummary, clockOf, casePage } from '../case-page.ts'
import type { Reading } from '../case-page.ts'
import { RequestProblem } from '../problem.ts'
import type { Organisation } from '../rights.ts'

/** Reading cases. */
export function caseRoutes(app: App, server: Server): void {
  const { records, files, clock } = server

  app.openapi(guarded(server, 'listCases'), async (c) => {
    const { status, cursor, limit = 20 } = c.req.valid('query')
    const reading = readingOf(server, c)
    const reader = boundReader(reading.viewer)
    const found = await page(
      records.db,
      {
        of: selectionOf(reading.viewer.organisation),
        ...(status === undefined ? {} : { status }),
        ...(reader === undefined ? {} : { knownTo: reader }),
      },
      { ...(cursor === undefined ? {} : { before: readCursor(cursor) }), limit: limit + 1 },
    )
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1) : undefined
    return c.json(
      {
        cases: shown.map((one) => caseSummary(one, reading)),
        next: last === undefined ? null : writeCursor(last.no),
        statuses: statuses.map((status) => ({ status, words: statusWords[status] })),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'getCase'), async (c) => {
    const current = c.get('case')
    c.header('ETag', `"${current.sequence}"`)
    return c.json(casePage(current, await attachedTo(records.db, current), readingOf(server, c)), 200)
  })

  app.openapi(guarded(server, 'getEvidence'), async (c) => {
    const { no } = c.get('case')
    const evidence = await evidenceOf(records.db, files, no)
    if (evidence === null) throw new RequestProblem('case.no-evidence', { case: no })
    // Masked samples are still parts of people's data; they stay on the handler's premises.
    const withheld = c.get('viewer').organisation.kind !== 'handler'
    const shown = withheld ? withoutSamples(evidence) : evidence
    return c.json(
      {
        caseNo: no,
        samples: withheld ? ('withheld' as const) : ('shown' as const),
        evidence: shown,
        kinds: kindsIn(evidence),
        clock: clockOf(clock),
      },
      200,
    )
  })

  app.openapi(guarded(server, 'getDocument'), async (c) => {
    const { no } = c.get('case')
    const { documentId } = c.req.valid('param')
    const { documents } = await attachedTo(records.db, c.get('case'))
    const document = documents.find(({ seq, n }) => `${seq}-${n}` === documentId)
    if (document === undefined) throw new RequestProblem('document.not-found', { case: no, document: documentId })
    const bytes = await files.read(document.sha256)
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': document.media_type,
      'Content-Disposition': `attachment; filename="${documentId}"; filename*=UTF-8''${encodeRfc5987(document.file_name)}`,
      // Opened on its own it may run nothing and ask for nothing.
      'Content-Security-Policy': 'sandbox',
      'Repr-Digest': `sha-256=:${Buffer.from(document.sha256, 'hex').toString('base64')}:`,
    })
  })
}

export function readingOf({ clock, installation }: Server, c: AppContext): Reading {
  return { viewer: c.get('viewer'), clock, simulated: installation.kind === 'pilot' }
}

/** The cases an organisation's members may list; the same as what rights.ts lets them open. */
function selectionOf({ creditCode, province }: Organisation): Selection['of'] {
  if (creditCode !== null) return { creditCode }
  return province === null ? 'forwarded' : { province }
}

function writeCursor(no: CaseNo): string {
  return Buffer.from(no).toString('base64url')
}

function readCursor(cursor: string): CaseNo {
  try {
    return caseNo(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof RangeError) throw new RequestProblem('request.cursor')
    throw error
  }
}

function withoutSamples(evidence: KeptEvidence): KeptEvidence {
  return {
    ...evidence,
    files: evidence.files.map((file) => ({
      ...file,
      columns: file.columns.map((column) => ({ ...column, sample: [] as string[] })),
    })),
  }
}

/** The words of every kind that occurs. */
export function kindsIn({ files }: Pick<KeptEvidence, 'files'>) {
  const found = new Set(
    files.flatMap(({ columns }) => columns.flatMap(({ kind, findings }) => [kind, ...findings.map((f) => f.kind)])),
  )
  return Object.fromEntries([...found].map((kind) => [kind, { zh: kinds[kind].zh, en: kinds[kind].en }]))
}

export function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
