import { compareDeclarations, reviewContract, takeEdits } from '@tongguan/server/flows/review-declaration'
import type { EditDecisions, JudgedEdit } from '@tongguan/server/refused-edits'
import type { Words } from '@tongguan/law'
import { createInterface } from 'node:readline'
import { dayOrToday } from './days.ts'
import type { DossierAction } from './dossier-call.ts'
import { callIncomplete } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { refuseInput, writeWhole } from './write-whole.ts'

/** `dossier diff A B`: two rounds field by field; exit code 0 also where they differ. */
export const compareRounds: DossierAction = async (terminal, was, now, { on }) => {
  if (now === undefined) throw callIncomplete('diff', 'ROUND-2')
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

/**
 * `dossier edits CASE EDITED.docx [--accept all|KEY,KEY] [--refuse all|KEY,KEY]`; with neither, on a terminal, each field is
 * asked about. Exit code 1 while an edit is left that nobody decided.
 */
export const decideWordEdits: DossierAction = async (terminal, folder, edited, { on, accept, refuse }) => {
  if (edited === undefined) throw callIncomplete('edits', 'EDITED.docx')
  const day = dayOrToday(on)
  const given = { accept: keysIn(accept), refuse: keysIn(refuse) }
  const asks = accept === undefined && refuse === undefined && terminal.streams.in.isTTY === true && !terminal.json
  const decisions = asks ? await askOnTerminal(terminal, await takeEdits(folder, edited, { on: day, ...given })) : given
  const edits = await takeEdits(folder, edited, { on: day, ...decisions })
  terminal.answer({ schema: 'tongguan/dossier-edits/1', edits })
  if (edits.length === 0) terminal.say({ zh: '  没有修改', en: '  Nothing was changed' })
  for (const edit of edits) printEdit(terminal, edit)
  return edits.every(({ decision }) => decision !== 'open') ? exitCode.done : exitCode.no
}

const keysIn = (given = ''): 'all' | ReadonlySet<string> =>
  given === 'all' ? 'all' : new Set(given.split(',').filter((key) => key !== ''))

function printEdit(terminal: Terminal, { key, was, now, kind, decision }: JudgedEdit): void {
  const states = { accepted: { zh: '已采纳', en: 'accepted' }, refused: { zh: '已拒绝', en: 'refused' } } as const
  const state = decision === 'open' ? editKinds[kind] : states[decision]
  terminal.say(`  ${{ accepted: '✓', refused: '✗', open: '!' }[decision]} ${key}  (${terminal.text(state)})`)
  terminal.say(`      - ${was}`)
  terminal.say(`      + ${now}`)
}

const editKinds = {
  answer: { zh: '可采纳', en: 'can be accepted' },
  computed: {
    zh: '由数据得出，须在来源处更正，或者拒绝',
    en: 'computed: correct it where it comes from, or refuse it',
  },
  conflict: { zh: '同一字段在文中改得不一致', en: 'changed otherwise in another place' },
  unknown: { zh: '不是申报的字段', en: 'no field of the declaration' },
  lost: {
    zh: '文件中已没有该字段，无法判断是否改过',
    en: 'no longer in the file: whether it was changed cannot be told',
  },
} as const satisfies Record<JudgedEdit['kind'], Words>

/** Asks about each edit nobody decided, on stderr; the end of the input leaves the rest open. */
async function askOnTerminal(terminal: Terminal, edits: readonly JudgedEdit[]): Promise<EditDecisions> {
  const { in: input, err: output } = terminal.streams
  const lines = createInterface({ input, output })
  // Not `question`: it loses what was typed ahead of it.
  const typed = lines[Symbol.asyncIterator]()
  try {
    return await askEach(terminal, edits, async (question) => {
      output.write(question)
      const { done, value } = await typed.next()
      return done ? '' : value
    })
  } finally {
    lines.close()
  }
}

/** One question a field: y accepts, n refuses, anything else leaves it open. */
async function askEach(
  terminal: Terminal,
  edits: readonly JudgedEdit[],
  ask: (question: string) => Promise<string>,
): Promise<EditDecisions> {
  const accept = new Set<string>()
  const refuse = new Set<string>()
  const open = edits.filter(({ decision }) => decision === 'open')
  for (const [index, { key, was, now, kind }] of open.entries()) {
    if (refuse.has(key)) continue
    const can = kind === 'answer'
    terminal.note(
      `\n  ${index + 1}/${open.length} ${key}  (${terminal.text(editKinds[kind])})\n      - ${was}\n      + ${now}`,
    )
    const question = can
      ? { zh: '  采纳 y，拒绝 n，以后再说 回车：', en: '  y accepts, n refuses, Enter leaves it: ' }
      : { zh: '  拒绝 n，以后再说 回车：', en: '  n refuses, Enter leaves it: ' }
    const said = (await ask(terminal.text(question))).trim().toLowerCase()
    if (said === 'y' && can) accept.add(key)
    if (said === 'n') refuse.add(key)
  }
  return { accept, refuse }
}

/** `dossier contract FILE [--out MARKED.docx]`; exit code 1 when a clause of art. 9 is missing or weaker. */
export const checkContractFile: DossierAction = async (terminal, path, _, { on, out }) => {
  if (out !== undefined) await refuseInput(out, [path])
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
