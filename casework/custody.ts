import type { LegalDate } from '@tongguan/law'
import type { Case, Package } from './case.ts'

/** Who holds the file, since when, and the receipt the national office gave for it. */
export interface Custody {
  readonly holder: 'handler' | 'province' | 'on-the-way' | 'national'
  readonly since: LegalDate
  readonly package: Package | null
  readonly receipt: Package | null
}

/** The chain of custody as it stands, from the events alone. Pure. */
export function custodyOf({ events }: Pick<Case, 'events'>): Custody | null {
  let custody: Custody | null = null
  let sent: Package | null = null
  for (const event of events) {
    const { day: since } = event
    switch (event.kind) {
      case 'declared':
      case 'redeclared':
      case 'filed':
      case 'refiled':
      case 'changeFiled':
      case 'complaintReceived':
      case 'custodyRefused':
        custody = { holder: 'province', since, package: null, receipt: null }
        break
      case 'returnedForCompletion':
        custody = { holder: 'handler', since, package: null, receipt: null }
        break
      case 'completenessConfirmed':
        sent = event.package ?? null
        custody = { holder: 'on-the-way', since, package: sent, receipt: null }
        break
      case 'receivedByNational':
        custody = { holder: 'national', since, package: sent, receipt: event.receipt ?? null }
        break
      default:
    }
  }
  return custody
}
