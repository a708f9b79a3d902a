import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useState } from 'react'
import { assignCase, getDesk, listNotices, listQueue, newIdempotencyKey, pullNext, readNotices } from '../api.ts'
import type { Desk as DeskAnswer, QueuedCase } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/pages.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'
import { Refused } from '../patient-fetch.ts'

/** The officers' desk: the queues by statutory date, who has what, and the next case. The queue stands in the address. */
export function Desk() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['desk'], queryFn: getDesk, refetchInterval: 60_000 })
  return (
    <Read query={query} title={t.desk.title}>
      {(desk) => (
        <Page title={t.desk.title}>
          <div className="columns">
            <QueueOfCases desk={desk} />
            <div className="stack">
              <Notices />
              <Officers desk={desk} />
            </div>
          </div>
        </Page>
      )}
    </Read>
  )
}

function QueueOfCases({ desk }: { readonly desk: DeskAnswer }) {
  const { t, of } = useSpeech()
  const { queue, mine, after = [] } = useSearch({ from: '/signed-in/desk' })
  const navigate = useNavigate()
  const queries = useQueryClient()
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
                <Assignee case={one} desk={desk} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

/** Who has it; choosing another hands it over, as it was seen. */
function Assignee({ case: one, desk }: { readonly case: QueuedCase; readonly desk: DeskAnswer }) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const seen = one.assignee?.account ?? null
  const hand = useMutation({
    mutationFn: (to: string | null) => assignCase({ caseNo: one.caseNo, to, seen }, { key: newIdempotencyKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['desk'] }),
  })
  return (
    <>
      <select
        className="select"
        aria-label={t.desk.assign(one.caseNo)}
        value={seen ?? ''}
        disabled={hand.isPending}
        onChange={({ target }) => {
          hand.mutate(target.value === '' ? null : target.value)
        }}
      >
        <option value="">{t.desk.nobody}</option>
        {desk.officers.map(({ account, name, away }) => (
          <option key={account} value={account} disabled={away}>
            {away ? t.desk.away(name) : name}
          </option>
        ))}
      </select>
      {hand.error instanceof Refused && (
        <div role="alert" className="wrong small">
          {of(hand.error.problem.words)}
        </div>
      )}
    </>
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
                <Link to="/cases/$no" params={{ no: caseNo }}>
                  {of(words)}
                </Link>
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
