import {
  catalogues,
  certaintyWords,
  cite,
  disclaimer,
  ftzLists,
  instruments,
  openPointWords,
  classificationOpenPointWords,
  proceduralOpenPointWords,
  pathWords,
} from '@tongguan/law'
import type { Catalogue, Citation, Instrument, InstrumentId, Reason, Words } from '@tongguan/law'
import { pathCases, spokenRules } from './path-cases.ts'
import type { PathCase } from './path-cases.ts'
import { rowsOf } from './rows.ts'
import type { Row } from './rows.ts'
import { calendarRows, casesOf, detailsOf } from './rule-cases.ts'

export interface Page {
  /** Under `docs/law/`. */
  readonly path: string
  readonly text: string
}

type Language = 'zh' | 'en'

/** The printed reference: one page a subject, in both languages, from what the door of `law/` exports. */
export function lawReference(): readonly Page[] {
  const rows = rowsOf()
  const cases = pathCases()
  return (['zh', 'en'] as const).flatMap((language) => [
    { path: `${language}/README.md`, text: indexPage(language, rows) },
    ...chapters.map((chapter) => ({
      path: `${language}/${chapter.file}.md`,
      text: chapterPage(language, chapter, rowsIn(chapter, rows), cases),
    })),
  ])
}

interface Chapter extends Words {
  readonly file: string
  readonly tables: readonly string[]
}

const chapters: readonly Chapter[] = [
  {
    file: 'paths',
    zh: '路径：评估、合同或者认证、豁免',
    en: 'The path: assessment, contract or certification, exempt',
    tables: ['exemptions'],
  },
  {
    file: 'procedure',
    zh: '程序与期限',
    en: 'Procedure and periods',
    tables: ['stages', 'outcomes', 'statutoryPeriods', 'routeRules', 'transitionRules'],
  },
  {
    file: 'extension-and-redeclaration',
    zh: '延长有效期与重新申报',
    en: 'Extension and new declaration',
    tables: ['extensionConditions', 'redeclarationTriggers', 'contractTriggers'],
  },
  {
    file: 'completeness',
    zh: '申报材料与完备性',
    en: 'Materials and completeness',
    tables: ['materialRequirements', 'declarationForm', 'completenessChecks'],
  },
  {
    file: 'contract-and-assessment',
    zh: '法律文件与评估事项',
    en: 'The legal document and what is assessed',
    tables: [
      'requiredClauses',
      'networkDataContract',
      'standardContractClauses',
      'standardContractDescription',
      'selfAssessmentItems',
      'reviewedItems',
      'necessityTest',
    ],
  },
  {
    file: 'classification',
    zh: '数据分类：敏感个人信息、重要数据、核心数据',
    en: 'Classification: sensitive, important, core data',
    tables: [
      'sensitivityPacks',
      'sensitivityDifferences',
      'sensitivityRules',
      'importantDataDefinitions',
      'coreDataDefinition',
      'gradingMatrix',
    ],
  },
  {
    file: 'sectors',
    zh: '行业规则',
    en: 'Rules of sectors',
    tables: ['sectorRules', 'industryDuties', 'majorChange', 'incidentGrades'],
  },
  { file: 'penalties', zh: '罚则', en: 'Penalties', tables: ['penalProvisions', 'leniencyRules'] },
  { file: 'calendar', zh: '工作日历', en: 'The calendar of working days', tables: [] },
  {
    file: 'lists-and-open-points',
    zh: '清单与未决问题',
    en: 'Lists, and what the law leaves open',
    tables: [],
  },
  // Whatever the door exports and no chapter above claims.
  { file: 'other', zh: '其他规则', en: 'Other rules', tables: ['*'] },
]

function rowsIn({ file, tables }: Chapter, rows: readonly Row[]): readonly Row[] {
  const claimed = new Set(chapters.flatMap((chapter) => chapter.tables))
  // Rules that order a path are known by it, in whatever table they stand.
  const ordersAPath = ({ value }: Row) => 'path' in value && 'applies' in value
  const mine = rows.filter((row) => {
    if (ordersAPath(row)) return file === 'paths'
    return tables.includes('*') ? !claimed.has(row.table) : tables.includes(row.table)
  })
  return mine.sort((a, b) => tables.indexOf(a.table) - tables.indexOf(b.table))
}

function indexPage(language: Language, rows: readonly Row[]): string {
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const cited = new Map<InstrumentId, number>()
  for (const { citation } of rows) cited.set(citation.instrument, (cited.get(citation.instrument) ?? 0) + 1)
  const listed = Object.entries(instruments as Record<InstrumentId, Instrument>).sort(([, a], [, b]) =>
    a.inForce.from < b.inForce.from ? -1 : 1,
  )
  return page(t('数据出境安全评估：规则参考', 'Security assessment of data exports: the rules'), [
    t(
      '本参考由 `law/` 的规则数据生成（`npm run fix`），以自己的话概括，不抄录条文；引用以官方文本为准。',
      'Generated from the rule data of `law/` (`npm run fix`), in our own words: no text of a statute is copied, and the official text goes first.',
    ),
    disclaimer[language],
    heading(2, t('章节', 'Chapters')),
    chapters.map((chapter) => `- [${chapter[language]}](${chapter.file}.md)`).join('\n'),
    heading(2, t('把握程度', 'Certainty')),
    Object.values(certaintyWords)
      .map((words) => `- ${words[language]}`)
      .join('\n'),
    heading(2, t('文件（按施行日期）', 'Instruments, by the day they came into force')),
    table(
      [
        t('施行', 'In force'),
        t('至', 'To'),
        t('名称', 'Title'),
        t('文号', 'Number'),
        t('把握', 'Certainty'),
        t('表中规则数', 'Rules in tables'),
        t('来源', 'Source'),
      ],
      listed.map(([id, { title, number, inForce, certainty, source, note }]) => [
        inForce.from,
        inForce.to ?? '',
        title[language],
        number[language],
        certaintyWords[certainty][language],
        String(cited.get(id as InstrumentId) ?? 0),
        note ? `${source} ${t(`（${note.zh}）`, `(${note.en})`)}` : source,
      ]),
    ),
  ])
}

function chapterPage(language: Language, chapter: Chapter, rows: readonly Row[], cases: readonly PathCase[]): string {
  const blocks =
    chapter.file === 'paths'
      ? pathBlocks(language, rows, cases)
      : chapter.file === 'calendar'
        ? calendarBlocks(language)
        : chapter.file === 'lists-and-open-points'
          ? openBlocks(language)
          : tableBlocks(language, rows)
  const none = language === 'zh' ? '（没有）' : '(none)'
  return page(chapter[language], [disclaimer[language], ...(blocks.length === 0 ? [none] : blocks)])
}

/** Where a chapter has several tables, each under its own title. */
function tableBlocks(language: Language, rows: readonly Row[]): readonly string[] {
  const tables = [...new Set(rows.map(({ table: name }) => name))]
  return tables.flatMap((name) => [
    ...(tables.length > 1 ? [heading(2, tableTitles[name]?.[language] ?? name)] : []),
    ...rows.filter((row) => row.table === name).map((row) => ruleBlock(language, row)),
  ])
}

const tableTitles: Readonly<Record<string, Words>> = {
  stages: { zh: '程序各步', en: 'The stages' },
  outcomes: { zh: '结果', en: 'How a declaration can end' },
  statutoryPeriods: { zh: '期限', en: 'The periods' },
  routeRules: {
    zh: '标准合同、大湾区合同、认证的程序',
    en: 'How the contract, the Greater Bay Area contract and certification run',
  },
  transitionRules: { zh: '过渡', en: 'Transition' },
  extensionConditions: { zh: '延长有效期的条件', en: 'Conditions of an extension' },
  redeclarationTriggers: { zh: '重新申报的情形', en: 'What makes a declaration due again' },
  contractTriggers: { zh: '标准合同的补充与重新订立', en: 'What makes a standard contract be signed anew' },
  materialRequirements: { zh: '申报材料', en: 'The materials' },
  declarationForm: { zh: '申报表各栏', en: 'The form, field by field' },
  completenessChecks: { zh: '完备性查验', en: 'The checks of completeness' },
  requiredClauses: { zh: '法律文件的六项内容', en: 'The six matters of the legal document' },
  networkDataContract: { zh: '网络数据的合同要求', en: 'What the network data regulations add' },
  standardContractClauses: { zh: '标准合同', en: 'The standard contract' },
  standardContractDescription: { zh: '标准合同附录一', en: 'Annex 1 of the standard contract' },
  selfAssessmentItems: { zh: '自评估事项', en: 'What the handler assesses' },
  reviewedItems: { zh: '评估事项', en: 'What the reviewers assess' },
  necessityTest: { zh: '必要性', en: 'Necessity' },
  sensitivityPacks: { zh: '敏感个人信息清单', en: 'The lists of sensitive personal information' },
  sensitivityDifferences: { zh: '新旧清单的差异', en: 'How the lists differ' },
  sensitivityRules: { zh: '怎样适用清单', en: 'How a list is applied' },
  importantDataDefinitions: { zh: '重要数据', en: 'Important data' },
  coreDataDefinition: { zh: '核心数据', en: 'Core data' },
  gradingMatrix: { zh: '分级', en: 'Grading' },
  sectorRules: { zh: '各行业规则', en: 'Rules of sectors' },
  industryDuties: { zh: '工业和信息化领域', en: 'Industry and information technology' },
  majorChange: { zh: '目录的重大变化', en: 'Major change of a catalogue' },
  incidentGrades: { zh: '安全事件分级', en: 'Grades of incidents' },
  penalProvisions: { zh: '罚则', en: 'Penal provisions' },
  leniencyRules: { zh: '从轻、减轻、不予处罚', en: 'What may lighten it' },
}

function ruleBlock(language: Language, row: Row): string {
  const cases = casesOf(row).map(({ given, comes }) => [given[language], comes[language]])
  return [
    heading(3, row.words[language]),
    facts(language, row, certaintyWords[row.certainty][language], row.code),
    ...list(detailsOf(row).map((words) => words[language])),
    ...(cases.length === 0 ? [] : [table(language === 'zh' ? ['情形', '结果'] : ['Case', 'Outcome'], cases)]),
  ].join('\n\n')
}

/** The rules that order a path, with the cases in which each was a ground; then every case with its answer. */
function pathBlocks(language: Language, rows: readonly Row[], cases: readonly PathCase[]): readonly string[] {
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const spoken = spokenRules(cases)
  const shown = new Set<(typeof spoken)[number]>()
  const answered = (found: readonly PathCase[]) =>
    table(
      [t('日期', 'Day'), t('情形', 'Case'), t('路径', 'Path'), t('把握', 'Certainty')],
      found.map((one) => [
        one.on,
        one[language],
        pathWords[one.determination.path][language],
        certaintyWords[one.determination.certainty][language],
      ]),
    )
  return [
    ...rows.map((row) => {
      const said = spoken.filter((one) => speaks(row, one.reason))
      for (const one of said) shown.add(one)
      const found = [...new Set(said.flatMap((one) => one.cases))]
      return [ruleBlock(language, row), ...(found.length > 0 ? [answered(found)] : [])].join('\n\n')
    }),
    ...spoken
      .filter((one) => !shown.has(one))
      .map(({ reason, cases: found }) => {
        const { inForce }: Instrument = instruments[reason.instrument]
        return [
          heading(3, reason[language]),
          facts(language, { citation: reason, inForce }, null, null),
          answered(found),
        ].join('\n\n')
      }),
    heading(2, t('全部情形', 'All cases')),
    answered(cases),
  ]
}

/** A reason is a rule's own sentence, or begins with it and goes on. */
function speaks({ citation, words }: Row, reason: Reason): boolean {
  return placeOf(citation) === placeOf(reason) && reason.zh.startsWith(words.zh)
}

function placeOf({ instrument, article, paragraph, item }: Citation): string {
  return [instrument, article, paragraph, item].join('|')
}

function calendarBlocks(language: Language): readonly string[] {
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  return [
    table(
      [
        t('年', 'Year'),
        t('工作日放假', 'Weekdays off'),
        t('周末上班', 'Weekend days worked'),
        t('暂定', 'Provisional'),
        t('来源', 'Source'),
        t('把握', 'Certainty'),
      ],
      calendarRows().map(([year, off, worked, provisional, source, certainty]) => [
        year,
        off,
        worked,
        provisional ? t('是', 'yes') : t('否', 'no'),
        source[language],
        certaintyWords[certainty][language],
      ]),
    ),
  ]
}

/** The lists that change often, obtained or not, and the questions the texts leave open with the reading taken here. */
function openBlocks(language: Language): readonly string[] {
  const t = (zh: string, en: string) => (language === 'zh' ? zh : en)
  return [
    heading(2, t('清单', 'Lists')),
    table(
      [t('清单', 'List'), t('条目', 'Entries'), t('说明', 'Note')],
      Object.values(catalogues as Readonly<Record<string, Catalogue>>).map(({ title, rows, says }) => [
        title[language],
        String(rows.length),
        says[language],
      ]),
    ),
    heading(2, t('负面清单的版本', 'Versions of the negative lists')),
    t(
      '条目未取得，日期与规模据二手资料；不同来源不一致的取多数。',
      'The entries were not obtained; days and sizes are known from others, and where these differ the one most give.',
    ),
    table(
      [
        t('清单', 'List'),
        t('施行', 'In force'),
        t('至', 'To'),
        t('范围', 'Scope'),
        t('规模', 'Size'),
        t('把握', 'Certainty'),
      ],
      ftzLists.map(({ name, from, to, scope, size, certainty }) => [
        name[language],
        from,
        to ?? '',
        scope[language],
        size,
        certaintyWords[certainty][language],
      ]),
    ),
    heading(2, t('未决问题及此处的读法', 'Open questions, and how they are read here')),
    ...list(
      Object.values<Words>({ ...openPointWords, ...proceduralOpenPointWords, ...classificationOpenPointWords }).map(
        (words) => words[language],
      ),
    ),
  ]
}

function facts(
  language: Language,
  { citation, inForce: { from, to } }: Pick<Row, 'citation' | 'inForce'>,
  certainty: string | null,
  code: string | null,
): string {
  const { source, note }: Instrument = instruments[citation.instrument]
  const line = (zh: string, en: string, text: string) => (language === 'zh' ? `${zh}：${text}` : `${en}: ${text}`)
  return list([
    ...(code === null ? [] : [line('编号', 'Code', `\`${code}\``)]),
    line('依据', 'Source', cite(citation)[language]),
    line('施行', 'In force', `${from} – ${to ?? '…'}`),
    ...(certainty === null ? [] : [line('把握', 'Certainty', certainty)]),
    line('文本', 'Official text', note ? `${source} ${language === 'zh' ? `（${note.zh}）` : `(${note.en})`}` : source),
  ]).join('\n')
}

function page(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, ...blocks].join('\n\n')}\n`
}

function heading(level: number, text: string): string {
  return `${'#'.repeat(level)} ${text}`
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
