import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { getEnquiryDesk, getInterpretation, listInterpretations, write } from '../api.ts'
import type { Answer, InterpretationPage as Interpretation } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { CitationFields, citationsIn } from '../parts/answer-fields.tsx'
import { ChoiceField, DeskForm, TextField, filled } from '../parts/desk-form.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'

type Desk = Answer<'GET /v1/enquiry-desk'>
type Version = Omit<Interpretation['versions'][number], 'approvedBy' | 'draftedBy' | 'supersededOn'>

/** What the office has published, what waits for a second officer, and the form of a new draft. */
export function Interpretations() {
  const { t, of, language } = useSpeech()
  const query = useQuery({ queryKey: ['interpretations'], queryFn: listInterpretations })
  const desk = useQuery({ queryKey: ['enquiry-desk'], queryFn: getEnquiryDesk })
  return (
    <Read query={query} title={t.enquiryDesk.places.interpretations}>
      {({ interpretations }) => (
        <Page title={t.enquiryDesk.places.interpretations}>
          <div className="columns">
            <section className="panel">
              <h2>{t.enquiryDesk.interpretation.list}</h2>
              {interpretations.length === 0 && <p>{t.enquiryDesk.interpretation.none}</p>}
              <ul className="similar">
                {interpretations.map((one) => (
                  <li key={`${one.no} ${one.version}`}>
                    <Link to="/interpretations/$no" params={{ no: one.no }} className="number">
                      {one.no}
                    </Link>{' '}
                    <span className="soft">
                      {t.enquiryDesk.interpretation.kinds[one.kind]} · {of(one.topicWords)} ·{' '}
                      {one.publishedOn === null
                        ? t.enquiryDesk.interpretation.draft
                        : t.enquiryDesk.interpretation.version(one.version, dayInWords(one.publishedOn, language))}
                    </span>
                    <p>{of(one.question)}</p>
                    <p className="soft">{of(one.answer)}</p>
                  </li>
                ))}
              </ul>
            </section>
            {desk.data !== undefined && <Draft desk={desk.data} />}
          </div>
        </Page>
      )}
    </Read>
  )
}

function Draft({ desk }: { readonly desk: Desk }) {
  const { t, of } = useSpeech()
  const queries = useQueryClient()
  const [topic, setTopic] = useState<string>(desk.topics[0]?.topic ?? '')
  const send = async (form: FormData, key: string) => {
    const said = filled(form, 'kind', 'keyArea', 'questionZh', 'questionEn', 'answerZh', 'answerEn')
    const keyArea = desk.keyAreas.find((one) => one.keyArea === said.keyArea)?.keyArea
    const { no } = await write(
      'POST /v1/interpretations',
      {
        kind: said.kind === 'example' ? 'example' : 'answer',
        topic: desk.topics.find((one) => one.topic === topic)?.topic ?? 'other',
        question: { zh: said.questionZh ?? '', en: said.questionEn ?? '' },
        answer: { zh: said.answerZh ?? '', en: said.answerEn ?? '' },
        citations: citationsIn(form, desk),
        ...(keyArea === undefined ? {} : { keyArea }),
      },
      { key },
    )
    await queries.invalidateQueries({ queryKey: ['interpretations'] })
    return t.enquiryDesk.saved(no)
  }
  return (
    <section className="panel">
      <h2>{t.enquiryDesk.interpretation.write}</h2>
      <DeskForm label={t.enquiryDesk.interpretation.write} button={t.enquiryDesk.interpretation.send} onSend={send}>
        <TextField name="questionZh" label={t.enquiryDesk.interpretation.questionZh} rows={2} />
        <TextField name="questionEn" label={t.enquiryDesk.interpretation.questionEn} rows={2} />
        <TextField name="answerZh" label={t.enquiryDesk.interpretation.answerZh} rows={4} />
        <TextField name="answerEn" label={t.enquiryDesk.interpretation.answerEn} rows={4} />
        <ChoiceField
          name="kind"
          label={t.enquiryDesk.interpretation.kind}
          options={(['answer', 'example'] as const).map((kind) => ({
            value: kind,
            text: t.enquiryDesk.interpretation.kinds[kind],
          }))}
        />
        <ChoiceField
          name="topic"
          label={t.enquiryDesk.topic}
          options={desk.topics.map((one) => ({ value: one.topic, text: of(one.words) }))}
          onChoose={setTopic}
        />
        <ChoiceField
          name="keyArea"
          label={t.enquiryDesk.area}
          none={t.enquiryDesk.noArea}
          options={desk.keyAreas.map(({ keyArea, words }) => ({ value: keyArea, text: of(words) }))}
        />
        <CitationFields desk={desk} topic={topic} />
      </DeskForm>
    </section>
  )
}

/** Every version of one interpretation, the last first, and the draft with what may be done with it. */
export function InterpretationPage() {
  const { t, language } = useSpeech()
  const { no } = useParams({ from: '/signed-in/interpretations/$no' })
  const query = useQuery({ queryKey: ['interpretation', no], queryFn: () => getInterpretation(no) })
  return (
    <Read query={query} title={no}>
      {(one) => (
        <Page
          title={no}
          before={
            <Link to="/interpretations" className="back">
              {t.enquiryDesk.places.interpretations}
            </Link>
          }
        >
          <div className="stack">
            <Waiting one={one} />
            {[...one.versions].reverse().map((version) => (
              <section key={version.version} className="panel">
                <h2>
                  {t.enquiryDesk.interpretation.version(
                    version.version,
                    version.publishedOn === null ? '' : dayInWords(version.publishedOn, language),
                  )}
                </h2>
                {version.supersededOn !== null && (
                  <p className="near">
                    {t.enquiryDesk.interpretation.superseded(dayInWords(version.supersededOn, language))}
                  </p>
                )}
                <Said version={version} />
                <p className="soft">{t.enquiryDesk.interpretation.by(version.draftedBy, version.approvedBy)}</p>
              </section>
            ))}
          </div>
        </Page>
      )}
    </Read>
  )
}

function Said({ version }: { readonly version: Version }) {
  const { t, of } = useSpeech()
  return (
    <>
      <p className="prose">
        <strong>{of(version.question)}</strong>
      </p>
      <p className="prose">{of(version.answer)}</p>
      {version.pathWords !== null && (
        <p>
          {t.enquiryDesk.interpretation.path}: <strong>{of(version.pathWords)}</strong>
        </p>
      )}
      <ul className="listed">
        {version.citations.map(({ words }) => (
          <li key={words.en}>{of(words)}</li>
        ))}
      </ul>
      <p className="soft">{of(version.guidance)}</p>
    </>
  )
}

function Waiting({ one }: { readonly one: Interpretation }) {
  const { t } = useSpeech()
  const queries = useQueryClient()
  const { draft, no, sequence } = one
  if (draft === null) return null
  const done = async (answered: Promise<Interpretation>) => {
    queries.setQueryData(['interpretation', no], await answered)
    await queries.invalidateQueries({ queryKey: ['interpretations'] })
    return t.enquiryDesk.page.done
  }
  return (
    <section className="panel panel-next">
      <h2>{t.enquiryDesk.interpretation.draft}</h2>
      <Said version={draft} />
      <p className="soft">{t.enquiryDesk.interpretation.drafter(draft.draftedBy)}</p>
      {draft.mayApprove ? (
        <DeskForm
          label={t.enquiryDesk.interpretation.approve}
          button={t.enquiryDesk.interpretation.approve}
          onSend={(_, key) =>
            done(write('POST /v1/interpretations/{interpretationNo}/approval', {}, { key, no, sequence }))
          }
        >
          {null}
        </DeskForm>
      ) : (
        <p>{t.enquiryDesk.interpretation.mayNot}</p>
      )}
      <DeskForm
        label={t.enquiryDesk.interpretation.returnIt}
        button={t.enquiryDesk.interpretation.returnIt}
        onSend={(form, key) => {
          const { reason = '' } = filled(form, 'reason')
          return done(write('POST /v1/interpretations/{interpretationNo}/return', { reason }, { key, no, sequence }))
        }}
      >
        <TextField name="reason" label={t.enquiryDesk.interpretation.reason} />
      </DeskForm>
    </section>
  )
}
