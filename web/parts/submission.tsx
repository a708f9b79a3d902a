import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sections } from '@tongguan/dossier/preparation/questions'
import Button from 'antd/es/button'
import { useState } from 'react'
import { getSubmission, newIdempotencyKey, write, writePreparationBundle } from '../api.ts'
import type { PreparationCheck, Submission as Shown } from '../api.ts'
import { bytesInWords, dayInWords, instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'
import { labelOf, placeOf } from '../places.ts'
import { DaysLeft } from './due.tsx'
import { FileChooser } from './file-chooser.tsx'
import { Status } from './status.tsx'

type Bundle = Shown['bundles'][number]
type Filing = Shown['filings'][number]

/**
 * The way from answers to a filed declaration: what the check still finds, the bundle, its signature made where the key is,
 * and the receipt.
 */
export function Submission(props: {
  readonly no: string
  readonly check: PreparationCheck | undefined
  readonly revision: number
  readonly unsaved: boolean
  readonly mayWrite: boolean
}) {
  const { no, check, revision, unsaved, mayWrite } = props
  const { t } = useSpeech()
  const { data } = useQuery({ queryKey: ['submission', no], queryFn: () => getSubmission(no) })
  if (check === undefined || data === undefined) return <p role="status">{t.page.loading}</p>
  const errors = check.findings.filter(({ severity }) => severity === 'error')
  const [latest] = data.bundles
  const [last] = data.filings
  const open = latest !== undefined && latest.bundle !== last?.bundle ? latest : undefined
  return (
    <section className="panel spaced" aria-labelledby="section">
      <h2 id="section">{t.preparation.submission.title}</h2>
      <p className="soft">{t.preparation.submission.how}</p>
      {data.filings.map((filing) => (
        <Receipt key={filing.bundle} filing={filing} revision={revision} />
      ))}
      {isUnderWay(last) ? (
        <p>{t.preparation.submission.underWay}</p>
      ) : (
        <>
          <h3>{t.preparation.submission.check}</h3>
          <Errors no={no} check={check} errors={errors} />
          <h3>{t.preparation.submission.bundle}</h3>
          {open !== undefined && <Written bundle={open} revision={revision} signers={data.signers} />}
          {mayWrite && (
            <WriteBundle no={no} revision={revision} possible={errors.length === 0 && check.compared && !unsaved} />
          )}
          {mayWrite && open !== undefined && (
            <>
              <h3>{t.preparation.submission.file}</h3>
              {data.opensCases ? null : <p>{t.preparation.submission.carried}</p>}
              {open.revision === revision ? (
                <FileIt key={open.bundle} no={no} bundle={open} />
              ) : (
                <p>{t.preparation.submission.older}</p>
              )}
            </>
          )}
        </>
      )}
    </section>
  )
}

/** Whether an office is at it: until it is returned, or is over, nothing is to be filed again. */
function isUnderWay(last: Filing | undefined): boolean {
  return last?.case != null && last.case.status !== 'returned' && last.case.waitsFor !== null
}

function Errors(props: {
  readonly no: string
  readonly check: PreparationCheck
  readonly errors: PreparationCheck['findings']
}) {
  const { no, check, errors } = props
  const { t, of } = useSpeech()
  if (errors.length === 0) {
    return (
      <p className={check.compared ? 'notice notice-good' : 'notice'}>
        {check.compared ? t.preparation.submission.nothingFound : t.preparation.notCompared}
      </p>
    )
  }
  return (
    <>
      <p>{t.preparation.submission.errors(errors.length)}</p>
      <ul className="listed">
        {sections
          .filter(({ id }) => errors.some(({ section }) => section === id))
          .map(({ id, nodes, ...words }) => (
            <li key={id}>
              {of(words)}
              <ul className="listed">
                {errors
                  .filter(({ section }) => section === id)
                  .map((one) => {
                    const place = placeOf(nodes, one.where)
                    const label = place === null ? [] : labelOf(nodes, place)
                    return (
                      <li key={`${one.where} ${one.code} ${one.words.en}`}>
                        <Link
                          to="/preparations/$no"
                          params={{ no }}
                          search={{ section: id, ...(place === null ? {} : { place }) }}
                        >
                          {label.length === 0
                            ? of(words)
                            : label.map((part) => (typeof part === 'number' ? String(part) : of(part))).join(' › ')}
                        </Link>{' '}
                        {of(one.words)}
                      </li>
                    )
                  })}
              </ul>
            </li>
          ))}
      </ul>
    </>
  )
}

/** Asks for something to be done once, and says what stood in the way. */
function useDoing() {
  const [refused, setRefused] = useState<Refused['words'] | null>(null)
  const [busy, setBusy] = useState(false)
  const doIt = async (work: () => Promise<void>) => {
    setBusy(true)
    setRefused(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error.words)
    } finally {
      setBusy(false)
    }
  }
  return { refused, busy, doIt }
}

function WriteBundle(props: { readonly no: string; readonly revision: number; readonly possible: boolean }) {
  const { no, revision, possible } = props
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const { refused, busy, doIt } = useDoing()
  const work = () =>
    doIt(async () => {
      const now = await writePreparationBundle(no, { sequence: revision, key: newIdempotencyKey() })
      queries.setQueryData(['submission', no], now)
    })
  return (
    <>
      {refused !== null && (
        <div className="notice notice-bad" role="alert">
          {of(refused)}
        </div>
      )}
      {!possible && <p className="soft">{t.preparation.submission.notYet}</p>}
      <div className="buttons">
        <Button disabled={!possible} loading={busy} onClick={() => void work()}>
          {t.preparation.submission.write}
        </Button>
      </div>
    </>
  )
}

function Written(props: { readonly bundle: Bundle; readonly revision: number; readonly signers: Shown['signers'] }) {
  const { bundle, revision, signers } = props
  const { t, language } = useSpeech()
  return (
    <>
      <dl className="pairs">
        <dt>{t.preparation.submission.written}</dt>
        <dd>
          <a href={bundle.href} download={bundle.fileName}>
            {bundle.fileName}
          </a>{' '}
          <span className="soft">
            {bytesInWords(bundle.bytes, language)} · {instantInWords(bundle.at, language)} · {bundle.by}
          </span>
          <div className="soft small code">SHA-256 {bundle.sha256}</div>
        </dd>
        <dt>{t.preparation.submission.round}</dt>
        <dd>
          {t.preparation.submission.roundOf(bundle.round, dayInWords(bundle.day, language))}
          {bundle.revision === revision ? '' : ` ${t.preparation.submission.changedSince}`}
        </dd>
        <dt>{t.preparation.submission.believed}</dt>
        <dd>
          {signers.length === 0
            ? t.preparation.submission.nobodyBelieved
            : signers.map(({ name, keyId, suite }) => `${name} (${suite} ${keyId.slice(0, 16)})`).join('; ')}
        </dd>
      </dl>
      <p>{t.preparation.submission.sign}</p>
      <pre className="code">npx tongguan dossier sign {bundle.fileName}</pre>
    </>
  )
}

function FileIt({ no, bundle }: { readonly no: string; readonly bundle: Bundle }) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const { refused, busy, doIt } = useDoing()
  const [upload, setUpload] = useState<string | null>(null)
  const [declared, setDeclared] = useState(false)
  const work = (signed: string) =>
    doIt(async () => {
      const now = await write(
        'POST /v1/preparations/{preparation}/filings',
        { bundle: bundle.bundle, upload: signed },
        { key: newIdempotencyKey(), no },
      )
      queries.setQueryData(['submission', no], now)
    })
  return (
    <>
      <FileChooser
        label={t.preparation.submission.signed}
        accept=".zip"
        onSent={(sent) => {
          setUpload(sent)
          return Promise.resolve()
        }}
      />
      <label className="tick">
        <input type="checkbox" checked={declared} onChange={(event) => setDeclared(event.target.checked)} />{' '}
        {t.preparation.submission.undertaking}
      </label>
      {refused !== null && (
        <div className="notice notice-bad" role="alert">
          {of(refused)}
        </div>
      )}
      <div className="buttons">
        <Button
          type="primary"
          disabled={upload === null || !declared}
          loading={busy}
          onClick={() => upload !== null && void work(upload)}
        >
          {t.preparation.submission.fileIt}
        </Button>
      </div>
    </>
  )
}

/** What the office has of it, to be kept: number, day, what was filed, and what happens next until when. */
function Receipt({ filing, revision }: { readonly filing: Filing; readonly revision: number }) {
  const { t, of, language } = useSpeech()
  const { case: current } = filing
  return (
    <section className="notice notice-good" aria-label={t.preparation.submission.receipt(filing.round)}>
      <h3>{t.preparation.submission.receipt(filing.round)}</h3>
      <dl className="pairs">
        <dt>{t.preparation.submission.case}</dt>
        <dd>
          {current === null ? (
            t.preparation.submission.carried
          ) : (
            <>
              <Link to="/cases/$no" params={{ no: current.caseNo }}>
                {current.caseNo}
              </Link>{' '}
              <Status of={current} />
            </>
          )}
        </dd>
        <dt>{t.preparation.submission.filedOn}</dt>
        <dd>
          {dayInWords(filing.day, language)} · {filing.by} · {instantInWords(filing.at, language)}
        </dd>
        {current !== null && current.due !== null && (
          <>
            <dt>{of(current.due.words)}</dt>
            <dd>
              {dayInWords(current.due.announced ?? current.due.due, language)} <DaysLeft clock={current.due} />
            </dd>
          </>
        )}
        <dt>{t.preparation.submission.signedBy}</dt>
        <dd>{filing.signedBy.join('; ')}</dd>
        <dt>{t.preparation.submission.signedBundle}</dt>
        <dd>
          <a href={filing.href} download>
            {t.preparation.submission.download}
          </a>
          <div className="soft small code">SHA-256 {filing.sha256}</div>
        </dd>
      </dl>
      {filing.revision !== revision && <p>{t.preparation.submission.changedSince}</p>}
    </section>
  )
}
