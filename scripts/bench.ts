// `npm run bench [law|scan|accuracy|detectors]` (`-- --rows 200000 --repeats 3` for a quick look): figures as ratios of one run, with the machine's load printed beside them; nothing is asserted.
import { loadavg, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { determine, legalDate } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '../server/contract/export-facts.ts'
import { readYamlFile } from '../server/contract/yaml-file.ts'
import { root } from './start.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '2000000' }, repeats: { type: 'string', default: '5' } },
})
const repeats = Number(values.repeats)
const benches = {
  law: benchLaw,
  // Loaded only when asked for: it brings two other engines with it.
  accuracy: async () => (await import('./accuracy.ts')).benchAccuracy(),
  detectors: async () => (await import('./random-cells.ts')).benchDetectors(),
  scan: async () => (await import('./bench-scan.ts')).benchScan({ rows: Number(values.rows), repeats }),
}

const names = positionals.length > 0 ? positionals : Object.keys(benches)
for (const name of names) {
  if (!(name in benches)) {
    console.error(`No bench "${name}"; there are ${Object.keys(benches).join(', ')}.`)
    process.exit(2)
  }
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}`,
)
for (const name of names) await benches[name as keyof typeof benches]()

async function benchLaw(): Promise<void> {
  const facts = await readYamlFile(
    join(root, 'examples/hospital-amsterdam/facts.yaml'),
    ExportFactsSchema,
    factsExample,
  )
  const on = legalDate('2026-11-23')
  const rounds = 20_000
  const seconds = bestOf(() => {
    for (let i = 0; i < rounds; i++) determine(facts, on)
  })
  console.log(`law: ${Math.round(rounds / seconds)} determinations/s on one core (best of ${repeats})`)
}

/** Seconds of the fastest of several runs, after one to warm up. */
function bestOf(run: () => void): number {
  run()
  const seconds = Array.from({ length: repeats }, () => {
    const since = performance.now()
    run()
    return (performance.now() - since) / 1000
  })
  return Math.min(...seconds)
}
