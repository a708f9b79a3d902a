import type { NextStep } from './api.ts'
import type { Catalogue } from './words/zh.ts'

export type StepCommand = NextStep['command']
export type FieldName = keyof Catalogue['step']['fields']

/** What a step asks its taker for. `lines` is a list, one a line; `documents` a choice of kinds; `day` a legal day. */
export interface Field {
  readonly name: FieldName
  readonly kind: 'text' | 'lines' | 'paragraph' | 'day' | 'documents'
  /** `one-of`: at least one of these is filled in. `always`: may stay empty; what is sent then is an empty list. */
  readonly optional?: 'one-of' | 'always'
}

/** How a step is taken: with these fields (none: only confirmed), from a file on the command line, or with a draft. */
export type StepForm = readonly Field[] | 'by-file' | 'with-draft'

export const stepForms = {
  declare: 'by-file',
  redeclare: 'by-file',
  confirmCompleteness: [],
  returnForCompletion: [
    { name: 'missing', kind: 'documents', optional: 'one-of' },
    { name: 'reasons', kind: 'lines', optional: 'one-of' },
  ],
  receiveAtNational: [],
  accept: [{ name: 'acceptanceNo', kind: 'text' }],
  declineAcceptance: [{ name: 'reasons', kind: 'lines' }],
  startAssessment: [{ name: 'bodies', kind: 'lines' }],
  requestSupplement: [{ name: 'requested', kind: 'lines' }],
  receiveSupplement: [{ name: 'documents', kind: 'lines' }],
  extendPeriod: [
    { name: 'expected', kind: 'day' },
    { name: 'reason', kind: 'paragraph' },
  ],
  issueResult: 'with-draft',
  terminate: [{ name: 'reason', kind: 'paragraph' }],
  withdraw: [{ name: 'reason', kind: 'paragraph' }],
  requestReassessment: [{ name: 'grounds', kind: 'paragraph' }],
  concludeReassessment: 'with-draft',
  file: 'by-file',
  refile: 'by-file',
  fileChange: 'by-file',
  receiveComplaint: 'by-file',
  noteDefect: [{ name: 'reason', kind: 'paragraph' }],
  strikeDefect: [
    { name: 'defect', kind: 'text' },
    { name: 'reason', kind: 'paragraph' },
  ],
  authoriseSecondNotice: [{ name: 'reason', kind: 'paragraph' }],
  refuseCustody: [{ name: 'reason', kind: 'paragraph' }],
  orderStop: [
    { name: 'noticeNo', kind: 'text' },
    { name: 'reason', kind: 'paragraph' },
  ],
  supersede: 'by-file',
  extendValidity: 'by-file',
  orderRectification: [
    { name: 'requirement', kind: 'paragraph' },
    { name: 'until', kind: 'day' },
  ],
  reportRectification: [{ name: 'documents', kind: 'lines' }],
  acceptRectification: [],
  grantExtension: 'with-draft',
  refuseExtension: 'with-draft',
  assignFilingNumber: [{ name: 'filingNo', kind: 'text' }],
  endFiling: [{ name: 'reason', kind: 'paragraph' }],
  giveOpinion: [{ name: 'opinion', kind: 'paragraph' }],
  openInquiry: [],
  closeInquiry: [{ name: 'outcome', kind: 'paragraph' }],
  dismiss: [{ name: 'reasons', kind: 'lines' }],
} as const satisfies Record<StepCommand, StepForm>

/** What was filled in, by field: one text, or several. */
export type Filled = Readonly<Partial<Record<FieldName, string | readonly string[]>>>

export interface Wrong {
  readonly name: FieldName
  readonly kind: 'missing' | 'no-day'
}

/** What of the form is not filled in as it must be, by field. Pure. */
export function problemsOf(fields: readonly Field[], filled: Filled): readonly Wrong[] {
  const oneOf = fields.filter(({ optional }) => optional === 'one-of')
  const nothingSaid = oneOf.every(({ name }) => (filled[name] ?? '').length === 0)
  return fields.flatMap(({ name, kind, optional }): readonly Wrong[] => {
    const value = filled[name] ?? ''
    if (optional === 'one-of' && nothingSaid) return name === oneOf[0]?.name ? [{ name, kind: 'missing' }] : []
    if (optional !== undefined) return []
    if (value.length === 0) return [{ name, kind: 'missing' }]
    if (kind === 'day' && typeof value === 'string' && !isDay(value)) return [{ name, kind: 'no-day' }]
    return []
  })
}

/** The fields where the notice has something to say already: the defects noted go out with it. Pure. */
export function withDefects(fields: readonly Field[], defects: number): readonly Field[] {
  return defects === 0
    ? fields
    : fields.map((field) => (field.optional === 'one-of' ? { ...field, optional: 'always' } : field))
}

/** The text of a field as what is sent: lists without their empty lines. Pure. */
export function valueOf(kind: Field['kind'], text: string): string | readonly string[] {
  if (kind !== 'lines') return text.trim()
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
