// Scans a folder as the command line does, with a key of its own.
import { legalDate } from '@tongguan/law'
import type { Evidence } from '@tongguan/law'
import { openEngine, scan } from '@tongguan/scan'

export const accuracyDay = legalDate('2026-11-23')

export async function scanned(folder: string): Promise<Evidence> {
  const engine = await openEngine()
  try {
    return await scan(engine, [folder], { on: accuracyDay, key: Buffer.alloc(32, 1), keyEpoch: '2026' })
  } finally {
    await engine.close()
  }
}
