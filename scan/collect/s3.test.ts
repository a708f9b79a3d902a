// A bucket is read from a small store of our own that checks every signature by the published algorithm.
import { createHash, createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Evidence } from '@tongguan/law'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { aRegister, someOptions } from '../makers.ts'
import { scan } from '../scan.ts'
import { objectUrl, refusalOf, storeOf } from './s3.ts'
import { parseAnswer } from './s3-answers.ts'
import type { BucketSource } from './source-url.ts'

const secret = 'geheim-secret-key'
const objects = new Map<string, Buffer>()
let answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false
let pages = 0
let endpoint = ''
let engine: Engine
const folder = mkdtempSync(join(tmpdir(), 'collect-s3-'))

const server = createServer((request, response) => {
  const refuse = (status: number, code: string) =>
    response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)
  if (answer(request, response)) return
  const url = new URL(request.url ?? '', endpoint)
  if (signatureOf(request, url) !== request.headers.authorization) return void refuse(403, 'SignatureDoesNotMatch')
  if (!url.pathname.startsWith('/data/')) return void refuse(404, 'NoSuchBucket')
  const key = decodeURIComponent(url.pathname.slice('/data/'.length))
  if (key === '') return void response.end(listing(url.searchParams))
  const object = objects.get(key)
  if (object === undefined) return void refuse(404, 'NoSuchKey')
  if (request.headers['if-match'] !== etagOf(object)) return void refuse(412, 'PreconditionFailed')
  return void response.end(object)
})

// AWS Signature Version 4, by its published description.
function signatureOf({ method = '', headers }: IncomingMessage, url: URL): string {
  const given = /Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+),/.exec(
    headers.authorization ?? '',
  )
  const [, id, day, region, signed] = given ?? []
  if (given === null || id !== 'AKID' || region !== 'cn-north-1') return 'none'
  const query = [...url.searchParams].map(([k, v]) => `${strict(k)}=${strict(v)}`).sort((a, b) => (a < b ? -1 : 1))
  const names = (signed ?? '').split(';')
  const canonical = [
    method,
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n')
  let key: Buffer | string = `AWS4${secret}`
  for (const step of [day, region, 's3', 'aws4_request'])
    key = createHmac('sha256', key)
      .update(step ?? '')
      .digest()
  const signature = createHmac('sha256', key).update(text).digest('hex')
  return `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}
const strict = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
const etagOf = (object: Buffer) => `"${createHash('md5').update(object).digest('hex')}"`

// Two keys a page.
function listing(query: URLSearchParams): string {
  pages++
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? ''))
    .sort((a, b) => (a < b ? -1 : 1))
  const from = Number(query.get('continuation-token') ?? 0)
  const contents = keys.slice(from, from + 2).map((key) => {
    const object = objects.get(key) ?? Buffer.alloc(0)
    return `<Contents><Key>${encodeURIComponent(key)}</Key><Size>${object.length}</Size><ETag>${etagOf(object).replaceAll('"', '&quot;')}</ETag></Contents>`
  })
  const more = from + 2 < keys.length
  return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><IsTruncated>${more}</IsTruncated>${contents.join('')}${more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''}</ListBucketResult>`
}

beforeAll(async () => {
  engine = await openEngine()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(async () => {
  server.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  objects.clear()
  answer = () => false
  pages = 0
})

const environment = (): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_REGION: 'cn-north-1',
  AWS_ENDPOINT_URL: endpoint,
})
const scanned = (sources: readonly string[], changed: Record<string, string> = {}): Promise<Evidence> =>
  scan(engine, sources, { ...someOptions, live: { environment: { ...environment(), ...changed } } })
const register = (persons: number) => Buffer.from(aRegister(persons).join('\n'))

test('all objects under a prefix, page by page, archives too; keys of any characters', async () => {
  objects.set('his/', Buffer.alloc(0))
  objects.set('his/患者 表+1(2)*.csv', register(60))
  objects.set("his/it's&<more>.csv", register(70))
  objects.set('his/2026/big.csv.gz', gzipSync(register(50_000)))
  objects.set('other/x.csv', register(5))
  const evidence = await scanned(['s3://data/his/'])
  expect(evidence.files.map(({ path, rows, error }) => [path, rows, error])).toEqual([
    ['s3://data/his/2026/big.csv.gz', 50_000, null],
    ["s3://data/his/it's&<more>.csv", 70, null],
    ['s3://data/his/患者 表+1(2)*.csv', 60, null],
  ])
  expect(evidence.persons.point).toBe(50_000)
  expect(evidence.files[2]?.sha256).toBe(createHash('sha256').update(register(60)).digest('hex'))
  expect(evidence.scanned.complete).toBe(true)
  expect(pages).toBe(2)
  expect(JSON.stringify(evidence)).not.toContain(secret)
})

test.for([
  ['a wrong key', 's3://data/', { AWS_SECRET_ACCESS_KEY: 'other' }, 'scan.source-login'],
  ['a bucket that is not there', 's3://nobody/', {}, 'scan.source-missing'],
  ['a prefix under which is nothing', 's3://data/none/', {}, 'scan.source-empty'],
  ['nobody at the port', 's3://data/', { AWS_ENDPOINT_URL: 'http://127.0.0.1:65533' }, 'scan.source-unreachable'],
] as const)('%s: refused, and an error beside other sources', async ([, source, changed, code]) => {
  await expect(scanned([source], changed)).rejects.toMatchObject({ code: 'scan.nothing-readable' })
  const file = join(folder, 'other.csv')
  writeFileSync(file, register(20))
  const evidence = await scanned([file, source], changed)
  expect(evidence.scanned.complete).toBe(false)
  expect(evidence.files.map(({ error }) => error?.code)).toEqual([undefined, code])
})

test('an object that changed, is denied, cut off, or sent on elsewhere: an error on it alone', async () => {
  for (const name of ['a-changed', 'b-denied', 'c-cut', 'd-elsewhere', 'e-good']) objects.set(name, register(30))
  answer = (request, response) => {
    const key = request.url ?? ''
    if (key.endsWith('a-changed')) objects.set('a-changed', register(31))
    if (key.endsWith('b-denied'))
      return Boolean(response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>'))
    if (key.endsWith('d-elsewhere'))
      return Boolean(response.writeHead(302, { location: `${endpoint}/data/e-good` }).end())
    if (!key.endsWith('c-cut')) return false
    response.writeHead(200, { 'content-length': '1000' }).write('姓名,身份证号\n', () => response.destroy())
    return true
  }
  const { files, scanned: about } = await scanned(['s3://data/'])
  expect(files.map(({ path, error }) => [path, error?.code ?? null])).toEqual([
    ['s3://data/a-changed', 'scan.file-changed'],
    ['s3://data/b-denied', 'scan.source-not-allowed'],
    ['s3://data/c-cut', 'scan.source-broke-off'],
    ['s3://data/d-elsewhere', 'scan.source-failed'],
    ['s3://data/e-good', null],
  ])
  expect(about.complete).toBe(false)
})

test('a store that lists without end is given up', async () => {
  answer = (_, response) =>
    Boolean(
      response.end(
        '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>',
      ),
    )
  await expect(scanned(['s3://data/'])).rejects.toMatchObject({ code: 'scan.nothing-readable' })
})

test('no key at all is said before anything is asked', async () => {
  await expect(scanned(['s3://data/'], { AWS_ACCESS_KEY_ID: '' })).rejects.toMatchObject({ code: 'scan.no-s3-key' })
  await expect(scanned(['s3://data/'], { AWS_ENDPOINT_URL: 'gopher://a' })).rejects.toMatchObject({
    code: 'scan.s3-endpoint',
  })
})

test('where a bucket is', () => {
  const source: BucketSource = { kind: 's3', bucket: 'b', prefix: '', addressing: 'path', shown: 's3://b/' }
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
  const at = (more: Record<string, string>, addressing: BucketSource['addressing'] = 'path') =>
    storeOf({ ...source, addressing }, { ...keys, ...more }).bucketUrl
  expect(at({})).toBe('https://s3.us-east-1.amazonaws.com/b/')
  expect(at({ AWS_REGION: 'cn-north-1' })).toBe('https://s3.cn-north-1.amazonaws.com.cn/b/')
  expect(at({ AWS_ENDPOINT_URL: 'https://oss.example' }, 'virtual')).toBe('https://b.oss.example/')
  expect(at({ AWS_ENDPOINT_URL: 'http://minio:9000/' })).toBe('http://minio:9000/b/')
  expect(objectUrl({ bucketUrl: 'http://s/b/' }, 'a/../../c/x')).toBeUndefined()
  expect(objectUrl({ bucketUrl: 'http://s/b/' }, 'a//b?c#d')).toBe('http://s/b/a//b%3Fc%23d')
})

test('what is no XML says nothing', () => {
  expect(parseAnswer('<html><p>not here')).toEqual({ objects: [], next: '', error: 'NotXml' })
  expect(refusalOf(500, 'InternalError')).toBe('scan.source-failed')
})
