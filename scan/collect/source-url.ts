import { ScanInputError } from '../words.ts'

/** Tables of one database. */
export interface DatabaseSource {
  readonly kind: 'postgresql' | 'mysql'
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string | undefined
  /** From the URL; better given by the environment or a file, since a command line can be seen by others. */
  readonly password: string | undefined
  /** `schema.name` or `name`, as they were asked for; none: all tables. */
  readonly tables: readonly string[]
  readonly schema: string | undefined
  readonly tls: 'off' | 'unverified' | 'verified'
  /** What may be printed: no user, no password. What is found stands under it. */
  readonly shown: string
}

/** Objects of one bucket whose keys begin with `prefix`. */
export interface BucketSource {
  readonly kind: 's3'
  readonly bucket: string
  readonly prefix: string
  /** Whether the bucket stands in the path or in the name of the host, which some stores ask for. */
  readonly addressing: 'path' | 'virtual'
  readonly shown: string
}

export type LiveSource = DatabaseSource | BucketSource

export const isLive = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source)

export const holdsPassword = (source: string): boolean => isLive(source) && /^[^:]+:\/\/[^/]*:[^/]*@/.test(source)

/** The source without user, password and options. Of what is no URL nothing but its scheme is shown. */
export function shownSource(source: string): string {
  if (!isLive(source)) return source
  const url = URL.parse(source)
  return url === null ? `${source.slice(0, source.indexOf(':'))}://…` : `${url.protocol}//${url.host}${url.pathname}`
}

/** Throws ScanInputError where the address is not one that can be read. */
export function parseLiveSource(source: string): LiveSource {
  const url = URL.parse(source)
  if (url === null) throw badAddress(source)
  switch (url.protocol) {
    case 'postgresql:':
    case 'postgres:':
      return databaseSource(source, url, 'postgresql')
    case 'mysql:':
    case 'mariadb:':
      return databaseSource(source, url, 'mysql')
    case 's3:':
      return bucketSource(source, url)
    default:
      throw badAddress(source)
  }
}

const usualPort = { postgresql: 5432, mysql: 3306 }
const tlsOf = { disable: 'off', 'no-verify': 'unverified', 'verify-full': 'verified' } as const

function databaseSource(source: string, url: URL, kind: DatabaseSource['kind']): DatabaseSource {
  const options = optionsOf(source, url, kind === 'mysql' ? ['table', 'sslmode'] : ['table', 'schema', 'sslmode'])
  const database = decoded(source, url.pathname.slice(1))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === '' || database === '' || database.includes('/')) throw badAddress(source)
  const port = url.port === '' ? usualPort[kind] : Number(url.port)
  const mode = options.get('sslmode')
  if (mode !== null && !(mode in tlsOf)) throw badAddress(source)
  const schema = options.get('schema')
  if (schema === '' || options.getAll('table').includes('')) throw badAddress(source)
  return {
    kind,
    host,
    port,
    database,
    user: url.username === '' ? undefined : decoded(source, url.username),
    password: url.password === '' ? undefined : decoded(source, url.password),
    tables: options.getAll('table'),
    schema: schema ?? undefined,
    // What does not leave the machine needs no cipher; what does gets one unless the operator says otherwise.
    tls: mode === null ? (isLoopback(host) ? 'off' : 'verified') : tlsOf[mode as keyof typeof tlsOf],
    shown: `${kind}://${url.hostname}${port === usualPort[kind] ? '' : `:${port}`}/${database}`,
  }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function bucketSource(source: string, url: URL): BucketSource {
  const options = optionsOf(source, url, ['addressing'])
  const addressing = options.get('addressing') ?? 'path'
  if (addressing !== 'path' && addressing !== 'virtual') throw badAddress(source)
  // A key stands here only in an address that was taken for one with a password: it is not repeated.
  if (url.username !== '' || url.password !== '' || url.port !== '') throw badAddress(source)
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) throw badAddress(source)
  const prefix = decoded(source, url.pathname.slice(1))
  return { kind: 's3', bucket: url.hostname, prefix, addressing, shown: `s3://${url.hostname}/${prefix}` }
}

function optionsOf(source: string, { searchParams, hash }: URL, known: readonly string[]): URLSearchParams {
  if (hash !== '' || [...searchParams.keys()].some((name) => !known.includes(name))) throw badAddress(source)
  return searchParams
}

function decoded(source: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that begins no code: in a password it must be written %25.
    throw badAddress(source)
  }
}

const badAddress = (source: string): ScanInputError => new ScanInputError('scan.source-url', shownSource(source))
