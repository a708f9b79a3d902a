import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { getEnquiry, getEnquiryDesk, write } from '../api.ts'
import type { Answer, EnquiryPage as Enquiry } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { AnswerFields, answerIn } from '../parts/answer-fields.tsx'
import { DeskForm, TextField, filled } from '../parts/desk-form.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'

type Desk = Answer<'GET /v1/enquiry-desk'>

/** One enquiry: what was asked and told, on which articles, what contradicts it, and what may be added. */
export function EnquiryPage() {
  const { t } = useSpeech()
  const { no } = useParams({ from: '/signed-in/enquiries/$no' })
  const query = useQuery({ queryKey: ['enquiry', no], queryFn: () => getEnquiry(no) })
  const desk = useQuery({ queryKey: ['enquiry-desk'], queryFn: getEnquiryDesk })
  return (
    <Read query={query} title={no}>
      {(enquiry) => (
        <Page
          title={no}
          before={
            <Link to="/enquiries" className="back">
              {t.enquiryDesk.title}
            </Link>
          }
        >
          <div className="columns">
            <div className="stack">
              <Contradicting enquiry={enquiry} />
              <Asked enquiry={enquiry} />
              <Told enquiry={enquiry} />
              {desk.data !== undefined && <AnswerAgain enquiry={enquiry} desk={desk.data} />}
              <Facts enquiry={enquiry} />
            </div>
            <div className="stack">
              <Who enquiry={enquiry} />
              <History enquiry={enquiry} />
              <Earlier enquiry={enquiry} />
            </div>
          </div>
        </Page>
      )}
    </Read>
  )
}

function Contradicting({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t, of } = useSpeech()
  if (enquiry.contradicting.length === 0) return null
  return (
    <div className="notice notice-wait" role="status">
      <strong>{t.enquiryDesk.page.contradicting}</strong>
      <ul className="listed">
        {enquiry.contradicting.map((one) => (
          <li key={one.no}>
            <Link to="/enquiries/$no" params={{ no: one.no }}>
              {one.no}
            </Link>{' '}
            {one.officer}: {one.positionWords === null ? '' : of(one.positionWords)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Asked({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t, of } = useSpeech()
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.asked}</h2>
      <p className="prose">{enquiry.question}</p>
      <p className="soft">{enquiry.topicWords === null ? t.enquiryDesk.noTopic : of(enquiry.topicWords)}</p>
      <h2>{t.enquiryDesk.page.given}</h2>
      {enquiry.answer === null ? (
        <p>{t.enquiryDesk.page.notAnswered}</p>
      ) : (
        <>
          <p className="prose">{enquiry.answer}</p>
          {enquiry.positionWords !== null && (
            <p>
              {t.enquiryDesk.position}: <strong>{of(enquiry.positionWords)}</strong>
            </p>
          )}
          <ul className="listed">
            {enquiry.citations.map(({ words }) => (
              <li key={words.en}>{of(words)}</li>
            ))}
          </ul>
          {enquiry.guidance !== null && <p className="soft">{of(enquiry.guidance)}</p>}
        </>
      )}
    </section>
  )
}

function Told({ enquiry: { told } }: { readonly enquiry: Enquiry }) {
  const { t, of, language } = useSpeech()
  if (told === null) return null
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.facts}</h2>
      <p>
        <strong>{of(told.pathWords)}</strong> <span className="soft">{dayInWords(told.on, language)}</span>
      </p>
      <ul className="listed">
        {told.because.map((words) => (
          <li key={words.en}>{of(words)}</li>
        ))}
      </ul>
      {told.missing.length > 0 && (
        <p>
          {t.enquiryDesk.page.missing}: <span className="code">{told.missing.join(', ')}</span>
        </p>
      )}
    </section>
  )
}

function useAct(enquiry: Enquiry) {
  const { t } = useSpeech()
  const queries = useQueryClient()
  return async (answered: Promise<Enquiry>) => {
    queries.setQueryData(['enquiry', enquiry.no], await answered)
    await queries.invalidateQueries({ queryKey: ['enquiries'] })
    return t.enquiryDesk.page.done
  }
}

function AnswerAgain({ enquiry, desk }: { readonly enquiry: Enquiry; readonly desk: Desk }) {
  const { t } = useSpeech()
  const done = useAct(enquiry)
  const { no, sequence } = enquiry
  const title = enquiry.answer === null ? t.enquiryDesk.answer : t.enquiryDesk.page.again
  return (
    <section className="panel">
      <h2>{title}</h2>
      <DeskForm
        label={title}
        button={t.enquiryDesk.save}
        onSend={(form, key) => {
          const answer = answerIn(form, desk) ?? { text: '', citations: [] }
          return done(write('POST /v1/enquiries/{enquiryNo}/answer', { answer }, { key, no, sequence }))
        }}
      >
        <AnswerFields desk={desk} topic={enquiry.topic ?? ''} />
      </DeskForm>
    </section>
  )
}

function Facts({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t } = useSpeech()
  const done = useAct(enquiry)
  const { no, sequence } = enquiry
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.determine}</h2>
      <DeskForm
        label={t.enquiryDesk.page.determine}
        button={t.enquiryDesk.page.determine}
        onSend={(form, key) => {
          const facts = jsonIn(form, 'facts')
          if (facts === undefined) return Promise.resolve({ wrong: t.enquiryDesk.page.factsWrong })
          // The server reads the facts by its schema and says what does not fit.
          return done(write('POST /v1/enquiries/{enquiryNo}/facts', { facts }, { key, no, sequence }))
        }}
      >
        <TextField name="facts" label={t.enquiryDesk.page.factsField} rows={6} />
      </DeskForm>
    </section>
  )
}

/** What stands in the field as JSON; undefined where it is none. */
function jsonIn(form: FormData, name: string): unknown {
  const text = filled(form, name)[name]
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown)
  } catch {
    // Said beside the field.
    return undefined
  }
}

function Who({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t, of } = useSpeech()
  const done = useAct(enquiry)
  const { no, sequence, organisation, creditCode, caller, keyAreaWords, caseNos } = enquiry
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.who}</h2>
      <p>
        {organisation ?? ''} {creditCode ?? ''} {keyAreaWords === null ? '' : of(keyAreaWords)}
      </p>
      <p className="soft">
        {caller.name ?? ''} {caller.phone ?? ''}
      </p>
      <DeskForm
        label={t.enquiryDesk.page.who}
        button={t.enquiryDesk.save}
        onSend={(form, key) => {
          const said = filled(form, 'organisation', 'creditCode', 'caller', 'phone')
          const name = said.organisation ?? said.creditCode
          const body = {
            caller: {
              ...(said.caller === undefined ? {} : { name: said.caller }),
              ...(said.phone === undefined ? {} : { phone: said.phone }),
            },
            organisation:
              name === undefined
                ? null
                : { name, ...(said.creditCode === undefined ? {} : { creditCode: said.creditCode }) },
          }
          return done(write('POST /v1/enquiries/{enquiryNo}/caller', body, { key, no, sequence }))
        }}
      >
        <TextField name="organisation" label={t.enquiryDesk.organisation} value={organisation ?? ''} />
        <TextField name="creditCode" label={t.enquiryDesk.creditCode} value={creditCode ?? ''} />
        <TextField name="caller" label={t.enquiryDesk.caller} value={caller.name ?? ''} />
        <TextField name="phone" label={t.enquiryDesk.phone} value={caller.phone ?? ''} />
      </DeskForm>
      <h2>{t.enquiryDesk.page.linked}</h2>
      <ul className="listed">
        {caseNos.map((caseNo) => (
          <li key={caseNo}>
            <Link to="/cases/$no" params={{ no: caseNo }}>
              {caseNo}
            </Link>
          </li>
        ))}
      </ul>
      <DeskForm
        label={t.enquiryDesk.page.link}
        button={t.enquiryDesk.page.link}
        onSend={(form, key) => {
          const { caseNo = '' } = filled(form, 'caseNo')
          return done(write('POST /v1/enquiries/{enquiryNo}/case', { caseNo }, { key, no, sequence }))
        }}
      >
        <TextField name="caseNo" label={t.enquiryDesk.page.caseNo} />
      </DeskForm>
    </section>
  )
}

function History({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t, of, language } = useSpeech()
  const done = useAct(enquiry)
  const { no, sequence, calledBack, clock } = enquiry
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.says}</h2>
      <ul className="listed">
        {enquiry.events.map((event) => (
          <li key={event.sequence}>
            {dayInWords(event.day, language)} {of(event.words)} <span className="soft">{event.officer}</span>
          </li>
        ))}
      </ul>
      {calledBack !== null && (
        <p>
          {t.enquiryDesk.page.calledBack(dayInWords(calledBack.day, language), dayInWords(calledBack.under, language))}
        </p>
      )}
      {enquiry.status === 'answered' && (
        <DeskForm
          label={t.enquiryDesk.page.callBack}
          button={t.enquiryDesk.page.callBack}
          onSend={(form, key) => {
            const { note = '' } = filled(form, 'note')
            const body = { under: clock.on, note }
            return done(write('POST /v1/enquiries/{enquiryNo}/call-back', body, { key, no, sequence }))
          }}
        >
          <TextField name="note" label={t.enquiryDesk.page.callBackNote} />
        </DeskForm>
      )}
    </section>
  )
}

function Earlier({ enquiry }: { readonly enquiry: Enquiry }) {
  const { t } = useSpeech()
  if (enquiry.earlier.length === 0) return null
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.page.earlier}</h2>
      <ul className="listed">
        {enquiry.earlier.map((one) => (
          <li key={one.no}>
            <Link to="/enquiries/$no" params={{ no: one.no }}>
              {one.no}
            </Link>{' '}
            {one.question}
          </li>
        ))}
      </ul>
    </section>
  )
}
