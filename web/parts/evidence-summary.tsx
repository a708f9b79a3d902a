import { useQuery } from '@tanstack/react-query'
import { getPreparationEvidence } from '../api.ts'
import { count } from '../days.ts'
import { useSpeech } from '../language.tsx'

/** How many persons the scan found, beside the answers that say how many there are. */
export function EvidenceSummary({ no }: { readonly no: string }) {
  const { t, language } = useSpeech()
  const { data } = useQuery({ queryKey: ['preparation-evidence', no], queryFn: () => getPreparationEvidence(no) })
  if (data === undefined) return null
  if (data.evidence === null) return <p className="soft">{t.preparation.files.noEvidence}</p>
  const { persons, scanned } = data.evidence
  const of = ({ lower, point, upper }: { readonly lower: number; readonly point: number; readonly upper: number }) =>
    t.preparation.files.personsOf(count(lower, language), count(point, language), count(upper, language))
  return (
    <aside className="part" aria-label={t.preparation.files.persons}>
      <dl className="pairs">
        <dt>{t.preparation.files.persons}</dt>
        <dd>{of(persons)}</dd>
        <dt>{t.preparation.files.sensitive}</dt>
        <dd>{of(persons.sensitive)}</dd>
        <dt>{t.preparation.files.minors}</dt>
        <dd>{count(persons.minors, language)}</dd>
        <dt>{t.preparation.files.scanned}</dt>
        <dd>{t.preparation.files.scannedOf(count(scanned.files, language), count(scanned.rows, language))}</dd>
      </dl>
    </aside>
  )
}
