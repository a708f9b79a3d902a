import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newPilotFolder } from './pilot-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'tongguan-pilots-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const runsIn = (root: string) => readdirSync(root).filter((name) => name.startsWith('run-'))

test('runs that are in use stay, are named to the next one, and never share a folder', async () => {
  const root = join(parent, 'together')
  const first = await newPilotFolder(root)
  await first.servedAt('http://127.0.0.1:7420')
  const [second, third] = await Promise.all([newPilotFolder(root), newPilotFolder(root)])
  expect(runsIn(root)).toEqual(['run-0001', 'run-0002', 'run-0003'])
  expect(second.others).toContainEqual({ folder: first.folder, address: 'http://127.0.0.1:7420' })
  for (const one of [second, third]) one.release()
  for (let more = 0; more < 4; more += 1) (await newPilotFolder(root)).release()
  // The first is still open; of the others the newest three are kept.
  expect(runsIn(root)).toEqual(['run-0001', 'run-0005', 'run-0006', 'run-0007'])
  first.release()
  const last = await newPilotFolder(root)
  expect([basename(last.folder), last.others, runsIn(root)]).toEqual([
    'run-0008',
    [],
    ['run-0006', 'run-0007', 'run-0008'],
  ])
  last.release()
})
