import type { Words } from '@tongguan/law'
import type { TimelineEvent } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'

/** What has happened, oldest first, as a file is read. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map((event) => (
        <li key={event.sequence}>
          <Happened event={event} />
        </li>
      ))}
    </ol>
  )
}

/** One event: the day, the act, whose it was, and what it says. */
export function Happened({ event }: { readonly event: TimelineEvent }) {
  const { t, of, language } = useSpeech()
  const { actor } = event
  return (
    <>
      <div className="act">{of(event.words)}</div>
      <div className="by">
        <time dateTime={event.day}>{dayInWords(event.day, language)}</time>
        {' · '}
        {actor.office === null ? actor.name : t.events.by(actor.name, actor.office)}
      </div>
      <Says event={event} />
    </>
  )
}

function Says({ event }: { readonly event: TimelineEvent }) {
  const { t, of, language } = useSpeech()
  const day = (text: string) => dayInWords(text, language)
  const { decision } = event
  const lines = [
    event.received !== undefined && event.received !== event.day && t.events.received(day(event.received)),
    event.acceptanceNo !== undefined && t.events.acceptanceNo(event.acceptanceNo),
    event.bodies !== undefined && t.events.bodies(event.bodies.join(t.events.separator)),
    event.documents !== undefined && t.events.documents(event.documents.join(t.events.separator)),
    event.expected !== undefined && t.events.expected(day(event.expected)),
    event.reason !== undefined && of(event.reason),
    event.grounds !== undefined && of(event.grounds),
    event.requirement !== undefined && of(event.requirement),
    event.opinion !== undefined && of(event.opinion),
    event.outcome !== undefined && of(event.outcome),
    event.noticeNo,
    event.filingNo,
    event.by,
    decision !== undefined && t.events.result(of(decision.words), decision.resultNo),
    decision != null && decision.lastDay !== null && t.events.validUntil(day(decision.lastDay)),
    event.delivered !== undefined && event.delivered !== event.day && t.events.delivered(day(event.delivered)),
    event.draftedBy !== undefined && t.events.draftedBy(event.draftedBy.name),
  ].filter((line) => line !== false && line !== undefined)
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      <Listed title={t.events.missing} words={event.missing?.map(({ words }) => words)} />
      <Listed title={t.events.reasons} words={event.reasons} />
      <Listed title={t.events.requested} words={event.requested} />
    </>
  )
}

function Listed({ title, words }: { readonly title: string; readonly words: readonly Words[] | undefined }) {
  const { of } = useSpeech()
  if (words === undefined || words.length === 0) return null
  return (
    <div>
      {title}
      <ul className="listed">
        {words.map((text) => (
          <li key={text.zh}>{of(text)}</li>
        ))}
      </ul>
    </div>
  )
}
