// Run by killed.test.ts in a process of its own: files cases, takes them on, fires reminders, and says what was
// acknowledged, until it is killed.
import { nextCaseNo, packageOf } from '@tongguan/casework'
import type { Command } from '@tongguan/casework'
import { addDays, legalDate } from '@tongguan/law'
import { aDeclaration, aDrafter, aHandler, theProvince } from '../../casework/case.makers.ts'
import { handle } from '../../server/flows/handle-case.ts'
import { openRecords } from '../../server/records.ts'
import { fireReminders } from '../../server/reminders.ts'

const records = await openRecords(JSON.parse(process.argv[2] ?? '{}') as { readonly folder: string })
const day = legalDate('2026-03-02')
const receipt = packageOf(aDeclaration())

async function work(worker: number): Promise<never> {
  for (let round = 0; ; round++) {
    const no = await nextCaseNo(records.db, day)
    const commands: readonly Command[] = [
      { kind: 'declare', day, actor: aHandler, caseNo: no, declaration: aDeclaration(), received: day },
      { kind: 'confirmCompleteness', day, actor: theProvince, package: receipt },
      { kind: 'receiveAtNational', day, actor: aDrafter, receipt },
      { kind: 'accept', day, actor: aDrafter, acceptanceNo: `A-${worker}-${round}` },
    ]
    for (const command of commands) {
      const handled = await handle(records.db, no, command)
      if (handled.kind !== 'done') throw new Error(handled.kind)
      process.stdout.write(`${no} ${handled.case.sequence}\n`)
    }
    await fireReminders(records, addDays(day, 120))
  }
}

process.stdout.write('open\n')
await Promise.all([1, 2, 3, 4].map(work))
