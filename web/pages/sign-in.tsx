import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSpeech } from '../language.tsx'
import { Page } from '../parts/page.tsx'
import { SignInForm } from '../parts/sign-in-form.tsx'
import { readSession } from '../session.ts'

export function SignIn() {
  const { t, language } = useSpeech()
  const { to, step } = useSearch({ from: '/sign-in' })
  const { data } = useQuery(readSession)
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (
    <Page title={t.signIn.title} narrow>
      <div className="stack">
        {to !== undefined && to !== '/cases' && <p className="notice notice-wait">{t.signIn.first}</p>}
        {step === 'provider-refused' && (
          <p className="notice notice-bad" role="alert">
            {t.signIn.providerRefused}
          </p>
        )}
        <section className="panel">
          <SignInForm
            startWithCode={step === 'code'}
            onSignedIn={() => {
              // What was read before belongs to nobody or to somebody else.
              queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== readSession.queryKey[0] })
              void queries.invalidateQueries(readSession).then(() => navigate({ href: to ?? '/' }))
            }}
          />
          {data?.singleSignOn != null && (
            <p>
              <a href="/v1/session/single-sign-on">{t.signIn.provider(data.singleSignOn.name)}</a>
            </p>
          )}
        </section>
        <p>
          <a href={language === 'en' ? '/public?lang=en' : '/public'}>{t.signIn.everybody}</a>
        </p>
        {data?.simulated === true && <p className="soft">{t.signIn.pilotAccounts}</p>}
      </div>
    </Page>
  )
}
