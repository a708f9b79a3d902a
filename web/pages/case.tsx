import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { getCase } from '../api.ts'
import type { CasePage as CaseAnswer } from '../api.ts'
import { count, dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { CaseAccess } from '../parts/case-access.tsx'
import { Clocks } from '../parts/clocks.tsx'
import { Completeness } from '../parts/completeness.tsx'
import { Documents } from '../parts/documents.tsx'
import { NextSteps } from '../parts/next-steps.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Status } from '../parts/status.tsx'
import { Timeline } from '../parts/timeline.tsx'

/** One case: its header, what may happen next, what has happened, the clocks and the documents. */
export function CasePage() {
  const { t } = useSpeech()
  const { no } = useParams({ from: '/signed-in/cases/$no' })
  const query = useQuery({ queryKey: ['case', no], queryFn: () => getCase(no) })
  return (
    <Read query={query} title={t.page.title(no)}>
      {(current) => <Shown key={no} case={current} />}
    </Read>
  )
}

function Shown({ case: current }: { readonly case: CaseAnswer }) {
  const { t } = useSpeech()
  const [said, setSaid] = useState<string>()
  const saying = useRef<HTMLDivElement>(null)
  const own = useRef(new Set<number>())
  useLiveUpdate(current.caseNo, own, () => {
    setSaid(t.page.updated)
  })
  return (
    <Page
      title={t.page.title(current.caseNo)}
      before={
        <Link to="/cases" className="back">
          ← {t.page.back}
        </Link>
      }
      beside={<Status of={current} />}
    >
      <div role="status" ref={saying} tabIndex={-1} className="said">
        {said !== undefined && <p className="notice notice-good">{said}</p>}
      </div>
      <div className="columns">
        <div className="stack">
          <section className="panel" aria-labelledby="header">
            <h2 id="header">{t.page.header}</h2>
            <Header case={current} />
          </section>
          <section className="panel" aria-labelledby="timeline">
            <h2 id="timeline">{t.page.timeline}</h2>
            <Timeline events={current.timeline} />
          </section>
          <section className="panel" aria-labelledby="documents">
            <h2 id="documents">{t.documents.title}</h2>
            <Documents documents={current.documents} />
          </section>
          {current.completeness === null ? null : (
            <section className="panel" aria-labelledby="completeness">
              <h2 id="completeness">{t.completeness.title}</h2>
              <Completeness completeness={current.completeness} />
            </section>
          )}
        </div>
        <div className="stack">
          <section className="panel panel-next" aria-labelledby="next">
            <h2 id="next">{t.next.title}</h2>
            <NextSteps
              case={current}
              onDone={(title, after) => {
                own.current.add(after.sequence)
                setSaid(t.step.done(title))
                saying.current?.focus()
              }}
            />
          </section>
          {current.custody !== null && (
            <section className="panel" aria-labelledby="desk">
              <h2 id="desk">{t.page.desk}</h2>
              <AtTheDesk case={current} custody={current.custody} />
            </section>
          )}
          <section className="panel" aria-labelledby="clocks">
            <h2 id="clocks">{t.page.clocks}</h2>
            <Clocks clocks={current.clocks} />
          </section>
          <section className="panel" aria-labelledby="evidence">
            <h2 id="evidence">{t.page.evidence}</h2>
            <EvidenceLink case={current} />
          </section>
          <CaseAccess caseNo={current.caseNo} />
        </div>
      </div>
    </Page>
  )
}

function Header({ case: current }: { readonly case: CaseAnswer }) {
  const { t, of, language } = useSpeech()
  const { handler, declaration, filing, persons, waitsFor } = current
  const scenarios = declaration?.scenarios ?? []
  const recipients = scenarios.flatMap((scenario) => scenario.recipients)
  return (
    <dl className="facts">
      <div>
        <dt>{t.page.kind}</dt>
        <dd>
          {of(current.kindWords)}
          {current.predecessor !== null && (
            <div className="soft small">
              {t.page.follows}{' '}
              <Link to="/cases/$no" params={{ no: current.predecessor }}>
                {current.predecessor}
              </Link>
            </div>
          )}
        </dd>
      </div>
      <div>
        <dt>{t.page.permission}</dt>
        <dd>
          <strong>{current.permission.mayExport ? t.page.mayExport : t.page.mayNotExport}</strong>
          <div className="small">{of(current.permission.words)}</div>
        </dd>
      </div>
      <div>
        <dt>{t.page.handler}</dt>
        <dd>
          {handler.name}
          <div className="soft small number">
            {t.page.creditCode} {handler.creditCode ?? t.page.unknown}
            <br />
            {t.page.province} {handler.province}
          </div>
        </dd>
      </div>
      <div>
        <dt>{t.page.recipients}</dt>
        <dd>
          {recipients.map(({ name, country }) => (
            <div key={name}>
              {name} ({regionName(country, language)})
            </div>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t.page.move}</dt>
        <dd>{current.mine ? <strong>{t.cases.you}</strong> : of(waitsFor?.words ?? nobody)}</dd>
      </div>
      <div>
        <dt>{t.page.scenario}</dt>
        <dd>
          {filing?.summary}
          {scenarios.map(({ id, name, items }) => (
            <div key={id}>
              {name}
              <div className="soft small">{t.page.items(items.length)}</div>
            </div>
          ))}
        </dd>
      </div>
      <div>
        <dt>{t.page.persons}</dt>
        <dd>
          <div>
            <span className="big">{count(persons.sensitive, language)}</span> {t.page.personsWith}
          </div>
          <div>
            {count(persons.general, language)} {t.page.personsWithout}
          </div>
        </dd>
      </div>
      <div>
        <dt>{t.page.declaredOn}</dt>
        <dd>
          {dayInWords(current.declaredOn, language)}
          <div className="soft small">
            {t.page.reference} {current.reference}
          </div>
        </dd>
      </div>
    </dl>
  )
}

/** What only the offices see: who holds the file with which receipt, and the defects that wait for the notice. */
function AtTheDesk(props: { readonly case: CaseAnswer; readonly custody: NonNullable<CaseAnswer['custody']> }) {
  const { t, of, language } = useSpeech()
  const { defects } = props.case
  const { holder, since, receipt } = props.custody
  return (
    <div className="stack">
      <div>
        {t.page.custody[holder]} · {dayInWords(since, language)}
        {receipt !== null && (
          <div className="soft small number">
            {t.page.receipt} {receipt.sha256.slice(0, 16)}…
          </div>
        )}
      </div>
      {defects.length > 0 && (
        <div>
          <h3>{t.page.defects(defects.length)}</h3>
          <ul className="listed">
            {defects.map(({ id, reason }) => (
              <li key={id}>
                {id}: {of(reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

const nobody = { zh: '无', en: 'nobody' }

function regionName(country: string, language: 'zh' | 'en'): string {
  return new Intl.DisplayNames([language === 'zh' ? 'zh-CN' : 'en'], { type: 'region' }).of(country) ?? country
}

function EvidenceLink({ case: { caseNo, hasEvidence } }: { readonly case: CaseAnswer }) {
  const { t } = useSpeech()
  if (!hasEvidence) return <p className="soft">{t.page.noEvidence}</p>
  return (
    <div className="stack">
      <p>{t.page.evidenceText}</p>
      <p>
        <Link to="/cases/$no/evidence" params={{ no: caseNo }}>
          {t.page.openEvidence}
        </Link>
      </p>
    </div>
  )
}

/** Reads the case again whenever the server says that something has happened in it; `own` are the reader's own acts. */
function useLiveUpdate(caseNo: string, own: RefObject<Set<number>>, onNews: () => void): void {
  const queries = useQueryClient()
  const news = useRef(onNews)
  useEffect(() => {
    news.current = onNews
  })
  useEffect(() => {
    const stream = new EventSource(`/v1/cases/${encodeURIComponent(caseNo)}/events/stream`)
    const read = () => queries.invalidateQueries({ queryKey: ['case', caseNo] })
    const hear = async (sequence: number) => {
      await read()
      // One's own step comes back over the stream too, sometimes before its answer; that is no news.
      if (!own.current.has(sequence)) news.current()
    }
    stream.addEventListener('case', (event) => {
      void hear(Number(event.lastEventId))
    })
    // The session or the right has ended: asking again says which, and asks for a new sign-in.
    stream.addEventListener('ended', () => {
      stream.close()
      void read()
    })
    return () => {
      stream.close()
    }
  }, [caseNo, own, queries])
}
