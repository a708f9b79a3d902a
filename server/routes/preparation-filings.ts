import { DossierInputError } from '@tongguan/dossier'
import { load } from '@tongguan/casework'
import type { Evidence, Words } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { noteKept } from '../case-files.ts'
import type { ServerDb } from '../case-files.ts'
import { caseSummary } from '../case-page.ts'
import { EvidenceSchema } from '../contract/evidence.ts'
import { parseYaml } from '../contract/yaml-file.ts'
import { InputError } from '../errors.ts'
import { filingKeyFiles, readDossierTrust } from '../filing-keys.ts'
import { bundlePreparation, fileSigned, returnedCase, roundNow, signedBundle } from '../flows/file-preparation.ts'
import { refuseDisguised } from '../flows/receive-declaration.ts'
import { giveAnswer, onceAsked, sequenceOf } from '../idempotency.ts'
import type { Answered } from '../idempotency.ts'
import { checkPreparation } from '../preparation-check.ts'
import { BesideReader, attachFile, attachedUnder, filesInUse, filesOf } from '../preparation-files.ts'
import { addBundle, addFiling, bundlesOf, filingsOf } from '../preparation-filings.ts'
import type { Filing, PreparationBundle } from '../preparation-filings.ts'
import type { Preparation } from '../preparations.ts'
import { RequestProblem } from '../problem.ts'
import type { Tables } from '../records.ts'
import { wholeUpload } from '../uploads.ts'
import { bundleName } from '../whole-folder.ts'
import { encodeRfc5987, kindsIn, readingOf } from './cases.ts'
import { lockedPreparation, newsOf, ownPreparation } from './own-preparation.ts'
import { listsOf } from './office.ts'

/** From the answers to a filed declaration: files beside them, the bundle, its signature, the receipt. */
export function preparationFilingRoutes(app: App, server: Server): void {
  const { records, files, clock, installation, news } = server
  const { db } = records
  const reader = new BesideReader(files)

  app.openapi(guarded(server, 'listPreparationFiles'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    return c.json(await filesPage(db, no), 200)
  })

  app.openapi(guarded(server, 'attachFile'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const { upload, purpose } = c.req.valid('json')
    const { id: account, name } = c.get('viewer')
    const answered = await onceAsked(server, c, async (tx) => {
      await lockedPreparation(tx, c, no)
      const { fileName, sha256 } = await wholeUpload(tx, upload, account)
      await explained('preparation.file', async () => {
        const bytes = await files.read(sha256)
        if (purpose === 'document') refuseDisguised(fileName, bytes)
        else parseYaml<Evidence>(bytes.toString('utf8'), fileName, EvidenceSchema, evidenceExample)
      })
      await attachFile(tx, no, { purpose, fileName, sha256, account, name })
      return { status: 201, headers: {}, body: JSON.stringify(await filesPage(tx, no)) }
    })
    news.tell(newsOf(no))
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'getPreparationFile'), async (c) => {
    const { preparation, file: n } = c.req.valid('param')
    const { no } = await ownPreparation(db, c, preparation)
    const file = (await filesOf(db, no)).find((one) => String(one.n) === n)
    if (file === undefined) throw new RequestProblem('preparation.no-file', { file: n })
    return sendFile(c, file)
  })

  app.openapi(guarded(server, 'getPreparationEvidence'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    const evidence = await reader.evidence(await filesOf(db, no))
    return c.json({ evidence, kinds: evidence === null ? {} : kindsIn(evidence) }, 200)
  })

  app.openapi(guarded(server, 'getSubmission'), async (c) => {
    const { no } = await ownPreparation(db, c, c.req.valid('param').preparation)
    return c.json(await submissionPage(db, c, no), 200)
  })

  app.openapi(guarded(server, 'writePreparationBundle'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const seen = sequenceOf(c.req.header('if-match'))
    const answered = await onceAsked(
      server,
      c,
      async (tx) => {
        const preparation = await lockedPreparation(tx, c, no)
        if (preparation.revision !== seen)
          throw new RequestProblem('preparation.stale', {}, { sequence: preparation.revision })
        await writeBundleOf(tx, c, preparation)
        return { status: 201, headers: {}, body: JSON.stringify(await submissionPage(tx, c, no)) }
      },
      `\n${seen}`,
    )
    return giveAnswer(c, answered)
  })

  app.openapi(guarded(server, 'getPreparationBundle'), async (c) => {
    const { preparation, bundle } = c.req.valid('param')
    const { signed } = c.req.valid('query')
    const { no } = await ownPreparation(db, c, preparation)
    const found =
      signed === undefined
        ? (await bundlesOf(db, no)).find(({ n }) => String(n) === bundle)
        : (await filingsOf(db, no)).find((one) => String(one.bundle) === bundle)
    if (found === undefined) throw new RequestProblem('preparation.no-file', { file: bundle })
    return sendFile(c, { fileName: bundleNameOf(no, Number(bundle)), sha256: found.sha256 })
  })

  app.openapi(guarded(server, 'filePreparation'), async (c) => {
    const { preparation: no } = c.req.valid('param')
    const asked = c.req.valid('json')
    const answered = await onceAsked(server, c, (tx) => fileBundle(tx, c, no, asked))
    news.tell(newsOf(no))
    return giveAnswer(c, answered)
  })

  async function writeBundleOf(tx: Transaction<Tables>, c: AppContext, preparation: Preparation): Promise<void> {
    const { no, tree, revision } = preparation
    const { id: account, name } = c.get('viewer')
    const attached = await filesOf(tx, no)
    const beside = await reader.beside(tree, attached)
    const [filings, bundles, lists] = [await filingsOf(tx, no), await bundlesOf(tx, no), await listsOf(server)]
    const day = clock.on()
    const { findings } = checkPreparation(preparation, beside, { day, lists })
    refuseErrors(findings)
    const round = roundNow(filings, bundles, (await returnedCase(tx, filings)) !== null)
    const last = filings.at(-1)
    const previous = round === 1 || last === undefined ? null : await files.read(last.sha256)
    const written = await explained('preparation.bundle', () =>
      bundlePreparation(
        files,
        { tree, files: attached, contract: beside.contract?.file ?? null, round, previous },
        { day, lists },
      ),
    )
    if (written.kind === 'not-ready') return refuseErrors(written.errors)
    const sha256 = await files.keep(written.bytes)
    await noteKept(tx, [{ sha256, bytes: written.bytes.length }])
    await addBundle(tx, no, { revision, round, day, sha256, account, name })
  }

  async function fileBundle(
    tx: Transaction<Tables>,
    c: AppContext,
    no: string,
    { bundle: n, upload }: { readonly bundle: number; readonly upload: string },
  ): Promise<Answered> {
    const { id: account, name, organisation } = c.get('viewer')
    await lockedPreparation(tx, c, no)
    const bundle = (await bundlesOf(tx, no)).find((one) => one.n === n)
    if (bundle === undefined) throw new RequestProblem('preparation.no-file', { file: n })
    const filings = await filingsOf(tx, no)
    if (filings.some((one) => one.bundle === n)) throw new RequestProblem('preparation.filed-already')
    const { sha256 } = await wholeUpload(tx, upload, account)
    const believed = { trust: await trust(), allowPilot: installation.kind === 'pilot' }
    const day = clock.on()
    const [signed, current] = await explained('preparation.bundle', async () => {
      const read = await signedBundle(await files.read(bundle.sha256), await files.read(sha256), believed)
      const { creditCode } = read.declaration.handler
      if (creditCode !== organisation.creditCode) {
        throw new RequestProblem('declaration.not-yours', { declared: creditCode, own: organisation.creditCode ?? '—' })
      }
      if (!opensCases()) return [read, null] as const
      const filer = { kind: 'handler', id: account, name } as const
      return [
        read,
        await fileSigned(tx, files, read, { day, filer, returned: await returnedCase(tx, filings) }),
      ] as const
    })
    const signedBy = signed.signedBy.map((one) => one.name)
    await addFiling(tx, no, { bundle: n, sha256, caseNo: current?.no ?? null, signedBy, day, account, name })
    return { status: 201, headers: {}, body: JSON.stringify(await submissionPage(tx, c, no)) }
  }

  function opensCases(): boolean {
    return server.role === 'both'
  }

  async function trust() {
    try {
      return await readDossierTrust(filingKeyFiles(server.dataFolder).trust)
    } catch (error) {
      if (error instanceof InputError && error.code === 'trust.none') throw new RequestProblem('preparation.no-trust')
      throw error
    }
  }

  async function submissionPage(tx: ServerDb, c: AppContext, no: string) {
    const [bundles, filings] = [await bundlesOf(tx, no), await filingsOf(tx, no)]
    const believed = await trust().catch((error: unknown) => {
      // Nobody is believed yet: the page says so, and filing is refused in words.
      if (error instanceof RequestProblem) return { keys: [] }
      throw error
    })
    const shown = []
    for (const filing of filings.toReversed()) shown.push(await filingShown(tx, c, no, filing, bundles))
    return {
      opensCases: opensCases(),
      signers: believed.keys.map(({ name, keyId, suite }) => ({ name, keyId, suite })),
      bundles: bundles.toReversed().map(({ n, at, ...bundle }) => ({
        ...bundle,
        bundle: n,
        at: at.toISOString(),
        fileName: bundleNameOf(no, n),
        href: `/v1/preparations/${no}/bundles/${n}`,
      })),
      filings: shown,
    }
  }

  async function filingShown(
    tx: ServerDb,
    c: AppContext,
    no: string,
    { bundle, caseNo, at, ...filing }: Filing,
    bundles: readonly PreparationBundle[],
  ) {
    const of = bundles.find(({ n }) => n === bundle)
    if (of === undefined) throw new Error(`filing of bundle ${bundle} without the bundle`)
    const current = caseNo === null ? null : await load(tx, caseNo)
    return {
      ...filing,
      bundle,
      revision: of.revision,
      round: of.round,
      at: at.toISOString(),
      href: `/v1/preparations/${no}/bundles/${bundle}?signed=true`,
      case: current === null ? null : caseSummary(current, readingOf(server, c)),
    }
  }

  async function filesPage(tx: ServerDb, no: string) {
    const all = await filesOf(tx, no)
    const inUse = new Set(filesInUse(all).map(({ n }) => n))
    return {
      files: all.map(({ n, at, ...file }) => ({
        ...file,
        file: String(n),
        path: file.purpose === 'document' ? attachedUnder + file.fileName : 'evidence.json',
        at: at.toISOString(),
        inUse: inUse.has(n),
      })),
    }
  }

  async function sendFile(c: AppContext, { fileName, sha256 }: { readonly fileName: string; readonly sha256: string }) {
    const bytes = await files.read(sha256)
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeRfc5987(fileName)}`,
      // Opened on its own it may run nothing and ask for nothing.
      'Content-Security-Policy': 'sandbox',
      'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    })
  }
}

const evidenceExample = 'npx tongguan scan ./data --out evidence.json'

function bundleNameOf(no: string, n: number): string {
  return bundleName.replace('.', `-${no}-${n}.`)
}

function refuseErrors(
  findings: readonly { readonly severity: string; readonly where: string; readonly words: Words }[],
): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw new RequestProblem('preparation.not-ready', {
    count: errors.length,
    where: first.where,
    reason: first.words,
  })
}

/** What a trade refuses in words of its own is told as a problem. */
async function explained<Done>(
  code: 'preparation.file' | 'preparation.bundle',
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof DossierInputError)) throw error
    throw new RequestProblem(code, { reason: error.words }, { code: error.code })
  }
}
