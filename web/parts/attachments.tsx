import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isList, isRecord, valueAt } from '@tongguan/dossier/preparation/changes'
import type { Change, Json } from '@tongguan/dossier/preparation/changes'
import { documentKindWords } from '@tongguan/law'
import { listPreparationFiles, newIdempotencyKey, write } from '../api.ts'
import type { PreparationFiles } from '../api.ts'
import { bytesInWords, instantInWords } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { FileChooser } from './file-chooser.tsx'
import { Scrolls } from './scrolls.tsx'

type Attached = PreparationFiles['files'][number]

/** Attaches what was uploaded; everything that shows or rests on it is read anew. */
function useAttach(no: string) {
  const queries = useQueryClient()
  return async (upload: string, purpose: Attached['purpose']): Promise<Attached | undefined> => {
    const { files } = await write(
      'POST /v1/preparations/{preparation}/files',
      { upload, purpose },
      { key: newIdempotencyKey(), no },
    )
    for (const queryKey of ['preparation-files', 'preparation-check', 'preparation-evidence']) {
      void queries.invalidateQueries({ queryKey: [queryKey, no] })
    }
    return files.at(-1)
  }
}

/** The evidence the answers rest on, and another in its place. */
export function EvidenceFile({ no, mayWrite }: { readonly no: string; readonly mayWrite: boolean }) {
  const { t } = useSpeech()
  const attach = useAttach(no)
  const { data } = useQuery({ queryKey: ['preparation-files', no], queryFn: () => listPreparationFiles(no) })
  const evidence = data?.files.find(({ purpose, inUse }) => purpose === 'evidence' && inUse)
  return (
    <>
      {data !== undefined && (
        <p>{evidence === undefined ? t.preparation.files.noEvidence : <Shown no={no} file={evidence} />}</p>
      )}
      {mayWrite && (
        <FileChooser
          label={t.preparation.files.evidence}
          accept=".json"
          onSent={async (upload) => void (await attach(upload, 'evidence'))}
        />
      )}
    </>
  )
}

/** Each document the answers name, with the file that was attached for it. */
export function DocumentFiles(props: {
  readonly no: string
  readonly tree: Json
  readonly mayWrite: boolean
  readonly change: (change: Change) => void
}) {
  const { no, tree, mayWrite, change } = props
  const { t, of } = useSpeech()
  const attach = useAttach(no)
  const { data } = useQuery({ queryKey: ['preparation-files', no], queryFn: () => listPreparationFiles(no) })
  const list = valueAt(tree, 'documents')
  const documents = isList(list) ? list : []
  return (
    <Scrolls label={t.preparation.files.documents}>
      <table className="plain">
        <caption className="unseen">{t.preparation.files.documents}</caption>
        <thead>
          <tr>
            <th scope="col">{t.documents.kind}</th>
            <th scope="col">{t.documents.file}</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document, at) => {
            const named = isRecord(document) ? document : {}
            const words = Object.entries(documentKindWords).find(([kind]) => kind === named['kind'])?.[1]
            const title = words === undefined ? String(at + 1) : of(words)
            const file = data?.files.find(({ path, inUse }) => inUse && path === named['file'])
            return (
              // A document has no name of its own before one is chosen.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                <th scope="row" className="wrap">
                  {title}
                </th>
                <td>
                  {file === undefined ? (
                    <span className="soft">{t.preparation.files.none}</span>
                  ) : (
                    <Shown no={no} file={file} />
                  )}
                  {mayWrite && (
                    <FileChooser
                      label={t.preparation.files.choose(title)}
                      accept=".pdf,.docx,.png,.jpg,.jpeg,.ofd"
                      onSent={async (upload) => {
                        const attached = await attach(upload, 'document')
                        if (attached !== undefined) {
                          change({ kind: 'set', path: `documents.${at}.file`, value: attached.path })
                        }
                      }}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scrolls>
  )
}

function Shown({ no, file }: { readonly no: string; readonly file: Attached }) {
  const { t, language } = useSpeech()
  return (
    <>
      <a href={`/v1/preparations/${no}/files/${file.file}`} download={file.fileName}>
        {file.fileName}
      </a>{' '}
      <span className="soft small">
        {bytesInWords(file.bytes, language)} · {t.preparation.files.by(file.by, instantInWords(file.at, language))} ·{' '}
        <span className="code" title={file.sha256}>
          {t.documents.hash} {file.sha256.slice(0, 16)}…
        </span>
      </span>
    </>
  )
}
