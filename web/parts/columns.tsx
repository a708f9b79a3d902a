import type { ColumnEvidence } from '@tongguan/law'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useDeferredValue, useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { EvidencePage } from '../api.ts'
import { plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Pages } from './pages.tsx'
import { Scrolls } from './scrolls.tsx'

interface Row extends ColumnEvidence {
  readonly key: string
  readonly file: string
}

interface Filter {
  readonly text: string
  readonly category: string
  readonly level: string
  readonly file: string
}
const noFilter: Filter = { text: '', category: '', level: '', file: '' }

/** Every column of every file, to be searched and filtered. */
export function Columns({ answer }: { readonly answer: EvidencePage }) {
  const { t, of, language } = useSpeech()
  const [filter, setFilter] = useState(noFilter)
  const wanted = useDeferredValue(filter)
  const rows = answer.evidence.files.flatMap((file) =>
    file.columns.map((column): Row => ({ ...column, file: file.path, key: `${file.path}\0${column.name}` })),
  )
  const kindWords = (kind: string) => {
    const words = answer.kinds[kind]
    return words === undefined ? kind : of(words)
  }
  const shown = rows.filter((row) => fits(row, wanted, kindWords(row.kind)))
  const files = answer.evidence.files.map(({ path }) => [path, path] as const)
  return (
    <div className="stack">
      <search className="filters">
        <Labelled label={t.evidence.search}>
          {(id) => (
            <Input
              id={id}
              value={filter.text}
              onChange={(event) => {
                setFilter({ ...filter, text: event.target.value })
              }}
            />
          )}
        </Labelled>
        <Choice name="file" label={t.evidence.onlyFile} options={files} {...{ filter, setFilter }} />
        <Choice
          name="category"
          label={t.evidence.category}
          options={Object.entries(t.evidence.categories)}
          {...{ filter, setFilter }}
        />
        <Choice
          name="level"
          label={t.evidence.level}
          options={Object.entries(t.evidence.levels)}
          {...{ filter, setFilter }}
        />
        <Button
          disabled={filter === noFilter}
          onClick={() => {
            setFilter(noFilter)
          }}
        >
          {t.evidence.clear}
        </Button>
      </search>
      <p role="status" className="soft">
        {t.evidence.found(plainCount(shown.length, language), plainCount(rows.length, language))}
      </p>
      {answer.samples === 'withheld' && <p className="notice">{t.evidence.withheld}</p>}
      {shown.length === 0 ? (
        <p>{t.evidence.noColumns}</p>
      ) : (
        <ColumnTable
          key={JSON.stringify(wanted)}
          rows={shown}
          kindWords={kindWords}
          samples={answer.samples === 'shown'}
        />
      )}
    </div>
  )
}

/** Whether a column is one of those looked for. Pure. */
function fits(row: Row, { text, category, level, file }: Filter, kindWords: string): boolean {
  const said = `${row.name} ${row.file} ${row.kind} ${kindWords}`.toLowerCase()
  return (
    said.includes(text.trim().toLowerCase()) &&
    (category === '' || row.category === category) &&
    (level === '' || row.level === level) &&
    (file === '' || row.file === file)
  )
}

/** How the columns of the table can be sorted. */
const orders = {
  name: (a: Row, b: Row) => a.name.localeCompare(b.name, 'zh-CN'),
  kind: (a: Row, b: Row) => a.kind.localeCompare(b.kind),
  category: (a: Row, b: Row) => categories.indexOf(a.category) - categories.indexOf(b.category),
  level: (a: Row, b: Row) => levels.indexOf(a.level) - levels.indexOf(b.level),
  distinct: (a: Row, b: Row) => a.counts.distinct - b.counts.distinct,
} as const
const categories: readonly Row['category'][] = ['none', 'personal', 'sensitive']
const levels: readonly Row['level'][] = ['none', 'review', 'likely', 'confirmed']

const pageSize = 50

function ColumnTable(props: {
  readonly rows: readonly Row[]
  readonly kindWords: (kind: string) => string
  readonly samples: boolean
}) {
  const { rows, kindWords, samples } = props
  const { t } = useSpeech()
  const [sort, setSort] = useState<{ readonly by: keyof typeof orders; readonly up: boolean }>()
  const [page, setPage] = useState(0)
  const sorted = sort === undefined ? rows : [...rows].sort((a, b) => (sort.up ? 1 : -1) * orders[sort.by](a, b))
  const from = page * pageSize
  const to = Math.min(rows.length, from + pageSize)
  const heading = (by: keyof typeof orders, words: string, right = false) => (
    <th
      scope="col"
      className={right ? 'right' : undefined}
      aria-sort={sort?.by !== by ? undefined : sort.up ? 'ascending' : 'descending'}
    >
      <button
        type="button"
        className="sort"
        onClick={() => {
          setSort({ by, up: sort?.by === by ? !sort.up : true })
        }}
      >
        {words}
      </button>
    </th>
  )
  return (
    <>
      <Scrolls label={t.evidence.columns}>
        <table className="plain">
          <caption className="unseen">{t.evidence.columnsCaption}</caption>
          <thead>
            <tr>
              {heading('name', t.evidence.column)}
              {heading('kind', t.evidence.kind)}
              {heading('category', t.evidence.category)}
              {heading('level', t.evidence.level)}
              <th scope="col" className="right">
                {t.evidence.matched}
              </th>
              {heading('distinct', t.evidence.distinct, true)}
              {samples && <th scope="col">{t.evidence.sample}</th>}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(from, to).map((row) => (
              <ColumnRow key={row.key} row={row} kindWords={kindWords} samples={samples} />
            ))}
          </tbody>
        </table>
      </Scrolls>
      <Pages
        shown={t.pages.of(from + 1, to, rows.length)}
        onPrevious={page === 0 ? undefined : () => setPage(page - 1)}
        onNext={to === rows.length ? undefined : () => setPage(page + 1)}
      />
    </>
  )
}

function ColumnRow(props: {
  readonly row: Row
  readonly kindWords: (kind: string) => string
  readonly samples: boolean
}) {
  const { row, kindWords, samples } = props
  const { t, language } = useSpeech()
  const { name, file, kind, findings, category, sensitiveUnder, notSensitiveUnder, level, counts, sample } = row
  const others = findings.filter((finding) => finding.kind !== kind).map((finding) => kindWords(finding.kind))
  const because = [...new Set(findings.flatMap((finding) => finding.because))].map((code) => t.evidence.reasons[code])
  const categoryLooks = { none: 'soft', personal: undefined, sensitive: 'near' }
  return (
    <tr>
      <th scope="row" className="wrap">
        {name}
        <div className="soft small">{file}</div>
      </th>
      <td>
        {kindWords(kind)}
        {kind !== 'none' && <div className="soft small">{t.evidence.identifies[row.identifies]}</div>}
        {others.length > 0 && <div className="soft small">{t.evidence.also(others.join(t.events.separator))}</div>}
      </td>
      <td>
        <span className={categoryLooks[category]}>{t.evidence.categories[category]}</span>
        {category === 'sensitive' && (
          <div className="soft small">
            {sensitiveUnder.join(' · ')}
            {notSensitiveUnder.length > 0 && <div>{t.evidence.notUnder(notSensitiveUnder.join(' · '))}</div>}
          </div>
        )}
      </td>
      <td>
        <span className={level === 'review' ? 'near' : undefined}>{t.evidence.levels[level]}</span>
        {because.length > 0 && <div className="soft small">{because.join(t.events.separator)}</div>}
      </td>
      <td className="right">
        {plainCount(counts.matched, language)}
        <div className="soft small">{t.evidence.ofValues(plainCount(counts.nonEmpty, language))}</div>
      </td>
      <td className="right">{plainCount(counts.distinct, language)}</td>
      {samples && (
        <td className="nowrap">
          {sample.length === 0 && <span className="soft">{t.evidence.noSample}</span>}
          {[...new Set(sample)].map((masked) => (
            <div key={masked} className="code small">
              {masked}
            </div>
          ))}
        </td>
      )}
    </tr>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

function Choice(props: {
  readonly name: Exclude<keyof Filter, 'text'>
  readonly label: string
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly filter: Filter
  readonly setFilter: (filter: Filter) => void
}) {
  const { name, label, options, filter, setFilter } = props
  const { t } = useSpeech()
  return (
    <Labelled label={label}>
      {(id) => (
        <select
          id={id}
          className="select"
          value={filter[name]}
          onChange={(event) => {
            setFilter({ ...filter, [name]: event.target.value })
          }}
        >
          <option value="">{t.evidence.any}</option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
