import { legalDate } from '@tongguan/law'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { withDocuments } from './write.ts'
import { aCase, aColumn, aFile, anEvidence, anItem, aScenario, someAnswers } from './makers.ts'
import { declaredPersons } from './persons.ts'

test('the declaration carries items, persons, recipients and the counting method', () => {
  const { declaration } = compose(aCase())
  expect(declaration).toMatchObject({
    schema: 'tongguan/declaration/1',
    handler: { creditCode: '12110000EXAMP1E097', ciio: false, province: '北京市' },
    path: 'assessment',
    selfAssessment: { from: '2026-01-05', to: '2026-02-13' },
    countingMethod: 'tongguan/persons/1',
    documents: [],
  })
  expect(declaration.scenarios).toMatchObject([
    {
      id: 'research',
      persons: { general: 0, sensitive: 12_000 },
      recipients: [{ name: 'Example Centre', country: 'NL' }],
      importantDataBytes: null,
    },
  ])
  expect(declaration.scenarios[0]?.items.map(({ name, kind, category }) => [name, kind, category])).toEqual([
    ['入组编号', 'none', 'none'],
    ['性别', 'sex', 'personal'],
    ['结果', 'lab_result', 'sensitive'],
  ])
})

test('one name in two tables is one item, and the more sensitive column speaks for it', () => {
  const files = [
    aFile('一.csv', [aColumn('值', 'sex', 'personal')]),
    aFile('二.csv', [aColumn('值', 'lab_result', 'sensitive')]),
  ]
  const scenario = aScenario({ items: [anItem('值', '一.csv'), anItem('值', '二.csv')] })
  const { scenarios } = compose(
    aCase({ evidence: anEvidence({ files }), answers: someAnswers({ scenarios: [scenario] }) }),
  )
  expect(scenarios[0]?.items).toMatchObject([{ name: '值', category: 'sensitive', tables: ['一.csv', '二.csv'] }])
})

test('an item that is not in the data is not declared', () => {
  const scenario = aScenario({ items: [anItem('性别', '患者登记.csv'), anItem('血型', '患者登记.csv')] })
  const { declaration } = compose(aCase({ answers: someAnswers({ scenarios: [scenario] }) }))
  expect(declaration.scenarios[0]?.items.map(({ name }) => name)).toEqual(['性别'])
})

test('columns that nobody proposes stay in China', () => {
  expect(compose(aCase()).kept).toEqual([{ table: '患者登记.csv', column: '姓名', kind: 'name', category: 'personal' }])
})

test('the masked sample stands in where no example is given', () => {
  const { scenarios } = compose(aCase())
  expect(scenarios[0]?.items.map(({ example }) => example)).toEqual(['—', '—', '6.*'])
})

test.for([
  [['sensitive', 'personal'], 500, 12_000],
  [['personal', 'none'], 12_500, 0],
  [['none'], 0, 0],
  [[], 0, 0],
] as const)('items of %j declare %i general and %i sensitive persons', ([categories, general, sensitive]) => {
  const persons = { ...anEvidence().persons, upper: 12_500 }
  const items = categories.map((category) => ({ category }))
  expect(declaredPersons(items, { persons })).toMatchObject({ general, sensitive })
})

test('where no item is sensitive, whoever is under fourteen still is', () => {
  const persons = { ...anEvidence().persons, lower: 1_000, point: 1_000, upper: 1_000, minors: 70 }
  expect(declaredPersons([{ category: 'personal' }], { persons })).toMatchObject({ general: 930, sensitive: 70 })
})

test('in a simulation the eight materials are complete; without one paper they are not', () => {
  expect(compose(aCase()).completeness.complete).toBe(true)
  const documents = someAnswers().documents.filter(({ kind }) => kind !== 'agent-id')
  const { completeness } = compose(aCase({ answers: someAnswers({ documents }) }))
  expect(completeness.complete).toBe(false)
  expect(completeness.findings.filter(({ kind }) => kind === 'missing').map(({ code }) => code)).toEqual([
    'document.agent-id',
  ])
})

test('a file handed in counts as its material', () => {
  const documents = someAnswers().documents.filter(({ kind }) => kind !== 'agent-id')
  const files = [{ kind: 'agent-id', file: '证件.pdf', sha256: 'a'.repeat(64), bytes: 3 }] as const
  const dossier = compose({ ...aCase({ answers: someAnswers({ documents }) }), files })
  expect(dossier.completeness.complete).toBe(true)
  expect(dossier.declaration.documents).toEqual(files)
})

test('written documents are declared by hash and length', () => {
  const written = [
    {
      kind: 'declaration-form',
      language: 'zh',
      filed: true,
      fileName: '表.docx',
      bytes: new Uint8Array(7),
      sha256: 'b'.repeat(64),
    },
  ] as const
  expect(withDocuments(compose(aCase()), written).documents).toEqual([
    { kind: 'declaration-form', file: '表.docx', bytes: 7, sha256: 'b'.repeat(64) },
  ])
})

test('the same input gives the same dossier', () => {
  expect(compose(aCase())).toEqual(compose(aCase()))
  expect(compose(aCase({ filedOn: legalDate('2026-03-01') }))).not.toEqual(compose(aCase()))
})
