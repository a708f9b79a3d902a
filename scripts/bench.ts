// `npm run bench [law|scan|gate]`: figures as ratios of one run, with the machine's load printed beside them; nothing is asserted.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { determine, legalDate } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '../server/contract/export-facts.ts'
import { readYamlFile } from '../server/contract/yaml-file.ts'
import { passingKey } from '../server/counting-key.ts'
import { root } from './start.mjs'

const benches = { law: benchLaw, scan: benchScan, gate: benchGate }
const repeats = 5

const { positionals } = parseArgs({ allowPositionals: true })
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

/** The whole scan of the pilot's data against the engine's bare read of the same files. */
async function benchScan(): Promise<void> {
  const { generatePilot } = await import('../examples/hospital-amsterdam/generate.ts')
  const { openEngine, scan } = await import('@tongguan/scan')
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-bench-'))
  const engine = await openEngine()
  try {
    const { data } = await generatePilot(folder)
    const { key, epoch } = passingKey('2026')
    const seconds: number[] = []
    let megabytes = 0
    for (let i = 0; i < repeats; i++) {
      const since = performance.now()
      const evidence = await scan(engine, [data], { on: legalDate('2026-11-23'), key, keyEpoch: epoch })
      seconds.push((performance.now() - since) / 1000)
      megabytes = evidence.scanned.bytes / 1e6
    }
    const best = Math.min(...seconds)
    console.log(
      `scan: pilot data ${megabytes.toFixed(1)} MB in ${best.toFixed(2)} s, ${(megabytes / best).toFixed(1)} MB/s (best of ${repeats}; all: ${seconds.map((s) => s.toFixed(2)).join(' ')})`,
    )
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Counting a batch of 1,000,000 persons, half of them known, into both sets of a PostgreSQL; the time the counters are
 * locked stands apart, since other batches wait for it. Beside it what the same hashes and rows cost bare.
 */
async function benchGate(): Promise<void> {
  const { postgresql } = await import('../test/postgresql.ts')
  const { benchLedger } = await import('../test/bench-ledger.ts')
  const server = postgresql()
  await server.start()
  try {
    await benchLedger(await server.createDatabase())
  } finally {
    await server.stop()
  }
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
