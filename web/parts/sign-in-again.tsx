import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSpeech } from '../language.tsx'
import { readSession } from '../session.ts'
import { goOn, useMustSignInAgain } from '../signing-in-again.ts'
import { Dialog } from './dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Asks the person whose session has ended to sign in again, over the page as it stands; then everything goes on. */
export function SignInAgain() {
  const { t } = useSpeech()
  const open = useMustSignInAgain()
  const queries = useQueryClient()
  const { data } = useQuery({ ...readSession, enabled: false })
  return (
    <Dialog open={open} title={t.signIn.again}>
      <div className="form">
        <p>{t.signIn.againText}</p>
        <SignInForm
          {...(data?.me == null ? {} : { email: data.me.email })}
          onSignedIn={() => {
            void queries.invalidateQueries({ queryKey: readSession.queryKey })
            goOn()
          }}
        />
        <p>
          <a href="/sign-in">{t.signIn.someoneElse}</a>
        </p>
      </div>
    </Dialog>
  )
}
