import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { dropFromBatch, keepConfirmation, notifyRecipient } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { DeskForm, FileField, TextField, filled } from './desk-form.tsx'

/** As many identifiers as a person is usually known by; the API takes more. */
const rows = [1, 2, 3] as const

/** A person's identifiers, each under the name of its column. */
export function IdentifierFields() {
  const { t } = useSpeech()
  return rows.map((n) => (
    <div key={n} className="stack">
      <TextField name={`column${n}`} label={t.individuals.column(n)} />
      <TextField name={`value${n}`} label={t.individuals.value(n)} />
    </div>
  ))
}

/** What was filled in; empty where nothing is whole. */
export function identifiersIn(form: FormData): { readonly column: string; readonly value: string }[] {
  return rows.flatMap((n) => {
    const { [`column${n}` as const]: column, [`value${n}` as const]: value } = filled(form, `column${n}`, `value${n}`)
    return column === undefined || value === undefined ? [] : [{ column, value }]
  })
}

/** A file that exists in this page only. */
interface Made {
  readonly name: string
  readonly href: string
}

/** Files to be downloaded; the earlier ones are let go, and all of them when the page is left. */
function useMade() {
  const [made, setMade] = useState<readonly Made[]>([])
  useEffect(
    () => () => {
      for (const { href } of made) URL.revokeObjectURL(href)
    },
    [made],
  )
  const make = (files: readonly { readonly name: string; readonly bytes: BlobPart }[]) =>
    setMade(files.map(({ name, bytes }) => ({ name, href: URL.createObjectURL(new Blob([bytes])) })))
  return { made, make }
}

/** Tells one recipient: a signed notice and its key, two files that travel apart. */
export function NotifyRecipient({ id }: { readonly id: string }) {
  const { t } = useSpeech()
  const queries = useQueryClient()
  const { made, make } = useMade()
  return (
    <details>
      <summary>{t.individuals.notify}</summary>
      <Downloads made={made} label={t.individuals.noticeFiles} />
      <DeskForm
        label={t.individuals.notify}
        button={t.individuals.notifyButton}
        onSend={async (form) => {
          const { recipient } = filled(form, 'recipient')
          const identifiers = identifiersIn(form)
          if (recipient === undefined || identifiers.length === 0) return { wrong: t.individuals.noticeMissing }
          const { notice, key } = await notifyRecipient(id, { recipient, identifiers })
          make([
            { name: `${id}.notice.json`, bytes: `${JSON.stringify(notice)}\n` },
            { name: `${id}.notice.json.key`, bytes: bytesOf(key) },
          ])
          await queries.invalidateQueries({ queryKey: ['individuals'] })
          return t.individuals.notifiedNow
        }}
      >
        <p className="hint">{t.individuals.notifyText}</p>
        <TextField name="recipient" label={t.individuals.recipient} />
        <IdentifierFields />
      </DeskForm>
    </details>
  )
}

/** What a recipient signed about a notice goes to the request it is about. */
export function KeepConfirmation() {
  const { t } = useSpeech()
  const queries = useQueryClient()
  return (
    <section className="panel" aria-labelledby="confirmation">
      <h2 id="confirmation">{t.individuals.confirmation}</h2>
      <DeskForm
        label={t.individuals.confirmation}
        button={t.individuals.confirmationButton}
        onSend={async (form) => {
          const file = form.get('confirmation')
          const confirmation = file instanceof File ? envelopeIn(await file.text()) : undefined
          if (confirmation === undefined) return { wrong: t.individuals.confirmationMissing }
          const { id } = await keepConfirmation({ confirmation })
          await queries.invalidateQueries({ queryKey: ['individuals'] })
          return t.individuals.confirmationKept(id)
        }}
      >
        <FileField name="confirmation" label={t.individuals.confirmationFile} />
      </DeskForm>
    </section>
  )
}

type Envelope = Parameters<typeof keepConfirmation>[0]['confirmation']

function envelopeIn(text: string): Envelope | undefined {
  try {
    // The server says what is none.
    return JSON.parse(text) as Envelope
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A batch goes up and comes back without the rows of everybody who stays out. */
export function ThinBatch() {
  const { t } = useSpeech()
  const { made, make } = useMade()
  return (
    <section className="panel" aria-labelledby="thin">
      <h2 id="thin">{t.individuals.drop}</h2>
      <Downloads made={made} label={t.individuals.thinned} />
      <DeskForm
        label={t.individuals.drop}
        button={t.individuals.dropButton}
        onSend={async (form) => {
          const files = form.getAll('files').filter((one) => one instanceof File && one.name !== '') as File[]
          if (files.length === 0) return { wrong: t.individuals.dropMissing }
          if (files.reduce((sum, { size }) => sum + size, 0) > bytesMost) return { wrong: t.individuals.dropTooLarge }
          const sent = files.map(async (file) => ({
            name: file.name,
            base64: base64Of(new Uint8Array(await file.arrayBuffer())),
          }))
          const thinned = await dropFromBatch({ files: await Promise.all(sent) })
          make(thinned.files.map(({ name, base64 }) => ({ name, bytes: bytesOf(base64) })))
          const { unmatchable, unlinked } = thinned
          const dropped = thinned.files.reduce((sum, one) => sum + one.dropped, 0)
          const said = t.individuals.dropped(dropped)
          return unmatchable + unlinked === 0 ? said : `${said} ${t.individuals.stillHeld(unmatchable, unlinked)}`
        }}
      >
        <p className="hint">{t.individuals.dropText}</p>
        <FileField name="files" label={t.individuals.dropFiles} multiple />
      </DeskForm>
    </section>
  )
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (one) => String.fromCodePoint(one)).join(''))
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (one) => one.codePointAt(0) ?? 0)
}

/** What one request may carry, less what base64 adds to it. */
const bytesMost = 700_000

function Downloads({ made, label }: { readonly made: readonly Made[]; readonly label: string }) {
  if (made.length === 0) return null
  return (
    <ul className="listed" aria-label={label}>
      {made.map(({ name, href }) => (
        <li key={name}>
          <a href={href} download={name} className="wrap">
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
