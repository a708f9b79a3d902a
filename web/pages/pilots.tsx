import { useQuery } from '@tanstack/react-query'
import { listPilots } from '../api.ts'
import type { PilotOffered } from '../api.ts'
import { useSpeech } from '../language.tsx'
import { Page } from '../parts/page.tsx'
import { Read } from '../parts/read.tsx'

/** The worked examples: what each teaches, and its files as a start for a case of one's own. */
export function Pilots() {
  const { t } = useSpeech()
  const query = useQuery({ queryKey: ['pilots'], queryFn: listPilots })
  return (
    <Read query={query} title={t.pilots.title}>
      {({ pilots }) => (
        <Page title={t.pilots.title}>
          <div className="stack">
            <p>{pilots.length === 0 ? t.pilots.none : t.pilots.how}</p>
            {pilots.map((pilot) => (
              <OnePilot key={pilot.name} pilot={pilot} />
            ))}
          </div>
        </Page>
      )}
    </Read>
  )
}

function OnePilot({ pilot: { name, title, teaches, pathWords, files } }: { readonly pilot: PilotOffered }) {
  const { t, of } = useSpeech()
  return (
    <section className="panel" aria-labelledby={name}>
      <h2 id={name}>{of(title)}</h2>
      <p>
        <strong>{of(pathWords)}</strong>
      </p>
      <p>{of(teaches)}</p>
      <p className="soft small code">npx tongguan demo {name}</p>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            <a
              href={file.href}
              download={`${name}-${file.name}`}
              aria-label={t.pilots.downloadOf(file.name, of(title))}
            >
              {file.name}
            </a>{' '}
            <span className="soft">{of(file.words)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
