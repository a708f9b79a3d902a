import Button from 'antd/es/button'
import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import type { CasePage, NextStep } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { stepForms, withDefects } from '../steps.ts'
import type { Field, Filled } from '../steps.ts'
import { StepDialog } from './step-dialog.tsx'
import type { StepToTake } from './step-dialog.tsx'
import { FieldValues, Fields } from './step-fields.tsx'

const DraftDialog = lazy(async () => ({ default: (await import('./draft-dialog.tsx')).DraftDialog }))

/** What may happen next: the reader's own steps as buttons, the others' as words. */
export function NextSteps(props: {
  readonly case: CasePage
  /** Called with the words of what was done, and the case after it. */
  readonly onDone: (title: string, after: CasePage) => void
}) {
  const { case: current, onDone } = props
  const { t, of, language } = useSpeech()
  const [opened, setOpened] = useState<StepToTake<Filled> | 'draft'>()
  const mine = current.next.filter((step) => step.mine)
  const others = current.next.filter((step) => !step.mine)
  const { draft } = current
  const mayDraft = current.mayDraft && current.declaration !== null
  const dialog = {
    case: current,
    onCancel: () => {
      setOpened(undefined)
    },
    onDone: (title: string, after: CasePage) => {
      setOpened(undefined)
      onDone(title, after)
    },
  }
  if (current.next.length === 0) return <p className="soft">{t.next.over}</p>
  return (
    <div className="stack">
      {draft !== null && (
        <p className="notice notice-wait">
          {t.next.draftWaiting(draft.draftedBy.name, dayInWords(draft.day, language))}
        </p>
      )}
      {mine.length === 0 && <p>{t.next.othersOnly}</p>}
      <ul className="steps">
        {mayDraft && (
          <li>
            <Button
              onClick={() => {
                setOpened('draft')
              }}
            >
              {t.next.draft}
            </Button>
          </li>
        )}
        {mine.map((step, index) => (
          <li key={step.command}>
            <Step
              step={step}
              first={index === 0}
              defects={current.defects.length}
              draft={draft?.mayIssue === true ? draft.id : undefined}
              onOpen={setOpened}
            />
            <span className="soft small">{t.next.leadsTo(of(step.leadsToWords))}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <div>
          <h3>{t.next.others}</h3>
          <ul className="listed">
            {others.map((step) => (
              <li key={step.command}>
                {of(step.words)} <span className="soft">{t.next.by(of(step.actorWords))}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {opened === 'draft' && current.declaration !== null && (
        <Suspense>
          <DraftDialog {...dialog} case={{ ...current, declaration: current.declaration }} />
        </Suspense>
      )}
      {opened !== undefined && opened !== 'draft' && (
        <StepDialog
          {...dialog}
          step={opened}
          onDone={(after) => {
            dialog.onDone(opened.title, after)
          }}
        />
      )}
    </div>
  )
}

function Step(props: {
  readonly step: NextStep
  readonly first: boolean
  /** Noted, and waiting for the one notice. */
  readonly defects: number
  readonly draft: string | undefined
  readonly onOpen: (opened: StepToTake<Filled>) => void
}): ReactNode {
  const { step, first, defects, draft, onOpen } = props
  const { t, of } = useSpeech()
  const { href } = step
  const form = stepForms[step.command]
  if (href === null) return of(step.words)
  if (form === 'by-file') return <NotHere step={step} why={t.next.byFile} />
  if (form === 'with-draft' && draft === undefined) return <NotHere step={step} why={t.next.needsDraft} />
  const fields = form === 'with-draft' ? [] : withDefects(form, defects)
  return (
    <Button
      type={first ? 'primary' : 'default'}
      onClick={() => {
        onOpen(stepToTake({ ...step, href }, of(step.words), fields, form === 'with-draft' ? { draft } : {}))
      }}
    >
      {of(step.words)}
    </Button>
  )
}

function stepToTake(
  step: NextStep & { readonly href: string },
  title: string,
  fields: readonly Field[],
  fixed: object,
): StepToTake<Filled> {
  return {
    title,
    href: step.href,
    leadsTo: { status: step.leadsTo, statusWords: step.leadsToWords },
    ...(fields.length === 0 ? { settled: {} } : {}),
    form: (fill) => <Fields fields={fields} {...fill} />,
    preview: (filled) => <FieldValues fields={fields} filled={filled} />,
    body: (filled) => ({ ...fixed, ...filled }),
    still: (fresh) => fresh.next.some(({ command, mine }) => command === step.command && mine),
  }
}

function NotHere({ step, why }: { readonly step: NextStep; readonly why: string }) {
  const { of } = useSpeech()
  return (
    <div>
      <strong>{of(step.words)}</strong>
      <div className="soft small">{why}</div>
    </div>
  )
}
