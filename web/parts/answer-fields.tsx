import type { Words } from '@tongguan/law'
import type { Answer, Ask } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { ChoiceField, TextField, filled } from './desk-form.tsx'

type Desk = Answer<'GET /v1/enquiry-desk'>
type GivenAnswer = NonNullable<Ask<'POST /v1/enquiries'>['body']['answer']>
type Citation = GivenAnswer['citations'][number]

/** The answer: what was said, what it comes down to, and the articles, of which those of the topic are ticked. */
export function AnswerFields(props: { readonly desk: Desk; readonly topic: string; readonly value?: string }) {
  const { desk, topic, value } = props
  const { t } = useSpeech()
  return (
    <>
      <TextField name="answer" label={t.enquiryDesk.answer} rows={4} {...(value === undefined ? {} : { value })} />
      <PositionField desk={desk} />
      <CitationFields desk={desk} topic={topic} />
    </>
  )
}

function PositionField({ desk }: { readonly desk: Desk }) {
  const { t, of } = useSpeech()
  return (
    <ChoiceField
      name="position"
      label={t.enquiryDesk.position}
      none={t.enquiryDesk.noPosition}
      options={desk.positions.map(({ position, words }) => ({ value: position, text: of(words) }))}
    />
  )
}

/** Every article the topics name; those of the chosen topic are ticked. */
export function CitationFields({ desk, topic }: { readonly desk: Desk; readonly topic: string }) {
  const { t, of } = useSpeech()
  const ticked = new Set(desk.topics.find((one) => one.topic === topic)?.cites.map(({ citation }) => keyOf(citation)))
  const all = new Map(desk.topics.flatMap(({ cites }) => cites).map((one) => [keyOf(one.citation), one]))
  const box = ([key, { words }]: readonly [string, { readonly words: Words }]) => (
    <label key={key}>
      <input type="checkbox" name="cites" value={key} defaultChecked={ticked.has(key)} />
      {of(words)}
    </label>
  )
  return (
    <fieldset key={topic} className="field choices">
      <legend>{t.enquiryDesk.cites}</legend>
      {[...all].filter(([key]) => ticked.has(key)).map(box)}
      <details>
        <summary>{t.enquiryDesk.otherCites}</summary>
        <div className="choices">{[...all].filter(([key]) => !ticked.has(key)).map(box)}</div>
      </details>
    </fieldset>
  )
}

/** The answer as it was filled in; undefined where nothing was said. */
export function answerIn(form: FormData, desk: Desk): GivenAnswer | undefined {
  const { answer, position } = filled(form, 'answer', 'position')
  if (answer === undefined) return undefined
  const chosen = desk.positions.find((one) => one.position === position)
  return {
    text: answer,
    citations: citationsIn(form, desk),
    ...(chosen === undefined ? {} : { position: chosen.position }),
  }
}

export function citationsIn(form: FormData, desk: Desk): readonly Citation[] {
  const chosen = new Set(form.getAll('cites'))
  const all = new Map(desk.topics.flatMap(({ cites }) => cites).map((one) => [keyOf(one.citation), one.citation]))
  return [...all].flatMap(([key, citation]) => (chosen.has(key) ? [citation] : []))
}

function keyOf({ instrument, article }: { readonly instrument: string; readonly article: number }): string {
  return `${instrument} ${article}`
}
