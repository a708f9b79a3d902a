import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { listPilots, listPreparations, write } from '../api.ts'
import { instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { ChoiceField, DeskForm, FileField } from '../parts/desk-form.tsx'
import { Meters } from '../parts/meters.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'
import { Scrolls } from '../parts/scrolls.tsx'
import { readSession } from '../session.ts'
import { typed } from '../typed.ts'

/** The handler's declarations before they are filed, and how a new one is begun. */
export function Preparations() {
  const { t, language } = useSpeech()
  const { before } = useSearch({ from: '/signed-in/preparations' })
  const session = useQuery(readSession)
  const query = useQuery({
    queryKey: ['preparations', before],
    queryFn: () => listPreparations(before === undefined ? {} : { cursor: before }),
  })
  return (
    <Read query={query} title={t.preparation.title}>
      {({ preparations, next }) => (
        <Page title={t.preparation.title}>
          <div className="stack">
            <p>{t.preparation.how}</p>
            <section className="panel">
              {preparations.length === 0 ? (
                <p>{t.preparation.none}</p>
              ) : (
                <Scrolls label={t.preparation.title}>
                  <table className="plain">
                    <thead>
                      <tr>
                        <th scope="col">{t.preparation.columns.no}</th>
                        <th scope="col">{t.preparation.columns.reference}</th>
                        <th scope="col">{t.preparation.columns.scenarios}</th>
                        <th scope="col">{t.preparation.columns.changed}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {preparations.map((one) => (
                        <tr key={one.preparation}>
                          <td className="number">{one.preparation}</td>
                          <td>
                            <Link to="/preparations/$no" params={{ no: one.preparation }}>
                              {one.reference ?? t.preparation.noReference}
                            </Link>
                          </td>
                          <td>{one.scenarios.join('；')}</td>
                          <td>
                            {instantInWords(one.changedAt, language)} · {one.changedBy}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scrolls>
              )}
              {next !== null && (
                <Link to="/preparations" search={{ before: next }}>
                  {t.preparation.older}
                </Link>
              )}
            </section>
            {session.data?.me?.operations.includes('getMeters') === true && <Meters />}
            {session.data?.me?.operations.includes('startPreparation') === true && <Start />}
          </div>
        </Page>
      )}
    </Read>
  )
}

function Start() {
  const { t, of } = useSpeech()
  const navigate = useNavigate()
  const pilots = useQuery({ queryKey: ['pilots'], queryFn: listPilots })
  const begin = async (form: FormData, key: string) => {
    const example = typed(form, 'example')
    const facts = await textOf(form.get('facts'))
    const evidence = await textOf(form.get('evidence'))
    const { preparation } = await write(
      'POST /v1/preparations',
      {
        ...(example === '' ? {} : { example }),
        ...(facts === '' ? {} : { facts }),
        ...(evidence === '' ? {} : { evidence }),
      },
      { key },
    )
    await navigate({ to: '/preparations/$no', params: { no: preparation } })
    return t.preparation.page(preparation)
  }
  return (
    <section className="panel">
      <h2>{t.preparation.start}</h2>
      <DeskForm label={t.preparation.start} button={t.preparation.begin} onSend={begin}>
        <ChoiceField
          name="example"
          label={t.preparation.from}
          none={t.preparation.empty}
          options={(pilots.data?.pilots ?? []).map(({ name, title }) => ({ value: name, text: of(title) }))}
        />
        <FileField name="facts" label={t.preparation.factsFile} />
        <FileField name="evidence" label={t.preparation.evidenceFile} />
      </DeskForm>
    </section>
  )
}

async function textOf(given: FormDataEntryValue | null): Promise<string> {
  return given instanceof File ? given.text() : ''
}
