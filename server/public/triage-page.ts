import {
  alsoRequiredWords,
  certaintyWords,
  cite,
  conditionStatements,
  disclaimer,
  instruments,
  lengthWords,
  mayProceedWords,
  nominalCourse,
  officeMissed,
  pathWords,
  procedureActorWords,
  procedureOn,
  routeRulesOn,
  routeWords,
  statutoryPeriods,
} from '@tongguan/law'
import type { Determination, Reason, Stage, StatutoryPeriod, Words } from '@tongguan/law'
import { html } from 'hono/html'
import { errorSummary, hidden, link } from './page.ts'
import type { Html, Page, Place } from './page.ts'
import { choiceWords, entryWords, factWords, grouped, personWords, questionWords, valueWords } from './triage-words.ts'
import {
  carried,
  choices,
  conditionsAsked,
  entryFields,
  fieldsOf,
  isAnswered,
  personFields,
  questionIds,
  unfitIn,
} from './triage.ts'
import type { ChoiceId, QuestionId, Sent, TriageStep, Unfit } from './triage.ts'

const title: Words = { zh: '适用哪条路径', en: 'Which path applies to us?' }

/** One question, with everything answered before carried along. `tried` shows what did not fit in what was sent. */
export function questionPage(
  place: Place,
  sent: Sent,
  { question, tried }: { readonly question: QuestionId; readonly tried: boolean },
): Page {
  const of = (words: Words) => words[place.language]
  const words = questionWords[question]
  const own = new Set(fieldsOf(sent, question).concat(question))
  const rest = carried(sent).filter(([field]) => !own.has(field))
  const unfit = tried ? unfitIn(sent, question) : []
  const wrong = (field: string) => unfit.find((one) => one.field === field)
  const problems = unfit.map(({ field, kind }) => ({ field: firstOf(field), words: unfitWords[kind] }))
  const said = (field: string) => {
    const found = wrong(field)
    return found === undefined ? '' : html`<p class="said">${of(unfitWords[found.kind])}</p>`
  }
  return {
    at: '/public/triage',
    title,
    query: carried(sent).concat([['ask', question]]),
    body: html`${errorSummary(place, problems)}
      <form method="get" action="/public/triage">
        ${hidden(place, [...rest, ['from', question]])} ${fieldsOfQuestion()}
        <button type="submit">${of({ zh: '继续', en: 'Continue' })}</button>
        ${rest.length === 0 ? '' : html`<a href="${link(place, '/public/triage')}">${of({ zh: '重新开始', en: 'Start again' })}</a>`}
      </form>
      <p class="hint">
        ${of({
          zh: '每答一题就按法律重新判断，只问还会影响结论的问题；“不清楚”不会当作“否”。填写的内容只在网址中，不保存。',
          en: 'After each answer the law is asked again, and only what can still matter is asked. "Not known" never counts as "no". Answers stand in the address only; nothing is kept.',
        })}
      </p>`,
  }

  function fieldsOfQuestion(): Html {
    const heading = html`<legend>${of(words.ask)}</legend>
      <p class="hint">${of(words.hint)}</p>`
    if (question === 'conditions') {
      return html`<fieldset>${heading}</fieldset>
        ${conditionsAsked(sent).map(
          (condition) =>
            html`<fieldset class="row">
              <legend>${of(conditionStatements[condition])}</legend>
              ${said(`c-${condition}`)}
              ${(['yes', 'no', 'unknown'] as const).map((value) => radio(`c-${condition}`, value, of(answerWords[value])))}
            </fieldset>`,
        )}`
    }
    if (question === 'entry') {
      return html`<fieldset>
        ${heading}${entryFields.map((field) => input(`e-${field}`, of(entryWords[field])))}
      </fieldset>`
    }
    return html`<fieldset>
      ${heading}${said(question)}
      ${choices[question].map((value) => radio(question, value, of(choiceText(question, value))))}
      ${question === 'persons' ? personFields.map((field) => input(field, of(personWords[field]))) : ''}
    </fieldset>`
  }

  function radio(field: string, value: string, text: string): Html {
    const isFirst = firstOf(field) === `${field}-${value}`
    return html`<label class="pick"
      ><input
        type="radio"
        name="${field}"
        value="${value}"
        ${isFirst || field === question ? html` id="${field}-${value}"` : ''}${sent[field] === value ? html` checked` : ''}
      />${text}</label
    >`
  }

  function input(field: string, text: string): Html {
    return html`<div class="field">
      <label for="${field}">${text}</label>${said(field)}<input
        type="text"
        id="${field}"
        name="${field}"
        value="${sent[field] ?? ''}"
        maxlength="200"
      />
    </div>`
  }
}

const answerWords = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  unknown: { zh: '不清楚', en: 'not known' },
} as const satisfies Record<string, Words>

const unfitWords: Readonly<Record<Unfit['kind'], Words>> = {
  choose: { zh: '请选择一项；不知道的选“不清楚”', en: 'Choose one; where you do not know, "not known"' },
  'not-a-count': {
    zh: '请写人数，没有的写 0；不知道的请改选“不清楚”',
    en: 'Write a number of persons, 0 where there is none; where you do not know, choose "not known"',
  },
  'too-long': { zh: '最多 200 字', en: 'At most 200 characters' },
}

/** The id an error leads to: of a group of radios the first. */
function firstOf(field: string): string {
  if (field.startsWith('c-')) return `${field}-yes`
  const values = (choices as Readonly<Record<string, readonly string[]>>)[field]
  return values === undefined ? field : `${field}-${values[0] ?? ''}`
}

function choiceText(question: ChoiceId, value: string): Words {
  return (choiceWords[question] as Readonly<Record<string, Words>>)[value] ?? { zh: value, en: value }
}

/** What the law makes of the answers: cited, with what would change it, what comes next and how long it takes. */
export function resultPage(place: Place, sent: Sent, { determination }: Extract<TriageStep, { kind: 'result' }>): Page {
  const of = (words: Words) => words[place.language]
  const { path, strictPath, because, certainty } = determination
  const query = carried(sent)
  const colon = of({ zh: '：', en: ': ' })
  return {
    at: '/public/triage',
    title,
    query,
    body: html`<div class="paper answer">
        <p><strong>${of(pathWords[path])}</strong></p>
        <p>
          ${of(mayProceedWords[determination.mayProceed])} ·
          ${of({ zh: `按 ${determination.on} 的法律`, en: `by the law of ${determination.on}` })} ·
          ${of(certaintyWords[certainty])}
        </p>
        ${
          strictPath === path
            ? ''
            : html`<p class="open">
                ${of({
                  zh: `从严计数时为：${pathWords[strictPath].zh}。两种读法有争议。`,
                  en: `Counted strictly: ${pathWords[strictPath].en}. Which reading holds is contested.`,
                })}
              </p>`
        }
        <p class="hint">${of(disclaimer)}</p>
      </div>
      ${missing()}
      <h2>${of({ zh: '为什么', en: 'Why' })}</h2>
      <ul>
        ${because.map((one) => reason(one))}
      </ul>
      ${notes()} ${nextSteps(place, determination)} ${duties()} ${change()}
      <h2>${of({ zh: '您的回答', en: 'Your answers' })}</h2>
      <table>
        <thead>
          <tr>
            <th>${of({ zh: '问题', en: 'Question' })}</th>
            <th>${of({ zh: '回答', en: 'Answer' })}</th>
            <th><span class="hint">${of({ zh: '更改', en: 'Change' })}</span></th>
          </tr>
        </thead>
        <tbody>
          ${questionIds
            .filter((id) => isAnswered(sent, id) && fieldsOf(sent, id).length > 0)
            .map(
              (id) =>
                html`<tr>
                  <td>${of(questionWords[id].ask)}</td>
                  <td>${answerOf(id)}</td>
                  <td>
                    <a href="${link(place, '/public/triage', [...query, ['ask', id]])}"
                      >${of({ zh: '更改', en: 'Change' })}<span class="skip">${of(questionWords[id].ask)}</span></a
                    >
                  </td>
                </tr>`,
            )}
        </tbody>
      </table>
      <p class="noprint">
        <a class="button" href="${link(place, '/public/triage/facts', query)}"
          >${of({ zh: '下载事实文件', en: 'Download the facts' })}</a
        >
        ${place.offices.length === 0 ? '' : html`<a class="button second" href="${link(place, '/public/enquiry', query)}">${of({ zh: '带着这些回答咨询主管部门', en: 'Ask the office with these answers' })}</a>`}
        <a class="button second" href="${link(place, '/public/triage')}"
          >${of({ zh: '重新开始', en: 'Start again' })}</a
        >
      </p>
      <p class="hint">
        ${of({
          zh: '事实文件可以直接用于申报准备：“tongguan determine facts.yaml” 复核，“tongguan dossier init” 从它开始写申报材料，不必再答一遍。',
          en: 'The facts carry into a declaration: "tongguan determine facts.yaml" checks them again, "tongguan dossier init" begins the papers from them, and nothing is asked twice.',
        })}
      </p>`,
  }

  function reason(one: Reason): Html {
    const known = instruments[one.instrument].certainty
    // Facts are named in the sentence by their path; a reader here sees them in words.
    const text = of(one).replaceAll(/\b(?:handler|flows\.0|total)\.[\w.]+|\bvoluntaryDeclaration\b/g, (fact) => {
      const words = factWords(fact)
      return words === undefined ? fact : of(words)
    })
    return html`<li>
      ${text}<br /><span class="cite"
        >${of(cite(one))}${known === 'primary' ? '' : ` · ${of(certaintyWords[known])}`}</span
      >
    </li>`
  }

  function missing(): Html {
    if (path !== 'unknown') return html``
    return html`<h2>${of({ zh: '还缺少哪些事实', en: 'What is missing' })}</h2>
      <p>
        ${of({
          zh: '事实不足时没有结论：不等于免予申报，也不等于可以出境。弄清下列事实后再判断：',
          en: 'Where facts are missing there is no answer: it means neither exempt nor allowed. Find out:',
        })}
      </p>
      <ul>
        ${distinct(determination.missing).map((words) => html`<li>${of(words)}</li>`)}
      </ul>`
  }

  function notes(): Html {
    const all = [...determination.warnings, ...determination.openPoints]
    if (all.length === 0) return html``
    return html`<h2>${of({ zh: '请注意', en: 'Please note' })}</h2>
      <ul>
        ${all.map((words) => html`<li>${of(words)}</li>`)}
      </ul>`
  }

  function duties(): Html {
    if (determination.alsoRequired.length === 0 && determination.alsoMissing.length === 0) return html``
    return html`<h2>${of({ zh: '不论路径，仍须履行', en: 'Due whatever the path' })}</h2>
      <ul>
        ${determination.alsoRequired.map(
          (duty) =>
            html`<li>
              ${of(alsoRequiredWords[duty])}<br /><span class="cite"
                >${determination.alsoBecause
                  .filter((one) => one.duty === duty)
                  .map((one) => of(cite(one)))
                  .join(of({ zh: '、', en: '; ' }))}</span
              >
            </li>`,
        )}
      </ul>
      ${
        determination.alsoMissing.length === 0
          ? ''
          : html`<p class="hint">
              ${of({ zh: '下列事实没有询问，可能增加义务：', en: 'Not asked here, and may add to what is due: ' })}${distinct(
                determination.alsoMissing,
              )
                .map(of)
                .join(of({ zh: '、', en: '; ' }))}
            </p>`
      }`
  }

  function change(): Html {
    const { wouldChange, margin } = determination
    const left = (words: Words, persons: number | null) =>
      persons === null ? [] : [of({ zh: `${words.zh} ${grouped(persons)} 人`, en: `${grouped(persons)} ${words.en}` })]
    const margins =
      margin === null
        ? []
        : [
            ...left({ zh: '不含敏感个人信息的还可增加', en: 'persons without sensitive information' }, margin.general),
            ...left({ zh: '含敏感个人信息的还可增加', en: 'persons with it' }, margin.sensitive),
          ]
    if (wouldChange.length === 0 && margins.length === 0) return html``
    return html`<h2>${of({ zh: '什么会改变结论', en: 'What would change the answer' })}</h2>
      ${
        margin === null || margins.length === 0
          ? ''
          : html`<p>
              ${of({ zh: `距离“${pathWords[margin.next].zh}”：`, en: `Left before "${pathWords[margin.next].en}": ` })}${margins.join(of({ zh: '，', en: ', ' }))}
            </p>`
      }
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${of({ zh: '事实', en: 'Fact' })}</th>
              <th>${of({ zh: '变为', en: 'becoming' })}</th>
              <th>${of({ zh: '路径将是', en: 'the path would be' })}</th>
            </tr>
          </thead>
          <tbody>
            ${wouldChange.map(
              ({ fact, to, path: other }) =>
                html`<tr>
                  <td>${of(factWords(fact) ?? { zh: fact, en: fact })}</td>
                  <td>${of(valueWords(fact, to))}</td>
                  <td>${of(pathWords[other])}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
  }

  function answerOf(id: QuestionId): Html {
    const text = (field: string) => sent[field] ?? ''
    if (id === 'conditions') {
      return html`${conditionsAsked(sent).map(
        (condition) =>
          html`${of(conditionStatements[condition])}${colon}${of(answerWords[text(`c-${condition}`) as keyof typeof answerWords])}<br />`,
      )}`
    }
    if (id === 'entry') {
      return html`${entryFields.map((field) => html`${of(entryWords[field])}${colon}${text(`e-${field}`) || of(answerWords.unknown)}<br />`)}`
    }
    const numbers =
      id === 'persons' && sent['persons'] === 'told'
        ? personFields.map((field) => html`<br />${of(personWords[field])}${colon}${text(field)}`)
        : ''
    return html`${of(choiceText(id, text(id)))}${numbers}`
  }
}

function distinct(facts: readonly string[]): readonly Words[] {
  return [
    ...new Map(facts.map((fact) => [factWords(fact)?.zh ?? fact, factWords(fact) ?? { zh: fact, en: fact }])).values(),
  ]
}

/** What comes next on the path, and how long it takes by the law of the day. */
function nextSteps(place: Place, { path, available, on }: Determination): Html {
  const of = (words: Words) => words[place.language]
  const heading = html`<h2>${of({ zh: '下一步与所需时间', en: 'What comes next, and how long it takes' })}</h2>`
  switch (path) {
    case 'assessment': {
      const course = nominalCourse(on)
      return html`${heading}
        <ol>
          ${procedureOn(on)
            .filter(({ code }) => onTheWay.includes(code))
            .map((one) => stage(one))}
        </ol>
        <p>
          ${of({
            zh: `如果 ${on} 提交，且各机关都在法定末日办理：完备性查验至 ${course[0]?.due}，受理至 ${course[1]?.due}，评估结果至 ${course[2]?.due}。`,
            en: `Filed on ${on}, with each office acting on its last day: checked by ${course[0]?.due}, accepted by ${course[1]?.due}, the result by ${course[2]?.due}.`,
          })}
        </p>
        <p class="open">${of(officeMissed)}</p>`
    }
    case 'contract-or-certification':
      return html`${heading}${available.map(
        ({ route, citation }) =>
          html`<h3>${of(routeWords[route])}</h3>
            <p class="cite">${of(cite(citation))}</p>
            <ul>
              ${routeRulesOn(route, on)
                .filter(({ code }) => !/-8\.\d$|-10$/.test(code))
                .map((rule) => html`<li>${of(rule)}<br /><span class="cite">${of(cite(rule.citation))}</span></li>`)}${
                route === 'standard-contract' ? html`<li>${filing()}</li>` : ''
              }
            </ul>`,
      )}`
    case 'exempt':
    case 'not-an-export':
      return html`${heading}
        <p>
          ${of({
            zh: '没有审批、备案或者认证程序需要办理；请留存判断所依据的事实，人数和内容变化时重新判断。',
            en: 'There is nothing to declare, file or certify. Keep the facts this rests on, and ask again when numbers or contents change.',
          })}
        </p>`
    case 'state-secrets-regime':
    case 'prohibited':
      return html`${heading}
        <p>
          ${of({
            zh: '不要按所述方式出境；请先向主管部门咨询。',
            en: 'Do not export as described; speak to the competent authority first.',
          })}
        </p>`
    case 'unknown':
      return html`${heading}
        <p>
          ${of({
            zh: '先弄清上面缺少的事实；弄不清的，带着这些回答向主管部门咨询。在此之前不要出境。',
            en: 'Find out what is missing above; what cannot be found out, ask the office with these answers. Until then nothing leaves.',
          })}
        </p>`
  }

  function stage({ zh, en, actor, clock, citation, limits }: Stage): Html {
    const period = clock.kind === 'period' ? statutoryPeriods[clock.period].at(-1) : undefined
    const long =
      period === undefined
        ? of(
            clock.kind === 'promptly'
              ? { zh: '及时，没有法定天数', en: 'promptly; no number of days' }
              : { zh: '没有法定期限', en: 'no statutory time' },
          )
        : of(timeWords(period))
    return html`<li>
      ${of({ zh, en })} — ${of(procedureActorWords[actor])}, ${long}<br /><span class="cite">${of(cite(citation))}</span
      >${limits === undefined || limits === officeMissed ? '' : html`<br /><span class="hint">${of(limits)}</span>`}
    </li>`
  }

  function filing(): Html {
    const [period] = statutoryPeriods['contract-filing']
    const [check] = statutoryPeriods['contract-filing-check']
    return html`${of({
        zh: `${period.zh}：自${period.starts.zh}起${lengthWords(period).zh}；${check.zh}：${lengthWords(check).zh}`,
        en: `${period.en}: ${lengthWords(period).en} from ${period.starts.en}; ${check.en}: ${lengthWords(check).en}`,
      })}<br /><span class="cite">${of(cite(period.citation))}、${of(cite(check.citation))}</span>`
  }
}

/** A period as a reader needs it: one that runs back says from where. */
function timeWords(period: StatutoryPeriod): Words {
  const { zh, en } = lengthWords(period)
  if (period.direction === 'after') return { zh, en }
  return { zh: `${period.starts.zh}前${zh}内`, en: `within ${en} before ${period.starts.en}` }
}

/** The stages of an assessment up to what one may do with its result, whatever the era. */
const onTheWay: readonly string[] = [
  'P-0.2022',
  'P-0',
  'P-1.2022',
  'P-1',
  'P-2',
  'P-3.2022',
  'P-3.2024',
  'P-3',
  'P-4',
  'P-5',
  'P-6',
  'P-7',
  'P-9.2022',
  'P-9.2024',
  'P-9',
]
