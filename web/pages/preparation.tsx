import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { isList, valueAt } from '@tongguan/dossier/preparation/changes'
import type { Json } from '@tongguan/dossier/preparation/changes'
import { sections } from '@tongguan/dossier/preparation/questions'
import type { Section } from '@tongguan/dossier/preparation/questions'
import Button from 'antd/es/button'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { checkPreparation, getPreparation, listRevisions, newIdempotencyKey, write } from '../api.ts'
import type { Me, PreparationCheck } from '../api.ts'
import { clockTime } from '../days.ts'
import { useSpeech } from '../language.tsx'
import { DocumentFiles, EvidenceFile } from '../parts/attachments.tsx'
import { TalkContext, useTalk } from '../parts/comments.tsx'
import { ConflictDialog } from '../parts/conflict-dialog.tsx'
import { EvidenceSummary } from '../parts/evidence-summary.tsx'
import { ItemTable } from '../parts/item-table.tsx'
import { Page } from '../parts/page.tsx'
import { AnsweringContext, Nodes } from '../parts/question-fields.tsx'
import { Read } from '../parts/read.tsx'
import { Submission } from '../parts/submission.tsx'
import { labelOf, placeOf } from '../places.ts'
import { Refused } from '../patient-fetch.ts'
import { readSession } from '../session.ts'
import { Writing } from '../writing.ts'
import type { Outcome, Ports, Shown, Unsaved } from '../writing.ts'

/** A declaration in preparation: its sections as tasks, one of them open, saved at every change. */
export function PreparationPage() {
  const { t } = useSpeech()
  const { no } = useParams({ from: '/signed-in/preparations/$no' })
  const session = useQuery(readSession)
  // Read once: from then on the page itself knows what is there.
  const query = useQuery({
    queryKey: ['preparation', no],
    queryFn: () => getPreparation(no),
    staleTime: Infinity,
    gcTime: 0,
  })
  return (
    <Read query={query} title={t.preparation.page(no)}>
      {({ tree, revision }) =>
        session.data?.me != null && <Workbench key={no} no={no} me={session.data.me} first={{ tree, revision }} />
      }
    </Read>
  )
}

interface First {
  readonly tree: Json
  readonly revision: number
}

function Workbench({ no, me, first }: { readonly no: string; readonly me: Me; readonly first: First }) {
  const { t, of, language } = useSpeech()
  const mayWrite = me.operations.includes('revisePreparation')
  const [writing] = useState(() => new Writing(first, portsOf(no, me.id)))
  const shown = useSyncExternalStore(writing.listen, writing.shown)
  const check = useQuery({
    queryKey: ['preparation-check', no, shown.revision],
    queryFn: () => checkPreparation(no),
    placeholderData: keepPreviousData,
  })
  const { section: asked, place } = useSearch({ from: '/signed-in/preparations/$no' })
  const section = asked === submission ? undefined : (sections.find(({ id }) => id === asked) ?? sections[0])
  const talk = useTalk(no, me.operations.includes('commentOnPreparation'))
  useCompany(no, writing)

  useEffect(() => {
    const unsaved = mayWrite ? keptFor(no, me.id) : null
    if (unsaved !== null) void writing.resume(unsaved)
    return () => void writing.save()
  }, [writing, mayWrite, no, me.id])
  const checked = check.data?.revision ?? 0
  useEffect(() => {
    if (checked > shown.revision) void writing.catchUp()
  }, [writing, checked, shown.revision])

  return (
    <Page
      title={t.preparation.page(no)}
      before={
        <Link to="/preparations" className="back">
          {t.preparation.title}
        </Link>
      }
      beside={
        <span className="soft" role="status">
          {!mayWrite
            ? t.preparation.readOnly
            : shown.unsaved
              ? t.preparation.saving
              : shown.savedAt === null
                ? t.preparation.nothingToSave
                : t.preparation.saved(clockTime(new Date(shown.savedAt), language))}
        </span>
      }
    >
      {shown.refused !== null && (
        <div className="notice notice-bad" role="alert">
          {t.preparation.notTaken} {of(shown.refused)}{' '}
          <Button onClick={() => writing.discard()}>{t.preparation.discard}</Button>
        </div>
      )}
      <div className="bench">
        <Tasks no={no} check={check.data} open={section?.id ?? submission} />
        {section === undefined ? (
          <Submission
            no={no}
            check={check.data?.revision === shown.revision ? check.data : undefined}
            revision={shown.revision}
            unsaved={shown.unsaved}
            mayWrite={mayWrite}
          />
        ) : (
          <TalkContext value={talk}>
            <OpenSection
              key={`${section.id} ${place ?? ''}`}
              no={no}
              section={section}
              place={place ?? null}
              shown={shown}
              check={check.data}
              writing={writing}
              mayWrite={mayWrite}
            />
          </TalkContext>
        )}
      </div>
      <ConflictDialog shown={shown} onDecide={(keepMine) => writing.decide(keepMine)} />
    </Page>
  )
}

function Tasks(props: {
  readonly no: string
  readonly check: PreparationCheck | undefined
  readonly open: string | undefined
}) {
  const { no, check, open } = props
  const { t, of } = useSpeech()
  return (
    <nav className="panel" aria-label={t.preparation.tasks}>
      <h2>{t.preparation.tasks}</h2>
      <ol className="tasks">
        {sections.map((one) => {
          const state = check?.sections.find(({ section }) => section === one.id)
          return (
            <li key={one.id}>
              <Link
                to="/preparations/$no"
                params={{ no }}
                search={{ section: one.id }}
                aria-current={one.id === open ? 'step' : undefined}
              >
                {of(one)}
              </Link>
              {state !== undefined && (
                <span>
                  <span className={`status status-${looks[state.state]}`}>{t.preparation.states[state.state]}</span>{' '}
                  <span className="soft small">
                    {t.preparation.counts(state.missing, state.errors, state.warnings)}
                  </span>
                </span>
              )}
            </li>
          )
        })}
        <li>
          <Link
            to="/preparations/$no"
            params={{ no }}
            search={{ section: submission }}
            aria-current={open === submission ? 'step' : undefined}
          >
            {t.preparation.submission.title}
          </Link>
        </li>
      </ol>
      {check !== undefined && (
        <p className="soft small">
          {check.pathWords !== null && (
            <>
              {t.preparation.path}: <strong>{of(check.pathWords)}</strong>
              <br />
            </>
          )}
          {check.compared ? t.preparation.compared : t.preparation.notCompared}
        </p>
      )}
    </nav>
  )
}

const looks = {
  'not-started': 'over',
  'in-progress': 'running',
  complete: 'good',
  'needs-attention': 'bad',
} as const satisfies Record<PreparationCheck['sections'][number]['state'], string>

function OpenSection(props: {
  readonly no: string
  readonly section: Section
  /** The field a link led to; null where it led to the section. */
  readonly place: string | null
  readonly shown: Shown
  readonly check: PreparationCheck | undefined
  readonly writing: Writing
  readonly mayWrite: boolean
}) {
  const { no, section, place: asked, shown, check, writing, mayWrite } = props
  const { t, of } = useSpeech()
  const [target, setTarget] = useState<string | null>(asked)
  const reached = useCallback(() => setTarget(null), [])
  const { tree } = shown
  const answering = useMemo(() => {
    const findings = (check?.findings ?? []).filter((one) => one.section === section.id)
    return {
      tree,
      findings,
      target,
      reached,
      change: writing.change.bind(writing),
      left: () => void writing.save(),
    }
  }, [tree, check, section, target, reached, writing])
  return (
    <section className="panel" aria-labelledby="section">
      <h2 id="section">{of(section)}</h2>
      <p className="soft">{of(section.hint)}</p>
      {answering.findings.length > 0 && (
        <details className="notice">
          <summary>
            {t.preparation.findings} ({answering.findings.length})
          </summary>
          <ul className="listed">
            {answering.findings.map((finding) => {
              const place = placeOf(section.nodes, finding.where)
              return (
                <li key={`${finding.where} ${finding.code} ${finding.words.en}`}>
                  {place === null ? null : (
                    <button type="button" className="link" onClick={() => setTarget(place)}>
                      {labelOf(section.nodes, place)
                        .map((one) => (typeof one === 'number' ? String(one) : of(one)))
                        .join(' › ')}
                    </button>
                  )}{' '}
                  {of(finding.words)}
                </li>
              )
            })}
          </ul>
        </details>
      )}
      <AnsweringContext value={answering}>
        {section.id === 'documents' && (
          <DocumentFiles no={no} tree={tree} mayWrite={mayWrite} change={answering.change} />
        )}
        {section.id === 'items' && <EvidenceFile no={no} mayWrite={mayWrite} />}
        {(section.id === 'facts' || section.id === 'scenarios') && <EvidenceSummary no={no} />}
        <fieldset className="bare" disabled={!mayWrite}>
          {section.id === 'items' ? (
            itemsOfScenarios(tree).map(({ list, name }, at) => (
              <ItemTable
                key={list}
                no={no}
                list={list}
                title={name ?? t.preparation.items.scenario(at + 1)}
                mayWrite={mayWrite}
                answering={answering}
              />
            ))
          ) : (
            <Nodes nodes={section.nodes} at="" />
          )}
        </fieldset>
      </AnsweringContext>
    </section>
  )
}

function itemsOfScenarios(tree: Json): readonly { readonly list: string; readonly name: string | null }[] {
  const scenarios = valueAt(tree, 'scenarios')
  return (isList(scenarios) ? scenarios : []).map((one, at) => {
    const name = valueAt(one, 'name')
    return { list: `scenarios.${at}.items`, name: typeof name === 'string' && name !== '' ? name : null }
  })
}

/** Where the way to a filed declaration stands, beside the sections. */
const submission = 'submission'

// --- the outside world --------------------------------------------------------------------------------------------

/** Hears at once when somebody else has saved, commented, attached or filed. */
function useCompany(no: string, writing: Writing): void {
  const queries = useQueryClient()
  useEffect(() => {
    const stream = new EventSource(`/v1/preparations/${encodeURIComponent(no)}/events/stream`)
    const reread = () => {
      for (const queryKey of [
        'preparation-check',
        'preparation-comments',
        'preparation-files',
        'preparation-evidence',
        'submission',
      ]) {
        void queries.invalidateQueries({ queryKey: [queryKey, no] })
      }
    }
    stream.addEventListener('changed', (event: MessageEvent<string>) => {
      // What the server sends is what its contract says.
      const { revision } = JSON.parse(event.data) as { readonly revision: number }
      if (writing.shown().revision < revision) void writing.catchUp()
      reread()
    })
    // The session or the right has ended: asking again says which, and asks for a new sign-in.
    stream.addEventListener('ended', () => {
      stream.close()
      reread()
    })
    return () => stream.close()
  }, [no, writing, queries])
}

function portsOf(no: string, account: string): Ports {
  return {
    newKey: newIdempotencyKey,
    revisionsAfter: async (n) => (await listRevisions(no, n)).revisions,
    send: async ({ key, seen, changes }): Promise<Outcome> => {
      try {
        const said = { changes: [...changes] }
        return {
          saved: await write('POST /v1/preparations/{preparation}/revisions', said, { key, no, sequence: seen }),
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return error.problem.code === 'preparation.stale' ? 'stale' : { refused: error.words }
      }
    },
    keep: (unsaved) => {
      const name = keptName(no, account)
      if (unsaved === null) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(unsaved))
    },
  }
}

/** Written by this page alone, for this account. */
function keptFor(no: string, account: string): Unsaved | null {
  const kept = localStorage.getItem(keptName(no, account))
  return kept === null ? null : (JSON.parse(kept) as Unsaved)
}

function keptName(no: string, account: string): string {
  return `tongguan.preparation.${account}.${no}`
}
