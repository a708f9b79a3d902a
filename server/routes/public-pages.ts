import {
  appendEnquiry,
  enquiryOfForm,
  isWebForm,
  loadInterpretation,
  nextSubjectNo,
  noteForm,
  publicRegister,
  publishedInterpretations,
  receive,
  similarInterpretations,
} from '@tongguan/enquiries'
import type { EnquiryDb, EnquiryTx } from '@tongguan/enquiries'
import { disclaimer } from '@tongguan/law'
import { randomBytes } from 'node:crypto'
import { stringify } from 'yaml'
import { guarded } from '../app.ts'
import type { App, AppContext, Server } from '../app.ts'
import { hoursWords } from '../enquiry-page.ts'
import { RequestProblem } from '../problem.ts'
import { enquiryFormOf, enquiryPage, problemsOf, receivedPage } from '../public/enquiry-page.ts'
import type { EnquiryForm, FormProblem } from '../public/enquiry-page.ts'
import { homePage } from '../public/home-page.ts'
import { interpretationPage, interpretationsPage } from '../public/interpretation-pages.ts'
import { render } from '../public/page.ts'
import type { Page, Place } from '../public/page.ts'
import { placeOf } from '../public/place.ts'
import { pageHeaders } from '../public/problem-page.ts'
import { registerPage } from '../public/register-page.ts'
import { questionPage, resultPage } from '../public/triage-page.ts'
import { carried, factsOf, questionIds, triage } from '../public/triage.ts'
import type { QuestionId, Sent } from '../public/triage.ts'
import { verifyPage } from '../public/verify-page.ts'
import { styleSource } from '../public/style.ts'
import { webLimit } from '../public/web-limit.ts'
import { contentSecurityPolicy, newNonce } from '../security-headers.ts'
import { segment } from '../segment.ts'
import { eventsOf, listsOf, notThere, numberIn, timeInChina, written } from './office.ts'
import { addressOf } from '../request-address.ts'

const interpretationsAPage = 20

/** The pages for everybody: no sign-in, no script but the verifier's, nothing kept but an enquiry that was sent. */
export function publicPageRoutes(app: App, server: Server): void {
  const db = server.records.db as unknown as EnquiryDb
  const limit = webLimit()

  app.openapi(guarded(server, 'getPublicHome'), async (c) => {
    const place = await placeOf(server, c)
    return show(c, place, homePage(place))
  })

  app.openapi(guarded(server, 'getTriage'), async (c) => {
    const place = await placeOf(server, c)
    const sent: Sent = c.req.query()
    const asked = questionIn(sent['ask'])
    if (asked !== undefined) return show(c, place, questionPage(place, sent, { question: asked, tried: false }))
    const step = triage(sent, place.day, await listsOf(server))
    const tried = questionIn(sent['from'])
    if (step.kind === 'result') return show(c, place, resultPage(place, sent, step))
    // Sent without an answer that fits, the same question comes again and says so.
    return show(c, place, questionPage(place, sent, { question: step.question, tried: tried === step.question }))
  })

  app.openapi(guarded(server, 'getTriageFacts'), async (c) => {
    const { day } = await placeOf(server, c)
    const text = `# ${disclaimer.zh}\n# ${disclaimer.en}\n# ${day}\n${stringify(factsOf(c.req.query()))}`
    return c.body(text, 200, {
      'Content-Type': 'application/yaml; charset=utf-8',
      'Content-Disposition': 'attachment; filename="facts.yaml"',
    })
  })

  app.openapi(guarded(server, 'getEnquiryForm'), async (c) => {
    const place = await placeOf(server, c)
    if (place.offices.length === 0) throw notThere('')
    const sent: Sent = c.req.query()
    return show(c, place, formPage(place, sent, enquiryFormOf({ once: randomBytes(16).toString('hex') }, place), []))
  })

  app.openapi(guarded(server, 'submitEnquiry'), async (c) => {
    const place = await placeOf(server, c)
    if (place.offices.length === 0) throw notThere('')
    const sent = await fieldsOf(c)
    const form = enquiryFormOf(sent, place)
    const problems = problemsOf(form, place)
    if (problems.length > 0 || !isWebForm(form.once)) {
      const again = isWebForm(form.once) ? form : { ...form, once: randomBytes(16).toString('hex') }
      return show(c, place, formPage(place, sent, again, problems), 422)
    }
    if (!limit.allows(addressOf(c, server)))
      throw new RequestProblem('enquiry.too-many', {}, { retryAfterSeconds: 3600 })
    const no = await take(server, place, form, sent)
    const hours = hoursWords(form.office, place.day, timeInChina())
    return show(c, place, receivedPage(place, { no, office: form.office, hours }), 201)
  })

  app.openapi(guarded(server, 'getInterpretationsPage'), async (c) => {
    const place = await placeOf(server, c)
    const office = officeIn(c, place)
    const search = (c.req.query('q') ?? '').trim().slice(0, 200)
    const rows =
      search === ''
        ? await publishedInterpretations(db, office, {
            before: c.req.query('before'),
            limit: interpretationsAPage + 1,
          })
        : await similarInterpretations(db, office, segment(search), { limit: interpretationsAPage })
    const shown = rows.slice(0, interpretationsAPage)
    const next = rows.length > shown.length ? (shown.at(-1)?.no ?? null) : null
    return show(c, place, interpretationsPage(place, { office, search, rows: shown, next }))
  })

  app.openapi(guarded(server, 'getInterpretationOnPage'), async (c) => {
    const place = await placeOf(server, c)
    const no = numberIn(c, 'interpretation', 'interpretationNo')
    const found = await loadInterpretation(db, no)
    const page = found !== null && place.offices.includes(found.office) ? interpretationPage(place, found) : undefined
    if (page === undefined) throw notThere(no)
    return show(c, place, page)
  })

  app.openapi(guarded(server, 'getRegisterPage'), async (c) => {
    const place = await placeOf(server, c)
    const office = officeIn(c, place)
    return show(c, place, registerPage(place, { office, rows: await publicRegister(db, office) }))
  })

  app.openapi(guarded(server, 'getVerifyPage'), async (c) => {
    const place = await placeOf(server, c)
    return show(c, place, verifyPage(place))
  })

  function formPage(place: Place, sent: Sent, form: EnquiryForm, problems: readonly FormProblem[]): Page {
    const facts = carried(sent).length === 0 ? undefined : factsOf(sent)
    return enquiryPage(place, { form, sent, facts, problems, hours: hoursWords(form.office, place.day, timeInChina()) })
  }
}

async function show(c: AppContext, place: Place, page: Page, status: 200 | 201 | 422 = 200): Promise<never> {
  const headers = { ...pageHeaders, 'Content-Language': place.language }
  // The contract's types know JSON answers; these are pages.
  if (page.script === undefined) return c.body(await render(place, page), status, headers) as never
  const nonce = newNonce()
  return c.body(await render(place, page, nonce), status, {
    ...headers,
    'Content-Security-Policy': contentSecurityPolicy({ script: `'nonce-${nonce}'`, style: styleSource }),
  }) as never
}

function questionIn(text: string | undefined): QuestionId | undefined {
  return questionIds.find((id) => id === text)
}

/** The fields of a form as the page's own is sent; what is sent another way has none, and the form comes again. */
async function fieldsOf(c: AppContext): Promise<Sent> {
  if (c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') !== true) return {}
  return Object.fromEntries(new URLSearchParams(await c.req.text()))
}

/** The office asked about, or the first; on an installation without one there is no such page. */
function officeIn(c: AppContext, { offices }: Place): string {
  const asked = c.req.query('office')
  const office = offices.find((one) => one === asked) ?? offices[0]
  if (office === undefined) throw notThere('')
  return office
}

/** Takes it once; the number it has. */
async function take(server: Server, place: Place, form: EnquiryForm, sent: Sent): Promise<string> {
  const lists = await listsOf(server)
  const { office, question, name, contact, organisation, creditCode, once } = form
  return server.records.db.transaction().execute(async (all) => {
    const tx = all as unknown as EnquiryTx
    const before = await enquiryOfForm(tx, once)
    if (before !== null) return before
    const no = await nextSubjectNo(tx, 'enquiry', place.day)
    const asked = receive(
      {
        no,
        channel: 'web',
        question,
        caller: { ...(name === '' ? {} : { name }), phone: contact },
        ...(carried(sent).length === 0 ? {} : { facts: factsOf(sent) }),
        ...(organisation === ''
          ? {}
          : { organisation: { name: organisation, ...(creditCode === '' ? {} : { creditCode }) } }),
      },
      { day: place.day, officer: { id: 'public-page', name: '网上提交', office }, lists },
    )
    written(no, await appendEnquiry(tx, no, null, eventsOf(asked), segment))
    await noteForm(tx, once, no)
    return no
  })
}
