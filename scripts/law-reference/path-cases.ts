import { determine, legalDate } from '@tongguan/law'
import type { Determination, ExportFacts, FlowFacts, HandlerFacts, Reason, Words } from '@tongguan/law'

/** One case the engine was asked about while the reference was printed, with what it answered. */
export interface PathCase extends Words {
  readonly on: string
  readonly determination: Determination
}

/** A sentence of the law as answers gave it, with the cases it was a ground of. */
export interface SpokenRule {
  readonly reason: Reason
  readonly cases: readonly PathCase[]
}

/** The cases of the reference: the borders of every number, each stop, each exemption, both eras. */
export function pathCases(): readonly PathCase[] {
  return asked.map(({ zh, en, on = today, flow = {}, handler = {}, more = {} }) => ({
    zh,
    en,
    on,
    determination: determine(facts(flow, handler, more), legalDate(on)),
  }))
}

/** Every sentence that was a ground of some answer, in the order it first came up. */
export function spokenRules(cases: readonly PathCase[]): readonly SpokenRule[] {
  const spoken = new Map<string, { reason: Reason; cases: PathCase[] }>()
  for (const one of cases) {
    const { because, flows } = one.determination
    const said = new Map([...because, ...flows.flatMap((flow) => flow.because)].map((r) => [keyOf(r), r]))
    for (const [key, reason] of said) {
      const known = spoken.get(key)
      if (known) known.cases.push(one)
      else spoken.set(key, { reason, cases: [one] })
    }
  }
  return [...spoken.values()]
}

function keyOf({ instrument, article, paragraph, item, zh }: Omit<Reason, 'facts' | 'en'>): string {
  return [instrument, article, paragraph ?? '', item ?? '', zh].join('|')
}

interface Asked extends Words {
  readonly on?: string
  readonly flow?: Partial<FlowFacts>
  readonly handler?: Partial<HandlerFacts>
  readonly more?: Partial<ExportFacts>
}

const today = '2026-11-23'

function facts(flow: Partial<FlowFacts>, handler: Partial<HandlerFacts>, more: Partial<ExportFacts>): ExportFacts {
  return {
    schema: 'tongguan/facts/1',
    voluntaryDeclaration: false,
    ...more,
    handler: {
      ciio: false,
      publicBody: 'none',
      personsProcessed: 800_000,
      identification: { done: true, on: '2026-05-01', by: 'data office' },
      ftz: 'none',
      ...handler,
    },
    flows: [
      {
        id: 'flow',
        recipients: [{ name: 'A recipient', country: 'NL', region: null, restrictedList: false }],
        manner: 'transfer',
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
        gba: 'none',
        minorsUnder14: false,
        exemption: 'none',
        conditions: { necessary: true },
        since1January: { general: 1_200, sensitive: 300, both: 0 },
        ...flow,
      },
    ],
  }
}

function thisYear(general: number, sensitive: number): Asked {
  return {
    zh: `自当年1月1日起一般信息${general}人、敏感信息${sensitive}人`,
    en: `${general.toLocaleString('en')} general and ${sensitive.toLocaleString('en')} sensitive persons since 1 January`,
    flow: { since1January: { general, sensitive, both: 0 } },
  }
}

function sinceLastYear(on: string, processed: number, general: number, sensitive: number): Asked {
  return {
    zh: `处理${processed}人；自上年1月1日起个人信息${general}人，其中敏感${sensitive}人`,
    en: `${processed.toLocaleString('en')} persons processed; since 1 January of last year ${general.toLocaleString('en')} persons, ${sensitive.toLocaleString('en')} of them sensitive`,
    on,
    handler: { personsProcessed: processed },
    flow: { since1January: { general: 0, sensitive: 0, both: 0 }, since1JanuaryLastYear: { general, sensitive } },
  }
}

function with_(zh: string, en: string, flow: Partial<FlowFacts>, handler: Partial<HandlerFacts> = {}): Asked {
  return { zh, en, flow, handler }
}

function exempted(zh: string, en: string, exemption: string, conditions: FlowFacts['conditions'] = {}): Asked {
  const since1January = { general: 2_000_000, sensitive: 0, both: 0 }
  return with_(`一般信息200万人，${zh}`, `2,000,000 general persons, ${en}`, {
    exemption,
    conditions: { necessary: true, ...conditions },
    since1January,
  })
}

const asked: readonly Asked[] = [
  thisYear(0, 0),
  thisYear(99_999, 0),
  thisYear(100_000, 0),
  thisYear(999_999, 0),
  thisYear(1_000_000, 0),
  thisYear(0, 1),
  thisYear(50_000, 1),
  thisYear(0, 9_999),
  thisYear(0, 10_000),
  thisYear(999_999, 9_999),
  with_(
    '关键信息基础设施运营者，敏感信息1人',
    'operator of critical infrastructure, one sensitive person',
    { since1January: { general: 0, sensitive: 1, both: 0 } },
    { ciio: true },
  ),
  with_(
    '关键信息基础设施运营者，一般信息1人',
    'operator of critical infrastructure, one general person',
    { since1January: { general: 1, sensitive: 0, both: 0 } },
    { ciio: true },
  ),
  with_('已告知的重要数据', 'important data, notified', { importantData: 'notified' }),
  with_('已公布的重要数据', 'important data, published', { importantData: 'published' }),
  with_('仅符合重要数据定义', 'data that only meet the definition', { importantData: 'meets-definition' }),
  with_('不含个人信息和重要数据', 'neither personal information nor important data', {
    containsPersonalInformation: false,
    exemption: 'no-personal-information',
    since1January: { general: 0, sensitive: 0, both: 0 },
  }),
  with_('核心数据', 'core data', { coreData: true }),
  with_('国家秘密', 'state secrets', { stateSecrets: true }),
  with_('外国司法或者执法机构的请求', 'a request of a foreign authority', { foreignAuthorityRequest: true }),
  with_('接收方在限制或者禁止清单上', 'a recipient on the restricted list', {
    recipients: [{ name: 'A listed one', country: 'US', restrictedList: true }],
  }),
  with_('数据未离开境内', 'nothing leaves China', { leavesChina: false }),
  with_('境外机构人员在境内访问', 'staff of an overseas body read inside China', {
    manner: 'remote-access',
    accessPlace: 'CN',
    leavesChina: false,
  }),
  with_('国家机关', 'a state organ', {}, { publicBody: 'state-organ' }),
  with_(
    '法律法规授权的组织',
    'a body authorised by law',
    { legalBasis: 'statutory' },
    { publicBody: 'authorised-body' },
  ),
  { ...with_('自愿申报', 'declared willingly', {}), more: { voluntaryDeclaration: true } },
  exempted(
    '境外收集、来境内处理后再出境，未引入境内数据',
    'collected abroad, processed here, nothing domestic added',
    'overseas-origin',
    {
      collectedAbroad: true,
      sentToChinaForProcessing: true,
      noDomesticDataAdded: true,
    },
  ),
  exempted(
    '境外收集、来境内处理后再出境，引入了境内数据',
    'collected abroad, processed here, with domestic data added',
    'overseas-origin',
    {
      collectedAbroad: true,
      sentToChinaForProcessing: true,
      noDomesticDataAdded: false,
    },
  ),
  exempted('为订立、履行个人作为一方的合同', 'for a contract of the individual', 'contract-with-individual', {
    individualIsParty: true,
  }),
  exempted(
    '称为订立、履行合同，但个人不是合同一方',
    'for a contract the individual is not a party to',
    'contract-with-individual',
    {
      individualIsParty: false,
    },
  ),
  exempted(
    '跨境人力资源管理，规章与集体合同俱备',
    'cross-border staff management, with rules and collective contract',
    'cross-border-hr',
    {
      lawfulLabourRules: true,
      collectiveContract: true,
      employeesOnly: true,
    },
  ),
  exempted(
    '跨境人力资源管理，没有集体合同',
    'cross-border staff management without a collective contract',
    'cross-border-hr',
    {
      lawfulLabourRules: true,
      collectiveContract: false,
      employeesOnly: true,
    },
  ),
  exempted('紧急情况下保护生命健康和财产安全', 'in an emergency, to protect life, health and property', 'emergency', {
    emergencyExists: true,
    protectsLifeHealthProperty: true,
  }),
  exempted(
    '履行法定职责或者法定义务，已经主管机关确认',
    'for a statutory duty, confirmed by the authority',
    'statutory-duty',
    {
      confirmedByAuthority: true,
    },
  ),
  exempted('国际条约、协定，已经主管机关确认', 'under a treaty, confirmed by the authority', 'treaty', {
    confirmedByAuthority: true,
  }),
  with_(
    '一般信息200万人，金融业指引所列豁免场景，清单、版本、条目、核对人俱备',
    '2,000,000 general persons, a scenario the finance guide treats as exempt, with list, version, entry and who compared',
    {
      industry: 'finance',
      financeScenario: { list: 'list', version: '2025', entry: '1', checkedBy: 'data office' },
      exemption: 'finance-scenario',
      conditions: { onScenarioList: true, necessary: true },
      since1January: { general: 2_000_000, sensitive: 0, both: 0 },
    },
  ),
  with_(
    '已告知的重要汽车数据，不含个人信息，依指引改为报告、备案，已经主管部门确认',
    'important automobile data, notified, without personal information, reported instead as the guide says, confirmed by the authority',
    {
      industry: 'automobile',
      importantData: 'notified',
      containsPersonalInformation: false,
      since1January: { general: 0, sensitive: 0, both: 0 },
      exemption: 'automobile-reported-instead',
      conditions: { reportedOrFiled: true, confirmedByAuthority: true },
    },
  ),
  with_('汽车数据，敏感信息1万人', 'automobile data, 10,000 sensitive persons', {
    industry: 'automobile',
    since1January: { general: 0, sensitive: 10_000, both: 0 },
  }),
  with_(
    '境外处理者直接收集境内自然人的信息，敏感信息1人',
    'a handler abroad collects from people in China, one sensitive person',
    { manner: 'direct-collection', since1January: { general: 0, sensitive: 1, both: 0 } },
    { abroad: true, representative: { appointed: true, reported: true } },
  ),
  with_('征信机构的数据', 'data of a credit bureau', { industry: 'credit-reporting' }),
  {
    ...exempted(
      '自由贸易试验区负面清单外，清单、版本、条目、核对人俱备',
      'off the list of a free trade zone, with list, version, entry and who checked',
      'ftz-off-list',
      {
        onNegativeList: false,
        listInForce: true,
      },
    ),
    handler: { ftz: { zone: 'beijing', list: 'list', version: '2025', entry: '1', checkedBy: 'data office' } },
  },
  sinceLastYear('2022-09-01', 999_999, 500, 50),
  sinceLastYear('2023-04-01', 999_999, 99_999, 9_999),
  sinceLastYear('2023-07-01', 999_999, 99_999, 9_999),
  sinceLastYear('2023-07-01', 1_000_000, 1, 0),
  sinceLastYear('2023-07-01', 999_999, 100_000, 0),
  sinceLastYear('2023-07-01', 999_999, 10_000, 10_000),
  sinceLastYear('2024-03-21', 999_999, 99_999, 9_999),
  {
    ...with_('仅符合重要数据定义', 'data that only meet the definition', { importantData: 'meets-definition' }),
    on: '2024-03-21',
  },
  {
    ...with_('关键信息基础设施运营者', 'operator of critical infrastructure', {}, { ciio: true }),
    on: '2023-07-01',
  },
  {
    ...with_('不含个人信息和重要数据', 'neither personal information nor important data', {
      containsPersonalInformation: false,
      since1January: { general: 0, sensitive: 0, both: 0 },
      since1JanuaryLastYear: { general: 0, sensitive: 0 },
    }),
    on: '2023-07-01',
  },
  {
    ...with_('自愿申报', 'declared willingly', {}),
    on: '2025-12-31',
    more: { voluntaryDeclaration: true },
  },
  {
    ...with_('拆分数量以订立标准合同', 'numbers divided to use a contract', {}),
    more: { numbersSplit: true },
  },
  {
    ...with_('拆分数量至豁免以下', 'numbers divided to stay below the exemption', {
      since1January: { general: 1_200, sensitive: 0, both: 0 },
    }),
    more: { numbersSplit: true },
  },
  { ...with_('国家秘密', 'state secrets', { stateSecrets: true }), on: '2024-12-31' },
  { ...with_('数据未离开境内', 'nothing leaves China', { leavesChina: false }), on: '2023-07-01' },
  { ...with_('数据未离开境内', 'nothing leaves China', { leavesChina: false }), on: '2025-06-26' },
]
