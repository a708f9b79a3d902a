import { Link, useLocation, useRouter } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useSpeech } from '../language.tsx'
import { Page } from '../parts/page.tsx'
import { Refused } from '../patient-fetch.ts'

/** An address this site does not have. */
export function DeadLink() {
  const { t } = useSpeech()
  const { pathname } = useLocation()
  return (
    <Page title={t.problem.deadLink} narrow>
      <div className="stack">
        <p>{t.problem.deadLinkText(pathname)}</p>
        <ToCases />
      </div>
    </Page>
  )
}

/** What the server would not show, in its own words; or what broke here, with the words an administrator needs. */
export function Broken({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { t, of } = useSpeech()
  const router = useRouter()
  if (error instanceof Refused && error.problem.status < 500) {
    return (
      <Page title={t.problem.noRights} narrow>
        <div className="stack">
          <p>{of(error.words)}</p>
          <p className="soft">{t.problem.code(error.problem.code)}</p>
          <ToCases />
        </div>
      </Page>
    )
  }
  return (
    <Page title={t.problem.broken} narrow>
      <div className="stack">
        <p>{t.problem.brokenText}</p>
        <p className="code">{error instanceof Refused ? of(error.words) : String(error)}</p>
        <div className="buttons">
          <Button
            type="primary"
            onClick={() => {
              reset()
              void router.invalidate()
            }}
          >
            {t.problem.again}
          </Button>
        </div>
        <ToCases />
      </div>
    </Page>
  )
}

function ToCases() {
  const { t } = useSpeech()
  return (
    <p>
      <Link to="/cases">{t.problem.toCases}</Link>
    </p>
  )
}
