import type { CaseClock } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { DaysLeft } from './due.tsx'
import { Scrolls } from './scrolls.tsx'

/** Every statutory period of the case; the working is there for whoever opens it. */
export function Clocks({ clocks }: { readonly clocks: readonly CaseClock[] }) {
  const { t } = useSpeech()
  if (clocks.length === 0) return <p className="soft">{t.page.noClocks}</p>
  // What still runs is looked for first.
  const ordered = [...clocks.filter(runs), ...clocks.filter((clock) => !runs(clock))]
  return (
    <div className="clocks">
      {ordered.map((clock) => (
        <Clock key={`${clock.kind} ${clock.started}`} clock={clock} />
      ))}
    </div>
  )
}

function runs({ ended, state }: CaseClock): boolean {
  return ended === null && state !== 'lapsed'
}

function Clock({ clock }: { readonly clock: CaseClock }) {
  const { t, of, language } = useSpeech()
  const running = runs(clock)
  return (
    <section className="clock">
      <div className="clock-head">
        <h3>{of(clock.words)}</h3>
        {running ? <DaysLeft clock={clock} /> : <Ended state={clock.state} />}
      </div>
      {running && <Bar clock={clock} />}
      <dl className="pairs">
        <dt>{t.clock.due}</dt>
        <dd>{dayInWords(clock.due, language)}</dd>
        {clock.announced !== null && (
          <>
            <dt>{t.clock.announced}</dt>
            <dd>{dayInWords(clock.announced, language)}</dd>
          </>
        )}
        <dt>{t.clock.started}</dt>
        <dd>{dayInWords(clock.started, language)}</dd>
        {clock.ended !== null && (
          <>
            <dt>{t.clock.ended}</dt>
            <dd>{dayInWords(clock.ended, language)}</dd>
          </>
        )}
      </dl>
      {clock.provisional && <p className="near">{t.due.provisional}</p>}
      <p className="soft small">{of(clock.citation.words)}</p>
      <details>
        <summary>{t.clock.working(clock.workingDays)}</summary>
        <Working clock={clock} />
      </details>
    </section>
  )
}

function Ended({ state }: { readonly state: CaseClock['state'] }) {
  const { t } = useSpeech()
  return state === 'late' ? (
    <span className="late">{t.clock.late}</span>
  ) : (
    <span className="soft">{t.clock[state]}</span>
  )
}

function Bar({ clock }: { readonly clock: CaseClock }) {
  const { t } = useSpeech()
  const { workingDays, workingDaysLeft: left } = clock
  // Where the office announced a later day, the statute's number of days is no longer the whole.
  if (left === null || clock.announced !== null) return null
  const passed = Math.min(workingDays, Math.max(0, workingDays - left))
  return (
    <div
      className={left < 0 ? 'bar bar-late' : 'bar'}
      role="img"
      aria-label={t.clock.progress(passed, workingDays)}
      title={t.clock.progress(passed, workingDays)}
    >
      <span style={{ width: `${String((100 * passed) / workingDays)}%` }} />
    </div>
  )
}

function Working({ clock }: { readonly clock: CaseClock }) {
  const { t, of, language } = useSpeech()
  const counted = clock.working.filter((day) => day.counted)
  return (
    <Scrolls className="working" label={t.clock.working(clock.workingDays)}>
      <table className="plain">
        <caption className="working-caption">{t.clock.workingCaption}</caption>
        <thead>
          <tr>
            <th scope="col" className="right">
              {t.clock.number}
            </th>
            <th scope="col">{t.clock.day}</th>
            <th scope="col">{t.clock.why}</th>
          </tr>
        </thead>
        <tbody>
          {clock.working.map((day) => (
            <tr key={day.date} className={day.counted ? undefined : 'off'}>
              <td className="right">{day.counted ? counted.indexOf(day) + 1 : '–'}</td>
              <td>{dayInWords(day.date, language)}</td>
              <td>{of(day.why)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}
