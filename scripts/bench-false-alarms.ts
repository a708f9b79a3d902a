// What the gate holds of data sets that are not ours when everything the scan finds in them was approved: each reason is a false alarm.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decideRelease } from '@tongguan/gate'
import type { HoldReason } from '@tongguan/gate'
import type { DataItem, Evidence } from '@tongguan/law'
import { inspect, openEngine, readAgain } from '@tongguan/scan'
import type { Engine } from '@tongguan/scan'
import { aPermit, aQuestion, aScenario, anItem, today } from '../gate/makers.ts'
import { hashFile } from '../gate/private-copy.ts'
import { root } from './start.mjs'

/** What lies beside the data and is none of it. */
const beside = /^(?:labels\.json|expected\.json|SOURCE\.txt|README.*|.*schema.*\.sql)$/i

export async function benchFalseAlarms(only: readonly string[] = []): Promise<void> {
  const shared = [join(root, '..', 'shared', 'data'), join(root, '..', '..', 'shared', 'data')].find(existsSync)
  if (shared === undefined) {
    console.log('false alarms: the labelled data sets are not here; nothing was measured')
    return
  }
  const engine = await openEngine()
  const folders = readdirSync(shared, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && (only.length === 0 || only.includes(entry.name)),
  )
  let [files, alarmed] = [0, 0]
  try {
    for (const { name } of folders) {
      const { reasons, evidence } = await heldOf(engine, join(shared, name))
      const ofFiles = new Set(reasons.map(({ file }) => file))
      files += evidence.files.length
      alarmed += ofFiles.size
      const counted = Object.entries(Object.groupBy(reasons, whyOf)).map(([why, all]) => `${why} × ${all?.length}`)
      console.log(
        `false alarms: ${name}: ${ofFiles.size} of ${evidence.files.length} files${counted.length === 0 ? '' : `; ${counted.join(', ')}`}`,
      )
    }
    console.log(`false alarms: ${alarmed} of ${files} files in ${folders.length} data sets`)
  } finally {
    await engine.close()
  }
}

function whyOf({ code, facts }: HoldReason): string {
  return [code, facts['because'], facts['readings'], facts['found']].filter((one) => one !== undefined).join(' ')
}

async function heldOf(engine: Engine, from: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-alarms-'))
  try {
    cpSync(from, folder, { recursive: true, filter: (path) => !beside.test(path.split('/').at(-1) ?? '') })
    const key = Buffer.alloc(32, 1)
    const { evidence } = await inspect(engine, folder, { on: today, key, keyEpoch: '2026', keepNames: true })
    const secondReading = await readAgain(engine, folder, evidence)
    const files = await Promise.all(
      evidence.files.map(async ({ path }) => ({ name: path, ...(await hashFile(join(folder, path))) })),
    )
    const scenario = aScenario({
      items: itemsOf(evidence),
      ceiling: { general: 1e9, sensitive: 1e9 },
      importantDataBytes: 1e12,
    })
    const permit = aPermit({ scenarios: [scenario] })
    const decision = decideRelease({ ...aQuestion(), permit, evidence, secondReading, files })
    return { evidence, reasons: decision.kind === 'held' ? decision.reasons : [] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every column as what the scan says it is, and each direct identifier found in it. */
function itemsOf(evidence: Evidence): readonly DataItem[] {
  return evidence.files.flatMap(({ columns }) =>
    columns.flatMap(({ name, kind, category, findings }) =>
      [...new Set([kind, ...findings.map((finding) => finding.kind)])].map((one) =>
        anItem(name, { kind: one, category }),
      ),
    ),
  )
}
