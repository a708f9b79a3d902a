import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId } from 'react'
import { askStepUpPasskey, getStepUp, stepUp } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { answerWithPasskey, passkeysPossible } from '../passkey.ts'
import { goOnSteppedUp, useMustStepUp } from '../stepping-up.ts'
import { typed } from '../typed.ts'
import { Dialog } from './dialog.tsx'
import { AskingForm, useAsking } from './sign-in-form.tsx'

/** Asks for a fresh proof of who one is, over the page as it stands; then what was asked for goes on. */
export function StepUp() {
  const { t } = useSpeech()
  const open = useMustStepUp()
  return (
    <Dialog open={open} title={t.stepUp.title} onCancel={() => goOnSteppedUp(false)}>
      <p>{t.stepUp.text}</p>
      <Ways />
    </Dialog>
  )
}

function Ways() {
  const { t } = useSpeech()
  const { data } = useQuery({ queryKey: ['step-up'], queryFn: getStepUp, gcTime: 0, staleTime: 0 })
  const ids = { password: useId(), code: useId() }
  const byPassword = useAsking(async (filled) => {
    await stepUp({ password: typed(filled, 'password') })
    goOnSteppedUp(true)
  })
  const byCode = useAsking(async (filled) => {
    await stepUp({ code: typed(filled, 'code') })
    goOnSteppedUp(true)
  })
  const byPasskey = useAsking(async () => {
    const { options } = await askStepUpPasskey()
    const answer = await answerWithPasskey(options)
    if (answer === undefined) return
    await stepUp({ passkey: answer })
    goOnSteppedUp(true)
  })
  if (data === undefined) return <p role="status">{t.page.loading}</p>
  const refusedTitle = t.stepUp.refused
  return (
    <div className="stack">
      {data.password && (
        <AskingForm asking={byPassword} refusedTitle={refusedTitle}>
          <div className="field">
            <label htmlFor={ids.password}>{t.signIn.password}</label>
            <Input id={ids.password} name="password" type="password" autoComplete="current-password" required />
          </div>
          <Confirm busy={byPassword.busy} />
        </AskingForm>
      )}
      {data.provider !== null && (
        <>
          <p>
            {/* In a window of its own: this page stays as it is, and shares the new session. */}
            <a href="/v1/session/single-sign-on?again=yes" target="_blank" rel="noreferrer">
              {t.stepUp.provider(data.provider)}
            </a>
          </p>
          <div className="buttons">
            <Button type="primary" onClick={() => goOnSteppedUp(true)}>
              {t.stepUp.provenThere}
            </Button>
            <Button onClick={() => goOnSteppedUp(false)}>{t.step.cancel}</Button>
          </div>
        </>
      )}
      {data.secondFactors.includes('passkey') &&
        (passkeysPossible ? (
          <AskingForm asking={byPasskey} refusedTitle={refusedTitle}>
            <div>
              <Button type="primary" htmlType="submit" loading={byPasskey.busy}>
                {t.stepUp.passkey}
              </Button>
            </div>
          </AskingForm>
        ) : (
          <p className="soft">{t.signIn.passkeyElsewhere}</p>
        ))}
      {(data.secondFactors.includes('totp') || data.secondFactors.includes('recoveryCode')) && (
        <AskingForm asking={byCode} refusedTitle={refusedTitle}>
          <div className="field">
            <label htmlFor={ids.code}>{t.signIn.code}</label>
            <Input id={ids.code} name="code" autoComplete="one-time-code" required />
            <div className="hint">{t.signIn.codeHint}</div>
          </div>
          <Confirm busy={byCode.busy} />
        </AskingForm>
      )}
    </div>
  )
}

function Confirm({ busy }: { readonly busy: boolean }) {
  const { t } = useSpeech()
  return (
    <div className="buttons">
      <Button type="primary" htmlType="submit" loading={busy}>
        {t.stepUp.confirm}
      </Button>
      <Button onClick={() => goOnSteppedUp(false)}>{t.step.cancel}</Button>
    </div>
  )
}
