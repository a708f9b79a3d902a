import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { FileEvidence } from '@tongguan/law'
import { getEvidence } from '../api.ts'
import type { EvidencePage as EvidenceAnswer } from '../api.ts'
import { bytesInWords, count, dayInWords, plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Columns } from '../parts/columns.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'

/** What the scan behind the declaration found. */
export function EvidencePage() {
  const { t } = useSpeech()
  const { no } = useParams({ from: '/signed-in/cases/$no/evidence' })
  const query = useQuery({ queryKey: ['evidence', no], queryFn: () => getEvidence(no), staleTime: Infinity })
  return (
    <Read query={query} title={t.evidence.title}>
      {(answer) => (
        <Page
          title={t.evidence.title}
          before={
            <Link to="/cases/$no" params={{ no }} className="back">
              ← {t.page.backToCase(no)}
            </Link>
          }
        >
          <div className="stack">
            <div className="halves">
              <section className="panel" aria-labelledby="persons">
                <h2 id="persons">{t.evidence.persons}</h2>
                <Persons persons={answer.evidence.persons} />
              </section>
              <section className="panel" aria-labelledby="scan">
                <h2 id="scan">{t.evidence.scan}</h2>
                <Scan evidence={answer.evidence} />
              </section>
            </div>
            <section className="panel" aria-labelledby="files">
              <h2 id="files">{t.evidence.files}</h2>
              <Files files={answer.evidence.files} />
            </section>
            <section className="panel" aria-labelledby="columns">
              <h2 id="columns">{t.evidence.columns}</h2>
              <Columns answer={answer} />
            </section>
          </div>
        </Page>
      )}
    </Read>
  )
}

function Persons({ persons }: { readonly persons: EvidenceAnswer['evidence']['persons'] }) {
  const { t, language } = useSpeech()
  const rows = [
    { name: t.evidence.all, ...persons },
    { name: t.evidence.sensitive, ...persons.sensitive },
  ]
  return (
    <>
      <table className="plain">
        <caption className="unseen">{t.evidence.persons}</caption>
        <thead>
          <tr>
            <th scope="col">{t.evidence.counted}</th>
            <th scope="col" className="right">
              {t.evidence.lower}
            </th>
            <th scope="col" className="right">
              {t.evidence.point}
            </th>
            <th scope="col" className="right">
              {t.evidence.upper}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, lower, point, upper }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="right">{plainCount(lower, language)}</td>
              <td className="right big">{plainCount(point, language)}</td>
              <td className="right">{count(upper, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft small">
        {t.evidence.minors}: {plainCount(persons.minors, language)} ·{' '}
        {persons.exact ? t.evidence.exact : t.evidence.estimated}
      </p>
      <p className="soft small">{t.evidence.personsText}</p>
    </>
  )
}

function Scan({ evidence }: { readonly evidence: EvidenceAnswer['evidence'] }) {
  const { t, language } = useSpeech()
  const { scanned, rules, engine, hints } = evidence
  return (
    <div className="stack">
      <p>
        {t.evidence.scanned(
          plainCount(scanned.files, language),
          count(scanned.rows, language),
          bytesInWords(scanned.bytes, language),
        )}
        {scanned.complete && ` · ${t.evidence.complete}`}
      </p>
      {!scanned.complete && <p className="notice notice-bad">{t.evidence.incomplete}</p>}
      <dl className="pairs">
        <dt>{t.evidence.rules}</dt>
        <dd>
          {t.evidence.rulesOn(dayInWords(rules.on, language))}
          <div className="soft small">{rules.packs.join(' · ')}</div>
        </dd>
        <dt>{t.evidence.engine}</dt>
        <dd>ClickHouse {engine.version}</dd>
      </dl>
      {hints.length > 0 && (
        <div>
          <h3>{t.evidence.hints}</h3>
          <ul className="listed">
            {hints.map(({ kind, where, because }) => (
              <li key={`${kind} ${where}`}>
                {t.evidence.hint[kind]} <span className="soft">{where}</span> <span className="soft">{because}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function Files({ files }: { readonly files: readonly FileEvidence[] }) {
  const { t, language } = useSpeech()
  return (
    <Scrolls label={t.evidence.files}>
      <table className="plain">
        <caption className="unseen">{t.evidence.filesCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.evidence.file}</th>
            <th scope="col">{t.evidence.format}</th>
            <th scope="col">{t.evidence.encoding}</th>
            <th scope="col" className="right">
              {t.evidence.rows}
            </th>
            <th scope="col" className="right">
              {t.evidence.skipped}
            </th>
            <th scope="col" className="right">
              {t.evidence.columns}
            </th>
            <th scope="col" className="right">
              {t.evidence.size}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.path}>
              <th scope="row" className="wrap">
                {file.path}
                {file.error !== null && (
                  <div className="late">
                    {t.evidence.readError}: {file.error.message} ({file.error.code})
                  </div>
                )}
              </th>
              <td>{file.format}</td>
              <td>{file.encoding}</td>
              <td className="right">{plainCount(file.rows, language)}</td>
              <td className="right">{plainCount(file.skipped, language)}</td>
              <td className="right">{plainCount(file.columns.length, language)}</td>
              <td className="right nowrap">{bytesInWords(file.bytes, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}
