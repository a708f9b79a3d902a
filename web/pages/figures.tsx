import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { getFigures, getOfficeNumbers } from '../api.ts'
import type { Answer } from '../api.ts'
import { dayInWords, plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Bars } from '../parts/bars.tsx'
import { TextField, filled } from '../parts/desk-form.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'

type FiguresAnswer = Answer<'GET /v1/figures'>

/** The office's figures: five numbers, then lists with their charts, tables and durations, each with what it counts. */
export function Figures() {
  const { t } = useSpeech()
  const period = useSearch({ from: '/signed-in/figures' })
  const query = useQuery({
    queryKey: ['figures', period.from ?? null, period.to ?? null],
    queryFn: () => getFigures(period),
    placeholderData: keepPreviousData,
  })
  return (
    <Read query={query} title={t.enquiryDesk.places.figures}>
      {(figures) => (
        <Page title={t.enquiryDesk.places.figures} beside={<span className="soft">{figures.office}</span>}>
          <div className="stack">
            <Numbers />
            <PeriodForm figures={figures} />
            <p className="soft">{t.enquiryDesk.figures.hiddenNote(figures.leastShown)}</p>
            <div className="halves">
              {figures.lists.map((list) => (
                <List key={list.id} list={list} />
              ))}
            </div>
            {figures.tables.map((table) => (
              <Table key={table.id} table={table} />
            ))}
            <Durations figures={figures} />
            <Definitions figures={figures} />
          </div>
        </Page>
      )}
    </Read>
  )
}

function Numbers() {
  const { t, of, language } = useSpeech()
  const { data } = useQuery({ queryKey: ['office-numbers'], queryFn: getOfficeNumbers })
  if (data === undefined) return null
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.figures.numbers}</h2>
      <p className="soft">{t.enquiryDesk.figures.upTo(dayInWords(data.to, language))}</p>
      <dl className="facts">
        {data.numbers.map(({ id, words, n }) => (
          <div key={id}>
            <dt>{of(words)}</dt>
            <dd>
              <span className="big number">{plainCount(n, language)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function PeriodForm({ figures }: { readonly figures: FiguresAnswer }) {
  const { t, language } = useSpeech()
  const navigate = useNavigate()
  const file = (format: string) => `/v1/figures/${format}?from=${figures.from}&to=${figures.to}&language=${language}`
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        void navigate({ to: '/figures', search: filled(new FormData(event.currentTarget), 'from', 'to') })
      }}
    >
      <TextField name="from" label={t.enquiryDesk.figures.from} value={figures.from} />
      <TextField name="to" label={t.enquiryDesk.figures.to} value={figures.to} />
      <Button htmlType="submit">{t.enquiryDesk.figures.go}</Button>
      <a href={file('csv')}>{t.enquiryDesk.figures.csv}</a>
      <a href={file('xlsx')}>{t.enquiryDesk.figures.xlsx}</a>
    </form>
  )
}

function List({ list }: { readonly list: FiguresAnswer['lists'][number] }) {
  const { t, of, language } = useSpeech()
  const title = of(list.words)
  const shown = (n: number | null) => (n === null ? t.enquiryDesk.figures.hidden : plainCount(n, language))
  return (
    <section className="panel">
      <h2>{title}</h2>
      {list.withheld && <p>{t.enquiryDesk.figures.withheld}</p>}
      {!list.withheld && list.rows.length === 0 && <p className="soft">{t.enquiryDesk.figures.empty}</p>}
      {!list.withheld && list.rows.length > 0 && (
        <>
          <Bars
            label={t.enquiryDesk.figures.chart(title)}
            bars={list.rows.map(({ words, n }) => ({ text: of(words), n, shown: shown(n) }))}
          />
          <Scrolls label={title}>
            <table className="plain">
              <caption className="unseen">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.enquiryDesk.figures.what}</th>
                  <th scope="col">{t.enquiryDesk.figures.n}</th>
                </tr>
              </thead>
              <tbody>
                {list.rows.map(({ words, n }) => (
                  <tr key={words.en}>
                    <th scope="row">{of(words)}</th>
                    <td className="number">{shown(n)}</td>
                  </tr>
                ))}
                <tr>
                  <th scope="row">{t.enquiryDesk.figures.total}</th>
                  <td className="number">{shown(list.total)}</td>
                </tr>
              </tbody>
            </table>
          </Scrolls>
        </>
      )}
    </section>
  )
}

function Table({ table }: { readonly table: FiguresAnswer['tables'][number] }) {
  const { t, of, language } = useSpeech()
  const title = of(table.words)
  return (
    <section className="panel">
      <h2>{title}</h2>
      {table.withheld && <p>{t.enquiryDesk.figures.withheld}</p>}
      {!table.withheld && table.rows.length === 0 && <p className="soft">{t.enquiryDesk.figures.empty}</p>}
      {!table.withheld && table.rows.length > 0 && (
        <Scrolls label={title}>
          <table className="plain">
            <caption className="unseen">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t.enquiryDesk.figures.what}</th>
                {table.columns.map((words) => (
                  <th key={words.en} scope="col">
                    {of(words)}
                  </th>
                ))}
                <th scope="col">{t.enquiryDesk.figures.total}</th>
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ words, cells, total }) => (
                <tr key={words.en}>
                  <th scope="row">{of(words)}</th>
                  {cells.map((n, column) => (
                    <td key={table.columns[column]?.en ?? column} className="number">
                      {n === null ? t.enquiryDesk.figures.hidden : plainCount(n, language)}
                    </td>
                  ))}
                  <td className="number">{plainCount(total, language)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t.enquiryDesk.figures.total}</th>
                {table.columnTotals.map((n, column) => (
                  <td key={table.columns[column]?.en ?? column} className="number">
                    {plainCount(n, language)}
                  </td>
                ))}
                <td className="number">{plainCount(table.total, language)}</td>
              </tr>
            </tbody>
          </table>
        </Scrolls>
      )}
    </section>
  )
}

function Durations({ figures }: { readonly figures: FiguresAnswer }) {
  const { t, of, language } = useSpeech()
  const days = (n: number | null) => (n === null ? t.enquiryDesk.figures.hidden : plainCount(n, language))
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.figures.durations}</h2>
      <Scrolls label={t.enquiryDesk.figures.durations}>
        <table className="plain">
          <caption className="unseen">{t.enquiryDesk.figures.durations}</caption>
          <thead>
            <tr>
              <th scope="col">{t.enquiryDesk.figures.what}</th>
              <th scope="col">{t.enquiryDesk.figures.n}</th>
              <th scope="col">{t.enquiryDesk.figures.median}</th>
              <th scope="col">{t.enquiryDesk.figures.ninetieth}</th>
            </tr>
          </thead>
          <tbody>
            {figures.durations.map(({ words, n, median, ninetieth }) => (
              <tr key={words.en}>
                <th scope="row">{of(words)}</th>
                <td className="number">{plainCount(n, language)}</td>
                <td className="number">{days(median)}</td>
                <td className="number">{days(ninetieth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  )
}

function Definitions({ figures }: { readonly figures: FiguresAnswer }) {
  const { t, of } = useSpeech()
  const all = [...figures.headline, ...figures.lists, ...figures.tables, ...figures.durations]
  const definitions = new Map(all.map(({ definition }) => [definition.en, of(definition)]))
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.figures.definition}</h2>
      <ul className="listed">
        {[...definitions].map(([key, text]) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    </section>
  )
}
