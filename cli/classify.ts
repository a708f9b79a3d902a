import { certaintyWords, cite, classify, kinds as kindWords, weakest } from '@tongguan/law'
import type { Certainty, ClassificationAnswer, ClassifiedSet, Words } from '@tongguan/law'
import { ClassificationFactsSchema, classificationExample } from '@tongguan/server/contract/classification'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { holdsWords } from './extension.ts'
import { printStanding } from './print-standing.ts'
import type { Terminal } from './terminal.ts'

/** Sensitive, important, core or general: each set of a file, by the lists and definitions of a day. */
export async function classifyCommand(
  terminal: Terminal,
  file: string,
  options: { readonly on?: string },
): Promise<ExitCode> {
  const { sets } = await readYamlFile(file, ClassificationFactsSchema, classificationExample)
  const found = classify(sets, dayOrToday(options.on))
  terminal.answer(found)
  for (const set of found.sets) printSet(terminal, set)
  printStanding(terminal, found, weakest(...found.sets.map(({ certainty }) => certainty)))
  const open = found.sets.some(({ grade, sensitive }) => grade === 'unknown' || sensitive.answer === 'unknown')
  return open ? exitCode.notYet : exitCode.done
}

function printSet(terminal: Terminal, set: ClassifiedSet): void {
  const grade = gradeWords[set.grade]
  terminal.say({ zh: `${set.id}：${grade.zh}`, en: `${set.id}: ${grade.en}` })
  printSensitive(terminal, set)
  printTest(terminal, { zh: '重要数据', en: 'Important data' }, set.important)
  printTest(terminal, { zh: '核心数据', en: 'Core data' }, set.core)
  if (set.proposed) {
    const proposed = gradeWords[set.proposed.grade]
    const source = cite(set.proposed.citation)
    terminal.say({
      zh: `  定级表的建议：${proposed.zh}（${source.zh}，凭记忆，未核对）`,
      en: `  The grading table proposes: ${proposed.en} (${source.en}, from memory, unchecked)`,
    })
  }
  printTrade(terminal, set)
  if (set.missing.length > 0) {
    terminal.say({ zh: `  缺少：${set.missing.join('、')}`, en: `  Missing: ${set.missing.join(', ')}` })
  }
}

function printSensitive(terminal: Terminal, { personalInformation, sensitive }: ClassifiedSet): void {
  const [personal, answer] = [holdsWords[personalInformation], holdsWords[sensitive.answer]]
  terminal.say({ zh: `  个人信息：${personal.zh}`, en: `  Personal information: ${personal.en}` })
  const of = (language: keyof Words) => sensitive.kinds.map((kind) => kindWords[kind][language]).join(', ')
  const source = cite(sensitive.citation)
  terminal.say({
    zh: `  敏感个人信息：${answer.zh}${sensitive.kinds.length > 0 ? `（${of('zh')}）` : ''}；${source.zh}`,
    en: `  Sensitive: ${answer.en}${sensitive.kinds.length > 0 ? ` (${of('en')})` : ''}; ${source.en}`,
  })
}

function printTest(terminal: Terminal, name: Words, test: ClassificationAnswer): void {
  const [authority, definition] = [holdsWords[test.byAuthority], holdsWords[test.byDefinition]]
  const source = cite(test.citation)
  terminal.say({
    zh: `  ${name.zh}：主管部门告知、公布或者认定：${authority.zh}；符合定义：${definition.zh}（${source.zh}）`,
    en: `  ${name.en}: by an authority: ${authority.en}; by the definition: ${definition.en} (${source.en})`,
  })
}

function printTrade(terminal: Terminal, { sectorRules, industry }: ClassifiedSet): void {
  for (const rule of sectorRules) {
    const reached = rule.over === null ? { zh: '', en: '' } : overWords[rule.over]
    const source = known(rule.certainty, cite(rule.citation))
    terminal.say({
      zh: `  ${rule.code}${reached.zh}：${rule.zh}（${source.zh}）`,
      en: `  ${rule.code}${reached.en}: ${rule.en} (${source.en})`,
    })
  }
  if (industry === null) return
  for (const duty of industry.duties) {
    const source = cite(duty.citation)
    terminal.say({ zh: `  ${duty.code}：${duty.zh}（${source.zh}）`, en: `  ${duty.code}: ${duty.en} (${source.en})` })
  }
  const answer = holdsWords[industry.fileChange]
  const source = cite(industry.majorChange.citation)
  terminal.say({
    zh: `  须变更备案：${answer.zh}；${industry.majorChange.zh}（${source.zh}；tongguan deadline industry-change-filing）`,
    en: `  A change to be filed: ${answer.en}; ${industry.majorChange.en} (${source.en}; tongguan deadline industry-change-filing)`,
  })
}

/** The source, with how surely it is known where it was not read itself. */
function known(certainty: Certainty, source: Words): Words {
  if (certainty === 'primary') return source
  const words = certaintyWords[certainty]
  return { zh: `${source.zh}，${words.zh}`, en: `${source.en}, ${words.en}` }
}

const gradeWords = {
  core: {
    zh: '核心数据，主管部门答复之前不得出境',
    en: 'core data; nothing leaves before their department has spoken',
  },
  important: { zh: '重要数据', en: 'important data' },
  general: {
    zh: '一般数据，按当日规则不属于重要数据',
    en: 'general data: not important by the rules of that day',
  },
  unknown: { zh: '事实不足，不能定级', en: 'the grade cannot be said: facts are missing' },
} as const satisfies Record<ClassifiedSet['grade'], Words>

const overWords = {
  yes: { zh: '［达到］', en: ' [reached]' },
  no: { zh: '［未达到］', en: ' [not reached]' },
  unknown: { zh: '［数量未知］', en: ' [number unknown]' },
} as const
