// The authority's side of a permit: signed from the case's own record, revoked by a list that only grows.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKey, openPermit, readEnvelope, readRevocations, signRevocations, trustedKey } from '@tongguan/gate'
import type { Envelope } from '@tongguan/gate'
import { legalDate } from '@tongguan/law'
import { afterAll, expect, test } from 'vitest'
import { aDeclaration } from '../casework/case.makers.ts'
import { caseworkMigrations } from '@tongguan/casework'
import type { CaseworkTables } from '@tongguan/casework'
import { readRevocationsAt } from '../server/data-folder.ts'
import { fileSimulatedCase, passSimulatedCase } from '../server/flows/handle-case.ts'
import { issuePermit, issueRevocations } from '../server/flows/issue-permit.ts'
import { forEachDatabase } from './databases.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongguan-authority-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [authority, simulated, other] = [generateKey(), generateKey(), generateKey()]
const trust = {
  schema: 'tongguan/trust/1',
  keys: [
    trustedKey(authority, { name: 'CAC', roles: ['authority'], simulated: false }),
    trustedKey(simulated, { name: 'pilot', roles: ['authority'], simulated: true }),
    trustedKey(other, { name: 'gate', roles: ['gate'], simulated: false }),
  ],
} as const
const filed = legalDate('2026-03-02')

forEachDatabase('a permit', (open) => {
  test('is signed from the record of a case that passed, and of no other', async () => {
    const { db } = await open<CaseworkTables>(caseworkMigrations)
    const { no } = await passSimulatedCase(db, aDeclaration(), filed)
    const permit = await issuePermit(db, no, { key: authority, trust })
    expect(permit).toMatchObject({ kind: 'issued', caseNo: no, keyId: authority.keyId })
    expect(openPermit(permit, trust, { pilot: false }).signedBy.map(({ name }) => name)).toEqual(['CAC'])
    expect(await issuePermit(db, no, { key: simulated, trust })).toMatchObject({ kind: 'simulated' })
    await expect(issuePermit(db, no, { key: other, trust })).rejects.toMatchObject({ code: 'permit.not-an-authority' })
    const waiting = await fileSimulatedCase(db, aDeclaration(), filed)
    for (const unfinished of [waiting.no, 'TG-2026-999999', 'x']) {
      const refused = issuePermit(db, unfinished, { key: authority, trust })
      await expect(refused).rejects.toMatchObject({ code: 'permit.not-passed' })
    }
  })
})

function envelopeOf(text: string): Envelope {
  const read = readEnvelope(text)
  if (read.kind !== 'envelope') throw new Error(read.kind)
  return read.envelope
}

test('a revocation list only grows, each time with its issue and next update', () => {
  const of = { key: authority, trust, at: '2026-11-23T03:00:00.000Z', hours: 24 } as const
  const revoke = (id: string) => ({ id, on: legalDate('2026-11-23'), because: 'superseded' })
  const first = issueRevocations({ ...of, earlier: undefined, revoke: revoke('a') })
  const second = issueRevocations({ ...of, earlier: envelopeOf(first.text), revoke: revoke('b') })
  const again = issueRevocations({ ...of, earlier: envelopeOf(second.text), revoke: revoke('b'), hours: 1 })
  const list = readRevocations(envelopeOf(again.text), trust)
  expect(list.permits.map(({ id }) => id)).toEqual(['a', 'b'])
  expect([list.issuedAt, list.nextUpdate]).toEqual(['2026-11-23T03:00:00.000Z', '2026-11-23T04:00:00.000Z'])
  const forged = envelopeOf(signRevocations(list, other))
  expect(() => issueRevocations({ ...of, earlier: forged, revoke: undefined })).toThrow(/authority/)
})

test('a list is fetched from an address or read from a file; what is no list, too large or elsewhere is refused', async () => {
  const { text } = issueRevocations({
    earlier: undefined,
    revoke: undefined,
    key: authority,
    trust,
    at: '2026-11-23T03:00:00.000Z',
    hours: 24,
  })
  const path = join(folder, 'list.json')
  writeFileSync(path, text)
  expect(await readRevocationsAt(path)).toMatchObject({ fetched: false })
  expect(await readRevocationsAt(join(folder, 'none.json'))).toBeUndefined()
  const answers: Readonly<Record<string, readonly [number, string]>> = {
    '/list': [200, readFileSync(path, 'utf8')],
    '/moved': [302, ''],
    '/page': [200, '<html>'],
    '/large': [200, 'x'.repeat((1 << 20) + 1)],
  }
  const server = createServer(({ url = '' }, answer) => {
    const [status, body] = answers[url] ?? [404, '']
    answer.writeHead(status, status === 302 ? { location: '/list' } : {}).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const at = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${name}`
    expect(await readRevocationsAt(at('/list'))).toMatchObject({ fetched: true })
    await expect(readRevocationsAt(at('/page'))).rejects.toMatchObject({ code: 'gate.revocations-unusable' })
    for (const address of [
      at('/moved'),
      at('/large'),
      at('/nothing'),
      'http://authority.example/list',
      'http://127.0.0.1:1/',
    ]) {
      await expect(readRevocationsAt(address)).rejects.toMatchObject({ code: 'gate.revocations-not-fetched' })
    }
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})
