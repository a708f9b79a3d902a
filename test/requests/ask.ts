import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

/** A running server and what is known of it. */
export interface Place {
  readonly port: number
  /** The headers by which each of them is known, by account; `nobody` has none. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly planted: readonly Planted[]
  /** Numbers that are there, by the name they have in an address. */
  readonly known: Readonly<Record<string, readonly string[]>>
}

/** A text that stands in one place only, and the accounts that may ever be shown it. */
export interface Planted {
  readonly text: string
  readonly readers: readonly string[]
}

/** A request as its bytes go over the wire. */
export interface WireRequest {
  readonly operation: string
  readonly as: string
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** Whether it breaks HTTP itself, so that a server may also close the connection without a word. */
  readonly breaksHttp: boolean
}

export interface WireAnswer {
  /** 0 where nothing came back. */
  readonly status: number
  readonly text: string
  readonly ms: number
}

/**
 * What is wrong with an answer: it failed, came late or not at all, or shows what its reader may not see. Empty where
 * all is well; turned away for load (503 `server.busy`) is well.
 */
export function wrongWith(
  request: WireRequest,
  answer: WireAnswer,
  { planted, longestMs }: { readonly planted: readonly Planted[]; readonly longestMs: number },
): readonly string[] {
  const leaks = planted.filter(({ text, readers }) => answer.text.includes(text) && !readers.includes(request.as))
  return [
    ...(answer.ms > longestMs ? [`no answer within ${longestMs} ms`] : []),
    ...(answer.status === 0 && !request.breaksHttp && answer.ms <= longestMs ? ['closed without an answer'] : []),
    ...(answer.status >= 500 && !answer.text.includes('"server.busy"')
      ? [`${answer.status}: ${answer.text.split('\r\n\r\n', 2)[1]}`]
      : []),
    ...leaks.map(({ text, readers }) => `shows ${text}, which is for ${readers.join(', ')}`),
  ].map((what) => what.slice(0, 600))
}

/**
 * Sends it over a connection of its own, and reads until the server closes it, a stream of events has begun, or it has
 * taken longer than `longestMs`.
 */
export function ask(port: number, request: WireRequest, longestMs: number): Promise<WireAnswer> {
  const { method, target, headers, body, breaksHttp } = request
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bytes = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body}`)
  return new Promise((resolve) => {
    const began = performance.now()
    const parts: Buffer[] = []
    const socket = connect(port, '127.0.0.1')
    const done = () => {
      for (const timer of [late, givingUp]) clearTimeout(timer)
      socket.destroy()
      const text = Buffer.concat(parts).toString()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, ms: performance.now() - began })
    }
    const late = setTimeout(done, longestMs + 1)
    socket.on('data', (part) => {
      parts.push(part)
      if (/^content-type: text\/event-stream/im.test(Buffer.concat(parts.slice(0, 2)).toString())) done()
    })
    // A server that has refused a body need not read it to its end.
    socket.on('error', done)
    socket.on('close', done)
    socket.write(bytes)
    // Who says that more is to come and sends nothing is not waited for; a server gives up on them later by itself.
    const givingUp = breaksHttp ? setTimeout(() => socket.end(), 100) : undefined
  })
}
