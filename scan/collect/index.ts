import { userInfo } from 'node:os'
import type { Limits } from '../bytes.ts'
import type { SourceFile } from '../sources.ts'
import { Collection } from './collection.ts'
import type { OnCollected } from './collection.ts'
import { collectMysql } from './mysql.ts'
import { collectPostgresql } from './postgresql.ts'
import { collectBucket, storeOf } from './s3.ts'
import { parseLiveSource } from './source-url.ts'
import type { LiveSource } from './source-url.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface LiveOptions {
  /** Of databases whose address has none; left out, the environment is asked (`PGPASSWORD`, `MYSQL_PWD`). */
  readonly password?: string
  /** Ends the queries on their servers; collecting then throws the signal's reason. */
  readonly signal?: AbortSignal
  readonly collected?: OnCollected
  /** Where S3 and its keys are looked for; the process's own where left out. */
  readonly environment?: Environment
}

/** What a collector is given. */
export interface Collector {
  readonly collection: Collection
  readonly limits: Limits
  readonly signal: AbortSignal | undefined
}

/**
 * The engine never fetches: this connects to what the operator named and streams it into `folder`, where the engine finds
 * it as files. A source that cannot be read is among them with its error. Throws ScanInputError for an address that is none.
 */
export async function collect(
  sources: readonly string[],
  folder: string,
  limits: Limits,
  { password, signal, collected, environment = process.env }: LiveOptions = {},
): Promise<readonly SourceFile[]> {
  // All addresses are looked at before the first connection.
  const parsed = [...new Set(sources)].map(parseLiveSource)
  const collection = new Collection(folder, limits, collected)
  const collector: Collector = { collection, limits, signal }
  for (const source of parsed) {
    signal?.throwIfAborted()
    await collectOne(source, collector, { password, environment })
  }
  return collection.files
}

function collectOne(
  source: LiveSource,
  collector: Collector,
  { password, environment }: { readonly password: string | undefined; readonly environment: Environment },
): Promise<void> {
  switch (source.kind) {
    case 'postgresql':
      return collectPostgresql(
        {
          ...source,
          user: source.user ?? environment['PGUSER'] ?? userInfo().username,
          password: source.password ?? password ?? environment['PGPASSWORD'],
        },
        collector,
      )
    case 'mysql':
      return collectMysql(
        {
          ...source,
          user: source.user ?? userInfo().username,
          password: source.password ?? password ?? environment['MYSQL_PWD'],
        },
        collector,
      )
    case 's3':
      return collectBucket(source, storeOf(source, environment), collector)
    default:
      throw new TypeError(`no collector for ${String(source satisfies never)}`)
  }
}
