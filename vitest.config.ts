import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Those that take half a minute or more on a busy machine, longest first: one of them begun last would run alone at the end. */
const longest = [
  'test/guides.test.ts',
  'test/pilot-guides-other.test.ts',
  'test/browser/looks.test.ts',
  'test/browser/steps.test.ts',
  'examples/pilots.test.ts',
  'test/individuals-command.test.ts',
  'test/pilot-portal.test.ts',
  'test/treatment.test.ts',
  'test/pilot-guides-one.test.ts',
  'test/browser/reading.test.ts',
  'test/dossier-case.test.ts',
  'test/accuracy/accuracy.test.ts',
  'test/browser/identities.test.ts',
  'server/app.test.ts',
  'server/rights.test.ts',
  'server/operations/backup.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((path) => moduleId.endsWith(`/${path}`))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}

export default defineConfig({
  test: {
    // Two cores: an engine test uses both, the others wait for disks, processes and clocks a third of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'trades',
          include: ['{law,scan,dossier,casework,enquiries,gate,log,server,cli,examples,test,scripts,web}/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'web/dist/**', 'test/browser/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          // Builds the portal, finds or installs Chromium, and serves one seeded installation for all of them.
          globalSetup: 'test/browser/setup.ts',
        },
      },
    ],
  },
})
