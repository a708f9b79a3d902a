import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { listCases } from '../api.ts'
import type { Answer, CaseSummary } from '../api.ts'
import { dayInWords, plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { DaysLeft } from '../parts/due.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'
import { Status } from '../parts/status.tsx'

/** The cases the reader may see. The filter and the place in the list stand in the address, so that both can be kept. */
export function CaseList() {
  const { t } = useSpeech()
  const { status, after = [] } = useSearch({ from: '/signed-in/cases' })
  const navigate = useNavigate()
  const query = useQuery({
    queryKey: ['cases', status ?? null, after.at(-1) ?? null],
    queryFn: () => listCases({ ...(status === undefined ? {} : { status }), cursor: after.at(-1) }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const go = (to: readonly string[]) => {
    void navigate({ to: '/cases', search: { ...(status === undefined ? {} : { status }), after: to } })
  }
  return (
    <Read query={query} title={t.cases.title}>
      {({ cases, next, statuses }) => (
        <Page title={t.cases.title} beside={<Filter statuses={statuses} />}>
          <section className="panel" aria-busy={query.isPlaceholderData}>
            {cases.length === 0 ? (
              <p>{status === undefined ? t.cases.noneAtAll : t.cases.none}</p>
            ) : (
              <CaseTable cases={cases} />
            )}
          </section>
          <Pages
            shown={t.cases.shown(cases.length)}
            onPrevious={after.length === 0 ? undefined : () => go(after.slice(0, -1))}
            onNext={next === null ? undefined : () => go([...after, next])}
          />
        </Page>
      )}
    </Read>
  )
}

function CaseTable({ cases }: { readonly cases: readonly CaseSummary[] }) {
  const { t, language } = useSpeech()
  return (
    <Scrolls label={t.cases.title}>
      <table className="plain">
        <caption className="unseen">{t.cases.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.cases.no}</th>
            <th scope="col">{t.cases.handler}</th>
            <th scope="col">{t.cases.status}</th>
            <th scope="col">{t.cases.move}</th>
            <th scope="col">{t.cases.due}</th>
            <th scope="col">{t.cases.persons}</th>
            <th scope="col">{t.cases.declared}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.caseNo}>
              <th scope="row">
                <Link to="/cases/$no" params={{ no: one.caseNo }} className="number">
                  {one.caseNo}
                </Link>
              </th>
              <td>
                {one.handler.name}
                <div className="soft">{one.scenarios.map(({ name }) => name).join(t.events.separator)}</div>
              </td>
              <td>
                <Status of={one} />
              </td>
              <td>{one.mine ? <strong>{t.cases.you}</strong> : <WaitsFor case={one} />}</td>
              <td>
                <NextDue case={one} />
              </td>
              <td className="number">
                {plainCount(one.persons.general + one.persons.sensitive, language)}
                <div className="soft small">{t.cases.ofThem(plainCount(one.persons.sensitive, language))}</div>
              </td>
              <td className="nowrap">{dayInWords(one.declaredOn, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

function NextDue({ case: { due } }: { readonly case: CaseSummary }) {
  const { t, of, language } = useSpeech()
  if (due === null) return <span className="soft">{t.cases.noDue}</span>
  return (
    <>
      <div className="nowrap">{dayInWords(due.announced ?? due.due, language)}</div>
      <div>
        {of(due.words)} · <DaysLeft clock={due} />
      </div>
    </>
  )
}

function WaitsFor({ case: { waitsFor } }: { readonly case: CaseSummary }) {
  const { t, of } = useSpeech()
  return waitsFor === null ? <span className="soft">{t.cases.nobody}</span> : of(waitsFor.words)
}

function Filter({ statuses }: { readonly statuses: Answer<'GET /v1/cases'>['statuses'] }) {
  const { t, of } = useSpeech()
  const { status } = useSearch({ from: '/signed-in/cases' })
  const navigate = useNavigate()
  const id = useId()
  return (
    <div className="filter">
      <label htmlFor={id}>{t.cases.filter}</label>
      <select
        id={id}
        className="select"
        value={status ?? ''}
        onChange={(event) => {
          const chosen = statuses.find(({ status }) => status === event.target.value)?.status
          void navigate({ to: '/cases', search: chosen === undefined ? {} : { status: chosen } })
        }}
      >
        <option value="">{t.cases.all}</option>
        {statuses.map(({ status, words }) => (
          <option key={status} value={status}>
            {of(words)}
          </option>
        ))}
      </select>
    </div>
  )
}
