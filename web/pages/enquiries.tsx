import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useDeferredValue, useId, useState } from 'react'
import { getEnquiryDesk, getSimilarAnswers, listCallBacks, listEnquiries, write } from '../api.ts'
import type { Answer } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { AnswerFields, answerIn } from '../parts/answer-fields.tsx'
import { ChoiceField, DeskForm, TextField, filled } from '../parts/desk-form.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'

type Desk = Answer<'GET /v1/enquiry-desk'>
type Summary = Answer<'GET /v1/enquiries'>['enquiries'][number]

/** The desk: a note is taken on the left, what is like it stands on the right, earlier enquiries below. */
export function Enquiries() {
  const { t, of } = useSpeech()
  const query = useQuery({ queryKey: ['enquiry-desk'], queryFn: getEnquiryDesk, refetchInterval: 60_000 })
  return (
    <Read query={query} title={t.enquiryDesk.title}>
      {(desk) => (
        <Page title={t.enquiryDesk.title} beside={<span className="soft">{of(desk.hours)}</span>}>
          <div className="stack">
            <Note desk={desk} />
            <CallBacks />
            <List />
          </div>
        </Page>
      )}
    </Read>
  )
}

function Note({ desk }: { readonly desk: Desk }) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const [question, setQuestion] = useState('')
  const [topic, setTopic] = useState('')
  const [used, setUsed] = useState<{ readonly text: string; readonly n: number }>({ text: '', n: 0 })
  const send = async (form: FormData, key: string) => {
    const body = noteIn(form, desk)
    const { no } = await write('POST /v1/enquiries', body, { key })
    await queries.invalidateQueries({ queryKey: ['enquiries'] })
    setQuestion('')
    setTopic('')
    setUsed(({ n }) => ({ text: '', n: n + 1 }))
    return t.enquiryDesk.saved(no)
  }
  return (
    <div className="columns">
      <section className="panel">
        <h2>{t.enquiryDesk.note}</h2>
        <p className="soft">{t.enquiryDesk.noteHint}</p>
        <DeskForm label={t.enquiryDesk.note} button={t.enquiryDesk.save} onSend={send}>
          <TextField name="question" label={t.enquiryDesk.question} rows={3} onType={setQuestion} />
          <div className="halves halves-small">
            <ChoiceField
              name="channel"
              label={t.enquiryDesk.channel}
              options={desk.channels.map(({ channel, words }) => ({ value: channel, text: of(words) }))}
            />
            <ChoiceField
              name="topic"
              label={t.enquiryDesk.topic}
              none={t.enquiryDesk.noTopic}
              options={desk.topics.map((one) => ({ value: one.topic, text: of(one.words) }))}
              onChoose={setTopic}
            />
            <TextField name="organisation" label={t.enquiryDesk.organisation} />
            <TextField name="creditCode" label={t.enquiryDesk.creditCode} />
            <ChoiceField
              name="keyArea"
              label={t.enquiryDesk.area}
              none={t.enquiryDesk.noArea}
              options={desk.keyAreas.map(({ keyArea, words }) => ({ value: keyArea, text: of(words) }))}
            />
            <TextField name="caller" label={t.enquiryDesk.caller} />
            <TextField name="phone" label={t.enquiryDesk.phone} />
            <TextField name="receivedOn" label={t.enquiryDesk.receivedOn} hint={t.enquiryDesk.receivedHint} />
          </div>
          <AnswerFields key={used.n} desk={desk} topic={topic} value={used.text} />
        </DeskForm>
      </section>
      <Similar text={question} onUse={(text) => setUsed(({ n }) => ({ text, n: n + 1 }))} />
    </div>
  )
}

/** What the form says, as the API takes it. Unchosen fields are left out. */
function noteIn(form: FormData, desk: Desk) {
  const said = filled(form, 'channel', 'question', 'topic', 'organisation', 'creditCode', 'keyArea', 'receivedOn')
  const who = filled(form, 'caller', 'phone')
  const answer = answerIn(form, desk)
  const topic = desk.topics.find((one) => one.topic === said.topic)?.topic
  const keyArea = desk.keyAreas.find((one) => one.keyArea === said.keyArea)?.keyArea
  const { organisation: name = said.creditCode, creditCode, receivedOn } = said
  return {
    channel: desk.channels.find(({ channel }) => channel === said.channel)?.channel ?? ('phone' as const),
    question: said.question ?? '',
    caller: {
      ...(who.caller === undefined ? {} : { name: who.caller }),
      ...(who.phone === undefined ? {} : { phone: who.phone }),
    },
    ...(topic === undefined ? {} : { topic }),
    ...(receivedOn === undefined ? {} : { receivedOn }),
    ...(answer === undefined ? {} : { answer }),
    ...(name === undefined
      ? {}
      : {
          organisation: {
            name,
            ...(creditCode === undefined ? {} : { creditCode }),
            ...(keyArea === undefined ? {} : { keyArea }),
          },
        }),
  }
}

function Similar({ text, onUse }: { readonly text: string; readonly onUse: (text: string) => void }) {
  const { t, of } = useSpeech()
  const typed = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: ['similar', typed],
    queryFn: () => getSimilarAnswers(typed),
    enabled: typed.length > 1,
    placeholderData: keepPreviousData,
  })
  const found =
    typed.length > 1 && data !== undefined
      ? [
          ...data.interpretations.map((one) => ({
            no: one.no,
            to: `/interpretations/${one.no}`,
            question: of(one.question),
            answer: of(one.answer),
            guidance: of(one.guidance),
          })),
          ...data.enquiries.map((one) => ({
            no: one.no,
            to: `/enquiries/${one.no}`,
            question: one.question,
            answer: one.answer ?? '',
            guidance: one.guidance === null ? '' : of(one.guidance),
          })),
        ]
      : []
  return (
    <section className="panel" aria-live="polite" aria-label={t.enquiryDesk.similar}>
      <h2>{t.enquiryDesk.similar}</h2>
      {found.length === 0 ? (
        <p className="soft">
          {typed.length > 1 && data !== undefined ? t.enquiryDesk.noSimilar : t.enquiryDesk.similarHint}
        </p>
      ) : (
        <ul className="similar">
          {found.map(({ no, to, question, answer, guidance }) => (
            <li key={no}>
              <Link to={to} className="number">
                {no}
              </Link>
              <p>{question}</p>
              <p className="soft">{answer}</p>
              <p className="soft small">{guidance}</p>
              <Button size="small" aria-label={`${t.enquiryDesk.useAnswer} ${no}`} onClick={() => onUse(answer)}>
                {t.enquiryDesk.useAnswer}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function CallBacks() {
  const { t, of, language } = useSpeech()
  const { data } = useQuery({ queryKey: ['call-backs'], queryFn: listCallBacks })
  if (data === undefined || data.callBacks.length === 0) return null
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.callBacks}</h2>
      <p className="soft">{t.enquiryDesk.callBacksText(dayInWords(data.under, language))}</p>
      <ul className="listed">
        {data.callBacks.map(({ enquiry, toldWords, wouldBeWords }) => (
          <li key={enquiry.no}>
            <Link to="/enquiries/$no" params={{ no: enquiry.no }} className="number">
              {enquiry.no}
            </Link>{' '}
            {enquiry.organisation ?? ''} · {t.enquiryDesk.told}: {of(toldWords)} · {t.enquiryDesk.wouldBe}:{' '}
            {of(wouldBeWords)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function List() {
  const { t } = useSpeech()
  const { show, before } = useSearch({ from: '/signed-in/enquiries' })
  const navigate = useNavigate()
  const id = useId()
  const { data } = useQuery({
    queryKey: ['enquiries', show ?? null, before ?? null],
    queryFn: () =>
      listEnquiries({
        ...(show === 'open' ? { status: 'open' } : {}),
        ...(show === 'contradicting' ? { contradicting: 'true' } : {}),
        ...(before === undefined ? {} : { cursor: before }),
      }),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.list}</h2>
      <div className="filter">
        <label htmlFor={id}>{t.enquiryDesk.show}</label>
        <select
          id={id}
          className="select"
          value={show ?? ''}
          onChange={({ target: { value } }) => {
            const chosen = value === 'open' || value === 'contradicting' ? { show: value } : {}
            void navigate({ to: '/enquiries', search: chosen as { show?: 'open' | 'contradicting' } })
          }}
        >
          <option value="">{t.enquiryDesk.all}</option>
          <option value="open">{t.enquiryDesk.open}</option>
          <option value="contradicting">{t.enquiryDesk.contradicting}</option>
        </select>
      </div>
      {data !== undefined && <EnquiryTable enquiries={data.enquiries} />}
      <nav className="pages" aria-label={t.pages.label}>
        {before !== undefined && (
          <Link to="/enquiries" search={show === undefined ? {} : { show }}>
            {t.enquiryDesk.newest}
          </Link>
        )}
        {data?.next != null && (
          <Link to="/enquiries" search={{ ...(show === undefined ? {} : { show }), before: data.next }}>
            {t.enquiryDesk.older}
          </Link>
        )}
      </nav>
    </section>
  )
}

function EnquiryTable({ enquiries }: { readonly enquiries: readonly Summary[] }) {
  const { t, of, language } = useSpeech()
  if (enquiries.length === 0) return <p>{t.enquiryDesk.none}</p>
  return (
    <Scrolls label={t.enquiryDesk.list}>
      <table className="plain">
        <caption className="unseen">{t.enquiryDesk.list}</caption>
        <thead>
          <tr>
            <th scope="col">{t.enquiryDesk.no}</th>
            <th scope="col">{t.enquiryDesk.received}</th>
            <th scope="col">{t.enquiryDesk.organisation}</th>
            <th scope="col">{t.enquiryDesk.question}</th>
            <th scope="col">{t.enquiryDesk.position}</th>
            <th scope="col">{t.enquiryDesk.status}</th>
          </tr>
        </thead>
        <tbody>
          {enquiries.map((one) => (
            <tr key={one.no}>
              <th scope="row">
                <Link to="/enquiries/$no" params={{ no: one.no }} className="number">
                  {one.no}
                </Link>
              </th>
              <td className="nowrap">{dayInWords(one.receivedOn, language)}</td>
              <td>{one.organisation ?? ''}</td>
              <td>
                {one.question}
                <div className="soft">{one.topicWords === null ? '' : of(one.topicWords)}</div>
              </td>
              <td>{one.positionWords === null ? '' : of(one.positionWords)}</td>
              <td>
                {of(one.statusWords)}
                <div className="soft">{one.officer}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}
