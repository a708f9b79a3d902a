import type { CaseDocument } from '../api.ts'
import { bytesInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { Scrolls } from './scrolls.tsx'

/** What was filed, to be downloaded; the bytes are those of the day it was filed. */
export function Documents({ documents }: { readonly documents: readonly CaseDocument[] }) {
  const { t, of, language } = useSpeech()
  if (documents.length === 0) return <p className="soft">{t.documents.none}</p>
  return (
    <>
      {documents.some(({ href }) => href === null) && <p className="soft small">{t.documents.notHere}</p>}
      <Scrolls label={t.documents.title}>
        <table className="plain">
          <caption className="unseen">{t.documents.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.documents.kind}</th>
              <th scope="col">{t.documents.file}</th>
              <th scope="col" className="right">
                {t.documents.size}
              </th>
            </tr>
          </thead>
          <tbody>
            {documents.map(({ id, kindWords, fileName, bytes, sha256, href }) => (
              <tr key={id}>
                <th scope="row" className="wrap">
                  {of(kindWords)}
                </th>
                <td>
                  {href === null ? (
                    fileName
                  ) : (
                    <a href={href} download={fileName} aria-label={t.documents.downloadOf(fileName)}>
                      {fileName}
                    </a>
                  )}
                  <div className="soft small code" title={sha256}>
                    {t.documents.hash} {sha256.slice(0, 16)}…
                  </div>
                </td>
                <td className="right nowrap">{bytesInWords(bytes, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </>
  )
}
