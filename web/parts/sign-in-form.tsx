import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { signIn } from '../api.ts'
import type { Me } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'
import { typed } from '../typed.ts'

/** E-mail and password. With `email` given it is that person's, who signs in again. */
export function SignInForm({ email, onSignedIn }: { readonly email?: string; readonly onSignedIn: (me: Me) => void }) {
  const { t, of } = useSpeech()
  const ids = { email: useId(), password: useId(), wrong: useId() }
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<'idle' | 'asking' | Refused>('idle')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const filled = new FormData(form.current ?? undefined)
    setState('asking')
    try {
      const me = await signIn({ email: email ?? typed(filled, 'email'), password: typed(filled, 'password') })
      setState('idle')
      onSignedIn(me)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setState(error)
      form.current?.querySelector<HTMLInputElement>('input[type=password]')?.select()
    }
  }
  const wrong = state instanceof Refused ? state : undefined
  return (
    <form ref={form} className="form" onSubmit={(event) => void submit(event)}>
      <div role="alert" id={ids.wrong}>
        {wrong !== undefined && (
          <div className="notice notice-bad">
            <strong>{t.signIn.refused}</strong>
            <span>{of(wrong.words)}</span>
          </div>
        )}
      </div>
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
          {...(wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': ids.wrong })}
        />
      </div>
      <div>
        <Button type="primary" htmlType="submit" size="large" loading={state === 'asking'}>
          {t.signIn.button}
        </Button>
      </div>
    </form>
  )
}
