import type { CaseKind } from '@tongguan/casework'

/*
 * The states of every kind of case a second time, sharing nothing with casework/procedures.ts: one line a way, written
 * from Order 11 arts 7, 10 to 14, 16, 17, Order 16 arts 9, 11, 12, Order 13 art. 7 and the Guide.
 */
const declaredDesk = `
  withProvince defectNoted withProvince
  withProvince defectStruck withProvince
  withProvince secondNoticeAuthorised withProvince
  withProvince returnedForCompletion returned
  withProvince withdrawn withdrawn
  returned withdrawn withdrawn`

const handedOver = `
  withProvince completenessConfirmed confirmed
  confirmed custodyRefused withProvince
  confirmed withdrawn withdrawn
  confirmed receivedByNational withNational
  withNational withdrawn withdrawn`

const inquiry = `
  received inquiryOpened underReview
  received dismissed dismissed
  underReview rectificationOrdered awaitingRectification
  awaitingRectification rectificationReported underReview
  underReview inquiryClosed closed`

const assessment = `
  new declared withProvince ${declaredDesk}
  returned redeclared withProvince ${handedOver}
  withNational accepted accepted
  withNational notAccepted notAccepted
  accepted withdrawn withdrawn
  accepted assessmentStarted underAssessment
  underAssessment supplementRequested awaitingSupplement
  underAssessment periodExtended underAssessment
  underAssessment withdrawn withdrawn
  underAssessment resultIssued decided
  awaitingSupplement supplementReceived underAssessment
  awaitingSupplement periodExtended awaitingSupplement
  awaitingSupplement terminated terminated
  awaitingSupplement withdrawn withdrawn
  decided reassessmentRequested underReassessment
  underReassessment reassessmentConcluded final
  ${['decided', 'final']
    .map(
      (status) => `
  ${status} stopOrdered stopped
  ${status} superseded superseded
  ${status} validityExtended ${status}
  ${status} rectificationOrdered ${status}
  ${status} rectificationReported ${status}
  ${status} rectificationAccepted ${status}`,
    )
    .join('')}`

const filing = `
  new filed withProvince ${declaredDesk}
  returned refiled withProvince
  returned filingEnded ended
  withProvince filingNumbered registered
  registered changeFiled withProvince`

const ways: Readonly<Record<CaseKind, string>> = {
  assessment,
  redeclaration: assessment,
  extension: `
  new filed withProvince ${declaredDesk}
  returned refiled withProvince ${handedOver}
  withNational supplementRequested awaitingSupplement
  withNational periodExtended withNational
  withNational extensionGranted extended
  withNational extensionRefused notExtended
  awaitingSupplement supplementReceived withNational
  awaitingSupplement periodExtended awaitingSupplement
  awaitingSupplement extensionRefused notExtended
  awaitingSupplement withdrawn withdrawn`,
  contractFiling: filing,
  gbaFiling: filing,
  catalogueFiling: filing,
  preAssessment: `
  new declared withProvince ${declaredDesk}
  returned redeclared withProvince
  withProvince opinionGiven advised`,
  incidentReport: `
  new filed received ${inquiry}`,
  complaint: `
  new complaintReceived received ${inquiry}`,
}

const table = new Map(
  Object.entries(ways).flatMap(([kind, text]) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((way) => way.length === 3)
      .map(([from = '', event = '', to = '']) => [`${kind} ${from} ${event}`, to] as const),
  ),
)

/** Where the law lets the event lead, or undefined. */
export function leadsTo(kind: CaseKind, from: string, event: string): string | undefined {
  return table.get(`${kind} ${from} ${event}`)
}
