import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { getDesk, listNotices, listQueue, newIdempotencyKey, pullNext, readNotices } from '../api.ts'
import type { Desk as DeskAnswer, QueuedCase } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Absence } from '../parts/absence.tsx'
import { Assignee } from '../parts/assignee.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'
import { Refused } from '../patient-fetch.ts'
import { readSession } from '../session.ts'

/** The officers' desk: the queues by statutory date, who has what, and the next case. The queue stands in the address. */
export function Desk() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['desk'], queryFn: getDesk, refetchInterval: 60_000 })
  const looksOver = useLooksOver()
  return (
    <Read query={query} title={t.desk.title}>
      {(desk) => (
        <Page title={t.desk.title}>
          <div className="columns">
            <QueueOfCases desk={desk} />
            <div className="stack">
              <Notices />
              <Officers desk={desk} />
              <Absence desk={desk} ofOffice={looksOver} />
            </div>
          </div>
        </Page>
      )}
    </Read>
  )
}

/** Whether the reader looks over the office's officers and has no case of their own. */
function useLooksOver(): boolean {
  const { data } = useQuery(readSession)
  return data?.me?.role === 'supervisor'
}

function QueueOfCases({ desk }: { readonly desk: DeskAnswer }) {
  const { t, of } = useSpeech()
  const { queue, mine, after = [] } = useSearch({ from: '/signed-in/desk' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const looksOver = useLooksOver()
  const [said, setSaid] = useState<string>()
  const cases = useQuery({
    queryKey: ['desk', queue ?? null, mine ?? false, after.at(-1) ?? null],
    queryFn: () =>
      listQueue({
        ...(queue === undefined ? {} : { queue }),
        ...(mine === true ? { mine: 'true' as const } : {}),
        cursor: after.at(-1),
      }),
  })
  const pull = useMutation({
    mutationFn: () => pullNext({ key: newIdempotencyKey() }),
    onSuccess: async ({ caseNo }) => {
      await queries.invalidateQueries({ queryKey: ['desk'] })
      if (caseNo === null) setSaid(t.desk.nothingToPull)
      else await navigate({ to: '/cases/$no', params: { no: caseNo } })
    },
  })
  const choose = (search: { queue?: QueuedCase['queue']; mine?: true; after?: readonly string[] }) => {
    void navigate({ to: '/desk', search })
  }
  const nextPage = cases.data?.next ?? null
  const own = { ...(queue === undefined ? {} : { queue }), ...(mine === true ? { mine } : {}) }
  return (
    <section className="panel" aria-labelledby="queue">
      <h2 id="queue">{t.desk.queue}</h2>
      <div className="stack">
        <div className="filter">
          <label htmlFor="which-queue">{t.desk.which}</label>
          <select
            id="which-queue"
            className="select"
            value={queue ?? ''}
            onChange={({ target }) => {
              const chosen = desk.queues.find((one) => one.queue === target.value)?.queue
              choose({ ...(chosen === undefined ? {} : { queue: chosen }), ...(mine === true ? { mine } : {}) })
            }}
          >
            <option value="">{t.desk.all}</option>
            {desk.queues.map((one) => (
              <option key={one.queue} value={one.queue}>
                {t.desk.inQueue(of(one.words), one.cases, one.late)}
              </option>
            ))}
          </select>
          {!looksOver && (
            <>
              <label>
                <input
                  type="checkbox"
                  checked={mine === true}
                  onChange={({ target }) => {
                    choose({ ...(queue === undefined ? {} : { queue }), ...(target.checked ? { mine: true } : {}) })
                  }}
                />{' '}
                {t.desk.mine}
              </label>
              <Button
                type="primary"
                loading={pull.isPending}
                onClick={() => {
                  pull.mutate()
                }}
              >
                {t.desk.pull}
              </Button>
            </>
          )}
        </div>
        <div role="status">{said !== undefined && <p className="notice notice-good">{said}</p>}</div>
        {cases.isError && (
          <p className="notice notice-bad" role="alert">
            {cases.error instanceof Refused ? of(cases.error.problem.words) : t.desk.notRead}
          </p>
        )}
        {cases.data?.cases.length === 0 && <p className="soft">{t.desk.none}</p>}
        {cases.data !== undefined && cases.data.cases.length > 0 && <QueueTable cases={cases.data.cases} desk={desk} />}
        {cases.data !== undefined && (
          <Pages
            shown={t.cases.shown(cases.data.cases.length)}
            onPrevious={after.length === 0 ? undefined : () => choose({ ...own, after: after.slice(0, -1) })}
            onNext={nextPage === null ? undefined : () => choose({ ...own, after: [...after, nextPage] })}
          />
        )}
      </div>
    </section>
  )
}

function QueueTable({ cases, desk }: { readonly cases: readonly QueuedCase[]; readonly desk: DeskAnswer }) {
  const { t, of, language } = useSpeech()
  const looksOver = useLooksOver()
  return (
    <Scrolls label={t.desk.queue}>
      <table className="plain">
        <caption className="unseen">{t.desk.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.desk.due}</th>
            <th scope="col">{t.cases.no}</th>
            <th scope="col">{t.cases.handler}</th>
            <th scope="col">{t.cases.status}</th>
            <th scope="col">{t.desk.assignee}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.caseNo}>
              <td>
                <div className="nowrap">{one.due === null ? t.cases.noDue : dayInWords(one.due, language)}</div>
                <div className="soft small">
                  {one.dueWords !== null && of(one.dueWords)} {one.late && <strong>{t.desk.late}</strong>}
                  {one.announced !== null && ` · ${t.desk.announced(dayInWords(one.announced, language))}`}
                </div>
              </td>
              <th scope="row">
                <Link to="/cases/$no" params={{ no: one.caseNo }} className="number">
                  {one.caseNo}
                </Link>
                <div className="soft small">{of(one.kindWords)}</div>
              </th>
              <td>
                {one.handlerName}
                <div className="soft small">{one.province}</div>
              </td>
              <td>{of(one.statusWords)}</td>
              <td>
                <Assignee case={one} desk={desk} withReason={looksOver} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

function Officers({ desk }: { readonly desk: DeskAnswer }) {
  const { t } = useSpeech()
  return (
    <section className="panel" aria-labelledby="officers">
      <h2 id="officers">{t.desk.load}</h2>
      <ul className="listed">
        {desk.officers.map(({ account, name, cases, late, away }) => (
          <li key={account}>
            {away ? t.desk.away(name) : name}: {t.desk.has(cases, late)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Notices() {
  const { t, of, language } = useSpeech()
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['notices'], queryFn: listNotices, refetchInterval: 60_000 })
  const read = useMutation({
    mutationFn: (ids: readonly string[]) => readNotices(ids),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  })
  const notices = data?.notices ?? []
  return (
    <section className="panel" aria-labelledby="notices">
      <h2 id="notices">{t.desk.notices(notices.length)}</h2>
      {notices.length === 0 ? (
        <p className="soft">{t.desk.noNotices}</p>
      ) : (
        <>
          <ul className="listed">
            {notices.map(({ id, caseNo, day, words }) => (
              <li key={id}>
                {dayInWords(day, language)} ·{' '}
                {caseNo === null ? (
                  of(words)
                ) : (
                  <Link to="/cases/$no" params={{ no: caseNo }}>
                    {of(words)}
                  </Link>
                )}
              </li>
            ))}
          </ul>
          <Button
            onClick={() => {
              read.mutate(notices.map(({ id }) => id))
            }}
          >
            {t.desk.readAll}
          </Button>
        </>
      )}
    </section>
  )
}
