// What axe finds on a page, and where the pictures of pages are kept.
import { readFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { root } from '../../scripts/start.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const pictures = join(root, '.tongguan', 'screenshots')
mkdirSync(pictures, { recursive: true })

/** What axe finds serious or critical, as `rule: where`. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  // What passes is not asked for: describing each of its elements takes as long as looking at them.
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })")
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    )
}
