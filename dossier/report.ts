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
import type { Bounds, Determination, Evidence, LegalDate } from '@tongguan/law'
import type { Answers, AssessmentAnswer, ClauseId, ItemNecessity, RecipientAnswers } from './answers.ts'
import { centred, fields, h1, h2, h3, pageBreak, paragraph, table, title } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import type { KeptColumn } from './items.ts'
import { categoryNames, dateText, itemNumber } from './words.ts'

/** The self-assessment report (数据出境风险自评估报告), chapter by chapter as in Guide v3, annex 4. */
export function selfAssessmentReport(
  answers: Answers,
  found: {
    readonly evidence: Evidence
    readonly determination: Determination
    readonly scenarios: readonly ScenarioDossier[]
    readonly kept: readonly KeptColumn[]
    readonly filedOn: LegalDate
  },
): Sheet {
  return {
    style: 'report',
    fileName: '数据出境风险自评估报告.docx',
    title: '数据出境风险自评估报告',
    blocks: [
      ...cover(answers, found.filedOn),
      ...partOne(answers),
      h1('二、出境活动整体情况'),
      ...handlerChapter(answers),
      ...dataChapter(answers, found),
      ...safeguardChapter(answers),
      ...recipientChapter(found.scenarios),
      ...legalDocumentChapter(answers),
      ...otherChapter(answers, found.determination),
      ...partThree(answers),
    ],
  }
}

function cover({ handler, selfAssessment }: Answers, filedOn: LegalDate): readonly Block[] {
  const fresh = addMonths(filedOn, -selfAssessmentAge.months) <= selfAssessment.to && selfAssessment.to <= filedOn
  return [
    title('数据出境风险自评估报告'),
    centred(`数据处理者名称（盖章）：${handler.name}`),
    centred(dateText(filedOn)),
    pageBreak,
    h1('说明'),
    paragraph('一、本报告内容真实、完整、准确，由数据处理者负责。'),
    paragraph(
      `二、自评估于${dateText(selfAssessment.to)}完成，申报日为${dateText(filedOn)}，${fresh ? '在申报日之前三个月内完成' : '不在申报日之前三个月内，须更新后再申报'}。`,
    ),
    paragraph(`三、第三方机构参与情况：${selfAssessment.thirdParty ?? '没有第三方机构参与，由数据处理者自行完成。'}`),
    paragraph(
      '四、人数和数据项类型由数据扫描得出；示例为数据处理者虚构，未提供的取扫描所得的遮蔽样本；其余由数据处理者填报。',
    ),
    pageBreak,
  ]
}

function partOne({ selfAssessment: { from, to, organisation, process, method } }: Answers): readonly Block[] {
  return [
    h1('一、自评估工作情况'),
    h2('（一）起止时间'),
    paragraph(`${dateText(from)}至${dateText(to)}。`),
    h2('（二）组织情况'),
    paragraph(organisation),
    h2('（三）实施过程'),
    paragraph(process),
    h2('（四）实施方式'),
    paragraph(method),
  ]
}

function handlerChapter({ handler, securityOfficer }: Answers): readonly Block[] {
  return [
    h2('（一）数据处理者基本情况'),
    h3('1. 基本信息'),
    fields([
      ['单位名称', handler.name],
      ['单位性质和类型', `${handler.nature}，${handler.ownership}`],
      ['统一社会信用代码', handler.creditCode],
      ['注册地和办公所在地', `${handler.registeredAt}；${handler.officeAt}`],
      ['员工数量', `${handler.employees}人`],
      ['关键信息基础设施运营者', handler.ciio ? '是' : '否'],
      ['处理个人信息规模', `${handler.personsProcessed}人（按自然人去重）`],
      ['股权结构与实际控制', handler.shareholding],
      ['境内外投资', handler.investments],
    ]),
    h3('2. 组织架构和数据安全管理机构'),
    paragraph(handler.organisation),
    paragraph(`数据安全管理机构为${securityOfficer.body}，共${securityOfficer.bodyMembers}人。`),
    h3('3. 整体业务和数据资产'),
    paragraph(handler.business),
    paragraph(handler.dataAssets),
  ]
}

function dataChapter(
  answers: Answers,
  {
    evidence,
    scenarios,
    kept,
  }: { evidence: Evidence; scenarios: readonly ScenarioDossier[]; kept: readonly KeptColumn[] },
): readonly Block[] {
  const { scanned, rules } = evidence
  return [
    h2('（二）拟出境数据情况'),
    paragraph(
      `对拟出境业务涉及的${scanned.files}个文件、${scanned.rows}行、${scanned.bytes}字节作了${scanned.complete ? '完整' : '不完整'}扫描，识别规则为${rules.detectors}，敏感性依据为${rules.packs.join('、') || '未指明'}（${rules.on}）。`,
    ),
    ...scenarios.flatMap(scenarioBlocks),
    h3('留存境内的数据项'),
    paragraph(
      kept.length === 0 ? '扫描的各列均拟出境。' : `以下${kept.length}列在同一批文件中，不在申报范围之内，留存境内。`,
    ),
    ...(kept.length === 0 ? [] : [keptTable(kept)]),
    ...hintBlocks(evidence),
    h3('涉及的信息系统'),
    ...answers.scenarios.map(({ name, domesticSystem }) => paragraph(`${name}：${domesticSystem}`)),
  ]
}

function scenarioBlocks({ answers, items, persons }: ScenarioDossier, index: number): readonly Block[] {
  const number = index + 1
  return [
    h3(`场景${number}：${answers.name}`),
    paragraph(`涉及业务与数据资产：${answers.summary}`),
    paragraph(`目的：${answers.purpose}`),
    paragraph(`范围：${answers.scope}`),
    paragraph(`方式：${answers.manner}`),
    paragraph(`出境的合法性、正当性、必要性：${answers.necessity.export}`),
    paragraph(`人数规模的必要性：${answers.necessity.persons}`),
    paragraph(`境外接收方处理的合法性、正当性、必要性：${answers.necessity.recipientProcessing}`),
    h3(`场景${number}拟出境数据项清单（共${items.length}项，已在场景内去重）`),
    itemTable(items),
    h3(`场景${number}个人信息规模`),
    table(
      [4, 2, 2, 2],
      ['按自然人去重', '下界', '估计', '上界'],
      [
        ['全部', ...boundsCells(persons.bounds.all)],
        ['涉及敏感个人信息', ...boundsCells(persons.bounds.sensitive)],
      ],
    ),
    paragraph(
      `申报人数取上界：涉及敏感个人信息${persons.sensitive}人，不含敏感个人信息${persons.general}人。计数方法为${countingMethod}：先统一各标识的写法，将同一人的不同标识相连后计数为估计值；只按最强的单一标识计数为下界；再加没有任何标识的行数为上界。`,
    ),
    paragraph(
      `今年已出境${answers.persons.exportedThisYear}人，未来三年预计${answers.persons.nextThreeYears}人。${answers.persons.relation}`,
    ),
    h3(`场景${number}数据链路与存储`),
    fields([
      ['境内系统和数据中心', answers.domesticSystem],
      ['出境链路', answers.link.description],
      ['境内端域名和网络地址', answers.link.domesticEnds.join('；')],
      ['境外端域名和网络地址', answers.link.overseasEnds.join('；')],
      ['境外系统和数据中心', answers.overseasStorage],
      ['境外保存期限', answers.retention],
      ['向境外其他接收方再提供', answers.onwardTransfer],
    ]),
  ]
}

function itemTable(items: ScenarioDossier['items']): Block {
  return table(
    [1, 3, 4, 9, 3, 4],
    ['序号', '数据项名称', '内容描述', '出境必要性', '示例', '备注'],
    items.map((item, index) => [
      String(index + 1),
      item.name,
      item.description,
      necessityText(item.necessity),
      item.example,
      `${categoryNames[item.category].zh}；${kinds[item.kind].zh}；见${item.tables.join('、')}`,
    ]),
  )
}

function necessityText({ related, leastImpact, minimumScope, shortestPeriod }: ItemNecessity): string {
  return `①目的相关：${related}②影响最小：${leastImpact}③最小范围：${minimumScope}④最短期限：${shortestPeriod}`
}

function keptTable(kept: readonly KeptColumn[]): Block {
  return table(
    [1, 5, 4, 4, 4],
    ['序号', '文件', '列名', '类型', '类别'],
    kept.map(({ table: file, column, kind, category }, index) => [
      String(index + 1),
      file,
      column,
      kinds[kind].zh,
      categoryNames[category].zh,
    ]),
  )
}

function hintBlocks({ hints }: Evidence): readonly Block[] {
  if (hints.length === 0) return []
  return [
    h3('扫描提示的其他事项'),
    ...hints.map(({ kind, where }) => paragraph(`${hintNames[kind]}：见${where}。是否成立由数据处理者核实。`)),
  ]
}

const hintNames = {
  'important-data': '可能涉及重要数据',
  'human-genetic-resources': '可能涉及人类遗传资源信息',
  minors: '含有未满十四周岁未成年人的信息',
  'precise-location-track': '可能涉及精准定位或行踪轨迹',
  credentials: '含有口令或凭证',
} as const satisfies Record<Evidence['hints'][number]['kind'], string>

const boundsCells = ({ lower, point, upper }: Bounds): readonly string[] =>
  [lower, point, upper].map((count) => `${count}人`)

function safeguardChapter({ safeguards, compliance }: Answers): readonly Block[] {
  return [
    h2('（三）数据处理者的数据安全保障能力'),
    h3('1. 数据安全管理能力'),
    paragraph(safeguards.management),
    paragraph(`告知情况（《个人信息保护法》第三十九条）：${safeguards.notice}`),
    paragraph(
      `单独同意情况：${safeguards.separateConsent ?? '处理的合法性基础为《个人信息保护法》第十三条第一款第（二）项至第（七）项，不需取得同意。'}`,
    ),
    h3('2. 数据安全技术能力'),
    table(
      [1, 4],
      ['环节', '措施'],
      safeguards.technical.map(({ stage, measure }) => [stage, measure]),
    ),
    h3('3. 保障措施有效性的证明'),
    ...safeguards.proof.map((text, index) => paragraph(`（${index + 1}）${text}`)),
    h3('4. 遵守数据安全和网络安全法律法规情况'),
    paragraph(`期间：${dateText(compliance.from)}至${dateText(compliance.to)}。`),
    paragraph(`行政处罚：${compliance.penalties}`),
    paragraph(`主管部门调查：${compliance.investigations}`),
    paragraph(`整改：${compliance.rectification}`),
  ]
}

function recipientChapter(scenarios: readonly ScenarioDossier[]): readonly Block[] {
  const recipients = new Map<string, RecipientAnswers>()
  for (const { answers } of scenarios) {
    for (const recipient of answers.recipients) recipients.set(`${recipient.name}|${recipient.country}`, recipient)
  }
  return [h2('（四）境外接收方情况'), ...[...recipients.values()].flatMap(recipientBlocks)]
}

function recipientBlocks(recipient: RecipientAnswers, index: number): readonly Block[] {
  return [
    h3(`境外接收方${index + 1}：${recipient.name}`),
    fields([
      ['所在国家或者地区', `${recipient.countryName}（${recipient.country}）`],
      ['所在地址', recipient.address],
      ['主营业务', recipient.business],
      ['负责人', `${recipient.principal}，${recipient.principalPosition}`],
      ['联系方式', `${recipient.phone}；${recipient.email}`],
    ]),
    paragraph(`处理数据的用途：${recipient.use}`),
    paragraph(`处理数据的方式：${recipient.manner}`),
    paragraph(`安全管理能力：${recipient.management}`),
    paragraph(`安全技术能力：${recipient.technology}`),
    paragraph(`履行责任义务的能力：${recipient.ability}`),
    paragraph(`所在国家或者地区的数据安全法律与网络安全环境：${recipient.countryLaw}`),
  ]
}

function legalDocumentChapter({ legalDocument }: Answers): readonly Block[] {
  const { title: name, parties, languages, chinesePrevails, clauses } = legalDocument
  return [
    h2('（五）法律文件约定数据安全保护责任义务的情况'),
    paragraph(
      `法律文件名称：${name}。当事人：${parties.join('、')}。文本语言：${languages.join('、')}，${chinesePrevails ? '以中文版本为准' : '未约定以中文版本为准'}。`,
    ),
    ...([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
      const id = `K-${item}` as const
      const given = clauses.filter((clause) => clause.id === id)
      return [
        h3(`${item}. 第九条第（${itemNumber(item)}）项：${clauseNames[id]}`),
        ...(given.length === 0
          ? [paragraph('未提供对应条款。')]
          : given.map(({ where, text }) => paragraph(`位置：${where}。约定：${text}`))),
      ]
    }),
  ]
}

const clauseNames = {
  'K-1': '出境目的、方式、数据范围与境外处理的用途、方式',
  'K-2': '境外保存地点、期限与期满、完成、终止后的处理',
  'K-3': '对再转移的约束',
  'K-4': '控制权、经营范围、法律环境变化及不可抗力时的措施',
  'K-5': '补救措施、违约责任与争议解决',
  'K-6': '安全事件应急处置与个人维权途径',
} as const satisfies Record<ClauseId, string>

function otherChapter(answers: Answers, determination: Determination): readonly Block[] {
  const { path, because, flows, on, rules, certainty } = determination
  const reasons = [...because, ...flows.flatMap((flow) => flow.because)]
  const sentences = [...new Set(reasons.map((reason) => `${cite(reason).zh}：${reason.zh}`))]
  const dutySentences = determination.alsoRequired.map((duty) => {
    const articles = determination.alsoBecause.filter((reason) => reason.duty === duty).map((reason) => cite(reason).zh)
    return `${alsoRequiredWords[duty].zh}${articles.length === 0 ? '' : `（${[...new Set(articles)].join('、')}）`}。`
  })
  return [
    h2('（六）其他需要说明的情况'),
    h3('1. 法定路径'),
    paragraph(
      `按${dateText(on)}有效的规定（规则版本${rules}），本次数据出境适用的路径为：${pathWords[path].zh}。依据如下：`,
    ),
    ...sentences.map((sentence, index) => paragraph(`（${index + 1}）${sentence}`)),
    paragraph(`依据的可靠程度：${certaintyWords[certainty].zh}。${disclaimer.zh}`),
    h3('2. 同时须履行的义务'),
    ...(dutySentences.length === 0 ? [paragraph('无。')] : dutySentences.map((text) => paragraph(text))),
    ...determination.warnings.map(({ zh }) => paragraph(`提示：${zh}`)),
    h3('3. 申报文号'),
    paragraph(answers.reference),
  ]
}

function partThree({ assessment, conclusion }: Answers): readonly Block[] {
  return [
    h1('三、风险自评估情况及结论'),
    paragraph('以下按《数据出境安全评估办法》第五条所列事项逐项说明。'),
    ...([1, 2, 3, 4, 5, 6] as const).flatMap((item) => {
      const given = assessment.find((answer) => answer.item === item)
      const heading = h2(`（${itemNumber(item)}）${assessmentNames[item]}`)
      if (!given) return [heading, paragraph('未提供自评估内容。')]
      return [
        heading,
        paragraph(`评估情况：${given.analysis}`),
        paragraph(`发现的问题：${given.problems}`),
        paragraph(`整改情况：${given.rectification}`),
        paragraph(`评估结论：${given.conclusion}`),
      ]
    }),
    h2('（七）综合结论'),
    paragraph(conclusion),
  ]
}

const assessmentNames = {
  1: '出境及境外处理的目的、范围、方式是否合法、正当、必要',
  2: '出境数据的规模、范围、种类、敏感程度及可能带来的风险',
  3: '境外接收方承诺的义务及其管理、技术措施和能力',
  4: '出境中和出境后的安全风险及个人维权渠道是否通畅',
  5: '法律文件是否充分约定数据安全保护责任义务',
  6: '其他可能影响数据出境安全的事项',
} as const satisfies Record<AssessmentAnswer['item'], string>
