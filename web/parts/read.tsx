import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSpeech } from '../language.tsx'
import { Broken } from '../pages/problem.tsx'
import { Page } from './page.tsx'

/** A page made of one answer: says that it is being read, shows it, or says why not. What was read once stays. */
export function Read<T>({
  query,
  title,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly title: string
  readonly children: (answer: T) => ReactNode
}) {
  const { t } = useSpeech()
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <Broken error={query.error} reset={() => void query.refetch()} />
  return (
    <Page title={title}>
      <p role="status">{t.page.loading}</p>
    </Page>
  )
}
