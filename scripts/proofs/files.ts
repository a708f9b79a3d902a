import { openEngine } from '../../scan/engine.ts'
import type { Engine } from '../../scan/engine.ts'
import { tryGiven, tryScanned } from '../../test/files/try-files.ts'
import type { Proof } from './proof.ts'

const filesPerBatch = 200
/** Of those, so many go to the scanner; the others to the readers of dossier, contract, bundle, scan and settings. */
const scannedOfThem = 120

let engine: Promise<Engine> | undefined

/** Small right files of every format, changed in a few places; one process of the engine for all of a call's. */
export const files: Proof = {
  claim: 'no broken file stops what reads it or takes 10 s; it is read, or its error is told and the scan not complete',
  points: 10_000,
  pointsPerBatch: filesPerBatch,
  restsOn: [
    'scan/scan.ts',
    'dossier/bundle.ts',
    'dossier/scans.ts',
    'dossier/template.ts',
    'dossier/contract/read-contract.ts',
    'test/files/try-files.ts',
  ],
  async tryBatch(batch) {
    engine ??= openEngine()
    const trial = { seed: batch + 1, longestMs: 10_000 }
    const wrong = [
      ...(await tryScanned(await engine, { ...trial, count: scannedOfThem })),
      ...(await tryGiven({ ...trial, count: filesPerBatch - scannedOfThem })),
    ]
    return wrong.slice(0, 10).map(({ found, file }) => ({ expected: 'read, or an error told', found, point: file }))
  },
  async end() {
    await (await engine)?.close()
  },
}
