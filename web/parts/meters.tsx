import { useQuery } from '@tanstack/react-query'
import { getMeters } from '../api.ts'
import type { Answer } from '../api.ts'
import { count, dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Scrolls } from './scrolls.tsx'

type Shown = Answer<'GET /v1/meters'>

/** Persons since 1 January against the lines of the law, and what is used up of each permit. */
export function Meters() {
  const { t } = useSpeech()
  const { data } = useQuery({ queryKey: ['meters'], queryFn: getMeters })
  if (data === undefined) return null
  return (
    <section className="panel spaced" aria-labelledby="meters">
      <h2 id="meters">{t.preparation.meters.title}</h2>
      {data.counts ? (
        <>
          {data.year === null ? <p>{t.preparation.meters.nobody}</p> : <Lines year={data.year} />}
          {data.permits.length > 0 && <Permits permits={data.permits} />}
          <p className="soft small">{t.preparation.meters.how}</p>
        </>
      ) : (
        <p>{t.preparation.meters.noGate}</p>
      )}
    </section>
  )
}

function Lines({ year }: { readonly year: NonNullable<Shown['year']> }) {
  const { t, of, language } = useSpeech()
  return (
    <Scrolls label={t.preparation.meters.lines}>
      <table className="plain">
        <caption>{t.preparation.meters.since(dayInWords(year.from, language))}</caption>
        <thead>
          <tr>
            <th scope="col">{t.preparation.meters.line}</th>
            <th scope="col" className="right">
              {t.preparation.meters.counted}
            </th>
            <th scope="col" className="right">
              {t.preparation.meters.left}
            </th>
            <th scope="col" className="right">
              {t.preparation.meters.forecast}
            </th>
            <th scope="col">{t.preparation.meters.reached}</th>
          </tr>
        </thead>
        <tbody>
          {year.lines.map(({ kind, persons, leadsTo, citation, left, reachedOn }) => (
            <tr key={`${kind} ${persons}`}>
              <th scope="row" className="wrap">
                {t.preparation.meters.kinds[kind]} {count(persons, language)} → {of(leadsTo)}
                <div className="soft small">{of(citation)}</div>
              </th>
              <td className="right">
                <Used counted={year.counted[kind]} ceiling={persons} />
              </td>
              <td className="right">{count(left, language)}</td>
              <td className="right">{count(year.forecast[kind], language)}</td>
              <td>
                {left === 0
                  ? t.preparation.meters.already
                  : reachedOn === null
                    ? t.preparation.meters.notThisYear
                    : dayInWords(reachedOn, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

function Permits({ permits }: Pick<Shown, 'permits'>) {
  const { t } = useSpeech()
  return (
    <Scrolls label={t.preparation.meters.permits}>
      <table className="plain">
        <caption>{t.preparation.meters.permits}</caption>
        <thead>
          <tr>
            <th scope="col">{t.preparation.meters.permit}</th>
            <th scope="col" className="right">
              {t.preparation.meters.kinds.general}
            </th>
            <th scope="col" className="right">
              {t.preparation.meters.kinds.sensitive}
            </th>
          </tr>
        </thead>
        <tbody>
          {permits.map(({ permit, scenario, counted, ceiling }) => (
            <tr key={`${permit} ${scenario}`}>
              <th scope="row" className="wrap">
                {permit} · {scenario}
              </th>
              <td className="right">
                <Used counted={counted.general} ceiling={ceiling.general} />
              </td>
              <td className="right">
                <Used counted={counted.sensitive} ceiling={ceiling.sensitive} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

/** The number says it; the bar only helps. */
function Used({ counted, ceiling }: { readonly counted: number; readonly ceiling: number }) {
  const { t, language } = useSpeech()
  return (
    <>
      {t.preparation.meters.used(count(counted, language), count(ceiling, language))}
      <br />
      <meter min={0} max={Math.max(1, ceiling)} value={counted} aria-hidden="true" />
    </>
  )
}
