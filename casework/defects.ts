import type { Case, CaseEvent, Defect } from './case.ts'

/** The defects noted and not struck since the declaration was last filed: what the one notice must say. Pure. */
export function pendingDefects({ events }: Pick<Case, 'events'>): readonly Defect[] {
  const since = sinceLastFiled(events)
  const struck = new Set(since.flatMap((event) => (event.kind === 'defectStruck' ? [event.defect] : [])))
  return since.flatMap((event) => (event.kind === 'defectNoted' && !struck.has(event.defect.id) ? [event.defect] : []))
}

/** How many notices have gone out; Order 11 art. 7 knows one. */
export function noticesSent({ events }: Pick<Case, 'events'>): number {
  return events.filter(({ kind }) => kind === 'returnedForCompletion').length
}

/** Who let a second notice go out since the declaration was last filed. */
export function secondNoticeAuthority({ events }: Pick<Case, 'events'>) {
  const found = sinceLastFiled(events).findLast(({ kind }) => kind === 'secondNoticeAuthorised')
  return found?.kind === 'secondNoticeAuthorised' ? { by: found.actor, reason: found.reason } : null
}

function sinceLastFiled(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const filed = events.findLastIndex(({ kind }) =>
    ['declared', 'redeclared', 'filed', 'refiled', 'changeFiled', 'custodyRefused'].includes(kind),
  )
  return events.slice(filed + 1)
}
