import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { newIdempotencyKey } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'

/** What the form itself can see is wrong. */
export interface Wrong {
  readonly wrong: string
}

/**
 * A form of the desk: it sends what was filled in, says what came of it, and stays filled in when it was refused. Ctrl+Enter
 * sends it from any field. `onSend` answers with what to say, and is given a key for this one thing to be done.
 */
export function DeskForm(props: {
  readonly label: string
  readonly button: string
  readonly onSend: (form: FormData, key: string) => Promise<string | Wrong>
  readonly children: ReactNode
}) {
  const { label, button, onSend, children } = props
  const { of } = useSpeech()
  const [said, setSaid] = useState<{ readonly kind: 'good' | 'bad'; readonly text: string } | null>(null)
  const [sending, setSending] = useState(false)
  // A new form after each success: its fields are empty and the first one has the focus.
  const [round, setRound] = useState(0)
  const place = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (round > 0) place.current?.querySelector<HTMLElement>('textarea, input')?.focus()
  }, [round])
  const send = async (form: FormData) => {
    setSending(true)
    try {
      const answered = await onSend(form, newIdempotencyKey())
      if (typeof answered === 'object') {
        setSaid({ kind: 'bad', text: answered.wrong })
        return
      }
      setSaid({ kind: 'good', text: answered })
      setRound((before) => before + 1)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setSaid({ kind: 'bad', text: of(error.words) })
    } finally {
      setSending(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void send(new FormData(event.currentTarget))
  }
  const attach = (form: HTMLFormElement) => {
    place.current = form
    const keyed = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
    }
    form.addEventListener('keydown', keyed)
    return () => form.removeEventListener('keydown', keyed)
  }
  return (
    <form key={round} ref={attach} className="form" aria-label={label} noValidate onSubmit={submit}>
      {said !== null && (
        <div className={`notice notice-${said.kind}`} role={said.kind === 'bad' ? 'alert' : 'status'}>
          {said.text}
        </div>
      )}
      {children}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={sending}>
          {button}
        </Button>
      </div>
    </form>
  )
}

/** A line or a paragraph. */
export function TextField(props: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly rows?: number
  readonly value?: string
  readonly onType?: (text: string) => void
}) {
  const { name, label, hint, rows, value, onType } = props
  const id = useId()
  const shared = {
    id,
    name,
    ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
    ...(onType === undefined ? {} : { onChange: (event: { target: { value: string } }) => onType(event.target.value) }),
    ...(value === undefined ? {} : { defaultValue: value }),
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {rows === undefined ? <Input {...shared} autoComplete="off" /> : <Input.TextArea {...shared} rows={rows} />}
    </div>
  )
}

/** A file from this machine, or several. */
export function FileField(props: { readonly name: string; readonly label: string; readonly multiple?: boolean }) {
  const { name, label, multiple = false } = props
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} name={name} type="file" multiple={multiple} />
    </div>
  )
}

/** One of a list; `none` offers not to choose. */
export function ChoiceField(props: {
  readonly name: string
  readonly label: string
  readonly none?: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly onChoose?: (value: string) => void
}) {
  const { name, label, none, options, onChoose } = props
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className="select" onChange={(event) => onChoose?.(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** What was chosen or typed, left out where it is empty. */
export function filled<Name extends string>(form: FormData, ...names: Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = form.get(name)
    if (typeof value === 'string' && value.trim() !== '') found[name] = value.trim()
  }
  return found
}
