import { documentKindWords } from '@tongguan/law'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { Fragment, useEffect, useId, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { problemsOf, valueOf } from '../steps.ts'
import type { Field, Filled, Wrong } from '../steps.ts'
import { typed } from '../typed.ts'
import type { FillProps } from './step-dialog.tsx'

/** The form of a step's fields; what is missing is said above and at the field once the reader goes on. */
export function Fields(props: FillProps<Filled> & { readonly fields: readonly Field[] }) {
  const { fields, before = {}, onFilled, onCancel } = props
  const { t } = useSpeech()
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrong.length > 0) summary.current?.focus()
  }, [wrong])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const next: Filled = Object.fromEntries(
      fields.map(({ name, kind }) => [
        name,
        kind === 'documents'
          ? form.getAll(name).filter((one) => typeof one === 'string')
          : valueOf(kind, typed(form, name)),
      ]),
    )
    const found = problemsOf(fields, next)
    if (found.length > 0) setWrong(found)
    else onFilled(next)
  }
  const say = (name: Field['name']) => {
    const found = wrong.find((one) => one.name === name)
    if (found === undefined) return undefined
    return found.kind === 'missing' ? t.step.required(t.step.fields[name]) : t.step.dayWrong
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      {wrong.length > 0 && (
        <div ref={summary} tabIndex={-1} className="notice notice-bad" role="alert">
          {wrong.map(({ name }) => (
            <a key={name} href={`#step-${name}`}>
              {say(name)}
            </a>
          ))}
        </div>
      )}
      {fields.map((field) => (
        <FieldInput key={field.name} field={field} before={before[field.name]} wrong={say(field.name)} />
      ))}
      <div className="buttons">
        <Button type="primary" htmlType="submit">
          {t.step.check}
        </Button>
        <Button onClick={onCancel}>{t.step.cancel}</Button>
      </div>
    </form>
  )
}

function FieldInput(props: {
  readonly field: Field
  readonly before: string | readonly string[] | undefined
  readonly wrong: string | undefined
}) {
  const { field, before, wrong } = props
  const { t, of } = useSpeech()
  const hint = useId()
  const id = `step-${field.name}`
  const label = t.step.fields[field.name]
  const hints = { lines: t.step.oneALine, day: t.step.dayHint, text: undefined, paragraph: undefined }
  if (field.kind === 'documents') {
    return (
      <fieldset className="field choices" id={id} tabIndex={-1} aria-describedby={hint}>
        <legend>{label}</legend>
        <span id={hint} className="wrong">
          {wrong}
        </span>
        {Object.entries(documentKindWords).map(([kind, words]) => (
          <label key={kind}>
            <input type="checkbox" name={field.name} value={kind} defaultChecked={before?.includes(kind) ?? false} />
            {of(words)}
          </label>
        ))}
      </fieldset>
    )
  }
  const shared = {
    id,
    name: field.name,
    defaultValue: typeof before === 'object' ? before.join('\n') : before,
    'aria-describedby': hint,
    'aria-invalid': wrong !== undefined,
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span id={hint}>
        {hints[field.kind] !== undefined && <span className="hint">{hints[field.kind]}</span>}{' '}
        {wrong !== undefined && <span className="wrong">{wrong}</span>}
      </span>
      {field.kind === 'lines' || field.kind === 'paragraph' ? (
        <Input.TextArea {...shared} rows={4} />
      ) : (
        <Input {...shared} inputMode={field.kind === 'day' ? 'numeric' : 'text'} autoComplete="off" />
      )}
    </div>
  )
}

/** What was filled in, for the preview. */
export function FieldValues({ fields, filled }: { readonly fields: readonly Field[]; readonly filled: Filled }) {
  const { t } = useSpeech()
  return fields.map((field) => (
    <Fragment key={field.name}>
      <dt>{t.step.fields[field.name]}</dt>
      <dd>
        <Value field={field} value={filled[field.name] ?? ''} />
      </dd>
    </Fragment>
  ))
}

function Value({ field, value }: { readonly field: Field; readonly value: string | readonly string[] }) {
  const { of, language } = useSpeech()
  if (typeof value === 'string') return field.kind === 'day' ? dayInWords(value, language) : value
  const kinds: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = documentKindWords
  return (
    <ul className="listed">
      {value.map((one) => {
        const words = field.kind === 'documents' ? kinds[one] : undefined
        return <li key={one}>{words === undefined ? one : of(words)}</li>
      })}
    </ul>
  )
}
