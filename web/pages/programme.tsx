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
    <Read query={query} title={t.enquiryDesk.places.programme}>
      {(board) => (
        <Page title={t.enquiryDesk.places.programme}>
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
        <p className="soft">{t.enquiryDesk.programme.nothing}</p>
      ) : (
        <Scrolls label={of(area.words)}>
          <table className="plain">
            <caption className="unseen">{of(area.words)}</caption>
            <thead>
              <tr>
                <th scope="col">{t.enquiryDesk.programme.institution}</th>
                {stages.map(({ stage, words }) => (
                  <th key={stage} scope="col">
                    {of(words)}
                  </th>
                ))}
                <th scope="col">{t.enquiryDesk.programme.next}</th>
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
                          {dayInWords(one.next.on, language)} {one.next.late ? t.enquiryDesk.programme.late : ''}
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
      <h2>{t.enquiryDesk.programme.briefings}</h2>
      {board.briefings.length === 0 && <p className="soft">{t.enquiryDesk.programme.noBriefings}</p>}
      <ul className="similar">
        {board.briefings.map((one) => (
          <li key={one.no}>
            <strong>{one.title}</strong> <span className="soft">{dayInWords(one.heldOn, language)}</span>
            <p>
              {one.audience} · {one.place} · {one.slides.join(', ')}
            </p>
            <p className="soft">
              {one.attendance !== null &&
                t.enquiryDesk.programme.attendance(
                  plainCount(one.attendance.persons, language),
                  plainCount(one.attendance.organisations, language),
                )}{' '}
              {one.questions.length > 0 && t.enquiryDesk.programme.questions(one.questions.length)}
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
    return t.enquiryDesk.saved(no)
  }
  const chosen = (form: FormData) => listed.find(({ no }) => no === form.get('no'))
  return (
    <>
      <section className="panel">
        <h2>{t.enquiryDesk.programme.add}</h2>
        <DeskForm
          label={t.enquiryDesk.programme.add}
          button={t.enquiryDesk.programme.add}
          onSend={(form, key) => {
            const { name = '', creditCode, keyArea } = filled(form, 'name', 'creditCode', 'keyArea')
            const area = board.areas.find((one) => one.keyArea === keyArea)?.keyArea ?? 'others'
            const body = { name, keyArea: area, ...(creditCode === undefined ? {} : { creditCode }) }
            return done(write('POST /v1/institutions', body, { key }))
          }}
        >
          <TextField name="name" label={t.enquiryDesk.programme.name} />
          <TextField name="creditCode" label={t.enquiryDesk.creditCode} />
          <ChoiceField
            name="keyArea"
            label={t.enquiryDesk.area}
            options={board.areas.map(({ keyArea, words }) => ({ value: keyArea, text: of(words) }))}
          />
        </DeskForm>
      </section>
      {listed.length > 0 && (
        <>
          <section className="panel">
            <h2>{t.enquiryDesk.programme.record}</h2>
            <DeskForm
              label={t.enquiryDesk.programme.record}
              button={t.enquiryDesk.save}
              onSend={(form, key) => {
                const one = chosen(form)
                const { stage, on = board.clock.on } = filled(form, 'stage', 'on')
                const reached = board.stages.find((each) => each.stage === stage)?.stage ?? 'invited'
                const seen = { key, no: one?.no ?? '', sequence: one?.sequence ?? 0 }
                return done(write('POST /v1/institutions/{institutionNo}/stage', { stage: reached, on }, seen))
              }}
            >
              <ChoiceField name="no" label={t.enquiryDesk.programme.institution} options={institutionOptions} />
              <ChoiceField
                name="stage"
                label={t.enquiryDesk.programme.stage}
                options={board.stages.map(({ stage, words }) => ({ value: stage, text: of(words) }))}
              />
              <TextField name="on" label={t.enquiryDesk.programme.on} hint={t.enquiryDesk.receivedHint} />
            </DeskForm>
          </section>
          <section className="panel">
            <h2>{t.enquiryDesk.programme.meeting}</h2>
            <DeskForm
              label={t.enquiryDesk.programme.meeting}
              button={t.enquiryDesk.save}
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
              <ChoiceField name="no" label={t.enquiryDesk.programme.institution} options={institutionOptions} />
              <TextField name="on" label={t.enquiryDesk.programme.on} hint={t.enquiryDesk.receivedHint} />
              <TextField name="attended" label={t.enquiryDesk.programme.attended} />
              <TextField name="summary" label={t.enquiryDesk.programme.summary} rows={3} />
              <TextField name="action" label={t.enquiryDesk.programme.nextAction} />
              <TextField name="nextOn" label={t.enquiryDesk.programme.nextOn} />
            </DeskForm>
          </section>
        </>
      )}
      <section className="panel">
        <h2>{t.enquiryDesk.programme.plan}</h2>
        <DeskForm
          label={t.enquiryDesk.programme.plan}
          button={t.enquiryDesk.save}
          onSend={(form, key) => {
            const { on = board.clock.on, title = '', audience = '' } = filled(form, 'on', 'title', 'audience')
            const { place = '', slides = '' } = filled(form, 'place', 'slides')
            const body = { heldOn: on, title, audience, place, slides: slides.split('\n').filter((one) => one !== '') }
            return done(write('POST /v1/briefings', body, { key }))
          }}
        >
          <TextField name="title" label={t.enquiryDesk.programme.briefingTitle} />
          <TextField name="on" label={t.enquiryDesk.programme.on} hint={t.enquiryDesk.receivedHint} />
          <TextField name="audience" label={t.enquiryDesk.programme.audience} />
          <TextField name="place" label={t.enquiryDesk.programme.place} />
          <TextField name="slides" label={t.enquiryDesk.programme.slides} rows={2} />
        </DeskForm>
      </section>
      {board.briefings.length > 0 && (
        <section className="panel">
          <h2>{t.enquiryDesk.programme.count}</h2>
          <DeskForm
            label={t.enquiryDesk.programme.count}
            button={t.enquiryDesk.save}
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
              label={t.enquiryDesk.programme.briefingTitle}
              options={board.briefings.map(({ no, title, heldOn }) => ({ value: no, text: `${heldOn} ${title}` }))}
            />
            <TextField name="persons" label={t.enquiryDesk.programme.persons} />
            <TextField name="organisations" label={t.enquiryDesk.programme.organisations} />
          </DeskForm>
        </section>
      )}
    </>
  )
}
