// A large declaration from evidence to a checked bundle. Nothing is asserted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateFilingKey } from '@tongguan/dossier'
import { determine, legalDate } from '@tongguan/law'
import { aCase, aColumn, aFile, anEvidence, anItem, aScenario, someAnswers, someFacts } from '../dossier/makers.ts'
import { checkDeclaration } from '../server/flows/check-declaration.ts'
import { prepareDeclaration } from '../server/flows/prepare-declaration.ts'
import { signBundleFile } from '../server/flows/sign-declaration.ts'

/** 30 scenarios of 300 items, built (every document in both languages, as .docx and PDF), signed and checked by the desk. */
export async function benchDossier(): Promise<void> {
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
