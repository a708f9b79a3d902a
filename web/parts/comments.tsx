import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { createContext, use, useId, useState } from 'react'
import { listPreparationComments, newIdempotencyKey, write } from '../api.ts'
import type { PreparationComment } from '../api.ts'
import { instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'

interface Talk {
  readonly comments: readonly PreparationComment[]
  readonly mayTalk: boolean
  readonly say: (place: string, words: string) => Promise<void>
}

/** What the people at one declaration say to each other about its fields. */
export const TalkContext = createContext<Talk | null>(null)

export function useTalk(no: string, mayTalk: boolean): Talk {
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['preparation-comments', no], queryFn: () => listPreparationComments(no) })
  return {
    comments: data?.comments ?? [],
    mayTalk,
    say: async (place, words) => {
      const now = await write(
        'POST /v1/preparations/{preparation}/comments',
        { place, words },
        { key: newIdempotencyKey(), no },
      )
      queries.setQueryData(['preparation-comments', no], now)
    },
  }
}

/** What was said about a field, who and when, and one more. Nothing said is taken back. */
export function Comments({ place, label }: { readonly place: string; readonly label: string }) {
  const { t, language } = useSpeech()
  const talk = use(TalkContext)
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const id = useId()
  const here = talk?.comments.filter((one) => one.place === place) ?? []
  if (talk === null || (here.length === 0 && !talk.mayTalk)) return null
  const say = async () => {
    await talk.say(place, words)
    setWords('')
  }
  return (
    <details className="talk" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="small">
          {here.length === 0 ? t.preparation.comments.none : t.preparation.comments.some(here.length)}
        </span>
        <span className="unseen"> {label}</span>
      </summary>
      {open && (
        <>
          <ul className="listed">
            {here.map((one) => (
              <li key={one.n}>
                <span className="soft small">
                  {one.by} · {instantInWords(one.at, language)}
                </span>
                <div className="prose">{one.words}</div>
              </li>
            ))}
          </ul>
          {talk.mayTalk && (
            <div className="field">
              <label htmlFor={id}>{t.preparation.comments.yours}</label>
              <Input.TextArea id={id} rows={2} value={words} onChange={(event) => setWords(event.target.value)} />
              <div className="buttons">
                <Button disabled={words.trim() === ''} onClick={() => void say()}>
                  {t.preparation.comments.say}
                </Button>
              </div>
            </div>
          )}
        </>
      )}
    </details>
  )
}
