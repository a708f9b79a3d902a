// The recipient's verifier in a real browser: on the server's page, and as one file opened from a disk without a network.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amsterdam, aPermit, today } from '../../gate/makers.ts'
import { generateKey, trustedKey, writeTrust } from '../../gate/keys.ts'
import { digestOf, seal, stateRelease, statementDigest } from '../../gate/manifest.ts'
import { checkIds } from '../../gate/release.ts'
import { signCheckpoint } from '../../log/checkpoint.ts'
import { leafHash } from '../../log/merkle.ts'
import { cosignNote, noteSigner, signatureLine } from '../../log/note.ts'
import { writePolicy } from '../../log/policy.ts'
import { writeProof } from '../../log/proof.ts'
import { root } from '../../scripts/start.mjs'
import { closeBrowser, visit } from './visit.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-verifier-'))
const release = join(folder, 'release')
const releaseBySm2 = join(folder, 'release-sm2')
const trust = join(folder, 'trust.json')
let fingerprint = ''

afterAll(async () => {
  await closeBrowser()
  rmSync(folder, { recursive: true, force: true })
})

/** A release of one file, signed by a gate in either suite and proved by a log of the trust file that a witness cosigned. */
beforeAll(() => {
  const gate = generateKey()
  const gateBySm2 = generateKey('sm2')
  const log = generateKeyPairSync('ed25519')
  const logKey = { ...generateKey(), publicKey: log.publicKey, privateKey: log.privateKey }
  const text = 'subject\n1\n'
  const files = [
    {
      name: 'a.csv',
      bytes: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
      rows: 1,
      columns: ['subject'],
    },
  ]
  const { id, kind, firstDay, lastDay, caseNo, resultNo, handler } = aPermit()
  const none = { batch: 0, new: 0, before: 0, after: 0, ceiling: 0 }
  const predicate = {
    permit: { id, kind, firstDay, lastDay, caseNo, resultNo },
    batch: { id: 'id', name: 'b1', digest: digestOf(files) },
    handler,
    recipient: amsterdam,
    scenario: 'research',
    files,
    checks: checkIds.map((check) => ({
      id: check,
      version: 1,
      inputSha256: 'a'.repeat(64),
      outcome: 'passed' as const,
    })),
    decidedOn: today,
    pilot: false,
    software: { name: 'tongguan' as const, version: '0.0.0' },
    purpose: 'joint research',
    manner: 'transfer',
    retention: '5 years',
    items: ['subject'],
    transforms: [] as const,
    persons: {
      method: 'tongguan/persons/1',
      keyEpoch: '2026',
      ...none,
      batch: 1,
      new: 1,
      after: 1,
      ceiling: 1,
      sensitive: none,
    },
    mode: 'plaintext' as const,
    log: null,
  }
  const entry = JSON.stringify({ type: 'batch-authorised', statement: statementDigest(stateRelease(predicate)) })
  const signer = noteSigner('log.example', 'log', log.privateKey)
  const bare = signCheckpoint({ size: 1, root: leafHash(Buffer.from(entry)) }, signer)
  const witness = noteSigner('audit', 'witness', generateKeyPairSync('ed25519').privateKey)
  const checkpoint = bare + signatureLine(cosignNote(bare.slice(0, bare.indexOf('\n\n') + 1), witness, 1_700_000_000))
  const logged = { origin: 'log.example', index: 0, entry, proof: writeProof({ index: 0, path: [], checkpoint }) }
  mkdirSync(join(release, 'data'), { recursive: true })
  writeFileSync(join(release, 'data', 'a.csv'), text)
  cpSync(release, releaseBySm2, { recursive: true })
  const statement = stateRelease({ ...predicate, log: logged })
  writeFileSync(join(release, 'release.dsse.json'), seal(statement, gate))
  writeFileSync(join(releaseBySm2, 'release.dsse.json'), seal(statement, gateBySm2))
  const about = { simulated: false }
  const keyId = createHash('sha256')
    .update(log.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  const policy = {
    logs: [signer.verifier],
    witnesses: [{ name: 'audit', verifier: witness.verifier }],
    groups: [],
    quorum: 'audit',
  }
  const keys = [
    trustedKey(gate, { ...about, name: 'gate', roles: ['gate'] }),
    trustedKey(gateBySm2, { ...about, name: 'gate', roles: ['gate'] }),
    trustedKey({ ...logKey, keyId }, { ...about, name: 'log.example', roles: ['log'] }),
  ]
  const trusted = writeTrust(keys, writePolicy(policy))
  writeFileSync(trust, trusted)
  fingerprint = createHash('sha256').update(trusted).digest('hex')
})

async function verdictOf(
  page: Page,
  given: { readonly folder?: string; readonly trust?: string; readonly typed?: string },
) {
  await page.locator('#folder').setInputFiles(given.folder ?? release)
  await page.locator('#trust').setInputFiles(given.trust ?? trust)
  await page.locator('#fingerprint').fill(given.typed ?? fingerprint)
  await page.getByRole('button', { name: /^(验证|Verify)$/ }).click()
  await page.locator('button:enabled').first().waitFor()
  const shown = page.locator('#result [data-verdict]')
  return `${await shown.getAttribute('data-verdict')}: ${await page.locator('#result').innerText()}`
}

/** What must hold wherever the verifier runs. */
async function verifies(page: Page): Promise<void> {
  const spaced = fingerprint.toUpperCase().replaceAll(/(.{4})/g, '$1 ')
  const valid = await verdictOf(page, { typed: spaced })
  expect(valid).toMatch(/^valid: 有效/)
  expect(valid).toContain('joint research')
  expect(valid).toContain('没有检查的')
  expect(valid).not.toContain('未检查')
  expect(valid).toContain('见证方联署 1，要求 1')
  expect(await verdictOf(page, { folder: releaseBySm2 })).toMatch(/^valid: 有效/)

  // What is not anchored, or signed by a key nobody knows, is never valid and never called a forgery.
  expect(await verdictOf(page, { typed: '' })).toMatch(/^cannot-tell: 无法判断/)
  expect(await verdictOf(page, { typed: 'f'.repeat(64) })).toMatch(/^cannot-tell: [^]*没有继续检查/)
  const foreign = writeTrust([trustedKey(generateKey(), { name: 'x', roles: ['gate'], simulated: false })])
  writeFileSync(join(folder, 'foreign.json'), foreign)
  const foreignPrint = createHash('sha256').update(foreign).digest('hex')
  const unknown = await verdictOf(page, { trust: join(folder, 'foreign.json'), typed: foreignPrint })
  expect(unknown).toMatch(/^cannot-tell: [^]*信任文件中没有的密钥/)

  const changed = join(folder, 'changed')
  cpSync(release, changed, { recursive: true })
  writeFileSync(join(changed, 'data', 'a.csv'), 'subject\n2\n')
  writeFileSync(join(changed, 'data', 'more.csv'), 'subject\n')
  const refused = await verdictOf(page, { folder: changed })
  expect(refused).toMatch(/^refused: 不成立/)
  expect(refused).toMatch(/more\.csv/)
}

test('on the page: valid, refused and cannot tell; no byte leaves the browser', async () => {
  const { page, complaints } = await visit({ at: '/public/verify' })
  const sent: string[] = []
  await page.locator('#folder').waitFor()
  page.on('request', (request) => sent.push(request.url()))
  await verifies(page)
  expect(sent).toEqual([])
  expect(complaints).toEqual([])
})

test('as one file from a disk, without a network, it says the same', async () => {
  const file = join(folder, 'verify.html')
  copyFileSync(join(root, 'web/dist/tongguan-verify.zh.html'), file)
  const { page, context, complaints } = await visit({ at: 'about:blank' })
  await context.setOffline(true)
  await page.goto(pathToFileURL(file).href)
  await verifies(page)
  expect(complaints.filter((one) => !one.includes('file://'))).toEqual([])
})
