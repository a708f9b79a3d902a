// What is handed in on each path: the declaration's eight materials, the extension's, the standard contract's seven.
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { compose } from './compose.ts'
import { checkContract } from './contract/check-contract.ts'
import { goodContract } from './contract/makers.ts'
import { readContract } from './contract/read-contract.ts'
import { filingMaterials, filingOf } from './filing.ts'
import { aCase, aDetermination, someAnswers } from './makers.ts'
import type { Inputs } from './problems.ts'

const onContract = (changes: Partial<Inputs> = {}) =>
  aCase({ determination: aDetermination({ path: 'contract-or-certification' }), ...changes })
const severities = (inputs: Inputs) =>
  Object.fromEntries(check(inputs).map(({ code, severity }) => [code, severity] as const))

test('whoever declares voluntarily files a declaration; otherwise the path says what is filed', () => {
  expect(filingOf(aCase())).toBe('assessment')
  expect(filingOf(onContract())).toBe('standard-contract')
  const { facts } = aCase()
  expect(filingOf(onContract({ facts: { ...facts, voluntaryDeclaration: true } }))).toBe('assessment')
})

test('a standard-contract filing has no declaration form, is not refused for it, and lists its own seven materials', () => {
  const dossier = compose(onContract())
  const kinds = dossier.papers.map(({ kind }) => kind)
  expect(
    kinds.filter((kind) => ['declaration-form', 'self-assessment-report', 'completeness-list'].includes(kind)),
  ).toEqual([])
  expect(kinds.slice(0, 2)).toEqual(['cover-index', 'filing-list'])
  expect(severities(onContract())).toEqual({ 'path.standard-contract': 'warning' })
  expect(filingMaterials['standard-contract'].filter(({ asNeeded }) => !asNeeded)).toHaveLength(7)
  const said = (kind: string) => JSON.stringify(dossier.papers.find((paper) => paper.kind === kind)?.sheet)
  expect(said('filing-list')).toContain('个人信息保护影响评估报告.docx')
  expect(said('power-of-attorney')).toContain('标准合同备案工作')
})

test.for(['credit-code-certificate', 'legal-representative-id', 'agent-id', 'legal-document'])(
  'a standard-contract filing without the %s is refused',
  (kind) => {
    const documents = someAnswers().documents.filter((one) => one.kind !== kind)
    expect(severities(onContract({ answers: someAnswers({ documents }) }))).toMatchObject({
      'filing.material-missing': 'error',
    })
  },
)

test('what departs from the standard contract is asked about in a declaration and refused in a filing', async () => {
  const foreign = goodContract.replace('适用中华人民共和国法律', '适用荷兰法律').replace(/附件一.*/, '')
  const text = await readContract(Buffer.from(foreign), 'c.txt')
  const contract = { text, check: checkContract(text) }
  expect(severities(aCase({ contract }))).toMatchObject({ 'contract.standard-conflict': 'warning' })
  expect(severities(aCase({ contract }))).not.toHaveProperty(['contract.standard-term-missing'])
  expect(severities(onContract({ contract }))).toMatchObject({
    'contract.standard-conflict': 'error',
    'contract.standard-term-missing': 'error',
  })
})
