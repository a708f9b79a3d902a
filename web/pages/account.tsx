import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useState } from 'react'
import { encode } from 'uqr'
import {
  changePassword,
  confirmTotp,
  getFactors,
  keepPasskey,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  startPasskey,
  startTotp,
} from '../api.ts'
import type { Answer } from '../api.ts'
import { instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { AskingForm, useAsking } from '../parts/sign-in-form.tsx'
import { makePasskey, passkeysPossible } from '../passkey.ts'
import { readSession } from '../session.ts'
import { typed } from '../typed.ts'

type Factors = Answer<'GET /v1/me/factors'>

/** One's own way in: authenticator, passkeys, recovery codes, password. */
export function Account() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['factors'], queryFn: getFactors })
  return (
    <Read query={query} title={t.account.title}>
      {(factors) => (
        <Page title={t.account.title} narrow>
          <Shown factors={factors} />
        </Page>
      )}
    </Read>
  )
}

function Shown({ factors }: { readonly factors: Factors }) {
  const { t } = useSpeech()
  const [codes, setCodes] = useState<readonly string[]>()
  const { data: session } = useQuery(readSession)
  const isFirst = session?.me?.secondFactorMissing === true
  const none = !factors.totp && factors.passkeys.length === 0
  return (
    <div className="stack">
      {none && <p className="notice notice-wait">{isFirst ? t.account.factorFirst : t.account.noFactor}</p>}
      {codes !== undefined && <RecoveryCodes codes={codes} />}
      <section className="panel" aria-labelledby="totp">
        <h2 id="totp">{t.account.totp}</h2>
        <Totp there={factors.totp} onCodes={setCodes} />
      </section>
      <section className="panel" aria-labelledby="passkeys">
        <h2 id="passkeys">{t.account.passkeys}</h2>
        <Passkeys passkeys={factors.passkeys} />
      </section>
      {!isFirst && (
        <>
          <section className="panel" aria-labelledby="recovery">
            <h2 id="recovery">{t.account.recovery}</h2>
            <Recovery left={factors.recoveryCodesLeft} onCodes={setCodes} />
          </section>
          <section className="panel" aria-labelledby="password">
            <h2 id="password">{t.signIn.password}</h2>
            <Password />
          </section>
        </>
      )}
    </div>
  )
}

function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['factors'] })
    // What else is open may depend on it.
    await queries.invalidateQueries({ queryKey: readSession.queryKey })
  }
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useSpeech()
  return (
    <div className="notice notice-good" role="status">
      <strong>{t.account.codesTitle}</strong>
      <span>{t.account.codesText}</span>
      <ul className="listed code" aria-label={t.account.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  )
}

function Totp({ there, onCodes }: { readonly there: boolean; readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useSpeech()
  const code = useId()
  const [started, setStarted] = useState<Answer<'POST /v1/me/totp'>>()
  const readAgain = useReadAgain()
  const starting = useAsking(async () => setStarted(await startTotp()))
  const confirming = useAsking(async (filled) => {
    const { codes } = await confirmTotp(typed(filled, 'code'))
    setStarted(undefined)
    onCodes(codes)
    await readAgain()
  })
  const removing = useAsking(async () => {
    await removeTotp()
    await readAgain()
  })
  if (there) {
    return (
      <AskingForm asking={removing} refusedTitle={t.account.refused}>
        <p>{t.account.totpThere}</p>
        <div>
          <Button htmlType="submit" loading={removing.busy}>
            {t.account.totpRemove}
          </Button>
        </div>
      </AskingForm>
    )
  }
  if (started === undefined) {
    return (
      <AskingForm asking={starting} refusedTitle={t.account.refused}>
        <p>{t.account.totpText}</p>
        <div>
          <Button type="primary" htmlType="submit" loading={starting.busy}>
            {t.account.totpStart}
          </Button>
        </div>
      </AskingForm>
    )
  }
  return (
    <AskingForm asking={confirming} refusedTitle={t.account.refused}>
      <p>{t.account.totpScan}</p>
      <QrCode text={started.uri} label={t.account.totpQr} />
      <p className="code wrap">{started.secret}</p>
      <div className="field">
        <label htmlFor={code}>{t.account.totpCode}</label>
        <Input id={code} name="code" autoComplete="one-time-code" inputMode="numeric" required />
      </div>
      <div>
        <Button type="primary" htmlType="submit" loading={confirming.busy}>
          {t.account.totpConfirm}
        </Button>
      </div>
    </AskingForm>
  )
}

/** Black on white whatever the colours of the page: a camera reads it. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      width="220"
      height="220"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function Passkeys({ passkeys }: Pick<Factors, 'passkeys'>) {
  const { t, language } = useSpeech()
  const name = useId()
  const readAgain = useReadAgain()
  const adding = useAsking(async (filled) => {
    const { options } = await startPasskey()
    const answer = await makePasskey(options)
    if (answer === undefined) return
    await keepPasskey({ name: typed(filled, 'name'), answer })
    await readAgain()
  })
  return (
    <div className="stack">
      {passkeys.length > 0 && (
        <ul className="listed">
          {passkeys.map((one) => (
            <li key={one.id}>
              <strong>{one.name}</strong>{' '}
              <span className="soft small">{t.account.passkeyMade(instantInWords(one.createdAt, language))}</span>
              <RemovePasskey id={one.id} name={one.name} />
            </li>
          ))}
        </ul>
      )}
      {passkeysPossible ? (
        <AskingForm asking={adding} refusedTitle={t.account.refused} clears>
          <p>{t.account.passkeyText}</p>
          <div className="field">
            <label htmlFor={name}>{t.account.passkeyName}</label>
            <Input id={name} name="name" required maxLength={80} />
          </div>
          <div>
            <Button type="primary" htmlType="submit" loading={adding.busy}>
              {t.account.passkeyAdd}
            </Button>
          </div>
        </AskingForm>
      ) : (
        <p className="soft">{t.signIn.passkeyElsewhere}</p>
      )}
    </div>
  )
}

function RemovePasskey({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useSpeech()
  const readAgain = useReadAgain()
  const removing = useAsking(async () => {
    await removePasskey(id)
    await readAgain()
  })
  return (
    <AskingForm asking={removing} refusedTitle={t.account.refused}>
      <div>
        <Button htmlType="submit" size="small" loading={removing.busy} aria-label={t.account.passkeyRemove(name)}>
          {t.account.remove}
        </Button>
      </div>
    </AskingForm>
  )
}

function Recovery({ left, onCodes }: { readonly left: number; readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useSpeech()
  const readAgain = useReadAgain()
  const renewing = useAsking(async () => {
    const { codes } = await renewRecoveryCodes()
    onCodes(codes)
    await readAgain()
  })
  return (
    <AskingForm asking={renewing} refusedTitle={t.account.refused}>
      <p>{t.account.recoveryText(left)}</p>
      <div>
        <Button htmlType="submit" loading={renewing.busy}>
          {t.account.recoveryRenew}
        </Button>
      </div>
    </AskingForm>
  )
}

function Password() {
  const { t } = useSpeech()
  const password = useId()
  const [changed, setChanged] = useState(false)
  const changing = useAsking(async (filled) => {
    setChanged(false)
    await changePassword(typed(filled, 'password'))
    setChanged(true)
  })
  return (
    <AskingForm asking={changing} refusedTitle={t.account.refused} clears>
      <div role="status">{changed && <p className="notice notice-good">{t.account.passwordChanged}</p>}</div>
      <div className="field">
        <label htmlFor={password}>{t.account.newPassword}</label>
        <Input id={password} name="password" type="password" autoComplete="new-password" required />
        <div className="hint">{t.account.passwordHint}</div>
      </div>
      <div>
        <Button htmlType="submit" loading={changing.busy}>
          {t.account.passwordChange}
        </Button>
      </div>
    </AskingForm>
  )
}
