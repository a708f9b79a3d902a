// The law's commands as a user types them: the answer in contracts' shape, a list of one's own, a change of law, a forecast.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulesAsOf } from '@tongguan/law'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeterminationSchema } from '../../server/contract/determination.ts'
import { ImpactAnswerSchema, ListsAnswerSchema } from '../../server/contract/law-answers.ts'
import { repository, tongguan } from '../command-line.ts'
import { memoryFolder } from '../memory-folder.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(memoryFolder(), 'tongguan-law-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Flow {
  readonly [fact: string]: unknown
}

function factsOf(flow: Flow, handler: Flow = {}) {
  return {
    schema: 'tongguan/facts/1',
    handler: {
      ciio: false,
      publicBody: 'none',
      personsProcessed: 5_000,
      identification: { done: true },
      ftz: 'none',
      ...handler,
    },
    voluntaryDeclaration: false,
    flows: [
      {
        id: 'one',
        recipients: [{ name: 'A recipient', country: 'NL', restrictedList: false }],
        leavesChina: true,
        containsPersonalInformation: true,
        legalBasis: 'consent',
        importantData: 'none',
        coreData: false,
        stateSecrets: false,
        controlledItems: false,
        classifiedSurvey: false,
        foreignAuthorityRequest: false,
        humanGeneticResources: { provided: false },
        minorsUnder14: false,
        exemption: 'none',
        conditions: { necessary: true },
        since1January: { general: 1_200, sensitive: 300, both: 0 },
        ...flow,
      },
    ],
  }
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

test.for([
  [{}, 'contract-or-certification', 0],
  [{ importantData: 'notified' }, 'assessment', 0],
  [{ coreData: true }, 'prohibited', 1],
  [{ stateSecrets: true }, 'state-secrets-regime', 1],
  [{ leavesChina: false }, 'not-an-export', 0],
  [{ since1January: { general: 1, sensitive: 0 } }, 'exempt', 0],
  [{ importantData: 'not said yet' }, 'unknown', 4],
] as const)('determine --json: %j is %s and ends with %i', async ([flow, path, code]) => {
  const ran = await tongguan(['determine', file('facts.json', factsOf(flow)), '--on', '2026-11-23', '--json'], {
    cwd: folder,
  })
  const answer = DeterminationSchema.parse(JSON.parse(ran.out))
  expect([answer.path, ran.code]).toEqual([path, code])
  expect(answer.because.length).toBeGreaterThan(0)
})

test('a day before 2022-09-01 is refused in both languages, with what to write', async () => {
  const facts = file('early.json', factsOf({}))
  for (const [lang, words] of [
    ['en', 'Give a day from 2022-09-01'],
    ['zh', '2022-09-01 或以后的日期'],
  ] as const) {
    const ran = await tongguan(['determine', facts, '--on', '2022-08-31'], { cwd: folder, lang })
    expect([ran.code, ran.err.includes(words)]).toEqual([2, true])
  }
})

test('a list of one’s own ends the exemption of what it names, and makes published data important', async () => {
  const list = `catalogue,scope,instrument,version,entry,item,from,to,source,certainty
ftz-negative-list,beijing,示例清单,2025,3-12,"车辆轨迹,含时间",2026-05-08,,https://example.org/list,primary
important-data,automobile,示例目录,2026,1,充电网运行数据,2026-02-03,2026-12-31,https://example.org/list,primary
`
  const offList = factsOf(
    {
      exemption: 'ftz-off-list',
      conditions: { onNegativeList: false, listInForce: true },
      dataItems: ['车辆轨迹,含时间'],
    },
    { ftz: { zone: 'beijing', list: 'L', version: '2025', entry: '3', checkedBy: 'an officer' } },
  )
  const charging = factsOf({ dataItems: ['充电网运行数据'], industry: 'automobile' })
  const path = async (facts: unknown, data: string, on = '2026-11-23') => {
    const ran = await tongguan(['determine', file('f.json', facts), '--data', data, '--on', on, '--json'], {
      cwd: folder,
    })
    return DeterminationSchema.parse(JSON.parse(ran.out))
  }
  const [without, withList] = [join(folder, 'empty'), join(folder, 'loaded')]
  expect(await path(offList, without)).toMatchObject({ path: 'exempt', certainty: 'asserted-by-handler' })
  expect((await tongguan(['law', 'import-list', file('list.csv', list), '--data', withList])).code).toBe(0)
  const refuted = await path(offList, withList)
  expect(refuted.path).toBe('contract-or-certification')
  expect(refuted.because.some(({ en }) => en.includes('3-12'))).toBe(true)
  expect((await path(charging, without)).path).toBe('contract-or-certification')
  expect(await path(charging, withList)).toMatchObject({ path: 'assessment' })
  expect((await path(charging, withList)).warnings).toHaveLength(1)
  expect((await path(charging, withList, '2027-01-01')).path).toBe('contract-or-certification')
  // A first look at one's own data asks the same lists: those of the data folder here.
  writeFileSync(join(folder, 'persons.csv'), '姓名,手机号\n张伟,13812345678\n')
  mkdirSync(join(folder, '.tongguan'), { recursive: true })
  cpSync(withList, join(folder, '.tongguan', 'data'), { recursive: true })
  const looked = await tongguan(
    ['assess', 'persons.csv', '--facts', file('f.json', charging), '--on', '2026-11-23', '--json'],
    { cwd: folder },
  )
  expect(JSON.parse(looked.out)).toMatchObject({ determination: { path: 'assessment' } })
})

test.for([
  ['an unknown column', 'catalogue,field\n', 'column 2'],
  [
    'a day that does not exist',
    'catalogue,scope,instrument,version,entry,item,from,to,source,certainty\nimportant-data,all,i,v,1,x,2026-02-30,,s,primary\n',
    ':2 column 7',
  ],
  [
    'an unknown catalogue',
    'catalogue,scope,instrument,version,entry,item,from,to,source,certainty\nlist,all,i,v,1,x,2026-02-03,,s,primary\n',
    ':2 column 1',
  ],
  ['no entry', 'catalogue,scope,instrument,version,entry,item,from,to,source,certainty\n', 'no entry'],
  [
    'a missing column',
    'catalogue,scope,instrument,version,entry,from,to,source,certainty\n',
    'the column "item" is missing',
  ],
  ['a column twice', 'catalogue,scope,scope\n', 'column 3 the column "scope" is there twice'],
  [
    'the same entry twice',
    `catalogue,scope,instrument,version,entry,item,from,to,source,certainty\n${'important-data,all,i,v,1,x,2026-02-03,,s,primary\n'.repeat(2)}`,
    ':3 column 1 the same as line 2',
  ],
  [
    'a control character',
    'catalogue,scope,instrument,version,entry,item,from,to,source,certainty\nimportant-data,all,i,v,1,x\u001b[2J,2026-02-03,,s,primary\n',
    ':2 column 6 a control character',
  ],
  ['a quote left open', 'catalogue,scope\n"x', 'quote'],
] as const)('a list with %s is refused and nothing is kept', async ([, list, says]) => {
  const data = join(folder, 'kept')
  const ran = await tongguan(['law', 'import-list', file('bad.csv', list), '--data', data])
  expect([ran.code, ran.err.includes(says)]).toEqual([2, true])
  expect((await tongguan(['law', 'lists', '--data', data, '--json'])).out).toContain('"loaded": []')
})

test('a name that would colour the screen is shown and not done', async () => {
  const facts = factsOf({ id: 'one\u001b[31m' })
  const two = { ...facts, flows: [...facts.flows, { ...facts.flows[0], id: 'two' }] }
  const { out } = await tongguan(['determine', file('coloured.json', two), '--on', '2026-11-23'], { cwd: folder })
  expect(out).toContain('one\u{fffd}[31m')
})

test('the example list loads, and the lists there are say their rules’ day and what stays open about them', async () => {
  const example = join(repository, 'examples/lists/example-list.csv')
  const data = join(folder, 'example')
  expect((await tongguan(['law', 'import-list', example, '--data', data])).code).toBe(0)
  const { rules, loaded, openPoints } = ListsAnswerSchema.parse(
    JSON.parse((await tongguan(['law', 'lists', '--data', data, '--json'])).out),
  )
  expect([rules, loaded.length]).toEqual([rulesAsOf, 2])
  expect(openPoints.map(({ id }) => id)).toContain('finance-scenarios')
})

test('a change of law, seen over a register in a folder and over one in lines', async () => {
  const many = factsOf({
    since1January: { general: 50_000, sensitive: 0 },
    since1JanuaryLastYear: { general: 550_000, sensitive: 0 },
  })
  const few = factsOf({ importantData: 'notified', since1JanuaryLastYear: { general: 10, sensitive: 0 } })
  // Its path stays the same; the question it touches on the later day is the answer's all the same.
  const onTheLine = factsOf({
    since1January: { general: 1_000_000, sensitive: 0 },
    since1JanuaryLastYear: { general: 1_000_000, sensitive: 0 },
  })
  const register = join(folder, 'register')
  mkdirSync(register)
  writeFileSync(join(register, 'many.json'), JSON.stringify({ on: '2024-03-21', facts: many }))
  writeFileSync(join(register, 'few.json'), JSON.stringify({ on: '2024-03-21', facts: few }))
  writeFileSync(join(register, 'on-the-line.json'), JSON.stringify({ on: '2024-03-21', facts: onTheLine }))
  const lines = file('register.ndjson', `${JSON.stringify({ id: 'many', on: '2024-03-21', facts: many })}\n`)
  const ran = await tongguan(['law', 'impact', register, '--on', '2024-03-22', '--json'], { cwd: folder })
  expect(ImpactAnswerSchema.parse(JSON.parse(ran.out))).toMatchObject({
    rules: rulesAsOf,
    openPoints: [{ id: 'exactly-on-the-line' }],
    cases: 3,
    rows: [
      {
        id: 'many',
        path: 'assessment',
        pathUnder: 'exempt',
        change: 'lighter',
        because: { instrument: 'measures-2022', article: 4, item: 3 },
        becauseUnder: { instrument: 'provisions-2024', article: 5, paragraph: 1, item: 4 },
        certainty: 'primary',
        certaintyUnder: 'primary',
      },
    ],
  })
  expect((await tongguan(['law', 'impact', lines, '--on', '2024-03-22', '--lang', 'en'])).out).toContain('1 cases')
  writeFileSync(lines, `${readFileSync(lines, 'utf8')}{"on":"2024-13-01","facts":{}}\n`)
  const broken = await tongguan(['law', 'impact', lines, '--on', '2024-03-22'])
  expect([broken.code, broken.err.includes('register.ndjson (2)')]).toEqual([2, true])
})

test('a monthly series foretells the day each line is reached', async () => {
  const series = file('series.csv', 'month,new_general,new_sensitive\n2026-01,9000,3100\n2026-02,8000,2800\n')
  const facts = file('facts.json', factsOf({}))
  const ran = await tongguan(['determine', facts, '--on', '2026-02-28', '--forecast', series, '--json'], {
    cwd: folder,
  })
  const { forecast } = JSON.parse(ran.out) as { forecast: { line: { persons: number }; day: string }[] }
  expect(forecast.find(({ line }) => line.persons === 10_000)?.day).toBe('2026-04-10')
  const half = file('half.csv', 'month,new_general,new_sensitive\n2026-01,9000,-1\n')
  const refused = await tongguan(['determine', facts, '--forecast', half], { cwd: folder })
  expect([refused.code, refused.err.includes(':2 column 3')]).toEqual([2, true])
})
