import { join } from 'node:path'
import { treatBatch } from '@tongguan/gate'
import type { Recipe, TransformBy, TreatedBatch } from '@tongguan/gate'
import { inspect, openEngine } from '@tongguan/scan'
import type { LegalDate } from '@tongguan/law'
import { countingKey, passingKey } from '../counting-key.ts'
import type { DataFolder } from '../data-folder.ts'
import { InputError } from '../errors.ts'
import { readPassphrases } from './keep-counting-root.ts'

export interface TreatmentFiles {
  readonly recipe: Recipe
  /** Where the table of pseudonyms goes, and the file with the second custodian's passphrase. */
  readonly escrow?: string
  readonly passphrase?: string
}

/**
 * What a batch is treated by: the recipe, the data folder's transform key (made on first use), and where the table of
 * pseudonyms goes.
 */
export async function treatmentOf(
  data: DataFolder,
  { recipe, escrow, passphrase }: TreatmentFiles,
): Promise<TransformBy> {
  const { key } = await countingKey(join(data.folder, 'keys', 'transform.key'), '')
  if (escrow === undefined) return { recipe, key }
  return { recipe, key, escrow: await escrowOf(escrow, passphrase) }
}

/** @throws InputError `gate.escrow-passphrase-missing` */
export async function escrowOf(folder: string, passphrase: string | undefined) {
  if (passphrase === undefined) {
    throw new InputError('gate.escrow-passphrase-missing', {
      zh: '请用 --passphrase 指明第二保管人的口令文件。',
      en: "Name the second custodian's passphrase file with --passphrase.",
    })
  }
  const [read = ''] = await readPassphrases([passphrase])
  return { folder, passphrase: read }
}

export interface TreatRequest {
  readonly batch: string
  readonly by: TransformBy
  /** A new folder; left out, nothing is kept of what comes of it. */
  readonly to?: string
  /** Where the private copy lies meanwhile, where there is no `to`. */
  readonly work: string
  readonly on: LegalDate
}

/** Carries out a recipe by itself: looked at before and after, and kept in a new folder unless something is amiss. */
export async function treatWithInspection({ batch, by, to, work, on }: TreatRequest): Promise<TreatedBatch> {
  const engine = await openEngine()
  try {
    const { key, epoch } = passingKey(on.slice(0, 4))
    return await treatBatch(batch, by, {
      inspect: (folder) => inspect(engine, folder, { on, key, keyEpoch: epoch, keepNames: true }),
      work,
      ...(to === undefined ? {} : { to }),
    })
  } finally {
    await engine.close()
  }
}

export { lookUpCodes } from '@tongguan/gate'
export type { ColumnDone, Recipe, TransformBy, TreatedBatch, WrittenCell } from '@tongguan/gate'
