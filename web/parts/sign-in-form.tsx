import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useRef, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { askForPasskey, signIn, signInWithCode, signInWithPasskey } from '../api.ts'
import type { Me } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { answerWithPasskey, passkeysPossible } from '../passkey.ts'
import { Refused } from '../patient-fetch.ts'
import { typed } from '../typed.ts'

/**
 * E-mail and password, then the second factor where the account has one; or a passkey, which is both. With `email` given
 * it is that person's, who signs in again.
 */
export function SignInForm(props: {
  readonly email?: string
  /** The password was right already (a provider's word): only the code is missing. */
  readonly startWithCode?: boolean
  readonly onSignedIn: (me: Me) => void
}) {
  const { email, startWithCode = false, onSignedIn } = props
  const { t } = useSpeech()
  const [missing, setMissing] = useState<'code' | 'passkey-only' | undefined>(startWithCode ? 'code' : undefined)
  const password = useAsking(async (filled) => {
    const came = await signIn({ email: email ?? typed(filled, 'email'), password: typed(filled, 'password') })
    if (!('secondFactors' in came)) return onSignedIn(came)
    setMissing(came.secondFactors.every((one) => one === 'passkey') ? 'passkey-only' : 'code')
  })
  const code = useAsking(async (filled) => onSignedIn(await signInWithCode(typed(filled, 'code'))))
  const passkey = useAsking(async () => {
    const { options } = await askForPasskey()
    const answer = await answerWithPasskey(options)
    if (answer !== undefined) onSignedIn(await signInWithPasskey(answer))
  })
  const ids = { email: useId(), password: useId(), code: useId() }
  const withPasskey = passkeysPossible && (
    <AskingForm asking={passkey} refusedTitle={t.signIn.refused}>
      <div>
        <Button htmlType="submit" size="large" loading={passkey.busy}>
          {t.signIn.passkey}
        </Button>
      </div>
    </AskingForm>
  )
  if (missing === 'passkey-only') {
    return (
      <div className="stack">
        <p>{passkeysPossible ? t.signIn.passkeyMissing : t.signIn.passkeyElsewhere}</p>
        {withPasskey}
      </div>
    )
  }
  if (missing === 'code') {
    return (
      <div className="stack">
        <AskingForm asking={code} refusedTitle={t.signIn.refused}>
          <div className="field">
            <label htmlFor={ids.code}>{t.signIn.code}</label>
            <Input id={ids.code} name="code" autoComplete="one-time-code" required size="large" />
            <div className="hint">{t.signIn.codeHint}</div>
          </div>
          <div>
            <Button type="primary" htmlType="submit" size="large" loading={code.busy}>
              {t.signIn.button}
            </Button>
          </div>
        </AskingForm>
        {withPasskey}
        <div>
          <Button onClick={() => setMissing(undefined)}>{t.signIn.startAgain}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className="stack">
      <AskingForm asking={password} refusedTitle={t.signIn.refused}>
        <div className="field">
          <label htmlFor={ids.email}>{t.signIn.email}</label>
          <Input
            id={ids.email}
            name="email"
            type="email"
            autoComplete="username"
            required
            disabled={email !== undefined}
            defaultValue={email ?? ''}
            size="large"
          />
        </div>
        <div className="field">
          <label htmlFor={ids.password}>{t.signIn.password}</label>
          <Input
            id={ids.password}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            size="large"
            {...(password.refused === undefined
              ? {}
              : { 'aria-invalid': true, 'aria-describedby': password.refusedId })}
          />
        </div>
        <div>
          <Button type="primary" htmlType="submit" size="large" loading={password.busy}>
            {t.signIn.button}
          </Button>
        </div>
      </AskingForm>
      {withPasskey}
    </div>
  )
}

export interface Asking {
  readonly busy: boolean
  readonly refused: Refused | undefined
  readonly refusedId: string
  ask(filled: FormData): Promise<boolean>
}

/** What a form asks the server for: busy meanwhile, and what it was refused with. */
export function useAsking(act: (filled: FormData) => Promise<void>): Asking {
  const [state, setState] = useState<'idle' | 'asking' | Refused>('idle')
  const refusedId = useId()
  return {
    busy: state === 'asking',
    refused: state instanceof Refused ? state : undefined,
    refusedId,
    async ask(filled) {
      setState('asking')
      try {
        await act(filled)
        setState('idle')
        return true
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        setState(error)
        return false
      }
    },
  }
}

/** A form that says above its fields what it was refused with, and marks the secret that was typed. */
export function AskingForm(props: {
  readonly asking: Asking
  readonly refusedTitle: string
  /** Emptied once it was taken. */
  readonly clears?: boolean
  readonly children: ReactNode
}) {
  const { asking, refusedTitle, clears = false, children } = props
  const { of } = useSpeech()
  const form = useRef<HTMLFormElement>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const done = await asking.ask(new FormData(form.current ?? undefined))
    if (done && clears) form.current?.reset()
    if (!done) form.current?.querySelector<HTMLInputElement>('input[type=password], input[name=code]')?.select()
  }
  return (
    <form ref={form} className="form" onSubmit={(event) => void submit(event)}>
      <div role="alert" id={asking.refusedId}>
        {asking.refused !== undefined && (
          <div className="notice notice-bad">
            <strong>{refusedTitle}</strong>
            <span>{of(asking.refused.words)}</span>
          </div>
        )}
      </div>
      {children}
    </form>
  )
}
