import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recoverFolder, writeFolder } from './whole-folder.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongguan-write-folder-'))
})
afterEach(() => rm(folder, { recursive: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
const built = (text: string) =>
  new Map([
    ['bundle.zip', bytes(text)],
    ['portal-upload.json', bytes('{}')],
  ])

test('a file or a folder of other things named by mistake is refused and left as it was', async () => {
  const file = join(folder, 'accounts')
  await writeFile(file, 'kept')
  await expect(writeFolder(file, built('x'))).rejects.toMatchObject({ code: 'output.not-ours' })
  expect(await readFile(file, 'utf8')).toBe('kept')
  await expect(writeFolder(folder, built('x'))).rejects.toMatchObject({ code: 'output.not-ours' })
  expect(await readdir(folder)).toEqual(['accounts'])
})

test('an earlier dossier and an empty folder are replaced, and nothing is left beside them', async () => {
  const out = join(folder, 'out')
  await mkdir(out)
  for (const text of ['first', 'second']) await writeFolder(`${out}/`, built(text))
  expect(await readFile(join(out, 'bundle.zip'), 'utf8')).toBe('second')
  expect(await readdir(folder)).toEqual(['out'])
})

test('a write that fails leaves the earlier dossier whole', async () => {
  const out = join(folder, 'out')
  await writeFolder(out, built('first'))
  await expect(
    writeFolder(out, new Map([...built('second'), ['bundle.zip/inside', bytes('x')]])),
  ).rejects.toMatchObject({
    code: 'EEXIST',
  })
  expect(await readFile(join(out, 'bundle.zip'), 'utf8')).toBe('first')
  expect(await readdir(folder)).toEqual(['out'])
})

test.for([
  ['while it writes', 'first rename', 'first'],
  ['between the two renames', 'second rename', 'first'],
  ['before the earlier one is deleted', 'rm', 'second'],
] as const)('killed %s, the next run finds a whole dossier and no leftovers', async ([, at, expected]) => {
  const out = join(folder, 'out')
  await writeFolder(out, built('first'))
  expect(killedAt(at, out)).toBe('SIGKILL')
  expect((await readdir(folder)).length).toBeGreaterThan(1)
  await recoverFolder(out)
  expect(await readFile(join(out, 'bundle.zip'), 'utf8')).toBe(expected)
  expect(await readdir(folder)).toEqual(['out'])
  await writeFolder(out, built('third'))
  expect(await readFile(join(out, 'bundle.zip'), 'utf8')).toBe('third')
})

test('a run that still goes is left alone', async () => {
  await mkdir(join(folder, `out.${process.ppid}.tmp`))
  await writeFolder(join(folder, 'out'), built('x'))
  expect(await readdir(folder)).toEqual(['out', `out.${process.ppid}.tmp`])
})

/** Writes `second` in a process of its own that dies at one step; what ended it. */
function killedAt(step: 'first rename' | 'second rename' | 'rm', out: string): NodeJS.Signals | null {
  const script = `
    import promises from 'node:fs/promises'
    import { syncBuiltinESMExports } from 'node:module'
    let renames = 0
    const die = (name, when) => {
      const real = promises[name]
      promises[name] = (...args) => (when() ? process.kill(process.pid, 'SIGKILL') : real(...args))
    }
    const step = ${JSON.stringify(step)}
    if (step === 'first rename') die('rename', () => true)
    if (step === 'second rename') die('rename', () => ++renames === 2)
    if (step === 'rm') die('rm', () => true)
    syncBuiltinESMExports()
    const { writeFolder } = await import(${JSON.stringify(new URL('whole-folder.ts', import.meta.url).href)})
    const bytes = (text) => new TextEncoder().encode(text)
    await writeFolder(${JSON.stringify(out)}, new Map([['bundle.zip', bytes('second')], ['portal-upload.json', bytes('{}')]]))
  `
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).signal
}
