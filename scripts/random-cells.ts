// `npm run bench detectors`: columns of random numbers in the shape of identifiers, through the whole scan. No column
// may be called anything, no person counted; the raw hits stand beside what accident makes expect.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { scanned } from '../test/accuracy/scanned.ts'
import { chance } from '../test/accuracy/values.ts'

const cellsPerShape = 10_000_000

/** Share of random numbers of this many digits that pass, by the shares each part of the rule lets through. */
const expected: Readonly<
  Record<number, readonly { readonly kind: string; readonly share: number; readonly of: string }[]>
> = {
  18: [
    { kind: 'national_id', share: 3.6e-5 * (596 / 3400), of: 'region, day of birth and check digit' },
    { kind: 'card_number', share: 0.0112 * 0.1, of: 'head of a card (62) and Luhn' },
  ],
  16: [{ kind: 'card_number', share: 0.2557 * 0.1, of: 'heads of cards and Luhn' }],
  17: [{ kind: 'card_number', share: 0.0112 * 0.1, of: 'head of a card (62) and Luhn' }],
  19: [{ kind: 'card_number', share: 0.1223 * 0.1, of: 'heads of cards and Luhn' }],
  11: [{ kind: 'mobile', share: (1 / 9) * 0.52, of: 'assigned ranges behind the 1; there is no check digit' }],
}

export async function benchDetectors(cells = cellsPerShape): Promise<void> {
  for (const digits of [18, 16, 17, 19, 11]) {
    const folder = mkdtempSync(join(tmpdir(), 'tongguan-random-'))
    try {
      await writeRandom(join(folder, 'random.csv'), digits, cells)
      const evidence = await scanned(folder)
      const column = evidence.files[0]?.columns[0]
      const clean = column?.kind === 'none' && column.findings.length === 0 && evidence.persons.upper === 0
      if (!clean) process.exitCode = 1
      console.log(
        `${digits} digits, ${cells.toLocaleString('en-US')} cells: ${clean ? 'nothing said, nobody counted' : `WRONG: ${column?.kind} ${JSON.stringify(column?.findings)}, persons ${evidence.persons.upper}`}`,
      )
      for (const { kind, share, of } of expected[digits] ?? []) {
        const hit = column?.rejected.find((one) => one.kind === kind)
        console.log(
          `  ${kind}: ${hit?.valid ?? 'too few to name'} valid of ${hit?.matched ?? '–'} of the form; expected by accident about ${Math.round(share * cells)} (${of})`,
        )
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function writeRandom(path: string, digits: number, cells: number): Promise<void> {
  const c = chance(digits)
  const out = createWriteStream(path)
  out.write('column1,column2\n')
  const block = 50_000
  for (let done = 0; done < cells; done += block) {
    const lines = Array.from({ length: Math.min(block, cells - done) }, () => {
      const first = 1 + c.below(9)
      return `${first}${String(c.below(1e8)).padStart(8, '0')}${digits > 9 ? String(c.below(10 ** Math.min(8, digits - 9))).padStart(Math.min(8, digits - 9), '0') : ''}${digits > 17 ? c.digits(digits - 17) : ''},x`
    })
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}
