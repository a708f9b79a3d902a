import { folderSource, readCaseFile } from '@tongguan/server/case-folder'
import { portalClocks, portalProblems } from '@tongguan/server/flows/portal-log'
import type { DossierAction } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'

/** `dossier clocks CASE`: what runs from the events of the authority's own portal that `case.yaml` logs. */
export const printClocks: DossierAction = async (terminal, folder) => {
  const source = folderSource(folder)
  const { portal } = await readCaseFile(source)
  const clocks = portalClocks(portal)
  const findings = await portalProblems(portal, async (scan) => (await source.read(scan)) !== undefined)
  terminal.answer({ schema: 'tongguan/portal-clocks/1', clocks, findings })
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
  for (const { code, where, words } of findings) terminal.say(`  ✗ [${code}] ${terminal.text(words)}  (${where})`)
  return findings.length === 0 ? exitCode.done : exitCode.no
}
