import { kinds } from '@tongguan/law'
import type { ColumnEvidence, Evidence, TableRisk, Words } from '@tongguan/law'

/** What a scan found, as a person reads it: a few sentences and six tables. */
export interface EvidenceReport {
  readonly title: string
  readonly sentences: readonly string[]
  readonly sheets: readonly ReportSheet[]
}

export interface ReportSheet {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly ReportCell[])[]
}

export type ReportCell = string | number

/** Sentences and tables in one language; values of persons stand in it only as masked in the evidence. */
export function reportOf(evidence: Evidence, language: keyof Words): EvidenceReport {
  const say = (key: keyof typeof texts) => texts[key][language]
  const each = evidence.files.flatMap((file) => file.columns.map((column) => ({ file: file.path, column })))
  const told = each.filter(({ column }) => column.category !== 'none' || column.findings.length > 0)
  return {
    title: say('title'),
    sentences: sentencesOf(evidence, language),
    sheets: [
      {
        name: say('columns'),
        header: heads(language, columnHeads),
        rows: told.map(({ file, column }) => columnRow(file, column, language)),
      },
      {
        name: say('risk'),
        header: heads(language, riskHeads),
        rows: evidence.risk.map((risk) => riskRow(risk, language)),
      },
      {
        name: say('sensitiveRisk'),
        header: heads(language, sensitiveRiskHeads),
        rows: evidence.risk.flatMap(({ file, sensitive }) =>
          (sensitive ?? []).map((one) => [
            file,
            one.column,
            one.distinctL,
            one.entropyL,
            one.t ?? notMeasured[language],
            distanceWords[one.distance][language],
          ]),
        ),
      },
      {
        name: say('rejected'),
        header: heads(language, rejectedHeads),
        rows: each.flatMap(({ file, column }) =>
          column.rejected.map((one) => [
            file,
            column.name,
            kinds[one.kind][language],
            one.matched,
            one.valid,
            reasonWords[one.reason][language],
          ]),
        ),
      },
      {
        name: say('silent'),
        header: heads(language, silentHeads),
        rows: each
          .filter(({ column }) => column.category === 'none' && column.findings.length === 0)
          .map(({ file, column }) => [
            file,
            column.name,
            column.counts.rows,
            column.counts.nonEmpty,
            column.counts.distinct,
          ]),
      },
      {
        name: say('files'),
        header: heads(language, fileHeads),
        rows: evidence.files.map((file) => [
          file.path,
          [file.format, file.encoding].filter((part) => part !== null).join(', '),
          file.rows,
          file.skipped,
          file.bytes,
          file.sha256,
          file.error === null ? '' : `[${file.error.code}] ${file.error.message}`,
        ]),
      },
    ],
  }
}

function sentencesOf({ persons, scanned, rules }: Evidence, language: keyof Words): string[] {
  const range = (n: { lower: number; point: number; upper: number }) =>
    n.lower === n.upper ? String(n.point) : `${n.point} [${n.lower}–${n.upper}]`
  const secondary = rules.secondary ?? []
  const all: Words[] = [
    {
      zh: `不同自然人 ${range(persons)} 人，其中涉敏感个人信息 ${range(persons.sensitive)} 人，不满十四周岁 ${persons.minors} 人。`,
      en: `Distinct natural persons ${range(persons)}; with sensitive personal information ${range(persons.sensitive)}; under fourteen ${persons.minors}.`,
    },
    {
      zh: `共扫描 ${scanned.files} 个文件、${scanned.rows} 行、${scanned.bytes} 字节。`,
      en: `Scanned: ${scanned.files} files, ${scanned.rows} rows, ${scanned.bytes} bytes.`,
    },
    {
      zh: `敏感性依据 ${rules.on} 有效的规则：${rules.packs.join('、')}${secondary.length > 0 ? `（其中仅据二手资料：${secondary.join('、')}）` : ''}。`,
      en: `Sensitive by the rules in force on ${rules.on}: ${rules.packs.join(', ')}${secondary.length > 0 ? ` (known from secondary sources only: ${secondary.join(', ')})` : ''}.`,
    },
    ...(scanned.complete
      ? []
      : [
          {
            zh: '扫描不完整：未读到的内容不作任何结论，见“文件”表。',
            en: 'The scan is not complete: nothing is said of what was not read; see the files.',
          },
        ]),
  ]
  return all.map((words) => words[language])
}

function columnRow(file: string, column: ColumnEvidence, language: keyof Words): ReportCell[] {
  const also = column.findings.filter(({ kind }) => kind !== column.kind)
  const because = [...new Set(column.findings.flatMap((finding) => finding.because))]
  const { override } = column
  return [
    file,
    column.name,
    kinds[column.kind][language],
    categoryWords[column.category][language],
    identifiesWords[column.identifies][language],
    levelWords[column.level][language],
    because.map((one) => becauseWords[one][language]).join('; '),
    also.map(({ kind, valid }) => `${kinds[kind][language]} ×${valid}`).join('; '),
    column.counts.rows,
    column.counts.nonEmpty,
    column.counts.matched,
    column.counts.valid,
    column.counts.distinct,
    column.sample.join(' | '),
    column.sensitiveUnder.join('; '),
    column.notSensitiveUnder.join('; '),
    override === undefined ? '' : `${override.by}, ${override.on}: ${override.reason}`,
  ]
}

function riskRow(risk: TableRisk, language: keyof Words): ReportCell[] {
  const { journalist, prosecutor } = risk.attackers
  const { minimalUniques, population } = risk
  return [
    risk.file,
    risk.files,
    risk.quasiIdentifiers.join('; '),
    chosenWords[risk.chosen][language],
    risk.directIdentifiers.join('; '),
    risk.rows,
    risk.k,
    risk.classes,
    risk.uniqueRows,
    risk.highestRisk,
    risk.averageRisk,
    prosecutor.above.map(({ line, share }) => `> ${line}: ${share}`).join('; '),
    journalist.highest,
    journalist.average,
    minimalUniques === null
      ? notMeasured[language]
      : minimalUniques.sets.map(({ columns, rows }) => `${columns.join(' + ')}: ${rows}`).join('; '),
    population === undefined ? unstated[language] : population.samplingFraction,
    population === undefined ? '' : population.share,
    population === undefined ? '' : modelWords[population.model][language],
  ]
}

const heads = (language: keyof Words, all: readonly Words[]): string[] => all.map((words) => words[language])

const texts = {
  title: { zh: '数据扫描证据', en: 'Evidence of a scan' },
  columns: { zh: '个人信息列', en: 'Personal columns' },
  risk: { zh: '重标识风险', en: 'Re-identification risk' },
  sensitiveRisk: { zh: '敏感列的多样性', en: 'Diversity of sensitive columns' },
  rejected: { zh: '未采纳的判断', en: 'Considered, not said' },
  silent: { zh: '其余列', en: 'Other columns' },
  files: { zh: '文件', en: 'Files' },
} as const satisfies Record<string, Words>

const file: Words = { zh: '文件', en: 'File' }
const column: Words = { zh: '列', en: 'Column' }
const kind: Words = { zh: '种类', en: 'Kind' }
const rows: Words = { zh: '行数', en: 'Rows' }
const nonEmpty: Words = { zh: '非空', en: 'Not empty' }
const matched: Words = { zh: '形式相符', en: 'Of the form' }
const valid: Words = { zh: '校验通过', en: 'Valid' }
const distinct: Words = { zh: '不同值', en: 'Distinct' }

const columnHeads: readonly Words[] = [
  file,
  column,
  kind,
  { zh: '类别', en: 'Category' },
  { zh: '标识性', en: 'Identifies' },
  { zh: '把握', en: 'How sure' },
  { zh: '依据', en: 'Why' },
  { zh: '另含', en: 'Also contains' },
  rows,
  nonEmpty,
  matched,
  valid,
  distinct,
  { zh: '脱敏样例', en: 'Masked sample' },
  { zh: '属敏感的规则', en: 'Sensitive under' },
  { zh: '不属敏感的规则', en: 'Not sensitive under' },
  { zh: '人工认定', en: 'Decided otherwise by' },
]
const riskHeads: readonly Words[] = [
  file,
  { zh: '文件数', en: 'Files' },
  { zh: '准标识列', en: 'Quasi-identifiers' },
  { zh: '选定方式', en: 'Chosen' },
  { zh: '直接标识列（须先去除）', en: 'Identify by themselves (to be removed first)' },
  { zh: '计入的行', en: 'Rows measured' },
  { zh: 'k（最小等价类的行数）', en: 'k (rows of the smallest class)' },
  { zh: '等价类', en: 'Classes' },
  { zh: '独一无二的行', en: 'Unique rows' },
  { zh: '最高风险（检察官）', en: 'Highest risk (prosecutor)' },
  { zh: '平均风险（检察官、营销者）', en: 'Average risk (prosecutor, marketer)' },
  { zh: '风险超过界线的行所占比例', en: 'Share of rows above a line' },
  { zh: '最高风险（记者）', en: 'Highest risk (journalist)' },
  { zh: '平均风险（记者）', en: 'Average risk (journalist)' },
  { zh: '仅凭几列即独一无二的行', en: 'Rows alone by few columns' },
  { zh: '抽样比例', en: 'Sampling fraction' },
  { zh: '估计总体中独一无二的比例', en: 'Estimated share alone in the population' },
  { zh: '估计方法', en: 'Estimated by' },
]
const sensitiveRiskHeads: readonly Words[] = [
  file,
  column,
  { zh: 'l（类中最少的不同值）', en: 'l (fewest values in a class)' },
  { zh: '熵 l', en: 'Entropy l' },
  { zh: 't（与全表分布的最大距离）', en: 't (farthest from the table)' },
  { zh: '距离', en: 'Distance' },
]
const rejectedHeads: readonly Words[] = [file, column, kind, matched, valid, { zh: '未采纳的原因', en: 'Why not' }]
const silentHeads: readonly Words[] = [file, column, rows, nonEmpty, distinct]
const fileHeads: readonly Words[] = [
  file,
  { zh: '格式', en: 'Format' },
  rows,
  { zh: '列数不符的行', en: 'Rows of another width' },
  { zh: '字节', en: 'Bytes' },
  { zh: 'SHA-256', en: 'SHA-256' },
  { zh: '错误', en: 'Error' },
]

const notMeasured: Words = { zh: '表过大，未计算', en: 'not measured: too large' }
const unstated: Words = { zh: '未说明：视为总体', en: 'not stated: taken for the population' }

const chosenWords = {
  'by-kind': { zh: '按种类自动选择', en: 'by kind' },
  stated: { zh: '人工指定', en: 'as stated' },
} as const satisfies Record<TableRisk['chosen'], Words>

const distanceWords = {
  ordered: { zh: '有序距离', en: 'ordered' },
  equal: { zh: '等距离', en: 'equal' },
} as const

const modelWords = {
  pitman: { zh: 'Pitman 模型', en: 'Pitman' },
  zayatz: { zh: 'Zayatz 模型', en: 'Zayatz' },
  counted: { zh: '即为总体，直接计数', en: 'counted: the data are the population' },
} as const

const categoryWords = {
  none: { zh: '非个人信息', en: 'not personal' },
  personal: { zh: '个人信息', en: 'personal' },
  sensitive: { zh: '敏感个人信息', en: 'sensitive' },
} as const satisfies Record<ColumnEvidence['category'], Words>

const identifiesWords = {
  direct: { zh: '直接标识', en: 'by itself' },
  quasi: { zh: '准标识', en: 'with others' },
  none: { zh: '不标识', en: 'no' },
} as const satisfies Record<ColumnEvidence['identifies'], Words>

const levelWords = {
  confirmed: { zh: '已证实', en: 'confirmed' },
  likely: { zh: '很可能', en: 'likely' },
  review: { zh: '待复核', en: 'to review' },
  none: { zh: '无', en: 'none' },
} as const satisfies Record<ColumnEvidence['level'], Words>

const becauseWords = {
  checksum: { zh: '校验位', en: 'check digit' },
  header: { zh: '列名', en: 'name of the column' },
  context: { zh: '上下文', en: 'context' },
  dictionary: { zh: '词表', en: 'word list' },
  pattern: { zh: '格式', en: 'form' },
  sibling: { zh: '相邻列', en: 'neighbouring columns' },
} as const satisfies Record<ColumnEvidence['findings'][number]['because'][number], Words>

const reasonWords = {
  accident: { zh: '通过校验的数量不超过偶然', en: 'passes the check no more often than by chance' },
  'too-few': { zh: '相符的单元格太少', en: 'too few of the cells' },
  'too-uniform': { zh: '不同值太少', en: 'too few different values' },
  'header-needed': { zh: '形式本身不能证明，列名也未说明', en: 'the form proves nothing and the name does not say it' },
  'context-disagrees': { zh: '列名或表的内容另有所指', en: 'the name or the table makes it something else' },
  'table-not-about-persons': { zh: '该表不涉及自然人', en: 'the rows are about no persons' },
  'values-disagree': { zh: '列名有歧义，值不支持', en: 'the name is ambiguous and the values do not bear it out' },
} as const satisfies Record<ColumnEvidence['rejected'][number]['reason'], Words>
