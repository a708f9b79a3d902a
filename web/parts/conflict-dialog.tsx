import type { Change, Json } from '@tongguan/dossier/preparation/changes'
import { sectionOf, sections } from '@tongguan/dossier/preparation/questions'
import Button from 'antd/es/button'
import { useState } from 'react'
import { clockTime } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { labelOf } from '../places.ts'
import { canKeepMine } from '../writing.ts'
import type { Shown } from '../writing.ts'
import { Dialog } from './dialog.tsx'

/** Where two changed the same place: who, when, theirs and mine, and one of them stays. */
export function ConflictDialog(props: {
  readonly shown: Shown
  readonly onDecide: (keepMine: readonly Change[]) => void
}) {
  const { shown, onDecide } = props
  const { t, of, language } = useSpeech()
  const [mine, setMine] = useState<readonly Change[]>([])
  const { conflicts, tree } = shown
  return (
    <Dialog open={conflicts.length > 0} title={t.preparation.conflict.title}>
      <p>{t.preparation.conflict.text}</p>
      {conflicts.map((one) => {
        const { change, by, at } = one.theirs
        const place = one.mine.path
        const nodes = sections.find(({ id }) => id === sectionOf(place))?.nodes ?? []
        const title = labelOf(nodes, place)
          .map((part) => (typeof part === 'number' ? String(part) : of(part)))
          .join(' › ')
        const possible = canKeepMine(one, tree)
        return (
          <fieldset key={`${one.mine.kind} ${place}`} className="part">
            <legend>{title === '' ? place : title}</legend>
            <dl className="pairs">
              <dt>{t.preparation.conflict.theirs(by, clockTime(new Date(at), language))}</dt>
              <dd className="prose">{said(change)}</dd>
              <dt>{t.preparation.conflict.mine}</dt>
              <dd className="prose">{said(one.mine)}</dd>
            </dl>
            {possible ? (
              <div className="choices">
                <label>
                  <input
                    type="radio"
                    name={place}
                    checked={!mine.includes(one.mine)}
                    onChange={() => setMine(mine.filter((kept) => kept !== one.mine))}
                  />{' '}
                  {t.preparation.conflict.keepTheirs}
                </label>
                <label>
                  <input
                    type="radio"
                    name={place}
                    checked={mine.includes(one.mine)}
                    onChange={() => setMine([...mine, one.mine])}
                  />{' '}
                  {t.preparation.conflict.keepMine}
                </label>
              </div>
            ) : (
              <p className="near">{t.preparation.conflict.moved}</p>
            )}
          </fieldset>
        )
      })}
      <div className="buttons">
        <Button
          type="primary"
          onClick={() => {
            onDecide(mine)
            setMine([])
          }}
        >
          {t.preparation.conflict.done}
        </Button>
      </div>
    </Dialog>
  )

  function said(change: Change): string {
    if (change.kind === 'remove') return t.preparation.conflict.removed
    return inWords(change.value) || t.preparation.conflict.nothing
  }
  function inWords(value: Json): string {
    if (value === null) return ''
    if (typeof value === 'boolean') return value ? t.preparation.yes : t.preparation.no
    return typeof value === 'object' ? Object.values(value).map(inWords).join('\n') : String(value)
  }
}
