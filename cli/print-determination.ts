import {
  alsoRequiredWords,
  certaintyWords,
  cite,
  conditionStatements,
  disclaimer,
  instruments,
  pathWords,
  routeWords,
} from '@tongguan/law'
import type { Crossing, Determination, DeterminedFlow, FactValue, Reason } from '@tongguan/law'
import type { Terminal } from './terminal.ts'

/** The path, each reason with its article, what is still due, what is missing and what would change the answer. */
export function printDetermination(terminal: Terminal, determination: Determination): void {
  const { path, strictPath, on } = determination
  terminal.say({ zh: `  ${on} 的规则：${pathWords[path].zh}`, en: `  By the law of ${on}: ${pathWords[path].en}` })
  if (strictPath !== path) {
    terminal.say({
      zh: `  从严计数（兼有一般信息的敏感信息主体也计入一般信息）：${pathWords[strictPath].zh}；两种读法有争议，放行按从严`,
      en: `  Counting strictly (persons with both also count as general): ${pathWords[strictPath].en}; contested, the gate obeys this one`,
    })
  }
  printReasons(terminal, determination.because)
  if (determination.missing.length > 0) {
    terminal.say({ zh: '  缺少的事实：', en: '  Facts that are missing:' })
    for (const fact of determination.missing) terminal.say(`    - ${fact}`)
  }
  if (determination.flows.length > 1 || determination.flows.some(({ exemption }) => exemption !== undefined)) {
    for (const flow of determination.flows) printFlow(terminal, flow)
  }
  printDuties(terminal, determination)
  if (determination.alsoMissing.length > 0) {
    const facts = determination.alsoMissing
    terminal.say({
      zh: `  未写明、可能增加义务的事实：${facts.join('、')}`,
      en: `  Facts left out that may add to what is due: ${facts.join(', ')}`,
    })
  }
  for (const change of determination.wouldChange.slice(0, 4)) {
    terminal.say({
      zh: `  若 ${change.fact} 变为 ${String(change.to)}：${pathWords[change.path].zh}`,
      en: `  If ${change.fact} became ${String(change.to)}: ${pathWords[change.path].en}`,
    })
  }
  printCounted(terminal, determination)
  printMargin(terminal, determination)
  for (const words of determination.warnings) {
    terminal.say({ zh: `  注意：${words.zh}`, en: `  Note: ${words.en}` })
  }
  for (const { zh, en } of determination.openPoints) {
    terminal.say({ zh: `  未决问题：${zh}`, en: `  Open point: ${en}` })
  }
  terminal.say({
    zh: `  依据的把握：${certaintyWords[determination.certainty].zh}；规则截至 ${determination.rules}。${disclaimer.zh}`,
    en: `  Certainty: ${certaintyWords[determination.certainty].en}; rules as of ${determination.rules}. ${disclaimer.en}`,
  })
}

export function printReasons(terminal: Terminal, reasons: readonly Reason[]): void {
  for (const reason of reasons) {
    const facts = Object.entries(reason.facts)
      .map(([name, value]) => `${name}=${factText(value)}`)
      .join(', ')
    const { certainty } = instruments[reason.instrument]
    const known = certainty === 'primary' ? '' : ` · ${terminal.text(certaintyWords[certainty])}`
    terminal.say(`    - ${terminal.text(reason)}`)
    terminal.say(`      ${terminal.text(cite(reason))}${known}${facts === '' ? '' : `  [${facts}]`}`)
  }
}

const answerWords = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  unknown: { zh: '未知', en: 'unknown' },
} as const

function printFlow(terminal: Terminal, { id, path, exemption }: DeterminedFlow): void {
  terminal.say({ zh: `  ${id}：${pathWords[path].zh}`, en: `  ${id}: ${pathWords[path].en}` })
  if (!exemption) return
  for (const { condition, needs, answer } of exemption.conditions) {
    const says = conditionStatements[condition]
    terminal.say({
      zh: `    ${answer === needs ? '✓' : answer === 'unknown' ? '?' : '✗'} ${says.zh}（${condition}）：${answerWords[answer].zh}（须为${answerWords[needs].zh}）`,
      en: `    ${answer === needs ? '✓' : answer === 'unknown' ? '?' : '✗'} ${says.en} (${condition}): ${answerWords[answer].en} (must be ${answerWords[needs].en})`,
    })
  }
}

function printDuties(terminal: Terminal, determination: Determination): void {
  const { path, mayProceed, available, alsoRequired, alsoBecause, notLawfulAsDescribed } = determination
  if (notLawfulAsDescribed) {
    terminal.say({
      zh: '  按所述方式不得出境：活动须合法、正当、必要',
      en: '  It may not go as described: the export must be lawful, legitimate and necessary',
    })
  } else if (mayProceed === 'no' && path !== 'prohibited' && path !== 'state-secrets-regime') {
    terminal.say({
      zh: '  现在不得出境：当日还没有可用的途径',
      en: '  It may not go now: on that day there is nothing yet to go by',
    })
  }
  if (mayProceed === 'unknown' && path !== 'unknown') {
    terminal.say({
      zh: '  能否出境尚不能判断，见未决问题',
      en: '  Whether it may go cannot be said yet; see the open points',
    })
  }
  for (const { route, from, citation, certainty } of available) {
    const [words, article] = [routeWords[route], cite(citation)]
    const known = certainty === 'primary' ? '' : ` · ${terminal.text(certaintyWords[certainty])}`
    terminal.say({
      zh: `  可用：${words.zh}（自 ${from}；${article.zh}）${known}`,
      en: `  Available: ${words.en} (from ${from}; ${article.en})${known}`,
    })
  }
  if (alsoRequired.length === 0) return
  terminal.say({ zh: '  不论路径，仍须履行：', en: '  Due whatever the path:' })
  for (const name of alsoRequired) {
    const duty = alsoRequiredWords[name]
    const articles = alsoBecause.filter((reason) => reason.duty === name).map(cite)
    terminal.say({
      zh: `    - ${duty.zh}（${articles.map(({ zh }) => zh).join('、')}）`,
      en: `    - ${duty.en} (${articles.map(({ en }) => en).join('; ')})`,
    })
  }
}

function printCounted(terminal: Terminal, { counted }: Determination): void {
  for (const { flow, exported, planned } of counted.apart) {
    terminal.say({
      zh: `  ${flow}：已提供 ${personsText(exported)}，计划提供 ${personsText(planned)}；按两者合并（上限为两者之和）判定`,
      en: `  ${flow}: exported so far ${personsText(exported)}, planned ${personsText(planned)}; decided on the two together, at most their sum`,
    })
  }
}

function personsText(persons: Determination['counted']['apart'][number]['exported']): string {
  return (['general', 'sensitive'] as const).map((kind) => `${kind}=${factText(persons?.[kind] ?? null)}`).join(' ')
}

function printMargin(terminal: Terminal, { margin }: Determination): void {
  if (!margin) return
  const left = (zh: string, en: string, n: number | null) =>
    n === null ? [] : [{ zh: `${zh} ${n} 人`, en: `${n} ${en}` }]
  const parts = [
    ...left('一般信息还可', 'persons with general items', margin.general),
    ...left('敏感信息还可', 'persons with sensitive items', margin.sensitive),
  ]
  if (parts.length === 0) return
  terminal.say({
    zh: `  距离${pathWords[margin.next].zh}：${parts.map((p) => p.zh).join('，')}`,
    en: `  Before ${pathWords[margin.next].en}: ${parts.map((p) => p.en).join(', ')} are left`,
  })
}

/** When the lines of the law are reached, by the months so far. */
export function printForecast(terminal: Terminal, crossings: readonly Crossing[]): void {
  terminal.say({
    zh: '  按月度数据预测（每月新增的去重人数；1 月 1 日重新累计）：',
    en: '  Foretold from the months (distinct persons new in each; the count begins anew on 1 January):',
  })
  for (const { line, soFar, kind, day, earliest, latest } of crossings) {
    const who = line.kind === 'general' ? { zh: '一般信息', en: 'general' } : { zh: '敏感信息', en: 'sensitive' }
    const [article, path] = [cite(line.citation), pathWords[line.leadsTo]]
    const when = {
      reached: { zh: `${day} 已达到`, en: `reached on ${day}` },
      expected: {
        zh: `预计 ${day}（最早 ${earliest ?? '–'}，最迟 ${latest ?? '年内不达'}）`,
        en: `expected on ${day} (earliest ${earliest ?? '–'}, latest ${latest ?? 'not this year'})`,
      },
      'not-this-year': {
        zh: earliest === null ? '年内不会达到' : `按平均年内不会达到，最早 ${earliest}`,
        en: earliest === null ? 'not this year' : `not this year at the mean, at the earliest ${earliest}`,
      },
    }[kind]
    terminal.say({
      zh: `    - ${who.zh} ${line.persons} 人（${path.zh}，${article.zh}）：已累计 ${soFar}，${when.zh}`,
      en: `    - ${line.persons} ${who.en} persons (${path.en}, ${article.en}): ${soFar} so far, ${when.en}`,
    })
  }
}

function factText(value: FactValue): string {
  return value !== null && typeof value === 'object' ? `${value.lower}–${value.upper}` : String(value)
}
