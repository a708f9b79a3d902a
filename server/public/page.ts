import { disclaimer, rulesAsOf } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import { html, raw } from 'hono/html'
import { styleElement } from './style.ts'

/*
 * Pages for everybody, without sign-in and without a script: they open on an old office PC, each in one request. Chinese
 * unless the address says otherwise, so that a link means the same for everybody.
 */

export type Html = ReturnType<typeof html>
export type Language = keyof Words

/** What every public page stands on. */
export interface Place {
  readonly language: Language
  readonly day: LegalDate
  /** The installation is a pilot: nothing here has legal effect. */
  readonly pilot: boolean
  /** The provincial offices served here; none on a handler's own installation. */
  readonly offices: readonly string[]
}

const places = [
  { path: '/public', zh: '首页', en: 'Start', ofOffice: false },
  { path: '/public/triage', zh: '适用哪条路径', en: 'Which path applies', ofOffice: false },
  { path: '/public/enquiry', zh: '提交咨询', en: 'Ask the office', ofOffice: true },
  { path: '/public/interpretations', zh: '公开解答', en: 'Published answers', ofOffice: true },
  { path: '/public/register', zh: '公开登记簿', en: 'Public register', ofOffice: true },
  { path: '/public/verify', zh: '验证', en: 'Verify', ofOffice: false },
] as const
export type PublicPath = (typeof places)[number]['path']

/** The places an installation has: what belongs to an office only where one is served. */
export function placesOf({ offices }: Pick<Place, 'offices'>) {
  return places.filter(({ ofOffice }) => !ofOffice || offices.length > 0)
}

/** An address with the language kept. */
export function link(place: Pick<Place, 'language'>, path: string, query: readonly (readonly [string, string])[] = []) {
  const all = place.language === 'en' ? [...query, ['lang', 'en'] as const] : query
  return all.length === 0 ? path : `${path}?${new URLSearchParams(Object.fromEntries(all)).toString()}`
}

/** Fields that carry answers and the language through a form. */
export function hidden(place: Pick<Place, 'language'>, fields: readonly (readonly [string, string])[] = []): Html {
  const all = place.language === 'en' ? [...fields, ['lang', 'en'] as const] : fields
  return html`${all.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`
}

export interface Page {
  readonly at: PublicPath
  readonly title: Words
  readonly body: Html
  /** The query of this page, for the way to the same page in the other language. */
  readonly query?: readonly (readonly [string, string])[]
  /** Its own path where it lies below `at`. */
  readonly path?: string
  /** Not a page to be found again by a link: the answer to a form. */
  readonly isAnswer?: true
  readonly script?: string
}

/** A whole page as text; its script carries the nonce of the answer. */
export function render(place: Place, page: Page, nonce = ''): Promise<string> {
  const { language, pilot, day } = place
  const of = (words: Words) => words[language]
  const other = language === 'zh' ? 'en' : 'zh'
  const elsewhere = link({ language: other }, page.path ?? page.at, page.query)
  const text = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en-US'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${of(page.title)} · ${of({ zh: '通关', en: 'Tongguan' })}</title>
        <link rel="icon" href="/seal.svg" type="image/svg+xml" />
        ${raw(styleElement)}
        ${page.script === undefined ? '' : html`<script src="${page.script}" nonce="${nonce}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#main">${of({ zh: '跳到正文', en: 'Skip to the text' })}</a>
        <header>
          <div class="in">
            ${page.isAnswer ? '' : html`<a class="tongue" href="${elsewhere}" lang="${other === 'en' ? 'en' : 'zh-CN'}">${other === 'en' ? 'English' : '中文'}</a>`}
            <a class="name" href="${link(place, '/public')}"
              >${of({ zh: '通关 · 数据出境安全评估', en: 'Tongguan · security assessment of data exports' })}</a
            >
            <nav aria-label="${of({ zh: '主导航', en: 'Places' })}">
              ${placesOf(place).map((one) => html`<a href="${link(place, one.path)}" ${one.path === page.at ? raw(' aria-current="page"') : ''}>${of(one)}</a>`)}<a
                href="/sign-in"
                >${of({ zh: '登录', en: 'Sign in' })}</a
              >
            </nav>
          </div>
        </header>
        ${
          pilot
            ? html`<div class="pilot">
                <div class="in">
                  ${of({
                    zh: `模拟，无法律效力：机构与人物均为虚构。按设定日期 ${day} 计算。`,
                    en: `A simulation without legal effect: institutions and persons are invented. The day counts as ${day}.`,
                  })}
                </div>
              </div>`
            : ''
        }
        <main id="main">
          <div class="in">
            <h1>${of(page.title)}</h1>
            ${page.body}
          </div>
        </main>
        <footer>
          <div class="in">
            ${of(disclaimer)} ${of({ zh: `规则截至 ${rulesAsOf}。`, en: `Rules as of ${rulesAsOf}.` })}
          </div>
        </footer>
      </body>
    </html> `
  return Promise.resolve(text).then(String)
}

/** What does not fit, at the top: each with a link to its field. */
export function errorSummary(
  place: Place,
  problems: readonly { readonly field: string; readonly words: Words }[],
): Html {
  if (problems.length === 0) return html``
  return html`<div class="paper wrong" role="alert">
    <h2>${{ zh: '请更正以下内容', en: 'Please correct this' }[place.language]}</h2>
    <ul>
      ${problems.map(({ field, words }) => html`<li><a href="#${field}">${words[place.language]}</a></li>`)}
    </ul>
  </div>`
}
