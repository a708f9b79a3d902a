import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFolder } from './prepare-declaration.ts'

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
