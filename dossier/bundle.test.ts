import { legalDate } from '@tongguan/law'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { judgeBundle, openBundle, signBundle, writeBundle } from './bundle.ts'
import { generateFilingKey, trustedFiler } from './signature.ts'
import { bundleLimits, readZip, writeStored } from './zip.ts'

const about = {
  reference: '示申〔2026〕1号',
  handler: { name: '示例单位（模拟）', creditCode: '12110000EXAMP1E097' },
  round: 1,
  filedOn: legalDate('2026-03-02'),
  simulated: true,
  validator: { name: 'tongguan', version: '0.1.0', rules: legalDate('2026-01-01') },
} as const
const files = new Map([
  ['documents/表.docx', Buffer.from('a document')],
  ['case/evidence.json', Buffer.from('{}')],
])
const key = generateFilingKey('EdDSA', { name: '模拟', simulated: true })
const trust = { schema: 'tongguan/dossier-trust/1', keys: [trustedFiler(key)] } as const

test('build, sign, open: what comes out is what went in', async () => {
  const signed = await signBundle(writeBundle(about, files), 'b.zip', key)
  const open = await openBundle(signed, 'b.zip')
  expect(new Map([...open.files].map(([path, bytes]) => [path, Buffer.from(bytes)]))).toEqual(files)
  expect(open.manifest).toMatchObject({ ...about, evidence: { path: 'case/evidence.json' } })
  expect(judgeBundle(open, trust, { allowPilot: true })).toMatchObject({
    outcome: 'valid',
    signedBy: [{ suite: 'EdDSA' }],
  })
  expect(judgeBundle(open, trust, { allowPilot: false }).code).toBe('bundle.simulated')
  const stranger = { ...trust, keys: [trustedFiler(generateFilingKey('SM2', { name: 'x', simulated: true }))] }
  expect(judgeBundle(open, stranger, { allowPilot: true }).code).toBe('bundle.signer-unknown')
})

test('an unsigned bundle is not valid, and a simulated key signs no real one', async () => {
  const bundle = writeBundle({ ...about, simulated: false }, files)
  expect(judgeBundle(await openBundle(bundle, 'b.zip'), trust, { allowPilot: true }).code).toBe('bundle.unsigned')
  await expect(signBundle(bundle, 'b.zip', key)).rejects.toMatchObject({ code: 'sign.simulated-key' })
})

test('the same files give the same bytes', () => {
  expect(Buffer.from(writeBundle(about, files)).equals(writeBundle(about, new Map([...files].toReversed())))).toBe(true)
})

test('any one byte flipped is refused', async () => {
  const signed = await signBundle(writeBundle(about, files), 'b.zip', key)
  for (let at = 0; at < signed.length; at += 7) {
    const flipped = Uint8Array.from(signed)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    const verdict = await openBundle(flipped, 'b.zip').then(
      (open) => judgeBundle(open, trust, { allowPilot: true }).outcome,
      () => 'refused',
    )
    expect([at, verdict]).toEqual([at, 'refused'])
  }
})

test('an extra, a missing and a changed file are named', async () => {
  const whole = await readZip(writeBundle(about, files), 'b.zip', bundleLimits)
  const without = new Map([...whole].filter(([path]) => path !== 'documents/表.docx'))
  for (const [changed, code, place] of [
    [new Map([...whole, ['documents/多.docx', Buffer.from('x')]]), 'bundle.extra-file', '多.docx'],
    [without, 'bundle.file-missing', '表.docx'],
    [new Map([...whole, ['documents/表.docx', Buffer.from('A document')]]), 'bundle.file-changed', '表.docx'],
  ] as const) {
    await expect(openBundle(writeStored(changed), 'b.zip')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(place) as string,
    })
  }
})

test.for(['../out.txt', '/etc/passwd', 'a/../../b', 'C:/x', '..\\out.txt'])(
  'a path out of the folder is refused: %s',
  async (path) => {
    const bytes = zipSync({ [path]: Buffer.from('x') })
    await expect(openBundle(bytes, 'b.zip')).rejects.toMatchObject({ code: 'zip.leaves-the-folder' })
  },
)

test('what is no archive, and one that would fill the disk, are refused', async () => {
  await expect(openBundle(Buffer.from('not a zip at all'), 'b.zip')).rejects.toMatchObject({ code: 'zip.unreadable' })
  const bomb = zipSync({ 'a.txt': [new Uint8Array(4 << 20), { level: 9 }] })
  await expect(readZip(bomb, 'b.zip', { entries: 10, bytes: 1 << 20 })).rejects.toMatchObject({ code: 'zip.too-big' })
})
