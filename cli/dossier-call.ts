import { InputError } from '@tongguan/server/errors'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface DossierOptions {
  readonly data?: string
  readonly facts?: string
  readonly evidence?: string
  readonly out?: string
  readonly templates?: string
  readonly lists?: string
  readonly on?: string
  readonly name?: string
  readonly creditCode?: string
  readonly province?: string
  readonly key?: string
  readonly suite?: string
  readonly trust?: string
  readonly allowPilot?: boolean
  readonly accept?: string
  readonly refuse?: string
  readonly consentVersion?: string
}

/** What each action is called with: the case folder, bundle or contract, and a second one where it compares; `consent` has a third. */
export type DossierAction = (
  terminal: Terminal,
  first: string,
  second: string | undefined,
  options: DossierOptions,
  third?: string,
) => Promise<ExitCode>

/** One call of every action, shown by `--help` and where a call is incomplete. */
export const dossierCalls: Readonly<Record<string, string>> = {
  init: 'npx tongguan dossier init ./case --facts facts.yaml --evidence evidence.json',
  build: 'npx tongguan dossier build ./case --out ./dossier   (--data ./data scans again)',
  check: 'npx tongguan dossier check ./case   (or ./dossier/bundle.zip)',
  diff: 'npx tongguan dossier diff round-1.zip round-2.zip',
  edits:
    'npx tongguan dossier edits ./case edited.docx --accept all --refuse handler.name   (neither: asked field by field)',
  contract: 'npx tongguan dossier contract contract.docx --out marked.docx',
  consent:
    'npx tongguan dossier consent add ./case persons.csv --consent-version v1 --on 2026-01-05   (withdraw ./case persons.csv; list ./case)',
  sign: 'npx tongguan dossier sign ./dossier/bundle.zip --suite EdDSA',
  clocks: 'npx tongguan dossier clocks ./case',
  verify: 'npx tongguan dossier verify ./dossier/bundle.zip --trust dossier-trust.json',
}

/** `lacks`: the options and paths that are not there, as they are typed. */
export function callIncomplete(action: string, lacks: string): InputError {
  return new InputError('dossier.call-incomplete', {
    zh: `dossier ${action} 缺少 ${lacks}。例如：${dossierCalls[action] ?? ''}`,
    en: `dossier ${action} lacks ${lacks}. For example: ${dossierCalls[action] ?? ''}`,
  })
}
