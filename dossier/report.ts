import { choiceText, reviewerNames } from './choices.ts'
import {
  addMonths,
  alsoRequiredWords,
  certaintyWords,
  cite,
  countingMethod,
  disclaimer,
  kinds,
  pathWords,
  selfAssessmentAge,
} from '@tongguan/law'
import type { Bounds, Determination, Evidence, LegalDate, Words } from '@tongguan/law'
import type {
  Answers,
  AssessedMatter,
  AssessmentAnswer,
  ClauseId,
  RecipientAnswers,
  ReviewerMatter,
} from './answers.ts'
import { answer, centred, fields, h1, h2, h3, pageBreak, paragraph, space, table, title, w } from './blocks.ts'
import type { Block, Cell, Part, Sheet, Text } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import type { ConsentCount } from './consent-register.ts'
import { destinationOf } from './destinations.ts'
import type { JoinedItem, KeptColumn } from './items.ts'
import { riskBlocks, riskMatrix } from './risk.ts'
import { categoryNames, countryText, dateText, itemNumber, kindAndCategory, personsCount, yesNo } from './words.ts'

interface Found {
  readonly evidence: Evidence
  readonly determination: Determination
  readonly scenarios: readonly ScenarioDossier[]
  readonly kept: readonly KeptColumn[]
  readonly filedOn: LegalDate
  readonly consents?: ConsentCount | undefined
}

/** The self-assessment report (数据出境风险自评估报告), chapter by chapter as in Guide v3, annex 4. */
export function selfAssessmentReport(answers: Answers, found: Found): Sheet {
  return {
    style: 'report',
    name: w('数据出境风险自评估报告', 'Self-assessment report'),
    blocks: [
      ...cover(answers, found.filedOn),
      ...partOne(answers),
      h1(w('二、出境活动整体情况', '2. The export as a whole')),
      ...handlerChapter(answers),
      ...dataChapter(answers, found),
      ...safeguardChapter(answers, found.consents),
      ...recipientChapter(answers, found.scenarios),
      ...legalDocumentChapter(answers),
      ...otherChapter(answers, found.determination),
      ...partThree(answers, found),
    ],
  }
}

const joined = (texts: readonly Text[], glue: Words): Words => {
  const inOne = (language: 'zh' | 'en') =>
    texts.map((text) => (typeof text === 'string' ? text : text[language])).join(glue[language])
  return w(inOne('zh'), inOne('en'))
}
const comma = w('，', ', ')
const semicolon = w('；', '; ')

const said = (zh: string, en: string, key: string, text: Text): Block =>
  paragraph(w(`${zh}：`, `${en}: `), answer(key, text))

function cover({ handler, selfAssessment }: Answers, filedOn: LegalDate): readonly Block[] {
  const { to, thirdParty } = selfAssessment
  const fresh = addMonths(filedOn, -selfAssessmentAge.months) <= to && to <= filedOn
  return [
    space(6),
    title(w('数据出境风险自评估报告', 'Self-assessment report on the risks of a data export')),
    space(8),
    centred(w('数据处理者名称（盖章）：', 'Data handler (seal): '), handler.name),
    centred(w(dateText(filedOn), filedOn)),
    pageBreak,
    h1(w('说明', 'Notes')),
    paragraph(
      w(
        '一、本报告内容真实、完整、准确，由数据处理者负责。',
        '1. The contents are true, complete and accurate; the handler answers for them.',
      ),
    ),
    paragraph(
      w(
        `二、自评估于${dateText(to)}完成，申报日为${dateText(filedOn)}，${fresh ? '在申报日之前三个月内完成' : '不在申报日之前三个月内，须更新后再申报'}。`,
        `2. The self-assessment was finished on ${to}, the day of filing is ${filedOn}: ${fresh ? 'within the three months before filing' : 'not within the three months before filing; bring it up to date first'}.`,
      ),
    ),
    paragraph(
      w('三、第三方机构参与情况：', '3. Third parties: '),
      thirdParty === null
        ? w('没有第三方机构参与，由数据处理者自行完成。', 'none took part; the handler did it alone.')
        : answer('selfAssessment.thirdParty', thirdParty),
    ),
    paragraph(
      w(
        '四、人数和数据项类型由数据扫描得出；示例为数据处理者虚构，未提供的取扫描所得的遮蔽样本；其余由数据处理者填报。',
        '4. Persons and kinds of items come from the scan; examples are invented by the handler or, where none was given, masked samples of the scan; the rest is stated by the handler.',
      ),
    ),
    pageBreak,
  ]
}

function partOne({ selfAssessment: { from, to, organisation, process, method } }: Answers): readonly Block[] {
  return [
    h1(w('一、自评估工作情况', '1. How the self-assessment was done')),
    h2(w('（一）起止时间', '(1) Period')),
    paragraph(w(`${dateText(from)}至${dateText(to)}。`, `${from} to ${to}.`)),
    h2(w('（二）组织情况', '(2) Organisation')),
    paragraph(answer('selfAssessment.organisation', organisation)),
    h2(w('（三）实施过程', '(3) Course')),
    paragraph(answer('selfAssessment.process', process)),
    h2(w('（四）实施方式', '(4) Method')),
    paragraph(answer('selfAssessment.method', method)),
  ]
}

function handlerChapter({ handler, securityOfficer }: Answers): readonly Block[] {
  return [
    h2(w('（一）数据处理者基本情况', '(1) The data handler')),
    h3(w('1. 基本信息', '1. Basics')),
    fields([
      [w('单位名称', 'Name'), answer('handler.name', handler.name)],
      [
        w('单位性质和类型', 'Nature and ownership'),
        joined([choiceText(handler.nature), choiceText(handler.ownership)], comma),
      ],
      [w('统一社会信用代码', 'Credit code'), answer('handler.creditCode', handler.creditCode)],
      [
        w('注册地和办公所在地', 'Registered and office address'),
        joined([handler.registeredAt, handler.officeAt], semicolon),
      ],
      [w('员工数量', 'Employees'), personsCount(handler.employees)],
      [w('关键信息基础设施运营者', 'Critical information infrastructure'), yesNo(handler.ciio)],
      [
        w('处理个人信息规模', 'Persons processed'),
        w(`${handler.personsProcessed}人（按自然人去重）`, `${handler.personsProcessed} distinct natural persons`),
      ],
      [w('股权结构与实际控制', 'Shareholding and control'), answer('handler.shareholding', handler.shareholding)],
      [w('境内外投资', 'Investments'), answer('handler.investments', handler.investments)],
    ]),
    h3(w('2. 组织架构和数据安全管理机构', '2. Organisation and the body for data security')),
    paragraph(answer('handler.organisation', handler.organisation)),
    paragraph(
      w(
        `数据安全管理机构为${securityOfficer.body}，共${securityOfficer.bodyMembers}人。`,
        `The body for data security is ${securityOfficer.body}, with ${securityOfficer.bodyMembers} members.`,
      ),
    ),
    h3(w('3. 整体业务和数据资产', '3. Business and data assets')),
    paragraph(answer('handler.business', handler.business)),
    paragraph(answer('handler.dataAssets', handler.dataAssets)),
  ]
}

function dataChapter(answers: Answers, { evidence, scenarios, kept }: Found): readonly Block[] {
  const { scanned, rules } = evidence
  return [
    h2(w('（二）拟出境数据情况', '(2) The data to be exported')),
    paragraph(
      w(
        `对拟出境业务涉及的${scanned.files}个文件、${scanned.rows}行、${scanned.bytes}字节作了${scanned.complete ? '完整' : '不完整'}扫描，识别规则为${rules.detectors}，敏感性依据为${rules.packs.join('、') || '未指明'}（${rules.on}）。`,
        `${scanned.files} files with ${scanned.rows} rows and ${scanned.bytes} bytes were scanned ${scanned.complete ? 'completely' : 'incompletely'}, by ${rules.detectors}, sensitivity by ${rules.packs.join(', ') || 'nothing named'} (${rules.on}).`,
      ),
    ),
    ...scenarios.flatMap(scenarioBlocks),
    h3(w('留存境内的数据项', 'Items that stay in China')),
    paragraph(
      kept.length === 0
        ? w('扫描的各列均拟出境。', 'Every scanned column is proposed for export.')
        : w(
            `以下${kept.length}列在同一批文件中，不在申报范围之内，留存境内。`,
            `The following ${kept.length} columns of the same files are not declared and stay in China.`,
          ),
    ),
    ...(kept.length === 0 ? [] : [keptTable(kept)]),
    ...hintBlocks(evidence),
    h3(w('涉及的信息系统', 'Information systems')),
    ...answers.scenarios.map(({ name, domesticSystem }, index) =>
      paragraph(w(`${name}：`, `${name}: `), answer(`scenarios.${index}.domesticSystem`, domesticSystem)),
    ),
  ]
}

function scenarioBlocks({ answers, items, persons }: ScenarioDossier, index: number): readonly Block[] {
  const number = index + 1
  const at = `scenarios.${index}`
  return [
    h3(w(`场景${number}：${answers.name}`, `Scenario ${number}: ${answers.name}`)),
    said('涉及业务与数据资产', 'Business and data assets', `${at}.summary`, answers.summary),
    said('目的', 'Purpose', `${at}.purpose`, answers.purpose),
    said('范围', 'Scope', `${at}.scope`, answers.scope),
    said('方式', 'Manner', `${at}.manner`, choiceText(answers.manner)),
    said(
      '出境的合法性、正当性、必要性',
      'Legality, legitimacy and necessity of the export',
      `${at}.necessity.export`,
      answers.necessity.export,
    ),
    said(
      '人数规模的必要性',
      'Necessity of the number of persons',
      `${at}.necessity.persons`,
      answers.necessity.persons,
    ),
    said(
      '境外接收方处理的合法性、正当性、必要性',
      "Legality, legitimacy and necessity of the recipient's processing",
      `${at}.necessity.recipientProcessing`,
      answers.necessity.recipientProcessing,
    ),
    h3(
      w(
        `场景${number}拟出境数据项清单（共${items.length}项，已在场景内去重）`,
        `Items of scenario ${number} (${items.length}, none twice)`,
      ),
    ),
    itemTable(items, at),
    h3(w(`场景${number}个人信息规模`, `Persons of scenario ${number}`)),
    table(
      [4, 2, 2, 2],
      [w('按自然人去重', 'Distinct persons'), w('下界', 'Lower'), w('估计', 'Estimate'), w('上界', 'Upper')],
      [
        [w('全部', 'All'), ...boundsCells(persons.bounds.all)],
        [w('涉及敏感个人信息', 'With sensitive information'), ...boundsCells(persons.bounds.sensitive)],
      ],
    ),
    paragraph(
      w(
        `申报人数取上界：涉及敏感个人信息${persons.sensitive}人，不含敏感个人信息${persons.general}人。计数方法为${countingMethod}：先统一各标识的写法，将同一人的不同标识相连后计数为估计值；只按最强的单一标识计数为下界；再加没有任何标识的行数为上界。`,
        `The upper bound is declared: ${persons.sensitive} with sensitive information, ${persons.general} without. Method ${countingMethod}: identifiers are normalised and those of one person linked (estimate); the strongest single identifier alone gives the lower bound; rows without any identifier are added for the upper bound.`,
      ),
    ),
    paragraph(
      w(
        `今年已出境${answers.persons.exportedThisYear}人，未来三年预计${answers.persons.nextThreeYears}人。`,
        `${answers.persons.exportedThisYear} persons were exported this year, ${answers.persons.nextThreeYears} are expected in three years. `,
      ),
      answer(`${at}.persons.relation`, answers.persons.relation),
    ),
    h3(w(`场景${number}数据链路与存储`, `Link and storage of scenario ${number}`)),
    fields([
      [w('境内系统和数据中心', 'Systems in China'), answer(`${at}.domesticSystem`, answers.domesticSystem)],
      [w('出境链路', 'Link'), answer(`${at}.link.description`, answers.link.description)],
      [w('境内端域名和网络地址', 'Addresses in China'), joined(answers.link.domesticEnds, semicolon)],
      [w('境外端域名和网络地址', 'Addresses abroad'), joined(answers.link.overseasEnds, semicolon)],
      [w('境外系统和数据中心', 'Systems abroad'), answer(`${at}.overseasStorage`, answers.overseasStorage)],
      [w('境外保存期限', 'Storage period abroad'), answer(`${at}.retention`, answers.retention)],
      [w('向境外其他接收方再提供', 'Onward transfer'), answer(`${at}.onwardTransfer`, answers.onwardTransfer)],
    ]),
  ]
}

function itemTable(items: readonly JoinedItem[], at: string): Block {
  return table(
    [2, 3.6, 4, 8.4, 3.7, 4.8],
    [
      w('序号', 'No.'),
      w('数据项名称', 'Item'),
      w('内容描述', 'Meaning'),
      w('出境必要性', 'Necessity'),
      w('示例', 'Example'),
      w('备注', 'Remarks'),
    ],
    items.map((item, index) => [
      String(index + 1),
      item.name,
      answer(`${at}.items.${item.index}.description`, item.description),
      necessityCell(item, `${at}.items.${item.index}`),
      item.example,
      w(
        `${kindAndCategory(item).zh}；见${item.tables.join('、')}`,
        `${kindAndCategory(item).en}; in ${item.tables.join(', ')}`,
      ),
    ]),
  )
}

/** The four factors (CAC answers of April 2025), one paragraph each. */
export function necessityCell({ necessity }: Pick<JoinedItem, 'necessity'>, at: string): Cell {
  return factors.map(({ field, label }): readonly Part[] => [
    { text: label },
    answer(`${at}.necessity.${field}`, necessity[field]),
  ])
}

const factors = [
  { field: 'related', label: w('①目的相关：', '① Directly related: ') },
  { field: 'leastImpact', label: w('②影响最小：', '② Least impact: ') },
  { field: 'minimumScope', label: w('③最小范围：', '③ Minimum scope: ') },
  { field: 'shortestPeriod', label: w('④最短期限：', '④ Shortest period: ') },
] as const

function keptTable(kept: readonly KeptColumn[]): Block {
  return table(
    [1.8, 5, 4, 4, 4],
    [w('序号', 'No.'), w('文件', 'File'), w('列名', 'Column'), w('类型', 'Kind'), w('类别', 'Category')],
    kept.map(({ table: file, column, kind, category }, index) => [
      String(index + 1),
      file,
      column,
      w(kinds[kind].zh, kinds[kind].en),
      categoryNames[category],
    ]),
  )
}

function hintBlocks({ hints }: Evidence): readonly Block[] {
  if (hints.length === 0) return []
  return [
    h3(w('扫描提示的其他事项', 'What else the scan points at')),
    ...hints.map(({ kind, where }) =>
      paragraph(
        w(
          `${hintNames[kind].zh}：见${where}。是否成立由数据处理者核实。`,
          `${hintNames[kind].en}: in ${where}. The handler is to verify it.`,
        ),
      ),
    ),
  ]
}

const hintNames = {
  'important-data': w('可能涉及重要数据', 'perhaps important data'),
  'human-genetic-resources': w('可能涉及人类遗传资源信息', 'perhaps human genetic resource information'),
  minors: w('含有未满十四周岁未成年人的信息', 'information on minors under 14'),
  'precise-location-track': w('可能涉及精准定位或行踪轨迹', 'perhaps precise location or tracks'),
  credentials: w('含有口令或凭证', 'passwords or credentials'),
} as const satisfies Record<Evidence['hints'][number]['kind'], Words>

const boundsCells = ({ lower, point, upper }: Bounds): readonly Text[] =>
  [lower, point, upper].map((count) => w(`${count}人`, String(count)))

function safeguardChapter(
  { safeguards, compliance, ethics }: Answers,
  consents: ConsentCount | undefined,
): readonly Block[] {
  return [
    h2(w('（三）数据处理者的数据安全保障能力', '(3) What the handler does for data security')),
    h3(w('1. 数据安全管理能力', '1. Management')),
    paragraph(answer('safeguards.management', safeguards.management)),
    said('告知情况（《个人信息保护法》第三十九条）', 'Notice (PIPL art. 39)', 'safeguards.notice', safeguards.notice),
    paragraph(
      w('单独同意情况：', 'Separate consent: '),
      safeguards.separateConsent === null
        ? w(
            '处理的合法性基础为《个人信息保护法》第十三条第一款第（二）项至第（七）项，不需取得同意。',
            'the legal basis is PIPL art. 13(1)(2) to (7), for which none is needed.',
          )
        : answer('safeguards.separateConsent', safeguards.separateConsent),
    ),
    ...(consents === undefined
      ? []
      : [
          paragraph(
            w(
              `单独同意登记：截至${dateText(consents.on)}，有效${consents.inForce}人，已撤回${consents.withdrawn}人，文本版本${consents.versions.join('、')}。`,
              `Register of consents: ${consents.inForce} in force and ${consents.withdrawn} withdrawn on ${consents.on}, versions ${consents.versions.join(', ')}.`,
            ),
          ),
        ]),
    ...(ethics === undefined
      ? []
      : [
          paragraph(
            w(
              `伦理审查：${ethics.committee}，批件号${ethics.approvalNo}，有效期${dateText(ethics.from)}至${dateText(ethics.to)}，涵盖${ethics.items.length}个数据项，接收方为${ethics.recipients.join('、')}。`,
              `Ethics approval: ${ethics.committee}, no. ${ethics.approvalNo}, ${ethics.from} to ${ethics.to}, covering ${ethics.items.length} items and the recipients ${ethics.recipients.join(', ')}.`,
            ),
          ),
        ]),
    h3(w('2. 数据安全技术能力', '2. Technology')),
    table(
      [1, 4],
      [w('环节', 'Stage'), w('措施', 'Measure')],
      safeguards.technical.map(({ stage, measure }, index) => [
        stage,
        answer(`safeguards.technical.${index}.measure`, measure),
      ]),
    ),
    h3(w('3. 保障措施有效性的证明', '3. Proof that it works')),
    ...safeguards.proof.map((text, index) =>
      paragraph(w(`（${index + 1}）`, `(${index + 1}) `), answer(`safeguards.proof.${index}`, text)),
    ),
    h3(w('4. 遵守数据安全和网络安全法律法规情况', '4. Compliance')),
    paragraph(
      w(
        `期间：${dateText(compliance.from)}至${dateText(compliance.to)}。`,
        `Period: ${compliance.from} to ${compliance.to}.`,
      ),
    ),
    said('行政处罚', 'Penalties', 'compliance.penalties', compliance.penalties),
    said('主管部门调查', 'Investigations', 'compliance.investigations', compliance.investigations),
    said('整改', 'Rectification', 'compliance.rectification', compliance.rectification),
  ]
}

function recipientChapter(answers: Answers, scenarios: readonly ScenarioDossier[]): readonly Block[] {
  const recipients = new Map<string, { readonly recipient: RecipientAnswers; readonly at: string }>()
  for (const [index, scenario] of scenarios.entries()) {
    for (const [number, recipient] of scenario.answers.recipients.entries()) {
      const name = `${recipient.name}|${recipient.country}`
      if (!recipients.has(name)) recipients.set(name, { recipient, at: `scenarios.${index}.recipients.${number}` })
    }
  }
  return [
    h2(w('（四）境外接收方情况', '(4) The overseas recipients')),
    ...[...recipients.values()].flatMap(({ recipient, at }, index) => recipientBlocks(recipient, at, index, answers)),
  ]
}

function recipientBlocks(recipient: RecipientAnswers, at: string, index: number, answers: Answers): readonly Block[] {
  return [
    h3(w(`境外接收方${index + 1}：${recipient.name}`, `Recipient ${index + 1}: ${recipient.name}`)),
    fields([
      [w('所在国家或者地区', 'Country or region'), countryText(recipient)],
      [w('所在地址', 'Address'), answer(`${at}.address`, recipient.address)],
      [w('主营业务', 'Business'), answer(`${at}.business`, recipient.business)],
      [w('负责人', 'Person in charge'), joined([recipient.principal, recipient.principalPosition], comma)],
      [w('联系方式', 'Contact'), joined([recipient.phone, recipient.email], semicolon)],
    ]),
    said('处理数据的用途', 'Use', `${at}.use`, recipient.use),
    said('处理数据的方式', 'Manner', `${at}.manner`, recipient.manner),
    said('安全管理能力', 'Management', `${at}.management`, recipient.management),
    said('安全技术能力', 'Technology', `${at}.technology`, recipient.technology),
    said('履行责任义务的能力', 'Ability', `${at}.ability`, recipient.ability),
    said(
      '所在国家或者地区的数据安全法律与网络安全环境',
      'Data law and network environment of the country',
      `${at}.countryLaw`,
      recipient.countryLaw,
    ),
    ...destinationBlocks(recipient, answers),
  ]
}

function destinationBlocks({ country }: RecipientAnswers, { destinationsConfirmed = [] }: Answers): readonly Block[] {
  const profile = destinationOf(country)
  const confirmed = destinationsConfirmed.find((one) => one.country === country)
  const state = confirmed
    ? w(
        `已由律师${confirmed.lawyer}于${dateText(confirmed.on)}确认`,
        `confirmed by ${confirmed.lawyer}, lawyer, on ${confirmed.on}`,
      )
    : w('草稿，未经律师确认', 'a draft, not confirmed by a lawyer')
  if (profile === undefined) {
    return [
      paragraph(
        w(
          `目的地资料：没有${country}的现成资料，须另行核实。`,
          `Destination profile: there is none for ${country}; it must be looked at.`,
        ),
      ),
    ]
  }
  const { name, law, authority, access, source, on, certainty } = profile
  return [
    paragraph(
      w(
        `目的地资料（${name.zh}；${state.zh}）：法律：${law.zh}。监管机构：${authority.zh}。公权力调取：${access.zh}。来源：${source}（${on}，${certaintyWords[certainty].zh}）。`,
        `Destination profile (${name.en}; ${state.en}): law: ${law.en}. Authority: ${authority.en}. Access by public authorities: ${access.en}. Source: ${source} (${on}, ${certaintyWords[certainty].en}).`,
      ),
    ),
  ]
}

function legalDocumentChapter({ legalDocument }: Answers): readonly Block[] {
  const { title: name, parties, languages, chinesePrevails, clauses } = legalDocument
  return [
    h2(w('（五）法律文件约定数据安全保护责任义务的情况', '(5) What the legal document says')),
    paragraph(
      w('法律文件名称：', 'Legal document: '),
      answer('legalDocument.title', name),
      w(
        `。当事人：${parties.join('、')}。文本语言：${languages.join('、')}，${chinesePrevails ? '以中文版本为准' : '未约定以中文版本为准'}。`,
        `. Parties: ${parties.join(', ')}. Languages: ${languages.join(', ')}; ${chinesePrevails ? 'the Chinese version prevails' : 'nothing says that the Chinese version prevails'}.`,
      ),
    ),
    ...([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
      const id = `K-${item}` as const
      const given = clauses.flatMap((clause, index) => (clause.id === id ? [{ ...clause, index }] : []))
      return [
        h3(
          w(
            `${item}. 第九条第（${itemNumber(item)}）项：${clauseNames[id].zh}`,
            `${item}. Art. 9(${item}): ${clauseNames[id].en}`,
          ),
        ),
        ...(given.length === 0
          ? [paragraph(w('未提供对应条款。', 'No clause given.'))]
          : given.map(({ where, text, index }) =>
              paragraph(
                w(`位置：${where}。约定：`, `At ${where}: `),
                answer(`legalDocument.clauses.${index}.text`, text),
              ),
            )),
      ]
    }),
  ]
}

export const clauseNames = {
  'K-1': w(
    '出境目的、方式、数据范围与境外处理的用途、方式',
    'purpose, manner and scope of the export, and use and manner abroad',
  ),
  'K-2': w(
    '境外保存地点、期限与期满、完成、终止后的处理',
    'place and period of storage abroad, and what happens at the end',
  ),
  'K-3': w('对再转移的约束', 'limits on onward transfer'),
  'K-4': w(
    '控制权、经营范围、法律环境变化及不可抗力时的措施',
    'measures on change of control, business, law or force majeure',
  ),
  'K-5': w('补救措施、违约责任与争议解决', 'remedies, liability and disputes'),
  'K-6': w('安全事件应急处置与个人维权途径', 'incidents, and how individuals defend their rights'),
} as const satisfies Record<ClauseId, Words>

function otherChapter(answers: Answers, determination: Determination): readonly Block[] {
  const { path, because, flows, on, rules, certainty } = determination
  const reasons = [...because, ...flows.flatMap((flow) => flow.because)]
  const sentences = new Map(
    reasons.map((reason) => {
      const { zh, en } = cite(reason)
      return [`${zh}：${reason.zh}`, w(`${zh}：${reason.zh}`, `${en}: ${reason.en}`)] as const
    }),
  )
  const duties = determination.alsoRequired.map((duty) => {
    const articles = determination.alsoBecause.filter((reason) => reason.duty === duty).map((reason) => cite(reason))
    const named = (language: 'zh' | 'en', glue: string) => [...new Set(articles.map((one) => one[language]))].join(glue)
    const { zh, en } = alsoRequiredWords[duty]
    return articles.length === 0
      ? w(`${zh}。`, `${en}.`)
      : w(`${zh}（${named('zh', '、')}）。`, `${en} (${named('en', ', ')}).`)
  })
  return [
    h2(w('（六）其他需要说明的情况', '(6) Other matters')),
    h3(w('1. 法定路径', '1. The legal path')),
    paragraph(
      w(
        `按${dateText(on)}有效的规定（规则版本${rules}），本次数据出境适用的路径为：${pathWords[path].zh}。依据如下：`,
        `By the law of ${on} (rules of ${rules}) the path of this export is: ${pathWords[path].en}. Because:`,
      ),
    ),
    ...[...sentences.values()].map(({ zh, en }, index) =>
      paragraph(w(`（${index + 1}）${zh}`, `(${index + 1}) ${en}`)),
    ),
    paragraph(
      w(
        `依据的可靠程度：${certaintyWords[certainty].zh}。${disclaimer.zh}`,
        `Certainty: ${certaintyWords[certainty].en}. ${disclaimer.en}`,
      ),
    ),
    h3(w('2. 同时须履行的义务', '2. Duties besides')),
    ...(duties.length === 0 ? [paragraph(w('无。', 'None.'))] : duties.map((text) => paragraph(text))),
    ...determination.warnings.map(({ zh, en }) => paragraph(w(`提示：${zh}`, `Note: ${en}`))),
    h3(w('3. 申报文号', '3. Reference')),
    paragraph(answer('reference', answers.reference)),
  ]
}

function partThree(answers: Answers, found: Found): readonly Block[] {
  const { assessment, reviewerMatters = [], conclusion } = answers
  const nothing = paragraph(w('未提供自评估内容。', 'Not assessed.'))
  return [
    h1(w('三、风险自评估情况及结论', '3. The risks and the conclusion')),
    paragraph(
      w(
        '以下按《数据出境安全评估办法》第五条所列事项逐项说明，并回答评估机关依第八条另行审查的三项。',
        'By the matters of Order 11 art. 5, one by one, and the three that the authority looks at besides under art. 8.',
      ),
    ),
    ...riskMatrix(),
    ...([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
      const index = assessment.findIndex((one) => one.item === item)
      const given = assessment[index]
      return [
        h2(w(`（${itemNumber(item)}）${assessmentNames[item].zh}`, `(${item}) ${assessmentNames[item].en}`)),
        paragraph(w('证据：', 'Evidence: '), evidenceFor(item, answers, found)),
        ...(given ? matterBlocks(given, `assessment.${index}`) : [nothing]),
      ]
    }),
    ...(['destination-law', 'equivalent-protection', 'compliance-record'] as const).flatMap((matter, place) => {
      const index = reviewerMatters.findIndex((one) => one.matter === matter)
      const given = reviewerMatters[index]
      const { zh, en } = reviewerNames[matter]
      return [
        h2(w(`（${['七', '八', '九'][place]}）${zh}`, `(${place + 7}) ${en}`)),
        paragraph(w('证据：', 'Evidence: '), evidenceForReviewer(matter, answers)),
        ...(given ? matterBlocks(given, `reviewerMatters.${index}`) : [nothing]),
      ]
    }),
    h2(w('（十）综合结论', '(10) Conclusion')),
    paragraph(answer('conclusion', conclusion)),
  ]
}

function matterBlocks(given: AssessedMatter, at: string): readonly Block[] {
  return [
    said('评估情况', 'Assessment', `${at}.analysis`, given.analysis),
    said('发现的问题', 'Problems found', `${at}.problems`, given.problems),
    said('整改情况', 'Rectification', `${at}.rectification`, given.rectification),
    ...riskBlocks(given, at),
    said('评估结论', 'Conclusion', `${at}.conclusion`, given.conclusion),
  ]
}

/** What in the data, the path and the other chapters answers a matter of art. 5. */
function evidenceFor(item: AssessmentAnswer['item'], answers: Answers, found: Found): Words {
  const { determination, evidence, scenarios, kept } = found
  const items = scenarios.flatMap((scenario) => scenario.items)
  const sensitive = items.filter(({ category }) => category === 'sensitive').length
  const recipients = new Set(answers.scenarios.flatMap((scenario) => scenario.recipients.map(({ name }) => name)))
  switch (item) {
    case 1:
      return w(
        `路径判定（${determination.on}，${pathWords[determination.path].zh}）；拟出境${items.length}项，各有四项必要性说明；另有${kept.length}列留存境内。`,
        `the determination (${determination.on}, ${pathWords[determination.path].en}); ${items.length} items with four factors of necessity each; ${kept.length} columns stay in China.`,
      )
    case 2:
      return w(
        `扫描证据：${evidence.scanned.files}个文件，全部人数上界${evidence.persons.upper}，涉及敏感个人信息上界${evidence.persons.sensitive.upper}；敏感数据项${sensitive}项；扫描提示${evidence.hints.length}处。`,
        `the scan: ${evidence.scanned.files} files, at most ${evidence.persons.upper} persons, ${evidence.persons.sensitive.upper} with sensitive information; ${sensitive} sensitive items; ${evidence.hints.length} hints.`,
      )
    case 3:
      return w(
        `本报告二（四）所列${recipients.size}个境外接收方的管理、技术措施和能力。`,
        `management, technology and ability of the ${recipients.size} recipients in part 2(4).`,
      )
    case 4:
      return w(
        `本报告二（二）所列链路与存储；${answers.safeguards.technical.length}项技术措施；告知与单独同意情况见二（三）。`,
        `link and storage in part 2(2); ${answers.safeguards.technical.length} technical measures; notice and consent in part 2(3).`,
      )
    case 5:
      return w(
        `本报告二（五）所列${answers.legalDocument.clauses.length}条约定及其位置。`,
        `the ${answers.legalDocument.clauses.length} clauses of part 2(5) and where they stand.`,
      )
    case 6:
      return w(
        `同时须履行的义务${determination.alsoRequired.length}项，见二（六）。`,
        `${determination.alsoRequired.length} duties besides, in part 2(6).`,
      )
    default:
      return item satisfies never
  }
}

/** The same for the three matters of art. 8 that art. 5 lacks. */
function evidenceForReviewer(matter: ReviewerMatter, { scenarios, compliance }: Answers): Words {
  const recipients = new Map(
    scenarios.flatMap((scenario) => scenario.recipients.map((one) => [one.name, one] as const)),
  )
  switch (matter) {
    case 'destination-law': {
      const countries = [...new Set([...recipients.values()].map(({ country }) => country))]
      return w(
        `本报告二（四）所列${countries.length}个国家或者地区（${countries.join('、')}）的法律情况和目的地资料及其来源、日期。`,
        `what part 2(4) says of the law of ${countries.join(', ')}, and the destination profiles with source and date.`,
      )
    }
    case 'equivalent-protection':
      return w(
        `本报告二（四）所列${recipients.size}个境外接收方的管理、技术措施和能力，以及二（五）所列约定。`,
        `management, technology and ability of the ${recipients.size} recipients in part 2(4), and the clauses of part 2(5).`,
      )
    case 'compliance-record':
      return w(
        `本报告二（三）4所列${dateText(compliance.from)}至${dateText(compliance.to)}的处罚、调查和整改情况。`,
        `penalties, investigations and rectification from ${compliance.from} to ${compliance.to} in part 2(3)4.`,
      )
    default:
      return matter satisfies never
  }
}

export const assessmentNames = {
  1: w(
    '出境及境外处理的目的、范围、方式是否合法、正当、必要',
    'whether purpose, scope and manner of the export and of the processing abroad are lawful, legitimate and necessary',
  ),
  2: w(
    '出境数据的规模、范围、种类、敏感程度及可能带来的风险',
    'scale, scope, kind and sensitivity of the data, and the risks of the export',
  ),
  3: w('境外接收方承诺的义务及其管理、技术措施和能力', "the recipient's duties and whether it can keep them"),
  4: w(
    '出境中和出境后的安全风险及个人维权渠道是否通畅',
    'risks during and after the export, and remedies of individuals',
  ),
  5: w('法律文件是否充分约定数据安全保护责任义务', 'whether the legal document settles the duties in full'),
  6: w('其他可能影响数据出境安全的事项', 'anything else'),
} as const satisfies Record<AssessmentAnswer['item'], Words>
