import { decisionWords } from '@tongguan/casework'
import type { Words } from '@tongguan/law'
import { html } from 'hono/html'
import { hidden } from './page.ts'
import type { Page, Place } from './page.ts'
import { officeField } from './interpretation-pages.ts'

export interface RegisterRow {
  readonly case_no: string
  readonly handler: string
  readonly outcome: string
  readonly decided_on: string
  readonly released_on: string
}

/** The results an office has released, or that its register is not open. */
export function registerPage(
  place: Place,
  { office, rows }: { readonly office: string; readonly rows: readonly RegisterRow[] | null },
): Page {
  const of = (words: Words) => words[place.language]
  return {
    at: '/public/register',
    title: { zh: '公开登记簿', en: 'Public register' },
    ...(place.offices.length > 1 ? { query: [['office', office] as const] } : {}),
    body: html`${
        place.offices.length < 2
          ? ''
          : html`<form method="get" action="/public/register">
              ${hidden(place)}${officeField(place, office)}<button type="submit">
                ${of({ zh: '查看', en: 'Show' })}
              </button>
            </form>`
      }
      <p class="hint">
        ${of({
          zh: '只登记数据处理者书面同意公开的结果；没有登记不说明任何事。参与安全评估的人员依法保密（《数据出境安全评估办法》第十五条）。',
          en: 'Only results whose handler consented in writing stand here; that one is absent says nothing. Everybody who takes part in an assessment is bound to secrecy (Order 11, art. 15).',
        })}
      </p>
      ${
        rows === null
          ? html`<p>${of({ zh: `${office}没有开启公开登记簿。`, en: `${office} has not opened its register.` })}</p>`
          : rows.length === 0
            ? html`<p>${of({ zh: '还没有登记。', en: 'Nothing has been entered yet.' })}</p>`
            : html`<div class="scroll" tabindex="0" role="region" aria-label="${of({ zh: '登记', en: 'Entries' })}">
                <table>
                  <thead>
                    <tr>
                      <th>${of({ zh: '编号', en: 'Number' })}</th>
                      <th>${of({ zh: '数据处理者', en: 'Handler' })}</th>
                      <th>${of({ zh: '结果', en: 'Result' })}</th>
                      <th>${of({ zh: '作出日期', en: 'Decided' })}</th>
                      <th>${of({ zh: '登记日期', en: 'Entered' })}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${rows.map(
                      (row) =>
                        html`<tr>
                          <td>${row.case_no}</td>
                          <td>${row.handler}</td>
                          <td>${of(decisionWords[row.outcome as keyof typeof decisionWords])}</td>
                          <td>${row.decided_on}</td>
                          <td>${row.released_on}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>`
      }`,
  }
}
