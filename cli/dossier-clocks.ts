import { folderSource, readCaseFile } from '@tongguan/server/case-folder'
import { portalClocks } from '@tongguan/server/flows/portal-log'
import type { DossierAction } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'

/** `dossier clocks CASE`: what runs from the events of the authority's own portal that `case.yaml` logs. */
export const printClocks: DossierAction = async (terminal, folder) => {
  const clocks = portalClocks((await readCaseFile(folderSource(folder))).portal)
  terminal.answer({ schema: 'tongguan/portal-clocks/1', clocks })
  if (clocks.length === 0)
    terminal.say({ zh: '  case.yaml 的 portal 中还没有事件', en: '  case.yaml logs no event under portal yet' })
  for (const { from, due, ended, provisional, words, whose } of clocks) {
    const state =
      ended === null
        ? whose === 'handler'
          ? { zh: '待办', en: 'to do' }
          : { zh: '进行中', en: 'running' }
        : { zh: `已于 ${ended} 结束`, en: `ended on ${ended}` }
    const unsure = provisional
      ? terminal.text({ zh: '（节假日尚未公布，暂定）', en: ' (holidays not announced yet, provisional)' })
      : ''
    terminal.say(`  ${from} → ${due}${unsure}  ${terminal.text(words)}  [${terminal.text(state)}]`)
  }
  return exitCode.done
}
