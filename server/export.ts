import { caseNo, load } from '@tongguan/casework'
import type { CaseNo } from '@tongguan/casework'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { projectCase } from '@tongguan/casework'
import { InputError } from './errors.ts'
import type { KeptFiles } from './kept-files.ts'
import type { Records, Tables } from './records.ts'

/*
 * Everything as open files: a folder with one NDJSON file a table (a row a line, columns by name), the documents under
 * files/ by their SHA-256, and manifest.json with the count and hash of each file. What is derived (the desk, the search)
 * is made again on import; sign-in secrets, sessions and repeated answers stay where they are.
 */

/** The tables in the order they may be filled, and the column that says which case a row is of. */
const tables = {
  installation: null,
  auth_user: null,
  auth_organization: null,
  auth_member: null,
  case_no_counter: null,
  notice_no_counter: null,
  past_work: null,
  officer_absence: null,
  revoked_key: null,
  case_file: 'no',
  case_event: 'case_no',
  case_assignment: 'case_no',
  case_reminder: 'case_no',
  case_due_moved: 'case_no',
  case_invitation: 'case_no',
  case_recusal: null,
  case_opinion: null,
  case_consolidation: 'case_no',
  kept_file: null,
  case_document: 'case_no',
  case_evidence: 'case_no',
  result_draft: 'case_no',
  draft_signature: null,
  notice: 'case_no',
  mail: null,
  calendar_feed: null,
} as const

type Table = keyof typeof tables
const tableNames = Object.keys(tables) as readonly Table[]
/** Of one case only what stands without accounts: those are another installation's. */
const ofOneCase: readonly Table[] = ['case_file', 'case_event', 'kept_file', 'case_document', 'case_evidence']

export interface ExportManifest {
  readonly schema: 'tongguan/export/1'
  /** The case exported, or null for everything. */
  readonly caseNo: string | null
  readonly migrations: readonly string[]
  readonly files: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[]
}

/**
 * Writes everything, or one case, into a new folder; half an export is never seen under its name.
 *
 * @throws InputError `export.folder-there`, `export.no-case`
 */
export async function exportRecords(
  { db }: Records,
  files: KeptFiles,
  to: string,
  only: CaseNo | null,
): Promise<ExportManifest> {
  if (existsSync(to)) {
    throw new InputError('export.folder-there', {
      zh: `${to} 已经存在，不会覆盖。请换一个文件夹。`,
      en: `${to} is there already and is not written over. Name another folder.`,
    })
  }
  if (only !== null && (await load(db, only)) === null) {
    throw new InputError('export.no-case', { zh: `没有案件 ${only}。`, en: `There is no case ${only}.` })
  }
  const half = `${to}.new`
  await rm(half, { recursive: true, force: true })
  await mkdir(join(half, 'files'), { recursive: true, mode: 0o700 })
  // One snapshot: no file of it is of another moment.
  const manifest = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => writeTables(tx, files, half, only))
  await writeFile(join(half, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await rename(half, to)
  return manifest
}

async function writeTables(
  tx: Transaction<Tables>,
  files: KeptFiles,
  folder: string,
  only: CaseNo | null,
): Promise<ExportManifest> {
  const written: ExportManifest['files'][number][] = []
  for (const table of only === null ? tableNames : ofOneCase) {
    const { rows } = await sql<{ readonly row: unknown }>`
      select to_jsonb(t) as row from ${sql.table(table)} t ${filterOf(table, only)} ${orderOf(table)}`.execute(tx)
    const name = `${table}.ndjson`
    const text = rows.map(({ row }) => `${JSON.stringify(row)}\n`).join('')
    await writeFile(join(folder, name), text)
    written.push({ name, rows: rows.length, sha256: hash(text) })
    if (table !== 'kept_file') continue
    for (const { row } of rows) {
      const { sha256 } = row as { readonly sha256: string }
      await writeFile(join(folder, 'files', sha256), await files.read(sha256))
    }
  }
  const { rows: applied } = await sql<{ id: string }>`select id from applied_migration order by id`.execute(tx)
  return { schema: 'tongguan/export/1', caseNo: only, migrations: applied.map(({ id }) => id), files: written }
}

function filterOf(table: Table, only: CaseNo | null) {
  if (only === null) return sql``
  if (table === 'kept_file') {
    return sql`where sha256 in (
      select sha256 from case_document where case_no = ${only} union select sha256 from case_evidence where case_no = ${only}
    )`
  }
  return sql`where ${sql.ref(tables[table] ?? 'case_no')} = ${only}`
}

// Rows numbered by the database keep their order by being written in it.
function orderOf(table: Table) {
  if (['case_assignment', 'officer_absence', 'past_work'].includes(table)) return sql`order by id`
  return table === 'case_event' ? sql`order by case_no, seq` : sql`order by 1`
}

/**
 * Reads an export into this database, all of it or nothing: into an empty one everything, a single case where its number
 * is not taken. Each case is folded on the way, so that events no table allows are refused.
 *
 * @throws InputError `import.unreadable`, `import.damaged`, `import.newer`, `import.not-empty`, `import.case-there`
 */
export async function importRecords({ db }: Records, files: KeptFiles, from: string): Promise<ExportManifest> {
  const manifest = await readManifest(from)
  await refuseNewer(db, manifest)
  for (const { name, sha256 } of manifest.files) {
    if (hash(await readFile(join(from, name))) !== sha256) throw damaged(name)
  }
  await db.transaction().execute(async (tx) => {
    await refuseTaken(tx, manifest)
    for (const { name } of manifest.files) {
      const table = tableNames.find((one) => `${one}.ndjson` === name)
      if (table === undefined) throw damaged(name)
      await fill(tx, files, from, table)
    }
    const { rows } = await sql<{ no: string }>`select no from case_file where ${
      manifest.caseNo === null ? sql`true` : sql`no = ${manifest.caseNo}`
    } order by no`.execute(tx)
    // The desk is made of the events; the database holds the one against the other when this commits.
    for (const { no } of rows) await projectCase(tx, caseNo(no))
  })
  return manifest
}

async function fill(tx: Transaction<Tables>, files: KeptFiles, from: string, table: Table): Promise<void> {
  const { rows: columns } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table}
      and is_generated = 'NEVER' and is_identity = 'NO'
    order by ordinal_position`.execute(tx)
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  // What one case shares with others (a document's bytes) may be here already.
  const shared = table === 'kept_file' ? sql`on conflict do nothing` : sql``
  const lines = createInterface({ input: createReadStream(join(from, `${table}.ndjson`)), crlfDelay: Infinity })
  for await (const line of lines) {
    if (table === 'kept_file') await keep(files, from, (JSON.parse(line) as { readonly sha256: string }).sha256)
    await sql`insert into ${sql.table(table)} (${names})
      select ${names} from jsonb_populate_record(null::${sql.table(table)}, ${line}::jsonb) ${shared}`.execute(tx)
  }
}

async function keep(files: KeptFiles, from: string, sha256: string): Promise<void> {
  const kept = await files.keep(await readFile(join(from, 'files', sha256)))
  if (kept !== sha256) throw damaged(`files/${sha256}`)
}

async function readManifest(from: string): Promise<ExportManifest> {
  const path = join(from, 'manifest.json')
  const isThere = await open(path).then(
    (file) => file.close().then(() => true),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
  const manifest = isThere ? parsed(await readFile(path, 'utf8')) : null
  if (manifest?.schema === 'tongguan/export/1' && Array.isArray(manifest.files)) return manifest as ExportManifest
  throw new InputError('import.unreadable', {
    zh: `${from} 不是 tongguan case export 写出的文件夹（没有 manifest.json 或格式不符）。`,
    en: `${from} is no folder of tongguan case export (manifest.json is missing or of another format).`,
  })
}

function parsed(text: string): Partial<ExportManifest> | null {
  try {
    return JSON.parse(text) as Partial<ExportManifest>
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function refuseNewer(db: Kysely<Tables>, { migrations }: ExportManifest): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from applied_migration`.execute(db)
  const unknown = migrations.filter((id) => !rows.some((row) => row.id === id))
  if (unknown.length === 0) return
  throw new InputError('import.newer', {
    zh: `导出来自更新的版本（${unknown.join('、')}）。请先升级本系统。`,
    en: `The export is of a newer version (${unknown.join(', ')}). Upgrade this installation first.`,
  })
}

async function refuseTaken(tx: Transaction<Tables>, { caseNo: only }: ExportManifest): Promise<void> {
  const taken = await tx
    .selectFrom('case_file')
    .select('no')
    .$if(only !== null, (query) => query.where('no', '=', only ?? ''))
    .limit(1)
    .executeTakeFirst()
  if (taken === undefined) return
  throw only === null
    ? new InputError('import.not-empty', {
        zh: '数据库中已有案件；完整导入只能写入空的数据库。',
        en: 'There are cases in this database; everything is imported into an empty one only.',
      })
    : new InputError('import.case-there', {
        zh: `案件编号 ${taken.no} 已在本系统中，没有导入。`,
        en: `The case number ${taken.no} is taken here; nothing was imported.`,
      })
}

function damaged(name: string): InputError {
  return new InputError('import.damaged', {
    zh: `${name} 与 manifest.json 不符，没有导入任何内容。请重新取得导出。`,
    en: `${name} is not what manifest.json says; nothing was imported. Get the export again.`,
  })
}

function hash(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
