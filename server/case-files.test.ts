import { append, nextCaseNo } from '@tongguan/casework'
import { legalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { anAssessedCase } from '../casework/case.makers.ts'
import { caseNo, load } from '@tongguan/casework'
import { forEachDatabase } from '../test/databases.ts'
import { attachedTo, evidenceOf, keepCaseFiles } from './case-files.ts'
import { KeptFiles } from './kept-files.ts'
import { aCase, openAccounts, someEvidence } from './makers.ts'
import { migrations } from './records.ts'
import type { Tables } from './records.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = new KeptFiles(folder)

/** What is wrong about it, the statement, and what the database complains of. */
const neverDone = [
  [
    'a document beside the declared ones',
    `insert into case_document values ('NO', 1, 2, 'other-proof', 'x.pdf', 'application/pdf', 'SHA')`,
    'was not declared',
  ],
  [
    'a declared document under other bytes',
    `insert into case_document select case_no, seq, 1, kind, file_name, media_type, (select sha256 from kept_file where sha256 <> 'SHA' limit 1) from case_document`,
    'was not declared',
  ],
  [
    'a document of an event there is none of',
    `insert into case_document values ('NO', 9, 1, 'declaration-form', 'x.pdf', 'application/pdf', 'SHA')`,
    'was not declared',
  ],
  ['evidence of bytes nobody kept', `insert into case_evidence values ('NO', 1, '${'0'.repeat(64)}')`, 'case_evidence'],
  ['a file under no SHA-256', `insert into kept_file values ('abc', 1)`, 'kept_file'],
  ['other bytes for a document', `update case_document set sha256 = 'SHA'`, 'only grows'],
  ['evidence taken away', `delete from case_evidence`, 'only grows'],
  ['a kept file forgotten', `delete from kept_file`, 'only grows'],
  ['a draft rewritten', `update result_draft set decision = '{}'`, 'only grows'],
  ['a role that is none', `update auth_member set role = 'owner'`, 'auth_member'],
  [
    "a handler's officer made an assessor",
    `update auth_member set role = 'assessor' where role = 'handlerOfficer'`,
    'auth_member',
  ],
  [
    'a person for two organisations',
    `insert into auth_member (id, organization_id, organization_kind, user_id, role, created_at) select 'x', organization_id, organization_kind, user_id, role, created_at from auth_member`,
    'auth_member',
  ],
  [
    'a handler without a credit code',
    `update auth_organization set credit_code = null where kind = 'handler'`,
    'auth_organization',
  ],
  [
    'two handlers of one credit code',
    `update auth_organization set credit_code = 'one' where kind = 'handler'`,
    'auth_organization',
  ],
  [
    'a second kind of installation',
    `insert into installation values (true, 'pilot'), (true, 'production')`,
    'installation',
  ],
  [
    'a real installation with a stated day',
    `insert into installation values (true, 'production', '2026-01-01')`,
    'installation',
  ],
  [
    'an answer kept for a refusal',
    `insert into idempotent_request values ('assessor', 'some-key', '${'0'.repeat(64)}', 409, '{}', '{}')`,
    'idempotent_request',
  ],
] as const

forEachDatabase('the files of a case', (open) => {
  const records = () => open<Tables>(migrations)

  test('documents and evidence are given back as they were kept', async () => {
    const opened = await records()
    const no = caseNo(await aCase({ records: opened, files }))
    const current = await load(opened.db, no)
    if (current === null) throw new Error('no case')
    const attached = await attachedTo(opened.db, current)
    expect(attached).toMatchObject({ hasEvidence: true, draft: null, documents: [{ seq: 1, n: 1 }] })
    const [document] = attached.documents
    expect((await files.read(document?.sha256 ?? '')).toString()).toBe(`the form of ${no}`)
    expect(await evidenceOf(opened.db, files, no)).toEqual(someEvidence())
  })

  test('bytes that were not declared are not kept with the case', async () => {
    const { db } = await records()
    const no = await nextCaseNo(db, legalDate('2026-03-02'))
    await append(db, no, 0, anAssessedCase(no).slice(0, 1))
    const other = [{ fileName: 'other.docx', bytes: Buffer.from('something else') }]
    await expect(keepCaseFiles(db, files, no, { documents: other, evidence: someEvidence() })).rejects.toThrow(
      'was not declared with these bytes',
    )
    const { rows } = await sql`select from case_evidence`.execute(db)
    expect(rows).toEqual([])
  })

  test('the tables refuse what the code never does', async () => {
    const opened = await records()
    await openAccounts(opened)
    const no = await aCase({ records: opened, files })
    const { sha256 } = await opened.db.selectFrom('case_document').select('sha256').executeTakeFirstOrThrow()
    const answers = []
    for (const [what, statement, complaint] of neverDone) {
      const tried = sql.raw(statement.replaceAll('NO', no).replaceAll('SHA', sha256)).execute(opened.db)
      const answer = await tried.then(
        () => 'done',
        (error: unknown) => String(error),
      )
      answers.push([what, answer.includes(complaint) ? complaint : answer])
    }
    expect(answers).toEqual(neverDone.map(([what, , complaint]) => [what, complaint]))
  })
})

test('a kept file is whole or not there, kept once, and one that was changed is refused', async () => {
  const place = mkdtempSync(join(folder, 'kept-'))
  const kept = new KeptFiles(place)
  const names = await Promise.all(Array.from({ length: 5 }, () => kept.keep(Buffer.from('once'))))
  expect(new Set(names).size).toBe(1)
  const [sha256 = ''] = names
  expect(readdirSync(join(place, sha256.slice(0, 2)))).toEqual([sha256])
  expect(kept.has(sha256)).toBe(true)
  expect(kept.has('0'.repeat(64))).toBe(false)
  expect(() => kept.has('../../etc/passwd')).toThrow(RangeError)
  writeFileSync(join(place, sha256.slice(0, 2), sha256), 'twice')
  await expect(kept.read(sha256)).rejects.toThrow('was changed on disk')
})
