import type { Completeness as CompletenessAnswer } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Scrolls } from './scrolls.tsx'

/** What the machine ticked, what is missing, and what the officer who confirms has to look at. */
export function Completeness({ completeness }: { readonly completeness: CompletenessAnswer }) {
  const { t, language } = useSpeech()
  const { checkedBy, edition, filedOn, findings, verdict } = completeness
  const of = (kind: Finding['kind']) => findings.filter((finding) => finding.kind === kind)
  const [missing, toSee, there] = [of('missing'), of('not-checkable'), of('present')]
  return (
    <div className="stack">
      <p className={verdict === 'complete' ? 'notice notice-good' : 'notice'}>{t.completeness.verdicts[verdict]}</p>
      <p className="soft small">{t.completeness.by(edition, dayInWords(filedOn, language), checkedBy)}</p>
      {missing.length > 0 && <Findings title={t.completeness.kinds.missing} findings={missing} />}
      {toSee.length > 0 && (
        <details>
          <summary>{t.completeness.toSee(toSee.length)}</summary>
          <Findings title={t.completeness.kinds['not-checkable']} findings={toSee} />
        </details>
      )}
      {there.length > 0 && (
        <details>
          <summary>{t.completeness.there(there.length)}</summary>
          <Findings title={t.completeness.kinds.present} findings={there} />
        </details>
      )}
    </div>
  )
}

type Finding = CompletenessAnswer['findings'][number]

function Findings({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  const { t, of } = useSpeech()
  return (
    <Scrolls label={title}>
      <table className="plain">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.completeness.state}</th>
            <th scope="col">{t.completeness.check}</th>
            <th scope="col">{t.completeness.basis}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ code, kind, words, basis, faults }) => (
            <tr key={code}>
              <td className="nowrap">
                {marks[kind]} {t.completeness.kinds[kind]}
              </td>
              <th scope="row" className="wrap">
                {of(words)}
                {faults.map((fault) => (
                  <div key={fault.field} className="soft small">
                    {t.completeness.faults[fault.fault](of(fault.words))}
                  </div>
                ))}
              </th>
              <td>{of(basis)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  )
}

const marks = { present: '✓', missing: '✗', 'not-checkable': '☐' } as const
