import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the page behind inert and hands the focus back, and
 * needs no style of its own at run time (antd's Modal writes one that a strict content security policy blocks).
 */
export function Dialog(props: {
  readonly open: boolean
  readonly title: string
  /** Called for Escape; left out, the dialog can only be answered. */
  readonly onCancel?: () => void
  readonly children: ReactNode
}) {
  const { open, title, onCancel, children } = props
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    if (dialog === null || !open) return undefined
    const before = document.activeElement
    dialog.showModal()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [open])
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onCancel?.()
      }}
      // Chromium closes on a second Escape whatever `cancel` says; what waits for an answer opens again.
      onClose={() => {
        if (!open) return
        if (onCancel === undefined) element.current?.showModal()
        else onCancel()
      }}
    >
      {open && (
        <>
          <h2 id={heading}>{title}</h2>
          {children}
        </>
      )}
    </dialog>
  )
}
