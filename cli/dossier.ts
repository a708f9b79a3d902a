import { prepareDeclaration, readTemplates, refuseSigned } from '@tongguan/server/flows/prepare-declaration'
import type { PreparedDeclaration } from '@tongguan/server/flows/prepare-declaration'
import { folderSource, readCase } from '@tongguan/server/case-folder'
import { dataFolder } from '@tongguan/server/data-folder'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { checkDeclaration } from '@tongguan/server/flows/check-declaration'
import { recoverFolder } from '@tongguan/server/whole-folder'
import { relative } from 'node:path'
import { scanWithBar } from './assess.ts'
import { dayOrToday } from './days.ts'
import { callIncomplete } from './dossier-call.ts'
import type { DossierAction, DossierOptions } from './dossier-call.ts'
import { printClocks } from './dossier-clocks.ts'
import { keepConsents } from './dossier-consent.ts'
import { checkContractFile, compareRounds, decideWordEdits } from './dossier-review.ts'
import { signDossier, verifyDossier } from './dossier-sign.ts'
import { startCase } from './dossier-start.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { noSuchAction } from './keys.ts'
import { printCheck, printFindings } from './print-check.ts'
import type { Terminal } from './terminal.ts'

const actions: Readonly<Record<string, DossierAction>> = {
  init: startCase,
  build,
  check,
  diff: compareRounds,
  edits: decideWordEdits,
  contract: checkContractFile,
  consent: keepConsents,
  sign: signDossier,
  verify: verifyDossier,
  clocks: printClocks,
}

/** `dossier ACTION CASE|BUNDLE`: begins, writes, checks, compares, signs and verifies a declaration. */
export async function dossierCommand(
  terminal: Terminal,
  action: string,
  first: string | undefined,
  second: string | undefined,
  third: string | undefined,
  options: DossierOptions,
): Promise<ExitCode> {
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (run === undefined) throw noSuchAction('dossier', action, Object.keys(actions))
  if (first === undefined) throw callIncomplete(action, 'PATH')
  return run(terminal, first, second, options, third)
}

/** `dossier build CASE --out O [--data D] [--facts F]`; exit code 1 when the office would send it back. */
async function build(
  terminal: Terminal,
  folder: string,
  _: string | undefined,
  { data, facts, out, on, templates, lists: folderOfLists }: DossierOptions,
): Promise<ExitCode> {
  if (out === undefined) throw callIncomplete('build', '--out')
  await recoverFolder(out)
  await refuseSigned(out)
  const lists = await loadedLists(listsFolder(folderOfLists))
  const given = { on: dayOrToday(on), lists, ...(facts === undefined ? {} : { facts }) }
  const evidence = data === undefined ? undefined : await scanWithBar(terminal, [data], given.on)
  const read = await readCase(folderSource(folder), { ...given, ...(evidence === undefined ? {} : { evidence }) })
  if (read.kind === 'incomplete') return printCheck(terminal, await checkDeclaration(folder, given))
  const official = templates === undefined ? new Map() : await readTemplates(templates)
  const prepared = await prepareDeclaration(read.case.inputs, out, read.case.files, official)
  const { declaration, files, upload, dossier } = prepared
  terminal.answer({ files, problems: dossier.problems, declaration, upload, bundle: prepared.bundle })
  printDossier(terminal, prepared)
  return dossier.problems.some(({ severity }) => severity === 'error') ? exitCode.no : exitCode.done
}

async function check(
  terminal: Terminal,
  path: string,
  _: string | undefined,
  { data, facts, on, lists }: DossierOptions,
): Promise<ExitCode> {
  const options = {
    on: dayOrToday(on),
    lists: await loadedLists(listsFolder(lists)),
    ...(data === undefined ? {} : { data }),
    ...(facts === undefined ? {} : { facts }),
  }
  return printCheck(terminal, await checkDeclaration(path, options))
}

/** Where lists an office has loaded lie: named, or those `law import-list` put into the data folder here. */
const listsFolder = (named: string | undefined): string => named ?? dataFolder(undefined).lists

/** The files written and what the office would send back or ask about. */
export function printDossier(terminal: Terminal, { dossier, files, upload }: PreparedDeclaration): void {
  for (const file of files.filter((path) => !/english-reading-copies|portal-upload[/\\]|\.pdf$/.test(path)))
    terminal.say(`    ${relative(process.cwd(), file)}`)
  const copies = files.filter((path) => /english-reading-copies|\.pdf$/.test(path)).length
  terminal.say({
    zh: `    另有 ${copies} 份 PDF 与英文阅读副本；portal-upload/ 为按网上系统顺序排列的上传件`,
    en: `    and ${copies} PDFs and English reading copies; portal-upload/ holds the upload set in the portal's order`,
  })
  const toSeal = upload.filter(({ state }) => state === 'seal-and-scan').length
  if (0 < toSeal) {
    terminal.say({
      zh: `  上传前须打印、盖章、扫描的有 ${toSeal} 份`,
      en: `  ${toSeal} of them are to be printed, sealed and scanned before the upload`,
    })
  }
  for (const { answers, items } of dossier.scenarios) {
    terminal.say({
      zh: `  场景“${answers.name}”：拟出境 ${items.length} 项，${dossier.kept.length} 项留在境内`,
      en: `  Scenario “${answers.name}”: ${items.length} items proposed for export, ${dossier.kept.length} kept in China`,
    })
  }
  printFindings(terminal, dossier.problems)
}
