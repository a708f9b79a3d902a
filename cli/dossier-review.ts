import { compareDeclarations, reviewContract, takeEdits } from '@tongguan/server/flows/review-declaration'
import { dayOrToday } from './days.ts'
import type { DossierAction } from './dossier-call.ts'
import { callIncomplete } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'
import { writeWhole } from './write-whole.ts'

/** `dossier diff A B`: two rounds field by field; exit code 0 also where they differ. */
export const compareRounds: DossierAction = async (terminal, was, now, { on }) => {
  if (now === undefined) throw callIncomplete('diff')
  const compared = await compareDeclarations(was, now, dayOrToday(on))
  terminal.answer(compared)
  const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)) ?? '—'
  for (const [name, changes] of [
    ['answers', compared.answers],
    ['facts', compared.facts],
  ] as const) {
    terminal.say({ zh: `  ${name}：${changes.length} 处不同`, en: `  ${name}: ${changes.length} differences` })
    for (const { path, was: before, now: after } of changes) {
      terminal.say(`    ${path}`)
      terminal.say(`      - ${shown(before)}`)
      terminal.say(`      + ${shown(after)}`)
    }
  }
  for (const { defect, how, changed } of compared.defects) {
    terminal.say({
      zh: `  补正“${defect}”：${how}（${changed.length} 处修改）`,
      en: `  Defect “${defect}”: ${how} (${changed.length} changes)`,
    })
  }
  return exitCode.done
}

/** `dossier edits CASE EDITED.docx [--accept all|KEY,KEY]`; exit code 1 while an edit is left that was not accepted. */
export const acceptWordEdits: DossierAction = async (terminal, folder, edited, { on, accept }) => {
  if (edited === undefined) throw callIncomplete('edits')
  const keys = accept === 'all' ? 'all' : new Set((accept ?? '').split(',').filter((key) => key !== ''))
  const edits = await takeEdits(folder, edited, { on: dayOrToday(on), accept: keys })
  terminal.answer({ schema: 'tongguan/dossier-edits/1', edits })
  if (edits.length === 0) terminal.say({ zh: '  没有修改', en: '  Nothing was changed' })
  const words = {
    answer: { zh: '可采纳', en: 'can be accepted' },
    computed: { zh: '由数据得出，须在来源处更正', en: 'computed: correct it where it comes from' },
    conflict: { zh: '同一字段在文中改得不一致', en: 'changed otherwise in another place' },
    unknown: { zh: '不是申报的字段', en: 'no field of the declaration' },
    lost: {
      zh: '文件中已没有该字段，无法判断是否改过',
      en: 'no longer in the file: whether it was changed cannot be told',
    },
  } as const
  for (const { key, was, now, kind, accepted } of edits) {
    const state = accepted ? { zh: '已采纳', en: 'accepted' } : words[kind]
    terminal.say(`  ${accepted ? '✓' : '!'} ${key}  (${terminal.text(state)})`)
    terminal.say(`      - ${was}`)
    terminal.say(`      + ${now}`)
  }
  return edits.every(({ accepted }) => accepted) ? exitCode.done : exitCode.no
}

/** `dossier contract FILE [--out MARKED.docx]`; exit code 1 when a clause of art. 9 is missing or weaker. */
export const checkContractFile: DossierAction = async (terminal, path, _, { on, out }) => {
  const { check, marked } = await reviewContract(path, dayOrToday(on))
  terminal.answer(check)
  const kinds = { found: '✓', weaker: '!', missing: '✗' } as const
  const names = {
    found: { zh: '已约定', en: 'found' },
    weaker: { zh: '弱于要求或不全', en: 'weaker than required' },
    missing: { zh: '缺少', en: 'missing' },
  }
  for (const { code, kind, words, points } of check.clauses) {
    terminal.say(`  ${kinds[kind]} ${code} ${terminal.text(words)}: ${terminal.text(names[kind])}`)
    for (const point of points) {
      const { quote, because } = point
      const where = quote
        ? terminal.text({
            zh: `第${quote.page}页第${quote.paragraph}段“${quote.text}”`,
            en: `page ${quote.page}, paragraph ${quote.paragraph}: "${quote.text}"`,
          })
        : ''
      const why = because ? ` (${terminal.text(because)})` : ''
      terminal.say(`      ${kinds[point.kind]} ${terminal.text(point.words)}${why} ${where}`)
    }
  }
  for (const { code, kind, words } of check.standardContract) {
    const what =
      kind === 'missing'
        ? { zh: '标准合同有而本合同没有', en: 'in the standard contract, not here' }
        : { zh: '与标准合同相冲突', en: 'conflicts with the standard contract' }
    terminal.say(`  ! [${code}] ${terminal.text(what)}: ${terminal.text(words)}`)
  }
  terminal.say({
    zh: '  按规则和词表查找，只看字句；是否足够由律师判断。',
    en: '  Found by rules and word lists: it reads words, a lawyer says whether they suffice.',
  })
  if (out !== undefined) {
    await writeWhole(out, marked)
    terminal.say(`    ${out}`)
  }
  return check.clauses.every(({ kind }) => kind === 'found') ? exitCode.done : exitCode.no
}
