import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './command-line.ts'

/** A command as it stands in a guide, and what stands behind it after a `#`. */
export interface GuideLine {
  readonly command: string
  readonly mark: string
}

/** The `npx tongguan` commands in the shell blocks of a guide, named from the repository's root, in their order. */
export function linesOf(guide: string): readonly GuideLine[] {
  return [...readFileSync(join(repository, guide), 'utf8').matchAll(/```sh\n(?<block>[^`]*)```/g)]
    .flatMap(({ groups }) => (groups?.['block'] ?? '').replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.startsWith('npx tongguan '))
    .map((line) => {
      const [command = '', mark = ''] = line.split(/\s+#\s*/)
      return { command, mark }
    })
}

/** The guides of the pilots, each beside its lesson. */
export const pilotGuides: readonly string[] = readdirSync(join(repository, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join('examples', name, 'README.md'))
  .filter((guide) => existsSync(join(repository, guide)))
  .sort()

/** The pilot that the readers' guides work with; its own guide is run with theirs, so that it runs once. */
export const readersPilot = join('examples', 'hospital-amsterdam', 'README.md')
