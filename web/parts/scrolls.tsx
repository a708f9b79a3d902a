import type { ReactNode } from 'react'

/** What may be wider or longer than its place: a named region that the keyboard can enter and scroll. */
export function Scrolls(props: { readonly label: string; readonly className?: string; readonly children: ReactNode }) {
  const { label, className = 'table-scroll', children } = props
  return (
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
