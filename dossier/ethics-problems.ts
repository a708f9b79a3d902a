import type { LegalDate, Words } from '@tongguan/law'
import type { Answers, EthicsAnswers } from './answers.ts'
import { itemsListedIn, squeezed } from './item-list.ts'
import { joinItems } from './items.ts'
import type { PaperText } from './paper-text.ts'
import { problem } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Inputs } from './problems.ts'
import { dateText, listedNames } from './words.ts'

/**
 * The ethics committee's approval: what is declared must lie within what the answers say was approved, and what they say
 * must be what the approval itself says.
 */
export function ethicsProblems(inputs: Inputs): readonly Problem[] {
  const { ethics } = inputs.answers
  return ethics === undefined ? [] : [...scopeProblems(inputs, ethics), ...paperProblems(inputs, ethics)]
}

function scopeProblems({ answers: { scenarios }, filedOn, evidence }: Inputs, ethics: EthicsAnswers) {
  const found: Problem[] = []
  if (filedOn < ethics.from || ethics.to < filedOn) {
    found.push(problem('ethics.over', 'error', 'ethics.to', { from: ethics.from, to: ethics.to, filed: filedOn }))
  }
  for (const { name } of scenarios.flatMap(({ recipients }) => recipients)) {
    if (!ethics.recipients.includes(name))
      found.push(problem('ethics.recipient-not-covered', 'error', 'ethics.recipients', { recipient: name }))
  }
  const covered = new Set(ethics.items)
  for (const scenario of scenarios) {
    for (const { name } of joinItems(scenario, evidence).items) {
      if (!covered.has(name)) found.push(problem('ethics.item-not-covered', 'error', 'ethics.items', { item: name }))
    }
    if (scenario.purpose !== ethics.purpose) {
      found.push(problem('ethics.purpose-differs', 'warning', 'ethics.purpose', { scenario: scenario.name }))
    }
  }
  return found
}

function paperProblems({ answers, ethicsApproval }: Inputs, ethics: EthicsAnswers): readonly Problem[] {
  const { file } = ethics
  // A simulation has no committee's papers.
  if (file === undefined) return answers.simulated ? [] : [problem('ethics.no-file', 'warning', 'ethics.file', {})]
  const handedIn = answers.documents.some((one) => one.kind === 'other-proof' && one.file === file)
  return [
    ...(handedIn ? [] : [problem('ethics.not-handed-in', 'warning', 'ethics.file', { file })]),
    ...(ethicsApproval === undefined
      ? []
      : ethicsApproval === 'picture'
        ? [problem('ethics.not-readable', 'warning', 'ethics.file', { file })]
        : textProblems(ethicsApproval, answers, ethics, file)),
  ]
}

/** What the approval must say itself: number, committee and recipients are wrong where they differ; wording and dates are asked about. */
function textProblems(
  { paragraphs }: PaperText,
  { english = {} }: Answers,
  ethics: EthicsAnswers,
  file: string,
): readonly Problem[] {
  const lines = paragraphs.map(({ text }) => text)
  const whole = squeezed(lines.join('\n'))
  const says = (text: string) => whole.includes(squeezed(text))
  const saysDay = (day: LegalDate) => [day, dateText(day)].some(says)
  const differs = (field: string, words: Words, value: string, severity: Problem['severity']) =>
    problem('ethics.file-differs', severity, `ethics.${field}`, { file, field: words, value })
  const found: Problem[] = []
  for (const field of ['approvalNo', 'committee'] as const) {
    if (!says(ethics[field])) found.push(differs(field, fieldNames[field], ethics[field], 'error'))
  }
  for (const name of ethics.recipients) {
    if (!says(name)) found.push(differs('recipients', fieldNames.recipients, name, 'error'))
  }
  if (!says(ethics.purpose.trim().replace(/[。.；;]$/, '')))
    found.push(differs('purpose', fieldNames.purpose, ethics.purpose, 'warning'))
  for (const field of ['from', 'to'] as const) {
    if (!saysDay(ethics[field])) found.push(differs(field, fieldNames[field], ethics[field], 'warning'))
  }
  const { absent, enumerates } = itemsListedIn(lines, ethics.items, [], (name) => english[name])
  if (0 < absent.length) {
    const values = { file, items: listedNames(absent) }
    found.push(problem('ethics.items-not-in-file', enumerates ? 'error' : 'warning', 'ethics.items', values))
  }
  return found
}

const fieldNames = {
  approvalNo: { zh: '批件号', en: 'number' },
  committee: { zh: '委员会', en: 'committee' },
  recipients: { zh: '境外接收方', en: 'recipient' },
  purpose: { zh: '目的', en: 'purpose' },
  from: { zh: '起始日', en: 'first day' },
  to: { zh: '截止日', en: 'last day' },
} as const satisfies Record<string, Words>
