import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Two cores: an engine test uses both, the others wait for disks, processes and clocks a third of the time.
    maxWorkers: 3,
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
