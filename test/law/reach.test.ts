// Every rule, in whatever table of the door it stands, is reached by a question whose answer it changes; one that is only
// read, because it computes nothing, stands on a page of the printed reference.
import {
  addDays,
  alsoRequiredWords,
  breachNames,
  checkCompleteness,
  checkExtension,
  compareScopes,
  coreDataTest,
  countingMethod,
  deadline,
  deadlineKinds,
  declarationForm,
  determine,
  gradeOf,
  importantDataTest,
  incidentGrade,
  isOver,
  leadingPack,
  legalDate,
  mustFileChange,
  penaltiesFor,
  periodFor,
  procedureOn,
  routeRulesOn,
  rules,
  sectorRules,
  sensitivityOf,
  sensitivityPacksOn,
} from '@tongguan/law'
import type { Circumstances, Declaration, ExportScope, ExtensionFacts, FilingDetails, LegalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { lawReference } from '../../scripts/law-reference/pages.ts'
import { rowsOf } from '../../scripts/law-reference/rows.ts'
import type { Row } from '../../scripts/law-reference/rows.ts'
import { drawPoint, random } from './points.ts'

/** Told once for each answer: what it says of the row of that code. */
type Hear = (code: string, answer: string) => void

const today = legalDate('2026-11-23')

/** Every day on which the law changes, and the day before: what is in force by day differs there and nowhere else. */
const days: readonly LegalDate[] = [
  ...new Set(
    rowsOf().flatMap(({ inForce: { from, to } }) => [addDays(from, -1), from, ...(to ? [to, addDays(to, 1)] : [])]),
  ),
]

/** For each table a question of its own kind, asked over all that its rows look at. */
const questions: Readonly<Record<string, (hear: Hear) => void>> = {
  rules: askForPaths,
  exemptions: askForExemptions,
  completenessChecks: askForCompleteness,
  declarationForm: askForCompleteness,
  requiredClauses: askForCompleteness,
  extensionConditions: askForExtensions,
  redeclarationTriggers: (hear) => askForNewDeclarations('assessment', hear),
  contractTriggers: (hear) => askForNewDeclarations('standard-contract', hear),
  importantDataDefinitions: askForImportantData,
  coreDataDefinition: askForCoreData,
  gradingMatrix: askForGrades,
  majorChange: (hear) => {
    for (const scaleNow of [99, 129, 130])
      hear('majorChange', mustFileChange({ scaleFiled: 100, scaleNow, otherContentChanged: false }))
  },
  incidentGrades: (hear) => {
    for (const persons of [999_999, 1_000_000, 10_000_000, 100_000_000]) {
      const grade = incidentGrade({ persons, sensitivePersons: 0, lossYuan: 0 })
      for (const one of ['considerable', 'major', 'specially-major']) hear(`INCIDENT-${one}`, String(one === grade))
    }
  },
  sectorRules: (hear) => {
    for (const rule of sectorRules) {
      const { value } = rule.number ?? { value: 0 }
      for (const count of [value - 1, value + 1]) hear(rule.code, String(isOver(rule, count)))
    }
  },
  sensitivityPacks: (hear) => {
    for (const day of days) {
      const inForce = sensitivityPacksOn(day).map(({ name }) => name)
      for (const { code } of rowsIn('sensitivityPacks')) {
        const { under } = sensitivityOf(['diagnosis'], day)
        hear(code, `${inForce.includes(code)} ${under.includes(code)} ${leadingPack(day)?.name === code}`)
      }
    }
  },
  penalProvisions: askForPenalties,
  leniencyRules: askForPenalties,
  stages: (hear) => found(hear, 'stages', (day) => procedureOn(day)),
  routeRules: (hear) => {
    for (const route of ['standard-contract', 'gba-contract', 'certification'] as const) {
      found(hear, 'routeRules', (day) => routeRulesOn(route, day))
    }
  },
  statutoryPeriods: (hear) => {
    for (const kind of deadlineKinds) {
      // A period that is counted back from an event goes by the day of the act, so events lie later than its law.
      for (const day of days.flatMap((one) => [one, addDays(one, 200)]).filter((one) => '2022-09-01' <= one)) {
        const period = periodFor(kind, day)
        if (period !== undefined) hear(period.code, `${kind} ${deadline(kind, day).due}`)
      }
    }
  },
}

const tables = new Set(rowsOf().map(({ table }) => table))

test('each question is about a table there is', () => {
  expect(Object.keys(questions).filter((table) => !tables.has(table))).toEqual([])
})

test.for([...tables])('%s: every rule changes an answer, or computes nothing and is printed', (table) => {
  const heard = new Map<string, Set<string>>()
  questions[table]?.((code, answer) => heard.set(code, (heard.get(code) ?? new Set()).add(answer)))
  const unreached = rowsIn(table).filter((row) => (heard.get(row.code)?.size ?? 0) < 2 && !isOnlyRead(row))
  expect(unreached.map(({ code }) => code)).toEqual([])
})

// Duties stand in no table: what is due follows from the facts of each flow. A flow that asks for all of them at once, and
// each fact of it turned off, shows that every duty is due by its facts and by nothing else.
test('every duty beside the path is due where its facts are, and not where they are not', () => {
  const everything = {
    legalBasis: 'consent',
    importantData: 'meets-definition',
    foreignAuthorityRequest: true,
    controlledItems: true,
    humanGeneticResources: { provided: true, foreignParty: true, sequencedPersons: 501, coveredByApproval: false },
  } as const
  const dueWith = (flow: object, handler: object) => {
    const facts = { schema: 'tongguan/facts/1', handler, flows: [{ id: 'a', leavesChina: true, ...flow }] } as const
    return new Set(determine(facts, today).alsoRequired)
  }
  const withAll = dueWith({ ...everything, containsPersonalInformation: true }, { abroad: true })
  const identified = { abroad: false, identification: { done: true } }
  const withNone = dueWith({ leavesChina: false, importantData: 'none', legalBasis: 'contract' }, identified)
  const names = Object.keys(alsoRequiredWords)
  expect(names.filter((name) => !withAll.has(name as never))).toEqual([])
  expect(names.filter((name) => withNone.has(name as never))).toEqual([])
})

const printed = lawReference().map(({ text }) => text)

/** Nothing in it is computed with: no function that looks at anything, no line of persons, money or time. */
function isOnlyRead({ value, words }: Row): boolean {
  const computes = Object.entries(value).some(([name, member]) =>
    typeof member === 'function' ? member.length > 0 : computedWith.has(name),
  )
  return !computes && printed.some((text) => text.includes(words.zh)) && printed.some((text) => text.includes(words.en))
}

/** What a row may hold that an answer is computed from. The practice guide's kinds are examples and stand in no list (sensitivity.ts). */
const computedWith: ReadonlySet<string> = new Set([
  'applies',
  'breaches',
  'clock',
  'conditions',
  'fields',
  'grades',
  'length',
  'number',
  'percent',
  'persons',
  'route',
])

function rowsIn(table: string): readonly Row[] {
  return rowsOf().filter((row) => row.table === table)
}

function found(hear: Hear, table: string, ask: (day: LegalDate) => readonly { readonly code: string }[]): void {
  for (const day of days) {
    const codes = new Set(ask(day).map(({ code }) => code))
    for (const { code } of rowsIn(table)) hear(code, String(codes.has(code)))
  }
}

function askForPaths(hear: Hear): void {
  const below = random(7)
  for (let i = 0; i < 3_000; i++) {
    const { facts, day } = drawPoint(below)
    const { because, flows } = determine(facts, legalDate(day))
    const said = new Set(
      [...because, ...flows.flatMap((flow) => flow.because)].map(({ instrument, zh }) => `${instrument} ${zh}`),
    )
    for (const { id, citation, says } of rules) hear(id, String(said.has(`${citation.instrument} ${says.zh}`)))
  }
}

function askForExemptions(hear: Hear): void {
  const below = random(7)
  for (let i = 0; i < 1_000; i++) {
    const { facts, day } = drawPoint(below)
    for (const { exemption, path } of determine(facts, legalDate(day)).flows) {
      if (exemption) hear(exemption.claim, path)
    }
  }
}

function askForPenalties(hear: Hear): void {
  const rows = [...rowsIn('penalProvisions'), ...rowsIn('leniencyRules')]
  for (const day of days) {
    for (const breach of breachNames) {
      const { provisions, leniency } = penaltiesFor(breach, day)
      const codes = new Set([...provisions, ...leniency].map(({ code }) => code))
      for (const { code } of rows) hear(code, String(codes.has(code)))
    }
  }
}

/** A declaration with everything, whole and then with one thing at a time emptied, turned or taken out. */
function askForCompleteness(hear: Hear): void {
  const filedOn = legalDate('2026-03-02')
  for (const { declaration, details } of [filing, ...damaged(filing)]) {
    for (const { code, kind } of checkCompleteness(declaration, filedOn, details).findings) {
      // The form's sections and the clauses are tables of their own; their checks are named after them.
      for (const name of [code, code.replace(/^(form|legal-document)\./, '')]) hear(name, kind)
    }
  }
}

const filing: { readonly declaration: Declaration; readonly details: FilingDetails } = {
  declaration: {
    schema: 'tongguan/declaration/1',
    handler: { name: '示例医院', creditCode: '12110000EXAMP1E097', ciio: false, province: '北京' },
    reference: 'A-1',
    path: 'assessment',
    selfAssessment: { from: legalDate('2026-01-05'), to: legalDate('2026-02-10') },
    scenarios: [
      {
        id: 'research',
        name: '合作研究',
        purpose: '联合研究',
        manner: '公共互联网传输',
        recipients: [{ name: 'A university', country: 'NL' }],
        items: [
          { name: '诊断', description: '诊断名称', kind: 'diagnosis', category: 'sensitive', necessity: '研究终点' },
        ],
        persons: { general: 0, sensitive: 12_000 },
        importantDataBytes: 1,
        retention: '五年',
      },
    ],
    documents: (
      [
        'credit-code-certificate',
        'legal-representative-id',
        'agent-id',
        'power-of-attorney',
        'declaration-form',
        'legal-document',
        'self-assessment-report',
        'other-proof',
      ] as const
    ).map((kind) => ({ kind, file: `${kind}.pdf`, sha256: '0'.repeat(64), bytes: 1 })),
    countingMethod,
  },
  details: {
    form: {
      fields: sampleFields('declaration'),
      scenarios: [{ id: 'research', fields: sampleFields('scenario'), recipients: [sampleFields('recipient')] }],
    },
    clauses: ['K-1', 'K-2', 'K-3', 'K-4', 'K-5', 'K-6'],
    attorney: { from: legalDate('2026-01-01'), to: legalDate('2026-12-31') },
  },
}

function sampleFields(per: 'declaration' | 'scenario' | 'recipient'): Record<string, string> {
  const samples = { 'whole-number': '12', 'yes-or-no': '否', 'credit-code': '12110000EXAMP1E097', text: '示例' }
  return Object.fromEntries(
    declarationForm
      .flatMap(({ fields }) => fields.filter((field) => field.per === per))
      .map(({ code, format }) => [code, format.kind === 'choice' ? (format.of[0] ?? '') : samples[format.kind]]),
  )
}

/** Every copy of a value with one leaf of it changed or one member of a list left out. */
function damaged<T>(value: T): readonly T[] {
  if (typeof value === 'string') return ['' as T]
  if (typeof value === 'number') return [0 as T]
  if (typeof value === 'boolean') return [!value as T]
  if (Array.isArray(value)) {
    return value.flatMap((member: unknown, at) => [
      value.toSpliced(at, 1) as T,
      ...damaged(member).map((changed) => value.with(at, changed) as T),
    ])
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    damaged<unknown>(member).map((changed): T => ({ ...value, [name]: changed })),
  )
}

function askForExtensions(hear: Hear): void {
  const facts: ExtensionFacts = {
    lastDay: legalDate('2026-12-31'),
    purposeAndScopeUnchanged: true,
    partiesUnchanged: true,
    containsPersonalInformation: true,
    personsApproved: 10_000,
    personsPlanned: 12_000,
    containsImportantData: true,
    importantDataBytesApproved: 10_000,
    importantDataBytesPlanned: 12_000,
    legalDocumentMeetsArticle9: true,
    keptToTheNotice: true,
    majorIncident: false,
  }
  const { lastDay, ...stated } = facts
  for (const one of [stated, ...damaged(stated)]) {
    for (const { code, holds } of checkExtension({ lastDay, ...one }, today).conditions) hear(code, holds)
  }
}

function askForNewDeclarations(route: 'assessment' | 'standard-contract', hear: Hear): void {
  const before: ExportScope = {
    handler: { name: '示例医院', actualController: '示例区政府' },
    legalDocument: { title: 'Agreement', version: '1' },
    scenarios: [
      {
        id: 'research',
        purpose: '联合研究',
        manner: '公共互联网传输',
        items: ['诊断'],
        types: ['sensitive'],
        recipients: [
          { name: 'A university', country: 'NL', actualController: 'its board', use: 'analysis', manner: 'storage' },
        ],
        retention: '五年',
        retentionMonths: 60,
        storagePlace: 'Amsterdam',
        persons: { general: 0, sensitive: 0 },
        importantDataBytes: null,
      },
    ],
  }
  const [scenario] = before.scenarios
  const grown = {
    ...before,
    scenarios: [{ ...scenario, id: 'research', retentionMonths: 61, persons: { general: 1, sensitive: 0 } }],
  }
  const affectsSecurity = Object.fromEntries(
    rowsIn('redeclarationTriggers')
      .concat(rowsIn('contractTriggers'))
      .map(({ code }) => [code, true]),
  )
  const quiet: Circumstances = { recipientCountryChanged: false, otherCircumstances: false, affectsSecurity }
  const ask = (after: ExportScope, circumstances: Circumstances) => {
    for (const { code, fires } of compareScopes(before, after, circumstances, today, route).triggers) hear(code, fires)
  }
  for (const after of [before, grown, ...damaged(before)]) ask(after, quiet)
  ask(before, { ...quiet, recipientCountryChanged: true })
  ask(before, { ...quiet, otherCircumstances: true })
}

function askForImportantData(hear: Hear): void {
  for (const day of days) {
    for (const yes of [true, false]) {
      const data = { specificFieldGroupRegionOrScale: yes, mayEndanger: yes, mayEndangerDirectly: yes }
      const answer = importantDataTest({ ...data, affectsOnlyOrganisationOrIndividuals: false }, day)
      const row = rowsIn('importantDataDefinitions').find(
        ({ citation }) => citation.instrument === answer?.citation.instrument,
      )
      if (answer && row) hear(row.code, answer.byDefinition)
    }
  }
}

function askForCoreData(hear: Hear): void {
  for (const coreRelation of [true, false]) hear('CORE', coreDataTest({ coreRelation }).byDefinition)
}

function askForGrades(hear: Hear): void {
  for (const harm of ['specially-serious', 'serious', 'general'] as const) {
    hear('gradingMatrix', gradeOf([{ affects: 'national-security', harm }]))
  }
}
