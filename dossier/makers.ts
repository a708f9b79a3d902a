// What the tests of this trade build their cases from: an invented handler, four columns in two files, 12,000 persons.
import { legalDate } from '@tongguan/law'
import type { Category, ColumnEvidence, Determination, Evidence, ExportFacts, FileEvidence, Kind } from '@tongguan/law'
import type { Answers, ItemAnswers, PersonInCharge, ScenarioAnswers } from './answers.ts'
import type { Inputs } from './problems.ts'

/** A case in which everything fits together; each test breaks one thing. */
export function aCase(changes: Partial<Inputs> = {}): Inputs {
  return {
    evidence: anEvidence(),
    facts: someFacts(),
    determination: aDetermination(),
    answers: someAnswers(),
    filedOn: legalDate('2026-03-02'),
    ...changes,
  }
}

export function anEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    schema: 'tongguan/evidence/1',
    engine: { kind: 'embedded', version: '26.7', nodes: 1 },
    rules: { on: '2026-03-02', packs: ['GB/T 45574-2025'], detectors: 'tongguan/detectors/1' },
    scanned: { bytes: 1_000_000, rows: 24_000, files: 2, seconds: 1, complete: true },
    files: [
      aFile('患者登记.csv', [
        aColumn('入组编号', 'none', 'none'),
        aColumn('性别', 'sex', 'personal'),
        aColumn('姓名', 'name', 'personal', { identifies: 'direct', sample: ['张**'] }),
      ]),
      aFile('检验结果.tsv', [
        aColumn('入组编号', 'none', 'none'),
        aColumn('结果', 'lab_result', 'sensitive', { sample: ['6.*'] }),
      ]),
    ],
    persons: {
      lower: 11_990,
      point: 12_000,
      upper: 12_000,
      exact: true,
      sensitive: { lower: 11_980, point: 12_000, upper: 12_000 },
      minors: 0,
      keyEpoch: '2026',
    },
    risk: [],
    hints: [],
    ...changes,
  }
}

export function aFile(
  path: string,
  columns: readonly ColumnEvidence[],
  changes: Partial<FileEvidence> = {},
): FileEvidence {
  return {
    path,
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    rows: 12_000,
    skipped: 0,
    bytes: 500_000,
    sha256: '0'.repeat(64),
    error: null,
    columns,
    ...changes,
  }
}

export function aColumn(
  name: string,
  kind: Kind,
  category: Category,
  changes: Partial<ColumnEvidence> = {},
): ColumnEvidence {
  return {
    name,
    kind,
    category,
    identifies: 'none',
    level: 'confirmed',
    counts: { rows: 12_000, nonEmpty: 12_000, matched: 12_000, valid: 12_000, distinct: 12_000 },
    findings: [],
    rejected: [],
    sample: [],
    sensitiveUnder: [],
    notSensitiveUnder: [],
    ...changes,
  }
}

export function someFacts(changes: Partial<ExportFacts['flows'][number]> = {}): ExportFacts {
  return {
    schema: 'tongguan/facts/1',
    handler: { name: '示例单位（模拟）', ciio: false },
    flows: [
      {
        id: 'research',
        recipients: [{ name: 'Example Centre', country: 'NL' }],
        manner: 'transfer',
        legalBasis: 'consent',
        importantData: 'none',
        minorsUnder14: false,
        since1January: { general: 0, sensitive: 12_000 },
        ...changes,
      },
    ],
  }
}

export function aDetermination(changes: Partial<Determination> = {}): Determination {
  return {
    schema: 'tongguan/determination/1',
    on: legalDate('2026-03-02'),
    rules: legalDate('2026-01-01'),
    path: 'assessment',
    strictPath: 'assessment',
    mayProceed: 'after-duties',
    available: [],
    alsoRequired: [],
    missing: [],
    certainty: 'primary',
    flows: [],
    because: [
      {
        instrument: 'provisions-2024',
        article: 7,
        paragraph: 1,
        item: 2,
        facts: { sensitive: 12_000 },
        zh: '自当年1月1日起敏感个人信息达到1万人。',
        en: '10,000 or more persons with sensitive information since 1 January.',
      },
    ],
    alsoBecause: [],
    alsoMissing: [],
    straddled: [],
    notLawfulAsDescribed: false,
    counted: {
      window: 'since1January',
      from: legalDate('2026-01-01'),
      general: 0,
      sensitive: 12_000,
      apart: [],
    },
    openPoints: [],
    warnings: [],
    margin: null,
    wouldChange: [],
    ...changes,
  }
}

export function someAnswers(changes: Partial<Answers> = {}): Answers {
  return {
    schema: 'tongguan/answers/1',
    simulated: true,
    reference: '示申〔2026〕1号',
    handler: {
      name: '示例单位（模拟）',
      nature: '事业单位',
      ownership: '内资',
      registeredAt: '示例路1号',
      officeAt: '示例路1号',
      province: '北京市',
      employees: 2600,
      creditCode: '12110000EXAMP1E097',
      ciio: false,
      personsProcessed: 12_000,
      shareholding: '无股东',
      investments: '无投资',
      organisation: '设办公室',
      business: '医疗',
      dataAssets: '病历库',
    },
    legalRepresentative: aPerson('张示例', '000000197001010019'),
    securityOfficer: { ...aPerson('李示范', '000000198002020029'), body: '数据办公室', bodyMembers: 6 },
    agent: {
      ...aPerson('王样本', '000000199003030039'),
      authorisedFrom: legalDate('2026-03-02'),
      authorisedTo: legalDate('2026-03-02'),
    },
    compliance: {
      from: legalDate('2024-03-02'),
      to: legalDate('2026-03-01'),
      penalties: '无处罚',
      investigations: '无调查',
      rectification: '不涉及',
    },
    selfAssessment: {
      from: legalDate('2026-01-05'),
      to: legalDate('2026-02-13'),
      organisation: '工作组',
      process: '三个阶段',
      method: '扫描与访谈',
      thirdParty: null,
    },
    safeguards: {
      management: '五项制度',
      notice: '告知书',
      separateConsent: '单独同意书',
      technical: [{ stage: '存储', measure: '加密' }],
      proof: ['三级测评'],
    },
    scenarios: [aScenario()],
    legalDocument: {
      title: '协议',
      parties: ['示例单位（模拟）', 'Example Centre'],
      languages: ['中文'],
      chinesePrevails: true,
      clauses: ([1, 2, 3, 4, 5, 6] as const).map((item) => ({
        id: `K-${item}` as const,
        where: `第${item}条`,
        text: `条款${item}内容`,
      })),
    },
    assessment: ([1, 2, 3, 4, 5, 6] as const).map((item) => ({
      item,
      analysis: `分析${item}`,
      problems: '无',
      rectification: '无',
      conclusion: `结论${item}`,
      ...rated,
    })),
    reviewerMatters: (['destination-law', 'equivalent-protection', 'compliance-record'] as const).map((matter) => ({
      matter,
      analysis: `${matter}的分析`,
      problems: '无',
      rectification: '无',
      conclusion: `${matter}的结论`,
      ...rated,
    })),
    conclusion: '可以申报',
    documents: [
      { kind: 'credit-code-certificate', standIn: true },
      { kind: 'legal-representative-id', standIn: true },
      { kind: 'agent-id', standIn: true },
      { kind: 'power-of-attorney', standIn: true },
      { kind: 'legal-document', standIn: true },
    ],
    ...changes,
  }
}

const rated = {
  risk: { before: { likelihood: 3, severity: 3 }, after: { likelihood: 1, severity: 3 } },
  measures: [{ what: '加密', owner: '信息中心', by: legalDate('2026-02-10') }],
} as const

export function aScenario(changes: Partial<ScenarioAnswers> = {}): ScenarioAnswers {
  return {
    id: 'research',
    name: '研究协作',
    summary: '为研究，将数据经专线传输。',
    purpose: '联合统计',
    scope: '入组患者',
    manner: '跨境专线传输',
    industry: '卫生健康',
    necessity: { export: '须出境', persons: '样本量', recipientProcessing: '只作统计' },
    importantData: null,
    recipients: [
      {
        name: 'Example Centre',
        country: 'NL',
        countryName: '荷兰',
        address: 'Voorbeeldweg 1',
        business: '研究',
        principal: 'Jan Voorbeeld',
        principalPosition: '主任',
        phone: '+31-20-0000000',
        email: 'a@umc.example',
        use: '统计',
        manner: '存储',
        management: '数据保护官',
        technology: '加密',
        ability: '有能力',
        countryLaw: '有独立监管',
      },
    ],
    recipientStatistics: null,
    items: [
      anItem('入组编号', '患者登记.csv'),
      anItem('性别', '患者登记.csv'),
      anItem('入组编号', '检验结果.tsv'),
      anItem('结果', '检验结果.tsv'),
    ],
    retention: '至2028年12月31日',
    persons: { exportedThisYear: 0, nextThreeYears: 12_000, relation: '同一批患者' },
    domesticSystem: '院内平台',
    link: { description: '专线', domesticEnds: ['192.0.2.10'], overseasEnds: ['198.51.100.20'] },
    overseasStorage: '阿姆斯特丹',
    onwardTransfer: '不再提供',
    ...changes,
  }
}

export function anItem(column: string, table: string, changes: Partial<ItemAnswers> = {}): ItemAnswers {
  return {
    column,
    table,
    description: `${column}的描述`,
    necessity: { related: '相关', leastImpact: '影响小', minimumScope: '最小', shortestPeriod: '最短' },
    inChina: { possible: false, why: '须与其他中心同池计算' },
    ...changes,
  }
}

function aPerson(name: string, idNumber: string): PersonInCharge {
  return {
    name,
    position: '职务',
    nationality: '中国',
    phone: '010-00000001',
    email: 'x@hospital.example',
    idType: '居民身份证',
    idNumber,
  }
}
