import type { AppContext, Server } from '../app.ts'
import type { RequestProblem } from '../problem.ts'
import { html } from 'hono/html'
import { contentSecurityPolicy } from '../security-headers.ts'
import { link, render } from './page.ts'
import { placeOf } from './place.ts'
import { styleSource } from './style.ts'

/**
 * What a public page is sent with: its own style is allowed, no script, and a form may name its origin, which the server asks
 * for and a browser leaves out under `no-referrer`.
 */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentSecurityPolicy({ style: styleSource }),
  'Referrer-Policy': 'same-origin',
} as const

/** Whether a failure is shown to a person as a page: on a public address, to somebody who asked for one. */
export function asksForPage(c: AppContext): boolean {
  return /^\/public(\/|$)/.test(c.req.path) && (c.req.header('accept') ?? '').includes('text/html')
}

/** What happened and what to do, never a bare code. */
export async function problemPage(server: Server, c: AppContext, problem: RequestProblem): Promise<string> {
  const place = await placeOf(server, c)
  const of = (words: { readonly zh: string; readonly en: string }) => words[place.language]
  const isMissing = problem.problemCode === 'request.unknown-route' || problem.problemCode === 'desk.not-found'
  return render(place, {
    at: '/public',
    isAnswer: true,
    title: isMissing
      ? { zh: '没有这个页面', en: 'There is no such page' }
      : { zh: '没有完成', en: 'That did not work' },
    body: html`<p>
        ${isMissing ? of({ zh: '链接可能已经失效，或者地址有误。', en: 'The link may be out of date, or the address is mistyped.' }) : of(problem.words)}
      </p>
      <p><a class="button" href="${link(place, '/public')}">${of({ zh: '返回首页', en: 'Back to the start' })}</a></p>`,
  })
}
