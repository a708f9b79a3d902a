import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import {
  answerIndividualRequest,
  listIndividualRequests,
  proveIndividualRequest,
  registerIndividualRequest,
} from '../api.ts'
import type { Answer } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { ChoiceField, DeskForm, TextField, filled } from '../parts/desk-form.tsx'
import {
  IdentifierFields,
  KeepConfirmation,
  NotifyRecipient,
  ThinBatch,
  identifiersIn,
} from '../parts/individual-forms.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'

type List = Answer<'GET /v1/individual-requests'>
type OneRequest = List['requests'][number]

/** What individuals asked of the handler about their own data, and what became of it. */
export function Individuals() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['individuals'], queryFn: listIndividualRequests })
  return (
    <Read query={query} title={t.individuals.title}>
      {(list) => (
        <Page title={t.individuals.title}>
          <div className="columns">
            <div className="stack">
              {list.requests.length === 0 && <p className="soft">{t.individuals.none}</p>}
              {[...list.requests].reverse().map((one) => (
                <OneOf key={one.id} request={one} />
              ))}
            </div>
            <div className="stack">
              <Register kinds={list.kinds} />
              <ThinBatch />
              <KeepConfirmation />
            </div>
          </div>
        </Page>
      )}
    </Read>
  )
}

function Register({ kinds }: Pick<List, 'kinds'>) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  return (
    <section className="panel" aria-labelledby="register">
      <h2 id="register">{t.individuals.register}</h2>
      <DeskForm
        label={t.individuals.register}
        button={t.individuals.registerButton}
        onSend={async (form) => {
          const kind = kinds.find((one) => one.kind === form.get('kind'))?.kind
          const identifiers = identifiersIn(form)
          if (kind === undefined || identifiers.length === 0) return { wrong: t.individuals.identifierMissing }
          const { id } = await registerIndividualRequest({ kind, identifiers })
          await queries.invalidateQueries({ queryKey: ['individuals'] })
          return t.individuals.registered(id)
        }}
      >
        <p className="hint">{t.individuals.registerText}</p>
        <ChoiceField
          name="kind"
          label={t.individuals.kind}
          options={kinds.map(({ kind, words, article }) => ({
            value: kind,
            text: `${of(words)} (${t.individuals.article(article)})`,
          }))}
        />
        <IdentifierFields />
      </DeskForm>
    </section>
  )
}

function OneOf({ request }: { readonly request: OneRequest }) {
  const { t, of, language } = useSpeech()
  const { id, kindWords, article, registeredOn, identifiedBy, keptOut, soonWords, answer, handedOver } = request
  const day = (on: string) => dayInWords(on, language)
  return (
    <section className="panel stack" aria-labelledby={id}>
      <h2 id={id}>
        {of(kindWords)} ({t.individuals.article(article)})
      </h2>
      <p className="soft small code">{id}</p>
      <ul className="listed">
        <li>{t.individuals.came(day(registeredOn), identifiedBy.join(', '))}</li>
        <li>{soonWords === null ? t.individuals.noTime : t.individuals.soon(of(soonWords))}</li>
        {keptOut && (
          <li>
            <strong>{t.individuals.keptOut}</strong>
          </li>
        )}
        {answer !== null && (
          <li>
            {answer.outcome === 'met'
              ? t.individuals.met(day(answer.on))
              : t.individuals.refused(day(answer.on), answer.reason ?? '')}
          </li>
        )}
        {handedOver.map(({ recipient, notifiedOn, confirmed }) => (
          <li key={`${recipient} ${notifiedOn}`}>
            {t.individuals.notified(day(notifiedOn), recipient)}{' '}
            {confirmed === null
              ? t.individuals.notConfirmed
              : t.individuals.confirmed[confirmed.outcome](day(confirmed.on))}
          </li>
        ))}
      </ul>
      {answer === null && <AnswerIt id={id} />}
      <NotifyRecipient id={id} />
      <Proof id={id} />
    </section>
  )
}

function AnswerIt({ id }: Pick<OneRequest, 'id'>) {
  const { t } = useSpeech()
  const queries = useQueryClient()
  return (
    <DeskForm
      label={t.individuals.answerIt}
      button={t.individuals.answerIt}
      onSend={async (form) => {
        const { outcome, reason } = filled(form, 'outcome', 'reason')
        if (outcome === 'refused' && reason === undefined) return { wrong: t.individuals.reasonMissing }
        await answerIndividualRequest(
          id,
          outcome === 'refused' ? { outcome, reason: reason ?? '' } : { outcome: 'met' },
        )
        await queries.invalidateQueries({ queryKey: ['individuals'] })
        return t.individuals.answered
      }}
    >
      <ChoiceField
        name="outcome"
        label={t.individuals.outcome}
        options={[
          { value: 'met', text: t.individuals.outcomes.met },
          { value: 'refused', text: t.individuals.outcomes.refused },
        ]}
      />
      <TextField name="reason" label={t.individuals.reason} />
    </DeskForm>
  )
}

/** Asked for when it is wanted: each step with its place in the log, and what left since. */
function Proof({ id }: Pick<OneRequest, 'id'>) {
  const { t, language } = useSpeech()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: ['individuals', id, 'proof'],
    queryFn: () => proveIndividualRequest(id),
    enabled: open,
  })
  if (!open) return <Button onClick={() => setOpen(true)}>{t.individuals.proof}</Button>
  return (
    <ul className="listed" aria-label={t.individuals.proof}>
      {data?.steps.map(({ event, on, line, logIndex }) => (
        <li key={line}>
          {t.individuals.leaf(logIndex)} {t.individuals.events[event]}, {dayInWords(on, language)}{' '}
          <span className="code small wrap">{line}</span>
        </li>
      ))}
      {data?.batches.map(({ name, recipient, logIndex, heldAgainstRegister }) => (
        <li key={logIndex}>
          {t.individuals.leaf(logIndex)} {t.individuals.batch(name, recipient)}{' '}
          {heldAgainstRegister ? t.individuals.held : t.individuals.notHeld}
        </li>
      ))}
      {data?.batches.length === 0 && <li className="soft">{t.individuals.noBatch}</li>}
    </ul>
  )
}
