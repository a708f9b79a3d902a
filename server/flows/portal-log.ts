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
  const sorted = entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on === b.on ? 0 : 1))
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
      case 'extended':
        return entry.until === undefined
          ? []
          : [
              clock(
                entry.until,
                false,
                endedBy('result'),
                'office',
                '已告知的延长后日期',
                'the date announced with the extension',
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
      case 'returned':
      case 'not-accepted':
      case 'supplemented':
        return []
      default:
        return entry.kind satisfies never
    }
  })
}
