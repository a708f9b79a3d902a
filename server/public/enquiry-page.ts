import { determinePaths, isCreditCode, pathWords } from '@tongguan/law'
import type { ExportFacts, Words } from '@tongguan/law'
import { html } from 'hono/html'
import { unprintable } from '../contract/http.ts'
import { errorSummary, hidden, link } from './page.ts'
import type { Page, Place } from './page.ts'
import { carried } from './triage.ts'
import type { Sent } from './triage.ts'

const title: Words = { zh: '提交咨询', en: 'Ask the office' }

export interface FormProblem {
  readonly field: string
  readonly words: Words
}

/** What an enquiry from the web asks for. `once` makes a form sent twice one enquiry. */
export interface EnquiryForm {
  readonly office: string
  readonly question: string
  readonly name: string
  readonly contact: string
  readonly organisation: string
  readonly creditCode: string
  readonly once: string
}

/** What was sent as a form's fields, each as typed. Pure. */
export function enquiryFormOf(sent: Sent, { offices }: Pick<Place, 'offices'>): EnquiryForm {
  const text = (field: string) => (sent[field] ?? '').trim()
  return {
    office: text('office') || (offices[0] ?? ''),
    question: text('question'),
    name: text('name'),
    contact: text('contact'),
    organisation: text('organisation'),
    creditCode: text('creditCode').toUpperCase(),
    once: text('once'),
  }
}

/** What does not fit by itself; what the desk refuses beside it comes from there. Pure. */
export function problemsOf(form: EnquiryForm, { offices }: Pick<Place, 'offices'>): readonly FormProblem[] {
  const needed = [
    ['question', form.question, { zh: '请写明要咨询的问题', en: 'Write what you want to ask' }],
    [
      'contact',
      form.contact,
      { zh: '请留下电话或者电子邮箱，以便答复', en: 'Leave a telephone number or an e-mail address for the answer' },
    ],
  ] as const
  const limits = [
    ['question', form.question, 4000],
    ['contact', form.contact, 200],
    ['name', form.name, 200],
    ['organisation', form.organisation, 200],
  ] as const
  return [
    ...(offices.includes(form.office)
      ? []
      : [{ field: 'office', words: { zh: '请选择受理机关', en: 'Choose the office' } }]),
    ...needed.flatMap(([field, text, words]) => (text === '' ? [{ field, words }] : [])),
    ...limits.flatMap(([field, text, most]) =>
      text.length > most || unprintable.test(text)
        ? [
            {
              field,
              words: {
                zh: `最多 ${most} 字，不含看不见的控制字符`,
                en: `At most ${most} characters, and none that cannot be seen`,
              },
            },
          ]
        : [],
    ),
    ...(form.creditCode === '' || isCreditCode(form.creditCode)
      ? []
      : [
          {
            field: 'creditCode',
            words: {
              zh: '代码不正确：应为 18 位，末位为校验码（GB 32100）；可以留空',
              en: 'The code is wrong: 18 characters, the last one a check character (GB 32100); it may be left out',
            },
          },
        ]),
    ...(form.creditCode !== '' && form.organisation === ''
      ? [
          {
            field: 'organisation',
            words: { zh: '写了代码的，请同时写明机构名称', en: 'With a code, name the organisation too' },
          },
        ]
      : []),
  ]
}

/** The form, with what was typed and what did not fit. `facts` are the answers of the triage it carries. */
export function enquiryPage(
  place: Place,
  {
    form,
    sent,
    facts,
    problems,
    hours,
  }: {
    readonly form: EnquiryForm
    readonly sent: Sent
    readonly facts: ExportFacts | undefined
    readonly problems: readonly FormProblem[]
    readonly hours: Words
  },
): Page {
  const of = (words: Words) => words[place.language]
  const optional = of({ zh: '（可选）', en: ' (optional)' })
  const said = (field: string) => {
    const found = problems.find((one) => one.field === field)
    return found === undefined ? '' : html`<p class="said" id="${field}-said">${of(found.words)}</p>`
  }
  const input = (field: Exclude<keyof EnquiryForm, 'question' | 'once'>, label: string, hint = '') =>
    html`<div class="field">
      <label for="${field}">${label}</label>${hint === '' ? '' : html`<p class="hint">${hint}</p>`}${said(field)}<input
        type="text"
        id="${field}"
        name="${field}"
        value="${form[field]}"
        maxlength="200"
      />
    </div>`
  return {
    at: '/public/enquiry',
    title,
    query: carried(sent),
    ...(problems.length > 0 ? { isAnswer: true as const } : {}),
    body: html`${errorSummary(place, problems)}
      <p>
        ${of({
          zh: '答复是根据所述事实作出的指导，不是决定。请勿在此提交个人信息样本、涉密内容或者申报材料。',
          en: 'The answer is guidance on the facts told, not a decision. Send no samples of personal information, nothing classified and no declaration here.',
        })}
      </p>
      <p class="hint">${of(hours)}</p>
      ${
        facts === undefined
          ? ''
          : html`<div class="paper">
              <p>
                ${of({ zh: '随附“适用哪条路径”中的回答，判断为：', en: 'Sent along: your answers to "which path applies", which came to: ' })}<strong
                  >${of(pathWords[determinePaths(facts, place.day).path])}</strong
                >
              </p>
            </div>`
      }
      <form method="post" action="${link(place, '/public/enquiry')}">
        ${hidden(place, [...carried(sent), ['once', form.once]])}
        ${
          place.offices.length === 1
            ? hidden({ language: 'zh' }, [['office', place.offices[0] ?? '']])
            : html`<div class="field">
                <label for="office">${of({ zh: '受理机关所在地', en: 'Office' })}</label>${said('office')}<select
                  id="office"
                  name="office"
                >
                  ${place.offices.map((office) => html`<option value="${office}" ${office === form.office ? html` selected` : ''}>${office}</option>`)}
                </select>
              </div>`
        }
        <div class="field">
          <label for="question">${of({ zh: '问题', en: 'Question' })}</label>
          <p class="hint">
            ${of({
              zh: '写明什么数据、向谁提供、为了什么、想知道什么。',
              en: 'Which data, to whom, what for, and what you want to know.',
            })}
          </p>
          ${said('question')}<textarea id="question" name="question" maxlength="4000">${form.question}</textarea>
        </div>
        ${input('contact', of({ zh: '电话或者电子邮箱', en: 'Telephone or e-mail' }), of({ zh: '只用于答复这一咨询。', en: 'Used to answer this enquiry only.' }))}
        ${input('name', of({ zh: '您的姓名', en: 'Your name' }) + optional)}
        ${input('organisation', of({ zh: '机构名称', en: 'Organisation' }) + optional)}
        ${input('creditCode', of({ zh: '统一社会信用代码', en: 'Unified social credit code' }) + optional, of({ zh: '18 位，末位为校验码。', en: '18 characters, the last one a check character.' }))}
        <button type="submit">${of({ zh: '提交咨询', en: 'Send' })}</button>
      </form>`,
  }
}

/** The receipt: which number, what happens next. The same form sent again comes here again. */
export function receivedPage(
  place: Place,
  { no, office, hours }: { readonly no: string; readonly office: string; readonly hours: Words },
): Page {
  const of = (words: Words) => words[place.language]
  return {
    at: '/public/enquiry',
    title: { zh: '咨询已收到', en: 'Your enquiry was received' },
    isAnswer: true,
    body: html`<div class="paper answer">
        <p><strong>${no}</strong></p>
        <p>
          ${of({
            zh: `${office}咨询岗于 ${place.day} 收到。请记下编号，来电时可以报出。`,
            en: `Received by the enquiry desk of ${office} on ${place.day}. Note the number; it can be named on the telephone.`,
          })}
        </p>
      </div>
      <h2>${of({ zh: '接下来', en: 'What happens next' })}</h2>
      <ul>
        <li>
          ${of({ zh: '咨询岗会按您留下的方式答复，答复写明依据的条文。', en: 'The desk answers by the contact you left, and names the articles.' })}
        </li>
        <li>
          ${of({ zh: '法律没有规定咨询的答复期限；等待答复期间，没有任何数据因此可以出境。', en: 'The law sets no time for answering enquiries; waiting for an answer permits no export.' })}
        </li>
        <li>${of(hours)}</li>
      </ul>
      <p class="noprint">
        <a class="button second" href="${link(place, '/public')}">${of({ zh: '返回首页', en: 'Back to the start' })}</a>
      </p>`,
  }
}
