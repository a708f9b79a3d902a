import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { escrowRoot, openRoot, rootFromShares, sealRoot } from './sealed-key.ts'

const [zhang, li, wang] = ['the first passphrase', 'the second passphrase', '第三个人自己的口令一二三'] as const
const root = randomBytes(32)
const failsWith = (code: string) => expect.objectContaining({ code })

test('any two of three persons open a sealed root; one alone, a stranger or one person twice does not', async () => {
  const sealed = await sealRoot(root, [zhang, li, wang])
  expect(JSON.stringify(sealed)).not.toContain(root.toString('base64'))
  expect(await openRoot(sealed, [wang, zhang])).toEqual(root)
  for (const wrong of [[], [li], [li, li], [li, 'somebody else entirely']]) {
    await expect(openRoot(sealed, wrong)).rejects.toThrow(failsWith('key.passphrases-wrong'))
  }
  const box = Buffer.from(sealed.box, 'base64')
  box.writeUInt8(box.readUInt8(40) ^ 1, 40)
  const spoilt = { ...sealed, box: box.toString('base64') }
  await expect(openRoot(spoilt, [zhang, li])).rejects.toThrow(failsWith('key.sealed-file-broken'))
}, 60_000)

test('passphrases of one person, alike or short, seal nothing', async () => {
  for (const unfit of [[zhang], [zhang, zhang], [zhang, 'short']]) {
    await expect(sealRoot(root, unfit)).rejects.toThrow(failsWith('key.passphrases-unfit'))
  }
})

test('as many escrow shares as needed give the root back; fewer, changed or mixed ones do not', async () => {
  const shares = await escrowRoot(root, { need: 3, of: 5 })
  expect(shares).toHaveLength(5)
  expect(await rootFromShares(shares.slice(2))).toEqual(root)
  const [one, two, three] = shares
  const [foreign] = await escrowRoot(randomBytes(32), { need: 3, of: 5 })
  if (!one || !two || !three || !foreign) throw new Error('five shares were asked for')
  const bytes = Buffer.from(three.share, 'base64')
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
  for (const unfit of [
    [],
    [one, two],
    [one, two, two],
    [one, two, foreign],
    [one, two, { ...three, share: bytes.toString('base64') }],
    [one, two, { ...two, number: 3 }],
    [one, two, { ...three, need: 2, share: 'AA==' }],
  ]) {
    await expect(rootFromShares(unfit)).rejects.toThrow(failsWith('key.shares-unfit'))
  }
  await expect(escrowRoot(root, { need: 1, of: 5 })).rejects.toThrow(failsWith('key.escrow-unfit'))
})
