import type { Kysely } from 'kysely'
import type { Words } from '@tongguan/law'
import type { Viewer } from './accounts.ts'
import type { Operation } from './contract/routes.ts'
import type { Tables } from './records.ts'

/** Writes down that somebody looks into a case, before they see it. */
export async function noteAccess(
  db: Kysely<Tables>,
  look: { readonly caseNo: string; readonly operation: Operation; readonly viewer: Viewer; readonly at: Date },
): Promise<void> {
  const { caseNo, operation, viewer, at } = look
  await db
    .insertInto('case_access')
    .values({
      at,
      case_no: caseNo,
      operation,
      actor: viewer.id,
      actor_name: viewer.name,
      role: viewer.role,
      organization_id: viewer.organisation.id,
      organization_name: viewer.organisation.name,
    })
    .execute()
}

/** The last hundred looks of an organisation's own people into a case, newest first. */
export async function accessOf(db: Kysely<Tables>, caseNo: string, organisationId: string) {
  return db
    .selectFrom('case_access')
    .select(['at', 'operation', 'actor_name', 'role', 'organization_name'])
    .where('case_no', '=', caseNo)
    .where('organization_id', '=', organisationId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** What looking is called; what changes the case stands in its timeline and is called a step here. */
export function accessWords(operation: string): Words {
  return (reading as Readonly<Record<string, Words>>)[operation] ?? { zh: '办理步骤', en: 'took a step' }
}

const reading = {
  getCase: { zh: '打开案件', en: 'opened the case' },
  getEvidence: { zh: '查看扫描证据', en: 'looked at the evidence' },
  getDocument: { zh: '下载材料', en: 'downloaded a document' },
  streamEvents: { zh: '跟随案件进展', en: 'followed the case' },
  giveSight: { zh: '让他人查看', en: 'let somebody read it' },
  listCaseAccess: { zh: '查看访问记录', en: 'looked at who had looked' },
  getPermit: { zh: '取得许可', en: 'fetched the permit' },
  getLetter: { zh: '下载通知书', en: 'downloaded the letter' },
  getOpinions: { zh: '查看评估意见', en: 'looked at the opinions' },
  listSimilarCases: { zh: '查看类似案件', en: 'looked at similar cases' },
} as const satisfies Partial<Record<Operation, Words>>
