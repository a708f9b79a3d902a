// `npm run bench [law|scan|dossier]`: figures as ratios of one run, with the machine's load printed beside them; nothing is asserted.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { determine, legalDate } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '../server/contract/export-facts.ts'
import { readYamlFile } from '../server/contract/yaml-file.ts'
import { passingKey } from '../server/counting-key.ts'
import { root } from './start.mjs'

const benches = { law: benchLaw, scan: benchScan, dossier: benchDossier }
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

/** 30 scenarios of 300 items, built (every document in both languages, as .docx and PDF), signed and checked by the desk. */
async function benchDossier(): Promise<void> {
  const { aColumn, aFile, anEvidence, anItem, aScenario, someAnswers, someFacts, aCase } =
    await import('../dossier/makers.ts')
  const { generateFilingKey } = await import('@tongguan/dossier')
  const { prepareDeclaration } = await import('../server/flows/prepare-declaration.ts')
  const { signBundleFile } = await import('../server/flows/sign-declaration.ts')
  const { checkDeclaration } = await import('../server/flows/check-declaration.ts')
  const [scenarios, items] = [30, 300]
  const names = Array.from({ length: items }, (_, index) => `数据项${index + 1}`)
  const evidence = anEvidence({
    files: Array.from({ length: scenarios }, (_, index) =>
      aFile(
        `表${index + 1}.csv`,
        names.map((name) => aColumn(name, 'lab_result', 'sensitive')),
      ),
    ),
  })
  const answers = someAnswers({
    scenarios: Array.from({ length: scenarios }, (_, index) =>
      aScenario({ id: `s${index + 1}`, items: names.map((name) => anItem(name, `表${index + 1}.csv`)) }),
    ),
  })
  const { facts: base } = aCase()
  const flow = {
    leavesChina: true,
    coreData: false,
    stateSecrets: false,
    foreignAuthorityRequest: false,
    exemption: 'none',
  }
  const recipients = [{ name: 'Example Centre', country: 'NL', restrictedList: false }]
  const facts = {
    ...base,
    flows: answers.scenarios.flatMap(({ id }) => someFacts({ ...flow, id, recipients }).flows),
  }
  const determination = determine(facts, legalDate('2026-03-02'))
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-bench-'))
  const since = performance.now()
  const cpu = process.cpuUsage()
  try {
    const { bundle, dossier } = await prepareDeclaration(
      aCase({ evidence, answers, facts, determination }),
      join(folder, 'out'),
    )
    const built = performance.now()
    await signBundleFile(bundle, generateFilingKey('EdDSA', { name: 'bench', simulated: true }))
    const signed = performance.now()
    const { findings } = await checkDeclaration(bundle, { on: dossier.filedOn })
    const checked = performance.now()
    const of = (from: number, to: number) => ((to - from) / 1000).toFixed(2)
    const { user, system } = process.cpuUsage(cpu)
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
    console.log(
      `dossier: ${scenarios} scenarios × ${items} items in ${of(since, checked)} s (built ${of(since, built)}, signed ${of(built, signed)}, checked by the desk ${of(signed, checked)}, ${findings.length} findings), ${((user + system) / 1e6).toFixed(1)} s of processor time, peak ${megabytes} MB`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
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
