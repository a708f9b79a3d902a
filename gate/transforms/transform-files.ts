import type { Evidence } from '@tongguan/law'
import { GateInputError } from '../keys.ts'
import { rebuildFiles } from '../rebuild.ts'
import type { BatchFile, RebuiltFile } from '../release.ts'
import { openEscrow } from './escrow.ts'
import type { EscrowTo } from './escrow.ts'
import type { Recipe } from './recipe.ts'
import { recipeDigest } from './recipe.ts'
import { spaceKey } from './keyed.ts'
import { transformRows } from './transform-rows.ts'
import type { ColumnDone, TransformedRows, TransformPlan } from './transform-rows.ts'

/** What a batch is transformed by. */
export interface TransformBy {
  readonly recipe: Recipe
  readonly key: Uint8Array
  /** Where codes given as pseudonyms are kept, readable to another custodian only; needed where the recipe gives any. */
  readonly escrow?: EscrowTo
  readonly onRow?: TransformPlan['onRow']
}

export interface Transformed {
  readonly files: readonly BatchFile[]
  readonly rebuilt: readonly RebuiltFile[]
  readonly recipe: { readonly id: string; readonly sha256: string; readonly keyId: string }
  readonly columns: readonly ColumnDone[]
}

/** Names the key without saying anything of it. */
export function transformKeyId(key: Uint8Array): string {
  return spaceKey(key, ['id']).toString('hex', 0, 8)
}

/**
 * What leaves under a pseudonym must be found again in China; a look that lets nothing out needs no table.
 *
 * @throws GateInputError `gate.escrow-needed`
 */
export function mustKeepPseudonyms({ recipe, escrow }: TransformBy): void {
  const gives = recipe.files.some(({ columns }) => Object.values(columns).some((rule) => rule.do === 'pseudonym'))
  if (gives && escrow === undefined) throw new GateInputError('gate.escrow-needed', {})
}

/**
 * Replaces the files of a private copy (its `data` folder) by their transforms; where one cannot be, all stay as they are
 * and it says why. The table of pseudonyms is on disk before the files are.
 */
export async function transformFiles(
  folder: string,
  files: readonly BatchFile[],
  { evidence, by }: { readonly evidence: Evidence; readonly by: TransformBy },
): Promise<Transformed> {
  const escrow = by.escrow === undefined ? undefined : await openEscrow(by.escrow)
  const plan = { ...by, ...(escrow === undefined ? {} : { escrow: escrow.add }) }
  const done: TransformedRows[] = []
  try {
    const made = await rebuildFiles(folder, files, evidence, {
      rowsOf({ path }) {
        const rows = transformRows(plan as TransformPlan, path)
        done.push(rows)
        return rows
      },
      settle: async () => escrow?.settle(),
      beforeReplacing: async () => escrow?.close(),
    })
    return { ...made, recipe: recipeStated(by), columns: done.flatMap((rows) => rows.done()) }
  } finally {
    await escrow?.abandon()
  }
}

function recipeStated({ recipe, key }: TransformBy): Transformed['recipe'] {
  return { id: recipe.id, sha256: recipeDigest(recipe), keyId: transformKeyId(key) }
}
