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
    <Read query={query} title={t.desk.places.interpretations}>
      {({ interpretations }) => (
        <Page title={t.desk.places.interpretations}>
          <div className="columns">
            <section className="panel">
              <h2>{t.desk.interpretation.list}</h2>
              {interpretations.length === 0 && <p>{t.desk.interpretation.none}</p>}
              <ul className="similar">
                {interpretations.map((one) => (
                  <li key={`${one.no} ${one.version}`}>
                    <Link to="/interpretations/$no" params={{ no: one.no }} className="number">
                      {one.no}
                    </Link>{' '}
                    <span className="soft">
                      {t.desk.interpretation.kinds[one.kind]} · {of(one.topicWords)} ·{' '}
                      {one.publishedOn === null
                        ? t.desk.interpretation.draft
                        : t.desk.interpretation.version(one.version, dayInWords(one.publishedOn, language))}
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
    return t.desk.saved(no)
  }
  return (
    <section className="panel">
      <h2>{t.desk.interpretation.write}</h2>
      <DeskForm label={t.desk.interpretation.write} button={t.desk.interpretation.send} onSend={send}>
        <TextField name="questionZh" label={t.desk.interpretation.questionZh} rows={2} />
        <TextField name="questionEn" label={t.desk.interpretation.questionEn} rows={2} />
        <TextField name="answerZh" label={t.desk.interpretation.answerZh} rows={4} />
        <TextField name="answerEn" label={t.desk.interpretation.answerEn} rows={4} />
        <ChoiceField
          name="kind"
          label={t.desk.interpretation.kind}
          options={(['answer', 'example'] as const).map((kind) => ({
            value: kind,
            text: t.desk.interpretation.kinds[kind],
          }))}
        />
        <ChoiceField
          name="topic"
          label={t.desk.topic}
          options={desk.topics.map((one) => ({ value: one.topic, text: of(one.words) }))}
          onChoose={setTopic}
        />
        <ChoiceField
          name="keyArea"
          label={t.desk.area}
          none={t.desk.noArea}
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
              {t.desk.places.interpretations}
            </Link>
          }
        >
          <div className="stack">
            <Waiting one={one} />
            {[...one.versions].reverse().map((version) => (
              <section key={version.version} className="panel">
                <h2>
                  {t.desk.interpretation.version(
                    version.version,
                    version.publishedOn === null ? '' : dayInWords(version.publishedOn, language),
                  )}
                </h2>
                {version.supersededOn !== null && (
                  <p className="near">{t.desk.interpretation.superseded(dayInWords(version.supersededOn, language))}</p>
                )}
                <Said version={version} />
                <p className="soft">{t.desk.interpretation.by(version.draftedBy, version.approvedBy)}</p>
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
          {t.desk.interpretation.path}: <strong>{of(version.pathWords)}</strong>
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
    return t.desk.page.done
  }
  return (
    <section className="panel panel-next">
      <h2>{t.desk.interpretation.draft}</h2>
      <Said version={draft} />
      <p className="soft">{t.desk.interpretation.drafter(draft.draftedBy)}</p>
      {draft.mayApprove ? (
        <DeskForm
          label={t.desk.interpretation.approve}
          button={t.desk.interpretation.approve}
          onSend={(_, key) =>
            done(write('POST /v1/interpretations/{interpretationNo}/approval', {}, { key, no, sequence }))
          }
        >
          {null}
        </DeskForm>
      ) : (
        <p>{t.desk.interpretation.mayNot}</p>
      )}
      <DeskForm
        label={t.desk.interpretation.returnIt}
        button={t.desk.interpretation.returnIt}
        onSend={(form, key) => {
          const { reason = '' } = filled(form, 'reason')
          return done(write('POST /v1/interpretations/{interpretationNo}/return', { reason }, { key, no, sequence }))
        }}
      >
        <TextField name="reason" label={t.desk.interpretation.reason} />
      </DeskForm>
    </section>
  )
}
