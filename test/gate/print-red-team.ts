// Writes docs/guides/red-team.md from what comes of every attempt.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guideOf, redTeam } from './red-team.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-red-team-'))
try {
  const guide = join(import.meta.dirname, '../../docs/guides/red-team.md')
  writeFileSync(guide, guideOf(await redTeam(folder)))
} finally {
  rmSync(folder, { recursive: true })
}
