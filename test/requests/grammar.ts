// Requests that are wrong in one place or in many: made from the contract's own description, so that a new route is in it
// without a line here.
import * as fc from 'fast-check'
import { rights } from '../../server/rights.ts'
import type { Place, WireRequest } from './ask.ts'

/** Of an OpenAPI document, what is read here. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface ContractOperation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

type Arbitrary<T> = fc.Arbitrary<T>

/** Any request to any route by anybody: mostly half right, so that it gets past the first look at it. */
export function requests(contract: Contract, place: Place): Arbitrary<WireRequest> {
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return fc.constantFrom(...operations).chain(({ path, method, operation }) =>
    fc
      .record({
        as: mostly(fc.constantFrom(...whoMay(operation.operationId, place)), fc.constantFrom(...everybody(place)), 4),
        method: mostly(fc.constant(method), fc.constantFrom(...oddMethods), 20),
        target: targetOf(path, operation, place),
        headers: headersOf(place),
        body: bodyOf(contract, operation, place),
        broken: mostly(fc.constant(undefined), fc.constantFrom(...brokenHttp), 40),
      })
      .map(({ broken, ...drawn }) => {
        const asked = { ...drawn, operation: operation.operationId }
        return broken === undefined ? whole(asked, place) : broken(whole(asked, place))
      }),
  )
}

/** Those the rights table lets in for some case; the others are tried as well, and come no further than the guard. */
function whoMay(operation: string, place: Place): readonly string[] {
  const row: object | 'open' | undefined = rights[operation as keyof typeof rights]
  if (row === undefined) throw new Error(`the contract has ${operation}, the rights table has not`)
  return row === 'open' ? everybody(place) : everybody(place).filter((one) => (one.split('.')[0] ?? '') in row)
}

function everybody({ credentials }: Place): readonly string[] {
  return Object.keys(credentials)
}

type Drawn = Omit<WireRequest, 'breaksHttp'>

function whole(drawn: Drawn, { port, credentials }: Place): WireRequest {
  const first = { host: `127.0.0.1:${port}`, ...credentials[drawn.as], connection: 'close' }
  const given = new Map<string, string>([...Object.entries(first), ...drawn.headers])
  const hasBody = drawn.method !== 'GET' && drawn.method !== 'HEAD'
  const body = hasBody ? drawn.body : ''
  if (hasBody) given.set('content-length', String(Buffer.byteLength(body)))
  return { ...drawn, body, headers: [...given], breaksHttp: false }
}

/** What no browser or program sends; a server may answer 400, or nothing. */
const waysToBreak: readonly ((request: WireRequest) => WireRequest)[] = [
  (request) => ({ ...request, method: `${request.method} ${request.method}` }),
  (request) => ({ ...request, method: '\u0000\u0016\u0003' }),
  (request) => ({ ...request, target: `${request.target}\u0000\u0007` }),
  (request) => ({ ...request, target: `${request.target} HTTP/9.9 ` }),
  (request) => withHeader(request, 'content-length', '99999999'),
  (request) => withHeader(request, 'content-length', '-1'),
  (request) => withHeader(request, 'transfer-encoding', 'chunked'),
  (request) => withHeader(request, 'x-control', 'a\u0000b'),
  (request) => withHeader(request, 'x-long', 'x'.repeat(40_000)),
  (request) => withHeader(request, 'x-folded', 'a\r\n b'),
  (request) => ({ ...request, headers: request.headers.filter(([name]) => name !== 'host') }),
  (request) => ({ ...request, headers: [...request.headers, ['host', 'evil.example']] }),
  (request) => ({ ...request, headers: Array.from({ length: 3000 }, (_, at) => [`x-${at}`, '1']) }),
  (request) => withHeader(request, 'expect', '100-continue'),
  (request) => withHeader(request, 'upgrade', 'websocket'),
]
const brokenHttp = waysToBreak.map((breaks) => (request: WireRequest) => ({ ...breaks(request), breaksHttp: true }))

function withHeader(request: WireRequest, name: string, value: string): WireRequest {
  return { ...request, headers: [...request.headers.filter(([one]) => one !== name), [name, value]] }
}

const oddMethods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'] as const

// --- the address --------------------------------------------------------------------------------------------------

function targetOf(path: string, { parameters = [] }: ContractOperation, { known }: Place): Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const inPath = fc.tuple(
    ...names.map((name) => mostly(fc.constantFrom(...(known[name] ?? ['csv', 'facts.yaml', '1-1'])), hostileInAddress)),
  )
  const query = parameters.filter((one) => one.in === 'query')
  const pairs = fc.tuple(
    ...query.map(({ name, schema }) => {
      const value = fc.oneof(textOf(schema, known[name]), hostileInAddress)
      return fc.array(value, { maxLength: 2 }).map((values) => values.map((one) => `${name}=${one}`))
    }),
    fc.array(fc.constantFrom('__proto__=1', 'constructor[a]=1', '=', '&', 'a=%', 'x'), { maxLength: 1 }),
  )
  return fc.tuple(inPath, pairs).map(([values, asked]) => {
    const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[names.indexOf(name)] ?? '')
    const search = asked.flat().join('&')
    return search === '' ? at : `${at}?${search}`
  })
}

function textOf(schema: Schema, known: readonly string[] | undefined): Arbitrary<string> {
  return fc
    .oneof(...(known === undefined ? [] : [fc.constantFrom(...known)]), scalarOf(schema, known))
    .map((value) => encoded(String(value)))
}

const hostileTexts = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'null',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '\uffff',
  '😀'.repeat(50),
  'é'.repeat(500),
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..\\..\\windows',
  "' or 1=1 --",
  '"; drop table case_event; --',
  "x'::jsonb",
  '$1',
  '{{7*7}}',
  '${7*7}',
  '<script>alert(1)</script>',
  '=cmd|calc',
  '%',
  '%00',
  '2026-02-30',
  '0000-00-00',
  '99999-01-01',
  '-271821-04-20',
  '+275760-09-13',
  '2026-06-10T25:61:61Z',
  'TG-2026-999999',
  'TG-0000-000000',
  'TG-9999-999999',
  'TG-2026-000001\n',
  '🏴‍☠️',
  '١٢٣',
  '12100000400000000x',
] as const

const hostileInAddress = fc.constantFrom(...hostileTexts, '%E0%A4%A', '%2e%2e%2f', '%c0%ae', '..;/').map(
  // What is percent-encoded already, or half so, goes as it is.
  (text) => (/^[%.;/\w]*$/.test(text) ? text : encoded(text)),
)

/** Percent-encoded as UTF-8; a half of a surrogate pair as the three bytes a broken program would send. */
function encoded(text: string): string {
  return Array.from(text, (char) =>
    /[\ud800-\udfff]/.test(char) && char.length === 1 ? '%ED%A0%80' : encodeURIComponent(char),
  ).join('')
}

// --- headers ------------------------------------------------------------------------------------------------------

function headersOf({ port, credentials }: Place): Arbitrary<readonly (readonly [string, string])[]> {
  const odd = fc.constantFrom(
    ...hostileTexts.filter((text) => !/[\u0000-\u001f\ud800-\udfff]/.test(text) && text.length < 2000),
  )
  const header = (name: string, right: Arbitrary<string>) =>
    mostly(right, odd, 20).map((value) => [name, value] as const)
  const sequence = fc.nat({ max: 12 }).map((n) => `"${n}"`)
  const oddSequences = fc.constantFrom('"999999999"', '"-1"', '*', 'W/"1"', '"1", "2"', '1')
  const always = fc.tuple(
    header('content-type', fc.constant('application/json')),
    header('idempotency-key', fc.uuid()),
    header('if-match', mostly(sequence, oddSequences, 8)),
  )
  const foreign = Object.values(credentials).flatMap(({ cookie }) => (cookie === undefined ? [] : [cookie]))
  const sometimes = fc.array(
    fc.oneof(
      header('accept', fc.constantFrom('text/html', '*/*', 'application/problem+json')),
      header('accept-language', fc.constantFrom('en', 'zh;q=0.1,en;q=x', 'de', 'a,'.repeat(500))),
      header('accept-encoding', fc.constantFrom('identity', 'zstd', '*;q=0')),
      header('content-type', fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data')),
      header('content-type', fc.constantFrom('application/json; charset=utf-7', 'application/json;', '/', 'a/b')),
      header('content-encoding', fc.constantFrom('gzip', 'br')),
      header('host', fc.constantFrom('evil.example', `localhost:${port}`, '[::1]')),
      header('origin', fc.constantFrom('http://evil.example', 'null')),
      header('x-forwarded-for', fc.constantFrom('8.8.8.8', '::1, ::1', ',')),
      header('last-event-id', fc.constantFrom('1', '-1', '1e9')),
      header('session-use', fc.constant('background')),
      header('range', fc.constantFrom('bytes=0-', 'bytes=5-1', 'bytes=a')),
      header('if-none-match', fc.constantFrom('*', '"1"')),
      // A cookie besides a token, a cookie cut off, and two of them.
      header('authorization', fc.constantFrom('Bearer', 'Bearer tongguan_x', 'Basic eDp5')),
      fc.constantFrom(...foreign).map((cookie) => ['cookie', cookie.slice(0, -3)] as const),
    ),
    { maxLength: 2 },
  )
  return fc.tuple(always, sometimes).map(([first, second]) => [...first, ...second])
}

// --- bodies -------------------------------------------------------------------------------------------------------

function bodyOf(contract: Contract, { requestBody }: ContractOperation, { known }: Place): Arbitrary<string> {
  const schema = requestBody?.content['application/json']?.schema
  if (schema === undefined) return fc.oneof(formBody, oddBodies)
  const fitting = fits(schema, contract, known)
  const spoilt = fc.tuple(fitting, fc.nat(), hostileValues).map(([value, at, odd]) => spoil(value, at, odd))
  return fc.oneof(
    { arbitrary: fitting.map(json), weight: 3 },
    { arbitrary: spoilt.map(json), weight: 5 },
    { arbitrary: oddBodies, weight: 2 },
    { arbitrary: fitting.map((value) => json(value).slice(0, -2)), weight: 1 },
  )
}

const formBody = fc
  .array(fc.tuple(fc.constantFrom('once', 'question', 'office', 'name', 'phone', '__proto__'), hostileInAddress))
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))

const deep = 20_000
const oddBodies: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '[]',
    '"x"',
    '{"__proto__":{"role":"administrator"}}',
    '{"constructor":{"prototype":{"role":"administrator"}}}',
    '{"a":1,"a":2}',
    '{"a":1e999}',
    '\ufeff{}',
    '{"\\ud800":"\\ud800"}',
    '{"a":"\\u0000"}',
    '{} {}',
    '[1,]',
    `${'['.repeat(deep)}${']'.repeat(deep)}`,
    `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    `"${'x'.repeat((1 << 20) + 10)}"`,
    `{"name":"${'x'.repeat(900_000)}"}`,
    `[${'0,'.repeat(200_000)}0]`,
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
  ),
  fc.json({ maxDepth: 3 }),
)

const hostileValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts),
  fc.constantFrom<unknown>(null, true, -1, 0, 0.5, 1e308, -0, 2 ** 31, 2 ** 53, 2 ** 63, [], {}, [[]], [null]),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"a":1}}'),
    { constructor: { prototype: { a: 1 } } },
    { toString: 1, valueOf: 1, toJSON: 1 },
    { length: -1 },
  ),
)

function json(value: unknown): string {
  return JSON.stringify(value) ?? ''
}

/** The value with one place of it, the `at`-th, put another way: replaced, or given one more member. */
function spoil(value: unknown, at: number, odd: unknown): unknown {
  const copy: Record<string, unknown> = { root: structuredClone(value) }
  const places: (readonly [holder: Record<string, unknown>, key: string])[] = []
  const walk = (holder: Record<string, unknown>, key: string) => {
    places.push([holder, key])
    const inside = holder[key]
    if (typeof inside !== 'object' || inside === null) return
    for (const name of Object.keys(inside)) walk(inside as Record<string, unknown>, name)
  }
  walk(copy, 'root')
  const [holder, key] = places[at % places.length] ?? [copy, 'root']
  const inside = holder[key]
  if (typeof inside === 'object' && inside !== null && at % 3 === 0) {
    Object.defineProperty(inside, at % 2 === 0 ? '__proto__' : 'unknown', { value: odd, enumerable: true })
  } else holder[key] = odd
  return copy['root']
}

/** A value as the schema has it; what may be left out is, half the time. */
function fits(schema: Schema, contract: Contract, known: Place['known'], name = ''): Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const found = contract.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    if (found === undefined) throw new Error(`the contract has no ${schema.$ref}`)
    return fits(found, contract, known, name)
  }
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map((one) => fits(one, contract, known, name)))
  }
  if (schema.allOf !== undefined) return fits(Object.assign({}, ...schema.allOf) as Schema, contract, known, name)
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties)
    // The description says of what may be left out that it is required; left out one in eight times it is tried either way.
    const drawn = properties.map(([key, inside]) =>
      fc.option(fits(inside, contract, known, key), { nil: undefined, freq: 8 }).map((value) => [key, value] as const),
    )
    return fc.tuple(...drawn).map((pairs) => Object.fromEntries(pairs.filter(([, value]) => value !== undefined)))
  }
  if (schema.items !== undefined) {
    const { minItems = 0, maxItems = 3 } = schema
    return fc.array(fits(schema.items, contract, known, name), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 3)),
    })
  }
  if (typeof schema.additionalProperties === 'object') {
    return fc.dictionary(fc.string({ maxLength: 8 }), fits(schema.additionalProperties, contract, known), {
      maxKeys: 2,
    })
  }
  return scalarOf(schema, known[name])
}

function scalarOf(schema: Schema, known: readonly string[] | undefined): Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom<unknown>(...schema.enum)
  const kinds = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['string'])
  return fc.oneof(
    ...kinds.map((kind): Arbitrary<unknown> => {
      const { minimum = 0, maximum = 2 ** 31 } = schema
      if (kind === 'null') return fc.constant(null)
      if (kind === 'boolean') return fc.boolean()
      if (kind === 'integer') return fc.integer({ min: minimum, max: maximum })
      if (kind === 'number') return fc.double({ min: minimum, max: maximum, noNaN: true })
      if (kind === 'object') return fc.constant({})
      const pattern = schema.pattern
      // What only excludes characters fits most texts; what looks ahead cannot be drawn from.
      const draws = pattern !== undefined && !/^\^\[\^|\(\?[=!<]/.test(pattern)
      const short = draws ? fc.stringMatching(new RegExp(pattern, 'u')) : words
      return known === undefined ? short : fc.oneof(fc.constantFrom(...known), short)
    }),
  )
}

const words = fc.oneof(
  fc.constantFrom(
    '示例',
    'a name',
    '2026-06-01',
    '北京市',
    '12100000400000000X',
    'someone@test.example',
    '13800131002',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
)

/** Nearly always the one, one time in `rarely` the other. */
function mostly<T>(right: Arbitrary<T>, odd: Arbitrary<T>, rarely = 6): Arbitrary<T> {
  return fc.oneof({ arbitrary: right, weight: rarely - 1 }, { arbitrary: odd, weight: 1 })
}
