import { useQuery } from '@tanstack/react-query'
import type { Json } from '@tongguan/dossier/preparation/changes'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useEffect, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { getPreparationEvidence } from '../api.ts'
import type { PreparationEvidence } from '../api.ts'
import { useSpeech } from '../language.tsx'
import {
  cellOf,
  cellsIn,
  decided,
  itemColumns,
  itemsAt,
  moved,
  newItem,
  notYetItems,
  paste,
  rowChanges,
  rowsShown,
} from '../item-rows.ts'
import type { ItemColumn } from '../item-rows.ts'
import { ItemDetails } from './item-details.tsx'
import type { Answering } from './question-fields.tsx'
import { Scrolls } from './scrolls.tsx'

/** How many rows a page of the table has: what a screen reader and an old computer can take. */
const pageOf = 50

interface Props {
  readonly no: string
  /** The path of the scenario's list. */
  readonly list: string
  readonly title: string
  readonly mayWrite: boolean
  readonly answering: Answering
}

/**
 * The data items of one scenario as a table one types in as in a spreadsheet: arrows and Enter go from cell to cell, cells
 * copied from a spreadsheet go where the cursor is, many rows are decided at once.
 */
export function ItemTable({ no, list, title, mayWrite, answering }: Props) {
  const { tree, findings, target, reached, change, left } = answering
  const { t, of } = useSpeech()
  const evidence = useQuery({ queryKey: ['preparation-evidence', no], queryFn: () => getPreparationEvidence(no) })
  const [filter, setFilter] = useState({ text: '', only: '' })
  const [page, setPage] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState(0)
  const [said, setSaid] = useState('')
  const body = useRef<HTMLTableSectionElement>(null)
  const items = itemsAt(tree, list)
  const wrong = new Set(findings.flatMap(({ where }) => cellAt(list, where)?.row ?? []))
  const shown = rowsShown(items, filter, wrong)
  const pages = Math.max(1, Math.ceil(shown.length / pageOf))
  const at = Math.min(page, pages - 1)
  const here = shown.slice(at * pageOf, (at + 1) * pageOf)
  const sought = target === null ? null : cellAt(list, target)
  const [wasTarget, setWasTarget] = useState<string | null>(null)
  if (target !== wasTarget) {
    setWasTarget(target)
    if (sought !== null) {
      setFilter({ text: '', only: '' })
      setPage(Math.floor(sought.row / pageOf))
      setCurrent(sought.row)
    }
  }
  useEffect(() => {
    if (sought === null) return
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${sought.row} ${sought.column}"]`)
    cell?.focus()
    cell?.scrollIntoView({ block: 'center' })
    reached()
  }, [sought, reached])
  const missing = notYetItems(items, columnsOf(evidence.data))
  const all = (rows: ReadonlyMap<number, Json>) => {
    for (const one of rowChanges(list, items, rows)) change(one)
    left()
  }
  const go = (event: KeyboardEvent, row: number, column: number) => {
    const { target } = event
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    const isText = target instanceof HTMLInputElement && target.type === 'text'
    const caret = isText ? [target.selectionStart, target.selectionEnd] : [0, 0]
    const there = moved(
      event.key,
      { row: here.indexOf(row), column },
      { rows: here.length, columns: itemColumns.length },
      {
        isText,
        atStart: caret[0] === 0 && caret[1] === 0,
        atEnd: !isText || (caret[0] === target.value.length && caret[1] === target.value.length),
      },
    )
    if (there === null) return
    event.preventDefault()
    body.current?.querySelector<HTMLElement>(`[data-cell="${here[there.row]} ${there.column}"]`)?.focus()
  }
  const take = (event: ClipboardEvent, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trimEnd())) return
    event.preventDefault()
    const pasted = paste(items, shown, { row, column }, cellsIn(text))
    all(pasted.rows)
    setSaid(t.preparation.items.pasted(pasted.rows.size, pasted.notUnderstood))
  }
  const toggle = (rows: readonly number[], on: boolean) => {
    const after = new Set(chosen)
    for (const row of rows)
      if (on) after.add(row)
      else after.delete(row)
    setChosen(after)
  }
  const decide = (action: string) => {
    const rows = [...chosen].filter((row) => row < items.length)
    all(decided(items, rows, action))
    setSaid(t.preparation.items.decided(rows.length))
    setChosen(new Set())
  }
  const actions = choicesOf('decision.action')
  return (
    <section className="spaced" aria-label={title}>
      <h3>
        {title} <span className="soft small">{t.preparation.items.count(items.length, shown.length)}</span>
      </h3>
      <p className="soft small">{t.preparation.items.how}</p>
      <div className="buttons">
        <label>
          <span className="soft small">{t.preparation.items.filter}</span>{' '}
          <Input
            value={filter.text}
            className="item-filter"
            onChange={(event) => setFilter({ ...filter, text: event.target.value })}
          />
        </label>
        <label>
          <span className="soft small">{t.preparation.items.only}</span>{' '}
          <select
            className="select"
            value={filter.only}
            onChange={(event) => setFilter({ ...filter, only: event.target.value })}
          >
            <option value="">{t.preparation.items.everything}</option>
            <option value="finding">{t.preparation.items.withFinding}</option>
            <option value="none">{t.preparation.items.undecided}</option>
            {actions.map((one) => (
              <option key={one.value} value={one.value}>
                {of(one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {mayWrite && (
        <div className="buttons">
          <span className="soft small">{t.preparation.items.chosen(chosen.size)}</span>
          {actions.map((one) => (
            <Button key={one.value} size="small" disabled={chosen.size === 0} onClick={() => decide(String(one.value))}>
              {of(one)}
            </Button>
          ))}
        </div>
      )}
      <Scrolls label={title}>
        <table className="plain grid">
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t.preparation.items.chooseAll}
                  disabled={!mayWrite}
                  checked={shown.length > 0 && shown.every((row) => chosen.has(row))}
                  onChange={(event) => toggle(shown, event.target.checked)}
                />
              </th>
              {itemColumns.map(({ path, question }) => (
                <th key={path} scope="col">
                  {of(question)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {here.map((row) => (
              <tr key={row} className={wrong.has(row) ? 'asked' : undefined} aria-selected={row === current}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={t.preparation.items.choose(nameOf(items[row], row))}
                    disabled={!mayWrite}
                    checked={chosen.has(row)}
                    onChange={(event) => toggle([row], event.target.checked)}
                  />
                </td>
                {itemColumns.map((column, n) => (
                  <td
                    key={column.path}
                    onKeyDown={(event) => go(event, row, n)}
                    onPaste={(event) => mayWrite && take(event, row, n)}
                    onFocus={() => setCurrent(row)}
                    onBlur={left}
                  >
                    <Cell
                      column={column}
                      place={`${row} ${n}`}
                      label={`${nameOf(items[row], row)}: ${of(column.question)}`}
                      value={cellOf(items[row], column.path)}
                      said={(value) => change({ kind: 'set', path: `${list}.${row}.${column.path}`, value })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      <div role="status" className="soft small">
        {said}
      </div>
      <div className="buttons">
        {pages > 1 && (
          <>
            <Button disabled={at === 0} onClick={() => setPage(at - 1)}>
              {t.preparation.items.previous}
            </Button>
            <span>{t.preparation.items.page(at + 1, pages)}</span>
            <Button disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
              {t.preparation.items.next}
            </Button>
          </>
        )}
        {mayWrite && (
          <Button onClick={() => all(new Map([[items.length, newItem({})]]))}>{t.preparation.items.add}</Button>
        )}
        {mayWrite && missing.length > 0 && (
          <Button onClick={() => all(new Map(missing.map((one, n) => [items.length + n, newItem(one)])))}>
            {t.preparation.items.addFound(missing.length)}
          </Button>
        )}
      </div>
      {items[current] !== undefined && (
        <ItemDetails
          key={current}
          item={items[current]}
          path={`${list}.${current}`}
          title={nameOf(items[current], current)}
          evidence={evidence.data}
          onRemove={mayWrite ? () => change({ kind: 'remove', path: `${list}.${current}` }) : null}
        />
      )}
    </section>
  )
}

/** The cell a path leads to; of what is asked beside the table, the first of its row. */
function cellAt(list: string, path: string): { readonly row: number; readonly column: number } | null {
  if (!path.startsWith(`${list}.`)) return null
  const [row = '', ...inner] = path.slice(list.length + 1).split('.')
  const column = itemColumns.findIndex((one) => one.path === inner.join('.'))
  return { row: Number(row), column: Math.max(0, column) }
}

function Cell(props: {
  readonly column: ItemColumn
  readonly place: string
  readonly label: string
  readonly value: string
  readonly said: (value: string) => void
}) {
  const { column, place, label, value, said } = props
  const { t, of } = useSpeech()
  const choices = choicesOf(column.path)
  const shared = { 'data-cell': place, 'aria-label': label, value, className: 'cell' }
  if (choices.length === 0) {
    return <input type="text" {...shared} onChange={(event) => said(event.target.value)} />
  }
  return (
    <select {...shared} onChange={(event) => said(event.target.value)}>
      <option value="">{t.preparation.choose}</option>
      {choices.map((one) => (
        <option key={one.value} value={one.value}>
          {of(one)}
        </option>
      ))}
    </select>
  )
}

function choicesOf(path: string) {
  const ask = itemColumns.find((one) => one.path === path)?.question.ask
  return typeof ask === 'object' ? ask.choose : []
}

function nameOf(item: Json | undefined, row: number): string {
  const name = cellOf(item, 'column')
  return name === '' ? String(row + 1) : name
}

function columnsOf(read: PreparationEvidence | undefined) {
  return (read?.evidence?.files ?? []).flatMap(({ path, columns }) =>
    columns.map(({ name, kind }) => ({
      table: path,
      column: name,
      description: kind === 'none' ? '' : (read?.kinds[kind]?.zh ?? ''),
    })),
  )
}
