import { addDays, addWorkingDays, daysBetween, determine } from '@tongguan/law'
import type { Evidence, ExportFacts, LegalDate } from '@tongguan/law'
import type { Answers } from '@tongguan/server/contract/answers'
import { dataFolder } from '@tongguan/server/data-folder'
import { fileSimulatedCase } from '@tongguan/server/flows/handle-case'
import { openPilotAccounts } from '@tongguan/server/flows/open-pilot'
import { fillPilotOffice } from '@tongguan/server/flows/pilot-office'
import type { PilotAccount } from '@tongguan/server/flows/open-pilot'
import { keepPrepared, prepareDeclaration } from '@tongguan/server/flows/prepare-declaration'
import { markAsPilot } from '@tongguan/server/installation'
import type { PilotFolder } from '@tongguan/server/pilot-folder'
import { openRecords } from '@tongguan/server/records'
import type { Records } from '@tongguan/server/records'
import { join } from 'node:path'
import type { ExitCode } from './exit-codes.ts'
import { pilotClock } from './run-case.ts'
import { standOpen } from './stand-open.ts'
import type { Terminal } from './terminal.ts'

export interface PilotToServe {
  readonly pilot: PilotFolder
  readonly evidence: Evidence
  readonly facts: ExportFacts
  readonly answers: Answers
  readonly gateDay: LegalDate
  readonly port?: number
  /** What the pilot did; the portal's address and accounts are added to it, so that JSON is one answer. */
  readonly answer: object
}

/** Step 7: the same case in the browser, beside a copy of it that is still with the province, until Ctrl-C. */
export async function servePilot(terminal: Terminal, run: PilotToServe): Promise<ExitCode> {
  const { pilot, answers, gateDay, port } = run
  terminal.heading({ zh: '七、门户', en: '7. The portal' })
  const data = dataFolder(join(pilot.folder, 'handler'))
  const records = await openRecords({ folder: data.database })
  const copy = await preparedForDesk(run, records)
  return standOpen(terminal, {
    records,
    data,
    ...(port === undefined ? {} : { port }),
    async before({ accounts, address }) {
      const opened = await openPilotAccounts(accounts, answers.handler)
      await pilot.servedAt(address)
      terminal.answer({ ...run.answer, portal: { address, on: gateDay, accounts: opened } })
      sayAccounts(terminal, opened, copy)
    },
  })
}

async function preparedForDesk(run: PilotToServe, records: Records): Promise<string> {
  try {
    await markAsPilot(records.db, run.gateDay)
    await fillPilotOffice(records, { province: run.answers.handler.province, today: run.gateDay })
    return await fileCopy(run, records)
  } catch (error) {
    await records.close()
    throw error
  }
}

/**
 * A second filing of the same hospital, made the same way three working days before the pilot's day, so that a desk
 * officer has a next step to take. Its days are moved with it; its reference says that it is a copy.
 */
async function fileCopy({ pilot, evidence, facts, answers, gateDay }: PilotToServe, records: Records): Promise<string> {
  const filedOn = addWorkingDays(gateDay, -3).date
  const prepared = await prepareDeclaration(
    {
      evidence,
      facts,
      determination: determine(facts, filedOn),
      answers: movedTo(answers, filedOn),
      filedOn,
    },
    join(pilot.folder, 'dossier-at-the-province'),
  )
  const filed = await fileSimulatedCase(records.db, prepared.declaration, filedOn)
  await keepPrepared(records.db, dataFolder(join(pilot.folder, 'handler')).files, filed.no, {
    ...prepared,
    evidence,
  })
  return filed.no
}

function movedTo(answers: Answers, filedOn: LegalDate): Answers {
  const days = daysBetween(pilotClock.filed, filedOn)
  const move = <Period extends { readonly from: LegalDate; readonly to: LegalDate }>(period: Period): Period => ({
    ...period,
    from: addDays(period.from, days),
    to: addDays(period.to, days),
  })
  return {
    ...answers,
    reference: `${answers.reference}副本（待完备性查验）`,
    compliance: move(answers.compliance),
    selfAssessment: move(answers.selfAssessment),
  }
}

function sayAccounts(terminal: Terminal, accounts: readonly PilotAccount[], copy: string): void {
  terminal.say({
    zh: `  上面的案件已办结；它的一份副本 ${copy} 正等待省级网信部门查验。`,
    en: `  The case above is concluded; a copy of it, ${copy}, waits for the province's completeness check.`,
  })
  terminal.say({
    zh: '  登录账户（每次运行新生成，只在本次示例中有效）：',
    en: '  Accounts to sign in with (made anew each run, good for this one only):',
  })
  terminal.table(
    accounts.map(({ email, password, words }) => [email, password, terminal.text(words)]),
    '    ',
  )
}
