// `npm test`: every test, in one run, and the closing line `.ci/run` ends with. `npm test -- PATH` runs a part.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './start.mjs'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-test-'))
const report = join(folder, 'report.json')
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
)
const { passed, failed, skipped } = counts()
rmSync(folder, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = run.status === 0 && passed > 0 ? 0 : 1

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numPendingTests: number
}

function counts() {
  try {
    const parsed = JSON.parse(readFileSync(report, 'utf8')) as Report
    return {
      passed: parsed.numPassedTests,
      // A file that does not load has no failed test of its own and must not look green.
      failed: Math.max(parsed.numFailedTests, run.status === 0 ? 0 : 1),
      skipped: parsed.numPendingTests,
    }
  } catch (error) {
    console.error(`The test runner left no report (${String(error)}).`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
