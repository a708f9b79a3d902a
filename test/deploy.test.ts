// What deploy/ holds is tried as far as this machine has the programs; where one is missing the test says so and is skipped.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { dataFolder } from '../server/data-folder.ts'
import { markAsPilot } from '../server/installation.ts'
import { emailOf, openAccounts, password, today } from '../server/makers.ts'
import { openRecords } from '../server/records.ts'
import { serve } from '../server/serve.ts'
import { repository } from './command-line.ts'
import { memoryFolder } from './memory-folder.ts'

const place = mkdtempSync(join(memoryFolder(), 'tongguan-deploy-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const deploy = (...path: readonly string[]) => join(repository, 'deploy', ...path)

const needs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'systemd reads the units': ['systemd-analyze', '--version'],
  'behind nginx a person signs in by https, and what the proxy saw is where they are': ['nginx', '-v'],
}
beforeEach(({ task, skip }) => {
  const [program, ...words] = needs[task.name] ?? ['true']
  if (spawnSync(program, words).error === undefined) return
  console.log(`skipped: no ${program} on this machine`)
  skip()
})

test('systemd reads the units', () => {
  const units = readdirSync(deploy('systemd')).map((name) => {
    const path = join(place, name)
    // The installation and its settings are not here; everything else is read as it stands.
    const text = readFileSync(deploy('systemd', name), 'utf8')
    writeFileSync(path, text.replaceAll('/opt/tongguan/bin/tongguan', '/bin/true').replaceAll('File=/', 'File=-/'))
    return path
  })
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})

// nginx takes no port 0: one that was free a moment ago may be another test's by now, and is asked for anew.
test('behind nginx a person signs in by https, and what the proxy saw is where they are', { retry: 3 }, async () => {
  const [tls, port] = [await freePort(), await freePort()]
  const origin = `https://localhost:${tls}`
  const data = dataFolder(mkdtempSync(join(place, 'data-')))
  const records = await openRecords({ folder: data.database })
  await openAccounts(records)
  await markAsPilot(records.db, today)
  const serving = await serve({ records, data, origin, port })
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
      '-keyout',
      join(place, 'key.pem'),
      '-out',
      join(place, 'certificate.pem'),
    ],
    { stdio: 'ignore' },
  )
  const conf = readFileSync(deploy('nginx.conf'), 'utf8')
    .replace('listen 443', `listen 127.0.0.1:${tls}`)
    .replace('export.hospital.example', 'localhost')
    .replaceAll('/etc/tongguan/tls', place)
    .replace('127.0.0.1:7420', `127.0.0.1:${port}`)
  const main = join(place, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (one) => `${one}_temp_path ${place}/${one};`,
  )
  writeFileSync(
    main,
    `daemon off; pid ${place}/nginx.pid; error_log stderr; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${conf}\n}\n`,
  )
  chmodSync(place, 0o755)
  const nginx = spawn('nginx', ['-c', main, '-p', place], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(nginx, 'exit')
  let said = ''
  nginx.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')))
  try {
    const body = JSON.stringify({ email: emailOf('deskOfficer'), password })
    const headers = { origin, 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' }
    let answer: Awaited<ReturnType<typeof ask>> | undefined
    for (let tried = 0; answer === undefined && tried < 50; tried += 1) {
      answer = await ask(`${origin}/v1/session`, headers, body).catch(() => setTimeout(100, undefined))
    }
    expect([answer?.status, said]).toEqual([200, ''])
    expect(answer?.cookies).toEqual([expect.stringMatching(/^__Host-tongguan-\d+\.session_token=.*; Secure/)])
    // Counted under the address nginx saw, not under the one the visitor wrote.
    const { hashOf } = await import('../server/secrets.ts')
    await ask(
      `${origin}/v1/session`,
      headers,
      JSON.stringify({ email: emailOf('deskOfficer'), password: 'another one' }),
    )
    const whose = await records.db.selectFrom('sign_in_failure').select('who').execute()
    const from = (address: string) => whose.filter(({ who }) => who === hashOf(`address ${address}`)).length
    expect([from('127.0.0.1'), from('203.0.113.9')]).toEqual([1, 0])
    expect((await ask(`${origin}/metrics`, headers)).status).toBe(404)
  } finally {
    nginx.kill('SIGTERM')
    await ended
    await serving.close()
    await records.close()
  }
})

test('each workload of the manifests runs without rights it does not need, the portal and its proxy in one network', () => {
  const documents = parseAllDocuments(readFileSync(deploy('kubernetes', 'tongguan.yaml'), 'utf8'))
  expect(documents.flatMap(({ errors }) => errors)).toEqual([])
  const all = documents.map((document) => document.toJS() as Manifest)
  for (const { apiVersion, kind, metadata } of all) {
    expect([apiVersion, kind, metadata.name]).toEqual([expect.any(String), expect.any(String), expect.any(String)])
  }
  const pods = all.flatMap(({ spec }) => spec?.template?.spec ?? [])
  expect(pods.map(({ containers }) => containers.map(({ name }) => name))).toEqual([
    ['postgresql'],
    ['tongguan', 'proxy'],
  ])
  for (const { securityContext, containers } of pods) {
    expect(securityContext?.runAsNonRoot).toBe(true)
    for (const container of containers) {
      expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true })
      expect(container.resources?.limits).toBeDefined()
      // A colon in a line that is not quoted makes a mapping of it.
      const { args = [], readinessProbe } = container
      expect([...args, ...(readinessProbe?.exec?.command ?? [])].filter((word) => typeof word !== 'string')).toEqual([])
    }
  }
})

interface Manifest {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: { readonly name?: string }
  readonly spec?: { readonly template?: { readonly spec?: Pod } }
}

interface Pod {
  readonly securityContext?: { readonly runAsNonRoot?: boolean }
  readonly containers: readonly {
    readonly name: string
    readonly securityContext?: object
    readonly resources?: { readonly limits?: object }
    readonly args?: readonly unknown[]
    readonly readinessProbe?: { readonly exec?: { readonly command?: readonly unknown[] } }
  }[]
}

function ask(url: string, headers: Record<string, string>, body?: string) {
  return new Promise<{ status: number | undefined; cookies: readonly string[] }>((resolve, reject) => {
    // The certificate was made a moment ago for this test.
    const options = { method: body === undefined ? 'GET' : 'POST', headers, rejectUnauthorized: false }
    const sent = request(url, options, (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [] }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
