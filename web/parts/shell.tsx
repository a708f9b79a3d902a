import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { disclaimer } from '@tongguan/law'
import { signOut } from '../api.ts'
import { useLostSince, tryAgain } from '../connection.ts'
import { clockTime, dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { readSession } from '../session.ts'
import { AccountNotices } from './account-notices.tsx'
import { SessionWarning } from './session-warning.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { StepUp } from './step-up.tsx'

/** What stands around every page: the skip link, who is signed in, which day it is, and whether the server answers. */
export function Shell() {
  const { t, of } = useSpeech()
  const session = useQuery(readSession)
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t.shell.skip}
      </a>
      <header>
        <div className="topbar">
          <div className="topbar-in">
            <Link to="/cases" className="brand">
              <img src="/seal.svg" alt="" />
              <span>{t.product}</span>
              <span>{t.productLong}</span>
            </Link>
            {session.data?.me != null && <Places />}
            <Who />
          </div>
        </div>
        {session.data?.simulated === true && (
          <div className="simulated">
            <div>
              <strong>{t.shell.simulated}</strong>
              <CaseDay />
            </div>
          </div>
        )}
        <Lost />
        <AccountNotices />
      </header>
      <Outlet />
      <footer className="foot">
        <div>{of(disclaimer)}</div>
      </footer>
      <StepUp />
      <SessionWarning />
      <SignInAgain />
    </div>
  )
}

function Places() {
  const { t } = useSpeech()
  const { data } = useQuery(readSession)
  const may = (operation: string) => data?.me?.operations.includes(operation) === true
  return (
    <nav aria-label={t.shell.places}>
      <ul>
        {may('listCases') && (
          <li>
            <Link to="/cases">{t.shell.cases}</Link>
          </li>
        )}
        {may('listPreparations') && (
          <li>
            <Link to="/preparations">{t.preparation.place}</Link>
          </li>
        )}
        {may('getDesk') && (
          <li>
            <Link to="/desk">{t.shell.desk}</Link>
          </li>
        )}
        {may('listEnquiries') && (
          <>
            <li>
              <Link to="/enquiries">{t.enquiryDesk.places.enquiries}</Link>
            </li>
            <li>
              <Link to="/interpretations">{t.enquiryDesk.places.interpretations}</Link>
            </li>
            <li>
              <Link to="/programme">{t.enquiryDesk.places.programme}</Link>
            </li>
            <li>
              <Link to="/figures">{t.enquiryDesk.places.figures}</Link>
            </li>
          </>
        )}
        {may('listIndividualRequests') && (
          <li>
            <Link to="/individuals">{t.individuals.title}</Link>
          </li>
        )}
        {may('listPilots') && (
          <li>
            <Link to="/pilots">{t.shell.pilots}</Link>
          </li>
        )}
        {may('listMembers') && (
          <li>
            <Link to="/organisation">{t.shell.organisation}</Link>
          </li>
        )}
        <li>
          <Link to="/account">{t.shell.account}</Link>
        </li>
      </ul>
    </nav>
  )
}

function Who() {
  const { t, of, language, change } = useSpeech()
  const { data } = useQuery(readSession)
  const me = data?.me
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <div className="who">
      {me != null && (
        <div className="who-name">
          {me.name}
          <span>
            {of(me.roleWords)} · {me.organisation.name}
          </span>
        </div>
      )}
      <button
        type="button"
        className="plain"
        lang={other === 'zh' ? 'zh-CN' : 'en-US'}
        onClick={() => {
          change(other)
        }}
      >
        {t.shell.otherLanguage}
      </button>
      {me != null && <SignOut />}
    </div>
  )
}

function SignOut() {
  const { t } = useSpeech()
  // A whole new page: nothing of this person's stays in memory.
  const leave = async () => {
    await signOut()
    location.assign('/sign-in')
  }
  return (
    <button
      type="button"
      className="plain"
      onClick={() => {
        void leave()
      }}
    >
      {t.shell.signOut}
    </button>
  )
}

function CaseDay() {
  const { t, language } = useSpeech()
  const { data } = useQuery(readSession)
  if (data === undefined || !data.clock.stated) return null
  return <span>{t.shell.statedDay(dayInWords(data.clock.on, language))}</span>
}

/** The banner of a lost connection; what was asked for waits and is sent when the server answers. */
function Lost() {
  const { t, language } = useSpeech()
  const since = useLostSince()
  return (
    <div role="status">
      {since !== null && (
        <div className="lost">
          <div>
            <strong>{t.lost.title}</strong>
            <span>{t.lost.text(clockTime(since, language))}</span>
            <button type="button" onClick={() => void tryAgain()}>
              {t.lost.now}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
