// What is sealed here, the `age` command line opens, and the other way round. Where there is none the reason is printed.
import { execFileSync, spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKey } from '@tongguan/gate'
import { afterAll, expect, test } from 'vitest'
import { batchKey, decryptFile, makeCapsule, openCapsule, recipientKey, sealFiles } from '../gate/container.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-age-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const version = spawnSync('age', ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''

test('the container and its capsule open with age, and what age seals opens here', async ({ skip }) => {
  if (version === '') {
    console.log('skipped: there is no age command on this machine')
    skip()
  }
  const text = 'subject,note\n1,x\n'.repeat(20_000)
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'visits.csv'), text)
  const recipient = await recipientKey(generateKey())
  const { identity, recipient: once } = await batchKey()
  await sealFiles(folder, [{ name: 'visits.csv', bytes: text.length, sha256: hash('sha256', text) }], once)
  const sealed = join(folder, 'sealed', 'visits.csv.age')
  const at = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const theirs = at('recipient.txt', `${recipient.identity}\n`)
  const capsule = at('key.age', await makeCapsule(identity, recipient.recipient))
  expect(execFileSync('age', ['-d', '-i', theirs, capsule], { encoding: 'utf8' }).trim()).toBe(identity)
  expect(execFileSync('age', ['-d', '-i', at('once.txt', `${identity}\n`), sealed], { encoding: 'utf8' })).toBe(text)
  // Without the capsule nobody opens the container.
  expect(spawnSync('age', ['-d', '-i', theirs, sealed]).status).not.toBe(0)

  const made = join(folder, 'made-there.age')
  execFileSync('age', ['-r', recipient.recipient, '-o', made, at('once-more.txt', `${identity}\n`)])
  expect(await openCapsule(readFileSync(made), recipient.identity)).toBe(identity)
  execFileSync('age', ['-r', once, '-o', `${made}.2`, join(folder, 'data', 'visits.csv')])
  const read: Uint8Array[] = []
  await decryptFile(`${made}.2`, identity, (chunk) => {
    read.push(chunk)
    return Promise.resolve()
  })
  expect(Buffer.concat(read).toString()).toBe(text)
})
