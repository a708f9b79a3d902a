import { useQueryClient } from '@tanstack/react-query'
import { setAbsence } from '../api.ts'
import type { Desk } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { ChoiceField, DeskForm, TextField, filled } from './desk-form.tsx'

/** Says that one is away, and until when; `ofOffice`: whoever looks over the office says it of any officer instead. */
export function Absence({ desk, ofOffice }: { readonly desk: Desk; readonly ofOffice: boolean }) {
  const { t, language } = useSpeech()
  const queries = useQueryClient()
  return (
    <section className="panel" aria-labelledby="absence">
      <h2 id="absence">{ofOffice ? t.desk.absenceOf : t.desk.absence}</h2>
      <DeskForm
        label={ofOffice ? t.desk.absenceOf : t.desk.absence}
        button={t.desk.absenceSave}
        onSend={async (form) => {
          const { officer, firstDay, lastDay } = filled(form, 'officer', 'firstDay', 'lastDay')
          if (firstDay === undefined || lastDay === undefined) return { wrong: t.desk.absenceDays }
          await setAbsence({ ...(officer === undefined ? {} : { officer }), firstDay, lastDay })
          await queries.invalidateQueries({ queryKey: ['desk'] })
          return t.desk.absenceSaved(dayInWords(firstDay, language), dayInWords(lastDay, language))
        }}
      >
        <p className="hint">{t.desk.absenceText}</p>
        {ofOffice && (
          <ChoiceField
            name="officer"
            label={t.desk.assignee}
            options={desk.officers.map(({ account, name }) => ({ value: account, text: name }))}
          />
        )}
        <TextField name="firstDay" label={t.desk.firstDay} hint={t.step.dayHint} value={desk.clock.on} />
        <TextField name="lastDay" label={t.desk.lastDay} value={desk.clock.on} />
      </DeskForm>
    </section>
  )
}
