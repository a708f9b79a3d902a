import { kinds } from '@tongguan/law'
import type { ColumnEvidence, Evidence, TableRisk } from '@tongguan/law'
import type { Terminal } from './terminal.ts'

/** Per file what identifies persons and what is sensitive, then how many distinct persons, and at what speed. */
export function printEvidence(terminal: Terminal, evidence: Evidence): void {
  for (const file of evidence.files) {
    const format = [file.format, file.encoding].filter((part) => part !== null).join(', ')
    terminal.say({
      zh: `  ${file.path}（${format}，${file.rows} 行${file.skipped > 0 ? `，${file.skipped} 行列数不符` : ''}）`,
      en: `  ${file.path} (${format}, ${file.rows} ${file.rows === 1 ? 'row' : 'rows'}${file.skipped > 0 ? `, ${file.skipped} with a wrong number of cells` : ''})`,
    })
    if (file.error) terminal.say(`    ! [${file.error.code}] ${file.error.message}`)
    const personal = file.columns.filter((column) => column.category !== 'none' || column.findings.length > 0)
    terminal.table(
      personal.map((column) => columnRow(terminal, column)),
      '    ',
    )
    const silent = file.columns.length - personal.length
    if (silent > 0)
      terminal.say({
        zh: `    其余 ${silent} 列未见个人信息`,
        en: `    nothing personal seen in ${silent === 1 ? 'the other column' : `the other ${silent} columns`}`,
      })
  }
  for (const risk of evidence.risk) printRisk(terminal, risk)
  printTotals(terminal, evidence)
}

/** By which columns the rows are told apart, and how many are alone; two lines a table, more where there is more to say. */
function printRisk(terminal: Terminal, risk: TableRisk): void {
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`
  const { k, rows, classes, uniqueRows, quasiIdentifiers, directIdentifiers, minimalUniques, population } = risk
  const more = risk.files > 1 ? risk.files - 1 : 0
  terminal.say({
    zh: `  重标识风险 ${risk.file}${more > 0 ? `（及另外 ${more} 个同表头文件）` : ''}：准标识 ${quasiIdentifiers.join('、')}${risk.chosen === 'stated' ? '（指定）' : ''}`,
    en: `  Re-identification risk of ${risk.file}${more > 0 ? ` (and ${more} more of its header)` : ''}: by ${quasiIdentifiers.join(', ')}${risk.chosen === 'stated' ? ' (as stated)' : ''}`,
  })
  terminal.say({
    zh: `    k = ${k}；${rows} 行分为 ${classes} 个等价类，独一无二 ${uniqueRows} 行；平均风险 ${percent(risk.averageRisk)}，最高 ${percent(risk.highestRisk)}`,
    en: `    k = ${k}; ${rows} rows in ${classes} classes, ${uniqueRows} alone in theirs; average risk ${percent(risk.averageRisk)}, highest ${percent(risk.highestRisk)}`,
  })
  if (directIdentifiers.length > 0)
    terminal.say({
      zh: `    另有直接标识列 ${directIdentifiers.join('、')}：须先去除，上述数字才成立`,
      en: `    identifying by themselves: ${directIdentifiers.join(', ')}; the numbers hold only once these are gone`,
    })
  const set = minimalUniques?.sets[0]
  if (set !== undefined)
    terminal.say({
      zh: `    最多的行仅凭 ${set.columns.join(' + ')} 即独一无二：${set.rows} 行`,
      en: `    most rows stand alone by ${set.columns.join(' + ')}: ${set.rows}`,
    })
  for (const { column, distinctL, t } of risk.sensitive ?? [])
    terminal.say({
      zh: `    敏感列 ${column}：l = ${distinctL}${t === null ? '' : `，t = ${t.toFixed(4)}`}`,
      en: `    sensitive ${column}: l = ${distinctL}${t === null ? '' : `, t = ${t.toFixed(4)}`}`,
    })
  if (population !== undefined)
    terminal.say({
      zh: `    总体（抽样比例 ${percent(population.samplingFraction)}）中独一无二者估计占 ${percent(population.share)}`,
      en: `    estimated share alone in the population (sampled ${percent(population.samplingFraction)}): ${percent(population.share)}`,
    })
}

function columnRow(terminal: Terminal, column: ColumnEvidence): string[] {
  const kind = terminal.text(kinds[column.kind])
  const also = column.findings.filter((finding) => finding.kind !== column.kind && finding.valid > 0)
  return [
    column.name,
    kind,
    terminal.text(categoryWords[column.category]),
    terminal.text(identifiesWords[column.identifies]),
    terminal.text(levelWords[column.level]),
    [
      ...column.sample.slice(0, 1),
      ...also.map((finding) => `+ ${terminal.text(kinds[finding.kind])} ×${finding.valid}`),
    ].join('  '),
  ]
}

function printTotals(terminal: Terminal, { persons, scanned, rules }: Evidence): void {
  const range = (n: { lower: number; point: number; upper: number }) =>
    n.lower === n.upper ? String(n.point) : `${n.point} [${n.lower}–${n.upper}]`
  terminal.say({
    zh: `  不同自然人：${range(persons)} 人，其中涉敏感个人信息 ${range(persons.sensitive)} 人，不满十四周岁 ${persons.minors} 人${persons.exact ? '（精确计数）' : ''}`,
    en: `  Distinct natural persons: ${range(persons)}; with sensitive personal information ${range(persons.sensitive)}; under fourteen ${persons.minors}${persons.exact ? ' (exact count)' : ''}`,
  })
  const megabytes = scanned.bytes / 1e6
  const speed = scanned.seconds > 0 ? `${(megabytes / scanned.seconds).toFixed(1)} MB/s` : ''
  terminal.say({
    zh: `  扫描 ${scanned.files} 个文件、${scanned.rows} 行、${megabytes.toFixed(1)} MB，用时 ${scanned.seconds.toFixed(1)} 秒，${speed}；规则：${rules.packs.join('、')}`,
    en: `  Scanned ${scanned.files} ${scanned.files === 1 ? 'file' : 'files'}, ${scanned.rows} rows, ${megabytes.toFixed(1)} MB in ${scanned.seconds.toFixed(1)} s, ${speed}; rule packs: ${rules.packs.join(', ')}`,
  })
  if (!scanned.complete) {
    terminal.say({
      zh: '  扫描不完整：未读到的内容不作任何结论（见上面的错误）',
      en: '  The scan is not complete: nothing is said of what was not read (see the errors above)',
    })
  }
}

const categoryWords = {
  none: { zh: '非个人信息', en: 'not personal' },
  personal: { zh: '个人信息', en: 'personal' },
  sensitive: { zh: '敏感个人信息', en: 'sensitive' },
} as const

const identifiesWords = {
  direct: { zh: '直接标识', en: 'identifies' },
  quasi: { zh: '准标识', en: 'quasi-identifier' },
  none: { zh: '—', en: '—' },
} as const

const levelWords = {
  confirmed: { zh: '已证实', en: 'confirmed' },
  likely: { zh: '很可能', en: 'likely' },
  review: { zh: '待复核', en: 'to review' },
  none: { zh: '—', en: '—' },
} as const
