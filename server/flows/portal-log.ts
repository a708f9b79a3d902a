import { problem } from '@tongguan/dossier'
import type { Answers, Finding } from '@tongguan/dossier'
import { deadline, extensionWindowBefore, lastDayOfValidity } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import type { PortalEntry } from '../contract/case-file.ts'

/** What runs from an event at the authority's own portal, and what the handler has to do. */
export interface PortalClock {
  readonly after: PortalEntry['kind']
  readonly from: LegalDate
  readonly due: LegalDate
  /** A later event ended it. */
  readonly ended: LegalDate | null
  readonly provisional: boolean
  /** Whose date it is: the office's has no consequence of itself, the handler's has. */
  readonly whose: 'office' | 'handler'
  readonly words: Words
}

/**
 * The clocks of a case from the events the handler logged. A request for supplements does not stop the 45 working days;
 * an announced extension stands beside the statutory date, it does not replace it (Order 11 arts 11 and 12).
 */
export function portalClocks(entries: readonly PortalEntry[]): readonly PortalClock[] {
  const sorted = byDay(entries)
  return sorted.flatMap((entry, index): readonly PortalClock[] => {
    const later = sorted.slice(index + 1)
    const endedBy = (...kinds: readonly PortalEntry['kind'][]) =>
      later.find(({ kind }) => kinds.includes(kind))?.on ?? null
    const clock = (
      due: LegalDate,
      provisional: boolean,
      ended: LegalDate | null,
      whose: PortalClock['whose'],
      zh: string,
      en: string,
    ) => {
      return { after: entry.kind, from: entry.on, due, ended, provisional, whose, words: { zh, en } }
    }
    switch (entry.kind) {
      case 'submitted': {
        const { due, provisional } = deadline('completeness-check', entry.on)
        const ended = endedBy('returned', 'accepted', 'not-accepted')
        return [clock(due, provisional, ended, 'office', '省级网信办完备性查验', 'completeness check by the province')]
      }
      case 'accepted': {
        const { due, provisional } = deadline('assessment', entry.on)
        return [
          clock(
            due,
            provisional,
            endedBy('result'),
            'office',
            '国家网信办评估（自书面受理通知发出）',
            'assessment (from the day the acceptance was issued)',
          ),
        ]
      }
      case 'extended': {
        const ended = endedBy('result')
        return [
          clock(entry.until, false, ended, 'office', '已告知的延长后日期', 'the date announced with the extension'),
        ]
      }
      case 'returned':
        return [
          clock(
            entry.on,
            false,
            endedBy('submitted'),
            'handler',
            '按一次性告知的内容补齐材料后重新提交：法律未定天数',
            'complete what was returned, as told at once, and submit again: the law sets no days',
          ),
        ]
      case 'supplement-asked':
        return [
          clock(
            entry.on,
            false,
            endedBy('supplemented'),
            'handler',
            '补充或者更正材料：及时，法律未定天数',
            'supplement or correct: promptly, the law sets no days',
          ),
        ]
      case 'result': {
        const { due, provisional } = deadline('re-assessment', entry.on)
        const { lastDay } = lastDayOfValidity(entry.on)
        const { opens, provisional: open } = extensionWindowBefore(lastDay)
        return [
          clock(due, provisional, null, 'handler', '对结果有异议的，申请复评', 'apply for re-assessment'),
          clock(
            opens,
            open,
            null,
            'handler',
            `可以申请延长之日（至 ${lastDay}；以通知书载明的为准）`,
            `extension may be asked for from here (to ${lastDay}; the notice's own date goes first)`,
          ),
        ]
      }
      case 'not-accepted':
      case 'supplemented':
        return []
      default:
        return entry satisfies never
    }
  })
}

/** What is wrong with the log: an event that cannot follow the one before, a new date already past, a scan not there. */
export async function portalProblems(
  entries: readonly PortalEntry[],
  isThere: (scan: string) => Promise<boolean>,
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  let stage: Stage = 'not-filed'
  let before: Words = { zh: '没有事件', en: 'no event' }
  for (const entry of byDay(entries)) {
    const { kind, on, scan } = entry
    const at = `portal.${entries.indexOf(entry)}`
    const next: Stage | undefined = follows[stage][kind]
    const values = { event: eventWords[kind], on, before }
    if (next === undefined) found.push(problem('portal.out-of-order', 'error', at, values))
    if (kind === 'extended' && entry.until <= on)
      found.push(problem('portal.until-past', 'error', `${at}.until`, { on, until: entry.until }))
    if (scan !== undefined && !(await isThere(scan)))
      found.push(problem('portal.scan-missing', 'error', `${at}.scan`, { file: scan, event: eventWords[kind] }))
    stage = next ?? stage
    before = eventWords[kind]
  }
  return found
}

/** An extension names the project by the number it was accepted under; where that acceptance was logged they must agree. */
export function acceptanceProblems(
  extension: Answers['extension'],
  entries: readonly PortalEntry[],
): readonly Finding[] {
  const logged = byDay(entries).findLast(({ kind, no }) => kind === 'accepted' && no !== undefined)?.no
  if (extension === undefined || logged === undefined || logged === extension.acceptanceNo) return []
  const values = { answers: extension.acceptanceNo, portal: logged }
  return [problem('extension.acceptance-no-differs', 'error', 'extension.acceptanceNo', values)]
}

/** By day; events of one day in the order they were logged. */
const byDay = (entries: readonly PortalEntry[]) =>
  entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on === b.on ? 0 : 1))

type Stage = 'not-filed' | 'with-province' | 'assessed' | 'supplementing'

/** What may happen next and where it leads (Order 11 arts 7, 11 and 12); a new declaration may follow an end. */
const follows: Readonly<Record<Stage, Partial<Record<PortalEntry['kind'], Stage>>>> = {
  'not-filed': { submitted: 'with-province' },
  'with-province': { returned: 'not-filed', accepted: 'assessed', 'not-accepted': 'not-filed' },
  assessed: { 'supplement-asked': 'supplementing', extended: 'assessed', result: 'not-filed' },
  supplementing: {
    'supplement-asked': 'supplementing',
    supplemented: 'assessed',
    extended: 'supplementing',
    result: 'not-filed',
  },
}

const eventWords: Readonly<Record<PortalEntry['kind'], Words>> = {
  submitted: { zh: '提交', en: 'submitted' },
  returned: { zh: '退回', en: 'returned' },
  accepted: { zh: '受理', en: 'accepted' },
  'not-accepted': { zh: '不予受理', en: 'not accepted' },
  'supplement-asked': { zh: '要求补充', en: 'supplement asked for' },
  supplemented: { zh: '已补充', en: 'supplemented' },
  extended: { zh: '延长', en: 'extended' },
  result: { zh: '结果', en: 'result' },
}
