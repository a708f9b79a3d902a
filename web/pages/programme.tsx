import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getProgramme, write } from '../api.ts'
import type { Answer } from '../api.ts'
import { dayInWords, plainCount } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { ChoiceField, DeskForm, TextField, filled } from '../parts/desk-form.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'

type Board = Answer<'GET /v1/programme'>
type Area = Board['areas'][number]

/** The programme of the key areas: who has come how far, what is next, and the briefings. */
export function Programme() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['programme'], queryFn: getProgramme })
  return (
    <Read query={query} title={t.desk.places.programme}>
      {(board) => (
        <Page title={t.desk.places.programme}>
          <div className="columns">
            <div className="stack">
              {board.areas.map((area) => (
                <AreaTable key={area.keyArea} area={area} stages={board.stages} />
              ))}
              <Briefings board={board} />
            </div>
            <div className="stack">
              <Forms board={board} />
            </div>
          </div>
        </Page>
      )}
    </Read>
  )
}

function AreaTable({ area, stages }: { readonly area: Area; readonly stages: Board['stages'] }) {
  const { t, of, language } = useSpeech()
  return (
    <section className="panel">
      <h2>{of(area.words)}</h2>
      {area.institutions.length === 0 ? (
        <p className="soft">{t.desk.programme.nothing}</p>
      ) : (
        <Scrolls label={of(area.words)}>
          <table className="plain">
            <caption className="unseen">{of(area.words)}</caption>
            <thead>
              <tr>
                <th scope="col">{t.desk.programme.institution}</th>
                {stages.map(({ stage, words }) => (
                  <th key={stage} scope="col">
                    {of(words)}
                  </th>
                ))}
                <th scope="col">{t.desk.programme.next}</th>
              </tr>
            </thead>
            <tbody>
              {area.institutions.map((one) => (
                <tr key={one.no}>
                  <th scope="row">{one.name}</th>
                  {stages.map(({ stage }) => {
                    const reached = one.reached.find((each) => each.stage === stage)
                    return (
                      <td key={stage} className="nowrap">
                        {reached === undefined ? '–' : reached.on}
                      </td>
                    )
                  })}
                  <td>
                    {one.next !== null && (
                      <>
                        {one.next.action}
                        <div className={one.next.late ? 'late' : 'soft'}>
                          {dayInWords(one.next.on, language)} {one.next.late ? t.desk.programme.late : ''}
                        </div>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      )}
    </section>
  )
}

function Briefings({ board }: { readonly board: Board }) {
  const { t, language } = useSpeech()
  return (
    <section className="panel">
      <h2>{t.desk.programme.briefings}</h2>
      {board.briefings.length === 0 && <p className="soft">{t.desk.programme.noBriefings}</p>}
      <ul className="similar">
        {board.briefings.map((one) => (
          <li key={one.no}>
            <strong>{one.title}</strong> <span className="soft">{dayInWords(one.heldOn, language)}</span>
            <p>
              {one.audience} · {one.place} · {one.slides.join(', ')}
            </p>
            <p className="soft">
              {one.attendance !== null &&
                t.desk.programme.attendance(
                  plainCount(one.attendance.persons, language),
                  plainCount(one.attendance.organisations, language),
                )}{' '}
              {one.questions.length > 0 && t.desk.programme.questions(one.questions.length)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Forms({ board }: { readonly board: Board }) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const listed = board.areas.flatMap(({ institutions }) => institutions)
  const institutionOptions = listed.map(({ no, name }) => ({ value: no, text: name }))
  const done = async (answered: Promise<{ readonly no: string }>) => {
    const { no } = await answered
    await queries.invalidateQueries({ queryKey: ['programme'] })
    return t.desk.saved(no)
  }
  const chosen = (form: FormData) => listed.find(({ no }) => no === form.get('no'))
  return (
    <>
      <section className="panel">
        <h2>{t.desk.programme.add}</h2>
        <DeskForm
          label={t.desk.programme.add}
          button={t.desk.programme.add}
          onSend={(form, key) => {
            const { name = '', creditCode, keyArea } = filled(form, 'name', 'creditCode', 'keyArea')
            const area = board.areas.find((one) => one.keyArea === keyArea)?.keyArea ?? 'others'
            const body = { name, keyArea: area, ...(creditCode === undefined ? {} : { creditCode }) }
            return done(write('POST /v1/institutions', body, { key }))
          }}
        >
          <TextField name="name" label={t.desk.programme.name} />
          <TextField name="creditCode" label={t.desk.creditCode} />
          <ChoiceField
            name="keyArea"
            label={t.desk.area}
            options={board.areas.map(({ keyArea, words }) => ({ value: keyArea, text: of(words) }))}
          />
        </DeskForm>
      </section>
      {listed.length > 0 && (
        <>
          <section className="panel">
            <h2>{t.desk.programme.record}</h2>
            <DeskForm
              label={t.desk.programme.record}
              button={t.desk.save}
              onSend={(form, key) => {
                const one = chosen(form)
                const { stage, on = board.clock.on } = filled(form, 'stage', 'on')
                const reached = board.stages.find((each) => each.stage === stage)?.stage ?? 'invited'
                const seen = { key, no: one?.no ?? '', sequence: one?.sequence ?? 0 }
                return done(write('POST /v1/institutions/{institutionNo}/stage', { stage: reached, on }, seen))
              }}
            >
              <ChoiceField name="no" label={t.desk.programme.institution} options={institutionOptions} />
              <ChoiceField
                name="stage"
                label={t.desk.programme.stage}
                options={board.stages.map(({ stage, words }) => ({ value: stage, text: of(words) }))}
              />
              <TextField name="on" label={t.desk.programme.on} hint={t.desk.receivedHint} />
            </DeskForm>
          </section>
          <section className="panel">
            <h2>{t.desk.programme.meeting}</h2>
            <DeskForm
              label={t.desk.programme.meeting}
              button={t.desk.save}
              onSend={(form, key) => {
                const one = chosen(form)
                const { on = board.clock.on, attended = '', summary = '' } = filled(form, 'on', 'attended', 'summary')
                const { action, nextOn } = filled(form, 'action', 'nextOn')
                const next = action === undefined ? null : { action, on: nextOn ?? '' }
                const seen = { key, no: one?.no ?? '', sequence: one?.sequence ?? 0 }
                const body = { heldOn: on, attended, summary, next }
                return done(write('POST /v1/institutions/{institutionNo}/meeting', body, seen))
              }}
            >
              <ChoiceField name="no" label={t.desk.programme.institution} options={institutionOptions} />
              <TextField name="on" label={t.desk.programme.on} hint={t.desk.receivedHint} />
              <TextField name="attended" label={t.desk.programme.attended} />
              <TextField name="summary" label={t.desk.programme.summary} rows={3} />
              <TextField name="action" label={t.desk.programme.nextAction} />
              <TextField name="nextOn" label={t.desk.programme.nextOn} />
            </DeskForm>
          </section>
        </>
      )}
      <section className="panel">
        <h2>{t.desk.programme.plan}</h2>
        <DeskForm
          label={t.desk.programme.plan}
          button={t.desk.save}
          onSend={(form, key) => {
            const { on = board.clock.on, title = '', audience = '' } = filled(form, 'on', 'title', 'audience')
            const { place = '', slides = '' } = filled(form, 'place', 'slides')
            const body = { heldOn: on, title, audience, place, slides: slides.split('\n').filter((one) => one !== '') }
            return done(write('POST /v1/briefings', body, { key }))
          }}
        >
          <TextField name="title" label={t.desk.programme.briefingTitle} />
          <TextField name="on" label={t.desk.programme.on} hint={t.desk.receivedHint} />
          <TextField name="audience" label={t.desk.programme.audience} />
          <TextField name="place" label={t.desk.programme.place} />
          <TextField name="slides" label={t.desk.programme.slides} rows={2} />
        </DeskForm>
      </section>
      {board.briefings.length > 0 && (
        <section className="panel">
          <h2>{t.desk.programme.count}</h2>
          <DeskForm
            label={t.desk.programme.count}
            button={t.desk.save}
            onSend={(form, key) => {
              const one = board.briefings.find(({ no }) => no === form.get('no'))
              const { persons, organisations } = filled(form, 'persons', 'organisations')
              const seen = { key, no: one?.no ?? '', sequence: one?.sequence ?? 0 }
              const body = { persons: Number(persons), organisations: Number(organisations ?? 0) }
              return done(write('POST /v1/briefings/{briefingNo}/attendance', body, seen))
            }}
          >
            <ChoiceField
              name="no"
              label={t.desk.programme.briefingTitle}
              options={board.briefings.map(({ no, title, heldOn }) => ({ value: no, text: `${heldOn} ${title}` }))}
            />
            <TextField name="persons" label={t.desk.programme.persons} />
            <TextField name="organisations" label={t.desk.programme.organisations} />
          </DeskForm>
        </section>
      )}
    </>
  )
}
