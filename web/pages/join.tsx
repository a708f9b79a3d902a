import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useState } from 'react'
import { join, seeInvitation } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { AskingForm, useAsking } from '../parts/sign-in-form.tsx'
import { Page } from '../parts/page.tsx'
import { Refused } from '../patient-fetch.ts'
import { typed } from '../typed.ts'

/** Where an invitation's link leads: what it is for, and the password of the account it makes. */
export function Join() {
  const { t, of } = useSpeech()
  // After the "#": it was sent to nobody yet.
  const token = location.hash.slice(1)
  const { data, error } = useQuery({ queryKey: ['invitation', token], queryFn: () => seeInvitation(token), gcTime: 0 })
  const [joined, setJoined] = useState(false)
  if (joined) {
    return (
      <Page title={t.join.title} narrow>
        <div className="stack">
          <p className="notice notice-good" role="status">
            {t.join.done}
          </p>
          <p>
            <Link to="/sign-in">{t.join.signIn}</Link>
          </p>
        </div>
      </Page>
    )
  }
  return (
    <Page title={t.join.title} narrow>
      {error instanceof Refused && (
        <p className="notice notice-bad" role="alert">
          {of(error.words)}
        </p>
      )}
      {data !== undefined && (
        <section className="panel stack">
          <p>{data.renews ? t.join.renews(data.email) : t.join.text(data.organisation, of(data.roleWords))}</p>
          <ChoosePassword token={token} email={data.email} onDone={() => setJoined(true)} />
        </section>
      )}
    </Page>
  )
}

function ChoosePassword(props: { readonly token: string; readonly email: string; readonly onDone: () => void }) {
  const { token, email, onDone } = props
  const { t } = useSpeech()
  const ids = { email: useId(), password: useId() }
  const joining = useAsking(async (filled) => {
    await join({ token, password: typed(filled, 'password') })
    onDone()
  })
  return (
    <AskingForm asking={joining} refusedTitle={t.join.refused}>
      <div className="field">
        <label htmlFor={ids.email}>{t.signIn.email}</label>
        <Input id={ids.email} name="email" autoComplete="username" readOnly value={email} size="large" />
      </div>
      <div className="field">
        <label htmlFor={ids.password}>{t.account.newPassword}</label>
        <Input id={ids.password} name="password" type="password" autoComplete="new-password" required size="large" />
        <div className="hint">{t.account.passwordHint}</div>
      </div>
      <div>
        <Button type="primary" htmlType="submit" size="large" loading={joining.busy}>
          {t.join.button}
        </Button>
      </div>
    </AskingForm>
  )
}
