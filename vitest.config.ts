import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{law,scan,dossier,casework,gate,log,server,cli,examples,test,scripts}/**/*.test.ts'],
    // Two cores: an engine test already uses both.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
