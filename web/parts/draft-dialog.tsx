import { lastDayOfValidity, legalDate } from '@tongguan/law'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import type { Ask, CasePage } from '../api.ts'
import { dayInWords, plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { problemsOf, valueOf } from '../steps.ts'
import { typed } from '../typed.ts'
import { StepDialog } from './step-dialog.tsx'
import type { FillProps } from './step-dialog.tsx'

type Decision = Extract<
  Ask<'POST /v1/cases/{caseNo}/result-draft'>['body']['decision'],
  { readonly kind: 'passed' | 'notPassed' }
>
type DeclaredPage = CasePage & { readonly declaration: NonNullable<CasePage['declaration']> }
type Scenario = DeclaredPage['declaration']['scenarios'][number]

/** Drafts the result: for each declared scenario and item, passed or refused, and never beyond what was declared. */
export function DraftDialog(props: {
  readonly case: DeclaredPage
  readonly onDone: (title: string, after: CasePage) => void
  readonly onCancel: () => void
}) {
  const { case: current, onDone, onCancel } = props
  const { t } = useSpeech()
  return (
    <StepDialog<Decision>
      case={current}
      onCancel={onCancel}
      onDone={(after) => {
        onDone(t.next.draft, after)
      }}
      step={{
        title: t.next.draft,
        href: `/v1/cases/${current.caseNo}/result-draft`,
        leadsTo: current,
        form: (fill) => <Draft case={current} {...fill} />,
        preview: (decision) => <Drafted case={current} decision={decision} />,
        body: (decision) => ({ decision }),
        still: ({ mayDraft }) => mayDraft,
      }}
    />
  )
}

function Draft({ case: current, before, onFilled, onCancel }: FillProps<Decision> & { readonly case: DeclaredPage }) {
  const { t, language } = useSpeech()
  const [kind, setKind] = useState(before?.kind ?? 'passed')
  const [wrong, setWrong] = useState<readonly string[]>([])
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrong.length > 0) summary.current?.focus()
  }, [wrong])
  const { scenarios } = current.declaration
  const { lastDay } = lastDayOfValidity(legalDate(current.clock.on))
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const found = wrongIn(form, kind, scenarios, t)
    setWrong(found)
    if (found.length === 0) onFilled(decisionOf(form, kind, current))
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      {wrong.length > 0 && (
        <div ref={summary} tabIndex={-1} className="notice notice-bad" role="alert">
          {wrong.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </div>
      )}
      <fieldset className="field choices">
        <legend>{t.draft.kind}</legend>
        {(['passed', 'notPassed'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="kind"
              checked={kind === one}
              onChange={() => {
                setKind(one)
              }}
            />
            {t.draft[one]}
          </label>
        ))}
      </fieldset>
      <Text name="resultNo" label={t.draft.resultNo} before={before?.resultNo} />
      {kind === 'passed' ? (
        <>
          <Text
            name="lastDay"
            label={t.draft.lastDay}
            hint={t.draft.lastDayHint(dayInWords(lastDay, language))}
            before={before?.kind === 'passed' ? before.lastDay : lastDay}
          />
          {scenarios.map((scenario) => (
            <ScenarioFields key={scenario.id} scenario={scenario} before={before} />
          ))}
        </>
      ) : (
        <Text name="reasons" label={t.draft.reasons} hint={t.step.oneALine} lines />
      )}
      <div className="buttons">
        <Button type="primary" htmlType="submit">
          {t.step.check}
        </Button>
        <Button onClick={onCancel}>{t.step.cancel}</Button>
      </div>
    </form>
  )
}

function ScenarioFields({ scenario, before }: { readonly scenario: Scenario; readonly before: Decision | undefined }) {
  const { t } = useSpeech()
  const decided = before?.kind === 'passed' ? before.scenarios.find(({ id }) => id === scenario.id) : undefined
  const [refused, setRefused] = useState<ReadonlySet<string>>(
    () => new Set(decided?.refusedItems.map(({ name }) => name)),
  )
  const toggle = (name: string) => {
    const next = new Set(refused)
    if (!next.delete(name)) next.add(name)
    setRefused(next)
  }
  const ceiling = decided?.ceiling ?? scenario.persons
  return (
    <>
      <fieldset className="field choices">
        <legend>{t.draft.itemsOf(scenario.name)}</legend>
        <span className="hint">{t.draft.itemsHint}</span>
        {scenario.items.map(({ name, description }) => (
          <div key={name}>
            <label>
              <input
                type="checkbox"
                name={`passed ${scenario.id}`}
                value={name}
                checked={!refused.has(name)}
                onChange={() => {
                  toggle(name)
                }}
              />
              <span>
                {name} <span className="soft">{description}</span>
              </span>
            </label>
            {refused.has(name) && (
              <Input
                name={`reason ${scenario.id} ${name}`}
                aria-label={t.draft.refuseReason(name)}
                placeholder={t.draft.refuseReason(name)}
              />
            )}
          </div>
        ))}
      </fieldset>
      <Text
        name={`general ${scenario.id}`}
        label={`${t.draft.ceiling(scenario.name)} (${t.page.personsWithout})`}
        before={String(ceiling.general)}
      />
      <Text
        name={`sensitive ${scenario.id}`}
        label={`${t.draft.ceiling(scenario.name)} (${t.page.personsWith})`}
        before={String(ceiling.sensitive)}
      />
      <Text
        name={`conditions ${scenario.id}`}
        label={t.draft.conditions(scenario.name)}
        hint={t.step.oneALine}
        before={decided?.conditions.join('\n')}
        lines
      />
    </>
  )
}

function Text(props: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly before?: string | undefined
  readonly lines?: boolean
}) {
  const { name, label, hint, before, lines = false } = props
  const id = useId()
  const shared = { id, name, defaultValue: before, 'aria-describedby': `${id}-hint`, autoComplete: 'off' }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
      {lines ? <Input.TextArea {...shared} rows={3} /> : <Input {...shared} />}
    </div>
  )
}

/** What is not filled in as it must be, in words. The server judges the content by the law; this is the form only. */
function wrongIn(
  form: FormData,
  kind: Decision['kind'],
  scenarios: readonly Scenario[],
  t: ReturnType<typeof useSpeech>['t'],
): readonly string[] {
  const needed = (name: string, label: string) => (typed(form, name).trim() === '' ? [t.step.required(label)] : [])
  const always = needed('resultNo', t.draft.resultNo)
  if (kind === 'notPassed') return [...always, ...needed('reasons', t.draft.reasons)]
  const day = problemsOf([{ name: 'expected', kind: 'day' }], { expected: typed(form, 'lastDay').trim() })
  return [
    ...always,
    ...(day.length > 0 ? [`${t.draft.lastDay}${t.step.colon}${t.step.dayWrong}`] : []),
    ...scenarios.flatMap((scenario) => [
      ...refusedIn(form, scenario).flatMap(({ name, reason }) =>
        reason === '' ? [t.step.required(t.draft.refuseReason(name))] : [],
      ),
      ...(['general', 'sensitive'] as const).flatMap((of) =>
        /^\d+$/.test(typed(form, `${of} ${scenario.id}`).trim()) &&
        Number(typed(form, `${of} ${scenario.id}`)) <= scenario.persons[of]
          ? []
          : [`${t.draft.ceiling(scenario.name)}${t.step.colon}${t.draft.wrongNumber}`],
      ),
    ]),
  ]
}

function refusedIn(form: FormData, { id, items }: Scenario): readonly { name: string; reason: string }[] {
  const passed = form.getAll(`passed ${id}`)
  return items
    .filter(({ name }) => !passed.includes(name))
    .map(({ name }) => ({ name, reason: typed(form, `reason ${id} ${name}`).trim() }))
}

function decisionOf(form: FormData, kind: Decision['kind'], { clock, declaration }: DeclaredPage): Decision {
  const shared = { resultNo: typed(form, 'resultNo').trim(), issued: clock.on }
  const lines = (name: string) => [...valueOf('lines', typed(form, name))]
  if (kind === 'notPassed') return { kind, ...shared, reasons: lines('reasons') }
  return {
    kind,
    ...shared,
    lastDay: typed(form, 'lastDay').trim(),
    scenarios: declaration.scenarios.map((scenario) => {
      const refusedItems = refusedIn(form, scenario)
      return {
        id: scenario.id,
        passedItems: scenario.items
          .map(({ name }) => name)
          .filter((name) => !refusedItems.some((refused) => refused.name === name)),
        refusedItems,
        ceiling: {
          general: Number(typed(form, `general ${scenario.id}`)),
          sensitive: Number(typed(form, `sensitive ${scenario.id}`)),
        },
        conditions: lines(`conditions ${scenario.id}`),
      }
    }),
  }
}

function Drafted({ case: current, decision }: { readonly case: DeclaredPage; readonly decision: Decision }): ReactNode {
  const { t, language } = useSpeech()
  const name = (id: string) => current.declaration.scenarios.find((scenario) => scenario.id === id)?.name ?? id
  const said = (text: string | { readonly zh: string }) => (typeof text === 'string' ? text : text.zh)
  return (
    <>
      <dt>{t.draft.kind}</dt>
      <dd>{t.draft[decision.kind]}</dd>
      <dt>{t.draft.resultNo}</dt>
      <dd>{decision.resultNo}</dd>
      {decision.kind === 'notPassed' ? (
        <>
          <dt>{t.draft.reasons}</dt>
          <dd>{decision.reasons.map((reason) => said(reason)).join(t.events.separator)}</dd>
        </>
      ) : (
        <>
          <dt>{t.draft.lastDay}</dt>
          <dd>{dayInWords(decision.lastDay, language)}</dd>
          <dt>{t.draft.items}</dt>
          <dd>
            {decision.scenarios.map(({ id, passedItems, refusedItems, ceiling, conditions }) => (
              <div key={id}>
                <div>{name(id)}</div>
                <div>{t.draft.passedItems(passedItems.length, passedItems.length + refusedItems.length)}</div>
                {refusedItems.map((refused) => (
                  <div key={refused.name}>{t.draft.refusedItem(refused.name, said(refused.reason))}</div>
                ))}
                <div>
                  {plainCount(ceiling.sensitive, language)} {t.page.personsWith},{' '}
                  {plainCount(ceiling.general, language)} {t.page.personsWithout}
                </div>
                {conditions.map((condition) => (
                  <div key={condition}>{condition}</div>
                ))}
              </div>
            ))}
          </dd>
        </>
      )}
      <dt />
      <dd className="soft">{t.draft.second}</dd>
    </>
  )
}
