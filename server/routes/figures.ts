import { firstDayCounted, totalsOf } from '@tongguan/enquiries'
import type { EnquiryDb } from '@tongguan/enquiries'
import type { LegalDate } from '@tongguan/law'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { countGrownCases } from '../case-figures.ts'
import { csvOf, figureRows, figuresPage, officeNumbersPage, xlsxOf } from '../figures-page.ts'
import { RequestProblem, languageOf } from '../problem.ts'
import { officeOf } from './office.ts'

/** The office's figures: a page, the same as a file, and the five numbers up to a day. */
export function figureRoutes(app: App, server: Server): void {
  const { clock, records } = server
  // The desk sees its own tables of the one database.
  const db = records.db as unknown as EnquiryDb

  app.openapi(guarded(server, 'getFigures'), async (c) => c.json(await figures(c, c.req.valid('query')), 200))

  app.openapi(guarded(server, 'getFiguresFile'), async (c) => {
    const { format } = c.req.valid('param')
    const { language = languageOf(c.req.header('accept-language')), ...period } = c.req.valid('query')
    const found = await figures(c, period)
    const rows = figureRows(found, language)
    const name = `figures-${found.from}-${found.to}.${format}`
    const headers = { 'Content-Disposition': `attachment; filename="${name}"` }
    if (format === 'csv') return c.body(csvOf(rows), 200, { ...headers, 'Content-Type': 'text/csv; charset=utf-8' })
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return c.body(await xlsxOf(rows), 200, { ...headers, 'Content-Type': type })
  })

  app.openapi(guarded(server, 'getOfficeNumbers'), async (c) => {
    const { to = clock.on() } = c.req.valid('query')
    const office = officeOf(c.get('viewer'))
    await countGrownCases(records.db)
    const from = await firstDayCounted(db, office)
    const totals = from === null ? new Map() : await totalsOf(db, office, { from, to })
    return c.json(officeNumbersPage(office, totals, { from, to }, clock), 200)
  })

  async function figures(
    c: AppContext,
    asked: { readonly from?: LegalDate | undefined; readonly to?: LegalDate | undefined },
  ) {
    const office = officeOf(c.get('viewer'))
    await countGrownCases(records.db)
    const to = asked.to ?? clock.on()
    const from = asked.from ?? (await firstDayCounted(db, office)) ?? to
    if (to < from) throw new RequestProblem('figures.period', { from, to })
    return figuresPage(office, await totalsOf(db, office, { from, to }), { from, to }, clock)
  }
}
