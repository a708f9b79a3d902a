// The short form of `npm run prove tamper`.
import { expect, test } from 'vitest'
import { tamperWith } from '../scripts/proofs/tamper.ts'

test('a release with one byte changed is valid neither to the command nor to the page', async () => {
  const drawn = Math.floor(Math.random() * 300)
  expect(await tamperWith(drawn, 60), `batch ${drawn}`).toEqual([])
})
