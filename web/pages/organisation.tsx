import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useState } from 'react'
import {
  changeRole,
  createServiceToken,
  invite,
  listInvitations,
  listMembers,
  listSecurityEvents,
  listServiceTokens,
  offBoard,
  renewAccess,
  requireSecondFactor,
  revokeServiceToken,
  withdrawInvitation,
} from '../api.ts'
import type { Answer, Invited } from '../api.ts'
import { instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'
import { AskingForm, useAsking } from '../parts/sign-in-form.tsx'
import { typed } from '../typed.ts'

type Members = Answer<'GET /v1/organisation/members'>
type Member = Members['members'][number]

/** What an administrator does: who belongs to the organisation, in which role, which gates, and what happened. */
export function OrganisationPage() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['organisation', 'members'], queryFn: listMembers })
  return (
    <Read query={query} title={t.organisation.title}>
      {(members) => (
        <Page title={t.organisation.title} beside={<span className="soft">{members.organisation.name}</span>}>
          <div className="stack">
            <section className="panel" aria-labelledby="members">
              <h2 id="members">{t.organisation.members}</h2>
              <MemberTable members={members} />
              <FactorOfAll required={members.secondFactorRequired} />
            </section>
            <section className="panel" aria-labelledby="invitations">
              <h2 id="invitations">{t.organisation.invitations}</h2>
              <Invitations roles={members.roles} />
            </section>
            <section className="panel" aria-labelledby="tokens">
              <h2 id="tokens">{t.organisation.tokens}</h2>
              <Tokens />
            </section>
            <section className="panel" aria-labelledby="events">
              <h2 id="events">{t.organisation.events}</h2>
              <Events />
            </section>
          </div>
        </Page>
      )}
    </Read>
  )
}

function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['organisation'] })
}

function MemberTable({ members: { members, roles } }: { readonly members: Members }) {
  const { t, of, language } = useSpeech()
  const [opened, setOpened] = useState<Member>()
  return (
    <>
      <Scrolls label={t.organisation.members}>
        <table className="plain">
          <caption className="unseen">{t.organisation.members}</caption>
          <thead>
            <tr>
              <th scope="col">{t.organisation.person}</th>
              <th scope="col">{t.organisation.role}</th>
              <th scope="col">{t.organisation.secondFactor}</th>
              <th scope="col">{t.organisation.lastSignIn}</th>
              <th scope="col">{t.organisation.change}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.id}>
                <th scope="row" className="wrap">
                  {member.name}
                  <div className="soft small">{member.email}</div>
                </th>
                <td>{of(member.roleWords)}</td>
                <td>{member.secondFactor ? t.organisation.yes : t.organisation.no}</td>
                <td className="nowrap">
                  {member.lastSignInAt === null ? t.organisation.never : instantInWords(member.lastSignInAt, language)}
                </td>
                <td>
                  {member.offBoardedAt === null ? (
                    <Button
                      size="small"
                      aria-label={t.organisation.changeOf(member.name)}
                      onClick={() => setOpened(member)}
                    >
                      {t.organisation.change}
                    </Button>
                  ) : (
                    t.organisation.offBoarded(instantInWords(member.offBoardedAt, language))
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      {opened !== undefined && <MemberDialog member={opened} roles={roles} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function FactorOfAll({ required }: { readonly required: boolean }) {
  const { t } = useSpeech()
  const readAgain = useReadAgain()
  const asking = useAsking(async () => {
    await requireSecondFactor(!required)
    await readAgain()
  })
  return (
    <AskingForm asking={asking} refusedTitle={t.account.refused}>
      <p>{required ? t.organisation.factorOfAll : t.organisation.factorOfRoles}</p>
      <div>
        <Button htmlType="submit" loading={asking.busy}>
          {required ? t.organisation.leaveFactor : t.organisation.requireFactor}
        </Button>
      </div>
    </AskingForm>
  )
}

function MemberDialog(props: {
  readonly member: Member
  readonly roles: Members['roles']
  readonly onClose: () => void
}) {
  const { member, roles, onClose } = props
  const { t, of } = useSpeech()
  const role = useId()
  const [link, setLink] = useState<Invited>()
  const readAgain = useReadAgain()
  const done = async () => {
    onClose()
    await readAgain()
  }
  const changing = useAsking(async (filled) => {
    const chosen = roles.find((one) => one.role === typed(filled, 'role'))
    if (chosen === undefined) return
    await changeRole(member.id, { role: chosen.role })
    await done()
  })
  const renewing = useAsking(async () => setLink(await renewAccess(member.id)))
  const leaving = useAsking(async () => {
    await offBoard(member.id)
    await done()
  })
  return (
    <Dialog open title={member.name} onCancel={onClose}>
      <div className="stack">
        <AskingForm asking={changing} refusedTitle={t.account.refused}>
          <div className="field">
            <label htmlFor={role}>{t.organisation.role}</label>
            <RoleSelect id={role} roles={roles} chosen={member.role} />
          </div>
          <div>
            <Button htmlType="submit" loading={changing.busy}>
              {t.organisation.changeRole}
            </Button>
          </div>
        </AskingForm>
        <AskingForm asking={renewing} refusedTitle={t.account.refused}>
          <p>{t.organisation.renewText}</p>
          {link !== undefined && <ShownOnce value={link.link} label={t.organisation.link} />}
          <div>
            <Button htmlType="submit" loading={renewing.busy}>
              {t.organisation.renew}
            </Button>
          </div>
        </AskingForm>
        <AskingForm asking={leaving} refusedTitle={t.account.refused}>
          <p>{t.organisation.offBoardText}</p>
          <div className="buttons">
            <Button danger htmlType="submit" loading={leaving.busy}>
              {t.organisation.offBoard(of(member.roleWords))}
            </Button>
            <Button onClick={onClose}>{t.step.close}</Button>
          </div>
        </AskingForm>
      </div>
    </Dialog>
  )
}

function RoleSelect(props: { readonly id: string; readonly roles: Members['roles']; readonly chosen?: string }) {
  const { of } = useSpeech()
  return (
    <select id={props.id} name="role" className="select" defaultValue={props.chosen ?? ''} required>
      {props.roles.map(({ role, words }) => (
        <option key={role} value={role}>
          {of(words)}
        </option>
      ))}
    </select>
  )
}

/** A secret that is shown now and never again. */
function ShownOnce({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useSpeech()
  return (
    <div className="notice notice-good" role="status">
      <strong>{label}</strong>
      <span>{t.organisation.shownOnce}</span>
      <span className="code wrap">{value}</span>
    </div>
  )
}

function Invitations({ roles }: Pick<Members, 'roles'>) {
  const { t, of, language } = useSpeech()
  const { data } = useQuery({ queryKey: ['organisation', 'invitations'], queryFn: listInvitations })
  const ids = { name: useId(), email: useId(), role: useId() }
  const [link, setLink] = useState<Invited>()
  const readAgain = useReadAgain()
  const inviting = useAsking(async (filled) => {
    const chosen = roles.find((one) => one.role === typed(filled, 'role'))
    if (chosen === undefined) return
    setLink(await invite({ name: typed(filled, 'name'), email: typed(filled, 'email'), role: chosen.role }))
    await readAgain()
  })
  return (
    <div className="stack">
      <AskingForm asking={inviting} refusedTitle={t.account.refused} clears>
        {link !== undefined && <ShownOnce value={link.link} label={t.organisation.link} />}
        <div className="field">
          <label htmlFor={ids.name}>{t.organisation.person}</label>
          <Input id={ids.name} name="name" required maxLength={120} autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor={ids.email}>{t.signIn.email}</label>
          <Input id={ids.email} name="email" type="email" required autoComplete="off" />
        </div>
        <div className="field">
          <label htmlFor={ids.role}>{t.organisation.role}</label>
          <RoleSelect id={ids.role} roles={roles} />
        </div>
        <div>
          <Button type="primary" htmlType="submit" loading={inviting.busy}>
            {t.organisation.invite}
          </Button>
        </div>
      </AskingForm>
      <ul className="listed">
        {(data?.invitations ?? []).map((one) => (
          <li key={one.id}>
            {one.name} ({one.email}), {of(one.roleWords)}: {t.organisation.states[one.state]}{' '}
            <span className="soft small">{t.organisation.until(instantInWords(one.expiresAt, language))}</span>
            {one.state === 'open' && <Withdraw id={one.id} name={one.name} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Withdraw({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useSpeech()
  const readAgain = useReadAgain()
  const withdrawing = useAsking(async () => {
    await withdrawInvitation(id)
    await readAgain()
  })
  return (
    <AskingForm asking={withdrawing} refusedTitle={t.account.refused}>
      <div>
        <Button htmlType="submit" size="small" loading={withdrawing.busy} aria-label={t.organisation.withdrawOf(name)}>
          {t.organisation.withdraw}
        </Button>
      </div>
    </AskingForm>
  )
}

function Tokens() {
  const { t, language } = useSpeech()
  const { data } = useQuery({ queryKey: ['organisation', 'tokens'], queryFn: listServiceTokens })
  const ids = { name: useId(), days: useId() }
  const [made, setMade] = useState<string>()
  const readAgain = useReadAgain()
  const creating = useAsking(async (filled) => {
    const scopes = filled.getAll('scopes').map(String)
    setMade(
      (await createServiceToken({ name: typed(filled, 'name'), scopes, days: Number(typed(filled, 'days')) })).token,
    )
    await readAgain()
  })
  return (
    <div className="stack">
      <p className="soft">{t.organisation.tokensText}</p>
      <AskingForm asking={creating} refusedTitle={t.account.refused} clears>
        {made !== undefined && <ShownOnce value={made} label={t.organisation.token} />}
        <div className="field">
          <label htmlFor={ids.name}>{t.organisation.tokenName}</label>
          <Input id={ids.name} name="name" required maxLength={120} autoComplete="off" />
        </div>
        <fieldset className="choices">
          <legend>{t.organisation.scopes}</legend>
          {(data?.possibleScopes ?? []).map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scopes" value={scope} /> <span className="code">{scope}</span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor={ids.days}>{t.organisation.days}</label>
          <Input id={ids.days} name="days" inputMode="numeric" defaultValue="90" required />
        </div>
        <div>
          <Button htmlType="submit" loading={creating.busy}>
            {t.organisation.tokenCreate}
          </Button>
        </div>
      </AskingForm>
      <ul className="listed">
        {(data?.tokens ?? []).map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong> <span className="code small">{one.scopes.join(' ')}</span>{' '}
            <span className="soft small">
              {one.revokedAt === null
                ? t.organisation.until(instantInWords(one.expiresAt, language))
                : t.organisation.revoked(instantInWords(one.revokedAt, language))}
              {' · '}
              {one.usedAt === null
                ? t.organisation.neverUsed
                : t.organisation.lastUsed(instantInWords(one.usedAt, language))}
            </span>
            {one.revokedAt === null && <Revoke id={one.id} name={one.name} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Revoke({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useSpeech()
  const readAgain = useReadAgain()
  const revoking = useAsking(async () => {
    await revokeServiceToken(id)
    await readAgain()
  })
  return (
    <AskingForm asking={revoking} refusedTitle={t.account.refused}>
      <div>
        <Button htmlType="submit" size="small" loading={revoking.busy} aria-label={t.organisation.revokeOf(name)}>
          {t.organisation.revoke}
        </Button>
      </div>
    </AskingForm>
  )
}

function Events() {
  const { t, of, language } = useSpeech()
  const [before, setBefore] = useState<number>()
  const { data } = useQuery({
    queryKey: ['organisation', 'events', before ?? 0],
    queryFn: () => listSecurityEvents(before),
  })
  const next = data?.next
  return (
    <div className="stack">
      <Scrolls label={t.organisation.events}>
        <table className="plain">
          <caption className="unseen">{t.organisation.events}</caption>
          <thead>
            <tr>
              <th scope="col">{t.access.at}</th>
              <th scope="col">{t.access.what}</th>
              <th scope="col">{t.organisation.person}</th>
              <th scope="col">{t.organisation.by}</th>
            </tr>
          </thead>
          <tbody>
            {(data?.events ?? []).map((event) => (
              <tr key={event.id}>
                <td className="nowrap">{instantInWords(event.at, language)}</td>
                <th scope="row" className="wrap">
                  {of(event.words)}
                  <div className="soft small code">
                    {Object.entries(event.detail)
                      .map(([name, value]) => `${name}: ${String(value)}`)
                      .join(', ')}
                  </div>
                </th>
                <td>{event.person ?? ''}</td>
                <td>{event.by ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      {next != null && (
        <div>
          <Button onClick={() => setBefore(next)}>{t.organisation.older}</Button>
        </div>
      )}
    </div>
  )
}
