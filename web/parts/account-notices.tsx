import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { listNotices, readNotices } from '../api.ts'
import { dayInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { readSession } from '../session.ts'

/** What happened to one's own account, above every page until it is marked as read. */
export function AccountNotices() {
  const { t, of, language } = useSpeech()
  const queries = useQueryClient()
  const { data: session } = useQuery(readSession)
  const enabled = session?.me?.operations.includes('listNotices') === true
  const { data } = useQuery({ queryKey: ['notices'], queryFn: listNotices, enabled, refetchInterval: 60_000 })
  const read = useMutation({
    mutationFn: (ids: readonly string[]) => readNotices(ids),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  })
  const own = data?.notices.filter(({ caseNo }) => caseNo === null) ?? []
  if (!enabled || own.length === 0) return null
  return (
    <div className="notice notice-wait" role="status">
      <ul className="listed">
        {own.map(({ id, day, words }) => (
          <li key={id}>
            {dayInWords(day, language)} · {of(words)}
          </li>
        ))}
      </ul>
      <Button
        onClick={() => {
          read.mutate(own.map(({ id }) => id))
        }}
      >
        {t.desk.readAll}
      </Button>
    </div>
  )
}
