import { useMutation, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useId, useState } from 'react'
import { assignCase, newIdempotencyKey } from '../api.ts'
import type { Desk, QueuedCase } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { Refused } from '../patient-fetch.ts'
import { typed } from '../typed.ts'
import { Dialog } from './dialog.tsx'
import { AskingForm, useAsking } from './sign-in-form.tsx'

interface Assigned {
  readonly case: QueuedCase
  readonly desk: Desk
  /** A supervisor takes a case from an officer who is there, so the officer is told why. */
  readonly withReason: boolean
}

/** Who has it; choosing another hands it over, as it was seen. */
export function Assignee({ case: one, desk, withReason }: Assigned) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<{ readonly to: string | null }>()
  const seen = one.assignee?.account ?? null
  const read = () => queries.invalidateQueries({ queryKey: ['desk'] })
  const hand = useMutation({
    mutationFn: (to: string | null) => assignCase({ caseNo: one.caseNo, to, seen }, { key: newIdempotencyKey() }),
    onSettled: read,
  })
  return (
    <>
      <select
        className="select"
        aria-label={t.desk.assign(one.caseNo)}
        value={(chosen === undefined ? seen : chosen.to) ?? ''}
        disabled={hand.isPending}
        onChange={({ target }) => {
          const to = target.value === '' ? null : target.value
          if (withReason) setChosen({ to })
          else hand.mutate(to)
        }}
      >
        <option value="">{t.desk.nobody}</option>
        {desk.officers.map(({ account, name, away }) => (
          <option key={account} value={account} disabled={away}>
            {away ? t.desk.away(name) : name}
          </option>
        ))}
      </select>
      {hand.error instanceof Refused && (
        <div role="alert" className="wrong small">
          {of(hand.error.problem.words)}
        </div>
      )}
      {chosen !== undefined && (
        <ReasonDialog
          caseNo={one.caseNo}
          to={desk.officers.find(({ account }) => account === chosen.to)?.name ?? t.desk.nobody}
          onReason={async (reason, key) => {
            await assignCase({ caseNo: one.caseNo, to: chosen.to, seen, reason }, { key })
            setChosen(undefined)
            await read()
          }}
          onClose={() => {
            setChosen(undefined)
            void read()
          }}
        />
      )}
    </>
  )
}

function ReasonDialog(props: {
  readonly caseNo: string
  readonly to: string
  readonly onReason: (reason: string, key: string) => Promise<void>
  readonly onClose: () => void
}) {
  const { caseNo, to, onReason, onClose } = props
  const { t } = useSpeech()
  const id = useId()
  const [key] = useState(newIdempotencyKey)
  const asking = useAsking((form) => onReason(typed(form, 'reason').trim(), key))
  return (
    <Dialog open title={t.desk.assignTo(caseNo, to)} onCancel={onClose}>
      <AskingForm asking={asking} refusedTitle={t.desk.notAssigned}>
        <div className="field">
          <label htmlFor={id}>{t.desk.why}</label>
          <span id={`${id}-hint`} className="hint">
            {t.desk.whyHint}
          </span>
          <Input.TextArea id={id} name="reason" aria-describedby={`${id}-hint`} required maxLength={1000} rows={3} />
        </div>
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={asking.busy}>
            {t.desk.hand}
          </Button>
          <Button onClick={onClose}>{t.step.close}</Button>
        </div>
      </AskingForm>
    </Dialog>
  )
}
