import type { Answers, ScenarioAnswers } from '../answers.ts'
import { destinationOf } from '../destinations.ts'
import { filingOf } from '../filing.ts'
import { itemsListedIn, squeezed } from '../item-list.ts'
import { joinItems, keptInChina } from '../items.ts'
import { problem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import type { Inputs } from '../problems.ts'
import { listedNames } from '../words.ts'
import type { ContractCheck } from './check-contract.ts'
import { daysIn, durationsIn } from './durations.ts'
import type { ContractText } from './read-contract.ts'

/**
 * Where the contract handed in and the declaration do not agree. A name, code, period or listed item that differs is wrong;
 * what the contract says in other words, or may say in an annex that was not handed in, is asked about.
 */
export function contractProblems(inputs: Inputs): readonly Problem[] {
  const { contract, answers, evidence } = inputs
  if (contract === undefined) return unread(answers)
  const { check, text } = contract
  const raw = text.paragraphs.map((one) => one.text).join('\n')
  const whole = squeezed(raw)
  const says = (what: string) => whole.includes(squeezed(what))
  const found: Problem[] = []
  const where = 'contract'
  for (const { words, points } of check.clauses) {
    for (const point of points) {
      if (point.kind === 'missing') {
        found.push(
          problem('contract.point-missing', 'error', `${where}.${point.code}`, { clause: words, point: point.words }),
        )
      }
      if (point.kind === 'weaker' && point.quote && point.because) {
        const { page, paragraph, text: quote } = point.quote
        const values = { clause: words, point: point.words, because: point.because, page, paragraph, quote }
        found.push(problem('contract.point-weaker', 'warning', `${where}.${point.code}`, values))
      }
    }
  }
  if (check.marked === false) found.push(problem('contract.not-marked', 'error', where, {}))
  if (answers.legalDocument.chinesePrevails && check.chinesePrevails === null) {
    found.push(problem('contract.chinese-does-not-prevail', 'error', where, {}))
  }
  const names = [
    answers.handler.name,
    ...answers.scenarios.flatMap(({ recipients }) => recipients.map(({ name }) => name)),
  ]
  for (const name of new Set(names))
    if (!says(name)) found.push(problem('contract.party-missing', 'error', where, { name }))
  const codes: readonly string[] = raw.match(creditCodes) ?? []
  const { creditCode } = answers.handler
  if (0 < codes.length && !codes.includes(creditCode)) {
    const values = { contract: codes.join(', '), answers: creditCode }
    found.push(problem('contract.credit-code-differs', 'error', 'handler.creditCode', values))
  }
  const items = itemProblems(text, answers, evidence)
  const periods = new Set(durationsIn(raw).map(({ months }) => months))
  const persons = personsNamedIn(raw)
  for (const [index, scenario] of answers.scenarios.entries()) {
    const at = `scenarios.${index}`
    for (const [number, { country, countryName, name }] of scenario.recipients.entries()) {
      const inEnglish = destinationOf(country)?.name.en.replace(/^the /, '')
      if (says(countryName) || (inEnglish !== undefined && says(inEnglish))) continue
      const values = { country: countryName, recipient: name }
      found.push(problem('contract.country-not-named', 'warning', `${at}.recipients.${number}.country`, values))
    }
    const { nextThreeYears } = scenario.persons
    if (0 < persons.length && !persons.includes(nextThreeYears)) {
      const values = { scenario: scenario.name, answers: nextThreeYears, contract: persons.join(', ') }
      found.push(problem('contract.persons-differ', 'warning', `${at}.persons.nextThreeYears`, values))
    }
    for (const { words } of durationsIn(scenario.retention).filter(({ months }) => !periods.has(months))) {
      const values = { scenario: scenario.name, day: words }
      found.push(problem('contract.retention-differs', 'error', `${at}.retention`, values))
    }
    if (
      ![scenario.purpose, english(answers, `${at}.purpose`, scenario.purpose)].some((one) => one && says(sentence(one)))
    ) {
      const quote = quoted(check, 'K-1.purpose')
      found.push(
        problem('contract.purpose-differs', 'warning', `${at}.purpose`, {
          scenario: scenario.name,
          purpose: scenario.purpose,
          quote,
        }),
      )
    }
    if (!says(scenario.name))
      found.push(problem('contract.business-not-named', 'warning', `${at}.name`, { scenario: scenario.name }))
    for (const day of daysIn(scenario.retention).filter((one) => !says(one))) {
      found.push(problem('contract.retention-differs', 'error', `${at}.retention`, { scenario: scenario.name, day }))
    }
  }
  for (const [index, { text: clause, where: place }] of answers.legalDocument.clauses.entries()) {
    if (!says(clause)) {
      found.push(problem('contract.clause-not-quoted', 'warning', `legalDocument.clauses.${index}.text`, { place }))
    }
  }
  const filed = filingOf(inputs) === 'standard-contract'
  for (const { kind, words: term } of check.standardContract) {
    if (kind === 'conflict')
      found.push(problem('contract.standard-conflict', filed ? 'error' : 'warning', where, { term }))
    // A declaration need not follow the standard contract, a filing must (Order 13 art. 6).
    if (kind === 'missing' && filed) found.push(problem('contract.standard-term-missing', 'error', where, { term }))
  }
  return [...found, ...items]
}

/** A legal document that is handed in, but that nobody named to be read against the clauses. */
const unread = ({ documents }: Answers): readonly Problem[] =>
  documents.flatMap(({ kind, file }) =>
    kind === 'legal-document' && file !== undefined
      ? [problem('contract.not-read', 'warning', 'contract', { file })]
      : [],
  )

/** The contract's list of items against the declared ones, and against the columns that are to stay in China. */
function itemProblems(
  { paragraphs }: ContractText,
  answers: Answers,
  evidence: Inputs['evidence'],
): readonly Problem[] {
  const lines = paragraphs.map(({ text }) => text)
  const namesOf = (scenario: ScenarioAnswers) => joinItems(scenario, evidence).items.map(({ name }) => name)
  const inEnglish = (name: string) => answers.english?.[name]
  const found = answers.scenarios.flatMap((scenario, index) => {
    const { absent, listed, enumerates } = itemsListedIn(lines, namesOf(scenario), [], inEnglish)
    if (absent.length === 0) return []
    const values = { scenario: scenario.name, listed: listed.length, items: listedNames(absent) }
    return enumerates
      ? [problem('contract.items-missing', 'error', `scenarios.${index}.items`, values)]
      : [problem('contract.items-not-listed', 'warning', `scenarios.${index}.items`, values)]
  })
  const kept = keptInChina(answers.scenarios, evidence).map(({ column }) => column)
  const { strays } = itemsListedIn(lines, answers.scenarios.flatMap(namesOf), kept, inEnglish)
  if (strays.length === 0) return found
  return [...found, problem('contract.items-beyond', 'warning', 'contract', { items: listedNames(strays) })]
}

/** The English an answer was given for the reading copies, by its path or by the Chinese itself. */
const english = ({ english: given = {} }: Answers, path: string, text: string): string | undefined =>
  given[path] ?? given[text]

const sentence = (text: string) => text.trim().replace(/[。.；;]$/, '')

function quoted({ clauses }: ContractCheck, code: string): string {
  const point = clauses.flatMap(({ points }) => points).find((one) => one.code === code)
  return point?.quote?.text ?? '—'
}

/** Unified social credit codes in a text (GB 32100-2015). */
const creditCodes = /(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])/g

/** Numbers of data subjects a contract states; fewer than a hundred are staff and committees. */
function personsNamedIn(text: string): readonly number[] {
  const stated = text.matchAll(
    /(?<number>\d[\d,，]*(?:\.\d+)?)\s*(?<unit>万)?\s*(?:名|人|persons\b|individuals\b|patients\b)/g,
  )
  return [...stated]
    .map(({ groups }) => Number(groups?.['number']?.replaceAll(/[,，]/g, '')) * (groups?.['unit'] ? 10_000 : 1))
    .filter((persons) => 100 <= persons)
}
