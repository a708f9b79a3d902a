import { z } from 'zod'
import { InputError } from '../errors.ts'
import { jsonOf } from '../json-text.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A path below the backup's folder, with `/` between its parts; none of them leads out of it. */
const inside = z
  .string()
  .refine((path) =>
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0')),
  )

const ManifestSchema = z.strictObject({
  schema: z.literal('tongguan/backup/1'),
  /** The software that wrote it. */
  software: z.string(),
  madeAt: z.iso.datetime(),
  /** Which kind of database it was taken from; it may be restored into either. */
  from: z.enum(['embedded', 'postgresql']),
  /** Whether private keys, secrets and the settings that hold one are in it. */
  withKeys: z.boolean(),
  /** Leaves of the public log in the database. */
  leaves: z.int().nonnegative(),
  migrations: z.array(z.strictObject({ id: z.string(), sha256 })),
  /** Rows lie in `database/NAME.ndjson`, a line a row: its columns' values as the database writes them as text. */
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9_]+$/),
      columns: z.array(z.string()),
      rows: z.int().nonnegative(),
    }),
  ),
  /** Every file of the backup but this one. */
  files: z.array(z.strictObject({ path: inside, bytes: z.int().nonnegative(), sha256 })),
})

/** What a backup holds, written last: a folder without one is none. */
export type Manifest = z.output<typeof ManifestSchema>
export type BackedUpFile = Manifest['files'][number]
export type BackedUpTable = Manifest['tables'][number]

export const manifestName = 'manifest.json'

/** @throws InputError `restore.manifest-unreadable` */
export function readManifest(text: string, path: string): Manifest {
  const read = ManifestSchema.safeParse(jsonOf(text))
  if (read.success) return read.data
  throw new InputError('restore.manifest-unreadable', {
    zh: `${path} 不是备份的清单，或写法已损坏。没有任何改动。`,
    en: `${path} is not the manifest of a backup, or is damaged. Nothing was changed.`,
  })
}
