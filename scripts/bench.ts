// `npm run bench [law|scan|gate|transforms|false-alarms|enquiries|accuracy|detectors|dossier|desk|serve]` (`-- --rows 200000 --enquiries 100000 --repeats 3` for a quick look): figures as ratios of one run, with the machine's load printed beside them; nothing is asserted.
import { loadavg, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { determine, determinePaths, impactOf, legalDate } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '../server/contract/export-facts.ts'
import { readYamlFile } from '../server/contract/yaml-file.ts'
import { drawPoint, random } from '../test/law/points.ts'
import { root } from './start.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '2000000' },
    repeats: { type: 'string', default: '5' },
    cases: { type: 'string', default: '1000000' },
    pglite: { type: 'boolean', default: false },
    megabytes: { type: 'string', default: '600' },
    enquiries: { type: 'string', default: '2000000' },
    seconds: { type: 'string', default: '60' },
    folders: { type: 'string', multiple: true, default: [] },
  },
})
const repeats = Number(values.repeats)
const benches = {
  law: benchLaw,
  gate: benchGate,
  transforms: async () =>
    (await import('./bench-transforms.ts')).benchTransforms({ megabytes: Math.min(Number(values.megabytes), 64) }),
  'false-alarms': async () => (await import('./bench-false-alarms.ts')).benchFalseAlarms(values.folders),
  enquiries: benchDeskOfEnquiries,
  // Loaded only when asked for: it brings two other engines with it.
  accuracy: async () => (await import('./accuracy.ts')).benchAccuracy(),
  dossier: async () => (await import('./bench-dossier.ts')).benchDossier(),
  desk: async () => (await import('./bench-desk.ts')).benchDesk({ cases: Number(values.cases), pglite: values.pglite }),
  serve: async () => (await import('./bench-serve.ts')).benchServe({ seconds: Number(values.seconds) }),
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
  const paths = cpuOf(() => {
    for (let i = 0; i < rounds; i++) determinePaths(facts, on)
  })
  console.log(
    `law: ${Math.round(rounds / paths)} determinations/s of one core (path and strict path; CPU seconds, best of ${repeats})`,
  )
  // The pilot's own facts, then the same with fewer persons: below an assessment more single changes have to be tried.
  const fewer = [
    { general: 1_200, sensitive: 300, both: 0 },
    { general: 1_200, sensitive: 0, both: 0 },
  ] as const
  for (const one of [
    facts,
    ...fewer.map((since1January) => ({ ...facts, flows: facts.flows.map((flow) => ({ ...flow, since1January })) })),
  ]) {
    const whole = cpuOf(() => {
      for (let i = 0; i < rounds; i++) determine(one, on)
    })
    console.log(
      `law: ${Math.round(rounds / whole)}/s with every reason, duty and change that would alter it, where the path is ${determine(one, on).path}`,
    )
  }
  replay()
}

/** A register of a million different handlers, each by the law of its own day and of another, as `law impact` does. */
function replay(): void {
  const cases = 1_000_000
  const below = random(11)
  const under = legalDate('2026-11-23')
  let [changed, spent] = [0, 0]
  for (let done = 0; done < cases; done += 10_000) {
    // Drawn before the clock starts; the register is what is replayed, not how it came about.
    const register = Array.from({ length: 10_000 }, (_, id) => {
      const { facts, day } = drawPoint(below)
      return { id: String(done + id), on: legalDate(day), facts }
    })
    const since = process.cpuUsage()
    for (const past of register) if (impactOf(past, under).change !== 'same') changed++
    spent += process.cpuUsage(since).user / 1e6
  }
  console.log(
    `law: ${cases} past cases by the law of another day in ${spent.toFixed(1)} CPU seconds, ${changed} differ`,
  )
}

/**
 * The payload's passes (`-- --megabytes 50` for a quick look), then counting a batch of 1,000,000 persons, half of them known, into both sets of a PostgreSQL; the time the counters are
 * locked stands apart, since other batches wait for it. Beside it what the same hashes and rows cost bare.
 */
async function benchGate(): Promise<void> {
  const { benchGatePayload } = await import('./bench-gate.ts')
  await benchGatePayload({ megabytes: Number(values.megabytes) })
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

/** The enquiry desk with `--enquiries` of them in a PostgreSQL, twenty officers at work. */
async function benchDeskOfEnquiries(): Promise<void> {
  const { postgresql } = await import('../test/postgresql.ts')
  const { benchEnquiries } = await import('./bench-enquiries.ts')
  const server = postgresql()
  await server.start()
  try {
    await benchEnquiries(await server.createDatabase(), { enquiries: Number(values.enquiries) })
  } finally {
    await server.stop()
  }
}

/** CPU seconds of the fastest of several runs, after one to warm up; others on the machine do not count. */
function cpuOf(run: () => void): number {
  run()
  const seconds = Array.from({ length: repeats }, () => {
    const since = process.cpuUsage()
    run()
    return process.cpuUsage(since).user / 1e6
  })
  return Math.min(...seconds)
}
