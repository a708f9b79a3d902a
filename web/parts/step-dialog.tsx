import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { getCase, newIdempotencyKey, takeStep } from '../api.ts'
import type { CasePage } from '../api.ts'
import { useLostSince } from '../connection.ts'
import { clockTime, dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'
import { readSession } from '../session.ts'
import { Dialog } from './dialog.tsx'
import { Status } from './status.tsx'
import { Happened } from './timeline.tsx'

/*
 *  filling ──check──▶ checking ──confirm──▶ (sent) ──▶ done
 *     ▲                  │ ▲                  │
 *     └─────change───────┘ └──decide again────┴──▶ stale | refused
 *
 * What was filled in stays through all of it. The key is made when the content is settled, so that sending it again
 * after a lost connection or a new sign-in does it once.
 */
type Stage<Content> =
  | { readonly kind: 'filling' }
  | { readonly kind: 'checking'; readonly content: Content; readonly key: string; readonly sequence: number }

/** One step as the dialog takes it; `Content` is what its taker fills in. */
export interface StepToTake<Content> {
  readonly title: string
  readonly href: string
  /** The status afterwards. */
  readonly leadsTo: Pick<CasePage, 'status' | 'statusWords'>
  /** Where nothing has to be filled in, the content as it stands. */
  readonly settled?: Content
  readonly form: (props: FillProps<Content>) => ReactNode
  /** The content in words: terms and descriptions. */
  readonly preview: (content: Content) => ReactNode
  readonly body: (content: Content) => object
  /** Whether the step can still be taken on the case as it is now. */
  readonly still: (fresh: CasePage) => boolean
}

export interface FillProps<Content> {
  readonly before: Content | undefined
  readonly onFilled: (content: Content) => void
  readonly onCancel: () => void
}

export function StepDialog<Content>(props: {
  readonly case: CasePage
  readonly step: StepToTake<Content>
  /** Called with the case after the step. */
  readonly onDone: (after: CasePage) => void
  readonly onCancel: () => void
}) {
  const { case: current, step, onDone, onCancel } = props
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const check = (content: Content, sequence = current.sequence): Stage<Content> => ({
    kind: 'checking',
    content,
    key: newIdempotencyKey(),
    sequence,
  })
  const [stage, setStage] = useState<Stage<Content>>(() =>
    step.settled === undefined ? { kind: 'filling' } : check(step.settled),
  )
  const [filled, setFilled] = useState<Content>()
  const sending = useMutation({
    mutationFn: ({ content, ...seen }: Extract<Stage<Content>, { kind: 'checking' }>) =>
      takeStep(step.href, step.body(content), seen),
    onSuccess: (after) => {
      queries.setQueryData(['case', current.caseNo], after)
      void queries.invalidateQueries({ queryKey: ['cases'] })
      onDone(after)
    },
  })
  const problem = sending.error instanceof Refused ? sending.error.problem : undefined

  if (stage.kind === 'filling') {
    return (
      <Dialog open title={step.title} onCancel={onCancel}>
        {step.form({
          before: filled,
          onCancel,
          onFilled: (content) => {
            setFilled(content)
            setStage(check(content))
          },
        })}
      </Dialog>
    )
  }
  if (problem?.status === 412) {
    return (
      <Dialog open title={t.step.staleTitle} onCancel={onCancel}>
        <Stale
          caseNo={current.caseNo}
          since={problem.since ?? []}
          still={step.still}
          onCancel={onCancel}
          onAgain={(fresh) => {
            sending.reset()
            setStage(check(stage.content, fresh.sequence))
          }}
        />
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      title={`${t.step.checkTitle}${t.step.colon}${step.title}`}
      {...(sending.isPending ? {} : { onCancel })}
    >
      <div className="form">
        <Preview case={current} leadsTo={step.leadsTo}>
          {step.preview(stage.content)}
        </Preview>
        <div role="alert">
          {sending.error !== null && (
            <div className="notice notice-bad">
              <strong>{t.step.refused}</strong>
              <span>{problem === undefined ? sending.error.message : of(problem.words)}</span>
            </div>
          )}
        </div>
        <p className="notice notice-wait">{t.step.cannotUndo}</p>
        {sending.isPending && <Waiting />}
        <div className="buttons">
          <Button
            type="primary"
            loading={sending.isPending}
            onClick={() => {
              sending.mutate(stage)
            }}
          >
            {sending.isPending ? t.step.sending : t.step.confirm(step.title)}
          </Button>
          {step.settled === undefined && (
            <Button
              disabled={sending.isPending}
              onClick={() => {
                sending.reset()
                setStage({ kind: 'filling' })
              }}
            >
              {t.step.change}
            </Button>
          )}
          <Button disabled={sending.isPending} onClick={onCancel}>
            {t.step.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Says inside the dialog that the connection is gone: the banner stands behind it. */
function Waiting() {
  const { t, language } = useSpeech()
  const since = useLostSince()
  return (
    <div role="status">
      {since !== null && (
        <div className="notice notice-wait">
          <strong>{t.lost.title}</strong>
          <span>{t.lost.text(clockTime(since, language))}</span>
        </div>
      )}
    </div>
  )
}

// --- checking ---------------------------------------------------------------------------------------------------

function Preview(props: {
  readonly case: CasePage
  readonly leadsTo: Pick<CasePage, 'status' | 'statusWords'>
  readonly children: ReactNode
}) {
  const { case: current, leadsTo, children } = props
  const { t, language } = useSpeech()
  const { data: session } = useQuery(readSession)
  return (
    <dl className="pairs">
      <dt>{t.step.case}</dt>
      <dd>
        {current.caseNo} · {current.handler.name}
      </dd>
      <dt>{t.step.day}</dt>
      <dd>{dayInWords(current.clock.on, language)}</dd>
      {session?.me != null && (
        <>
          <dt>{t.step.by}</dt>
          <dd>
            {session.me.name} · {session.me.organisation.name}
          </dd>
        </>
      )}
      {children}
      <dt>{t.step.from}</dt>
      <dd>
        <Status of={current} />
      </dd>
      <dt>{t.step.to}</dt>
      <dd>
        <Status of={leadsTo} />
      </dd>
    </dl>
  )
}

// --- somebody was first -----------------------------------------------------------------------------------------

function Stale(props: {
  readonly caseNo: string
  readonly since: CasePage['timeline']
  readonly still: (fresh: CasePage) => boolean
  readonly onAgain: (fresh: CasePage) => void
  readonly onCancel: () => void
}) {
  const { caseNo, since, onAgain, onCancel } = props
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const { data: fresh } = useQuery({
    queryKey: ['case', caseNo, 'fresh', since.at(-1)?.sequence],
    queryFn: async () => {
      const page = await getCase(caseNo)
      queries.setQueryData(['case', caseNo], page)
      return page
    },
  })
  const still = fresh === undefined ? undefined : props.still(fresh)
  return (
    <div className="form">
      <p>{t.step.staleText}</p>
      <ol className="timeline">
        {since.map((event) => (
          <li key={event.sequence}>
            <Happened event={event} />
          </li>
        ))}
      </ol>
      {fresh !== undefined && (
        <p className={still === true ? 'notice' : 'notice notice-bad'}>
          {still === true ? t.step.stalePossible : t.step.staleImpossible(of(fresh.statusWords))}
        </p>
      )}
      <div className="buttons">
        {fresh !== undefined && still === true && (
          <Button
            type="primary"
            onClick={() => {
              onAgain(fresh)
            }}
          >
            {t.step.staleAgain}
          </Button>
        )}
        <Button onClick={onCancel}>{t.step.close}</Button>
      </div>
    </div>
  )
}
