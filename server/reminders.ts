import { statusWords } from '@tongguan/casework'
import type { CaseStatus, Reminder } from '@tongguan/casework'
import { deadlineKinds, deadlineWords } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import type { Transaction } from 'kysely'
import { tell } from './notices.ts'
import type { Records, Tables } from './records.ts'
import { relationOf, rolesOf } from './rights.ts'

/** How many reminders one transaction fires; the others are the next one's. */
const firedAtOnce = 100

/**
 * Fires every reminder that has fallen due: a notice in the portal and an e-mail to be sent for each who is to be
 * reminded, in the transaction that marks it fired. Two servers at once share the work; killed anywhere, nothing is
 * doubled and nothing lost. How many were fired.
 */
export async function fireReminders({ db }: Records, on: LegalDate): Promise<number> {
  let fired = 0
  for (;;) {
    const some = await db.transaction().execute((tx) => fireSome(tx, on))
    fired += some
    if (some < firedAtOnce) return fired
  }
}

async function fireSome(tx: Transaction<Tables>, on: LegalDate): Promise<number> {
  const due = await tx
    .selectFrom('case_reminder')
    .selectAll()
    .where('fired_on', 'is', null)
    .where('on_day', '<=', on)
    .orderBy('on_day')
    .limit(firedAtOnce)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const reminder of due) {
    const about = await tx
      .selectFrom('case_desk')
      .selectAll()
      .where('no', '=', reminder.case_no)
      .executeTakeFirstOrThrow()
    const words = reminderWords(reminder, about)
    const accounts = await recipientsOf(tx, reminder.recipient, about)
    for (const { id, email } of accounts)
      await tell(tx, { account: id, email, caseNo: reminder.case_no, day: on, words })
    await tx
      .updateTable('case_reminder')
      .set({ fired_on: on })
      .where('case_no', '=', reminder.case_no)
      .where('clock', '=', reminder.clock)
      .where('started', '=', reminder.started)
      .where('due', '=', reminder.due)
      .where('on_day', '=', reminder.on_day)
      .where('what', '=', reminder.what)
      .execute()
  }
  return due.length
}

/**
 * The officer who has the case; where nobody has, everybody of the office; of a handler everybody. Who was off-boarded, or
 * has a role that sees no case, is told of none.
 */
async function recipientsOf(
  tx: Transaction<Tables>,
  recipient: Reminder['to'],
  about: {
    readonly assignee: string | null
    readonly desk: string | null
    readonly province: string
    readonly credit_code: string | null
  },
): Promise<readonly { readonly id: string; readonly email: string }[]> {
  const accounts = tx
    .selectFrom('auth_member')
    .innerJoin('auth_organization', 'auth_organization.id', 'auth_member.organization_id')
    .innerJoin('auth_user', 'auth_user.id', 'auth_member.user_id')
    .select(['auth_user.id', 'auth_user.email'])
    .where('kind', '=', recipient)
    .where('off_boarded_at', 'is', null)
    .where(
      'role',
      'in',
      [...rolesOf[recipient]].filter((role) => relationOf('getCase', role, recipient) !== undefined),
    )
  if (recipient !== 'handler' && about.desk === recipient && about.assignee !== null) {
    const own = await accounts.where('auth_user.id', '=', about.assignee).execute()
    // Whoever has left the office is not reminded in its place; then everybody is.
    if (own.length > 0) return own
  }
  if (recipient === 'province') return accounts.where('province', '=', about.province).execute()
  if (recipient === 'handler') return accounts.where('credit_code', '=', about.credit_code).execute()
  return accounts.execute()
}

const whatWords = {
  soon: { zh: '即将到期', en: 'ends soon' },
  today: { zh: '今天到期', en: 'ends today' },
  late: { zh: '已逾期', en: 'is past' },
  'extension-window': { zh: '可申请延长有效期', en: 'an extension may be asked for' },
} as const satisfies Record<Reminder['what'], Words>

const validityWords: Words = { zh: '评估结果有效期', en: 'validity of the result' }

function reminderWords(
  {
    clock,
    due,
    what,
    case_no: no,
  }: { readonly clock: string; readonly due: string; readonly what: Reminder['what']; readonly case_no: string },
  { status, handler_name: name }: { readonly status: CaseStatus; readonly handler_name: string },
): Words {
  const kind = deadlineKinds.find((one) => one === clock)
  const period: Words = kind === undefined ? validityWords : deadlineWords[kind]
  return {
    zh: `案件 ${no}（${name}，${statusWords[status].zh}）：${period.zh}${whatWords[what].zh}，日期 ${due}。`,
    en: `Case ${no} (${name}, ${statusWords[status].en}): ${period.en} ${whatWords[what].en}, ${due}.`,
  }
}
