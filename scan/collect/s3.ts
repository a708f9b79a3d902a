import { AwsClient } from 'aws4fetch'
import { ScanInputError, FileError } from '../words.ts'
import type { FileErrorCode } from '../words.ts'
import type { Collector } from './index.ts'
import { networkErrorOf } from './network.ts'
import { parseAnswer } from './s3-answers.ts'
import type { BucketObject } from './s3-answers.ts'
import type { BucketSource } from './source-url.ts'

/** Where a bucket is and who asks for it. */
export interface Store {
  /** Ends with a slash. */
  readonly bucketUrl: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
}

/** From the variables that every S3 client knows. Throws ScanInputError where there is no key. */
export function storeOf(
  { bucket, addressing, shown }: BucketSource,
  environment: Readonly<Record<string, string | undefined>>,
): Store {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] ?? ''
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] ?? ''
  if (accessKeyId === '' || secretAccessKey === '') throw new ScanInputError('scan.no-s3-key', shown)
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1'
  const amazon = `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  const endpoint = URL.parse(environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'] ?? amazon)
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) throw new ScanInputError('scan.s3-endpoint', shown)
  const host = addressing === 'virtual' ? `${bucket}.${endpoint.host}` : endpoint.host
  const base = endpoint.pathname.replace(/\/$/, '')
  return {
    bucketUrl: `${endpoint.protocol}//${host}${base}/${addressing === 'virtual' ? '' : `${bucket}/`}`,
    region,
    accessKeyId,
    secretAccessKey,
    sessionToken: environment['AWS_SESSION_TOKEN'],
  }
}

/** Every object under the prefix, one after the other. One that cannot be read is noted; the others are read. */
export async function collectBucket(
  source: BucketSource,
  store: Store,
  { collection, signal }: Collector,
): Promise<void> {
  const client = new AwsClient({
    accessKeyId: store.accessKeyId,
    secretAccessKey: store.secretAccessKey,
    ...(store.sessionToken === undefined ? {} : { sessionToken: store.sessionToken }),
    service: 's3',
    region: store.region,
    retries: 3,
  })
  const get: Get = async (url, headers = {}) => {
    try {
      // Where a store would send us on to, the operator did not name.
      return await client.fetch(url, { headers, redirect: 'error', ...(signal === undefined ? {} : { signal }) })
    } catch (error) {
      signal?.throwIfAborted()
      throw asFileError(error)
    }
  }
  let objects: BucketObject[]
  try {
    objects = await list(source, store, get)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return collection.unread(source.shown, error.code)
  }
  if (objects.length === 0) collection.unread(source.shown, 'scan.source-empty')
  for (const { bytes } of objects) collection.expect(bytes)
  for (const { key, bytes, etag } of objects)
    await collection.object(`s3://${source.bucket}/${key}`, bytes, contentOf(objectUrl(store, key), etag, get, signal))
}

type Get = (url: string, headers?: Readonly<Record<string, string>>) => Promise<Response>

async function list({ prefix }: BucketSource, { bucketUrl }: Store, get: Get): Promise<BucketObject[]> {
  const objects: BucketObject[] = []
  const seen = new Set<string>()
  for (let token = ''; ;) {
    const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix })
    if (token !== '') query.set('continuation-token', token)
    const response = await get(`${bucketUrl}?${query.toString()}`)
    const answer = parseAnswer(await textOf(response))
    if (!response.ok) throw new FileError(refusalOf(response.status, answer.error))
    // What some stores show for a folder is no file.
    objects.push(...answer.objects.filter(({ key, bytes }) => !(key.endsWith('/') && bytes === 0)))
    token = answer.next
    if (token === '') return objects
    if (seen.has(token)) throw new FileError('scan.source-failed')
    seen.add(token)
  }
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw asFileError(error)
  }
}

/** Undefined where the address would mean another object: a URL takes `.` and `..` for steps. */
export function objectUrl({ bucketUrl }: Pick<Store, 'bucketUrl'>, key: string): string | undefined {
  const steps = key.split('/')
  return steps.includes('.') || steps.includes('..') ? undefined : bucketUrl + steps.map(percentEncoded).join('/')
}

// As the signature's description asks for, so that stores that sign the address as it was sent agree.
const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

async function* contentOf(
  url: string | undefined,
  etag: string,
  get: Get,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  if (url === undefined) throw new FileError('scan.file-unreadable')
  const response = await get(url, etag === '' ? {} : { 'If-Match': etag })
  // Replaced or removed since it was listed.
  if (response.status === 412 || response.status === 404) throw new FileError('scan.file-changed')
  if (!response.ok) throw new FileError(refusalOf(response.status, parseAnswer(await textOf(response)).error))
  try {
    if (response.body !== null) yield* response.body
  } catch (error) {
    signal?.throwIfAborted()
    throw asFileError(error)
  }
}

const keyRefused = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'RequestTimeTooSkewed',
])

/** What a store's refusal means, by its status and the code in its answer. */
export function refusalOf(status: number, code: string): FileErrorCode {
  if (keyRefused.has(code) || status === 401) return 'scan.source-login'
  if (status === 403) return 'scan.source-not-allowed'
  return status === 404 ? 'scan.source-missing' : 'scan.source-failed'
}

/** fetch wraps the system's error; one without any (a redirect, an answer that is no HTTP) is the store's fault. */
function asFileError(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error
  return new FileError(networkErrorOf(error.cause ?? {}) ?? 'scan.source-failed')
}
