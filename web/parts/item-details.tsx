import type { Json } from '@tongguan/dossier/preparation/changes'
import Button from 'antd/es/button'
import type { PreparationEvidence } from '../api.ts'
import { count } from '../days.ts'
import { cellOf, itemDetails } from '../item-rows.ts'
import { useSpeech } from '../language.tsx'
import { Comments } from './comments.tsx'
import { Nodes } from './question-fields.tsx'

/** The item the cursor is in: what the scan found of it, what is asked beside the table, what was said about it. */
export function ItemDetails(props: {
  readonly item: Json
  readonly path: string
  readonly title: string
  readonly evidence: PreparationEvidence | undefined
  readonly onRemove: (() => void) | null
}) {
  const { item, path, title, evidence, onRemove } = props
  const { t } = useSpeech()
  return (
    <aside className="part" aria-label={t.preparation.items.details(title)}>
      <h4>{t.preparation.items.details(title)}</h4>
      <Found item={item} evidence={evidence} />
      <Comments place={path} label={title} />
      <details>
        <summary>{t.preparation.items.more}</summary>
        <Nodes nodes={itemDetails} at={path} />
        {onRemove !== null && <Button onClick={onRemove}>{t.preparation.remove(title)}</Button>}
      </details>
    </aside>
  )
}

function Found({ item, evidence }: { readonly item: Json; readonly evidence: PreparationEvidence | undefined }) {
  const { t, of, language } = useSpeech()
  const file = evidence?.evidence?.files.find(({ path }) => path === cellOf(item, 'table'))
  const column = file?.columns.find(({ name }) => name === cellOf(item, 'column'))
  if (evidence === undefined || evidence.evidence === null)
    return <p className="soft">{t.preparation.files.noEvidence}</p>
  if (column === undefined) return <p className="wrong">{t.preparation.items.notFound}</p>
  const { kind, level, counts, sample, sensitiveUnder } = column
  return (
    <dl className="pairs">
      <dt>{t.preparation.items.kind}</dt>
      <dd>
        {of(evidence.kinds[kind] ?? { zh: kind, en: kind })} · {t.evidence.levels[level]}
      </dd>
      <dt>{t.preparation.items.values}</dt>
      <dd>
        {t.preparation.items.valuesOf(
          count(counts.rows, language),
          count(counts.nonEmpty, language),
          count(counts.distinct, language),
        )}
      </dd>
      {sensitiveUnder.length > 0 && (
        <>
          <dt>{t.preparation.items.sensitive}</dt>
          <dd>{sensitiveUnder.join('; ')}</dd>
        </>
      )}
      {sample.length > 0 && (
        <>
          <dt>{t.preparation.items.sample}</dt>
          <dd className="code">{sample.join('  ')}</dd>
        </>
      )}
    </dl>
  )
}
