import { useId, useState } from 'react'
import { bytesInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'
import { sendFile } from '../upload.ts'

/** A file from this computer: sent in parts at once when it is chosen, with how far it has come; then `onSent` does something with it. */
export function FileChooser(props: {
  readonly label: string
  readonly accept?: string
  readonly disabled?: boolean
  readonly onSent: (upload: string, file: File) => Promise<void>
}) {
  const { label, accept, disabled = false, onSent } = props
  const { t, of, language } = useSpeech()
  const [state, setState] = useState<
    | { readonly kind: 'nothing' }
    | { readonly kind: 'sending'; readonly sent: number; readonly of: number }
    | { readonly kind: 'sent'; readonly name: string }
    | { readonly kind: 'refused'; readonly words: Refused['words'] }
  >({ kind: 'nothing' })
  const id = useId()
  const send = async (file: File) => {
    setState({ kind: 'sending', sent: 0, of: file.size })
    try {
      const upload = await sendFile(file, (sent) => setState({ kind: 'sending', sent, of: file.size }))
      await onSent(upload, file)
      setState({ kind: 'sent', name: file.name })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setState({ kind: 'refused', words: error.words })
    }
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        {...(accept === undefined ? {} : { accept })}
        disabled={disabled || state.kind === 'sending'}
        aria-describedby={`${id}-state`}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          // The same file may be chosen again after it was changed.
          event.target.value = ''
          if (file !== undefined) void send(file)
        }}
      />
      <div id={`${id}-state`} role="status" className={state.kind === 'refused' ? 'wrong' : 'soft small'}>
        {state.kind === 'sending' &&
          t.preparation.files.sending(bytesInWords(state.sent, language), bytesInWords(state.of, language))}
        {state.kind === 'sent' && t.preparation.files.sent(state.name)}
        {state.kind === 'refused' && of(state.words)}
      </div>
    </div>
  )
}
