import Button from 'antd/es/button'
import { useSpeech } from '../language.tsx'

/** The way to the page before and after; nothing where there is one page only. */
export function Pages(props: {
  readonly shown: string
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
}) {
  const { shown, onPrevious, onNext } = props
  const { t } = useSpeech()
  if (onPrevious === undefined && onNext === undefined) return null
  return (
    <nav className="pages" aria-label={t.pages.label}>
      <Button disabled={onPrevious === undefined} onClick={onPrevious}>
        {t.pages.previous}
      </Button>
      <span className="soft">{shown}</span>
      <Button disabled={onNext === undefined} onClick={onNext}>
        {t.pages.next}
      </Button>
    </nav>
  )
}
