import { keyAreas, topics, guidanceWords } from '@tongguan/enquiries'
import type { Content, Interpretation, VersionRow } from '@tongguan/enquiries'
import { cite, pathWords } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import { html } from 'hono/html'
import { hidden, link } from './page.ts'
import type { Html, Page, Place } from './page.ts'

const title: Words = { zh: '公开解答', en: 'Published answers' }

/** The published answers of an office, newest first, or those that hold the words looked for. */
export function interpretationsPage(
  place: Place,
  {
    office,
    search,
    rows,
    next,
  }: {
    readonly office: string
    readonly search: string
    readonly rows: readonly VersionRow[]
    readonly next: string | null
  },
): Page {
  const of = (words: Words) => words[place.language]
  const query = [
    ...(place.offices.length > 1 ? [['office', office] as const] : []),
    ...(search === '' ? [] : [['q', search] as const]),
  ]
  return {
    at: '/public/interpretations',
    title,
    query,
    body: html`<form method="get" action="/public/interpretations" role="search">
        ${hidden(place)} ${officeField(place, office)}
        <div class="field">
          <label for="q">${of({ zh: '查找', en: 'Look for' })}</label
          ><input type="search" id="q" name="q" value="${search}" maxlength="200" />
        </div>
        <button type="submit">${of({ zh: '查找', en: 'Search' })}</button>
        ${search === '' ? '' : html`<a href="${link(place, '/public/interpretations')}">${of({ zh: '显示全部', en: 'Show all' })}</a>`}
      </form>
      ${
        rows.length > 0
          ? rows.map(({ no, content, published_on }) => entry(no, content, published_on))
          : html`<p>
              ${
                search === ''
                  ? of({ zh: `${office}还没有公开的解答。`, en: `${office} has published no answer yet.` })
                  : of({
                      zh: `没有找到含有“${search}”的解答。换一个词，或者提交咨询。`,
                      en: `No published answer holds "${search}". Try another word, or ask the office.`,
                    })
              }
            </p>`
      }
      ${next === null ? '' : html`<p><a class="button second" href="${link(place, '/public/interpretations', [...query, ['before', next]])}">${of({ zh: '更早的', en: 'Earlier ones' })}</a></p>`}
      <p>
        <a href="${link(place, '/public/enquiry')}"
          >${of({ zh: '没有找到答案？提交咨询', en: 'No answer here? Ask the office' })}</a
        >
      </p>`,
  }

  function entry(no: string, content: Content, publishedOn: string | null): Html {
    return html`<div class="paper">
      <h2><a href="${link(place, `/public/interpretations/${no}`)}">${of(content.question)}</a></h2>
      <p class="cite">
        ${of(topics[content.topic])}${content.keyArea === null ? '' : ` · ${of(keyAreas[content.keyArea])}`} ·
        ${no}${publishedOn === null ? '' : of({ zh: ` · ${publishedOn} 公开`, en: ` · published ${publishedOn}` })}
      </p>
    </div>`
  }
}

/** One published answer with its articles, and the versions it superseded. A draft is never shown. */
export function interpretationPage(place: Place, one: Interpretation): Page | undefined {
  const of = (words: Words) => words[place.language]
  const current = one.versions.at(-1)
  if (current === undefined) return undefined
  const { content, version, publishedOn } = current
  const earlier = one.versions.slice(0, -1).toReversed()
  return {
    at: '/public/interpretations',
    path: `/public/interpretations/${one.no}`,
    title: content.question,
    body: html`<p class="cite">
        ${of(topics[content.topic])} · ${one.no} ·
        ${of({ zh: `第 ${version} 版，${publishedOn} 公开`, en: `version ${version}, published ${publishedOn}` })}
      </p>
      <div class="paper">
        <p>${lines(of(content.answer))}</p>
        ${content.example === null ? '' : html`<p><strong>${of(pathWords[content.example.path])}</strong></p>`}
        <h2>${of({ zh: '依据', en: 'Articles' })}</h2>
        <ul>
          ${content.citations.map((citation) => html`<li>${of(cite(citation))}</li>`)}
        </ul>
        <p class="hint">${of(guidanceWords(content.law))}</p>
      </div>
      ${
        earlier.length === 0
          ? ''
          : html`<h2>${of({ zh: '已被取代的版本', en: 'Superseded versions' })}</h2>
              ${earlier.map(
                (old) =>
                  html`<div class="paper">
                    <h3>
                      ${of({ zh: `第 ${old.version} 版，${old.publishedOn} 至 ${old.supersededOn ?? ''}`, en: `Version ${old.version}, ${old.publishedOn} to ${old.supersededOn ?? ''}` })}
                    </h3>
                    <p>${lines(of(old.content.answer))}</p>
                  </div>`,
              )}`
      }
      <p>
        <a href="${link(place, '/public/interpretations')}"
          >${of({ zh: '返回公开解答', en: 'Back to the published answers' })}</a
        >
      </p>`,
  }
}

function lines(text: string): Html {
  return html`${text.split('\n').map((line, at) => html`${at === 0 ? '' : html`<br />`}${line}`)}`
}

/** A choice of office where there are several. */
export function officeField(place: Place, office: string): Html {
  if (place.offices.length < 2) return html``
  const label = { zh: '机关所在地', en: 'Office' }[place.language]
  return html`<div class="field">
    <label for="office">${label}</label
    ><select id="office" name="office">
      ${place.offices.map((one) => html`<option value="${one}" ${one === office ? html` selected` : ''}>${one}</option>`)}
    </select>
  </div>`
}
