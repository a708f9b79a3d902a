import type { ColumnEvidence } from '@tongguan/law'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Table from 'antd/es/table'
import type { ColumnsType } from 'antd/es/table'
import { useDeferredValue, useId, useState } from 'react'
import type { EvidencePage } from '../api.ts'
import { plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import type { Speech } from '../language.tsx'

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
  const speech = useSpeech()
  const { t, of, language } = speech
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
              allowClear={false}
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
      <Table<Row>
        size="small"
        columns={columnsFor(speech, kindWords, answer.samples === 'shown')}
        dataSource={shown}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, placement: ['bottomEnd'] }}
        locale={{ emptyText: t.evidence.noColumns }}
        scroll={{ x: 'max-content' }}
        aria-label={t.evidence.columnsCaption}
      />
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

function columnsFor({ t, language }: Speech, kindWords: (kind: string) => string, samples: boolean): ColumnsType<Row> {
  const e = t.evidence
  const categoryLooks = { none: 'soft', personal: undefined, sensitive: 'near' }
  return [
    {
      title: e.column,
      dataIndex: 'name',
      rowScope: 'row',
      sorter: (a, b) => a.name.localeCompare(b.name, 'zh-CN'),
      render: (name: string, { file }) => (
        <>
          {name}
          <div className="soft small">{file}</div>
        </>
      ),
    },
    {
      title: e.kind,
      sorter: (a, b) => a.kind.localeCompare(b.kind),
      render: (_, { kind, findings, identifies }) => {
        const others = findings.filter((finding) => finding.kind !== kind).map((finding) => kindWords(finding.kind))
        return (
          <>
            {kindWords(kind)}
            {kind !== 'none' && <div className="soft small">{e.identifies[identifies]}</div>}
            {others.length > 0 && <div className="soft small">{e.also(others.join(t.events.separator))}</div>}
          </>
        )
      },
    },
    {
      title: e.category,
      sorter: (a, b) => order.category.indexOf(a.category) - order.category.indexOf(b.category),
      render: (_, { category, sensitiveUnder, notSensitiveUnder }) => (
        <>
          <span className={categoryLooks[category]}>{e.categories[category]}</span>
          {category === 'sensitive' && <div className="soft small">{sensitiveUnder.join(' · ')}</div>}
          {notSensitiveUnder.length > 0 && category === 'sensitive' && (
            <div className="soft small">{e.notUnder(notSensitiveUnder.join(' · '))}</div>
          )}
        </>
      ),
    },
    {
      title: e.level,
      sorter: (a, b) => order.level.indexOf(a.level) - order.level.indexOf(b.level),
      render: (_, { level, findings }) => {
        const because = [...new Set(findings.flatMap((finding) => finding.because))]
        return (
          <>
            <span className={level === 'review' ? 'near' : undefined}>{e.levels[level]}</span>
            {because.length > 0 && (
              <div className="soft small">{because.map((reason) => e.reasons[reason]).join(t.events.separator)}</div>
            )}
          </>
        )
      },
    },
    {
      title: e.matched,
      align: 'right',
      className: 'number',
      render: (_, { counts }) =>
        e.matchedOf(plainCount(counts.matched, language), plainCount(counts.nonEmpty, language)),
    },
    {
      title: e.distinct,
      align: 'right',
      className: 'number',
      sorter: (a, b) => a.counts.distinct - b.counts.distinct,
      render: (_, { counts }) => plainCount(counts.distinct, language),
    },
    ...(samples
      ? [
          {
            title: e.sample,
            render: (_: unknown, { sample }: Row) =>
              sample.length === 0 ? (
                <span className="soft">{e.noSample}</span>
              ) : (
                sample.map((masked) => (
                  <div key={masked} className="code small">
                    {masked}
                  </div>
                ))
              ),
          },
        ]
      : []),
  ]
}

const order = {
  category: ['none', 'personal', 'sensitive'],
  level: ['none', 'review', 'likely', 'confirmed'],
} as const satisfies Record<string, readonly string[]>

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => React.ReactNode }) {
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
