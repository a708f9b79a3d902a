import { useQuery } from '@tanstack/react-query'
import { listCaseAccess } from '../api.ts'
import { instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { readSession } from '../session.ts'
import { Scrolls } from './scrolls.tsx'

/** For the supervisor: who of the organisation has looked into the case. */
export function CaseAccess({ caseNo }: { readonly caseNo: string }) {
  const { t, of, language } = useSpeech()
  const { data: session } = useQuery(readSession)
  const may = session?.me?.operations.includes('listCaseAccess') === true
  const { data } = useQuery({ queryKey: ['access', caseNo], queryFn: () => listCaseAccess(caseNo), enabled: may })
  if (!may) return null
  return (
    <section className="panel" aria-labelledby="access">
      <h2 id="access">{t.access.title}</h2>
      <p className="soft small">{t.access.text}</p>
      <Scrolls label={t.access.title}>
        <table className="plain">
          <caption className="unseen">{t.access.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t.access.at}</th>
              <th scope="col">{t.access.who}</th>
              <th scope="col">{t.access.what}</th>
            </tr>
          </thead>
          <tbody>
            {(data?.looks ?? []).map(({ at, person, roleWords, words }, index) => (
              <tr key={`${at} ${String(index)}`}>
                <td className="nowrap">{instantInWords(at, language)}</td>
                <th scope="row" className="wrap">
                  {person}
                  <div className="soft small">{of(roleWords)}</div>
                </th>
                <td>{of(words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  )
}
