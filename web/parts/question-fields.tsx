import { isList, isRecord, valueAt } from '@tongguan/dossier/preparation/changes'
import type { Change, Json } from '@tongguan/dossier/preparation/changes'
import { isPart } from '@tongguan/dossier/preparation/questions'
import type { Node, Part, Question } from '@tongguan/dossier/preparation/questions'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { createContext, use, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { PreparationCheck } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { Comments } from './comments.tsx'

type Finding = PreparationCheck['findings'][number]

/** What every field of a section needs. */
export interface Answering {
  readonly tree: Json
  readonly findings: readonly Finding[]
  /** The place a link led to; null when there is none or it has the focus. */
  readonly target: string | null
  readonly reached: () => void
  readonly change: (change: Change) => void
  /** A field was left: what was typed is saved without waiting. */
  readonly left: () => void
}

export const AnsweringContext = createContext<Answering | null>(null)

function useAnswering(): Answering {
  const answering = use(AnsweringContext)
  if (answering === null) throw new Error('useAnswering outside of a section')
  return answering
}

/** Questions and the parts they stand in; `at` is the place of the part around them. */
export function Nodes({ nodes, at }: { readonly nodes: readonly Node[]; readonly at: string }) {
  return nodes.map((node) =>
    isPart(node) ? (
      <PartFields key={node.key} part={node} path={inside(at, node.key)} />
    ) : (
      <Field key={node.key} question={node} path={inside(at, node.key)} />
    ),
  )
}

function PartFields({ part, path }: { readonly part: Part; readonly path: string }) {
  const { of } = useSpeech()
  const place = useTarget(path)
  return (
    <fieldset className="part" ref={place}>
      <legend tabIndex={-1} data-focus>
        {of(part)}
      </legend>
      <Findings path={path} />
      <PartBody part={part} path={path} />
    </fieldset>
  )
}

function PartBody({ part, path }: { readonly part: Part; readonly path: string }) {
  const { t, of } = useSpeech()
  const { tree, change } = useAnswering()
  const value = valueAt(tree, path)
  const fill = () => change({ kind: 'set', path, value: firstValue(part) })
  if (part.optional === true && value === undefined) {
    return <Button onClick={fill}>{t.preparation.fillIn(of(part))}</Button>
  }
  return (
    <>
      {part.none !== undefined && (
        <label className="tick">
          <input
            type="checkbox"
            checked={value === null}
            onChange={(event) => (event.target.checked ? change({ kind: 'set', path, value: null }) : fill())}
          />{' '}
          {of(part.none)}
        </label>
      )}
      {part.none !== undefined && value === null ? null : part.each === undefined ? (
        <Nodes nodes={part.questions} at={path} />
      ) : (
        <Members part={part} path={path} members={isList(value) ? value : []} />
      )}
      {part.optional === true && (
        <Button onClick={() => change(without(tree, path))}>{t.preparation.leaveOut(of(part))}</Button>
      )}
    </>
  )
}

function Members({
  part,
  path,
  members,
}: {
  readonly part: Part
  readonly path: string
  readonly members: readonly Json[]
}) {
  const { t, of } = useSpeech()
  const { tree, change } = useAnswering()
  const called = of(part.each ?? part)
  const append = (): Change =>
    isList(valueAt(tree, path)) ? { kind: 'append', path, value: {} } : { kind: 'set', path, value: [{}] }
  return (
    <>
      {members.map((member, index) => (
        // A member has no name of its own that stays while it is typed.
        // oxlint-disable-next-line react/no-array-index-key
        <Member
          key={index}
          part={part}
          path={inside(path, String(index))}
          title={titleOf(part, member) ?? `${called} ${index + 1}`}
          alone={members.length === 1}
        >
          {part.fixed !== true && (
            <Button onClick={() => change({ kind: 'remove', path: inside(path, String(index)) })}>
              {t.preparation.remove(`${called} ${index + 1}`)}
            </Button>
          )}
        </Member>
      ))}
      {part.fixed !== true && <Button onClick={() => change(append())}>{t.preparation.add(called)}</Button>}
    </>
  )

  function titleOf({ named, questions }: Part, member: Json): string | undefined {
    if (named === undefined || !isRecord(member)) return undefined
    const value = member[named]
    const question = questions.find(({ key }) => key === named)
    const chosen =
      question !== undefined && !isPart(question) && typeof question.ask === 'object'
        ? question.ask.choose.find((one) => one.value === value)
        : undefined
    if (chosen !== undefined) return of(chosen)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}

/** One of a list. Only an open one has its fields on the page: a scenario may have hundreds of items. */
function Member(props: {
  readonly part: Part
  readonly path: string
  readonly title: string
  readonly alone: boolean
  readonly children: ReactNode
}) {
  const { part, path, title, alone, children } = props
  const { t } = useSpeech()
  const { findings, target } = useAnswering()
  const place = useTarget(path)
  const sought = target !== null && target.startsWith(`${path}.`)
  const [open, setOpen] = useState(alone || sought)
  const [wasSought, setWasSought] = useState(sought)
  if (sought !== wasSought) {
    setWasSought(sought)
    if (sought) setOpen(true)
  }
  const inHere = findings.filter(({ where }) => where === path || where.startsWith(`${path}.`))
  const missing = inHere.filter(({ code }) => code === 'answer.missing').length
  const errors = inHere.filter(({ code, severity }) => code !== 'answer.missing' && severity === 'error').length
  return (
    <details className="member" ref={place} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-focus>
        {title} <span className="soft">{t.preparation.counts(missing, errors, inHere.length - missing - errors)}</span>
      </summary>
      <Findings path={path} />
      {open && (
        <>
          <Nodes nodes={part.questions} at={path} />
          {children}
        </>
      )}
    </details>
  )
}

function Field({ question, path }: { readonly question: Question; readonly path: string }) {
  const { t, of } = useSpeech()
  const { tree, findings, change, left } = useAnswering()
  const place = useTarget(path)
  const value = valueAt(tree, path)
  const id = `at-${path}`
  const wrong = findings.some(({ where }) => where === path)
  const hints =
    question.ask === 'lines'
      ? [...(question.hint === undefined ? [] : [of(question.hint)]), t.preparation.onePerLine]
      : question.hint === undefined
        ? []
        : [of(question.hint)]
  const said = (next: Json) =>
    change(
      next === '' && question.optional === true && valueAt(tree, path) !== undefined
        ? without(tree, path)
        : { kind: 'set', path, value: next },
    )
  const notApplicable = question.none !== undefined && question.ask !== 'yesNo' && value === null
  const shared = {
    id,
    onBlur: left,
    ...(wrong ? { 'aria-invalid': true } : {}),
    ...(wrong || hints.length > 0 ? { 'aria-describedby': `${id}-hint ${id}-wrong` } : {}),
  }
  return (
    <div className="field" ref={place}>
      <label htmlFor={id}>{of(question)}</label>
      {hints.length > 0 && (
        <span id={`${id}-hint`} className="hint">
          {hints.join(' · ')}
        </span>
      )}
      {question.none !== undefined && question.ask !== 'yesNo' && (
        <label className="tick">
          <input type="checkbox" checked={notApplicable} onChange={(event) => said(event.target.checked ? null : '')} />{' '}
          {of(question.none)}
        </label>
      )}
      {!notApplicable && <Answer question={question} value={value} shared={shared} said={said} />}
      <Findings path={path} id={`${id}-wrong`} />
      <Comments place={path} label={of(question)} />
    </div>
  )
}

function Answer(props: {
  readonly question: Question
  readonly value: Json | undefined
  readonly shared: { readonly id: string; readonly onBlur: () => void }
  readonly said: (value: Json) => void
}) {
  const { question, value, shared, said } = props
  const { ask } = question
  const { t, of } = useSpeech()
  if (typeof ask === 'object' && ask.open === true) {
    return (
      <>
        <Input
          {...shared}
          list={`${shared.id}-list`}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => said(event.target.value)}
        />
        <datalist id={`${shared.id}-list`}>
          {ask.choose.map((one) => (
            <option key={one.value} value={one.value}>
              {of(one)}
            </option>
          ))}
        </datalist>
      </>
    )
  }
  if (ask === 'yesNo' || typeof ask === 'object') {
    const options =
      ask === 'yesNo'
        ? [
            { value: true, text: t.preparation.yes },
            { value: false, text: t.preparation.no },
          ]
        : ask.choose.map((one) => ({ value: one.value, text: of(one) }))
    const chosen = options.findIndex((one) => one.value === value)
    const other = chosen < 0 && typeof value === 'string' && value !== '' ? value : null
    return (
      <select
        {...shared}
        className="select"
        value={chosen < 0 ? (other === null ? '' : 'other') : String(chosen)}
        onChange={(event) =>
          said(options[Number(event.target.value)]?.value ?? (question.none === undefined ? '' : null))
        }
      >
        <option value="">{question.none === undefined ? t.preparation.choose : of(question.none)}</option>
        {options.map((one, index) => (
          <option key={String(one.value)} value={String(index)}>
            {one.text}
          </option>
        ))}
        {other !== null && <option value="other">{other}</option>}
      </select>
    )
  }
  if (ask === 'lines') {
    const written = isList(value) ? value.map(String) : []
    return (
      <Input.TextArea
        {...shared}
        rows={3}
        value={written.join('\n')}
        onChange={(event) => said(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
    )
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (ask === 'text') {
    return <Input.TextArea {...shared} rows={3} value={text} onChange={(event) => said(event.target.value)} />
  }
  const number = (typed: string) => (/^\d{1,15}$/.test(typed.trim()) ? Number(typed) : typed)
  return (
    <Input
      {...shared}
      value={text}
      autoComplete="off"
      type={ask === 'day' ? 'date' : 'text'}
      {...(ask === 'number' ? { inputMode: 'numeric' as const } : {})}
      onChange={(event) => said(ask === 'number' ? number(event.target.value) : event.target.value)}
    />
  )
}

function Findings({ path, id }: { readonly path: string; readonly id?: string }) {
  const { of } = useSpeech()
  const { findings } = useAnswering()
  const here = findings.filter(({ where }) => where === path)
  if (here.length === 0) return null
  return (
    <div id={id}>
      {here.map((finding) => (
        <div key={`${finding.code} ${finding.words.en}`} className={finding.severity === 'error' ? 'wrong' : 'near'}>
          {of(finding.words)}
        </div>
      ))}
    </div>
  )
}

/** Brings the focus to a place when a link leads there. */
function useTarget<E extends HTMLElement>(path: string) {
  const { target, reached } = useAnswering()
  const place = useRef<E & HTMLFieldSetElement & HTMLDetailsElement & HTMLDivElement>(null)
  useEffect(() => {
    if (target !== path) return
    const { current } = place
    const field =
      current?.querySelector<HTMLElement>(':scope > [data-focus]') ??
      current?.querySelector<HTMLElement>('input, textarea, select')
    field?.focus()
    current?.scrollIntoView({ block: 'center' })
    reached()
  }, [target, path, reached])
  return place
}

/** What stands there before anybody has answered. */
function firstValue(part: Part): Json {
  if (part.each === undefined) return {}
  const named = part.questions.find(({ key }) => key === part.named)
  if (part.fixed !== true || named === undefined || isPart(named) || typeof named.ask !== 'object') return []
  return named.ask.choose.map(({ value }) => ({ [named.key]: value }))
}

/** Leaves something out altogether: there is no value that says so, so the part around it is set without it. */
function without(tree: Json, path: string): Change {
  const at = path.lastIndexOf('.')
  const around = path.slice(0, Math.max(0, at))
  const before = valueAt(tree, around)
  const rest = isRecord(before) ? Object.entries(before).filter(([key]) => key !== path.slice(at + 1)) : []
  return { kind: 'set', path: around, value: Object.fromEntries(rest) }
}

function inside(around: string, key: string): string {
  return around === '' ? key : `${around}.${key}`
}
