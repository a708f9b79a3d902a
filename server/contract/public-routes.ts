import { createRoute, z } from '@hono/zod-openapi'
import { problem } from './route-parts.ts'

/*
 * Pages for everybody, as HTML from the server. What stands in the address is read leniently: a page answers whatever is
 * typed there. `lang=en` is English, anything else Chinese.
 */

const page = (description: string) => ({ description, content: { 'text/html': { schema: z.string() } } })
const notThere = { 404: problem('There is no such page; as HTML where that is asked for') }
const language = z.string().optional().describe('`en`; anything else is Chinese')
const office = z.string().optional().describe('The province; left out, the first one served')

function publicPage<Id extends string, Path extends string, Query extends z.ZodObject>(
  operationId: Id,
  path: Path,
  { summary, query }: { readonly summary: string; readonly query: Query },
) {
  return createRoute({
    operationId,
    method: 'get',
    path,
    summary,
    tags: ['public pages'],
    request: { query },
    responses: { 200: page('The page'), ...notThere },
  })
}

/** Answers of the triage stand beside these, by the names of its form. */
const answers = z.looseObject({ lang: language })

export const publicRoutes = {
  getPublicHome: publicPage('getPublicHome', '/public', {
    summary: 'Where everybody starts',
    query: z.object({ lang: language }),
  }),
  getTriage: publicPage('getTriage', '/public/triage', {
    summary: 'Which path applies: the next question, or the answer with its articles',
    query: answers,
  }),
  getTriageFacts: createRoute({
    operationId: 'getTriageFacts',
    method: 'get',
    path: '/public/triage/facts',
    summary: 'The answers of the triage as a facts file (tongguan/facts/1)',
    tags: ['public pages'],
    request: { query: answers },
    responses: { 200: { description: 'The file', content: { 'application/yaml': { schema: z.string() } } } },
  }),
  getEnquiryForm: publicPage('getEnquiryForm', '/public/enquiry', {
    summary: 'The form of an enquiry to the office',
    query: answers,
  }),
  submitEnquiry: createRoute({
    operationId: 'submitEnquiry',
    method: 'post',
    path: '/public/enquiry',
    summary: 'An enquiry from the web; the same form sent twice is one enquiry',
    tags: ['public pages'],
    request: { query: z.object({ lang: language }) },
    responses: {
      201: page('The receipt'),
      422: page('The form again, with what was typed and what does not fit'),
      429: problem('Too many from one address'),
      ...notThere,
    },
  }),
  getInterpretationsPage: publicPage('getInterpretationsPage', '/public/interpretations', {
    summary: 'Published answers of an office, or those that hold the words looked for',
    query: z.object({ lang: language, office, q: z.string().optional(), before: z.string().optional() }),
  }),
  getInterpretationOnPage: createRoute({
    operationId: 'getInterpretationOnPage',
    method: 'get',
    path: '/public/interpretations/{interpretationNo}',
    summary: 'One published answer with its articles and superseded versions',
    tags: ['public pages'],
    request: { params: z.object({ interpretationNo: z.string() }), query: z.object({ lang: language }) },
    responses: { 200: page('The page'), ...notThere },
  }),
  getRegisterPage: publicPage('getRegisterPage', '/public/register', {
    summary: 'The public register of an office, where it is open',
    query: z.object({ lang: language, office }),
  }),
  getVerifyPage: publicPage('getVerifyPage', '/public/verify', {
    summary: 'Verifying a release in the browser; nothing is uploaded',
    query: z.object({ lang: language }),
  }),
} as const
