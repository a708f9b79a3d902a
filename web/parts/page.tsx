import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useSpeech } from '../language.tsx'

/** A page: its title in the window, one h1 that takes the focus when the reader arrives, then the rest. */
export function Page(props: {
  readonly title: string
  /** What stands above the heading, such as the way back. */
  readonly before?: ReactNode
  /** What stands beside the heading. */
  readonly beside?: ReactNode
  readonly narrow?: boolean
  readonly children: ReactNode
}) {
  const { title, before, beside, narrow = false, children } = props
  const { t } = useSpeech()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t.product}`
  }, [title, t])
  // A page that comes in place of another is announced by its heading; the first one of a visit starts at the top.
  useEffect(() => {
    if (navigated) heading.current?.focus()
    navigated = true
  }, [])
  return (
    <main id="content" className={narrow ? 'page page-narrow' : 'page'}>
      {before}
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {beside}
      </div>
      {children}
    </main>
  )
}

let navigated = false
