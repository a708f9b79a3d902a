import { EvidenceSchema } from '@tongguan/server/contract/evidence'
import { parseYaml, readText } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { parseFacts } from '@tongguan/server/facts-file'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { newCase } from '@tongguan/server/flows/start-case'
import { writeFolder } from '@tongguan/server/whole-folder'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { scanWithBar } from './assess.ts'
import { dayOrToday } from './days.ts'
import type { DossierAction } from './dossier-call.ts'
import { callIncomplete } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'

/** `dossier init CASE --facts F (--evidence E | --data D)`: a folder that asks only what facts and scan cannot tell. */
export const startCase: DossierAction = async (terminal, folder, _, options) => {
  const { facts: factsFile, evidence: evidenceFile, data, on, name, creditCode, province } = options
  const lacks = [
    ...(factsFile === undefined ? ['--facts'] : []),
    ...(evidenceFile === undefined && data === undefined ? ['--evidence | --data'] : []),
  ]
  if (factsFile === undefined || 0 < lacks.length) throw callIncomplete('init', lacks.join(', '))
  if (existsSync(folder)) {
    throw new InputError('case.exists', {
      zh: `${folder} 已存在，不会覆盖。请换一个文件夹。`,
      en: `${folder} exists and is not overwritten. Choose another folder.`,
    })
  }
  const factsText = await readText(factsFile)
  const facts = parseFacts(factsText, factsFile, await loadedLists(dataFolder(undefined).lists))
  const evidenceText =
    evidenceFile === undefined
      ? JSON.stringify(await scanWithBar(terminal, [data ?? ''], dayOrToday(on)), null, 2)
      : await readText(evidenceFile)
  const evidence = parseYaml(
    evidenceText,
    evidenceFile ?? 'evidence.json',
    EvidenceSchema,
    'npx tongguan scan ./data --out evidence.json',
  )
  await writeFolder(
    folder,
    newCase({
      facts,
      factsText,
      evidence,
      evidenceText,
      ...(name === undefined ? {} : { name }),
      ...(creditCode === undefined ? {} : { creditCode }),
      ...(province === undefined ? {} : { province }),
    }),
  )
  terminal.answer({ folder })
  terminal.say({
    zh: `已建立 ${folder}。填写 answers.yaml，再运行 npx tongguan dossier check ${folder}`,
    en: `Made ${folder}. Fill in answers.yaml, then run npx tongguan dossier check ${folder}`,
  })
  terminal.say(`    ${join(folder, 'answers.yaml')}`)
  return exitCode.done
}
